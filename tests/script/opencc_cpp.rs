//! The own engine against OpenCC's C++ library itself, where the feature `opencc-cpp` is built in.

use crate::tables::opencc::CONFIGS;
use zonetext::edit::apply;
use zonetext::script::{Converter, EngineName, Options, Script, Target, script};

#[test]
fn both_engines_agree() {
    let who = EngineName::parse("opencc").expect("OpenCC 1.4 and its dictionaries are installed");
    let cases = include_str!("../../fixtures/script/opencc-testcases.jsonl");
    let texts: Vec<String> = cases
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["input"].as_str().unwrap().to_owned())
        .collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).chain(["\0头发", "U盘⿰木头\n豈"]).collect();
    for (name, ..) in CONFIGS {
        let options = Options { to: Target::parse(name).unwrap(), engine: who, ..Options::default() };
        let edits = script(&texts, Script::Hans, &options);
        for (text, edits) in texts.iter().zip(edits) {
            let mut theirs = text.to_string();
            apply(&mut theirs, &edits);
            assert_eq!(Converter::new(name).unwrap().convert(text), theirs, "{name}: {text}");
        }
    }
}
