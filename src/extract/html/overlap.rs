//! How much of a line the page's own description of itself repeats.
//!
//! In: title, description, JSON-LD body, and a line. Out: shares in 64ths. The description of a news page is most often the head of
//! its text, so the line that repeats it marks the text even where teasers around it are longer (short articles on portals).

use crate::letter::is_letter;

/// What the page says of itself, as sets of letter runs.
pub struct Overlap {
    /// Pairs of the title.
    title: Runs,
    /// Triples of the description.
    description: Runs,
    /// Triples of the JSON-LD body.
    body: Runs,
}

/// Shares of a line's runs that a text of the page's head repeats, in 64ths.
#[derive(Debug, Clone, Copy, Default)]
pub struct Shares {
    pub title: u8,
    pub description: u8,
    pub body: u8,
}

impl Overlap {
    /// Reads the texts; empty ones match nothing.
    pub fn new(title: &str, description: &str, body: &str) -> Overlap {
        Overlap {
            title: Runs::new(title, 2, 12),
            description: Runs::new(description, 3, 13),
            body: Runs::new(body, 3, 16),
        }
    }

    /// The shares of one line.
    pub fn shares(&self, line: &str) -> Shares {
        let pairs = !self.title.bits.is_empty();
        let triples = !self.description.bits.is_empty() || !self.body.bits.is_empty();
        if !pairs && !triples {
            return Shares::default();
        }
        let (mut before, mut last) = (0u32, 0u32);
        let (mut count, mut hits) = (0u32, [0u32; 3]);
        for letter in letters(line).take(MOST) {
            if last != 0 {
                count += 1;
                if pairs {
                    hits[0] += self.title.has(pair(last, letter));
                }
                if triples && before != 0 {
                    let triple = triple(before, last, letter);
                    hits[1] += self.description.has(triple);
                    hits[2] += self.body.has(triple);
                }
            }
            (before, last) = (last, letter);
        }
        let share = |hits: u32| if count < 3 { 0 } else { (hits * 64 / count) as u8 };
        Shares { title: share(hits[0]), description: share(hits[1]), body: share(hits[2]) }
    }
}

/// Letters of a line that are looked at.
const MOST: usize = 200;

/// A set of runs; a bit for each hash, so that a false hit is rare and does no harm.
struct Runs {
    bits: Vec<u64>,
    shift: u32,
}

impl Runs {
    fn new(text: &str, length: usize, size: u32) -> Runs {
        let mut runs = Runs { bits: Vec::new(), shift: 64 - size };
        let letters: Vec<u32> = letters(text).take(20_000).collect();
        if letters.len() < 6 {
            return runs;
        }
        runs.bits = vec![0; (1 << size) / 64];
        for window in letters.windows(length) {
            let hash = if length == 2 { pair(window[0], window[1]) } else { triple(window[0], window[1], window[2]) };
            let bit = hash >> runs.shift;
            runs.bits[(bit / 64) as usize] |= 1 << (bit % 64);
        }
        runs
    }

    /// 1 if the run is there, else 0.
    #[inline]
    fn has(&self, hash: u64) -> u32 {
        let bit = hash >> self.shift;
        self.bits.get((bit / 64) as usize).map_or(0, |word| (word >> (bit % 64) & 1) as u32)
    }
}

fn letters(text: &str) -> impl Iterator<Item = u32> {
    text.chars().filter(|&c| is_letter(c)).map(|c| c.to_ascii_lowercase() as u32)
}

fn pair(a: u32, b: u32) -> u64 {
    (u64::from(a) << 32 | u64::from(b)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

fn triple(a: u32, b: u32, c: u32) -> u64 {
    (u64::from(a) << 42 ^ u64::from(b) << 21 ^ u64::from(c)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
