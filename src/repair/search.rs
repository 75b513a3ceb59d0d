//! The slip search: which true line explains what a mirror page shows?
//!
//! In: the characters of one line and what is known of its document. Out: the faults found, as replacements of character
//! ranges. The page was made by a program that worked on GBK bytes (see `mirror`): after a fault the decoder is one byte
//! out of step until something swallows a byte. So one beam runs over the line. A hypothesis is in step, or holds the
//! first byte of a true character whose second byte is the first byte of the next character seen. The character model
//! chooses; what the forward program could not have written is never proposed.
//!
//! Sound stretches are walked over without the model (`walk`), the moves of a slip are in `moves`, the choice among a group of characters
//! in `group`; `tell` turns the winner into faults.

mod brackets;
mod group;
mod line;
mod moves;
mod prune;
mod tell;
mod walk;
mod words;

pub(super) use brackets::{Open, Rest, is_bracket};
pub(super) use line::{Notes, script, widths};
pub(super) use words::Words;

use super::Without;
use super::cells::{Cell, Cells};
use super::gbk;
use super::judge::is_wide_latin;
use super::left;
use super::model::{Context, EDGE, Model, NAT, Spelling};
use super::pinyin;
use crate::edit::Loss;
use group::{Pick, Way};
use prune::Pruner;
use std::collections::HashMap;

/// Of hypotheses for which a whole group of characters has to be tried: how many that hold half a pair, and how far behind the best.
const HALVES_ON: usize = 10;
const GROUP_DEPTH: i32 = 6 * NAT;

/// What a document tells about its lines.
#[derive(Debug, Clone, Copy)]
pub(super) struct Evidence {
    /// Its annotations were put in by a program: drop them.
    pub annotated: bool,
    /// Its full-width punctuation was folded to ASCII.
    pub narrow: bool,
    /// What a fault has to earn before it is believed.
    pub price: i32,
    /// Lost bytes may be guessed.
    pub guess: bool,
    /// It is full of pinyin without tones.
    pub toneless: bool,
    /// Its private characters are drawn by a font of the site's own.
    pub font: bool,
    /// What is left out to measure what it brings.
    pub without: Without,
}

/// What serves all lines of a document.
pub(super) struct Desk<'a> {
    pub model: &'a Model,
    /// The words the document shows where it is sound.
    pub words: Words,
    /// The user asked for guesses: all are written.
    pub asked: bool,
    /// Why lines stay as they are that are damaged, by their keys.
    pub refused: HashMap<u64, &'static str>,
    room: Room,
}

/// Lists that are filled anew for each line.
#[derive(Debug, Default)]
struct Room {
    places: Places,
    nodes: Vec<Node>,
    nears: Vec<Vec<Pick>>,
    ways: Vec<Way>,
    pruner: Pruner,
}

impl<'a> Desk<'a> {
    pub(super) fn of(model: &'a Model, words: Words) -> Desk<'a> {
        Desk { model, words, asked: false, refused: HashMap::new(), room: Room::default() }
    }

    /// Whether a line was looked at and stays as it is.
    pub(super) fn is_refused(&self, line: &[char]) -> bool {
        !self.refused.is_empty() && self.refused.contains_key(&left::key(line.iter().copied()))
    }

    /// Notes why a damaged line stays as it is.
    pub(super) fn refuse(&mut self, line: &[char], reason: &'static str) {
        self.refused.insert(left::key(line.iter().copied()), reason);
    }
}

/// The hypotheses that wait at the next places of the line. No move reaches further than an annotation is long, so a ring of lists
/// serves lines of any length.
#[derive(Debug, Default)]
struct Places([Vec<Hypothesis>; REACH]);

/// More than the length of the longest annotation.
const REACH: usize = 32;

impl Places {
    fn at(&mut self, place: usize) -> &mut Vec<Hypothesis> {
        &mut self.0[place % REACH]
    }
}

/// One thing to replace: characters `from..to` of the line by `new`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub from: usize,
    pub to: usize,
    pub new: String,
    /// The stable name of what was wrong.
    pub rule: &'static str,
    pub lost: Loss,
    /// The characters of `new` that were chosen by likelihood, by their number, each with how often such a choice is right of 100.
    pub guesses: crate::few::Few<(usize, u8)>,
}

impl Fault {
    /// One that loses nothing.
    pub(super) fn whole(from: usize, to: usize, new: impl Into<String>, rule: &'static str) -> Fault {
        Fault { from, to, new: new.into(), rule, lost: Loss::Nothing, guesses: Default::default() }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pending {
    /// In step.
    None,
    /// The first byte of a true character.
    Byte(u8),
    /// A first byte that was lost.
    Any,
    /// A first byte that was lost as the second of an undefined pair with this first one.
    After(u8),
}

#[derive(Debug, Clone, Copy)]
struct Hypothesis {
    cost: i32,
    context: Context,
    pending: Pending,
    /// Last true character, its last byte, and the byte before that.
    last: char,
    byte: u8,
    before: u8,
    open: Open,
    /// How many of the last two true characters came out of a slip, the last one in the lowest bit.
    fresh: u8,
    /// What the next node says was chosen from a group.
    guess: bool,
    node: u32,
}

/// What was said on the way to a hypothesis: `said` characters of truth for the line up to `to`.
#[derive(Debug, Clone, Copy)]
struct Node {
    before: u32,
    to: u32,
    said: [char; 2],
    kind: Kind,
    guess: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Characters as they are.
    Kept,
    /// An annotation left out while in step.
    Note,
    /// Inside a slip.
    Slip,
    /// The last step of a slip.
    Back,
}

const NOTHING: char = '\0';

pub(super) struct Search<'a, 'd> {
    model: &'a Model,
    cells: &'a Cells,
    words: &'d Words,
    line: &'a [char],
    notes: &'a Notes,
    evidence: Evidence,
    /// Characters this line annotates: where one stands alone, a hypothesis pays.
    listed: line::Listed,
    /// What a converted character costs that is restored without its reading.
    unnoted: i32,
    /// Above zero when the line is Traditional, below when it is Simplified.
    script: i32,
    room: &'d mut Room,
    /// What is known of the brackets behind a place.
    rest: (usize, Rest),
    /// The last place with a hypothesis.
    far: usize,
    /// Faults that are settled, and where the way to the present begins.
    told: Vec<Fault>,
    /// Slips that stay because a character of them is not certain enough.
    refused: usize,
    base: usize,
    /// Whether this line, or failing that its document, has its punctuation folded to ASCII.
    narrow: bool,
}

/// The faults of `line`, in order. Nothing when the line as it stands is the best explanation.
pub(super) fn faults(desk: &mut Desk, line: &[char], evidence: Evidence) -> Vec<Fault> {
    let model = desk.model;
    let notes = Notes::of(model, line);
    let listed =
        if evidence.annotated && !evidence.without.list { notes.listed(model, line) } else { line::Listed::default() };
    let unnoted = if evidence.annotated { line::unnoted(model, &notes, line) } else { 0 };
    let script = if evidence.annotated { 1 } else { line::script(model, line) };
    let mut search = Search {
        model,
        cells: model.cells(),
        words: &desk.words,
        line,
        notes: &notes,
        evidence,
        listed,
        unnoted,
        script,
        room: &mut desk.room,
        rest: (usize::MAX, Rest::default()),
        far: 0,
        told: Vec::new(),
        refused: 0,
        base: 0,
        narrow: line::narrow(&notes, line, evidence),
    };
    let noted = evidence.annotated && notes.any();
    if !noted && !(0..line.len()).any(|at| search.trigger(at)) {
        return Vec::new();
    }
    search.room.places.0.iter_mut().for_each(Vec::clear);
    search.room.nodes.clear();
    search.run();
    let faults = search.told();
    if search.refused > 0 {
        desk.refuse(line, "uncertain-slip");
    }
    faults
}

impl Search<'_, '_> {
    fn run(&mut self) {
        self.room.nodes.push(Node { before: 0, to: 0, said: [NOTHING; 2], kind: Kind::Kept, guess: false });
        self.room.pruner.rivals.clear();
        let start = Hypothesis {
            cost: 0,
            context: Context::START,
            pending: Pending::None,
            last: '\n',
            byte: b'\n',
            before: b'\n',
            open: Open::default(),
            fresh: 0,
            guess: false,
            node: 0,
        };
        self.room.places.at(0).push(start);
        let (mut at, mut slipped) = (0, 0);
        while at < self.line.len() {
            if self.room.places.at(at).is_empty() {
                at += 1;
                continue;
            }
            let mut here = std::mem::take(self.room.places.at(at));
            self.room.pruner.prune(&mut here);
            if here.iter().any(|h| h.pending != Pending::None) {
                slipped = at + 3;
            } else if at > slipped && self.far <= at {
                here.truncate(1);
            }
            if let [h] = here[..]
                && self.far <= at
                && h.pending == Pending::None
            {
                let (to, h) = self.walked(at, h);
                if to > at {
                    at = to;
                    continue;
                }
                here[0] = h;
            }
            let (mut halves, mut first) = (0, None);
            for &h in &here {
                if h.pending == Pending::None {
                    self.in_step(at, h);
                    continue;
                }
                // Where a whole group of characters fits, only the best hypotheses are worth one.
                let half = matches!(h.pending, Pending::After(_));
                halves += usize::from(half);
                let best = *first.get_or_insert(h.cost);
                let group = half || self.line[at] == '?';
                if group && (halves > HALVES_ON || h.cost > best + GROUP_DEPTH) {
                    continue;
                }
                self.out_of_step(at, h);
            }
            // The list goes back to its place, to be filled again.
            here.clear();
            *self.room.places.at(at) = here;
            at += 1;
        }
    }

    fn put(&mut self, at: usize, mut h: Hypothesis, said: [char; 2], kind: Kind) {
        let node = Node { before: h.node, to: at as u32, said, kind, guess: h.guess };
        h.guess = false;
        h.node = self.room.nodes.len() as u32;
        self.room.nodes.push(node);
        self.far = self.far.max(at);
        self.room.places.at(at).push(h);
    }

    /// `h` with one more true character.
    fn say(&self, h: Hypothesis, c: char) -> Hypothesis {
        let (cost, context) = self.model.step(h.context, c);
        let cost = if h.fresh == 0 { cost } else { self.words.discount_in_slip(h.context, context, cost) };
        self.said(Hypothesis { cost: h.cost + cost, context, fresh: h.fresh << 1 & 3, ..h }, c)
    }

    /// What `c` costs after `h`.
    fn ahead(&self, h: Hypothesis, c: char) -> i32 {
        let (cost, context) = self.model.step(h.context, c);
        let cost = if h.fresh == 0 { cost } else { self.words.discount_in_slip(h.context, context, cost) };
        if self.evidence.without.brackets { cost } else { cost + h.open.step(c).1 }
    }

    /// What follows from a character for brackets and bytes.
    fn said(&self, mut h: Hypothesis, c: char) -> Hypothesis {
        let (open, price) = h.open.step(c);
        if !self.evidence.without.brackets {
            h.cost += price;
        }
        h.open = open;
        h.last = c;
        (h.before, h.byte) = gbk::pair_of(c).or(folded(c)).unwrap_or((h.byte, c as u8 & 0x7F));
        h
    }

    /// A true character out of a slip, which no converter would leave unconverted and no mirror unannotated.
    fn restore(&self, h: Hypothesis, c: char, annotated: bool) -> Hypothesis {
        let cell = Cell { c, spelling: self.model.spelling(c), number: 0, lead: 0, trail: 0, alone: 0 };
        self.restored(h, &cell, self.model.step(h.context, c), annotated)
    }

    /// The same, where the model's step is known.
    fn restored(&self, h: Hypothesis, cell: &Cell, step: (i32, Context), annotated: bool) -> Hypothesis {
        let (c, (cost, context)) = (cell.c, step);
        let cost = self.words.discount_in_slip(h.context, context, cost);
        let fresh = (h.fresh << 1 | 1) & 3;
        let last = h.last;
        let mut h = self.said(Hypothesis { cost: h.cost + cost, context, fresh, ..h }, c);
        h.cost += self.odd(cell.spelling) + self.words.pronoun(c);
        if is_wide_latin(c) {
            h.cost += 8 * NAT;
        }
        if !annotated && self.listed.has(c) {
            h.cost += (2 * NAT).max(self.unnoted);
        } else if !annotated && line::is_converted(cell.spelling) {
            h.cost += self.unnoted;
        }
        h.cost += doubled(last, c);
        h
    }

    /// What makes a spelling a poor guess in this line.
    fn odd(&self, spelling: Spelling) -> i32 {
        match spelling {
            Spelling::Variant => 2 * NAT,
            Spelling::Simplified if self.script > 0 => 6 * NAT,
            Spelling::Converted | Spelling::Second if self.script < 0 => 5 * NAT,
            _ => 0,
        }
    }

    /// What a bracket costs more than another character when it is guessed before a place.
    fn fits(&mut self, at: usize, open: Open, c: char) -> i32 {
        if !brackets::is_bracket(c) || self.evidence.without.brackets {
            return 0;
        }
        if self.rest.0 != at {
            self.rest = (at, Rest::of(self.rest_of_line(at)));
        }
        self.rest.1.price(open, c)
    }

    /// The line from a place, without its annotations.
    fn rest_of_line(&self, mut at: usize) -> impl Iterator<Item = char> {
        std::iter::from_fn(move || {
            while let Some(syllable) = self.notes.at(at) {
                at += 1 + syllable.len;
            }
            at += 1;
            self.line.get(at - 1).copied()
        })
    }

    /// How well what ends before an annotation can be read so: the last character, or a character of the list that its
    /// last two bytes make: in ：T(lǒng) they are BA 54, 篢.
    fn read_as(&self, h: Hypothesis, sound: pinyin::Sound) -> Option<i32> {
        let made = if h.byte < 0x80 { gbk::char_of(h.before, h.byte)? } else { h.last };
        pinyin::fit(self.model, made, sound)
    }
}

/// A full stop behind a full stop is what the bytes of something else look like.
pub(super) fn doubled(last: char, c: char) -> i32 {
    if last == '。' && c == '。' { 4 * NAT } else { 0 }
}

/// The bytes of a full-width mark that later programs fold to ASCII.
fn folded(c: char) -> Option<(u8, u8)> {
    matches!(c, ',' | '!' | '?' | ';' | ':' | '(' | ')').then_some((0xA3, c as u8 | 0x80))
}

/// The second byte of a mark at which bytes are cut.
fn cut_at(c: char) -> Option<u8> {
    match c {
        ',' | '，' => Some(0xAC),
        '!' | '！' => Some(0xA1),
        '?' | '？' => Some(0xBF),
        ';' | '；' => Some(0xBB),
        ':' | '：' => Some(0xBA),
        _ => None,
    }
}
