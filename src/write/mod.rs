//! A page as text, Markdown or a JSON record.
//!
//! In: a cleaned [`Page`]. Out: a string. Nothing is read, opened or printed here; which kinds of block are shown is
//! decided here and nowhere else, so that text, Markdown and record always agree.

pub mod diff;
pub mod explain;
pub mod fingerprint;
pub mod ink;
pub mod inspect;
mod linked;
pub mod markdown;
pub mod marked;
pub mod pairs;
pub mod record;
pub mod report;
pub mod rules;
pub mod schema;
pub mod text;
pub mod visible;

use crate::page::{Block, Kind, Page};

/// The form of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// One block a line, the title first.
    #[default]
    Text,
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

/// What to show of a page.
#[derive(Debug, Clone, Default)]
pub struct Options {
    pub format: Format,
    /// Text only: one sentence a line and a blank line between blocks.
    pub sentences: bool,
    /// Kinds of block to leave out. They stay in the page; only the output lacks them.
    pub drop: Vec<Kind>,
    /// Markdown only: leave out where links lead, and images.
    pub drop_links: bool,
    pub drop_images: bool,
    /// Records only: whose names the keys bear.
    pub schema: schema::Schema,
}

/// Writes a page in the wanted format, a line end at its end; an empty page as text is the empty string.
pub fn write(page: &Page, origin: &record::Origin, options: &Options) -> String {
    match options.format {
        Format::Text => text::text(page, options),
        Format::Markdown => markdown::markdown(page, origin, options),
        Format::Json => record::record(page, origin, options).indented(),
        Format::Jsonl => record::record(page, origin, options).line(),
    }
}

/// The blocks to show, the title among them where it is wanted.
fn shown<'a>(page: &'a Page, options: &'a Options) -> impl Iterator<Item = &'a Block> {
    page.blocks.iter().filter(|block| !options.drop.contains(&block.kind))
}
