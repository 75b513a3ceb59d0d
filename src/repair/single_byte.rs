//! Text whose bytes were read as a single-byte charset: "æˆ‘" and "ÎÒÃÇ" for 我, "Ã©" for é.
//!
//! In: the characters of a line. Out: faults. Three readings are tried, and the one by which the line gains most as language is taken: UTF-8
//! (`utf8`), UTF-8 with lost bytes (`lossy`), GBK and Big5 (`double_byte`). Where none fits, C1 controls that stand alone are read
//! (`controls`). Which charset a character is a byte of stands in `charsets`.

mod charsets;
mod controls;
mod double_byte;
mod lossy;
mod utf8;

pub(super) use charsets::undefined;

use super::judge::is_east;
use super::search::{Desk, Fault};
use charsets::Charset;

/// Whether any reading may explain the line: no model is asked.
pub(super) fn may_be(line: &[char]) -> bool {
    !is_binary(line)
        && (controls::may_be(line) || utf8::may_be(line) || double_byte::may_be(line) || lossy::may_be(line))
}

/// Whether a line has control characters that no text has: bytes of a program or a picture.
fn is_binary(line: &[char]) -> bool {
    line.iter().filter(|&&c| c < ' ' && !matches!(c, '\t' | '\r')).count() > 1
}

/// The faults of a line that has characters such as "æ" or "Ö".
pub(super) fn faults(desk: &mut Desk, line: &[char]) -> Vec<Fault> {
    if is_binary(line) {
        return Vec::new();
    }
    if let Some(faults) = utf8::plain(line) {
        let filled = if left_over(line, &faults) { lossy::faults(desk, line) } else { Vec::new() };
        return if filled.is_empty() { faults } else { filled };
    }
    if let Some(faults) = double_byte::plain(desk.model, line) {
        return faults;
    }
    let (gain, faults) = utf8::faults(desk.model, line);
    if faults.is_empty() || left_over(line, &faults) {
        let filled = lossy::faults(desk, line);
        if !filled.is_empty() {
            return filled;
        }
        // A line of which too much is lost is not to be repaired in parts.
        if desk.is_refused(line) || is_worn(&faults) {
            desk.refuse(line, "too-much-lost");
            return Vec::new();
        }
    }
    // UTF-8 has its form for it, so that a double-byte charset has to explain twice as much: "Ã©" is 矇 in Big5.
    let double = double_byte::faults(desk.model, line);
    let faults = if double.0 > 2 * gain { double.1 } else { faults };
    if faults.is_empty() { controls::faults(line) } else { faults }
}

/// Whether of four characters that are read one and more is lost.
fn is_worn(faults: &[Fault]) -> bool {
    let count = |mark: bool| {
        let chars = faults.iter().flat_map(|fault| fault.new.chars());
        chars.filter(|&c| is_east(c) || c == '\u{FFFD}').filter(|&c| !mark || c == '\u{FFFD}').count()
    };
    count(true) * 4 > count(false)
}

/// Whether bytes or lost ones stand beside the faults, like the "å\u{FFFD}‡" of 均.
fn left_over(line: &[char], faults: &[Fault]) -> bool {
    let letter = |c: char| charsets::CHARSETS.iter().any(|charset| charset.byte(c).is_some());
    let counts = |c: char| c == '\u{FFFD}' || !"“”‘’—…·".contains(c) && !c.is_ascii() && letter(c);
    let mut from = 0;
    let ends = [(line.len(), line.len())];
    faults.iter().map(|f| (f.from, f.to)).chain(ends).any(|(start, end)| {
        let between = &line[from..start];
        from = end;
        between.iter().any(|&c| counts(c))
    })
}

/// The byte a character stands for, if the text was bytes read as a charset.
fn byte_of(c: char, charset: &Charset) -> Option<u8> {
    match c {
        _ if c.is_ascii() => Some(c as u8),
        // Of windows-1252 all the C1 controls of Latin-1 are known.
        '\u{80}'..='\u{FF}' if charset.rarity == 0 => Some(c as u8),
        _ => charset.byte(c),
    }
}

/// Whether of the characters of a stretch, spaces apart, three of five stand for bytes above ASCII. Vietnamese, which has most, has two of five.
fn is_dense(stretch: &[char]) -> bool {
    let (mut all, mut high) = (0, 0);
    for &c in stretch.iter().filter(|c| !c.is_whitespace()) {
        all += 1;
        high += usize::from(!c.is_ascii());
    }
    high * 5 >= all * 3
}

/// Stretches of characters that can be bytes ("?" and U+FFFD may be lost ones), with at least `least` above ASCII,
/// trimmed to the first and last of those and what belongs to them.
fn stretches(line: &[char], least: usize, charset: &Charset) -> Vec<(usize, usize)> {
    let fits = |c: char| c == '\u{FFFD}' || byte_of(c, charset).is_some();
    let mut found = Vec::new();
    let mut at = 0;
    while at < line.len() {
        let end = at + line[at..].iter().take_while(|&&c| fits(c)).count();
        let high = |c: &char| *c as u32 >= 0x80;
        let count = line[at..end].iter().filter(|c| high(c)).count();
        if count >= least
            && let (Some(from), Some(last)) =
                (line[at..end].iter().position(high), line[at..end].iter().rposition(high))
        {
            let mut to = at + last + 1;
            if line.get(to).is_some_and(|c| matches!(c, '@'..='~' | '?')) {
                to += 1;
            }
            found.push((at + from, to.min(end)));
        }
        at = end.max(at) + 1;
    }
    found
}
