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
    /// NUL where there is none.
    pub c: char,
    pub number: u16,
    pub spelling: Spelling,
    pub lead: u8,
    pub trail: u8,
}

#[derive(Debug)]
pub(super) struct Cells {
    /// By lead − 0x81 and trail − 0x40.
    all: Vec<Cell>,
    /// The same by trail − 0x40 and lead − 0x81, and a bit for each lead with which there is a character.
    turned: Vec<Cell>,
    leads: Vec<u128>,
    /// The commonest characters, Traditional and Simplified, in the order of the model's numbers, which is that of commonness.
    common: Vec<Cell>,
    /// Where those of each number begin.
    called: Vec<u16>,
}

impl Cells {
    pub(super) fn of(model: &Model) -> Cells {
        let pairs = (0x81..=0xFEu8).flat_map(|lead| (0x40..=0xFFu8).map(move |trail| (lead, trail)));
        let cell = |(lead, trail)| {
            let c = gbk::char_of(lead, trail).unwrap_or('\0');
            Cell { c, number: model.number(c), spelling: model.spelling(c), lead, trail }
        };
        let all: Vec<Cell> = pairs.map(cell).collect();
        let is_common = |cell: &&Cell| cell.c != '\0' && model.alone_number(cell.number) <= COMMON;
        let mut common: Vec<Cell> = all.iter().filter(is_common).copied().collect();
        common.sort_unstable_by_key(|cell| (cell.number, cell.c));
        let most = common.last().map_or(0, |cell| cell.number) + 1;
        let from = |number| common.partition_point(|cell| cell.number < number) as u16;
        let called = (0..=most).map(from).collect();
        let turned: Vec<Cell> = (0..192).flat_map(|trail| all.iter().skip(trail).step_by(192).copied()).collect();
        let bits = |cells: &[Cell]| (0..126).filter(|&at| cells[at].c != '\0').fold(0, |bits, at| bits | 1 << at);
        let leads = turned.chunks(126).map(bits).collect();
        Cells { all, turned, leads, common, called }
    }

    /// The characters whose first byte is `lead` and whose second is not ASCII.
    pub(super) fn of_lead(&self, lead: u8) -> impl Iterator<Item = Cell> {
        let from = row(lead);
        self.all[from + 0x40..from + 0xBF].iter().copied()
    }

    /// The characters whose first byte is `lead`.
    pub(super) fn with_lead(&self, lead: u8) -> impl Iterator<Item = Cell> {
        self.all[row(lead)..row(lead) + 0xBF].iter().copied()
    }

    /// The characters whose second byte is `trail` and whose first is one of these.
    pub(super) fn of_trail(&self, trail: u8, leads: impl Iterator<Item = u8>) -> impl Iterator<Item = Cell> {
        let trail = usize::from(trail.max(0x40)) - 0x40;
        leads.map(move |lead| self.all[row(lead) + trail])
    }

    /// The characters whose second byte is `trail` and whose first is one of these bits (of the byte − 0x81).
    pub(super) fn of_trail_and(&self, trail: u8, leads: u128) -> impl Iterator<Item = Cell> {
        let trail = usize::from(trail.max(0x40)) - 0x40;
        let mut left = leads & self.leads[trail];
        let row = &self.turned[trail * 126..trail * 126 + 126];
        std::iter::from_fn(move || {
            let at = left.trailing_zeros() as usize;
            left &= left.wrapping_sub(1);
            row.get(at).copied()
        })
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

/// Where the cells of a first byte begin.
fn row(lead: u8) -> usize {
    (usize::from(lead.clamp(0x81, 0xFE)) - 0x81) * 192
}
