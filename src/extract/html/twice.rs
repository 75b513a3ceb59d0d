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

/// Leaves out a table of data that says what the table right before it says: nothing that is kept stands between them. The same table below
/// another heading is another one.
pub fn leave_out(context: &Context, is_data: &[bool], choice: &mut Choice) {
    let flat = context.flat;
    let mut before: Option<(Range<usize>, u64)> = None;
    for (element, _) in flat.elements.iter().zip(is_data).filter(|(_, is_data)| **is_data) {
        let lines = element.lines.start as usize..element.lines.end as usize;
        let tokens: u32 = flat.lines[lines.clone()].iter().map(|line| line.counts.tokens).sum();
        if tokens < SAID || !choice.keep[lines.clone()].contains(&true) {
            continue;
        }
        let said = cells(context, lines.clone());
        let again = before.as_ref().is_some_and(|(other, words)| {
            *words == said && other.end <= lines.start && !choice.keep[other.end..lines.start].contains(&true)
        });
        if again {
            let gone = lines.filter(|index| std::mem::take(&mut choice.keep[*index]));
            choice.left_out.extend(gone.map(|index| (index, "said-before")));
            choice.left_out.sort_unstable();
        } else {
            before = Some((lines, said));
        }
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
