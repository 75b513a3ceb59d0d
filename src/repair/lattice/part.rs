//! One character of UTF-8 of which some bytes are lost, and the characters that fit what is left.

use super::lost::Lost;
use crate::repair::judge::is_east;
use crate::repair::model::{Model, Spelling};
use std::collections::HashMap;

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
    numbers: HashMap<(Lost, Part), u32>,
    lists: Vec<Vec<Fitting>>,
}

impl Parts {
    /// The number of a part's list.
    pub(super) fn number(&mut self, model: &Model, lost: Lost, part: Part) -> u32 {
        *self.numbers.entry((lost, part)).or_insert_with(|| {
            let named = |c| Fitting { c, number: model.number(c), spelling: model.spelling(c) };
            self.lists.push(candidates(model, lost, part).into_iter().map(named).collect());
            self.lists.len() as u32 - 1
        })
    }

    pub(super) fn list(&self, number: u32) -> &[Fitting] {
        self.lists.get(number as usize).map_or(&[], Vec::as_slice)
    }

    pub(super) fn full(&self) -> bool {
        self.lists.len() >= REMEMBERED
    }
}

/// The characters that fit a part; where much is unknown, the commonest of them.
fn candidates(model: &Model, lost: Lost, part: Part) -> Vec<char> {
    let slots = part.bytes;
    let guesses = slots[..usize::from(part.need)].iter().filter(|s| s.guessed()).count();
    let mut codes: Vec<u32> = Vec::new();
    if let (2, Slot::Known(first)) = (part.need, slots[0]) {
        codes.extend(options(lost, slots[1]).iter().map(|&b| u32::from(first & 0x1F) << 6 | u32::from(b & 0x3F)));
    }
    let (firsts, seconds, thirds) = match part.need {
        3 => (leads(lost, slots[0]), options(lost, slots[1]), options(lost, slots[2])),
        _ => Default::default(),
    };
    let halves = |at: usize| slots[at] == Slot::First && slots[at + 1] == Slot::Second;
    for &first in &firsts {
        for &second in seconds.iter().filter(|&&b| !halves(0) || lost.pair(first, b)) {
            let thirds = thirds.iter().filter(|&&b| !halves(1) || lost.pair(second, b));
            let high = u32::from(first & 0x0F) << 12 | u32::from(second & 0x3F) << 6;
            codes.extend(thirds.map(|&b| high | u32::from(b & 0x3F)));
        }
    }
    let usable = |c: &char| {
        let code = *c as u32;
        let written = model.knows(*c) && (is_east(*c) || code >= 0x2010 || code == 0xB7);
        code >= 0x80 && (guesses == 0 || written)
    };
    let mut found: Vec<char> = codes.into_iter().filter_map(char::from_u32).filter(usable).collect();
    if guesses > 1 {
        found.sort_by_cached_key(|&c| model.alone(c));
        found.truncate(COMMONEST);
    }
    found
}

fn leads(lost: Lost, slot: Slot) -> Vec<u8> {
    const LEADS: [u8; 9] = [0xE2, 0xE3, 0xE4, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9, 0xEF];
    let fits = |b: &u8| match slot {
        Slot::Alone(next) => lost.alone(*b, next),
        Slot::First | Slot::Second => true,
        _ => false,
    };
    match slot {
        Slot::Known(b) => vec![b],
        _ => LEADS.into_iter().filter(fits).collect(),
    }
}

fn options(lost: Lost, slot: Slot) -> Vec<u8> {
    let fits = |b: &u8| match slot {
        Slot::Alone(next) | Slot::Gone(next) => lost.alone(*b, next),
        Slot::First => lost.begins(*b),
        Slot::Either => lost == Lost::Gbk && *b == 0x80 || lost.begins(*b) || lost.alone(*b, 0xE5),
        _ => true,
    };
    match slot {
        Slot::Known(b) => vec![b],
        _ => (0x80..=0xBF).filter(fits).collect(),
    }
}
