//! A leaf block as it grows: its text in pieces, its marks, its lines.
//!
//! In: text, marks and pieces as the walk meets them. Out: the text of one block. A piece ends at a line break; in cells, headings and
//! captions pieces are joined by a space that bears a [`MarkKind::Break`], elsewhere each is a block of its own.

use crate::extract::html::text::Writer;
use crate::page::{Mark, MarkKind};
use std::ops::Range;

/// A mark that is not closed yet, with the place in the writer where it starts.
#[derive(Debug)]
struct Open {
    start: u32,
    kind: MarkKind,
    /// Bytes of addresses that the pieces after the first may still repeat.
    left: usize,
}

/// Bytes of addresses that the pieces of one link repeat at the most: a long link with many line breaks in it is not told in full.
const REPEATED: usize = 1 << 16;

/// Bytes after which a formula that does not end is none.
const LONG_FORMULA: usize = 4000;

/// The block under way.
#[derive(Debug, Default)]
pub struct Leaf {
    writer: Writer,
    /// Marks of the piece under way, in places of the writer.
    piece: Vec<(Range<u32>, MarkKind)>,
    open: Vec<Open>,
    done: Done,
}

/// What a block is made of.
#[derive(Debug, Default)]
pub struct Done {
    pub text: String,
    pub marks: Vec<Mark>,
    pub lines: Vec<u32>,
}

impl Done {
    /// Nothing to show: no text and no image.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty() && self.marks.is_empty()
    }

    /// Takes a line, if it is one.
    pub fn line(&mut self, line: u32) {
        if line != u32::MAX && self.lines.last() != Some(&line) {
            self.lines.push(line);
        }
    }
}

impl Leaf {
    /// Takes the text of a node that stands in a line.
    pub fn text(&mut self, text: &str, pre: bool, line: u32) {
        let before = self.writer.len();
        self.writer.push(text, false, false, pre);
        if self.writer.len() != before {
            self.done.line(line);
        }
    }

    /// Takes text that is marked.
    pub fn marked(&mut self, text: &str, kind: MarkKind) {
        let start = self.writer.mark();
        self.writer.push(text, false, false, true);
        self.piece.push((start..self.writer.mark(), kind));
    }

    /// Takes a line of a program, with its indent. A TAB is the edge of a cell, and four blanks here.
    pub fn code_line(&mut self, line: &str) {
        let start = self.writer.mark();
        self.writer.line(&line.replace('\t', "    "));
        self.piece.push((start..self.writer.mark(), MarkKind::Code));
    }

    /// A line of the page that has no text of its own here: a formula was rendered in it.
    pub fn line(&mut self, line: u32) {
        self.done.line(line);
    }

    /// Opens a mark.
    pub fn open(&mut self, kind: MarkKind) {
        self.open.push(Open { start: self.writer.mark(), kind, left: REPEATED });
    }

    /// Closes the mark that was opened last.
    pub fn close(&mut self) {
        if let Some(Open { start, kind, .. }) = self.open.pop()
            && start < self.writer.mark()
        {
            self.piece.push((start..self.writer.mark(), kind));
        }
    }

    /// An image stands here.
    pub fn image(&mut self, kind: MarkKind) {
        let at = self.writer.mark();
        self.piece.push((at..at, kind));
    }

    /// Ends the piece; marks that are open go on in the next.
    pub fn end_piece(&mut self) {
        let ended = self.writer.end_line();
        let (start, end) = ended.map_or((self.writer.mark(), self.writer.mark()), |(start, end, ..)| (start, end));
        for open in &mut self.open {
            let length = if let MarkKind::Link { target } = &open.kind { target.len() } else { 0 };
            if open.start < end && length <= open.left {
                open.left -= length;
                self.piece.push((open.start..end, open.kind.clone()));
            }
            open.start = end;
        }
        let piece = &self.writer.as_str()[start as usize..end as usize];
        let done = &mut self.done;
        if !done.text.is_empty() && !piece.is_empty() {
            let at = done.text.len();
            done.text.push(' ');
            done.marks.push(Mark { range: at..at + 1, kind: MarkKind::Break });
        }
        let offset = done.text.len();
        done.text.push_str(piece);
        for (range, kind) in self.piece.drain(..) {
            let place = |at: u32| offset + (at.clamp(start, end) - start) as usize;
            let range = place(range.start)..place(range.end);
            if matches!(kind, MarkKind::Image { .. }) {
                done.marks.push(Mark { range: range.start..range.start, kind });
            } else if let Some(range) =
                trimmed(&done.text, range.clone(), kind == MarkKind::Code && range.start == offset)
            {
                done.marks.push(Mark { range, kind });
            }
        }
    }

    /// Whether a formula that stands by itself began in the block and has not ended: a line break in it is none.
    pub fn opens_formula(&self, dollars: bool) -> bool {
        let text = self.writer.as_str();
        let text = text.get(self.done.text.len()..).unwrap_or(text);
        if text.len() > LONG_FORMULA {
            return false;
        }
        let count = |sign: &str| text.matches(sign).count();
        dollars && count("$$") % 2 == 1 || text.contains("\\[") && count("\\[") > count("\\]")
    }

    /// Whether nothing was taken since the last block.
    pub fn is_empty(&self) -> bool {
        self.done.is_empty() && self.piece.is_empty() && !self.writer.has_line()
    }

    /// The block; what comes next is another.
    pub fn take(&mut self) -> Done {
        self.end_piece();
        let mut done = std::mem::take(&mut self.done);
        sort(&mut done.marks);
        self.writer.clear();
        self.open.iter_mut().for_each(|open| open.start = 0);
        done
    }
}

/// Marks in the order of [`crate::page::Block::marks`].
pub fn sort(marks: &mut [Mark]) {
    marks.sort_by_key(|mark| (mark.range.start, std::cmp::Reverse(mark.range.end)));
}

/// The range without white space at its edges, but for the indent of code; `None` where nothing is left.
fn trimmed(text: &str, range: Range<usize>, code: bool) -> Option<Range<usize>> {
    let words = text.get(range.clone())?.trim_end();
    let start = range.start + if code { 0 } else { words.len() - words.trim_start().len() };
    let words = if code { words } else { words.trim_start() };
    (!words.is_empty()).then_some(start..start + words.len())
}
