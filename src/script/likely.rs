//! Words by likelihood where longest match may err: 政府干预 is 政府 + 干预, not 政 + 府干 + 预.
//!
//! In: a text and an engine from Simplified. Out: the engine's replacements, each run of ideographs cut into words first.
//! Of all ways to cut a run the one counts whose words cost least; a word's cost is its negative logarithm in committed
//! counts, in whole numbers. Most runs hold no special word, one that becomes something else than its characters do one by
//! one: there every cut gives the same, and none is looked for. Nor is one where no other word reaches into a special one.

use super::convert::Text;
use super::engine::{Engine, Here, Sink, description, next};
use super::tables::{self, Answers, Costs, Node, Symbol, Trie, layout};

/// The words beside the dictionaries' own, and which keys are special in a config.
#[derive(Debug, Clone, Copy)]
pub struct Likely {
    /// 1: keys that are special in a region's forms; 2: in its words.
    pub mask: u8,
    words: Trie,
    /// What the project's own words become; all others only have a cost.
    own: Answers,
    known_costs: Costs,
    word_costs: Costs,
}

impl Likely {
    /// Of a config from Simplified by its name.
    pub fn named(name: &str) -> Option<Likely> {
        use layout::*;
        let (mask, own) = match name {
            "s2t" => (1, OWN_S2T_ANSWERS),
            "s2tw" => (1, OWN_S2TW_ANSWERS),
            "s2twp" => (2, OWN_S2TWP_ANSWERS),
            "s2hk" => (1, OWN_S2HK_ANSWERS),
            "s2hkp" => (2, OWN_S2HKP_ANSWERS),
            _ => return None,
        };
        let (known_costs, word_costs) = (Costs::new(ST_COSTS), Costs::new(WORDS_COSTS));
        Some(Likely { mask, words: Trie::new(WORDS), own: Answers::new(own), known_costs, word_costs })
    }

    /// As [`Engine::run`], by words.
    pub fn run(&self, engine: &Engine, text: &str, sink: &mut impl Sink) {
        let bytes = text.as_bytes();
        let room = LONGEST.min(bytes.len() / 2);
        let (symbols, ends) = (Vec::with_capacity(room), Vec::with_capacity(room));
        let mut lattice = Lattice { symbols, ends, ..Lattice::default() };
        let mut at = 0;
        loop {
            let here = next(bytes, at);
            if here.is_end() {
                return;
            }
            if here.is_odd() {
                let end = description(&text[at..]).map_or(here.end, |length| at + length);
                converted(engine, text, at, end, sink);
                at = end;
            } else if here.symbol() == 0 {
                at = here.end;
            } else {
                let start = at;
                let hits = lattice.take_run(bytes, here, start, self.mask);
                lattice.after_number = hits && text[..start].ends_with(char::is_numeric);
                at = lattice.boundary(lattice.symbols.len());
                match self.kind(engine, &lattice, hits) {
                    Kind::Plain => by_characters(engine, bytes, &lattice, sink),
                    Kind::Special => converted(engine, text, start, at, sink),
                    Kind::Contested => self.by_words(engine, text, &mut lattice, sink),
                }
            }
        }
    }

    /// What a run asks for; `hits` says whether two neighbours in it may start a special word.
    fn kind(&self, engine: &Engine, lattice: &Lattice, hits: bool) -> Kind {
        let symbols = lattice.symbols.as_slice();
        let mut kind = if engine.has_pairs(symbols) { Kind::Special } else { Kind::Plain };
        if !hits {
            return kind;
        }
        for (at, pair) in symbols.windows(2).enumerate() {
            if !tables::may_be_special(pair[0], pair[1], self.mask) {
                continue;
            }
            let end = self.special(engine.group.trie, symbols, at).max(self.special(self.words, symbols, at));
            if end > 0 {
                kind = Kind::Special;
                if lattice.after_number && at == 0
                    || self.own_starts(symbols, at)
                    || self.crossed(engine.group.trie, symbols, at, end)
                {
                    return Kind::Contested;
                }
            }
        }
        kind
    }

    /// Where the longest special word of `trie` ends that starts at `at`; 0 where none does.
    fn special(&self, trie: Trie, symbols: &[Symbol], at: usize) -> usize {
        words_at(trie, symbols, at).filter(|(_, node)| node.special(self.mask)).map(|(end, _)| end).max().unwrap_or(0)
    }

    /// Whether one of the project's own words starts at `at`.
    fn own_starts(&self, symbols: &[Symbol], at: usize) -> bool {
        words_at(self.words, symbols, at).any(|(_, node)| !self.own.get(node.answer()).0.is_empty())
    }

    /// Whether a word reaches over one of the two ends of the word from `start` to `end`.
    fn crossed(&self, keys: Trie, symbols: &[Symbol], start: usize, end: usize) -> bool {
        let over = |from: usize, place: usize| {
            [keys, self.words].into_iter().any(|trie| words_at(trie, symbols, from).any(|(end, _)| end > place))
        };
        (start.saturating_sub(REACH)..start).any(|from| over(from, start))
            || (start + 1..end).any(|from| over(from, end))
    }

    /// What the likeliest row of words costs that makes up `row`.
    pub fn cost(&self, engine: &Engine, row: &[char]) -> u32 {
        let mut lattice =
            Lattice { symbols: row.iter().map(|c| tables::symbol_of(*c)).collect(), ..Lattice::default() };
        lattice.fill(engine.group.trie, self.known_costs, self.words, self.word_costs);
        lattice.best.last().map_or(0, |last| last.cost)
    }

    /// The likeliest row of words that makes up `row`: where each ends, counted in characters.
    pub fn words(&self, engine: &Engine, row: &[char]) -> Vec<usize> {
        let mut lattice =
            Lattice { symbols: row.iter().map(|c| tables::symbol_of(*c)).collect(), ..Lattice::default() };
        lattice.fill(engine.group.trie, self.known_costs, self.words, self.word_costs);
        lattice.trace();
        lattice.steps.iter().rev().map(|step| step.end).collect()
    }

    /// How many times likelier the likeliest row of words is than the one that longest match takes; at most a million.
    pub fn against(&self, engine: &Engine, row: &[char]) -> u32 {
        let text: String = row.iter().collect();
        let (mut matched, mut from, mut at) = (0, 0, 0);
        while from < row.len() {
            let end = engine.step_at(&text, at).map_or(at + row[from].len_utf8(), |(end, _)| end);
            let to = from + text[at..end].chars().count();
            matched += self.cost(engine, &row[from..to]);
            (from, at) = (to, end);
        }
        1 << (matched.saturating_sub(self.cost(engine, row)) / 8).min(20)
    }

    /// `text` as [`Likely::run`] converts it.
    pub fn converted(&self, engine: &Engine, text: &str) -> String {
        let mut sink = Text { text, copied: 0, out: String::with_capacity(text.len()) };
        self.run(engine, text, &mut sink);
        sink.out.push_str(&text[sink.copied..]);
        sink.out
    }

    /// Cuts the run in `lattice` where its words cost least, and converts each word by itself.
    fn by_words(&self, engine: &Engine, text: &str, lattice: &mut Lattice, sink: &mut impl Sink) {
        lattice.fill(engine.group.trie, self.known_costs, self.words, self.word_costs);
        lattice.trace();
        let mut from = 0;
        for step in lattice.steps.iter().rev() {
            let (start, end) = (lattice.boundary(from), lattice.boundary(step.end));
            let (own, unchanged) = if step.own { self.own.get(step.word) } else { ("", true) };
            if own.is_empty() {
                converted(engine, text, start, end, sink);
            } else if !unchanged {
                sink.replace(start, end, own);
            }
            from = step.end;
        }
    }
}

/// The characters of a run at most; a longer one is cut.
const LONGEST: usize = 128;
/// The cost of a character that was never counted.
const UNKNOWN: u32 = 250;

/// The cost of a measure behind a number in digits.
const MEASURE: u32 = 24;
/// How far before a special word a word may start that reaches into it.
const REACH: usize = 4;

/// What a run of characters asks for.
enum Kind {
    /// Each character by itself.
    Plain,
    /// Longest match: a special word stands there, and no other word reaches into it.
    Special,
    /// The cheapest row of words.
    Contested,
}

/// The words of `trie` that start at `from`: where each ends, and its node.
fn words_at(trie: Trie, symbols: &[Symbol], from: usize) -> impl Iterator<Item = (usize, Node)> {
    let mut node = trie.start(symbols[from]);
    let mut at = from;
    let every = std::iter::from_fn(move || {
        let here = node?;
        at += 1;
        node = symbols.get(at).filter(|_| here.base() != 0).and_then(|next| trie.child(here.base(), *next));
        Some((at, here))
    });
    every.filter(|(_, here)| here.answer() != 0)
}

/// Each character of the run by itself.
fn by_characters(engine: &Engine, bytes: &[u8], lattice: &Lattice, sink: &mut impl Sink) {
    let mut start = lattice.start;
    for (symbol, end) in lattice.symbols.iter().zip(&lattice.ends) {
        let answer = engine.group.trie.start(*symbol).map_or(0, |node| node.answer());
        if answer != 0 {
            let (new, unchanged) = engine.group.answers.get(answer);
            if !unchanged || new.as_bytes() != &bytes[start..*end] {
                sink.replace(start, *end, new);
            }
        }
        start = *end;
    }
}

fn converted(engine: &Engine, text: &str, start: usize, end: usize, sink: &mut impl Sink) {
    if start < end {
        engine.run(&text[start..end], &mut Behind { start, sink });
    }
}

/// Replacements in a part of a text that starts at `start`.
struct Behind<'a, S> {
    start: usize,
    sink: &'a mut S,
}

impl<S: Sink> Sink for Behind<'_, S> {
    fn replace(&mut self, start: usize, end: usize, new: &'static str) {
        self.sink.replace(start + self.start, end + self.start, new);
    }

    fn replace_with(&mut self, start: usize, end: usize, new: &str) {
        self.sink.replace_with(start + self.start, end + self.start, new);
    }
}

/// The ways to cut one run: for each place between characters the cheapest row of words that ends there.
#[derive(Default)]
struct Lattice {
    start: usize,
    /// A number in digits stands before the run: its first character may be a measure (58天|后).
    after_number: bool,
    symbols: Vec<Symbol>,
    /// Where each character ends, bytes into the text.
    ends: Vec<usize>,
    best: Vec<Arrival>,
    /// The words of the cheapest row, the last first.
    steps: Vec<Step>,
}

/// The cheapest row that ends at a place: its cost, where its last word starts, and that word.
#[derive(Clone, Copy)]
struct Arrival {
    cost: u32,
    from: usize,
    word: usize,
    own: bool,
}

struct Step {
    end: usize,
    word: usize,
    own: bool,
}

impl Lattice {
    /// Bytes into the text of the place behind `count` characters.
    fn boundary(&self, count: usize) -> usize {
        count.checked_sub(1).map_or(self.start, |last| self.ends[last])
    }

    /// Takes the run of characters of words that starts with `here`; whether two neighbours may start a special word.
    fn take_run(&mut self, bytes: &[u8], mut here: Here, start: usize, mask: u8) -> bool {
        self.start = start;
        self.symbols.clear();
        self.ends.clear();
        let (mut hits, mut before) = (false, 0);
        while here.symbol() != 0 && !here.is_end() && !here.is_odd() && self.symbols.len() < LONGEST {
            hits |= tables::may_be_special(before, here.symbol(), mask);
            before = here.symbol();
            self.symbols.push(before);
            self.ends.push(here.end);
            here = next(bytes, here.end);
        }
        hits
    }

    fn fill(&mut self, keys: Trie, key_costs: Costs, words: Trie, word_costs: Costs) {
        let nowhere = Arrival { cost: u32::MAX, from: 0, word: 0, own: false };
        self.best.clear();
        self.best.resize(self.symbols.len() + 1, nowhere);
        self.best[0].cost = 0;
        if self.after_number {
            self.arrive(0, 1, MEASURE, 0, false);
        }
        for from in 0..self.symbols.len() {
            self.arrive(from, from + 1, UNKNOWN, 0, false);
            self.reach(from, words, word_costs, true);
            self.reach(from, keys, key_costs, false);
        }
    }

    /// All words of one trie that start at `from`. Of equal rows the one found first stays.
    fn reach(&mut self, from: usize, trie: Trie, costs: Costs, own: bool) {
        let symbols = std::mem::take(&mut self.symbols);
        for (to, node) in words_at(trie, &symbols, from) {
            self.arrive(from, to, costs.get(node.answer()), node.answer(), own);
        }
        self.symbols = symbols;
    }

    fn arrive(&mut self, from: usize, to: usize, cost: u32, word: usize, own: bool) {
        let cost = self.best[from].cost + cost;
        if cost < self.best[to].cost {
            self.best[to] = Arrival { cost, from, word, own };
        }
    }

    fn trace(&mut self) {
        self.steps.clear();
        let mut end = self.symbols.len();
        while end > 0 {
            let Arrival { from, word, own, .. } = self.best[end];
            self.steps.push(Step { end, word, own });
            end = from;
        }
    }
}
