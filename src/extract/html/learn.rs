//! For the trainer: features of pages as the model sees them, and extraction with another forest. Not part of the interface.

use super::{features, finish, read};
use crate::extract::{Extracted, metadata};

/// The lines of a page and their features.
pub struct Sample {
    pub lines: Vec<String>,
    /// Row after row.
    pub values: Vec<u8>,
    pub width: usize,
}

/// The sample of a page.
pub fn sample(text: &str) -> Sample {
    let (flat, _) = read(text);
    let title = metadata::title::title(&flat);
    let rows = features::Context::new(&flat, &title, &metadata::json::Facts::read(&flat.head.json)).rows();
    Sample {
        lines: (0..flat.lines.len()).map(|i| flat.line(i).to_owned()).collect(),
        width: rows.width,
        values: rows.values,
    }
}

/// Extracts with another forest.
pub fn extract_with(text: &str, forest: &[u8]) -> Extracted {
    let (flat, limit) = read(text);
    finish(&flat, forest, limit)
}

/// The scores of the lines.
pub fn scores(text: &str, forest: Option<&[u8]>) -> Vec<i32> {
    let (flat, _) = read(text);
    let title = metadata::title::title(&flat);
    let rows = features::Context::new(&flat, &title, &metadata::json::Facts::read(&flat.head.json)).rows();
    super::model::Forest::new(forest.unwrap_or(super::model::FOREST)).scores(&rows)
}
