//! Footnotes: references and the texts they lead to, joined by id.
//!
//! In: links to places of the page, and ids of elements. Out: labels. Markdown programs write `fn:1`, `fn1`, `footnote-1`, MediaWiki
//! `cite_note-x-1`, Word `_ftn1`; the label is what the reference shows, else the number of the reference.

use std::collections::{HashMap, HashSet};

/// The labels of the notes that references named so far, by id.
#[derive(Debug, Default)]
pub struct Notes {
    labels: HashMap<String, String>,
    taken: HashSet<String>,
    next: u32,
}

/// What ids of notes begin with. What leads back has `ref` behind it.
const STARTS: [&str; 9] = ["fn:", "fn-", "fn", "footnote", "cite_note", "_ftn", "_edn", "user-content-fn-", "endnote"];

/// Whether an id is that of a footnote.
pub fn is_note(id: &str) -> bool {
    let start = STARTS.iter().find_map(|start| id.strip_prefix(start));
    let rest = start.map(|rest| rest.trim_start_matches(['-', '_', ':']));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with("ref") && rest.contains(|c: char| c.is_ascii_digit()))
        || id.starts_with("fn:") && id.len() > 3
}

/// Whether an address leads from a note back to the text.
pub fn leads_back(target: &str) -> bool {
    let Some(id) = target.strip_prefix('#') else { return false };
    [
        "fnref",
        "footnote-ref",
        "footnoteref",
        "cite_ref",
        "_ftnref",
        "_ednref",
        "user-content-fnref",
        "footnote-anchor",
        "rf",
    ]
    .iter()
    .any(|start| id.starts_with(start))
}

impl Notes {
    /// The label of the note that a reference leads to; `shown` is what the reference says.
    pub fn refer(&mut self, target: &str, shown: &str) -> Option<String> {
        let id = target.strip_prefix('#').filter(|id| is_note(id))?;
        if let Some(label) = self.labels.get(id) {
            return Some(label.clone());
        }
        self.next += 1;
        let shown = shown.trim().trim_matches(['[', ']', '(', ')', '〔', '〕', '【', '】', '^']).trim();
        let sound = !shown.is_empty() && shown.len() <= 12 && shown.chars().all(char::is_alphanumeric);
        let mut label = if sound { shown.to_owned() } else { self.next.to_string() };
        if !self.taken.insert(label.clone()) {
            label = format!("{label}-{}", self.next);
            self.taken.insert(label.clone());
        }
        self.labels.insert(id.to_owned(), label.clone());
        Some(label)
    }

    /// The label of the note with this id, where a reference named it.
    pub fn label(&self, id: &str) -> Option<&String> {
        self.labels.get(id)
    }
}
