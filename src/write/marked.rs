//! A text with its changes in place: what stood there, what stands there now, and which changes made it so.
//!
//! In: a cleaned page with its changes. Out: for each of [`Page::all_texts`] the text as `extract` gave it, and pieces that cover
//! both texts from end to end. Nothing is compared: the changes are undone, the last stage first, so a piece is what was done
//! and no second opinion. Where `repair` and `script` changed the same characters, one piece holds both.

use crate::edit::{Change, Stage};
use crate::page::Page;
use crate::script::Uncertain;
use std::ops::Range;

/// A text before and after, in pieces.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marked {
    /// The text as `extract` gave it.
    pub before: String,
    /// In order; together they cover both texts.
    pub pieces: Vec<Piece>,
}

/// A stretch that changed, or one that did not (then no change is named).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Bytes into [`Marked::before`].
    pub before: Range<usize>,
    /// Bytes into the text of the page.
    pub after: Range<usize>,
    /// Indices into [`Page::changes`], in the order of the stages.
    pub changes: Vec<usize>,
    /// Indices into [`Page::uncertain`].
    pub uncertain: Vec<usize>,
}

/// All texts of a page, in the order of [`Page::all_texts`].
pub fn marked(page: &Page) -> Vec<Marked> {
    let texts = page.all_texts();
    let mut done: Vec<Done> = texts.iter().map(|_| Done::default()).collect();
    for (number, change) in page.changes.iter().enumerate() {
        match (change.stage, done.get_mut(change.block)) {
            (Stage::Repair, Some(done)) => done.repair.push((number, change)),
            (Stage::Script, Some(done)) => done.script.push((number, change)),
            _ => {}
        }
    }
    for (number, place) in page.uncertain.iter().enumerate() {
        if let Some(done) = done.get_mut(place.text) {
            done.uncertain.push((number, place));
        }
    }
    texts.iter().zip(&done).map(|(text, done)| done.marked(text)).collect()
}

/// What was done to one text, each list in order.
#[derive(Default)]
struct Done<'a> {
    repair: Vec<(usize, &'a Change)>,
    script: Vec<(usize, &'a Change)>,
    uncertain: Vec<(usize, &'a Uncertain)>,
}

/// A stretch of the text between `repair` and `script`, with how much longer it was before and is after.
struct Stretch {
    range: Range<usize>,
    longer_before: isize,
    longer_after: isize,
    what: What,
}

enum What {
    Change(usize),
    Uncertain(usize),
}

impl Done<'_> {
    fn marked(&self, text: &str) -> Marked {
        let middle = undone(text, &self.script);
        let before = undone(&middle, &self.repair);
        let mut pieces = Vec::new();
        let (mut at, mut now, mut was) = (0, 0, 0);
        let mut stretches = self.stretches().into_iter().peekable();
        while let Some(first) = stretches.next() {
            let mut all = vec![first];
            let Range { start, mut end } = all[0].range.clone();
            while let Some(next) = stretches.next_if(|next| next.range.start < end) {
                end = end.max(next.range.end);
                all.push(next);
            }
            let gap = start.saturating_sub(at);
            pieces.extend(plain(was..was + gap, now..now + gap));
            (was, now) = (was + gap, now + gap);
            let grown = |by: isize| (end - start).saturating_add_signed(by);
            let long = grown(all.iter().map(|s| s.longer_before).sum());
            let new = grown(all.iter().map(|s| s.longer_after).sum());
            pieces.push(piece(was..was + long, now..now + new, &all));
            (at, was, now) = (end, was + long, now + new);
        }
        pieces.extend(plain(was..before.len(), now..text.len()));
        Marked { before, pieces }
    }

    /// All stretches by their place.
    fn stretches(&self) -> Vec<Stretch> {
        let difference = |change: &Change| change.before.len() as isize - change.after.len() as isize;
        let mut shift = 0;
        let mut all = Vec::with_capacity(self.repair.len() + self.script.len() + self.uncertain.len());
        for (number, change) in &self.repair {
            let start = change.at.saturating_add_signed(-shift);
            shift += difference(change);
            let range = start..start + change.after.len();
            let what = What::Change(*number);
            all.push(Stretch { range, longer_before: difference(change), longer_after: 0, what });
        }
        for (number, change) in &self.script {
            let range = change.at..change.at + change.before.len();
            let what = What::Change(*number);
            all.push(Stretch { range, longer_before: 0, longer_after: -difference(change), what });
        }
        for (number, place) in &self.uncertain {
            let what = What::Uncertain(*number);
            all.push(Stretch { range: place.at.clone(), longer_before: 0, longer_after: 0, what });
        }
        all.sort_by_key(|stretch| (stretch.range.start, stretch.range.end));
        all
    }
}

fn plain(before: Range<usize>, after: Range<usize>) -> Option<Piece> {
    (!before.is_empty() || !after.is_empty()).then_some(Piece {
        before,
        after,
        changes: Vec::new(),
        uncertain: Vec::new(),
    })
}

fn piece(before: Range<usize>, after: Range<usize>, all: &[Stretch]) -> Piece {
    let mut piece = Piece { before, after, changes: Vec::new(), uncertain: Vec::new() };
    for stretch in all {
        match stretch.what {
            What::Change(number) => piece.changes.push(number),
            What::Uncertain(number) => piece.uncertain.push(number),
        }
    }
    piece.changes.sort_unstable();
    piece
}

/// The text that a stage was given, from the one it gave. The changes are in order and count bytes of what it was given.
fn undone(text: &str, changes: &[(usize, &Change)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (_, change) in changes {
        let kept = change.at.saturating_sub(out.len());
        out.push_str(text.get(from..from + kept).unwrap_or_default());
        out.push_str(&change.before);
        from += kept + change.after.len();
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}
