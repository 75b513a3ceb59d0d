//! Where links and images lead, for those who want Markdown with them.
//!
//! In: `a` and `img` elements as the walk meets them. Out: [`Reference`]s into the text of the page, which `blocks` hands to the
//! blocks that were kept. A link without words or with a script for an address is none; an image is followed to its real
//! address, which pages that load late keep in `data-src`.

use super::flat::Flat;
use super::head::attribute;
use crate::extract::parse::{Markup, Place};
use crate::page::{Block, Link};
use std::ops::Range;

/// A link or an image on its way to a block.
#[derive(Debug, Clone)]
pub struct Reference {
    /// Bytes into [`Flat::text`]; empty for an image.
    pub range: Range<u32>,
    /// The lines it stands in, or before whose first one it stands.
    pub lines: Range<u32>,
    /// The block element around it.
    pub element: u32,
    pub target: String,
    /// The words that stand for an image.
    pub image: Option<String>,
}

/// Collects references during the walk.
#[derive(Debug, Default)]
pub struct Links {
    found: Vec<Reference>,
    /// Links that are not closed yet, with the depth of the element stack.
    open: Vec<(usize, usize)>,
}

/// Attributes that hold an image's address, the real one first: pages that load late put a grey dot into `src`.
const SOURCES: [&str; 5] = ["data-src", "data-original", "data-lazy-src", "data-actualsrc", "src"];

/// A link over more lines was never closed: `<a name=top href=…>` on pages made by hand.
const MOST_LINES: usize = 8;

impl Links {
    /// An `a` element opens at byte `at` of the text.
    pub fn open(&mut self, markup: Markup, at: u32, line: u32, depth: usize) {
        let Some(target) = attribute(markup, "href").and_then(address) else { return };
        self.open.push((depth, self.found.len()));
        self.found.push(Reference { range: at..at, lines: line..line, element: 0, target, image: None });
    }

    /// The element at this depth closes.
    pub fn close(&mut self, at: u32, line: u32, depth: usize) {
        if let Some(&(opened, number)) = self.open.last()
            && opened == depth
        {
            self.open.pop();
            let reference = &mut self.found[number];
            reference.range.end = at;
            reference.lines.end = line + 1;
        }
    }

    /// An `img`, or a `picture` with one in it.
    pub fn image(&mut self, markup: Markup, place: Place, at: u32, line: u32, element: u32) {
        let inner = place.children().filter_map(Place::markup).find(|child| child.name() == "img");
        let markup = inner.unwrap_or(markup);
        let dot = |name| attribute(markup, name).is_some_and(|size| matches!(size.trim(), "0" | "1" | "1px"));
        let source = SOURCES.iter().filter_map(|name| attribute(markup, name)).find_map(address);
        if let Some(target) = source.filter(|_| !(dot("width") || dot("height"))) {
            let words = attribute(markup, "alt").unwrap_or("").split_whitespace().collect::<Vec<_>>().join(" ");
            let reference = Reference { range: at..at, lines: line..line + 1, element, target, image: Some(words) };
            self.found.push(reference);
        }
    }

    /// All of them, in the order of the page.
    pub fn take(self) -> Vec<Reference> {
        let whole = |r: &Reference| !r.range.is_empty() && r.lines.len() <= MOST_LINES;
        self.found.into_iter().filter(|r| r.image.is_some() || whole(r)).collect()
    }
}

/// An address that leads somewhere: no script, no data, no place on the same page.
fn address(value: &str) -> Option<String> {
    let value: String = value.trim().chars().filter(|c| !c.is_control()).collect();
    let scheme = value.split([':', '/', '?', '#']).next().unwrap_or("").to_ascii_lowercase();
    let script = value[scheme.len()..].starts_with(':')
        && matches!(&*scheme, "javascript" | "vbscript" | "data" | "about" | "blob");
    (!value.is_empty() && !value.starts_with('#') && !script).then_some(value)
}

/// The references of a page by line, in order.
pub struct ByLine<'a> {
    flat: &'a Flat,
    /// `(line, number of the reference)`, sorted.
    places: Vec<(u32, u32)>,
}

impl<'a> ByLine<'a> {
    pub fn new(flat: &'a Flat) -> ByLine<'a> {
        let numbered = flat.references.iter().enumerate();
        let mut places: Vec<(u32, u32)> =
            numbered.flat_map(|(number, r)| r.lines.clone().map(move |line| (line, number as u32))).collect();
        places.sort_unstable();
        ByLine { flat, places }
    }

    fn of(&self, line: usize) -> impl Iterator<Item = &'a Reference> {
        let from = self.places.partition_point(|(at, _)| (*at as usize) < line);
        let places = self.places[from..].iter().take_while(move |(at, _)| *at as usize == line);
        places.map(|(_, number)| &self.flat.references[*number as usize])
    }

    /// Gives `block` what stands in line `index`, whose text begins at byte `offset` of the block's.
    pub fn give(&self, index: usize, offset: usize, block: &mut Block) {
        let line = &self.flat.lines[index];
        for reference in self.of(index) {
            let (start, end) = (reference.range.start.max(line.start), reference.range.end.min(line.end));
            let place = |at: u32| offset + (at.clamp(line.start, line.end) - line.start) as usize;
            if reference.image.is_some() {
                if within(self.flat, reference.element, line.element) {
                    block.links.push(link(reference, place(start)..place(start)));
                }
            } else if let Some(words) = trimmed(&block.text, place(start)..place(end.max(start))) {
                block.links.push(link(reference, words));
            }
        }
    }

    /// Gives `block`, made of line `last`, the images between it and the next line, which was dropped or is none.
    pub fn give_rest(&self, last: usize, block: &mut Block) {
        let next = self.flat.lines.get(last + 1).map_or(u32::MAX, |line| line.start);
        let end = block.text.len();
        for reference in self.of(last + 1).filter(|r| r.image.is_some() && r.range.start <= next) {
            if within(self.flat, reference.element, self.flat.lines[last].element) {
                block.links.push(link(reference, end..end));
            }
        }
    }
}

fn link(reference: &Reference, range: Range<usize>) -> Link {
    Link { range, target: reference.target.clone(), image: reference.image.clone() }
}

/// An image belongs to a line if it stands in the element that holds the line's.
fn within(flat: &Flat, image: u32, line: u32) -> bool {
    let around = flat.elements[line as usize].parent;
    let mut at = image;
    while at != around && at != 0 && at != line {
        at = flat.elements[at as usize].parent;
    }
    at == line || at == around && around != 0
}

/// The words of a link without white space at its edges; `None` where it has none.
fn trimmed(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let words = text.get(range.clone())?;
    let start = range.start + words.len() - words.trim_start().len();
    let words = words.trim();
    (!words.is_empty()).then_some(start..start + words.len())
}
