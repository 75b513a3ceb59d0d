//! Noise that tears words: invisible characters between ideographs, and toneless pinyin behind most of them.
//!
//! In: the characters of a line, and of pinyin what the whole document shows. Out: one fault for each place. Pages against copying put a
//! zero-width space between all characters (ruanyf/weekly 879), spam writes 想(xiang)象一(yi)下 against word filters. Between two
//! ideographs nothing invisible has a use; joiners of emoji, Persian, Indic scripts and Khmer have other neighbours.

use super::judge::is_han;
use super::model::Model;
use super::pinyin;
use super::search::{Fault, Notes};

/// A space of no width, a word joiner, a soft hyphen, joiners, a mark of byte order.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{AD}' | '\u{FEFF}')
}

/// An ideograph, or a mark of Chinese.
fn is_chinese(c: char) -> bool {
    is_han(c) || matches!(c, '\u{3001}'..='\u{301F}' | '！'..='｠' | '“' | '”' | '…' | '—')
}

/// Whether the line has an invisible character that tears a word.
pub(super) fn may_be(line: &[char]) -> bool {
    torn(line).next().is_some()
}

/// The stretches of invisible characters between two Chinese ones, of which one is an ideograph.
fn torn(line: &[char]) -> impl Iterator<Item = (usize, usize)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < line.len() {
            let from = at;
            at += line[at..].iter().take_while(|&&c| is_invisible(c)).count().max(1);
            let (Some(before), Some(&next)) = (from.checked_sub(1).map(|at| line[at]), line.get(at)) else { continue };
            let words = is_chinese(before) && is_chinese(next) && (is_han(before) || is_han(next));
            if is_invisible(line[from]) && words {
                return Some((from, at));
            }
        }
        None
    })
}

/// The faults of a line: invisible characters, and pinyin where the document is full of it.
pub(super) fn faults(model: &Model, line: &[char], toneless: bool) -> Vec<Fault> {
    let invisible: Vec<Fault> = torn(line).map(|(from, to)| Fault::whole(from, to, "", "zero-width")).collect();
    if !invisible.is_empty() || !toneless {
        return invisible;
    }
    let notes = notes(model, line).filter(|note| note.fits);
    notes.map(|note| Fault::whole(note.at, note.to, "", "toneless-pinyin")).collect()
}

/// Letters in brackets behind an ideograph.
struct Note {
    at: usize,
    to: usize,
    /// The ideograph can be read so.
    fits: bool,
}

fn notes(model: &Model, line: &[char]) -> impl Iterator<Item = Note> {
    let found: Vec<(usize, pinyin::Syllable)> = Notes::of(model, line).all().collect();
    let notes = found.into_iter().filter(|&(at, note)| {
        let letters = &line[at + 1..at + note.len];
        at > 0 && line[at] == '(' && is_han(line[at - 1]) && letters.iter().all(char::is_ascii_lowercase)
    });
    notes.map(|(at, note)| Note {
        at,
        to: at + 1 + note.len,
        fits: note.sound.bare.is_some() && pinyin::fit(model, line[at - 1], note.sound).is_some(),
    })
}

/// What a document shows of such pinyin.
#[derive(Debug, Default)]
pub(super) struct Toneless {
    fitting: usize,
    other: usize,
    han: usize,
}

/// So many make a document one, if of ten nine fit and one stands in forty ideographs: a page that teaches a few readings has fewer.
const LEAST: usize = 6;
const SPARSE: usize = 40;

impl Toneless {
    pub(super) fn add(&mut self, model: &Model, line: &[char]) {
        self.han += line.iter().filter(|&&c| is_han(c)).count();
        for note in notes(model, line) {
            if note.fits { self.fitting += 1 } else { self.other += 1 }
        }
    }

    pub(super) fn is_dense(&self) -> bool {
        self.fitting >= LEAST && self.fitting >= self.other * 9 && self.han <= self.fitting * SPARSE
    }
}

/// Whether brackets with letters stand behind so many ideographs of some lines that it may be toneless pinyin. No model is asked.
pub(super) fn may_be_toneless<'t>(lines: impl Iterator<Item = &'t str>) -> bool {
    let mut count = 0;
    for line in lines {
        for (at, _) in line.match_indices('(') {
            let letters = line[at + 1..].bytes().take(7).take_while(u8::is_ascii_lowercase).count();
            let closed = (1..7).contains(&letters) && line.as_bytes().get(at + 1 + letters) == Some(&b')');
            count += usize::from(closed && line[..at].chars().next_back().is_some_and(is_han));
            if count >= LEAST {
                return true;
            }
        }
    }
    false
}

/// Whether a line has such a bracket.
pub(super) fn has_bracket(line: &[char]) -> bool {
    line.windows(3).any(|three| is_han(three[0]) && three[1] == '(' && three[2].is_ascii_lowercase())
}
