//! Laws of split, on random text made of the pieces that matter to it.

use proptest::prelude::*;
use std::ops::Range;
use zonetext::split::{Decision, Options, Quotes, explain, split};

/// Pieces that rules look at, and some they do not.
const PIECES: &[&str] = &[
    "。",
    "！",
    "？",
    "｡",
    ".",
    "!",
    "?",
    "…",
    "……",
    "...",
    "．",
    "~~",
    "——",
    "；",
    ";",
    "，",
    ",",
    "：",
    "、",
    "“",
    "”",
    "‘",
    "’",
    "「",
    "」",
    "『",
    "』",
    "\"",
    "'",
    "《",
    "》",
    "（",
    "）",
    "(",
    ")",
    "[",
    "]",
    "【",
    "】",
    "[1]",
    "①",
    "[来源请求]",
    "😀",
    ":)",
    " ",
    "　",
    "\n",
    "\r\n",
    "\u{2028}",
    "\u{85}",
    "\u{a0}",
    "\u{200b}",
    "他",
    "说",
    "我说",
    "的",
    "等",
    "就",
    "第二天",
    "今天天气很好",
    "Mr",
    "U.S",
    "Inc",
    "The",
    "we",
    "a",
    "J",
    "3",
    "12",
    "１",
    "www.a.cn/b?c=d",
    "é",
    "한국",
    "カナ",
    "\u{20000}",
    "\u{301}",
    "\u{0}",
];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..60).prop_map(|pieces| pieces.concat())
}

fn options() -> impl Strategy<Value = Options> {
    (any::<bool>(), any::<bool>()).prop_map(|(whole, semicolons)| Options {
        quotes: if whole { Quotes::Whole } else { Quotes::Split },
        semicolons,
    })
}

/// Where a line ends, by the slow and obvious way.
fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_visible_character_is_in_exactly_one_range(text in text(), options in options()) {
        check_ranges(&text, &split(&[&text], &options)[0])?;
    }

    #[test]
    fn any_unicode_keeps_its_characters(text in "\\PC{0,120}") {
        check_ranges(&text, &split(&[&text], &Options::default())[0])?;
    }

    #[test]
    fn the_explanation_is_the_run(text in text(), options in options()) {
        let ranges = split(&[&text], &options).remove(0);
        let decisions = explain(&[&text], &options).remove(0);
        check_decisions(&text, &decisions)?;
        let mut from = 0;
        let mut cut = Vec::new();
        for end in decisions.iter().filter(|d| d.cut).map(|d| d.end) {
            let piece = text[from..end].trim();
            if !piece.is_empty() {
                let start = from + (text[from..end].len() - text[from..end].trim_start().len());
                cut.push(start..start + piece.len());
            }
            from = end;
        }
        prop_assert_eq!(cut, ranges);
    }

    /// A line is judged by itself, but for the evidence of the document, which is the same for both.
    #[test]
    fn lines_together_are_lines_apart(lines in prop::collection::vec(text(), 1..5), options in options()) {
        let lines: Vec<String> = lines.iter().map(|line| line.replace(is_line_end, " ")).collect();
        let together = lines.join("\n");
        let apart = split(&lines.iter().map(String::as_str).collect::<Vec<_>>(), &options);
        let mut offset = 0;
        let mut shifted: Vec<Range<usize>> = Vec::new();
        for (line, ranges) in lines.iter().zip(apart) {
            shifted.extend(ranges.into_iter().map(|r| r.start + offset..r.end + offset));
            offset += line.len() + 1;
        }
        prop_assert_eq!(shifted, split(&[&together], &options).remove(0));
    }
}

/// In order, trimmed, on character boundaries, over everything but white space, never over a line end.
fn check_ranges(text: &str, ranges: &[Range<usize>]) -> Result<(), TestCaseError> {
    let mut covered = vec![0u8; text.len()];
    let mut last = 0;
    for range in ranges {
        prop_assert!(range.start >= last && range.start < range.end, "{:?} after {}", range, last);
        let piece =
            text.get(range.clone()).ok_or_else(|| TestCaseError::fail(format!("{range:?} inside a character")))?;
        prop_assert_eq!(piece.trim(), piece);
        prop_assert!(!piece.contains(is_line_end), "a line end inside {:?}", piece);
        covered[range.clone()].iter_mut().for_each(|n| *n += 1);
        last = range.end;
    }
    for (at, c) in text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
        prop_assert_eq!(covered[at], 1, "{:?} at {} of {:?}", c, at, text);
    }
    Ok(())
}

/// The byte scan against the obvious one: every full-width stop is part of exactly one decision, and each decision is
/// at a stop or at the end of its line.
fn check_decisions(text: &str, decisions: &[Decision]) -> Result<(), TestCaseError> {
    let starts = |at: usize| text[at..].chars().next();
    for (at, c) in
        text.char_indices().filter(|(_, c)| matches!(c, '。' | '！' | '？' | '｡' | '!' | '?' | '.' | '…' | '．'))
    {
        let owners = decisions.iter().filter(|d| d.at <= at && at < d.end).count();
        prop_assert_eq!(owners, 1, "{:?} at {} of {:?}", c, at, text);
    }
    let mut last = 0;
    for decision in decisions {
        prop_assert!(last <= decision.at && decision.at <= decision.end);
        last = decision.end;
        let c = starts(decision.at);
        let known = c.is_none_or(|c| is_line_end(c) || ".!?。！？｡．…~—；;".contains(c));
        prop_assert!(known, "{:?} begins with {:?}", decision, c);
    }
    Ok(())
}
