//! The likeliest of the characters that share a half.
//!
//! A hundred fit and more, and what one costs with those behind it takes a walk through the model. So they are taken in the order of what
//! they cost by themselves, until no other can be among the best.

use super::chain::{Chain, State};
use crate::repair::cells::Cell;
use crate::repair::gbk;
use crate::repair::judge::is_poor;
use crate::repair::model::{After, Context, Model, NAT, Spelling};
use crate::repair::search::{Words, doubled, is_bracket};

/// Before what follows is known, so many are tried, and so far behind the best.
const TRIED: usize = 48;
const AHEAD: i32 = 10 * NAT;

/// Room for the characters of most groups.
const ROOM: usize = 192;

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

/// A character that fits, and what it costs but for brackets.
#[derive(Clone, Copy)]
struct Fit {
    c: char,
    cost: i32,
    context: Context,
}

/// The choice of one group.
struct Choice<'c, 'd> {
    from: State,
    wanted: Wanted,
    chain: &'c mut Chain<'d>,
    /// What follows costs so much at least.
    sure: i32,
    /// The highest cost that is wanted, with all that follows; that of the cheapest character so far; and the highest cost of a character
    /// that may be among the best.
    most: i32,
    least: i32,
    now: i32,
    tried: usize,
    found: Vec<Likely>,
}

impl Choice<'_, '_> {
    fn bound(&mut self) {
        self.now = (self.least + AHEAD).min(self.most - self.sure - self.from.cost);
    }

    /// Prices a character with what follows it; false where it costs too much without that.
    fn offer(&mut self, fit: Fit) -> bool {
        let state = self.from.said(fit.c, fit.cost, fit.context);
        if state.cost > self.most - self.sure {
            return false;
        }
        self.tried += 1;
        let Some(near) = self.chain.near(state, self.most - self.sure) else { return true };
        let likely = Likely { c: fit.c, near: near.cost, state: self.chain.rest(near) };
        let place = self.found.partition_point(|other| other.order() < likely.order());
        let Wanted { keep, later, .. } = self.wanted;
        if place < keep && likely.state.cost <= self.most - later {
            self.found.truncate(keep - 1);
            self.found.insert(place, likely);
            if let Some(last) = self.found.get(keep - 1) {
                self.most = last.state.cost + later;
            }
        }
        true
    }
}

pub(super) struct Groups<'d> {
    model: &'d Model,
    words: &'d Words,
    /// What makes a spelling a poor guess in this line.
    odd: [i32; SPELLINGS.len()],
    stop: u16,
    /// What the document shows makes a character no cheaper than that.
    discount: i32,
    /// The candidates: cost, character and place in the second list as one number, so that they sort fast; and what they are.
    keys: Vec<u64>,
    fits: Vec<Fit>,
}

impl<'d> Groups<'d> {
    /// For a line: `script` is above zero when it is Traditional, below when it is Simplified.
    pub(super) fn of(model: &'d Model, words: &'d Words, script: i32) -> Groups<'d> {
        let (stop, discount) = (model.number('。'), if words.any() { DISCOUNT } else { 0 });
        let odd = SPELLINGS.map(|spelling| odd(spelling, script));
        Groups { model, words, odd, stop, discount, keys: Vec::with_capacity(ROOM), fits: Vec::with_capacity(ROOM) }
    }

    /// The likeliest of a group behind `from` with what follows them, the best first.
    pub(super) fn likeliest(&mut self, from: State, wanted: Wanted, chain: &mut Chain) -> Vec<Likely> {
        let sure = chain.least + wanted.later;
        let (least, found) = (i32::MAX - AHEAD, Vec::with_capacity(wanted.keep));
        let mut choice = Choice { from, wanted, chain, sure, most: wanted.most, least, now: 0, tried: 0, found };
        choice.bound();
        self.price(&mut choice);
        self.keys.sort_unstable();
        for &key in &self.keys {
            if choice.tried == TRIED || !choice.offer(self.fits[key as usize & 0xFFFF]) {
                break;
            }
        }
        choice.found
    }

    /// Lists the characters of a group that may be among the best. Those that are the cheapest so far are tried at once: what comes behind
    /// them has to be better.
    fn price(&mut self, choice: &mut Choice) {
        self.keys.clear();
        self.fits.clear();
        let (cells, after) = (self.model.cells(), self.model.after(choice.from.context));
        match choice.wanted.group {
            Group::First(first) => self.add_sorted(&after, cells.with_lead(first), choice),
            Group::Second(second) => self.add_sorted(&after, cells.with_trail(second), choice),
            Group::Any => cells.of_any(&after).for_each(|cell| self.add(&cell, after.step(cell.number), choice)),
        }
        let most = u64::try_from(choice.now).map_or(0, |most| (most + 1) << 40);
        self.keys.retain(|&key| key < most);
    }

    /// Adds characters that stand in the order of commonness: where one was never seen here and costs too much, so do all of its kind behind
    /// it.
    fn add_sorted(&mut self, after: &After, cells: &[Cell], choice: &mut Choice) {
        let mut strangers = true;
        for cell in cells {
            let step = match after.seen(cell.number) {
                Some(step) => step,
                None if !strangers => continue,
                None => {
                    let step = after.unseen(cell.number);
                    strangers = step.0 - self.discount <= choice.now;
                    step
                }
            };
            self.add(cell, step, choice);
        }
    }

    /// Adds a character, if it does not cost too much.
    #[inline]
    fn add(&mut self, cell: &Cell, (step, context): (i32, Context), choice: &mut Choice) {
        if step - self.discount > choice.now {
            return;
        }
        let mut cost = step + self.odd[cell.spelling as usize];
        if self.discount > 0 {
            cost += self.words.discount(choice.from.context, context, step) - step;
        }
        if choice.from.context.last == self.stop {
            cost += doubled('。', cell.c);
        }
        if is_poor(cell.c) {
            cost += WIDE;
        }
        if cost > choice.now || choice.wanted.next.is_some_and(|next| gbk::char_of(cell.trail, next).is_some()) {
            return;
        }
        let fit = Fit { c: cell.c, cost, context };
        if cost < choice.least {
            choice.least = cost;
            choice.offer(fit);
            return choice.bound();
        }
        let price = if is_bracket(cell.c) { choice.from.said(cell.c, 0, context).cost - choice.from.cost } else { 0 };
        self.keys.push(((cost + price) as u64) << 40 | u64::from(cell.c) << 16 | self.fits.len() as u64);
        self.fits.push(fit);
    }
}

/// A full-width digit or letter costs so much more.
pub(in crate::repair) const WIDE: i32 = 14 * NAT;

const SPELLINGS: [Spelling; 6] = [
    Spelling::Same,
    Spelling::Converted,
    Spelling::Variant,
    Spelling::Simplified,
    Spelling::Ambiguous,
    Spelling::Second,
];

/// What makes a spelling a poor guess in a line of this script.
pub(in crate::repair) fn odd(spelling: Spelling, script: i32) -> i32 {
    match spelling {
        Spelling::Variant => 3 * NAT,
        Spelling::Second if script >= 0 => 3 * NAT,
        Spelling::Ambiguous if script > 0 => 5 * NAT,
        Spelling::Simplified if script > 0 => 5 * NAT,
        Spelling::Converted | Spelling::Second if script < 0 => 5 * NAT,
        _ => 0,
    }
}
