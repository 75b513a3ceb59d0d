//! Main text, blocks and metadata of an HTML page.
//!
//! In: decoded HTML. Out: [`Extracted`]. One parse, one walk that flattens the tree into lines (`flat`), a row of features
//! for each line (`features`), two small forests that score them (`model`), the second by what the first thought of the
//! neighbours (`second`), a choice of lines (`choose`), more those that they enclose (`fill`), less those that are the page's interface
//! (`interface`) or say they are none of the text (`closing`), and blocks (`blocks`). Feeds become pages first (`feed`), and a page that shows
//! nothing is read from the data it carries (`payload`).
//! What the page says of itself is read in `metadata`; the wording of the text is left to `repair`.

mod attributes;
pub(super) mod blocks;
mod candidates;
mod choose;
mod closing;
mod context;
pub(super) mod features;
mod feed;
mod fill;
pub(super) mod flat;
pub(super) mod head;
mod interface;
#[doc(hidden)]
pub mod learn;
mod links;
pub(crate) mod model;
mod overlap;
mod payload;
pub(super) mod phrase;
mod second;
mod sort;
pub(super) mod tag;
mod text;
pub(super) mod words;

use super::{Extracted, Options, metadata, parse};

/// A page that shows fewer tokens than this of prose is looked at again for text it carries as data.
const SHOWS_NOTHING: u32 = 60;

/// Extracts the main text of an HTML page. Total.
pub fn extract_html(text: &str, options: &Options) -> Extracted {
    let (flat, limit) = read(text, options.links);
    finish(&flat, limit, |context| choose::choose(context, model::FOREST))
}

/// Parses and flattens a page; what it carries as data comes in where it shows nothing.
fn read(text: &str, links: bool) -> (flat::Flat, Option<String>) {
    let feed = feed::page(text);
    let (page, limit) = parse::arena(feed.as_deref().unwrap_or(text));
    let mut flat = flat::flatten(&page, links);
    flat.head.newspaper = metadata::newspaper::read(text).unwrap_or_default();
    drop(page);
    if feed.is_some() {
        flat.carried = true;
        return (flat, limit);
    }
    let prose: u32 = (0..flat.lines.len()).map(|i| candidates::good_tokens(&flat, i)).sum();
    if prose < SHOWS_NOTHING
        && let Some(page) = carried(&mut flat, text)
    {
        let head = std::mem::take(&mut flat.head);
        flat = flat::flatten(&parse::arena(&page).0, links);
        flat.head = head;
        flat.carried = true;
    }
    (flat, limit)
}

/// The text a page carries as data, as a page of its own.
fn carried(flat: &mut flat::Flat, html: &str) -> Option<String> {
    let mut parts: Vec<String> = flat.preloaded.iter().flat_map(|data| payload::discourse(data)).collect();
    if parts.is_empty() && flat.lines.is_empty() {
        parts = std::mem::take(&mut flat.noframes);
    }
    if parts.is_empty() {
        let body = metadata::json::Facts::read(&flat.head.json).body.map(|body| payload::paragraphs(&body));
        parts = vec!["<article>".to_owned(), body.or_else(|| payload::scripts(html, shown(flat)?))?];
    }
    let title = flat.head.title.as_deref().unwrap_or("").replace('<', "&lt;");
    Some(format!("<title>{title}</title><body>{}", parts.join("\n")))
}

/// Whether a page shows anything at all; None where it shows more than a menu, which is then what it has to say.
fn shown(flat: &flat::Flat) -> Option<bool> {
    let seen = flat.lines.iter().filter(|line| line.flags & flat::flag::HIDDEN == 0);
    let tokens: u32 = seen.map(|line| line.counts.tokens).sum();
    (tokens < SHOWS_NOTHING).then_some(tokens > 0)
}

fn finish(
    flat: &flat::Flat,
    limit: Option<String>,
    choose: impl FnOnce(&context::Context) -> choose::Choice,
) -> Extracted {
    let title = metadata::title::title(flat);
    let facts = metadata::json::Facts::read(&flat.head.json);
    let context = context::Context::new(flat, &title, &facts);
    let choice = choose(&context);
    let mut found = blocks::blocks(&context, &title, &choice);
    found.metadata = metadata::metadata(flat, &title, &facts, &choice.keep);
    found.limit = limit;
    found.base = flat.base.clone();
    found
}
