//! What holds for any bytes, one law for each way into the program. A law panics where it is broken.
//!
//! In: bytes. Shared by the fuzz targets (`fuzz/`), which look for inputs that break a law, and by the room `fuzz`, which replays on stable
//! what they found. The record stream and the archive reader belong to the command, which is no library, so their files are taken in by path.

// What the command uses and a law does not, is not dead.
#[allow(dead_code, unused_imports)]
#[path = "../../../src/run/archive/mod.rs"]
mod archive;
#[allow(dead_code)]
#[path = "../../../src/run/given.rs"]
mod given;
#[allow(dead_code)]
#[path = "../../../src/run/lines.rs"]
mod lines;
#[allow(dead_code)]
#[path = "../../../src/run/open/mod.rs"]
mod open;

pub mod clean;
mod dribble;
mod html;
mod records;
mod repair;
mod script;
pub mod split;
mod warc;

/// Panics where a law does not hold of these bytes.
pub type Law = fn(&[u8]);

/// A law and the name of its target.
pub const LAWS: [(&str, Law); 7] = [
    ("clean", clean::any),
    ("html", html::any),
    ("records", records::any),
    ("repair", repair::any),
    ("script", script::any),
    ("split", split::any),
    ("warc", warc::any),
];

/// The law of this name.
pub fn law(name: &str) -> Law {
    LAWS.iter().find(|(known, _)| *known == name).unwrap_or_else(|| panic!("no law {name}")).1
}

/// The first `N` bytes, which choose options, and the rest, which is the input.
fn choice<const N: usize>(bytes: &[u8]) -> ([u8; N], &[u8]) {
    let (first, rest) = bytes.split_at(bytes.len().min(N));
    let mut chosen = [0; N];
    chosen[..first.len()].copy_from_slice(first);
    (chosen, rest)
}

/// Texts of one document: what U+001E (the record separator) parts.
fn texts(text: &str) -> Vec<&str> {
    text.split('\u{1e}').collect()
}

/// Edits as they must be: in order, on boundaries, all of them carried out; their rules known. Returns the text after them.
fn edited(text: &str, edits: &[zonetext::Edit], is_rule: impl Fn(&str) -> bool) -> String {
    let mut from = 0;
    for edit in edits {
        assert!(
            from <= edit.range.start && edit.range.start <= edit.range.end,
            "{edit:?} comes after {from} in {text:?}"
        );
        assert!(text.get(edit.range.clone()).is_some(), "{edit:?} does not lie on boundaries of {text:?}");
        assert!(is_rule(edit.rule), "nobody knows the rule of {edit:?}");
        from = edit.range.end;
    }
    let mut after = text.to_owned();
    let done = zonetext::edit::apply(&mut after, edits);
    assert_eq!(done.len(), edits.len(), "an edit was left out of {text:?}");
    after
}
