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
        values: rows.values.iter().flat_map(|row| &row[..rows.width]).copied().collect(),
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


/// Nanoseconds of the steps, for profiling.
pub fn steps(text: &str) -> [u128; 6] {
    let mut t = [0u128; 6];
    let mut last = std::time::Instant::now();
    let mut lap = |i: usize, t: &mut [u128; 6]| { t[i] = last.elapsed().as_nanos(); last = std::time::Instant::now(); };
    let parsed = crate::extract::parse::parse(text);
    lap(0, &mut t);
    let flat = super::flat::flatten(&parsed.html);
    lap(1, &mut t);
    drop(parsed.html);
    lap(2, &mut t);
    let title = metadata::title::title(&flat);
    let facts = metadata::json::Facts::read(&flat.head.json);
    let context = features::Context::new(&flat, &title, &facts);
    lap(3, &mut t);
    let choice = super::choose::choose(&context, super::model::FOREST);
    lap(4, &mut t);
    let mut found = super::blocks::blocks(&context, &title, &choice);
    found.metadata = metadata::metadata(&flat, &title, &facts, &choice.keep);
    lap(5, &mut t);
    t
}
