//! The slow way through a config's two groups, for the few places where they match across characters.
//!
//! In: a position between matched segments. Out: one replacement, up to the next position where both groups stand at the
//! same character, from which the fast way goes on. Looks ahead only as far as the second group's trie leads, so the work
//! at a position has a bound.

use super::engine::{Chain, Group, Here, Sink, description, next};
use super::tables::{self, Trie};

/// Converts from `at` to the next common boundary; returns it. `segments` is the trie whose matches of two and more
/// characters are segments: no match of either group crosses the start of one.
pub fn chain(
    segments: Trie,
    chain: &Chain,
    text: &str,
    at: usize,
    scratch: &mut Scratch,
    sink: &mut impl Sink,
) -> usize {
    let Scratch { middle, boundaries, out } = scratch;
    middle.clear();
    boundaries.clear();
    out.pieces.clear();
    let mut between = Between { segments, first: chain.first, text, at, boundaries, middle };
    let mut consumed = 0;
    while let Some(length) = between.second(&chain.second, consumed, out) {
        consumed += length;
        if let Some((_, source)) = between.boundaries.iter().find(|(middle, _)| *middle == consumed) {
            let (start, end) = (at, *source);
            if out.pieces != text[start..end] {
                match out.only {
                    Some(only) => sink.replace(start, end, only),
                    None => sink.replace_with(start, end, &out.pieces),
                }
            }
            return end;
        }
    }
    // Not reached: the first group always gives one character more, or the run ends at a boundary.
    next(text.as_bytes(), at).end
}

/// Buffers that one run keeps from place to place.
#[derive(Default)]
pub struct Scratch {
    middle: String,
    boundaries: Vec<(usize, usize)>,
    out: Out,
}

/// What the second group made so far; `only` while it is one answer.
#[derive(Default)]
struct Out {
    pieces: String,
    only: Option<&'static str>,
}

impl Out {
    fn push(&mut self, piece: &str, answer: Option<&'static str>) {
        self.only = if self.pieces.is_empty() { answer } else { None };
        self.pieces.push_str(piece);
    }
}

/// The text between the two groups, made as it is asked for.
struct Between<'a> {
    segments: Trie,
    first: Group,
    text: &'a str,
    /// Up to where the source is used.
    at: usize,
    /// (bytes into `middle`, bytes into `text`) where both have a boundary.
    boundaries: &'a mut Vec<(usize, usize)>,
    middle: &'a mut String,
}

impl Between<'_> {
    /// One step of the second group from `from`: the bytes of `middle` it used. `None` where nothing is left.
    fn second(&mut self, group: &Group, from: usize, out: &mut Out) -> Option<usize> {
        if from == self.middle.len() && !self.grow() {
            return None;
        }
        let first = next(self.middle.as_bytes(), from);
        let mut end = first.end;
        let mut best = None;
        let mut node = group.trie.start(first.symbol());
        while let Some(here) = node {
            if here.answer() != 0 {
                best = Some((end, here.answer()));
            }
            if here.base() == 0 || (end == self.middle.len() && !self.grow()) {
                break;
            }
            let following = next(self.middle.as_bytes(), end);
            node = group.trie.child(here.base(), following.symbol());
            end = following.end;
        }
        match best {
            Some((end, answer)) => {
                let (new, _) = group.answers.get(answer);
                out.push(new, Some(new));
                Some(end - from)
            }
            None => {
                out.push(&self.middle[from..first.end], None);
                Some(first.end - from)
            }
        }
    }

    /// One step of the first group: appends what it makes to `middle`. False at the end of the run.
    fn grow(&mut self) -> bool {
        let Some(here) = self.unsegmented(self.at) else { return false };
        let mut best = None;
        let mut end = here.end;
        let mut node = self.first.trie.start(here.symbol());
        while let Some(found) = node {
            if found.answer() != 0 {
                best = Some((end, found.answer()));
            }
            if found.base() == 0 {
                break;
            }
            let Some(following) = self.unsegmented(end) else { break };
            node = self.first.trie.child(found.base(), following.symbol());
            end = following.end;
        }
        match best {
            Some((end, answer)) => {
                self.middle.push_str(self.first.answers.get(answer).0);
                self.at = end;
            }
            None => {
                let same = self.text[self.at..here.end].chars();
                self.middle.extend(same.map(|c| if here.is_odd() { tables::unified(c) } else { c }));
                self.at = here.end;
            }
        }
        self.boundaries.push((self.middle.len(), self.at));
        true
    }

    /// The character at `at`, unless a segment or a description starts there.
    fn unsegmented(&self, at: usize) -> Option<Here> {
        let here = next(self.text.as_bytes(), at);
        if here.is_end() {
            return None;
        }
        if here.is_odd() && description(&self.text[at..]).is_some() {
            return None;
        }
        let mut end = here.end;
        let Some(mut node) = self.segments.start(here.symbol()) else { return Some(here) };
        while node.base() != 0 {
            let following = next(self.text.as_bytes(), end);
            let Some(child) = self.segments.child(node.base(), following.symbol()) else { break };
            if child.answer() != 0 {
                return None;
            }
            node = child;
            end = following.end;
        }
        Some(here)
    }
}
