//! Character references: `&amp;`, `&#20013;`, `&nbsp` without its semicolon.

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};

/// A resolved reference.
pub struct Reference {
    first: char,
    second: Option<char>,
    /// Index of the byte after it.
    pub end: usize,
    /// It ends in a semicolon.
    pub closed: bool,
}

impl Reference {
    fn one(first: char, end: usize, closed: bool) -> Self {
        Reference { first, second: None, end, closed }
    }

    /// Calls `push` with each character that it stands for.
    pub fn chars(&self) -> impl Iterator<Item = char> {
        std::iter::once(self.first).chain(self.second)
    }
}

/// Resolves the reference whose `&` is at `at`, or `None` if the `&` stands for itself. In an attribute a name without
/// semicolon before `=` or an alphanumeric is no reference: `?a=1&copy=2` is a query.
pub fn resolve(text: &str, at: usize, in_attribute: bool) -> Option<Reference> {
    match text.as_bytes().get(at + 1)? {
        b'#' => numeric(text.as_bytes(), at + 2),
        byte if byte.is_ascii_alphanumeric() => {
            common(&text.as_bytes()[at + 1..], at + 1).or_else(|| named(text, at + 1, in_attribute))
        }
        _ => None,
    }
}

/// The five that make up nearly all references of real pages; the full table costs a hash for every letter.
fn common(rest: &[u8], from: usize) -> Option<Reference> {
    const COMMON: [(&[u8], char); 5] =
        [(b"nbsp;", '\u{a0}'), (b"amp;", '&'), (b"quot;", '"'), (b"lt;", '<'), (b"gt;", '>')];
    let (name, character) = COMMON.iter().find(|(name, _)| rest.starts_with(name))?;
    Some(Reference::one(*character, from + name.len(), true))
}

/// The longest name of the table that starts at `from`; the table holds each prefix of a name too, standing for nothing.
fn named(text: &str, from: usize, in_attribute: bool) -> Option<Reference> {
    let bytes = text.as_bytes();
    if in_attribute {
        // Queries are full of `&name=`, which is no reference whatever the name.
        let letters = bytes[from..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        if bytes.get(from + letters) == Some(&b'=') {
            return None;
        }
    }
    let mut longest = None;
    let mut end = from;
    while bytes.get(end).is_some_and(u8::is_ascii) {
        end += 1;
        match NAMED_ENTITIES.get(&text[from..end]) {
            None => break,
            Some(&(0, _)) => {}
            Some(&(first, second)) => longest = Some((end, first, second)),
        }
    }
    let (end, first, second) = longest?;
    let closed = bytes[end - 1] == b';';
    let goes_on = bytes.get(end).is_some_and(|&next| next == b'=' || next.is_ascii_alphanumeric());
    if in_attribute && !closed && goes_on {
        return None;
    }
    let second = char::from_u32(second).filter(|&character| character != '\0');
    Some(Reference { first: char::from_u32(first)?, second, end, closed })
}

/// `from` is the index after `&#`.
fn numeric(bytes: &[u8], from: usize) -> Option<Reference> {
    let hexadecimal = matches!(bytes.get(from), Some(b'x' | b'X'));
    let base = if hexadecimal { 16 } else { 10 };
    let start = from + usize::from(hexadecimal);
    let mut end = start;
    let mut number: u32 = 0;
    while let Some(digit) = bytes.get(end).and_then(|&byte| char::from(byte).to_digit(base)) {
        number = number.saturating_mul(base).saturating_add(digit);
        end += 1;
    }
    if end == start {
        return None;
    }
    let closed = bytes.get(end) == Some(&b';');
    Some(Reference::one(numbered(number), end + usize::from(closed), closed))
}

/// The character of a numeric reference. 0x80 to 0x9F mean Windows-1252, what is no character is replaced.
fn numbered(number: u32) -> char {
    let windows = number.checked_sub(0x80).and_then(|index| C1_REPLACEMENTS.get(index as usize)).copied().flatten();
    match (windows, number) {
        (Some(character), _) => character,
        (None, 0) => char::REPLACEMENT_CHARACTER,
        (None, _) => char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER),
    }
}
