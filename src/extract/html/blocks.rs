//! Kept lines to blocks with kinds.

use super::choose::Choice;
use super::flat::{Flat, flag};
use super::tag::Tag;
use crate::extract::metadata::title::Title;
use crate::extract::{Dropped, Extracted};
use crate::page::{Block, Kind};

/// The blocks of the page, its title first, and what was left out.
pub fn blocks(flat: &Flat, title: &Title, choice: &Choice) -> Extracted {
    let mut found = Extracted { sort: choice.sort, confidence: choice.confidence, ..Extracted::default() };
    if !title.text.is_empty() {
        found.blocks.push(Block::new(Kind::Title, title.text.as_str()));
    }
    for (index, line) in flat.lines.iter().enumerate() {
        if choice.keep[index] {
            found.blocks.push(Block::new(kind(flat, index), flat.line(index)));
        } else {
            let text = flat.line(index).to_owned();
            let rule = if line.flags & flag::HIDDEN != 0 { "hidden" } else { "outside" };
            found.dropped.push(Dropped { rule, text, before: found.blocks.len(), at: index });
        }
    }
    found
}

fn kind(flat: &Flat, index: usize) -> Kind {
    let line = &flat.lines[index];
    let element = &flat.elements[line.element as usize];
    match element.tag {
        tag if tag.level() > 0 => Kind::Heading,
        Tag::Li | Tag::Dd | Tag::Dt => Kind::Item,
        Tag::Caption => Kind::Caption,
        Tag::Quote => Kind::Quote,
        Tag::Pre => Kind::Code,
        _ => Kind::Paragraph,
    }
}
