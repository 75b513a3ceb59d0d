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
        let mut found = ways(model, &mut self.parts, how, chunk, next);
        if found.is_empty() {
            found = ways(model, &mut self.parts, (how.0, Style::Unknown), chunk, next);
        }
        self.ways.push(found);
        if let Some(key) = key {
            self.chunks.insert(key, self.ways.len() - 1);
        }
        self.ways.len() - 1
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
    let mut key = u64::from(next) << 4 | (lost as u64) << 2 | style as u64;
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
#[derive(Debug, Clone, Default)]
struct Draft {
    cost: i32,
    /// Bytes that are gone without a trace.
    gone: u8,
    said: Vec<Said>,
    part: Part,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    Sure(char),
    Part(Part),
}

fn ways(model: &Model, parts: &mut Parts, how: (Lost, Style), chunk: &[Unit], next: u8) -> Vec<Way> {
    let most = if chunk.len() > LONG { FOLLOWED_OF_LONG } else { FOLLOWED };
    let mut here = vec![Draft::default()];
    for (at, &unit) in chunk.iter().enumerate() {
        let behind = chunk.get(at + 1).map_or(Some(next), |unit| unit.known()).unwrap_or(0);
        let mut on = Vec::new();
        here.iter().for_each(|draft| draft.take(how, unit, behind, &mut on));
        on.sort_by_key(|draft| draft.cost);
        on.truncate(most);
        here = on;
    }
    let mut drafts: Vec<Draft> = here.into_iter().map(|draft| draft.ended(next)).collect();
    // What a mark or two explain needs no more.
    drafts.sort_by_key(|draft| draft.gone);
    let mut ways: Vec<Way> = Vec::new();
    let mut least = 0;
    for draft in drafts {
        if !ways.is_empty() && draft.gone > least {
            break;
        }
        let piece = |said: &Said| match *said {
            Said::Sure(c) => Piece::Sure(c),
            Said::Part(part) => Piece::One(parts.number(model, how.0, part)),
        };
        let way = Way { cost: draft.cost, pieces: draft.said.iter().map(piece).collect() };
        let can_be = |piece: &Piece| !matches!(piece, Piece::One(list) if parts.list(*list).is_empty());
        if way.pieces.iter().all(can_be) {
            ways.push(way);
            least = draft.gone;
        }
    }
    ways
}

impl Draft {
    /// One more unit; `behind` is the byte after it, 0 when that is not known.
    fn take(&self, how: (Lost, Style), unit: Unit, behind: u8, out: &mut Vec<Draft>) {
        let Some(b) = unit.known() else {
            return if let Unit::Hole(seen) = unit {
                self.hole(how, seen, behind, out)
            };
        };
        self.byte(Slot::Known(b), out);
        if !self.part.open() || matches!(unit, Unit::Inner(_)) {
            return;
        }
        // Bytes that vanished without a trace, before this one.
        for missing in 1..=self.part.missing() {
            self.gone(missing, b).byte(Slot::Known(b), out);
        }
        // The last byte of a character and the first of the next, as a pair.
        if self.part.missing() == 1 && how.0 != Lost::Windows {
            let mut draft = self.clone();
            draft.cost += 10 * NAT;
            draft.gone += 2;
            draft.add(Slot::First);
            draft.part = Part { need: 3, ..Part::default() };
            draft.add(Slot::Second);
            draft.byte(Slot::Known(b), out);
        }
    }

    /// The same with some bytes gone before `next`.
    fn gone(&self, missing: u8, next: u8) -> Draft {
        let mut draft = self.clone();
        for left in (0..missing).rev() {
            draft.cost += 5 * NAT;
            draft.gone += 1;
            draft.add(if left == 0 { Slot::Gone(next) } else { Slot::Either });
        }
        draft
    }

    fn add(&mut self, slot: Slot) {
        self.part.push(slot);
        if self.part.have == self.part.need {
            self.said.push(Said::Part(self.part));
            self.part = Part::default();
        }
    }

    /// One more byte, if it fits.
    fn byte(&self, slot: Slot, out: &mut Vec<Draft>) {
        let mut draft = self.clone();
        if draft.part.open() {
            if matches!(slot, Slot::Known(b) if !(0x80..=0xBF).contains(&b)) {
                return;
            }
        } else {
            draft.part.need = match slot {
                Slot::Known(b) if b < 0x80 => {
                    draft.said.push(Said::Sure(b as char));
                    return out.push(draft);
                }
                Slot::Known(0xC2..=0xDF) => 2,
                Slot::Known(0xE0..=0xEF) => 3,
                Slot::Known(_) => return,
                _ => 3,
            };
        }
        draft.add(slot);
        out.push(draft);
    }

    fn hole(&self, (lost, style): (Lost, Style), seen: char, behind: u8, out: &mut Vec<Draft>) {
        if !self.part.open() && seen != '\u{FFFD}' {
            let mut plain = self.clone();
            plain.said.push(Said::Sure(seen));
            plain.cost += 3 * NAT;
            out.push(plain);
        }
        if lost != Lost::Windows && style != Style::Single {
            let mut first = Vec::new();
            self.byte(Slot::First, &mut first);
            first.iter().for_each(|way| way.byte(Slot::Second, out));
        }
        let mut alone = Vec::new();
        let slot = if style == Style::Pair && behind >= 0x80 { Slot::Never } else { Slot::Alone(behind) };
        self.byte(slot, &mut alone);
        // A lone byte that took an ASCII mark along.
        if lost != Lost::Windows && style != Style::Single && seen == '?' {
            for way in alone.iter().filter(|way| !way.part.open()) {
                for mark in [' ', ',', '1', '.', ')', '('] {
                    let mut way = way.clone();
                    way.said.push(Said::Sure(mark));
                    way.cost += 4 * NAT;
                    out.push(way);
                }
            }
        }
        out.append(&mut alone);
    }

    /// The chunk ended: what is missing of the last character was lost.
    fn ended(mut self, next: u8) -> Draft {
        let ascii = next < 0x80;
        if self.part.open() {
            let missing = self.part.missing();
            self = self.gone(missing, if ascii { 0 } else { next });
            self.cost -= if ascii { i32::from(missing) * 2 * NAT } else { 0 };
        }
        self
    }
}
