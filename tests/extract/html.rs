//! HTML pages of known shapes: fixtures/extract/html/<case>/ holds the page, the text that should come out (kind, tab, text;
//! `\n` and `\t` inside texts are written so), and in about.md whether the match is exact or measured.

use crate::quality::score::score;
use std::path::{Path, PathBuf};
use zonetext::extract::{Extracted, Form, Options, extract};
use zonetext::page::Kind;

/// The least F of a page that is measured, and the least mean over all of them.
const FLOOR: f64 = 0.75;
const MEAN_FLOOR: f64 = 0.96;

fn cases() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/extract/html");
    let mut cases: Vec<PathBuf> = std::fs::read_dir(root).unwrap().map(|e| e.unwrap().path()).collect();
    cases.sort();
    cases
}

fn html(text: &str) -> Extracted {
    extract(text, &Options { form: Form::Html, ..Options::default() })
}

fn written(found: &Extracted) -> String {
    let escape = |text: &str| text.replace('\\', "\\\\").replace('\n', "\\n").replace('\t', "\\t");
    let kind = |kind: Kind| serde_json::to_value(kind).unwrap().as_str().unwrap().to_owned();
    found.blocks.iter().map(|b| format!("{}\t{}\n", kind(b.kind), escape(&b.text))).collect()
}

/// The texts without their kinds.
fn texts(lines: &str) -> String {
    lines.lines().filter_map(|l| l.split_once('\t')).map(|(_, text)| format!("{text}\n")).collect()
}

#[test]
fn pages_of_known_shapes() {
    let mut wrong = Vec::new();
    let mut scores = Vec::new();
    for case in cases() {
        let name = case.file_name().unwrap().to_string_lossy().into_owned();
        let read = |file: &str| std::fs::read_to_string(case.join(file)).unwrap();
        let (expected, about) = (read("expected.txt"), read("about.md"));
        let got = written(&html(&read("input.html")));
        if about.contains("Match: exact") {
            if got != expected {
                wrong.push(format!("{name}\n--- expected\n{expected}--- got\n{got}"));
            }
        } else {
            assert!(about.contains("Match: F"), "{name}: about.md says neither exact nor F");
            let f = score(&texts(&expected), &texts(&got)).f;
            scores.push(f);
            if f < FLOOR {
                wrong.push(format!("{name}: F {f:.3} is below {FLOOR}\n--- expected\n{expected}--- got\n{got}"));
            }
        }
    }
    let mean = scores.iter().sum::<f64>() / scores.len() as f64;
    println!("mean F of the measured pages: {mean:.4}");
    assert!(wrong.is_empty(), "{} pages went wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(mean >= MEAN_FLOOR, "mean F {mean:.4} is below {MEAN_FLOOR}");
    assert!(cases().len() >= 30);
}
