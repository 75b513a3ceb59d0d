//! Undo what was done to the characters: mojibake, byte slips, pinyin annotation, escapes.
//!
//! In: the texts of one page, all at once, because evidence is pooled over the document. Out: edits, a list for each text.
//! What is merely ugly is left alone; when in doubt nothing changes.

mod model;

pub use model::fold;

use crate::edit::Edit;

/// What to repair.
#[derive(Debug, Clone, Default)]
pub struct Options {}

/// Looks at the texts of one page (each may hold several lines) and returns the edits that mend them, a list for each.
pub fn repair(texts: &[&str], _options: &Options) -> Vec<Vec<Edit>> {
    vec![Vec::new(); texts.len()]
}
