//! ASCII stops: . ! ? in Chinese, English and mixed text.
//!
//! In: a stop whose brackets and quotes allow a cut. Out: the verdict. A dot is the hardest stop: decimal point, part of a
//! name, an address, an abbreviation, an interpunct, a list marker or the end of a sentence, by what stands on both sides.

use super::abbreviations::{Class, class_of, is_common_short, is_starter};
use super::chinese::is_opener;
use super::evidence::is_han;
use super::extend::{Closed, Force, Stop, is_circled};
use super::judge::{Line, State, Verdict};

/// How far back (bytes) the beginning of an address is looked for.
const LONGEST_ADDRESS: usize = 128;

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
    /// ASCII ! and ?.
    pub(super) fn ascii_mark(&self, stop: &Stop, next: &str) -> Verdict {
        let Some(first) = next.chars().next() else { return ("line-end", true) };
        let before = self.text[..stop.at].chars().next_back().unwrap_or(' ');
        if stop.closed != Closed::Nothing {
            return ("stop", true);
        }
        if self.is_direct(stop, next) {
            if (first.is_ascii_alphanumeric() || "/=&%#_-+".contains(first)) && is_address(&self.text[..stop.at]) {
                return ("address", false);
            }
            if before.is_ascii_alphanumeric() && is_query(first, next) {
                return ("glued-mark", false);
            }
        }
        if before == ':' {
            return ("glued-mark", false);
        }
        let brand = self.text[stop.at..].starts_with('!') && is_brand(&self.text[..stop.at]);
        if brand && !(first.is_ascii_uppercase() && is_starter(first_word(next))) {
            return ("name-with-mark", false);
        }
        ("stop", true)
    }

    /// One dot, ASCII or full-width.
    pub(super) fn ascii_dot(&self, stop: &Stop, state: &State, next: &str) -> Verdict {
        let Some(first) = next.chars().next() else { return ("line-end", true) };
        let before = &self.text[..stop.body];
        if is_number(before, next) && self.is_direct(stop, next) {
            return ("number", false);
        }
        if stop.closed == Closed::Nothing && is_item_marker(&self.text[state.sentence..stop.body]) {
            return ("list-marker", false);
        }
        if stop.closed == Closed::Nothing && self.is_direct(stop, next) {
            return self.glued_dot(stop, before, next);
        }
        if is_han(first) || is_cjk_symbol(first) {
            return match last_word(before) {
                Some(word) if is_initial(word) => ("initial", false),
                Some(word) if class_of(word).is_some() || is_acronym(word) => ("abbreviation", false),
                _ => ("stop", true),
            };
        }
        english_dot(before, next)
    }

    /// A dot with no space after it.
    fn glued_dot(&self, stop: &Stop, before: &str, next: &str) -> Verdict {
        let (Some(first), Some(last)) = (next.chars().next(), before.chars().next_back()) else {
            return ("dot-in-word", false);
        };
        let latin = last.is_ascii_alphanumeric();
        if first.is_ascii_alphanumeric() && latin {
            let missing = is_missing_space(before, next, || self.evidence.dot_is_stop('.'));
            return if missing { ("missing-space", true) } else { ("dot-in-word", false) };
        }
        let word = last_word(before).filter(|_| latin);
        if word.is_some_and(is_initial) {
            return ("initial", false);
        }
        if word.is_some_and(|word| class_of(word).is_some() || is_acronym(word)) {
            return ("abbreviation", false);
        }
        let dot = if self.text[stop.body..].starts_with('.') { '.' } else { '．' };
        let begins =
            first.is_alphanumeric() || is_opener(first) || "\"([（【《#@*".contains(first) || is_circled(first);
        if begins && self.evidence.dot_is_stop(dot) { ("dot-by-evidence", true) } else { ("dot-in-word", false) }
    }

    /// A quote closed by an ASCII stop with Latin text after it: "Are you sure?" she asked.
    pub(super) fn english_quote(&self, stop: &Stop, next: &str) -> Option<Verdict> {
        if next.starts_with(|c: char| c.is_ascii_lowercase()) {
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

    fn is_direct(&self, stop: &Stop, next: &str) -> bool {
        stop.end + next.len() == self.text.len()
    }
}

/// 3.14, 2021.12.09, v2.3.1, １２．５
fn is_number(before: &str, next: &str) -> bool {
    before.ends_with(char::is_numeric) && next.starts_with(char::is_numeric)
}

/// A dot before a space, with the words on both sides.
fn english_dot(before: &str, next: &str) -> Verdict {
    let after = next.trim_start_matches(|c: char| "\"'([{“‘（*_•-–— ".contains(c));
    let kind = match after.chars().next() {
        Some(c) if c.is_ascii_digit() => Next::Digit,
        Some(c) if c.is_lowercase() => Next::Lower,
        Some(c) if c.is_alphabetic() => Next::Upper,
        _ => Next::Symbol,
    };
    let Some(word) = last_word(before) else { return plain(kind, next) };
    if is_initial(word) && (word != "v" || kind == Next::Lower) {
        return initial(word, kind, after);
    }
    if let Some(class) = class_of(word) {
        return if class_cuts(class, word, kind, after) {
            ("abbreviation-ends", true)
        } else {
            ("abbreviation", false)
        };
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
        (Class::Number, Next::Lower) => last.eq_ignore_ascii_case("no"),
        (Class::Title | Class::Inline, _) | (_, Next::Lower | Next::Digit | Next::Symbol) => false,
        (Class::Number, Next::Upper) => {
            let run: &str = after.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
            !run.bytes().any(|b| b.is_ascii_digit()) && !(run.len() <= 4 && run.bytes().all(|b| b.is_ascii_uppercase()))
                || is_starter(word)
        }
        (Class::Unit, Next::Upper) => true,
        (Class::Hour, Next::Upper) => {
            !matches!(
                word,
                "EST"
                    | "EDT"
                    | "CST"
                    | "CDT"
                    | "PST"
                    | "PDT"
                    | "MST"
                    | "MDT"
                    | "GMT"
                    | "UTC"
                    | "BST"
                    | "ET"
                    | "PT"
                    | "CT"
            ) && class_of(word) != Some(Class::Month)
                && !is_day(word)
        }
        (Class::Final | Class::Month, Next::Upper) => is_starter(word),
    }
}

fn is_day(word: &str) -> bool {
    matches!(
        word,
        "Monday"
            | "Tuesday"
            | "Wednesday"
            | "Thursday"
            | "Friday"
            | "Saturday"
            | "Sunday"
            | "Eastern"
            | "Pacific"
            | "Central"
    )
}

/// The word before a dot with its inner dots: `Mr`, `U.S`, `et al` gives `al`. None after anything but a letter or digit.
fn last_word(before: &str) -> Option<&str> {
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

fn is_initial(word: &str) -> bool {
    word.len() == 1 && word.bytes().all(|b| b.is_ascii_alphabetic())
}

/// U.S, W.H.S, Ph.D: letters in short groups with dots between them.
fn is_acronym(word: &str) -> bool {
    word.contains('.')
        && word.split('.').all(|part| matches!(part.len(), 1 | 2) && part.bytes().all(|b| b.is_ascii_alphabetic()))
}

/// The letters at the head of a text, up to an apostrophe: `It's` gives `It`.
fn first_word(text: &str) -> &str {
    let end = text.bytes().position(|b| !b.is_ascii_alphabetic()).unwrap_or(text.len());
    &text[..end]
}

/// Everything since the sentence began is the number of an item: 1. 12. A. 一. (3). Q1.
fn is_item_marker(text: &str) -> bool {
    let body = text.trim_matches(|c: char| c.is_whitespace() || "(（)）*-•·#".contains(c));
    let count = body.chars().take(6).count();
    let all = |test: fn(char) -> bool| body.chars().all(test);
    match count {
        0 | 6 => false,
        1 if all(|c| c.is_ascii_alphabetic()) => true,
        1..=3 if all(char::is_numeric) || all(|c| "一二三四五六七八九十百".contains(c)) => true,
        2..=4 if all(|c| "ivxIVX".contains(c)) => true,
        2..=5 if all(|c| c.is_ascii_digit() || c == '.') => {
            body.starts_with(|c: char| c.is_ascii_digit()) && body.len() <= 4
        }
        2..=3 => body.starts_with(|c: char| c.is_ascii_uppercase()) && body[1..].bytes().all(|b| b.is_ascii_digit()),
        _ => false,
    }
}

/// Is the text before a mark an unfinished address (http://t.cn/abc?x=1, a@b.cn)?
fn is_address(before: &str) -> bool {
    let bytes = before.as_bytes();
    let from = bytes.len().saturating_sub(LONGEST_ADDRESS);
    let start = bytes[from..].iter().rposition(|b| !b.is_ascii_graphic()).map_or(from, |i| from + i + 1);
    let token = &before[start..];
    token.contains("://")
        || token.contains("www.")
        || token.contains('@')
        || token.contains(".com/")
        || token.contains(".cn/")
}

/// Does a glued ! or ? look like part of an address or code (`a.asp?id=7`, `a!=b`) rather than a forgotten space?
fn is_query(first: char, next: &str) -> bool {
    let token = next.split(|c: char| !c.is_ascii_graphic()).next().unwrap_or("");
    let token = token.get(..LONGEST_ADDRESS).unwrap_or(token);
    first.is_ascii_digit() || "/=&%#_-+".contains(first) || token.contains(['=', '&', '/', '_'])
}

/// "…of high quality.You'll also find": a forgotten space, not an address or a file name. `ascii` asks whether the whole
/// document writes Chinese with ASCII stops; there `Harrison.Anggun是` is two sentences.
fn is_missing_space(before: &str, next: &str, ascii: impl FnOnce() -> bool) -> bool {
    let bytes = before.as_bytes();
    let from = bytes.len().saturating_sub(LONGEST_ADDRESS);
    let start =
        bytes[from..].iter().rposition(|b| b.is_ascii_whitespace() || !b.is_ascii()).map_or(from, |i| from + i + 1);
    let token = &before[start..];
    let word = first_word(next);
    let lower = token.len() >= 2 && token.bytes().all(|b| b.is_ascii_lowercase() || b == b'-' || b == b'\'');
    if token.contains(['@', '/', ':', '_']) || !next.starts_with(|c: char| c.is_ascii_uppercase()) {
        return false;
    }
    if lower && word.len() >= 2 && is_starter(word) {
        return true;
    }
    let capital = word.len() >= 3
        && word[1..].bytes().all(|b| b.is_ascii_lowercase())
        && !matches!(word, "Com" | "Net" | "Org" | "Inc");
    let name =
        capital && token.len() >= 3 && token.bytes().all(|b| b.is_ascii_alphabetic()) && class_of(token).is_none();
    let number = token.len() >= 3 && token.bytes().all(|b| b.is_ascii_digit() || b == b',');
    (name || number) && ascii()
}

/// Names that carry their exclamation mark along.
fn is_brand(before: &str) -> bool {
    ["Yahoo", "YAHOO", "yahoo", "Jeopardy", "Wham", "Yum", "Joomla", "Kahoot"].iter().any(|name| before.ends_with(name))
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
    let mut words = next.split_ascii_whitespace().take(4);
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

/// 《 （ “ and the like: what a Chinese sentence may begin with.
fn is_cjk_symbol(c: char) -> bool {
    matches!(c, '《' | '（' | '【' | '「' | '『' | '〈' | '〔' | '\u{FF00}'..='\u{FFEF}')
}
