//! The one way text may change: a stage returns [`Edit`]s, [`apply`] carries them out, and what was done can be kept as
//! [`Change`]s. Nobody else rewrites text, so replaying the changes on the input gives the output.

use std::borrow::Cow;
use std::ops::Range;

/// The stages that can change or drop text, in the order of the flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// Bytes to text.
    Decode,
    /// Text to main text and metadata; drops blocks, changes none.
    Extract,
    /// Damage undone.
    Repair,
    /// Simplified and Traditional, and the usage of regions.
    Script,
    /// Sentences; changes nothing.
    Split,
}

impl Stage {
    /// The stage's one name: its folder, sub-command and options field.
    pub fn name(self) -> &'static str {
        match self {
            Stage::Decode => "decode",
            Stage::Extract => "extract",
            Stage::Repair => "repair",
            Stage::Script => "script",
            Stage::Split => "split",
        }
    }
}

/// Whether the text of a change is what stood there once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Loss {
    /// Nothing is lost: what was seen holds all that was meant.
    #[default]
    Nothing,
    /// Bytes are lost, and the characters they belonged to were chosen as the likeliest that explain what is left.
    Guessed,
    /// A character is lost that nothing left can tell; a mark stands in its place.
    Gone,
}

impl Loss {
    /// The word in `explain` and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Loss::Nothing => "nothing",
            Loss::Guessed => "guessed",
            Loss::Gone => "gone",
        }
    }
}

/// Replace `range` (bytes into the text the stage was given, on code point boundaries) by `new`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What goes.
    pub range: Range<usize>,
    /// What comes in its place; empty to delete.
    pub new: Cow<'static, str>,
    /// The stable name of the rule that asked for it.
    pub rule: &'static str,
    /// Only `repair` meets bytes that are lost.
    pub lost: Loss,
}

/// What one edit did, or which block was dropped, kept for `explain`.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Change {
    /// Who did it.
    pub stage: Stage,
    /// The stable name of the rule, as `zonetext rules` lists it.
    pub rule: &'static str,
    /// Index into [`crate::Page::blocks`]; numbers past its end count the metadata values, in the order of
    /// [`crate::Metadata::values`]. For a dropped block: the index of the kept block that follows it.
    pub block: usize,
    /// Bytes into the text of the block as the stage was given it. For a dropped block: bytes into the decoded text, or
    /// the number of the block in reading order where the input was markup.
    pub at: usize,
    /// The text as it stood there.
    pub before: String,
    /// What stands there now; empty for what was dropped.
    pub after: String,
    /// What the damage took that no repair brings back.
    pub lost: Loss,
}

/// Carries out `edits` on `text`. They must be sorted and must not overlap; one that does, or that does not lie on code
/// point boundaries, is left out rather than trusted. Returns the numbers of the edits that took effect.
pub fn apply(text: &mut String, edits: &[Edit]) -> Vec<usize> {
    let mut done = Vec::with_capacity(edits.len());
    if edits.is_empty() {
        return done;
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut from = 0;
    for (number, edit) in edits.iter().enumerate() {
        let Some(kept) = text.get(from..edit.range.start) else { continue };
        if text.get(edit.range.clone()).is_none() {
            continue;
        }
        out.push_str(kept);
        out.push_str(&edit.new);
        from = edit.range.end;
        done.push(number);
    }
    out.push_str(&text[from..]);
    *text = out;
    done
}

/// Where a place in a text is after edits: for what points into a text that changes.
pub struct Moved {
    /// Each edit that took effect: its range before, and the end of its text after.
    places: Vec<(Range<usize>, usize)>,
}

impl Moved {
    /// `done` are the numbers of the edits that took effect, as [`apply`] gives them.
    pub fn new(edits: &[Edit], done: &[usize]) -> Moved {
        let (mut from, mut to) = (0, 0);
        let place = |&number: &usize| {
            let Edit { range, new, .. } = &edits[number];
            to += range.start - from + new.len();
            from = range.end;
            (range.clone(), to)
        };
        Moved { places: done.iter().map(place).collect() }
    }

    /// The new byte offset; within a piece that an edit replaced, the end of what came.
    pub fn at(&self, offset: usize) -> usize {
        let next = self.places.partition_point(|(range, _)| range.start < offset);
        match next.checked_sub(1).map(|last| &self.places[last]) {
            None => offset,
            Some((range, end)) => end + offset.saturating_sub(range.end),
        }
    }
}
