//! The characters of code page 936 by their bytes, with what the model calls them.
//!
//! In: an opened model. Out: the characters that share a first or a second byte, and the commonest ones: where a byte is unknown, all
//! of those are tried.

use super::gbk;
use super::model::{After, Model, NAT, Spelling};

/// Where both bytes are unknown, the characters that cost no more than this by themselves are tried, about two thousand.
const COMMON: i32 = 9 * NAT;

/// Of those, so many of which nothing else is known than that they are common.
const STRANGERS: usize = 150;

/// What is to be known of the character of a pair of bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell {
    pub c: char,
    pub number: u16,
    pub spelling: Spelling,
    pub lead: u8,
    pub trail: u8,
    /// What the character costs by itself.
    pub alone: u8,
}

#[derive(Debug)]
pub(super) struct Cells {
    leads: Shelf,
    trails: Shelf,
    /// The commonest characters, Traditional and Simplified, in the order of the model's numbers, which is that of commonness.
    common: Vec<Cell>,
    /// Where those of each number begin.
    called: Vec<u16>,
}

/// The characters in groups, in each of them the commonest first.
#[derive(Debug)]
struct Shelf {
    cells: Vec<Cell>,
    /// Where the group of each byte begins.
    from: Vec<u16>,
}

impl Shelf {
    /// What shares a byte keeps its order.
    fn of(cells: &[Cell], byte: impl Fn(&Cell) -> u8) -> Shelf {
        let mut from = vec![0; 0x101];
        cells.iter().for_each(|cell| from[usize::from(byte(cell)) + 1] += 1);
        for at in 1..from.len() {
            from[at] += from[at - 1];
        }
        let (mut next, mut sorted) = (from.clone(), cells.to_vec());
        for cell in cells {
            let place = &mut next[usize::from(byte(cell))];
            sorted[usize::from(*place)] = *cell;
            *place += 1;
        }
        Shelf { from, cells: sorted }
    }

    fn group(&self, byte: u8) -> &[Cell] {
        let at = usize::from(byte);
        &self.cells[usize::from(self.from[at])..usize::from(self.from[at + 1])]
    }
}

impl Cells {
    pub(super) fn of(model: &Model) -> Cells {
        let pairs = (0x81..=0xFEu8).flat_map(|lead| (0x40..=0xFEu8).map(move |trail| (lead, trail)));
        let cell = |(lead, trail)| {
            let c = gbk::char_of(lead, trail)?;
            let number = model.number(c);
            let alone = model.alone_number(number) as u8;
            Some(Cell { c, number, spelling: model.spelling(c), lead, trail, alone })
        };
        let all = Shelf::of(&pairs.filter_map(cell).collect::<Vec<_>>(), |cell| cell.alone).cells;
        let mut common: Vec<Cell> = all.iter().filter(|cell| i32::from(cell.alone) <= COMMON).copied().collect();
        common.sort_unstable_by_key(|cell| (cell.number, cell.c));
        let most = common.last().map_or(0, |cell| cell.number) + 1;
        let from = |number| common.partition_point(|cell| cell.number < number) as u16;
        let called = (0..=most).map(from).collect();
        let (leads, trails) = (Shelf::of(&all, |cell| cell.lead), Shelf::of(&all, |cell| cell.trail));
        Cells { leads, trails, common, called }
    }

    /// The characters whose first byte is `lead`.
    pub(super) fn with_lead(&self, lead: u8) -> &[Cell] {
        self.leads.group(lead)
    }

    /// The characters whose second byte is `trail`.
    pub(super) fn with_trail(&self, trail: u8) -> &[Cell] {
        self.trails.group(trail)
    }

    /// The commonest characters, and those seen after a context; the second byte is not ASCII.
    pub(super) fn of_any(&self, after: &After) -> impl Iterator<Item = Cell> {
        let first = &self.common[..STRANGERS.min(self.common.len())];
        let last = first.last().map_or(0, |cell| cell.number);
        let seconds = after.seconds();
        let seconds = &seconds[seconds.partition_point(|&number| number <= last)..];
        let cells = first.iter().chain(seconds.iter().flat_map(|&number| self.called(number)));
        cells.filter(|cell| cell.trail >= 0x80).copied()
    }

    /// The commonest characters that the model calls by one number.
    fn called(&self, number: u16) -> &[Cell] {
        match self.called.get(usize::from(number)..usize::from(number) + 2) {
            Some(&[from, to]) => &self.common[usize::from(from)..usize::from(to)],
            _ => &[],
        }
    }
}
