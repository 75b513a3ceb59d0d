//! The tree as two flat lists: elements that lay out as blocks, and lines of text.
//!
//! In: a parsed page. Out: [`Flat`]. This is the only walk over the tree; everything after it works on the lists, where a
//! subtree is a range of lines and a sum over it is a difference of two prefix sums. Nothing is judged here.

use super::attributes::{self, Seen};
use super::head::{Head, attribute};
use super::tag::Tag;
use super::text::{Counts, Writer};
use super::words::{self, Words};
use crate::extract::layout::{aside, formula};
use crate::extract::parse::{Arena, Content, Markup, Place};

/// An element that lays out as a block.
#[derive(Debug, Clone)]
pub struct Element {
    pub tag: Tag,
    pub depth: u16,
    /// Index of the enclosing block element; its own index for the root.
    pub parent: u32,
    /// The lines of its subtree.
    pub lines: std::ops::Range<u32>,
    /// What class, id and role say of it.
    pub words: Words,
    /// The same of all elements around it, itself included.
    pub around: Words,
    /// Which tags are around it, itself included: one bit for each [`Tag`] block.
    pub tags: u64,
    /// Equal for siblings made by the same template: tag and class.
    pub shape: u32,
    /// Number among the `li` of its list, from `start` or 1.
    pub ordinal: u32,
    /// How many `li` children were seen (lists only), counted from `start`.
    pub items: u32,
    /// A cell that names a row or a column: `th`.
    pub head: bool,
}

/// A run of text between two line edges.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// Bytes into [`Flat::text`].
    pub start: u32,
    pub end: u32,
    /// Index of the block element it lies in.
    pub element: u32,
    pub counts: Counts,
    /// Bits of [`flag`].
    pub flags: u16,
    /// What the classes of its inline elements say.
    pub words: Words,
}

/// Bits of [`Line::flags`].
pub mod flag {
    /// Hidden by an attribute or a style.
    pub const HIDDEN: u16 = 1;
    /// Inside `noscript`.
    pub const NOSCRIPT: u16 = 2;
    /// Inside a button, label, select or option.
    pub const CONTROL: u16 = 4;
    /// A single `br` stands before it.
    pub const BREAK_BEFORE: u16 = 8;
    /// Two or more `br`, or a rule, stand before it.
    pub const GAP_BEFORE: u16 = 16;
    /// Inside `pre`.
    pub const PRE: u16 = 32;
    /// An image stands just before it.
    pub const IMAGE_BEFORE: u16 = 64;
    /// Holds a `time` element.
    pub const TIME: u16 = 128;
    /// Holds `code` or the like.
    pub const CODE: u16 = 256;
    /// Begins with an indent: two or more U+3000 or no-break spaces.
    pub const INDENT: u16 = 512;
    /// Holds a link to another place in the page.
    pub const FRAGMENT: u16 = 1024;
    /// Inside a button that belongs to a heading: its text is not read.
    pub const SILENT: u16 = 2048;
    /// Inside a link of a heading to itself: signs in it are not read.
    pub const SIGN: u16 = 4096;
    /// The user's recipe drops all of it.
    pub const PRUNED: u16 = 8192;
}

/// A piece of text inside an element whose class speaks of an author, a date or a source.
#[derive(Debug, Clone)]
#[allow(dead_code)]
pub struct Mark {
    pub words: Words,
    pub start: u32,
    pub end: u32,
    pub line: u32,
}

/// A page as lists.
#[derive(Debug, Default, Clone)]
pub struct Flat {
    pub elements: Vec<Element>,
    pub lines: Vec<Line>,
    pub text: String,
    pub marks: Vec<Mark>,
    pub head: Head,
    /// Bodies of `noframes`, raw.
    pub noframes: Vec<String>,
    /// Values of `data-preloaded` (see `payload`).
    pub preloaded: Vec<String>,
    /// Made of data the page carries: all of it is main text.
    pub carried: bool,
    pub images: u32,
    /// By node of the tree: the line that a text stands in, the element that a block is; `u32::MAX` for all others.
    pub places: Vec<u32>,
    /// The first `base` element's address.
    pub base: Option<String>,
    /// What says something and stands in no line, in order.
    pub aside: Vec<Aside>,
}

/// A node that says something beside the lines: a sign in a heading, the reading of a character, a box to write in, a drawing, a formula.
#[derive(Debug, Clone, Copy)]
pub struct Aside {
    /// Its number in the tree.
    pub node: u32,
    /// The line it stands in (a formula) or before.
    pub line: u32,
    /// What the line says cannot be told without it.
    pub formula: bool,
}

impl Flat {
    /// The text of line `index`.
    pub fn line(&self, index: usize) -> &str {
        let line = &self.lines[index];
        &self.text[line.start as usize..line.end as usize]
    }
}

/// State that is restored when an element closes.
#[derive(Clone, Copy, Default)]
struct Open {
    element: u32,
    link: u32,
    bold: u32,
    flags: u16,
    inline_words: Words,
}

/// Walks the tree once.
pub fn flatten(page: &Arena) -> Flat {
    let mut walk = Walk::new();
    walk.flat.places = vec![u32::MAX; page.len()];
    let mut place = Some(page.root());
    // A plain traversal would do, but a subtree that is never text is better stepped over than walked through.
    while let Some(current) = place {
        let descend = match current.content() {
            Content::Text(text) => {
                walk.text(text, current);
                false
            }
            Content::Element { .. } => current.markup().is_some_and(|markup| walk.open(markup, current)),
            Content::Document | Content::Fragment => true,
            Content::Other => false,
        };
        place = if descend { current.first_child() } else { None };
        if descend && place.is_none() {
            walk.close_if_element(current);
        }
        let mut up = current;
        while place.is_none() {
            place = up.next_sibling();
            if place.is_none() {
                match up.parent() {
                    Some(parent) => {
                        walk.close_if_element(parent);
                        up = parent;
                    }
                    None => break,
                }
            }
        }
    }
    walk.finish()
}

pub(super) struct Walk {
    pub(super) flat: Flat,
    writer: Writer,
    stack: Vec<(Tag, Open, u32)>,
    now: Open,
    breaks: u32,
    image: bool,
    line_flags: u16,
    line_words: Words,
    pub(super) cache: words::Cache,
}

impl Walk {
    fn new() -> Walk {
        let mut flat = Flat::default();
        flat.elements.push(Element {
            tag: Tag::Body,
            depth: 0,
            parent: 0,
            lines: 0..0,
            words: 0,
            around: 0,
            tags: 0,
            shape: 0,
            ordinal: 0,
            items: 0,
            head: false,
        });
        Walk {
            flat,
            writer: Writer::default(),
            stack: Vec::new(),
            now: Open::default(),
            breaks: 0,
            image: false,
            line_flags: 0,
            line_words: 0,
            cache: words::Cache::default(),
        }
    }

    fn text(&mut self, text: &str, place: Place) {
        if self.now.flags & (flag::SILENT | flag::SIGN) != 0
            && (self.now.flags & flag::SILENT != 0 || !text.contains(char::is_alphanumeric))
        {
            return self.aside(place, false);
        }
        let (link, bold) = (self.now.link > 0, self.now.bold > 0);
        let before = self.writer.len();
        self.writer.push(text, link, bold, self.now.flags & flag::PRE != 0);
        if self.writer.len() != before {
            self.line_flags |= self.now.flags;
            self.line_words |= self.now.inline_words;
            self.flat.places[place.number()] = self.flat.lines.len() as u32;
        }
    }

    fn aside(&mut self, place: Place, formula: bool) {
        // What stands behind words of the line comes after it.
        let line = self.flat.lines.len() + usize::from(!formula && self.writer.has_line());
        self.flat.aside.push(Aside { node: place.number() as u32, line: line as u32, formula });
    }

    /// An element whose text is no part of a line.
    fn skip(&mut self, markup: Markup, place: Place) {
        if formula::is_held(markup) {
            self.aside(place, true);
        } else if aside::rule(markup, place).is_some() {
            self.aside(place, false);
        }
    }

    /// Opens an element; false where its subtree is not to be walked.
    fn open(&mut self, markup: Markup, place: Place) -> bool {
        let tag = Tag::of(markup.name());
        match tag {
            Tag::Skip => {
                self.skip(markup, place);
                return false;
            }
            Tag::Break => {
                self.end_line();
                self.breaks += 1;
                return false;
            }
            Tag::Rule => {
                self.end_line();
                self.breaks += 2;
                return false;
            }
            Tag::Image => {
                self.image = true;
                self.flat.images += 1;
                if formula::image(markup).is_some() {
                    self.aside(place, true);
                }
                return false;
            }
            Tag::Script => {
                self.flat.head.script(markup, place);
                if formula::is_held(markup) {
                    self.aside(place, true);
                }
                return false;
            }
            Tag::NoFrames => {
                self.flat.noframes.push(place.children().filter_map(Place::text).collect());
                return false;
            }
            Tag::TitleElement => {
                self.flat.head.title(place);
                return false;
            }
            Tag::Meta => {
                self.flat.head.meta(markup);
                return false;
            }
            Tag::Link => {
                self.flat.head.link(markup);
                return false;
            }
            Tag::Base => {
                self.flat.base = self.flat.base.take().or_else(|| attribute(markup, "href").map(str::to_owned));
                return false;
            }
            _ => {}
        }
        if self.push(tag, markup) {
            self.aside(place, true);
        }
        if tag.is_block() {
            self.flat.places[place.number()] = self.now.element;
        }
        true
    }

    /// Enters an element; true where an attribute of it holds a formula.
    fn push(&mut self, tag: Tag, markup: Markup) -> bool {
        let saved = self.now;
        let Flat { head: page, preloaded, .. } = &mut self.flat;
        let seen = attributes::attributes(tag, markup, &mut self.cache, page, preloaded);
        let mut mark = u32::MAX;
        if tag.is_block() {
            self.end_line();
            self.breaks = 0;
            self.block(tag, &seen, markup.name() == "th");
        } else {
            match tag {
                Tag::Anchor => {
                    self.now.link += u32::from(seen.href);
                    self.now.flags |= if seen.fragment { flag::FRAGMENT } else { 0 };
                }
                Tag::Strong => self.now.bold += 1,
                Tag::Noscript => self.now.flags |= flag::NOSCRIPT,
                Tag::Button | Tag::Label | Tag::Select | Tag::Option => self.now.flags |= flag::CONTROL,
                Tag::Time => self.now.flags |= flag::TIME,
                Tag::Code => self.now.flags |= flag::CODE,
                _ => {}
            }
            if tag == Tag::Option {
                self.end_line();
            }
            self.now.inline_words |= seen.words;
            if seen.words & (words::SECTION_EDIT | words::HEADING_LINK) != 0 {
                self.now.flags |= if seen.words & words::SECTION_EDIT != 0 { flag::SILENT } else { flag::SIGN };
            }
        }
        if seen.hidden {
            self.now.flags |= flag::HIDDEN;
        }
        if tag == Tag::Pre {
            self.now.flags |= flag::PRE;
        }
        if tag.level() > 0 {
            self.now.bold += 1;
        }
        let says = seen.words | if seen.author { words::AUTHOR } else { 0 };
        if says & (words::AUTHOR | words::DATE | words::SITE | words::META | words::TAGS) != 0 {
            mark = self.flat.marks.len() as u32;
            let start = self.writer.mark();
            let line = self.flat.lines.len() as u32;
            self.flat.marks.push(Mark { words: says, start, end: start, line });
        }
        self.stack.push((tag, saved, mark));
        seen.formula
    }

    fn block(&mut self, tag: Tag, seen: &Seen, head: bool) {
        let parent = self.now.element;
        let first = self.flat.lines.len() as u32;
        let (around, tags, depth) = {
            let up = &self.flat.elements[parent as usize];
            (up.around | seen.words, up.tags | 1 << tag as u64, up.depth.saturating_add(1))
        };
        let mut ordinal = 0;
        if tag == Tag::Li {
            let up = &mut self.flat.elements[parent as usize];
            up.items = seen.value.unwrap_or(up.items + 1);
            ordinal = up.items;
        }
        self.now.element = self.flat.elements.len() as u32;
        self.now.inline_words = 0;
        self.flat.elements.push(Element {
            tag,
            depth,
            parent,
            lines: first..first,
            words: seen.words,
            around,
            tags,
            shape: seen.shape,
            ordinal,
            items: seen.start.map_or(0, |s| s.saturating_sub(1)),
            head,
        });
    }

    fn close_if_element(&mut self, place: Place) {
        if matches!(place.content(), Content::Element { .. }) {
            self.close();
        }
    }

    fn close(&mut self) {
        let Some((tag, saved, mark)) = self.stack.pop() else { return };
        if mark != u32::MAX {
            self.flat.marks[mark as usize].end = self.writer.mark();
        }
        if tag.is_block() {
            self.end_line();
            self.breaks = 0;
            let end = self.flat.lines.len() as u32;
            self.flat.elements[self.now.element as usize].lines.end = end;
        } else if tag == Tag::Option {
            self.end_line();
        }
        self.now = saved;
    }

    fn end_line(&mut self) {
        let flags = std::mem::take(&mut self.line_flags);
        let words = std::mem::take(&mut self.line_words);
        if let Some((start, end, mut counts, indented)) = self.writer.end_line() {
            // Sentences in a link are text in a link that was never closed; menus and teasers hold no two stops.
            if counts.tokens >= 50 && counts.stops >= 2 {
                counts.linked = 0;
            }
            let mut flags = flags;
            if indented {
                flags |= flag::INDENT;
            }
            match self.breaks {
                0 => {}
                1 => flags |= flag::BREAK_BEFORE,
                _ => flags |= flag::GAP_BEFORE,
            }
            if std::mem::take(&mut self.image) {
                flags |= flag::IMAGE_BEFORE;
            }
            self.breaks = 0;
            self.flat.lines.push(Line { start, end, element: self.now.element, counts, flags, words });
        }
    }

    fn finish(mut self) -> Flat {
        self.end_line();
        let end = self.flat.lines.len() as u32;
        self.flat.elements[0].lines.end = end;
        self.flat.text = self.writer.take();
        self.flat
    }
}
