//! The lines of a text that deserve a look, each repaired until nothing more is found in it.
//!
//! In: a text, the marks of its lines, and what its document shows. Out: edits. Escapes come first, since they may go on over several lines;
//! then each line is given to the kinds of damage in order, and what was mended is looked at again.

use super::scan;
use super::search::{Desk, Evidence, Fault};
use super::{doubt, escape, han, judge, mirror, missing, private, single_byte, spread};
use crate::edit::{Edit, Loss, apply};
use std::borrow::Cow;

/// How often a line is looked at again: text that was broken twice, or three times, or in several places.
const ROUNDS: usize = 12;

/// The edits of one text.
pub(super) fn mend(desk: &mut Desk, text: &str, marks: &[scan::Mark], evidence: Evidence) -> Vec<Edit> {
    let mut edits = Vec::new();
    if marks.iter().any(|m| m.escape) {
        edits = escape::edits(desk.model, text);
    }
    // Where one goes on in the next line (quoted-printable), its lines are left to it.
    let torn = edits.iter().any(|e| text[e.range.clone()].contains('\n'));
    let mut escapes = edits.into_iter().peekable();
    let mut edits = Vec::new();
    let mut taken = 0;
    for mark in marks.iter().filter(|mark| !mark.idle) {
        while let Some(escape) = escapes.next_if(|e| e.range.end <= mark.from) {
            edits.push(escape);
        }
        let mut first = Vec::new();
        while let Some(escape) = escapes.next_if(|e| e.range.start < mark.to) {
            taken = escape.range.end;
            first.push(escape);
        }
        if torn && (taken > mark.from || !first.is_empty()) {
            edits.extend(first);
            continue;
        }
        let line = &text[mark.from..mark.to];
        first.iter_mut().for_each(|e| e.range = e.range.start - mark.from..e.range.end - mark.from);
        let found =
            if first.is_empty() { settled(desk, line, *mark, evidence) } else { gone_on(desk, line, first, evidence) };
        edits.extend(found.into_iter().map(|mut e| {
            e.range = e.range.start + mark.from..e.range.end + mark.from;
            e
        }));
    }
    edits.extend(escapes);
    edits.sort_by_key(|e| e.range.start);
    edits
}

/// The edits of one line, looked at until nothing more is found. More than one round becomes one edit.
fn settled(desk: &mut Desk, line: &str, mark: scan::Mark, evidence: Evidence) -> Vec<Edit> {
    let first = once(desk, line, mark, evidence);
    if first.is_empty() { first } else { gone_on(desk, line, first, evidence) }
}

/// The edits of a line of which some are known, looked at again with those.
fn gone_on(desk: &mut Desk, line: &str, first: Vec<Edit>, evidence: Evidence) -> Vec<Edit> {
    let mut now = line.to_owned();
    apply(&mut now, &first);
    let mut more_than_one = false;
    let mut lost = most(&first);
    for _ in 1..ROUNDS {
        let Some(mark) = again(&now, evidence) else { break };
        let more = once(desk, &now, mark, evidence);
        if more.is_empty() {
            break;
        }
        apply(&mut now, &more);
        lost = lost.max(most(&more));
        more_than_one = true;
    }
    if !more_than_one {
        return first;
    }
    vec![Edit { lost, ..difference(line, now, first[0].rule) }]
}

/// What a line shows that was mended, if anything.
fn again(line: &str, evidence: Evidence) -> Option<scan::Mark> {
    let mut mark = scan::line(line)?;
    if !evidence.annotated {
        let mut chars = Vec::new();
        spread(line, &mut chars);
        doubt::look(&chars, &mut mark, evidence.guess);
    }
    (!mark.idle).then_some(mark)
}

/// The worst loss of some edits.
fn most(edits: &[Edit]) -> Loss {
    edits.iter().map(|e| e.lost).max().unwrap_or_default()
}

/// One edit that turns `before` into `after`.
fn difference(before: &str, after: String, rule: &'static str) -> Edit {
    let head: usize = before.chars().zip(after.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let (rest, new) = (&before[head..], &after[head..]);
    let tail = rest.chars().rev().zip(new.chars().rev()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8());
    let tail: usize = tail.sum();
    Edit {
        range: head..before.len() - tail,
        new: Cow::Owned(new[..new.len() - tail].to_owned()),
        rule,
        lost: Loss::Nothing,
    }
}

/// One round over a line: the first kind of damage that is found.
fn once(desk: &mut Desk, line: &str, mark: scan::Mark, evidence: Evidence) -> Vec<Edit> {
    let model = desk.model;
    let mut chars = Vec::new();
    spread(line, &mut chars);
    let mut faults = Vec::new();
    if mark.mirror && evidence.annotated {
        faults = mirror::mend(desk, &chars, evidence);
        faults.retain(|_| chars.iter().any(|&c| judge::is_han(c)));
    }
    let rare = mark.rare > scan::Rare::No || mark.private && doubt::strange(&chars);
    let talks = faults.is_empty() && (mark.high || rare || mark.odd || mark.mirror) && judge::talks(line);
    if faults.is_empty() && mark.high && !talks {
        faults = single_byte::faults(desk, &chars);
    }
    if faults.is_empty() && rare && !talks {
        faults = han::faults(desk, &chars);
    }
    if faults.is_empty() && mark.private {
        faults = private_use(&chars);
    }
    let cut = mark.mirror && mirror::is_cut(&chars);
    if faults.is_empty() && cut {
        faults = slipped(desk, &chars, evidence);
    }
    if faults.is_empty() && !talks && mirror::could_lose(&chars, evidence) {
        faults = missing::faults(desk, &chars, evidence.guess);
    }
    if faults.is_empty() && mark.mirror && !cut {
        faults = slipped(desk, &chars, evidence);
    }
    if faults.is_empty() && mark.mirror && !talks {
        let quads = escape::quads(line);
        if !quads.is_empty() {
            return quads;
        }
    }
    if faults.is_empty() && mark.escape {
        return escape::edits(model, line);
    }
    placed(line, faults)
}

/// Slips of a line in a page that no program annotated.
fn slipped(desk: &mut Desk, line: &[char], evidence: Evidence) -> Vec<Fault> {
    if evidence.annotated || !mirror::could_be(line) {
        return Vec::new();
    }
    let mut faults = mirror::mend(desk, line, evidence);
    faults.retain(|fault| mirror::stands_in_chinese(line, fault, evidence.guess));
    faults
}

/// Faults by characters as edits by bytes.
pub(super) fn placed(line: &str, faults: Vec<Fault>) -> Vec<Edit> {
    if faults.is_empty() {
        return Vec::new();
    }
    let mut offsets: Vec<usize> = Vec::with_capacity(line.len() + 1);
    offsets.extend(line.char_indices().map(|(at, _)| at).chain([line.len()]));
    let edit =
        |f: Fault| Edit { range: offsets[f.from]..offsets[f.to], new: Cow::Owned(f.new), rule: f.rule, lost: f.lost };
    faults.into_iter().map(edit).collect()
}

fn private_use(line: &[char]) -> Vec<Fault> {
    let meant = line.iter().enumerate().filter_map(|(at, &c)| Some((at, private::meant(c)?)));
    meant
        .map(|(at, c)| Fault { from: at, to: at + 1, new: c.to_string(), rule: "private-use", lost: Loss::Nothing })
        .collect()
}
