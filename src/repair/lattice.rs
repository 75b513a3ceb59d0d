//! UTF-8 whose bytes went through a wrong decoder that lost some of them.
//!
//! In: a row of known bytes and holes. Out: the likeliest text. Where all bytes of a character are there, it is settled; between such,
//! the ways to read what is left are found by form alone (`chunk`, `part`; what a decoder can lose is in `lost`), and one beam over
//! the row lets the model choose. With one hypothesis left, sound stretches cost nothing.

mod chunk;
mod lost;
mod part;
mod row;

pub(super) use chunk::Unit;
pub(super) use lost::Lost;

use super::certainty::{FAR, Kind, Rival, weigh};
use super::judge::is_poor;
use super::model::{Context, EDGE, Model, NAT, Spelling};
use chunk::{Known, Piece};
use part::Fitting;
use row::chunks;
use std::cell::RefCell;

/// Hypotheses kept at each place, and how far (in model units) behind the best they may fall.
const WIDTH: usize = 14;
const DEPTH: i32 = 9 * NAT;

/// Hypotheses kept within a chunk, behind each of its pieces but the last.
const WITHIN: usize = 4 * WIDTH;

/// Characters that are tried for a row, and more for each of its units, at full width. Rows out of real damage need 64 for a unit at
/// most; where thirty marks stand side by side, every one of them could be anything.
const BUDGET: usize = 1 << 12;
const BUDGET_OF_UNIT: usize = 256;

/// Hypotheses kept, and ways followed, when that is spent.
const NARROW: usize = 2;

/// Characters tried for each part, and of those at most so many that the model never saw behind the one before.
const CHOICES: usize = 10;
const STRANGERS: usize = 12;

#[derive(Debug, Clone, Copy)]
struct Hypothesis {
    cost: i32,
    context: Context,
    text: u32,
}

/// The characters of a list that may follow: cost, code point and place in the second list as one number, so that they sort fast; and their
/// contexts.
#[derive(Default)]
struct Fits {
    keys: Vec<u64>,
    contexts: Vec<Context>,
}

struct Beam<'a> {
    model: &'a Model,
    /// Above zero for Traditional text, below for Simplified.
    script: i32,
    /// Characters that may still be tried before the beam gets narrow.
    budget: usize,
    here: Vec<Hypothesis>,
    /// Room for the hypotheses within a chunk.
    from: Vec<Hypothesis>,
    to: Vec<Hypothesis>,
    spare: Vec<Hypothesis>,
    fits: Fits,
    /// What the likeliest hypothesis behind the chunk costs so far: what costs far more is not kept.
    least: i32,
    /// What was said; the first is nothing.
    texts: Vec<Said>,
    /// Hypotheses that lost to another one in the same context.
    rivals: Vec<Rival>,
    kind: Kind,
    /// What is settled, how many characters that is, and the last two of them where the context of the only hypothesis is not reckoned yet.
    out: Decoded,
    count: usize,
    tail: [char; 2],
}

/// One character behind a text.
#[derive(Debug, Clone, Copy)]
struct Said {
    before: u32,
    c: char,
    guessed: bool,
}

/// A text, and which of its characters were guessed: their numbers, with how often such a choice is right of 100.
#[derive(Debug, Default)]
pub(super) struct Decoded {
    pub text: String,
    pub guesses: Vec<(usize, u8)>,
}

thread_local! {
    static KNOWN: RefCell<Known> = RefCell::default();
}

/// Whether a row is UTF-8 by its form: of its bytes above ASCII, so many of ten stand in whole characters of three.
pub(super) fn whole_of(units: &[Unit], share: usize) -> bool {
    let (mut whole, mut all, mut run) = (0, 0, 0u8);
    for unit in units {
        let b = unit.known().unwrap_or(0);
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
    whole >= 9 && whole * 10 >= all * share
}

/// The text of a row; nothing when no reading holds together.
pub(super) fn decode(model: &Model, units: &[Unit], lost: Lost) -> Option<Decoded> {
    KNOWN.with_borrow_mut(|known| {
        known.ready(model);
        read(model, known, units, lost)
    })
}

fn read(model: &Model, known: &mut Known, units: &[Unit], lost: Lost) -> Option<Decoded> {
    let (chunks, signs) = chunks(model, units);
    let how = (lost, signs.style());
    let mut beam = Beam {
        model,
        script: signs.script,
        budget: BUDGET + BUDGET_OF_UNIT * units.len(),
        here: Vec::with_capacity(ROOM),
        from: Vec::with_capacity(ROOM),
        to: Vec::with_capacity(ROOM),
        spare: Vec::new(),
        fits: Fits { keys: Vec::with_capacity(ROOM), contexts: Vec::with_capacity(ROOM) },
        least: i32::MAX - DEPTH,
        texts: texts(units.len()),
        rivals: Vec::new(),
        kind: lost.kind(),
        out: Decoded { text: String::with_capacity(units.len()), guesses: Vec::new() },
        count: 0,
        tail: [NOTHING; 2],
    };
    beam.here.push(Hypothesis { cost: 0, context: Context::START, text: 0 });
    let mut rest = units;
    for (length, c) in chunks {
        let (chunk, behind) = rest.split_at(usize::from(length));
        rest = behind;
        if c != NOTHING {
            beam.settled(c);
            continue;
        }
        let next = behind.first().and_then(|unit| unit.known()).unwrap_or(0);
        let number = known.number(model, how, chunk, next);
        beam.unsettled(known, number);
        if beam.here.is_empty() {
            return None;
        }
    }
    beam.reckon();
    let ended = |h: &Hypothesis| h.cost + model.step_number(h.context, EDGE).0;
    let best = *beam.here.iter().min_by_key(|h| ended(h))?;
    for h in beam.here.iter().filter(|h| h.text != best.text) {
        beam.rivals.push(Rival { of: best.text, other: h.text, more: ended(h) - ended(&best) });
    }
    beam.write(best);
    Some(beam.out)
}

/// The first text, with room for those of a beam that is cleared now and then.
fn texts(units: usize) -> Vec<Said> {
    let mut texts = Vec::with_capacity(units.clamp(64, 1 << 14) * 4);
    texts.push(Said { before: 0, c: NOTHING, guessed: false });
    texts
}

/// Room for hypotheses and characters that most rows need.
const ROOM: usize = 128;

/// No character.
const NOTHING: char = '\0';

/// Whether a sign of ASCII may have been taken along by a lone byte, or be the mark that stands for one.
fn is_swallowed(c: char) -> bool {
    matches!(c, ' ' | ',' | '1' | '.' | ')' | '(' | '?')
}

impl Beam<'_> {
    /// A character that is there.
    fn settled(&mut self, c: char) {
        if let [h] = self.here[..] {
            // The context is two characters: what is behind them is written down, and forgotten.
            if h.text != 0 {
                self.write(h);
                self.here[0].text = 0;
            }
            self.out.text.push(c);
            self.count += 1;
            self.tail = [self.tail[1], c];
            return;
        }
        let mut here = std::mem::take(&mut self.here);
        for h in &mut here {
            *h = self.say(*h, c, false);
        }
        self.here = here;
        self.prune();
    }

    /// The context behind what was settled.
    fn reckon(&mut self) {
        if let [h] = &mut self.here[..] {
            let tail = self.tail.iter().filter(|&&c| c != NOTHING);
            h.context = tail.fold(h.context, |context, &c| self.model.step(context, c).1);
            h.cost = 0;
            self.tail = [NOTHING; 2];
        }
    }

    /// A chunk in which something is lost.
    fn unsettled(&mut self, known: &Known, number: usize) {
        self.reckon();
        let here = std::mem::take(&mut self.here);
        let mut ends = std::mem::take(&mut self.to);
        self.least = i32::MAX - DEPTH;
        for &h in &here {
            let most = self.width(usize::MAX);
            for way in known.ways(number).iter().take(most) {
                let start = Hypothesis { cost: h.cost + way.cost, ..h };
                self.follow(known, start, &way.pieces, &mut ends);
            }
        }
        (self.here, self.to) = (ends, here);
        self.to.clear();
        self.prune();
    }

    /// The hypotheses at the end of a way.
    fn follow(&mut self, known: &Known, start: Hypothesis, pieces: &[Piece], ends: &mut Vec<Hypothesis>) {
        let Some((last, before)) = pieces.split_last() else { return self.end(start, ends) };
        if before.is_empty() {
            return self.last(known, start, *last, ends);
        }
        let (mut from, mut to) = (std::mem::take(&mut self.from), std::mem::take(&mut self.spare));
        from.clear();
        from.push(start);
        for piece in before {
            to.clear();
            from.iter().for_each(|&h| self.piece(known, h, *piece, &mut to));
            // Each piece can be ten characters: a row of thirty marks is a dozen pieces.
            let most = self.width(WITHIN);
            if to.len() > most {
                to.sort_unstable_by_key(|h| (h.cost, h.text));
                to.truncate(most);
            }
            std::mem::swap(&mut from, &mut to);
        }
        from.iter().for_each(|&h| self.last(known, h, *last, ends));
        (self.from, self.spare) = (from, to);
    }

    /// `wide`, while there is a budget.
    fn width(&self, wide: usize) -> usize {
        if self.budget > 0 { wide } else { NARROW }
    }

    fn piece(&mut self, known: &Known, h: Hypothesis, piece: Piece, out: &mut Vec<Hypothesis>) {
        match piece {
            Piece::Sure(c) => {
                let said = self.say(h, c, is_swallowed(c));
                out.push(said);
            }
            Piece::One(list) => self.choose(h, known.parts.list(list), None, out),
        }
    }

    /// The last piece of a chunk: behind it, what costs far more than the best is cut (see `prune`), so it need not be kept at all.
    fn last(&mut self, known: &Known, h: Hypothesis, piece: Piece, ends: &mut Vec<Hypothesis>) {
        match piece {
            Piece::Sure(c) => {
                let said = self.say(h, c, is_swallowed(c));
                self.end(said, ends);
            }
            Piece::One(list) => {
                let from = ends.len();
                self.choose(h, known.parts.list(list), Some(self.least), ends);
                self.least = ends[from..].iter().map(|h| h.cost).fold(self.least, i32::min);
            }
        }
    }

    fn end(&mut self, h: Hypothesis, ends: &mut Vec<Hypothesis>) {
        self.least = self.least.min(h.cost);
        ends.push(h);
    }

    fn say(&mut self, h: Hypothesis, c: char, guessed: bool) -> Hypothesis {
        let (cost, context) = self.model.step(h.context, c);
        self.texts.push(Said { before: h.text, c, guessed });
        Hypothesis { cost: h.cost + cost, context, text: self.texts.len() as u32 - 1 }
    }

    /// The likeliest characters of a list; where the best of others costs `least`, of those that are not far behind.
    fn choose(
        &mut self,
        h: Hypothesis,
        (guessed, list): (bool, &[Fitting]),
        least: Option<i32>,
        out: &mut Vec<Hypothesis>,
    ) {
        self.budget = self.budget.saturating_sub(list.len());
        let depth = if least.is_some() { DEPTH } else { i32::MAX / 2 };
        let mut most = least.map_or(i32::MAX, |least| (least + depth).saturating_sub(h.cost));
        if most < 0 {
            return;
        }
        let mut fits = std::mem::take(&mut self.fits);
        fits.keys.clear();
        fits.contexts.clear();
        let after = self.model.after(h.context);
        let mut strangers = 0;
        let last = after.seconds().last().copied().unwrap_or(0);
        for fitting in list {
            // Behind the last one that was seen here there are only strangers.
            if strangers == STRANGERS && fitting.number > last {
                break;
            }
            let (cost, context) = match after.seen(fitting.number) {
                Some(step) => step,
                // Those never seen here stand in the order of the list: the first few are the likeliest of them.
                None if strangers == STRANGERS => continue,
                None => {
                    strangers += 1;
                    after.unseen(fitting.number)
                }
            };
            if cost > most {
                continue;
            }
            let cost = cost + self.odd(*fitting);
            if cost <= most {
                fits.keys.push((cost as u64) << 40 | (fitting.c as u64) << 16 | fits.contexts.len() as u64);
                fits.contexts.push(context);
                most = most.min(cost + depth);
            }
        }
        if fits.keys.len() > CHOICES {
            fits.keys.select_nth_unstable(CHOICES);
            fits.keys.truncate(CHOICES);
        }
        fits.keys.sort_unstable();
        for &key in &fits.keys {
            let context = fits.contexts[key as usize & 0xFFFF];
            let c = char::from_u32((key >> 16) as u32 & 0xFF_FFFF).unwrap_or(NOTHING);
            self.texts.push(Said { before: h.text, c, guessed });
            out.push(Hypothesis { cost: h.cost + (key >> 40) as i32, context, text: self.texts.len() as u32 - 1 });
        }
        self.fits = fits;
    }

    /// What makes a character a poor guess: the other script, a quotation mark of the other style.
    fn odd(&self, fitting: Fitting) -> i32 {
        match fitting.spelling {
            Spelling::Variant => 2 * NAT,
            Spelling::Second if self.script >= 0 => 2 * NAT,
            Spelling::Ambiguous if self.script > 0 => 3 * NAT,
            Spelling::Simplified if self.script > 0 => 5 * NAT,
            Spelling::Converted | Spelling::Second if self.script < 0 => 5 * NAT,
            // The model knows them as ASCII, behind which they cost nothing: ，2009 became ０2009.
            _ if is_poor(fitting.c) => 8 * NAT,
            _ if matches!(fitting.c, '」' | '』' | '「' | '『') && self.script <= 0 => 4 * NAT,
            _ => 0,
        }
    }

    /// The best of each context, the best of those.
    fn prune(&mut self) {
        let width = self.width(WIDTH);
        let here = &mut self.here;
        let most = here.iter().map(|h| h.cost + DEPTH).min().unwrap_or(0);
        here.retain(|h| h.cost <= most);
        here.sort_unstable_by_key(|h| u64::from(h.text) | (h.cost as u64) << 32);
        let mut kept = 0;
        for at in 0..here.len() {
            let h = here[at];
            if kept == width {
                break;
            }
            match here[..kept].iter().find(|k| k.context == h.context) {
                None => {
                    here[kept] = h;
                    kept += 1;
                }
                Some(k) if h.cost - k.cost < FAR => {
                    self.rivals.push(Rival { of: k.text, other: h.text, more: h.cost - k.cost });
                }
                Some(_) => {}
            }
        }
        here.truncate(kept);
    }

    /// Writes down the text of a hypothesis; all others are forgotten.
    fn write(&mut self, h: Hypothesis) {
        let mut way = Vec::new();
        let mut at = h.text;
        while at != 0 {
            way.push(at);
            at = self.texts[at as usize].before;
        }
        way.reverse();
        let said = |at: u32| self.texts[at as usize];
        let others = weigh(
            &way,
            &self.rivals,
            |at| said(at).before,
            |own, other, back| other.get(back).is_some_and(|&node| said(node).c == said(own).c),
        );
        for (&at, others) in way.iter().zip(others) {
            self.out.text.push(said(at).c);
            if said(at).guessed {
                self.out.guesses.push((self.count, self.kind.percent(others)));
            }
            self.count += 1;
        }
        self.texts.truncate(1);
        self.rivals.clear();
    }
}
