//! `--dedup`: what came before in the same run is left out.
//!
//! `documents`: a page whose text is that of an earlier page, to the letter or nearly (simhash). `lines`: a line that an earlier page
//! has. The first one in the order of the inputs stays, so any number of threads gives the same output: workers make the keys, and
//! whoever writes decides. A dropped page keeps its record, with no text and the id of the page it repeats. Memory grows with what is
//! kept: about 150 bytes a page, 25 a line.

use super::one;
use super::tally::{Ended, Facts, Tally};
use crate::cli::{Dedup, Job};
use serde_json::value::RawValue;
use sha1::{Digest, Sha1};
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use zonetext::write::fingerprint::{NEAR, distance, simhash};
use zonetext::write::record::{Failure, Origin};
use zonetext::{Kind, Page, Status};

/// Half a SHA-1: among 10¹² lines two different ones would be alike once in 10¹⁵ runs.
type Key = [u8; 16];

/// Lines of fewer letters are never dropped: 答： and （完） stand in every other article.
const LETTERS_OF_A_LINE: usize = 5;

/// Texts of fewer letters have near copies by chance (two lines of an index); only exact ones count.
const LETTERS_OF_A_TEXT: usize = 20;

/// A cleaned page whose output is still to be decided.
pub struct Draft {
    pub page: Page,
    pub origin: Origin,
    text: Fingerprint,
    lines: Vec<Line>,
}

struct Line {
    block: usize,
    range: Range<usize>,
    key: Key,
}

#[derive(Clone, Copy)]
struct Fingerprint {
    exact: Key,
    near: u64,
    letters: usize,
}

impl Draft {
    /// Takes the keys of a page, as far as they are asked for.
    pub fn new(job: &Job, page: Page, origin: Origin) -> Draft {
        let shown: Vec<usize> = (usize::from(page.title().is_some())..page.blocks.len())
            .filter(|&n| !job.write.drop.iter().any(|part| part.holds(&page.blocks[n])))
            .collect();
        let body: Vec<&str> = shown.iter().map(|&n| page.blocks[n].text.trim_end()).collect();
        let body = body.join("\n");
        let near = if job.dedup.contains(&Dedup::Documents) { simhash(&body) } else { 0 };
        let text = Fingerprint { exact: key(&body), near, letters: letters(&body) };
        let mut lines = Vec::new();
        if job.dedup.contains(&Dedup::Lines) {
            shown.into_iter().for_each(|block| lines_of(&page, block, &mut lines));
        }
        Draft { page, origin, text, lines }
    }
}

/// A block is a line; where blocks are mere pieces of a text, each of its lines is.
fn lines_of(page: &Page, block: usize, lines: &mut Vec<Line>) {
    let text = &page.blocks[block].text;
    let mut start = 0;
    let parts: Box<dyn Iterator<Item = &str>> = match page.verbatim {
        true => Box::new(text.split_inclusive('\n')),
        false => Box::new(std::iter::once(text.as_str())),
    };
    for part in parts {
        let range = start..start + part.len();
        start = range.end;
        if letters(part) >= LETTERS_OF_A_LINE {
            lines.push(Line { block, range, key: key(part.trim()) });
        }
    }
}

fn key(text: &str) -> Key {
    let hash = Sha1::digest(text);
    std::array::from_fn(|n| hash[n])
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

/// What the run has seen.
#[derive(Default)]
pub struct Seen {
    /// Ids of the pages that were kept, as JSON.
    ids: Vec<Box<RawValue>>,
    exact: HashMap<Key, u32>,
    near: Near,
    lines: HashSet<Key>,
}

impl Seen {
    /// Decides on a page and writes it. A dropped page gives its record, and nothing as text.
    pub fn settle(
        &mut self,
        job: &Job,
        mut draft: Draft,
        tally: &mut Tally,
    ) -> Result<(String, Ended, Facts), Failure> {
        let original = job.dedup.contains(&Dedup::Documents).then(|| self.original(&draft)).flatten();
        if let Some(original) = original {
            drop_text(&mut draft.page);
            draft.origin.duplicate_of = Some(original);
            let text = if job.write.format.is_record() { written(job, &draft)? } else { String::new() };
            return Ok((text, Ended::Duplicate, Facts::of(&draft.page)));
        }
        let repeated = self.repeated(&draft.lines);
        if !repeated.is_empty() {
            tally.repeated_lines += repeated.len();
            draft.origin.repeated_lines = repeated.len();
            drop_lines(&mut draft.page, &repeated);
        }
        Ok((written(job, &draft)?, Tally::ended(&draft.page), Facts::of(&draft.page)))
    }

    /// The earlier page that this one repeats. One that repeats none is remembered.
    fn original(&mut self, draft: &Draft) -> Option<Box<RawValue>> {
        let text = draft.text;
        if text.letters == 0 {
            return None;
        }
        let found = self.exact.get(&text.exact).copied().or_else(|| self.near.find(text));
        if let Some(number) = found {
            return Some(self.ids[number as usize].clone());
        }
        // Four thousand million pages do not fit into memory.
        let number = u32::try_from(self.ids.len()).ok()?;
        self.ids.push(draft.origin.id());
        self.exact.insert(text.exact, number);
        self.near.insert(text, number);
        None
    }

    /// The lines that an earlier page had; all are remembered. A line that a page has twice is that page's own affair.
    fn repeated<'a>(&mut self, lines: &'a [Line]) -> Vec<&'a Line> {
        let repeated = lines.iter().filter(|line| self.lines.contains(&line.key)).collect();
        self.lines.extend(lines.iter().map(|line| line.key));
        repeated
    }
}

fn written(job: &Job, draft: &Draft) -> Result<String, Failure> {
    one::caught(|| one::written(&draft.page, &draft.origin, job))
}

fn drop_text(page: &mut Page) {
    page.blocks.truncate(usize::from(page.title().is_some()));
    page.status = Status::Empty;
}

/// Leaves lines out, and moves the sentences that follow in the same block.
fn drop_lines(page: &mut Page, lines: &[&Line]) {
    for line in lines.iter().rev() {
        let block = &mut page.blocks[line.block];
        block.text.replace_range(line.range.clone(), "");
        block.marks.clear();
        if block.text.is_empty() {
            block.kind = Kind::Paragraph;
        }
        block.sentences.retain(|s| s.end <= line.range.start || s.start >= line.range.end);
        for sentence in block.sentences.iter_mut().filter(|s| s.start >= line.range.end) {
            *sentence = sentence.start - line.range.len()..sentence.end - line.range.len();
        }
    }
    page.blocks.retain(|block| !block.text.is_empty() || !block.marks.is_empty() || block.kind == Kind::Rule);
    if page.body_blocks().iter().all(|block| block.text.trim().is_empty()) && page.status == Status::Ok {
        page.status = Status::Empty;
    }
}

/// Near texts, found without comparing each with each: fingerprints that differ in up to six of 64 bits agree in one of their four quarters
/// but for one bit, so each is looked up under 4 × 17 quarters (multi-index hashing, Norouzi and others 2012).
struct Near {
    quarters: [HashMap<u16, Vec<Entry>>; 4],
}

/// Texts that are remembered of those with one quarter, so that pages made to share one cost no more than others. By chance so many come
/// together among sixty million.
const BUCKET: usize = 1024;

/// Fingerprint, letters and number of a text.
type Entry = (u64, u32, u32);

const _: () = assert!(NEAR / 4 <= 1, "a quarter may differ in one bit");

impl Default for Near {
    fn default() -> Near {
        Near { quarters: std::array::from_fn(|_| HashMap::new()) }
    }
}

impl Near {
    fn insert(&mut self, text: Fingerprint, number: u32) {
        if text.letters < LETTERS_OF_A_TEXT {
            return;
        }
        let letters = u32::try_from(text.letters).unwrap_or(u32::MAX);
        for (place, table) in self.quarters.iter_mut().enumerate() {
            let bucket = table.entry(quarter(text.near, place)).or_default();
            if bucket.len() < BUCKET {
                bucket.push((text.near, letters, number));
            }
        }
    }

    /// The first text that is near, and about as long.
    fn find(&self, text: Fingerprint) -> Option<u32> {
        if text.letters < LETTERS_OF_A_TEXT {
            return None;
        }
        let letters = u32::try_from(text.letters).unwrap_or(u32::MAX);
        let alike = |&&(near, other, _): &&Entry| {
            let (less, more) = (u64::from(letters.min(other)), u64::from(letters.max(other)));
            distance(near, text.near) <= NEAR && less * 4 >= more * 3
        };
        let flips = std::iter::once(0).chain((0..16).map(|bit| 1u16 << bit));
        let places = flips.flat_map(|flip| (0..4).map(move |place| (place, flip)));
        let lists = places.filter_map(|(place, flip)| self.quarters[place].get(&(quarter(text.near, place) ^ flip)));
        lists.filter_map(|list| list.iter().find(alike)).map(|(_, _, number)| *number).min()
    }
}

fn quarter(near: u64, place: usize) -> u16 {
    (near >> (16 * place)) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The slow twin: each with each.
    #[test]
    fn the_index_finds_what_comparing_each_with_each_finds() {
        let mut state = 7u64;
        let mut random = || {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            state ^ state >> 29
        };
        let (mut near, mut all, mut hits) = (Near::default(), Vec::new(), 0);
        for number in 0..3000u32 {
            let mut value = random();
            if number % 3 > 0 && !all.is_empty() {
                value = all[random() as usize % all.len()];
                (0..random() % 9).for_each(|_| value ^= 1 << (random() % 64));
            }
            let text = Fingerprint { exact: Key::default(), near: value, letters: 100 };
            let slow = all.iter().position(|other| distance(*other, value) <= NEAR).map(|n| n as u32);
            assert_eq!(near.find(text), slow, "{number}");
            hits += usize::from(slow.is_some());
            near.insert(text, number);
            all.push(value);
        }
        assert!(hits > 500);
        let short = Fingerprint { exact: Key::default(), near: all[0], letters: 60 };
        assert_eq!(near.find(short), None, "a part is no copy");
    }
}
