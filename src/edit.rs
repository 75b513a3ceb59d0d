//! The one way text may change: a stage returns [`Edit`]s, [`apply`] carries them out, and what was done can be kept as
//! [`Change`]s. Nobody else rewrites text, so replaying the changes on the input gives the output.

use crate::few::Few;
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
    /// The other rules that had a part in it, where several changed the same place one after the other.
    pub also: Few<&'static str>,
    /// Only `repair` meets bytes that are lost.
    pub lost: Loss,
    /// The characters of `new` that were chosen by likelihood, in order.
    pub guesses: Few<Guess>,
}

/// Characters that were chosen as the likeliest of several that explain the bytes that are left.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Guess {
    /// Bytes of the new text; in a page, bytes of the block's text.
    pub range: Range<usize>,
    /// How often such a choice is right, of 100.
    pub certainty: u8,
}

impl Edit {
    /// An edit that loses nothing and guesses nothing.
    pub fn of(range: Range<usize>, new: impl Into<Cow<'static, str>>, rule: &'static str) -> Edit {
        Edit { range, new: new.into(), rule, also: Few::default(), lost: Loss::Nothing, guesses: Few::default() }
    }

    /// All its rules.
    pub fn rules(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.rule).chain(self.also.iter().copied())
    }

    /// The same change of `text` without the characters at both ends that it leaves as they are.
    pub(crate) fn trimmed(mut self, text: &str) -> Edit {
        let Some(old) = text.get(self.range.clone()) else { return self };
        let equal = |(a, b): &(char, char)| a == b;
        let head: usize = old.chars().zip(self.new.chars()).take_while(equal).map(|(a, _)| a.len_utf8()).sum();
        let (rest, new) = (&old[head..], &self.new[head..]);
        let tail = rest.chars().rev().zip(new.chars().rev()).take_while(equal);
        let tail: usize = tail.map(|(a, _)| a.len_utf8()).sum();
        if head == 0 && tail == 0 {
            return self;
        }
        let to = self.new.len() - tail;
        self.guesses.retain_mut(|guess| {
            let range = guess.range.start.clamp(head, to)..guess.range.end.clamp(head, to);
            guess.range = range.start - head..range.end - head;
            !guess.range.is_empty()
        });
        self.new = Cow::Owned(self.new[head..to].to_owned());
        self.range = self.range.start + head..self.range.end - tail;
        self
    }
}

/// What one edit did, or which block was dropped, kept for `explain`.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Change {
    /// Who did it.
    pub stage: Stage,
    /// The stable name of the rule, as `zonetext rules` lists it.
    pub rule: &'static str,
    /// The other rules that had a part in it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<&'static str>,
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

/// Two lists of edits as one: `first` turn `text` into `middle`, `second` are to be done there. Edits that do not overlap stay apart, each with
/// its rule; those that do become one with all their rules and the lowest certainty.
pub fn compose(text: &str, first: &[Edit], middle: &str, second: &[Edit]) -> Vec<Edit> {
    let mut all = Vec::with_capacity(first.len() + second.len());
    // What stands behind the edits taken so far is further on in the middle by this much than in the text.
    let (mut first, mut second, mut grown) = (first, second, 0isize);
    loop {
        let starts = [first.first().map(|e| moved(e.range.start, grown)), second.first().map(|e| e.range.start)];
        let Some(from) = starts.into_iter().flatten().min() else { return all };
        let before = grown;
        let (mut to, mut old, mut new) = (from, 0, 0);
        loop {
            let none = old + new == 0;
            let meets = |start: usize| start < to || none && start == from;
            if let Some(edit) = first.get(old).filter(|e| meets(moved(e.range.start, grown))) {
                to = to.max(moved(edit.range.start, grown) + edit.new.len());
                grown += edit.new.len() as isize - edit.range.len() as isize;
                old += 1;
            } else if let Some(edit) = second.get(new).filter(|e| meets(e.range.start)) {
                to = to.max(edit.range.end);
                new += 1;
            } else {
                break;
            }
        }
        let range = moved(from, -before)..moved(to, -grown);
        let edit = match (&first[..old], &second[..new]) {
            ([one], []) | ([], [one]) => Edit { range, ..one.clone() },
            (firsts, seconds) => Cluster { from, grown: before, middle: &middle[from..to] }.one(firsts, seconds, range),
        };
        let joined = old + new > 1;
        let edit = if joined { edit.trimmed(text) } else { edit };
        if !joined || text.get(edit.range.clone()) != Some(&*edit.new) {
            all.push(edit);
        }
        (first, second) = (&first[old..], &second[new..]);
    }
}

fn moved(at: usize, by: isize) -> usize {
    at.saturating_add_signed(by)
}

/// Edits of both lists that overlap.
struct Cluster<'m> {
    /// Where they begin in the middle, which is further on than in the text by `grown`.
    from: usize,
    grown: isize,
    /// The middle's text there.
    middle: &'m str,
}

impl Cluster<'_> {
    fn one(&self, first: &[Edit], second: &[Edit], range: Range<usize>) -> Edit {
        let known = self.guesses(first);
        let (mut new, mut guesses, mut at) = (String::new(), Vec::new(), 0);
        for edit in second {
            let (start, end) = (edit.range.start - self.from, edit.range.end - self.from);
            keep_at(&known, at..start, new.len(), &mut guesses);
            new.push_str(&self.middle[at..start]);
            let worn = known.iter().filter(|g| g.range.start < end && start < g.range.end).map(|g| g.certainty).min();
            match worn {
                Some(least) if !edit.new.is_empty() => {
                    let certainty = edit.guesses.iter().map(|g| g.certainty).fold(least, u8::min);
                    guesses.push(Guess { range: new.len()..new.len() + edit.new.len(), certainty });
                }
                _ => keep_at(&edit.guesses, 0..edit.new.len(), new.len(), &mut guesses),
            }
            new.push_str(&edit.new);
            at = end;
        }
        keep_at(&known, at..self.middle.len(), new.len(), &mut guesses);
        new.push_str(&self.middle[at..]);
        let all = || first.iter().chain(second);
        let mut rules: Vec<&'static str> = Vec::new();
        for rule in all().flat_map(Edit::rules) {
            if !rules.contains(&rule) {
                rules.push(rule);
            }
        }
        let lost = all().map(|e| e.lost).max().unwrap_or_default();
        let rule = rules.remove(0);
        Edit { range, new: Cow::Owned(new), rule, also: rules.into(), lost, guesses: guesses.into() }
    }

    /// The guesses of the first edits as bytes of the middle's text.
    fn guesses(&self, first: &[Edit]) -> Vec<Guess> {
        let mut grown = self.grown;
        let mut known = Vec::new();
        for edit in first {
            let start = moved(edit.range.start, grown) - self.from;
            keep_at(&edit.guesses, 0..edit.new.len(), start, &mut known);
            grown += edit.new.len() as isize - edit.range.len() as isize;
        }
        known
    }
}

/// Adds the parts of `guesses` that lie in a range, which comes to stand at `to`.
fn keep_at(guesses: &[Guess], range: Range<usize>, to: usize, into: &mut Vec<Guess>) {
    let inside = guesses.iter().filter(|g| g.range.start < range.end && range.start < g.range.end);
    into.extend(inside.map(|g| {
        let (start, end) = (g.range.start.max(range.start), g.range.end.min(range.end));
        Guess { range: start - range.start + to..end - range.start + to, certainty: g.certainty }
    }));
}
