//! Lines that were wrapped at a width, joined again.
//!
//! In: the pieces of a text. Out: fewer pieces. A text counts as wrapped where most of its words stand in lines of one width that do not
//! end as sentences do: mail, PDF, terminal browsers. Verse and lists have no such width.

use super::pieces::{Kind, Piece};
use std::borrow::Cow;

/// The narrowest width that text is wrapped at, in columns.
const NARROWEST: usize = 30;

/// The widest.
const WIDEST: usize = 160;

/// Columns that a full line may be short of the width: a wide character or a word that did not fit.
const SLACK: usize = 4;

/// Full lines that a wrapped text has at least.
const LEAST: usize = 6;

/// Joins the lines of wrapped paragraphs.
pub fn join(pieces: &mut Vec<Piece>) {
    let Some(width) = width(pieces).or_else(|| width_by_indents(pieces)) else { return };
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    let (mut full, mut indent) = (false, 0);
    for piece in pieces.drain(..) {
        // A line that begins further in than the one before begins a paragraph; below an item it goes on.
        let goes_on = full && !piece.gap && piece.kind == Kind::Paragraph && piece.indent <= indent;
        full = is_open(&piece) && columns(&piece) + SLACK >= width;
        indent = if matches!(piece.kind, Kind::Item(_)) { piece.indent + SLACK + 1 } else { piece.indent };
        match out.last_mut() {
            Some(last) if goes_on => {
                let words = last.words.to_mut();
                let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c.is_ascii_punctuation());
                if latin(words.chars().next_back()) && latin(piece.words.chars().next()) {
                    words.push(' ');
                }
                words.push_str(&piece.words);
            }
            _ => out.push(Piece { words: Cow::Owned(piece.words.into_owned()), ..piece }),
        }
    }
    *pieces = out;
}

/// The width of a short text whose paragraphs say by an indent where they begin: every line without one follows a full line.
fn width_by_indents(pieces: &[Piece]) -> Option<usize> {
    let begins = pieces.iter().filter(|piece| piece.indent >= 4 && piece.kind == Kind::Paragraph).count();
    let widest = pieces.iter().filter(|piece| is_open(piece)).map(columns).max().filter(|width| *width <= WIDEST)?;
    let mut goes_on = 0;
    for pair in pieces.windows(2) {
        if pair[1].gap || pair[1].indent > 0 || pair[1].kind != Kind::Paragraph {
            continue;
        }
        if columns(&pair[0]) + SLACK < widest || ends(&pair[0]) {
            return None;
        }
        goes_on += 1;
    }
    (begins >= 2 && goes_on >= 1 && widest >= NARROWEST).then_some(widest)
}

/// Ends as a sentence does.
fn ends(piece: &Piece) -> bool {
    piece.words.ends_with(['。', '！', '？', '.', '!', '?', '”', '；', ';', ':', '：'])
}

/// Kinds whose lines may go on in the next.
fn is_open(piece: &Piece) -> bool {
    matches!(piece.kind, Kind::Paragraph | Kind::Item(_) | Kind::Quote)
}

/// The columns of a line: two for a wide character, and for quotation marks and dashes, which Chinese fonts set wide.
fn columns(piece: &Piece) -> usize {
    piece.indent + piece.words.chars().map(|c| if c < '\u{2010}' { 1 } else { 2 }).sum::<usize>()
}

/// The width that the text was wrapped at.
fn width(pieces: &[Piece]) -> Option<usize> {
    let mut at_width = [0usize; WIDEST + 1];
    let mut all = 0;
    let widths: Vec<usize> = pieces.iter().map(|piece| if is_open(piece) { columns(piece) } else { 0 }).collect();
    for width in &widths {
        all += width;
        if (NARROWEST..=WIDEST).contains(width) {
            at_width[*width] += 1;
        }
    }
    let near = |width: usize| at_width[width.saturating_sub(SLACK)..=width].iter().sum::<usize>();
    let width = (NARROWEST..=WIDEST).max_by_key(|width| (near(*width) * *width, *width))?;
    let (mut full, mut held, mut unfinished, mut longer) = (0, 0, 0, 0);
    for (piece, columns) in pieces.iter().zip(&widths) {
        if (width - SLACK.min(width)..=width).contains(columns) {
            full += 1;
            held += columns;
            unfinished += usize::from(!ends(piece));
        }
        longer += if *columns > width { *columns } else { 0 };
    }
    (full >= LEAST && held * 2 >= all && unfinished * 4 >= full * 3 && longer * 10 <= all).then_some(width)
}
