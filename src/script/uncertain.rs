//! Where a conversion had to guess: for `explain`, so that a reader can look at these places alone.
//!
//! In: texts and how they are converted. Out: places with their offset, what stands there now, and what else it might be.
//! Two sorts: a character with several counterparts that no word decided, and a word that longest match took although
//! another word, which would give another character, starts inside it and reaches further. Where words are cut by likelihood,
//! the second sort is where longest match would have given something else, with the odds against it.

use super::detect::Evidence;
use super::engine::Engine;
use super::likely::Likely;
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
    /// How many times likelier the row of words in the text is than the one that gives the first of `others`; `None` where no
    /// count tells, as for a character that stands alone.
    pub odds: Option<u32>,
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
    let likely = Likely::named(name).filter(|_| options.mend_boundaries && !matches!(options.to, Target::Config(_)));
    let sort = if name.starts_with('s') { 's' } else { 't' };
    let mut found = Vec::new();
    for (number, text) in texts.iter().enumerate() {
        let end = std::iter::once((text.len(), text.len()));
        let mut start = 0;
        for (until, next) in course.fixed(text, &Evidence::sides(text)).into_iter().map(|f| (f.start, f.end)).chain(end)
        {
            let mut piece = Piece { engine: &engine, likely, sort, text: &text[..until], number, found: &mut found };
            piece.places(start);
            start = next;
        }
    }
    found
}

/// What lies before or between places that are fixed.
struct Piece<'a> {
    engine: &'a Engine,
    likely: Option<Likely>,
    sort: char,
    text: &'a str,
    number: usize,
    found: &'a mut Vec<Uncertain>,
}

impl Piece<'_> {
    fn places(&mut self, start: usize) {
        match self.likely {
            Some(likely) => self.by_words(start, &likely),
            None => self.by_matches(start),
        }
    }

    /// Run by run of ideographs.
    fn by_words(&mut self, start: usize, likely: &Likely) {
        let text = self.text;
        let mut from = start;
        let stops = text[start..].char_indices().filter(|(_, c)| !matches!(c, '\u{3400}'..='\u{9FFF}'));
        let stops = stops.map(|(at, c)| (start + at, start + at + c.len_utf8())).chain([(text.len(), text.len())]);
        for (end, next) in stops {
            if from < end {
                self.in_run(from..end, likely);
            }
            from = next;
        }
    }

    fn in_run(&mut self, run: Range<usize>, likely: &Likely) {
        let row: Vec<(usize, char)> =
            self.text[run.clone()].char_indices().map(|(at, c)| (run.start + at, c)).collect();
        let characters: Vec<char> = row.iter().map(|(_, c)| *c).collect();
        let mut from = 0;
        for end in likely.words(self.engine, &characters) {
            let (at, c) = row[from];
            if end == from + 1 {
                let after = self.engine.single(c).map_or_else(|| c.to_string(), str::to_owned);
                let others: Vec<String> = choices(self.sort, c).filter(|other| *other != after).collect();
                if !others.is_empty() {
                    self.add(at..at + c.len_utf8(), after, others, None, "character");
                }
            }
            from = end;
        }
        let piece = &self.text[run.clone()];
        let by_words: Vec<char> = likely.converted(self.engine, piece).chars().collect();
        let by_matches: Vec<char> = text_of(self.engine, piece).chars().collect();
        if by_words == by_matches || by_words.len() != row.len() || by_matches.len() != row.len() {
            return;
        }
        let differs = |number: &usize| by_words[*number] != by_matches[*number];
        let (Some(first), Some(last)) = ((0..row.len()).find(differs), (0..row.len()).rev().find(differs)) else {
            return;
        };
        let (first, last) = (first.saturating_sub(1), (last + 1).min(row.len() - 1));
        let at = row[first].0..row[last].0 + row[last].1.len_utf8();
        let against = likely.against(self.engine, &characters);
        let (after, other) = (by_words[first..=last].iter().collect(), by_matches[first..=last].iter().collect());
        self.add(at, after, vec![other], Some(against), "boundary");
    }

    fn by_matches(&mut self, start: usize) {
        let mut at = start;
        while let Some(c) = self.text[at..].chars().next() {
            let Some((end, after)) = self.engine.step_at(self.text, at) else {
                at += c.len_utf8();
                continue;
            };
            if end == at + c.len_utf8() {
                let others: Vec<String> = choices(self.sort, c).filter(|other| *other != after).collect();
                if !others.is_empty() {
                    self.add(at..end, after.to_owned(), others, None, "character");
                }
            } else if let Some((further, other)) = disagreeing(self.engine, self.text, at, end, after) {
                let after = text_of(self.engine, &self.text[at..further]);
                self.add(at..further, after, vec![other], None, "boundary");
            }
            at = end;
        }
    }

    fn add(&mut self, at: Range<usize>, after: String, others: Vec<String>, odds: Option<u32>, rule: &'static str) {
        let before = self.text[at.clone()].to_owned();
        self.found.push(Uncertain { text: self.number, at, before, after, others, odds, rule });
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
