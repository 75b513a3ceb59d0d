//! What each part of the model brings: the same lines, mended without it.
//!
//! `cargo test --release repair::ablation -- --ignored --nocapture` prints the table that stands in `tables/repair/about.md`; the rows of
//! the sources need `ZONETEXT_REPAIR_SOURCES` (see `tests/tables/repair.rs`).

use super::classes::sample;
use super::mirror::{Dice, sentences, shown};
use super::shared;
use crate::tables::repair::counts;
use crate::tables::repair::estimate::{Part, build, build_without};
use crate::tables::repair::{COUNTS, READINGS, root, sources};
use zonetext::edit::apply;
use zonetext::repair::{Options, Table, Without};

/// Kinds of damage that are lines by themselves.
const CLASSES: [&str; 5] =
    ["utf8 as gbk, dropped", "utf8 as cp1252, U+FFFD", "utf8 as shift_jis", "big5 as gbk", "gbk as latin1"];

/// Slips of 100, annotations of 100, and each class of 100, with its table.
fn measured(table: &[u8], without: Without) -> Vec<f64> {
    let table = Table::open(table.to_vec().leak());
    let mended = |text: &str| {
        let mut out = text.to_owned();
        apply(&mut out, &table.repair(&[text], &Options::default(), without)[0]);
        out
    };
    let (mut all, mut right) = ([0; 2], [0; 2]);
    for seed in 2..5u64 {
        let mut dice = Dice(seed.wrapping_mul(0xD129_0B52_55F1_A5E7));
        for document in shown(&sentences("gsd-simp.jsonl"), &mut dice) {
            let out = mended(&document.seen.join("\n"));
            for (at, line) in out.split('\n').enumerate() {
                let kind = usize::from(!document.slipped[at]);
                all[kind] += 1;
                right[kind] += usize::from(line == document.meant[at]);
            }
        }
    }
    let mut shares: Vec<f64> = all.iter().zip(right).map(|(&all, right)| right as f64 * 100.0 / all as f64).collect();
    for class in CLASSES {
        let lines = sample(class);
        let right = lines.iter().filter(|(seen, meant)| mended(seen) == *meant).count();
        shares.push(right as f64 * 100.0 / lines.len() as f64);
    }
    shares
}

#[test]
#[ignore = "a measurement, not a law: run with --release -- --ignored --nocapture"]
fn what_each_part_brings() {
    if shared().is_none() {
        return;
    }
    let numbers = std::fs::read(root().join(COUNTS)).expect("the counts are committed");
    let readings = std::fs::read_to_string(root().join(READINGS)).expect("the readings are committed");
    let whole = build(&numbers, &readings, root()).0;
    let row = |name: &str, table: &[u8], without: Without| {
        let shares: Vec<String> = measured(table, without).iter().map(|share| format!("{share:.1}")).collect();
        println!("| {name} | {} | {} |", table.len(), shares.join(" | "));
    };
    println!("| left out | bytes | slips | annotations | {} |", CLASSES.join(" | "));
    row("nothing", &whole, Without::default());
    let parts = [
        ("triples", Part::Triples),
        ("pairs and triples", Part::Pairs),
        ("how many others a character follows", Part::Kinds),
        ("readings (pinyin)", Part::Pinyin),
        ("Traditional → Simplified map", Part::Map),
    ];
    for (name, part) in parts {
        row(name, &build_without(Some(part), &numbers, &readings, root()).0, Without::default());
    }
    row("words of the document", &whole, Without { words: true, ..Without::default() });
    row("characters the line annotates", &whole, Without { list: true, ..Without::default() });
    row("open brackets", &whole, Without { brackets: true, ..Without::default() });
    let Some((folder, text)) = sources() else { return };
    for name in ["news", "modern_narrative.txt", "statutes.txt", "words"] {
        let counted = counts::build_of(&folder, &text, &counts::simplified(root()), |source| source != name);
        row(&format!("source: {name}"), &build(&counted, &readings, root()).0, Without::default());
    }
}
