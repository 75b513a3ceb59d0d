//! Undo what was done to the characters: mojibake, byte slips, pinyin annotation, escapes.
//!
//! In: the texts of one page, all at once, because evidence is pooled over the document. Out: edits, a list for each text.
//! What is merely ugly is left alone; when in doubt nothing changes.

mod gbk;
mod mirror;
mod model;
mod pinyin;
mod search;

pub use model::fold;

use crate::edit::Edit;
use std::borrow::Cow;

/// What to repair.
#[derive(Debug, Clone, Default)]
pub struct Options {}

/// Looks at the texts of one page (each may hold several lines) and returns the edits that mend them, a list for each.
pub fn repair(texts: &[&str], _options: &Options) -> Vec<Vec<Edit>> {
    let mut edits = vec![Vec::new(); texts.len()];
    if !texts.iter().any(|t| t.contains('?') || t.contains('(')) {
        return edits;
    }
    let model = model::model();
    let mut signs = mirror::Signs::default();
    let mut lines = Vec::new();
    for (number, text) in texts.iter().enumerate() {
        let mut at = 0;
        for line in text.split('\n') {
            if line.contains('?') || line.contains('(') {
                let chars: Vec<char> = line.chars().collect();
                signs.add(model, &chars);
                lines.push((number, at, line, chars));
            }
            at += line.len() + 1;
        }
    }
    if signs.few() {
        lines.iter().for_each(|(_, _, _, chars)| signs.add_alone(chars));
    }
    let evidence = signs.evidence();
    for (number, at, line, chars) in lines {
        let faults = mirror::mend(model, &chars, evidence);
        let mut offsets: Vec<usize> = line.char_indices().map(|(i, _)| at + i).collect();
        offsets.push(at + line.len());
        edits[number].extend(faults.into_iter().map(|f| Edit {
            range: offsets[f.from]..offsets[f.to],
            new: Cow::Owned(f.new),
            rule: if f.note { "pinyin" } else { "byte-slip" },
        }));
    }
    edits
}
