//! What a page says of itself: title, date, authors, source, tags, language, address.
//!
//! In: the flat page and which lines were chosen. Out: [`Metadata`]. Each field has an order of belief: structured data for
//! machines first where it is seldom wrong (dates, authors), the visible line under the headline next, looser evidence last.
//! Nothing is guessed: a field that no rule reads stays empty.

pub mod author;
pub mod date;
pub mod json;
mod language;
mod month;
mod names;
pub mod newspaper;
pub mod site;
pub mod title;

use super::html::flat::Flat;
use crate::page::{Metadata, Source};
use json::Facts;

/// The lines that may carry the byline: from a little before the title to a little into the text.
pub(super) fn head_lines(flat: &Flat, title: &title::Title, keep: &[bool]) -> std::ops::Range<usize> {
    let count = flat.lines.len();
    let first = keep.iter().position(|k| *k).unwrap_or(0);
    let from = match title.line {
        Some(line) => (line as usize).saturating_sub(4),
        None => first.saturating_sub(12),
    };
    let to = match title.line {
        Some(line) if first < line as usize + 30 => first.max(line as usize) + 8,
        Some(line) => line as usize + 20,
        None => first + 6,
    };
    from.min(count)..to.min(count)
}

/// A value, the sort of place where it was read, and its name there.
type Found<T> = (T, &'static str, &'static str);

/// The first of these meta elements that is there.
fn meta(flat: &Flat, names: &[&'static str]) -> Option<Found<String>> {
    names.iter().find_map(|name| Some((flat.head.meta_value(name)?.to_owned(), META, *name)))
}

const META: &str = "meta element";
const JSON: &str = "JSON-LD";

/// The value of a field; where it was read goes to `sources`.
fn noted<T>(sources: &mut Vec<Source>, field: &'static str, found: Option<Found<T>>) -> Option<T> {
    let (value, place, name) = found?;
    sources.push(Source { field, place, name });
    Some(value)
}

/// Reads the metadata of an HTML page.
pub(super) fn metadata(flat: &Flat, title: &title::Title, facts: &Facts, keep: &[bool]) -> Metadata {
    let head = head_lines(flat, title, keep);
    let mut sources = Vec::new();
    noted(&mut sources, "title", title.found.map(|(place, name)| ((), place, name)));
    let authors = author::authors(flat, title.line, head.clone(), keep, facts);
    let tags = site::tags(flat, facts);
    let description = meta(flat, &["og:description", "description", "twitter:description", "dc.description"])
        .or_else(|| Some((facts.description.clone()?, JSON, "description")));
    let canonical = flat.head.canonical.clone().map(|url| (url, "link element", "canonical"));
    let url = canonical.or_else(|| meta(flat, &["og:url"])).filter(|(url, ..)| url.contains('/'));
    let declared = flat.head.language.as_deref().and_then(language::tag).map(|tag| (tag, "html element", "lang"));
    let named = ["content-language", "og:locale"];
    let language = declared
        .or_else(|| named.iter().find_map(|name| Some((language::tag(flat.head.meta_value(name)?)?, META, *name))));
    Metadata {
        site: noted(&mut sources, "site", site::site(flat, head.clone(), facts)),
        authors: noted(&mut sources, "author", authors).unwrap_or_default(),
        tags: noted(&mut sources, "tags", tags).unwrap_or_default(),
        description: noted(&mut sources, "description", description),
        published: noted(
            &mut sources,
            "published",
            date::published(flat, title.line.map(|line| line as usize), head, keep, facts),
        ),
        url: noted(&mut sources, "url", url),
        language: noted(&mut sources, "language", language),
        sources,
    }
}
