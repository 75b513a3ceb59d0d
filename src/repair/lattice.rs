//! UTF-8 whose bytes went through a wrong decoder that lost some of them.
//!
//! In: a row of known bytes and holes. Out: the likeliest text. One beam over the row; a hypothesis holds the bytes of
//! the character that is being put together, some of them unknown; when it is whole, the model chooses among the characters
//! that fit.

use super::gbk;
use super::judge::is_east;
use super::model::{Context, EDGE, Model, NAT, Spelling};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Hypotheses kept at each place, and how far (in model units) behind the best they may fall.
const WIDTH: usize = 24;
const DEPTH: i32 = 12 * NAT;

/// The same where bytes went without a trace, as windows-1252 loses them: that costs much each time, and is right each time.
const WIDTH_WINDOWS: usize = 48;
const DEPTH_WINDOWS: i32 = 30 * NAT;

/// Characters tried for each part.
const CHOICES: usize = 10;

/// Of the thousands of characters that fit two unknown bytes, so many are tried.
const COMMONEST: usize = 120;

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

    /// A place where bytes were lost; `seen` stands there.
    pub(super) fn hole(seen: char) -> Token {
        Token { bytes: [0; 2], count: 0, seen }
    }
}

/// Which decoder lost the bytes; it loses only what it cannot read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Lost {
    /// windows-1252: five bytes, and what looks like a space.
    Windows,
    /// GBK: a first byte alone, or a pair that is no character.
    Gbk,
    /// Shift_JIS: likewise.
    Jis,
}

/// Pairs Shift_JIS does not have, by first and second byte.
static JIS: LazyLock<Vec<bool>> = LazyLock::new(|| {
    let mut gaps = vec![false; 0x10000];
    for a in 0x81..=0xFCu8 {
        for b in (0x80..=0xFFu8).filter(|_| !(0xA0..=0xDF).contains(&a)) {
            gaps[usize::from(a) << 8 | usize::from(b)] = encoding_rs::SHIFT_JIS.decode_without_bom_handling(&[a, b]).1;
        }
    }
    gaps
});

impl Lost {
    /// Whether a byte above ASCII can be lost by itself before `next` (0: the end, or ASCII).
    fn alone(self, b: u8, next: u8) -> bool {
        match self {
            Lost::Windows => matches!(b, 0x81 | 0x8D | 0x8F | 0x90 | 0x9D | 0xA0 | 0xAD),
            Lost::Gbk => next < 0x80 || b == 0x80 || gbk::char_of(b, next).is_none(),
            Lost::Jis => b == 0xA0 || next < 0x80 || self.pair(b, next),
        }
    }

    /// Whether a pair can be lost.
    fn pair(self, a: u8, b: u8) -> bool {
        match self {
            Lost::Windows => false,
            Lost::Gbk => a > 0x80 && gbk::char_of(a, b).is_none(),
            Lost::Jis => JIS[usize::from(a) << 8 | usize::from(b)],
        }
    }

    /// Whether some pair that begins so, with the first byte of a character behind it, can be lost.
    fn begins(self, a: u8) -> bool {
        (0xE2..=0xEF).any(|b| self.pair(a, b))
    }
}

/// What is known of one byte of a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
enum Slot {
    #[default]
    Empty,
    Known(u8),
    /// Lost by itself, before this byte.
    Alone(u8),
    /// The halves of a lost pair.
    First,
    Second,
    /// Gone without a trace.
    Gone,
}

impl Slot {
    fn guessed(self) -> bool {
        !matches!(self, Slot::Known(_))
    }
}

/// A character being put together: its bytes so far, how many there are, how many it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
struct Part {
    bytes: [Slot; 3],
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

/// The characters that fit each part, found once for a document.
#[derive(Debug, Default)]
pub(super) struct Known(HashMap<(Lost, Part), Vec<Fitting>>);

/// Parts remembered before all are forgotten: a text of many kinds of damage shall not fill the memory.
const REMEMBERED: usize = 1 << 14;

/// A character that fits, with what the model calls it.
#[derive(Debug, Clone, Copy)]
struct Fitting {
    c: char,
    number: u16,
    spelling: Spelling,
}

struct Beam<'a> {
    model: &'a Model,
    lost: Lost,
    /// Above zero for Traditional text, below for Simplified.
    script: i32,
    known: &'a mut Known,
    /// Texts as (text before, character).
    texts: Vec<(u32, char)>,
}

/// The text of `tokens`; nothing when no reading holds together. Read twice: the first reading tells the script, and the
/// second guesses in that script alone.
pub(super) fn decode(model: &Model, known: &mut Known, tokens: &[Token], lost: Lost) -> Option<String> {
    let first = read(model, known, tokens, lost, 0)?;
    let count = |wanted| first.chars().filter(|&c| model.spelling(c) == wanted).count() as i32;
    match count(Spelling::Converted) - count(Spelling::Simplified) {
        0 => Some(first),
        script => read(model, known, tokens, lost, script),
    }
}

fn read(model: &Model, known: &mut Known, tokens: &[Token], lost: Lost, script: i32) -> Option<String> {
    let mut beam = Beam { model, lost, script, known, texts: vec![(0, '\0')] };
    let mut here = vec![Hypothesis { cost: 0, context: Context::START, part: Part::default(), text: 0 }];
    for (at, token) in tokens.iter().enumerate() {
        let mut next = Vec::new();
        let behind = tokens.get(at + 1).and_then(|t| t.known().first()).copied().unwrap_or(0);
        for h in &here {
            beam.token(h, *token, behind, &mut next);
        }
        if next.is_empty() {
            return None;
        }
        prune(&mut next, lost);
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

fn prune(here: &mut Vec<Hypothesis>, lost: Lost) {
    let (width, depth) = if lost == Lost::Windows { (WIDTH_WINDOWS, DEPTH_WINDOWS) } else { (WIDTH, DEPTH) };
    here.sort_by_key(|h| h.cost);
    let most = here.first().map_or(0, |h| h.cost + depth);
    let mut kept: Vec<Hypothesis> = Vec::with_capacity(width);
    for h in here.drain(..) {
        if kept.len() == width || h.cost > most {
            break;
        }
        if !kept.iter().any(|k| k.context == h.context && k.part == h.part) {
            kept.push(h);
        }
    }
    *here = kept;
}

impl Beam<'_> {
    /// Takes one token; `behind` is the byte after it, 0 when that is not known.
    fn token(&mut self, h: &Hypothesis, token: Token, behind: u8, out: &mut Vec<Hypothesis>) {
        if token.count == 0 {
            return self.hole(h, token.seen, behind, out);
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
                    way.part.bytes[way.part.have as usize] = Slot::Gone;
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
                from.iter().for_each(|h| self.byte(h, Slot::Known(b), &mut to));
                from = to;
            }
            out.append(&mut from);
        }
    }

    /// One more byte.
    fn byte(&mut self, h: &Hypothesis, slot: Slot, out: &mut Vec<Hypothesis>) {
        let mut h = h.clone();
        if h.part.have == 0 {
            let need = match slot {
                Slot::Known(b) if b < 0x80 => return out.push(self.say(&h, b as char)),
                Slot::Known(0xC2..=0xDF) => 2,
                Slot::Known(0xE0..=0xEF) => 3,
                Slot::Known(_) => return,
                _ => 3,
            };
            h.part = Part { bytes: [slot, Slot::Empty, Slot::Empty], have: 1, need };
            return out.push(h);
        }
        if matches!(slot, Slot::Known(b) if !(0x80..=0xBF).contains(&b)) {
            return;
        }
        h.part.bytes[h.part.have as usize] = slot;
        h.part.have += 1;
        if h.part.have == h.part.need { self.whole(&h, out) } else { out.push(h) }
    }

    fn hole(&mut self, h: &Hypothesis, seen: char, behind: u8, out: &mut Vec<Hypothesis>) {
        if h.part.have == 0 && seen != '\u{FFFD}' {
            let mut plain = self.say(h, seen);
            plain.cost += 3 * NAT;
            out.push(plain);
        }
        let mut one = Vec::new();
        self.byte(h, Slot::Alone(behind), &mut one);
        if self.lost != Lost::Windows {
            let mut first = Vec::new();
            self.byte(h, Slot::First, &mut first);
            first.iter().for_each(|way| self.byte(way, Slot::Second, out));
            // A lone byte that took an ASCII mark along.
            for way in one.clone().iter().filter(|w| w.part.have == 0) {
                for mark in [' ', ',', '1', '.', ')', '('] {
                    let mut way = self.say(way, mark);
                    way.cost += 4 * NAT;
                    out.push(way);
                }
            }
        }
        out.append(&mut one);
    }

    /// The row ended, or an ASCII byte follows: what is missing of the last character was lost.
    fn finish(&mut self, h: &Hypothesis, out: &mut Vec<Hypothesis>) {
        if h.part.have == 0 {
            return out.push(h.clone());
        }
        let mut h = h.clone();
        while h.part.have < h.part.need {
            h.part.bytes[h.part.have as usize] = Slot::Gone;
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
        let part = h.part;
        let guessed = part.bytes[..part.need as usize].iter().any(|s| s.guessed());
        let key = (self.lost, part);
        if !self.known.0.contains_key(&key) {
            let named = |c| Fitting { c, number: self.model.number(c), spelling: self.model.spelling(c) };
            let list = self.candidates(part).into_iter().map(named).collect();
            if self.known.0.len() == REMEMBERED {
                self.known.0.clear();
            }
            self.known.0.insert(key, list);
        }
        let mut fits: Vec<(i32, char, Context)> = Vec::new();
        for fitting in self.known.0.get(&key).into_iter().flatten() {
            let odd = if guessed { self.odd(*fitting) } else { 0 };
            let (cost, context) = self.model.step_number(h.context, fitting.number);
            fits.push((cost + odd, fitting.c, context));
        }
        if fits.len() > CHOICES {
            fits.select_nth_unstable_by_key(CHOICES, |f| (f.0, f.1));
            fits.truncate(CHOICES);
        }
        fits.sort_unstable_by_key(|f| (f.0, f.1));
        for (cost, c, context) in fits {
            self.texts.push((h.text, c));
            let text = self.texts.len() as u32 - 1;
            out.push(Hypothesis { cost: h.cost + cost, context, part: Part::default(), text });
        }
    }

    /// The characters that fit a part; where much is unknown, the commonest of them.
    fn candidates(&self, part: Part) -> Vec<char> {
        let slots = part.bytes;
        let guesses = slots[..part.need as usize].iter().filter(|s| s.guessed()).count();
        let mut codes: Vec<u32> = Vec::new();
        if let (2, Slot::Known(first)) = (part.need, slots[0]) {
            let seconds = self.options(slots[1]);
            codes.extend(seconds.iter().map(|&b| u32::from(first & 0x1F) << 6 | u32::from(b & 0x3F)));
        }
        let (firsts, seconds, thirds) = match part.need {
            3 => (self.leads(slots[0]), self.options(slots[1]), self.options(slots[2])),
            _ => Default::default(),
        };
        let halves = |at: usize| slots[at] == Slot::First && slots[at + 1] == Slot::Second;
        for &first in &firsts {
            for &second in seconds.iter().filter(|&&b| !halves(0) || self.lost.pair(first, b)) {
                let thirds = thirds.iter().filter(|&&b| !halves(1) || self.lost.pair(second, b));
                let high = u32::from(first & 0x0F) << 12 | u32::from(second & 0x3F) << 6;
                codes.extend(thirds.map(|&b| high | u32::from(b & 0x3F)));
            }
        }
        let usable = |c: &char| {
            let code = *c as u32;
            let written = self.model.knows(*c) && (is_east(*c) || code >= 0x2010 || code == 0xB7);
            code >= 0x80 && (guesses == 0 || written)
        };
        let mut found: Vec<char> = codes.into_iter().filter_map(char::from_u32).filter(usable).collect();
        if guesses > 1 {
            found.sort_by_cached_key(|&c| self.model.alone(c));
            found.truncate(COMMONEST);
        }
        found
    }

    /// What makes a character a poor guess: the other script, a quotation mark of the other style.
    fn odd(&self, fitting: Fitting) -> i32 {
        match fitting.spelling {
            Spelling::Variant => 2 * NAT,
            Spelling::Simplified if self.script > 0 => 5 * NAT,
            Spelling::Converted if self.script < 0 => 5 * NAT,
            // The model knows them as ASCII, behind which they cost nothing: ，2009 became ０2009.
            _ if matches!(fitting.c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ') => 8 * NAT,
            _ if matches!(fitting.c, '」' | '』' | '「' | '『') && self.script <= 0 => 4 * NAT,
            _ => 0,
        }
    }

    fn leads(&self, slot: Slot) -> Vec<u8> {
        const LEADS: [u8; 9] = [0xE2, 0xE3, 0xE4, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9, 0xEF];
        let fits = |b: &u8| match slot {
            Slot::Alone(next) => self.lost.alone(*b, next),
            Slot::First | Slot::Second => true,
            _ => false,
        };
        match slot {
            Slot::Known(b) => vec![b],
            _ => LEADS.into_iter().filter(fits).collect(),
        }
    }

    fn options(&self, slot: Slot) -> Vec<u8> {
        let fits = |b: &u8| match slot {
            Slot::Alone(next) => self.lost.alone(*b, next),
            Slot::First => self.lost.begins(*b) || (0x80..=0xBF).any(|c| self.lost.pair(*b, c)),
            Slot::Gone => self.lost != Lost::Windows || self.lost.alone(*b, 0),
            _ => true,
        };
        match slot {
            Slot::Known(b) => vec![b],
            _ => (0x80..=0xBF).filter(fits).collect(),
        }
    }
}
