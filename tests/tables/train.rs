//! Gradient boosting of oblivious trees, in the layout `src/extract/html/model.rs` reads.
//!
//! Deterministic: fixed seed, fixed order of summation. Logistic loss, second-order gains, a random part of the features for
//! each tree.

use zonetext::extract::html::learn::Rows;

/// What to learn from: rows of `width` small integers, a label and a weight for each.
#[derive(Default, Clone)]
pub struct Set {
    pub width: usize,
    pub values: Vec<u8>,
    pub labels: Vec<bool>,
    pub weights: Vec<f32>,
}

impl Set {
    /// Takes up the rows of a page, those of the lines that `wanted` names.
    pub fn add(&mut self, rows: &Rows, labels: &[bool], weights: &[f32], wanted: impl Fn(usize) -> bool) {
        self.width = self.width.max(rows.width);
        for (line, row) in rows.values.chunks_exact(rows.width.max(1)).enumerate().filter(|(line, _)| wanted(*line)) {
            self.values.extend(row);
            self.labels.push(labels[line]);
            self.weights.push(weights[line]);
        }
    }
}

/// What a forest says of a row: the obvious twin of `src/extract/html/model.rs`.
pub fn score(forest: &[u8], row: &[u8]) -> i32 {
    let depth = usize::from(forest[0]);
    let trees = usize::from(u16::from_le_bytes([forest[1], forest[2]]));
    let size = 2 * depth + (2 << depth);
    let mut sum = i32::from_le_bytes([forest[3], forest[4], forest[5], forest[6]]);
    for tree in forest[7..7 + trees * size].chunks_exact(size) {
        let (questions, leaves) = tree.split_at(2 * depth);
        let leaf = questions
            .chunks_exact(2)
            .fold(0, |leaf, q| 2 * leaf + usize::from(row.get(usize::from(q[0])).copied().unwrap_or(0) > q[1]));
        sum += i32::from(i16::from_le_bytes([leaves[2 * leaf], leaves[2 * leaf + 1]]));
    }
    sum
}

/// How to learn.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    pub trees: usize,
    pub depth: usize,
    pub rate: f32,
    /// Added to the sum of second derivatives in each leaf.
    pub lambda: f32,
    /// Share of the features that a tree may ask about.
    pub columns: f32,
    pub seed: u64,
}

/// The first look.
pub const FIRST: Settings = Settings { trees: 160, depth: 6, rate: 0.1, lambda: 20.0, columns: 0.25, seed: 1 };

/// The second look.
pub const SECOND: Settings = Settings { trees: 640, depth: 6, rate: 0.09, lambda: 20.0, columns: 0.12, seed: 1 };

const UNIT: f32 = 1024.0;

/// Grows a forest.
pub fn train(set: &Set, settings: &Settings) -> Vec<u8> {
    let rows = set.labels.len();
    let columns = bins(set);
    let mut random = settings.seed;
    let bias = bias(set);
    let mut scores = vec![bias; rows];
    let mut bytes = vec![settings.depth as u8];
    bytes.extend((settings.trees as u16).to_le_bytes());
    bytes.extend(((bias * UNIT) as i32).to_le_bytes());
    let mut gradients = vec![(0f32, 0f32); rows];
    for _ in 0..settings.trees {
        for row in 0..rows {
            let p = 1.0 / (1.0 + (-scores[row]).exp());
            let y = f32::from(u8::from(set.labels[row]));
            let w = set.weights[row];
            gradients[row] = (w * (y - p), w * (p * (1.0 - p)).max(1e-6));
        }
        let sample = sample(&gradients, &mut random);
        let mut leaf = vec![0u8; rows];
        for level in 0..settings.depth {
            let mut best = (f32::MIN, 0usize, 0usize);
            for (number, column) in columns.iter().enumerate() {
                random = random.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                if (random >> 40) as f32 / (1u64 << 24) as f32 >= settings.columns || column.thresholds.is_empty() {
                    continue;
                }
                let (gain, at) = best_split(column, &leaf, &sample, 1 << level, settings.lambda);
                if gain > best.0 {
                    best = (gain, number, at);
                }
            }
            let column = &columns[best.1];
            for (leaf, bin) in leaf.iter_mut().zip(&column.bins) {
                *leaf = 2 * *leaf + u8::from(usize::from(*bin) > best.2);
            }
            bytes.push(best.1 as u8);
            bytes.push(column.thresholds.get(best.2).copied().unwrap_or(255));
        }
        let mut sums = vec![(0f32, 0f32); 1 << settings.depth];
        for row in 0..rows {
            let sum = &mut sums[usize::from(leaf[row])];
            sum.0 += gradients[row].0;
            sum.1 += gradients[row].1;
        }
        let leaves: Vec<i16> = sums
            .iter()
            .map(|(g, h)| (settings.rate * g / (h + settings.lambda) * UNIT).round().clamp(-32000.0, 32000.0) as i16)
            .collect();
        for row in 0..rows {
            scores[row] += f32::from(leaves[usize::from(leaf[row])]) / UNIT;
        }
        bytes.extend(leaves.iter().flat_map(|v| v.to_le_bytes()));
    }
    bytes
}

fn bias(set: &Set) -> f32 {
    let (mut yes, mut all) = (0f32, 0f32);
    for (label, weight) in set.labels.iter().zip(&set.weights) {
        all += weight;
        yes += if *label { *weight } else { 0.0 };
    }
    let p = (yes / all.max(1e-6)).clamp(0.01, 0.99);
    (p / (1.0 - p)).ln()
}

/// A feature's values, put into at most 64 bins.
struct Column {
    bins: Vec<u8>,
    /// Bin `i` holds values up to `thresholds[i]`; the last bin the rest.
    thresholds: Vec<u8>,
}

fn bins(set: &Set) -> Vec<Column> {
    let rows = set.labels.len();
    (0..set.width)
        .map(|column| {
            let mut counts = [0usize; 256];
            for row in 0..rows {
                counts[usize::from(set.values[row * set.width + column])] += 1;
            }
            let step = rows / 60;
            let mut thresholds = Vec::new();
            let (mut inside, mut seen) = (0, 0);
            for value in 0..256 {
                inside += counts[value];
                seen += counts[value];
                if counts[value] > 0
                    && seen < rows
                    && (inside > step || counts.iter().filter(|c| **c > 0).count() <= 64)
                {
                    thresholds.push(value as u8);
                    inside = 0;
                }
            }
            let mut map = [0u8; 256];
            for (value, bin) in map.iter_mut().enumerate() {
                *bin = thresholds.partition_point(|t| usize::from(*t) < value) as u8;
            }
            let bins = (0..rows).map(|row| map[usize::from(set.values[row * set.width + column])]).collect();
            Column { bins, thresholds }
        })
        .collect()
}

/// The rows that a tree is grown on: those with large gradients, and one in eight of the rest, counted eightfold.
fn sample(gradients: &[(f32, f32)], random: &mut u64) -> Vec<(u32, f32, f32)> {
    let mut sizes: Vec<f32> = gradients.iter().step_by(16).map(|(g, _)| g.abs()).collect();
    sizes.sort_unstable_by(f32::total_cmp);
    let cut = sizes.get(sizes.len() * 4 / 5).copied().unwrap_or(0.0);
    let mut sample = Vec::new();
    for (row, (g, h)) in gradients.iter().enumerate() {
        *random = random.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        if g.abs() >= cut {
            sample.push((row as u32, *g, *h));
        } else if *random >> 61 == 0 {
            sample.push((row as u32, 8.0 * g, 8.0 * h));
        }
    }
    sample
}

fn best_split(column: &Column, leaf: &[u8], sample: &[(u32, f32, f32)], leaves: usize, lambda: f32) -> (f32, usize) {
    let count = column.thresholds.len() + 1;
    let mut sums = vec![(0f32, 0f32); leaves * count];
    for (row, g, h) in sample {
        let row = *row as usize;
        let sum = &mut sums[usize::from(leaf[row]) * count + usize::from(column.bins[row])];
        sum.0 += g;
        sum.1 += h;
    }
    let mut gains = vec![0f32; count - 1];
    for part in sums.chunks_exact(count) {
        let total = part.iter().fold((0f32, 0f32), |a, b| (a.0 + b.0, a.1 + b.1));
        let mut left = (0f32, 0f32);
        for (gain, bin) in gains.iter_mut().zip(part) {
            left = (left.0 + bin.0, left.1 + bin.1);
            let right = (total.0 - left.0, total.1 - left.1);
            *gain += left.0 * left.0 / (left.1 + lambda) + right.0 * right.0 / (right.1 + lambda);
        }
    }
    gains.iter().enumerate().fold((f32::MIN, 0), |best, (at, gain)| if *gain > best.0 { (*gain, at) } else { best })
}
