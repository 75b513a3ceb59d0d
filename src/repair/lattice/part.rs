//! One character of UTF-8 of which some bytes are lost, and the characters that fit what is left.

use super::chunk::Mixed;
use super::lost::{ALL, Lost, Tails};
use crate::repair::judge::is_east;
use crate::repair::model::{Model, Spelling, UNKNOWN};
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

/// Of the thousands of characters that fit two unknown bytes, so many are tried.
const COMMONEST: usize = 120;

/// Parts remembered before all are forgotten: a text of many kinds of damage shall not fill the memory.
pub(super) const REMEMBERED: usize = 1 << 14;

/// What is known of one byte of a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(super) enum Slot {
    #[default]
    Empty,
    Known(u8),
    /// Lost by itself, before this byte (0: the end, ASCII, or another hole).
    Alone(u8),
    /// Lost by itself, because it never begins a character.
    Never,
    /// The halves of a lost pair.
    First,
    Second,
    /// Gone without a trace, before this byte (0: the end or ASCII).
    Gone(u8),
    /// Gone without a trace, before another that is gone.
    Either,
}

impl Slot {
    fn guessed(self) -> bool {
        !matches!(self, Slot::Known(_))
    }

    /// Eleven bits that tell it from others.
    fn key(self) -> u64 {
        let (kind, byte) = match self {
            Slot::Empty => (0, 0),
            Slot::Known(b) => (1, b),
            Slot::Alone(b) => (2, b),
            Slot::Never => (3, 0),
            Slot::First => (4, 0),
            Slot::Second => (5, 0),
            Slot::Gone(b) => (6, b),
            Slot::Either => (7, 0),
        };
        kind << 8 | u64::from(byte)
    }
}

/// A character being put together: its bytes so far, how many there are, how many it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(super) struct Part {
    pub bytes: [Slot; 3],
    pub have: u8,
    pub need: u8,
}

impl Part {
    pub(super) fn open(&self) -> bool {
        self.have > 0
    }

    pub(super) fn missing(&self) -> u8 {
        self.need - self.have
    }

    /// A number that tells it from others.
    fn key(&self) -> u64 {
        self.bytes.iter().fold(u64::from(self.have) << 2 | u64::from(self.need), |key, slot| key << 11 | slot.key())
    }

    pub(super) fn push(&mut self, slot: Slot) {
        if let Some(place) = self.bytes.get_mut(usize::from(self.have)) {
            *place = slot;
            self.have += 1;
        }
    }
}

/// A character that fits, with what the model calls it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fitting {
    pub c: char,
    pub number: u16,
    pub spelling: Spelling,
}

/// The characters that fit each part, found once for a document.
#[derive(Debug, Default)]
pub(super) struct Parts {
    numbers: HashMap<u64, u32, BuildHasherDefault<Mixed>>,
    /// Each with whether any of its bytes is unknown.
    lists: Vec<(bool, Vec<Fitting>)>,
}

impl Parts {
    /// The number of a part's list.
    pub(super) fn number(&mut self, model: &Model, lost: Lost, part: Part) -> u32 {
        *self.numbers.entry(part.key() << 4 | lost.number()).or_insert_with(|| {
            let guessed = part.bytes[..usize::from(part.need)].iter().any(|slot| slot.guessed());
            self.lists.push((guessed, candidates(model, lost, part)));
            self.lists.len() as u32 - 1
        })
    }

    /// The list of that number, and whether a choice from it is a guess.
    pub(super) fn list(&self, number: u32) -> (bool, &[Fitting]) {
        self.lists.get(number as usize).map_or((false, &[]), |(guessed, list)| (*guessed, list.as_slice()))
    }

    pub(super) fn full(&self) -> bool {
        self.lists.len() >= REMEMBERED
    }
}

/// The characters that fit a part, the commonest first; where much is unknown, only those.
fn candidates(model: &Model, lost: Lost, part: Part) -> Vec<Fitting> {
    let slots = part.bytes;
    let guesses = slots[..usize::from(part.need)].iter().filter(|s| s.guessed()).count();
    let mut found: Vec<Fitting> = Vec::new();
    each(lost, part, |code| {
        let Some(c) = char::from_u32(code) else { return };
        let number = model.number(c);
        let written = number != UNKNOWN && (is_east(c) || code >= 0x2010 || code == 0xB7);
        if code >= 0x80 && (guesses == 0 || written) {
            found.push(Fitting { c, number, spelling: model.spelling(c) });
        }
    });
    // The numbers of the model are in the order of commonness.
    found.sort_unstable_by_key(|fitting| (fitting.number, fitting.c));
    if guesses > 1 {
        found.truncate(COMMONEST);
    }
    found
}

/// The code points whose bytes fit.
fn each(lost: Lost, part: Part, mut take: impl FnMut(u32)) {
    let slots = part.bytes;
    let gaps = lost.gaps();
    if let (2, Slot::Known(first)) = (part.need, slots[0]) {
        bytes(options(lost, slots[1])).for_each(|b| take(u32::from(first & 0x1F) << 6 | u32::from(b & 0x3F)));
    }
    if part.need != 3 {
        return;
    }
    let halves = |at: usize| slots[at] == Slot::First && slots[at + 1] == Slot::Second;
    let (seconds, thirds) = (options(lost, slots[1]), options(lost, slots[2]));
    for first in leads(slots[0]) {
        let seconds = if halves(0) { gaps.after(first) } else { seconds };
        for second in bytes(seconds) {
            let thirds = if halves(1) { gaps.after(second) } else { thirds };
            let high = u32::from(first & 0x0F) << 12 | u32::from(second & 0x3F) << 6;
            bytes(thirds).for_each(|b| take(high | u32::from(b & 0x3F)));
        }
    }
}

/// The bytes of a set.
fn bytes(mut tails: Tails) -> impl Iterator<Item = u8> {
    std::iter::from_fn(move || {
        let at = (tails != 0).then(|| tails.trailing_zeros() as u8)?;
        tails &= tails - 1;
        Some(0x80 | at)
    })
}

/// First bytes of Chinese text. No decoder loses one by itself.
fn leads(slot: Slot) -> impl Iterator<Item = u8> {
    const LEADS: [u8; 9] = [0xE2, 0xE3, 0xE4, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9, 0xEF];
    let (known, any) = match slot {
        Slot::Known(b) => (Some(b), false),
        Slot::First | Slot::Second => (None, true),
        _ => (None, false),
    };
    known.into_iter().chain(LEADS.into_iter().filter(move |_| any))
}

fn options(lost: Lost, slot: Slot) -> Tails {
    let gaps = lost.gaps();
    match slot {
        Slot::Known(b) => 1 << (b & 0x3F),
        Slot::Alone(next) | Slot::Gone(next) => lost.alone(next),
        Slot::Never => gaps.never,
        Slot::First => gaps.begin,
        Slot::Either => gaps.any,
        Slot::Second | Slot::Empty => ALL,
    }
}
