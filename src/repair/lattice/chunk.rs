//! The ways to read what stands between two sure beginnings of characters.
//!
//! A known first byte, or ASCII, is always the beginning of a character: UTF-8 has no other place for it. So a row of bytes falls into
//! chunks, most of them one whole character; the others are few kinds, and the ways to read one are found without the model and
//! remembered.

use super::lost::{Lost, Style};
use super::part::{Part, Parts, REMEMBERED, Slot};
use crate::repair::model::{Model, NAT};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// One byte of the row, or a place where bytes were lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::repair) enum Unit {
    /// A byte; others may be gone before it.
    Byte(u8),
    /// The second byte of a pair: nothing is gone before it.
    Inner(u8),
    /// A place where bytes were lost; this stands there.
    Hole(char),
}

impl Unit {
    pub(in crate::repair) fn known(self) -> Option<u8> {
        match self {
            Unit::Byte(b) | Unit::Inner(b) => Some(b),
            Unit::Hole(_) => None,
        }
    }

    /// Whether a character begins here for sure.
    pub(super) fn begins(self) -> bool {
        self.known().is_some_and(|b| !(0x80..0xC2).contains(&b))
    }
}

/// One thing on a way: a character that stands there, or one of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece {
    Sure(char),
    /// The number of a list in [`Parts`].
    One(u32),
}

/// A way to read a chunk, and what it costs before the model is asked.
#[derive(Debug, Clone)]
pub(super) struct Way {
    pub cost: i32,
    pub pieces: Vec<Piece>,
}

/// Ways followed at each place of a chunk, and kept of it; fewer where the chunk is longer than two characters and a half: next to nothing
/// is known of it.
const FOLLOWED: usize = 24;
const FOLLOWED_OF_LONG: usize = 4;
const LONG: usize = 8;

/// Longer chunks are not remembered.
const LONGEST: usize = 5;

/// The ways to read each kind of chunk, found once.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Which model judged them.
    model: usize,
    pub parts: Parts,
    chunks: HashMap<u64, usize, BuildHasherDefault<Mixed>>,
    ways: Vec<Vec<Way>>,
    drafts: Drafts,
}

impl Known {
    /// Forgets what another model judged, and too much.
    pub(super) fn ready(&mut self, model: &Model) {
        if self.model != model.serial || self.parts.full() || self.ways.len() >= REMEMBERED {
            *self = Known { model: model.serial, ..Known::default() };
        }
    }

    /// The number of the ways to read `chunk`, which `next` follows (0: the end).
    pub(super) fn number(&mut self, model: &Model, how: (Lost, Style), chunk: &[Unit], next: u8) -> usize {
        let key = key(how, chunk, next);
        if let Some(&number) = key.and_then(|key| self.chunks.get(&key)) {
            return number;
        }
        let mut found = self.find(model, how, chunk, next);
        if found.is_empty() {
            found = self.find(model, (how.0, Style::Unknown), chunk, next);
        }
        self.ways.push(found);
        if let Some(key) = key {
            self.chunks.insert(key, self.ways.len() - 1);
        }
        self.ways.len() - 1
    }

    /// The ways to read `chunk`.
    fn find(&mut self, model: &Model, how: (Lost, Style), chunk: &[Unit], next: u8) -> Vec<Way> {
        self.drafts.follow(how, chunk, next);
        let mut ways: Vec<Way> = Vec::new();
        let mut least = 0;
        for &draft in &self.drafts.here {
            if !ways.is_empty() && draft.gone > least {
                break;
            }
            let piece = |said: Said| match said {
                Said::Sure(c) => Piece::Sure(c),
                Said::Part(part) => Piece::One(self.parts.number(model, how.0, part)),
            };
            let way = Way { cost: draft.cost, pieces: self.drafts.text(draft).into_iter().map(piece).collect() };
            let can_be = |piece: &Piece| !matches!(piece, Piece::One(list) if self.parts.list(*list).1.is_empty());
            if way.pieces.iter().all(can_be) {
                ways.push(way);
                least = draft.gone;
            }
        }
        ways
    }

    pub(super) fn ways(&self, number: usize) -> &[Way] {
        self.ways.get(number).map_or(&[], Vec::as_slice)
    }
}

/// A chunk and what tells its ways as one number; nothing for what is rare.
fn key((lost, style): (Lost, Style), chunk: &[Unit], next: u8) -> Option<u64> {
    if chunk.len() > LONGEST {
        return None;
    }
    let mut key = u64::from(next) << 6 | lost.number() << 2 | style as u64;
    for unit in chunk {
        key = key << 10
            | match unit {
                Unit::Byte(b) => u64::from(*b) + 1,
                Unit::Inner(b) => u64::from(*b) + 0x101,
                Unit::Hole('?') => 0x201,
                Unit::Hole('\u{FFFD}') => 0x202,
                Unit::Hole(_) => return None,
            };
    }
    Some(key)
}

/// One multiplication for a key: pages do not choose theirs to collide, and a table is small.
#[derive(Debug, Default)]
pub(super) struct Mixed(u64);

impl Hasher for Mixed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&b| self.write_u64(b.into()));
    }

    fn write_u64(&mut self, key: u64) {
        let mixed = (self.0 ^ key).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = mixed ^ mixed >> 32;
    }
}

/// A way so far, and the character being put together.
#[derive(Debug, Clone, Copy, Default)]
struct Draft {
    cost: i32,
    /// Bytes that are gone without a trace.
    gone: u8,
    /// The last thing that was said, in [`Drafts`]; 0: nothing.
    said: u32,
    part: Part,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    Sure(char),
    Part(Part),
}

/// The ways through one chunk while they are looked for. What they said is a tree: most have the same beginning.
#[derive(Debug, Default)]
struct Drafts {
    how: (Lost, Style),
    /// What was said before, and what then.
    said: Vec<(u32, Said)>,
    here: Vec<Draft>,
    next: Vec<Draft>,
}

impl Drafts {
    /// Follows a chunk to its end, which `next` follows.
    fn follow(&mut self, how: (Lost, Style), chunk: &[Unit], next: u8) {
        let most = if chunk.len() > LONG { FOLLOWED_OF_LONG } else { FOLLOWED };
        self.how = how;
        self.said.clear();
        self.here.clear();
        self.here.push(Draft::default());
        for (at, &unit) in chunk.iter().enumerate() {
            let behind = chunk.get(at + 1).map_or(Some(next), |unit| unit.known()).unwrap_or(0);
            let mut here = std::mem::take(&mut self.here);
            here.iter().for_each(|&draft| self.take(draft, unit, behind));
            here.clear();
            std::mem::swap(&mut self.here, &mut self.next);
            self.next = here;
            self.here.sort_by_key(|draft| draft.cost);
            self.here.truncate(most);
        }
        let mut here = std::mem::take(&mut self.here);
        here.iter_mut().for_each(|draft| *draft = self.ended(*draft, next));
        // What a mark or two explain needs no more.
        here.sort_by_key(|draft| draft.gone);
        self.here = here;
    }

    fn say(&mut self, draft: &mut Draft, said: Said) {
        self.said.push((draft.said, said));
        draft.said = self.said.len() as u32;
    }

    /// What a way says, in order.
    fn text(&self, draft: Draft) -> Vec<Said> {
        let mut text = Vec::new();
        let mut at = draft.said;
        while let Some(&(before, said)) = (at as usize).checked_sub(1).and_then(|at| self.said.get(at)) {
            text.push(said);
            at = before;
        }
        text.reverse();
        text
    }

    /// One more unit; `behind` is the byte after it, 0 when that is not known.
    fn take(&mut self, draft: Draft, unit: Unit, behind: u8) {
        let Some(b) = unit.known() else {
            return if let Unit::Hole(seen) = unit {
                self.hole(draft, seen, behind)
            };
        };
        self.put_byte(draft, Slot::Known(b));
        if !draft.part.open() || matches!(unit, Unit::Inner(_)) {
            return;
        }
        // Bytes that vanished without a trace, before this one.
        for missing in 1..=draft.part.missing() {
            let gone = self.gone(draft, missing, b);
            self.put_byte(gone, Slot::Known(b));
        }
        // The last byte of a character and the first of the next, as a pair.
        if draft.part.missing() == 1 && !self.how.0.is_single() {
            let mut draft = draft;
            draft.cost += 10 * NAT;
            draft.gone += 2;
            self.add(&mut draft, Slot::First);
            draft.part = Part { need: 3, ..Part::default() };
            self.add(&mut draft, Slot::Second);
            self.put_byte(draft, Slot::Known(b));
        }
    }

    /// The same with some bytes gone before `next`.
    fn gone(&mut self, mut draft: Draft, missing: u8, next: u8) -> Draft {
        for left in (0..missing).rev() {
            draft.cost += 5 * NAT;
            draft.gone += 1;
            self.add(&mut draft, if left == 0 { Slot::Gone(next) } else { Slot::Either });
        }
        draft
    }

    fn add(&mut self, draft: &mut Draft, slot: Slot) {
        draft.part.push(slot);
        if draft.part.have == draft.part.need {
            self.say(draft, Said::Part(draft.part));
            draft.part = Part::default();
        }
    }

    fn put_byte(&mut self, draft: Draft, slot: Slot) {
        let draft = self.byte(draft, slot);
        self.next.extend(draft);
    }

    /// One more byte, if it fits.
    fn byte(&mut self, mut draft: Draft, slot: Slot) -> Option<Draft> {
        if draft.part.open() {
            if matches!(slot, Slot::Known(b) if !(0x80..=0xBF).contains(&b)) {
                return None;
            }
        } else {
            draft.part.need = match slot {
                Slot::Known(b) if b < 0x80 => {
                    self.say(&mut draft, Said::Sure(b as char));
                    return Some(draft);
                }
                Slot::Known(0xC2..=0xDF) => 2,
                Slot::Known(0xE0..=0xEF) => 3,
                Slot::Known(_) => return None,
                _ => 3,
            };
        }
        self.add(&mut draft, slot);
        Some(draft)
    }

    fn hole(&mut self, draft: Draft, seen: char, behind: u8) {
        let (lost, style) = self.how;
        if !draft.part.open() && seen != '\u{FFFD}' {
            let mut plain = draft;
            self.say(&mut plain, Said::Sure(seen));
            plain.cost += 3 * NAT;
            self.next.push(plain);
        }
        if !lost.is_single()
            && style != Style::Single
            && let Some(first) = self.byte(draft, Slot::First)
        {
            self.put_byte(first, Slot::Second);
        }
        // Python reads the first byte of a full-width mark by itself, and the second one as half-width katakana.
        if lost == Lost::Jis && behind == 0xBC && !draft.part.open() {
            self.put_byte(draft, Slot::Known(0xEF));
        }
        let slot = if style == Style::Pair && behind >= 0x80 { Slot::Never } else { Slot::Alone(behind) };
        let Some(alone) = self.byte(draft, slot) else { return };
        // A lone byte that took an ASCII mark along.
        if !lost.is_single() && style != Style::Single && seen == '?' && !alone.part.open() {
            for mark in [' ', ',', '1', '.', ')', '('] {
                let mut way = alone;
                self.say(&mut way, Said::Sure(mark));
                way.cost += 4 * NAT;
                self.next.push(way);
            }
        }
        self.next.push(alone);
    }

    /// The chunk ended: what is missing of the last character was lost.
    fn ended(&mut self, draft: Draft, next: u8) -> Draft {
        let ascii = next < 0x80;
        if !draft.part.open() {
            return draft;
        }
        let missing = draft.part.missing();
        let mut draft = self.gone(draft, missing, if ascii { 0 } else { next });
        draft.cost -= if ascii { i32::from(missing) * 2 * NAT } else { 0 };
        draft
    }
}
