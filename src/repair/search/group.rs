//! The likeliest of a group of characters: where a byte is unknown, a hundred and more fit, and all have to be priced.
//!
//! They share the look-ups of what stands before them; only the best few are then priced with what follows them.

use super::*;
use crate::repair::model::{self, After};
use std::sync::LazyLock;

/// Where both bytes are unknown, the characters that cost no more than this by themselves are tried, about two thousand.
const COMMON: i32 = 9 * NAT;

/// How far behind the best of its group a character may fall.
const BEHIND: i32 = 8 * NAT;

/// What is to be known of the character of a pair of bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell {
    pub c: char,
    number: u16,
    spelling: Spelling,
    pub lead: u8,
    pub trail: u8,
}

/// A character with its price after one context.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pick {
    pub cost: i32,
    pub step: (i32, Context),
    pub cell: &'static Cell,
}

/// By lead − 0x81 and trail − 0x40.
static CELLS: LazyLock<Vec<Cell>> = LazyLock::new(|| {
    let model = model::model();
    let pairs = (0x81..=0xFEu8).flat_map(|lead| (0x40..=0xFFu8).map(move |trail| (lead, trail)));
    let cell = |(lead, trail)| {
        let c = gbk::char_of(lead, trail).unwrap_or(NOTHING);
        Cell { c, number: model.number(c), spelling: model.spelling(c), lead, trail }
    };
    pairs.map(cell).collect()
});

/// The commonest characters, Traditional and Simplified, in the order of the model's numbers, which is that of commonness.
static COMMONEST: LazyLock<Vec<Cell>> = LazyLock::new(|| {
    let model = model::model();
    let common = |cell: &&Cell| cell.c != NOTHING && model.alone_number(cell.number) <= COMMON;
    let mut cells: Vec<Cell> = CELLS.iter().filter(common).copied().collect();
    cells.sort_unstable_by_key(|cell| (cell.number, cell.c));
    cells
});

/// Where the commonest characters of each number begin.
static CALLED: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let most = COMMONEST.last().map_or(0, |cell| cell.number) + 1;
    (0..=most).map(|number| COMMONEST.partition_point(|cell| cell.number < number) as u16).collect()
});

/// The commonest characters that the model calls by one number.
fn called(number: u16) -> &'static [Cell] {
    match CALLED.get(usize::from(number)..usize::from(number) + 2) {
        Some(&[from, to]) => &COMMONEST[usize::from(from)..usize::from(to)],
        _ => &[],
    }
}

/// Where both bytes are unknown, so many are tried of which nothing else is known than that they are common.
const STRANGERS: usize = 150;

/// Where the cells of a first byte begin.
fn row(lead: u8) -> usize {
    (usize::from(lead.max(0x81)) - 0x81) * 192
}

/// The characters whose first byte is `lead` and whose second is not ASCII.
pub(super) fn of_lead(lead: u8) -> impl Iterator<Item = &'static Cell> {
    let from = row(lead);
    CELLS[from + 0x40..from + 0xBF].iter()
}

/// The characters whose second byte is `trail` and whose first `pending` allows.
pub(super) fn of_trail(trail: u8, pending: Pending) -> impl Iterator<Item = &'static Cell> {
    let (from, to) = match pending {
        Pending::Byte(b) if b >= 0x81 => (b, b),
        Pending::None | Pending::Byte(_) => (1, 0),
        Pending::Any | Pending::After(_) => (0x81, 0xFE),
    };
    let trail = usize::from(trail.max(0x40)) - 0x40;
    (from..=to).filter(move |&lead| pending.allows(lead)).map(move |lead| &CELLS[row(lead) + trail])
}

/// The commonest characters, and those seen after a context; the first byte is one `pending` allows, the second is not ASCII.
pub(super) fn of_any(after: &After, pending: Pending) -> impl Iterator<Item = &'static Cell> {
    let first = &COMMONEST[..STRANGERS.min(COMMONEST.len())];
    let last = first.last().map_or(0, |cell| cell.number);
    let seconds = after.seconds();
    let seconds = &seconds[seconds.partition_point(|&number| number <= last)..];
    let cells = first.iter().chain(seconds.iter().flat_map(|&number| called(number)));
    cells.filter(move |cell| cell.trail >= 0x80 && pending.allows(cell.lead))
}

impl Pending {
    /// Whether the true character that is due can begin with `lead`.
    pub(super) fn allows(self, lead: u8) -> bool {
        match self {
            Pending::None => false,
            Pending::Byte(b) => b == lead,
            Pending::Any => (0x81..=0xFE).contains(&lead),
            Pending::After(before) => lead < 0x81 || CELLS[row(before) + usize::from(lead) - 0x40].c == NOTHING,
        }
    }
}

/// How far behind the best of its group a character may be before what follows it is known.
const AHEAD: i32 = 3 * NAT;

impl Search<'_, '_> {
    /// The `keep` likeliest of a group after `h`, the best first, judged with the character `next` behind them where that is known.
    /// `favour` is a character with a discount.
    pub(super) fn best(
        &mut self,
        h: Hypothesis,
        group: impl Iterator<Item = &'static Cell>,
        keep: usize,
        next: Option<char>,
        favour: Option<(char, i32)>,
    ) -> Vec<(Hypothesis, Cell)> {
        let after = self.model.after(h.context);
        let picks = self.priced(&after, group, favour);
        let found = self.chosen(h, picks.iter(), keep, next, favour);
        self.room.picks = picks;
        found
    }

    /// A group with its prices, without those that are far behind.
    pub(super) fn priced(
        &mut self,
        after: &After,
        group: impl Iterator<Item = &'static Cell>,
        favour: Option<(char, i32)>,
    ) -> Vec<Pick> {
        let mut picks = std::mem::take(&mut self.room.picks);
        picks.clear();
        for cell in group.filter(|cell| cell.c != NOTHING) {
            let step = after.step(cell.number);
            let cost = step.0 + self.odd(cell.spelling) - discount(favour, cell.c);
            picks.push(Pick { cost, step: (step.0, step.1), cell });
        }
        picks
    }

    /// The `keep` likeliest of them.
    pub(super) fn chosen<'p>(
        &mut self,
        h: Hypothesis,
        picks: impl Iterator<Item = &'p Pick>,
        keep: usize,
        next: Option<char>,
        favour: Option<(char, i32)>,
    ) -> Vec<(Hypothesis, Cell)> {
        let mut near = std::mem::take(&mut self.room.near);
        near.clear();
        let mut least = i32::MAX - BEHIND - AHEAD;
        for pick in picks {
            if pick.cost <= least + BEHIND + AHEAD {
                least = least.min(pick.cost);
                near.push(*pick);
            }
        }
        near.retain(|pick| pick.cost <= least + BEHIND + AHEAD);
        let tried = keep * 2;
        if near.len() > tried {
            near.select_nth_unstable_by_key(tried, |pick| (pick.cost, pick.cell.c));
            near.truncate(tried);
        }
        let mut found: Vec<(i32, Hypothesis, Cell)> = Vec::with_capacity(near.len());
        for pick in &near {
            let mut on = self.restored(h, pick.cell.c, pick.step, false);
            on.cost -= discount(favour, pick.cell.c);
            let ahead = next.map_or(0, |next| self.ahead(on, next));
            found.push((on.cost + ahead, on, *pick.cell));
        }
        self.room.near = near;
        found.sort_unstable_by_key(|f| (f.0, f.2.c));
        let most = found.first().map_or(0, |f| f.0 + BEHIND);
        found.into_iter().take(keep).take_while(|f| f.0 <= most).map(|f| (f.1, f.2)).collect()
    }
}

fn discount(favour: Option<(char, i32)>, c: char) -> i32 {
    favour.map_or(0, |(favoured, discount)| if favoured == c { discount } else { 0 })
}
