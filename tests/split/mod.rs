//! Room of split.

mod cases;
mod laws;
mod shared;
mod speed;

use std::collections::BTreeSet;
use zonetext::split::{Options, split};

/// The sentences of a document of one text.
pub fn sentences<'a>(text: &'a str, options: &Options) -> Vec<&'a str> {
    split(&[text], options).remove(0).into_iter().map(|range| &text[range]).collect()
}

/// Where a list of sentences cuts its text, counted in characters that are not white space; the end is not counted.
pub fn cuts<S: AsRef<str>>(sentences: &[S]) -> BTreeSet<usize> {
    let length = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    let ends = sentences.iter().scan(0, |sum, sentence| {
        *sum += length(sentence.as_ref());
        Some(*sum)
    });
    let mut cuts: BTreeSet<usize> = ends.collect();
    cuts.pop_last();
    cuts
}
