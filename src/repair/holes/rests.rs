//! What bytes cost as text, read from the left and from each of them on to the right.
//!
//! In: the bytes around a hole. Out: the best places for it. What is read from a byte on to the right is the same whatever stands before it,
//! so of two walks each place takes a sum; only what its neighbours cost beside the lost character is left to `fill`.

use super::stream::Stream;
use crate::repair::model::{Context, Model, NAT};

/// No character costs more, or one rare name would decide.
const MOST: i32 = 14 * NAT;

/// The best places by what stands around them: so many are looked at, and so far behind the best.
const PLACES: usize = 10;
const BEHIND: i32 = 14 * NAT;

/// Characters behind the lost one that know of it.
pub(super) const NEAR: usize = 2;

/// Where a character may be lost.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// The first byte that is left of it, and the one where what follows begins.
    pub at: usize,
    pub next: usize,
    /// What stands before it.
    pub context: Context,
    pub last: char,
    /// What all the rest costs but for the first characters behind it.
    pub cost: i32,
    /// The same, with what those cost about.
    about: i32,
}

/// The bytes read from each on.
pub(super) struct Rests {
    /// The character at each byte, and where the next one begins. The characters that follow in the line have a number each behind the last
    /// byte.
    tokens: Vec<Option<(char, usize)>>,
    /// What all but the first two characters cost from here on; nothing where the bytes do not end with a character.
    costs: Vec<Option<i32>>,
}

impl Rests {
    pub(super) fn of(model: &Model, stream: &Stream, line: &[char]) -> Rests {
        let count = stream.bytes.len();
        let mut tokens: Vec<Option<(char, usize)>> =
            (0..count).map(|at| stream.read(at).map(|(c, length)| (c, at + length))).collect();
        // The end of a line costs something, too.
        let behind = line[stream.chars.end..].iter().copied().chain(['\n']).take(NEAR);
        tokens.extend(behind.enumerate().map(|(at, c)| Some((c, count + at + 1))));
        let mut costs: Vec<Option<i32>> = vec![None; count];
        costs.resize(tokens.len() + 1, Some(0));
        let mut rests = Rests { tokens, costs };
        for at in (0..count).rev() {
            let next = rests.tokens[at].map_or(at, |token| token.1);
            rests.costs[at] = rests.costs[next].map(|rest| rest + rests.third(model, at));
        }
        rests
    }

    /// What the third character costs from a byte on.
    fn third(&self, model: &Model, at: usize) -> i32 {
        let mut read = self.read(at, usize::MAX);
        let context = read.by_ref().take(2).fold(Context::START, |context, c| model.step(context, c).1);
        read.next().map_or(0, |c| seen(c, model.step(context, c).0))
    }

    /// The characters from one byte to another, and on behind the bytes.
    pub(super) fn read(&self, from: usize, to: usize) -> impl Iterator<Item = char> {
        let mut at = from;
        std::iter::from_fn(move || {
            let (c, next) = self.tokens.get(at).copied().flatten().filter(|_| at < to)?;
            at = next;
            Some(c)
        })
    }
}

/// The best places, in step before them and behind them; and what the bytes cost as they are read from the first on, where they can be.
pub(super) fn places(model: &Model, stream: &Stream, rests: &Rests, before: &[char]) -> (Vec<Place>, Option<i32>) {
    let near = &before[before.len().saturating_sub(NEAR + 1)..];
    let mut context = near.iter().fold(Context::START, |context, &c| model.step(context, c).1);
    let (mut at, mut sum, mut last) = (0, 0, before.last().copied().unwrap_or('\n'));
    let mut places = Vec::new();
    while at < stream.bytes.len() {
        let marked = (at == 0 && stream.bytes[0] == b'?').then_some(2);
        for width in [Some(stream.hole.len()), marked].into_iter().flatten() {
            if at + width <= stream.bytes.len()
                && let Some(rest) = rests.costs[at + width]
            {
                let cost = sum + rest;
                let about = cost + first(model, rests, at + width);
                places.push(Place { at, next: at + width, context, last, cost, about });
            }
        }
        let Some((c, next)) = rests.tokens[at] else { break };
        let (cost, after) = model.step(context, c);
        (sum, context, last, at) = (sum + seen(c, cost), after, c, next);
    }
    let stands = (at == stream.bytes.len()).then(|| {
        let behind = rests.read(at, usize::MAX);
        let add = |(sum, context), c| {
            let (cost, after) = model.step(context, c);
            (sum + seen(c, cost), after)
        };
        behind.fold((sum, context), add).0
    });
    places.sort_unstable_by_key(|place| (place.about, place.at, place.next));
    let most = places.first().map_or(0, |place| place.about) + BEHIND;
    places.retain(|place| place.about <= most);
    places.truncate(PLACES);
    (places, stands)
}

/// What the first characters cost from a byte on behind one that is not known, about.
fn first(model: &Model, rests: &Rests, from: usize) -> i32 {
    let (mut sum, mut context) = (0, None);
    for c in rests.read(from, usize::MAX).take(NEAR) {
        let (cost, after) = model.step(context.unwrap_or(Context::START), c);
        sum += seen(c, if context.is_none() { model.alone(c) } else { cost });
        context = Some(after);
    }
    sum
}

/// What a character that stands there costs. Private use is what pairs are that mean nothing.
pub(super) fn seen(c: char, cost: i32) -> i32 {
    if ('\u{E000}'..='\u{F8FF}').contains(&c) { 16 * NAT } else { cost.min(MOST) }
}
