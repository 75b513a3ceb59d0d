//! Tables that a page shows twice: once for wide screens, once for phones.
//!
//! In: what was chosen. Out: fewer lines. Pages of offices put the facts of a document (索引号, 发文机关) into two tables of which a style
//! sheet hides one; the markup does not say which. The first stays.

use super::choose::Choice;
use super::context::Context;
use super::words;
use std::ops::Range;

/// Tokens of a table that is no accident.
const SAID: u32 = 12;

/// Leaves out a table of data whose cells all stand in a table before it.
pub fn leave_out(context: &Context, is_data: &[bool], choice: &mut Choice) {
    let flat = context.flat;
    let mut said: words::Map<u64, ()> = words::Map::default();
    let before = choice.left_out.len();
    for (element, _) in flat.elements.iter().zip(is_data).filter(|(_, is_data)| **is_data) {
        let lines = element.lines.start as usize..element.lines.end as usize;
        let tokens: u32 = flat.lines[lines.clone()].iter().map(|line| line.counts.tokens).sum();
        if tokens < SAID
            || !choice.keep[lines.clone()].contains(&true)
            || said.insert(cells(context, lines.clone()), ()).is_none()
        {
            continue;
        }
        for index in lines.filter(|index| std::mem::take(&mut choice.keep[*index])) {
            choice.left_out.push((index, "said-before"));
        }
    }
    if choice.left_out.len() > before {
        choice.left_out.sort_unstable();
    }
}

/// One number for the words of these lines, whatever their order and blanks.
fn cells(context: &Context, lines: Range<usize>) -> u64 {
    let mut bare = String::new();
    let hash = |index: usize| {
        bare.clear();
        bare.extend(context.flat.line(index).chars().filter(|c| !c.is_whitespace()));
        if bare.is_empty() { 0 } else { words::hash(bare.as_bytes()) }
    };
    lines.map(hash).fold(0, u64::wrapping_add)
}
