//! The user's own words: a dictionary as the top layer, and names that must not change.
//!
//! In: the text of a file in OpenCC's format. Out: [`Words`], made once and shared by all pages. They are looked for before
//! anything else and cut the text: no dictionary match reaches across one.

use crate::error::Error;
use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// Words to be found in a text, each with what it becomes. Cheap to clone; the default is empty.
#[derive(Debug, Clone, Default)]
pub struct Words {
    found: Option<Arc<Found>>,
}

#[derive(Debug)]
struct Found {
    searcher: AhoCorasick,
    /// What each word becomes; a name stays.
    values: Vec<Option<String>>,
}

impl Words {
    /// A user dictionary in OpenCC's text format: word, tab, what it becomes (of several, separated by spaces, the first
    /// counts). Blank lines and lines that start with `#` are passed over. An error names the line, counted from 1.
    pub fn parse(text: &str) -> Result<Words, Error> {
        let mut lines_of: HashMap<&str, usize> = HashMap::new();
        let mut entries = Vec::new();
        for (number, line) in lines(text) {
            let bad = |problem: String| Error::Words { line: number, problem };
            let (word, values) = line.split_once('\t').ok_or_else(|| bad("no tab between word and value".into()))?;
            let value = values.split(' ').next().unwrap_or_default();
            if word.is_empty() || value.is_empty() {
                return Err(bad("a word or its value is empty".into()));
            }
            if let Some(first) = lines_of.insert(word, number) {
                return Err(bad(format!("{word} stands on line {first} already")));
            }
            entries.push((word.to_owned(), Some(value.to_owned())));
        }
        Words::of(entries)
    }

    /// Names that must not change, one a line. Blank lines and lines that start with `#` are passed over.
    pub fn names(text: &str) -> Result<Words, Error> {
        let names: std::collections::BTreeSet<&str> = lines(text).map(|(_, line)| line.trim()).collect();
        Words::of(names.into_iter().map(|name| (name.to_owned(), None)).collect())
    }

    fn of(entries: Vec<(String, Option<String>)>) -> Result<Words, Error> {
        if entries.is_empty() {
            return Ok(Words::default());
        }
        let (words, values): (Vec<String>, Vec<Option<String>>) = entries.into_iter().unzip();
        let searcher = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(words);
        let searcher = searcher.map_err(|e| Error::Words { line: 0, problem: e.to_string() })?;
        Ok(Words { found: Some(Arc::new(Found { searcher, values })) })
    }

    /// There is no word.
    pub fn is_empty(&self) -> bool {
        self.found.is_none()
    }

    /// The words in `text`, from left to right, the longest where several start: byte range, and what it becomes.
    pub(super) fn matches<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (Range<usize>, Option<&'a str>)> {
        self.found.iter().flat_map(move |found| {
            found.searcher.find_iter(text).map(|m| (m.range(), found.values[m.pattern().as_usize()].as_deref()))
        })
    }
}

/// The lines that say something, numbered from 1.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line));
    lines.filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))
}
