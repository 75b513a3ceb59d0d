//! What follows a lost character: what it costs behind one candidate, and what it costs at least behind any.
//!
//! A context is two characters. So only the first two that follow know of the candidate; the rest costs the same behind all of them, but
//! for brackets, and is reckoned once.

use super::filling::BEHIND;
use super::reading::{MOST, seen};
use crate::repair::model::{Context, Model, NAT, NONE};
use crate::repair::search::{Open, Words, is_bracket};

/// A bracket that closes nothing may have been opened lines before.
const BRACKET: i32 = 3 * NAT;

/// Characters that know of the one before them: what stands further does not.
pub(super) const KNOWING: usize = 2;

/// Two characters out of step, the last of them, what stands behind a place, and the end of the line.
const LINKS: usize = 2 + 1 + BEHIND + 1;

/// Where a text has come to.
#[derive(Debug, Clone, Copy)]
pub(super) struct State {
    pub cost: i32,
    pub context: Context,
    pub open: Open,
}

impl State {
    /// Whether the same costs the same behind both.
    pub(super) fn is_like(&self, other: &State) -> bool {
        let key = |state: &State| (state.context.first, state.context.last, state.context.pair, state.open);
        key(self) == key(other)
    }

    /// The same with one more character, which costs `cost`.
    pub(super) fn said(self, c: char, cost: i32, context: Context) -> State {
        let (open, price) = self.open.after(c);
        State { cost: self.cost + cost + price.min(BRACKET), context, open }
    }
}

/// A character that follows.
#[derive(Debug, Clone, Copy, Default)]
struct Link {
    c: char,
    number: u16,
    /// It is there as it is, and was never out of step.
    stands: bool,
    /// Runs of digits, of letters and of spaces are one character to the model.
    merges: bool,
}

/// What follows.
#[derive(Clone)]
pub(super) struct Chain<'a> {
    pub model: &'a Model,
    pub words: &'a Words,
    links: [Link; LINKS],
    count: usize,
    /// Where more than two characters are out of step, all those, and what they cost behind the first two.
    run: &'a [char],
    run_cost: i32,
    /// The step from the first character to the second, where nothing is known of the first and the one before it.
    base: (i32, Context),
    /// What does not know of the candidate costs so much at least; nothing, where that is not clear.
    pub least: i32,
    /// The last state asked for, and where the characters lead that do not know of the candidate.
    rest: Option<(State, State)>,
}

impl<'a> Chain<'a> {
    /// A stretch out of step: `cost` is that of what stands behind its first two characters.
    pub(super) fn of(model: &'a Model, words: &'a Words, run: &'a [char], cost: i32) -> Chain<'a> {
        let (links, base) = ([Link::default(); LINKS], (0, Context::START));
        let mut chain = Chain { model, words, links, count: 0, run: &[], run_cost: 0, base, least: 0, rest: None };
        run.iter().take(KNOWING).for_each(|&c| chain.push(c, false));
        if run.len() > KNOWING {
            (chain.run, chain.run_cost) = (run, cost);
        }
        chain
    }

    pub(super) fn push(&mut self, c: char, stands: bool) {
        let merges = c.is_ascii_alphanumeric() || c == ' ';
        self.links[self.count] = Link { c, number: self.model.number(c), stands, merges };
        self.count += 1;
    }

    /// Reckons what is the same behind all candidates. The way there leads over one that is no bracket and changes nothing else: the state
    /// behind all that follows.
    pub(super) fn ready(&mut self, from: State) -> State {
        if self.count >= KNOWING {
            let (first, second) = (self.links[0], self.links[1]);
            let context = Context { first: from.context.last, last: first.number, pair: NONE };
            self.base = self.model.step_number(context, second.number);
            // Behind a run of digits, the next character still knows of what stands before.
            if second.merges && first.number == second.number {
                return from;
            }
            let open = from.open.after(first.c).0.after(second.c).0;
            let to = self.rest(State { cost: 0, context: self.base.1, open });
            self.least = to.cost - self.prices(self.run.iter().skip(KNOWING).fold(open, |open, &c| open.after(c).0));
            return to;
        }
        from
    }

    /// What brackets cost behind the first two characters: less, where the candidate is one.
    fn prices(&self, open: Open) -> i32 {
        let step = |(open, sum): (Open, i32), link: &Link| {
            let (open, price) = open.after(link.c);
            (open, sum + price.min(BRACKET))
        };
        self.links[..self.count].iter().skip(KNOWING).fold((open, 0), step).1
    }

    /// Whether there are brackets.
    pub(super) fn has_brackets(&self) -> bool {
        self.links[..self.count].iter().any(|link| is_bracket(link.c))
    }

    fn say(&self, state: State, link: Link) -> State {
        let step = match link.merges && link.number == state.context.last {
            true => (0, state.context),
            false => self.model.step_number(state.context, link.number),
        };
        self.said(state, link, step)
    }

    fn said(&self, state: State, link: Link, (cost, context): (i32, Context)) -> State {
        let cost = self.words.discount(state.context, context, cost);
        let cost = if link.stands { seen(link.c, cost) } else { cost.min(MOST) };
        state.said(link.c, cost, context)
    }

    /// The characters that know of the candidate; nothing where they cost more than `most`.
    pub(super) fn near(&self, state: State, most: i32) -> Option<State> {
        if self.count == 0 {
            return Some(state);
        }
        let (first, second) = (self.links[0], self.links[1]);
        let mut state = self.say(state, first);
        if self.count > 1 && state.cost <= most {
            state = match state.context.pair {
                NONE if !second.merges => self.said(state, second, self.base),
                _ => self.say(state, second),
            };
        }
        (state.cost <= most).then_some(state)
    }

    /// The others.
    pub(super) fn rest(&mut self, state: State) -> State {
        if self.run.is_empty() && self.count <= KNOWING {
            return state;
        }
        if let Some((from, to)) = self.rest
            && from.is_like(&state)
        {
            return State { cost: state.cost + to.cost - from.cost, ..to };
        }
        let mut to = state;
        if let Some(last) = self.run.len().checked_sub(KNOWING) {
            let context = self.run[last..].iter().fold(state.context, |context, &c| self.model.step(context, c).1);
            let open = self.run[KNOWING..].iter().fold(state.open, |open, &c| open.after(c).0);
            to = State { cost: state.cost + self.run_cost, context, open };
        }
        to = self.links[..self.count].iter().skip(KNOWING).fold(to, |to, &link| self.say(to, link));
        self.rest = Some((state, to));
        to
    }
}
