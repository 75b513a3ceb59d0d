//! A row of bytes and holes, cut where a character begins for sure.
//!
//! In: the units of a row. Out: the lengths of its chunks, the characters of those that have all their bytes, and what these tell of
//! the others: the script, and how the decoder marked what it lost.

use super::NOTHING;
use super::chunk::Unit;
use super::lost::Style;
use crate::repair::model::{Model, Spelling};

/// What the sound characters of a row tell of the others.
#[derive(Debug, Default)]
pub(super) struct Signs {
    /// Which script they are written in: above zero Traditional, below Simplified.
    pub script: i32,
    /// How often one mark stands for one byte, and for two.
    single: usize,
    pair: usize,
}

impl Signs {
    /// How the decoder marks: told by the characters with one mark between known bytes that leave no choice.
    pub(super) fn style(&self) -> Style {
        match self.single.cmp(&self.pair) {
            std::cmp::Ordering::Greater => Style::Single,
            std::cmp::Ordering::Less => Style::Pair,
            std::cmp::Ordering::Equal => Style::Unknown,
        }
    }

    fn add(&mut self, chunk: &[Unit]) {
        let [first, tail @ ..] = chunk else { return };
        if first.known().is_some_and(|b| (0xE2..=0xEF).contains(&b)) {
            match tail {
                [Unit::Hole(_)] => self.pair += 1,
                [Unit::Hole(_), b] if b.known().is_some() => self.single += 1,
                _ => {}
            }
        }
    }
}

/// A row cut at each sure beginning of a character: the lengths of the chunks, each with its character if that is whole.
pub(super) fn chunks(model: &Model, units: &[Unit]) -> (Vec<(u16, char)>, Signs) {
    let (mut chunks, mut signs) = (Vec::with_capacity(units.len() / 2), Signs::default());
    let mut rest = units;
    while !rest.is_empty() {
        let length = rest.iter().skip(1).position(|unit| unit.begins()).map_or(rest.len(), |at| at + 1);
        let (chunk, behind) = rest.split_at(length.min(LONGEST));
        let c = whole(chunk);
        match c {
            None => signs.add(chunk),
            Some(c) if c > '\u{2E7F}' => match model.spelling(c) {
                Spelling::Converted => signs.script += 1,
                Spelling::Simplified => signs.script -= 1,
                _ => {}
            },
            _ => {}
        }
        chunks.push((chunk.len() as u16, c.unwrap_or(NOTHING)));
        rest = behind;
    }
    (chunks, signs)
}

/// Longer chunks are cut: a page of nothing but marks.
const LONGEST: usize = 16;

/// The character of a chunk that has all its bytes and no more.
fn whole(chunk: &[Unit]) -> Option<char> {
    let tail = |at: usize| chunk[at].known().filter(|b| (0x80..=0xBF).contains(b)).map(|b| u32::from(b & 0x3F));
    let first = u32::from(chunk[0].known()?);
    let (code, least) = match (chunk.len(), first) {
        (1, 0..0x80) => (first, 0),
        (2, 0xC2..=0xDF) => ((first & 0x1F) << 6 | tail(1)?, 0x80),
        (3, 0xE0..=0xEF) => ((first & 0x0F) << 12 | tail(1)? << 6 | tail(2)?, 0x800),
        (4, 0xF0..=0xF4) => ((first & 0x07) << 18 | tail(1)? << 12 | tail(2)? << 6 | tail(3)?, 0x10000),
        _ => return None,
    };
    char::from_u32(code).filter(|_| code >= least)
}
