//! For the trainer: features of pages as the model sees them, and extraction with another forest. Not part of the interface.

use super::flat::Flat;
use super::{context, finish, model, read};
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
    let (flat, _) = read(text, false);
    let mut sample = Sample {
        lines: (0..flat.lines.len()).map(|i| flat.line(i).to_owned()).collect(),
        values: Vec::new(),
        width: 0,
    };
    looked_over(&flat).each_row(|row, width| {
        sample.values.extend(&row[..width]);
        sample.width = width;
    });
    sample
}

fn looked_over(flat: &Flat) -> context::Context<'_> {
    context::Context::new(flat, &metadata::title::title(flat), &metadata::json::Facts::read(&flat.head.json))
}

/// Extracts with another forest.
pub fn extract_with(text: &str, forest: &[u8]) -> Extracted {
    let (flat, limit) = read(text, false);
    finish(&flat, forest, limit)
}

/// The scores of the lines.
pub fn scores(text: &str, forest: Option<&[u8]>) -> Vec<i32> {
    let (flat, _) = read(text, false);
    let forest = model::Forest::new(forest.unwrap_or(model::FOREST));
    let mut scores = Vec::new();
    looked_over(&flat).each_row(|row, _| scores.push(forest.score(row)));
    scores
}
