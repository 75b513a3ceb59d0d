//! Room of repair.

mod ablation;
mod bad_input;
mod cases;
mod certainty;
mod classes;
mod forward;
mod growth;
mod harm;
mod holes;
mod languages;
mod mirror;
mod records;

use zonetext::edit::apply;
use zonetext::repair::{Options, repair};

/// The repaired text of a document of one text.
pub fn repaired(text: &str) -> String {
    repaired_with(text, &Options::default())
}

/// The same, with options.
pub fn repaired_with(text: &str, options: &Options) -> String {
    let mut out = text.to_owned();
    let edits = repair(&[text], options);
    let done = apply(&mut out, &edits[0]);
    assert_eq!(done.len(), edits[0].len(), "an edit was out of order in {text:?}");
    out
}

/// Clean lines of the committed sample.
pub fn clean(script: &str) -> Vec<String> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("fixtures/repair/clean-{script}.txt"));
    std::fs::read_to_string(path).expect("the sample is committed").lines().map(str::to_owned).collect()
}

/// The folder of development data, absent outside development.
pub fn shared() -> Option<std::path::PathBuf> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    if path.is_dir() {
        return Some(path);
    }
    eprintln!("skipped: ../shared/data is absent");
    None
}
