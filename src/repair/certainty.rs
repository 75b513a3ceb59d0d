//! How certain a character is that was chosen by likelihood.
//!
//! In: what the readings cost that lost to the one that was taken, and at which characters they differ from it. Out: for each guessed
//! character how often such a choice is right, of 100. A reading that costs one nat more is e times less likely.

use super::lattice::Decoded;
use super::model::{Model, NAT, Spelling};
use super::scan::commonness;
use super::search::Desk;
use crate::edit::Loss;

/// A kind of guess, and how it is judged.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kind {
    /// What its rivals weigh more than the model says: where whole decoders or places are in doubt, the model is surer than it should be.
    rivals: f64,
    /// What a character must reach to be written, of 100.
    least: u8,
    /// Of the characters beyond ASCII of a line at most so many of 100 may be guessed. Titles of which half the bytes are lost
    /// (CrawlScript/WebCollector 108) have sixty.
    most: usize,
}

/// Each kind with its two figures, measured on text that nothing was tuned on (`tables/repair/measure.py`): at these, 95 and more of 100
/// characters that are written are right.
pub(super) const WINDOWS: Kind = Kind { rivals: 1.0, least: 70, most: 65 };
pub(super) const GBK: Kind = Kind { rivals: 1.2, least: 75, most: 45 };
pub(super) const DOUBLE: Kind = Kind { rivals: 2.5, least: 88, most: 45 };
pub(super) const LOST_BYTE: Kind = Kind { rivals: 2.0, least: 97, most: 100 };
pub(super) const SLIP: Kind = Kind { rivals: 1.5, least: 25, most: 100 };

/// A slip of a page that no program annotated has nothing but its characters to speak for it.
pub(super) const BARE_SLIP: Kind = Kind { rivals: 1.5, least: 50, most: 100 };

/// A rare character needs to be as certain as this.
const LEAST_OF_RARE: u8 = 90;

/// Of the characters beyond ASCII of a line at most so many of 100 may be left open.
const MOST_OPEN: usize = 12;

impl Kind {
    /// How often a choice is right whose rivals weigh `others` together.
    pub(super) fn percent(self, others: f64) -> u8 {
        (100.0 / (1.0 + others * self.rivals)) as u8
    }

    /// Whether a character that is as certain as that is written.
    pub(super) fn allows(self, c: char, certainty: u8) -> bool {
        certainty >= if commonness(c) == 3 { LEAST_OF_RARE.max(self.least) } else { self.least }
    }
}

/// Readings that cost so much more count for nothing.
pub(super) const FAR: i32 = 7 * NAT;

/// Two ways are followed back so far at most: hostile lines have rivals without end that never met before.
const FURTHEST: usize = 128;

/// The weight of a reading that costs `more` than the one taken, which weighs 1.
pub(super) fn weight(more: i32) -> f64 {
    (-f64::from(more) / f64::from(NAT)).exp()
}

/// A reading that lost where another came to the same state: from there on both go the same way.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rival {
    /// The last node of the one that went on, and of the one that did not.
    pub of: u32,
    pub other: u32,
    /// What that one cost more.
    pub more: i32,
}

/// What the rivals of the characters on a way weigh. `before` gives the node before a node, which has a lower number; `same` tells whether
/// a node says the same as that of another way, given by its nodes from the last one on, of which one has the number of the node as seen
/// from the end. The way is given by its nodes in order.
pub(super) fn weigh(
    way: &[u32],
    rivals: &[Rival],
    before: impl Fn(u32) -> u32,
    same: impl Fn(u32, &[u32], usize) -> bool,
) -> Vec<f64> {
    let mut others = vec![0.0; way.len()];
    for rival in rivals {
        let Ok(place) = way.binary_search(&rival.of) else { continue };
        // Both ways back to where they part.
        let (mut own, mut other, mut tail) = (rival.of, rival.other, Vec::new());
        let mut length = 0;
        while own != other && length + tail.len() < FURTHEST {
            if own > other {
                (own, length) = (before(own), length + 1);
            } else {
                tail.push(other);
                other = before(other);
            }
        }
        let weight = weight(rival.more);
        for back in 0..length {
            let Some(at) = place.checked_sub(back) else { break };
            if !same(way[at], &tail, back) {
                others[at] += weight;
            }
        }
    }
    others
}

/// A text whose doubtful characters are left open.
#[derive(Debug)]
pub(super) struct Settled {
    pub text: String,
    pub guesses: Vec<(usize, u8)>,
    pub lost: Loss,
}

/// Leaves U+FFFD where no character is certain enough. Nothing where the line as a whole is not: so much of it was lost, or so much left
/// open, that what is written cannot be trusted, or what was guessed mixes the scripts. Where the user asked for guesses all are written.
pub(super) fn settle(desk: &Desk, kind: Kind, decoded: Decoded) -> Option<Settled> {
    let chars: Vec<char> = decoded.text.chars().collect();
    if decoded.guesses.is_empty() {
        return Some(Settled { text: decoded.text, guesses: Vec::new(), lost: Loss::Nothing });
    }
    if desk.asked {
        return Some(Settled { text: decoded.text, guesses: decoded.guesses, lost: Loss::Guessed });
    }
    let written = |&&(at, certainty): &&(usize, u8)| kind.allows(chars[at], certainty);
    let guesses: Vec<(usize, u8)> = decoded.guesses.iter().filter(written).copied().collect();
    let wide = chars.iter().filter(|c| !c.is_ascii()).count();
    let open = decoded.guesses.len() - guesses.len();
    if decoded.guesses.len() * 100 > wide * kind.most
        || open * 100 > wide * MOST_OPEN
        || is_mixed(desk.model, &chars, &guesses)
    {
        return None;
    }
    let mut text = String::with_capacity(decoded.text.len());
    let mut asked = decoded.guesses.iter().peekable();
    for (at, &c) in chars.iter().enumerate() {
        let guess = asked.next_if(|guess| guess.0 == at);
        text.push(if guess.as_ref().is_none_or(written) { c } else { char::REPLACEMENT_CHARACTER });
    }
    let lost = if open > 0 { Loss::Gone } else { Loss::Guessed };
    Some(Settled { text, guesses, lost })
}

/// Whether characters were guessed that only one script has, in a line that is written in the other one.
fn is_mixed(model: &Model, chars: &[char], guesses: &[(usize, u8)]) -> bool {
    let side = |c: char| match model.spelling(c) {
        Spelling::Converted => 1,
        Spelling::Simplified => -1,
        _ => 0,
    };
    let all: i32 = chars.iter().map(|&c| side(c)).sum();
    guesses.iter().any(|&(at, _)| side(chars[at]) * all.signum() < 0)
}
