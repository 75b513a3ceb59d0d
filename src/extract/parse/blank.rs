//! White space that no layout shows: between the tags of blocks, and in the head.
//!
//! A third of the nodes of real pages are texts of line feeds and indents between `</div>` and `<div>`. Left out, the tree
//! takes a third less memory and both parser and extraction go through less. Space next to inline text stays, since it
//! separates words, and so does all space in `<pre>`. Here is what is remembered; the tokenizer decides by it.

use std::ops::Range;

/// What the tokenizer remembers of the tags and texts it saw.
pub(super) struct Blank {
    /// Is space between blocks left out at all?
    pub(super) drop: bool,
    /// Nothing but tags of the head so far.
    pub(super) head: bool,
    /// The last thing that was not left out was a tag that ends a line.
    pub(super) after_block: bool,
    /// Open elements that keep their space.
    pub(super) preformatted: usize,
    /// Space whose fate depends on the tag that follows.
    pub(super) held: Range<usize>,
}

impl Blank {
    pub(super) fn new(drop: bool) -> Self {
        Blank { drop, head: true, after_block: true, preformatted: 0, held: 0..0 }
    }
}
