//! ASCII stops: . ! ? wherever they stand.
//!
//! In: a stop whose brackets and quotes allow a cut. Out: the verdict. A dot is the hardest stop: decimal point, part of a
//! name, an address, an abbreviation, an interpunct, a list marker or the end of a sentence, by what stands on both sides. The words of English
//! are in `english`.

use super::abbreviations::{class_of, is_starter};
use super::alphabets;
use super::chinese::is_opener;
use super::english::{english_dot, first_word, is_acronym, is_initial, last_word};
use super::evidence::is_han;
use super::extend::{Closed, Stop, is_circled};
use super::judge::{Line, State, Verdict};

/// How far back (bytes) the beginning of an address is looked for.
pub(super) const LONGEST_ADDRESS: usize = 128;

/// How far ahead (bytes) the signs of a query are looked for.
const LONGEST_QUERY: usize = 32;

/// Longest list marker (bytes) with its brackets.
const LONGEST_MARKER: usize = 24;

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
        if self.is_direct(stop, next) && alphabets::is_inside(before, next) {
            return ("dot-in-word", false);
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
        alphabets::dot(before, next).unwrap_or_else(|| english_dot(before, state.sentence, next))
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

    pub(super) fn is_direct(&self, stop: &Stop, next: &str) -> bool {
        stop.end + next.len() == self.text.len()
    }
}

/// 3.14, 2021.12.09, v2.3.1, １２．５
fn is_number(before: &str, next: &str) -> bool {
    before.ends_with(char::is_numeric) && next.starts_with(char::is_numeric)
}

/// Captions and steps are numbered with a word: 图1. 产业链结构图; Figure 2. Mean response times.
const LABELS: &[&str] = &["图", "圖", "表", "例", "Figure", "Fig.", "Table", "Tab."];

/// Everything since the sentence began is the number of an item: 1. 12. A. 一. (3). Q1.
fn is_item_marker(text: &str) -> bool {
    if text.len() > LONGEST_MARKER {
        return false;
    }
    let body = text.trim_matches(|c: char| c.is_whitespace() || "(（)）*-•·#".contains(c));
    let body = LABELS.iter().find_map(|label| body.strip_prefix(label)).unwrap_or(body).trim_start();
    let count = body.chars().take(6).count();
    let all = |test: fn(char) -> bool| body.chars().all(test);
    let letter = count == 1 && all(|c| c.is_ascii_alphabetic());
    // 1999 is a year and no item.
    let number = count <= 3 && (all(char::is_numeric) || all(|c| "一二三四五六七八九十百".contains(c)));
    let roman = count <= 4 && all(|c| "ivxIVX".contains(c));
    let dotted =
        count <= 5 && body.starts_with(char::is_numeric) && all(|c| c.is_numeric() || c == '.') && body.contains('.');
    let lettered = count <= 3
        && body.bytes().skip(1).all(|b| b.is_ascii_digit())
        && body.starts_with(|c: char| c.is_ascii_uppercase());
    count > 0 && (letter || number || roman || dotted || lettered)
}

/// Is the text before a mark an unfinished address (http://t.cn/abc?x=1, www.a.cn?b, a@b.cn)? One walk back, since a page of
/// nothing but `?a` asks this at every other byte.
fn is_address(before: &str) -> bool {
    let (mut slash, mut dot) = (false, false);
    let bytes = before.as_bytes();
    let from = bytes.len().saturating_sub(LONGEST_ADDRESS);
    for (at, &byte) in bytes.iter().enumerate().skip(from).rev() {
        match byte {
            b'@' => return true,
            b'/' => slash = true,
            b'.' => dot = true,
            b'w' if bytes[at..].starts_with(b"www.") => return true,
            0x21..=0x7E => {}
            _ => break,
        }
        if slash && dot {
            return true;
        }
    }
    false
}

/// Does a glued ! or ? look like part of an address or code (`a.asp?id=7`, `a!=b`) rather than a forgotten space?
fn is_query(first: char, next: &str) -> bool {
    let mut token = next.bytes().take(LONGEST_QUERY).take_while(u8::is_ascii_graphic);
    first.is_ascii_digit() || "/=&%#_-+".contains(first) || token.any(|b| b"=&/_".contains(&b))
}

/// "…of high quality.You'll also find": a forgotten space, not an address or a file name. `ascii` asks whether the whole
/// document writes Chinese with ASCII stops; there `Harrison.Anggun是` is two sentences.
fn is_missing_space(before: &str, next: &str, ascii: impl FnOnce() -> bool) -> bool {
    let word = first_word(next);
    if word.len() < 2 || !word.starts_with(|c: char| c.is_ascii_uppercase()) {
        return false;
    }
    let bytes = before.as_bytes();
    let from = bytes.len().saturating_sub(LONGEST_ADDRESS);
    let start =
        bytes[from..].iter().rposition(|b| b.is_ascii_whitespace() || !b.is_ascii()).map_or(from, |i| from + i + 1);
    let token = &before[start..];
    let lower = token.len() >= 2 && token.bytes().all(|b| b.is_ascii_lowercase() || b == b'-' || b == b'\'');
    if token.contains(['@', '/', ':', '_']) {
        return false;
    }
    if lower && is_starter(word) {
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

/// 《 （ “ and the like: what a Chinese sentence may begin with.
fn is_cjk_symbol(c: char) -> bool {
    matches!(c, '《' | '（' | '【' | '「' | '『' | '〈' | '〔' | '\u{FF00}'..='\u{FFEF}')
}
