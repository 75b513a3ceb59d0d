//! Human Traditional text to Simplified and back: wrong characters per million, against the ceilings of fixtures/quality.toml.
//!
//! Texts: the optional folder ../shared/data. `tests/script/back.py` measures more of them, and tells what people write either
//! way from what is wrong; here every character that differs counts, for OpenCC and for the bare targets alike.

use serde_json::Value;
use std::path::{Path, PathBuf};
use zonetext::edit::apply;
use zonetext::script::{Options, Target, convert, detect, script};

fn shared() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data")
}

/// The texts of the treebank's test part, in Traditional.
fn treebank() -> Option<Vec<String>> {
    let lines = std::fs::read_to_string(shared().join("sentences/gsd-trad.jsonl")).ok()?;
    let text = |line: &str| Some(serde_json::from_str::<Value>(line).ok()?["text"].as_str()?.to_owned());
    lines.lines().map(text).collect()
}

/// News pages of Taiwan and Hong Kong; not those that a program made from Simplified ones.
fn pages() -> Option<Vec<String>> {
    const HOSTS: [&str; 7] =
        ["udn", "mag.udn", "hk.news.yahoo", "www.rthk", "www.awakeningtw", "www.bltv", "www.ntdtv"];
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(shared().join("extract/daniel_zh")).ok()?.flatten().map(|e| e.path()).collect();
    paths.sort();
    let page = |path: &PathBuf| {
        let page: Value = serde_json::from_str(&std::fs::read_to_string(path).ok()?).ok()?;
        let host = page["url"].as_str()?.split("//").nth(1)?.to_owned();
        HOSTS
            .iter()
            .any(|known| host.starts_with(&format!("{known}.")))
            .then(|| page["text"].as_str().map(str::to_owned))?
    };
    Some(paths.iter().filter(|path| path.extension().is_some_and(|e| e == "json")).filter_map(page).collect())
}

fn bare(text: &str, to: &str, reconvert: bool) -> String {
    let options = Options { to: Target::parse(to).unwrap(), reconvert, ..Options::default() };
    let mut out = text.to_owned();
    apply(&mut out, &script(&[text], detect(&[text]), &options)[0]);
    out
}

fn wrong(reference: &str, got: &str) -> usize {
    reference.chars().zip(got.chars()).filter(|(a, b)| a != b).count()
}

#[test]
fn human_text_comes_back() {
    let floors: toml::Table = std::fs::read_to_string("fixtures/quality.toml").unwrap().parse().unwrap();
    for (name, texts) in [("treebank", treebank()), ("news", pages())] {
        let Some(texts) = texts else {
            eprintln!("skipped: no ../shared/data");
            return;
        };
        let (mut han, mut theirs, mut ours) = (0, 0, 0);
        for text in &texts {
            let reference = convert(text, "t2tw").unwrap();
            han += text.chars().filter(|c| matches!(c, '\u{3400}'..='\u{9FFF}')).count();
            theirs += wrong(&reference, &convert(&convert(text, "t2s").unwrap(), "s2tw").unwrap());
            ours += wrong(&reference, &bare(&bare(text, "s", false), "tw", false));
            assert_eq!(bare(text, "keep", true), *text, "a person wrote it");
        }
        let rate = |count: usize| count * 1_000_000 / han;
        eprintln!("{name}: {han} characters, wrong per million: OpenCC {}, here {}", rate(theirs), rate(ours));
        let most = floors["script"][name]["wrong_per_million"].as_integer().unwrap();
        assert!(rate(ours) as i64 <= most, "{name}: {} of a million are wrong, at most {most} were", rate(ours));
    }
}
