//! The characters that lost a half, chosen by what stands on both sides of them.

use super::Place;
use super::reading::{Close, MOST, Reading, seen};
use crate::repair::cells::Cell;
use crate::repair::gbk;
use crate::repair::model::{Context, NAT, Spelling};
use crate::repair::search::{Desk, Open, doubled};

/// The half of a character that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Group {
    First(u8),
    Second(u8),
    Any,
}

/// Of the characters that fit, so many are followed up.
const KEPT: usize = 12;

/// Before what follows is known, so many are tried, and so far behind the best.
const TRIED: usize = 48;
const AHEAD: i32 = 10 * NAT;

/// More than a word of the document makes a character cheaper: see `Words`.
const DISCOUNT: i32 = 6 * NAT;

/// A bracket that closes nothing may have been opened lines before.
const BRACKET: i32 = 3 * NAT;

/// Characters behind the damage that are priced with it: what stands further does not know of it.
pub(super) const BEHIND: usize = 2;

pub(super) struct Filler<'a, 'd> {
    pub desk: &'d Desk<'a>,
    pub reading: &'d Reading<'a>,
    /// Above zero when the line is Traditional, below when it is Simplified.
    pub script: i32,
    /// Which brackets are open where the reading begins.
    pub open: Open,
}

#[derive(Clone, Copy)]
struct Hypothesis {
    cost: i32,
    context: Context,
    open: Open,
    /// The characters that were filled in.
    filled: [char; 2],
}

/// A place with its lost characters filled in.
#[derive(Debug)]
pub(super) struct Filled {
    /// What the line gains.
    pub gain: i32,
    /// How much more the next best characters cost.
    pub margin: i32,
    /// What stands there then.
    pub new: String,
}

const NOTHING: char = '\0';

impl Filler<'_, '_> {
    /// What the line gains by the best way to fill in a place: nothing where that is no more than `beat`.
    pub(super) fn fill(&self, place: &Place, beat: i32) -> Option<Filled> {
        let reading = self.reading;
        let open = reading.line[..place.from].iter().fold(self.open, |open, &c| open.after(c).0);
        let start = Hypothesis { cost: 0, context: reading.contexts[place.from], open, filled: [NOTHING; 2] };
        let (behind, before) = self.behind(place);
        let possible = |h: &&Hypothesis| before - h.cost > beat;
        // What costs more is neither the best nor near it.
        let most = before.saturating_sub(beat).saturating_add(NAT);
        let run = self.run(place);
        // What follows the lost character for sure, as far as it knows of it.
        let mut known: Vec<char> = run.iter().copied().take(BEHIND).collect();
        match place.close {
            Close::Known(c) | Close::Ascii(c) => known.push(c),
            _ => {}
        }
        if !matches!(place.close, Close::Hole(_) | Close::Dropped(_)) {
            known.extend(&behind);
        }
        let next = if place.half == Group::Any { self.next(place) } else { None };
        let mut here = self.group(&start, place.half, next, &known[..known.len().min(BEHIND)], most);
        self.say_run(&mut here, place);
        here.iter().find(&possible)?;
        let mut here = self.closed(here, place, &behind, most);
        self.say(&mut here, &behind, true);
        let best = here.iter().min_by_key(|h| h.cost).filter(&possible)?;
        let mut new: String = [best.filled[0]].iter().chain(run).collect();
        match place.close {
            Close::Ascii(c) | Close::Known(c) => new.push(c),
            Close::Hole(_) | Close::Dropped(_) => new.push(best.filled[1]),
            Close::None => {}
        }
        let others = here.iter().filter(|h| h.filled != best.filled).map(|h| h.cost).min();
        let margin = others.map_or(i32::MAX, |other| other - best.cost);
        Some(Filled { gain: before - best.cost, margin, new })
    }

    /// The characters behind a place that know of it, the end of the line among them, and what all cost that stands there.
    fn behind(&self, place: &Place) -> (Vec<char>, i32) {
        let reading = self.reading;
        let to = (place.to + BEHIND).min(reading.line.len());
        let mut behind = reading.line[place.to..to].to_vec();
        let mut cost = reading.in_step(place.from, to);
        if reading.ended && place.to + BEHIND > reading.line.len() {
            behind.push('\n');
            cost += reading.edge(reading.contexts[to]);
        }
        (behind, cost)
    }

    /// The characters of a place that are read out of step.
    fn run(&self, place: &Place) -> &[char] {
        let end = place.end();
        &self.reading.shifted[place.next.min(end)..end]
    }

    /// Goes on with those: the first of them know of what was filled in, the others cost what they cost.
    fn say_run(&self, here: &mut [Hypothesis], place: &Place) {
        let run = self.run(place);
        let (near, rest) = run.split_at(run.len().min(BEHIND));
        self.say(here, near, false);
        if rest.is_empty() {
            return;
        }
        let cost = self.reading.out_of_step(place.next + near.len(), place.end());
        let last = &run[run.len() - 2..];
        for h in here {
            h.cost += cost;
            h.context = last.iter().fold(h.context, |context, &c| self.reading.model.step(context, c).1);
            h.open = rest.iter().fold(h.open, |open, &c| open.after(c).0);
        }
    }

    /// The byte behind a place with which the lost byte before it makes no character: else no decoder would have lost it.
    fn next(&self, place: &Place) -> Option<u8> {
        self.reading.line.get(place.to).and_then(|&c| gbk::wide_pair_of(c)).map(|pair| pair.0)
    }

    /// Goes on with the last character out of step.
    fn closed(&self, mut here: Vec<Hypothesis>, place: &Place, behind: &[char], most: i32) -> Vec<Hypothesis> {
        let first = match place.close {
            Close::None => return here,
            Close::Ascii(c) | Close::Known(c) => {
                self.say(&mut here, &[c], false);
                return here;
            }
            Close::Hole(first) | Close::Dropped(first) => first,
        };
        here.sort_unstable_by_key(|h| h.cost);
        // Behind two characters they all have the same future.
        here.truncate(if self.run(place).len() < 2 { KEPT / 2 } else { 1 });
        here.iter().flat_map(|h| self.group(h, Group::First(first), self.next(place), behind, most)).collect()
    }

    /// Goes on with characters that are known.
    fn say(&self, here: &mut [Hypothesis], chars: &[char], stands: bool) {
        for h in here {
            for &c in chars {
                let (cost, context) = self.reading.model.step(h.context, c);
                let cost = self.desk.words.discount(h.context, context, cost);
                h.cost += if stands { seen(c, cost) } else { cost.min(MOST) };
                let (open, price) = h.open.after(c);
                (h.context, h.open) = (context, open);
                h.cost += price.min(BRACKET);
            }
        }
    }

    /// The likeliest characters of a group after `h`, judged with what follows; of those with which it costs more than `most`, none need be
    /// among them.
    fn group(&self, h: &Hypothesis, group: Group, next: Option<u8>, ahead: &[char], most: i32) -> Vec<Hypothesis> {
        let model = self.reading.model;
        let (cells, stop) = (model.cells(), model.number('。'));
        let after = model.after(h.context);
        let mut near: Vec<Hypothesis> = Vec::with_capacity(192);
        let mut least = i32::MAX - AHEAD;
        let mut add = |cell: Cell| {
            if cell.c == NOTHING {
                return;
            }
            let (cost, context) = after.step(cell.number);
            // What the document shows makes a character no cheaper than that.
            let bound = (least + AHEAD).min(most - h.cost);
            if cost - DISCOUNT > bound {
                return;
            }
            let doubled = if h.context.last == stop { doubled('。', cell.c) } else { 0 };
            let cost = self.desk.words.discount(h.context, context, cost) + self.odd(cell) + doubled;
            if cost > bound || next.is_some_and(|next| gbk::char_of(cell.trail, next).is_some()) {
                return;
            }
            least = least.min(cost);
            let (open, price) = h.open.after(cell.c);
            let mut on = Hypothesis { cost: h.cost + cost + price.min(BRACKET), context, open, ..*h };
            on.filled[usize::from(on.filled[0] != NOTHING)] = cell.c;
            near.push(on);
        };
        match group {
            Group::First(first) => cells.with_lead(first).for_each(&mut add),
            Group::Second(second) => cells.of_trail(second, 0x81..=0xFE).for_each(&mut add),
            Group::Any => cells.of_any(&after).for_each(&mut add),
        }
        near.retain(|on| on.cost <= h.cost + least + AHEAD);
        if near.len() > TRIED {
            near.select_nth_unstable_by_key(TRIED, |on| (on.cost, on.filled));
            near.truncate(TRIED);
        }
        let mut found: Vec<(i32, Hypothesis)> = Vec::with_capacity(near.len());
        for on in near {
            let mut probe = [on];
            self.say(&mut probe, ahead, false);
            found.push((probe[0].cost, on));
        }
        found.sort_unstable_by_key(|f| (f.0, f.1.filled));
        found.truncate(KEPT);
        found.into_iter().map(|f| f.1).collect()
    }

    /// What makes a character a poor guess in this line.
    fn odd(&self, cell: Cell) -> i32 {
        match cell.spelling {
            Spelling::Variant => 3 * NAT,
            Spelling::Second if self.script >= 0 => 3 * NAT,
            Spelling::Ambiguous if self.script > 0 => 5 * NAT,
            Spelling::Simplified if self.script > 0 => 5 * NAT,
            Spelling::Converted | Spelling::Second if self.script < 0 => 5 * NAT,
            _ if matches!(cell.c, '\u{FF10}'..='\u{FF19}' | '\u{FF21}'..='\u{FF3A}' | '\u{FF41}'..='\u{FF5A}') => {
                14 * NAT
            }
            _ => 0,
        }
    }
}
