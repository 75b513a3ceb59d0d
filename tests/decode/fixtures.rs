//! `fixtures/decode/<case>/`: `input` (bytes), `expected.txt`, `about.md`, whose line `charset: …` is checked too.

use super::decode;
use std::path::PathBuf;

fn cases() -> Vec<PathBuf> {
    let mut cases: Vec<PathBuf> = std::fs::read_dir("fixtures/decode").unwrap().map(|c| c.unwrap().path()).collect();
    cases.sort();
    cases
}

#[test]
fn cases_decode_as_expected() {
    let cases = cases();
    assert!(cases.len() >= 20);
    let mut wrong = Vec::new();
    for case in cases {
        let read = |name: &str| {
            std::fs::read(case.join(name)).unwrap_or_else(|e| panic!("{}: {e}", case.join(name).display()))
        };
        let expected = String::from_utf8(read("expected.txt")).unwrap();
        let about = String::from_utf8(read("about.md")).unwrap();
        let charset =
            about.lines().find_map(|line| line.strip_prefix("charset: ")).expect("about.md names the charset");
        let (text, found) = decode(&read("input"));
        if text != expected || found.charset != charset {
            wrong.push(format!("{}: {charset} expected, {found:?}\n{text}", case.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
