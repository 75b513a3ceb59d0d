//! The record `zonetext/1`: one JSON object a page. Keys may be added within version 1; none vanish or change type.
//!
//! No timings and no machine facts: the same input and options give the same bytes. Spans count Unicode code points.

use super::fingerprint::simhash;
use super::form::{Signs, lead};
use super::schema::{self, Node, Schema};
use super::{Options, shown};
use crate::decode::From;
use crate::edit::Guess;
use crate::page::{Block, Container, Kind, Mark, MarkKind, Page, Status};
use serde::Serialize;
use serde_json::value::RawValue;
use sha1::{Digest, Sha1};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// What the reader of the input knows about it and the page does not.
#[derive(Debug, Clone, Default)]
pub struct Origin {
    /// The record's `id` as JSON; `sha1:` and the hash where there is none.
    pub id: Option<Box<RawValue>>,
    /// Hexadecimal SHA-1 of the input bytes.
    pub sha1: String,
    /// The address it was fetched from, as the archive, the input record or the caller says.
    pub url: Option<String>,
    /// When it was crawled, as the archive says (WARC-Date).
    pub added: Option<String>,
    /// The file it was read from; bytes that are no UTF-8 as `\xff`.
    pub file_path: Option<String>,
    /// Keys of an input record that zonetext does not know, as they came, in their order.
    pub metadata: Vec<(String, Box<RawValue>)>,
    /// The id of the earlier page that this one repeats, as JSON; its text was dropped for that.
    pub duplicate_of: Option<Box<RawValue>>,
    /// Lines that were dropped because an earlier page has them.
    pub repeated_lines: usize,
    /// Lone surrogate escapes of an input record that became U+FFFD.
    pub surrogates: usize,
    /// Target of script conversion, by name.
    pub script_to: String,
}

/// Why a record failed. The record's `zt.error`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// Stable word for programs: `json`, `type`, `base64`, `limit`, `panic`, `read`, `binary`, `record`, `body`, `archive`, `write`.
    pub code: &'static str,
    /// The stage that failed; `read` before the first of them.
    pub stage: &'static str,
    /// For people: what happened, and what to try.
    pub message: String,
}

/// A record, ready to be written.
#[derive(Debug, Serialize)]
pub struct Record<'a> {
    #[serde(skip)]
    schema: Schema,
    id: Cow<'a, RawValue>,
    text: String,
    source: Option<&'a str>,
    url: Option<&'a str>,
    file_path: Option<&'a str>,
    title: Option<&'a str>,
    author: &'a [String],
    site: Option<&'a str>,
    published: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    added: Option<&'a str>,
    tags: &'a [String],
    description: Option<&'a str>,
    language: Option<Cow<'a, str>>,
    script: crate::script::Script,
    blocks: Vec<Span<'a>>,
    sentences: Vec<[usize; 2]>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    comments: Vec<Comment<'a>>,
    #[serde(serialize_with = "as_map")]
    metadata: &'a [(String, Box<RawValue>)],
    zt: State<'a>,
}

#[derive(Debug, Default, Serialize)]
struct Span<'a> {
    kind: &'static str,
    span: [usize; 2],
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    within: Vec<Within<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    columns: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    header_rows: Option<u32>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cells: Vec<CellSpan>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    marks: Vec<MarkSpan<'a>>,
}

/// A post of a thread or a reader's comment, and where it stands in the text.
#[derive(Debug, Serialize)]
struct Comment<'a> {
    author: Option<&'a str>,
    date: Option<&'a str>,
    span: [usize; 2],
}

/// A container as the record shows it.
#[derive(Debug, Default, Serialize)]
struct Within<'a> {
    kind: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    list: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ordered: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    done: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    callout: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct CellSpan {
    span: [usize; 2],
    row: u32,
    column: u32,
    #[serde(skip_serializing_if = "is_one")]
    row_span: u32,
    #[serde(skip_serializing_if = "is_one")]
    column_span: u32,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    header: bool,
}

#[derive(Debug, Serialize)]
struct MarkSpan<'a> {
    kind: &'static str,
    span: [usize; 2],
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'a str>,
}

/// Characters that were chosen by likelihood, and how often such a choice is right of 100.
#[derive(Debug, Serialize)]
struct Guessed {
    span: [usize; 2],
    certainty: u8,
}

/// How the page came out: the record's `zt`.
#[derive(Debug, Serialize)]
struct State<'a> {
    version: &'static str,
    status: &'static str,
    error: Option<Failure>,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    duplicate_of: Option<&'a RawValue>,
    #[serde(skip_serializing_if = "is_zero")]
    repeated_lines: usize,
    charset: &'a str,
    charset_from: From,
    undecodable: usize,
    #[serde(skip_serializing_if = "is_zero")]
    surrogates: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<crate::extract::Sort>,
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<f32>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    selected: &'a [crate::extract::recipe::Selected],
    repairs: &'a BTreeMap<&'static str, usize>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    left: &'a BTreeMap<&'static str, usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    guessed: Vec<Guessed>,
    script_to: &'a str,
    chars_in: usize,
    chars: usize,
    sha1: &'a str,
    /// Sixteen hexadecimal digits of [`simhash`]: a JSON number has room for 53 bits only.
    simhash: String,
}

impl Record<'_> {
    /// One line, line end included. Characters at which other programs split lines are escaped.
    pub fn line(&self) -> String {
        self.written(serde_json::to_string(self), serde_json::to_string)
    }

    /// Indented over several lines, line end included.
    pub fn indented(&self) -> String {
        self.written(serde_json::to_string_pretty(self), serde_json::to_string_pretty)
    }

    fn written(&self, own: Json, other: impl Fn(&Node) -> Json) -> String {
        let json = match self.schema {
            Schema::Zonetext => own,
            schema => own.and_then(|own| other(&schema::renamed(&own, schema)?)),
        };
        let mut text = escape_line_ends(json.expect("a record has string keys only, so it is always valid JSON"));
        text.push('\n');
        text
    }
}

type Json = serde_json::Result<String>;

/// The record of a page.
pub fn record<'a>(page: &'a Page, origin: &'a Origin, options: &'a Options) -> Record<'a> {
    build(page, origin, options, None)
}

/// The record of an input that failed: `text` is empty, never null.
pub fn failed<'a>(empty: &'a Page, origin: &'a Origin, options: &'a Options, failure: Failure) -> Record<'a> {
    build(empty, origin, options, Some(failure))
}

fn build<'a>(page: &'a Page, origin: &'a Origin, options: &'a Options, error: Option<Failure>) -> Record<'a> {
    let body = Body::of(page, options);
    let metadata = &page.metadata;
    Record {
        schema: options.schema,
        id: id(origin),
        source: None,
        url: origin.url.as_deref().or(metadata.url.as_deref()),
        file_path: origin.file_path.as_deref(),
        title: page.title(),
        author: &metadata.authors,
        site: metadata.site.as_deref(),
        published: metadata.published.as_deref(),
        added: origin.added.as_deref(),
        tags: &metadata.tags,
        description: metadata.description.as_deref(),
        language: page.language(),
        script: page.script,
        blocks: body.blocks,
        sentences: body.sentences,
        comments: body.comments,
        metadata: &origin.metadata,
        zt: State {
            version: env!("CARGO_PKG_VERSION"),
            status: if error.is_some() { "error" } else { page.status.name() },
            error,
            limit: page.limit.as_deref(),
            duplicate_of: origin.duplicate_of.as_deref(),
            repeated_lines: origin.repeated_lines,
            charset: page.charset.charset,
            charset_from: page.charset.from,
            undecodable: page.charset.undecodable,
            surrogates: origin.surrogates,
            page: page.sort,
            confidence: page.confidence.map(|c| (c * 1000.0).round() / 1000.0),
            selected: &page.selected,
            repairs: &page.repairs,
            left: &page.left,
            guessed: body.guessed,
            script_to: &origin.script_to,
            chars_in: page.chars_in,
            chars: body.chars,
            sha1: &origin.sha1,
            simhash: format!("{:016x}", simhash(&body.text)),
        },
        text: body.text,
    }
}

fn id(origin: &Origin) -> Cow<'_, RawValue> {
    match &origin.id {
        Some(id) => Cow::Borrowed(id),
        None => Cow::Owned(origin.id()),
    }
}

impl Origin {
    /// The record's id as JSON.
    pub fn id(&self) -> Box<RawValue> {
        self.id.clone().unwrap_or_else(|| {
            let json = format!("\"sha1:{}\"", self.sha1);
            RawValue::from_string(json).expect("a hexadecimal hash in quotes is valid JSON")
        })
    }
}

/// Hexadecimal SHA-1 of an input: its name where it has no other.
pub fn sha1(bytes: &[u8]) -> String {
    Sha1::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

/// The shown body as one text, with spans in code points.
#[derive(Default)]
struct Body<'a> {
    text: String,
    chars: usize,
    blocks: Vec<Span<'a>>,
    sentences: Vec<[usize; 2]>,
    guessed: Vec<Guessed>,
    comments: Vec<Comment<'a>>,
    /// The container of the last comment.
    comment: Option<&'a Container>,
}

impl<'a> Body<'a> {
    fn of(page: &'a Page, options: &'a Options) -> Body<'a> {
        let mut body = Body::default();
        let mut last = None;
        for block in shown(page, options).filter(|b| b.kind != Kind::Title) {
            if page.verbatim {
                body.push(block);
                continue;
            }
            if !block.text.is_empty() {
                if !body.text.is_empty() {
                    body.take("\n");
                }
                body.take(&lead(block, last, !options.bare_items));
            }
            body.push(block);
            last = Some(block);
        }
        body
    }

    fn take(&mut self, text: &str) {
        self.text.push_str(text);
        self.chars += count(text);
    }

    fn push(&mut self, block: &'a Block) {
        let signs = Signs::of(block);
        let places = Places::new(block, self.chars);
        let outer = |at: usize| places.of(at) + signs.before(at).outer;
        let span = |range: &Range<usize>| [outer(range.start), outer(range.end)];
        self.sentences.extend(block.sentences.iter().map(span));
        let guessed = |guess: &Guess| Guessed { span: span(&guess.range), certainty: guess.certainty };
        self.guessed.extend(block.guesses.iter().map(guessed));
        let mut own =
            Span { kind: block.kind.name(), within: block.within.iter().map(within).collect(), ..Span::default() };
        match &block.kind {
            Kind::Heading { level } => own.level = Some(*level),
            Kind::Code { language } => own.language = language.as_deref(),
            Kind::Table(grid) => {
                (own.columns, own.header_rows) = (Some(grid.columns), Some(grid.header_rows));
                own.cells = grid
                    .cells
                    .iter()
                    .map(|cell| CellSpan {
                        span: span(&cell.range),
                        row: cell.row,
                        column: cell.column,
                        row_span: cell.row_span,
                        column_span: cell.column_span,
                        header: cell.header,
                    })
                    .collect();
            }
            _ => {}
        }
        let raised = |range: &Range<usize>| {
            [
                places.of(range.start) + signs.before(range.start).inner_start,
                places.of(range.end) + signs.before(range.end).inner_end,
            ]
        };
        own.marks = block
            .marks
            .iter()
            .map(|mark| {
                let inner = matches!(mark.kind, MarkKind::Formula | MarkKind::Superscript | MarkKind::Subscript);
                marked(mark, if inner { raised(&mark.range) } else { span(&mark.range) })
            })
            .collect();
        let start = self.chars;
        let before = self.text.len();
        signs.push(&block.text, 0..block.text.len(), &mut self.text);
        self.chars += count(&self.text[before..]);
        own.span = [start, self.chars];
        self.comment(block, own.span);
        self.blocks.push(own);
    }

    /// Takes a block up into the comment that it belongs to.
    fn comment(&mut self, block: &'a Block, span: [usize; 2]) {
        let container = block.within.iter().find(|container| matches!(container, Container::Comment { .. }));
        let Some(container @ Container::Comment { author, date, .. }) = container else { return };
        match self.comments.last_mut().filter(|_| self.comment == Some(container)) {
            Some(last) => last.span[1] = span[1],
            None => self.comments.push(Comment { author: author.as_deref(), date: date.as_deref(), span }),
        }
        self.comment = Some(container);
    }
}

/// Code points before the bytes of a block that sentences, cells and marks name.
struct Places(Vec<(usize, usize)>);

impl Places {
    fn new(block: &Block, start: usize) -> Places {
        let ranges = block.sentences.iter().chain(block.cells().iter().map(|cell| &cell.range));
        let ranges = ranges.chain(block.marks.iter().map(|mark| &mark.range));
        let ranges = ranges.chain(block.guesses.iter().map(|guess| &guess.range));
        let mut offsets: Vec<usize> = ranges.flat_map(|range| [range.start, range.end]).collect();
        offsets.sort_unstable();
        offsets.dedup();
        let (mut from, mut chars) = (0, start);
        let place = |at: usize| {
            chars += count(&block.text[from..at]);
            from = at;
            (at, chars)
        };
        Places(offsets.into_iter().map(place).collect())
    }

    fn of(&self, at: usize) -> usize {
        self.0.binary_search_by_key(&at, |(at, _)| *at).map_or(0, |found| self.0[found].1)
    }
}

fn within(container: &Container) -> Within<'_> {
    let mut own = Within { kind: container.name(), ..Within::default() };
    match container {
        Container::Quote => {}
        Container::Item { list, ordered, number, label, done } => {
            (own.list, own.ordered, own.number) = (Some(*list), Some(*ordered), Some(*number));
            (own.label, own.done) = (label.as_deref(), *done);
        }
        Container::Note { label } => own.label = Some(label),
        Container::Callout { kind } => own.callout = Some(kind),
        Container::Comment { number, author, date } => {
            (own.author, own.date) = (author.as_deref(), date.as_deref());
            own.number = i32::try_from(*number).ok();
        }
    }
    own
}

fn marked(mark: &Mark, span: [usize; 2]) -> MarkSpan<'_> {
    let mut own = MarkSpan { kind: mark.kind.name(), span, target: None, text: None, label: None };
    match &mark.kind {
        MarkKind::Link { target } => own.target = Some(target),
        MarkKind::Image { target, text } => (own.target, own.text) = (Some(target.as_str()), Some(text.as_str())),
        MarkKind::NoteRef { label } => own.label = Some(label),
        _ => {}
    }
    own
}

fn is_one(n: &u32) -> bool {
    *n == 1
}

fn count(text: &str) -> usize {
    text.chars().count()
}

fn is_zero(n: &usize) -> bool {
    *n == 0
}

fn as_map<S: serde::Serializer>(pairs: &&[(String, Box<RawValue>)], to: S) -> Result<S::Ok, S::Error> {
    to.collect_map(pairs.iter().map(|(key, value)| (key, value)))
}

/// U+2028, U+2029, U+0085, U+000B and U+000C end a line for some readers of JSON Lines (Python's `splitlines` among them).
/// In valid JSON they can stand inside strings only, so they can be escaped in the finished text. CR can only stand between values, in
/// what an input record brought along.
fn escape_line_ends(json: String) -> String {
    let ends = ['\u{2028}', '\u{2029}', '\u{85}', '\u{b}', '\u{c}', '\r'];
    if !json.contains(ends) {
        return json;
    }
    let mut out = String::with_capacity(json.len() + 64);
    for c in json.chars() {
        match c {
            '\r' => out.push(' '),
            _ if ends.contains(&c) => out.push_str(&format!("\\u{:04x}", c as u32)),
            _ => out.push(c),
        }
    }
    out
}

impl Status {
    /// The word in the record.
    pub fn name(self) -> &'static str {
        match self {
            Status::Ok => "ok",
            Status::Empty => "empty",
            Status::Partial => "partial",
            Status::Limit => "limit",
        }
    }
}
