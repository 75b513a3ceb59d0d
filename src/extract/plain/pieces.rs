//! A text cut into pieces: a heading, an item, a row, a program, a paragraph.
//!
//! In: text. Out: [`Piece`]s in order, each with what the text itself still says of its form. Lines that were wrapped at a width are
//! joined first. Nothing is judged here.

use super::inline::Evidence;
use super::tag;
use std::borrow::Cow;

/// What a piece is by its own marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind<'a> {
    Paragraph,
    /// `## words`, with its level.
    Heading(u8),
    /// `- words` and `1. words`; a number that Markdown knows is taken off.
    Item(Option<u32>),
    Quote,
    /// A row of a table, cells between `|`.
    Row,
    /// A row of a table, cells between tabs.
    Tabs,
    /// `|---|---|`: the row above is a head.
    Line,
    /// Program text within fences, with its language.
    Code(&'a str),
    /// `---` on a line of its own.
    Rule,
}

/// A piece of a text.
#[derive(Debug, Clone)]
pub struct Piece<'a> {
    pub kind: Kind<'a>,
    /// Blanks before it, in columns.
    pub indent: usize,
    /// Its words, its mark taken off.
    pub words: Cow<'a, str>,
    /// A blank line stands before it.
    pub gap: bool,
}

/// White space, and what looks like it: zero-width characters, a byte order mark, the soft hyphen.
pub fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// The pieces of the lines of a text; in mail each line that begins with `>` is a quote. Linear.
pub fn pieces<'a>(lines: &[&'a str], is_mail: bool) -> Vec<Piece<'a>> {
    let fences = fences(lines);
    let mut out: Vec<Piece> = Vec::with_capacity(lines.len());
    let (mut at, mut gap, mut next_fence) = (0, false, fences.iter().peekable());
    while at < lines.len() {
        if let Some(&&(open, close, language)) = next_fence.peek()
            && open == at
        {
            next_fence.next();
            let body = lines[open + 1..close].join("\n");
            out.push(Piece { kind: Kind::Code(language), indent: 0, words: Cow::Owned(body), gap });
            (at, gap) = (close + 1, false);
            continue;
        }
        let bare = lines[at].trim_matches(is_blank);
        if bare.is_empty() {
            gap = true;
        } else {
            let found = piece(lines[at], bare, std::mem::take(&mut gap));
            out.push(if is_mail { quoted(found) } else { found });
        }
        at += 1;
    }
    tables(&mut out);
    super::wrapped::join(&mut out);
    out
}

/// Pairs of fences: the lines they stand in, and the language of the first.
fn fences<'a>(lines: &[&'a str]) -> Vec<(usize, usize, &'a str)> {
    let mut out = Vec::new();
    let mut open: Option<(usize, &str, &str)> = None;
    for (at, line) in lines.iter().enumerate() {
        let bare = line.trim_matches(is_blank);
        let Some(sign) = bare.chars().next().filter(|c| matches!(c, '`' | '~')) else { continue };
        let rest = bare.trim_start_matches(sign);
        let mark = &bare[..bare.len() - rest.len()];
        if mark.len() < 3 || rest.contains(sign) {
            continue;
        }
        match open {
            None => {
                let language = rest.trim().split([' ', '{', ',']).next().unwrap_or_default();
                open = Some((at, mark, language));
            }
            Some((from, opened, language)) if rest.is_empty() && mark.starts_with(opened) => {
                out.push((from, at, language));
                open = None;
            }
            Some(_) => {}
        }
    }
    out
}

fn piece<'a>(line: &'a str, bare: &'a str, gap: bool) -> Piece<'a> {
    let start = &line[..line.find(bare).unwrap_or(0)];
    let indent = start.chars().map(|c| match c {
        '\t' => 4,
        '\u{3000}' => 2,
        c if c.is_whitespace() => 1,
        _ => 0,
    });
    let indent = indent.sum();
    let (kind, words) = match kind(bare) {
        // Four columns in, it is a comment of a program.
        (Kind::Heading(_), _) if indent >= 4 => (Kind::Paragraph, bare),
        // What is nothing but tags is left out by a rule, as a line: it must not vanish within an item.
        (Kind::Item(_) | Kind::Quote, words) if tag::is_tags(words) => (Kind::Paragraph, words),
        found => found,
    };
    Piece { kind, indent, words: Cow::Borrowed(words), gap }
}

/// A line of mail: each `>` before it is a mark.
fn quoted(piece: Piece<'_>) -> Piece<'_> {
    let words = match &piece.words {
        Cow::Borrowed(words) => words.trim_start_matches(|c| c == '>' || is_blank(c)),
        Cow::Owned(_) => return piece,
    };
    let marked = piece.kind == Kind::Quote || piece.kind == Kind::Paragraph && piece.words.starts_with('>');
    let kind = if marked && !words.is_empty() { Kind::Quote } else { return piece };
    Piece { kind, words: Cow::Borrowed(words), ..piece }
}

/// What the mark at the start of a line says, and the words behind it.
fn kind(bare: &str) -> (Kind<'_>, &str) {
    let rest = |n: usize| bare[n..].trim_matches(is_blank);
    let hashes = bare.bytes().take_while(|b| *b == b'#').count();
    if (1..=6).contains(&hashes) && bare[hashes..].starts_with(is_blank) {
        return (Kind::Heading(hashes as u8), rest(hashes).trim_end_matches('#').trim_end());
    }
    if is_rule(bare) {
        return (Kind::Rule, bare);
    }
    if bare.contains('|') && bare.contains("--") && bare.chars().all(|c| "|-: \t".contains(c)) {
        return (Kind::Line, bare);
    }
    if bare.starts_with('|') && bare.ends_with('|') && bare.len() > 2 {
        return (Kind::Row, bare);
    }
    let first = bare.chars().next().unwrap_or(' ');
    let width = first.len_utf8();
    match first {
        '•' | '●' | '◦' | '‣' | '▪' | '■' | '□' | '○' | '◆' | '·' if bare[width..].starts_with(is_blank) => {
            (Kind::Item(None), rest(width))
        }
        '•' if bare.len() > width => (Kind::Item(None), rest(width)),
        '-' | '*' | '+' if bare[1..].starts_with(is_blank) => (Kind::Item(None), rest(1)),
        '>' if bare[1..].starts_with(is_blank) => (Kind::Quote, rest(1)),
        '0'..='9' => {
            numbered(bare).map_or((Kind::Paragraph, bare), |(number, words)| (Kind::Item(Some(number)), words))
        }
        _ => (Kind::Paragraph, bare),
    }
}

/// `---`, `***`, `* * *`: a rule. Two signs are none.
fn is_rule(bare: &str) -> bool {
    let sign = bare.chars().next().unwrap_or(' ');
    matches!(sign, '-' | '*' | '_')
        && bare.len() < 200
        && bare.chars().all(|c| c == sign || c == ' ')
        && bare.chars().filter(|c| *c == sign).count() >= 3
}

/// `1. words`: a list number, not a decimal or a date.
fn numbered(bare: &str) -> Option<(u32, &str)> {
    let rest = bare.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = &bare[..bare.len() - rest.len()];
    let words = rest.strip_prefix(". ").filter(|_| digits.len() <= 3)?.trim_matches(is_blank);
    (!words.is_empty()).then_some((digits.parse().ok()?, words))
}

/// Finds tables that no line says by itself: rows above and below a `---|---`, and three rows or more with as many tabs.
fn tables(pieces: &mut [Piece]) {
    for at in 1..pieces.len() {
        if pieces[at].kind != Kind::Line {
            continue;
        }
        if !pieces[at].gap && pieces[at - 1].kind == Kind::Paragraph && pieces[at - 1].words.contains('|') {
            pieces[at - 1].kind = Kind::Row;
        }
        let rows = pieces[at + 1..].iter_mut();
        rows.take_while(|piece| !piece.gap && piece.kind == Kind::Paragraph && piece.words.contains('|'))
            .for_each(|piece| piece.kind = Kind::Row);
    }
    let tabs = |piece: &Piece| match piece.kind {
        Kind::Paragraph => piece.words.bytes().filter(|byte| *byte == b'\t').count(),
        _ => 0,
    };
    let mut from = 0;
    while from < pieces.len() {
        let count = tabs(&pieces[from]);
        let mut to = from + 1;
        while to < pieces.len() && count > 0 && !pieces[to].gap && tabs(&pieces[to]) == count {
            to += 1;
        }
        if to - from >= 3 {
            pieces[from..to].iter_mut().for_each(|piece| piece.kind = Kind::Tabs);
        }
        from = to;
    }
}

/// What a text was seen to hold.
pub fn evidence(pieces: &[Piece]) -> Evidence {
    let mut seen = Evidence::default();
    for piece in pieces {
        match piece.kind {
            Kind::Heading(_) | Kind::Code(_) | Kind::Line => seen.forms += 1,
            _ => {}
        }
        if piece.words.contains("](") {
            seen.links += 1;
        }
        if seen.left_over < ENOUGH && !matches!(piece.kind, Kind::Code(_)) {
            seen.left_over += left_over(&piece.words);
        }
    }
    seen
}

/// Tags left over that are counted.
const ENOUGH: usize = 100;

/// How many tags of a line can be nothing but left over.
fn left_over(words: &str) -> usize {
    memchr::memchr_iter(b'<', words.as_bytes())
        .filter_map(|at| Some((at, tag::at_start(&words[at..])?)))
        .filter(|(at, (tag, length))| {
            (tag.end || !tag.bare) && tag::is_left_over(tag, &words[..*at], &words[at + length..], true)
        })
        .count()
}
