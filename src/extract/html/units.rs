//! Lists, programs and tables of the article go whole.
//!
//! In: the kept lines. Out: more of them. The forests score lines, and a short item, a cell or a line of code looks like a menu; a unit that
//! stands in the text goes with its section. The text is the smallest element that holds nearly all kept lines, where they are most
//! of what it holds. A unit whose classes, words or links say that it is something else is left as it was judged, and so is any line
//! that a rule left out by name. Threads, lists of pages and shops have no such text and are left alone.

use super::choose::Choice;
use super::context::Context;
use super::flat::{Element, Flat, flag};
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
    if choice.sort == Sort::Forum || context.flat.carried {
        return;
    }
    facts(context, is_data, choice);
    if choice.sort != Sort::Article {
        return;
    }
    let sums = Sums::new(context, &choice.keep);
    let Some(article) = article(context, &sums) else { return };
    let flat = context.flat;
    let said = said(flat, article);
    let inside = flat.elements[article].lines.clone();
    enclosed(context, is_data, article, &said, &sums, choice);
    formulas(context, &inside, &said, choice);
    headings(context, article, &said, choice);
    if closing(context, is_data, article, &said, choice) {
        // What stood behind the last kept line stands between kept ones now.
        enclosed(context, is_data, article, &said, &Sums::new(context, &choice.keep), choice);
        headings(context, article, &said, choice);
    }
    related(context, article, choice);
}

/// Leaves out lists in the article whose class calls them related and that hold nothing but links.
fn related(context: &Context, article: usize, choice: &mut Choice) {
    let flat = context.flat;
    let end = flat.elements[article].lines.end;
    let inside = flat.elements[article + 1..].iter().take_while(|element| element.lines.start < end);
    let is_list = |element: &&Element| matches!(element.tag, Tag::Ul | Tag::Ol) && element.words & words::RELATED != 0;
    let mut seen_to = 0;
    for element in inside.filter(is_list) {
        let lines = element.lines.start as usize..element.lines.end as usize;
        // Lists in lists are looked at once.
        if lines.start < seen_to {
            continue;
        }
        seen_to = lines.end;
        if flat.lines[lines.clone()].iter().all(|line| line.counts.linked == line.counts.tokens) {
            choice.keep[lines].fill(false);
        }
    }
}

/// By element of the article, what the classes between the two say.
fn said(flat: &Flat, article: usize) -> Vec<words::Words> {
    let mut said = vec![0; flat.elements.len()];
    let end = flat.elements[article].lines.end;
    for index in article + 1..flat.elements.len() {
        let element = &flat.elements[index];
        if element.lines.start >= end {
            break;
        }
        said[index] = said[element.parent as usize] | element.words;
    }
    said
}

/// Whether an element is a list, a program or a table of data, by what it holds and what is said of it.
fn is_unit(context: &Context, is_data: &[bool], said: &[words::Words], sums: &Sums, index: usize) -> bool {
    let element = &context.flat.elements[index];
    let lines = element.lines.start as usize..element.lines.end as usize;
    let part = sums.of(&lines);
    match element.tag {
        Tag::Pre => said[element.parent as usize] & OTHERS == 0 && part.hidden == 0,
        Tag::Table => is_data[index] && said[index] & OTHERS == 0 && part.is_text(lines.len()),
        Tag::Ul | Tag::Ol | Tag::Dl => said[index] & OTHERS == 0 && part.is_text(lines.len()),
        _ => false,
    }
}

/// Keeps the units that stand in the text.
fn enclosed(
    context: &Context,
    is_data: &[bool],
    article: usize,
    said: &[words::Words],
    sums: &Sums,
    choice: &mut Choice,
) {
    let flat = context.flat;
    let inside = flat.elements[article].lines.clone();
    let mut kept_to = 0;
    for index in article + 1..flat.elements.len() {
        let element = &flat.elements[index];
        if element.lines.start >= inside.end {
            break;
        }
        let lines = element.lines.start as usize..element.lines.end as usize;
        if lines.start < kept_to || lines.is_empty() {
            continue;
        }
        if is_unit(context, is_data, said, sums, index) && stands_in_text(context, sums, &inside, index) {
            kept_to = lines.end;
            keep(&lines, element.tag == Tag::Pre, choice);
        }
    }
}

/// Classes that a list of facts does not bear: what it tells may well be called info, meta or side.
const NO_FACTS: words::Words = words::NAV
    | words::FOOT
    | words::COMMENT
    | words::RELATED
    | words::SHARE
    | words::ADVERT
    | words::FORM
    | words::HIDDEN
    | words::NOTICE;

/// Lines that make a list of facts.
const FACTS: usize = 3;

/// Keeps lists of facts whole of which something is kept: `品牌：某牌`, `机身颜色：红色 白色`. Each of their lines looks like a label.
fn facts(context: &Context, is_data: &[bool], choice: &mut Choice) {
    let flat = context.flat;
    let sums = Sums::new(context, &choice.keep);
    let mut around = None;
    for (index, element) in flat.elements.iter().enumerate() {
        let lines = element.lines.start as usize..element.lines.end as usize;
        if lines.len() < FACTS || element.words & NO_FACTS != 0 || context.near_words(index as u32) & NO_FACTS != 0 {
            continue;
        }
        let part = sums.of(&lines);
        let is_text = part.linked * 5 <= part.tokens && part.controls == 0;
        let list = matches!(element.tag, Tag::Ul | Tag::Ol | Tag::Dl) && part.sayings as usize * 3 <= lines.len();
        let told = || lines.clone().filter(|line| is_fact(flat.line(*line))).count() * 4 >= lines.len() * 3;
        // Tables of the same part of the page say the same of the thing, one by one.
        let beside = || around.as_ref().is_some_and(|around: &Range<u32>| around.contains(&element.lines.start));
        if list && is_text && part.kept_lines > 0 && told() {
            keep(&lines, false, choice);
            let up = flat.elements[element.parent as usize].parent as usize;
            let own = flat.elements[up].lines.clone();
            around = (sums.of(&(own.start as usize..own.end as usize)).tokens < part.tokens * 6).then_some(own);
        } else if element.tag == Tag::Table && is_data[index] && is_text && beside() {
            keep(&lines, false, choice);
        }
    }
}

/// Bytes of the name of a fact at most, a colon behind it.
const NAME: usize = 30;

/// A short name, a colon and what it says.
fn is_fact(line: &str) -> bool {
    line.find(['：', ':']).is_some_and(|at| {
        let value = line[at..].trim_start_matches(['：', ':', ' ', '\u{a0}', '\u{3000}']);
        (2..=NAME).contains(&at) && !value.is_empty() && !value.starts_with("//")
    })
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
    let elements = &context.flat.elements;
    let mut index = elements.iter().rposition(|element| most(of(&element.lines)))?;
    let chinese = u64::from(all.chinese) * 10 >= u64::from(all.kept);
    let fits = |part: Sum| {
        let (kept, tokens) = (u64::from(part.kept), u64::from(part.tokens));
        kept > 0 && if chinese { kept * 2 >= tokens } else { kept * 3 >= tokens * 2 }
    };
    if !fits(of(&elements[index].lines)) {
        return None;
    }
    // One kept paragraph is no article: what holds it as well, and little that leads elsewhere, is.
    loop {
        let up = elements[index].parent as usize;
        let part = of(&elements[up].lines);
        let same = elements[up].lines == elements[index].lines;
        let links = part.linked * 5 > part.tokens;
        if up == index || !chinese || !same && (up == 0 || links || !fits(part) || elements[up].words & OTHERS != 0) {
            return Some(index);
        }
        index = up;
    }
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

/// Keeps what comes after the last kept line of a text: lists, programs and tables that go on with it, and sections (exercises,
/// references, a closing table). A section is headed as two kept ones at least are, and is no list of links. True where it kept something.
fn closing(context: &Context, is_data: &[bool], article: usize, said: &[words::Words], choice: &mut Choice) -> bool {
    let flat = context.flat;
    let inside = flat.elements[article].lines.start as usize..flat.elements[article].lines.end as usize;
    let heading = |index: usize| &flat.elements[flat.lines[index].element as usize];
    let level = |index: usize| heading(index).tag.level();
    let kept = |index: &usize| choice.keep[*index] && level(*index) >= 2;
    let shapes: Vec<u32> = inside.clone().filter(kept).map(|index| heading(index).shape).collect();
    let Some(last) = inside.clone().rev().find(|index| choice.keep[*index]) else { return false };
    let sums = Sums::new(context, &choice.keep);
    let first = last + 1;
    let mut from = first;
    while from < inside.end {
        let unit = |line: usize| trailing(context, is_data, article, said, &sums, line);
        // 价钱如下： and what it announces.
        let announces = from + 1 < inside.end && flat.line(from).ends_with(['：', ':']);
        let to = if let Some(end) = unit(from) {
            end
        } else if let Some(end) = announces.then(|| unit(from + 1)).flatten() {
            end
        } else {
            let headed = level(from) >= 2 && is_heading(context, from);
            if !headed || shapes.iter().filter(|own| **own == heading(from).shape).count() < HEADED {
                break;
            }
            (from + 1..inside.end).find(|index| level(*index) >= 2).unwrap_or(inside.end)
        };
        let part = sums.of(&(from..to));
        let others = (from..to).any(|index| said[flat.lines[index].element as usize] & OTHERS != 0);
        if others || !part.is_text(to - from) {
            break;
        }
        keep(&(from..to), false, choice);
        from = to;
    }
    from > first
}

/// Tokens of a line that says more than a label, on the average of a list that ends a text.
const SAYS: u32 = 8;

/// Where the list ends that begins with this line, or goes on with it, and goes on with the text: it says something, in Chinese, links to
/// nothing, and no template made its like elsewhere in the page. Programs and tables have to follow a line that announces them.
fn trailing(
    context: &Context,
    is_data: &[bool],
    article: usize,
    said: &[words::Words],
    sums: &Sums,
    from: usize,
) -> Option<usize> {
    let flat = context.flat;
    // The outermost unit that holds the line and lies in the article.
    let mut at = flat.lines[from].element as usize;
    let mut unit = None;
    while at > article {
        if is_unit(context, is_data, said, sums, at) {
            unit = Some(at);
        }
        at = flat.elements[at].parent as usize;
    }
    let unit = unit?;
    let element = &flat.elements[unit];
    let lines = element.lines.start.max(from as u32) as usize..element.lines.end as usize;
    let whole = element.lines.start as usize..element.lines.end as usize;
    let part = sums.of(&whole);
    let begun = part.kept_lines > 0;
    let announced = || element.lines.start > 0 && flat.line(element.lines.start as usize - 1).ends_with(['：', ':']);
    let chinese = || whole.clone().map(|index| flat.lines[index].counts.cjk).sum::<u32>() * 3 >= part.tokens;
    let list = matches!(element.tag, Tag::Ul | Tag::Ol | Tag::Dl);
    let says = part.tokens >= SAYS * whole.len() as u32 && part.linked * 10 <= part.tokens && part.sayings == 0;
    let fits = begun || announced() || list && says && chinese() && !context.is_repeated(element.parent);
    (fits && flat.elements[unit].lines.end as usize > from).then_some(lines.end)
}
