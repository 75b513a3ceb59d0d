//! Which opener belongs to which closer, within one line.
//!
//! In: the marks of a line. Out: for each mark the index of its partner, if it has one. Quotes and brackets without a
//! partner count as depth 0: a quote that goes on over several paragraphs must not keep its sentences together.

use super::chinese::is_closed_mark;
use super::scan::{Mark, Pair, Sign};

/// No partner.
pub(super) const ALONE: u32 = u32::MAX;

/// How many open marks above its opener a closer may pass over; bounds the work on hostile nesting.
const REACH: usize = 8;

/// A title with a stop and more bytes than this is two stray brackets (the longest real title seen is under 60 characters).
const LONGEST_TITLE: usize = 300;

/// Fills `partners` for `marks`; straight quotes become openers or closers.
pub(super) fn pair(line: &str, marks: &mut [Mark], partners: &mut Vec<u32>, open: &mut Vec<u32>) {
    partners.clear();
    partners.resize(marks.len(), ALONE);
    open.clear();
    for i in 0..marks.len() {
        if marks[i].sign == Sign::Straight {
            marks[i].sign = straight(line, &marks[i], marks, open);
        }
        match marks[i].sign {
            Sign::Open(pair) => {
                if pair.is_quote()
                    && let Some(place) = opener(pair, marks, open)
                {
                    // Nobody nests a quote in one of its own kind: the closer of the earlier one is missing.
                    open.truncate(place);
                }
                open.push(i as u32);
            }
            Sign::Close(pair) => {
                if let Some(place) = opener(pair, marks, open) {
                    let from = open[place];
                    open.truncate(place);
                    if !(pair.is_title() && marks[i].stop() - marks[from as usize].start() > LONGEST_TITLE) {
                        partners[i] = from;
                        partners[from as usize] = i as u32;
                    }
                }
            }
            _ => {}
        }
    }
}

/// Place of the nearest open mark of this kind.
fn opener(pair: Pair, marks: &[Mark], open: &[u32]) -> Option<usize> {
    let near = open.len().saturating_sub(REACH);
    (near..open.len()).rev().find(|&place| marks[open[place] as usize].sign == Sign::Open(pair))
}

/// `"` closes if one is open, else it opens, unless white space says otherwise: `5" wide`, `he said. "No`. It may also
/// close a “ (“怎么样？"), and then it takes its kind.
fn straight(line: &str, mark: &Mark, marks: &[Mark], open: &[u32]) -> Sign {
    let before = line[..mark.start()].chars().next_back();
    let after = line[mark.stop()..].chars().next();
    let space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    if opener(Pair::Straight, marks, open).is_some() {
        let must_open = before.is_some_and(char::is_whitespace) && after.is_some_and(|c| c.is_ascii_alphanumeric());
        return if must_open { Sign::Open(Pair::Straight) } else { Sign::Close(Pair::Straight) };
    }
    if before.is_some_and(is_closed_mark) && opener(Pair::Double, marks, open).is_some() {
        return Sign::Close(Pair::Double);
    }
    let can_open = !space(after) && !before.is_some_and(|c| c.is_ascii_digit());
    if can_open || space(before) { Sign::Open(Pair::Straight) } else { Sign::Close(Pair::Straight) }
}
