//! Which lines are kept.
//!
//! In: the scores of the forest. Out: a [`Choice`]. The scores are joined along the page: leaving or entering the main text
//! between two lines costs something, so that a doubtful line goes with its neighbours.

use super::closing;
use super::context::Context;
use super::features::{Filling, LANES, Prose, Rows};
use super::fill;
use super::flat::flag;
use super::interface;
use super::model::{self, LOST, UNIT};
use super::second::{Second, smooth};
use super::sort;
use super::words;
use crate::extract::Sort;

/// What was chosen.
#[derive(Debug, Default)]
pub struct Choice {
    pub keep: Vec<bool>,
    /// Lines that a rule left out, in order, and its name.
    pub left_out: Vec<(usize, &'static str)>,
    pub sort: Sort,
    pub confidence: f32,
}

/// What a change between main text and the rest costs where the page is clear. Where it is not (threads, lists), each line stands for
/// itself: the second look has heard its neighbours already.
const CHANGE: i32 = 600;

/// Expected F from which on a page counts as clear.
const CLEAR: f32 = 0.85;

/// So many tokens that are clearly text make a page whose doubtful lines are not needed to say something.
const CLEAR_TOKENS: u32 = 30;

/// How far below even chances a line may then lie: the chances of many doubtful lines add up to more than they hold.
const DOUBT: i32 = 1500;

/// The score of a line in a notice that lies over the page: kept only where nothing else is there.
const NOTICED: i32 = -8 * UNIT;

/// Chooses lines.
pub fn choose(context: &Context, forest: &[u8]) -> Choice {
    pick(context, scores(context, forest))
}

/// Chooses lines by their scores.
pub fn pick(context: &Context, mut scores: Vec<i32>) -> Choice {
    if context.flat.carried {
        let keep = vec![true; context.flat.lines.len()];
        return Choice { keep, confidence: 0.8, sort: Sort::Other, ..Choice::default() };
    }
    for (score, line) in scores.iter_mut().zip(&context.flat.lines) {
        if context.near_words(line.element) & words::NOTICE != 0 || line.flags & flag::PRUNED != 0 {
            *score = (*score).min(NOTICED);
        }
    }
    // Lines that one template made go together most of the way: the short posts of a thread with the long ones.
    let means = context.slot_means(&scores);
    for (score, mean) in scores.iter_mut().zip(means) {
        if let Some(mean) = mean {
            *score += (mean - *score) / 6 * 5;
        }
    }
    pick_plain(context, scores)
}

/// Chooses lines by their scores where no template made them.
pub fn pick_plain(context: &Context, mut scores: Vec<i32>) -> Choice {
    let (threshold, expected) = threshold(context, &scores);
    for score in &mut scores {
        *score -= threshold;
    }
    let mut keep = smooth(&scores, if expected > CLEAR { CHANGE } else { 0 });
    if !keep.contains(&true) {
        keep = fallback(context, &scores);
    }
    fill::fill(context, &mut keep);
    let mut left_out = interface::leave_out(context, &mut keep);
    left_out.extend(closing::leave_out(context, &mut keep));
    left_out.sort_unstable();
    let sort = sort::sort(context, &keep);
    if sort == Sort::Forum {
        left_out.extend(say_once(context, &mut keep));
        left_out.sort_unstable();
    }
    Choice { keep, left_out, confidence: expected, sort }
}

/// Tokens from which on a line that a thread shows again is no accident.
const SAID: u32 = 12;

/// A thread shows a post once more where others quote it or a script previews it.
fn say_once(context: &Context, keep: &mut [bool]) -> Vec<(usize, &'static str)> {
    let mut said: words::Map<u64, ()> = words::Map::default();
    let mut again = Vec::new();
    for (index, keep) in keep.iter_mut().enumerate().filter(|(_, keep)| **keep) {
        let repeated = context.copies[index] > 1 && context.flat.lines[index].counts.tokens >= SAID;
        if repeated && said.insert(context.hashes[index], ()).is_some() {
            *keep = false;
            again.push((index, "said-before"));
        }
    }
    again
}

/// The scores of all lines: at first sight, and of those that are not lost then once more among their neighbours' scores.
pub fn scores(context: &Context, forests: &[u8]) -> Vec<i32> {
    let (first, second) = model::forests(forests);
    let prose = Prose::new(context);
    let count = context.flat.lines.len();
    let mut scores = vec![0; count];
    let mut rows: Box<Rows> = Box::new([[0; LANES]; 256]);
    for from in (0..count).step_by(LANES) {
        let lines = from..(from + LANES).min(count);
        for index in lines.clone() {
            context.fill(index, &prose, &mut Filling::new(&mut rows, index - from));
        }
        scores[lines].iter_mut().zip(first.scores(&rows)).for_each(|(score, found)| *score = found);
    }
    if second.is_empty() {
        return scores;
    }
    let look = Second::new(context, &scores);
    let again: Vec<usize> = (0..count).filter(|index| scores[*index] >= LOST).collect();
    let mut found = Vec::with_capacity(again.len());
    for lines in again.chunks(LANES) {
        for (lane, &index) in lines.iter().enumerate() {
            let mut row = Filling::new(&mut rows, lane);
            context.fill(index, &prose, &mut row);
            look.extend(context, index, &mut row);
        }
        found.extend(second.scores(&rows).into_iter().take(lines.len()));
    }
    again.iter().zip(found).for_each(|(index, score)| scores[*index] = score);
    scores
}

/// Where no stretch is worth keeping: the single lines that are, then what can be seen, then everything. Text is never lost.
fn fallback(context: &Context, scores: &[i32]) -> Vec<bool> {
    let lines = &context.flat.lines;
    let single: Vec<bool> = scores.iter().map(|s| *s > 0).collect();
    if single.contains(&true) {
        return single;
    }
    let visible: Vec<bool> = lines.iter().map(|l| l.flags & (flag::HIDDEN | flag::CONTROL) == 0).collect();
    if visible.contains(&true) { visible } else { vec![true; lines.len()] }
}

/// The score above which keeping a line raises the expected F of the page, and that F. With the chances known, keeping the
/// likeliest lines is best, and how many of them follows from trying every number.
fn threshold(context: &Context, scores: &[i32]) -> (i32, f32) {
    let weight = |index: usize| f64::from(context.flat.lines[index].counts.tokens.max(1));
    let chance = |score: &i32| 1.0 / (1.0 + (-f64::from(*score) / f64::from(UNIT)).exp());
    let chances: Vec<f64> = scores.iter().map(chance).collect();
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_unstable_by_key(|index| (-scores[*index], *index));
    let wanted: f64 = (0..scores.len()).map(|i| weight(i) * chances[i]).sum();
    let (mut hit, mut kept) = (0.0, 0.0);
    let mut best = (0.0, 0);
    for &index in &order {
        hit += weight(index) * chances[index];
        kept += weight(index);
        let f = 2.0 * hit / (kept + wanted);
        if f > best.0 {
            best = (f, scores[index] - 1);
        }
    }
    let clear: u32 =
        scores.iter().zip(&context.flat.lines).filter(|(s, _)| **s > UNIT / 2).map(|(_, l)| l.counts.tokens).sum();
    let floor = if clear >= CLEAR_TOKENS { -DOUBT } else { i32::MIN };
    (best.1.clamp(floor, 0), best.0 as f32)
}
