//! HTML pages of known shapes: fixtures/extract/html/<case>/ holds the page, the text that should come out (kind, tab, text;
//! `\n` and `\t` inside texts are written so), and in about.md whether the match is exact or measured.

use crate::quality::score::score;
use std::path::{Path, PathBuf};
use zonetext::extract::{Extracted, Form, Options, extract};
use zonetext::page::{Block, Container, Kind};

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

/// The kind of a block with what it lies in: `2.item/paragraph`, `heading2`, `code:rust`.
fn form(block: &Block) -> String {
    let within = block.within.iter().map(|container| match container {
        Container::Item { ordered: true, number, .. } => format!("{number}.item/"),
        other => format!("{}/", other.name()),
    });
    let kind = match &block.kind {
        Kind::Heading { level } => format!("heading{level}"),
        Kind::Code { language: Some(language) } => format!("code:{language}"),
        kind => kind.name().to_owned(),
    };
    within.collect::<String>() + &kind
}

fn written(found: &Extracted) -> String {
    let escape = |text: &str| text.replace('\\', "\\\\").replace('\n', "\\n").replace('\t', "\\t");
    found.blocks.iter().map(|b| format!("{}\t{}\n", form(b), escape(&b.text))).collect()
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

/// What the page says of itself, where a fixture shows it.
#[test]
fn metadata_of_known_shapes() {
    let read = |case: &str| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/extract/html");
        html(&std::fs::read_to_string(root.join(case).join("input.html")).unwrap()).metadata
    };
    let article = read("article-div-p");
    assert_eq!(article.published.as_deref(), Some("2021-03-05"));
    assert_eq!(article.site.as_deref(), Some("清河日报"));
    assert_eq!(article.authors, ["林晓"]);
    assert_eq!(article.language.as_deref(), Some("zh-CN"));
    let traditional = read("article-traditional");
    assert_eq!(traditional.published.as_deref(), Some("2012-01-11"));
    assert_eq!(traditional.authors, ["黃美玲"]);
    let data = read("json-ld-only");
    assert_eq!(data.published.as_deref(), Some("2021-03-05"));
    assert_eq!(data.authors, ["林晓"]);
    assert_eq!(read("magazine-english").authors, ["Jane Miller"]);
    // Nothing is made up where nothing is said.
    let silent = read("lone-text");
    assert_eq!((silent.published, silent.site, silent.authors.len()), (None, None, 0));
}

/// A page cut anywhere still gives a result, and every line of the page is either kept or named as dropped.
#[test]
fn cut_pages_lose_no_line() {
    for case in cases() {
        let page = std::fs::read_to_string(case.join("input.html")).unwrap();
        for cut in (0..page.len()).step_by(211).filter(|cut| page.is_char_boundary(*cut)) {
            let found = html(&page[..cut]);
            let kept: usize = found.blocks.iter().filter(|b| b.kind != Kind::Title).map(|b| b.text.len()).sum();
            let dropped: usize = found.dropped.iter().map(|d| d.text.len()).sum();
            let lines: usize =
                zonetext::extract::html::learn::Page::new(&page[..cut]).lines().iter().map(|l| l.trim().len()).sum();
            assert!(kept + dropped >= lines * 9 / 10, "{} cut at {cut}: {kept} + {dropped} of {lines}", case.display());
            assert!(found.dropped.iter().all(|d| !d.rule.is_empty() && d.before <= found.blocks.len()));
        }
    }
}
