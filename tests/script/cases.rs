//! The cases of fixtures/script: what must change, what must not, and what is known to come out wrong.

use serde_json::Value;
use zonetext::edit::apply;
use zonetext::script::{Options, Punctuation, Script, Target, Words, detect, script};

fn cases(name: &str) -> Vec<Value> {
    let path = format!("{}/fixtures/script/{name}.jsonl", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{line}: {e}"))).collect()
}

fn run(case: &Value) -> String {
    let text = case["text"].as_str().unwrap();
    let field = |name: &str| case[name].as_str().unwrap_or_default();
    let options = Options {
        to: Target::parse(field("to")).unwrap(),
        reconvert: case["reconvert"] == true,
        punctuation: if field("punctuation") == "full" { Punctuation::Full } else { Punctuation::Keep },
        words: Words::parse(field("words")).unwrap(),
        protect: Words::names(field("protect")).unwrap(),
        ..Options::default()
    };
    let edits = script(&[text], detect(&[text]), &options);
    let mut out = text.to_owned();
    assert_eq!(apply(&mut out, &edits[0]).len(), edits[0].len(), "every edit takes effect: {case}");
    out
}

#[test]
fn wild_texts_are_converted() {
    for case in cases("wild") {
        assert_eq!(run(&case), case["expected"].as_str().unwrap(), "{}", case["id"]);
    }
}

/// Words at whose joint longest match errs, and their look-alikes, there and back.
#[test]
fn words_are_cut_where_they_join() {
    let convert = |text: &str, to: &str| {
        let options = Options { to: Target::parse(to).unwrap(), ..Options::default() };
        let from = if to == "s" { Script::Hant } else { Script::Hans };
        let mut out = text.to_owned();
        apply(&mut out, &script(&[text], from, &options)[0]);
        out
    };
    let cases = cases("segmentation");
    assert!(cases.len() > 200);
    for case in cases {
        let (hans, hant) = (case["hans"].as_str().unwrap(), case["hant"].as_str().unwrap());
        assert_eq!(convert(hans, "tw"), hant);
        assert_eq!(convert(hant, "s"), hans);
    }
}

#[test]
fn other_texts_stay() {
    for case in cases("negative") {
        assert_eq!(run(&case), case["text"].as_str().unwrap(), "{}", case["id"]);
    }
}

#[test]
fn known_failures_still_fail() {
    for case in cases("known-failures") {
        assert_ne!(run(&case), case["expected"].as_str().unwrap(), "{} passes now: move it to wild", case["id"]);
    }
}

#[test]
fn scripts_are_told() {
    for case in cases("detect") {
        let text = case["text"].as_str().unwrap();
        assert_eq!(serde_json::to_value(detect(&[text])).unwrap(), case["script"], "{text}");
    }
}
