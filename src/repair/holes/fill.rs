//! The place of a hole and the character that stood there, chosen by what stands on both sides.
//!
//! In: the bytes around a hole. Out: what stands there instead, if one reading is likely enough. A reading is in step up to a place, has a
//! character there of which one byte is left, and is in step again behind it. All places cost one walk from the left and one from the
//! right (`rests`); at the best ones the characters are tried that have that byte.

use super::rests::{NEAR, Place, Rests, places, seen};
use super::stream::Stream;
use crate::edit::Loss;
use crate::repair::judge::is_poor;
use crate::repair::missing::{WIDE, odd};
use crate::repair::model::{Context, Model, NAT, UNKNOWN};
use crate::repair::search::{Fault, Open, Rest, Words, doubled};

/// Before what follows is looked at, so many characters are kept, and so far behind the best.
const KEPT: usize = 48;
const AHEAD: i32 = 10 * NAT;

/// The chance a reading must have among all, in per cent. Of a thousand sentences with one hole each, at 0 / 25 / 33 / 50 / 70 of them 758 /
/// 749 / 739 / 708 / 625 come back, and 241 / 207 / 180 / 124 / 72 get another character; above 40 the rate is about what the chance says.
/// Of the characters that are written, 95 of 100 are to be right.
const LIKELY: f64 = 94.0;

/// The same where the user asked for guesses.
const ASKED: f64 = 40.0;

/// What the reading must cost less than what stands there where that may be meant, in nats: a sign or a small letter; a capital letter (在A棟一樓,
/// 成L型); one of which the line has more (設x為整數，求x的值), or in Simplified text, of which hardly a character has a letter in it. At four and
/// six one line of a hundred more would come back, and such lines would change.
const SIGN: i32 = 8;
const CAPITAL: i32 = 10;
const MEANT: i32 = 12;

/// So many characters of the line on each side tell what stands between them: open brackets, letters.
const FAR: usize = 160;

pub(super) struct Filler<'a> {
    pub model: &'a Model,
    pub words: &'a Words,
    pub line: &'a [char],
    /// Above zero when the line is Traditional, below when it is Simplified.
    pub script: i32,
    /// The user asked for guesses.
    pub asked: bool,
}

/// One way to read the bytes.
#[derive(Debug, Clone, Copy)]
struct Way {
    cost: i32,
    place: Place,
    c: char,
}

impl Filler<'_> {
    /// What stood where a hole is.
    pub(super) fn fill(&self, stream: &Stream) -> Option<Fault> {
        let rests = Rests::of(self.model, stream, self.line);
        let places = places(self.model, stream, &rests, self.before(stream)).0;
        let (best, chance, placed) = self.best(stream, &rests, &places)?;
        // In Big5 a lost byte seldom leaves a mark, so that the place is in doubt: of a hundred such guesses 24 were wrong.
        if !self.asked && stream.encoding == encoding_rs::BIG5 {
            return None;
        }
        let least = if self.asked { ASKED } else { LIKELY };
        // Of "?" and U+FFFD side by side something is made in any case.
        let marked = self.asked && best.place.at == 0 && stream.bytes[0] == b'?';
        if marked || chance >= least {
            return Some(self.fault(stream, &rests, best, chance, "hole"));
        }
        // The place is known, and with it what is out of step behind it; the character stays open.
        let open = Way { c: char::REPLACEMENT_CHARACTER, ..best };
        let fault = (placed >= LIKELY).then(|| self.fault(stream, &rests, open, 0.0, "hole"))?;
        let new: Vec<char> = fault.new.chars().collect();
        (self.line[fault.from..fault.to] != new).then_some(fault)
    }

    /// What stood there, where one character is half of another one.
    pub(super) fn complete(&self, stream: &Stream) -> Option<Fault> {
        let rests = Rests::of(self.model, stream, self.line);
        let (places, stands) = places(self.model, stream, &rests, self.before(stream));
        let (best, chance, _) = self.best(stream, &rests, &places)?;
        if !self.asked && (chance < LIKELY || stream.encoding == encoding_rs::BIG5) {
            return None;
        }
        let least = match char::from(stream.bytes[stream.hole.start]) {
            _ if self.script < 0 => MEANT,
            c if self.near(stream).iter().filter(|&&other| other == c).count() > 1 => MEANT,
            'A'..='Z' => CAPITAL,
            _ => SIGN,
        };
        (stands? - best.cost >= least * NAT).then(|| self.fault(stream, &rests, best, chance, "gbk-lost-byte"))
    }

    /// The characters before the stream, not all of a long line.
    fn before(&self, stream: &Stream) -> &[char] {
        &self.line[stream.chars.start.saturating_sub(FAR)..stream.chars.start]
    }

    /// The characters of the line around it.
    fn near(&self, stream: &Stream) -> &[char] {
        &self.line[stream.chars.start.saturating_sub(FAR)..self.line.len().min(stream.chars.end + FAR)]
    }

    /// The likeliest way of all places, its chance among all in per cent, and that of its place.
    fn best(&self, stream: &Stream, rests: &Rests, places: &[Place]) -> Option<(Way, f64, f64)> {
        let mut ways = Vec::new();
        places.iter().for_each(|place| self.ways(stream, rests, *place, &mut ways));
        let best = *ways.iter().min_by_key(|way| (way.cost, way.place.at, way.c))?;
        let weight = |way: &Way| (f64::from(best.cost - way.cost) / f64::from(NAT)).exp();
        let all: f64 = ways.iter().map(weight).sum();
        let there = ways.iter().filter(|way| (way.place.at, way.place.next) == (best.place.at, best.place.next));
        Some((best, 100.0 / all, there.map(weight).sum::<f64>() * 100.0 / all))
    }

    /// What a way changes in the line.
    fn fault(&self, stream: &Stream, rests: &Rests, way: Way, chance: f64, rule: &'static str) -> Fault {
        let chosen = rests.read(0, way.place.at).count();
        let head = rests.read(0, way.place.at);
        let new: Vec<char> = head.chain([way.c]).chain(rests.read(way.place.next, stream.bytes.len())).collect();
        let old = &self.line[stream.chars.clone()];
        let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
        let tail = old[head..].iter().rev().zip(new[head..].iter().rev()).take_while(|(a, b)| a == b).count();
        let (from, to) = (stream.chars.start + head, stream.chars.end - tail);
        let open = way.c == char::REPLACEMENT_CHARACTER;
        let guesses = chosen
            .checked_sub(head)
            .filter(|at| *at < new.len() - tail - head)
            .filter(|_| !open)
            .map(|at| (at, chance as u8));
        let text: String = new[head..new.len() - tail].iter().collect();
        let lost = if open { Loss::Gone } else { Loss::Guessed };
        Fault { lost, guesses: guesses.into_iter().collect::<Vec<_>>().into(), ..Fault::whole(from, to, text, rule) }
    }

    /// Adds the ways to fill in a place, judged with what follows.
    fn ways(&self, stream: &Stream, rests: &Rests, place: Place, ways: &mut Vec<Way>) {
        let behind: Vec<char> = rests.read(place.next, usize::MAX).take(NEAR).collect();
        ways.extend(self.suiting(stream, rests, place).into_iter().map(|(cost, c, mut context)| {
            let mut sum = place.cost + cost;
            for &next in &behind {
                let (cost, after) = self.model.step(context, next);
                sum += seen(next, self.words.discount(context, after, cost));
                context = after;
            }
            Way { cost: sum, place, c }
        }));
    }

    /// Of the characters of which the bytes at a place may be left those that suit what stands before, with what they cost.
    fn suiting(&self, stream: &Stream, rests: &Rests, place: Place) -> Vec<(i32, char, Context)> {
        let (mut near, mut least) = (Vec::with_capacity(KEPT * 4), i32::MAX - AHEAD);
        let (open, rest) = self.brackets(stream, rests, place);
        let after = self.model.after(place.context);
        for c in stream.candidates(self.model, place.at..place.next) {
            let number = self.model.number(c);
            let (cost, context) = after.step(number);
            let known = self.words.discount_in_slip(place.context, context, cost);
            // All of them have a byte in common, and how common they are the model says once more where it knows nothing else.
            let common = self.model.alone_number(number) / 10;
            let brackets = rest.price(open, c) + open.after(c).1;
            let cost = known - common + self.odd(c) + self.words.pronoun(c) + brackets + doubled(place.last, c);
            if cost <= least + AHEAD {
                least = least.min(cost);
                near.push((cost, c, context));
            }
        }
        near.retain(|&(cost, ..)| cost <= least + AHEAD);
        if near.len() > KEPT {
            near.select_nth_unstable_by_key(KEPT, |&(cost, c, _)| (cost, c));
            near.truncate(KEPT);
        }
        near
    }

    /// Which brackets are open at a place, and which are closed behind it.
    fn brackets(&self, stream: &Stream, rests: &Rests, place: Place) -> (Open, Rest) {
        let before = self.before(stream).iter().copied().chain(rests.read(0, place.at));
        let open = before.fold(Open::default(), |open, c| open.after(c).0);
        let behind = rests.read(place.next, stream.bytes.len());
        (open, Rest::of(behind.chain(self.line[stream.chars.end..].iter().copied())))
    }

    /// What makes a character a poor guess in this line.
    fn odd(&self, c: char) -> i32 {
        match odd(self.model.spelling(c), self.script) {
            _ if self.model.number(c) == UNKNOWN => 6 * NAT,
            0 if is_poor(c) => WIDE,
            odd => odd,
        }
    }
}
