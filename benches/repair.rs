//! Speed of repair: `cargo bench --bench repair`. Clean text, a mirror page, hostile lines.

use divan::counter::CharsCount;
use divan::{Bencher, black_box};
use zonetext::repair::{Options, repair};

const CLEAN: &str = include_str!("../fixtures/repair/clean-simplified.txt");
const CLEAN_TRADITIONAL: &str = include_str!("../fixtures/repair/clean-traditional.txt");
const MIRROR: &str = "產(chǎn)業(yè)項(xiàng)目論證專(zhuān)家?guī)?,突出產(chǎn)業(yè)招商,看重這(zhè)片熱(rè)土的發(fā)展?jié)摿?,紛(fēn)紛(fēn)選擇(zé)落戶\n";

#[path = "../tests/repair/forward.rs"]
mod forward;

/// The committed sample as a mirror shows it that annotates every fifth of the characters it converted.
fn mirrored(cuts: bool) -> String {
    let readings = forward::readings();
    let mut listed: Vec<char> = forward::unambiguous().values().copied().filter(|c| readings.contains_key(c)).collect();
    listed.sort_unstable();
    let listed = listed.into_iter().step_by(5).collect();
    let cuts = if cuts { forward::MARKS.to_vec() } else { Vec::new() };
    let site = forward::Site { listed, cuts, folds: true };
    let lines: Vec<String> = CLEAN_TRADITIONAL.lines().filter_map(|l| forward::seen(l, &site, &readings)).collect();
    lines.join("\n")
}

fn main() {
    divan::main();
}

fn measure(bencher: Bencher, text: &str) {
    let options = Options::default();
    repair(&[MIRROR], &options);
    bencher.counter(CharsCount::of_str(text)).bench(|| repair(black_box(&[text]), &options));
}

#[divan::bench]
fn clean(bencher: Bencher) {
    measure(bencher, CLEAN);
}

#[divan::bench]
fn clean_traditional(bencher: Bencher) {
    measure(bencher, CLEAN_TRADITIONAL);
}

#[divan::bench]
fn annotated(bencher: Bencher) {
    measure(bencher, &"產(chǎn)業(yè)集群是經(jīng)濟(jì)發(fā)展的引擎。\n".repeat(100));
}

#[divan::bench]
fn slipped(bencher: Bencher) {
    measure(bencher, &MIRROR.repeat(50));
}

/// A page as mirrors make them: annotations, and a slip in one line of four.
#[divan::bench]
fn mirror(bencher: Bencher) {
    measure(bencher, &mirrored(false));
}

/// The same, cut at punctuation.
#[divan::bench]
fn mirror_cut(bencher: Bencher) {
    measure(bencher, &mirrored(true));
}

#[divan::bench]
fn mojibake(bencher: Bencher) {
    let broken: String = CLEAN.bytes().map(|b| if b == b'\n' { '\n' } else { b as char }).collect();
    measure(bencher, &broken);
}

#[divan::bench]
fn hostile_line(bencher: Bencher) {
    measure(bencher, &"產(chǎn)".repeat(10_000));
}
