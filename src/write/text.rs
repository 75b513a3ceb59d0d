//! A page as plain text: one block a line, or one sentence a line with a blank line between blocks.

use super::{Options, shown};
use crate::page::{Block, Page};

/// The page as text. A page whose `extract` was left out comes back line for line.
pub fn text(page: &Page, options: &Options) -> String {
    let mut out = String::with_capacity(page.blocks.iter().map(|b| b.text.len() + 1).sum());
    for block in shown(page, options) {
        if options.sentences && page.verbatim {
            sentences_of_lines(block, &mut out);
        } else if options.sentences {
            if !out.is_empty() {
                out.push('\n');
            }
            sentences(block, &mut out);
        } else {
            out.push_str(&block.text);
            if !page.verbatim {
                out.push('\n');
            }
        }
    }
    out
}

fn sentences(block: &Block, out: &mut String) {
    for range in &block.sentences {
        // A sentence of a table row or code block may span a line end; in this form a line is a sentence.
        out.extend(block.text[range.clone()].trim().split('\n').flat_map(|part| [part, "\n"]));
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
