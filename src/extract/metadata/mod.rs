//! What a page says of itself: title, date, authors, source, tags, language, address.
//!
//! In: the flat page and which lines were chosen. Out: [`Metadata`]. Each field has an order of belief: structured data for
//! machines first where it is seldom wrong (dates, authors), the visible line under the headline next, looser evidence last.
//! Nothing is guessed: a field that no rule reads stays empty.

pub mod author;
pub mod date;
pub mod json;
pub mod site;
pub mod title;

use super::html::flat::Flat;
use crate::page::Metadata;
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

/// Reads the metadata of an HTML page.
pub(super) fn metadata(flat: &Flat, title: &title::Title, facts: &Facts, keep: &[bool]) -> Metadata {
    let head = head_lines(flat, title, keep);
    let value = |names: &[&str]| names.iter().find_map(|n| flat.head.meta_value(n)).map(str::to_owned);
    Metadata {
        site: site::site(flat, head.clone(), facts),
        authors: author::authors(flat, title.line, head.clone(), keep, facts),
        tags: site::tags(flat, facts),
        description: value(&["og:description", "description", "twitter:description", "dc.description"])
            .or_else(|| facts.description.clone()),
        published: date::published(flat, head, keep, facts),
        url: flat.head.canonical.clone().or_else(|| value(&["og:url"])).filter(|u| u.contains('/')),
        language: flat
            .head
            .language
            .as_deref()
            .map(str::trim)
            .filter(|l| !l.is_empty())
            .map(str::to_owned)
            .or_else(|| value(&["content-language", "og:locale"])),
    }
}
