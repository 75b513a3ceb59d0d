//! UTF-8 whose bytes went through a wrong decoder that lost some of them.
//!
//! In: a row of known bytes and holes. Out: the likeliest text. One beam over the row; a hypothesis holds the bytes of
//! the character that is being put together, some of them unknown; when it is whole, the model chooses among the characters
//! that fit.

use super::judge::is_east;
use super::model::{Context, EDGE, Model, NAT};

const WIDTH: usize = 24;
const CHOICES: usize = 10;

/// What one seen character stands for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    bytes: [u8; 2],
    /// Known bytes; none for a hole.
    count: u8,
    /// What stands there.
    seen: char,
}

impl Token {
    pub(super) fn byte(b: u8) -> Token {
        Token { bytes: [b, 0], count: 1, seen: b as char }
    }

    pub(super) fn pair(a: u8, b: u8) -> Token {
        Token { bytes: [a, b], count: 2, seen: '\0' }
    }

    pub(super) fn known(&self) -> &[u8] {
        &self.bytes[..self.count as usize]
    }

    pub(super) fn hole(seen: char) -> Token {
        Token { bytes: [0; 2], count: 0, seen }
    }
}

/// What can have been lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lost {
    /// The bytes windows-1252 does not have.
    Windows,
    /// Any byte above ASCII, one or two at a time.
    Any,
}

impl Lost {
    fn may_be(self, b: u8) -> bool {
        match self {
            Lost::Windows => matches!(b, 0x81 | 0x8D | 0x8F | 0x90 | 0x9D | 0xA0 | 0xAD),
            Lost::Any => b >= 0x80,
        }
    }
}

/// A character being put together: bytes so far (0 is unknown), how many there are, how many it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Part {
    bytes: [u8; 3],
    have: u8,
    need: u8,
}

#[derive(Debug, Clone)]
struct Hypothesis {
    cost: i32,
    context: Context,
    part: Part,
    text: u32,
}

struct Beam<'a> {
    model: &'a Model,
    lost: Lost,
    /// Texts as (text before, character).
    texts: Vec<(u32, char)>,
}

/// The text of `tokens`; nothing when no reading holds together.
pub(super) fn decode(model: &Model, tokens: &[Token], lost: Lost) -> Option<String> {
    let mut beam = Beam { model, lost, texts: vec![(0, '\0')] };
    let mut here = vec![Hypothesis { cost: 0, context: Context::START, part: Part::default(), text: 0 }];
    for token in tokens {
        let mut next = Vec::new();
        for h in &here {
            beam.token(h, *token, &mut next);
        }
        if next.is_empty() {
            return None;
        }
        prune(&mut next);
        here = next;
    }
    let mut ended = Vec::new();
    for h in &here {
        beam.finish(h, &mut ended);
    }
    let best = ended.iter().min_by_key(|h| h.cost + model.step_number(h.context, EDGE).0)?;
    let mut chars = Vec::new();
    let mut at = best.text;
    while at != 0 {
        let (before, c) = beam.texts[at as usize];
        chars.push(c);
        at = before;
    }
    Some(chars.iter().rev().collect())
}

fn prune(here: &mut Vec<Hypothesis>) {
    here.sort_by_key(|h| h.cost);
    let mut kept: Vec<Hypothesis> = Vec::with_capacity(WIDTH);
    for h in here.drain(..) {
        if kept.len() == WIDTH {
            break;
        }
        if !kept.iter().any(|k| k.context == h.context && k.part == h.part) {
            kept.push(h);
        }
    }
    *here = kept;
}

impl Beam<'_> {
    fn token(&mut self, h: &Hypothesis, token: Token, out: &mut Vec<Hypothesis>) {
        if token.count == 0 {
            return self.hole(h, token.seen, out);
        }
        let mut ways = vec![h.clone()];
        // Bytes that vanished without a trace, before this one.
        let mut gone = Vec::new();
        if h.part.have > 0 && h.part.have < h.part.need && !token.bytes[0].is_ascii() {
            let tail = h.part.need - h.part.have;
            for missing in 1..=tail {
                let mut way = h.clone();
                way.cost += i32::from(missing) * 5 * NAT;
                for _ in 0..missing {
                    way.part.bytes[way.part.have as usize] = 0;
                    way.part.have += 1;
                }
                gone.push(way);
            }
        } else if h.part.have > 0 && token.bytes[0].is_ascii() {
            self.finish(h, &mut gone);
        }
        for way in gone {
            if way.part.have > 0 && way.part.have == way.part.need {
                self.whole(&way, &mut ways)
            } else {
                ways.push(way)
            }
        }
        for way in ways {
            let mut from = vec![way];
            for &b in &token.bytes[..token.count as usize] {
                let mut to = Vec::new();
                from.iter().for_each(|h| self.byte(h, b, &mut to));
                from = to;
            }
            out.append(&mut from);
        }
    }

    /// One more byte, 0 for an unknown one.
    fn byte(&mut self, h: &Hypothesis, b: u8, out: &mut Vec<Hypothesis>) {
        let mut h = h.clone();
        if h.part.have == 0 {
            let need = match b {
                1..=0x7F => return out.push(self.say(&h, b as char)),
                0xC2..=0xDF => 2,
                0 | 0xE0..=0xEF => 3,
                _ => return,
            };
            h.part = Part { bytes: [b, 0, 0], have: 1, need };
            return out.push(h);
        }
        if b != 0 && !(0x80..=0xBF).contains(&b) {
            return;
        }
        h.part.bytes[h.part.have as usize] = b;
        h.part.have += 1;
        if h.part.have == h.part.need { self.whole(&h, out) } else { out.push(h) }
    }

    fn hole(&mut self, h: &Hypothesis, seen: char, out: &mut Vec<Hypothesis>) {
        if h.part.have == 0 && seen != '\u{FFFD}' {
            let mut plain = self.say(h, seen);
            plain.cost += 3 * NAT;
            out.push(plain);
        }
        let mut one = Vec::new();
        self.byte(h, 0, &mut one);
        let mut two = Vec::new();
        if self.lost == Lost::Any {
            for way in &one {
                let from = two.len();
                self.byte(way, 0, &mut two);
                two[from..].iter_mut().for_each(|w| w.cost += 3 * NAT);
            }
            // A lone byte that took an ASCII mark along.
            for way in one.clone().iter().filter(|w| w.part.have == 0) {
                for mark in [' ', ',', '1', '.', ')', '('] {
                    let mut way = self.say(way, mark);
                    way.cost += 3 * NAT;
                    two.push(way);
                }
            }
        }
        out.append(&mut one);
        out.append(&mut two);
    }

    /// The row ended, or an ASCII byte follows: what is missing of the last character was lost.
    fn finish(&mut self, h: &Hypothesis, out: &mut Vec<Hypothesis>) {
        if h.part.have == 0 {
            return out.push(h.clone());
        }
        let mut h = h.clone();
        while h.part.have < h.part.need {
            h.part.bytes[h.part.have as usize] = 0;
            h.part.have += 1;
            h.cost += 3 * NAT;
        }
        self.whole(&h, out);
    }

    fn say(&mut self, h: &Hypothesis, c: char) -> Hypothesis {
        let (cost, context) = self.model.step(h.context, c);
        self.texts.push((h.text, c));
        Hypothesis { cost: h.cost + cost, context, part: Part::default(), text: self.texts.len() as u32 - 1 }
    }

    /// The part is whole: every character that fits it, the likeliest first.
    fn whole(&mut self, h: &Hypothesis, out: &mut Vec<Hypothesis>) {
        let mut fits: Vec<(i32, char)> = Vec::new();
        let bytes = h.part.bytes;
        if h.part.need == 2 {
            for second in self.options(bytes[1], 0x80, 0xBF) {
                let code = u32::from(bytes[0] & 0x1F) << 6 | u32::from(second & 0x3F);
                self.fit(h, code, &mut fits);
            }
        } else {
            for first in self.leads(bytes[0]) {
                for second in self.options(bytes[1], 0x80, 0xBF) {
                    for third in self.options(bytes[2], 0x80, 0xBF) {
                        let code =
                            u32::from(first & 0x0F) << 12 | u32::from(second & 0x3F) << 6 | u32::from(third & 0x3F);
                        self.fit(h, code, &mut fits);
                    }
                }
            }
        }
        fits.sort_unstable();
        fits.truncate(CHOICES);
        for (_, c) in fits {
            let said = self.say(h, c);
            out.push(said);
        }
    }

    fn fit(&self, h: &Hypothesis, code: u32, fits: &mut Vec<(i32, char)>) {
        let Some(c) = char::from_u32(code).filter(|_| code >= 0x80) else { return };
        let guessed = h.part.bytes[..h.part.need as usize].contains(&0);
        if guessed && !(self.model.knows(c) && (is_east(c) || code >= 0x2010 || code == 0xB7)) {
            return;
        }
        fits.push((self.model.step(h.context, c).0, c));
    }

    fn leads(&self, known: u8) -> Vec<u8> {
        match known {
            0 if self.lost == Lost::Any => vec![0xE2, 0xE3, 0xE4, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9, 0xEF],
            0 => Vec::new(),
            b => vec![b],
        }
    }

    fn options(&self, known: u8, from: u8, to: u8) -> Vec<u8> {
        if known != 0 { vec![known] } else { (from..=to).filter(|&b| self.lost.may_be(b)).collect() }
    }
}
