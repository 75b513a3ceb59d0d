//! Room of explanations: the rules list knows every rule, the marked texts are what the run did, and a report is harmless.

mod files;
mod html;
mod marked;
mod rules;

use std::path::PathBuf;
use std::sync::LazyLock;
use zonetext::{Options, Page, clean, extract, repair, script, split};

/// Every text that the fixtures give to a stage or to the pipeline: input files, and the texts of the lines of cases.
pub static INPUTS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let walk = walkdir::WalkDir::new("fixtures").sort_by_file_name().into_iter().filter_map(Result::ok);
    let files: Vec<PathBuf> = walk.filter(|e| e.file_type().is_file()).map(|e| e.into_path()).collect();
    let mut inputs = Vec::new();
    for path in files {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = || std::fs::read(&path).unwrap();
        if name.ends_with(".jsonl") {
            let text = std::fs::read_to_string(&path).unwrap();
            let values = text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
            let texts = values.filter_map(|v| v["text"].as_str().or(v["seen"].as_str()).map(str::to_owned));
            inputs.extend(texts.map(String::into_bytes));
        } else if name.starts_with("input") || path.starts_with("fixtures/extract/text") || name.starts_with("hostile")
        {
            inputs.push(bytes());
        }
    }
    assert!(inputs.len() > 300, "only {} inputs", inputs.len());
    inputs
});

/// A page cleaned with everything on and every change kept.
pub fn explained(bytes: &[u8], to: &str) -> Page {
    clean(bytes, &options(to))
}

pub fn options(to: &str) -> Options {
    let to = script::Target::parse(to).unwrap();
    Options {
        extract: Some(extract::Options::default()),
        repair: Some(repair::Options { narrow_latin: true, guess_lost: true, ..Default::default() }),
        script: Some(script::Options {
            to,
            punctuation: script::Punctuation::Full,
            reconvert: true,
            ..script::Options::default()
        }),
        split: Some(split::Options { semicolons: true, ..split::Options::default() }),
        explain: true,
        ..Options::default()
    }
}
