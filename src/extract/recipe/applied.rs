//! What a recipe selects in one page.
//!
//! In: the page's source, the tree that extraction walks, a recipe. Out: [`Applied`], marks by node and values of the metadata.
//! Selectors need scraper's tree with every attribute; its nodes are those of the arena in the same order, so that both are walked side by
//! side and the marks move over.

use super::{Field, Part, Recipe, Selected};
use crate::extract::html::choose::Choice;
use crate::extract::html::flat::{Flat, flag};
use crate::extract::metadata::{date, json};
use crate::extract::parse::{self, Arena, Content};
use crate::page::{Metadata, Source};
use scraper::{ElementRef, Html};
use std::collections::HashMap;

/// The rule of what a recipe drops.
pub const PRUNED: &str = "pruned";
/// The rule of what lies outside of what a recipe selects.
pub const UNSELECTED: &str = "unselected";

/// Where a value was read.
const PLACE: &str = "selector of the user";

/// What a recipe found in a page.
#[derive(Debug, Default)]
pub struct Applied {
    pub told: Vec<Selected>,
    /// By node: it lies in what is dropped. Empty where nothing is.
    pruned: Vec<bool>,
    /// By node: it lies in what is selected as text. Empty where nothing is.
    selected: Vec<bool>,
    title: Option<String>,
    date: Option<String>,
    authors: Vec<String>,
}

/// Finds what a recipe selects.
pub fn apply(recipe: &Recipe, source: &str, page: &Arena) -> Applied {
    let html = parse::parse_with(source, &parse::Options { attributes: true, ..parse::Options::default() }).html;
    let mut applied = Applied::default();
    let mut marked: HashMap<_, u8> = HashMap::new();
    for part in &recipe.parts {
        let mut elements = 0;
        for element in html.select(&part.selector) {
            elements += 1;
            match part.field {
                Field::Content => *marked.entry(element.id()).or_default() |= CONTENT,
                Field::Drop => *marked.entry(element.id()).or_default() |= DROP,
                _ => applied.value(part, element),
            }
        }
        applied.told.push(Selected { field: part.field, selector: part.written.clone(), elements });
    }
    let marked = moved(&html, page, &marked);
    applied.selected = inside(page, &marked, CONTENT);
    applied.pruned = inside(page, &marked, DROP);
    applied
}

const CONTENT: u8 = 1;
const DROP: u8 = 2;

/// The marks of scraper's nodes, by the arena's numbers.
fn moved(html: &Html, page: &Arena, marked: &HashMap<ego_tree::NodeId, u8>) -> Vec<(usize, u8)> {
    let pairs = html.tree.root().descendants().zip(page.root().descendants());
    let same = |(node, place): &(ego_tree::NodeRef<scraper::Node>, parse::Place)| match place.content() {
        Content::Element { name, .. } => node.value().as_element().is_some_and(|element| element.name() == &**name),
        _ => !node.value().is_element(),
    };
    pairs.take_while(same).filter_map(|(node, place)| Some((place.number(), *marked.get(&node.id())?))).collect()
}

/// By node, whether it lies in an element that bears this mark; empty where none does. What was marked already is not walked again.
fn inside(page: &Arena, marked: &[(usize, u8)], mark: u8) -> Vec<bool> {
    let mut inside = Vec::new();
    for place in marked.iter().filter(|(_, own)| own & mark != 0).filter_map(|(number, _)| page.place(*number)) {
        inside.resize(page.len(), false);
        if !inside[place.number()] {
            place.descendants().for_each(|node| inside[node.number()] = true);
        }
    }
    inside
}

impl Applied {
    /// Takes up a value of the metadata.
    fn value(&mut self, part: &Part, element: ElementRef) {
        let said = said(element);
        match part.field {
            Field::Title if self.title.is_none() && !said.is_empty() => self.title = Some(said),
            Field::Date if self.date.is_none() => {
                self.date = date::dates(&said).first().map(|(_, date)| date.to_string());
            }
            Field::Author => {
                let names = said.rsplit(['：', ':']).next().unwrap_or(&said);
                let new = json::split(names).into_iter().filter(|name| !self.authors.contains(name));
                self.authors.extend(new.collect::<Vec<_>>());
            }
            _ => {}
        }
    }

    /// Marks the lines that are dropped, so that they count for nothing.
    pub fn mark(&self, page: &Arena, flat: &mut Flat) {
        let pruned = self.lines(page, flat, |node| self.pruned.get(node) == Some(&true));
        let left = self.lines(page, flat, |node| self.pruned.get(node) != Some(&true));
        for (line, (pruned, left)) in flat.lines.iter_mut().zip(pruned.into_iter().zip(left)) {
            if pruned && !left {
                line.flags |= flag::PRUNED;
            }
        }
    }

    /// By line, whether a text that fits stands in it.
    fn lines(&self, page: &Arena, flat: &Flat, fits: impl Fn(usize) -> bool) -> Vec<bool> {
        let mut lines = vec![false; flat.lines.len()];
        for (node, line) in flat.places.iter().enumerate().filter(|(_, line)| **line != u32::MAX) {
            let is_text = || page.place(node).is_some_and(|place| place.text().is_some());
            if fits(node) && is_text() {
                lines[*line as usize] = true;
            }
        }
        lines
    }

    /// By node, why the layout does not show it; of lines that are `decided` on, also the texts beside what is selected.
    pub fn barred(&self, page: &Arena, decided: bool) -> Vec<Option<&'static str>> {
        let is_pruned = |node: usize| self.pruned.get(node) == Some(&true);
        let beside = |node: usize| {
            decided && !self.selected[node] && page.place(node).is_some_and(|place| place.text().is_some())
        };
        let rule = |node: usize| match () {
            () if is_pruned(node) => Some(PRUNED),
            () if beside(node) => Some(UNSELECTED),
            () => None,
        };
        if self.pruned.is_empty() && !decided { Vec::new() } else { (0..page.len()).map(rule).collect() }
    }

    /// Keeps what is selected, and nothing else; where nothing is, or nothing that has text, all but what is dropped stays as it was
    /// chosen. True where it decided on all lines.
    pub fn choose(&self, page: &Arena, flat: &Flat, choice: &mut Choice) -> bool {
        let lines = match self.selected.is_empty() {
            true => Vec::new(),
            false => self.lines(page, flat, |node| self.selected[node]),
        };
        let decided = (0..lines.len()).any(|index| lines[index] && !is_pruned(flat, index));
        if decided {
            choice.confidence = 1.0;
            choice.left_out =
                (0..lines.len()).filter(|index| !lines[*index]).map(|index| (index, UNSELECTED)).collect();
            choice.keep = lines;
        }
        if flat.lines.iter().any(|line| line.flags & flag::PRUNED != 0) {
            choice.left_out.retain(|(index, _)| !is_pruned(flat, *index));
            let pruned = (0..flat.lines.len()).filter(|index| is_pruned(flat, *index));
            for index in pruned {
                choice.keep[index] = false;
                choice.left_out.push((index, PRUNED));
            }
            choice.left_out.sort_unstable();
        }
        decided
    }

    /// The title that was selected, and the line it stands in.
    pub fn title(&self, flat: &Flat) -> Option<crate::extract::metadata::title::Title> {
        use crate::extract::metadata::title::{Title, letters};
        let text = self.title.clone()?;
        let own = letters(&text);
        let line = (0..flat.lines.len()).find(|index| letters(flat.line(*index)) == own).map(|index| index as u32);
        Some(Title { text, line, found: Some((PLACE, "")) })
    }

    /// Puts the values that were selected in place of others.
    pub fn overrule(&self, metadata: &mut Metadata) {
        let mut note = |field: &'static str| {
            metadata.sources.retain(|source| source.field != field);
            metadata.sources.push(Source { field, place: PLACE, name: "" });
        };
        if let Some(date) = &self.date {
            note("published");
            metadata.published = Some(date.clone());
        }
        if !self.authors.is_empty() {
            note("author");
            metadata.authors = self.authors.clone();
        }
    }
}

fn is_pruned(flat: &Flat, index: usize) -> bool {
    flat.lines[index].flags & flag::PRUNED != 0
}

/// What an element says: the attribute that machines read of `meta` and `time`, else its text, white space as one space.
fn said(element: ElementRef) -> String {
    let attribute = match element.value().name() {
        "meta" => element.attr("content"),
        "time" => element.attr("datetime"),
        _ => None,
    };
    let text = attribute.map(str::to_owned).unwrap_or_else(|| element.text().collect());
    text.split_whitespace().take(200).collect::<Vec<_>>().join(" ")
}
