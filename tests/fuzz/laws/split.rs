//! Sentences are in order and hold everything but white space, once; the explanation is the run; lines are judged by themselves.

use std::ops::Range;
use zonetext::split::{Decision, Options, Quotes, RULES, explain, split};

/// The law: one byte chooses the options, the others are the texts of a document.
pub fn any(bytes: &[u8]) {
    let ([chosen], text) = super::choice::<1>(bytes);
    let text = String::from_utf8_lossy(text);
    let texts = super::texts(&text);
    let quotes = if chosen & 1 == 1 { Quotes::Whole } else { Quotes::Split };
    let options = Options { quotes, semicolons: chosen & 2 == 2 };
    let (ranges, stops) = (split(&texts, &options), explain(&texts, &options));
    assert_eq!((ranges.len(), stops.len()), (texts.len(), texts.len()));
    for ((text, ranges), stops) in texts.iter().zip(&ranges).zip(&stops) {
        covered(text, ranges);
        cut_where_said(text, stops, ranges);
        stops_owned(text, stops);
    }
    together_as_apart(&text, &options);
}

/// Where a line ends, by the slow and obvious way.
pub fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// In order, trimmed, on character boundaries, over everything but white space, never over a line end.
pub fn covered(text: &str, ranges: &[Range<usize>]) {
    let mut last = 0;
    let white = |gap: Option<&str>| gap.is_some_and(|gap| gap.chars().all(char::is_whitespace));
    for range in ranges {
        assert!(range.start < range.end, "{range:?} is empty in {text:?}");
        assert!(white(text.get(last..range.start)), "what comes before {range:?} is in no sentence of {text:?}");
        let piece = text.get(range.clone()).unwrap_or_else(|| panic!("{range:?} inside a character of {text:?}"));
        assert_eq!(piece.trim(), piece);
        assert!(!piece.contains(is_line_end), "a line end inside {piece:?}");
        last = range.end;
    }
    assert!(white(text.get(last..)), "the end is in no sentence of {text:?}");
}

/// The decisions that cut, and nothing else, give the ranges.
pub fn cut_where_said(text: &str, stops: &[Decision], ranges: &[Range<usize>]) {
    let (mut from, mut cut) = (0, Vec::new());
    for end in stops.iter().filter(|stop| stop.cut).map(|stop| stop.end) {
        let piece = text[from..end].trim();
        if !piece.is_empty() {
            let start = from + (text[from..end].len() - text[from..end].trim_start().len());
            cut.push(start..start + piece.len());
        }
        from = end;
    }
    assert_eq!(cut, ranges, "{text:?}");
}

/// The byte scan against the obvious one: every stop is part of exactly one decision, and each decision is at a stop or at the end of its
/// line, under a rule that has a name.
pub fn stops_owned(text: &str, stops: &[Decision]) {
    const STOPS: &str = "。！？｡⁇⁈⁉‼!?.…．؟۔։।॥๛။።፧។៕\u{37E}";
    let is_stop = |c: char| STOPS.contains(c);
    let (mut last, mut next) = (0, stops.iter().peekable());
    for (at, c) in text.char_indices().filter(|(_, c)| is_stop(*c)) {
        while next.next_if(|stop| stop.end <= at).is_some() {}
        assert!(next.peek().is_some_and(|stop| stop.at <= at), "{c:?} at {at} has no decision in {text:?}");
    }
    for stop in stops {
        assert!(last <= stop.at && stop.at <= stop.end, "{stop:?} after {last} in {text:?}");
        last = stop.end;
        let c = text[stop.at..].chars().next();
        let known = c.is_none_or(|c| is_line_end(c) || is_stop(c) || "‥⋯~～〜—―─；;".contains(c));
        assert!(known, "{stop:?} begins with {c:?}");
        assert!(RULES.iter().any(|rule| rule.name == stop.rule), "nobody knows the rule of {stop:?}");
    }
}

/// A line is judged by itself, but for the evidence of the document, which is the same for both.
fn together_as_apart(text: &str, options: &Options) {
    let lines: Vec<&str> = text.split(is_line_end).collect();
    let together = lines.join("\n");
    let apart = split(&lines, options);
    let (mut offset, mut shifted) = (0, Vec::new());
    for (line, ranges) in lines.iter().zip(apart) {
        shifted.extend(ranges.into_iter().map(|range| range.start + offset..range.end + offset));
        offset += line.len() + 1;
    }
    assert_eq!(shifted, split(&[&together], options).remove(0), "{text:?}");
}
