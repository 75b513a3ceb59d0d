//! What a page says of its own charset.
//!
//! In: bytes. Out: the charsets named by `<meta>`, the XML prolog, or a saved `Content-Type` line, in order. Whether they are
//! true is not judged here. Looked for in the whole page: 1,024 bytes are where browsers stop, not where pages do.

use super::label::{self, Charset};
use memchr::memmem;

/// At most so many declarations of a page are worth looking at.
const MOST: usize = 8;

/// The charsets a page declares, without repeats, and whether the first of them stands after the 1,024 bytes browsers read.
pub(super) fn declared(bytes: &[u8]) -> Vec<Charset> {
    let mut found = Vec::new();
    found.extend(prolog(bytes));
    let mut places: Vec<usize> = memmem::find_iter(bytes, b"harset").take(MOST).collect();
    places.extend(memmem::find_iter(bytes, b"HARSET").take(MOST));
    places.sort_unstable();
    for at in places.into_iter().filter(|&at| at > 0) {
        if let Some(charset) = value(&bytes[at + 6..]).filter(|_| in_meta(bytes, at - 1))
            && !found.contains(&charset)
        {
            found.push(charset);
        }
    }
    found
}

/// The encoding of `<?xml version="1.0" encoding="gb2312"?>`.
fn prolog(bytes: &[u8]) -> Option<Charset> {
    let head = &bytes[..bytes.len().min(256)];
    let start = memmem::find(head, b"<?xml")?;
    let end = start + memmem::find(&head[start..], b"?>")?;
    let at = start + memmem::find(&head[start..end], b"encoding")?;
    value(&head[at + 8..end])
}

/// `="gb2312"`, `= gb2312;`, `="charset=gb2312"`: the label after the word, however it is quoted.
fn value(after: &[u8]) -> Option<Charset> {
    let after = after.trim_ascii_start().strip_prefix(b"=")?;
    let label: Vec<u8> = after
        .iter()
        .copied()
        .skip_while(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b'"' | b'\'' | b'\\'))
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b':' | b'='))
        .take(48)
        .collect();
    label::read(str::from_utf8(&label).ok()?)
}

/// Whether the word at `at` stands in a `<meta …>` tag, or in a `Content-Type:` line of a saved response.
fn in_meta(bytes: &[u8], at: usize) -> bool {
    let before = &bytes[at.saturating_sub(512)..at];
    if let Some(open) = memchr::memrchr(b'<', before) {
        return before[open + 1..].get(..4).is_some_and(|name| name.eq_ignore_ascii_case(b"meta"));
    }
    let line = memchr::memrchr(b'\n', before).map_or(before, |end| &before[end + 1..]);
    at < 2048 && line.get(..13).is_some_and(|name| name.eq_ignore_ascii_case(b"content-type:"))
}
