//! Pages with gold texts beside the repository.

use std::path::Path;

/// The sets, in the order the trainer reads them.
pub const SETS: [&str; 6] = ["cwced", "daniel_zh", "magic_zh", "magic_forum_zh", "magic_other", "wcxb_dev"];

/// A page and what should come out of it.
pub struct Page {
    pub html: String,
    pub text: String,
}

/// The pages of a set in the order of their names; None where the folder is absent.
pub fn pages(set: &str) -> Option<Vec<Page>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/extract").join(set);
    let mut files: Vec<_> = std::fs::read_dir(folder).ok()?.map(|e| e.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "html"));
    files.sort();
    let page = |path: &std::path::PathBuf| {
        let gold: serde_json::Value =
            serde_json::from_slice(&std::fs::read(path.with_extension("json")).unwrap()).unwrap();
        let bytes = std::fs::read(path).unwrap();
        let html = zonetext::decode::decode(&bytes, &Default::default()).text.into_owned();
        Page { html, text: gold["text"].as_str().unwrap_or("").to_owned() }
    };
    Some(files.iter().map(page).collect())
}
