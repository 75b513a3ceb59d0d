//! What a page says of itself: title, date, authors, source, tags, language, address.

pub mod title;

use super::html::flat::Flat;
use crate::page::Metadata;

/// Reads the metadata of an HTML page.
pub(super) fn metadata(flat: &Flat, _title: &title::Title, _keep: &[bool]) -> Metadata {
    Metadata { language: flat.head.language.clone(), url: flat.head.canonical.clone(), ..Metadata::default() }
}
