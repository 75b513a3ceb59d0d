//! What flows through the pipeline: a [`Page`] of [`Block`]s with its [`Metadata`] and what was learnt on the way.
//!
//! The model is CommonMark's: leaf blocks inside container blocks, in one list in reading order. There is no tree to walk: a block names
//! the containers around it. Marks and cells are ranges of the text, and every edit moves them.

use crate::edit::{Change, Edit, Guess, Moved, Stage, apply};
use crate::few::Few;
use crate::script::Script;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// What a leaf block is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// The page's title. At most one, and the first block; it is not part of [`Page::body`].
    Title,
    /// A heading within the text.
    Heading {
        /// 1 to 6, as the page has it.
        level: u8,
    },
    /// Running text.
    Paragraph,
    /// The words below a picture or above a table.
    Caption,
    /// Who wrote it, when, and where it comes from.
    Byline,
    /// A table. Its text has cells in row order, a TAB between cells and a line end between rows.
    Table(Grid),
    /// Preformatted text; its white space is kept.
    Code {
        /// As the page names it, in lower case.
        language: Option<String>,
    },
    /// A formula that stands by itself; its text is TeX without delimiters.
    Formula,
    /// A line across the page; it has no text.
    Rule,
}

impl Kind {
    /// The word in records, tables and reports.
    pub fn name(&self) -> &'static str {
        match self {
            Kind::Title => "title",
            Kind::Heading { .. } => "heading",
            Kind::Paragraph => "paragraph",
            Kind::Caption => "caption",
            Kind::Byline => "byline",
            Kind::Table(_) => "table",
            Kind::Code { .. } => "code",
            Kind::Formula => "formula",
            Kind::Rule => "rule",
        }
    }

    /// Text that no stage after `extract` looks at: what a program or a formula says stays what it says.
    pub fn is_literal(&self) -> bool {
        matches!(self, Kind::Code { .. } | Kind::Formula)
    }
}

/// The cells of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grid {
    /// How many columns it has.
    pub columns: u32,
    /// So many rows at its top name the columns.
    pub header_rows: u32,
    /// In row order; what a span covers has no cell of its own.
    pub cells: Vec<Cell>,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Bytes of the block's text.
    pub range: Range<usize>,
    /// From 0.
    pub row: u32,
    /// From 0.
    pub column: u32,
    /// Rows it reaches over, 1 at least.
    pub row_span: u32,
    /// Columns it reaches over, 1 at least.
    pub column_span: u32,
    /// It names a row or a column.
    pub header: bool,
}

/// What a block lies in.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Container {
    /// `blockquote`.
    Quote,
    /// An item of a list. All blocks of one item have an equal container.
    Item {
        /// Tells one list of the page from the next.
        list: u32,
        /// Its items are numbered.
        ordered: bool,
        /// The item's number, or its place in a list without numbers, from 1.
        number: i32,
        /// What the page shows for the number where that is no decimal: `c`, `IV`.
        label: Option<String>,
        /// Its task box: whether it is ticked.
        done: Option<bool>,
    },
    /// The text of a footnote.
    Note {
        /// What the references to it say.
        label: String,
    },
    /// A box that warns, hints or adds.
    Callout {
        /// `note`, `tip`, `warning` …, as the page's classes say.
        kind: String,
    },
    /// A reader's comment, or a post of a thread.
    Comment {
        /// Tells one of the page from the next, from 1.
        number: u32,
        /// Who wrote it, where the page says so.
        author: Option<String>,
        /// When, as the page writes it.
        date: Option<String>,
    },
}

impl Container {
    /// The word in records and reports.
    pub fn name(&self) -> &'static str {
        match self {
            Container::Quote => "quote",
            Container::Item { .. } => "item",
            Container::Note { .. } => "note",
            Container::Callout { .. } => "callout",
            Container::Comment { .. } => "comment",
        }
    }
}

/// What a range of a block's text is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Bytes of the block's text; empty for an image, which stands before the character at `start`.
    pub range: Range<usize>,
    /// What it is.
    pub kind: MarkKind,
}

/// The kinds of [`Mark`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum MarkKind {
    /// Program text, a key, a file name.
    Code,
    /// Bold.
    Strong,
    /// Italic.
    Emphasis,
    /// Struck through.
    Strike,
    /// Raised.
    Superscript,
    /// Lowered.
    Subscript,
    /// TeX without delimiters.
    Formula,
    /// A link; only with [`crate::extract::Options::links`].
    Link {
        /// The address as the page writes it, not yet resolved.
        target: String,
    },
    /// An image; only with [`crate::extract::Options::links`].
    Image {
        /// The address as the page writes it, not yet resolved.
        target: String,
        /// The words that stand for it.
        text: String,
    },
    /// A reference to a footnote.
    NoteRef {
        /// The label of its [`Container::Note`].
        label: String,
    },
    /// A line end within a cell or a heading; the text has a space there.
    Break,
}

impl MarkKind {
    /// The word in records and reports.
    pub fn name(&self) -> &'static str {
        match self {
            MarkKind::Code => "code",
            MarkKind::Strong => "strong",
            MarkKind::Emphasis => "emphasis",
            MarkKind::Strike => "strike",
            MarkKind::Superscript => "superscript",
            MarkKind::Subscript => "subscript",
            MarkKind::Formula => "formula",
            MarkKind::Link { .. } => "link",
            MarkKind::Image { .. } => "image",
            MarkKind::NoteRef { .. } => "note-reference",
            MarkKind::Break => "break",
        }
    }

    /// Text that `repair` and `script` leave alone and no sentence ends in.
    pub fn is_literal(&self) -> bool {
        matches!(self, MarkKind::Code | MarkKind::Formula)
    }
}

/// A piece of text that stands by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: Kind,
    /// Without line ends, except in code, in tables and where [`Page::verbatim`].
    pub text: String,
    /// What it lies in, the outermost first.
    pub within: Vec<Container>,
    /// Sorted by where they start; of two that start together, the longer is first.
    pub marks: Vec<Mark>,
    /// Byte ranges into `text`, in order; empty where `split` was left out. None reaches over the edge of a cell.
    pub sentences: Vec<Range<usize>>,
    /// The characters that `repair` chose by likelihood, in order.
    pub guesses: Few<Guess>,
}

impl Block {
    /// A block in no container, without marks, that is not split yet.
    pub fn new(kind: Kind, text: impl Into<String>) -> Self {
        Block {
            kind,
            text: text.into(),
            within: Vec::new(),
            marks: Vec::new(),
            sentences: Vec::new(),
            guesses: Few::default(),
        }
    }

    /// The innermost item around it.
    pub fn item(&self) -> Option<&Container> {
        self.within.iter().rev().find(|container| matches!(container, Container::Item { .. }))
    }

    /// The cells, where it is a table.
    pub fn cells(&self) -> &[Cell] {
        if let Kind::Table(grid) = &self.kind { &grid.cells } else { &[] }
    }

    /// The pieces in which sentences are looked for: the cells of a table, nothing of code and formulas, else the whole text.
    pub(crate) fn pieces(&self) -> Vec<Range<usize>> {
        match &self.kind {
            Kind::Table(grid) => grid.cells.iter().map(|cell| cell.range.clone()).collect(),
            kind if kind.is_literal() => Vec::new(),
            _ => std::iter::once(0..self.text.len()).collect(),
        }
    }

    /// Each line of code and formulas, since a line end always cuts.
    pub(crate) fn literal_sentences(&self) -> Vec<Range<usize>> {
        let mut lines = Vec::new();
        let mut start = 0;
        let ends = ['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];
        for line in self.text.split_inclusive(ends).filter(|_| self.kind.is_literal()) {
            let words = line.trim();
            let from = start + line.len() - line.trim_start().len();
            if !words.is_empty() {
                lines.push(from..from + words.len());
            }
            start += line.len();
        }
        lines
    }

    /// Program text and formulas of the text, those that lie over each other joined.
    pub(crate) fn literals(&self) -> Literals {
        let mut ranges: Vec<Range<usize>> = Vec::new();
        for mark in self.marks.iter().filter(|mark| mark.kind.is_literal() && !mark.range.is_empty()) {
            match ranges.last_mut() {
                Some(last) if mark.range.start < last.end => last.end = last.end.max(mark.range.end),
                _ => ranges.push(mark.range.clone()),
            }
        }
        Literals(ranges)
    }

    /// Sentences joined where one ends within program text or a formula.
    pub(crate) fn whole_literals(&self, sentences: Vec<Range<usize>>) -> Vec<Range<usize>> {
        let literals = self.literals();
        if literals.0.is_empty() {
            return sentences;
        }
        let mut out: Vec<Range<usize>> = Vec::with_capacity(sentences.len());
        for sentence in sentences {
            match out.last_mut() {
                Some(last) if literals.hold(last.end) || literals.hold(sentence.start) => last.end = sentence.end,
                _ => out.push(sentence),
            }
        }
        out
    }

    /// The edits that may be made: those within one cell that bring no edge of a cell, and none in program text or formulas.
    fn allowed<'a>(&self, edits: &'a [Edit]) -> Cow<'a, [Edit]> {
        let literals = self.literals();
        let torn = |edit: &Edit| {
            let new = edit.new.contains(['\t', '\n']);
            new || self.text.get(edit.range.clone()).is_none_or(|old| old.contains(['\t', '\n']))
        };
        let table = matches!(self.kind, Kind::Table(_));
        let refused = |edit: &Edit| literals.meet(&edit.range) || table && torn(edit);
        if self.kind.is_literal() {
            return Cow::Borrowed(&[]);
        }
        if edits.iter().any(refused) {
            edits.iter().filter(|edit| !refused(edit)).cloned().collect()
        } else {
            Cow::Borrowed(edits)
        }
    }

    /// Carries out the edits; marks and cells move with the text. Gives the edits that took effect.
    fn edit<'a>(&mut self, edits: &'a [Edit]) -> Vec<Cow<'a, Edit>> {
        let edits = self.allowed(edits);
        let done = apply(&mut self.text, &edits);
        let moved = Moved::new(&edits, &done);
        let move_range = |range: &mut Range<usize>| *range = moved.at(range.start)..moved.at(range.end);
        self.marks.iter_mut().for_each(|mark| move_range(&mut mark.range));
        self.guesses.iter_mut().for_each(|guess| move_range(&mut guess.range));
        self.guesses.retain_mut(|guess| !guess.range.is_empty());
        for edit in done.iter().map(|&number| &edits[number]).filter(|edit| !edit.guesses.is_empty()) {
            let start = moved.at(edit.range.end) - edit.new.len();
            let place = |guess: &Guess| {
                let range = guess.range.start + start..guess.range.end + start;
                Guess { range, certainty: guess.certainty }
            };
            self.guesses.list().extend(edit.guesses.iter().map(place));
        }
        self.guesses.sort_by_key(|guess| guess.range.start);
        if let Kind::Table(grid) = &mut self.kind {
            grid.cells.iter_mut().for_each(|cell| move_range(&mut cell.range));
        }
        match edits {
            Cow::Borrowed(edits) => done.iter().map(|&number| Cow::Borrowed(&edits[number])).collect(),
            Cow::Owned(edits) => done.iter().map(|&number| Cow::Owned(edits[number].clone())).collect(),
        }
    }
}

/// Ranges of a text that nobody changes and no sentence ends in: in order, none over another.
pub(crate) struct Literals(Vec<Range<usize>>);

impl Literals {
    /// Whether a place lies inside of one, not at its edge.
    pub(crate) fn hold(&self, at: usize) -> bool {
        self.meet(&(at..at))
    }

    /// Whether a range has something of one in it, or lies in one.
    fn meet(&self, range: &Range<usize>) -> bool {
        let next = self.0.partition_point(|literal| literal.end <= range.start);
        self.0.get(next).is_some_and(|literal| literal.start < range.end)
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
    /// Takes over the fields that this one lacks, with where they were read.
    pub(crate) fn fill_from(&mut self, other: Metadata) {
        let fill = |own: &mut Option<String>, other: Option<String>| {
            if own.is_none() {
                *own = other;
            }
        };
        fill(&mut self.site, other.site);
        fill(&mut self.description, other.description);
        fill(&mut self.published, other.published);
        fill(&mut self.url, other.url);
        fill(&mut self.language, other.language);
        if self.authors.is_empty() {
            self.authors = other.authors;
        }
        if self.tags.is_empty() {
            self.tags = other.tags;
        }
        for source in other.sources {
            if self.source(source.field).is_none() {
                self.sources.push(source);
            }
        }
    }

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
    /// What `extract` took the input for, and by what; nothing where it was left out.
    pub readings: Vec<crate::extract::Reading>,
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
    /// What `repair` left as it came although it is damaged, by reason: see [`crate::repair::Mended::left`].
    pub left: BTreeMap<&'static str, usize>,
    /// Whether all is well.
    pub status: Status,
    /// What each part of a user's recipe found ([`crate::extract::Options::recipe`]).
    pub selected: Vec<crate::extract::recipe::Selected>,
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

    /// Blocks and metadata values, the texts that `repair` and `script` look at, in the order [`Change::block`] counts. Code and
    /// formulas are empty there: they are nobody's to change.
    pub fn texts(&self) -> Vec<&str> {
        let text = |block: &'_ Block| !block.kind.is_literal();
        let blocks = self.blocks.iter().map(|block| if text(block) { block.text.as_str() } else { "" });
        blocks.chain(self.metadata.values().map(String::as_str)).collect()
    }

    /// All texts in the same order, code and formulas as they are.
    pub fn all_texts(&self) -> Vec<&str> {
        self.blocks.iter().map(|block| &block.text).chain(self.metadata.values()).map(String::as_str).collect()
    }

    /// Applies the edits of one stage, a list for each of [`Page::texts`], and keeps them as changes when `explain`.
    pub fn edit(&mut self, stage: Stage, edits: &[Vec<Edit>], explain: bool) {
        let (of_blocks, of_values) = edits.split_at(self.blocks.len().min(edits.len()));
        for (number, edits) in of_blocks.iter().enumerate().filter(|(_, edits)| !edits.is_empty()) {
            let before = explain.then(|| self.blocks[number].text.clone());
            let done = self.blocks[number].edit(edits);
            self.keep(stage, number, before, done.iter().map(|edit| &**edit));
        }
        let first = self.blocks.len();
        let mut kept = Vec::new();
        for (number, (value, edits)) in self.metadata.values_mut().zip(of_values).enumerate() {
            if !edits.is_empty() {
                let before = explain.then(|| value.clone());
                kept.push((first + number, before, apply(value, edits), edits));
            }
        }
        for (number, before, done, edits) in kept {
            self.keep(stage, number, before, done.iter().map(|&number| &edits[number]));
        }
    }

    /// Counts edits that took effect and keeps them as changes of the text `before`.
    fn keep<'a>(&mut self, stage: Stage, block: usize, before: Option<String>, done: impl Iterator<Item = &'a Edit>) {
        for edit in done {
            if stage == Stage::Repair || edit.rule == "reconvert" {
                *self.repairs.entry(edit.rule).or_default() += 1;
            }
            if let Some(before) = &before {
                self.changes.push(Change {
                    stage,
                    rule: edit.rule,
                    also: edit.also.clone().into_vec(),
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
