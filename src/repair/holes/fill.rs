//! The place of a hole and the character that stood there, chosen by what stands on both sides.
//!
//! In: the bytes around a hole. Out: what stands there instead, if one reading is likely enough. A reading is in step up to a place, has a
//! character there of which one byte is left, and is in step again behind it. All places cost one walk from the left and one from the
//! right; at the best ones the characters are tried that have that byte.

use super::stream::Stream;
use crate::edit::Loss;
use crate::repair::model::{Context, Model, NAT, Spelling, UNKNOWN};
use crate::repair::search::{Fault, Open, Rest, Words, doubled};

/// No character costs more, or one rare name would decide.
const MOST: i32 = 14 * NAT;

/// The best places by what stands around them: so many are looked at, and so far behind the best.
const PLACES: usize = 10;
const BEHIND: i32 = 14 * NAT;

/// Before what follows is looked at, so many characters are kept, and so far behind the best.
const KEPT: usize = 48;
const AHEAD: i32 = 10 * NAT;

/// Characters behind the lost one that know of it.
const NEAR: usize = 2;

/// How much likelier than the next one a reading has to be, in model units.
pub(super) static MARGIN: std::sync::LazyLock<i32> = std::sync::LazyLock::new(|| std::env::var("HOLE_MARGIN").ok().and_then(|n| n.parse().ok()).unwrap_or(0));

pub(super) static LETTER: std::sync::LazyLock<i32> = std::sync::LazyLock::new(|| std::env::var("HOLE_LETTER").ok().and_then(|n| n.parse().ok()).unwrap_or(8));

/// What a character that stands there costs. Private use is what pairs are that mean nothing.
fn seen(c: char, cost: i32) -> i32 {
    if ('\u{E000}'..='\u{F8FF}').contains(&c) { 16 * NAT } else { cost.min(MOST) }
}

pub(super) static LOWER: std::sync::LazyLock<i32> = std::sync::LazyLock::new(|| std::env::var("HOLE_LOWER").ok().and_then(|n| n.parse().ok()).unwrap_or(4));

pub(super) struct Filler<'a> {
    pub model: &'a Model,
    pub words: &'a Words,
    pub line: &'a [char],
    /// Above zero when the line is Traditional, below when it is Simplified.
    pub script: i32,
}

/// Where a character may be lost.
#[derive(Debug, Clone, Copy)]
struct Place {
    /// Its first byte, and the one where what follows begins.
    at: usize,
    next: usize,
    /// What stands before it, and what the rest costs but for the first characters of it.
    context: Context,
    cost: i32,
    /// The same, with what those cost about.
    about: i32,
}

/// One way to read the bytes.
#[derive(Debug, Clone, Copy)]
struct Way {
    cost: i32,
    place: usize,
    c: char,
}

/// The bytes read from each on.
struct Rests {
    /// The character at each byte, and where the next one begins; those that stand behind the bytes in the line come behind them.
    tokens: Vec<Option<(char, usize)>>,
    /// What all but the first two characters cost from here on; nothing where the bytes do not end with a character.
    costs: Vec<Option<i32>>,
}

impl Filler<'_> {
    pub(super) fn fill(&self, stream: &Stream, rule: &'static str) -> Option<Fault> {
        let rests = self.rests(stream);
        let (places, stands) = self.places(stream, &rests);
        let mut ways: Vec<Way> = Vec::new();
        for (number, place) in places.iter().enumerate() {
            self.ways(stream, &rests, place, number, &mut ways);
        }
        ways.sort_unstable_by_key(|way| (way.cost, way.place, way.c));
        let best = *ways.first()?;
        let chance: f64 = ways.iter().map(|way| (-f64::from(way.cost - best.cost) / f64::from(NAT)).exp()).sum();
        if std::env::var_os("HOLE_LOG").is_some() {
            let new = self.said(stream, &rests, &places[best.place], best.c);
            for place in &places { println!("  place {} {} about {} cost {} {}", place.at, place.next, place.about, place.cost, self.said(stream, &rests, place, '_').iter().collect::<String>()); }
            for way in ways.iter().take(8) { println!("    {} {} {}", way.cost, way.c, self.said(stream, &rests, &places[way.place], way.c).iter().collect::<String>()); }
            println!("HOLE {:.3} {} | {} | {}", 1.0 / chance, best.c, self.line.iter().collect::<String>(), new.iter().collect::<String>());
        }
        if stream.letter() {
            let letter = char::from(stream.bytes[stream.hole.start]);
            let again = self.line.iter().filter(|&&c| c == letter).count() > 1;
            let least = match letter {
                _ if self.script < 0 => 12,
                'A'..='Z' if again => 12,
                'A'..='Z' => *LETTER,
                _ => *LOWER,
            };
            if stands? - best.cost < least * NAT {
                return None;
            }
        }
        if (100.0 / chance) < f64::from(*MARGIN) {
            return None;
        }
        let new = self.said(stream, &rests, &places[best.place], best.c);
        let old = &self.line[stream.chars.clone()];
        let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
        let tail = old[head..].iter().rev().zip(new[head..].iter().rev()).take_while(|(a, b)| a == b).count();
        Some(Fault {
            from: stream.chars.start + head,
            to: stream.chars.end - tail,
            new: new[head..new.len() - tail].iter().collect(),
            rule,
            lost: Loss::Guessed,
        })
    }

    /// The characters of a stream, one of them filled in.
    fn said(&self, stream: &Stream, rests: &Rests, place: &Place, c: char) -> Vec<char> {
        let walk = |from: usize, to: usize| {
            let mut at = from;
            std::iter::from_fn(move || {
                let (c, next) = rests.tokens.get(at).copied().flatten().filter(|_| at < to)?;
                at = next;
                Some(c)
            })
        };
        walk(0, place.at).chain([c]).chain(walk(place.next, stream.bytes.len())).collect()
    }

    fn rests(&self, stream: &Stream) -> Rests {
        let count = stream.bytes.len();
        let mut tokens: Vec<Option<(char, usize)>> =
            (0..count).map(|at| stream.read(at).map(|(c, length)| (c, at + length))).collect();
        let behind = self.line[stream.chars.end..].iter().copied().chain(['\n']).take(NEAR);
        behind.enumerate().for_each(|(at, c)| tokens.push(Some((c, count + at + 1))));
        let mut costs: Vec<Option<i32>> = vec![None; tokens.len() + 1];
        for end in count..=tokens.len() {
            costs[end] = Some(0);
        }
        for at in (0..count).rev() {
            let Some((first, next)) = tokens[at] else { continue };
            let Some(rest) = costs[next] else { continue };
            let third = tokens.get(next).copied().flatten().and_then(|(second, next)| Some((second, tokens.get(next).copied().flatten()?.0)));
            let cost = third.map_or(0, |(second, third)| {
                let context = [first, second].into_iter().fold(Context::START, |context, c| self.model.step(context, c).1);
                seen(third, self.model.step(context, third).0)
            });
            costs[at] = Some(rest + cost);
        }
        Rests { tokens, costs }
    }

    /// The best places, in step before them and behind them.
    fn places(&self, stream: &Stream, rests: &Rests) -> (Vec<Place>, Option<i32>) {
        let before = &self.line[..stream.chars.start];
        let before = &before[before.len().saturating_sub(NEAR + 1)..];
        let mut context = before.iter().fold(Context::START, |context, &c| self.model.step(context, c).1);
        let (mut at, mut sum) = (0, 0);
        let mut places = Vec::new();
        let width = stream.hole.len();
        let mut add = |at: usize, next: usize, context: Context, sum: i32| {
            let Some(rest) = rests.costs.get(next).copied().flatten() else { return };
            let cost = sum + rest;
            let mut near = Context::START;
            let mut about = cost;
            let mut from = next;
            for _ in 0..NEAR {
                let Some((c, next)) = rests.tokens.get(from).copied().flatten() else { break };
                let (cost, after) = self.model.step(near, c);
                about += seen(c, if from == next { self.model.alone(c) } else { cost });
                (near, from) = (after, next);
            }
            places.push(Place { at, next, context, cost, about });
        };
        while at < stream.bytes.len() {
            add(at, at + width, context, sum);
            let Some((c, next)) = rests.tokens[at] else { break };
            if c == '?' && at == 0 {
                add(at, at + 2, context, sum);
            }
            let (cost, after) = self.model.step(context, c);
            (sum, context, at) = (sum + seen(c, cost), after, next);
        }
        let stands = (at == stream.bytes.len()).then(|| {
            let behind = rests.tokens[at..].iter().flatten();
            behind.fold((sum, context), |(sum, context), (c, _)| {
                let (cost, after) = self.model.step(context, *c);
                (sum + seen(*c, cost), after)
            }).0
        });
        places.sort_unstable_by_key(|place| (place.about, place.at, place.next));
        let best = places.first().map_or(0, |place| place.about);
        places.retain(|place| place.about <= best + BEHIND);
        places.truncate(PLACES);
        (places, stands)
    }

    /// The characters that may stand at a place.
    fn ways(&self, stream: &Stream, rests: &Rests, place: &Place, number: usize, ways: &mut Vec<Way>) {
        let after = self.model.after(place.context);
        let left = &stream.bytes[place.at..place.next];
        let candidates = match left {
            [b'?', trail] => stream.led(*trail),
            _ => stream.candidates(left),
        };
        let (mut near, mut least): (Vec<(i32, char, Context)>, i32) = (Vec::new(), i32::MAX - AHEAD);
        let said = self.said(stream, rests, &Place { next: stream.bytes.len(), ..*place }, ' ');
        let said = &said[..said.len() - 1];
        let open = self.line[..stream.chars.start].iter().chain(said).fold(Open::default(), |open, &c| open.after(c).0);
        let behind = self.said(stream, rests, &Place { at: 0, ..*place }, ' ');
        let rest = Rest::of(behind[1..].iter().chain(&self.line[stream.chars.end..]).copied());
        for c in candidates {
            let model = self.model.number(c);
            let (cost, context) = after.step(model);
            let cost = self.words.discount_in_slip(place.context, context, cost);
            let cost = cost + self.odd(c) + self.words.pronoun(c) + rest.price(open, c) + open.after(c).1 + doubled(said.last().copied().unwrap_or(' '), c);
            if cost <= least + AHEAD {
                least = least.min(cost);
                near.push((cost, c, context));
            }
        }
        near.retain(|way| way.0 <= least + AHEAD);
        if near.len() > KEPT {
            near.select_nth_unstable_by_key(KEPT, |way| (way.0, way.1));
            near.truncate(KEPT);
        }
        for (cost, c, mut context) in near {
            let (mut sum, mut from) = (place.cost + cost, place.next);
            for _ in 0..NEAR {
                let Some((c, next)) = rests.tokens.get(from).copied().flatten() else { break };
                let (cost, after) = self.model.step(context, c);
                sum += seen(c, self.words.discount(context, after, cost));
                (context, from) = (after, next);
            }
            ways.push(Way { cost: sum, place: number, c });
        }
    }

    /// What makes a character a poor guess in this line.
    fn odd(&self, c: char) -> i32 {
        match self.model.spelling(c) {
            _ if self.model.number(c) == UNKNOWN => 6 * NAT,
            Spelling::Variant => 3 * NAT,
            Spelling::Second if self.script >= 0 => 3 * NAT,
            Spelling::Ambiguous | Spelling::Simplified if self.script > 0 => 5 * NAT,
            Spelling::Converted | Spelling::Second if self.script < 0 => 5 * NAT,
            _ if matches!(c, '\u{FF10}'..='\u{FF19}' | '\u{FF21}'..='\u{FF3A}' | '\u{FF41}'..='\u{FF5A}') => 14 * NAT,
            _ => 0,
        }
    }
}
