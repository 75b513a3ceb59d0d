//! The text of a block in Markdown: marks written out, and signs escaped where they would mean something, and only there.
//!
//! In: a block's text and marks. Out: one line that CommonMark reads back as the same text with the same marks. Marks that Markdown's
//! own signs cannot express (`**` beside Chinese punctuation is no emphasis) are written as the HTML that CommonMark allows in a line.

use super::record::Origin;
use crate::page::{Block, Mark, MarkKind, Page};
use iri_string::types::{IriAbsoluteString, IriReferenceStr, IriStr};
use std::collections::HashSet;
use std::ops::Range;

/// Where a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Line,
    Heading,
    Cell,
}

/// What the writer of inline text knows of the page.
pub struct Inline<'a> {
    pub base: Base,
    /// Labels of the notes that are shown.
    pub notes: HashSet<&'a str>,
    pub links: bool,
    pub images: bool,
}

/// A mark that is open, how it was opened and how it closes.
struct Open<'a> {
    mark: &'a Mark,
    start: String,
    close: String,
}

impl Inline<'_> {
    /// A range of a block's text.
    pub fn write(&self, block: &Block, range: Range<usize>, place: Place) -> String {
        let text = block.text.as_str();
        let from = block.marks.partition_point(|mark| mark.range.start < range.start);
        let near = block.marks[from..].iter().take_while(|mark| mark.range.start <= range.end);
        let marks: Vec<&Mark> = near.filter(|mark| self.wanted(mark, &range)).collect();
        let edges = edges(&marks);
        let context = Escape::new(&text[range.clone()], &marks, place);
        let mut out = String::with_capacity(range.len() + 16);
        let mut open: Vec<Open> = Vec::new();
        let mut at = range.start;
        let mut next = marks.into_iter().peekable();
        loop {
            let close = open.iter().map(|open| open.mark.range.end).min();
            let start = next.peek().map(|mark| mark.range.start);
            let stop = [close, start].into_iter().flatten().min().unwrap_or(range.end).clamp(at, range.end);
            let label = open.iter().any(|open| matches!(open.mark.kind, MarkKind::Link { .. }));
            let before_link = close != Some(stop)
                && next
                    .peek()
                    .is_some_and(|mark| matches!(mark.kind, MarkKind::Link { .. } | MarkKind::NoteRef { .. }));
            context.push(text, &range, at..stop, label, before_link, &mut out);
            at = stop;
            if close.is_some_and(|close| close <= stop) {
                self.close(&mut open, stop, &mut out);
                continue;
            }
            let Some(mark) = next.next() else { break };
            if let Some(end) = self.whole(mark, text, place, &mut out) {
                // What is written as it is holds no marks.
                at = end;
                while next.peek().is_some_and(|mark| mark.range.start < end) {
                    next.next();
                }
            } else {
                open.push(self.open(mark, text, is_lone(mark, &edges), &mut out));
            }
        }
        out
    }

    fn wanted(&self, mark: &Mark, range: &Range<usize>) -> bool {
        let inside = range.start <= mark.range.start && mark.range.end <= range.end;
        inside
            && match &mark.kind {
                MarkKind::Link { .. } => self.links && !mark.range.is_empty(),
                MarkKind::Image { .. } => self.images,
                MarkKind::NoteRef { label } => self.notes.contains(label.as_str()),
                _ => !mark.range.is_empty(),
            }
    }

    /// Writes a mark whose text is not inline text; its end.
    fn whole(&self, mark: &Mark, text: &str, place: Place, out: &mut String) -> Option<usize> {
        let inner = &text[mark.range.clone()];
        match &mark.kind {
            MarkKind::Code => out.push_str(&code_span(inner, place)),
            MarkKind::Formula => {
                let inner = if place == Place::Cell {
                    inner.replace("\\|", "\\Vert ").replace('|', "\\|")
                } else {
                    inner.to_owned()
                };
                out.push_str(&format!("${}$", inner.trim()));
            }
            MarkKind::Image { target, text } => {
                out.push_str(&format!("![{}]({})", label(text, place), target_of(&self.base.resolved(target))));
            }
            MarkKind::NoteRef { label } => out.push_str(&format!("[^{label}]")),
            MarkKind::Break => out.push_str("<br>"),
            _ => return None,
        }
        Some(mark.range.end)
    }

    fn open<'m>(&self, mark: &'m Mark, text: &str, lone: bool, out: &mut String) -> Open<'m> {
        let (start, close) = match &mark.kind {
            MarkKind::Link { target } => ("[".to_owned(), format!("]({})", target_of(&self.base.resolved(target)))),
            MarkKind::Strong => delimiter(text, &mark.range, lone, "**", "strong"),
            MarkKind::Emphasis => delimiter(text, &mark.range, lone, "*", "em"),
            MarkKind::Strike => delimiter(text, &mark.range, lone, "~~", "del"),
            MarkKind::Superscript => ("<sup>".to_owned(), "</sup>".to_owned()),
            _ => ("<sub>".to_owned(), "</sub>".to_owned()),
        };
        out.push_str(&start);
        Open { mark, start, close }
    }

    /// Closes what ends here; what was opened after it and goes on is closed and opened again.
    fn close<'m>(&self, open: &mut Vec<Open<'m>>, stop: usize, out: &mut String) {
        let Some(lowest) = open.iter().position(|open| open.mark.range.end <= stop) else { return };
        let closed: Vec<Open> = open.drain(lowest..).collect();
        closed.iter().rev().for_each(|open| out.push_str(&open.close));
        for again in closed.into_iter().filter(|closed| closed.mark.range.end > stop) {
            out.push_str(&again.start);
            open.push(again);
        }
    }
}

/// The places where marks begin and end, in order; those of marks that cross twice.
fn edges(marks: &[&Mark]) -> Vec<usize> {
    let mut edges: Vec<usize> = marks.iter().flat_map(|mark| [mark.range.start, mark.range.end]).collect();
    let mut open: Vec<&Range<usize>> = Vec::new();
    for mark in marks {
        open.retain(|range| range.end > mark.range.start);
        for crossed in open.iter().filter(|range| range.end < mark.range.end) {
            edges.extend([crossed.start, mark.range.start]);
        }
        open.push(&mark.range);
    }
    edges.sort_unstable();
    edges
}

/// Whether no other mark begins or ends where this one does, and none crosses it.
fn is_lone(mark: &Mark, edges: &[usize]) -> bool {
    let once = |at: usize| edges.partition_point(|edge| *edge <= at) - edges.partition_point(|edge| *edge < at) == 1;
    once(mark.range.start) && once(mark.range.end)
}

/// The signs of an emphasis, or its tags where CommonMark would not read the signs as one (0.31, 6.2).
fn delimiter(text: &str, range: &Range<usize>, lone: bool, signs: &str, tag: &str) -> (String, String) {
    let (before, after) = (text[..range.start].chars().next_back(), text[range.end..].chars().next());
    let (first, last) = (text[range.clone()].chars().next(), text[range.clone()].chars().next_back());
    let space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let opens = !space(first) && (letter(first) || space(before));
    let closes = !space(last) && (letter(last) || space(after));
    let beside = |c: Option<char>| c.is_some_and(|c| matches!(c, '*' | '~' | '_'));
    let plain = text[range.clone()].contains(['*', '~', '_', '[', '`', '<', '\\']);
    if lone && opens && closes && !beside(before) && !beside(after) && !plain {
        (signs.to_owned(), signs.to_owned())
    } else {
        (format!("<{tag}>"), format!("</{tag}>"))
    }
}

/// A code span with a fence longer than any run of backticks in it.
fn code_span(text: &str, place: Place) -> String {
    let text = if place == Place::Cell { text.replace('|', "\\|") } else { text.to_owned() };
    let fence = "`".repeat(longest_run(&text, '`') + 1);
    let edge = text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']);
    let pad = if edge && !text.trim().is_empty() { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// The longest run of a character.
pub fn longest_run(text: &str, wanted: char) -> usize {
    let (mut longest, mut run) = (0, 0);
    for c in text.chars() {
        run = if c == wanted { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

/// The words of an image: all signs escaped.
fn label(words: &str, place: Place) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        let special = matches!(c, '\\' | '[' | ']' | '`' | '*' | '_' | '<' | '&' | '~' | '$' | '!')
            || c == '|' && place == Place::Cell;
        if special {
            out.push('\\');
        }
        out.push(if matches!(c, '\n' | '\t' | '\r') { ' ' } else { c });
    }
    out
}

/// An address as a link's target (CommonMark 0.31, 6.3).
fn target_of(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for c in address.chars() {
        match c {
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '\\' => out.push_str("%5C"),
            '|' => out.push_str("%7C"),
            '\n' | '\r' | '\t' => {}
            c => out.push(c),
        }
    }
    let out = escape_entities(&out);
    if out.is_empty() || out.contains([' ', '(', ')']) { format!("<{out}>") } else { out }
}

/// `&copy;` in an address would be read as a sign.
fn escape_entities(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 8);
    for (at, c) in text.char_indices() {
        out.push(c);
        if c == '&' && is_entity(&text[at..]) {
            out.push_str("amp;");
        }
    }
    out
}

/// Whether text that begins with `&` begins with a reference to a character.
fn is_entity(text: &str) -> bool {
    let body = &text[1..];
    let end = body.bytes().position(|b| !(b.is_ascii_alphanumeric() || b == b'#')).unwrap_or(body.len());
    end > 0 && body[end..].starts_with(';')
}

/// What decides whether a sign would mean something.
struct Escape {
    place: Place,
    tildes: bool,
    dollars: bool,
}

impl Escape {
    fn new(text: &str, marks: &[&Mark], place: Place) -> Escape {
        let formulas = marks.iter().any(|mark| mark.kind == MarkKind::Formula);
        let struck = marks.iter().any(|mark| mark.kind == MarkKind::Strike);
        Escape {
            place,
            tildes: struck || text.matches('~').count() > 1 || text.starts_with('~'),
            dollars: formulas || text.matches('$').count() > 1,
        }
    }

    /// Appends plain text; `label` where it stands in a link's words, `before_link` where a link follows.
    fn push(
        &self,
        text: &str,
        whole: &Range<usize>,
        range: Range<usize>,
        label: bool,
        before_link: bool,
        out: &mut String,
    ) {
        let piece = &text[range.clone()];
        if !piece.bytes().any(|b| b.is_ascii_punctuation() || b.is_ascii_digit() || b.is_ascii_whitespace()) {
            return out.push_str(piece);
        }
        let mut marker = if range.start == whole.start && self.place == Place::Line {
            line_start(&text[whole.clone()])
        } else {
            None
        };
        marker = marker.map(|at| at + whole.start);
        for (offset, c) in piece.char_indices() {
            let at = range.start + offset;
            let after = &text[at + c.len_utf8()..whole.end];
            // Where a mark begins or ends, its signs stand beside the character, and they are no space.
            let sign = |edge: bool| edge.then_some(SIGN);
            let last = at + c.len_utf8() == range.end;
            let before = sign(offset == 0 && at > whole.start).or_else(|| text[whole.start..at].chars().next_back());
            let next = sign(last && (range.end < whole.end || label)).or_else(|| after.chars().next());
            let escaped = marker == Some(at) || self.means(c, before, next, after, label, last && before_link);
            if escaped {
                out.push('\\');
            }
            out.push(if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c });
        }
    }

    /// Whether a sign would mean something here.
    fn means(
        &self,
        c: char,
        before: Option<char>,
        next: Option<char>,
        after: &str,
        label: bool,
        before_link: bool,
    ) -> bool {
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let space = |c: Option<char>| c.is_none_or(char::is_whitespace);
        match c {
            '\\' => next.is_none_or(|next| next.is_ascii_punctuation()),
            '`' => true,
            '*' => !(space(before) && space(next)),
            '_' => !(word(before) && word(next) || space(before) && space(next)),
            '~' => self.tildes,
            '$' => self.dollars,
            '[' => label || next == Some('^') || closes(after) || before == Some('!') || before.is_none(),
            ']' => label || before_link || matches!(next, Some('(')),
            '!' => before_link || next == Some('['),
            '<' => next.is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?')),
            '&' => {
                let end = after.bytes().position(|b| !(b.is_ascii_alphanumeric() || b == b'#')).unwrap_or(after.len());
                end > 0 && after[end..].starts_with(';')
            }
            '|' => self.place == Place::Cell,
            '#' => self.place == Place::Heading && next.is_none(),
            _ => false,
        }
    }
}

/// Stands for the signs of a mark.
const SIGN: char = '*';

/// How far a closing bracket is looked for.
const NEAR: usize = 1000;

/// Whether brackets that open here close as a link, a reference or a definition would.
fn closes(after: &str) -> bool {
    let near = &after[..after.floor_char_boundary(NEAR)];
    let bytes = near.as_bytes();
    memchr::memchr_iter(b']', bytes).any(|at| matches!(bytes.get(at + 1), Some(b'(' | b'[' | b':')))
        || near.len() < after.len()
}

/// Where a backslash keeps a line from beginning a block: at its first sign, or after a number (`1\.`).
fn line_start(text: &str) -> Option<usize> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - rest.len();
    let parted = |text: &str| text.is_empty() || text.starts_with([' ', '\t']);
    if (1..=9).contains(&digits) && rest.starts_with(['.', ')']) && parted(&rest[1..]) {
        return Some(digits);
    }
    let first = text.chars().next()?;
    let run = text.len() - text.trim_start_matches(first).len();
    let rule = |sign: char| text.chars().all(|c| c == sign || c == ' ' || c == '\t') && text.matches(sign).count() >= 3;
    let begins = match first {
        '#' => run <= 6 && parted(&text[run..]),
        '>' => true,
        '+' => parted(&text[1..]),
        '-' => parted(&text[1..]) || rule('-') || text.trim_end().bytes().all(|b| b == b'-'),
        '=' => text.trim_end().bytes().all(|b| b == b'='),
        '|' | ':' => text.bytes().all(|b| matches!(b, b'|' | b'-' | b':' | b' ')),
        // `*` and `_` alone are escaped as emphasis, and so are fences as code.
        '*' => parted(&text[1..]),
        '_' => rule('_'),
        _ => false,
    };
    begins.then_some(0)
}

/// What relative addresses start from: the markup's `base` over the page's own address; nothing where neither is known.
pub struct Base(Option<IriAbsoluteString>);

/// Bytes of an address that links are resolved against: a thousand links on a page whose base has 40 kB would make 40 MB of it. No
/// browser of the last thirty years refused fewer.
const LONGEST_BASE: usize = 2083;

impl Base {
    pub fn new(page: &Page, origin: &Origin) -> Base {
        let own = origin.url.as_deref().or(page.metadata.url.as_deref());
        let own = own.filter(|url| url.len() <= LONGEST_BASE);
        let own = Base(own.and_then(|url| IriStr::new(url).ok()).map(|url| url.to_absolute().to_owned()));
        match &page.base {
            // What such a base makes of its links cannot be told without it.
            Some(base) if base.len() > LONGEST_BASE => Base(None),
            Some(base) => {
                let resolved = own.resolved(base);
                Base(IriStr::new(&resolved).ok().map(|url| url.to_absolute().to_owned()).or(own.0))
            }
            None => own,
        }
    }

    /// The address from the base (RFC 3986, section 5); as it is where it cannot be told.
    fn resolved(&self, address: &str) -> String {
        let tidy = address.replace(' ', "%20");
        match (&self.0, IriReferenceStr::new(&tidy)) {
            (Some(base), Ok(reference)) => reference.resolve_against(base).to_string(),
            _ => address.to_owned(),
        }
    }
}
