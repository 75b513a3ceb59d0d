//! What the whole document says about its stops.
//!
//! 汉.汉 is a stop in a text typed with an English keyboard and an interpunct (亚当.斯密) everywhere else. The document
//! shows which: it has hardly any 。 and lines that end in ".". Looked up at the first such dot only; most pages have none.

use std::cell::OnceCell;

/// Texts of one document, and what was found in them so far.
pub(super) struct Evidence<'a> {
    texts: &'a [&'a str],
    ascii: OnceCell<bool>,
    wide: OnceCell<bool>,
}

impl<'a> Evidence<'a> {
    pub(super) fn of(texts: &'a [&'a str]) -> Self {
        Evidence { texts, ascii: OnceCell::new(), wide: OnceCell::new() }
    }

    /// Does this document end its Chinese sentences in `dot` ("." or "．")?
    pub(super) fn dot_is_stop(&self, dot: char) -> bool {
        let cell = if dot == '.' { &self.ascii } else { &self.wide };
        *cell.get_or_init(|| dot_is_stop(self.texts, dot))
    }
}

/// One 。 to this many dots after Chinese characters is a slip of the input method, not the document's stop.
const DOTS_PER_FULL_STOP: usize = 4;

/// Dots that end a clause with a comma in it, in a document without line ends in dots: names hold no commas.
const CLAUSES: usize = 2;

/// What is counted: 。, dots after a Chinese character, those that end a clause with a comma in it, lines that end in such
/// a dot, commas of both kinds.
#[derive(Default)]
struct Count {
    full: usize,
    dots: usize,
    clauses: usize,
    line_ends: usize,
    ascii_commas: usize,
    wide_commas: usize,
}

fn dot_is_stop(texts: &[&str], dot: char) -> bool {
    let (full, dots) = texts.iter().fold((0, 0), |(full, dots), text| {
        (full + memchr::memmem::find_iter(text.as_bytes(), "。").count(), dots + dots_after_han(text, dot))
    });
    if dots * 2 < full {
        return false;
    }
    let mut count = Count { full, dots, ..Count::default() };
    for line in texts.iter().flat_map(|text| text.lines()) {
        count_line(line, dot, &mut count);
    }
    let typed_in_ascii = count.ascii_commas > 0 && count.wide_commas == 0 && dot == '.';
    let ends_sentences = count.line_ends > 0 || count.clauses >= CLAUSES || typed_in_ascii;
    let mostly = ends_sentences && count.full * DOTS_PER_FULL_STOP <= count.dots;
    // Some pages use both by turns, ．in the narration and 。 in quotes.
    let by_turns = count.line_ends >= CLAUSES && count.clauses * 2 >= count.dots && count.dots * 2 >= count.full;
    mostly || by_turns
}

fn dots_after_han(text: &str, dot: char) -> usize {
    let after_han = |at: &usize| text[..*at].chars().next_back().is_some_and(is_han);
    let mut buffer = [0; 4];
    memchr::memmem::find_iter(text.as_bytes(), dot.encode_utf8(&mut buffer)).filter(after_han).count()
}

/// The part of the count that needs a look at every character; few documents get here.
fn count_line(line: &str, dot: char, count: &mut Count) {
    let (mut last, mut comma) = (' ', false);
    for c in line.chars() {
        match c {
            '，' => count.wide_commas += 1,
            ',' if is_han(last) => count.ascii_commas += 1,
            c if c == dot && is_han(last) => count.clauses += usize::from(std::mem::take(&mut comma)),
            _ => {}
        }
        comma |= matches!(c, '，' | ',');
        last = c;
    }
    let body = line.trim_end().trim_end_matches(['"', '”', '’', '\'', '」', '』', ')', '）']);
    count.line_ends += usize::from(body.strip_suffix(dot).is_some_and(ends_like_chinese));
}

/// The last letter or digit of a Chinese clause: 十五元 or 长17 cm, but not "Co., Ltd".
fn ends_like_chinese(body: &str) -> bool {
    body.chars().rev().take(12).any(is_han)
}

/// Ideographs and kana: scripts written without spaces. Hangul is not among them, it has spaces and ASCII stops.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}
