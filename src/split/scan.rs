//! One line of text as marks: everything that may end a sentence, open or close something.
//!
//! In: a text and where a line begins. Out: the marks of that line and where it ends. What a mark means is decided later;
//! here bytes are looked at once. Chinese text is mostly three-byte characters whose first byte already says "no mark"
//! (E4–E9), so the walk goes from character to character by a table of lengths.

/// What a mark is. Quotes and brackets carry their [`Pair`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// 。！？｡⁇⁈⁉‼ and the stops of other scripts: ؟ ۔ ։ । ። ။ ។ ๛, and ; of Greek.
    Full,
    /// ASCII `?` and `!`.
    Mark,
    /// ASCII `.`.
    Dot,
    /// ．, the full-width dot.
    WideDot,
    /// … ‥ ⋯
    Ellipsis,
    /// Two or more of ~ ～ 〜.
    Wave,
    /// A dash right before a closing quote: speech that breaks off.
    Dash,
    /// ； and `;`
    Semicolon,
    Open(Pair),
    Close(Pair),
    /// `"` and ＂: the pairing decides which end it is.
    Straight,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pair {
    Double,
    Single,
    Corner,
    WhiteCorner,
    Vertical,
    WhiteVertical,
    Straight,
    Title,
    Angle,
    Round,
    Square,
    Shell,
    Lenticular,
    WhiteLenticular,
}

impl Pair {
    pub(super) fn is_quote(self) -> bool {
        use Pair::*;
        matches!(self, Double | Single | Corner | WhiteCorner | Vertical | WhiteVertical | Straight)
    }

    pub(super) fn is_title(self) -> bool {
        matches!(self, Pair::Title | Pair::Angle)
    }
}

/// Byte positions are relative to the line. A run of one stop character is one mark, so that ten million stops are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    pub at: u32,
    pub end: u32,
    pub sign: Sign,
}

impl Mark {
    pub(super) fn start(&self) -> usize {
        self.at as usize
    }

    pub(super) fn stop(&self) -> usize {
        self.end as usize
    }
}

/// Positions are `u32`; a line longer than this is taken as several.
const LONGEST_LINE: usize = u32::MAX as usize - 8;

/// Length of a character by its first byte; 0 where a closer look is needed.
const STEP: [u8; 256] = {
    let mut step = [1; 256];
    let mut byte = 0xC0;
    while byte < 256 {
        step[byte] = match byte {
            0xC2 | 0xCD | 0xD6 | 0xD8 | 0xDB | 0xE0..=0xE3 | 0xEF => 0,
            0xC0..=0xDF => 2,
            0xE0..=0xEF => 3,
            _ => 4,
        };
        byte += 1;
    }
    let special = b"\n\r\x0b\x0c.!?\"()[];~";
    let mut i = 0;
    while i < special.len() {
        step[special[i] as usize] = 0;
        i += 1;
    }
    step
};

/// What a character that needs a closer look turns out to be.
enum Found {
    Nothing(usize),
    LineEnd(usize),
    Sign(Sign, usize),
}

/// Collects the marks of the line that begins at `from`; gives the line's end and the beginning of the next one.
pub(super) fn scan(text: &str, from: usize, marks: &mut Vec<Mark>) -> (usize, usize) {
    let bytes = &text.as_bytes()[from..];
    let bytes = &bytes[..bytes.len().min(LONGEST_LINE)];
    marks.clear();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let step = STEP[byte as usize];
        if step != 0 {
            at += step as usize;
            continue;
        }
        match look(byte, bytes, at) {
            Found::Nothing(length) => at += length,
            Found::LineEnd(length) => return (from + at, from + at + length),
            Found::Sign(sign, length) => {
                push(marks, sign, at, at + length);
                at += length;
            }
        }
    }
    let mut end = (from + at).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    (end, end)
}

/// Where the white space that begins at `at` ends. Most stops have a letter or an ideograph behind them, which the first
/// byte shows: no white space begins with E4 or more, or with a printable ASCII byte.
pub(super) fn skip_white(text: &str, at: usize) -> usize {
    match text.as_bytes().get(at) {
        None | Some(0x21..=0x7E | 0xE4..) => at,
        Some(_) => text.len() - text[at..].trim_start().len(),
    }
}

/// Adds a mark; the same stop again only lengthens the last one.
fn push(marks: &mut Vec<Mark>, sign: Sign, at: usize, end: usize) {
    if let Some(last) = marks.last_mut() {
        let stop = !matches!(sign, Sign::Open(_) | Sign::Close(_) | Sign::Straight);
        if stop && last.sign == sign && last.stop() == at {
            last.end = end as u32;
            return;
        }
    }
    marks.push(Mark { at: at as u32, end: end as u32, sign });
}

#[inline]
fn look(byte: u8, bytes: &[u8], at: usize) -> Found {
    let second = bytes.get(at + 1).copied().unwrap_or(0);
    let third = bytes.get(at + 2).copied().unwrap_or(0);
    match byte {
        0xE3 => ideographic(second, third, bytes, at),
        0xEF => wide(second, third, bytes, at),
        0xE2 => general(second, third, bytes, at),
        0xC2 if second == 0x85 => Found::LineEnd(2),
        0xC2 => Found::Nothing(2),
        0xCD | 0xD6 | 0xD8 | 0xDB => match [byte, second] {
            [0xCD, 0xBE] | [0xD6, 0x89] | [0xD8, 0x9F] | [0xDB, 0x94] => Found::Sign(Sign::Full, 2),
            _ => Found::Nothing(2),
        },
        0xE0 | 0xE1 => match [byte, second, third] {
            // । ॥ ๛ ။ ። ፧ ។ ៕
            [0xE0, 0xA5, 0xA4 | 0xA5]
            | [0xE0, 0xB9, 0x9B]
            | [0xE1, 0x81, 0x8B]
            | [0xE1, 0x8D, 0xA2 | 0xA7]
            | [0xE1, 0x9F, 0x94 | 0x95] => Found::Sign(Sign::Full, 3),
            _ => Found::Nothing(3),
        },
        _ => ascii(byte, bytes, at),
    }
}

fn ascii(byte: u8, bytes: &[u8], at: usize) -> Found {
    let sign = match byte {
        b'.' => Sign::Dot,
        b'!' | b'?' => Sign::Mark,
        b'"' => Sign::Straight,
        b'(' => Sign::Open(Pair::Round),
        b')' => Sign::Close(Pair::Round),
        b'[' => Sign::Open(Pair::Square),
        b']' => Sign::Close(Pair::Square),
        b';' if is_greek(&bytes[..at]) => Sign::Full,
        b';' => Sign::Semicolon,
        b'~' => return wave(bytes, at, 1),
        _ => return Found::LineEnd(1),
    };
    Found::Sign(sign, 1)
}

/// A word of Greek ends here: there ";" is the question mark. One letter alone is mathematics (α; β).
fn is_greek(before: &[u8]) -> bool {
    let text =
        |from: usize| before.get(before.len().saturating_sub(from)..).and_then(|tail| std::str::from_utf8(tail).ok());
    let letter = |c: char| matches!(c, '\u{370}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFF}');
    // Two letters are four to six bytes.
    (4..=6).filter_map(text).any(|tail| tail.chars().count() == 2 && tail.chars().all(letter))
}

/// E3 …: 、。《》「」 and the kana.
#[inline]
fn ideographic(second: u8, third: u8, bytes: &[u8], at: usize) -> Found {
    if second != 0x80 {
        return Found::Nothing(3);
    }
    let sign = match third {
        0x82 => Sign::Full,
        0x88 => Sign::Open(Pair::Angle),
        0x89 => Sign::Close(Pair::Angle),
        0x8A => Sign::Open(Pair::Title),
        0x8B => Sign::Close(Pair::Title),
        0x8C => Sign::Open(Pair::Corner),
        0x8D => Sign::Close(Pair::Corner),
        0x8E => Sign::Open(Pair::WhiteCorner),
        0x8F => Sign::Close(Pair::WhiteCorner),
        0x90 => Sign::Open(Pair::Lenticular),
        0x91 => Sign::Close(Pair::Lenticular),
        0x94 => Sign::Open(Pair::Shell),
        0x95 => Sign::Close(Pair::Shell),
        0x96 => Sign::Open(Pair::WhiteLenticular),
        0x97 => Sign::Close(Pair::WhiteLenticular),
        0x9C => return wave(bytes, at, 3),
        _ => return Found::Nothing(3),
    };
    Found::Sign(sign, 3)
}

/// EF …: ，！？（） and the half-width and vertical forms.
#[inline]
fn wide(second: u8, third: u8, bytes: &[u8], at: usize) -> Found {
    let sign = match (second, third) {
        (0xBC, 0x8C) => return Found::Nothing(3),
        (0xBC, 0x81 | 0x9F) | (0xBD, 0xA1) => Sign::Full,
        (0xBC, 0x82) => Sign::Straight,
        (0xBC, 0x88) => Sign::Open(Pair::Round),
        (0xBC, 0x89) => Sign::Close(Pair::Round),
        (0xBC, 0x8E) => Sign::WideDot,
        (0xBC, 0x9B) => Sign::Semicolon,
        (0xBC, 0xBB) => Sign::Open(Pair::Square),
        (0xBC, 0xBD) => Sign::Close(Pair::Square),
        (0xBD, 0x9E) => return wave(bytes, at, 3),
        (0xBD, 0xA2) => Sign::Open(Pair::Corner),
        (0xBD, 0xA3) => Sign::Close(Pair::Corner),
        (0xB9, 0x81) => Sign::Open(Pair::Vertical),
        (0xB9, 0x82) => Sign::Close(Pair::Vertical),
        (0xB9, 0x83) => Sign::Open(Pair::WhiteVertical),
        (0xB9, 0x84) => Sign::Close(Pair::WhiteVertical),
        _ => return Found::Nothing(3),
    };
    Found::Sign(sign, 3)
}

/// E2 …: curly quotes, dots, dashes.
#[inline]
fn general(second: u8, third: u8, bytes: &[u8], at: usize) -> Found {
    let sign = match (second, third) {
        (0x80, 0x9C) => Sign::Open(Pair::Double),
        (0x80, 0x9D) => Sign::Close(Pair::Double),
        (0x80, 0x98) => Sign::Open(Pair::Single),
        (0x80, 0x99) if is_apostrophe(bytes, at) => return Found::Nothing(3),
        (0x80, 0x99) => Sign::Close(Pair::Single),
        (0x80, 0xA5 | 0xA6) | (0x8B, 0xAF) => Sign::Ellipsis,
        (0x80, 0xBC) | (0x81, 0x87..=0x89) => Sign::Full,
        (0x80, 0x94 | 0x95) | (0x94, 0x80) if closes(&bytes[at + 3..]) => Sign::Dash,
        (0x80, 0xA8 | 0xA9) => return Found::LineEnd(3),
        _ => return Found::Nothing(3),
    };
    Found::Sign(sign, 3)
}

/// ’ between two letters is an apostrophe (don’t), not a quote.
fn is_apostrophe(bytes: &[u8], at: usize) -> bool {
    let before = at.checked_sub(1).is_some_and(|i| bytes[i].is_ascii_alphanumeric());
    before && bytes.get(at + 3).is_some_and(u8::is_ascii_alphanumeric)
}

fn closes(rest: &[u8]) -> bool {
    ["”", "’", "」", "』", "\""].iter().any(|closer| rest.starts_with(closer.as_bytes()))
}

/// One tilde is a range or a tone of voice (3~5 天, 好吧~); two or more end a sentence softly.
fn wave(bytes: &[u8], at: usize, length: usize) -> Found {
    let tilde = &bytes[at..at + length];
    let before = at >= length && &bytes[at - length..at] == tilde;
    if before || bytes[at + length..].starts_with(tilde) {
        Found::Sign(Sign::Wave, length)
    } else {
        Found::Nothing(length)
    }
}
