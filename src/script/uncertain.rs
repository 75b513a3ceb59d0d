//! Where a conversion had to guess: for `explain`, so that a reader can look at these places alone.
//!
//! In: texts and how they are converted. Out: places with their offset, what stands there now, and what else it might be.
//! Two sorts: a character with several counterparts that no word decided, and a word that longest match took although
//! another word, which would give another character, starts inside it and reaches further.

use super::engine::Engine;
use super::route::Ways;
use super::{Course, Options, Script, Target};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// Lines such as `s发發髮`.
static CHOICES: &str = include_str!("tables/choices.txt");

/// A place where another outcome was possible.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Uncertain {
    /// Index into the texts.
    pub text: usize,
    /// Bytes into that text.
    pub at: Range<usize>,
    /// The text there before conversion.
    pub before: String,
    /// What it became.
    pub after: String,
    /// What else it might be.
    pub others: Vec<String>,
    /// `character`: several counterparts, no word decided. `boundary`: two words overlap and disagree.
    pub rule: &'static str,
}

/// The uncertain places of a conversion from Simplified to Traditional or back.
pub fn uncertain(texts: &[&str], from: Script, options: &Options) -> Vec<Uncertain> {
    let configs = match options.to {
        Target::Config(name) => vec![name],
        to => Ways::new(to, from, options.engine, options.mend_boundaries).map(|ways| ways.names()).unwrap_or_default(),
    };
    let Some(name) = configs.first().copied().filter(|name| name.starts_with('s') || name.ends_with('s')) else {
        return Vec::new();
    };
    let (Some(engine), Some(course)) = (Engine::named(name), Course::new(texts, from, options)) else {
        return Vec::new();
    };
    let sort = if name.starts_with('s') { 's' } else { 't' };
    let mut found = Vec::new();
    for (number, text) in texts.iter().enumerate() {
        let end = std::iter::once((text.len(), text.len()));
        let mut start = 0;
        for (until, next) in course.fixed(text).into_iter().map(|f| (f.start, f.end)).chain(end) {
            let mut piece = Piece { engine: &engine, sort, text: &text[..until], number, found: &mut found };
            piece.places(start);
            start = next;
        }
    }
    found
}

/// What lies before or between places that are fixed.
struct Piece<'a> {
    engine: &'a Engine,
    sort: char,
    text: &'a str,
    number: usize,
    found: &'a mut Vec<Uncertain>,
}

impl Piece<'_> {
    fn places(&mut self, start: usize) {
        let mut at = start;
        while let Some(c) = self.text[at..].chars().next() {
            let Some((end, after)) = self.engine.step_at(self.text, at) else {
                at += c.len_utf8();
                continue;
            };
            if end == at + c.len_utf8() {
                let others: Vec<String> = choices(self.sort, c).filter(|other| *other != after).collect();
                if !others.is_empty() {
                    self.add(at..end, after.to_owned(), others, "character");
                }
            } else if let Some((further, other)) = disagreeing(self.engine, self.text, at, end, after) {
                let after = text_of(self.engine, &self.text[at..further]);
                self.add(at..further, after, vec![other], "boundary");
            }
            at = end;
        }
    }

    fn add(&mut self, at: Range<usize>, after: String, others: Vec<String>, rule: &'static str) {
        let before = self.text[at.clone()].to_owned();
        self.found.push(Uncertain { text: self.number, at, before, after, others, rule });
    }
}

fn text_of(engine: &Engine, text: &str) -> String {
    super::convert::converted(engine, text)
}

/// A word that starts inside the match from `at` to `end`, reaches past it, and gives what they share another form: where
/// it ends, and how the whole would read then.
fn disagreeing(engine: &Engine, text: &str, at: usize, end: usize, after: &str) -> Option<(usize, String)> {
    for (offset, _) in text[at..end].char_indices().skip(1) {
        let start = at + offset;
        let Some((further, other)) = engine.step_at(text, start).filter(|(further, _)| *further > end) else {
            continue;
        };
        let shared = text[start..end].chars().count();
        let tail: String = after.chars().skip(after.chars().count().saturating_sub(shared)).collect();
        let head: String = other.chars().take(shared).collect();
        if tail != head {
            return Some((further, text_of(engine, &text[at..start]) + other));
        }
    }
    None
}

/// All counterparts of a character: `s` from Simplified, `t` from Traditional.
fn choices(sort: char, character: char) -> impl Iterator<Item = String> {
    static KNOWN: LazyLock<HashMap<(char, char), &str>> = LazyLock::new(|| {
        let split = |line: &'static str| {
            let mut characters = line.chars();
            Some(((characters.next()?, characters.next()?), characters.as_str()))
        };
        CHOICES.lines().filter_map(split).collect()
    });
    KNOWN.get(&(sort, character)).into_iter().flat_map(|others| others.chars().map(String::from))
}
