//! Where the main text might be: a few containers, each found by a different question.
//!
//! In: the flat page and the weight of each line. Out: element numbers. They agree on most pages; where they do not, the
//! disagreement itself is a feature of every line (see `features`).

use super::flat::{Flat, flag};
use super::words;

/// Prefix sums over lines: `sum[b] - sum[a]` is the total of lines `a..b`.
#[derive(Debug, Default)]
pub struct Sums {
    pub tokens: Vec<u32>,
    pub linked: Vec<u32>,
    /// Tokens that read like prose.
    pub good: Vec<u32>,
    pub points: Vec<u32>,
}

impl Sums {
    /// Sums of all lines of a page.
    pub fn new(flat: &Flat) -> Sums {
        let mut sums = Sums::default();
        let (mut tokens, mut linked, mut good, mut points) = (0u32, 0u32, 0u32, 0u32);
        for column in [&mut sums.tokens, &mut sums.linked, &mut sums.good, &mut sums.points] {
            column.reserve(flat.lines.len() + 1);
            column.push(0);
        }
        for (index, line) in flat.lines.iter().enumerate() {
            tokens += line.counts.tokens;
            linked += line.counts.linked;
            good += good_tokens(flat, index);
            points += line.counts.stops + line.counts.commas;
            sums.tokens.push(tokens);
            sums.linked.push(linked);
            sums.good.push(good);
            sums.points.push(points);
        }
        sums
    }
}

/// Tokens of a line that read like prose: outside links, with punctuation, visible.
pub fn good_tokens(flat: &Flat, index: usize) -> u32 {
    let line = &flat.lines[index];
    let counts = &line.counts;
    if line.flags & (flag::HIDDEN | flag::CONTROL | flag::NOSCRIPT) != 0 || counts.linked * 2 > counts.tokens {
        return 0;
    }
    let own = counts.tokens - counts.linked;
    if counts.stops + counts.commas > 0 && own >= 8 {
        own
    } else if own >= 20 {
        own / 4
    } else {
        0
    }
}

/// Sum of `column` over the subtree of element `index`.
pub fn over(flat: &Flat, column: &[u32], index: u32) -> u32 {
    let lines = &flat.elements[index as usize].lines;
    column[lines.end as usize] - column[lines.start as usize]
}

/// The containers.
#[derive(Debug, Clone, Copy, Default)]
pub struct Candidates {
    /// Paragraphs give to their parent and, half as much, to its parent: the best element.
    pub parent: u32,
    /// Most prose less what is not prose.
    pub dense: u32,
    /// The deepest element with 7 of 10 prose tokens of the page.
    pub common: u32,
    /// The element named like a body with most prose; 0 if none.
    pub named: u32,
}

/// Finds the containers.
pub fn candidates(flat: &Flat, sums: &Sums) -> Candidates {
    let count = flat.elements.len();
    let mut score = vec![0f32; count];
    for (index, line) in flat.lines.iter().enumerate() {
        let good = sums.good[index + 1] - sums.good[index];
        if good == 0 {
            continue;
        }
        let points = (line.counts.stops + line.counts.commas) as f32;
        let gain = 1.0 + points.min(10.0) + (good as f32 / 30.0).min(10.0);
        // A line directly inside a container (`<br>` pages) counts for that container, not for the one around it.
        let own = &flat.elements[line.element as usize];
        let own_is_paragraph = own.lines.len() == 1;
        let first = if own_is_paragraph { own.parent } else { line.element };
        score[first as usize] += gain;
        score[flat.elements[first as usize].parent as usize] += gain / 2.0;
    }
    let mut found = Candidates::default();
    let mut best = [0f32; 3];
    let total = *sums.good.last().unwrap_or(&0);
    for index in 0..count as u32 {
        let element = &flat.elements[index as usize];
        if element.lines.is_empty() {
            continue;
        }
        let tokens = over(flat, &sums.tokens, index) as f32;
        let linked = over(flat, &sums.linked, index) as f32;
        let good = over(flat, &sums.good, index) as f32;
        let parent = score[index as usize] * (1.0 - linked / tokens.max(1.0));
        if parent > best[0] {
            best[0] = parent;
            found.parent = index;
        }
        let dense = good - 0.7 * (tokens - good);
        if dense > best[1] {
            best[1] = dense;
            found.dense = index;
        }
        if good > 0.7 * total as f32 {
            found.common = index;
        }
        if element.words & words::BODY != 0 && good > best[2] {
            best[2] = good;
            found.named = index;
        }
    }
    found
}
