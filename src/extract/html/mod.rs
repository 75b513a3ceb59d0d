//! Main text, blocks and metadata of an HTML page.
//!
//! In: decoded HTML. Out: [`Extracted`]. One parse, one walk that flattens the tree into lines (`flat`), a row of features
//! for each line (`features`), a small forest that scores them (`model`), a choice of lines (`choose`), and blocks (`blocks`).
//! What the page says of itself is read in `metadata`; the wording of the text is left to `repair`.

mod blocks;
mod candidates;
mod choose;
pub(super) mod features;
pub(super) mod flat;
pub(super) mod head;
#[doc(hidden)]
pub mod learn;
mod model;
pub(super) mod phrase;
pub(super) mod tag;
mod text;
pub(super) mod words;

use super::{Extracted, Options, metadata, parse};

/// Extracts the main text of an HTML page. Total.
pub fn extract_html(text: &str, _options: &Options) -> Extracted {
    let parsed = parse::parse(text);
    let flat = flat::flatten(&parsed.html);
    drop(parsed.html);
    finish(&flat, model::FOREST, parsed.limit)
}

fn finish(flat: &flat::Flat, forest: &[u8], limit: Option<String>) -> Extracted {
    let title = metadata::title::title(flat);
    let context = features::Context::new(flat, title.line);
    let choice = choose::choose(&context, forest);
    let mut found = blocks::blocks(flat, &title, &choice);
    found.metadata = metadata::metadata(flat, &title, &choice.keep);
    found.limit = limit;
    found
}
