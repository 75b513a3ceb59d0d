//! Budgets between tokenizer and tree builder, so that no page costs more than its length.
//!
//! html5ever's tree builder scans its stack of open elements for most tags, without a cap: 100,000 nested `<div>` take 8 s.
//! Browsers cap the depth at 512; so do we, and leave out start tags below it (with the end tags that belong to them) but
//! never text. Unclosed formatting elements are made anew in each paragraph, which can give any number of nodes for a tag:
//! a page with far more nodes than tags, or more nodes than memory should hold, goes on as text alone, one line a block.

use std::cell::{Cell, RefCell};
use std::marker::PhantomData;

use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult};
use html5ever::tree_builder::{Tracer, TreeBuilder, TreeSink};
use html5ever::{LocalName, local_name};
use scraper::HtmlTreeSink;

/// A sink that says how many nodes it made.
pub(super) trait Nodes: TreeSink {
    fn nodes(&self) -> usize;
}

impl Nodes for HtmlTreeSink {
    fn nodes(&self) -> usize {
        self.0.borrow().tree.values().len()
    }
}

type Builder<Sink> = TreeBuilder<<Sink as TreeSink>::Handle, Sink>;

/// How much of a page is built.
#[derive(Debug, Clone)]
pub struct Budget {
    /// Open elements and unclosed formatting elements together; tags below are left out. 512 is the browsers' cap; the
    /// deepest of 436 pages nests 45 elements.
    pub depth: usize,
    /// Nodes for each tag, after the first [`Budget::free_nodes`]. Real pages need less than two.
    pub nodes_per_tag: usize,
    /// Nodes that any page may have.
    pub free_nodes: usize,
    /// Nodes that no page may exceed, at about 140 bytes each. A real page of 256 MB has about 8 million.
    pub nodes: usize,
    /// Attributes of one tag, which are compared with each other for duplicates.
    pub attributes: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Budget { depth: 512, nodes_per_tag: 8, free_nodes: 100_000, nodes: 10_000_000, attributes: 256 }
    }
}

/// What is let through to the tree builder.
#[derive(Clone, Copy, PartialEq)]
enum Mode {
    All,
    /// No start tag that would go deeper.
    Deep,
    /// Text alone.
    Flat,
}

/// Tags between two looks at the budget.
const INTERVAL: usize = 64;

/// A tree builder that is told no more than the budget allows.
pub(super) struct Guard<Sink: TreeSink> {
    builder: Builder<Sink>,
    budget: Budget,
    mode: Cell<Mode>,
    tags: Cell<usize>,
    /// Names of the start tags that were left out and not closed since, for their end tags.
    left_open: RefCell<Vec<LocalName>>,
    too_deep: Cell<usize>,
    flattened: Cell<usize>,
}

impl<Sink: Nodes> Guard<Sink> {
    pub(super) fn new(builder: Builder<Sink>, budget: Budget) -> Self {
        Guard {
            builder,
            budget,
            mode: Cell::new(Mode::All),
            tags: Cell::new(0),
            left_open: RefCell::default(),
            too_deep: Cell::new(0),
            flattened: Cell::new(0),
        }
    }

    /// The tree builder, and what was left out, in words.
    pub(super) fn finish(self) -> (Builder<Sink>, Vec<String>) {
        let (deep, flat) = (self.too_deep.get(), self.flattened.get());
        let depth = self.budget.depth;
        let limits = [
            (deep > 0).then(|| format!("depth: over {depth} open elements, {deep} tags left out, text kept")),
            (flat > 0).then(|| format!("nodes: too many for a page, {flat} tags left out, text kept")),
        ];
        (self.builder, limits.into_iter().flatten().collect())
    }

    /// The mode for the next tag; looks at the budget now and then.
    #[inline]
    fn counted(&self) -> Mode {
        let tags = self.tags.get() + 1;
        self.tags.set(tags);
        if tags.is_multiple_of(INTERVAL) {
            self.look();
        }
        self.mode.get()
    }

    /// Chooses the mode by what the tree has become.
    fn look(&self) {
        let nodes = self.builder.sink.nodes();
        let allowed = self.budget.free_nodes + self.tags.get() * self.budget.nodes_per_tag;
        self.mode.set(if self.mode.get() == Mode::Flat || nodes > allowed.min(self.budget.nodes) {
            Mode::Flat
        } else if self.open_elements() > self.budget.depth {
            Mode::Deep
        } else {
            self.left_open.borrow_mut().clear();
            Mode::All
        });
    }

    fn open_elements(&self) -> usize {
        let count = Count(Cell::new(0), PhantomData);
        self.builder.trace_handles(&count);
        count.0.get()
    }

    fn deep_tag(&self, tag: Tag) -> TokenSinkResult<Sink::Handle> {
        let mut left_open = self.left_open.borrow_mut();
        match tag.kind {
            TagKind::StartTag if self.deepens(&tag) => {
                left_open.push(tag.name);
                self.too_deep.set(self.too_deep.get() + 1);
                return TokenSinkResult::Continue;
            }
            TagKind::EndTag if left_open.last() == Some(&tag.name) => {
                left_open.pop();
                return TokenSinkResult::Continue;
            }
            _ => drop(left_open),
        }
        let may_close = tag.kind == TagKind::EndTag || !is_void(&tag.name) && !is_raw(&tag.name);
        let result = self.builder.process_token(Token::TagToken(tag), 1);
        if may_close {
            self.look();
        }
        result
    }

    /// Does a start tag leave its element open? Those with raw content must not be left out, or their scripts would become
    /// text; inside SVG and MathML there is no raw content, and some HTML tags lead out of it.
    fn deepens(&self, tag: &Tag) -> bool {
        let name = &tag.name;
        if self.builder.adjusted_current_node_present_but_not_in_html_namespace() {
            !tag.self_closing && !leads_out(tag)
        } else {
            !is_void(name) && !is_raw(name) && !matches!(*name, local_name!("html") | local_name!("body"))
        }
    }

    /// Lets only raw elements through, which must not become text, and puts a line feed in the place of the others.
    fn flat_tag(&self, tag: Tag) -> TokenSinkResult<Sink::Handle> {
        if is_raw(&tag.name) && !self.builder.adjusted_current_node_present_but_not_in_html_namespace() {
            return self.builder.process_token(Token::TagToken(tag), 1);
        }
        self.flattened.set(self.flattened.get() + 1);
        if !is_inline(&tag.name) {
            let _ = self.builder.process_token(Token::CharacterTokens("\n".into()), 1);
        }
        TokenSinkResult::Continue
    }
}

impl<Sink: Nodes> TokenSink for Guard<Sink> {
    type Handle = Sink::Handle;

    #[inline]
    fn process_token(&self, token: Token, line_number: u64) -> TokenSinkResult<Sink::Handle> {
        if !matches!(token, Token::TagToken(_)) || self.counted() == Mode::All {
            return self.builder.process_token(token, line_number);
        }
        match token {
            Token::TagToken(tag) if self.mode.get() == Mode::Deep => self.deep_tag(tag),
            Token::TagToken(tag) => self.flat_tag(tag),
            token => self.builder.process_token(token, line_number),
        }
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

struct Count<Handle>(Cell<usize>, PhantomData<Handle>);

impl<Handle> Tracer for Count<Handle> {
    type Handle = Handle;

    fn trace_handle(&self, _: &Handle) {
        self.0.set(self.0.get() + 1);
    }
}

/// HTML that ends SVG and MathML (the HTML standard, 13.2.6.5). All other names become elements there, whatever HTML calls them.
fn leads_out(tag: &Tag) -> bool {
    let colours = [local_name!("color"), local_name!("face"), local_name!("size")];
    match tag.name {
        local_name!("font") => tag.attrs.iter().any(|attribute| colours.contains(&attribute.name.local)),
        ref name => LEAD_OUT.contains(name),
    }
}

const LEAD_OUT: &[LocalName] = &[
    local_name!("b"),
    local_name!("big"),
    local_name!("blockquote"),
    local_name!("body"),
    local_name!("br"),
    local_name!("center"),
    local_name!("code"),
    local_name!("dd"),
    local_name!("div"),
    local_name!("dl"),
    local_name!("dt"),
    local_name!("em"),
    local_name!("embed"),
    local_name!("h1"),
    local_name!("h2"),
    local_name!("h3"),
    local_name!("h4"),
    local_name!("h5"),
    local_name!("h6"),
    local_name!("head"),
    local_name!("hr"),
    local_name!("i"),
    local_name!("img"),
    local_name!("li"),
    local_name!("listing"),
    local_name!("menu"),
    local_name!("meta"),
    local_name!("nobr"),
    local_name!("ol"),
    local_name!("p"),
    local_name!("pre"),
    local_name!("ruby"),
    local_name!("s"),
    local_name!("small"),
    local_name!("span"),
    local_name!("strike"),
    local_name!("strong"),
    local_name!("sub"),
    local_name!("sup"),
    local_name!("table"),
    local_name!("tt"),
    local_name!("u"),
    local_name!("ul"),
    local_name!("var"),
];

fn is_void(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("area")
            | local_name!("base")
            | local_name!("basefont")
            | local_name!("bgsound")
            | local_name!("br")
            | local_name!("col")
            | local_name!("embed")
            | local_name!("frame")
            | local_name!("hr")
            | local_name!("image")
            | local_name!("img")
            | local_name!("input")
            | local_name!("keygen")
            | local_name!("link")
            | local_name!("meta")
            | local_name!("param")
            | local_name!("source")
            | local_name!("track")
            | local_name!("wbr")
    )
}

fn is_raw(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("iframe")
            | local_name!("noembed")
            | local_name!("noframes")
            | local_name!("plaintext")
            | local_name!("script")
            | local_name!("style")
            | local_name!("textarea")
            | local_name!("title")
            | local_name!("xmp")
    )
}

fn is_inline(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("a")
            | local_name!("b")
            | local_name!("big")
            | local_name!("code")
            | local_name!("em")
            | local_name!("font")
            | local_name!("i")
            | local_name!("img")
            | local_name!("nobr")
            | local_name!("s")
            | local_name!("small")
            | local_name!("span")
            | local_name!("strike")
            | local_name!("strong")
            | local_name!("sub")
            | local_name!("sup")
            | local_name!("tt")
            | local_name!("u")
    )
}
