//! A document is repaired until nothing is left to repair in it.
//!
//! In: texts, and what one round finds in them. Out: the edits of all rounds as one list for each text. What one round mends tells the
//! next more: its words, or that a program annotated some lines, but not those that stand beside them. So whoever repairs what was
//! repaired finds nothing more.

use crate::edit::{Edit, apply};
use std::borrow::Cow;

/// Rounds at most. Of forty thousand documents put together at random from broken lines, three had need of more than two.
const ROUNDS: usize = 6;

/// The edits of as many rounds as find something. A round is told which texts changed in the one before.
pub(super) fn all(texts: &[&str], mut round: impl FnMut(&[&str], &[bool]) -> Vec<Vec<Edit>>) -> Vec<Vec<Edit>> {
    let mut edits = round(texts, &vec![true; texts.len()]);
    if edits.iter().all(Vec::is_empty) {
        return edits;
    }
    let mut now: Vec<String> = texts.iter().map(|&text| text.to_owned()).collect();
    let mut changed = applied(&mut now, &edits);
    for _ in 1..ROUNDS {
        let middle: Vec<&str> = now.iter().map(String::as_str).collect();
        let more = round(&middle, &changed);
        if more.iter().all(Vec::is_empty) {
            break;
        }
        for ((edits, middle), more) in edits.iter_mut().zip(middle).zip(&more).filter(|(_, more)| !more.is_empty()) {
            *edits = joined(edits, middle, more);
        }
        changed = applied(&mut now, &more);
    }
    edits
}

/// Does the edits of each text; which texts have any.
fn applied(texts: &mut [String], edits: &[Vec<Edit>]) -> Vec<bool> {
    let each = texts.iter_mut().zip(edits).map(|(text, edits)| {
        apply(text, edits);
        !edits.is_empty()
    });
    each.collect()
}

/// Two lists of edits as one: `first` gave `middle`, in which `second` is to be done. What overlaps becomes one edit.
fn joined(first: &[Edit], middle: &str, second: &[Edit]) -> Vec<Edit> {
    let mut all = Vec::with_capacity(first.len() + second.len());
    // What stands behind is so much further on in the middle than it was at first.
    let (mut first, mut second, mut grown) = (first, second, 0isize);
    loop {
        let from = [first.first().map(|e| placed(e.range.start, grown)), second.first().map(|e| e.range.start)];
        let Some(from) = from.into_iter().flatten().min() else { return all };
        let (mut to, before) = (from, grown);
        let (mut old, mut new) = (0, 0);
        loop {
            if let Some(edit) = first.get(old).filter(|e| placed(e.range.start, grown) <= to) {
                to = to.max(placed(edit.range.start, grown) + edit.new.len());
                grown += edit.new.len() as isize - edit.range.len() as isize;
                old += 1;
            } else if let Some(edit) = second.get(new).filter(|e| e.range.start <= to) {
                to = to.max(edit.range.end);
                new += 1;
            } else {
                break;
            }
        }
        let range = placed(from, -before)..placed(to, -grown);
        all.push(one(&first[..old], &second[..new], &middle[from..to], from, range));
        (first, second) = (&first[old..], &second[new..]);
    }
}

/// The edits of one place as one: what stands there in the middle begins at `from`.
fn one(first: &[Edit], second: &[Edit], middle: &str, from: usize, range: std::ops::Range<usize>) -> Edit {
    let mut new = middle.to_owned();
    let there = |e: &Edit| Edit { range: e.range.start - from..e.range.end - from, ..e.clone() };
    apply(&mut new, &second.iter().map(there).collect::<Vec<_>>());
    let lost = first.iter().chain(second).map(|e| e.lost).max().unwrap_or_default();
    let rule = first.first().or(second.first()).map_or("", |e| e.rule);
    Edit { range, new: Cow::Owned(new), rule, lost }
}

fn placed(at: usize, grown: isize) -> usize {
    at.saturating_add_signed(grown)
}
