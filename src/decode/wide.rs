//! UTF-16 and UTF-32.
//!
//! In: bytes. Out: which of them it is without a byte order mark, and the text of either. A lost byte turns the rest of a
//! UTF-16 page inside out, so the reader looks back after every stretch that is no text and steps over one byte where
//! that mends it.

use super::character::{self, Script};
use super::guess;
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

/// How many bytes of the head are judged.
const HEAD: usize = 1024;

/// What UTF-16 costs, as a reading of the head, in the better byte order.
pub(super) struct Wide {
    pub encoding: &'static Encoding,
    /// Sixteenths of a nat, for `units` units of two bytes.
    pub cost: u32,
    pub units: u32,
}

/// The better byte order, and its price.
pub(super) fn judge(bytes: &[u8]) -> Wide {
    let head = &bytes[..bytes.len().min(HEAD)];
    let little = price(head, false);
    let big = price(head, true);
    let (encoding, cost) = if little <= big { (UTF_16LE, little) } else { (UTF_16BE, big) };
    Wide { encoding, cost, units: (head.len() / 2) as u32 }
}

fn unit(pair: &[u8], big: bool) -> u16 {
    match (pair, big) {
        (&[a, b, ..], true) => u16::from_be_bytes([a, b]),
        (&[a, b, ..], false) => u16::from_le_bytes([a, b]),
        _ => 0,
    }
}

/// The price of bytes as UTF-16 text, in the cheapest of the Han scripts; alphabets go by block.
fn price(bytes: &[u8], big: bool) -> u32 {
    let english = guess::english();
    let mut sums = [(Script::Hans, 0_u32), (Script::Hant, 16), (Script::Jpan, 16), (Script::Kore, 16)];
    let (mut before, mut unit_before) = (guess::ascii(b' '), 0);
    for pair in bytes.chunks_exact(2) {
        let unit = unit(pair, big);
        if unit < 0x80 {
            let seen = guess::ascii(unit as u8);
            let price = if unit == 0 { 160 } else { english.follow(before, seen).min(100 + u32::from(seen.cost)) };
            sums.iter_mut().for_each(|sum| sum.1 += price);
            before = seen;
        } else {
            sums.iter_mut().for_each(|sum| sum.1 += u32::from(letter(unit, unit_before, sum.0)));
            before = guess::ascii(b' ');
        }
        unit_before = unit;
    }
    sums.into_iter().map(|sum| sum.1).min().unwrap_or(0)
}

/// One unit above ASCII. Letters of an alphabet are believed beside letters of the same alphabet.
fn letter(unit: u16, before: u16, script: Script) -> u8 {
    let same = unit >> 8 == before >> 8;
    match unit {
        0xa0..=0x17f if before < 0x180 => 110,
        0x370..=0x6ff | 0xe00..=0xe7f => {
            if same || before < 0x80 {
                64
            } else {
                130
            }
        }
        0x1ea0..=0x1eff if before < 0x1f00 => 110,
        0x2013..=0x2014 | 0x2018..=0x201e | 0x2026 | 0x20ac if before < 0x600 => 100,
        0x2000..=0x20ff if !matches!(unit, 0x2014 | 0x2018..=0x201d | 0x2026) => 235,
        0xfeff => 16,
        0xfffe => 250,
        0xd83c..=0xd83e => 120,
        0xdc00..=0xdfff if (0xd800..0xdc00).contains(&before) => 60,
        _ => char::from_u32(unit.into()).map_or(250, |c| character::cost(c, script)),
    }
}

/// Reads UTF-16. Gives the text and how many bytes stood for nothing.
pub(super) fn utf16(bytes: &[u8], big: bool) -> (String, usize) {
    let (mut text, mut undecodable) = (String::with_capacity(bytes.len() * 3 / 2), 0);
    let mut at = 0;
    while at < bytes.len() {
        let end = in_step(bytes, at, big);
        let units = bytes[at..end].chunks_exact(2).map(|pair| unit(pair, big));
        for read in char::decode_utf16(units) {
            undecodable += if read.is_err() { 2 } else { 0 };
            text.push(read.unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        at = end;
        if at < bytes.len() {
            text.push(char::REPLACEMENT_CHARACTER);
            undecodable += 1;
            at += 1;
        }
    }
    (text, undecodable)
}

/// Up to where the bytes from `at` on are in step: the end, or where leaving out one byte makes text of what follows.
fn in_step(bytes: &[u8], at: usize, big: bool) -> usize {
    /// Bytes judged at a time.
    const STRETCH: usize = 64;
    let mut from = at;
    while from + STRETCH < bytes.len() {
        let stretch = &bytes[from..from + STRETCH];
        if (stretch.len() / 2 * 170) as u32 > quick(stretch, big) {
            from += STRETCH;
            continue;
        }
        // Only now is the price worth its time: this stretch and the one before, at every place a byte may be missing.
        let start = from.saturating_sub(STRETCH).max(at);
        let end = (from + STRETCH + 1).min(bytes.len());
        let window = &bytes[start..end];
        let whole = price(window, big);
        let split =
            (0..window.len()).step_by(2).map(|cut| (price(&window[..cut], big) + price(&window[cut + 1..], big), cut));
        match split.min() {
            Some((cost, cut)) if cost + 400 < whole => return start + cut,
            _ => from += STRETCH,
        }
    }
    bytes.len() - (bytes.len() - at) % 2
}

/// A cheap stand-in for [`price`]: units that are ASCII, kana, common Han or full width cost little.
fn quick(stretch: &[u8], big: bool) -> u32 {
    let cost = |unit: u16| match unit {
        1..=0x7f | 0x3000..=0x30ff | 0xff00..=0xff5e => 60,
        0 => 160,
        0x80..=0x6ff | 0xe00..=0xe7f => 100,
        _ => char::from_u32(unit.into()).map_or(250, |c| {
            [Script::Hans, Script::Hant, Script::Jpan, Script::Kore]
                .iter()
                .map(|&s| character::cost(c, s))
                .min()
                .unwrap_or(250)
        }),
    };
    stretch.chunks_exact(2).map(|pair| u32::from(cost(unit(pair, big)))).sum()
}

/// Whether the bytes are UTF-32, by its two or more zeros in every unit, and in which order.
pub(super) fn is_utf32(bytes: &[u8]) -> Option<bool> {
    let head = &bytes[..bytes.len().min(HEAD) / 4 * 4];
    if head.len() < 16 {
        return None;
    }
    let all = |big: bool| {
        head.chunks_exact(4).all(|four| {
            let code = utf32_unit(four, big);
            code != 0 && char::from_u32(code).is_some()
        })
    };
    [true, false].into_iter().find(|&big| all(big))
}

fn utf32_unit(four: &[u8], big: bool) -> u32 {
    match (four, big) {
        (&[a, b, c, d], true) => u32::from_be_bytes([a, b, c, d]),
        (&[a, b, c, d], false) => u32::from_le_bytes([a, b, c, d]),
        _ => u32::MAX,
    }
}

/// Reads UTF-32. Gives the text and how many bytes stood for nothing.
pub(super) fn utf32(bytes: &[u8], big: bool) -> (String, usize) {
    let (mut text, mut undecodable) = (String::with_capacity(bytes.len()), 0);
    for four in bytes.chunks(4) {
        let c = char::from_u32(utf32_unit(four, big));
        undecodable += if c.is_none() { four.len() } else { 0 };
        text.push(c.unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    (text, undecodable)
}
