//! Laws of the whole pipeline (`fuzz::laws`), on fixtures, on fixtures that were mutated, and on random bytes.

use crate::fuzz::laws::clean::obeyed;
use proptest::prelude::*;
use std::sync::LazyLock;
use zonetext::edit::apply;
use zonetext::{Options, repair, script, split};

/// Inputs to mutate: every input file among the fixtures of a bearable size.
static INPUTS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let walk = walkdir::WalkDir::new("fixtures").sort_by_file_name().into_iter().filter_map(Result::ok);
    let inputs =
        walk.filter(|entry| entry.file_type().is_file() && entry.file_name().to_string_lossy().starts_with("input."));
    inputs.map(|entry| std::fs::read(entry.path()).unwrap()).filter(|bytes| bytes.len() < 40_000).collect()
});

fn options() -> Options {
    let to = script::Target::parse("tw").unwrap();
    Options {
        script: Some(script::Options { to, ..Default::default() }),
        split: Some(split::Options::default()),
        ..Options::default()
    }
}

/// Bytes that are nearly a page: a fixture with some of its bytes replaced, cut out or said twice.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let change = (any::<prop::sample::Index>(), any::<u8>(), 0usize..60);
    (any::<prop::sample::Index>(), prop::collection::vec(change, 0..12)).prop_map(|(which, changes)| {
        let mut bytes = which.get(&INPUTS).clone();
        for (place, byte, length) in changes {
            if bytes.is_empty() {
                break;
            }
            let at = place.index(bytes.len());
            let end = (at + length).min(bytes.len());
            match byte % 3 {
                0 => bytes[at] = byte,
                1 => drop(bytes.drain(at..end)),
                _ => bytes.splice(at..at, bytes[at..end].to_vec()).for_each(drop),
            }
        }
        bytes
    })
}

/// `ZONETEXT_CASES=5000 cargo test laws` looks longer than the everyday run.
fn cases() -> u32 {
    std::env::var("ZONETEXT_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(60)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_give_a_page(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        obeyed(&bytes, &options());
    }

    #[test]
    fn any_text_gives_a_page(text in "(\\PC|[<>/a=\"'?()“”。，、\n産業chǎn]){0,400}") {
        obeyed(text.as_bytes(), &options());
    }

    #[test]
    fn a_mutated_page_gives_a_page(bytes in mutated()) {
        obeyed(&bytes, &options());
    }

    #[test]
    fn repair_twice_is_repair_once(bytes in mutated()) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let once = repaired(&text);
        prop_assert_eq!(repaired(&once), once);
    }
}

#[test]
fn the_fixtures_obey_the_laws_as_they_are() {
    assert!(INPUTS.len() >= 5);
    INPUTS.iter().for_each(|bytes| drop(obeyed(bytes, &options())));
}

fn repaired(text: &str) -> String {
    let edits = repair::repair(&[text], &repair::Options::default());
    let mut text = text.to_owned();
    apply(&mut text, &edits[0]);
    text
}
