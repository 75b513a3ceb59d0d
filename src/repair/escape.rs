//! Characters that arrived as their escapes: entities, %uXXXX, \uXXXX, %E6%88%91, =E6=88=91, UTF-7; and the broken halves
//! of four-byte GB 18030 codes.
//!
//! In: a whole text, for an escape may run over a line end (quoted-printable). Out: edits. Escapes that are meant stay: in
//! addresses, code, regular expressions, and where the text talks about them.

use super::judge::{is_east, is_han, price, talks};
use super::model::{Model, NAT};
use super::scan::commonness;
use crate::edit::{Edit, Guess, Loss};
use regex::{Captures, Regex};
use std::collections::HashMap;
use std::sync::LazyLock;

/// One kind of escape: what a run of it looks like, and how it is read.
struct Kind {
    rule: &'static str,
    /// What must be there before the pattern is tried.
    mark: &'static str,
    pattern: &'static str,
    read: fn(&str) -> Option<String>,
}

/// Pages whose scripts escaped text and whose templates escaped it again; the marks in the order they nest.
const KINDS: [Kind; 7] = [
    Kind { rule: "percent-u", mark: "%u", pattern: r"(?:%u[0-9A-Fa-f]{4}(?:%[0-7][0-9A-Fa-f])*)+", read: percent_u },
    Kind { rule: "backslash-u", mark: "\\u", pattern: r"(?:\\u[0-9A-Fa-f]{4})+", read: backslash_u },
    Kind { rule: "percent", mark: "%", pattern: r"%[0-9A-Fa-f]{2}(?:[@-~]?%[0-9A-Fa-f]{2})*", read: percent },
    Kind {
        rule: "quoted-printable",
        mark: "=",
        pattern: r"(?:=[0-9A-F]{2}|=\r?\n)(?:[@-~]?(?:=[0-9A-F]{2}|=\r?\n))*",
        read: quoted_printable,
    },
    Kind { rule: "utf7", mark: "+", pattern: r"\+[A-Za-z0-9+/]{3,}-?", read: utf7 },
    Kind {
        rule: "entity",
        mark: "&",
        pattern: r"(?:&(?:amp;){0,2}#(?:(?:[0-9]{2,7}|[xX][0-9A-Fa-f]{2,6});|[0-9]{5}))+",
        read: numeric,
    },
    Kind {
        rule: "encoded-word",
        mark: "=?",
        pattern: r"=\?[A-Za-z0-9_-]+\?[BbQq]\?[^?\s]+\?=(?:[ \t]+=\?[A-Za-z0-9_-]+\?[BbQq]\?[^?\s]+\?=)*",
        read: encoded_words,
    },
];

static PATTERNS: LazyLock<Vec<Regex>> = LazyLock::new(|| KINDS.iter().map(|k| pattern(k.pattern)).collect());
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"&(amp;){0,2}(ldquo|rdquo|lsquo|rsquo|mdash|ndash|hellip|middot|nbsp|times|deg|quot|amp|lt|gt|bull|laquo|raquo|#39|#34|#\d{2,3});",
    )
});
static QUAD: LazyLock<Regex> = LazyLock::new(|| pattern(r"[?\u{FFFD}]([0-9])[?\u{FFFD}]([0-9])"));

fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("a fixed pattern, compiled by the tests")
}

/// The edits for the escapes of a text, in order.
pub(super) fn edits(model: &Model, text: &str) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    for (kind, pattern) in KINDS.iter().zip(PATTERNS.iter()).filter(|(k, _)| text.contains(k.mark)) {
        let taken = edits.clone();
        let mut found: Vec<(Edit, bool)> = Vec::new();
        // Where the run before ended, and whether it was meant.
        let (mut before, mut stays) = (0, false);
        for run in pattern.find_iter(text) {
            let (from, to) = (run.start(), run.end());
            stays = stays && goes_on(&text[before..from], kind.rule) || meant(text, before, from, to, kind.rule);
            if is_free(&taken, from, to)
                && !stays
                && let Some(new) = (kind.read)(run.as_str()).map(|new| in_line(run.as_str(), new))
                && !new.chars().any(|c| c.is_control() && !c.is_whitespace() || c == '\0')
            {
                let proof = believable(model, &new, kind.rule);
                found.push((Edit::of(run.range(), new, kind.rule), proof));
            }
            before = to;
        }
        edits.extend(proven(text, found, kind.rule));
        edits.sort_by_key(|e| e.range.start);
    }
    edits.extend(named(text, &edits));
    edits.sort_by_key(|e| e.range.start);
    edits
}

/// Repair gives as many lines as it got: a line end that was escaped becomes a space, as browsers show it. In quoted-printable it stands where
/// the run went on to the next line.
fn in_line(run: &str, new: String) -> String {
    let ends = |text: &str| text.matches('\n').count();
    if ends(&new) <= ends(run) && (ends(run) > 0 || !new.contains('\r')) {
        return new;
    }
    new.replace("\r\n", " ").replace(['\n', '\r'], " ")
}

/// None of these edits, which are in order, touches the place.
fn is_free(edits: &[Edit], from: usize, to: usize) -> bool {
    let next = edits.partition_point(|e| e.range.end <= from);
    edits.get(next).is_none_or(|e| e.range.start >= to)
}

/// The runs that prove themselves, and those on one line with them; soft line ends join lines.
fn proven(text: &str, found: Vec<(Edit, bool)>, rule: &str) -> Vec<Edit> {
    let apart = |a: usize, b: usize| {
        let between = text.get(a..b).unwrap_or("");
        between.contains('\n') && rule != "quoted-printable"
    };
    let mut keep: Vec<bool> = found.iter().map(|f| f.1).collect();
    for at in 1..found.len() {
        keep[at] |= keep[at - 1] && !apart(found[at - 1].0.range.end, found[at].0.range.start);
    }
    for at in (1..found.len()).rev() {
        keep[at - 1] |= keep[at] && !apart(found[at - 1].0.range.end, found[at].0.range.start);
    }
    found.into_iter().zip(keep).filter(|(_, keep)| *keep).map(|(f, _)| f.0).collect()
}

/// Two Chinese characters or more that make sense.
fn believable(model: &Model, new: &str, rule: &str) -> bool {
    let east = new.chars().filter(|&c| is_east(c)).count();
    // A run of base 64 may be anything; the others prove themselves by their form.
    let limit = if rule == "utf7" { 9 * NAT } else { 12 * NAT };
    let rare = new.chars().filter(|&c| is_han(c) && commonness(c) == 3).count();
    if rule == "utf7" && (rare * 4 > east || east < 2) {
        return false;
    }
    let sure = east == 1 && !matches!(rule, "entity" | "backslash-u" | "percent");
    (east >= 2 && price(model, new.chars()).mean() <= limit) || (sure && price(model, new.chars()).mean() <= 8 * NAT)
}

/// Whether a run stands with the one before it, `between` apart: in one address, or in one line of code.
fn goes_on(between: &str, rule: &str) -> bool {
    match rule {
        "percent" | "percent-u" => {
            !between.contains(|c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | '，' | '。'))
        }
        "backslash-u" => !between.contains('\n'),
        _ => false,
    }
}

/// Whether the escape stands where it is meant. `since` is where the escape before it ended. The line is looked at once, for its first
/// escape, since it may hold any number of them.
fn meant(text: &str, since: usize, from: usize, to: usize, rule: &str) -> bool {
    let line_from = text[since..from].rfind('\n').map(|n| since + n + 1);
    let first = line_from.is_some() || since == 0 || text[..since].ends_with('\n');
    let (before, after) = (&text[line_from.unwrap_or(since)..from], &text[to..]);
    if first && (talks(before) || talks(after.split('\n').next().unwrap_or_default())) {
        return true;
    }
    let word_from = before.rfind(|c: char| c.is_whitespace() || is_east(c));
    let word = word_from.map_or(before, |n| &before[n + before[n..].chars().next().map_or(1, char::len_utf8)..]);
    match rule {
        "percent" | "percent-u" => {
            let number = word.chars().all(|c| c.is_ascii_digit() || ".,-~%/".contains(c));
            let path = word.starts_with('/') && (word_from.is_some() || first);
            (!number || path) && ["://", "www.", "href", "?", "=", "/", ".", "&"].iter().any(|m| word.contains(m))
                || after.starts_with(['&', '='])
        }
        "backslash-u" => {
            let code = before.ends_with(['[', '-', '\\', '"', '\'', '^', '`', '{'])
                || ["(\"", "\":", "{\"", "= \""].iter().any(|code| before.contains(code));
            first && code || after.starts_with([']', '"', '\'', '}', '+', '*', '`']) || after.starts_with("-\\u")
        }
        // Base64 of other things: a long run of its letters stands before the "+", or it goes on behind.
        "utf7" => {
            let run = word.bytes().rev().take_while(|b| b.is_ascii_alphanumeric() || *b == b'/').count();
            let ended = text[..to].ends_with('-');
            word.contains(['=', ':'])
                || run >= BASE64
                || !ended && after.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/'))
                || after.starts_with('=')
        }
        "entity" => before.ends_with(['"', '\'', '`', '“', '「']) && after.starts_with(['"', '\'', '`', '”', '」']),
        _ => word.contains("://"),
    }
}

/// Letters of base64 in a row that are no word.
const BASE64: usize = 12;

fn percent_u(run: &str) -> Option<String> {
    let mut units = Vec::new();
    let mut rest = run;
    while let Some(tail) = rest.strip_prefix('%') {
        let (hex, after) = match tail.strip_prefix('u') {
            Some(tail) => tail.split_at_checked(4)?,
            None => tail.split_at_checked(2)?,
        };
        units.push(u16::from_str_radix(hex, 16).ok()?);
        rest = after;
    }
    String::from_utf16(&units).ok()
}

fn backslash_u(run: &str) -> Option<String> {
    let mut units: Vec<u16> = Vec::new();
    let mut rest = run;
    while !rest.is_empty() {
        if let Some(tail) = rest.strip_prefix("\\u") {
            let (hex, after) = tail.split_at_checked(4)?;
            units.push(u16::from_str_radix(hex, 16).ok()?);
            rest = after;
        } else {
            let c = rest.chars().next()?;
            units.extend(c.encode_utf16(&mut [0; 2]).iter());
            rest = &rest[c.len_utf8()..];
        }
    }
    String::from_utf16(&units).ok()
}

/// Bytes behind each `sign`, other characters as they are.
fn hex_bytes(run: &str, sign: u8) -> Vec<u8> {
    let bytes = run.as_bytes();
    let mut out = Vec::with_capacity(bytes.len() / 3);
    let mut at = 0;
    while at < bytes.len() {
        let hex = run.get(at + 1..at + 3).and_then(|h| u8::from_str_radix(h, 16).ok());
        match hex {
            Some(b) if bytes[at] == sign => {
                out.push(b);
                at += 3;
            }
            _ => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    out
}

fn percent(run: &str) -> Option<String> {
    let bytes = hex_bytes(run, b'%');
    if let Ok(text) = String::from_utf8(bytes.clone()) {
        return Some(text);
    }
    let (text, bad) = encoding_rs::GBK.decode_without_bom_handling(&bytes);
    let han = text.chars().filter(|&c| is_han(c)).count();
    (!bad && han >= 2).then(|| text.into_owned())
}

fn quoted_printable(run: &str) -> Option<String> {
    let joined = run.replace("=\r\n", "").replace("=\n", "");
    let bytes = hex_bytes(&joined, b'=');
    if let Ok(text) = std::str::from_utf8(&bytes) {
        return Some(text.to_owned());
    }
    let text = encoding_rs::GBK.decode_without_bom_handling_and_without_replacement(&bytes)?;
    (text.chars().filter(|&c| is_han(c)).count() >= 2).then(|| text.into_owned())
}

/// Words of a mail's head (RFC 2047). Neighbours of one charset are put together before they are read: mailers cut characters in two.
fn encoded_words(run: &str) -> Option<String> {
    let mut pieces: Vec<(&'static encoding_rs::Encoding, Vec<u8>)> = Vec::new();
    for word in run.split_whitespace() {
        let mut parts = word.strip_prefix("=?")?.strip_suffix("?=")?.splitn(3, '?');
        let (label, form, body) = (parts.next()?, parts.next()?, parts.next()?);
        let encoding = encoding_rs::Encoding::for_label(label.as_bytes())?;
        let bytes = match form {
            "B" | "b" => base64::Engine::decode(&base64::engine::general_purpose::STANDARD, body).ok()?,
            _ => hex_bytes(&body.replace('_', " "), b'='),
        };
        match pieces.last_mut() {
            Some(last) if last.0 == encoding => last.1.extend(bytes),
            _ => pieces.push((encoding, bytes)),
        }
    }
    let read = |(encoding, bytes): &(&'static encoding_rs::Encoding, Vec<u8>)| {
        Some(encoding.decode_without_bom_handling_and_without_replacement(bytes)?.into_owned())
    };
    pieces.iter().map(read).collect()
}

fn utf7(run: &str) -> Option<String> {
    use base64::Engine;
    let body = run.strip_prefix('+')?;
    let body = body.strip_suffix('-').unwrap_or(body);
    let engine = base64::engine::GeneralPurpose::new(
        &base64::alphabet::STANDARD,
        base64::engine::GeneralPurposeConfig::new()
            .with_decode_padding_mode(base64::engine::DecodePaddingMode::RequireNone)
            .with_decode_allow_trailing_bits(false),
    );
    let bytes = engine.decode(body).ok()?;
    if bytes.len() % 2 != 0 {
        return None;
    }
    let units: Vec<u16> = bytes.chunks(2).map(|b| u16::from_be_bytes([b[0], b[1]])).collect();
    String::from_utf16(&units).ok().filter(|t| t.chars().all(|c| is_east(c) || c as u32 >= 0xA0))
}

fn numeric(run: &str) -> Option<String> {
    run.split('&').filter(|e| e.contains('#')).map(|e| entity(e.trim_end_matches(';'))).collect()
}

/// One numeric entity without its semicolon.
fn entity(e: &str) -> Option<char> {
    let digits = &e[e.rfind('#')? + 1..];
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => digits.parse().ok()?,
    };
    char::from_u32(code)
}

/// Named entities in Chinese text: all kinds where numeric ones were undone on the same line, else only typography that
/// touches a Han character.
fn named(text: &str, done: &[Edit]) -> Vec<Edit> {
    let mut edits = Vec::new();
    if !text.contains('&') {
        return edits;
    }
    let mut line = Line::default();
    for found in NAMED.captures_iter(text) {
        let Some(whole) = found.get(0) else { continue };
        let (from, to) = (whole.start(), whole.end());
        if !is_free(done, from, to) {
            continue;
        }
        if from >= line.to {
            line = Line::around(text, from, done);
        }
        let touches = text[..from].chars().next_back().is_some_and(is_east)
            || text[to..].chars().next().is_some_and(is_east)
            || edits.last().is_some_and(|e: &Edit| e.range.end == from);
        let markup = matches!(found.get(2).map(|m| m.as_str()), Some("lt" | "gt"));
        if !line.talks
            && (line.company || (touches && !markup && !line.code))
            && let Some(new) = name(&found)
        {
            let new = in_line(whole.as_str(), new.to_string());
            edits.push(Edit::of(from..to, new, "entity"));
        }
    }
    edits
}

/// What is looked for on a line once, for all its entities.
#[derive(Default)]
struct Line {
    /// The offset of its end; zero before the first.
    to: usize,
    /// It talks about escapes.
    talks: bool,
    /// It has the signs of code.
    code: bool,
    /// Numeric entities of it were undone.
    company: bool,
}

impl Line {
    /// The line around `at`; `done` are edits in order.
    fn around(text: &str, at: usize, done: &[Edit]) -> Line {
        let from = text[..at].rfind('\n').map_or(0, |n| n + 1);
        let to = text[at..].find('\n').map_or(text.len(), |n| at + n);
        let line = &text[from..to];
        let edits = done[done.partition_point(|e| e.range.start < from)..].iter().take_while(|e| e.range.start < to);
        let company = edits.into_iter().any(|e| e.rule == "entity");
        Line { to, talks: talks(line), code: line.contains(['<', '`', '{']), company }
    }
}

fn name(found: &Captures) -> Option<char> {
    Some(match found.get(2)?.as_str() {
        "ldquo" => '“',
        "rdquo" => '”',
        "lsquo" => '‘',
        "rsquo" => '’',
        "mdash" => '—',
        "ndash" => '–',
        "hellip" => '…',
        "middot" => '·',
        "nbsp" => '\u{A0}',
        "times" => '×',
        "deg" => '°',
        "quot" => '"',
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "bull" => '•',
        "laquo" => '«',
        "raquo" => '»',
        numeric => char::from_u32(numeric.strip_prefix('#')?.parse().ok()?)?,
    })
}

/// Characters with four-byte codes, the commonest of Chinese pages first: of those with the same two digits the first wins.
const QUADS: &str = "•\u{A0}©®\u{FEFF}‑▪✓✔✗✘❤♥►▶◀◆➤➢◦‣∙ñöäçãåæøßîôâëïõÖÄÅÉÇØÑ½¼¾²³¹µ¥£¢«»¿¡ª☆☎✉☑☐♪♫™℠⇒⇔↔⌀–🙂😀😂👍🔥";

/// The same by the digits of their codes.
static BY_DIGITS: LazyLock<HashMap<[u8; 2], char>> = LazyLock::new(|| {
    let mut found = HashMap::new();
    for c in QUADS.chars() {
        if let [_, first, _, second] = *encoding_rs::GB18030.encode(c.encode_utf8(&mut [0; 4])).0 {
            found.entry([first, second]).or_insert(c);
        }
    }
    found
});

/// What the digits of a four-byte code stand for.
fn quad(digits: &str) -> Option<char> {
    BY_DIGITS.get(digits.as_bytes()).copied()
}

/// Two of four bytes are gone, and one character of those that pages have is left: how often it is the right one, of 100.
const QUAD_CERTAINTY: u8 = 97;

/// Four-byte codes read as GBK: "?6?1" for "•".
pub(super) fn quads(text: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    for found in QUAD.captures_iter(text) {
        let (Some(whole), Some(a), Some(b)) = (found.get(0), found.get(1), found.get(2)) else { continue };
        let digits = [a.as_str(), b.as_str()].concat();
        let apart = |c: Option<char>| !c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '?');
        if let Some(new) = quad(&digits)
            && apart(text[..whole.start()].chars().next_back())
            && text[whole.end()..].chars().next().is_some_and(|c| is_east(c) || c == ' ' || c == '\n' || c == '?')
        {
            let range = 0..new.len_utf8();
            let guesses = vec![Guess { range, certainty: QUAD_CERTAINTY }];
            let edit = Edit::of(whole.range(), new.to_string(), "gb18030-quad");
            edits.push(Edit { lost: Loss::Guessed, guesses: guesses.into(), ..edit });
        }
    }
    edits
}
