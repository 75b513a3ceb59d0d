//! The blocks of a whole page, with their form; nothing is judged here.
//!
//! In: the parsed tree, and the flat lines that it was read into. Out: [`Laid`] blocks in reading order, each with the lines its text
//! stands in. It renders as a browser would, as far as text goes: what is hidden is set apart, a table becomes a grid, code keeps its
//! white space, a formula becomes TeX. The forests judge lines (`html::choose`); which blocks stay follows from their lines (`html::blocks`).
//!
//! Everything is iterative. A block lies in at most [`DEEPEST`] containers, and a mark is open at most once a kind, so that no nesting
//! makes more of a page than a few times its length.

pub(super) mod aside;
mod code;
pub(super) mod formula;
mod grid;
mod image;
mod leaf;
mod list;
mod mathml;
mod notes;
mod seen;
mod style;
pub mod tables;
mod tex;
mod walk;

use super::html::flat::Flat;
use super::parse::Arena;
use crate::page::Block;

/// Containers around one block; what lies deeper lies in the last of them.
const DEEPEST: usize = 12;

/// A block of the page on its way to be kept or dropped.
#[derive(Debug)]
pub struct Laid {
    pub block: Block,
    /// The flat lines that its text stands in, in order; none for a formula or an image that has no text.
    pub lines: Vec<u32>,
    /// The line that it stands in or before, where it has none.
    pub near: u32,
    /// The block element of the flat page that it lies in.
    pub element: u32,
    /// Why a reader does not see it: the name of a rule.
    pub unseen: Option<&'static str>,
    /// Hidden by a block of its own: a box that opens, or a text that a script shows.
    pub folded: bool,
}

/// What to lay out.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Keep where links and images lead.
    pub links: bool,
    /// By flat line: show it although a style hides it, for what a script shows later.
    pub reveal: Vec<bool>,
    /// The page loads a program that sets `$…$` as formulas.
    pub dollars: bool,
    /// By flat line: lay out only these, and what has no line beside them. Empty: all.
    pub keep: Vec<bool>,
    /// By node: why a reader's recipe does not show it. Empty: nothing is hidden so.
    pub barred: Vec<Option<&'static str>>,
}

/// Lays out a page.
pub fn layout(page: &Arena, flat: &Flat, options: Options) -> Vec<Laid> {
    walk::Walk::new(page, flat, options).run()
}

/// The rules that name what is in the page and in no block, with what they stand for.
pub const RULES: &[(&str, &str)] = &[
    ("line-numbers", "the numbers beside the lines of a program, which are not part of it"),
    ("code-buttons", "复制代码, Copy and the name of the language above a program"),
    ("heading-link", "signs in a heading that link to itself: ¶, #, 永久链接; and [编辑] beside it"),
    ("ruby", "the reading above a character, which the line would say twice"),
    ("drawing", "words of a drawing (`svg`): labels of a diagram, names of buttons"),
    ("text-box", "what a box to write in holds at first"),
    ("equation-number", "the number beside a formula that a table sets"),
    ("note-link", "the arrow that leads from a footnote back to the text"),
];
