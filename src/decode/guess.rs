//! Statistics: under which encoding are these bytes the most probable text?
//!
//! In: a sample of at most 4 KiB, free of tags. Out: the cheapest encoding and what each candidate costs. Every candidate
//! prices the same bytes as text of its languages, so costs compare whatever the length: Han, kana and Hangul by
//! character, alphabets by letter pair. ASCII next to ASCII is priced alike for all but the language's own spelling, so a page
//! of English markup words does not drown three Chinese characters.

use super::character::{BROKEN, Script, cost};
use super::pairs;
use crate::language::{LANGUAGES, Language, Seen};
use encoding_rs::*;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

/// The cheapest reading of a sample.
#[derive(Debug, Clone, Copy)]
pub(super) struct Guess {
    pub encoding: &'static Encoding,
    /// Sixteenths of a nat.
    pub cost: u32,
    /// The language whose spelling won, or the script.
    pub language: &'static str,
}

/// Two-byte encodings, and what it costs to assume one before seeing a byte (sixteenths of a nat).
const DOUBLE: &[(&Encoding, u32)] = &[(GB18030, 0), (BIG5, 0), (SHIFT_JIS, 8), (EUC_JP, 8), (EUC_KR, 8)];

/// One-byte encodings, the same cost, and their languages. Where two give the same text it does not matter which wins.
const SINGLE: &[(&Encoding, u32, &[&str])] = &[
    (WINDOWS_1252, 0, WESTERN),
    (WINDOWS_1250, 8, CENTRAL),
    (ISO_8859_2, 24, CENTRAL),
    (WINDOWS_1251, 8, &["ru", "uk", "bg", "sr", "mk", "be"]),
    (KOI8_U, 16, &["ru", "uk", "bg", "be"]),
    (ISO_8859_5, 40, &["ru", "bg", "sr", "mk", "be", "uk"]),
    (IBM866, 64, &["ru", "uk", "bg", "be"]),
    (X_MAC_CYRILLIC, 160, &["ru", "uk", "bg", "sr", "mk", "be"]),
    (WINDOWS_1253, 8, &["el"]),
    (ISO_8859_7, 24, &["el"]),
    (WINDOWS_1254, 16, &["tr"]),
    (WINDOWS_1255, 8, &["he"]),
    (ISO_8859_8, 48, &["he"]),
    (WINDOWS_1256, 8, &["ar", "fa", "ur"]),
    (ISO_8859_6, 32, &["ar"]),
    (WINDOWS_1257, 16, BALTIC),
    (ISO_8859_4, 48, BALTIC),
    (ISO_8859_13, 40, BALTIC),
    (WINDOWS_1258, 24, &["vi"]),
    (WINDOWS_874, 8, &["th"]),
    (ISO_8859_15, 64, WESTERN),
    (ISO_8859_16, 96, &["ro"]),
    (ISO_8859_10, 96, &["is", "lt"]),
    (ISO_8859_14, 96, &["cy", "ga"]),
    (MACINTOSH, 160, WESTERN),
];

const WESTERN: &[&str] = &[
    "en", "fr", "de", "es", "pt", "it", "nl", "sv", "da", "nb", "fi", "is", "ca", "gl", "eu", "ga", "af", "id", "sq",
    "et",
];
const CENTRAL: &[&str] = &["pl", "cs", "sk", "hu", "sl", "hr", "sr_Latn", "ro"];
const BALTIC: &[&str] = &["lt", "lv", "et"];

/// The cheapest encoding of a sample that is not UTF-8.
pub(super) fn guess(sample: &[u8]) -> Guess {
    if let Some(guess) = beyond_doubt(sample) {
        return guess;
    }
    let doubles = DOUBLE.iter().filter_map(|&(encoding, start)| {
        let guess = double(encoding, sample)?;
        Some(Guess { cost: guess.cost + start, ..guess })
    });
    let mut best = doubles.min_by_key(|guess| guess.cost).expect("every row of DOUBLE has a table of pairs");
    if is_clearly_double(best, sample) {
        return best;
    }
    best = torn(sample, best).unwrap_or(best);
    let spelling = Spelling::new(sample);
    for &(encoding, start, languages) in SINGLE {
        if let Some(guess) = spelling.cheapest(encoding, languages, sample)
            && guess.cost + start < best.cost
        {
            best = Guess { cost: guess.cost + start, ..guess };
        }
    }
    best
}

/// The cheapest two-byte reading of a short sample from which one byte was lost: half of its characters are out of step then, and often
/// cheaper in another encoding. Nothing where `best` is language as it is.
fn torn(sample: &[u8], best: Guess) -> Option<Guess> {
    let high = sample.iter().filter(|byte| **byte >= 0x80).count() as u32;
    if high < 8 || sample.len() > SHORT || best.cost < high / 2 * 150 {
        return None;
    }
    let mended = DOUBLE.iter().filter_map(|&(encoding, start)| {
        let guess = double(encoding, sample)?;
        Some(Guess { cost: (guess.cost + start).saturating_sub(saved(pairs::of(encoding)?, sample)), ..guess })
    });
    mended.min_by_key(|guess| guess.cost).filter(|guess| guess.cost < best.cost)
}

/// A sample from which one byte was lost in a longer page has enough of it in step.
const SHORT: usize = 1024;

/// How much cheaper a sample gets when one byte of it belongs to no character.
fn saved(pairs: &pairs::Pairs, sample: &[u8]) -> u32 {
    let ends = |at: usize| if sample[at] < 0x80 { None } else { pairs.step(sample, at) };
    // What everything costs from a byte on. In step or out of it, ASCII costs the same.
    let mut rests = vec![0; sample.len() + 1];
    for at in (0..sample.len()).rev() {
        rests[at] = match ends(at) {
            Some(step) => rests[at + usize::from(step.length)] + u32::from(step.cost),
            None if sample[at] < 0x80 => rests[at + 1] + after_high(sample[at]),
            None => rests[at + 1] + BROKEN,
        };
    }
    let (mut at, mut best) = (0, rests[0]);
    while at < sample.len() {
        let before = rests[0] - rests[at];
        best = best.min(before + LOST + rests[at + 1]);
        at += ends(at).map_or(1, |step| usize::from(step.length));
    }
    rests[0] - best
}

/// What it costs to assume a lost byte: no sound text gains so much by it.
const LOST: u32 = 256;

/// A two-byte encoding that is plain text where no other comes near: no need to price the rest with care.
fn beyond_doubt(sample: &[u8]) -> Option<Guess> {
    let mut prices: Vec<_> = DOUBLE
        .iter()
        .filter_map(|row| pairs::of(row.0).map(|pairs| (pairs.quick_price(sample), row.0)))
        .map(|((sum, count), encoding)| (sum, count, encoding))
        .collect();
    prices.sort_by_key(|price| price.0);
    match prices[..] {
        [(sum, count, encoding), (next, ..), ..] if count >= 100 && sum < count * 144 && sum + sum / 4 < next => {
            double(encoding, sample)
        }
        _ => None,
    }
}

/// What a declared encoding costs. One that is no candidate of its own may be in any language.
pub(super) fn declared(sample: &[u8], encoding: &'static Encoding) -> Option<Guess> {
    if let Some(guess) = double(encoding, sample) {
        return Some(guess);
    }
    if !encoding.is_single_byte() {
        return None;
    }
    let spelling = Spelling::new(sample);
    match SINGLE.iter().find(|row| row.0 == encoding) {
        Some(row) => spelling.cheapest(encoding, row.2, sample),
        None => {
            let names: Vec<&str> = LANGUAGES.iter().map(|language| language.name).collect();
            spelling.cheapest(encoding, &names, sample)
        }
    }
}

/// Whether a two-byte reading needs no comparison with the one-byte ones: long, and as cheap as text is. Alphabetic text
/// read in pairs costs 11 nats and more a pair.
pub(super) fn is_clearly_double(guess: Guess, sample: &[u8]) -> bool {
    let high = sample.iter().filter(|byte| **byte >= 0x80).count() as u32;
    high >= 200 && guess.cost < high / 2 * 144
}

/// The price of a sample as two-byte text; `None` for other encodings.
pub(super) fn double(encoding: &'static Encoding, sample: &[u8]) -> Option<Guess> {
    let pairs = pairs::of(encoding)?;
    let english = english();
    let mut sums: Vec<(Script, u32)> = pairs.scripts.to_vec();
    let (mut at, mut before, mut high_before) = (0, Seen::default(), false);
    while at < sample.len() {
        if sample[at] < 0x80 {
            let seen = ascii(sample[at]);
            let price = if high_before { after_high(sample[at]) } else { english.follow(before, seen) };
            sums.iter_mut().for_each(|sum| sum.1 += price);
            (before, high_before) = (seen, false);
            at += 1;
            continue;
        }
        // A letter of ASCII right before a character of two bytes is rarer than a blank.
        if !high_before && before.class != 0 {
            sums.iter_mut().for_each(|sum| sum.1 += 40);
        }
        match pairs.step(sample, at) {
            Some(step) => {
                sums.iter_mut().for_each(|sum| sum.1 += u32::from(cost(step.char, sum.0)));
                at += usize::from(step.length);
            }
            // A cut last character says nothing, unless it stands alone.
            None => {
                let price = if at + 1 == sample.len() && high_before { 24 } else { BROKEN };
                sums.iter_mut().for_each(|sum| sum.1 += price);
                at += 1;
            }
        }
        (before, high_before) = (Seen::default(), true);
    }
    let (script, cost) = sums.into_iter().min_by_key(|sum| sum.1)?;
    let language = match script {
        Script::Hans => "Simplified",
        Script::Hant => "Traditional",
        Script::Jpan => "Japanese",
        Script::Kore => "Korean",
    };
    Some(Guess { encoding: pairs.encoding, cost, language })
}

/// An ASCII byte right after a character of two bytes: punctuation and space are usual there, letters less so.
fn after_high(byte: u8) -> u32 {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' => 96,
        b'0'..=b'9' => 64,
        0..=8 | 14..=31 | 127 => 240,
        _ => 36,
    }
}

/// English: the spelling of ASCII words in any text.
pub(super) fn english() -> &'static Language {
    let at = LANGUAGES.binary_search_by(|language| language.name.cmp("en"));
    &LANGUAGES[at.expect("languages.bin holds English")]
}

/// The classes of ASCII in English.
pub(super) fn ascii(byte: u8) -> Seen {
    static SEEN: LazyLock<Vec<Seen>> =
        LazyLock::new(|| (0..128_u8).map(|byte| english().see(char::from(byte))).collect());
    SEEN.get(usize::from(byte)).copied().unwrap_or_default()
}

/// What ASCII next to ASCII costs in each language: the same for every encoding, so it is summed once.
struct Spelling {
    sums: Vec<u32>,
    /// What a language of another alphabet costs beyond that: much where most letters are ASCII.
    another: u32,
}

/// What a language may save at most on ASCII words that English spells better: they are names and markup.
const FOREIGN_WORDS: u32 = 64;

/// What it costs to take the few letters above ASCII in a Latin text for another alphabet: a lone "è" is not "и".
const ANOTHER: u32 = 112;

impl Spelling {
    fn new(sample: &[u8]) -> Spelling {
        let sums = LANGUAGES.iter().map(|language| {
            let table = &alphabet(WINDOWS_1252, language)[..128];
            let mut before = Some(Seen::default());
            let mut sum = 0;
            for byte in sample {
                let seen = table.get(usize::from(*byte)).copied();
                if let (Some(before), Some(seen)) = (before, seen) {
                    sum += language.follow(before, seen);
                }
                before = seen;
            }
            sum
        });
        let mut sums: Vec<u32> = sums.collect();
        let english = LANGUAGES.iter().position(|language| language.name == "en").map_or(u32::MAX, |at| sums[at]);
        sums.iter_mut().for_each(|sum| *sum = (*sum).min(english.saturating_add(FOREIGN_WORDS)));
        let count = |test: fn(&u8) -> bool| sample.iter().filter(|byte| test(byte)).count();
        let mostly_latin = count(u8::is_ascii_alphabetic) > 3 * count(|byte| !byte.is_ascii());
        Spelling { sums, another: if mostly_latin { ANOTHER } else { 0 } }
    }

    /// The cheapest of `languages` for the sample in a one-byte `encoding`.
    fn cheapest(&self, encoding: &'static Encoding, languages: &[&str], sample: &[u8]) -> Option<Guess> {
        if !encoding.is_single_byte() {
            return None;
        }
        let each = languages.iter().filter_map(|name| {
            let at = LANGUAGES.binary_search_by(|language| language.name.cmp(name)).ok()?;
            let language = &LANGUAGES[at];
            let alphabet = alphabet(encoding, language);
            let start = self.sums[at] + if language.is_latin { 0 } else { self.another };
            let (mut before, mut high_before, mut sum) = (Seen::default(), false, start);
            for &byte in sample {
                let seen = alphabet[usize::from(byte)];
                if byte >= 0x80 || high_before {
                    sum += language.follow(before, seen);
                }
                (before, high_before) = (seen, byte >= 0x80);
            }
            Some(Guess { encoding, cost: sum, language: language.name })
        });
        each.min_by_key(|guess| guess.cost)
    }
}

/// What each of the 256 bytes is in a language and encoding: made once for a process, as every short page asks for them all.
fn alphabet(encoding: &'static Encoding, language: &'static Language) -> Arc<[Seen]> {
    type Known = HashMap<(&'static str, &'static str), Arc<[Seen]>>;
    static KNOWN: LazyLock<RwLock<Known>> = LazyLock::new(RwLock::default);
    let key = (encoding.name(), language.name);
    // A poisoned lock only means that another thread died; its map is as good as before.
    if let Some(table) = KNOWN.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
        return Arc::clone(table);
    }
    let table: Arc<[Seen]> = chars(encoding).into_iter().map(|c| language.see(c)).collect();
    KNOWN.write().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::clone(&table));
    table
}

/// The 256 characters of a one-byte encoding; U+FFFD where it has none.
pub(super) fn chars(encoding: &'static Encoding) -> Vec<char> {
    let high: Vec<u8> = (0x80..=0xff).collect();
    let (text, _) = encoding.decode_without_bom_handling(&high);
    (0..128_u8).map(char::from).chain(text.chars()).collect()
}
