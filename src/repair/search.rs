//! The slip search: which true line explains what a mirror page shows?
//!
//! In: the characters of one line and what is known of its document. Out: the faults found, as replacements of character
//! ranges. The page was made by a program that worked on GBK bytes (see `mirror`): after a fault the decoder is one byte
//! out of step until something swallows a byte. So one beam runs over the line. A hypothesis is in step, or holds the
//! first byte of a true character whose second byte is the first byte of the next character seen. The character model
//! chooses; what the forward program could not have written is never proposed.

mod moves;

use super::gbk;
use super::judge::{is_han, price};
use super::model::{Context, EDGE, Model, NAT, Spelling};
use super::pinyin;
use crate::edit::Loss;

/// Hypotheses kept at each place, and how far (in model units) behind the best they may fall.
const WIDTH: usize = 100;
const DEPTH: i32 = 16 * NAT;

/// Nodes kept before a line is settled up to the place it has come to.
const ENOUGH_NODES: usize = 100_000;

/// What a document tells about its lines.
#[derive(Debug, Clone, Copy)]
pub(super) struct Evidence {
    /// Its annotations were put in by a program: drop them.
    pub annotated: bool,
    /// Its full-width punctuation was folded to ASCII.
    pub narrow: bool,
    /// What a fault has to earn before it is believed.
    pub price: i32,
    /// A byte may have gone without a trace, in a page of either script.
    pub lost: bool,
    /// Lost bytes may be guessed.
    pub guess: bool,
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
    node: u32,
}

/// How many of each kind of bracket are open: “ ‘ 《 （ 「, three bits each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Open(u16);

const OPENING: [char; 5] = ['“', '‘', '《', '（', '「'];
const CLOSING: [char; 5] = ['”', '’', '》', '）', '」'];

impl Open {
    /// The state after `c`, and what it costs: closing what is not open, opening what is.
    fn after(self, c: char) -> (Open, i32) {
        if let Some(at) = OPENING.iter().position(|&o| o == c) {
            let n = self.0 >> (at * 3) & 7;
            let price = if n > 0 && at != 3 { 2 * NAT } else { 0 };
            return if n < 7 { (Open(self.0 + (1 << (at * 3))), price) } else { (self, price) };
        }
        if let Some(at) = CLOSING.iter().position(|&o| o == c) {
            let n = self.0 >> (at * 3) & 7;
            return if n > 0 { (Open(self.0 - (1 << (at * 3))), 0) } else { (self, 3 * NAT) };
        }
        (self, 0)
    }
}

/// What was said on the way to a hypothesis: `said` characters of truth for the line up to `to`.
#[derive(Debug, Clone, Copy)]
struct Node {
    before: u32,
    to: u32,
    said: [char; 2],
    kind: Kind,
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

pub(super) struct Search<'a> {
    model: &'a Model,
    line: &'a [char],
    evidence: Evidence,
    /// Characters this line annotates: where one stands alone, a hypothesis pays.
    listed: Vec<char>,
    /// Pairs of Han characters the line shows: words come back in a text.
    shown: Vec<(char, char)>,
    /// Above zero when the line is Traditional, below when it is Simplified.
    script: i32,
    /// Where a byte may be gone without a trace.
    suspect: Vec<bool>,
    places: Vec<Vec<Hypothesis>>,
    /// The last place with a hypothesis.
    far: usize,
    /// Faults that are settled, and where the way to the present begins.
    told: Vec<Fault>,
    base: usize,
    /// Whether this line, or failing that its document, has its punctuation folded to ASCII.
    narrow: bool,
    nodes: Vec<Node>,
}

/// The faults of `line`, in order. Nothing when the line as it stands is the best explanation.
pub(super) fn faults(model: &Model, line: &[char], evidence: Evidence) -> Vec<Fault> {
    let listed = if evidence.annotated { listed(model, line) } else { Vec::new() };
    let suspect = if evidence.lost { suspect(model, line) } else { Vec::new() };
    let count = |wanted: Spelling| line.iter().filter(|&&c| model.spelling(c) == wanted && common(c)).count() as i32;
    let script = if evidence.annotated { 1 } else { count(Spelling::Converted) - count(Spelling::Simplified) };
    let mut search = Search {
        model,
        line,
        evidence,
        listed,
        script,
        suspect,
        places: Vec::new(),
        far: 0,
        told: Vec::new(),
        base: 0,
        narrow: narrow(line, evidence),
        shown: Vec::new(),
        nodes: Vec::new(),
    };
    let notes = evidence.annotated && line.contains(&'(');
    if !notes && !(0..line.len()).any(|at| search.trigger(at)) {
        return Vec::new();
    }
    search.shown = shown(line);
    search.places.resize_with(line.len() + 1, Vec::new);
    search.run();
    search.told()
}

/// Whether a character is of the first level of GB 2312, or is what its Traditional form is converted from: the random
/// characters of a slipped stretch seldom are.
fn common(c: char) -> bool {
    super::scan::commonness(c) == 1
}

/// Whether a line, or failing that its document, has its punctuation folded to ASCII.
fn narrow(line: &[char], evidence: Evidence) -> bool {
    let wide = line.iter().filter(|c| "，！？；：".contains(**c)).count();
    let narrow = line.iter().filter(|c| ",!;:".contains(**c)).count();
    if wide == narrow { evidence.narrow } else { narrow > wide }
}

/// The pairs of neighbouring Han characters, in order.
fn shown(line: &[char]) -> Vec<(char, char)> {
    let pairs = line.windows(2).filter(|w| is_han(w[0]) && is_han(w[1]));
    let mut pairs: Vec<(char, char)> = pairs.map(|w| (w[0], w[1])).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Where the line as it stands costs so much that a byte may be missing.
fn suspect(model: &Model, line: &[char]) -> Vec<bool> {
    let mut context = Context::START;
    let mut costs: Vec<i32> = Vec::with_capacity(line.len() + 1);
    for &c in line {
        let (cost, after) = model.step(context, c);
        costs.push(cost);
        context = after;
    }
    costs.push(8 * NAT);
    costs.windows(2).map(|w| w[0] + w[1] >= 17 * NAT).collect()
}

/// The characters that stand annotated in the line.
fn listed(model: &Model, line: &[char]) -> Vec<char> {
    let mut found = Vec::new();
    for (at, pair) in line.windows(2).enumerate() {
        if pair[1] == '('
            && let Some(syllable) = pinyin::syllable(&line[at + 2..])
            && pinyin::fit(model, pair[0], syllable.letters()).is_some()
        {
            found.push(pair[0]);
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

impl Search<'_> {
    fn run(&mut self) {
        self.nodes.push(Node { before: 0, to: 0, said: [NOTHING; 2], kind: Kind::Kept });
        let start = Hypothesis {
            cost: 0,
            context: Context::START,
            pending: Pending::None,
            last: '\n',
            byte: b'\n',
            before: b'\n',
            open: Open::default(),
            node: 0,
        };
        self.places[0].push(start);
        let mut slipped = 0;
        for at in 0..self.line.len() {
            let mut here = std::mem::take(&mut self.places[at]);
            prune(&mut here);
            if here.iter().any(|h| h.pending != Pending::None) {
                slipped = at + 3;
            } else if at > slipped && self.far <= at {
                here.truncate(1);
            }
            if let [h] = here[..]
                && self.far <= at
                && h.pending == Pending::None
            {
                let h = if self.nodes.len() > ENOUGH_NODES { self.settle(at, h) } else { h };
                let (to, on) = self.walk(at, h);
                if to > at {
                    self.put(to, on, [NOTHING; 2], Kind::Kept);
                    continue;
                }
                here[0] = h;
            }
            let mut halves = 0;
            for h in here {
                if matches!(h.pending, Pending::After(_)) && self.line[at] == '?' {
                    halves += 1;
                    if halves > 6 {
                        continue;
                    }
                }
                if h.pending == Pending::None { self.in_step(at, h) } else { self.out_of_step(at, h) }
            }
        }
    }

    /// With one hypothesis left, what was found so far stands: the way to it is forgotten, or a line of many megabytes
    /// would keep all of them.
    fn settle(&mut self, at: usize, mut h: Hypothesis) -> Hypothesis {
        self.tell(h.node);
        self.base = at;
        self.nodes.truncate(1);
        h.node = 0;
        h
    }

    /// Goes on from the only hypothesis, in step, to the next place where something may begin; no model is needed for
    /// that. Annotations are dropped on the way.
    fn walk(&mut self, from: usize, mut h: Hypothesis) -> (usize, Hypothesis) {
        let (mut at, mut tail) = (from, ['\0'; 2]);
        while at < self.line.len() && !self.trigger(at) {
            let c = self.line[at];
            if c == '('
                && self.evidence.annotated
                && let Some(syllable) = pinyin::syllable(&self.line[at + 1..])
                && self.read_as(h, syllable.letters()).is_some()
            {
                for (to, kind) in [(at, Kind::Kept), (at + 1 + syllable.len, Kind::Note)] {
                    self.nodes.push(Node { before: h.node, to: to as u32, said: [NOTHING; 2], kind });
                    h.node = self.nodes.len() as u32 - 1;
                    at = to;
                }
                continue;
            }
            h.open = h.open.after(c).0;
            h.last = c;
            tail = [tail[1], c];
            (h.before, h.byte) =
                if c.is_ascii() { folded(c).unwrap_or((h.byte, c as u8)) } else { gbk::pair_of(c).unwrap_or((0, 0)) };
            at += 1;
        }
        // The context is the last two characters: with both of them new, where it came from does not matter.
        h.context = tail.iter().filter(|&&c| c != '\0').fold(h.context, |context, &c| self.model.step(context, c).1);
        (at, h)
    }

    /// Whether something may begin at a place.
    fn trigger(&self, at: usize) -> bool {
        match self.line[at] {
            '?' => self.evidence.annotated || self.evidence.lost || !self.sounds(at),
            '\u{FFFD}' => true,
            _ => self.suspect.get(at) == Some(&true),
        }
    }

    /// Whether what follows a "?" is language as it stands.
    fn sounds(&self, at: usize) -> bool {
        let next = &self.line[at + 1..self.line.len().min(at + 5)];
        let (mut context, mut sum) = (self.model.step(Context::START, '?').1, 0);
        for &c in next {
            let (cost, after) = self.model.step(context, c);
            (sum, context) = (sum + cost, after);
        }
        // "?!?" is what is left of 。” at a line end.
        next.is_empty() || (next.len() > 1 && !"!！".contains(next[0]) && sum <= 7 * NAT * next.len() as i32)
    }

    /// The best hypothesis that ends in step, as faults.
    fn told(&mut self) -> Vec<Fault> {
        let len = self.line.len();
        if self.evidence.lost {
            let mut ends = std::mem::take(&mut self.places[len]);
            prune(&mut ends);
            self.places[len] = ends.clone();
            for (on, c) in ends.iter().flat_map(|&h| self.cut_short(h)).collect::<Vec<_>>() {
                self.put(len, on, [c, NOTHING], Kind::Back);
            }
        }
        let end = &self.places[len];
        let ended = |h: &&Hypothesis| h.cost + self.model.step_number(h.context, EDGE).0;
        let Some(best) = end.iter().filter(|h| h.pending == Pending::None).min_by_key(ended) else {
            return Vec::new();
        };
        let node = best.node;
        self.tell(node);
        let mut faults = std::mem::take(&mut self.told);
        if self.evidence.lost {
            faults.retain(|f| self.earned(f));
        }
        faults
    }

    /// Turns the way to a node into faults, behind those told already.
    fn tell(&mut self, node: u32) {
        let mut path = Vec::new();
        let mut at = node;
        while at != 0 {
            path.push(self.nodes[at as usize]);
            at = self.nodes[at as usize].before;
        }
        let mut faults = std::mem::take(&mut self.told);
        let rule = if self.evidence.lost { "gbk-lost-byte" } else { "byte-slip" };
        let (mut from, mut inside, narrow) = (self.base, false, self.narrow);
        for node in path.iter().rev() {
            let to = node.to as usize;
            match node.kind {
                Kind::Kept => inside = false,
                Kind::Note => faults.push(Fault { from, to, new: String::new(), rule: "pinyin", lost: Loss::Nothing }),
                Kind::Slip | Kind::Back => {
                    if !inside {
                        faults.push(Fault { from, to, new: String::new(), rule, lost: Loss::Guessed });
                    }
                    if let Some(fault) = faults.last_mut() {
                        fault.to = to;
                        // A swallowed digit: see `swallowed`.
                        fault.lost = if node.said[1] == '?' { Loss::Gone } else { fault.lost };
                        fault.new.extend(
                            node.said.iter().filter(|&&c| c != NOTHING).map(|&c| if narrow { narrowed(c) } else { c }),
                        );
                    }
                    inside = node.kind == Kind::Slip;
                }
            }
            from = to;
        }
        self.base = from;
        self.told = faults;
    }

    /// Whether a fault without a "?" is worth more than it costs: the look-alikes are rare characters in sound text, so a
    /// change has to show more than one of them, or bytes that text never has.
    fn earned(&self, fault: &Fault) -> bool {
        let seen = &self.line[fault.from..fault.to];
        let sign = |c: &char| {
            matches!(c, '\u{FFFD}' | '€' | '?' | '\u{E000}'..='\u{F8FF}') || c.is_ascii() && !c.is_ascii_alphanumeric()
        };
        let (from, to) = (fault.from.saturating_sub(2), (fault.to + 2).min(self.line.len()));
        let (before, after) = (&self.line[from..fault.from], &self.line[fault.to..to]);
        let old = price(self.model, self.line[from..to].iter().copied()).sum;
        let new = before.iter().copied().chain(fault.new.chars()).chain(after.iter().copied());
        let gain = old - price(self.model, new).sum;
        let wide = fault.new.chars().any(|c| ('\u{FF10}'..='\u{FF5A}').contains(&c) && !"？：；（），！".contains(c));
        !wide
            && match seen.len() {
                _ if seen.iter().any(sign) => gain >= 9 * NAT,
                0..=1 => false,
                2 => gain >= 16 * NAT,
                3 => gain >= 13 * NAT,
                _ => gain >= 12 * NAT,
            }
    }

    fn put(&mut self, at: usize, mut h: Hypothesis, said: [char; 2], kind: Kind) {
        let node = Node { before: h.node, to: at as u32, said, kind };
        h.node = self.nodes.len() as u32;
        self.nodes.push(node);
        self.far = self.far.max(at);
        self.places[at].push(h);
    }

    /// `h` with one more true character; `None` when it is hopeless.
    fn say(&self, mut h: Hypothesis, c: char) -> Hypothesis {
        let (cost, context) = self.model.step(h.context, c);
        let (open, price) = h.open.after(c);
        h.cost += cost + price;
        h.context = context;
        h.open = open;
        h.last = c;
        (h.before, h.byte) = gbk::pair_of(c).or(folded(c)).unwrap_or((h.byte, c as u8 & 0x7F));
        h
    }

    /// A true character out of a slip, which no converter would leave unconverted and no mirror unannotated.
    fn restore(&self, h: Hypothesis, c: char, annotated: bool) -> Hypothesis {
        let seen_before = self.shown.binary_search(&(h.last, c)).is_ok();
        let mut h = self.say(h, c);
        h.cost -= if seen_before { 2 * NAT } else { 0 };
        h.cost += match self.model.spelling(c) {
            Spelling::Variant => 2 * NAT,
            Spelling::Simplified if self.script > 0 => 5 * NAT,
            Spelling::Converted if self.script < 0 => 5 * NAT,
            _ => 0,
        };
        if matches!(c, '\u{FF10}'..='\u{FF19}' | '\u{FF21}'..='\u{FF3A}' | '\u{FF41}'..='\u{FF5A}') {
            h.cost += 8 * NAT;
        }
        if !annotated && self.listed.binary_search(&c).is_ok() {
            h.cost += 4 * NAT;
        }
        h
    }

    /// How well what ends before an annotation can be read so: the last character, or a character of the list that its
    /// last two bytes make: in ：T(lǒng) they are BA 54, 篢.
    fn read_as(&self, h: Hypothesis, letters: &[char]) -> Option<i32> {
        let made = if h.byte < 0x80 { gbk::char_of(h.before, h.byte)? } else { h.last };
        pinyin::fit(self.model, made, letters)
    }
}

/// The bytes of a full-width mark that later programs fold to ASCII.
fn folded(c: char) -> Option<(u8, u8)> {
    matches!(c, ',' | '!' | '?' | ';' | ':' | '(' | ')').then_some((0xA3, c as u8 | 0x80))
}

/// First bytes that can begin an undefined pair.
fn undefined_lead(lead: u8) -> bool {
    matches!(lead, 0xA1..=0xAF | 0xF7..=0xFE | 0xD7)
}

/// A full-width mark as later programs fold it.
fn narrowed(c: char) -> char {
    match c {
        '，' => ',',
        '！' => '!',
        '？' => '?',
        '；' => ';',
        '：' => ':',
        '（' => '(',
        '）' => ')',
        _ => c,
    }
}

fn firsts(pending: Pending) -> impl Iterator<Item = u8> {
    let (from, to) = match pending {
        Pending::None => (1, 0),
        Pending::Byte(b) => (b, b),
        Pending::Any | Pending::After(_) => (0x81, 0xFE),
    };
    (from..=to).filter(move |&b| match pending {
        Pending::After(lead) => gbk::char_of(lead, b).is_none(),
        _ => b >= 0x81 && b != 0xFF,
    })
}

/// The best of each state, the best of those.
fn prune(here: &mut Vec<Hypothesis>) {
    here.sort_by_key(|h| h.cost);
    let Some(best) = here.first().map(|h| h.cost) else { return };
    let mut kept: Vec<Hypothesis> = Vec::with_capacity(WIDTH + 1);
    let sound = here.iter().find(|h| h.pending == Pending::None).copied();
    for h in here.iter() {
        if kept.len() == WIDTH || h.cost > best + DEPTH {
            break;
        }
        let same = |k: &Hypothesis| {
            k.context == h.context && k.pending == h.pending && k.byte == h.byte && k.last == h.last && k.open == h.open
        };
        if !kept.iter().any(same) {
            kept.push(*h);
        }
    }
    if let Some(sound) = sound
        && !kept.iter().any(|h| h.pending == Pending::None)
    {
        kept.push(sound);
    }
    *here = kept;
}
