//! Lists, programs and tables of the article go whole.
//!
//! In: the kept lines. Out: more of them. The forests score lines, and a short item, a cell or a line of code looks like a menu; a unit that
//! stands in the text goes with its section. The text is the smallest element that holds nearly all kept lines, where they are most
//! of what it holds. A unit whose classes, words or links say that it is something else is left as it was judged, and so is any line
//! that a rule left out by name. Threads, lists of pages and shops have no such text and are left alone.

use super::choose::Choice;
use super::context::Context;
use super::flat::{Flat, flag};
use super::tag::Tag;
use super::{phrase, words};
use crate::extract::Sort;
use std::ops::Range;

/// Classes of a unit, or of what holds it in the text, that say whose unit it is.
const OTHERS: words::Words = words::NAV
    | words::FOOT
    | words::SIDE
    | words::COMMENT
    | words::RELATED
    | words::SHARE
    | words::ADVERT
    | words::META
    | words::FORM
    | words::HIDDEN
    | words::TAGS
    | words::NOTICE;

/// Phrases that no item of a text is made of.
const SAYINGS: phrase::Phrases = phrase::EDITOR
    | phrase::RELATED
    | phrase::SHARE
    | phrase::RIGHTS
    | phrase::PAGER
    | phrase::COMMENT
    | phrase::BYLINE
    | phrase::MORE
    | phrase::TOOL
    | phrase::PLACE
    | phrase::ACCOUNT;

/// Flags of lines that are no text.
const CONTROLS: u16 = flag::HIDDEN | flag::NOSCRIPT | flag::CONTROL;

/// Keeps the units of the article.
pub fn keep_whole(context: &Context, is_data: &[bool], choice: &mut Choice) {
    if choice.sort != Sort::Article || context.flat.carried {
        return;
    }
    let sums = Sums::new(context, &choice.keep);
    let Some(article) = article(context, &sums) else { return };
    let flat = context.flat;
    let inside = flat.elements[article].lines.clone();
    // What the classes between the article and an element say.
    let mut said = vec![0; flat.elements.len()];
    let mut kept_to = 0;
    for index in article + 1..flat.elements.len() {
        let element = &flat.elements[index];
        if element.lines.start >= inside.end {
            break;
        }
        let around = said[element.parent as usize];
        said[index] = around | element.words;
        let lines = element.lines.start as usize..element.lines.end as usize;
        if lines.start < kept_to || lines.is_empty() {
            continue;
        }
        let part = sums.of(&lines);
        let fits = match element.tag {
            Tag::Pre => around & OTHERS == 0 && part.hidden == 0,
            Tag::Table => is_data[index] && said[index] & OTHERS == 0 && part.is_text(lines.len()),
            Tag::Ul | Tag::Ol | Tag::Dl => said[index] & OTHERS == 0 && part.is_text(lines.len()),
            _ => false,
        };
        if fits && stands_in_text(context, &sums, &inside, index) {
            kept_to = lines.end;
            keep(&lines, element.tag == Tag::Pre, choice);
        }
    }
    formulas(context, &inside, &said, choice);
    headings(context, article, &said, choice);
    closing(context, article, &said, choice);
}

/// Keeps the formulas that stand by themselves beside kept lines: they have no words that could speak for them.
fn formulas(context: &Context, inside: &Range<u32>, said: &[words::Words], choice: &mut Choice) {
    let flat = context.flat;
    for index in inside.start as usize..inside.end as usize {
        let beside = index > 0 && choice.keep[index - 1] || choice.keep.get(index + 1) == Some(&true);
        if !choice.keep[index] && beside && is_formula(flat.line(index)) {
            let line = &flat.lines[index];
            if said.get(line.element as usize).is_some_and(|said| said & OTHERS == 0) && line.flags & CONTROLS == 0 {
                keep(&(index..index + 1), false, choice);
            }
        }
    }
}

/// A line that is one formula between delimiters.
fn is_formula(line: &str) -> bool {
    let line = line.trim();
    [("\\[", "\\]"), ("$$", "$$")]
        .iter()
        .any(|(open, close)| line.len() > open.len() + close.len() && line.starts_with(open) && line.ends_with(close))
}

/// Keeps the lines but for those that a rule left out by name; of a program there are none.
fn keep(lines: &Range<usize>, program: bool, choice: &mut Choice) {
    for index in lines.clone() {
        let named = choice.left_out.binary_search_by_key(&index, |(index, _)| *index).is_ok();
        choice.keep[index] |= program || !named;
    }
}

/// What a stretch of lines holds, as it was judged.
#[derive(Clone, Copy, Default)]
struct Sum {
    tokens: u32,
    linked: u32,
    /// Tokens of kept lines, all of them and the Chinese ones.
    kept: u32,
    chinese: u32,
    kept_lines: u32,
    /// Lines with a phrase that no item of a text is made of.
    sayings: u32,
    controls: u32,
    hidden: u32,
}

impl Sum {
    /// No menu, form or list of links.
    fn is_text(&self, lines: usize) -> bool {
        self.linked * 3 <= self.tokens && self.sayings as usize * 4 <= lines && self.controls == 0
    }
}

/// Sums up to each line, so that lists in lists are each asked about in constant time.
struct Sums(Vec<Sum>);

impl Sums {
    fn new(context: &Context, keep: &[bool]) -> Sums {
        let mut sums = Vec::with_capacity(keep.len() + 1);
        let mut sum = Sum::default();
        sums.push(sum);
        for (index, line) in context.flat.lines.iter().enumerate() {
            sum.tokens += line.counts.tokens;
            sum.linked += line.counts.linked;
            if keep[index] {
                sum.kept += line.counts.tokens;
                sum.chinese += line.counts.cjk;
                sum.kept_lines += 1;
            }
            sum.sayings += u32::from(context.line_phrases(index) & SAYINGS != 0);
            sum.controls += u32::from(line.flags & CONTROLS != 0);
            sum.hidden += u32::from(line.flags & flag::HIDDEN != 0);
            sums.push(sum);
        }
        Sums(sums)
    }

    fn of(&self, lines: &Range<usize>) -> Sum {
        let (from, to) = (self.0[lines.start], self.0[lines.end]);
        Sum {
            tokens: to.tokens - from.tokens,
            linked: to.linked - from.linked,
            kept: to.kept - from.kept,
            chinese: to.chinese - from.chinese,
            kept_lines: to.kept_lines - from.kept_lines,
            sayings: to.sayings - from.sayings,
            controls: to.controls - from.controls,
            hidden: to.hidden - from.hidden,
        }
    }
}

/// The smallest element that holds nine tenths of the kept tokens, where they are half of what it holds, or two thirds outside of
/// Chinese: on the English pages of wcxb_dev half takes in tables of contents and loses .005 of F, two thirds lose nothing.
fn article(context: &Context, sums: &Sums) -> Option<usize> {
    let of = |lines: &Range<u32>| sums.of(&(lines.start as usize..lines.end as usize));
    let all = sums.of(&(0..context.flat.lines.len()));
    let most = |part: Sum| u64::from(part.kept) * 10 >= u64::from(all.kept) * 9;
    let index = context.flat.elements.iter().rposition(|element| most(of(&element.lines)))?;
    let part = of(&context.flat.elements[index].lines);
    let (kept, tokens) = (u64::from(part.kept), u64::from(part.tokens));
    let chinese = u64::from(all.chinese) * 10 >= u64::from(all.kept);
    (kept > 0 && if chinese { kept * 2 >= tokens } else { kept * 3 >= tokens * 2 }).then_some(index)
}

/// Some of it is kept, or kept lines of the article stand before and after it; a program may be the last of it.
fn stands_in_text(context: &Context, sums: &Sums, article: &Range<u32>, unit: usize) -> bool {
    let element = &context.flat.elements[unit];
    let lines = element.lines.start as usize..element.lines.end as usize;
    let any = |lines: Range<usize>| sums.of(&lines).kept_lines > 0;
    let program = element.tag == Tag::Pre;
    any(lines.clone())
        || any(article.start as usize..lines.start)
            && (program || any(lines.end..article.end as usize))
            && (program || is_wide(context.flat, unit) || !is_card(context, element.parent, &lines))
}

/// Rows and columns that a card has not: it lists names with their values.
const WIDE: usize = 3;

/// A table of more columns and rows than a card has.
fn is_wide(flat: &Flat, unit: usize) -> bool {
    let lines = &flat.elements[unit].lines;
    let inside = flat.elements[unit..].iter().take_while(|element| element.lines.start < lines.end);
    let (mut rows, mut cells) = (0, 0);
    for element in inside {
        rows += usize::from(element.tag == Tag::Row);
        cells += usize::from(element.tag == Tag::Cell);
    }
    rows > WIDE && cells >= rows * WIDE
}

/// Tokens of a line that is a fact of a card.
const FACT: u32 = 8;

/// Facts in one of many boxes that a template made: what a forum says of who wrote a post, marks for each of ten products.
fn is_card(context: &Context, around: u32, lines: &Range<usize>) -> bool {
    let tokens = context.sums.tokens[lines.end] - context.sums.tokens[lines.start];
    context.is_repeated(around) && tokens < FACT * lines.len() as u32
}

/// Tokens of a heading at most.
const HEADING: u32 = 40;
/// Digits that a date has.
const DATE: u32 = 8;
/// Kept headings of one kind that make a text one of sections.
const HEADED: usize = 2;

/// Keeps the headings of kept lines, the lowest first; those above the first kept line are headings of the text too.
fn headings(context: &Context, article: usize, said: &[words::Words], choice: &mut Choice) {
    let flat = context.flat;
    let inside = &flat.elements[article].lines;
    for index in (inside.start as usize..inside.end as usize).rev() {
        let line = &flat.lines[index];
        let element = line.element as usize;
        let heads = choice.keep.get(index + 1) == Some(&true) && index + 1 < inside.end as usize;
        if heads
            && !choice.keep[index]
            && flat.elements[element].tag.level() >= 2
            && said[element] & OTHERS == 0
            && is_heading(context, index)
        {
            keep(&(index..index + 1), false, choice);
        }
    }
}

/// A short line that says no more than what follows; an address or a date in large letters is none.
fn is_heading(context: &Context, index: usize) -> bool {
    let line = &context.flat.lines[index];
    line.counts.tokens <= HEADING
        && line.counts.digits < DATE
        && line.flags & CONTROLS == 0
        && context.line_phrases(index) & SAYINGS == 0
}

/// Keeps the sections after the last kept line of a text that has sections: exercises, references, a closing table. A section is headed
/// as two kept ones at least are, and is no list of links.
fn closing(context: &Context, article: usize, said: &[words::Words], choice: &mut Choice) {
    let flat = context.flat;
    let inside = flat.elements[article].lines.start as usize..flat.elements[article].lines.end as usize;
    let heading = |index: usize| &flat.elements[flat.lines[index].element as usize];
    let level = |index: usize| heading(index).tag.level();
    let kept = |index: &usize| choice.keep[*index] && level(*index) >= 2;
    let shapes: Vec<u32> = inside.clone().filter(kept).map(|index| heading(index).shape).collect();
    let Some(last) = inside.clone().rev().find(|index| choice.keep[*index]) else { return };
    let sums = Sums::new(context, &choice.keep);
    let mut from = last + 1;
    while from < inside.end {
        let shape = heading(from).shape;
        let headed = level(from) >= 2 && is_heading(context, from);
        if !headed || shapes.iter().filter(|own| **own == shape).count() < HEADED {
            return;
        }
        let to = (from + 1..inside.end).find(|index| level(*index) >= 2).unwrap_or(inside.end);
        let part = sums.of(&(from..to));
        let others = (from..to).any(|index| said[flat.lines[index].element as usize] & OTHERS != 0);
        if others || !part.is_text(to - from) {
            return;
        }
        keep(&(from..to), false, choice);
        from = to;
    }
}
