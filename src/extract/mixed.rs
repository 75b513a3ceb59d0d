//! Inputs that are half page, half text: somebody's notes above a saved page, a page whose comments were pasted below it.
//!
//! In: an input that was taken for HTML. Out: its parts. In HTML a line end is a blank, so that lines of text around a page would run
//! into one paragraph. Text counts only where the page says of itself where it begins or ends.

use std::ops::Range;

/// Non-blank lines that a part of text has at least.
const LINES: usize = 2;

/// Code points that it has at least.
const CHARS: usize = 20;

/// The page of an input, and text before and after it: empty ranges where there is none.
pub fn parts(input: &str) -> [Range<usize>; 3] {
    let bytes = input.as_bytes();
    let first = memchr::memchr(b'<', bytes).unwrap_or(0);
    let begin = if begins_document(&input[first..]) && is_text(&input[..first]) { first } else { 0 };
    let last = memchr::memrchr(b'>', bytes).map_or(input.len(), |at| at + 1);
    let closes = ["</html>", "</HTML>", "</body>", "</BODY>"].iter().any(|tag| input[..last].ends_with(tag));
    let end = if closes && is_text(&input[last..]) { last } else { input.len() };
    [0..begin, begin..end, end..input.len()]
}

fn begins_document(text: &str) -> bool {
    let head = &text.as_bytes()[..text.len().min(9)];
    [&b"<!doctype"[..], b"<html"]
        .iter()
        .any(|mark| head.len() >= mark.len() && head[..mark.len()].eq_ignore_ascii_case(mark))
}

/// Lines of text, and no head of an answer that a server gave.
fn is_text(text: &str) -> bool {
    let lines = text.lines().filter(|line| !line.trim().is_empty()).take(LINES).count();
    lines >= LINES
        && text.chars().filter(|c| !c.is_whitespace()).nth(CHARS - 1).is_some()
        && !text.trim_start().starts_with("HTTP/")
}
