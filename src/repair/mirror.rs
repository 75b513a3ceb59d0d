//! Mirror pages: Simplified pages republished as Traditional by programs that worked on GBK bytes.
//!
//! In: the lines of a document. Out: faults for each line. Here it is decided, for the whole document, whether its
//! pinyin annotations were put in by a program; the search for one line is in `search`.

use super::model::{Model, NAT, Spelling};
use super::pinyin;
use super::search::{Evidence, Fault, faults};

/// Annotations needed before a document counts as a mirror, when nothing else is wrong with it.
const ENOUGH: usize = 6;

/// What a document shows.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Signs {
    /// Annotations that fit the character before them.
    notes: usize,
    /// Those of characters that only Simplified → Traditional conversion writes.
    converted: usize,
    /// "?" with a syllable and a bracket behind it: no writer does that.
    broken: usize,
}

impl Signs {
    pub(super) fn add(&mut self, model: &Model, line: &[char]) {
        for (at, &c) in line.iter().enumerate() {
            if (c != '(' && c != '?') || at == 0 {
                continue;
            }
            let Some(len) = pinyin::syllable(&line[at + 1..]) else { continue };
            if c == '?' {
                self.broken += 1;
            } else if pinyin::fit(model, line[at - 1], &line[at + 1..at + 1 + len]).is_some() {
                self.notes += 1;
                self.converted +=
                    usize::from(matches!(model.spelling(line[at - 1]), Spelling::Converted | Spelling::Variant));
            }
        }
    }

    pub(super) fn evidence(&self) -> Evidence {
        let program = self.converted * 10 >= self.notes * 9;
        let annotated = program && (self.notes >= ENOUGH || (self.broken > 0 && self.notes + self.broken > 1));
        Evidence { annotated, price: if annotated { 5 * NAT } else { 9 * NAT } }
    }
}

/// The faults of one line.
pub(super) fn mend(model: &Model, line: &[char], evidence: Evidence) -> Vec<Fault> {
    faults(model, line, evidence)
}
