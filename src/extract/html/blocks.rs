//! The laid-out blocks to those that are kept, and what was dropped and why.
//!
//! In: the blocks of the page, the choice of lines. Out: kept blocks in reading order, the title first. A block goes with its lines; no
//! table and no program is torn. Lines that a bulletin board wrapped by hand become one paragraph again.

use super::choose::Choice;
use super::context::Context;
use super::flat::{Flat, flag};
use super::tag::Tag;
use super::{phrase, words};
use crate::extract::advert;
use crate::extract::layout::{self, Laid};
use crate::extract::metadata::title::{Title, letters};
use crate::extract::{Dropped, Extracted, recipe};
use crate::page::{Block, Kind, Mark};
use std::collections::HashMap;
use std::ops::Range;

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
    ("said-before", "in a thread, a line that was there before: quotes of posts and previews; a table that was there before"),
    ("links", "nearly all of the line is links"),
    ("title", "the line is the title, which is a block of its own"),
    (recipe::PRUNED, "the user's recipe drops it (`--prune`, `drop`)"),
    (recipe::UNSELECTED, "it lies outside of what the user's recipe selects as text (`--select`, `content`)"),
    ("outside", "nothing speaks against the line but that it lies outside of the main text"),
];

/// All rules with their lines.
pub(in crate::extract) fn rules() -> impl Iterator<Item = (&'static str, &'static str)> {
    let judged = RULES.iter().map(|(name, .., line)| (*name, *line));
    judged.chain(OTHERS.iter().copied()).chain(layout::RULES.iter().copied())
}

/// Lets tables and programs go whole, with most of their lines: no unit is torn.
pub fn whole_units(flat: &Flat, is_data: &[bool], keep: &mut [bool]) {
    for (element, is_data) in flat.elements.iter().zip(is_data) {
        let lines = element.lines.start as usize..element.lines.end as usize;
        if !(*is_data || element.tag == Tag::Pre) || lines.is_empty() {
            continue;
        }
        let tokens = |number: usize| flat.lines[number].counts.tokens.max(1);
        let all: u32 = lines.clone().map(tokens).sum();
        let kept: u32 = lines.clone().filter(|number| keep[*number]).map(tokens).sum();
        if kept > 0 {
            keep[lines].fill(kept * 2 >= all);
        }
    }
}

/// The blocks of the page, its title first, and what was left out; and by block, the line that it begins with or stands before.
pub fn blocks(
    context: &Context,
    title: &Title,
    choice: &Choice,
    laid: Vec<Laid>,
    whole: bool,
) -> (Extracted, Vec<u32>) {
    let flat = context.flat;
    let mut found = Extracted { sort: choice.sort, confidence: choice.confidence, ..Extracted::default() };
    let mut begins = Vec::new();
    if !title.text.is_empty() {
        found.blocks.push(Block::new(Kind::Title, title.text.as_str()));
        begins.push(0);
    }
    let known = letters(&title.text);
    let widths = Widths::new(flat, &choice.keep);
    let kept = kept(flat, choice, &laid, whole);
    let mut last: Option<u32> = None;
    // Lines below this one stand in a block, or were named as dropped.
    let mut told = 0;
    let covered = covered(flat, &laid);
    for (laid, kept) in laid.into_iter().zip(kept) {
        let line = laid.lines.first().map_or(laid.near, |line| *line) as usize;
        tell_dropped(context, choice, &covered, &mut told, line, &mut found);
        let repeated = kept && repeats_title(context, title, &known, &laid);
        if !kept || repeated {
            let rule =
                if repeated { "title" } else { laid.unseen.unwrap_or_else(|| rule_of(context, choice, &laid.lines)) };
            let at = laid.lines.first().map_or(told, |line| *line as usize);
            if !laid.block.text.is_empty() {
                found.dropped.push(Dropped { rule, text: laid.block.text, before: found.blocks.len(), at });
            }
            continue;
        }
        let first = laid.lines.first().copied().unwrap_or(laid.near);
        let kind = kind(context, &laid);
        let line = if let [line] = laid.lines[..] { Some(line) } else { None };
        let goes_on = last
            .zip(line)
            .is_some_and(|(last, line)| last + 1 == line && widths.wrapped(flat, last as usize, line as usize));
        let mut block = Block { kind, ..laid.block };
        if let Some(call) = (!whole).then(|| cut_call(&mut block)).flatten() {
            let at = laid.lines.first().map_or(told, |line| *line as usize);
            found.dropped.push(Dropped { rule: "novel-call", text: call, before: found.blocks.len() + 1, at });
        }
        match found.blocks.last_mut() {
            Some(before) if goes_on && before.kind == Kind::Paragraph && block.kind == Kind::Paragraph => {
                join(before, block)
            }
            _ => {
                found.blocks.push(block);
                begins.push(first);
            }
        }
        last = line;
    }
    tell_dropped(context, choice, &covered, &mut told, flat.lines.len(), &mut found);
    (found, begins)
}

/// Takes off the call that a paragraph ends or begins with.
fn cut_call(block: &mut Block) -> Option<String> {
    if block.kind != Kind::Paragraph {
        return None;
    }
    let Range { start, end } = advert::call(&block.text)?;
    let call: String = block.text.drain(start..end).collect();
    let moved = |at: usize| if at <= start { at } else { at.max(end) - (end - start) };
    block.marks.retain_mut(|mark| {
        let was_empty = mark.range.is_empty();
        mark.range = moved(mark.range.start)..moved(mark.range.end);
        was_empty || !mark.range.is_empty()
    });
    Some(call.trim().to_owned())
}

/// By line, whether a block that was laid out holds it.
fn covered(flat: &Flat, laid: &[Laid]) -> Vec<bool> {
    let mut covered = vec![false; flat.lines.len()];
    laid.iter().flat_map(|laid| &laid.lines).for_each(|line| covered[*line as usize] = true);
    covered
}

/// Names the lines from `told` up to `line` that no block holds.
fn tell_dropped(
    context: &Context,
    choice: &Choice,
    covered: &[bool],
    told: &mut usize,
    line: usize,
    found: &mut Extracted,
) {
    for (number, _) in covered.iter().enumerate().take(line).skip(*told).filter(|(_, covered)| !**covered) {
        let text = context.flat.line(number).to_owned();
        let rule = rule(context, choice, number);
        found.dropped.push(Dropped { rule, text, before: found.blocks.len(), at: number });
    }
    *told = line.max(*told);
}

/// Which blocks are kept: a block goes with its lines, and what has no lines with its neighbours.
fn kept(flat: &Flat, choice: &Choice, laid: &[Laid], whole: bool) -> Vec<bool> {
    if whole {
        return laid.iter().map(|laid| laid.unseen.is_none()).collect();
    }
    let judged = |laid: &Laid| -> Option<bool> {
        if laid.unseen.is_some_and(|rule| rule != "noscript") {
            return Some(false);
        }
        let kept = || laid.lines.iter().any(|line| choice.keep.get(*line as usize) == Some(&true));
        (!laid.lines.is_empty()).then(kept)
    };
    // What was left out between two blocks parts them.
    let mut left_out = vec![0u32];
    left_out.extend(choice.keep.iter().scan(0, |sum, keep| {
        *sum += u32::from(!keep);
        Some(*sum)
    }));
    let all_left_out = |laid: &Laid| {
        let lines = lines_around(flat, laid.element);
        left_out[lines.end as usize] - left_out[lines.start as usize] == lines.end - lines.start
    };
    let verdict = |laid: &Laid| judged(laid).or_else(|| all_left_out(laid).then_some(false));
    let verdicts: Vec<Option<bool>> = laid.iter().map(verdict).collect();
    let parted = |one: usize, other: usize| {
        let (Some(&from), Some(&to)) = (laid[one].lines.last(), laid[other].lines.first()) else { return false };
        to > from && left_out[to as usize] > left_out[from as usize + 1]
    };
    let seen = |number: &usize| laid[*number].unseen.is_none() && verdicts[*number].is_some();
    let mut after: Vec<Option<usize>> = vec![None; laid.len()];
    let mut next = None;
    for number in (0..laid.len()).rev() {
        after[number] = next;
        next = Some(number).filter(seen).or(next);
    }
    let mut before = None;
    let mut out = Vec::with_capacity(laid.len());
    for (number, verdict) in verdicts.iter().enumerate() {
        let beside = |other: Option<usize>| other.filter(|other| verdicts[*other] == Some(true));
        let near = |other: Option<usize>| {
            beside(other).is_some_and(|other| meets(flat, laid[number].element, laid[other].element))
        };
        let taken = || {
            let (formula, rule) = (laid[number].block.kind == Kind::Formula, laid[number].block.kind == Kind::Rule);
            let enclosed = beside(before).zip(beside(after[number])).is_some_and(|(one, other)| !parted(one, other));
            enclosed || formula && beside(before).is_some() || !rule && (near(before) || near(after[number]))
        };
        out.push(verdict.unwrap_or_else(taken));
        before = Some(number).filter(seen).or(before);
    }
    out
}

/// The lines of the nearest element around that has any.
fn lines_around(flat: &Flat, element: u32) -> std::ops::Range<u32> {
    let mut at = element as usize;
    while at != 0 && flat.elements[at].lines.is_empty() {
        at = flat.elements[at].parent as usize;
    }
    flat.elements[at].lines.clone()
}

/// What has no text of its own belongs to a block where it stands in the element that holds the block's.
fn meets(flat: &Flat, own: u32, other: u32) -> bool {
    let around = flat.elements[other as usize].parent;
    let mut at = own;
    while at != around && at != 0 && at != other {
        at = flat.elements[at as usize].parent;
    }
    at == other || at == around && around != 0
}

/// The title is a block of its own; where the page shows it again above the text, it is not said twice.
fn repeats_title(context: &Context, title: &Title, known: &str, laid: &Laid) -> bool {
    if matches!(laid.block.kind, Kind::Table(_) | Kind::Code { .. }) {
        return false;
    }
    if title.line.is_some_and(|line| laid.lines.contains(&line)) {
        return true;
    }
    let heading = matches!(laid.block.kind, Kind::Heading { .. }) && !known.is_empty();
    let short = |line: &u32| context.flat.lines[*line as usize].counts.tokens <= 100;
    heading && laid.lines.iter().any(short) && letters(&laid.block.text) == known
}

/// The rule of a block: that of its first line that was left out.
fn rule_of(context: &Context, choice: &Choice, lines: &[u32]) -> &'static str {
    let dropped = lines.iter().find(|line| !choice.keep[**line as usize]);
    dropped.map_or("outside", |line| rule(context, choice, *line as usize))
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

/// Joins a block that a hand wrapped to the one it goes on with.
fn join(block: &mut Block, next: Block) {
    let wide = |c: Option<char>| c.is_some_and(|c| c as u32 >= 0x2e80);
    if !(wide(block.text.chars().next_back()) && wide(next.text.chars().next())) {
        block.text.push(' ');
    }
    let offset = block.text.len();
    block.text.push_str(&next.text);
    let moved = |mark: Mark| Mark { range: mark.range.start + offset..mark.range.end + offset, ..mark };
    block.marks.extend(next.marks.into_iter().map(moved));
}

/// The kind of a block, captions and bylines told from paragraphs by what their line says.
fn kind(context: &Context, laid: &Laid) -> Kind {
    let kind = laid.block.kind.clone();
    let [index] = laid.lines[..] else { return kind };
    if kind != Kind::Paragraph || laid.block.item().is_some() {
        return kind;
    }
    let line = &context.flat.lines[index as usize];
    let counts = &line.counts;
    let phrases = context.line_phrases(index as usize);
    if line.words & words::CAPTION != 0 && counts.tokens <= 60 {
        Kind::Caption
    } else if counts.tokens <= 40 && phrases & (phrase::BYLINE | phrase::EDITOR) != 0 && counts.stops == 0 {
        Kind::Byline
    } else if line.flags & flag::IMAGE_BEFORE != 0 && counts.tokens <= 30 && phrases & phrase::NOTE != 0 {
        Kind::Caption
    } else {
        kind
    }
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
