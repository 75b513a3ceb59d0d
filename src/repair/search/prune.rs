//! Which hypotheses go on: the best of each state, within limits of number and of cost.

use super::*;
use crate::repair::certainty::{FAR, Rival};

/// Hypotheses kept at each place, and how far (in model units) behind the best they may fall.
const WIDTH: usize = 24;
const DEPTH: i32 = 10 * NAT;

/// Of those, at most so many that hold half of an undefined pair: they are many, and cheap until their next character is seen.
const HALVES: usize = 16;

/// Lists that are filled anew at each place.
#[derive(Debug, Default)]
pub(super) struct Pruner {
    /// Cost and place in the list, as one number.
    order: Vec<i64>,
    kept: Vec<Hypothesis>,
    /// Hypotheses that lost to another one of the same state.
    pub(super) rivals: Vec<Rival>,
}

impl Pruner {
    /// Leaves the best of each state, the best of those, in order.
    pub(super) fn prune(&mut self, here: &mut Vec<Hypothesis>) {
        if here.len() < 2 {
            return;
        }
        let best = here.iter().map(|h| h.cost).min().unwrap_or(0);
        self.order.clear();
        self.kept.clear();
        for (at, h) in here.iter().enumerate().filter(|(_, h)| h.cost <= best + DEPTH) {
            self.order.push(i64::from(h.cost) << 32 | at as i64);
        }
        self.order.sort_unstable();
        let mut halves = 0;
        for h in self.order.iter().map(|&key| here[key as u32 as usize]) {
            if matches!(h.pending, Pending::After(_)) {
                halves += 1;
                if halves > HALVES {
                    continue;
                }
            }
            if self.kept.len() == WIDTH {
                break;
            }
            let same = |k: &Hypothesis| {
                k.context == h.context
                    && k.pending == h.pending
                    && k.byte == h.byte
                    && k.last == h.last
                    && k.open == h.open
            };
            match self.kept.iter().find(|k| same(k)) {
                None => self.kept.push(h),
                Some(k) if h.cost - k.cost < FAR => {
                    self.rivals.push(Rival { of: k.node, other: h.node, more: h.cost - k.cost });
                }
                Some(_) => {}
            }
        }
        if !self.kept.iter().any(|h| h.pending == Pending::None) {
            // The first of the cheapest: they were put in order.
            let sound = here.iter().filter(|h| h.pending == Pending::None).min_by_key(|h| h.cost);
            self.kept.extend(sound);
        }
        std::mem::swap(here, &mut self.kept);
    }
}
