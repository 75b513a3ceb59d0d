//! The likeliest of a group of characters: where a byte is unknown, a hundred and more fit, and all have to be priced.
//!
//! They share the look-ups of what stands before them; only the best few are then priced with what follows them.

use super::*;
use crate::repair::cells::Cell;
use crate::repair::model::After;

/// How far behind the best of its group a character may fall.
const BEHIND: i32 = 6 * NAT;

/// How far behind the best of its group a character may be before what follows it is known.
const AHEAD: i32 = 2 * NAT;

/// A character with its price after one context.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pick {
    pub cost: i32,
    pub step: (i32, Context),
    pub cell: Cell,
}

impl Pick {
    /// By cost, then by character, as one number.
    fn order(&self) -> i64 {
        i64::from(self.cost) << 32 | i64::from(u32::from(self.cell.c))
    }
}

/// A hypothesis with one more character, and what it costs with the character behind.
pub(super) type Way = (i32, Hypothesis, Cell);

/// Which of a group are wanted: so many, judged with the character `next` behind them where that is known; they end before the place `to`, and
/// `favour` is a character with a discount.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted {
    pub keep: usize,
    pub to: usize,
    pub next: Option<char>,
    pub favour: Option<(char, i32)>,
}

impl Wanted {
    /// How many are priced with what follows them.
    pub(super) fn tried(self) -> usize {
        self.keep * 2
    }
}

impl Pending {
    /// The first bytes with which the true character that is due can begin, as bits of the byte − 0x81.
    pub(super) fn leads(self) -> u128 {
        match self {
            Pending::None => 0,
            Pending::Byte(lead) => 1u128.checked_shl(u32::from(lead.wrapping_sub(0x81))).unwrap_or(0) & gbk::LEADS,
            Pending::Any => gbk::LEADS,
            Pending::After(before) => gbk::undefined_after(before),
        }
    }
}

impl<'a> Search<'a, '_> {
    /// The likeliest of a group after `h`, the best first: of `cells` those whose first byte is one of `leads`. The list is the room's, and
    /// goes back there.
    pub(super) fn best(&mut self, h: Hypothesis, cells: &'a [Cell], leads: u128, wanted: Wanted) -> Vec<Way> {
        let mut near = Near::in_room(self.room, wanted.tried());
        let fits = |cell: &Cell| leads >> (cell.lead - 0x81) & 1 != 0;
        self.price(&self.model.after(h.context), cells, fits, wanted.favour, &mut near, None);
        self.chosen(h, near, wanted)
    }

    /// The likeliest that can be a character of which the second byte is lost, and those of them with which another begins in an undefined
    /// pair: so many of each.
    pub(super) fn lost(&mut self, h: Hypothesis, count: usize, halves: Option<usize>) -> (Near, Option<Near>) {
        let mut near = Near::in_room(self.room, count);
        let mut halves = halves.map(|count| Near::in_room(self.room, count));
        let after = self.model.after(h.context);
        if let Pending::Byte(first) = h.pending {
            let fits = |cell: &Cell| cell.trail >= 0x80;
            self.price(&after, self.cells.with_lead(first), fits, None, &mut near, halves.as_mut());
        } else {
            let leads = h.pending.leads();
            for cell in self.cells.of_any(&after).filter(|cell| leads >> (cell.lead - 0x81) & 1 != 0) {
                self.offer(&cell, after.step(cell.number), None, &mut near, halves.as_mut());
            }
        }
        (near, halves)
    }

    /// Offers those of a list that fit. The commonest come first: where one was never seen here and costs too much, so does every other
    /// behind it.
    fn price(
        &self,
        after: &After,
        cells: &[Cell],
        fits: impl Fn(&Cell) -> bool,
        favour: Option<(char, i32)>,
        near: &mut Near,
        mut halves: Option<&mut Near>,
    ) {
        let cheaper = favour.map_or(0, |favour| favour.1);
        let mut strangers = true;
        for cell in cells.iter().filter(|cell| fits(cell)) {
            let step = match after.seen(cell.number) {
                Some(step) => step,
                None if !strangers => continue,
                None => {
                    let step = after.unseen(cell.number);
                    let most = halves.as_ref().map_or(near.most, |halves| halves.most.max(near.most));
                    strangers = step.0 - cheaper <= most;
                    step
                }
            };
            self.offer(cell, step, favour, near, halves.as_deref_mut());
        }
    }

    #[inline]
    fn offer(
        &self,
        cell: &Cell,
        step: (i32, Context),
        favour: Option<(char, i32)>,
        near: &mut Near,
        halves: Option<&mut Near>,
    ) {
        let cost = step.0 + self.odd(cell.spelling) - discount(favour, cell.c);
        let pick = Pick { cost, step, cell: *cell };
        near.add(pick);
        if let Some(halves) = halves
            && undefined_lead(cell.trail)
        {
            halves.add(pick);
        }
    }

    /// The best of the likeliest with what follows them.
    pub(super) fn chosen(&mut self, h: Hypothesis, near: Near, wanted: Wanted) -> Vec<Way> {
        let near = near.finish();
        let mut found = std::mem::take(&mut self.room.ways);
        found.clear();
        for pick in &near {
            let mut on = self.restored(h, &pick.cell, pick.step, false);
            on.cost += self.fits(wanted.to, h.open, pick.cell.c) - discount(wanted.favour, pick.cell.c);
            // What follows costs something: what is too dear without it is too dear.
            let most = found.first().map_or(i32::MAX, |best: &Way| best.0 + BEHIND);
            let last = found.get(wanted.keep - 1).map_or(i32::MAX, |last: &Way| last.0);
            if on.cost > most.min(last) {
                continue;
            }
            let cost = on.cost + wanted.next.map_or(0, |next| self.ahead(on, next));
            let place = found.partition_point(|way: &Way| (way.0, way.2.c) <= (cost, pick.cell.c));
            if place < wanted.keep {
                found.truncate(wanted.keep - 1);
                found.insert(place, (cost, on, pick.cell));
            }
        }
        self.room.nears.push(near);
        let most = found.first().map_or(0, |way| way.0 + BEHIND);
        found.truncate(found.partition_point(|way| way.0 <= most));
        found
    }
}

/// The likeliest of a group before what follows them is known.
pub(super) struct Near {
    picks: Vec<Pick>,
    count: usize,
    /// The lowest cost, and the highest one that can still be among the likeliest.
    least: i32,
    most: i32,
}

impl Near {
    /// At most `count`, in a list that is used again.
    fn in_room(room: &mut Room, count: usize) -> Near {
        let mut picks = room.nears.pop().unwrap_or_default();
        picks.clear();
        Near { picks, count, least: i32::MAX, most: i32::MAX }
    }

    #[inline]
    fn add(&mut self, pick: Pick) {
        if pick.cost > self.most {
            return;
        }
        if pick.cost < self.least {
            self.least = pick.cost;
            self.most = self.most.min(pick.cost + BEHIND + AHEAD);
        }
        self.picks.push(pick);
        if self.picks.len() >= self.count * 3 {
            self.settle();
        }
    }

    /// Leaves the likeliest.
    fn settle(&mut self) {
        let most = self.least.saturating_add(BEHIND + AHEAD);
        self.picks.retain(|pick| pick.cost <= most);
        if self.picks.len() > self.count {
            self.picks.select_nth_unstable_by_key(self.count - 1, Pick::order);
            self.picks.truncate(self.count);
            self.most = self.most.min(self.picks[self.count - 1].cost);
        }
    }

    fn finish(mut self) -> Vec<Pick> {
        self.settle();
        self.picks
    }
}

/// First bytes that can begin an undefined pair.
fn undefined_lead(lead: u8) -> bool {
    matches!(lead, 0xA1..=0xAF | 0xF7..=0xFE | 0xD7)
}

fn discount(favour: Option<(char, i32)>, c: char) -> i32 {
    favour.map_or(0, |(favoured, discount)| if favoured == c { discount } else { 0 })
}
