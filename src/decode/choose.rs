//! Which legacy encoding, and is the page UTF-8 besides?
//!
//! In: bytes that are not UTF-8 as a whole. Out: their text. The words that are not UTF-8 choose the legacy encoding: what is
//! declared, if it reads them about as cheaply as anything does, else the cheapest. The larger part of the page is its charset.

use super::character::{BROKEN, RARE};
use super::declared::declared;
use super::evidence::{self, Evidence};
use super::guess::{self, Guess};
use super::label::{self, Charset};
use super::reading::{Legacy, Reader};
use super::{Found, From, Read, cns, marks, pairs, without_marks};
use crate::hole::Hole;
use encoding_rs::{Encoding, REPLACEMENT};
use std::borrow::Cow;

/// What the words that are not UTF-8 are.
struct Choice {
    charset: Charset,
    from: From,
}

/// Reads bytes that are not UTF-8 as a whole.
pub(super) fn mixed<'a>(bytes: &'a [u8], flag: Option<&'static Encoding>, mut notes: Vec<String>) -> Read<'a> {
    let seen = evidence::collect(bytes);
    let choice = choice(bytes, &seen, flag, &mut notes);
    let utf8_first = seen.utf8 > seen.other;
    let Some(choice) = choice else {
        notes.push("utf-8 but for damaged characters".to_owned());
        let mut reader = Reader::new(bytes.len() + 64, Legacy::None, true);
        reader.utf8(bytes);
        return finish(reader, "utf-8", utf8_from(flag), notes);
    };
    if let Charset::Known(encoding) = choice.charset {
        let name = label::name(encoding);
        if seen.utf8 > 0 {
            notes.push(format!(
                "{} of {} bytes looked at are utf-8, the rest {name}",
                seen.utf8,
                seen.utf8 + seen.other
            ));
        }
        let (charset, from) = if utf8_first { ("utf-8", utf8_from(flag)) } else { (name, choice.from) };
        return finish(read(bytes, encoding, utf8_first), charset, from, notes);
    }
    let (text, undecodable) = euc_tw(bytes);
    let found = Found { charset: "euc-tw", from: choice.from, undecodable, evidence: notes, binary: false };
    (Cow::Owned(text), found, Vec::new())
}

fn utf8_from(flag: Option<&'static Encoding>) -> From {
    if flag == Some(encoding_rs::UTF_8) { From::Flag } else { From::Content }
}

fn finish(reader: Reader<'_>, charset: &'static str, from: From, evidence: Vec<String>) -> Read<'static> {
    let Reader { text, undecodable, mut holes, .. } = reader;
    moved(&mut holes, &text);
    (Cow::Owned(without_marks(text)), Found { charset, from, undecodable, evidence, binary: false }, holes)
}

/// Moves holes to where they are when the byte order marks of the text are gone. It has no zeros: those went before it was read.
fn moved(holes: &mut [Hole], text: &str) {
    if holes.is_empty() {
        return;
    }
    let (mut marks, mut gone) = (marks(text).peekable(), 0);
    for hole in holes {
        while marks.next_if(|&mark| mark < hole.at).is_some() {
            gone += '\u{feff}'.len_utf8();
        }
        hole.at -= gone;
    }
}

/// Reads bytes that are UTF-8 by chance: only where a two-byte encoding is told or declared, and reads them as common text.
pub(super) fn by_word<'a>(
    bytes: &'a [u8],
    flag: Option<&'static Encoding>,
    notes: &mut Vec<String>,
) -> Option<Read<'a>> {
    let said = flag.map(|flag| (Charset::Known(flag), From::Flag));
    let mut said = said.into_iter().chain(declared(bytes).into_iter().map(|c| (c, From::Meta)));
    let (Charset::Known(encoding), from) = said.next()? else { return None };
    let pairs = pairs::of(encoding)?;
    let mut at = 0;
    while at < bytes.len() {
        at += Encoding::ascii_valid_up_to(&bytes[at..]);
        if at < bytes.len() {
            let step = pairs.step(bytes, at).filter(|step| step.cost < RARE)?;
            at += usize::from(step.length);
        }
    }
    notes.push(format!("valid utf-8 of so few characters that {} is believed", label::name(encoding)));
    Some(finish(read(bytes, encoding, false), label::name(encoding), from, std::mem::take(notes)))
}

/// Reads a page of UTF-8 and `encoding`, mostly the one or the other.
fn read(bytes: &[u8], encoding: &'static Encoding, utf8_first: bool) -> Reader<'static> {
    // A Han character grows from two bytes to three; most of a page is ASCII.
    let capacity = bytes.len() + bytes.len() / 4 + 64;
    let chars;
    let (text, undecodable) = match pairs::of(encoding) {
        Some(pairs) => {
            let mut reader = Reader::new(capacity, Legacy::Double(pairs), utf8_first);
            if utf8_first {
                reader.utf8(bytes)
            } else {
                reader.double(bytes, pairs)
            }
            return reader;
        }
        None => {
            chars = guess::chars(encoding);
            let mut reader = Reader::new(capacity, Legacy::Single(&chars), utf8_first);
            if utf8_first {
                reader.utf8(bytes)
            } else {
                reader.single(bytes, &chars)
            }
            (reader.text, reader.undecodable)
        }
    };
    let mut reader = Reader::new(0, Legacy::None, utf8_first);
    (reader.text, reader.undecodable) = (text, undecodable);
    reader
}

/// What the words that are not UTF-8 are; `None` where they are too little or too odd to be anything.
fn choice(bytes: &[u8], seen: &Evidence, flag: Option<&'static Encoding>, notes: &mut Vec<String>) -> Option<Choice> {
    if seen.other == 0 {
        return None;
    }
    let said = flag.filter(|&flag| flag != REPLACEMENT).map(|flag| (Charset::Known(flag), From::Flag));
    let said: Vec<_> = said.into_iter().chain(declared(bytes).into_iter().map(|c| (c, From::Meta))).collect();
    let high = seen.other as u32;
    // Priced only when a declaration does not convince by itself.
    let mut best = None;
    for (charset, from) in said {
        let (name, agrees) = match charset {
            Charset::Known(encoding) => (label::name(encoding), agrees(encoding, from, &mut best, &seen.sample)),
            Charset::EucTw => ("euc-tw", euc_tw_price(&seen.sample) < high / 2 * 176),
            Charset::Hz | Charset::Iso2022 => continue,
        };
        let who = if from == From::Flag { "told" } else { "declared" };
        let verdict = match agrees {
            true => "the bytes agree",
            false if name == "utf-8" && seen.utf8 > 0 => "some of the bytes agree",
            false => "the bytes deny it",
        };
        notes.push(format!("{who} {name}: {verdict}"));
        if agrees {
            return Some(Choice { charset, from });
        }
    }
    let best = best.unwrap_or_else(|| guess::guess(&seen.sample));
    let tiny = seen.utf8 > 0 && !is_believable(best, seen);
    if tiny {
        return None;
    }
    if high >= 60 && best.cost > high / 2 * 160 && euc_tw_price(&seen.sample) < high / 2 * 136 {
        notes.push("reads as euc-tw".to_owned());
        return Some(Choice { charset: Charset::EucTw, from: From::Content });
    }
    notes.push(format!("reads as {} ({})", label::name(best.encoding), best.language));
    Some(Choice { charset: Charset::Known(best.encoding), from: From::Content })
}

/// Whether a declared encoding reads the sample as plain text, or about as cheaply as the best one does.
fn agrees(encoding: &'static Encoding, from: From, best: &mut Option<Guess>, sample: &[u8]) -> bool {
    if pairs::of(encoding).is_some_and(|pairs| pairs.reads_plainly(sample)) {
        return true;
    }
    // What is valid UTF-8 is not in the sample.
    if encoding == encoding_rs::UTF_8 {
        return false;
    }
    let said = guess::declared(sample, encoding);
    let best = *best.get_or_insert_with(|| guess::guess(sample));
    said.is_some_and(|said| said.encoding == best.encoding || said.cost <= best.cost + slack(best.cost, from))
}

/// How much dearer than the best a declared encoding may be: languages we have no table of are dear in any of theirs.
fn slack(best: u32, from: From) -> u32 {
    match from {
        From::Flag => 320 + best / 6,
        _ => 160 + best / 16,
    }
}

/// In a page that is UTF-8 otherwise: whether the rest is text of the best encoding, or only damage.
fn is_believable(best: Guess, seen: &Evidence) -> bool {
    let high = seen.other as u32;
    match pairs::of(best.encoding) {
        Some(_) => (high >= 4 || seen.utf8 <= 6) && best.cost <= high / 2 * 176,
        None => high >= 8 || seen.utf8 < seen.other,
    }
}

/// The price of the cheapest reading of short bytes that are not UTF-16.
pub(super) fn price(bytes: &[u8]) -> u32 {
    guess::guess(bytes).cost
}

/// What the sample costs as EUC-TW, ASCII left out.
fn euc_tw_price(sample: &[u8]) -> u32 {
    let (mut sum, mut at) = (0, 0);
    while at < sample.len() {
        let (price, length) = match sample[at] {
            0..0x80 => (0, 1),
            _ => cns::euc_tw(sample, at).map_or((BROKEN, 1), |step| (u32::from(step.cost), usize::from(step.length))),
        };
        sum += price;
        at += length;
    }
    sum
}

fn euc_tw(bytes: &[u8]) -> (String, usize) {
    let (mut text, mut undecodable, mut at) = (String::with_capacity(bytes.len() * 3 / 2), 0, 0);
    while at < bytes.len() {
        let step = if bytes[at] < 0x80 { None } else { cns::euc_tw(bytes, at) };
        match step {
            Some(step) => text.push(step.char),
            None if bytes[at] < 0x80 => text.push(char::from(bytes[at])),
            None => {
                undecodable += 1;
                text.push(char::REPLACEMENT_CHARACTER);
            }
        }
        at += step.map_or(1, |step| usize::from(step.length));
    }
    (text, undecodable)
}
