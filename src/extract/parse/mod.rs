//! HTML text to an element tree, fast, and bounded on hostile input.
//!
//! In: decoded text. Out: a tree, and in words what a budget changed. What the tree means is left to the rest of
//! `extract`. Two thirds of the time of `scraper`'s own parser goes into its tokenizer, which walks the input character by
//! character; [`tokenizer`] jumps by `memchr` instead and hands slices to html5ever's tree builder, so that the rules for
//! broken markup stay html5ever's own. Extraction walks an [`Arena`], which is small; the same nodes as a `scraper` tree, for
//! selectors, are what [`parse`] gives. [`Options::exact`] gives the very tree of
//! `scraper::Html::parse_document`; the default leaves out what extraction does not read.

mod arena;
mod blank;
mod declaration;
mod guard;
mod name;
mod raw;
mod reference;
mod tag;
pub mod tokenizer;

use std::borrow::Cow;
use std::cell::RefCell;

use ego_tree::Tree;
use html5ever::tendril::StrTendril;
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use scraper::{Html, HtmlTreeSink, Node};

pub use arena::{Arena, Content, Markup, Place};
pub use guard::Budget;
use guard::Nodes;
pub use name::KEPT;

/// A parsed page.
#[derive(Debug, Clone)]
pub struct Parsed {
    /// The tree, as scraper's selectors expect it.
    pub html: Html,
    /// What a budget (depth, nodes, attributes) changed, in words. No budget costs text.
    pub limit: Option<String>,
}

/// What goes into the tree. By default no more than extraction reads.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Keep comments.
    pub comments: bool,
    /// Keep texts of nothing but white space between the tags of blocks and in the head.
    pub blank: bool,
    /// Keep every attribute, not only those of [`KEPT`].
    pub attributes: bool,
    /// Read `<noscript>` as a browser with scripting does: its content is one text, not elements.
    pub scripting: bool,
    /// What depth, attributes and elements may come to.
    pub budget: Budget,
}

impl Options {
    /// Everything that the page says: the tree of `scraper::Html::parse_document`, as long as no budget is exceeded.
    pub fn exact() -> Self {
        Options { comments: true, blank: true, attributes: true, scripting: true, ..Options::default() }
    }
}

/// The longest text in bytes that is parsed: tendrils count in 32 bits, and a NUL may become three bytes.
const LONGEST: usize = 1 << 30;

/// Parses a page the way extraction wants it. Total, linear, not recursive.
pub fn parse(text: &str) -> Parsed {
    parse_with(text, &Options::default())
}

/// Parses a page. Total, linear, not recursive.
pub fn parse_with(text: &str, options: &Options) -> Parsed {
    let (html, limit) = build(text, options, |nodes| {
        let tree = Tree::with_capacity(Node::Document, nodes);
        HtmlTreeSink::new(Html { tree, ..Html::new_document() })
    });
    Parsed { html, limit }
}

/// The tree of [`parse`] in less memory and time, and what a budget changed, in words.
pub fn arena(text: &str) -> (Arena, Option<String>) {
    build(text, &Options::default(), |nodes| arena::Sink(RefCell::new(Arena::with_capacity(nodes))))
}

/// Builds the tree of a page in a sink that is made for a number of nodes.
fn build<Sink: Nodes>(text: &str, options: &Options, sink: impl Fn(usize) -> Sink) -> (Sink::Output, Option<String>) {
    let kept = text.floor_char_boundary(LONGEST);
    let cut = (kept < text.len()).then(|| format!("parsed {kept} of {} bytes", text.len()));
    let source = newlines_normalized(&text[..kept]);
    let rules = TreeBuilderOpts { scripting_enabled: options.scripting, ..TreeBuilderOpts::default() };
    let guard = guard::Guard::new(TreeBuilder::new(sink(room(&source)), rules), options.budget.clone());
    let report = tokenizer::tokenize(&source, &guard, &tokenizer::Start::default(), options);
    let (builder, mut limits) = guard.finish();
    limits.extend(report.limit(options.budget.attributes));
    limits.extend(cut);
    (builder.sink.finish(), (!limits.is_empty()).then(|| limits.join("; ")))
}

/// Room for the nodes of `source`, so that the tree does not move while it grows: half of all pages have fewer nodes
/// than `<`, nearly all at most 1.5 times as many, and a third of that is white space between blocks.
fn room(source: &str) -> usize {
    const MOST: usize = 1 << 20;
    memchr::memchr_iter(b'<', source.as_bytes()).count().min(source.len() / 16).min(MOST) + 8
}

/// The input stream preprocessing of the HTML standard: CR LF and CR become LF. One copy either way, since tendrils own
/// their buffer and every text and attribute of the tree shares this one.
fn newlines_normalized(text: &str) -> StrTendril {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    StrTendril::from(&*without_returns(text))
}

fn without_returns(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'\r', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut normalized = String::with_capacity(text.len());
    let mut from = 0;
    for at in memchr::memchr_iter(b'\r', text.as_bytes()) {
        normalized.push_str(&text[from..at]);
        if text.as_bytes().get(at + 1) != Some(&b'\n') {
            normalized.push('\n');
        }
        from = at + 1;
    }
    normalized.push_str(&text[from..]);
    Cow::Owned(normalized)
}
