//! Formulas that stand in text between delimiters, for a program in the reader's browser to draw.
//!
//! In: a block's text and marks. Out: the same without the delimiters, the TeX marked. `\( \)`, `\[ \]` and `$$ $$` are nothing else in
//! text; a single `$` counts only where the page loads such a program and what it encloses looks like TeX.

use super::leaf::{Done, sort};
use crate::edit::{Edit, Moved, apply};
use crate::page::{Mark, MarkKind};
use std::ops::Range;

/// A formula found: with its delimiters, and within them.
struct Found {
    outer: Range<usize>,
    inner: Range<usize>,
    display: bool,
}

/// Marks what is TeX. True where the whole text is one formula that stands by itself.
pub fn mark(done: &mut Done, dollars: bool) -> bool {
    let text = &done.text;
    if !(text.contains("\\(") || text.contains("\\[") || text.contains("$$") || dollars && text.contains('$')) {
        return false;
    }
    let taken: Vec<Range<usize>> =
        done.marks.iter().filter(|mark| mark.kind.is_literal()).map(|mark| mark.range.clone()).collect();
    let found = formulas(text, dollars, &taken);
    if found.is_empty() {
        return false;
    }
    let whole = matches!(&found[..], [one] if one.display && one.outer == (0..text.len()));
    let gone = |range: Range<usize>| Edit::of(range, "", "delimiter");
    let edits: Vec<Edit> =
        found.iter().flat_map(|f| [gone(f.outer.start..f.inner.start), gone(f.inner.end..f.outer.end)]).collect();
    let applied = apply(&mut done.text, &edits);
    let moved = Moved::new(&edits, &applied);
    // What stood within a formula is TeX and no mark: `_a_` is not emphasis.
    done.marks.retain(|mark| {
        let near = found.get(found.partition_point(|f| f.outer.end <= mark.range.start));
        !near.is_some_and(|f| f.outer.start < mark.range.end && mark.range != f.outer)
    });
    for mark in &mut done.marks {
        mark.range = moved.at(mark.range.start)..moved.at(mark.range.end);
    }
    done.marks.extend(
        found.iter().map(|f| Mark { range: moved.at(f.inner.start)..moved.at(f.inner.end), kind: MarkKind::Formula }),
    );
    sort(&mut done.marks);
    whole
}

fn formulas(text: &str, dollars: bool, taken: &[Range<usize>]) -> Vec<Found> {
    let bytes = text.as_bytes();
    let mut found: Vec<Found> = Vec::new();
    let mut at = 0;
    // Where the next closing delimiter of each kind stands: it is looked for again only past it, and never past the last.
    let mut closers = [Some(0); 4];
    let mut next_taken = 0;
    while let Some(step) = memchr::memchr2(b'\\', b'$', &bytes[at..]) {
        at += step;
        while taken.get(next_taken).is_some_and(|range| range.end <= at) {
            next_taken += 1;
        }
        if let Some(range) = taken.get(next_taken).filter(|range| range.contains(&at)) {
            at = range.end;
            continue;
        }
        let (which, open, close) = match (bytes[at], bytes.get(at + 1)) {
            (b'\\', Some(b'(')) => (0, 2, "\\)"),
            (b'\\', Some(b'[')) => (1, 2, "\\]"),
            (b'$', Some(b'$')) => (2, 2, "$$"),
            (b'$', _) if dollars => (3, 1, "$"),
            (b'\\', Some(next)) if next.is_ascii() => {
                at += 2;
                continue;
            }
            _ => {
                at += 1;
                continue;
            }
        };
        let from = at + open;
        if closers[which].is_some_and(|end| end < from) {
            closers[which] = text[from..].find(close).map(|length| from + length);
        }
        match closers[which] {
            Some(end) if sound(text, from..end, which) && taken.get(next_taken).is_none_or(|t| t.start >= end) => {
                let inner = &text[from..end];
                let start = from + inner.len() - inner.trim_start().len();
                let inner = start..start + inner.trim().len();
                found.push(Found { outer: at..end + close.len(), inner, display: which == 1 || which == 2 });
                at = end + close.len();
            }
            _ => at = from,
        }
    }
    found
}

/// Bytes of a function of something at the most.
const CALL: usize = 40;
/// Letters of a function's name at the most.
const NAME: usize = 4;

/// A function of something, or a pair: `H(X)`, `P(A)`, `(X, Y)`. No words in it, and blanks behind commas alone.
fn is_call(tex: &str) -> bool {
    let bytes = tex.as_bytes();
    let signs =
        |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'(' | b')' | b'[' | b']' | b',' | b' ' | b'.' | b'\'');
    let blanks = bytes.windows(2).all(|pair| pair[1] != b' ' || pair[0] == b',');
    let short = |word: &[u8]| word.len() <= NAME;
    tex.len() <= CALL
        && tex.contains('(')
        && tex.ends_with(')')
        && bytes.iter().all(signs)
        && blanks
        && bytes.split(|b| !b.is_ascii_alphabetic()).all(short)
        && bytes.iter().any(u8::is_ascii_alphabetic)
}

/// Whether what stands between the delimiters is a formula: 从 $5 到 $6 is none.
fn sound(text: &str, inner: Range<usize>, which: usize) -> bool {
    let tex = &text[inner.clone()];
    if tex.trim().is_empty() {
        return false;
    }
    if which < 3 {
        return true;
    }
    let edges = !tex.starts_with(char::is_whitespace) && !tex.ends_with(char::is_whitespace);
    let priced = text[inner.end + 1..].starts_with(|c: char| c.is_ascii_digit());
    let looks = tex.contains(['\\', '^', '_', '{', '=', '<', '>', '+', '|'])
        || tex.chars().count() <= 3 && tex.starts_with(|c: char| c.is_ascii_alphabetic())
        || is_call(tex);
    let wide = tex.chars().any(|c| matches!(c, '，' | '。' | '！' | '？'));
    edges && !priced && looks && !wide
}
