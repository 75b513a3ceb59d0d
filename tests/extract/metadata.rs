//! What pages say of themselves: fixtures/extract/metadata/{wild,negative}.jsonl hold a page, its date and its authors, and why the case
//! is there. `wild` cases made a rule; `negative` ones look alike and must be left alone. All pages are made up.

use zonetext::extract::{Form, Options, extract};
use zonetext::page::Kind;

#[derive(serde::Deserialize)]
struct Case {
    name: String,
    html: String,
    published: Option<String>,
    authors: Vec<String>,
    /// Checked where the case is about the title.
    title: Option<String>,
}

#[test]
fn dates_and_authors_of_known_shapes() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for file in crate::files(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/extract/metadata"), "jsonl") {
        for line in std::fs::read_to_string(file).unwrap().lines() {
            let case: Case = serde_json::from_str(line).unwrap();
            let page = extract(&case.html, &Options { form: Form::Html, ..Options::default() });
            let found = page.metadata;
            let title = page.blocks.iter().find(|block| block.kind == Kind::Title).map(|block| block.text.clone());
            if case.title.is_some() && title != case.title {
                wrong.push(format!("{}: title {title:?}", case.name));
            }
            if (&found.published, &found.authors) != (&case.published, &case.authors) {
                wrong.push(format!(
                    "{}: {:?} {:?}, expected {:?} {:?}",
                    case.name, found.published, found.authors, case.published, case.authors
                ));
            }
            count += 1;
        }
    }
    assert!(wrong.is_empty(), "{} of {count} went wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count >= 15);
}
