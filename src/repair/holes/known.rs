//! Which bytes does a U+FFFD of a text stand for?
//!
//! In: the decoded text of a page with its holes, and a text that was taken from it. Out: the bytes, where there is no doubt. Between the two
//! stands `extract`, which moves text about, so a hole is known by its neighbours: the characters beside it up to markup
//! or white space. Every U+FFFD of the page is entered, those of which nothing is known as well, and where two have the same
//! neighbours and not the same bytes, neither is found.

use crate::hole::Hole;
use memchr::memmem;
use std::collections::HashMap;

/// Neighbours that are looked at on each side.
const SIDE: usize = 4;

/// A page with more U+FFFD than that is no text.
const MOST: usize = 1 << 16;

/// So many with the same nearest neighbours are told apart.
const ALIKE: usize = 16;

/// What stands beside a U+FFFD on one side, the nearest first; NUL behind the last one.
type Side = [char; SIDE];

#[derive(Debug, Clone, Copy, PartialEq)]
struct Entry {
    before: Side,
    behind: Side,
    /// None where the U+FFFD stands for nothing that is known.
    hole: Option<Hole>,
}

/// The U+FFFD of a page by their nearest neighbours.
pub(super) struct Known(HashMap<(char, char), Vec<Entry>>);

impl Known {
    /// Those of a decoded text; `holes` are in order.
    pub(super) fn of(text: &str, holes: &[Hole]) -> Known {
        let mut known = Known(HashMap::new());
        let mut holes = holes.iter().peekable();
        for (count, at) in memmem::find_iter(text.as_bytes(), "\u{FFFD}").enumerate() {
            if count == MOST {
                return Known(HashMap::new());
            }
            while holes.next_if(|hole| hole.at < at).is_some() {}
            let mut hole = holes.next_if(|hole| hole.at == at).copied();
            // Where they stand makes no two of them differ.
            hole.iter_mut().for_each(|hole| hole.at = 0);
            let (before, behind) = sides(text, at);
            let alike = known.0.entry((before[0], behind[0])).or_default();
            let entry = Entry { before, behind, hole };
            if alike.len() <= ALIKE && !alike.contains(&entry) {
                alike.push(entry);
            }
        }
        known
    }

    /// What is known of the U+FFFD at `at` of a text from the page. Markup may end the neighbours earlier in the page than in the text, and
    /// the text may end earlier; of all that agree as far as both go, those that go furthest decide.
    pub(super) fn find(&self, text: &str, at: usize) -> Option<Hole> {
        let (before, behind) = sides(text, at);
        let mut best: (usize, Option<Hole>) = (0, None);
        for key in [(before[0], behind[0]), (before[0], '\0'), ('\0', behind[0]), ('\0', '\0')] {
            let Some(alike) = self.0.get(&key) else { continue };
            if alike.len() > ALIKE {
                return None;
            }
            for entry in alike {
                let Some(fit) = fit(&before, &entry.before).zip(fit(&behind, &entry.behind)) else { continue };
                let whole = usize::from(before == entry.before && behind == entry.behind);
                let common = (fit.0 + fit.1) * 2 + whole;
                best = match common.cmp(&best.0) {
                    std::cmp::Ordering::Greater => (common, entry.hole),
                    std::cmp::Ordering::Equal if best.1 != entry.hole => (common, None),
                    _ => best,
                };
            }
        }
        // One neighbour tells nothing, unless it is all there is.
        best.1.filter(|_| best.0 >= LEAST)
    }
}

/// Two neighbours, or one where there are no others on either side.
const LEAST: usize = 3;

/// How far two sides go together; nothing where they differ before one of them ends.
fn fit(a: &Side, b: &Side) -> Option<usize> {
    let common = a.iter().zip(b).take_while(|(a, b)| a == b && **a != '\0').count();
    let ends = |side: &Side| side.get(common).is_none_or(|&c| c == '\0');
    (ends(a) || ends(b)).then_some(common)
}

/// Whether a character of a page stands the same in its text: neither markup nor what may be an entity of it, nor white space.
fn is_kept(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_alphanumeric() || ",.:!?()-/%".contains(c)
    } else {
        !c.is_whitespace() && c != '\u{FFFD}'
    }
}

/// The neighbours of the U+FFFD at `at`.
fn sides(text: &str, at: usize) -> (Side, Side) {
    let fill = |chars: &mut dyn Iterator<Item = char>| {
        let mut side = ['\0'; SIDE];
        let near = chars.take_while(|&c| is_kept(c));
        side.iter_mut().zip(near).for_each(|(place, c)| *place = c);
        side
    };
    let behind = at + '\u{FFFD}'.len_utf8();
    (fill(&mut text[..at].chars().rev()), fill(&mut text[behind..].chars()))
}
