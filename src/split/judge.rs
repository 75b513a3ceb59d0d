//! The walk along a line and the order of the rules.
//!
//! In: a text. Out: a [`Decision`] for every stop, in order. The rules that need the words around a stop are in
//! `chinese` and `ascii`; here is only who is asked first.

use super::evidence::{Evidence, is_han};
use super::extend::{Closed, Force, Stop, force};
use super::pair::{ALONE, pair};
use super::scan::{Mark, Pair, Sign, scan, skip_white};
use super::{Decision, Options, Quotes};

/// Buffers that are used again for each line.
#[derive(Default)]
pub(super) struct Room {
    marks: Vec<Mark>,
    partners: Vec<u32>,
    open: Vec<u32>,
    state: State,
}

/// One line and what is known about it.
pub(super) struct Line<'a> {
    pub text: &'a str,
    pub marks: &'a [Mark],
    pub partners: &'a [u32],
    pub options: &'a Options,
    pub evidence: &'a Evidence<'a>,
}

/// Where the walk stands.
#[derive(Default)]
pub(super) struct State {
    /// Balanced pairs around the current place: index of the opening mark, and whether the quote runs on (once asked).
    enclosing: Vec<(u32, Option<bool>)>,
    quotes: usize,
    brackets: usize,
    titles: usize,
    /// Where the current sentence begins.
    pub sentence: usize,
    /// Are ① and [1] of this line items of a list? Looked up at the first that follows a stop.
    pub circled_items: Option<bool>,
    pub bracketed_items: Option<bool>,
}

impl State {
    fn reset(&mut self) {
        let enclosing = std::mem::take(&mut self.enclosing);
        *self = State { enclosing, ..State::default() };
        self.enclosing.clear();
    }

    fn count(&mut self, pair: Pair) -> &mut usize {
        if pair.is_quote() {
            &mut self.quotes
        } else if pair.is_title() {
            &mut self.titles
        } else {
            &mut self.brackets
        }
    }

    fn enter(&mut self, open: usize, pair: Pair) {
        self.enclosing.push((open as u32, None));
        *self.count(pair) += 1;
    }

    /// Leaves the innermost balanced pair.
    pub(super) fn leave(&mut self, line: &Line) {
        if let Some((open, _)) = self.enclosing.pop()
            && let Sign::Open(pair) = line.marks[open as usize].sign
        {
            *self.count(pair) -= 1;
        }
    }
}

impl Room {
    /// Tells `each` every decision, in the order of the text.
    pub(super) fn walk(&mut self, text: &str, options: &Options, evidence: &Evidence, mut each: impl FnMut(Decision)) {
        let mut from = 0;
        while from < text.len() {
            let (end, next) = scan(text, from, &mut self.marks);
            let line = &text[from..end];
            pair(line, &mut self.marks, &mut self.partners, &mut self.open);
            self.state.reset();
            let line = Line { text: line, marks: &self.marks, partners: &self.partners, options, evidence };
            line.walk(&mut self.state, |at, stop_end, rule, cut| {
                each(Decision { at: from + at, end: from + stop_end, rule, cut });
            });
            if skip_white(line.text, self.state.sentence) < line.text.len() {
                each(Decision { at: end, end, rule: "line-end", cut: true });
            }
            from = next;
        }
    }
}

/// A rule's name and whether it cuts.
pub(super) type Verdict = (&'static str, bool);

impl Line<'_> {
    fn walk(&self, state: &mut State, mut each: impl FnMut(usize, usize, &'static str, bool)) {
        state.sentence = skip_white(self.text, 0);
        let mut i = 0;
        while let Some(mark) = self.marks.get(i) {
            match (mark.sign, force(mark)) {
                (Sign::Open(pair), _) if self.partners[i] != ALONE => state.enter(i, pair),
                (Sign::Close(_), _) if self.partners[i] != ALONE => state.leave(self),
                (_, Some(Force::Semicolon)) if !self.options.semicolons => {}
                (_, Some(force)) => {
                    let stop = self.extend(i, force, state);
                    let (rule, cut) = self.verdict(&stop, state);
                    each(stop.at, stop.end, rule, cut);
                    if cut {
                        state.sentence = skip_white(self.text, stop.end);
                    }
                    i = stop.next;
                    continue;
                }
                _ => {}
            }
            i += 1;
        }
    }

    fn verdict(&self, stop: &Stop, state: &mut State) -> Verdict {
        let next = &self.text[skip_white(self.text, stop.end)..];
        let Some(first) = next.chars().next() else { return ("line-end", true) };
        if state.titles > 0 {
            return ("in-title", false);
        }
        if state.brackets > 0 {
            return ("in-bracket", false);
        }
        if state.quotes > 1 {
            return ("nested-quote", false);
        }
        if is_comma(first) && !is_face(next) {
            return ("comma-follows", false);
        }
        if let Some(verdict) = self.closed(stop, state, next) {
            return verdict;
        }
        if state.quotes == 1 {
            if self.options.quotes == Quotes::Whole {
                return ("whole-quote", false);
            }
            if self.is_chinese_stop(stop, first) && self.enclosing_runs_on(state) {
                return ("in-running-quote", false);
            }
        }
        match stop.force {
            Force::Full if stop.closed != Closed::Nothing => ("quote-ends", true),
            Force::Full if state.quotes == 1 => ("in-quote", true),
            Force::Full => ("stop", true),
            Force::Semicolon => ("semicolon", true),
            Force::Mark => self.ascii_mark(stop, next),
            Force::Dot => self.ascii_dot(stop, state, next),
            Force::Trail => self.trail(stop, next),
            Force::Wave => self.wave(stop, next),
            Force::Break if stop.closed != Closed::Nothing => ("break-off", true),
            Force::Break => ("trail", false),
        }
    }

    /// Rules for a stop with closers behind it; `None` if they have nothing against a cut.
    fn closed(&self, stop: &Stop, state: &State, next: &str) -> Option<Verdict> {
        let open = match stop.closed {
            Closed::Nothing => return None,
            Closed::Stray => None,
            Closed::Pair(open) => Some(open as usize),
        };
        let opened = open.and_then(|i| if let Sign::Open(pair) = self.marks[i].sign { Some((i, pair)) } else { None });
        match opened {
            Some((_, pair)) if pair.is_title() => return Some(("title", false)),
            Some((i, pair)) if !pair.is_quote() => {
                let alone = self.begins_sentence(self.marks[i].start(), state.sentence);
                let ends = alone || self.english_bracket(stop, next);
                return (!ends).then_some(("embedded-bracket", false));
            }
            _ => {}
        }
        if !self.is_chinese_stop(stop, next.chars().next()?) {
            return self.english_quote(stop, next);
        }
        if self.runs_on(open, stop.end, self.is_full(stop)) {
            return Some(("quote-runs-on", false));
        }
        self.is_bare_tag(next).then_some(("quote-tag", false))
    }

    /// Does the quote around this place run on? Asked once for each quote.
    fn enclosing_runs_on(&self, state: &mut State) -> bool {
        let Some((open, known)) = state.enclosing.last_mut() else { return false };
        *known.get_or_insert_with(|| {
            let close = self.partners[*open as usize] as usize;
            self.quote_is_part(*open as usize, close)
        })
    }

    /// Is the last stop 。 or a dot, so that what it ends is a statement?
    fn is_full(&self, stop: &Stop) -> bool {
        self.text[stop.body..].starts_with(['。', '.', '．', '｡'])
    }

    /// Full-width stops follow the Chinese rules, ASCII stops do so unless Latin text goes on after them.
    fn is_chinese_stop(&self, stop: &Stop, next: char) -> bool {
        matches!(stop.force, Force::Full | Force::Semicolon) || !next.is_alphanumeric() || is_han(next)
    }
}

/// Marks that never begin a sentence.
fn is_comma(c: char) -> bool {
    matches!(c, '，' | '、' | '；' | '：' | ',' | ';' | ':')
}

/// `:)` and its kin begin with a colon.
fn is_face(text: &str) -> bool {
    text.starts_with([':', ';']) && super::words::EMOTICONS.iter().any(|face| text.starts_with(face))
}
