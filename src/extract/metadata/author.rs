//! Authors, each name by itself.
//!
//! In: structured data, the lines around the headline, the head and tail of the text. Out: names in the order of the page. In
//! Chinese the label comes first (作者：, 记者, 文/) and names have two to four characters; a name without a colon before it
//! must begin with a surname, since 记者 is also a word of running text (记者获悉).

use super::json::Facts;
use super::names::{LABELS, WRITERS, is_chinese_name, is_person, labelled};
use super::{Found, JSON, META, newspaper};
use crate::extract::html::flat::{Flat, flag};
use crate::extract::html::tag::Tag;
use crate::extract::html::words;
use std::ops::Range;

/// Finds the authors.
pub(super) fn authors(
    flat: &Flat,
    title: Option<u32>,
    head: Range<usize>,
    keep: &[bool],
    facts: &Facts,
) -> Option<Found<Vec<String>>> {
    let mut found = Vec::new();
    let mut place = ("line near the headline", "");
    for index in head.clone() {
        let line = &flat.lines[index];
        // 推荐 诗文 作者 古籍: a menu.
        let menu = line.counts.links >= 3 && line.counts.linked * 5 >= line.counts.tokens * 4;
        if line.counts.tokens <= 90 && line.flags & flag::HIDDEN == 0 && !menu {
            labelled(flat.line(index), &LABELS.writers, &mut found);
        }
    }
    // A name alone in one of the lines after the headline, or at the head of the text where there is none.
    let after = title.map_or_else(|| keep.iter().position(|k| *k).unwrap_or(0), |line| line as usize + 1);
    if found.is_empty()
        && let Some(index) = (after..(after + 3).min(flat.lines.len())).find(|index| is_lone_name(flat, *index))
    {
        found.push(flat.line(index).trim().to_owned());
    }
    if found.is_empty() {
        place = ("credits in the text", "");
    }
    in_text(flat, keep, &mut found);
    if found.is_empty() {
        place = (JSON, "author");
        found = facts.authors.iter().filter(|n| is_person(n)).cloned().collect();
    }
    if found.is_empty() {
        place = (newspaper::PLACE, newspaper::NAME);
        found.extend(flat.head.newspaper.author.clone());
    }
    if found.is_empty() {
        let (names, name) = in_metas(flat);
        place = (META, name);
        found = names;
    }
    if found.is_empty() {
        place = ("line near the headline", "By");
        found = english(flat, head.clone());
    }
    if found.is_empty() {
        place = ("line", "编辑");
        let tail = keep.iter().rposition(|k| *k).map_or(0..0, |last| last..(last + 8).min(flat.lines.len()));
        for index in head.clone().chain(tail) {
            if flat.lines[index].counts.tokens <= 60 {
                labelled(flat.line(index), &LABELS.editors, &mut found);
            }
        }
    }
    if found.is_empty() {
        place = ("line of the first post", "");
        found.extend(first_poster(flat, keep));
    }
    if found.is_empty() {
        place = ("element whose class speaks of an author", "");
        found = marked(flat, head);
    }
    // `赵  培` is one name set wide.
    for name in &mut found {
        if name.chars().all(|c| c.is_whitespace() || ('\u{4e00}'..='\u{9fff}').contains(&c))
            && name.chars().filter(|c| !c.is_whitespace()).count() <= 4
        {
            name.retain(|c| !c.is_whitespace());
        }
    }
    let mut seen = std::collections::HashSet::new();
    found.retain(|name| seen.insert(name.clone()));
    found.truncate(12);
    (!found.is_empty()).then_some((found, place.0, place.1))
}

/// A name that is a line by itself, and neither a heading nor a cell, an item or a link into the page: 高飞 and 游泳 look alike.
fn is_lone_name(flat: &Flat, index: usize) -> bool {
    let line = &flat.lines[index];
    let element = &flat.elements[line.element as usize];
    // Another cell of the row says something.
    let is_beside = |next: usize| {
        flat.lines.get(next).is_some_and(|next| flat.elements[next.element as usize].parent == element.parent)
    };
    let other = element.tag.level() > 0
        || matches!(element.tag, Tag::Li | Tag::Dt)
        || element.tag == Tag::Cell && is_beside(index + 1)
        || line.flags & (flag::FRAGMENT | flag::CONTROL | flag::PRE) != 0
        || (element.around | line.words) & (words::NAV | words::TAGS) != 0;
    !other && is_chinese_name(flat.line(index).trim())
}

/// Names in brackets at the head and the tail of the text: `新华社北京12月9日电（记者罗沙）`, `…区别。（仲崇山）`.
fn in_text(flat: &Flat, keep: &[bool], found: &mut Vec<String>) {
    let kept: Vec<usize> = (0..keep.len()).filter(|i| keep[*i]).collect();
    let edge = 4.min(kept.len());
    for &index in &kept[..edge] {
        let text = cut(flat.line(index), 240);
        for part in brackets(text) {
            labelled(part, &LABELS.writers, found);
        }
    }
    for &index in &kept[kept.len().saturating_sub(6)..] {
        let text = flat.line(index);
        // The end of it: a line may have any length.
        for part in brackets(&text[text.ceil_char_boundary(text.len().saturating_sub(16 << 10))..]) {
            labelled(part, &LABELS.writers, found);
        }
        if flat.lines[index].counts.tokens <= 40 {
            labelled(text, &LABELS.writers, found);
        }
    }
    // A label and a name in a line of their own, wherever it stands.
    if found.is_empty() {
        let short = kept.iter().filter(|i| flat.lines[**i].counts.tokens <= 14 && flat.lines[**i].counts.stops == 0);
        for text in short.map(|i| flat.line(*i)).filter(|text| WRITERS.iter().any(|label| text.starts_with(label))) {
            labelled(text, &LABELS.writers, found);
        }
    }
    if let Some(&last) = kept.last()
        && found.is_empty()
        && let Some(name) =
            flat.line(last).trim_end().strip_suffix(['）', ')']).and_then(|t| t.rsplit(['（', '(']).next())
        && let Some(name) = name.split_whitespace().next()
        && is_chinese_name(name)
    {
        found.push(name.to_owned());
    }
}

/// The writer of the first post: `本贴由大卫于2005年8月12日16:12:21…`, `发布时间 2005/05/17 22:11:42 by 眉间尺`.
fn first_poster(flat: &Flat, keep: &[bool]) -> Option<String> {
    let from = keep.iter().position(|k| *k)?;
    let to = keep.iter().rposition(|k| *k)?;
    let dated = |i: &usize| (6..=40).contains(&flat.lines[*i].counts.digits) && flat.lines[*i].counts.tokens <= 50;
    let short = (from..(to + 3).min(flat.lines.len())).filter(dated);
    short.map(|i| flat.line(i)).find_map(|text| {
        let date = super::date::dates(text).first()?.0;
        let mut found = Vec::new();
        labelled(&text[..date], &LABELS.posters, &mut found);
        let time = |between: &str| between.chars().all(|c| c.is_ascii_digit() || "-/:. 年月日".contains(c));
        if let Some((_, after)) = text[date..].split_once(" by ").filter(|(t, _)| found.is_empty() && time(t)) {
            let name = after.trim_matches(|c: char| !c.is_alphanumeric());
            let words = name.split_whitespace().count();
            found.extend(((1..=3).contains(&words) && name.chars().count() <= 24).then(|| name.to_owned()));
        }
        found.into_iter().next()
    })
}

fn cut(text: &str, bytes: usize) -> &str {
    let mut end = text.len().min(bytes);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The insides of round brackets.
fn brackets(text: &str) -> impl Iterator<Item = &str> {
    text.split(['（', '(', '【', '['])
        .skip(1)
        .map(|part| part.split(['）', ')', '】', ']']).next().unwrap_or(part))
        .filter(|part| part.len() < 120)
}

/// The names in the first meta element that has a person's, and the element's name.
fn in_metas(flat: &Flat) -> (Vec<String>, &'static str) {
    let labelled = flat.head.meta_value("twitter:label1").is_some_and(|l| l.eq_ignore_ascii_case("written by"));
    let written = if labelled { flat.head.meta_value("twitter:data1") } else { None };
    [
        "author",
        "article:author",
        "og:article:author",
        "dc.creator",
        "dcterms.creator",
        "parsely-author",
        "sailthru.author",
        "byl",
        "citation_author",
        "bytedance:author",
        "xgplayer:author",
    ]
    .iter()
    .filter_map(|key| Some((flat.head.meta_value(key)?, *key)))
    .chain(written.map(|name| (name, "twitter:data1")))
    .map(|(name, key)| (name.trim_matches(['[', ']', '"', '\'', ' ']), key))
    .find(|(name, _)| is_person(name) && !is_title(flat, name))
    .map(|(name, key)| {
        let name = name.strip_prefix("By ").or_else(|| name.strip_prefix("by ")).unwrap_or(name);
        let label = WRITERS
            .iter()
            .find_map(|l| name.strip_prefix(l))
            .map(|n| n.trim_start_matches(['：', ':', ' ']))
            .unwrap_or(name);
        (super::json::split(label), key)
    })
    .unwrap_or_default()
}

/// Some pages repeat their title where the author belongs.
fn is_title(flat: &Flat, name: &str) -> bool {
    name.chars().count() > 6 && flat.head.title.as_deref().is_some_and(|title| title.trim().starts_with(name))
}

/// `By Jane Doe`, `Written by Jane Doe and John Roe`.
fn english(flat: &Flat, head: Range<usize>) -> Vec<String> {
    for index in head {
        let line = &flat.lines[index];
        if line.counts.tokens > 30 || line.counts.cjk > 4 {
            continue;
        }
        let text = flat.line(index);
        let Some(rest) = ["By ", "BY ", "by ", "Written by ", "Posted by ", "Author: ", "By: "]
            .iter()
            .find_map(|l| text.strip_prefix(l))
        else {
            continue;
        };
        if rest.chars().count() <= 4 && is_chinese_name(rest) {
            return vec![rest.to_owned()];
        }
        let names: Vec<String> = rest
            .split([',', '|', '•', '·', '—', '–', '(', '&'])
            .next()
            .unwrap_or("")
            .split(" and ")
            .map(|name| {
                name.split_whitespace()
                    .take_while(|w| w.chars().next().is_some_and(char::is_uppercase) && !MONTHS.contains(&cut(w, 3)))
                    .take(4)
                    .collect::<Vec<_>>()
                    .join(" ")
            })
            .filter(|name| name.len() > 2)
            .collect();
        if !names.is_empty() {
            return names;
        }
    }
    Vec::new()
}

const MONTHS: [&str; 14] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Pub", "Upd"];

/// The first short text near the headline whose class speaks of an author.
fn marked(flat: &Flat, head: Range<usize>) -> Vec<String> {
    let end = (head.end + 8) as u32;
    flat.marks
        .iter()
        .filter(|mark| {
            mark.words & words::AUTHOR != 0
                && mark.line >= head.start as u32
                && mark.line < end
                && mark.end > mark.start
        })
        .filter_map(|mark| flat.text.get(mark.start as usize..mark.end as usize))
        .map(|text| undated(text).trim().trim_start_matches(['@', ':', '：']).trim())
        .find(|text| {
            (2..=30).contains(&text.chars().count())
                && !text.contains('\n')
                && text.chars().any(char::is_alphabetic)
                && is_person(text)
                && !(text.contains(' ') && text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)))
                && !text.contains(['：', ':', '，', '。', '/', '|'])
        })
        .map(|text| vec![text.strip_prefix("By ").unwrap_or(text).to_owned()])
        .unwrap_or_default()
}

/// Who wrote a post, from the element that says so.
pub fn poster(text: &str) -> Option<String> {
    let name = undated(text).trim().trim_start_matches(['@', ':', '：']).trim();
    let name = WRITERS.iter().find_map(|label| name.strip_prefix(label)).unwrap_or(name);
    let name = name.trim_matches([':', '：', ' ', '\u{3000}', '\u{a0}']);
    ((1..=30).contains(&name.chars().count()) && !name.contains('\n') && (name.chars().count() == 1 || is_person(name)))
        .then(|| name.to_owned())
}

/// The name before a date: 厨房小白 推荐于2017-11-25.
fn undated(text: &str) -> &str {
    let Some((at, _)) = super::date::dates(text).into_iter().next() else { return text };
    let name = text[..at].trim_end();
    let verb = ["推荐于", "發表於", "发表于", "发布于", "回答于", "编辑于", "更新于", "于", "於", "on"];
    verb.iter().find_map(|verb| name.strip_suffix(verb)).unwrap_or(name)
}
