//! What one line shows before it is searched: its annotations, its script, the width of its punctuation.

use super::Evidence;
use crate::repair::model::{Model, NAT, Spelling};
use crate::repair::pinyin::{self, Syllable};
use crate::repair::scan::commonness;

/// The syllables with a closing bracket, each by the place of the "(" or "?" before it.
pub(in crate::repair) struct Notes(Vec<(u32, Syllable)>);

impl Notes {
    pub(in crate::repair) fn of(model: &Model, line: &[char]) -> Notes {
        let starts = line.iter().enumerate().filter(|(_, c)| matches!(**c, '(' | '?' | '\u{FFFD}'));
        Notes(starts.filter_map(|(at, _)| Some((at as u32, pinyin::syllable(model, &line[at + 1..])?))).collect())
    }

    /// The syllable behind the sign at a place.
    pub(super) fn at(&self, place: usize) -> Option<Syllable> {
        self.0.binary_search_by_key(&(place as u32), |n| n.0).ok().map(|n| self.0[n].1)
    }

    pub(super) fn any(&self) -> bool {
        !self.0.is_empty()
    }

    /// Each with its place.
    pub(in crate::repair) fn all(&self) -> impl Iterator<Item = (usize, Syllable)> {
        self.0.iter().map(|&(at, syllable)| (at as usize, syllable))
    }

    /// The characters that stand annotated.
    pub(super) fn listed(&self, model: &Model, line: &[char]) -> Listed {
        let noted = self.all().filter(|&(at, _)| at > 0 && line[at] == '(').map(|(at, s)| (line[at - 1], s));
        let mut found: Vec<char> =
            noted.filter(|(c, s)| pinyin::fit(model, *c, s.sound).is_some()).map(|n| n.0).collect();
        found.sort_unstable();
        found.dedup();
        Listed { mask: found.iter().fold(0, |mask, &c| mask | Listed::bit(c)), chars: found }
    }
}

/// The characters that a line annotates.
#[derive(Debug, Default)]
pub(super) struct Listed {
    /// Sorted.
    chars: Vec<char>,
    /// A bit for each, by its last six bits: most characters are told by that alone.
    mask: u64,
}

impl Listed {
    fn bit(c: char) -> u64 {
        1 << (c as u32 & 63)
    }

    pub(super) fn has(&self, c: char) -> bool {
        self.mask & Listed::bit(c) != 0 && self.chars.binary_search(&c).is_ok()
    }
}

/// What a converted character without its reading costs in a line (in model units): of the characters that conversion writes, most lines of a
/// mirror annotate all, or those of a list; where `noted` of them have their reading and `bare` have not, one more without is as rare.
pub(super) fn unnoted(model: &Model, notes: &Notes, line: &[char]) -> i32 {
    let is_noted =
        |&(at, _): &(usize, Syllable)| at > 0 && line[at] == '(' && is_converted(model.spelling(line[at - 1]));
    let noted = notes.all().filter(is_noted).count();
    let bare = line
        .windows(2)
        .filter(|w| !matches!(w[1], '(' | '?') && commonness(w[0]) == 1 && is_converted(model.spelling(w[0])))
        .count();
    let odds = (noted + bare + 1) as f32 / (bare + 1) as f32;
    (odds.ln() * NAT as f32 * 1.0) as i32
}

/// Whether only Simplified → Traditional conversion writes a character: such ones are annotated.
pub(super) fn is_converted(spelling: Spelling) -> bool {
    matches!(spelling, Spelling::Converted | Spelling::Second | Spelling::Variant)
}

/// Above zero when the line is Traditional, below when it is Simplified. Only common characters count: the random characters of a
/// slipped stretch seldom are.
pub(in crate::repair) fn script(model: &Model, line: &[char]) -> i32 {
    let common = line.iter().filter(|&&c| commonness(c) == 1);
    common.fold(0, |sum, &c| match model.spelling(c) {
        Spelling::Converted => sum + 1,
        Spelling::Simplified => sum - 1,
        _ => sum,
    })
}

/// Whether a line, or failing that its document, has its punctuation folded to ASCII.
pub(super) fn narrow(notes: &Notes, line: &[char], evidence: Evidence) -> bool {
    let (mut wide, mut narrow) = widths(line);
    if wide == narrow {
        // Brackets say less: many a page has Latin ones and Chinese commas.
        wide = line.iter().filter(|&&c| c == '（').count();
        narrow = (0..line.len()).filter(|&at| line[at] == '(' && notes.at(at).is_none()).count();
    }
    if wide == narrow { evidence.narrow } else { narrow > wide }
}

/// How many marks of a line are full-width ones, and how many the same marks in ASCII. Those inside a number are always ASCII.
pub(in crate::repair) fn widths(line: &[char]) -> (usize, usize) {
    let digit = |at: Option<usize>| at.and_then(|at| line.get(at)).is_some_and(char::is_ascii_digit);
    let (mut wide, mut narrow) = (0, 0);
    for (at, c) in line.iter().enumerate() {
        match c {
            '，' | '！' | '？' | '；' | '：' => wide += 1,
            ',' | ':' if digit(at.checked_sub(1)) && digit(Some(at + 1)) => {}
            ',' | '!' | ';' | ':' => narrow += 1,
            _ => {}
        }
    }
    (wide, narrow)
}
