//! A block as text: its bullet or number, and signs that marks bring.
//!
//! In: blocks. Out: what plain text and the record's text hold. A formula stands between `$`. A raised digit after a digit, a letter or a
//! closing bracket is parted by `^`, since 10⁶ is not 106 and n² not n2; behind Chinese it is the number of a note and stays as it is. A
//! lowered digit after a digit is parted by `_`; after a letter it is written so everywhere (H2O, CO2). An item has its number or `- ` and
//! two blanks a level.

use crate::page::{Block, Container, Kind, Mark, MarkKind};
use std::ops::Range;

/// A sign that a mark brings: closers of a place stand before openers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Sign {
    at: usize,
    opens: bool,
    sign: char,
}

/// The signs of a block, in order.
#[derive(Debug, Default)]
pub struct Signs(Vec<Sign>);

impl Signs {
    /// The signs that a block's marks bring.
    pub fn of(block: &Block) -> Signs {
        let mut signs = Vec::new();
        let around = |range: &Range<usize>, signs: &mut Vec<Sign>| {
            signs.push(Sign { at: range.start, opens: true, sign: '$' });
            signs.push(Sign { at: range.end, opens: false, sign: '$' });
        };
        if block.kind == Kind::Formula {
            around(&(0..block.text.len()), &mut signs);
        }
        for mark in &block.marks {
            let sign = match mark.kind {
                MarkKind::Formula => {
                    around(&mark.range, &mut signs);
                    continue;
                }
                MarkKind::Superscript => '^',
                MarkKind::Subscript => '_',
                _ => continue,
            };
            if merges(block, &mark.range, sign) {
                signs.push(Sign { at: mark.range.start, opens: true, sign });
            }
        }
        signs.sort_unstable();
        Signs(signs)
    }

    /// Appends a range of the block's text with its signs.
    pub fn push(&self, text: &str, range: Range<usize>, out: &mut String) {
        let mut from = range.start;
        let first = self.0.partition_point(|sign| sign.at < range.start);
        for sign in self.0[first..].iter().take_while(|sign| sign.at <= range.end) {
            let inside = if sign.opens {
                (range.start..range.end).contains(&sign.at)
            } else {
                range.start < sign.at && sign.at <= range.end
            };
            if let Some(piece) = text.get(from..sign.at).filter(|_| inside) {
                out.push_str(piece);
                out.push(sign.sign);
                from = sign.at;
            }
        }
        out.push_str(text.get(from..range.end).unwrap_or_default());
    }

    /// Code points that signs put before a place: those up to the closers there, and those with the openers.
    pub fn before(&self, at: usize) -> Shift {
        let closed = self.0.partition_point(|sign| sign.at < at);
        let middle = closed + self.0[closed..].iter().take_while(|sign| sign.at == at && !sign.opens).count();
        let opened = middle + self.0[middle..].iter().take_while(|sign| sign.at == at).count();
        Shift { inner_end: closed, outer: middle, inner_start: opened }
    }
}

/// Whether a raised or lowered number would be read as one with what stands before it.
fn merges(block: &Block, range: &Range<usize>, sign: char) -> bool {
    let (before, own) = (block.text.get(..range.start), block.text.get(range.clone()));
    let digit = |c: char| c.is_ascii_digit();
    let number = own.is_some_and(|text| text.trim_start_matches(['-', '−', '+']).starts_with(digit));
    let base = |c: char| digit(c) || sign == '^' && (c.is_ascii_alphabetic() || matches!(c, ')' | ']' | 'Α'..='ω'));
    let refers = |mark: &Mark| matches!(mark.kind, MarkKind::NoteRef { .. }) && range.contains(&mark.range.start);
    number && before.is_some_and(|text| text.ends_with(base)) && !block.marks.iter().any(refers)
}

/// How far signs move a place.
pub struct Shift {
    /// For the end of what a closer closes.
    pub inner_end: usize,
    /// For all else.
    pub outer: usize,
    /// For the start of what an opener opens.
    pub inner_start: usize,
}

/// What stands before a block in its first line: the indent, and its bullet, number or label where its item or note begins.
pub fn lead(block: &Block, last: Option<&Block>, bullets: bool) -> String {
    if !bullets {
        return String::new();
    }
    let mut out = String::new();
    let mut same = true;
    let before: &[Container] = last.map_or(&[], |last| &last.within);
    let levels = block.within.iter().filter(|c| matches!(c, Container::Item { .. } | Container::Note { .. })).count();
    let mut seen = 0;
    for (depth, container) in block.within.iter().enumerate() {
        same &= before.get(depth) == Some(container);
        let marker = match container {
            Container::Item { ordered, number, label, done, .. } => {
                let sign = match (ordered, label) {
                    (true, Some(label)) => format!("{label}. "),
                    (true, None) => format!("{number}. "),
                    (false, _) => "- ".to_owned(),
                };
                sign + task(*done)
            }
            Container::Note { label } => format!("[{label}] "),
            _ => continue,
        };
        seen += 1;
        match (same, seen < levels) {
            // What goes on, or begins with an item in it, is an indent.
            (true, _) | (false, true) => out.push_str("  "),
            (false, false)
                if matches!(container, Container::Item { ordered: false, done: None, .. })
                    && has_marker(&block.text) => {}
            (false, false) => out.push_str(&marker),
        }
    }
    out
}

/// The box of a task.
pub fn task(done: Option<bool>) -> &'static str {
    match done {
        Some(true) => "[x] ",
        Some(false) => "[ ] ",
        None => "",
    }
}

/// Text that brings its own number or bullet: 1. 一、 （三） ①.
pub fn has_marker(text: &str) -> bool {
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let chinese = |text: &str| text.starts_with(|c: char| "一二三四五六七八九十".contains(c));
    (digits.len() < text.len() && digits.len() + 4 > text.len() && digits.starts_with(['.', '、', ')', '）', '．']))
        || text.starts_with(|c: char| ('①'..='⑳').contains(&c) || matches!(c, '•' | '●' | '■' | '◆'))
        || chinese(text)
            && text.trim_start_matches(|c: char| "一二三四五六七八九十百".contains(c)).starts_with(['、', '．'])
        || text.strip_prefix(['（', '(']).is_some_and(|rest| {
            let inner = rest.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
            inner.len() < rest.len() && inner.starts_with(['）', ')'])
        })
}
