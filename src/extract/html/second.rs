//! What a line looks like among the first scores of its page.
//!
//! In: the page and the first scores of all lines. Out: more features for each line, which follow those of `features` in its
//! row. The first look judges a line by itself and its surroundings; the second knows what the first thought of the
//! neighbours, of the container and of the lines that the same template made, so that a region stays or goes as one.

use super::candidates::over;
use super::context::Context;
use super::features::Filling;
use super::model::UNIT;
use super::value::{Value, clip, log, share};
use super::words::Map;

/// What a change between kept and left out costs in the first choice.
const CHANGE: i32 = 1000;

/// What the first scores say of the page.
pub struct Second<'a> {
    scores: &'a [i32],
    /// Chances of the lines in 64ths, times their tokens: sums before each line.
    wanted: Vec<u32>,
    keep: Vec<bool>,
    /// Lines since the last kept line and until the next; tokens of that run.
    since: Vec<(Value, Value)>,
    until: Vec<(Value, Value)>,
    slots: Vec<(u32, u32)>,
    shapes: Map<u32, (u32, u32)>,
    copies: Map<u64, i32>,
    /// The deepest element that holds seven tenths of what is wanted.
    common: u32,
    page: [Value; 5],
}

/// A score as a feature.
fn level(score: i32) -> Value {
    (128 + score * 16 / UNIT).clamp(0, 255) as Value
}

/// The chance of a line in 64ths.
fn chance(score: i32) -> u32 {
    // A table of the logistic function in quarters of a unit: integers, equal on every machine.
    const TABLE: [u8; 33] = [
        1, 1, 2, 2, 3, 4, 5, 6, 8, 9, 12, 14, 17, 21, 24, 28, 32, 36, 40, 43, 47, 50, 52, 55, 56, 58, 59, 60, 61, 62,
        62, 63, 63,
    ];
    u32::from(TABLE[(16 + (score * 4).div_euclid(UNIT)).clamp(0, 32) as usize])
}

impl<'a> Second<'a> {
    /// Sums up the first scores.
    pub fn new(context: &Context, scores: &'a [i32]) -> Second<'a> {
        let flat = context.flat;
        let count = flat.lines.len();
        let keep = smooth(scores, CHANGE);
        let mut wanted = Vec::with_capacity(count + 1);
        let mut slots = vec![(0, 0); context.slot_sums.len()];
        let mut shapes: Map<u32, (u32, u32)> = Map::default();
        let mut copies: Map<u64, i32> = Map::default();
        let mut sum = 0u32;
        wanted.push(0);
        for (index, line) in flat.lines.iter().enumerate() {
            let tokens = line.counts.tokens.clamp(1, 1000);
            let part = chance(scores[index]) * tokens / 8;
            sum = sum.saturating_add(part);
            wanted.push(sum);
            let slot = &mut slots[context.slots[index] as usize];
            let shape = shapes.entry(flat.elements[line.element as usize].shape).or_default();
            for sums in [slot, shape] {
                sums.0 += part;
                sums.1 += 8 * tokens;
            }
            if context.copies[index] > 1 {
                let best = copies.entry(context.hashes[index]).or_insert(i32::MIN);
                *best = (*best).max(scores[index]);
            }
        }
        let mut common = 0;
        for index in 0..flat.elements.len() as u32 {
            if u64::from(over(flat, &wanted, index)) * 10 > u64::from(sum) * 7 {
                common = index;
            }
        }
        let kept = keep.iter().filter(|k| **k).count();
        let runs = keep.windows(2).filter(|pair| !pair[0] && pair[1]).count();
        let kept_tokens: u32 =
            (0..count).filter(|i| keep[*i]).map(|i| flat.lines[i].counts.tokens).fold(0, u32::saturating_add);
        let page =
            [log(sum / 8), log(kept as u32), clip(runs), log(kept_tokens), share(over(flat, &wanted, common), sum)];
        let forward = runs_of(context, &keep, 0..count);
        let mut backward = runs_of(context, &keep, (0..count).rev());
        backward.reverse();
        Second { scores, wanted, keep, since: forward, until: backward, slots, shapes, copies, common, page }
    }

    /// Appends the features of line `index`.
    pub(super) fn extend(&self, context: &Context, index: usize, row: &mut Filling) {
        let flat = context.flat;
        let line = &flat.lines[index];
        let score = self.scores[index];
        row.push(level(score));
        for offset in [-3isize, -2, -1, 1, 2, 3] {
            let other = index.checked_add_signed(offset).and_then(|at| self.scores.get(at));
            row.push(other.map_or(0, |s| level(*s)));
        }
        // Containers, from the line's own outwards.
        let mut at = line.element;
        for _ in 0..5 {
            row.push(self.part(
                context,
                flat.elements[at as usize].lines.start as usize,
                flat.elements[at as usize].lines.end as usize,
            ));
            at = context.wider[at as usize];
        }
        let count = flat.lines.len();
        for (from, to) in [
            (index.saturating_sub(4), index),
            (index.saturating_sub(12), index),
            (index + 1, (index + 5).min(count)),
            (index + 1, (index + 13).min(count)),
        ] {
            row.push(self.part(context, from, to.max(from)));
        }
        let slot = self.slots[context.slots[index] as usize];
        let shape = self.shapes.get(&flat.elements[line.element as usize].shape).copied().unwrap_or_default();
        row.push(share(slot.0, slot.1));
        row.push(share(shape.0, shape.1));
        let total = self.wanted[count];
        row.push(share(self.wanted[index], total));
        row.push(share(total - self.wanted[index + 1], total));
        row.push(Value::from(self.keep[index]));
        row.extend([self.since[index].0, self.since[index].1, self.until[index].0, self.until[index].1]);
        let best = if context.copies[index] > 1 { self.copies.get(&context.hashes[index]).copied() } else { None };
        row.push(best.map_or(0, |best| (1 + (best - score) * 8 / UNIT).clamp(1, 200) as Value));
        let range = &flat.elements[self.common as usize].lines;
        let (from, to) = (range.start as usize, range.end as usize);
        row.push(if index < from {
            clip(from - index)
        } else if index >= to {
            clip(index + 1 - to)
        } else {
            0
        });
        row.push(if index < from {
            0
        } else if index < to {
            1
        } else {
            2
        });
        let mut up = 0;
        let mut at = self.common;
        while at != 0 && !flat.elements[at as usize].lines.contains(&(index as u32)) && up < 12 {
            at = context.wider[at as usize];
            up += 1;
        }
        row.push(up);
        row.extend(self.page);
    }

    /// What is wanted of lines `from..to`, in 64ths.
    fn part(&self, context: &Context, from: usize, to: usize) -> Value {
        let tokens = context.sums.tokens[to] - context.sums.tokens[from];
        share((self.wanted[to] - self.wanted[from]) / 8, tokens)
    }
}

/// For each line in this order, the lines since the last kept one and the tokens of the kept run it ends.
fn runs_of(context: &Context, keep: &[bool], order: impl Iterator<Item = usize>) -> Vec<(Value, Value)> {
    let (mut since, mut run) = (255u8, 0u32);
    order
        .map(|index| {
            let answer = (since, log(run));
            if keep[index] {
                run = if since == 0 { run } else { 0 }.saturating_add(context.flat.lines[index].counts.tokens);
                since = 0;
            } else {
                since = since.saturating_add(1);
            }
            answer
        })
        .collect()
}

/// The best path through two states, kept and left out (Viterbi).
pub fn smooth(scores: &[i32], change: i32) -> Vec<bool> {
    let mut out = 0i64;
    let mut inside = i64::from(-change);
    let mut came = Vec::with_capacity(scores.len());
    for &score in scores {
        let change = i64::from(change);
        let (from_in, from_out) = (inside > out - change, out >= inside - change);
        came.push((from_in, from_out));
        let next_in = if from_in { inside } else { out - change } + i64::from(score);
        let next_out = if from_out { out } else { inside - change };
        (inside, out) = (next_in, next_out);
    }
    let mut keep = vec![false; scores.len()];
    let mut state = inside > out;
    for index in (0..scores.len()).rev() {
        keep[index] = state;
        let (from_in, from_out) = came[index];
        state = if state { from_in } else { !from_out };
    }
    keep
}
