//! Words of alphabetic scripts among other characters.
//!
//! In: the characters of a line. Out: where words of Latin with diacritics, Greek, Cyrillic, Hebrew, Arabic and other alphabets stand. GBK,
//! Big5 and Shift_JIS hold Greek and Cyrillic letters as characters of two bytes, so one such letter among Han characters may be two
//! halves of others. Two side by side are a word: out of step, two in a row stand once in 10,000 characters.

use std::ops::Range;

/// The number of Latin in [`script`].
pub(super) const LATIN: u8 = 1;

/// Letters side by side that make a word.
const LEAST: usize = 2;

/// The script of a letter by a number of its own; ASCII and what is no letter of an alphabet have none.
pub(super) fn script(c: char) -> Option<u8> {
    Some(match c as u32 {
        // With diacritics; ASCII stands in Chinese text too.
        0xC0..=0x24F | 0x1E00..=0x1EFF if !matches!(c, '×' | '÷') => LATIN,
        0x370..=0x3FF | 0x1F00..=0x1FFF => 2,
        0x400..=0x52F | 0x1C80..=0x1C8F | 0x2DE0..=0x2DFF | 0xA640..=0xA69F => 3,
        0x530..=0x58F => 4,
        0x590..=0x5FF | 0xFB1D..=0xFB4F => 5,
        0x600..=0x6FF | 0x750..=0x77F | 0x8A0..=0x8FF | 0xFB50..=0xFDFF | 0xFE70..=0xFEFC => 6,
        0x700..=0x74F => 7,
        // Indian scripts and those that come from them, 128 code points a script.
        0x900..=0xFFF => (8 + (c as u32 - 0x900) / 0x80) as u8,
        0x1000..=0x109F => 24,
        0x10A0..=0x10FF | 0x1C90..=0x1CBF => 25,
        0x1200..=0x139F => 26,
        0x13A0..=0x13FF => 27,
        0x1780..=0x17FF => 28,
        0x1800..=0x18AF => 29,
        _ => return None,
    })
}

/// Whether a character is a letter (or a mark) of an alphabet, ASCII apart.
pub(super) fn is_letter(c: char) -> bool {
    script(c).is_some()
}

/// The words of a line that have letters beyond ASCII, in order: at least two such letters of one script side by side.
pub(super) fn words(line: &[char]) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < line.len() {
            let from = at;
            let Some(own) = script(line[at]) else {
                at += 1;
                continue;
            };
            while at < line.len() && (script(line[at]) == Some(own) || joins(line[at])) {
                at += 1;
            }
            if at - from >= LEAST {
                return Some(from..at);
            }
        }
        None
    })
}

/// Marks that stand within a word: combining accents, apostrophes, soft hyphens.
fn joins(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{AD}' | '\u{200C}' | '\u{200D}')
}
