//! Bytes that are gone without a trace, in any GBK page: only asked for, because nothing but the model tells where.

use super::*;
use crate::repair::judge::price;
use crate::repair::scan::commonness;

/// Where the line as it stands costs so much that a byte may be missing.
pub(super) fn suspect(model: &Model, line: &[char]) -> Vec<bool> {
    let mut context = Context::START;
    let mut costs: Vec<i32> = Vec::with_capacity(line.len() + 1);
    for &c in line {
        let (cost, after) = model.step(context, c);
        costs.push(cost);
        context = after;
    }
    costs.push(8 * NAT);
    costs.windows(2).map(|w| w[0] + w[1] >= 17 * NAT).collect()
}

impl Search<'_, '_> {
    /// U+FFFD for the second byte of a character whose first is gone: only the commonest can be known by context alone.
    pub(super) fn any_mark(&mut self, at: usize, h: Hypothesis) {
        for c in "年月日。，、的人个個）”".chars() {
            let mut on = self.restore(h, c, false);
            on.cost += self.evidence.price;
            self.put(at + 1, on, [c, NOTHING], Kind::Back);
        }
    }

    /// A byte is gone without a trace here: the first of a character, or the second of the one seen.
    pub(super) fn gone(&mut self, at: usize, h: Hypothesis) {
        let mut slip = h;
        slip.cost += self.evidence.price;
        slip.pending = Pending::Any;
        self.out_of_step(at, slip);
        let Some((first, next)) = gbk::wide_pair_of(self.line[at]) else { return };
        if next < 0x81 || next == 0xFF {
            return;
        }
        let mut slip = h;
        slip.cost += self.evidence.price;
        for (_, c) in self.likely(h, first) {
            let mut on = self.restore(slip, c, false);
            on.pending = Pending::Byte(next);
            self.put(at + 1, on, [c, NOTHING], Kind::Slip);
        }
    }

    /// The likeliest characters with this first byte.
    fn likely(&self, h: Hypothesis, first: u8) -> Vec<(i32, char)> {
        let chars = (0x40..=0xFEu8).filter_map(|second| gbk::char_of(first, second));
        let mut found: Vec<(i32, char)> = chars.map(|c| (self.restore(h, c, false).cost, c)).collect();
        found.sort_unstable();
        found.truncate(12);
        found
    }

    /// The second byte that was still due is gone, too: at a line end, or before ASCII.
    pub(super) fn cut_short(&self, h: Hypothesis) -> Vec<(Hypothesis, char)> {
        let Pending::Byte(first) = h.pending else { return Vec::new() };
        let closed = |(_, c): (i32, char)| {
            let mut on = self.restore(h, c, false);
            on.cost += NAT;
            on.pending = Pending::None;
            (on, c)
        };
        self.likely(h, first).into_iter().take(5).map(closed).collect()
    }

    /// The line end, reached with a second byte still due.
    pub(super) fn end_cut_short(&mut self) {
        let len = self.line.len();
        let mut ends = std::mem::take(self.room.places.at(len));
        prune(&mut ends, true);
        *self.room.places.at(len) = ends.clone();
        for (on, c) in ends.iter().flat_map(|&h| self.cut_short(h)).collect::<Vec<_>>() {
            self.put(len, on, [c, NOTHING], Kind::Back);
        }
    }

    /// Whether a fault is worth more than it costs: the look-alikes are rare characters in sound text, so a change has to show more than
    /// one of them, or bytes that text never has. Where nobody asked for guesses, it has to be beyond doubt: of 120,000 clean lines in
    /// three languages none was changed so, 36 were where it was asked for.
    pub(super) fn earned(&self, fault: &Fault) -> bool {
        let seen = &self.line[fault.from..fault.to];
        let sign = |c: &char| {
            matches!(c, '\u{FFFD}' | '€' | '?' | '\u{E000}'..='\u{F8FF}') || c.is_ascii() && !c.is_ascii_alphanumeric()
        };
        let (from, to) = (fault.from.saturating_sub(2), (fault.to + 2).min(self.line.len()));
        let (before, after) = (&self.line[from..fault.from], &self.line[fault.to..to]);
        let old = price(self.model, self.line[from..to].iter().copied()).sum;
        let new = before.iter().copied().chain(fault.new.chars()).chain(after.iter().copied());
        let gain = old - price(self.model, new).sum;
        let wide = fault.new.chars().any(|c| ('\u{FF10}'..='\u{FF5A}').contains(&c) && !"？：；（），！".contains(c));
        let rare = seen.iter().filter(|&&c| matches!(commonness(c), 2 | 3)).count();
        if !self.evidence.guess && (gain < 20 * NAT || seen.len() < 3 || rare < 2) {
            return false;
        }
        !wide
            && match seen.len() {
                _ if seen.iter().any(sign) => gain >= 9 * NAT,
                0..=1 => false,
                2 => gain >= 16 * NAT,
                3 => gain >= 13 * NAT,
                _ => gain >= 12 * NAT,
            }
    }
}
