//! One byte of GBK that is gone: half a character, and everything after it one byte out of step.
//!
//! In: the characters of a line. Out: one fault, or none. What is out of step is known up to the place where something ends it (`reading`
//! prices it once, in step and out of step), so each place where the byte may be gone costs a difference of two sums. Only at the
//! best places the lost half is filled in, with all characters that share the other half, judged by what stands on both sides
//! (`filling`). A place is believed when what is read out of step is language and what stands there is not.

mod chain;
mod filling;
mod group;
mod reading;
mod windows;

use super::certainty::{FAR, LOST_BYTE, weight};
use super::judge::is_han;
use super::model::NAT;
use super::search::{self, Desk, Fault, Open};
use crate::edit::Loss;
use filling::{Filled, Filler};
use group::{Group, Groups};
pub(super) use group::{WIDE, odd};
use reading::{Close, Reading, Token};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
pub(super) use windows::{rarity, runs_on};

/// Of the places where the byte may be gone, so many are looked at, and how far behind the best they may stand.
const PLACES: usize = 8;
const BEHIND: i32 = 12 * NAT;

/// Of so many places, most are none: those are told before they are put in order.
const MANY: usize = 256;

/// Where none of so many places gains anything, the others are not looked at: beside the true place stand others that gain nearly as much.
const TRIED: usize = 4;

/// No explanation is believed that gains less, in nats.
const LEAST: i32 = 8;

/// What a character that is filled in costs at least, with what stands behind it.
const FILLED: i32 = 3 * NAT;
const START: i32 = 12 * NAT;

/// What stands behind a place costs less by no more than this.
const NEAR: i32 = 8 * NAT;

/// How much better than that a place may be.
const SLACK: i32 = 8 * NAT;

/// How certain a place has to be, of 100, so that what stands behind it is read out of step.
const LEAST_PLACE: u8 = 70;

/// Of so many characters read out of step the line is better for it even where the lost one stays open.
const LEAST_RUN: usize = 2;

/// Where the user asks for guesses, an explanation may gain so much less.
const ASKED: i32 = 4 * NAT;

/// One explanation of a line: a byte is gone from the character before `next`, and the line is in step again at `to`.
#[derive(Debug, Clone, Copy)]
struct Place {
    from: usize,
    /// The half of the lost character that is known.
    half: Group,
    /// The first character read wholly out of step; `to` where there is none.
    next: usize,
    close: Close,
    to: usize,
    /// What the line gains, but for the lost characters.
    gain: i32,
}

/// Whether a look at the characters of a line finds a place where a byte may be gone.
pub(super) fn may_lose(line: &[char], asked: bool) -> bool {
    !windows::windows(line, asked).is_empty()
}

pub(super) fn faults(desk: &Desk, line: &[char], asked: bool) -> Vec<Fault> {
    let windows = windows::windows(line, asked);
    if windows.is_empty() {
        return Vec::new();
    }
    let whole = Whole {
        script: search::script(desk.model, line),
        questions: line.iter().filter(|&&c| c == '?').count(),
        asked,
        spare: if asked { ASKED } else { 0 },
        variables: variables(line),
    };
    let (mut open, mut at) = (Open::default(), 0);
    let mut faults = Vec::new();
    let mut groups = Groups::of(desk.model, &desk.words, whole.script);
    for window in windows {
        open = line[at..window.start].iter().fold(open, |open, &c| open.after(c).0);
        at = window.start;
        let reading = Reading::of(desk.model, &line[window.clone()], window.end == line.len());
        if let Some(fault) = best(&mut Filler { desk, reading: &reading, open, groups: &mut groups, last: None }, whole)
        {
            faults.push(Fault { from: fault.from + window.start, to: fault.to + window.start, ..fault });
        }
    }
    faults
}

/// What a line tells of its windows.
#[derive(Clone, Copy)]
struct Whole {
    /// Above zero when the line is Traditional, below when it is Simplified.
    script: i32,
    questions: usize,
    /// The user asked for guesses, and what an explanation need not gain then.
    asked: bool,
    spare: i32,
    /// By letter of ASCII: it stands alone more than once.
    variables: [bool; 128],
}

/// The letters that stand alone more than once in a line: variables of mathematics and code (共有k个特征 … 第k个类别).
fn variables(line: &[char]) -> [bool; 128] {
    let mut seen = [0u8; 128];
    for (at, &c) in line.iter().enumerate().filter(|(_, c)| c.is_ascii_alphabetic()) {
        let beside = [at.checked_sub(1), Some(at + 1)];
        let alone = beside.into_iter().flatten().all(|at| line.get(at).is_none_or(|c| !c.is_ascii_alphabetic()));
        seen[c as usize] = seen[c as usize].saturating_add(u8::from(alone));
    }
    seen.map(|count| count > 1)
}

/// The best explanation of a window that is worth it.
fn best(filler: &mut Filler, whole: Whole) -> Option<Fault> {
    let reading = filler.reading;
    let mut places = places(reading);
    places.retain(|place| place.most(reading) + whole.spare >= LEAST * NAT);
    let could = |most: i32, place: &Place| most + whole.spare >= least(reading.line, place, whole) * NAT;
    if places.len() > MANY {
        places.retain(|place| could(place.most(reading), place));
    }
    // A few are looked at, the highest gain first.
    let order = |(at, place): (usize, &Place)| (place.gain, Reverse((place.from, place.to, at)));
    let mut heap = BinaryHeap::from_iter(places.iter().enumerate().map(order));
    let mut best: Option<(Place, Filled)> = None;
    let (mut first, mut tried) = (None, 0);
    let mut looked = Vec::new();
    while tried < PLACES
        && let Some((_, Reverse((_, _, at)))) = heap.pop()
        && let place = places[at]
        && place.gain + BEHIND >= first.unwrap_or(place.gain)
    {
        let most = place.most(reading);
        if !could(most, &place) {
            continue;
        }
        first = first.or(Some(place.gain));
        if tried == TRIED && best.is_none() {
            break;
        }
        tried += 1;
        looked.push(place);
        let beat = best.as_ref().map_or(LEAST * NAT - whole.spare, |best| best.1.gain);
        if most + SLACK > beat
            && let Some(filled) = filler.fill(&place, beat)
        {
            best = Some((place, filled));
        }
    }
    let (place, filled) = best?;
    let clear = filled.margin.saturating_add(whole.spare) >= margin(reading.line, &place) * NAT;
    let earned = clear && filled.gain + whole.spare >= least(reading.line, &place, whole) * NAT;
    if !earned {
        return None;
    }
    let others = filler.rivals(&place, &filled);
    let elsewhere = elsewhere(filler, &looked, (&place, &filled));
    let written = |c, others: f64| whole.asked || LOST_BYTE.allows(c, LOST_BYTE.percent(others));
    // Where the place itself is in doubt, so is everything that is read out of step.
    if !whole.asked && LOST_BYTE.percent(elsewhere) < LEAST_PLACE {
        return None;
    }
    let (mut guesses, mut new, mut lost) = (Vec::new(), String::with_capacity(filled.new.len()), Loss::Guessed);
    for (at, c) in filled.new.chars().enumerate() {
        match others.iter().find(|guess| guess.0 == at).map(|guess| guess.1 + elsewhere) {
            Some(others) if !written(c, others) => {
                new.push(char::REPLACEMENT_CHARACTER);
                lost = Loss::Gone;
            }
            Some(others) => {
                new.push(c);
                guesses.push((at, LOST_BYTE.percent(others)));
            }
            None => new.push(c),
        }
    }
    // A mark for a mark changes nothing, and one for a character that stands there takes it away.
    let run = place.end().saturating_sub(place.next);
    if lost == Loss::Gone && run < LEAST_RUN {
        return None;
    }
    Some(Fault { lost, guesses: guesses.into(), ..Fault::whole(place.from, place.to, new, "gbk-lost-byte") })
}

/// What the explanations by other places weigh that make another line of it.
fn elsewhere(filler: &mut Filler, looked: &[Place], (best, filled): (&Place, &Filled)) -> f64 {
    let line = filler.reading.line;
    let meant = |place: &Place, new: &str, other: &Place| {
        let (from, to) = (place.from.min(other.from), place.to.max(other.to));
        let (before, behind) = (&line[from..place.from], &line[place.to..to]);
        before.iter().copied().chain(new.chars()).chain(behind.iter().copied()).collect::<String>()
    };
    let mut sum = 0.0;
    for place in looked.iter().filter(|place| (place.from, place.to, place.next) != (best.from, best.to, best.next)) {
        if let Some(other) = filler.fill(place, filled.gain - FAR)
            && meant(place, &other.new, best) != meant(best, &filled.new, place)
        {
            sum += weight(filled.gain - other.gain);
        }
    }
    sum
}

/// How much better the chosen character has to be than the next, in nats: where U+FFFD stands by itself and nothing is out of step, it may
/// be any character, one that the charset did not have among them (杨�菁).
fn margin(line: &[char], place: &Place) -> i32 {
    if place.half == Group::Any && line[place.from] == '\u{FFFD}' { 1 } else { 0 }
}

/// Everything that one lost byte may explain.
fn places(reading: &Reading) -> Vec<Place> {
    let mut places = Vec::with_capacity(reading.tokens.len() * 2);
    for from in 0..reading.tokens.len() {
        match reading.tokens[from] {
            // "?" stands for the first byte.
            Token::Hole => {
                lead_gone(reading, from, from + 1, &mut places);
                lead_gone(reading, from, from, &mut places);
            }
            Token::Single(_) => lead_gone(reading, from, from, &mut places),
            Token::Pair(first, _) => {
                lead_gone(reading, from, from, &mut places);
                begun(reading, from, from, Group::First(first), &mut places);
            }
            Token::Other => {}
        }
    }
    places
}

/// The first byte is gone of a character whose second one is seen at `at`.
fn lead_gone(reading: &Reading, from: usize, at: usize, places: &mut Vec<Place>) {
    match reading.tokens.get(at) {
        Some(&Token::Pair(second, _)) => begun(reading, from, at, Group::Second(second), places),
        Some(&Token::Single(second)) if second >= 0x40 && !matches!(second, b'[' | b'\\' | b']' | b'`') => {
            let place =
                Place { from, half: Group::Second(second), next: at + 1, close: Close::None, to: at + 1, gain: 0 };
            add(reading, place, places);
        }
        // The second one was no first byte of what follows.
        Some(&Token::Hole) => {
            let place = Place { from, half: Group::Any, next: at + 1, close: Close::None, to: at + 1, gain: 0 };
            add(reading, place, places);
        }
        _ => {}
    }
}

/// A pair of which the first byte belongs to the lost character, and the second to the next one.
fn begun(reading: &Reading, from: usize, at: usize, half: Group, places: &mut Vec<Place>) {
    let Token::Pair(_, then) = reading.tokens[at] else { return };
    if then < 0x80 {
        let close = Close::Ascii(then as char);
        return add(reading, Place { from, half, next: at + 1, close, to: at + 1, gain: 0 }, places);
    }
    let (end, close) = reading.ends[at];
    if let Some(close) = close {
        let to = if matches!(close, Close::Dropped(_)) { end } else { end + 1 };
        add(reading, Place { from, half, next: at + 1, close, to, gain: 0 }, places);
    }
    // A decoder that says nothing of what it drops may have been in step again before.
    let drop = reading.drops[at];
    if drop > at
        && drop != end
        && let Token::Pair(_, last) = reading.tokens[drop - 1]
    {
        add(reading, Place { from, half, next: at + 1, close: Close::Dropped(last), to: drop, gain: -3 * NAT }, places);
    }
}

fn add(reading: &Reading, mut place: Place, places: &mut Vec<Place>) {
    let end = place.end();
    place.gain += reading.in_step(place.from, place.to) - reading.out_of_step(place.next, end);
    places.push(place);
}

impl Place {
    /// What an explanation may gain: what stands behind may cost less by as much as it costs, a character that is filled in costs something.
    fn most(&self, reading: &Reading) -> i32 {
        let behind = reading.in_step(self.to, (self.to + filling::BEHIND).min(reading.line.len())).min(NEAR);
        let filled = if matches!(self.close, Close::Hole(_) | Close::Dropped(_)) { 2 * FILLED } else { FILLED };
        // The first characters out of step are priced behind what is not there.
        let run = if self.next < self.end() { START } else { 0 };
        self.gain + behind + run - filled
    }

    /// Behind the last character that is read wholly out of step.
    fn end(&self) -> usize {
        match self.close {
            Close::None | Close::Dropped(_) | Close::Ascii(_) => self.to.max(self.next),
            Close::Known(..) | Close::Hole(_) => self.to - 1,
        }
    }
}

/// What an explanation has to gain, in nats, by what is seen there. Of 265,000 clean lines three would change at these prices (most of them
/// are damaged in truth), of the lines that lost a byte one in fifty stays as it is.
fn least(line: &[char], place: &Place, whole: Whole) -> i32 {
    let seen = &line[place.from..place.to];
    let count = |of: &[char], c: char| of.iter().filter(|&&other| other == c).count();
    let wide = seen.iter().filter(|c| !c.is_ascii() && **c != '\u{FFFD}').count();
    let questions = count(seen, '?');
    // In the middle of sound text U+FFFD mostly stands for a character that a charset did not have (杨�菁; all of sixteen in 436 pages), and
    // only a longer stretch out of step tells that a byte is gone.
    let inside = place.to < line.len();
    if seen.contains(&'\u{FFFD}') {
        return match wide {
            0 if questions == 0 && inside => 40,
            0 if questions == 0 => 10,
            1 if inside && questions == 0 => 24,
            1 => 13,
            // 作者：毛�磊 is two characters and a name.
            2..4 if inside && questions == 0 => 18,
            _ => 8,
        };
    }
    // Who writes "?" for characters that a charset did not have writes it again and again.
    let meant = whole.questions > questions + 1 && wide < 5;
    let sign = !seen.last().is_some_and(char::is_ascii_alphabetic);
    let beside = |at: Option<usize>| at.and_then(|at| line.get(at)).is_some_and(|&c| is_han(c));
    let between = beside(place.from.checked_sub(1)) && beside(Some(place.to));
    // 【戽】hù is a dictionary: what is out of step ends in one letter.
    let latin = |c: &char| *c < '\u{2E80}' && c.is_alphabetic();
    let spelled = line.get(place.to).is_some_and(|c| latin(c) || c.is_ascii_digit())
        || seen.iter().any(|c| latin(c) && !c.is_ascii());
    let variable = seen.last().is_some_and(|&c| c.is_ascii() && whole.variables[c as usize]);
    match (place.close, wide) {
        _ if variable && wide < 3 => 40,
        (Close::Known(_) | Close::Ascii(_) | Close::None, 0..5) if spelled => 25,
        _ if questions > 0 && meant => 40,
        (Close::None, 0) if questions > 0 && place.half == Group::Any => 40,
        (Close::None, 0) if questions > 0 => 14,
        (Close::None, 0) if !between || count(line, seen[0]) > 1 => 17,
        (Close::None, 0) if sign => 12,
        (Close::None, 0) => 11,
        (Close::Hole(_), 1) => 17,
        (Close::Hole(_), 2) => 18,
        (_, 3..) => 14,
        _ if questions > 0 => 12,
        (Close::Known(_), 1) if !sign => 9,
        (Close::Known(_), 2) if !sign => 8,
        (Close::Dropped(_), 1) => 15,
        _ => 14,
    }
}
