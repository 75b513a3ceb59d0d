//! English: abbreviations, initials, tags after quotes.
//!
//! In: a stop with Latin text after it. Out: the verdict, by the word before the dot, its class (`abbreviations`) and the
//! first word of what follows. Edited prose and careless mail are both read: a dot before a small letter ends a sentence unless
//! the word before it is an abbreviation (138 of 153 in web treebanks).

use super::abbreviations::{Class, class_of, is_common_short, is_starter};
use super::ascii::LONGEST_ADDRESS;
use super::evidence::is_han;
use super::extend::{Closed, Force, Stop};
use super::judge::{Line, Verdict};

/// Longest word (bytes) that may be an abbreviation, inner dots included.
const LONGEST_WORD: usize = 16;

/// What stands after a stop, white space, quotes and brackets skipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    Lower,
    Upper,
    Digit,
    Symbol,
}

impl Line<'_> {
    /// A quote closed by an ASCII stop with Latin text after it: "Are you sure?" she asked.
    pub(super) fn english_quote(&self, stop: &Stop, next: &str) -> Option<Verdict> {
        let glued = self.is_direct(stop, next) && next.starts_with(|c: char| c.is_alphabetic() && !c.is_ascii());
        if glued || next.starts_with(char::is_lowercase) {
            return Some(("quote-goes-on", false));
        }
        let shouted = stop.force == Force::Mark && is_english_tag(next);
        shouted.then_some(("quote-tag", false))
    }

    /// `(… not execution.) You will`: in English the bracket after a sentence often holds the sentence's stop.
    pub(super) fn english_bracket(&self, stop: &Stop, next: &str) -> bool {
        let word = last_word(&self.text[..stop.body]);
        let plain = word.is_some_and(|word| !is_initial(word) && !is_acronym(word) && class_of(word).is_none());
        stop.force == Force::Dot
            && plain
            && !self.is_direct(stop, next)
            && is_starter(first_word(next))
            && next.starts_with(|c: char| c.is_ascii_uppercase())
    }

    /// Dots that trail off before Latin text.
    pub(super) fn english_trail(&self, stop: &Stop, next: &str) -> Verdict {
        let latin = self.text[..stop.at]
            .trim_end()
            .ends_with(|c: char| c.is_alphanumeric() && !is_han(c) || "\"”)]'’".contains(c));
        let apart = latin && next.starts_with(|c: char| c.is_ascii_uppercase());
        let restart = apart && (stop.closed != Closed::Nothing || !matches!(first_word(next), "I" | "And"));
        if restart { ("restart", true) } else { ("trail", false) }
    }
}

/// A dot before a space, with the words on both sides; the sentence began at `sentence`.
pub(super) fn english_dot(before: &str, sentence: usize, next: &str) -> Verdict {
    let after = next.trim_start_matches(|c: char| "\"'([{“‘（*_•-–— ".contains(c));
    let kind = match after.chars().next() {
        Some(c) if c.is_ascii_digit() => Next::Digit,
        Some(c) if c.is_lowercase() => Next::Lower,
        Some(c) if c.is_alphabetic() => Next::Upper,
        _ => Next::Symbol,
    };
    let Some(word) = last_word(before) else { return plain(kind, next) };
    let class = class_of(word).or_else(|| inches(word, before));
    if is_initial(word) && (class.is_none() || word.starts_with(|c: char| c.is_ascii_uppercase())) {
        return initial(word, kind, after);
    }
    if let Some(class) = class {
        // "no. i got her number": the answer, not the number.
        let answer = word.eq_ignore_ascii_case("no") && before.len() - word.len() <= sentence && kind != Next::Digit;
        let ends = answer || class_cuts(class, word, kind, after);
        return if ends { ("abbreviation-ends", true) } else { ("abbreviation", false) };
    }
    if is_acronym(word) {
        let ends = kind == Next::Upper && is_starter(first_word(after));
        return if ends { ("abbreviation-ends", true) } else { ("abbreviation", false) };
    }
    let short = word.len() <= 3 && word.bytes().all(|b| b.is_ascii_lowercase() && !b"aeiou".contains(&b));
    if kind == Next::Lower && short && !is_common_short(word) {
        return ("short-word", false);
    }
    plain(kind, next)
}

/// `6 in. tall`: only a number before it makes this word a unit.
fn inches(word: &str, before: &str) -> Option<Class> {
    let head = before.strip_suffix("in")?.trim_end();
    (word == "in" && head.ends_with(|c: char| c.is_numeric())).then_some(Class::Unit)
}

/// After an ordinary word.
fn plain(kind: Next, next: &str) -> Verdict {
    if kind == Next::Symbol && next.starts_with(['&', '/', '%', ')', ']', '}']) {
        ("dot-in-word", false)
    } else {
        ("stop", true)
    }
}

/// J. Smith, but "vitamin C. The" and "Henry VIII. He".
fn initial(word: &str, kind: Next, after: &str) -> Verdict {
    let lower = word.starts_with(|c: char| c.is_ascii_lowercase());
    match kind {
        Next::Upper if lower || is_starter(first_word(after)) => ("initial-ends", true),
        _ => ("initial", false),
    }
}

fn class_cuts(class: Class, last: &str, kind: Next, after: &str) -> bool {
    let word = first_word(after);
    match (class, kind) {
        (Class::Title | Class::Inline, _) | (_, Next::Lower | Next::Digit | Next::Symbol) => false,
        (Class::Number, Next::Upper) => is_starter(word) || !is_number_like(after),
        // Ft. Worth, but "120 ft. Then".
        (Class::Unit, Next::Upper) => !last.starts_with(|c: char| c.is_ascii_uppercase()),
        (Class::Hour, Next::Upper) => !AFTER_HOURS.contains(&word) && class_of(word) != Some(Class::Month),
        (Class::Final | Class::Month, Next::Upper) => is_starter(word),
    }
}

/// What follows an hour in the same sentence: 7 p.m. Friday, 9 a.m. EST.
#[rustfmt::skip]
const AFTER_HOURS: &[&str] = &[
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "Eastern", "Pacific", "Central", "Mountain",
    "EST", "EDT", "CST", "CDT", "PST", "PDT", "MST", "MDT", "GMT", "UTC", "BST", "ET", "PT", "CT",
];

/// Vol. II, Fig. S1, Table A: a number in letters.
fn is_number_like(after: &str) -> bool {
    let run = after.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
    run.bytes().any(|b| b.is_ascii_digit()) || run.len() <= 4 && run.bytes().all(|b| b.is_ascii_uppercase())
}

/// The word before a dot with its inner dots: `Mr`, `U.S`, `et al` gives `al`. None after anything but a letter or digit.
pub(super) fn last_word(before: &str) -> Option<&str> {
    let bytes = before.as_bytes();
    let from = bytes.len().saturating_sub(LONGEST_WORD);
    let is_part = |b: &u8| b.is_ascii_alphanumeric() || *b == b'.';
    let start = bytes[from..].iter().rposition(|b| !is_part(b)).map_or(from, |i| from + i + 1);
    let word = before.get(start..)?.trim_start_matches('.');
    if before[..start].ends_with(['\'', '’', '&']) {
        return None;
    }
    let accent = before
        .get(..start)
        .and_then(|head| head.chars().next_back())
        .is_some_and(|c| c.is_alphabetic() && !is_han(c) && !c.is_ascii());
    (!word.is_empty() && !word.ends_with('.') && !accent).then_some(word)
}

pub(super) fn is_initial(word: &str) -> bool {
    word.len() == 1 && word.bytes().all(|b| b.is_ascii_alphabetic())
}

/// U.S, W.H.S, Ph.D: letters in short groups with dots between them.
pub(super) fn is_acronym(word: &str) -> bool {
    word.contains('.')
        && word.split('.').all(|part| matches!(part.len(), 1 | 2) && part.bytes().all(|b| b.is_ascii_alphabetic()))
}

/// The letters at the head of a text, up to an apostrophe: `It's` gives `It`.
pub(super) fn first_word(text: &str) -> &str {
    let end = text.bytes().position(|b| !b.is_ascii_alphabetic()).unwrap_or(text.len());
    &text[..end]
}

/// `Winston beams`, `John asked`: a name and a verb of speech after a quote.
fn is_english_tag(next: &str) -> bool {
    const VERBS: &[&str] = &[
        "said",
        "says",
        "asked",
        "asks",
        "replied",
        "replies",
        "shouted",
        "shouts",
        "cried",
        "cries",
        "yelled",
        "exclaimed",
        "answered",
        "whispered",
        "muttered",
        "screamed",
        "called",
        "beams",
        "added",
        "continued",
        "demanded",
        "laughed",
        "snapped",
        "repeated",
        "inquired",
        "wondered",
        "gasped",
        "sighed",
        "growled",
        "murmured",
    ];
    let window = next.char_indices().nth(LONGEST_ADDRESS).map_or(next, |(end, _)| &next[..end]);
    let mut words = window.split_ascii_whitespace().take(4);
    let Some(first) = words.next() else { return false };
    if matches!(first, "He" | "She" | "They" | "It" | "We" | "The" | "This" | "That") {
        return false;
    }
    let mut capital = true;
    words.any(|word| {
        let verb = word.trim_end_matches(|c: char| !c.is_ascii_alphabetic());
        let is_verb = capital && VERBS.contains(&verb);
        capital &= word.starts_with(|c: char| c.is_ascii_uppercase()) && verb.len() == word.len();
        is_verb
    })
}
