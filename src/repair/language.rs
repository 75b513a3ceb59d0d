//! What text costs that may be of any language: letters by the pairs of 46 languages, Chinese by the character model.
//!
//! In: characters. Out: a cost for each, in model units, so that what is seen compares with what it would become. The cheapest language is
//! taken for the whole text: sound text of any language is cheap then, and what a repair would make of it has to be cheaper. Text of
//! languages that have no table costs what a foreign letter costs there.

use super::alphabet;
use super::judge::{is_east, rated};
use super::model::{Context, Model, NAT};
use crate::language::{LANGUAGES, Language, Seen};
use std::ops::Range;

/// Characters that decide which language a text is in, and those that decide which ones may be it.
const SAMPLE: usize = 240;
const WORDS: usize = 60;
const LIKELY: usize = 6;

/// Characters beside a stretch that are priced with it.
const BESIDE: usize = 12;

/// Letter pairs are priced in sixteenths of a nat.
const SIXTEENTHS: i32 = 16;

/// What each character costs where it stands.
pub(super) fn costs(model: &Model, text: &[char]) -> Vec<i32> {
    let places = places(text);
    let mut costs = Vec::with_capacity(text.len());
    spelled(cheapest(&places), &places, |cost| costs.push(cost as i32 * NAT / SIXTEENTHS));
    let mut context = Context::START;
    for (at, &c) in text.iter().enumerate().filter(|(_, c)| is_east(**c)) {
        if at > 0 && !is_east(text[at - 1]) {
            context = Context::START;
        }
        let (cost, after) = model.step(context, c);
        context = after;
        costs[at] = rated(c, cost);
    }
    costs
}

/// What a line gains where one stretch of it becomes `new`.
pub(super) fn gain(model: &Model, line: &[char], stretch: Range<usize>, new: &str) -> i32 {
    let (start, end) = (stretch.start.saturating_sub(BESIDE), (stretch.end + BESIDE).min(line.len()));
    let (left, right) = (&line[start..stretch.start], &line[stretch.end..end]);
    let meant: Vec<char> = left.iter().copied().chain(new.chars()).chain(right.iter().copied()).collect();
    let sum = |text: &[char]| costs(model, text).into_iter().sum::<i32>();
    sum(&line[start..end]) - sum(&meant)
}

/// What is the same of a character in all languages.
#[derive(Clone, Copy)]
struct Place {
    c: char,
    kind: Kind,
    /// In sixteenths of a nat: of a sign what it costs beside its neighbours, of a letter what it costs where the language lacks it.
    cost: u32,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// Costs nothing here, and ends a word.
    East,
    /// The character before it again.
    Again,
    Sign,
    Letter,
}

fn places(text: &[char]) -> Vec<Place> {
    let mut last = ' ';
    let place = |(at, &c): (usize, &char)| {
        let letter = c.is_alphabetic() || alphabet::is_letter(c);
        let (kind, cost) = match c {
            _ if is_east(c) => (Kind::East, 0),
            // ÃÃÃÃO, AaÁáBb, …… : by hand, or in a list of letters.
            _ if is_same(c, last) => (Kind::Again, AGAIN),
            _ if letter => (Kind::Letter, if alphabet::is_letter(c) { unknown(c, last) } else { 0 }),
            _ => (Kind::Sign, sign(c, last, text.get(at + 1).copied(), LANGUAGES[0].see(c).cost)),
        };
        last = c;
        Place { c, kind, cost }
    };
    text.iter().enumerate().map(place).collect()
}

/// The language in which the beginning of a text costs least. A few words tell which languages may win.
fn cheapest(text: &[Place]) -> &'static Language {
    let sum = |language: &Language, sample: usize| {
        let mut sum = 0;
        spelled(language, &text[..text.len().min(sample)], |cost| sum += cost);
        sum
    };
    let mut first: Vec<_> = LANGUAGES.iter().map(|language| (sum(language, WORDS), language)).collect();
    first.sort_by_key(|(sum, _)| *sum);
    let likely = first.iter().take(LIKELY).map(|(_, language)| *language);
    likely.min_by_key(|language| sum(language, SAMPLE)).expect("languages.bin holds languages")
}

/// Gives what each character costs in a language, in sixteenths of a nat.
#[inline]
fn spelled(language: &Language, text: &[Place], mut take: impl FnMut(u32)) {
    let mut before = Seen::default();
    for place in text {
        let seen = if place.kind == Kind::East { Seen::default() } else { language.see(place.c) };
        take(match place.kind {
            Kind::East => 0,
            Kind::Again => AGAIN,
            // What a sign is costs the same in all languages, but not that a word ends there.
            Kind::Sign => language.follow(before, Seen { cost: 0, ..seen }) + place.cost,
            Kind::Letter if place.cost > 0 && language.is_foreign(seen) => place.cost,
            Kind::Letter => language.follow(before, seen),
        });
        before = seen;
    }
}

/// Whether two characters are the same, but for their case.
fn is_same(c: char, last: char) -> bool {
    c == last && c != ' ' || c.is_alphabetic() && last.is_alphabetic() && c.to_lowercase().eq(last.to_lowercase())
}

/// A character that stands beside its like: ´´, ……, !!!, Áá.
const AGAIN: u32 = 24;

/// What stands between letters of one word beyond ASCII: “Ã¡” in NicolÃ¡s is none of it.
const INSIDE: u32 = 80;

/// What a character costs that is no letter; `usual` is what it costs on pages of any charset. Marks of typography stand at the edges of
/// words, and hardly ever inside of one.
fn sign(c: char, last: char, next: Option<char>, usual: u8) -> u32 {
    let usual = u32::from(usual);
    if c.is_ascii() {
        return usual;
    }
    let inside = last.is_alphabetic() && next.is_some_and(char::is_alphabetic);
    match c {
        '\u{A0}' => SPACE,
        '\u{FFFD}' => LOST,
        // O‘zbek, Hawai‘i, paral·lel: marks of one word.
        '‘' | '’' | '·' | '\u{AD}' | '‐' | '‑' | '–' | '—' => usual.min(MARK),
        _ if inside => usual + INSIDE,
        '“' | '”' | '„' | '‚' | '«' | '»' | '‹' | '›' | '…' | '•' => MARK,
        '™' | '®' | '©' | '°' | '´' | '¨' | 'ª' | 'º' | '¿' | '¡' | '€' | '£' | '§' | '†' | '‡' | '‰' | '¹' | '²'
        | '³' | '¦' | '¸' => usual.min(SIGN),
        _ => usual,
    }
}

/// What the kinds of signs cost, in sixteenths of a nat. U+FFFD is a character that is lost.
const SPACE: u32 = 24;
const MARK: u32 = 44;
const SIGN: u32 = 72;
const LOST: u32 = 100;

/// A letter that the language does not have: one of another script costs less behind its like, and much within a word of another script.
fn unknown(c: char, last: char) -> u32 {
    let (own, before) = (alphabet::script(c), alphabet::script(last));
    let latin = own == Some(alphabet::LATIN);
    let inside = last.is_alphabetic() && own != before && !(latin && last.is_ascii());
    let cost = match c as u32 {
        // ơ and ư of Vietnamese, ș and ț of Romanian.
        0x1A0 | 0x1A1 | 0x1AF | 0x1B0 | 0x218..=0x21B => 110,
        // Latin Extended-B and phonetic letters are for languages without much text.
        0x180..=0x24F => 170,
        _ if latin => 110,
        _ if own == before => 60,
        _ => 120,
    };
    cost + if inside { INSIDE } else { 0 }
}
