//! The shapes of lines: how many begin and end alike, what heading they stand under.
//!
//! In: the flat page. Out: a few small numbers for each line. Rows of lists begin or end alike where no markup says so (`【name】08-11
//! 16:58 138字 [140/0]`), and what stands under `相关阅读` is seldom text, however long its lines are.

use super::features::{Value, log};
use super::flat::Flat;
use super::phrase::{self, Phrases};
use super::tag::Tag;
use super::words::Map;

/// Characters at each edge of a line that make its shape.
const EDGE: usize = 7;

/// Headings of what is not the text.
const APART: Phrases = phrase::RELATED
    | phrase::MORE
    | phrase::COMMENT
    | phrase::SHARE
    | phrase::RIGHTS
    | phrase::ACCOUNT
    | phrase::PAGER
    | phrase::TOOL;

/// What the shape of a line says.
#[derive(Debug, Clone, Copy, Default)]
pub struct Shape {
    /// Lines of the page with the same beginning and the same end, as logarithms.
    pub heads: Value,
    pub tails: Value,
    /// Holds a time of day.
    pub clock: bool,
    /// Level of the heading it stands under, lines since it, and whether that heads something else than text.
    pub level: Value,
    pub since: Value,
    pub apart: bool,
    /// Paragraphs directly inside its parent.
    pub paragraphs: Value,
}

/// The shapes of all lines.
pub fn shapes(flat: &Flat, phrases: &[Phrases]) -> Vec<Shape> {
    let count = flat.lines.len();
    let mut heads: Map<u32, u32> = Map::default();
    let mut tails: Map<u32, u32> = Map::default();
    let mut paragraphs: Map<u32, u32> = Map::default();
    let edges: Vec<(u32, u32)> = (0..count)
        .map(|index| {
            let text = flat.line(index);
            (edge(text.chars()), edge(text.chars().rev()))
        })
        .collect();
    for (index, (head, tail)) in edges.iter().enumerate() {
        *heads.entry(*head).or_default() += 1;
        *tails.entry(*tail).or_default() += 1;
        let element = &flat.elements[flat.lines[index].element as usize];
        if element.tag == Tag::P {
            *paragraphs.entry(element.parent).or_default() += 1;
        }
    }
    let (mut level, mut since, mut apart) = (0, 255u8, false);
    let shape = |index: usize| {
        let line = &flat.lines[index];
        let element = &flat.elements[line.element as usize];
        let own = element.tag.level();
        let (head, tail) = edges[index];
        let shape = Shape {
            heads: log(heads[&head]),
            tails: log(tails[&tail]),
            clock: line.counts.digits >= 3 && line.counts.tokens <= 80 && has_clock(flat.line(index)),
            level,
            since,
            apart,
            paragraphs: log(paragraphs.get(&element.parent).copied().unwrap_or(0)),
        };
        let short = line.counts.tokens <= 20 && line.counts.stops == 0;
        if own > 0 || short && line.counts.bold == line.counts.tokens || short && phrases[index] & APART != 0 {
            (level, since, apart) = (if own > 0 { own } else { 7 }, 0, phrases[index] & APART != 0);
        } else {
            since = since.saturating_add(1);
        }
        shape
    };
    (0..count).map(shape).collect()
}

/// Letters, digits and Chinese characters each as one sort, other characters as themselves.
fn edge(chars: impl Iterator<Item = char>) -> u32 {
    chars.take(EDGE).fold(7, |hash: u32, c| {
        let sort = match c {
            '0'..='9' => 1,
            'a'..='z' | 'A'..='Z' => 2,
            c if c.is_alphanumeric() => 3,
            c => c as u32,
        };
        (hash.rotate_left(5) ^ sort).wrapping_mul(0x9e37_79b1)
    })
}

fn has_clock(text: &str) -> bool {
    text.as_bytes().windows(4).any(|w| w[0].is_ascii_digit() && w[1] == b':' && w[2].is_ascii_digit() && w[3].is_ascii_digit())
}
