//! Text that was extracted before: each file of fixtures/extract/text says what it is about, gives an input, the lines that must come
//! out of the whole pipeline, and perhaps fields of the record.

use serde_json::{Value, json};

#[test]
fn each_shape_of_extracted_text_comes_out_as_expected() {
    let files = crate::files("fixtures/extract/text", "txt");
    let wrong: Vec<String> = files
        .iter()
        .filter_map(|file| check(&std::fs::read_to_string(file).unwrap()).map(|w| format!("{}: {w}", file.display())))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(files.len() >= 40, "only {} shapes", files.len());
}

fn check(case: &str) -> Option<String> {
    let (_, case) = case.split_once("=== input\n").unwrap();
    let (input, case) = case.split_once("=== output\n").unwrap();
    let (output, fields) = case.split_once("=== fields\n").unwrap_or((case, "{}"));
    let form = zonetext::extract::Form::Text;
    let options = zonetext::Options {
        extract: Some(zonetext::extract::Options { form, ..Default::default() }),
        ..Default::default()
    };
    let page = zonetext::clean(input.as_bytes(), &options);
    let text = zonetext::write::text::text(&page, &Default::default());
    if text != output {
        return Some(format!("gives\n{text}not\n{output}"));
    }
    let metadata = &page.metadata;
    let have = json!({"title": page.title(), "author": metadata.authors, "site": metadata.site, "published": metadata.published, "tags": metadata.tags});
    let want: Value = serde_json::from_str(fields).unwrap();
    want.as_object()
        .unwrap()
        .iter()
        .find(|(key, value)| have[*key] != **value)
        .map(|(key, value)| format!("{key} is {}, not {value}", have[key]))
}
