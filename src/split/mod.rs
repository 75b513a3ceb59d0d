//! Sentence ranges.
//!
//! In: the blocks of one page, all at once, because the document shows which stops it uses. Out: byte ranges into the
//! unchanged texts; every character that is not white space belongs to exactly one range, and ranges neither start nor end
//! with white space. Changing a character, judging a line, joining lines are left to others: a line end always cuts.
//!
//! ```text
//! line → scan (marks: stops, quotes, brackets) → pair → for each stop: extend → judge → cut or refuse, with a rule's name
//! ```
//!
//! A treebank of clean sentences is solved by one regular expression; what is left are quotes, titles, footnotes, ASCII
//! stops and mixed script. They need the context of both sides of a stop, so the cheap part (a byte scan) finds the stops
//! and the costly part (the rules) runs only there. Each rule looks at a bounded window: time is linear for any input.

mod abbreviations;
mod alphabets;
mod ascii;
mod chinese;
mod english;
mod evidence;
mod extend;
mod judge;
mod pair;
mod rules;
mod scan;
mod words;

use std::ops::Range;

use evidence::Evidence;
pub use rules::{RULES, Rule};

/// How to cut.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Cut inside quotes that hold several sentences, or keep each quote in one piece.
    pub quotes: Quotes,
    /// Cut at ； as well. Off: in 208 treebank sentences with ； none ends there.
    pub semicolons: bool,
}

/// What to do with several sentences inside one quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Quotes {
    /// Each sentence of an outer quote stands alone (215 of 248 in gold data); inner quotes stay whole.
    #[default]
    Split,
    /// A quote is never cut.
    Whole,
}

/// What was done at one stop, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Where the stop begins (byte offset into its text).
    pub at: usize,
    /// Where a sentence ends, or would have ended: after closers, footnote marks and emoji that belong to the stop.
    pub end: usize,
    /// The rule that decided; a stable name.
    pub rule: &'static str,
    /// A sentence ends there.
    pub cut: bool,
}

/// Sentence ranges (bytes) of each text; a line end always cuts.
///
/// ```
/// use zonetext::split::{Options, split};
/// let text = "“太好了！”我说。他走了。";
/// let sentences: Vec<&str> = split(&[text], &Options::default())[0].iter().map(|range| &text[range.clone()]).collect();
/// assert_eq!(sentences, ["“太好了！”我说。", "他走了。"]);
/// ```
pub fn split(texts: &[&str], options: &Options) -> Vec<Vec<Range<usize>>> {
    let evidence = Evidence::of(texts);
    let mut room = judge::Room::default();
    let one = |text: &&str| {
        let mut ranges = Vec::with_capacity(text.len() / 96 + 1);
        let mut from = 0;
        room.walk(text, options, &evidence, |decision: Decision| {
            if decision.cut {
                ranges.extend(trimmed(text, from..decision.end));
                from = decision.end;
            }
        });
        ranges
    };
    texts.iter().map(one).collect()
}

/// Every candidate stop of each text with the rule that cut or refused it: the same walk as [`split`], kept.
pub fn explain(texts: &[&str], options: &Options) -> Vec<Vec<Decision>> {
    let evidence = Evidence::of(texts);
    let mut room = judge::Room::default();
    let one = |text: &&str| {
        let mut decisions = Vec::new();
        room.walk(text, options, &evidence, |decision| decisions.push(decision));
        decisions
    };
    texts.iter().map(one).collect()
}

/// The range without white space at its ends; `None` if nothing is left.
fn trimmed(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let start = scan::skip_white(text, range.start);
    let length = text.get(start..range.end).map_or(0, |piece| piece.trim_end().len());
    (length > 0).then_some(start..start + length)
}
