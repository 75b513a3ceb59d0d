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
use super::search::{self, Words};
use super::placed;
use crate::edit::Edit;
use crate::hole::Hole;
use fill::Filler;
use known::Known;
use memchr::memmem;
use stream::Stream;

/// The stable name of the rule.
const RULE: &str = "hole";

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
    let mut left = MOST;
    let mut edits = Vec::with_capacity(texts.len());
    for text in texts {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(next) = memmem::find(&text.as_bytes()[at..], MARK.as_bytes()) {
            let from = text[..at + next].rfind('\n').map_or(0, |end| end + 1);
            let line = text[from..].lines().next().unwrap_or_default();
            found.extend(mend(model, &words, &known, text, from..from + line.len(), &mut left));
            at = from + line.len();
        }
        edits.push(found);
    }
    edits
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

/// The edits of one line of a text.
fn mend(
    model: &Model,
    words: &Words,
    known: &Known,
    text: &str,
    range: std::ops::Range<usize>,
    left: &mut usize,
) -> Vec<Edit> {
    let line: Vec<char> = text[range.clone()].chars().collect();
    if !is_chinese(&line) {
        return Vec::new();
    }
    let script = search::script(model, &line);
    let (mut edits, mut floor) = (Vec::new(), 0);
    let marks = text[range.clone()].match_indices(MARK).map(|(offset, _)| offset);
    let places = line.iter().enumerate().filter(|(_, c)| **c == '\u{FFFD}').map(|(at, _)| at);
    for (at, offset) in places.zip(marks) {
        let from = std::mem::replace(&mut floor, at + 1);
        let run = |at: Option<usize>| at.and_then(|at| line.get(at)) == Some(&'\u{FFFD}');
        if *left == 0 || run(at.checked_sub(1)) || run(Some(at + 1)) {
            continue;
        }
        let Some(hole) = known.find(text, range.start + offset) else { continue };
        let Some(stream) = Stream::of(&line, from..at, &hole) else { continue };
        *left -= 1;
        if let Some(found) = (Filler { model, words, line: &line, script }).fill(&stream) {
            floor = found.to;
            edits.push(found);
        }
    }
    let mut edits = placed(&text[range.clone()], edits);
    for edit in &mut edits {
        edit.range = edit.range.start + range.start..edit.range.end + range.start;
    }
    edits
}

/// Whether a line is Chinese that is damaged here and there: of Japanese and Korean the model knows nothing.
fn is_chinese(line: &[char]) -> bool {
    let count = |test: fn(char) -> bool| line.iter().filter(|&&c| test(c)).count();
    let (han, gone) = (count(is_han), count(|c| c == '\u{FFFD}'));
    count(is_kana) * 8 <= han && !line.iter().any(|&c| is_hangul(c)) && (gone == 1 || gone * 6 <= han)
}
