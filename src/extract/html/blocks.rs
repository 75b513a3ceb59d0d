//! Kept lines to blocks with kinds, and the rest to what was dropped and why.
//!
//! In: the lines and the choice. Out: blocks in reading order, the title first. Cells of one table row become one block, lines
//! that a bulletin board wrapped by hand become one again, numbers of list items are written out.

use super::choose::Choice;
use super::context::Context;
use super::flat::{Flat, Line, flag};
use super::links::ByLine;
use super::tag::Tag;
use super::{phrase, words};
use crate::extract::metadata::title::{Title, letters};
use crate::extract::{Dropped, Extracted};
use crate::page::{Block, Kind};
use std::collections::HashMap;

/// Why a line was left out: the first row whose classes, phrases or flags fit. The names are those that `explain` prints, the
/// last column is what `zonetext rules` says of them.
const RULES: &[(&str, words::Words, phrase::Phrases, u16, &str)] = &[
    ("notice", words::NOTICE, 0, 0, "dialogs, consent to cookies, and what search engines are told not to show"),
    ("hidden", words::HIDDEN, 0, flag::HIDDEN, "`display: none` and `hidden`: menus that open, templates, spam"),
    ("noscript", 0, 0, flag::NOSCRIPT, "what readers without scripts are shown, which repeats what is there"),
    ("control", 0, 0, flag::CONTROL, "buttons, labels, choices"),
    ("comments", words::COMMENT, phrase::COMMENT, 0, "readers' comments and their counts"),
    ("teasers", words::RELATED, phrase::RELATED | phrase::MORE, 0, "相关阅读 and other pages' headlines"),
    ("share", words::SHARE, phrase::SHARE, 0, "分享到 and other buttons that pass the page on"),
    ("editors", 0, phrase::EDITOR, 0, "责任编辑：张三 below the text"),
    ("rights", words::FOOT, phrase::RIGHTS, 0, "版权所有, ICP备: the page's foot"),
    ("pager", 0, phrase::PAGER, 0, "上一页 1 2 3 下一页"),
    ("advert", words::ADVERT, 0, 0, "places for advertisements"),
    ("form", words::FORM, phrase::ACCOUNT, 0, "登录, 注册, search and other forms"),
    (
        "menu",
        words::NAV | words::HEAD,
        phrase::PLACE | phrase::TOOL,
        0,
        "navigation, breadcrumbs and tools; in text, runs of short lines without a stop",
    ),
    (
        "byline",
        words::META | words::AUTHOR | words::DATE | words::SITE | words::TAGS,
        phrase::BYLINE,
        0,
        "author, date, source and tags, read as metadata",
    ),
    ("sidebar", words::SIDE, 0, 0, "columns beside the text"),
    ("caption", words::CAPTION, phrase::NOTE, 0, "words below a picture that are no part of the text"),
];

/// The rules that no class or phrase decides.
#[rustfmt::skip]
const OTHERS: &[(&str, &str)] = &[
    ("closing", "above or below the text, a line that says what it is: 责任编辑, 免责声明, 未经授权不得转载, 【打印】"),
    ("contents", "a table of the page's own contents: three or more links in a row into the page, and the word above them"),
    ("buttons", "words that only say what a click does: 编辑, 赞 56 踩 2 评论 分享"),
    ("replies", "an index of replies that stand on pages of their own: 一把辛酸泪啊。【皮皮说话】08-11 17:15 80字"),
    ("said-before", "in a thread, a line that was there before: quotes of posts and previews"),
    ("links", "nearly all of the line is links"),
    ("title", "the line is the title, which is a block of its own"),
    ("outside", "nothing speaks against the line but that it lies outside of the main text"),
];

/// All rules with their lines.
pub(in crate::extract) fn rules() -> impl Iterator<Item = (&'static str, &'static str)> {
    RULES.iter().map(|(name, .., line)| (*name, *line)).chain(OTHERS.iter().copied())
}

/// The blocks of the page, its title first, and what was left out.
pub fn blocks(context: &Context, title: &Title, choice: &Choice) -> Extracted {
    let flat = context.flat;
    let mut found = Extracted { sort: choice.sort, confidence: choice.confidence, ..Extracted::default() };
    if !title.text.is_empty() {
        found.blocks.push(Block::new(Kind::Title, title.text.as_str()));
    }
    let known = letters(&title.text);
    let widths = Widths::new(flat, &choice.keep);
    let links = ByLine::new(flat);
    let mut last: Option<usize> = None;
    for index in 0..flat.lines.len() {
        if !choice.keep[index] {
            let text = flat.line(index).to_owned();
            found.dropped.push(Dropped {
                rule: rule(context, choice, index),
                text,
                before: found.blocks.len(),
                at: index,
            });
        } else if repeats_title(context, title, &known, index) {
            let text = flat.line(index).to_owned();
            found.dropped.push(Dropped { rule: "title", text, before: found.blocks.len(), at: index });
        } else {
            let joined = last
                .filter(|last| last + 1 == index)
                .is_some_and(|last| join(flat, &widths, last, &mut found.blocks, index));
            if !joined {
                write(context, index, &mut found.blocks);
            }
            if let Some(block) = found.blocks.last_mut()
                && let Some(offset) = block.text.len().checked_sub(flat.line(index).len())
            {
                links.give(index, offset, block);
                if !choice.keep.get(index + 1).is_some_and(|keep| *keep) {
                    links.give_rest(index, block);
                }
            }
            last = Some(index);
        }
    }
    found
}

/// The title is a block of its own; where the page shows it again above the text, it is not said twice.
fn repeats_title(context: &Context, title: &Title, known: &str, index: usize) -> bool {
    if title.line == Some(index as u32) {
        return true;
    }
    let line = &context.flat.lines[index];
    let heading = context.flat.elements[line.element as usize].tag.level() > 0;
    heading && !known.is_empty() && line.counts.tokens <= 100 && letters(context.flat.line(index)) == known
}

fn rule(context: &Context, choice: &Choice, index: usize) -> &'static str {
    if let Ok(at) = choice.left_out.binary_search_by_key(&index, |(index, _)| *index) {
        return choice.left_out[at].1;
    }
    let line = &context.flat.lines[index];
    let near = context.near_words(line.element) | line.words;
    let phrases = context.line_phrases(index);
    if line.counts.linked * 5 > line.counts.tokens * 4 && near & (words::RELATED | words::COMMENT) == 0 {
        return "links";
    }
    RULES
        .iter()
        .find(|(_, words, said, flags, _)| near & words != 0 || phrases & said != 0 || line.flags & flags != 0)
        .map_or("outside", |(name, ..)| name)
}

/// Joins line `index` to the block that line `last` went into, where they are one thing.
fn join(flat: &Flat, widths: &Widths, last: usize, blocks: &mut [Block], index: usize) -> bool {
    let (before, line) = (&flat.lines[last], &flat.lines[index]);
    let Some(block) = blocks.last_mut() else { return false };
    let text = flat.line(index);
    if block.kind == Kind::Row && same_row(flat, before, line) {
        block.text.push('\t');
        block.text.push_str(text);
        return true;
    }
    let pre = flag::PRE;
    if block.kind == Kind::Code
        && before.flags & line.flags & pre != 0
        && within(flat, before, Tag::Pre) == within(flat, line, Tag::Pre)
    {
        block.text.push('\n');
        block.text.push_str(text);
        return true;
    }
    if block.kind == Kind::Paragraph && widths.wrapped(flat, last, index) {
        let wide = |c: Option<char>| c.is_some_and(|c| c as u32 >= 0x2e80);
        if !(wide(block.text.chars().next_back()) && wide(text.chars().next())) {
            block.text.push(' ');
        }
        block.text.push_str(text);
        return true;
    }
    false
}

/// Writes a line as a block, or as several where it is a text kept in `pre`.
fn write(context: &Context, index: usize, blocks: &mut Vec<Block>) {
    let flat = context.flat;
    let line = &flat.lines[index];
    let text = flat.line(index);
    let kind = kind(context, index);
    if line.flags & flag::PRE != 0 && kind != Kind::Code {
        blocks.extend(text.lines().map(trim).filter(|l| !l.is_empty()).map(|l| Block::new(kind, l)));
        return;
    }
    let element = &flat.elements[line.element as usize];
    let numbered = kind == Kind::Item && element.ordinal > 0 && element.lines.start == index as u32;
    let ordered = numbered && flat.elements[element.parent as usize].tag == Tag::Ol;
    if ordered && !text.starts_with(|c: char| c.is_ascii_digit()) {
        blocks.push(Block::new(kind, format!("{}. {text}", element.ordinal)));
    } else {
        blocks.push(Block::new(kind, text));
    }
}

fn trim(line: &str) -> &str {
    line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
}

fn kind(context: &Context, index: usize) -> Kind {
    let flat = context.flat;
    let line = &flat.lines[index];
    let element = &flat.elements[line.element as usize];
    let counts = &line.counts;
    let has = |tag: Tag| element.tags >> tag as u64 & 1 != 0;
    let phrases = context.line_phrases(index);
    if element.tag.level() > 0 {
        Kind::Heading
    } else if line.flags & flag::PRE != 0 && !is_prose(counts) {
        Kind::Code
    } else if has(Tag::Caption) && has(Tag::Figure) || line.words & words::CAPTION != 0 && counts.tokens <= 60 {
        Kind::Caption
    } else if has(Tag::Li) || has(Tag::Dl) {
        Kind::Item
    } else if in_row(flat, line) {
        Kind::Row
    } else if has(Tag::Quote) {
        Kind::Quote
    } else if counts.tokens <= 40 && phrases & (phrase::BYLINE | phrase::EDITOR) != 0 && counts.stops == 0 {
        Kind::Byline
    } else if line.flags & flag::IMAGE_BEFORE != 0 && counts.tokens <= 30 && phrases & phrase::NOTE != 0 {
        Kind::Caption
    } else if counts.bold == counts.tokens
        && counts.tokens <= 30
        && counts.stops == 0
        && counts.tokens > 0
        && alone(flat, index)
    {
        Kind::Heading
    } else {
        Kind::Paragraph
    }
}

/// Text in `pre` that is prose: pages from the days of bulletin boards.
fn is_prose(counts: &super::text::Counts) -> bool {
    counts.cjk * 2 > counts.tokens && (counts.stops + counts.commas) * 60 > counts.tokens
}

/// No other line beside it in its element, or breaks around it.
fn alone(flat: &Flat, index: usize) -> bool {
    let line = &flat.lines[index];
    let next = flat.lines.get(index + 1);
    let breaks = flag::BREAK_BEFORE | flag::GAP_BEFORE;
    (index == 0 || flat.lines[index - 1].element != line.element || line.flags & breaks != 0)
        && next.is_none_or(|n| n.element != line.element || n.flags & breaks != 0)
}

/// The nearest enclosing element of this tag; the root where there is none.
fn within(flat: &Flat, line: &Line, tag: Tag) -> u32 {
    let mut at = line.element;
    while at != 0 && flat.elements[at as usize].tag != tag {
        at = flat.elements[at as usize].parent;
    }
    at
}

/// Stands in a cell of a row whose cells hold one line each: a table of data, not of layout.
fn in_row(flat: &Flat, line: &Line) -> bool {
    let cell = &flat.elements[line.element as usize];
    if cell.tag != Tag::Cell && flat.elements[cell.parent as usize].tag != Tag::Cell || line.counts.tokens > 80 {
        return false;
    }
    let row = within(flat, line, Tag::Row);
    let range = flat.elements[row as usize].lines.clone();
    let lines = &flat.lines[range.start as usize..range.end as usize];
    row != 0
        && (2..=40).contains(&lines.len())
        && lines.windows(2).all(|pair| within(flat, &pair[0], Tag::Cell) != within(flat, &pair[1], Tag::Cell))
}

fn same_row(flat: &Flat, a: &Line, b: &Line) -> bool {
    in_row(flat, b) && within(flat, a, Tag::Row) == within(flat, b, Tag::Row)
}

/// Line widths of the elements that a hand wrapped: by element, the widest line, and whether the lines look wrapped.
struct Widths {
    wrapped: HashMap<u32, u32>,
}

impl Widths {
    /// Wrapped text: six lines or more with single breaks, most of them nearly as wide as the widest and without a stop.
    fn new(flat: &Flat, keep: &[bool]) -> Widths {
        let mut wrapped = HashMap::new();
        let mut from = 0;
        while from < flat.lines.len() {
            let element = flat.lines[from].element;
            let run = flat.lines[from..].iter().take_while(|l| l.element == element).count();
            let lines = &flat.lines[from..from + run];
            if run >= 6 && keep[from..from + run].contains(&true) {
                let mut widths: Vec<u32> = lines.iter().map(|l| l.counts.chars).collect();
                widths.sort_unstable();
                let wide = widths[run * 9 / 10];
                let full = lines.iter().filter(|l| l.counts.chars * 20 >= wide * 17).count();
                let open = (from..from + run).filter(|i| !ends_sentence(flat.line(*i))).count();
                if (24..=60).contains(&wide) && full * 2 > run && open * 2 > run {
                    wrapped.insert(element, wide);
                }
            }
            from += run;
        }
        Widths { wrapped }
    }

    /// Line `index` goes on with line `last` after a break that only the width made.
    fn wrapped(&self, flat: &Flat, last: usize, index: usize) -> bool {
        let (before, line) = (&flat.lines[last], &flat.lines[index]);
        let single = line.flags & flag::BREAK_BEFORE != 0 && line.flags & (flag::INDENT | flag::GAP_BEFORE) == 0;
        before.element == line.element
            && single
            && self.wrapped.get(&line.element).is_some_and(|wide| before.counts.chars * 20 >= wide * 17)
    }
}

fn ends_sentence(text: &str) -> bool {
    text.ends_with(['。', '！', '？', '”', '…', '.', '!', '?', '：', ':', '」', '；'])
}
