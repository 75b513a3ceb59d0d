//! The likeliest of a group of characters: where a byte is unknown, a hundred and more fit, and all have to be priced.
//!
//! They share the look-ups of what stands before them; only the best few are then priced with what follows them.

use super::*;
use crate::repair::model;
use std::sync::LazyLock;

/// Where both bytes are unknown, the characters that cost no more than this by themselves are tried, about two thousand.
const COMMON: i32 = 9 * NAT;

/// How far behind the best of its group a character may fall.
const BEHIND: i32 = 10 * NAT;

/// What is to be known of the character of a pair of bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell {
    pub c: char,
    number: u16,
    spelling: Spelling,
    pub lead: u8,
    pub trail: u8,
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

/// The commonest characters, Traditional and Simplified.
static COMMONEST: LazyLock<Vec<Cell>> = LazyLock::new(|| {
    let model = model::model();
    let common = |cell: &&Cell| cell.c != NOTHING && model.alone_number(cell.number) <= COMMON;
    CELLS.iter().filter(common).copied().collect()
});

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

/// The commonest characters whose first byte `pending` allows and whose second is not ASCII.
pub(super) fn of_any(pending: Pending) -> impl Iterator<Item = &'static Cell> {
    COMMONEST.iter().filter(move |cell| cell.trail >= 0x80 && pending.allows(cell.lead))
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
const AHEAD: i32 = 6 * NAT;

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
        let mut picks = std::mem::take(&mut self.room.picks);
        picks.clear();
        let mut least = i32::MAX - BEHIND - AHEAD;
        for cell in group.filter(|cell| cell.c != NOTHING) {
            let (cost, context, _) = after.step(cell.number);
            let cost = cost + self.odd(cell.spelling) - discount(favour, cell.c);
            if cost <= least + BEHIND + AHEAD {
                least = least.min(cost);
                picks.push((cost, context, cell));
            }
        }
        picks.retain(|pick| pick.0 <= least + BEHIND + AHEAD);
        if picks.len() > keep * 2 {
            picks.select_nth_unstable_by_key(keep * 2, |pick| (pick.0, pick.2.c));
            picks.truncate(keep * 2);
        }
        let mut found: Vec<(i32, Hypothesis, Cell)> = Vec::with_capacity(picks.len());
        for &(_, context, cell) in &picks {
            let step = (after.step(cell.number).0, context);
            let mut on = self.restored(h, cell.c, step, false);
            on.cost -= discount(favour, cell.c);
            let ahead = next.map_or(0, |next| self.say(on, next).cost - on.cost);
            found.push((on.cost + ahead, on, *cell));
        }
        self.room.picks = picks;
        found.sort_unstable_by_key(|f| (f.0, f.2.c));
        let most = found.first().map_or(0, |f| f.0 + BEHIND);
        found.into_iter().take(keep).take_while(|f| f.0 <= most).map(|f| (f.1, f.2)).collect()
    }
}

fn discount(favour: Option<(char, i32)>, c: char) -> i32 {
    favour.map_or(0, |(favoured, discount)| if favoured == c { discount } else { 0 })
}
