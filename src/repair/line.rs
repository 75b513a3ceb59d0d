//! The lines of a text that deserve a look, each repaired until nothing more is found in it.
//!
//! In: a text, the marks of its lines, and what its document shows. Out: edits. Escapes come first, since they may go on over several lines;
//! then each line is given to the kinds of damage in order, and what was mended is looked at again.

use super::scan;
use super::search::{Desk, Evidence, Fault};
use super::{doubt, escape, han, judge, mirror, missing, noise, private, single_byte, spread};
use crate::edit::{Edit, Guess, Loss, apply, compose};

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

/// The edits of one line, looked at until nothing more is found.
fn settled(desk: &mut Desk, line: &str, mark: scan::Mark, evidence: Evidence) -> Vec<Edit> {
    let first = once(desk, line, mark, evidence);
    if first.is_empty() { first } else { gone_on(desk, line, first, evidence) }
}

/// The edits of a line of which some are known, looked at again with those.
fn gone_on(desk: &mut Desk, line: &str, first: Vec<Edit>, evidence: Evidence) -> Vec<Edit> {
    let mut now = line.to_owned();
    apply(&mut now, &first);
    let mut edits = first;
    for _ in 1..ROUNDS {
        let Some(mark) = again(&now, evidence) else { break };
        let more = once(desk, &now, mark, evidence);
        if more.is_empty() {
            break;
        }
        edits = compose(line, &edits, &now, &more);
        apply(&mut now, &more);
    }
    edits
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

/// One round over a line: the first kind of damage that is found.
fn once(desk: &mut Desk, line: &str, mark: scan::Mark, evidence: Evidence) -> Vec<Edit> {
    let model = desk.model;
    let mut chars = Vec::new();
    spread(line, &mut chars);
    let mut faults = Vec::new();
    if mark.noise || evidence.toneless {
        faults = noise::faults(model, &chars, evidence.toneless);
    }
    if faults.is_empty() && mark.mirror && evidence.annotated {
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
    if faults.is_empty() && mark.private && !evidence.font {
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

/// Faults by characters as edits by bytes, without the sound text at their ends and between ASCII words.
pub(super) fn placed(line: &str, faults: Vec<Fault>) -> Vec<Edit> {
    if faults.is_empty() {
        return Vec::new();
    }
    // Faults stand in order, so one walk over the line finds their bytes.
    let (mut walked, mut byte) = (0, 0);
    let mut offset = |number: usize| {
        if number < walked {
            (walked, byte) = (0, 0);
        }
        byte += line[byte..].chars().take(number - walked).map(char::len_utf8).sum::<usize>();
        walked = number;
        byte
    };
    let mut edits = Vec::new();
    for fault in faults {
        let starts: Vec<usize> = fault.new.char_indices().map(|(at, _)| at).chain([fault.new.len()]).collect();
        let guess = |&(at, certainty): &(usize, u8)| Guess { range: starts[at]..starts[at + 1], certainty };
        let guesses = joined(fault.guesses.iter().map(guess));
        let range = offset(fault.from)..offset(fault.to);
        let edit = Edit::of(range, fault.new, fault.rule);
        edits.extend(parted(Edit { lost: fault.lost, guesses: guesses.into(), ..edit }, line));
    }
    edits
}

/// Guesses side by side that are as certain become one.
fn joined(guesses: impl Iterator<Item = Guess>) -> Vec<Guess> {
    let mut all: Vec<Guess> = Vec::new();
    for guess in guesses {
        match all.last_mut() {
            Some(last) if last.range.end == guess.range.start && last.certainty == guess.certainty => {
                last.range.end = guess.range.end;
            }
            _ => all.push(guess),
        }
    }
    all
}

/// An edit cut where the same words of ASCII stand in the old and in the new text, so that none of them is changed.
fn parted(edit: Edit, line: &str) -> Vec<Edit> {
    let old = &line[edit.range.clone()];
    let (before, after) = (words(old), words(&edit.new));
    let same =
        before.len() == after.len() && before.iter().zip(&after).all(|(a, b)| old[a.clone()] == edit.new[b.clone()]);
    if !same || before.is_empty() {
        let edit = edit.trimmed(line);
        return if line[edit.range.clone()] == *edit.new { Vec::new() } else { vec![edit] };
    }
    let (mut parts, mut at, mut to) = (Vec::new(), 0, 0);
    let ends = before.into_iter().zip(after).chain([(old.len()..old.len(), edit.new.len()..edit.new.len())]);
    for (word, twin) in ends {
        let part = part(&edit, at..word.start, to..twin.start).trimmed(line);
        if line[part.range.clone()] != *part.new {
            parts.push(part);
        }
        (at, to) = (word.end, twin.end);
    }
    parts
}

/// The words of ASCII letters and digits of a text.
fn words(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut words: Vec<std::ops::Range<usize>> = Vec::new();
    for (at, _) in text.bytes().enumerate().filter(|(_, byte)| byte.is_ascii_alphanumeric()) {
        match words.last_mut() {
            Some(last) if last.end == at => last.end = at + 1,
            _ => words.push(at..at + 1),
        }
    }
    words
}

/// The part of an edit that turns some of its old text into some of its new text.
fn part(edit: &Edit, old: std::ops::Range<usize>, new: std::ops::Range<usize>) -> Edit {
    let inside = edit.guesses.iter().filter(|g| new.start <= g.range.start && g.range.end <= new.end);
    let guess = |g: &Guess| Guess { range: g.range.start - new.start..g.range.end - new.start, certainty: g.certainty };
    let guesses: Vec<Guess> = inside.map(guess).collect();
    let text = edit.new[new.clone()].to_owned();
    let lost = match edit.lost {
        Loss::Gone if text.contains('\u{FFFD}') || text.contains('?') => Loss::Gone,
        Loss::Nothing => Loss::Nothing,
        _ if guesses.is_empty() => Loss::Nothing,
        _ => Loss::Guessed,
    };
    Edit {
        lost,
        guesses: guesses.into(),
        ..Edit::of(edit.range.start + old.start..edit.range.start + old.end, text, edit.rule)
    }
}

fn private_use(line: &[char]) -> Vec<Fault> {
    let meant = line.iter().enumerate().filter_map(|(at, &c)| Some((at, private::meant(c)?)));
    meant.map(|(at, c)| Fault::whole(at, at + 1, c, "private-use")).collect()
}
