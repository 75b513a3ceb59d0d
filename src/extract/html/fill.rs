//! Lines that belong to the text by what stands around them: cells, headings, items.
//!
//! In: the kept lines. Out: more of them. Each line is judged by what it is, and short ones without a sentence look like menus and
//! teasers; but a table between two paragraphs, a heading between two sections and the second item of a list whose first is kept are
//! part of what they stand in.

use super::context::Context;
use super::flat::{Line, flag};
use super::interface;
use super::tag::Tag;
use super::{phrase, words};

/// Keeps what kept lines enclose.
pub fn fill(context: &Context, keep: &mut [bool]) {
    tables(context, keep);
    lists(context, keep);
    sentences(context, keep);
    headings(context, keep);
}

/// A sentence right before or after the kept text, made by the same template as its neighbour there.
fn sentences(context: &Context, keep: &mut [bool]) {
    let flat = context.flat;
    let fits = |index: usize| {
        let line = &flat.lines[index];
        context.sums.good[index + 1] - context.sums.good[index] >= SENTENCE
            && line.counts.linked == 0
            && flat.line(index).ends_with(['。', '！', '？', '”', '」'])
            && context.line_phrases(index) == 0
            && context.near_words(line.element) & words::NOTICE == 0
    };
    let same = |index: usize, other: usize| {
        let (own, beside) =
            (&flat.elements[flat.lines[index].element as usize], &flat.elements[flat.lines[other].element as usize]);
        own.shape == beside.shape && own.parent == beside.parent
    };
    for index in 1..keep.len() {
        if !keep[index] && keep[index - 1] && same(index, index - 1) && fits(index) {
            keep[index] = true;
        }
    }
    for index in (1..keep.len()).rev() {
        if !keep[index - 1] && keep[index] && same(index, index - 1) && fits(index - 1) {
            keep[index - 1] = true;
        }
    }
}

/// Tokens that a sentence must have.
const SENTENCE: u32 = 8;

/// A table between two kept lines of one container belongs to the text, short and without a sentence as its cells are; so does one
/// that the line before announces, or that follows prose in its container.
fn tables(context: &Context, keep: &mut [bool]) {
    let flat = context.flat;
    // Tables that hold tables are for layout.
    let mut holds = vec![false; flat.elements.len()];
    for (index, element) in flat.elements.iter().enumerate().skip(1).rev() {
        holds[element.parent as usize] |= element.tag == Tag::Table || holds[index];
    }
    let innermost = flat.elements.iter().zip(holds).filter(|(e, holds)| e.tag == Tag::Table && !holds);
    for (element, _) in innermost {
        let (from, to) = (element.lines.start as usize, element.lines.end as usize);
        let around = &flat.elements[element.parent as usize].lines;
        if from == 0 || !keep[from - 1] || (around.start as usize) >= from {
            continue;
        }
        let inside = (around.end as usize) > to && keep.get(to) == Some(&true);
        let announced = flat.line(from - 1).ends_with(['：', ':']);
        let before = context.sums.good[from] - context.sums.good[around.start as usize];
        if !inside && !announced && before < MUCH {
            continue;
        }
        let lines = &flat.lines[from..to];
        let tokens: u32 = lines.iter().map(|l| l.counts.tokens).sum();
        let linked: u32 = lines.iter().map(|l| l.counts.linked).sum();
        let seen = lines.iter().all(|l| l.flags & (flag::HIDDEN | flag::CONTROL) == 0 && l.counts.tokens <= 80);
        if seen && lines.len() >= 4 && linked * 3 < tokens {
            keep[from..to].fill(true);
        }
    }
}

/// Tokens of prose in a container that make a table in it a part of the text.
const MUCH: u32 = 60;

/// Lines of the longest list that is looked at: lists lie in lists, and the text is seldom in one of this length.
const LONGEST_LIST: usize = 100;

/// The items of one list, a line each, go together where a third of it is kept or the line before announces them. (Comments are items
/// of many lines.)
fn lists(context: &Context, keep: &mut [bool]) {
    let flat = context.flat;
    for element in flat.elements.iter().filter(|e| matches!(e.tag, Tag::Ul | Tag::Ol)) {
        let (from, to) = (element.lines.start as usize, element.lines.end as usize);
        if !(2..=LONGEST_LIST).contains(&(to - from)) {
            continue;
        }
        let lines = &flat.lines[from..to];
        let (mut all, mut kept, mut linked) = (0, 0, 0);
        for (line, keep) in lines.iter().zip(&keep[from..]) {
            all += line.counts.tokens;
            kept += if *keep { line.counts.tokens } else { 0 };
            linked += line.counts.linked;
        }
        let plain = |line: &Line| {
            line.flags & (flag::HIDDEN | flag::CONTROL) == 0 && flat.elements[line.element as usize].tag == Tag::Li
        };
        let single = lines.windows(2).all(|pair| pair[0].element != pair[1].element) && lines.iter().all(plain);
        // 用了一周，总的来说：
        let announced = from > 0 && keep[from - 1] && flat.line(from - 1).ends_with(['：', ':']);
        if single && kept < all && (kept * 3 >= all || announced) && linked * 5 < all {
            keep[from..to].fill(true);
        }
    }
}

/// So many containers up a heading and its text have to meet.
const LEVELS: usize = 3;

/// Words around a heading that say whose heading it is.
const OTHERS: words::Words = words::RELATED
    | words::COMMENT
    | words::SHARE
    | words::NAV
    | words::SIDE
    | words::ADVERT
    | words::FORM
    | words::FOOT;

/// A heading between kept lines of one section belongs to the text: short, in bold and perhaps beside a button, it looks like a teaser.
fn headings(context: &Context, keep: &mut [bool]) {
    let flat = context.flat;
    let mut last = None;
    for index in 0..keep.len() {
        if keep[index] {
            last = Some(index);
            continue;
        }
        let line = &flat.lines[index];
        let own = &flat.elements[line.element as usize];
        let plain = own.tag.level() >= 2
            && line.counts.linked * 2 < line.counts.tokens
            && line.counts.tokens <= 40
            && line.flags & (flag::HIDDEN | flag::CONTROL) == 0
            && context.near_words(line.element) & OTHERS == 0
            && context.line_phrases(index) & (phrase::RELATED | phrase::COMMENT | phrase::MORE | phrase::SHARE) == 0;
        let Some(before) = last.filter(|_| plain) else { continue };
        let next = index
            + 1
            + usize::from(!keep.get(index + 1).copied().unwrap_or(true) && interface::is_button(context, index + 1));
        if keep.get(next) != Some(&true) {
            continue;
        }
        let mut around = line.element;
        for _ in 0..LEVELS {
            around = context.wider[around as usize];
            let lines = &flat.elements[around as usize].lines;
            if lines.contains(&(before as u32)) && lines.contains(&(next as u32)) {
                keep[index] = true;
                last = Some(index);
                break;
            }
        }
    }
}
