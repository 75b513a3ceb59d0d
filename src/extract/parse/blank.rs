//! White space that no layout shows: between the tags of blocks, and in the head.
//!
//! A third of the nodes of real pages are texts of line feeds and indents between `</div>` and `<div>`. Left out, the tree
//! takes a third less memory and both parser and extraction go through less. Space next to inline text stays, since it
//! separates words, and so does all space in `<pre>`.

use std::ops::Range;

use html5ever::LocalName;
use html5ever::tokenizer::{TagKind, TokenSink};

use super::name::{self, Layout, SPACE};
use super::tokenizer::Tokenizer;

/// What the tokenizer remembers of the tags and texts it saw.
pub(super) struct Blank {
    /// Is space between blocks left out at all?
    drop: bool,
    /// Nothing but tags of the head so far.
    head: bool,
    /// The last thing that was not left out was a tag that ends a line.
    after_block: bool,
    /// Open elements that keep their space.
    preformatted: usize,
    /// Space whose fate depends on the tag that follows.
    held: Range<usize>,
}

impl Blank {
    pub(super) fn new(drop: bool) -> Self {
        Blank { drop, head: true, after_block: true, preformatted: 0, held: 0..0 }
    }
}

impl<S: TokenSink> Tokenizer<'_, S> {
    /// Hands on the text of `run..end`, before markup, unless it is space that does not matter.
    #[inline]
    pub(super) fn end_run(&mut self, run: usize, end: usize) {
        if run == end && self.resolved.is_empty() {
            return;
        }
        let blank = &mut self.blank;
        let is_space = || self.bytes[run..end].iter().all(|&byte| name::is(byte, SPACE));
        if blank.drop && blank.preformatted == 0 && self.resolved.is_empty() && is_space() {
            if !blank.after_block && !blank.head {
                blank.held = run..end;
            }
            return;
        }
        (blank.head, blank.after_block) = (false, false);
        self.flush(run, end);
    }

    /// Decides on space before a tag.
    #[inline]
    pub(super) fn before_tag(&mut self, name: &LocalName, kind: TagKind) {
        if !self.blank.drop {
            return;
        }
        let layout = name::layout(name);
        if layout == Layout::Inline {
            self.release();
        }
        let blank = &mut self.blank;
        blank.held = 0..0;
        blank.after_block = layout != Layout::Inline;
        blank.head &= name::is_head(name);
        if layout == Layout::Preformatted {
            let open = blank.preformatted;
            blank.preformatted = if kind == TagKind::StartTag { open + 1 } else { open.saturating_sub(1) };
        }
    }

    /// Hands on space that was held back.
    #[inline]
    pub(super) fn release(&mut self) {
        let held = std::mem::take(&mut self.blank.held);
        self.flush(held.start, held.end);
    }
}
