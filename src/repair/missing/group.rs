//! The likeliest of the characters that share a half.
//!
//! A hundred fit and more, and what one costs with those behind it takes a walk through the model. So they are taken in the order of what
//! they cost by themselves, until no other can be among the best.

use super::chain::{Chain, State};
use crate::repair::cells::Cell;
use crate::repair::gbk;
use crate::repair::model::{After, Context, Model, NAT, Spelling};
use crate::repair::search::{Words, doubled, is_bracket};

/// Before what follows is known, so many are tried, and so far behind the best.
const TRIED: usize = 48;
const AHEAD: i32 = 10 * NAT;

/// More than a word of the document makes a character cheaper: see `Words`.
const DISCOUNT: i32 = 6 * NAT;

/// The half of a character that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Group {
    First(u8),
    Second(u8),
    Any,
}

/// What is wanted of a group.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted {
    pub group: Group,
    /// A byte with which the second one makes no character.
    pub next: Option<u8>,
    /// So many, and nothing that costs more than `most` with what follows.
    pub keep: usize,
    pub most: i32,
    /// What comes behind that costs so much, where the character is no bracket.
    pub later: i32,
}

/// One of a group, with what follows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Likely {
    pub c: char,
    pub state: State,
    /// What it costs with what knows of it.
    near: i32,
}

impl Likely {
    fn order(&self) -> (i32, i32, char) {
        (self.state.cost, self.near, self.c)
    }

    /// The same behind something that costs so much more.
    pub(super) fn behind(mut self, cost: i32) -> Likely {
        self.state.cost += cost;
        self
    }
}

/// What a character may cost behind a state.
struct Bound {
    from: State,
    next: Option<u8>,
    /// The least cost so far, and the highest that is wanted.
    least: i32,
    most: i32,
    now: i32,
}

/// A character that fits, what it costs but for brackets, and its place behind the one before.
#[derive(Clone, Copy)]
struct Fit {
    c: char,
    cost: i32,
    number: u16,
    pair: u32,
}

pub(super) struct Groups<'d> {
    model: &'d Model,
    words: &'d Words,
    /// Above zero when the line is Traditional, below when it is Simplified.
    script: i32,
    stop: u16,
    /// What the document shows makes a character no cheaper than that.
    discount: i32,
    /// The candidates: cost, character and place in the second list as one number, so that they sort fast; and what they are.
    keys: Vec<u64>,
    fits: Vec<Fit>,
}

impl<'d> Groups<'d> {
    pub(super) fn of(model: &'d Model, words: &'d Words, script: i32) -> Groups<'d> {
        let (stop, discount) = (model.number('。'), if words.any() { DISCOUNT } else { 0 });
        Groups { model, words, script, stop, discount, keys: Vec::new(), fits: Vec::new() }
    }

    /// The likeliest of a group behind `from` with what follows them, the best first.
    pub(super) fn likeliest(&mut self, from: State, wanted: Wanted, chain: &mut Chain) -> Vec<Likely> {
        let after = self.model.after(from.context);
        let sure = chain.least + wanted.later;
        self.price(from, &after, wanted, wanted.most - sure - from.cost);
        self.keys.sort_unstable();
        let mut found: Vec<Likely> = Vec::with_capacity(wanted.keep);
        let mut most = wanted.most;
        for &key in self.keys.iter().take(TRIED) {
            let fit = self.fits[key as usize & 0xFFFF];
            let state = from.said(fit.c, fit.cost, Context { pair: fit.pair, ..after.unseen(fit.number).1 });
            if state.cost > most - sure {
                break;
            }
            let Some(near) = chain.near(state, most - sure) else { continue };
            let likely = Likely { c: fit.c, near: near.cost, state: chain.rest(near) };
            let place = found.partition_point(|other| other.order() < likely.order());
            if place < wanted.keep && likely.state.cost <= most - wanted.later {
                found.truncate(wanted.keep - 1);
                found.insert(place, likely);
                if let Some(last) = found.get(wanted.keep - 1) {
                    most = last.state.cost + wanted.later;
                }
            }
        }
        found
    }

    /// Lists the characters of a group behind `from` that cost no more than `most` by themselves.
    fn price(&mut self, from: State, after: &After, wanted: Wanted, most: i32) {
        self.keys.clear();
        self.fits.clear();
        let cells = self.model.cells();
        let mut bound = Bound { from, next: wanted.next, least: i32::MAX - AHEAD, most, now: most };
        match wanted.group {
            Group::First(first) => self.add_sorted(after, cells.with_lead(first), &mut bound),
            Group::Second(second) => self.add_sorted(after, cells.with_trail(second), &mut bound),
            Group::Any => cells.of_any(after).for_each(|cell| {
                let step = after.step(cell.number);
                self.add(&cell, step, &mut bound);
            }),
        }
        let most = u64::try_from(bound.least + AHEAD).unwrap_or(0);
        self.keys.retain(|key| key >> 40 <= most);
    }

    /// Adds characters that stand in the order of commonness: where one was never seen here and costs too much, so do all of its kind behind it.
    fn add_sorted(&mut self, after: &After, cells: &[Cell], bound: &mut Bound) {
        let mut strangers = true;
        for cell in cells {
            let step = match after.seen(cell.number) {
                Some(step) => step,
                None if !strangers => continue,
                None => {
                    let step = after.unseen(cell.number);
                    strangers = step.0 - self.discount <= bound.now;
                    step
                }
            };
            self.add(cell, step, bound);
        }
    }

    /// Adds a character, if it is not too far behind the least one.
    #[inline]
    fn add(&mut self, cell: &Cell, (cost, context): (i32, Context), bound: &mut Bound) {
        if cost - self.discount > bound.now {
            return;
        }
        let doubled = if bound.from.context.last == self.stop { doubled('。', cell.c) } else { 0 };
        let cost = self.words.discount(bound.from.context, context, cost) + self.odd(cell) + doubled;
        if cost > bound.now || bound.next.is_some_and(|next| gbk::char_of(cell.trail, next).is_some()) {
            return;
        }
        let mut whole = cost;
        if is_bracket(cell.c) {
            whole = bound.from.said(cell.c, cost, context).cost - bound.from.cost;
        }
        self.keys.push((whole as u64) << 40 | u64::from(cell.c) << 16 | self.fits.len() as u64);
        self.fits.push(Fit { c: cell.c, cost, number: cell.number, pair: context.pair });
        if cost < bound.least {
            bound.least = cost;
            bound.now = bound.most.min(cost + AHEAD);
        }
    }

    /// What makes a character a poor guess in this line.
    fn odd(&self, cell: &Cell) -> i32 {
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
