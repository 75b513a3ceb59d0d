//! The characters that lost a half, chosen by what stands on both sides of them.

use super::Place;
use super::chain::{Chain, KNOWING, State};
use super::group::{Group, Groups, Likely, Wanted};
use super::reading::{Close, Reading};
use crate::repair::certainty::weight;
use crate::repair::gbk;
use crate::repair::model::NAT;
use crate::repair::search::{Desk, Open, is_bracket};

/// Of the characters that fit, so many are followed up to another lost one, if that stands near.
const KEPT: usize = 6;

/// Characters behind the damage that are priced with it: what stands further does not know of it.
pub(super) const BEHIND: usize = KNOWING;

/// Far more than any character costs.
const HIGH: i32 = 1 << 20;

pub(super) struct Filler<'d, 'l> {
    pub desk: &'d Desk<'d>,
    pub reading: &'d Reading<'d>,
    /// Which brackets are open where the reading begins.
    pub open: Open,
    pub groups: &'d mut Groups<'l>,
    /// Where two are lost, the second one: where the place ends, its first byte, the state before it.
    pub last: Option<((usize, u8), State, Option<Likely>)>,
}

/// Characters that are weighed against the one that was chosen.
const RIVALS: usize = 12;

/// What the others of a group weigh together against one of them.
fn others(found: Vec<Likely>, chosen: char) -> f64 {
    let own = found.iter().find(|likely| likely.c == chosen).or(found.first()).map_or(0, |likely| likely.state.cost);
    let rivals = found.iter().filter(|likely| likely.c != chosen);
    // One that costs less than the one chosen weighs more than it.
    rivals.map(|likely| weight(likely.state.cost - own)).sum()
}

/// A place with its lost characters filled in.
#[derive(Debug)]
pub(super) struct Filled {
    /// What the line gains.
    pub gain: i32,
    /// How much more the next best character costs, as far as a nat.
    pub margin: i32,
    /// What stands there then.
    pub new: String,
}

impl<'d> Filler<'d, '_> {
    /// What the line gains by the best way to fill in a place: nothing where that is no more than `beat`.
    pub(super) fn fill(&mut self, place: &Place, beat: i32) -> Option<Filled> {
        let open = self.reading.line[..place.from].iter().fold(self.open, |open, &c| open.after(c).0);
        let start = State { cost: 0, context: self.reading.contexts[place.from], open };
        let before = self.before(place);
        let most = before - beat - 1;
        let run = self.run(place);
        let run_cost = self.reading.out_of_step(place.next + KNOWING, place.end());
        let chain = Chain::of(self.reading.model, &self.desk.words, run, run_cost);
        let mut new = String::with_capacity((run.len() + 2) * 3);
        let (cost, margin) = match place.close {
            Close::Hole(first) | Close::Dropped(first) => {
                let (one, two) = self.two(place, start, first, chain, most)?;
                new.push(one);
                new.extend(run);
                new.push(two.c);
                (two.state.cost, i32::MAX)
            }
            Close::None | Close::Ascii(_) | Close::Known(_) => {
                let (one, margin) = self.one(place, start, chain, most)?;
                new.push(one.c);
                new.extend(run);
                new.extend(place.close.known());
                (one.state.cost, margin)
            }
        };
        Some(Filled { gain: before - cost, margin, new })
    }

    /// What the characters weigh that were not chosen for those that were, by the number of these in the new text.
    pub(super) fn rivals(&mut self, place: &Place, filled: &Filled) -> Vec<(usize, f64)> {
        let open = self.reading.line[..place.from].iter().fold(self.open, |open, &c| open.after(c).0);
        let start = State { cost: 0, context: self.reading.contexts[place.from], open };
        let run = self.run(place);
        let cost = self.reading.out_of_step(place.next + KNOWING, place.end());
        let model = self.reading.model;
        let chain = || Chain::of(model, &self.desk.words, run, cost);
        let (mut first, mut behind) = (chain(), Chain::of(model, &self.desk.words, &[], 0));
        let mut rivals = Vec::new();
        let Some(one) = filled.new.chars().next() else { return rivals };
        let count = filled.new.chars().count();
        match place.close {
            Close::Hole(byte) | Close::Dropped(byte) => {
                let Some(two) = filled.new.chars().next_back() else { return rivals };
                first.push(two, false);
                self.add_behind(place, &mut first);
                self.add_behind(place, &mut behind);
                let (cost, context) = model.step(start.context, one);
                let mut run = chain();
                run.ready(start);
                let Some(near) = run.near(start.said(one, cost, context), HIGH) else { return rivals };
                let state = State { cost: 0, ..run.rest(near) };
                let group =
                    Wanted { group: Group::First(byte), next: self.next(place), keep: RIVALS, most: HIGH, later: 0 };
                behind.ready(state);
                rivals.push((count - 1, others(self.groups.likeliest(state, group, &mut behind), two)));
            }
            Close::None | Close::Ascii(_) | Close::Known(_) => {
                place.close.known().into_iter().for_each(|c| first.push(c, false));
                self.add_behind(place, &mut first);
            }
        }
        first.ready(start);
        let next = if place.half == Group::Any { self.next(place) } else { None };
        let group = Wanted { group: place.half, next, keep: RIVALS, most: HIGH, later: 0 };
        rivals.insert(0, (0, others(self.groups.likeliest(start, group, &mut first), one)));
        rivals
    }

    /// What all costs that stands at a place, and behind it what knows of it.
    fn before(&self, place: &Place) -> i32 {
        let reading = self.reading;
        let to = (place.to + BEHIND).min(reading.line.len());
        let edge = if self.is_last(place) { reading.edge(reading.contexts[to]) } else { 0 };
        reading.in_step(place.from, to) + edge
    }

    /// Whether the end of the line knows of a place.
    fn is_last(&self, place: &Place) -> bool {
        self.reading.ended && place.to + BEHIND > self.reading.line.len()
    }

    /// The characters of a place that are read out of step.
    fn run(&self, place: &Place) -> &'d [char] {
        let end = place.end();
        &self.reading.shifted[place.next.min(end)..end]
    }

    /// Adds what stands behind a place and knows of it.
    fn add_behind(&self, place: &Place, chain: &mut Chain) {
        self.reading.line[place.to..].iter().take(BEHIND).for_each(|&c| chain.push(c, true));
        if self.is_last(place) {
            chain.push('\n', true);
        }
    }

    /// The byte behind a place with which the lost byte before it makes no character: else no decoder would have lost it.
    fn next(&self, place: &Place) -> Option<u8> {
        self.reading.line.get(place.to).and_then(|&c| gbk::wide_pair_of(c)).map(|pair| pair.0)
    }

    /// The character of a place at which one is lost, and how much more the next best costs, where that matters.
    fn one(&mut self, place: &Place, start: State, mut chain: Chain, most: i32) -> Option<(Likely, i32)> {
        place.close.known().into_iter().for_each(|c| chain.push(c, false));
        self.add_behind(place, &mut chain);
        chain.ready(start);
        let doubtful = place.half == Group::Any;
        let next = if doubtful { self.next(place) } else { None };
        let (keep, slack) = if doubtful { (2, NAT) } else { (1, 0) };
        let wanted = Wanted { group: place.half, next, keep, most: most + slack, later: 0 };
        let found = self.groups.likeliest(start, wanted, &mut chain);
        let best = *found.first().filter(|best| best.state.cost <= most)?;
        Some((best, found.get(1).map_or(i32::MAX, |second| second.state.cost - best.state.cost)))
    }

    /// The characters of a place at which two are lost: the last one begins with the byte `first`.
    fn two(&mut self, place: &Place, start: State, first: u8, mut run: Chain<'d>, most: i32) -> Option<(char, Likely)> {
        let mut behind = Chain::of(run.model, run.words, &[], 0);
        self.add_behind(place, &mut behind);
        behind.ready(start);
        let plain = run.ready(start);
        let far = self.run(place).len() >= KNOWING;
        // Behind two characters they all have the same future.
        let second = if far { Some(self.second(place, plain, first, &mut behind)?) } else { None };
        // Behind a bracket, others may be cheaper.
        let sure = second.filter(|second| !is_bracket(second.c) && !behind.has_brackets());
        let later = sure.map_or(0, |second| second.state.cost - plain.cost);
        let keep = if far { 1 } else { KEPT };
        let wanted = Wanted { group: place.half, next: None, keep, most, later };
        let ones = self.groups.likeliest(start, wanted, &mut run);
        let mut wanted = Wanted { group: Group::First(first), next: self.next(place), keep: 1, most, later: 0 };
        let mut best = None;
        for one in ones {
            let known = second.filter(|_| one.state.is_like(&plain));
            let two = match known {
                Some(second) => Some(second.behind(one.state.cost - plain.cost)),
                None => self.groups.likeliest(one.state, wanted, &mut behind).first().copied(),
            };
            if let Some(two) = two.filter(|two| two.state.cost <= wanted.most) {
                // Only what costs less is better.
                wanted.most = two.state.cost - 1;
                best = Some((one.c, two));
            }
        }
        best
    }

    /// The last character of a place behind a state; the last one is remembered, many places end in it.
    fn second(&mut self, place: &Place, state: State, first: u8, behind: &mut Chain) -> Option<Likely> {
        let key = (place.to, first);
        if let Some((other, at, found)) = self.last
            && other == key
            && at.is_like(&state)
        {
            return found.map(|found| found.behind(state.cost - at.cost));
        }
        let wanted = Wanted { group: Group::First(first), next: self.next(place), keep: 1, most: HIGH, later: 0 };
        let found = self.groups.likeliest(state, wanted, behind).first().copied();
        self.last = Some((key, state, found));
        found
    }
}
