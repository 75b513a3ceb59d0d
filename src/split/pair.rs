//! Which opener belongs to which closer, within one line.
//!
//! In: the marks of a line. Out: for each mark the index of its partner, if it has one. Quotes and brackets without a
//! partner count as depth 0: a quote that goes on over several paragraphs must not keep its sentences together.

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
        let mut mark = marks[i];
        if mark.sign == Sign::Straight {
            mark.sign = straight(line, &mark, marks, open);
            marks[i].sign = mark.sign;
            if mark.sign == Sign::Open(Pair::Straight)
                && let Some(place) = opener(Pair::Straight, marks, open)
            {
                // A straight quote is not nested in itself: the closer of the earlier one is missing.
                open.truncate(place);
            }
        }
        match mark.sign {
            Sign::Open(_) => open.push(i as u32),
            Sign::Close(pair) => {
                if let Some(place) = opener(pair, marks, open) {
                    let from = open[place];
                    open.truncate(place);
                    if !(pair.is_title() && mark.stop() - marks[from as usize].start() > LONGEST_TITLE) {
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

/// `"` closes if one is open, else it opens, unless white space says otherwise: `5" wide`, `he said. "No`.
fn straight(line: &str, mark: &Mark, marks: &[Mark], open: &[u32]) -> Sign {
    let before = line[..mark.start()].chars().next_back();
    let after = line[mark.stop()..].chars().next();
    let space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let is_open = opener(Pair::Straight, marks, open).is_some();
    let can_open = !space(after) && !before.is_some_and(|c| c.is_ascii_digit());
    let must_open = before.is_some_and(char::is_whitespace) && after.is_some_and(|c| c.is_ascii_alphanumeric());
    if is_open && !must_open || !is_open && !can_open && !space(before) {
        Sign::Close(Pair::Straight)
    } else {
        Sign::Open(Pair::Straight)
    }
}
