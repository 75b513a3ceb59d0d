//! Pages as lessons: which lines belong to the gold text, and what the two looks of the model see of them.

use super::{labels::labels, thin, train};
use crate::quality::pages::{LEARNED, Page, more_pages, pages};
use crate::quality::score::{mix, score, tokens};
use zonetext::extract::html::learn;

/// Added to the tokens of the gold text before a page's lines are weighed by it, so that a page of ten words does not count
/// for more than a thousand others.
const SMALL: f32 = 30.0;

/// Tokens that a gold text must have to teach anything.
const LEAST: usize = 20;

/// Parts that the pages are dealt into, so that the second look learns from scores of pages the first did not see.
pub const PARTS: u64 = 4;

/// How much a page of each set counts, in the order of [`LEARNED`]: small sets of rare kinds (threads) count for more.
const SET_WEIGHTS: [f32; 8] = [5.0, 1.0, 2.5, 4.0, 1.5, 1.2, 0.4, 0.6];

/// How much a page out of a package counts: what is taken for gold there is another extractor's answer, looked over.
const MORE_WEIGHT: f32 = 0.5;

/// Thinned copies of each Chinese page, and how much one counts beside the page itself.
const THINNED: (u64, f32) = (6, 0.1);

/// A page with its lesson.
pub struct Case {
    /// Its number among [`LEARNED`]; one more for the pages out of packages.
    pub set: usize,
    pub page: Page,
    pub lesson: Lesson,
    /// The same page thinned, several times.
    pub thinned: Vec<Lesson>,
}

impl Case {
    fn new(set: usize, page: Page, weight: f32) -> Case {
        let lesson = Lesson::new(&page, weight);
        let chinese =
            page.text.chars().filter(|c| ('\u{4e00}'..'\u{9fff}').contains(c)).count() * 2 > tokens(&page.text).len();
        let copies = if chinese { THINNED.0 } else { 0 };
        let thinned = (0..copies).map(|seed| thin::thinned(&lesson, weight * THINNED.1, seed)).collect();
        Case { set, page, lesson, thinned }
    }

    /// What is learned from it.
    pub fn lessons(&self) -> impl Iterator<Item = &Lesson> {
        std::iter::once(&self.lesson).chain(&self.thinned)
    }
}

/// All pages to learn from; None, and a word why, where the folder of the sets is absent.
pub fn cases() -> Option<Vec<Case>> {
    let mut cases = Vec::new();
    for (set, name) in LEARNED.iter().enumerate() {
        let Some(pages) = pages(name) else {
            println!("skipped: ../shared/data/extract/{name} is absent");
            return None;
        };
        cases.extend(pages.into_iter().map(|page| Case::new(set, page, SET_WEIGHTS[set])));
    }
    let more = more_pages().into_iter();
    cases.extend(more.map(|page| Case::new(LEARNED.len(), page, MORE_WEIGHT)).filter(trusted));
    Some(cases)
}

/// A gold text of some length that the page's own lines can make up.
fn trusted(case: &Case) -> bool {
    let lines = case.lesson.page.lines();
    let kept: Vec<&str> = lines.iter().zip(&case.lesson.labels).filter(|(_, l)| **l).map(|(l, _)| l.as_str()).collect();
    tokens(&case.page.text).len() >= 100 && score(&case.page.text, &kept.join("\n")).f >= 0.9
}

/// A page to learn from.
#[derive(Clone)]
pub struct Lesson {
    pub page: learn::Page,
    pub site: String,
    /// For each line, whether it is in the gold text.
    pub labels: Vec<bool>,
    pub weights: Vec<f32>,
    first: learn::Rows,
}

impl Lesson {
    /// Reads a page whose lines count `weight`fold.
    pub fn new(page: &Page, weight: f32) -> Lesson {
        let read = learn::Page::new(&page.html);
        let labels = labels(&read.lines(), &page.text);
        let weights = weights(&labels, weight, LEAST);
        Lesson::of(read, page.site.clone(), labels.into_iter().map(|(_, kept)| kept).collect(), weights)
    }

    /// A page whose lines have these labels and weights.
    pub fn of(page: learn::Page, site: String, labels: Vec<bool>, weights: Vec<f32>) -> Lesson {
        Lesson { first: page.rows(None), page, site, labels, weights }
    }

    /// Reads the words of a text by this lexicon.
    pub fn set_lexical(&mut self, lexicon: &[u8; learn::LEXICON_SIZE]) {
        self.page.set_lexical(lexicon);
        self.first = self.page.rows(None);
    }

    fn usable(&self) -> bool {
        self.weights.first().is_some_and(|w| *w > 0.0)
    }

    fn first_rows(&self, set: &mut train::Set) {
        if self.usable() {
            set.add(&self.first, &self.labels, &self.weights, |_| true);
        }
    }

    fn first_scores(&self, forest: &[u8]) -> Vec<i32> {
        self.first.values.chunks_exact(self.first.width.max(1)).map(|row| train::score(forest, row)).collect()
    }
}

/// How much each line counts, from its tokens and whether it is gold; nothing, where the gold text is shorter than `least`.
pub fn weights(lines: &[(usize, bool)], weight: f32, least: usize) -> Vec<f32> {
    let gold: usize = lines.iter().filter(|(_, kept)| *kept).map(|(tokens, _)| tokens).sum();
    let weight = if gold < least { 0.0 } else { weight * 100.0 / (gold as f32 + SMALL) };
    lines.iter().map(|(tokens, _)| weight * (*tokens as f32 + 2.0).min(300.0)).collect()
}

/// The number of the part a site falls into.
pub fn part(site: &str, index: usize, round: u64, parts: u64) -> u64 {
    let name = if site.is_empty() { index.to_string() } else { site.to_owned() };
    name.bytes().fold(mix(round, 17), |state, byte| mix(state, u64::from(byte))) % parts
}

/// The forests of the two looks, one after the other.
pub fn teach(lessons: &[&Lesson], seed: u64, first: train::Settings, second: train::Settings) -> Vec<u8> {
    let first = train::Settings { seed, ..first };
    let grow = |wanted: &dyn Fn(u64) -> bool| {
        let mut set = train::Set::default();
        for (index, lesson) in lessons.iter().enumerate() {
            if wanted(part(&lesson.site, index, seed + 100, PARTS)) {
                lesson.first_rows(&mut set);
            }
        }
        train::train(&set, &first)
    };
    let apart: Vec<Vec<u8>> = (0..PARTS).map(|own| grow(&|other| other != own)).collect();
    let mut set = train::Set::default();
    for (index, lesson) in lessons.iter().enumerate().filter(|(_, lesson)| lesson.usable()) {
        let scores = lesson.first_scores(&apart[part(&lesson.site, index, seed + 100, PARTS) as usize]);
        let rows = lesson.page.rows(Some(&scores));
        set.add(&rows, &lesson.labels, &lesson.weights, |line| learn::looked_at_again(scores[line]));
    }
    let mut forests = grow(&|_| true);
    forests.extend(train::train(&set, &train::Settings { seed, ..second }));
    forests
}
