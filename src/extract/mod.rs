//! Main text and metadata of a page.
//!
//! In: HTML, or text that was badly extracted before. Out: blocks with kinds, metadata, and what was dropped by which rule.
//! The wording of the text is left to `repair`.

mod form;
pub mod html;
mod metadata;
mod needles;
pub mod parse;
mod text;

use crate::page::{Block, Metadata};

/// What `extract` takes its input for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Form {
    /// Look at the text: enough markup makes it HTML.
    #[default]
    Auto,
    Html,
    Text,
}

/// How to extract.
#[derive(Debug, Clone, Default)]
pub struct Options {
    pub form: Form,
    /// Keep what links and images of HTML lead to ([`Block::links`]); costs a little time and memory.
    pub links: bool,
}

/// What sort of page it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    #[default]
    Article,
    Forum,
    List,
    Other,
}

/// A block that was left out, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dropped {
    pub rule: &'static str,
    pub text: String,
    /// Index of the kept block that follows it.
    pub before: usize,
    /// Where it stood: bytes into the input text, or the number of the block in reading order for HTML.
    pub at: usize,
}

/// The main text of a page.
#[derive(Debug, Clone, Default)]
pub struct Extracted {
    /// A title first, if there is one.
    pub blocks: Vec<Block>,
    pub metadata: Metadata,
    pub dropped: Vec<Dropped>,
    /// The `base` of relative links, as the page writes it.
    pub base: Option<String>,
    pub sort: Sort,
    /// 0 to 1: how sure the choice of main text is.
    pub confidence: f32,
    /// What a budget (depth, nodes) changed, in words.
    pub limit: Option<String>,
}

/// Extracts the main text. Total.
pub fn extract(input: &str, options: &Options) -> Extracted {
    match options.form {
        Form::Text => text::extract_text(input),
        Form::Html => html::extract_html(input, options),
        Form::Auto if form::is_html(input) => html::extract_html(input, options),
        Form::Auto => text::extract_text(input),
    }
}

/// Every rule that leaves a block out, by its stable name, with one line of what it stands for: of markup, then of text.
pub fn rules() -> impl Iterator<Item = (&'static str, &'static str)> {
    html::blocks::rules().chain(text::RULES.iter().copied())
}
