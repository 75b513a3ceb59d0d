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
    // Then the short ones: in the gold, and beside lines that are.
    (0..lines.len())
        .map(|index| {
            let line = &lines[index];
            let label = sure[index].unwrap_or_else(|| {
                if line.is_empty() {
                    return near(&sure, index, -1) == Some(true) && near(&sure, index, 1) == Some(true);
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

/// The label of the nearest long line on one side, at most four lines away.
fn near(sure: &[Option<bool>], index: usize, step: isize) -> Option<bool> {
    (1..5).find_map(|n| sure.get(index.checked_add_signed(step * n)?).copied().flatten())
}
