//! Sound text of every language stays as it is: lines as they are and dressed, pages of one language, pages that mix it with Chinese.
//!
//! `ZONETEXT_SOUND_TEXTS=FOLDER` adds every line of the .txt files of a folder (`sound_texts.py` makes one of eight million lines); lines with
//! true mojibake among them are told and do not count.

use super::{clean, repaired};
use std::path::{Path, PathBuf};

fn read(path: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(path).expect("a text");
    text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect()
}

/// Texts of the alphabetic languages, and lines of signs, transliterations and old spellings.
fn texts() -> Vec<PathBuf> {
    let mut all = crate::files("tables/decode/text", "txt");
    all.extend(crate::files("fixtures/repair/sound", "txt"));
    all
}

/// A line as other pages would show it: shouted, quoted, with stray accents and no-break spaces.
fn dressed(line: &str, number: usize) -> String {
    let bare = line.trim_end_matches('.');
    match number % 6 {
        0 => line.to_uppercase(),
        1 => format!("«\u{A0}{bare}…\u{A0}»"),
        2 => format!("¨{bare}´´ …”"),
        3 => format!("{}\u{A0}!", bare.replacen(' ', "\u{A0}", 3)),
        4 => format!("„{bare}“™"),
        _ => format!("{bare}…” ®"),
    }
}

/// The lines of a document that repair changes, each with what became of it.
fn changed(lines: &[String]) -> Vec<(&str, String)> {
    let got = repaired(&lines.join("\n"));
    let pairs = lines.iter().map(String::as_str).zip(got.split('\n').map(str::to_owned));
    pairs.filter(|(seen, got)| seen != got).collect()
}

#[test]
fn lines_of_every_language_stay() {
    let mut bad = Vec::new();
    for path in texts() {
        for (number, line) in read(&path).into_iter().enumerate() {
            for line in [dressed(&line, number), line] {
                let got = repaired(&line);
                if got != line {
                    bad.push(format!("{}: {line} → {got}", path.display()));
                }
            }
        }
    }
    assert!(bad.is_empty(), "{} lines changed:\n{}", bad.len(), bad.join("\n"));
}

#[test]
fn pages_of_every_language_stay() {
    for path in texts() {
        for page in read(&path).chunks(20) {
            assert_eq!(changed(page), [], "{}", path.display());
        }
    }
}

/// A Chinese page with lines of another language, and such a page with Chinese lines.
#[test]
fn pages_of_two_languages_stay() {
    let (simplified, traditional) = (clean("simplified"), clean("traditional"));
    for path in texts() {
        let lines = read(&path);
        for (at, chinese) in [(0, &simplified), (lines.len() / 2, &traditional)] {
            let foreign = lines[at..].iter().take(24);
            let chinese = chinese.iter().cycle().skip(at % 40);
            let page: Vec<String> =
                foreign.zip(chinese).flat_map(|(a, b)| [a.clone(), b.clone(), format!("{b}（{a}）")]).collect();
            assert_eq!(changed(&page), [], "{}", path.display());
        }
    }
}

/// One line of a million may change that is no mojibake; those that change are printed, to be looked at.
#[test]
fn texts_of_many_languages_stay() {
    let Some(folder) = std::env::var_os("ZONETEXT_SOUND_TEXTS") else {
        eprintln!("skipped: ZONETEXT_SOUND_TEXTS is not set");
        return;
    };
    // What stands in mojibake of the packages, and hardly in any sound text.
    const DAMAGE: &[&str] = &["Ã", "Â", "â€", "\u{FEFF}"];
    let (mut all, mut sum) = (0, 0);
    for path in crate::files(&folder.to_string_lossy(), "txt") {
        let lines = read(&path);
        all += lines.len();
        for page in lines.chunks(20) {
            for (seen, got) in changed(page) {
                let damage = DAMAGE.iter().any(|mark| seen.contains(mark));
                sum += usize::from(!damage);
                println!(
                    "{} {}\n  seen {seen}\n  got  {got}",
                    if damage { "mended" } else { "CHANGED" },
                    path.display()
                );
            }
        }
    }
    assert!(sum * 1_000_000 <= all.max(1_000_000), "{sum} of {all} sound lines changed");
}
