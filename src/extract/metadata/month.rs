//! The month in which a text was written, where it names no day.
//!
//! In: the flat page and which of its lines are kept. Out: `2003-05`. Looked for last: magazines and letters date themselves so.

use super::date::number;
use crate::extract::html::flat::Flat;

/// A month without a day that dates the text: `2003年5月` alone in a line near its head, `——《北京之春》1998年3月号` at its end.
pub(super) fn month_only(flat: &Flat, keep: &[bool]) -> Option<String> {
    let first = keep.iter().position(|k| *k)?;
    let last = keep.iter().rposition(|k| *k)?;
    let read = |index: usize| Some(flat.line(index)).filter(|_| flat.lines[index].counts.tokens <= 30).and_then(month);
    let alone = (first.saturating_sub(3)..(first + 6).min(keep.len())).filter_map(read).find(|found| found.alone);
    let issue =
        || (last.saturating_sub(5)..(last + 3).min(keep.len())).rev().filter_map(read).find(|found| found.issue);
    alone.or_else(issue).map(|found| format!("{:04}-{:02}", found.year, found.month))
}

/// A year and a month in a line, and how they stand in it.
struct Month {
    year: u32,
    month: u32,
    /// The whole line.
    alone: bool,
    /// At its end, with 号 or 期 or nothing after it.
    issue: bool,
}

fn month(text: &str) -> Option<Month> {
    let text = text.trim();
    let at = text.find('年')?;
    let before = &text[..at];
    let from = before.len() - before.bytes().rev().take_while(u8::is_ascii_digit).count();
    let year: u32 = before[from..].parse().ok().filter(|year| (1990..2050).contains(year))?;
    let (month, rest) = number(&text[at + 3..], 2).filter(|(month, _)| (1..=12).contains(month))?;
    let rest = rest.strip_prefix('月')?.trim_end_matches([')', '）', '】']);
    let issue = matches!(rest, "" | "号" | "號" | "刊" | "期");
    Some(Month { year, month, alone: issue && from == 0, issue })
}
