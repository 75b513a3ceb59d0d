//! What is damaged and stays as it came, counted.
//!
//! In: what was refused while a document was repaired, and its edits. Out: the edits, and counts by reason. A line counts only if it stands in
//! the repaired document as it was when it was refused: what was tried on the way does not.

use super::{Mended, private};
use crate::edit::{Edit, Loss, apply};
use std::borrow::Cow;
use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, HashMap};
use std::hash::{Hash, Hasher};

const MARK: char = char::REPLACEMENT_CHARACTER;

/// What stays of one document.
#[derive(Debug, Default)]
pub(super) struct Left {
    /// Characters of a font of the site's own.
    pub font: usize,
    /// Lines that stay as they are, by [`key`], and why.
    pub refused: HashMap<u64, &'static str>,
}

/// What tells a line from another.
pub(super) fn key(line: impl Iterator<Item = char>) -> u64 {
    let mut hasher = DefaultHasher::new();
    line.for_each(|c| c.hash(&mut hasher));
    hasher.finish()
}

impl Left {
    pub(super) fn of(texts: &[&str]) -> Left {
        Left { font: private::of_font(texts), refused: HashMap::new() }
    }

    /// The edits, guesses made U+FFFD if they are to be dropped, and the counts.
    pub(super) fn counted(self, texts: &[&str], mut edits: Vec<Vec<Edit>>, drop: bool) -> Mended {
        let mut left = BTreeMap::new();
        let mut count = |reason, number: usize| {
            if number > 0 {
                *left.entry(reason).or_insert(0) += number;
            }
        };
        let gone = |edit: &Edit| if edit.lost == Loss::Gone { edit.new.matches(MARK).count() } else { 0 };
        count("uncertain", edits.iter().flatten().map(gone).sum());
        count("private-font", self.font);
        if !self.refused.is_empty() {
            for (text, edits) in texts.iter().zip(&edits) {
                let mut text = (*text).to_owned();
                apply(&mut text, edits);
                let reasons = text.lines().filter_map(|line| self.refused.get(&key(line.chars())));
                reasons.for_each(|&reason| count(reason, 1));
            }
        }
        if drop {
            count("dropped", edits.iter_mut().flatten().map(dropped).sum());
        }
        Mended { edits, left }
    }
}

/// Writes U+FFFD for the guesses of an edit; how many characters that are.
fn dropped(edit: &mut Edit) -> usize {
    if edit.guesses.is_empty() {
        return 0;
    }
    let (mut new, mut at, mut count) = (String::with_capacity(edit.new.len()), 0, 0);
    for guess in std::mem::take(&mut edit.guesses).into_vec() {
        new.push_str(&edit.new[at..guess.range.start]);
        for _ in edit.new[guess.range.clone()].chars() {
            new.push(MARK);
            count += 1;
        }
        at = guess.range.end;
    }
    new.push_str(&edit.new[at..]);
    edit.new = Cow::Owned(new);
    edit.lost = Loss::Gone;
    count
}
