//! The publication date.
//!
//! In: structured data, the lines around the headline, the address. Out: `YYYY-MM-DD`. A date is read where it stands for
//! publication; one that the text merely mentions is not taken.

use super::json::Facts;
use super::{Found, JSON, META, newspaper};
use crate::extract::html::flat::{Flat, flag};
use crate::extract::html::words;
use std::ops::Range;

/// Names of meta elements that hold the publication date, the surest first.
const METAS: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "bytedance:published_time",
    "weibo:article:create_at",
    "publishdate",
    "publish_date",
    "pubdate",
    "publish-date",
    "publication_date",
    "citation_publication_date",
    "og:release_date",
    "firstpublishedtime",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "dc.terms.date",
    "date",
    "createdate",
    "creation_date",
    "og:pubdate",
    "apub:time",
    "article:create_at",
];

/// Words before a date that say it is the publication date.
const LABELS: &[&str] = &[
    "发布时间",
    "發布時間",
    "发布日期",
    "發布日期",
    "发表时间",
    "發表時間",
    "发表于",
    "發表於",
    "发布于",
    "發布於",
    "发布",
    "發布",
    "更新时间",
    "更新時間",
    "时间",
    "時間",
    "日期",
    "年月",
    "刊登",
    "published",
    "posted",
    "updated",
    "date",
];

/// Finds the date.
pub(super) fn published(
    flat: &Flat,
    title: Option<usize>,
    head: Range<usize>,
    keep: &[bool],
    facts: &Facts,
) -> Option<Found<String>> {
    let first = |text: &str| dates(text).into_iter().next().map(|d| d.1);
    let local = |text: &str| Some(shown_next_day(flat, head.clone(), text, first(text)?));
    let stated = |text: &Option<String>, name| Some((local(text.as_deref()?)?, JSON, name));
    let meta = |name: &'static str| Some((local(flat.head.meta_value(name)?)?, META, name));
    let seen = |date: Option<Date>, place| date.map(|date| (date, place, ""));
    stated(&facts.published, "datePublished")
        .or_else(|| METAS.iter().find_map(|name| meta(name)))
        .or_else(|| seen(near_headline(flat, title, head.clone(), keep), "line near the headline"))
        .or_else(|| seen(flat.head.times.iter().find_map(|t| local(t)), "time element"))
        .or_else(|| seen(flat.head.stamps.iter().find_map(|stamp| stamped(stamp)), "script"))
        .or_else(|| Some((first(flat.head.newspaper.date.as_deref()?)?, newspaper::PLACE, newspaper::NAME)))
        .or_else(|| seen(first_post(flat, keep), "line of the first post"))
        .or_else(|| seen(in_address(flat), "the page's address"))
        .or_else(|| stated(&facts.modified, "dateModified"))
        .or_else(|| meta("article:modified_time"))
        .or_else(|| seen(at_end(flat, keep), "line at the end of the text"))
        .map(|(date, place, name)| (date.to_string(), place, name))
        .or_else(|| super::month::month_only(flat, keep).map(|month| (month, "line with a month", "")))
}

/// The day that the page shows where machines are told an instant in UTC: 2021-12-23T16:30:00Z is the 24th in China, and the line below
/// the headline says so.
fn shown_next_day(flat: &Flat, head: Range<usize>, instant: &str, date: Date) -> Date {
    let instant = instant.trim();
    let utc = instant.ends_with('Z') || instant.ends_with("+00:00");
    let hour = instant.get(11..13).and_then(|hour| hour.parse::<u32>().ok());
    if !utc || hour.is_none_or(|hour| hour < 16) {
        return date;
    }
    let next = date.next();
    let lines = head.map(|index| beginning(flat.line(index)));
    let shown: Vec<Date> = lines.flat_map(|line| dates(line).into_iter().map(|found| found.1)).collect();
    if shown.contains(&next) && !shown.contains(&date) { next } else { date }
}

/// As much of a line as is looked at: a date stands in a byline or opens a text, and a line may have any length.
fn beginning(line: &str) -> &str {
    &line[..line.floor_char_boundary(4096)]
}

/// The visible date: the best of the lines around the headline.
fn near_headline(flat: &Flat, title: Option<usize>, head: Range<usize>, keep: &[bool]) -> Option<Date> {
    let mut best: Option<(i32, Date)> = None;
    for index in head.clone() {
        let line = &flat.lines[index];
        let text = beginning(flat.line(index));
        let numbered = text.bytes().any(|b| b.is_ascii_digit()) || text.contains('年');
        if line.flags & flag::HIDDEN != 0 || !numbered || is_cited(text) {
            continue;
        }
        for (at, date) in dates(text).into_iter().take(3) {
            let before = &text[..at];
            let lower = before.to_ascii_lowercase();
            let labelled = LABELS.iter().any(|l| tail(&lower, 40).contains(l));
            let element = &flat.elements[line.element as usize];
            let mut score = 0;
            score += if labelled { 6 } else { 0 };
            score +=
                if line.words & words::DATE != 0 || element.words & (words::DATE | words::META) != 0 { 4 } else { 0 };
            score += if line.flags & flag::TIME != 0 { 3 } else { 0 };
            score += if line.counts.tokens <= 40 { 3 } else { 0 };
            score += if has_clock(&text[at..]) { 3 } else { 0 };
            // `2003-7-24 钱江晚报`: a byline of its own in the text.
            score += if at == 0 && line.counts.tokens <= 15 { 2 } else { 0 };
            // Prose mentions dates; the line of a byline is short or begins with one.
            score -= if line.counts.tokens > 60 && keep[index] { 9 } else { 0 };
            // `2017-3-3 技术 前端 规范`: a day and links to the tags of the post, right below the headline.
            let tagged = at == 0 && title.is_some_and(|title| (title + 1..title + 3).contains(&index));
            score += if tagged && line.counts.tokens > 15 { 2 } else { 0 };
            score -= if line.counts.linked * 2 > line.counts.tokens && !tagged { 4 } else { 0 };
            score -= if keep[index] { 2 } else { 0 };
            if score >= 3 && best.as_ref().is_none_or(|(s, _)| score > *s) {
                best = Some((score, date));
            }
        }
    }
    best.map(|(_, date)| date)
}

/// The first labelled time below the head: threads date each post, often under it (`发布时间 2005/05/17 22:11:42 by …`).
fn first_post(flat: &Flat, keep: &[bool]) -> Option<Date> {
    let from = keep.iter().position(|k| *k)?;
    let to = keep.iter().rposition(|k| *k)?;
    let dated = |index: &usize| {
        let counts = &flat.lines[*index].counts;
        counts.tokens <= 40 && counts.digits >= 8 && flat.line(*index).contains(':')
    };
    (from..(to + 3).min(flat.lines.len())).filter(dated).find_map(|index| {
        let text = flat.line(index);
        let posted = |(at, _): &(usize, Date)| {
            has_clock(&text[*at..]) && LABELS.iter().any(|l| tail(&text[..*at], 40).to_ascii_lowercase().contains(l))
        };
        dates(text).into_iter().find(posted).map(|found| found.1)
    })
}

/// A day in a script's variable: written out, or as seconds or milliseconds since 1970 (WeChat's `var ct = "1620000000"`), which
/// are read in China's time.
fn stamped(stamp: &str) -> Option<Date> {
    let digits = stamp.bytes().take_while(u8::is_ascii_digit).count();
    let seconds: i64 = match digits {
        10 => stamp[..10].parse().ok()?,
        13 => stamp[..10].parse().ok()?,
        _ => return dates(stamp).into_iter().next().map(|found| found.1),
    };
    let days = (seconds + 8 * 3600).div_euclid(86_400);
    // Days to a date of the Gregorian calendar, counted in years that begin in March.
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year_of_era + 400 * era + i64::from(month <= 2);
    Date::new(year as u32, month as u32, day as u32)
}

/// Words beside the day on which a reference was looked up.
const CITED: &[&str] =
    &["引用日期", "访问日期", "检索于", "存取日期", "查閱", "Retrieved", "retrieved", "Accessed", "accessed"];

fn is_cited(line: &str) -> bool {
    CITED.iter().any(|word| line.contains(word))
}

/// A date that ends the text (signed letters, notices) or stands in one of the lines just after it.
fn at_end(flat: &Flat, keep: &[bool]) -> Option<Date> {
    let last = keep.iter().rposition(|k| *k)?;
    let short = |index: &usize| flat.lines[*index].counts.tokens <= 40 && !is_cited(flat.line(*index));
    let range = last.saturating_sub(3)..(last + 6).min(flat.lines.len());
    let labelled = range.clone().filter(short).find_map(|index| {
        let text = flat.line(index);
        dates(text)
            .into_iter()
            .find(|(at, _)| LABELS.iter().any(|l| tail(&text[..*at], 40).to_ascii_lowercase().contains(l)))
    });
    let last_one = || range.rev().filter(short).find_map(|index| dates(flat.line(index)).pop());
    labelled.or_else(last_one).map(|found| found.1)
}

/// `/2012/01/11/`, `/2012-01/11/`, `/20120111/` in the canonical address.
fn in_address(flat: &Flat) -> Option<Date> {
    let address = flat.head.canonical.as_deref().or_else(|| flat.head.meta_value("og:url"))?;
    let path = address.split_once("://").map_or(address, |(_, rest)| rest);
    dates(path).into_iter().next().map(|d| d.1).or_else(|| {
        path.split(|c: char| !c.is_ascii_digit())
            .filter(|run| run.len() == 8)
            .find_map(|run| Date::new(run[..4].parse().ok()?, run[4..6].parse().ok()?, run[6..].parse().ok()?))
    })
}

fn has_clock(after: &str) -> bool {
    let head: String = after.chars().skip(6).take(18).collect();
    let bytes = head.as_bytes();
    bytes.windows(3).any(|w| w[0].is_ascii_digit() && w[1] == b':' && w[2].is_ascii_digit())
}

fn tail(text: &str, bytes: usize) -> &str {
    let mut from = text.len().saturating_sub(bytes);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    &text[from..]
}

/// A day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date {
    year: u32,
    month: u32,
    day: u32,
}

impl Date {
    fn new(year: u32, month: u32, day: u32) -> Option<Date> {
        ((1990..2050).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day)).then_some(Date {
            year,
            month,
            day,
        })
    }
}

impl Date {
    /// The day after.
    fn next(self) -> Date {
        let Date { year, month, day } = self;
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            2 => 28 + u32::from(leap),
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        match () {
            () if day < days => Date { day: day + 1, ..self },
            () if month < 12 => Date { year, month: month + 1, day: 1 },
            () => Date { year: year + 1, month: 1, day: 1 },
        }
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// Bytes of a text that are searched for days.
const LOOKED_AT: usize = 1000;

/// The first day in the head of a text, as `YYYY-MM-DD`.
pub fn first_day(text: &str) -> Option<String> {
    dates(text).first().map(|(_, day)| day.to_string())
}

/// All days in the head of a text, with the byte at which each begins.
pub fn dates(text: &str) -> Vec<(usize, Date)> {
    let text = &text[..text.floor_char_boundary(LOOKED_AT)];
    let mut found = Vec::new();
    // Every spelling has one of these.
    if !text.bytes().any(|b| b.is_ascii_digit()) && !text.contains('年') {
        return found;
    }
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let c = rest.chars().next().unwrap_or(' ');
        let boundary = !text[..at].chars().next_back().is_some_and(|p| p.is_ascii_alphanumeric());
        let hit = if !boundary {
            None
        } else if c.is_ascii_digit() {
            numeric(rest).or_else(|| day_month(rest))
        } else if c.is_ascii_alphabetic() {
            month_day(rest)
        } else {
            chinese(rest)
        };
        match hit {
            Some((date, length)) => {
                found.push((at, date));
                at += length;
            }
            None if c.is_ascii_digit() => at += rest.bytes().take_while(u8::is_ascii_digit).count(),
            None => at += c.len_utf8(),
        }
    }
    found
}

/// Takes a number of at most `most` digits.
pub(super) fn number(text: &str, most: usize) -> Option<(u32, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..=most).contains(&length).then(|| Some((text[..length].parse().ok()?, &text[length..])))?
}

/// Takes one of `separators` with spaces around it.
fn separator<'a>(text: &'a str, separators: &[char]) -> Option<(char, &'a str)> {
    let text = text.trim_start_matches([' ', '\u{3000}', '\u{a0}']);
    let c = text.chars().next().filter(|c| separators.contains(c))?;
    Some((c, text[c.len_utf8()..].trim_start_matches([' ', '\u{3000}', '\u{a0}'])))
}

/// `2012-01-11`, `2012/1/11`, `2012.01.11`, `2012年1月11日`.
fn numeric(text: &str) -> Option<(Date, usize)> {
    let (year, rest) = number(text, 4)?;
    let (first, rest) = separator(rest, &['-', '/', '.', '年', '－', '—'])?;
    // Years of the Republic: 101年1月11日 is 2012.
    let year = if first == '年' && (70..140).contains(&year) { year + 1911 } else { year };
    let (month, rest) = number(rest, 2)?;
    let (second, rest) = separator(rest, &['-', '/', '.', '月', '－', '—'])?;
    if (first == '年') != (second == '月') {
        return None;
    }
    let (day, rest) = number(rest, 2)?;
    Some((Date::new(year, month, day)?, text.len() - rest.len()))
}

/// `二〇一二年一月十一日`.
fn chinese(text: &str) -> Option<(Date, usize)> {
    digit(text.chars().next()?)?;
    let (year, rest) = text.split_once('年').filter(|(year, _)| year.len() <= 12)?;
    let mut value = 0;
    let mut count = 0;
    for c in year.chars() {
        value = value * 10 + digit(c)?;
        count += 1;
    }
    let (month, rest) = rest.split_once('月').filter(|(m, _)| m.len() <= 9)?;
    let end = rest.find(['日', '号', '號']).filter(|end| *end <= 9)?;
    let date = Date::new(if count == 4 { value } else { return None }, small(month)?, small(&rest[..end])?)?;
    Some((date, text.len() - rest.len() + end + 3))
}

fn digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '○' | '零' | 'Ｏ' | 'O' => 0,
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// A Chinese number up to 31.
fn small(text: &str) -> Option<u32> {
    if let Some((tens, ones)) = text.split_once('十') {
        let tens = if tens.is_empty() { 1 } else { digit(tens.chars().next()?)? };
        let ones = if ones.is_empty() { 0 } else { digit(ones.chars().next()?)? };
        return Some(tens * 10 + ones);
    }
    let mut chars = text.chars();
    let value = digit(chars.next()?)?;
    chars.next().is_none().then_some(value)
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

fn month_name(text: &str) -> Option<(u32, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let name = text.get(..3).filter(|_| (3..=9).contains(&length))?.to_ascii_lowercase();
    let month = MONTHS.iter().position(|m| *m == name)? as u32 + 1;
    Some((month, text[length..].trim_start_matches(['.', ' ', ',', '\u{a0}', '-'])))
}

fn ordinal(text: &str) -> &str {
    let text = ["st", "nd", "rd", "th"].iter().find_map(|s| text.strip_prefix(s)).unwrap_or(text);
    text.trim_start_matches([',', ' ', '\u{a0}', '-', '.'])
}

/// `January 11, 2012`, `Jan. 11 2012`.
fn month_day(text: &str) -> Option<(Date, usize)> {
    let (month, rest) = month_name(text)?;
    let (day, rest) = number(rest, 2)?;
    let (year, rest) = number(ordinal(rest), 4)?;
    Some((Date::new(year, month, day)?, text.len() - rest.len()))
}

/// `11 January 2012`.
fn day_month(text: &str) -> Option<(Date, usize)> {
    let (day, rest) = number(text, 2)?;
    let (month, rest) = month_name(ordinal(rest))?;
    let (year, rest) = number(rest, 4)?;
    Some((Date::new(year, month, day)?, text.len() - rest.len()))
}

#[cfg(test)]
mod tests {
    #[test]
    fn days_are_read_in_all_spellings() {
        let day = |text: &str| super::dates(text).first().map(|d| d.1.to_string());
        for text in [
            "2012-01-11 16:48:18",
            "发布时间：2012年1月11日",
            "2012/1/11",
            "2012.01.11",
            "二〇一二年一月十一日",
            "民國101年1月11日",
            "January 11, 2012",
            "Jan. 11th 2012",
            "11 January 2012",
            "2012 年 01 月 11 日",
        ] {
            assert_eq!(day(text).as_deref(), Some("2012-01-11"), "{text}");
        }
        for text in ["电话 025-8479-6311", "1月11日", "2012年", "1.2.3", "12-34-5678", "2012-13-01", ""] {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
