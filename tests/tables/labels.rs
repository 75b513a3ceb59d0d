//! Which lines of a page belong to its gold text.

use crate::quality::score::{mix, shingles, tokens};
use std::collections::{HashMap, HashSet};

/// For each line: how many tokens it has, and whether it is in the gold text.
pub fn labels(lines: &[String], gold: &str) -> Vec<(usize, bool)> {
    let gold_tokens = tokens(gold);
    let gold_shingles = shingles(&gold_tokens);
    let gold_lines: HashSet<Vec<u64>> = gold.lines().map(tokens).collect();
    let mut grams: HashMap<u64, u32> = HashMap::new();
    for size in 1..4 {
        for window in gold_tokens.windows(size) {
            *grams.entry(window.iter().fold(size as u64, |s, t| mix(s, *t))).or_default() += 1;
        }
    }
    let lines: Vec<Vec<u64>> = lines.iter().map(|l| tokens(l)).collect();
    // First the lines that are long enough to speak for themselves.
    let mut sure: Vec<Option<bool>> = lines
        .iter()
        .map(|line| {
            (line.len() >= 4).then(|| {
                let own = shingles(line);
                let hit: u32 = own.iter().map(|(k, n)| gold_shingles.get(k).map_or(0, |m| *n.min(m))).sum();
                f64::from(hit) >= 0.6 * f64::from(own.values().sum::<u32>())
            })
        })
        .collect();
    // Of lines that the page repeats more often than the gold, those in the best company stay.
    let mut places: HashMap<u64, Vec<usize>> = HashMap::new();
    for (index, line) in lines.iter().enumerate() {
        if sure[index] == Some(true) {
            places.entry(line.iter().fold(7, |s, t| mix(s, *t))).or_default().push(index);
        }
    }
    let before = sure.clone();
    for at in places.values().filter(|at| at.len() > 1) {
        let wanted = shingles(&lines[at[0]])
            .iter()
            .filter_map(|(k, n)| Some(gold_shingles.get(k)? / n))
            .min()
            .unwrap_or(1)
            .max(1) as usize;
        if wanted < at.len() {
            let company = |index: usize| -> i64 {
                let (from, to) = (index.saturating_sub(6), (index + 7).min(lines.len()));
                (from..to)
                    .filter(|other| !at.contains(other))
                    .map(|other| match before[other] {
                        Some(true) => lines[other].len().min(100) as i64,
                        Some(false) => -(lines[other].len().min(100) as i64),
                        None => 0,
                    })
                    .sum()
            };
            let mut order = at.clone();
            order.sort_by_key(|index| (-company(*index), *index));
            for index in &order[wanted..] {
                sure[*index] = Some(false);
            }
        }
    }
    let runs_on = runs_on(&lines, &gold_shingles);
    // Then the short ones: where the gold runs through them, or in the gold and beside lines that are.
    (0..lines.len())
        .map(|index| {
            let line = &lines[index];
            let label = sure[index].unwrap_or_else(|| {
                if line.is_empty() {
                    return near(&sure, index, -1) == Some(true) && near(&sure, index, 1) == Some(true);
                }
                if runs_on[index] {
                    return true;
                }
                let known = grams.contains_key(&line.iter().fold(line.len() as u64, |s, t| mix(s, *t)));
                let sides = [near(&sure, index, -1), near(&sure, index, 1)];
                let yes = sides.iter().filter(|s| **s == Some(true)).count();
                known && (yes == 2 || yes == 1 && gold_lines.contains(line))
            });
            (line.len(), label)
        })
        .collect()
}

/// Lines of fewer than four tokens that the gold text holds together with what stands before and after them: cells of a table, names
/// of a list. By themselves they prove nothing.
fn runs_on(lines: &[Vec<u64>], gold: &HashMap<u64, u32>) -> Vec<bool> {
    let stream: Vec<(usize, u64)> =
        lines.iter().enumerate().flat_map(|(at, l)| l.iter().map(move |t| (at, *t))).collect();
    let mut covered = vec![0usize; lines.len()];
    let mut last = 0;
    for (at, window) in stream.windows(4).enumerate() {
        let hash = window.iter().fold(7, |state, (_, token)| mix(state, *token));
        if gold.contains_key(&hash) {
            for (line, _) in &stream[last.max(at)..at + 4] {
                covered[*line] += 1;
            }
            last = at + 4;
        }
    }
    lines.iter().zip(covered).map(|(line, covered)| !line.is_empty() && covered == line.len()).collect()
}

/// The label of the nearest long line on one side, at most four lines away.
fn near(sure: &[Option<bool>], index: usize, step: isize) -> Option<bool> {
    (1..5).find_map(|n| sure.get(index.checked_add_signed(step * n)?).copied().flatten())
}
