//! OpenCC's own test cases, as its 1.4.2 source package has them: all configs of each case must give exactly its output.

use std::collections::BTreeMap;
use zonetext::script::Converter;

/// Id, input, and the output of each config.
pub fn cases() -> impl Iterator<Item = (String, String, BTreeMap<String, String>)> {
    let text = include_str!("../../fixtures/script/opencc-testcases.jsonl");
    text.lines().map(|line| {
        let case: serde_json::Value = serde_json::from_str(line).unwrap();
        let field = |name: &str| case[name].as_str().unwrap().to_owned();
        let expected = case["expected"].as_object().unwrap().iter();
        let expected = expected.map(|(config, text)| (config.clone(), text.as_str().unwrap().to_owned()));
        (field("id"), field("input"), expected.collect())
    })
}

#[test]
fn official_cases_pass() {
    let (mut seen, mut failed) = (0, Vec::new());
    for (id, input, expected) in cases() {
        for (config, expected) in expected {
            seen += 1;
            let got = Converter::new(&config).unwrap().convert(&input);
            if got != expected {
                failed.push(format!("{id} {config}: {input} → {got}, not {expected}"));
            }
        }
    }
    assert!(failed.is_empty(), "{} of {seen} failed:\n{}", failed.len(), failed.join("\n"));
    assert_eq!(seen, 556);
}
