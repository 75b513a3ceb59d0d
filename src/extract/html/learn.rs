//! For the trainer: features of pages as the model sees them, and extraction with other forests. Not part of the interface.

use super::features::{self, Filling, Prose};
use super::flat::{Element, Flat, Line};
use super::second::Second;
use super::value;
use super::{Judged, choose, context, finish, model, read};
use crate::extract::metadata::json::Facts;
use crate::extract::metadata::title::{Title, title};
use crate::extract::{Extracted, Options, metadata, plain};

pub use crate::extract::plain::lexicon::{SIZE as LEXICON_SIZE, runs as lexicon_runs};

/// A page that was read.
#[derive(Clone)]
pub struct Page {
    text: String,
    /// The page was made of a text (`extract::plain`).
    plain: bool,
    /// What the words of its lines say, of a text.
    lexical: Vec<value::Value>,
    flat: Flat,
    title: Title,
    facts: Facts,
}

/// Rows of features, one after the other.
#[derive(Default, Clone)]
pub struct Rows {
    pub values: Vec<u8>,
    pub width: usize,
}

impl Page {
    /// Reads a page.
    pub fn new(text: &str) -> Page {
        let flat = read(text).flat;
        let (title, facts) = (title(&flat), metadata::json::Facts::read(&flat.head.json));
        Page { text: text.to_owned(), plain: false, lexical: Vec::new(), flat, title, facts }
    }

    /// Reads a text that was extracted before.
    pub fn of_text(text: &str) -> Page {
        let flat = plain::read(text).flat;
        let (title, facts) = (title(&flat), metadata::json::Facts::default());
        let lexical = plain::lexical(&flat, plain::lexicon::LEXICON);
        Page { text: text.to_owned(), plain: true, lexical, flat, title, facts }
    }

    /// Reads the words of a text by another lexicon.
    pub fn set_lexical(&mut self, lexicon: &[u8; LEXICON_SIZE]) {
        self.lexical = plain::lexical(&self.flat, lexicon);
    }

    /// The texts of its lines.
    pub fn lines(&self) -> Vec<String> {
        (0..self.flat.lines.len()).map(|i| self.flat.line(i).to_owned()).collect()
    }

    /// The page without some of its lines, and without the elements that held only these.
    pub fn without(&self, gone: &[bool]) -> Page {
        let mut flat = self.flat.clone();
        let mut left = vec![0u32];
        for gone in gone {
            left.push(left[left.len() - 1] + u32::from(!gone));
        }
        let mut numbers: Vec<u32> = Vec::with_capacity(flat.elements.len());
        let mut elements: Vec<Element> = Vec::new();
        for element in &flat.elements {
            let lines = left[element.lines.start as usize]..left[element.lines.end as usize];
            let parent = numbers.get(element.parent as usize).copied().unwrap_or(0);
            if lines.is_empty() && !element.lines.is_empty() && !elements.is_empty() {
                numbers.push(0);
            } else {
                numbers.push(elements.len() as u32);
                elements.push(Element { lines, parent, ..element.clone() });
            }
        }
        flat.elements = elements;
        let lines = std::mem::take(&mut flat.lines).into_iter().zip(gone).filter(|(_, gone)| !**gone);
        flat.lines = lines.map(|(line, _)| Line { element: numbers[line.element as usize], ..line }).collect();
        flat.marks.retain(|mark| gone.get(mark.line as usize) == Some(&false));
        flat.marks.iter_mut().for_each(|mark| mark.line = left[mark.line as usize]);
        let (title, facts) = (title(&flat), metadata::json::Facts::read(&flat.head.json));
        Page { text: String::new(), plain: self.plain, lexical: Vec::new(), flat, title, facts }
    }

    /// The lines of each element, the outer ones first.
    pub fn containers(&self) -> impl Iterator<Item = std::ops::Range<usize>> {
        self.flat.elements.iter().map(|element| element.lines.start as usize..element.lines.end as usize)
    }

    fn context(&self) -> context::Context<'_> {
        let mut context = context::Context::new(&self.flat, &self.title, &self.facts);
        if !self.lexical.is_empty() {
            context.set_lexical(self.lexical.clone());
        }
        context
    }

    /// What the first look sees; with first scores, what the second sees.
    pub fn rows(&self, scores: Option<&[i32]>) -> Rows {
        let context = self.context();
        let prose = Prose::new(&context);
        let second = scores.map(|scores| Second::new(&context, scores));
        let mut rows = Rows::default();
        let mut filled = [[0; features::LANES]; 256];
        for index in 0..self.flat.lines.len() {
            let mut row = Filling::new(&mut filled, 0);
            context.fill(index, &prose, &mut row);
            if let Some(second) = &second {
                second.extend(&context, index, &mut row);
            }
            rows.width = row.at;
            rows.values.extend(filled[..rows.width].iter().map(|column| column[0]));
        }
        rows
    }

    /// Extracts by these scores of its lines. Nothing of a page that is without some of them.
    pub fn extract_by(&self, scores: &[i32]) -> Extracted {
        let options = Options::default();
        if self.plain {
            return plain::extract_by(&plain::read(&self.text), &options, true, |_| scores.to_vec());
        }
        finish(&read(&self.text), &options, |context, title| Judged {
            choice: choose::pick(context, scores.to_vec()),
            title,
        })
    }

    /// The scores of its lines.
    pub fn scores(&self, forests: Option<&[u8]>) -> Vec<i32> {
        choose::scores(&self.context(), forests.unwrap_or(if self.plain { plain::FOREST } else { model::FOREST }))
    }
}

/// Whether a line with this first score is looked at again.
pub fn looked_at_again(score: i32) -> bool {
    score >= model::LOST
}
