//! Characters of which `decode` saw a part: filled in while the bytes that are left of them are known.
//!
//! In: the texts of a page, and its decoded text with its holes (`crate::hole`). Out: edits that put a character where U+FFFD stood, where one
//! is likely enough. `known` finds the bytes of each U+FFFD; `stream` writes what stands around it as bytes again, because one orphan among
//! pairs may stand at many places, and the one that `decode` chose is only the likeliest by its characters; `fill` looks for the place
//! and the character with the character model.

mod fill;
mod half;
mod known;
mod rests;
mod stream;

use super::judge::{is_han, is_hangul, is_kana};
use super::line::placed;
use super::model::Model;
use super::search::{self, Fault, Words};
use crate::edit::Edit;
use crate::hole::Hole;
use encoding_rs::{Encoding, UTF_8};
use fill::Filler;
use known::Known;
use memchr::memmem;
use stream::Stream;

/// So many places of a page are looked at; what has more holes is hardly text.
const MOST: usize = 4096;

/// So many single letters a page may have besides those that are halves of characters.
const LETTERS: usize = 2;

const MARK: char = char::REPLACEMENT_CHARACTER;

/// Whether any of the texts has a U+FFFD that may be one of some holes.
pub(super) fn any(texts: &[&str], holes: &[Hole]) -> bool {
    !holes.is_empty() && texts.iter().any(|text| next_mark(text, 0).is_some())
}

/// The first U+FFFD from here on.
fn next_mark(text: &str, from: usize) -> Option<usize> {
    memmem::find(&text.as_bytes()[from..], "\u{FFFD}".as_bytes()).map(|at| from + at)
}

/// The edits of each text; `page` is the decoded text the holes stand in.
pub(super) fn edits(model: &Model, texts: &[&str], page: &str, holes: &[Hole], asked: bool) -> Vec<Vec<Edit>> {
    let known = Known::of(page, holes);
    let words = Words::of(model, texts.iter().flat_map(|text| text.lines()).flat_map(sound));
    let mut page = Page { model, words, known, asked, left: MOST, script: 0, torn: Vec::new() };
    let mut edits: Vec<Vec<Edit>> = texts.iter().map(|text| page.filled(text)).collect();
    // Where bytes are lost here and there, a single letter between characters may be the second byte of one, and what stands before it out of
    // step. Where there are more letters than that explains, they are meant.
    if let Some(&encoding) = page.torn.first() {
        for line in half::lines(texts, page.torn.len() * half::share(encoding) + LETTERS).unwrap_or_default() {
            let faults = page.completed(&line, encoding);
            edits[line.text].extend(shifted(placed(&texts[line.text][line.from..], faults), line.from));
        }
        edits.iter_mut().for_each(|edits| edits.sort_by_key(|edit| edit.range.start));
    }
    edits
}

/// A page of which bytes are lost.
struct Page<'a> {
    model: &'a Model,
    words: Words,
    known: Known,
    asked: bool,
    /// So many places may still be looked at.
    left: usize,
    /// Above zero when the lines with holes are Traditional, below when they are Simplified.
    script: i32,
    /// The encoding of two bytes of each character that was filled in amid others: there bytes were lost here and there. At the end of a text
    /// it may only have been cut.
    torn: Vec<&'static Encoding>,
}

impl Page<'_> {
    /// The edits of a text where its U+FFFD are filled in.
    fn filled(&mut self, text: &str) -> Vec<Edit> {
        let (mut edits, mut at) = (Vec::new(), 0);
        while let Some(next) = next_mark(text, at) {
            let from = text[..next].rfind('\n').map_or(0, |end| end + 1);
            let line = text[from..].lines().next().unwrap_or_default();
            let chars: Vec<char> = line.chars().collect();
            if is_chinese(&chars) {
                edits.extend(shifted(placed(line, self.line(&chars, line)), from));
            }
            at = from + line.len();
        }
        edits
    }

    fn line(&mut self, line: &[char], text: &str) -> Vec<Fault> {
        let script = search::script(self.model, line);
        self.script += script;
        let (mut faults, mut floor) = (Vec::new(), 0);
        let mut marks = text.match_indices(MARK).map(|(offset, _)| offset);
        let mut next = 0;
        while let Some(at) = line[next..].iter().position(|&c| c == MARK).map(|at| next + at) {
            let count = line[at..].iter().take_while(|&&c| c == MARK).count();
            let holes: Vec<Option<Hole>> = marks.by_ref().take(count).map(|at| self.known.find(text, at)).collect();
            next = at + count;
            let from = std::mem::replace(&mut floor, next);
            let Some((bytes, encoding)) = self.left.checked_sub(1).and_then(|_| left(&holes)) else { continue };
            let Some(stream) = Stream::of(line, from, at..next, &bytes, encoding) else { continue };
            self.left -= 1;
            if let Some(fault) = self.filler(line, script).fill(&stream) {
                if line.get(next).is_some_and(|c| !c.is_ascii()) {
                    self.torn.extend(stream::chinese(encoding));
                }
                floor = next.max(fault.to);
                faults.push(fault);
            }
        }
        faults
    }

    fn filler<'b>(&'b self, line: &'b [char], script: i32) -> Filler<'b> {
        Filler { model: self.model, words: &self.words, line, script, asked: self.asked }
    }

    /// What is to be changed in a line so that characters are whole of which others are halves.
    fn completed(&mut self, line: &half::Line, encoding: &'static Encoding) -> Vec<Fault> {
        let script = match search::script(self.model, &line.chars) {
            0 => self.script,
            script => script,
        };
        let (mut faults, mut floor): (Vec<Fault>, usize) = (Vec::new(), 0);
        for &at in &line.signs {
            let Some(stream) =
                Stream::beside(&line.chars, floor, at, encoding).filter(|_| at >= floor && self.left > 0)
            else {
                continue;
            };
            self.left -= 1;
            if let Some(fault) = self.filler(&line.chars, script).complete(&stream) {
                floor = fault.to.max(at + 1);
                faults.push(fault);
            }
        }
        faults
    }
}

/// What is left of the character that a run of U+FFFD stands for: of one in an encoding of two bytes one byte, of one in UTF-8 the bytes that
/// one U+FFFD stands for, or two that lost their first one. Of longer runs nobody knows how many characters they are.
fn left(holes: &[Option<Hole>]) -> Option<(Vec<u8>, &'static Encoding)> {
    match *holes {
        [Some(hole)] => Some((hole.bytes().to_vec(), hole.encoding)),
        [Some(second), Some(third)] if second.encoding == UTF_8 && third.encoding == UTF_8 => {
            let bytes = [second.bytes(), third.bytes()].concat();
            bytes.iter().all(|byte| byte & 0xC0 == 0x80).then_some((bytes, UTF_8))
        }
        _ => None,
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
