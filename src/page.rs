//! What flows through the pipeline: a [`Page`] of [`Block`]s with its [`Metadata`] and what was learnt on the way.

use crate::edit::{Change, Edit, Moved, Stage, apply};
use crate::script::Script;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// The page's title. At most one, and the first block; it is not part of [`Page::body`].
    Title,
    /// A heading within the text.
    Heading,
    /// Running text.
    Paragraph,
    /// A list item, its number or bullet included where it bears a meaning.
    Item,
    /// The words below a picture or above a table.
    Caption,
    /// Who wrote it, when, and where it comes from.
    Byline,
    /// What `blockquote` holds.
    Quote,
    /// A table row, cells separated by a tab.
    Row,
    /// Preformatted text; its line ends are kept.
    Code,
}

impl Kind {
    /// The word in records, tables and reports.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Title => "title",
            Kind::Heading => "heading",
            Kind::Paragraph => "paragraph",
            Kind::Item => "item",
            Kind::Caption => "caption",
            Kind::Byline => "byline",
            Kind::Quote => "quote",
            Kind::Row => "row",
            Kind::Code => "code",
        }
    }
}

/// A piece of text that stands by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: Kind,
    /// Without line ends, except in code and where [`Page::verbatim`].
    pub text: String,
    /// Byte ranges into `text`, in order; empty where `split` was left out.
    pub sentences: Vec<Range<usize>>,
    /// Links and images of the markup, in order; empty unless [`crate::extract::Options::links`].
    pub links: Vec<Link>,
}

/// What a piece of a block's text leads to, or an image that stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Bytes of the block's text that are the link; empty for an image, which stands before the character at `start`.
    pub range: Range<usize>,
    /// The address as the page writes it, not yet resolved.
    pub target: String,
    /// An image, and the words that stand for it.
    pub image: Option<String>,
}

impl Block {
    /// A block that is not split yet.
    pub fn new(kind: Kind, text: impl Into<String>) -> Self {
        Block { kind, text: text.into(), sentences: Vec::new(), links: Vec::new() }
    }
}

/// What a page says of itself. The title is not here: it is the first block.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata {
    /// Who published it (来源), as the page writes it.
    pub site: Option<String>,
    /// Each name by itself, in the order of the page.
    pub authors: Vec<String>,
    /// Key words, as the page lists them.
    pub tags: Vec<String>,
    /// The page's own summary of itself.
    pub description: Option<String>,
    /// Publication date, `YYYY-MM-DD`; never the crawl date.
    pub published: Option<String>,
    /// Canonical address.
    pub url: Option<String>,
    /// BCP 47 primary language as the markup declares it.
    pub language: Option<String>,
    /// Where each field that has a value was read, the title among them.
    pub sources: Vec<Source>,
}

/// Where a field of the metadata was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Source {
    /// The field by its name in the record: `title`, `author`, `site`, `published` …
    pub field: &'static str,
    /// What sort of place: `meta element`, `JSON-LD`, `line near the headline` …
    pub place: &'static str,
    /// The name it bears there (`og:title`, `来源`); empty where a place has no names.
    pub name: &'static str,
}

impl std::fmt::Display for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.place)?;
        if self.name.is_empty() { Ok(()) } else { write!(f, " {}", self.name) }
    }
}

impl Metadata {
    /// Where a field was read, by its name in the record.
    pub fn source(&self, field: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.field == field)
    }

    /// The values that are prose and so pass through `repair` and `script`, in a fixed order: site, authors, tags,
    /// description.
    pub fn values(&self) -> impl Iterator<Item = &String> {
        self.site.iter().chain(&self.authors).chain(&self.tags).chain(&self.description)
    }

    /// The same values, in the same order, to be edited.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut String> {
        self.site.iter_mut().chain(&mut self.authors).chain(&mut self.tags).chain(&mut self.description)
    }
}

/// How a page came out. The record's `zt.status`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Text was found, and nothing is missing.
    #[default]
    Ok,
    /// No text was found.
    Empty,
    /// Some bytes could not be decoded.
    Partial,
    /// A budget cut the input; the text up to there is kept.
    Limit,
}

/// A cleaned page.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// In reading order; a title, if there is one, comes first.
    pub blocks: Vec<Block>,
    /// What the page says of itself.
    pub metadata: Metadata,
    /// What relative links start from, where the markup says so (`base`); as the page writes it.
    pub base: Option<String>,
    /// Blocks are consecutive pieces of the input with their own line ends, to be joined as they are (`extract` left out).
    pub verbatim: bool,
    /// What `decode` found, its text left out.
    pub charset: crate::decode::Found,
    /// What sort of page `extract` took it for, and how sure it is of the main text (0 to 1).
    pub sort: Option<crate::extract::Sort>,
    /// How sure `extract` is of the main text, 0 to 1; none where it was left out.
    pub confidence: Option<f32>,
    /// Script of the repaired input, before conversion.
    pub script: Script,
    /// What speaks for that script.
    pub evidence: crate::script::Evidence,
    /// Where the conversion had to guess; empty unless [`crate::Options::explain`]. Offsets are those before conversion.
    pub uncertain: Vec<crate::script::Uncertain>,
    /// Edits of `repair` by rule, and those of `reconvert`.
    pub repairs: BTreeMap<&'static str, usize>,
    /// Whether all is well.
    pub status: Status,
    /// What a budget cut or flattened, in words. Only [`Status::Limit`] means that text is missing.
    pub limit: Option<String>,
    /// Code points that came out of `decode`.
    pub chars_in: usize,
    /// Each edit and each dropped block, in the order they were made; empty unless [`crate::Options::explain`].
    pub changes: Vec<Change>,
    /// Each stop of each block with the rule that cut there or did not; empty unless [`crate::Options::explain`].
    pub stops: Vec<Vec<crate::split::Decision>>,
}

impl Page {
    /// The title's text, if the page has one.
    pub fn title(&self) -> Option<&str> {
        self.blocks.first().filter(|b| b.kind == Kind::Title).map(|b| b.text.as_str())
    }

    /// The blocks of the body: all but the title.
    pub fn body_blocks(&self) -> &[Block] {
        &self.blocks[usize::from(self.title().is_some())..]
    }

    /// The body as one text, a line for each block.
    pub fn body(&self) -> String {
        let blocks = self.body_blocks();
        let separator = if self.verbatim { "" } else { "\n" };
        blocks.iter().map(|b| b.text.as_str()).collect::<Vec<_>>().join(separator)
    }

    /// `ja` or `zh` by the script, else what the markup declares (BCP 47).
    pub fn language(&self) -> Option<Cow<'_, str>> {
        match self.script {
            Script::Jpan => Some("ja".into()),
            Script::Other => self.metadata.language.as_deref().map(Cow::Borrowed),
            _ => Some("zh".into()),
        }
    }

    /// Blocks and metadata values, the texts that `repair` and `script` look at, in the order [`Change::block`] counts.
    pub fn texts(&self) -> Vec<&str> {
        self.blocks.iter().map(|b| &b.text).chain(self.metadata.values()).map(String::as_str).collect()
    }

    /// Applies the edits of one stage, a list for each of [`Page::texts`], and keeps them as changes when `explain`.
    pub fn edit(&mut self, stage: Stage, edits: &[Vec<Edit>], explain: bool) {
        let texts = self.blocks.iter_mut().map(|b| (&mut b.text, Some(&mut b.links)));
        let texts = texts.chain(self.metadata.values_mut().map(|value| (value, None)));
        for (block, ((text, links), edits)) in texts.zip(edits).enumerate() {
            if edits.is_empty() {
                continue;
            }
            let before = explain.then(|| text.clone());
            let done = apply(text, edits);
            if let Some(links) = links.filter(|links| !links.is_empty()) {
                let moved = Moved::new(edits, &done);
                links.iter_mut().for_each(|link| link.range = moved.at(link.range.start)..moved.at(link.range.end));
            }
            for number in done {
                let edit = &edits[number];
                if stage == Stage::Repair || edit.rule == "reconvert" {
                    *self.repairs.entry(edit.rule).or_default() += 1;
                }
                if let Some(before) = &before {
                    self.changes.push(Change {
                        stage,
                        rule: edit.rule,
                        block,
                        at: edit.range.start,
                        before: before[edit.range.clone()].to_owned(),
                        after: edit.new.to_string(),
                        lost: edit.lost,
                    });
                }
            }
        }
    }
}
