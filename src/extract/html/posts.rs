//! Posts of a thread, and readers' comments under an article.
//!
//! In: the kept lines. Out: [`Post`]s, each a stretch of lines with who wrote it and when. A template makes them, so they are siblings of one
//! shape; what tells them from the paragraphs of a text is that most of them name a writer or a time. In a thread they hold most of what is
//! kept; under an article a class around them says that they are comments. A reply within a comment is a part of it.

use super::choose::Choice;
use super::context::Context;
use super::flat::{Flat, Mark, flag};
use super::{interface, words};
use crate::extract::Sort;
use crate::extract::metadata::{author, date};
use crate::page::Container;
use std::ops::Range;

/// A post or a comment.
#[derive(Debug)]
pub struct Post {
    pub lines: Range<u32>,
    author: Option<String>,
    date: Option<String>,
}

impl Post {
    /// What its blocks lie in.
    fn container(&self, number: usize) -> Container {
        Container::Comment { number: number as u32 + 1, author: self.author.clone(), date: self.date.clone() }
    }
}

/// The kept text holds at least this many times what its comments hold, where they are left out.
const SHARE: u32 = 6;

/// The posts of a page, in order, none in another.
pub fn posts(context: &Context, choice: &Choice) -> Vec<Post> {
    let flat = context.flat;
    let thread = choice.sort == Sort::Forum;
    if !thread && !flat.elements.iter().any(|element| element.words & words::COMMENT != 0) {
        return Vec::new();
    }
    let mut groups: words::Map<(u32, u32), Group> = words::Map::default();
    let kept = sums(flat, |index| choice.keep[index]);
    let all = *kept.last().unwrap_or(&0);
    let signs = signs(flat);
    for (index, element) in flat.elements.iter().enumerate().skip(1) {
        let lines = element.lines.start as usize..element.lines.end as usize;
        let tokens = kept[lines.end] - kept[lines.start];
        let is_comment = (element.words | flat.elements[element.parent as usize].words) & words::COMMENT != 0;
        let fits = if thread { tokens > 0 && context.repeats[index] > 1 } else { is_comment };
        if lines.is_empty() || !fits {
            continue;
        }
        let group = groups.entry((element.parent, element.shape)).or_insert_with(|| Group::new(index));
        group.members.push(index as u32);
        group.tokens += if thread { tokens } else { context.sums.tokens[lines.end] - context.sums.tokens[lines.start] };
        group.signed += u32::from(signs[lines.end] > signs[lines.start]);
    }
    let signed = |group: &&Group| group.signed as usize * 2 >= group.members.len();
    let enough = |group: &&Group| !thread || group.members.len() > 1 && group.tokens * 2 > all;
    // Of those that hold the same, the outermost.
    let best = groups.values().filter(signed).filter(enough).max_by_key(|group| {
        (group.members.len() > 1, group.tokens, group.members.len(), std::cmp::Reverse(group.first))
    });
    best.map(|group| group.members.iter().map(|member| post(flat, *member)).collect()).unwrap_or_default()
}

/// Elements that one template made in one place.
struct Group {
    first: usize,
    members: Vec<u32>,
    tokens: u32,
    /// Members that name a writer or a time.
    signed: u32,
}

impl Group {
    fn new(first: usize) -> Group {
        Group { first, members: Vec::new(), tokens: 0, signed: 0 }
    }
}

/// Tokens of the lines before each that count.
fn sums(flat: &Flat, counts: impl Fn(usize) -> bool) -> Vec<u32> {
    let mut sums = Vec::with_capacity(flat.lines.len() + 1);
    sums.push(0);
    for (index, line) in flat.lines.iter().enumerate() {
        sums.push(sums[index] + if counts(index) { line.counts.tokens } else { 0 });
    }
    sums
}

/// By line, how many lines before it name a writer or a time.
fn signs(flat: &Flat) -> Vec<u32> {
    let mut signs = vec![0; flat.lines.len() + 1];
    let named =
        flat.marks.iter().filter(|mark| mark.words & (words::AUTHOR | words::DATE) != 0 && mark.end > mark.start);
    named.for_each(|mark| {
        if let Some(sign) = signs.get_mut(mark.line as usize + 1) {
            *sign = 1;
        }
    });
    for (index, line) in flat.lines.iter().enumerate() {
        signs[index + 1] |= u32::from(line.flags & flag::TIME != 0);
        signs[index + 1] += signs[index];
    }
    signs
}

/// Lines of a post whose words are searched for a time.
const HEAD: u32 = 12;

/// Who wrote a post, and when.
fn post(flat: &Flat, element: u32) -> Post {
    let lines = flat.elements[element as usize].lines.clone();
    let from = flat.marks.partition_point(|mark| mark.line < lines.start);
    let marks = || flat.marks[from..].iter().take_while(|mark| mark.line < lines.end);
    let text = |mark: &Mark| flat.text.get(mark.start as usize..mark.end as usize).unwrap_or("").trim();
    let of = |class: words::Words| marks().filter(move |mark| mark.words & class != 0).map(text);
    let author = of(words::AUTHOR).find_map(author::poster);
    let stated = of(words::DATE).find(|text| is_time(text)).map(str::to_owned);
    let head = lines.start..lines.end.min(lines.start + HEAD);
    let seen = || {
        head.filter(|index| flat.lines[*index as usize].counts.tokens <= 40)
            .find_map(|index| date::dates(flat.line(index as usize)).first().map(|(_, date)| date.to_string()))
    };
    let date = stated.or_else(seen);
    Post { lines, author, date }
}

/// Bytes of a time at most.
const TIME: usize = 60;

/// A text that says when: with a number, and short.
fn is_time(text: &str) -> bool {
    text.len() <= TIME && !text.contains('\n') && text.contains(|c: char| c.is_ascii_digit())
}

/// Keeps what readers wrote, but for what names the writer and the time and for buttons.
pub fn keep(context: &Context, posts: &[Post], choice: &mut Choice) {
    let flat = context.flat;
    for post in posts {
        for index in post.lines.start as usize..post.lines.end as usize {
            let line = &flat.lines[index];
            let unseen = line.flags & (flag::HIDDEN | flag::NOSCRIPT | flag::CONTROL) != 0;
            if !unseen && !is_signature(context, post, index) && !interface::is_button(context, index) {
                choice.keep[index] = true;
            }
        }
    }
    choice.left_out.retain(|(index, _)| !choice.keep[*index]);
}

/// Leaves out what readers wrote under an article: comments of one template, a sixth of the kept text at most. Where they are more, the
/// page may be a thread, and stays as the forests judged it.
pub fn leave_out(context: &Context, posts: Vec<Post>, choice: &mut Choice) {
    let kept = |lines: Range<usize>| -> u32 {
        lines.filter(|index| choice.keep[*index]).map(|index| context.flat.lines[index].counts.tokens).sum()
    };
    let within: u32 = posts.iter().map(|post| kept(post.lines.start as usize..post.lines.end as usize)).sum();
    if posts.len() > 1 && SHARE * within <= kept(0..choice.keep.len()) {
        posts.iter().for_each(|post| choice.keep[post.lines.start as usize..post.lines.end as usize].fill(false));
    }
}

/// Leaves out the lines of a thread that are nothing but the name of a post's writer: its container says it.
pub fn leave_out_names(context: &Context, posts: &[Post], choice: &mut Choice) {
    for post in posts.iter().filter(|post| post.author.is_some()) {
        let lines = post.lines.start as usize..post.lines.end as usize;
        let named = |index: &usize| Some(context.flat.line(*index)) == post.author.as_deref();
        lines.filter(named).for_each(|index| choice.keep[index] = false);
    }
}

/// A line that says no more than who wrote and when, which the container says.
fn is_signature(context: &Context, post: &Post, index: usize) -> bool {
    let line = &context.flat.lines[index];
    let element = &context.flat.elements[line.element as usize];
    let named = (line.words | element.words) & (words::AUTHOR | words::DATE | words::META) != 0;
    let says = |value: &Option<String>| value.as_deref().is_some_and(|value| context.flat.line(index).contains(value));
    line.counts.tokens <= 40
        && line.counts.stops == 0
        && (named || line.counts.tokens <= 12 && (says(&post.author) || says(&post.date)))
}

/// What a block lies in that begins with this line.
pub fn container(posts: &[Post], line: u32) -> Option<Container> {
    let at = posts.partition_point(|post| post.lines.end <= line);
    posts.get(at).filter(|post| post.lines.contains(&line)).map(|post| post.container(at))
}
