//! Laws of split, on random text made of the pieces that matter to it.

use crate::fuzz::laws::split::{covered, cut_where_said, is_line_end, stops_owned};
use proptest::prelude::*;
use std::ops::Range;
use zonetext::split::{Options, Quotes, explain, split};

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

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_visible_character_is_in_exactly_one_range(text in text(), options in options()) {
        covered(&text, &split(&[&text], &options)[0]);
    }

    #[test]
    fn any_unicode_keeps_its_characters(text in "\\PC{0,120}") {
        covered(&text, &split(&[&text], &Options::default())[0]);
    }

    #[test]
    fn the_explanation_is_the_run(text in text(), options in options()) {
        let ranges = split(&[&text], &options).remove(0);
        let decisions = explain(&[&text], &options).remove(0);
        stops_owned(&text, &decisions);
        cut_where_said(&text, &decisions, &ranges);
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
