//! A page as text, Markdown or a JSON record.
//!
//! In: a cleaned [`Page`]. Out: a string. Nothing is read, opened or printed here; which kinds of block are shown is
//! decided here and nowhere else, so that text, Markdown and record always agree.

pub mod diff;
pub mod explain;
pub mod fingerprint;
mod form;
pub mod ink;
mod inline;
pub mod inspect;
pub mod markdown;
pub mod marked;
pub mod pairs;
pub mod record;
pub mod report;
pub mod rules;
pub mod schema;
pub mod text;
pub mod visible;

use crate::page::{Block, Container, Kind, Page};

/// The form of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// One block a line, the title first.
    #[default]
    Text,
    /// Headings, lists, tables, quotes, links and images as CommonMark writes them.
    Markdown,
    /// One indented record a page.
    Json,
    /// One record a line.
    Jsonl,
}

impl Format {
    /// One record a page, so that a page without text still gives something.
    pub fn is_record(self) -> bool {
        matches!(self, Format::Json | Format::Jsonl)
    }
}

/// A part of a page that can be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The page's title.
    Title,
    /// Headings of all levels.
    Headings,
    /// Words below pictures and above tables.
    Captions,
    /// Who wrote it, when, and where it comes from.
    Bylines,
    /// All that lies in items.
    Lists,
    /// Tables.
    Tables,
}

impl Part {
    /// Whether a block belongs to it.
    pub fn holds(self, block: &Block) -> bool {
        match self {
            Part::Title => block.kind == Kind::Title,
            Part::Headings => matches!(block.kind, Kind::Heading { .. }),
            Part::Captions => block.kind == Kind::Caption,
            Part::Bylines => block.kind == Kind::Byline,
            Part::Lists => block.within.iter().any(|container| matches!(container, Container::Item { .. })),
            Part::Tables => matches!(block.kind, Kind::Table(_)),
        }
    }
}

/// How Markdown writes tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tables {
    /// As pipe tables; those with spans as HTML.
    #[default]
    Auto,
    /// All as HTML.
    Html,
    /// All as pipe tables; what spans rows is repeated in each.
    Pipe,
}

/// What to show of a page.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Text, Markdown or records.
    pub format: Format,
    /// Text only: one sentence a line and a blank line between blocks.
    pub sentences: bool,
    /// Parts to leave out. They stay in the page; only the output lacks them.
    pub drop: Vec<Part>,
    /// Text and records: leave out the bullets, numbers and indents of items.
    pub bare_items: bool,
    /// Markdown only: how tables are written.
    pub tables: Tables,
    /// Markdown only: begin with the metadata as YAML between `---` lines.
    pub frontmatter: bool,
    /// Markdown only: leave out where links lead, and images.
    pub drop_links: bool,
    /// Markdown only: leave out images.
    pub drop_images: bool,
    /// Records only: whose names the keys bear.
    pub schema: schema::Schema,
}

/// Writes a page in the wanted format, a line end at its end; an empty page as text is the empty string.
///
/// ```
/// use zonetext::write::{Format, Options, record::Origin, write};
/// let page = zonetext::clean("<h2>茶馆</h2><p>今天天气很好。</p>".as_bytes(), &zonetext::Options::default());
/// let options = Options { format: Format::Markdown, ..Options::default() };
/// assert_eq!(write(&page, &Origin::default(), &options), "## 茶馆\n\n今天天气很好。\n");
/// ```
pub fn write(page: &Page, origin: &record::Origin, options: &Options) -> String {
    match options.format {
        Format::Text => text::text(page, options),
        Format::Markdown => markdown::markdown(page, origin, options),
        Format::Json => record::record(page, origin, options).indented(),
        Format::Jsonl => record::record(page, origin, options).line(),
    }
}

/// The writers in one step, with their defaults.
impl Page {
    /// The text, a block a line, the title first.
    ///
    /// ```
    /// let page = zonetext::clean("<p>今天天气很好。</p>".as_bytes(), &zonetext::Options::default());
    /// assert_eq!(page.to_text(), "今天天气很好。\n");
    /// ```
    pub fn to_text(&self) -> String {
        text::text(self, &Options::default())
    }

    /// The page as Markdown: headings, lists, tables, quotes, links, images, code and formulas.
    pub fn to_markdown(&self) -> String {
        markdown::markdown(self, &record::Origin::default(), &Options::default())
    }

    /// The record `zonetext/1` as one line of JSON, without what only the reader of the input knows (id, path, address).
    pub fn to_json(&self) -> String {
        record::record(self, &record::Origin::default(), &Options::default()).line()
    }
}

/// A page is serialized as its record `zonetext/1`.
impl serde::Serialize for Page {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        record::record(self, &record::Origin::default(), &Options::default()).serialize(serializer)
    }
}

impl std::str::FromStr for Format {
    type Err = crate::Error;

    fn from_str(name: &str) -> Result<Format, crate::Error> {
        match name {
            "text" => Ok(Format::Text),
            "markdown" => Ok(Format::Markdown),
            "json" => Ok(Format::Json),
            "jsonl" => Ok(Format::Jsonl),
            _ => Err(crate::Error::Name { name: name.to_owned(), known: "text, markdown, json, jsonl" }),
        }
    }
}

/// The blocks to show, the title among them where it is wanted.
fn shown<'a>(page: &'a Page, options: &'a Options) -> impl Iterator<Item = &'a Block> {
    page.blocks.iter().filter(|block| !options.drop.iter().any(|part| part.holds(block)))
}
