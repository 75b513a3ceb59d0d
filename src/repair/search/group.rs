//! The likeliest of a group of characters: where a byte is unknown, a hundred and more fit, and all have to be priced.
//!
//! They share the look-ups of what stands before them; only the best few are then priced with what follows them.

use super::*;
use crate::repair::cells::Cell;
use crate::repair::model::After;

/// How far behind the best of its group a character may fall.
const BEHIND: i32 = 8 * NAT;

/// A character with its price after one context.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pick {
    pub cost: i32,
    pub step: (i32, Context),
    pub cell: Cell,
}

impl Pending {
    /// Whether the true character that is due can begin with `lead`.
    pub(super) fn allows(self, lead: u8) -> bool {
        match self {
            Pending::None => false,
            Pending::Byte(b) => b == lead,
            Pending::Any => (0x81..=0xFE).contains(&lead),
            Pending::After(before) => gbk::char_of(before, lead).is_none(),
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
        group: impl Iterator<Item = Cell>,
        keep: usize,
        to: usize,
        next: Option<char>,
        favour: Option<(char, i32)>,
    ) -> Vec<(Hypothesis, Cell)> {
        let after = self.model.after(h.context);
        let picks = self.priced(&after, group, favour);
        let found = self.chosen(h, picks.iter(), keep, to, next, favour);
        self.room.picks = picks;
        found
    }

    /// A group with its prices, without those that are far behind.
    pub(super) fn priced(
        &mut self,
        after: &After,
        group: impl Iterator<Item = Cell>,
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
        to: usize,
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
            on.cost += self.fits(to, h.open, pick.cell.c);
            let ahead = next.map_or(0, |next| self.ahead(on, next));
            found.push((on.cost + ahead, on, pick.cell));
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
