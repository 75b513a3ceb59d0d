//! Text that was badly extracted before: the same questions as for HTML, asked of what form is left.
//!
//! In: text with stray tags, bullets, menus, teaser lists, disclaimers, Markdown. Out: blocks with their form, metadata, dropped lines with
//! their rules. The text is cut into pieces (`pieces`, `wrapped`), these become a page (`markup`, `inline`, `tag`), and that page is
//! judged as pages are, by forests that were learned on dumps (tables/extract/README.md): what a tree would have said is absent. Rules of
//! its own stand only where a line says of itself that it is none of the text (`rules`) or is a field of the record (`fields`, `credits`).

mod contents;
mod credits;
mod cut;
mod fields;
mod inline;
pub(super) mod lexicon;
mod line;
mod mail;
mod markup;
mod pieces;
mod rules;
mod tag;
mod tail;
mod title;
mod wrapped;

use super::html::choose::{self, Choice};
use super::html::context::Context;
use super::html::flat::Flat;
use super::html::tag::Tag;
use super::html::value::Value;
use super::html::{self, Judged, Read, model};
use super::{Extracted, Options, Reading};
use crate::extract::metadata::title::Title;
use crate::page::{Kind, Metadata};
use line::{Line, Mark};
pub(super) use rules::RULES;

/// The forests for texts, in the layout of [`html::model`].
pub(super) static FOREST: &[u8] = include_bytes!("forest.bin");

/// A text of more bytes is judged in parts, so that its memory is bounded.
const PART: usize = 1 << 20;

/// The score of a line that speaks against itself: nearly three to one.
const AGAINST: i32 = -model::UNIT;

/// Extracts from text that has no tree. Total; linear in the length of the text.
pub fn extract_text(text: &str, options: &Options) -> Extracted {
    if text.len() <= PART {
        return extract_part(text, options, true);
    }
    let mut found = Extracted::default();
    let mut rest = text;
    while !rest.is_empty() {
        let end = part_end(rest);
        found.append(extract_part(&rest[..end], options, rest.len() == text.len()));
        rest = &rest[end..];
    }
    found
}

/// The bytes of the first part: up to a blank line, a line end or a character's end, whichever there is.
fn part_end(text: &str) -> usize {
    if text.len() <= PART {
        return text.len();
    }
    let window = &text[..text.floor_char_boundary(PART)];
    let tail = window.ceil_char_boundary(PART / 2);
    let found = window[tail..].rfind("\n\n").or_else(|| window[tail..].rfind('\n'));
    found.map_or(window.len(), |at| tail + at + 1)
}

/// A text or a part of one. Only the first part has a title: in a later one it is a line of the text.
fn extract_part(text: &str, options: &Options, titled: bool) -> Extracted {
    let (read, reading) = read_as(text);
    let mut found = extract_by(&read, options, titled, |context| {
        context.set_lexical(lexical(context.flat, lexicon::LEXICON));
        choose::scores(context, FOREST)
    });
    found.readings = vec![reading];
    found
}

/// The page of a text.
pub(super) fn read(text: &str) -> Read {
    read_as(text).0
}

/// The page of a text, and what the text was taken for.
fn read_as(text: &str) -> (Read, Reading) {
    let lines: Vec<&str> = text.lines().collect();
    let is_mail = mail::has_quotes(&lines);
    let pieces = pieces::pieces(&lines, is_mail);
    let seen = pieces::evidence(&pieces);
    let mut read = html::read_page(&markup::markup(&pieces, seen));
    read.flat.head.title = title::in_first_line(&read.flat);
    (read, seen.reading(is_mail))
}

/// What the words of each line say.
pub(super) fn lexical(flat: &Flat, lexicon: &[u8; lexicon::SIZE]) -> Vec<Value> {
    (0..flat.lines.len()).map(|number| lexicon::score(flat.line(number), lexicon)).collect()
}

/// Extracts by the scores of the page's lines.
pub(super) fn extract_by(
    read: &Read,
    options: &Options,
    titled: bool,
    scores: impl FnOnce(&mut Context) -> Vec<i32>,
) -> Extracted {
    let mut metadata = Metadata::default();
    let mut found = html::finish(read, options, |context, title| {
        let scores = scores(context);
        judge(context, titled.then_some(title), scores, &mut metadata)
    });
    found.metadata = metadata;
    cut::join(&mut found.blocks);
    found.dropped.iter_mut().filter(|dropped| dropped.text.starts_with(cut::SEAM)).for_each(|dropped| {
        dropped.text.drain(..cut::SEAM.len());
    });
    let short = |text: &str| text.chars().nth(rules::LONGEST_CAPTION).is_none();
    let paragraphs = found.blocks.iter_mut().filter(|block| block.kind == Kind::Paragraph && block.within.is_empty());
    for block in paragraphs.filter(|block| short(&block.text)) {
        let line = Line::new(&block.text, Mark::None);
        let kind = if credits::is_credit_line(&line) {
            Kind::Byline
        } else if rules::is_caption(&line) {
            Kind::Caption
        } else {
            continue;
        };
        block.kind = kind;
    }
    found
}

/// Which lines are kept: by their scores, then by rules. Reads the metadata on its way. `title` is what the markup says; none is looked for
/// where it is `None`.
fn judge(context: &Context, title: Option<Title>, scores: Vec<i32>, metadata: &mut Metadata) -> Judged {
    let lines = lines(context.flat);
    let mut by_rule: Vec<Option<&'static str>> = lines.iter().map(rules::litter).collect();
    let subject = mail::read(&lines, &mut by_rule, metadata);
    fields::read(&lines, &mut by_rule, metadata);
    let mut choice = choose::pick_plain(context, scores.clone());
    if is_clean(&lines, &by_rule, &scores) {
        choice.keep.fill(true);
    }
    leave_out(&by_rule, &mut choice);
    leave_out_menu(&lines, &mut choice.keep);
    let title = match (title, subject) {
        (None, _) => Title::default(),
        (_, Some(text)) => Title { text, line: None, found: Some(("mail", "Subject")) },
        (Some(title), None) if title.text.is_empty() => title::among(&lines, &by_rule, &choice.keep, &scores),
        (Some(title), None) => title,
    };
    keep_headings(&lines, &title, &mut choice.keep);
    keep_credits(&lines, &mut choice.keep);
    leave_out(&by_rule, &mut choice);
    title::said_again(&lines, &title, &mut by_rule);
    let kept = choice.keep.iter();
    let mut verdicts: Vec<tail::Verdict> =
        by_rule.iter().zip(kept).map(|(rule, keep)| rule.or((!keep).then_some(tail::JUDGED))).collect();
    contents::judge(&lines, &mut verdicts);
    tail::judge(&lines, &mut verdicts, title.line.map(|line| line as usize));
    for (rule, verdict) in by_rule.iter_mut().zip(verdicts) {
        *rule = rule.or(verdict.filter(|rule| *rule != tail::JUDGED));
    }
    leave_out(&by_rule, &mut choice);
    fields::finish(&lines, &choice.keep, metadata);
    Judged { choice, title }
}

/// The lines of a page that was made of a text.
fn lines(flat: &Flat) -> Vec<Line<'_>> {
    let mark = |tag: Tag| match tag {
        tag if tag.level() > 0 => Mark::Heading,
        Tag::Li => Mark::Item,
        Tag::Quote => Mark::Quote,
        Tag::Cell => Mark::Row,
        Tag::Pre => Mark::Code,
        _ => Mark::None,
    };
    let line = |(at, line): (usize, &html::flat::Line)| {
        Line::new(flat.line(at), mark(flat.elements[line.element as usize].tag))
    };
    flat.lines.iter().enumerate().map(line).collect()
}

/// Whether a text holds nothing that speaks against itself: a poem, a letter, a price list. It stays whole, but for what says of itself
/// that it is none of the text.
fn is_clean(lines: &[Line], by_rule: &[Option<&'static str>], scores: &[i32]) -> bool {
    let against = |((line, by_rule), score): ((&Line, &Option<&str>), &i32)| {
        by_rule.is_none() && (*score < AGAINST || title::is_word_list(line.text))
    };
    !lines.iter().zip(by_rule).zip(scores).any(against)
}

/// Keeps the headings right above and below the title, where the text calls all of them headings.
fn keep_headings(lines: &[Line], title: &Title, keep: &mut [bool]) {
    let Some(title) = title.line.map(|line| line as usize) else { return };
    let heads = |number: &usize| lines.get(*number).is_some_and(|line| line.mark == Mark::Heading);
    let above = (0..=title).rev().take_while(heads);
    let below = (title + 1..lines.len()).take_while(heads).take(1);
    above.chain(below).for_each(|number| keep[number] = true);
}

/// Words of a menu that a line has at most, in code points, and words that make one.
const MENU: (usize, usize) = (4, 5);

/// A menu of single words that a text begins with goes whole where most of it went.
fn leave_out_menu(lines: &[Line], keep: &mut [bool]) {
    let is_word =
        |line: &&Line| line.mark == Mark::None && line.chars <= MENU.0 && line.text.chars().all(char::is_alphanumeric);
    let count = lines.iter().take_while(is_word).count();
    let kept = keep[..count].iter().filter(|keep| **keep).count();
    if count >= MENU.1 && 2 * kept < count && keep[count..].contains(&true) {
        keep[..count].fill(false);
    }
}

/// Keeps lines of credits right behind a kept line: 记者 陈俊 below the last paragraph.
fn keep_credits(lines: &[Line], keep: &mut [bool]) {
    for number in 1..lines.len() {
        let behind = keep[number - 1] || number > 1 && keep[number - 2];
        keep[number] |= behind && credits::is_credit_line(&lines[number]);
    }
}

/// Leaves out what says of itself that it is none of the text.
fn leave_out(by_rule: &[Option<&'static str>], choice: &mut Choice) {
    choice.left_out.retain(|(number, _)| by_rule[*number].is_none());
    for (number, rule) in by_rule.iter().enumerate() {
        if let Some(rule) = rule {
            choice.keep[number] = false;
            choice.left_out.push((number, rule));
        }
    }
    choice.left_out.sort_unstable();
}
