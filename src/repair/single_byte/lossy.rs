//! UTF-8 that was read as windows-1252 where some bytes were lost: the five that the charset does not have, and what looks like a space.
//!
//! In: the characters of a line. Out: faults, each a stretch of Chinese whose lost bytes the character model fills in.

use super::{byte_of, is_dense, stretches};
use crate::edit::Loss;
use crate::repair::judge::{is_east, price};
use crate::repair::language;
use crate::repair::lattice::{self, Unit};
use crate::repair::model::NAT;
use crate::repair::search::{Desk, Fault};

/// What a stretch has to gain by being Chinese, in nats.
const LEAST: i32 = 16;

/// Of so many Chinese characters, and hardly any ASCII between them, no language is asked.
const PLAIN: usize = 6;

/// Bytes above ASCII that a stretch has at least.
const BYTES: usize = 6;

/// Whether a stretch of the line may be such text.
pub(super) fn may_be(line: &[char]) -> bool {
    stretches(line, BYTES).into_iter().any(|(from, to)| has_form(&units(&line[from..to])))
}

/// What is found in a line.
pub(super) fn faults(desk: &mut Desk, line: &[char]) -> Vec<Fault> {
    let model = desk.model;
    let mut faults = Vec::new();
    for (from, to) in stretches(line, BYTES) {
        let units = units(&line[from..to]);
        if !has_form(&units) {
            continue;
        }
        let Some(text) = lattice::decode(model, &units, lattice::Lost::Windows) else { continue };
        let east = text.chars().filter(|&c| is_east(c)).count();
        let cheap = || price(model, text.chars()).mean() <= if east >= 6 { 11 * NAT } else { 8 * NAT };
        let plain = east >= PLAIN && is_dense(&line[from..to]);
        if east >= 2 && cheap() && (plain || language::gain(model, line, from..to, &text) >= LEAST * NAT) {
            faults.push(Fault { from, to, new: text, rule: "utf8-as-cp1252-lossy", lost: Loss::Guessed });
        }
    }
    faults
}

/// Long stretches that are no UTF-8 by their form are double bytes or language.
fn has_form(units: &[Unit]) -> bool {
    units.len() < 24 || lattice::whole_of(units, 6)
}

fn units(line: &[char]) -> Vec<Unit> {
    let unit = |&c: &char| match byte_of(c) {
        Some(b) if c != '?' => Unit::Byte(b),
        _ => Unit::Hole(c),
    };
    line.iter().map(unit).collect()
}
