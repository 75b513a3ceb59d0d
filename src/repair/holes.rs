//! Characters of which `decode` saw a part: filled in while the bytes that are left of them are known.
//!
//! In: the texts of a page, and its decoded text with its holes (`crate::hole`). Out: edits that put a character where U+FFFD stood, where one
//! is likely enough. `known` finds the bytes of each U+FFFD; `stream` writes what stands around it as bytes again, because one orphan among
//! pairs may stand at many places, and the one that `decode` chose is only the likeliest by its characters; `fill` looks for the place
//! and the character with the character model.

mod fill;
mod known;
mod stream;

use super::judge::{is_han, is_hangul, is_kana};
use super::model::Model;
use super::search::{self, Fault, Words};
use super::placed;
use crate::edit::Edit;
use crate::hole::Hole;
use encoding_rs::Encoding;
use fill::Filler;
use known::Known;
use memchr::memmem;
use std::ops::Range;
use stream::Stream;

/// The stable name of the rule.
const RULE: &str = "hole";

/// The same where no U+FFFD stands.
const LETTER: &str = "gbk-lost-byte";

/// So many are filled in on a page; what has more is hardly text.
const MOST: usize = 4096;

/// Whether any of the texts has a U+FFFD that may be one of some holes.
pub(super) fn any(texts: &[&str], holes: &[Hole]) -> bool {
    !holes.is_empty() && texts.iter().any(|text| memmem::find(text.as_bytes(), MARK.as_bytes()).is_some())
}

const MARK: &str = "\u{FFFD}";

/// The edits of each text; `page` is the decoded text the holes stand in.
pub(super) fn edits(model: &Model, texts: &[&str], page: &str, holes: &[Hole]) -> Vec<Vec<Edit>> {
    let known = Known::of(page, holes);
    let words = Words::of(model, texts.iter().flat_map(|text| text.lines()).flat_map(sound));
    let mut page = Torn { model, words, known, left: MOST, torn: None };
    let mut edits: Vec<Vec<Edit>> = texts.iter().map(|text| page.filled(text)).collect();
    if let Some(encoding) = page.torn {
        for (text, edits) in texts.iter().zip(&mut edits) {
            page.lettered(text, encoding, edits);
        }
    }
    edits
}

/// A page of which bytes are lost.
struct Torn<'a> {
    model: &'a Model,
    words: Words,
    known: Known,
    /// So many places may still be looked at.
    left: usize,
    /// The two-byte encoding in which characters were filled in.
    torn: Option<&'static Encoding>,
}

impl Torn<'_> {
    /// The edits of a text where its U+FFFD are filled in.
    fn filled(&mut self, text: &str) -> Vec<Edit> {
        let (mut edits, mut at) = (Vec::new(), 0);
        while let Some(next) = memmem::find(&text.as_bytes()[at..], MARK.as_bytes()) {
            let from = text[..at + next].rfind('\n').map_or(0, |end| end + 1);
            let line = text[from..].lines().next().unwrap_or_default();
            at = from + line.len();
            edits.extend(self.line(text, from..at));
        }
        edits
    }

    fn line(&mut self, text: &str, range: Range<usize>) -> Vec<Edit> {
        let line: Vec<char> = text[range.clone()].chars().collect();
        if !is_chinese(&line) {
            return Vec::new();
        }
        let script = search::script(self.model, &line);
        let (mut faults, mut floor) = (Vec::new(), 0);
        let marks = text[range.clone()].match_indices(MARK).map(|(offset, _)| offset);
        let places = line.iter().enumerate().filter(|(_, c)| **c == '\u{FFFD}').map(|(at, _)| at);
        for (at, offset) in places.zip(marks) {
            let from = std::mem::replace(&mut floor, at + 1);
            let run = |at: Option<usize>| at.and_then(|at| line.get(at)) == Some(&'\u{FFFD}');
            if self.left == 0 || run(at.checked_sub(1)) || run(Some(at + 1)) {
                continue;
            }
            let Some(hole) = self.known.find(text, range.start + offset) else { continue };
            let Some(stream) = Stream::of(&line, from..at, &hole) else { continue };
            self.left -= 1;
            if let Some(found) = self.filler(&line, script).fill(&stream, RULE) {
                floor = found.to;
                faults.push(found);
                self.torn = self.torn.or(stream::chinese(hole.encoding));
            }
        }
        shifted(placed(&text[range.clone()], faults), range.start).collect()
    }

    fn filler<'b>(&'b self, line: &'b [char], script: i32) -> Filler<'b> {
        Filler { model: self.model, words: &self.words, line, script }
    }

    /// Adds the edits of a text where a character is half of another one: where bytes are lost elsewhere, a single letter between characters
    /// may be the second byte of one, and what stands before it out of step.
    fn lettered(&mut self, text: &str, encoding: &'static Encoding, edits: &mut Vec<Edit>) {
        let mut from = 0;
        for line in text.split_inclusive('\n') {
            let start = from;
            from += line.len();
            let line = line.trim_end_matches(['\n', '\r']);
            if !line.contains('\u{FFFD}') && memchr::memchr(b'\n', line.as_bytes()).is_none() {
                edits.extend(shifted(self.letters(line, encoding), start));
            }
        }
        edits.sort_by_key(|edit| edit.range.start);
    }

    fn letters(&mut self, text: &str, encoding: &'static Encoding) -> Vec<Edit> {
        let bytes = text.as_bytes();
        let single = |at: usize| matches!(bytes[at], b'@'..=b'~') && at > 0 && (bytes[at - 1] >= 0x80 || bytes[at - 1] == b'?') && !bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric);
        if !(0..bytes.len()).any(single) && !text.contains('€') {
            return Vec::new();
        }
        let line: Vec<char> = text.chars().collect();
        if !is_chinese(&line) {
            return Vec::new();
        }
        let script = search::script(self.model, &line);
        let (mut faults, mut floor): (Vec<Fault>, usize) = (Vec::new(), 0);
        for at in 1..line.len() {
            let next = line.get(at + 1).is_some_and(char::is_ascii_alphanumeric);
            let before = line[at - 1];
            if at < floor || next || !(before >= '\u{80}' || before == '?') || self.left == 0 {
                continue;
            }
            let Some(stream) = Stream::beside(&line, floor, at, encoding) else { continue };
            self.left -= 1;
            if let Some(found) = self.filler(&line, script).fill(&stream, LETTER) {
                floor = found.to;
                faults.push(found);
            }
        }
        placed(text, faults)
    }
}

/// Edits of a line as edits of its text.
fn shifted(edits: Vec<Edit>, by: usize) -> impl Iterator<Item = Edit> {
    edits.into_iter().map(move |edit| Edit { range: edit.range.start + by..edit.range.end + by, ..edit })
}

/// The stretches of a line that are in step for sure: not those beside a U+FFFD.
fn sound(line: &str) -> impl Iterator<Item = &str> {
    let last = line.matches(MARK).count();
    line.split(MARK).enumerate().filter_map(move |(at, piece)| {
        let far = |(at, _): (usize, char)| at;
        let from = if at == 0 { Some(0) } else { piece.char_indices().nth(BESIDE).map(far) };
        let to = if at == last { Some(piece.len()) } else { piece.char_indices().nth_back(BESIDE).map(far) };
        piece.get(from?..to?)
    })
}

/// So many characters beside a U+FFFD may be out of step.
const BESIDE: usize = 12;

/// Whether a line is Chinese that is damaged here and there: of Japanese and Korean the model knows nothing.
fn is_chinese(line: &[char]) -> bool {
    let count = |test: fn(char) -> bool| line.iter().filter(|&&c| test(c)).count();
    let (han, gone) = (count(is_han), count(|c| c == '\u{FFFD}'));
    count(is_kana) * 8 <= han && !line.iter().any(|&c| is_hangul(c)) && (gone < 2 || gone * 6 <= han)
}
