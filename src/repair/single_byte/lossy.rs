//! UTF-8 that was read as windows-1252 where some bytes were lost: the five that the charset does not have, and what looks like a space.
//!
//! In: the characters of a line. Out: faults, each a stretch of Chinese whose lost bytes the character model fills in.

use super::charsets::{CHARSETS, Charset};
use super::{byte_of, is_dense, stretches};
use crate::repair::certainty::{Settled, settle};
use crate::repair::judge::{is_east, price};
use crate::repair::language;
use crate::repair::lattice::{self, Lost, Unit};
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
    let may_be = |charset: &Charset| {
        stretches(line, BYTES, charset).into_iter().any(|(from, to)| has_form(&units(&line[from..to], charset)))
    };
    CHARSETS.iter().take(MOST).any(may_be)
}

/// The charsets that are tried: [`Lost`] has room for as many.
const MOST: usize = 11;

/// What is found in a line: by the charset that has most of its characters, and of those by the one that gives the likelier text.
pub(super) fn faults(desk: &mut Desk, line: &[char]) -> Vec<Fault> {
    let covered = |charset: &Charset| {
        let stretches = stretches(line, BYTES, charset).into_iter();
        stretches.map(|(from, to)| line[from..to].iter().filter(|c| !c.is_ascii()).count()).sum::<usize>()
    };
    let covers: Vec<usize> = CHARSETS.iter().take(MOST).map(covered).collect();
    let most = covers.iter().copied().max().unwrap_or(0);
    let mut best: Option<(i32, Vec<Fault>)> = None;
    for (number, charset) in CHARSETS.iter().enumerate().take(MOST) {
        if most == 0 || covers[number] < most {
            continue;
        }
        let (sum, faults) = read_as(desk, line, number, charset);
        if !faults.is_empty() && best.as_ref().is_none_or(|best| sum < best.0) {
            best = Some((sum, faults));
        }
        // With every byte that windows-1252 has in the line, no other charset is likelier.
        if number == 0 && best.is_some() && line.iter().any(|c| matches!(c, 'ž' | 'Ž')) {
            break;
        }
    }
    best.map(|best| best.1).unwrap_or_default()
}

/// What is found in a line that was read as one charset, and what it costs then.
fn read_as(desk: &mut Desk, line: &[char], number: usize, charset: &'static Charset) -> (i32, Vec<Fault>) {
    let (model, lost) = (desk.model, Lost::Single(number as u8));
    let (mut sum, mut faults) = (0, Vec::new());
    for (from, to) in stretches(line, BYTES, charset) {
        let units = units(&line[from..to], charset);
        if !has_form(&units) {
            continue;
        }
        let Some(decoded) = lattice::decode(model, &units, lost) else { continue };
        let text = &decoded.text;
        let east = text.chars().filter(|&c| is_east(c)).count();
        let price = price(model, text.chars());
        let cheap = price.mean() <= if east >= 6 { 11 * NAT } else { 8 * NAT };
        let plain = number == 0 && east >= PLAIN && is_dense(&line[from..to]);
        let least = (LEAST + charset.rarity) * NAT;
        if east >= 2 && cheap && (plain || language::gain(model, line, from..to, text) >= least) {
            let Some(Settled { text, guesses, lost }) = settle(desk, lost.kind(), decoded) else {
                desk.refuse(line, "too-much-lost");
                continue;
            };
            let rule = if number == 0 { "utf8-as-cp1252-lossy" } else { charset.rule };
            sum += price.sum;
            faults.push(Fault { lost, guesses: guesses.into(), ..Fault::whole(from, to, text, rule) });
        }
    }
    (sum, faults)
}

/// Long stretches that are no UTF-8 by their form are double bytes or language.
fn has_form(units: &[Unit]) -> bool {
    units.len() < 24 || lattice::whole_of(units, 6)
}

fn units(line: &[char], charset: &Charset) -> Vec<Unit> {
    let byte = |at: usize| line.get(at).and_then(|&c| byte_of(c, charset));
    let is_tail = |at: usize| byte(at).is_some_and(|b| b & 0xC0 == 0x80);
    let unit = |(at, &c): (usize, &char)| match byte(at) {
        // A no-break space that became a space: within a character there is no other.
        Some(b' ') if at > 0 && byte(at - 1).is_some_and(|b| b >= 0xE2) && is_tail(at + 1) => Unit::Byte(0xA0),
        Some(b) if c != '?' => Unit::Byte(b),
        _ => Unit::Hole(c),
    };
    line.iter().enumerate().map(unit).collect()
}
