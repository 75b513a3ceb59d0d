//! A line as bytes: what each character costs as it stands, and what the characters one byte out of step cost.

use crate::repair::gbk;
use crate::repair::judge::is_kana;
use crate::repair::model::{Context, EDGE, Model, NAT};

/// No character costs more, or one rare name would decide.
pub(super) const MOST: i32 = 14 * NAT;

/// What a character of the line is in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    Pair(u8, u8),
    Single(u8),
    /// A mark of the decoder: "?" or U+FFFD.
    Hole,
    /// No character of GBK.
    Other,
}

/// How a stretch ends that is out of step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Close {
    /// With the lost character.
    None,
    /// A pair has ASCII as its second byte: that stands behind the last character.
    Ascii(char),
    /// The last character, whose second byte stands there by itself.
    Known(char),
    /// Of the last character the first byte is known, the second was shown as a mark.
    Hole(u8),
    /// The same, and nothing is shown.
    Dropped(u8),
}

impl Close {
    /// The last character, if it is known.
    pub(super) fn known(self) -> Option<char> {
        match self {
            Close::Ascii(c) | Close::Known(c) => Some(c),
            Close::None | Close::Hole(_) | Close::Dropped(_) => None,
        }
    }
}

pub(super) struct Reading<'a> {
    pub model: &'a Model,
    pub line: &'a [char],
    /// Whether the line ends here.
    pub ended: bool,
    pub tokens: Vec<Token>,
    /// What stands before each character costs so much, and is this context.
    sums: Vec<i32>,
    pub contexts: Vec<Context>,
    /// The character whose second byte is the first one of the character here; NUL where there is none.
    pub shifted: Vec<char>,
    shifted_sums: Vec<i32>,
    /// Where a stretch ends that is out of step here, and how; nothing where it cannot.
    pub ends: Vec<(usize, Option<Close>)>,
    /// The best place before that to be in step again without a mark.
    pub drops: Vec<usize>,
}

impl<'a> Reading<'a> {
    pub(super) fn of(model: &'a Model, line: &'a [char], ended: bool) -> Reading<'a> {
        let tokens: Vec<Token> = line.iter().map(|&c| token(c)).collect();
        let count = line.len();
        let (mut sums, mut contexts) = (Vec::with_capacity(count + 1), Vec::with_capacity(count + 1));
        let (mut sum, mut context) = (0, Context::START);
        let mut before = ' ';
        for &c in line {
            sums.push(sum);
            contexts.push(context);
            let (cost, after) = model.step(context, c);
            sum += match c == before {
                true => cost.min(NAT),
                false if is_kana(c) && is_kana(before) => 4 * NAT,
                false => seen(c, cost),
            };
            (context, before) = (after, c);
        }
        sums.push(sum);
        contexts.push(context);
        let mut reading = Reading {
            model,
            line,
            ended,
            tokens,
            sums,
            contexts,
            shifted: vec!['\0'; count],
            shifted_sums: Vec::with_capacity(count + 1),
            ends: vec![(count, None); count],
            drops: vec![0; count],
        };
        reading.shift();
        reading.close();
        reading
    }

    fn shift(&mut self) {
        let (mut sum, mut context) = (0, Context::START);
        for at in 0..self.line.len() {
            self.shifted_sums.push(sum);
            if at > 0
                && let (Token::Pair(_, first), Token::Pair(second, _)) = (self.tokens[at - 1], self.tokens[at])
            {
                self.shifted[at] = gbk::char_of(first, second).unwrap_or('\0');
            }
            let (cost, after) = match self.shifted[at] {
                '\0' => (0, Context::START),
                c => self.model.step(context, c),
            };
            sum += cost.min(MOST);
            context = after;
        }
        self.shifted_sums.push(sum);
    }

    fn close(&mut self) {
        // What the line costs less in step than out of step, from the best place to be in step again.
        let mut best = (i32::MIN, 0);
        for at in (0..self.line.len()).rev() {
            let Token::Pair(_, first) = self.tokens[at] else {
                best = (i32::MIN, 0);
                continue;
            };
            let next = at + 1;
            self.ends[at] = match self.tokens.get(next) {
                Some(&Token::Pair(_, second)) if self.shifted[next] != '\0' => match second {
                    0..0x80 => (next, Some(Close::Ascii(second as char))),
                    0x80 | 0xFF => (next, None),
                    _ => self.ends[next],
                },
                Some(Token::Pair(..)) => (next, None),
                Some(&Token::Single(second)) if second >= 0x40 => (next, gbk::char_of(first, second).map(Close::Known)),
                Some(Token::Hole) => (next, Some(Close::Hole(first))),
                None if !self.ended => (next, None),
                _ => (next, Some(Close::Dropped(first))),
            };
            if let Some(Token::Pair(..)) = self.tokens.get(next) {
                let value = self.sums[next] - self.shifted_sums[next];
                if self.shifted[next] == '\0' {
                    best = (i32::MIN, 0);
                }
                if value > best.0 {
                    best = (value, next);
                }
                self.drops[at] = best.1;
            } else {
                best = (i32::MIN, 0);
            }
        }
    }

    /// What the characters cost as they stand.
    pub(super) fn in_step(&self, from: usize, to: usize) -> i32 {
        self.sums[to] - self.sums[from]
    }

    /// What the characters cost that end in the first bytes of these.
    pub(super) fn out_of_step(&self, from: usize, to: usize) -> i32 {
        if to > from { self.shifted_sums[to] - self.shifted_sums[from] } else { 0 }
    }

    /// What the end of the line costs.
    pub(super) fn edge(&self, context: Context) -> i32 {
        self.model.step_number(context, EDGE).0
    }
}

/// What a character that stands there costs.
pub(super) fn seen(c: char, cost: i32) -> i32 {
    match c {
        '\u{FFFD}' | '\u{80}'..='\u{9F}' | '\u{E000}'..='\u{F8FF}' => 16 * NAT,
        _ => cost.min(MOST),
    }
}

fn token(c: char) -> Token {
    match c {
        '?' | '\u{FFFD}' => Token::Hole,
        '€' => Token::Single(0x80),
        // A column of a table: 元素|產品 is no 質.
        '|' => Token::Other,
        _ if c.is_ascii() => Token::Single(c as u8),
        _ => gbk::wide_pair_of(c).map_or(Token::Other, |(a, b)| Token::Pair(a, b)),
    }
}
