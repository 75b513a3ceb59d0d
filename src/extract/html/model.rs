//! The forest that says how likely a line belongs to the main text.
//!
//! In: rows of features. Out: a score for each, in 1/1024ths of log odds. Oblivious trees (one question a level, the answers
//! are the bits of the leaf's number): small, no branches, and integers throughout, so that every machine gives the same
//! answer. `forest.bin` is made by the trainer in `tests/tables/extract.rs` from the development pages.
//!
//! Layout: depth, then number of trees (u16) and bias (i32), little endian; then for each tree `depth` pairs of feature and
//! threshold, and 2^depth leaves (i16).

use super::features::Rows;

/// The committed forest.
pub static FOREST: &[u8] = include_bytes!("forest.bin");

/// One unit of log odds.
pub const UNIT: i32 = 1024;

/// A forest over its bytes.
#[derive(Debug, Clone, Copy)]
pub struct Forest<'a> {
    depth: usize,
    bias: i32,
    trees: &'a [u8],
}

impl<'a> Forest<'a> {
    /// Reads the header; an empty forest where there is none.
    pub fn new(bytes: &'a [u8]) -> Forest<'a> {
        let [depth, low, high, b0, b1, b2, b3, trees @ ..] = bytes else {
            return Forest { depth: 0, bias: 0, trees: &[] };
        };
        let depth = usize::from(*depth);
        let length = usize::from(u16::from_le_bytes([*low, *high])) * tree_length(depth);
        let trees = trees.get(..length).unwrap_or(&[]);
        Forest { depth, bias: i32::from_le_bytes([*b0, *b1, *b2, *b3]), trees }
    }

    /// The score of each row.
    pub fn scores(&self, rows: &Rows) -> Vec<i32> {
        let count = rows.values.len().checked_div(rows.width).unwrap_or(0);
        let mut scores = vec![self.bias; count];
        if self.depth == 0 || count == 0 {
            return scores;
        }
        for tree in self.trees.chunks_exact(tree_length(self.depth)) {
            let (questions, leaves) = tree.split_at(2 * self.depth);
            for (score, row) in scores.iter_mut().zip(rows.values.chunks_exact(rows.width)) {
                let mut leaf = 0;
                for question in questions.chunks_exact(2) {
                    let value = row.get(usize::from(question[0])).copied().unwrap_or(0);
                    leaf = 2 * leaf + usize::from(value > question[1]);
                }
                *score += i32::from(i16::from_le_bytes([leaves[2 * leaf], leaves[2 * leaf + 1]]));
            }
        }
        scores
    }
}

fn tree_length(depth: usize) -> usize {
    2 * depth + (2 << depth)
}
