//! UTF-8 whose bytes went through a wrong decoder that lost some of them.
//!
//! In: a row of known bytes and holes. Out: the likeliest text. Where all bytes of a character are there, it is settled; between such,
//! the ways to read what is left are found by form alone (`chunk`, `part`; what a decoder can lose is in `lost`), and one beam over
//! the row lets the model choose. With one hypothesis left, sound stretches cost nothing.

mod chunk;
mod lost;
mod part;

pub(super) use chunk::Known;
pub(super) use lost::Lost;

use lost::Style;

use super::model::{Context, EDGE, Model, NAT, Spelling};
use chunk::{Piece, Unit};
use part::Fitting;

/// Hypotheses kept at each place, and how far (in model units) behind the best they may fall.
const WIDTH: usize = 24;
const DEPTH: i32 = 12 * NAT;

/// Characters tried for each part.
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
        &self.bytes[..usize::from(self.count)]
    }

    /// A place where bytes were lost; `seen` stands there.
    pub(super) fn hole(seen: char) -> Token {
        Token { bytes: [0; 2], count: 0, seen }
    }

    fn units(self) -> impl Iterator<Item = Unit> {
        let [a, b] = self.bytes;
        let (first, second) = match self.count {
            0 => (Unit::Hole(self.seen), None),
            1 => (Unit::Byte(a), None),
            _ => (Unit::Byte(a), Some(Unit::Inner(b))),
        };
        [Some(first), second].into_iter().flatten()
    }
}

#[derive(Debug, Clone, Copy)]
struct Hypothesis {
    cost: i32,
    context: Context,
    text: u32,
}

struct Beam<'a> {
    model: &'a Model,
    /// Above zero for Traditional text, below for Simplified.
    script: i32,
    here: Vec<Hypothesis>,
    next: Vec<Hypothesis>,
    fits: Vec<(i32, char, Context)>,
    /// Texts as (text before, character); the first is none.
    texts: Vec<(u32, char)>,
    /// What is settled.
    out: String,
}

/// Whether a row is UTF-8 by its form: of its bytes above ASCII, six of ten stand in whole characters of three.
pub(super) fn is_utf8(tokens: &[Token]) -> bool {
    let (mut whole, mut all, mut run) = (0, 0, 0u8);
    for &b in tokens.iter().flat_map(|token| if token.count == 0 { &[0u8] } else { token.known() }) {
        run = match b {
            0xE2..=0xEF => 1,
            0x80..=0xBF if run > 0 => run + 1,
            _ => 0,
        };
        if run == 3 {
            (whole, run) = (whole + 3, 0);
        }
        all += usize::from(b >= 0x80);
    }
    whole >= 9 && whole * 10 >= all * 6
}

/// The text of `tokens`; nothing when no reading holds together.
pub(super) fn decode(model: &Model, known: &mut Known, tokens: &[Token], lost: Lost) -> Option<String> {
    let mut units = Vec::with_capacity(tokens.len() * 2 + 1);
    units.extend(tokens.iter().flat_map(|token| token.units()));
    let mut beam = Beam {
        model,
        script: script(model, &units),
        here: vec![Hypothesis { cost: 0, context: Context::START, text: 0 }],
        next: Vec::new(),
        fits: Vec::new(),
        texts: vec![(0, '\0')],
        out: String::with_capacity(units.len()),
    };
    let how = (lost, style(&units));
    let mut rest = units.as_slice();
    while !rest.is_empty() {
        let (chunk, behind) = rest.split_at(length(rest));
        if let Some(c) = whole(chunk) {
            beam.settled(c);
        } else {
            let next = behind.first().and_then(|unit| unit.known()).unwrap_or(0);
            let number = known.number(model, how, chunk, next);
            beam.unsettled(known, number);
            if beam.here.is_empty() {
                return None;
            }
        }
        rest = behind;
    }
    let best = *beam.here.iter().min_by_key(|h| h.cost + model.step_number(h.context, EDGE).0)?;
    beam.write(best);
    Some(beam.out)
}

/// Which script the settled characters are written in: above zero Traditional, below Simplified.
fn script(model: &Model, units: &[Unit]) -> i32 {
    let (mut sum, mut rest) = (0, units);
    while !rest.is_empty() {
        let (chunk, behind) = rest.split_at(length(rest));
        sum += match whole(chunk).map(|c| model.spelling(c)) {
            Some(Spelling::Converted) => 1,
            Some(Spelling::Simplified) => -1,
            _ => 0,
        };
        rest = behind;
    }
    sum
}

/// How the decoder marks: told by the characters with one mark between known bytes that leave no choice.
fn style(units: &[Unit]) -> Style {
    let (mut single, mut pair, mut rest) = (0, 0, units);
    while !rest.is_empty() {
        let (chunk, behind) = rest.split_at(length(rest));
        if let [Unit::Byte(0xE2..=0xEF) | Unit::Inner(0xE2..=0xEF), tail @ ..] = chunk {
            let mark = tail.iter().position(|unit| matches!(unit, Unit::Hole(_)));
            match (tail.len(), mark) {
                (1, Some(0)) => pair += 1,
                (2, Some(0)) if tail[1].known().is_some() => single += 1,
                _ => {}
            }
        }
        rest = behind;
    }
    match single > pair {
        true => Style::Single,
        false if pair > single => Style::Pair,
        false => Style::Unknown,
    }
}

/// How many units there are up to the next sure beginning of a character.
fn length(units: &[Unit]) -> usize {
    units.iter().skip(1).position(|unit| unit.begins()).map_or(units.len(), |at| at + 1)
}

/// The character of a chunk that has all its bytes and no more.
fn whole(chunk: &[Unit]) -> Option<char> {
    let tail = |at: usize| chunk[at].known().filter(|b| (0x80..=0xBF).contains(b)).map(|b| u32::from(b & 0x3F));
    let first = u32::from(chunk[0].known()?);
    let (code, least) = match (chunk.len(), first) {
        (1, 0..0x80) => (first, 0),
        (2, 0xC2..=0xDF) => ((first & 0x1F) << 6 | tail(1)?, 0x80),
        (3, 0xE0..=0xEF) => ((first & 0x0F) << 12 | tail(1)? << 6 | tail(2)?, 0x800),
        (4, 0xF0..=0xF4) => ((first & 0x07) << 18 | tail(1)? << 12 | tail(2)? << 6 | tail(3)?, 0x10000),
        _ => return None,
    };
    char::from_u32(code).filter(|_| code >= least)
}

impl Beam<'_> {
    /// A character that is there.
    fn settled(&mut self, c: char) {
        if let [h] = self.here[..] {
            // The context is two characters: what is behind them is written down, and forgotten.
            if self.texts.len() > 1 {
                self.write(h);
            }
            self.out.push(c);
            let context = self.model.step(h.context, c).1;
            self.here[0] = Hypothesis { cost: 0, context, text: 0 };
            return;
        }
        let mut here = std::mem::take(&mut self.here);
        for h in &mut here {
            *h = self.say(*h, c);
        }
        self.here = here;
        self.prune();
    }

    /// A chunk in which something is lost.
    fn unsettled(&mut self, known: &Known, number: usize) {
        let here = std::mem::take(&mut self.here);
        let mut ends = Vec::new();
        for &h in &here {
            for way in known.ways(number) {
                let start = Hypothesis { cost: h.cost + way.cost, ..h };
                let (mut from, mut to) = (vec![start], Vec::new());
                for piece in &way.pieces {
                    for &h in &from {
                        match *piece {
                            Piece::Sure(c) => to.push(self.say(h, c)),
                            Piece::One(list) => self.choose(h, known.parts.list(list), &mut to),
                        }
                    }
                    std::mem::swap(&mut from, &mut to);
                    to.clear();
                }
                ends.append(&mut from);
            }
        }
        self.here = ends;
        self.prune();
    }

    fn say(&mut self, h: Hypothesis, c: char) -> Hypothesis {
        let (cost, context) = self.model.step(h.context, c);
        self.texts.push((h.text, c));
        Hypothesis { cost: h.cost + cost, context, text: self.texts.len() as u32 - 1 }
    }

    /// The likeliest characters of a list.
    fn choose(&mut self, h: Hypothesis, list: &[Fitting], out: &mut Vec<Hypothesis>) {
        let mut fits = std::mem::take(&mut self.fits);
        fits.clear();
        for fitting in list {
            let (cost, context) = self.model.step_number(h.context, fitting.number);
            fits.push((cost + self.odd(*fitting), fitting.c, context));
        }
        if fits.len() > CHOICES {
            fits.select_nth_unstable_by_key(CHOICES, |f| (f.0, f.1));
            fits.truncate(CHOICES);
        }
        fits.sort_unstable_by_key(|f| (f.0, f.1));
        for &(cost, c, context) in &fits {
            self.texts.push((h.text, c));
            out.push(Hypothesis { cost: h.cost + cost, context, text: self.texts.len() as u32 - 1 });
        }
        self.fits = fits;
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

    /// The best of each context, the best of those.
    fn prune(&mut self) {
        let here = &mut self.here;
        here.sort_by_key(|h| h.cost);
        let most = here.first().map_or(0, |h| h.cost + DEPTH);
        let mut kept = 0;
        for at in 0..here.len() {
            let h = here[at];
            if kept == WIDTH || h.cost > most {
                break;
            }
            if !here[..kept].iter().any(|k| k.context == h.context) {
                here[kept] = h;
                kept += 1;
            }
        }
        here.truncate(kept);
    }

    /// Writes down the text of a hypothesis; all others are forgotten.
    fn write(&mut self, h: Hypothesis) {
        let from = self.out.len();
        let mut chars = Vec::new();
        let mut at = h.text;
        while at != 0 {
            let (before, c) = self.texts[at as usize];
            chars.push(c);
            at = before;
        }
        debug_assert!(from <= self.out.len());
        self.out.extend(chars.iter().rev());
        self.texts.truncate(1);
    }
}
