//! How well an extracted text covers a gold text: shingles of four tokens, as a multiset.

use std::collections::HashMap;

/// Precision, recall and F of one page.
#[derive(Debug, Clone, Copy, Default)]
pub struct Score {
    pub precision: f64,
    pub recall: f64,
    pub f: f64,
}

/// Scores `got` against `gold`.
pub fn score(gold: &str, got: &str) -> Score {
    compare(&shingles(&tokens(gold)), &shingles(&tokens(got)))
}

/// The same over single words, as the page types are scored.
pub fn words(gold: &str, got: &str) -> Score {
    let bag = |text: &str| {
        tokens(text).into_iter().fold(HashMap::new(), |mut bag: HashMap<u64, u32>, token| {
            *bag.entry(token).or_default() += 1;
            bag
        })
    };
    compare(&bag(gold), &bag(got))
}

fn compare(gold: &HashMap<u64, u32>, got: &HashMap<u64, u32>) -> Score {
    let hit: u32 = gold.iter().map(|(k, n)| got.get(k).map_or(0, |m| *n.min(m))).sum();
    let (g, p): (u32, u32) = (gold.values().sum(), got.values().sum());
    let part = |whole: u32| f64::from(hit) / f64::from(whole.max(1));
    Score { precision: part(p), recall: part(g), f: 2.0 * f64::from(hit) / f64::from((p + g).max(1)) }
}

/// Single CJK characters and runs of other letters and digits, in lower case, full-width forms as their ASCII twins.
pub fn tokens(text: &str) -> Vec<u64> {
    let mut tokens = Vec::new();
    let mut word = 0u64;
    for c in text.chars().flat_map(char::to_lowercase) {
        let c = match c as u32 {
            code @ 0xff01..=0xff5e => char::from_u32(code - 0xfee0).unwrap_or(c).to_ascii_lowercase(),
            0x200b..=0x200f | 0x2060 | 0xfeff | 0xad => continue,
            _ => c,
        };
        let cjk = matches!(c as u32, 0x2e80..=0x2fdf | 0x3040..=0x30ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff);
        if cjk || !c.is_alphanumeric() {
            if word != 0 {
                tokens.push(word);
                word = 0;
            }
            if cjk {
                tokens.push(mix(1, u64::from(c as u32)));
            }
        } else {
            word = mix(word | 1, u64::from(c as u32));
        }
    }
    if word != 0 {
        tokens.push(word);
    }
    tokens
}

/// Counts of four tokens in a row; a shorter text is one shingle.
pub fn shingles(tokens: &[u64]) -> HashMap<u64, u32> {
    let mut counts = HashMap::new();
    let size = tokens.len().min(4);
    if size > 0 {
        for window in tokens.windows(size) {
            *counts.entry(window.iter().fold(7, |state, token| mix(state, *token))).or_default() += 1;
        }
    }
    counts
}

pub fn mix(state: u64, value: u64) -> u64 {
    (state.rotate_left(23) ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
