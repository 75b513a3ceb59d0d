//! Which lines are kept.
//!
//! In: the scores of the forest. Out: a [`Choice`]. The scores are joined along the page: leaving or entering the main text
//! between two lines costs something, so that a doubtful line goes with its neighbours.

use super::features::Context;
use super::flat::flag;
use super::model::{Forest, UNIT};
use crate::extract::Sort;

/// What was chosen.
#[derive(Debug, Default)]
pub struct Choice {
    pub keep: Vec<bool>,
    pub sort: Sort,
    pub confidence: f32,
}

/// What a change between main text and the rest costs.
const CHANGE: i32 = UNIT / 2;

/// Chooses lines.
pub fn choose(context: &Context, forest: &[u8]) -> Choice {
    let mut scores = Forest::new(forest).scores(&context.rows());
    let (threshold, expected) = threshold(context, &scores);
    for score in &mut scores {
        *score -= threshold;
    }
    let keep = smooth(&scores, CHANGE);
    let mut choice = Choice { keep, confidence: expected, ..Choice::default() };
    if !choice.keep.contains(&true) {
        choice.keep = context.flat.lines.iter().map(|l| l.flags & flag::HIDDEN == 0).collect();
        if !choice.keep.contains(&true) {
            choice.keep.fill(true);
        }
    }
    choice
}

/// The score above which keeping a line raises the expected F of the page, and that F. With the chances known, keeping the
/// likeliest lines is best, and how many of them follows from trying every number.
fn threshold(context: &Context, scores: &[i32]) -> (i32, f32) {
    let weight = |index: usize| f64::from(context.flat.lines[index].counts.tokens.max(1));
    let chance = |score: i32| 1.0 / (1.0 + (-f64::from(score) / f64::from(UNIT)).exp());
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_unstable_by_key(|index| (-scores[*index], *index));
    let wanted: f64 = (0..scores.len()).map(|i| weight(i) * chance(scores[i])).sum();
    let (mut hit, mut kept) = (0.0, 0.0);
    let mut best = (0.0, 0);
    for &index in &order {
        hit += weight(index) * chance(scores[index]);
        kept += weight(index);
        let f = 2.0 * hit / (kept + wanted);
        if f > best.0 {
            best = (f, scores[index] - 1);
        }
    }
    (best.1.min(0), best.0 as f32)
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
