//! Where in a line a byte may be gone: a look at each character, no model.
//!
//! Only stretches that Han characters carry are looked at: Greek and Cyrillic letters are characters of GBK too, and a Russian page is
//! none that lost a byte in each line.

use crate::repair::alphabet;
use crate::repair::gbk;
use crate::repair::judge::is_han;
use crate::repair::scan::commonness;
use std::ops::Range;

/// Out of step half of the characters are rare: so much of a few neighbours has to be.
const NEAR: usize = 6;
const RARE: u8 = 6;

/// Of sound text out of step hardly one character is common, of what was out of step most: so much of the few has to be.
const SHIFTED: u8 = 5;

/// What is looked at before the first suspicious character and behind the last one.
const BEFORE: usize = 12;
const BEHIND: usize = 6;

/// The longest stretch that is looked at as one.
const LONGEST: usize = 4_096;

/// The stretches of a line that deserve a look, in order; more of them where the user asked for guesses. No stretch holds a word of an
/// alphabet.
pub(super) fn windows(line: &[char], asked: bool) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    let end = line.len();
    for word in alphabet::words(line).chain(std::iter::once(end..end)) {
        within(line, start..word.start, asked, &mut found);
        start = word.end;
    }
    found.retain(|window| carried(&line[window.clone()]));
    found
}

/// Adds the stretches of a part of the line.
fn within(line: &[char], part: Range<usize>, asked: bool, found: &mut Vec<Range<usize>>) {
    let first = found.len();
    let mut sum = 0u8;
    let mut last = [0u8; NEAR];
    for at in part.clone() {
        let rarity = rarity(line[at]);
        sum = sum + rarity - std::mem::replace(&mut last[at % NEAR], rarity);
        if (sum < RARE || !asked && !shifted(line, at)) && !marked(line, at, asked, sum) {
            continue;
        }
        let (from, to) = (at.saturating_sub(BEFORE).max(part.start), (at + 1 + BEHIND).min(part.end));
        match found[first..].last_mut() {
            Some(before) if before.end >= from && to - before.start <= LONGEST => before.end = to,
            _ => found.push(from.max(found[first..].last().map_or(0, |before| before.end.min(at)))..to),
        }
    }
}

/// Whether Han characters carry a stretch: letters of other scripts are fewer.
fn carried(window: &[char]) -> bool {
    let han = window.iter().filter(|&&c| is_han(c)).count();
    let letters = window.iter().filter(|&&c| alphabet::is_letter(c)).count();
    han > letters
}

/// Whether the last few characters are common ones when read out of step.
fn shifted(line: &[char], at: usize) -> bool {
    let pairs = line[at.saturating_sub(NEAR)..=at].windows(2);
    let points = pairs.map(|pair| {
        let (before, c) = (gbk::wide_pair_of(pair[0]), gbk::wide_pair_of(pair[1]));
        match before.zip(c).and_then(|(before, c)| gbk::char_of(before.1, c.0)) {
            Some(c) if commonness(c) == 1 || matches!(c, '，' | '。' | '、') => 2,
            Some(c) if commonness(c) == 2 => 1,
            _ => 0,
        }
    });
    points.sum::<u8>() >= SHIFTED
}

/// A sign that stands where a byte was lost, or where what is out of step ends.
fn marked(line: &[char], at: usize, asked: bool, sum: u8) -> bool {
    let before = at.checked_sub(1).map_or('\n', |at| line[at]);
    let next = line.get(at + 1).copied().unwrap_or('\n');
    match line[at] {
        '\u{FFFD}' => true,
        // In sound text it stands for a character that a font had.
        '\u{E000}'..='\u{E865}' => {
            asked || sum > 0 || commonness(next) != 1 && !matches!(next, '，' | '。' | '、' | '\n')
        }
        // "?]" and "?。?" are questions in brackets and signs that are talked about.
        '?' => {
            (next.is_ascii_alphabetic() || next >= '\u{80}')
                && (before >= '\u{80}' || is_han(next))
                && (asked || !runs_on(&line[at + 1..]))
        }
        // What tables, paths and code are marked with.
        '[' | '\\' | ']' | '`' | '|' => false,
        // A letter between characters is a word of its own (A股), unless it may end a character.
        '@'..='~' => is_han(before) && next >= '\u{2E80}' && (asked || closes(line, at)),
        '€' => is_han(before),
        _ => false,
    }
}

/// Whether a letter may be the second byte of a character: of one that is known, whose first is the last byte before it, or of any in
/// text that has such characters. Traditional text has, of Simplified characters hardly one has a letter in it.
fn closes(line: &[char], at: usize) -> bool {
    let common = |c: char| matches!(commonness(c), 1 | 2);
    let lettered = |c: char| common(c) && gbk::wide_pair_of(c).is_some_and(|pair| pair.1 < 0x80);
    let last = gbk::wide_pair_of(line[at - 1]).and_then(|pair| gbk::char_of(pair.1, line[at] as u8));
    let near = &line[at.saturating_sub(BEFORE)..(at + BEFORE).min(line.len())];
    last.is_some_and(common) || near.iter().any(|&c| lettered(c))
}

/// Whether what follows a "?" is sound: out of step most characters would be rare, up to a sign that ends it.
pub(in crate::repair) fn runs_on(behind: &[char]) -> bool {
    let (mut sound, mut others) = (0, 0);
    for (at, &c) in behind.iter().take(AHEAD).enumerate() {
        match c {
            '，' | '。' | '！' | '？' | '；' | '：' | '、' => return at > 0 && others == 0,
            _ if commonness(c) == 1 => sound += 1,
            '\u{3000}' | '《'..='】' | '“' | '”' | '（' | '）' => sound += 1,
            _ if commonness(c) > 1 => others += 1,
            _ => return false,
        }
    }
    sound >= others * 2
}

/// So many characters behind a "?" tell.
const AHEAD: usize = 6;

/// How seldom a character stands in sound Chinese text.
pub(in crate::repair) fn rarity(c: char) -> u8 {
    match commonness(c) {
        2 => 1,
        3 => 2,
        _ if matches!(c, '\u{2E80}'..='\u{2FFF}' | '\u{3021}'..='\u{33FF}' | '\u{2100}'..='\u{266F}' | '\u{370}'..='\u{4FF}') => {
            2
        }
        _ => 0,
    }
}
