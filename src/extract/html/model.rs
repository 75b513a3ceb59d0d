//! The forests that say how likely a line belongs to the main text.
//!
//! In: rows of features. Out: a score for each, in 1/1024ths of log odds. Oblivious trees (one question a level, the answers
//! are the bits of the leaf's number): small, no branches, and integers throughout, so that every machine gives the same
//! answer. `forest.bin` is made by the trainer in `tests/tables/lesson.rs` (tables/extract/README.md).
//!
//! Layout: depth (6), then number of trees (u16) and bias (i32), little endian; then for each tree `depth` pairs of feature and
//! threshold, and 2^depth leaves (i16). The forest of the second look follows that of the first.

use super::features::{LANES, Rows};

/// The committed forest.
pub static FOREST: &[u8] = include_bytes!("forest.bin");

/// One unit of log odds.
pub const UNIT: i32 = 1024;

/// Levels of each tree.
pub const DEPTH: usize = 6;

/// Leaves of each tree.
const LEAVES: usize = 1 << DEPTH;

/// Bytes of one tree: the questions, then the leaves.
const TREE: usize = 2 * DEPTH + (2 << DEPTH);

/// A line that stands below this at first sight is not looked at again: most lines of a page are menus and plain at once.
pub const LOST: i32 = -2 * UNIT;

/// A forest over its bytes.
#[derive(Debug, Clone, Copy)]
pub struct Forest<'a> {
    bias: i32,
    trees: &'a [[u8; TREE]],
}

/// The forest of the first look and that of the second; empty ones where the bytes hold none.
pub fn forests(bytes: &[u8]) -> (Forest<'_>, Forest<'_>) {
    let (first, rest) = forest(bytes);
    (first, forest(rest).0)
}

/// A forest and the bytes after it.
fn forest(bytes: &[u8]) -> (Forest<'_>, &[u8]) {
    const NONE: (Forest, &[u8]) = (Forest { bias: 0, trees: &[] }, &[]);
    let [depth, low, high, b0, b1, b2, b3, rest @ ..] = bytes else { return NONE };
    let count = usize::from(u16::from_le_bytes([*low, *high]));
    if usize::from(*depth) != DEPTH || rest.len() < count * TREE {
        return NONE;
    }
    let (trees, rest) = rest.split_at(count * TREE);
    (Forest { bias: i32::from_le_bytes([*b0, *b1, *b2, *b3]), trees: trees.as_chunks::<TREE>().0 }, rest)
}

impl Forest<'_> {
    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.trees.is_empty()
    }

    /// The scores of sixteen lines.
    pub fn scores(&self, rows: &Rows) -> [i32; LANES] {
        let mut total = [self.bias; LANES];
        for tree in self.trees {
            let mut leaf = [0u8; LANES];
            for level in 0..DEPTH {
                let (feature, threshold) = (tree[2 * level], tree[2 * level + 1]);
                let column = &rows[usize::from(feature)];
                for lane in 0..LANES {
                    leaf[lane] = leaf[lane].wrapping_add(leaf[lane]).wrapping_add(u8::from(column[lane] > threshold));
                }
            }
            let Some(leaves) = tree[2 * DEPTH..].as_chunks::<2>().0.first_chunk::<LEAVES>() else { continue };
            for lane in 0..LANES {
                total[lane] += i32::from(i16::from_le_bytes(leaves[usize::from(leaf[lane]) % LEAVES]));
            }
        }
        total
    }
}
