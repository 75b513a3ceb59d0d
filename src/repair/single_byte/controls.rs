//! C1 controls that are what windows-1252 has at their bytes: "parl\u{e9}\u{85}" for parlé….
//!
//! In: the characters of a line that holds no other mojibake. Out: faults. No text has C1 controls, and browsers read the bytes as
//! windows-1252 (WHATWG Encoding Standard). They stay where something else may have put them there: beside another of their like or a
//! character that is a byte of UTF-8, and within a word (turísticos of MacRoman), where only letters and the apostrophe of English are read.

use super::charsets::windows_1252;
use crate::repair::judge::is_east;
use crate::repair::search::Fault;

/// The faults of a line.
pub(super) fn faults(line: &[char]) -> Vec<Fault> {
    let places = (0..line.len()).filter_map(|at| Some((at, meant(line, at)?)));
    places.map(|(at, c)| Fault::whole(at, at + 1, c, "c1-as-latin1")).collect()
}

/// Whether the line has a C1 control that stands for a character.
pub(super) fn may_be(line: &[char]) -> bool {
    (0..line.len()).any(|at| meant(line, at).is_some())
}

/// The character that the control at a place stands for.
fn meant(line: &[char], at: usize) -> Option<char> {
    let control = |c: char| ('\u{80}'..='\u{9F}').contains(&c);
    if !control(line[at]) {
        return None;
    }
    let c = windows_1252().shown(line[at] as u8)?;
    let before = at.checked_sub(1).map_or(' ', |at| line[at]);
    let behind = &line[at + 1..];
    let next = behind.first().copied().unwrap_or(' ');
    // Shift_JIS and GBK have the byte 80 too, and nobody writes € between ideographs.
    if c == '€' && (is_east(before) || is_east(next) || ('\u{FF61}'..='\u{FF9F}').contains(&next)) {
        return None;
    }
    let mark = |c: char| !c.is_alphanumeric() && c as u32 >= 0xA0 && !"“”‘’…".contains(c) || "ÂÃâ".contains(c);
    if mark(before) || mark(next) || c != '…' && control(next) {
        return None;
    }
    let inside = before.is_alphabetic() && next.is_alphabetic();
    let english = || {
        matches!(behind, ['s' | 't' | 'd' | 'm', end, ..] if !end.is_alphabetic())
            || matches!(behind, ['r' | 'v', 'e', ..] | ['l', 'l', ..])
    };
    (!inside || c.is_alphabetic() || c == '’' && english()).then_some(c)
}
