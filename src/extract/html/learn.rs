//! For the trainer: features of pages as the model sees them, and extraction with other forests. Not part of the interface.

use super::features::{self, Filling, Prose};
use super::flat::Flat;
use super::second::Second;
use super::{choose, context, finish, model, read};
use crate::extract::metadata::json::Facts;
use crate::extract::metadata::title::{Title, title};
use crate::extract::{Extracted, metadata};

/// A page that was read.
pub struct Page {
    flat: Flat,
    title: Title,
    facts: Facts,
    limit: Option<String>,
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
        let (flat, limit) = read(text, false);
        let (title, facts) = (title(&flat), metadata::json::Facts::read(&flat.head.json));
        Page { flat, title, facts, limit }
    }

    /// The texts of its lines.
    pub fn lines(&self) -> Vec<String> {
        (0..self.flat.lines.len()).map(|i| self.flat.line(i).to_owned()).collect()
    }

    /// The page without some of its lines, and without the elements that only held these.
    pub fn without(&self, gone: &[bool]) -> Page {
        let mut flat = self.flat.clone();
        let before: Vec<u32> = std::iter::once(0)
            .chain(gone.iter().scan(0, |sum, gone| {
                *sum += u32::from(!gone);
                Some(*sum)
            }))
            .collect();
        let mut number = Vec::with_capacity(flat.elements.len());
        let mut kept: Vec<super::flat::Element> = Vec::new();
        for (index, element) in flat.elements.iter().enumerate() {
            let range = before[element.lines.start as usize]..before[element.lines.end as usize];
            if index > 0 && range.is_empty() && !element.lines.is_empty() {
                number.push(u32::MAX);
                continue;
            }
            number.push(kept.len() as u32);
            let parent = match number[element.parent as usize] {
                u32::MAX => 0,
                n => n,
            };
            kept.push(super::flat::Element { lines: range, parent, ..element.clone() });
        }
        flat.elements = kept;
        let mut at = 0;
        flat.lines.retain(|_| {
            at += 1;
            !gone[at - 1]
        });
        for line in &mut flat.lines {
            line.element = number[line.element as usize];
        }
        flat.marks.retain(|mark| !gone.get(mark.line as usize).copied().unwrap_or(true));
        for mark in &mut flat.marks {
            mark.line = before[mark.line as usize];
        }
        let (title, facts) = (title(&flat), metadata::json::Facts::read(&flat.head.json));
        Page { flat, title, facts, limit: None }
    }

    /// The lines of each element and the number of the element around it.
    pub fn elements(&self) -> Vec<(std::ops::Range<usize>, usize)> {
        let range = |lines: &std::ops::Range<u32>| lines.start as usize..lines.end as usize;
        self.flat.elements.iter().map(|e| (range(&e.lines), e.parent as usize)).collect()
    }

    fn context(&self) -> context::Context<'_> {
        context::Context::new(&self.flat, &self.title, &self.facts)
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

    /// Extracts by these scores of its lines.
    pub fn extract_by(&self, scores: &[i32]) -> Extracted {
        finish(&self.flat, self.limit.clone(), |context| choose::pick(context, scores.to_vec()))
    }

    /// The scores of its lines.
    pub fn scores(&self, forests: Option<&[u8]>) -> Vec<i32> {
        choose::scores(&self.context(), forests.unwrap_or(model::FOREST))
    }
}

/// Whether a line with this first score is looked at again.
pub fn looked_at_again(score: i32) -> bool {
    score >= model::LOST
}
