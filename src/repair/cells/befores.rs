//! Which characters stand before one: the rows of the model, turned round.
//!
//! In: an opened model, all of whose rows are read. Out: for each character those behind which the model ever saw it. Of the hundred
//! characters that share a byte only a few are; behind the others it costs so much that they need not be tried.

use super::Cell;
use crate::repair::model::{Context, Model, NONE};

/// Where so many stand before a character, they are kept as bits.
const MANY: u32 = 48;

#[derive(Debug)]
pub(in crate::repair) struct Befores {
    /// Of each number, where the characters before it begin in one of the lists, and how many they are.
    places: Vec<(u32, u32)>,
    /// Their numbers, where they are few; a bit for each, where they are many.
    few: Vec<u16>,
    many: Vec<u64>,
    /// A character costs by itself, and at least so much more, where it was never seen.
    pub strange: i32,
    /// A bit for each number takes so many words.
    words: usize,
}

impl Befores {
    pub(super) fn of(model: &Model, cells: &[Cell]) -> Befores {
        let mut known: Vec<u16> = cells.iter().map(|cell| cell.number).collect();
        known.sort_unstable();
        known.dedup();
        let numbers = known.last().map_or(0, |&last| usize::from(last) + 1);
        let words = numbers.div_ceil(64);
        let mut befores =
            Befores { places: vec![(0, 0); numbers], few: vec![], many: vec![], strange: i32::MAX, words };
        let after = |last: u16| model.after(Context { last, pair: NONE, ..Context::START });
        for &number in &known {
            let after = after(number);
            after.seconds().iter().for_each(|&second| befores.count(second));
            befores.strange = befores.strange.min(after.unseen(number).0 - model.alone_number(number));
        }
        befores.make_room();
        for &number in &known {
            after(number).seconds().iter().for_each(|&second| befores.add(second, number));
        }
        befores
    }

    fn count(&mut self, second: u16) {
        if let Some(place) = self.places.get_mut(usize::from(second)) {
            place.1 += 1;
        }
    }

    fn make_room(&mut self) {
        let (mut few, mut many) = (0, 0);
        for (from, count) in &mut self.places {
            if *count < MANY {
                *from = few as u32;
                few += *count as usize;
                // They are counted again.
                *count = 0;
            } else {
                *from = many as u32;
                many += self.words;
            }
        }
        (self.few, self.many) = (vec![0; few], vec![0; many]);
    }

    fn add(&mut self, second: u16, number: u16) {
        let Some((from, count)) = self.places.get_mut(usize::from(second)) else { return };
        if *count < MANY {
            self.few[(*from + *count) as usize] = number;
            *count += 1;
        } else {
            self.many[*from as usize + usize::from(number) / 64] |= 1 << (number % 64);
        }
    }

    /// A bit for each character before one: in `room`, which is all zeros, where they are few.
    pub(in crate::repair) fn bits<'b>(&'b self, number: u16, room: &'b mut Vec<u64>) -> &'b [u64] {
        let (from, count) = self.places.get(usize::from(number)).copied().unwrap_or_default();
        let from = from as usize;
        if count >= MANY {
            return &self.many[from..from + self.words];
        }
        room.resize(self.words, 0);
        self.few(number).iter().for_each(|&before| room[usize::from(before) / 64] |= 1 << (before % 64));
        room
    }

    /// Makes the room all zeros again.
    pub(in crate::repair) fn clear(&self, number: u16, room: &mut [u64]) {
        self.few(number).iter().for_each(|&before| room[usize::from(before) / 64] = 0);
    }

    fn few(&self, number: u16) -> &[u16] {
        let (from, count) = self.places.get(usize::from(number)).copied().unwrap_or_default();
        if count < MANY { &self.few[from as usize..(from + count) as usize] } else { &[] }
    }
}
