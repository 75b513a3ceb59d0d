//! A page as plain text: one block a line, or one sentence a line with a blank line between blocks. Code and tables keep their lines.

use super::form::{Signs, lead};
use super::{Options, shown};
use crate::page::{Block, Kind, Page};

/// The page as text. A page whose `extract` was left out comes back line for line.
pub fn text(page: &Page, options: &Options) -> String {
    let mut out = String::with_capacity(page.blocks.iter().map(|b| b.text.len() + 1).sum());
    let mut last = None;
    for block in shown(page, options) {
        if options.sentences && page.verbatim {
            sentences_of_lines(block, &mut out);
        } else if page.verbatim {
            out.push_str(&block.text);
        } else if block.text.is_empty() {
            continue;
        } else if options.sentences {
            if !out.is_empty() {
                out.push('\n');
            }
            sentences(block, &mut out);
        } else {
            out.push_str(&lead(block, last, !options.bare_items));
            Signs::of(block).push(&block.text, 0..block.text.len(), &mut out);
            out.push('\n');
        }
        last = Some(block);
    }
    out
}

fn sentences(block: &Block, out: &mut String) {
    if let Kind::Code { .. } = block.kind {
        out.push_str(&block.text);
        out.push('\n');
        return;
    }
    let signs = Signs::of(block);
    for range in &block.sentences {
        signs.push(&block.text, range.clone(), out);
        out.push('\n');
    }
}

/// Sentences of a piece of plain text: blank lines of the input stay, so that paragraphs can still be told apart.
fn sentences_of_lines(block: &Block, out: &mut String) {
    let mut ranges = block.sentences.iter().peekable();
    let mut from = 0;
    for line in block.text.split_inclusive('\n') {
        let to = from + line.len();
        if line.trim().is_empty() {
            out.push('\n');
        }
        while let Some(range) = ranges.next_if(|range| range.start < to) {
            let sentence = block.text[range.clone()].trim();
            if !sentence.is_empty() {
                out.push_str(sentence);
                out.push('\n');
            }
        }
        from = to;
    }
}
