//! Mirror pages: Simplified pages republished as Traditional by programs that worked on GBK bytes.
//!
//! In: the lines of a document. Out: faults for each line. Here it is decided, for the whole document, whether its
//! pinyin annotations were put in by a program; the search for one line is in `search`.

use super::Without;
use super::judge::{is_han, is_hangul, is_kana};
use super::model::{Model, NAT, Spelling};
use super::pinyin;
use super::scan::commonness;
use super::search::{Desk, Evidence, Fault, Notes, faults, widths};
use std::collections::HashMap;

/// Annotations needed before a document counts as a mirror, when nothing else is wrong with it; and how many make it
/// one even though the annotated characters stand alone elsewhere (pages put together from several sites).
const ENOUGH: usize = 3;
const PLENTY: usize = 12;

/// What a document shows.
#[derive(Debug, Clone, Default)]
pub(super) struct Signs {
    /// Annotations that fit the character before them.
    notes: usize,
    /// Those of characters that only Simplified → Traditional conversion writes.
    converted: usize,
    /// Those with text running on behind them.
    running: usize,
    /// "?" with a syllable and a bracket behind it: no writer does that.
    broken: usize,
    /// Full-width marks, and the same marks in ASCII.
    wide: usize,
    narrow: usize,
    /// How often a character was annotated, and how often it stood alone.
    annotated: HashMap<char, usize>,
    alone: HashMap<char, usize>,
}

impl Signs {
    pub(super) fn add(&mut self, model: &Model, line: &[char]) {
        let (wide, narrow) = widths(line);
        (self.wide, self.narrow) = (self.wide + wide, self.narrow + narrow);
        for (at, syllable) in Notes::of(model, line).all().filter(|n| n.0 > 0) {
            let before = line[at - 1];
            if line[at] == '?' {
                self.broken += 1;
            } else if line[at] == '(' && pinyin::fit(model, before, syllable.sound).is_some() {
                self.notes += 1;
                self.converted += usize::from(matches!(
                    model.spelling(before),
                    Spelling::Converted | Spelling::Second | Spelling::Variant
                ));
                self.running += usize::from(line.get(at + 1 + syllable.len).is_some_and(|c| !c.is_whitespace()));
                *self.annotated.entry(before).or_default() += 1;
            }
        }
    }

    /// Counts the annotated characters that stand alone; a second walk, when the first one found few annotations.
    pub(super) fn add_alone(&mut self, line: &[char]) {
        for pair in line.windows(2) {
            if pair[1] != '(' && self.annotated.contains_key(&pair[0]) {
                *self.alone.entry(pair[0]).or_default() += 1;
            }
        }
    }

    /// Whether [`Signs::add_alone`] has to decide.
    pub(super) fn few(&self) -> bool {
        self.broken == 0 && (ENOUGH..PLENTY).contains(&self.notes)
    }

    pub(super) fn evidence(&self) -> Evidence {
        let program = self.converted * 10 >= self.notes * 9;
        let steady = self.alone.values().sum::<usize>() * 4 <= self.notes && self.running * 4 >= self.notes * 3;
        let annotated = program
            && (self.notes >= PLENTY
                || (self.notes >= ENOUGH && steady)
                || (self.broken > 0 && self.notes + self.broken > 1));
        let price = if annotated { 5 * NAT } else { 9 * NAT };
        Evidence {
            annotated,
            narrow: self.narrow > self.wide,
            price,
            guess: false,
            font: false,
            toneless: false,
            without: Without::default(),
        }
    }
}

/// Mirrors republish Chinese: a line with kana in it (総額○○万!?) is none, where no annotation speaks for it. Nor is one in which "?"
/// stands for whole characters that a charset did not have (京??次的包??有包好): there sound characters follow most of them.
pub(super) fn could_be(line: &[char]) -> bool {
    let holes = line.windows(3).fold(0, |sum, w| match (w[1], is_han(w[0]), w[2]) {
        ('?', true, c) if commonness(c) == 1 => sum + 1,
        ('?', true, ',' | '，' | '!' | '！' | ';' | '；' | ':' | '：') => sum - 1,
        _ => sum,
    });
    let (questions, wide) =
        line.iter().fold((0, 0), |(q, w), &c| (q + usize::from(c == '?'), w + usize::from(is_han(c))));
    holes < HOLES && questions * 10 <= (wide + questions) * MOST_QUESTIONS && !line.iter().any(|&c| is_kana(c))
}

/// Of ten characters so many may be "?". Of 797 slipped lines (`measure.py`) 20 have more; UTF-8 that was read as Big5 has four and more.
const MOST_QUESTIONS: usize = 2;

/// So many "?" for whole characters make a line one of those.
const HOLES: i32 = 3;

/// A fault that nothing but its own characters speaks for must stand in Chinese text: not in an address (`viewtopic.php?t=1`), in syntax
/// (`[ugo]?[[+=]`) or a face (汗?~), and not in a run of U+FFFD, where the bytes are gone for good. Out of step most characters are
/// rare: in 这是?减负?,但 none is, and two quotation marks are gone.
pub(super) fn stands_in_chinese(line: &[char], fault: &Fault, guess: bool) -> bool {
    if !stands_among_han(line, fault) || stands_apart(line, fault) {
        return false;
    }
    let before = fault.from.checked_sub(1).and_then(|at| line.get(at));
    let seen = &line[fault.from..fault.to];
    let ascii = seen.iter().all(char::is_ascii);
    let address = ascii && before.is_some_and(char::is_ascii_alphanumeric);
    if address || seen.contains(&'\u{FFFD}') {
        return false;
    }
    let marked = seen.get(1).is_some_and(|c| ",!?;:，！？；：".contains(*c));
    let wide = seen.iter().filter(|c| !c.is_ascii()).count();
    let sound = seen.iter().filter(|&&c| commonness(c) == 1).count() * 2 > wide;
    guess || if ascii { marked && !before.is_some_and(char::is_ascii) } else { marked || !sound }
}

/// Whether marks stand between spaces: in 一个 ?。? 表示 they are talked about.
fn stands_apart(line: &[char], fault: &Fault) -> bool {
    let space = |at: Option<usize>| at.and_then(|at| line.get(at)).is_none_or(|c| c.is_whitespace());
    let marks = line[fault.from..fault.to].iter().all(|c| !c.is_alphanumeric());
    marks && space(fault.from.checked_sub(1)) && space(Some(fault.to))
}

/// Whether Han characters carry what stands around a fault: a line of Russian in an annotated page lost nothing.
fn stands_among_han(line: &[char], fault: &Fault) -> bool {
    const NEAR: usize = 12;
    let (from, to) = (fault.from.saturating_sub(NEAR), (fault.to + NEAR).min(line.len()));
    let (left, right) = (&line[from..fault.from], &line[fault.to..to]);
    let count = |test: fn(char) -> bool| left.iter().chain(right).filter(|&&c| test(c)).count();
    count(is_han) > count(|c| c.is_alphabetic() && !is_han(c)) || count(is_han) >= NEAR / 2
}

/// Question marks of a line beyond which it is searched only where they are few among its characters: a slip leaves one "?" in four
/// characters at most, and 65,536 pairs of "①?" took 1.5 GB.
const QUESTIONS: usize = 512;

/// Whether a line is question marks more than text.
fn is_flooded(line: &[char]) -> bool {
    let questions = line.iter().filter(|&&c| c == '?').count();
    questions > QUESTIONS && questions * 4 > line.len()
}

/// The faults of one line.
pub(super) fn mend(desk: &mut Desk, line: &[char], evidence: Evidence) -> Vec<Fault> {
    if is_flooded(line) {
        return Vec::new();
    }
    let notes = evidence.annotated && line.contains(&'(');
    if notes || line.contains(&'?') { faults(desk, line, evidence) } else { Vec::new() }
}

/// Whether a line shows where a mirror program cut bytes: "?" with a mark or a reading behind it.
pub(super) fn is_cut(line: &[char]) -> bool {
    line.windows(2).any(|pair| pair[0] == '?' && (",!?;:，！？；：".contains(pair[1]) || pinyin::is_letter(pair[1])))
}

/// Whether a byte may be looked for that is gone from a line: of Japanese and Korean the model knows nothing, annotated lines are searched
/// already, and of one byte no more than one U+FFFD is left. Out of step a kana stands alone.
pub(super) fn could_lose(line: &[char], evidence: Evidence) -> bool {
    let count = |test: fn(char) -> bool| line.iter().filter(|&&c| test(c)).count();
    let pairs = line.windows(2).filter(|pair| is_kana(pair[0]) && is_kana(pair[1])).count();
    let kana = count(is_kana);
    let japanese = pairs > 1 || kana > 2 && kana * 8 > count(is_han);
    let gone = count(|c| c == '\u{FFFD}');
    !evidence.annotated && !japanese && gone < 2 && !line.iter().any(|&c| is_hangul(c))
}
