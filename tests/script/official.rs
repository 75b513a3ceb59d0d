//! OpenCC's own test cases, as its 1.4.2 source package has them: all configs of each case must give exactly its output.

use zonetext::script::Converter;

#[test]
fn official_cases_pass() {
    let text = include_str!("../../fixtures/script/opencc-testcases.jsonl");
    let (mut cases, mut failed) = (0, Vec::new());
    for line in text.lines() {
        let case: serde_json::Value = serde_json::from_str(line).unwrap();
        for (config, expected) in case["expected"].as_object().unwrap() {
            cases += 1;
            let input = case["input"].as_str().unwrap();
            let got = Converter::new(config).unwrap().convert(input);
            if got != expected.as_str().unwrap() {
                failed.push(format!("{} {config}: {input} → {got}, not {expected}", case["id"]));
            }
        }
    }
    assert!(failed.is_empty(), "{} of {cases} failed:\n{}", failed.len(), failed.join("\n"));
    assert_eq!(cases, 556);
}
