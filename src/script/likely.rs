//! Words by likelihood where longest match may err: 政府干预 is 政府 + 干预, not 政 + 府干 + 预.
//!
//! In: a text and an engine from Simplified. Out: the engine's replacements, each run of ideographs cut into words first.
//! Of all ways to cut a run the one counts whose words cost least; a word's cost is its negative logarithm in committed
//! counts, in whole numbers. Most runs hold no word that becomes something else than its characters do one by one: there
//! every cut gives the same, and none is looked for.

use super::engine::{Engine, Here, Sink, next};
use super::tables::{self, Answers, Costs, Symbol, Trie, layout};

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
        let mut lattice = Lattice::default();
        let (mut plain, mut at) = (0, 0);
        while at < bytes.len() {
            let (start, end, special) = self.next_run(engine.group.trie, bytes, at, &mut lattice);
            if special {
                converted(engine, text, plain, start, sink);
                self.by_words(engine, text, &mut lattice, sink);
                plain = end;
            }
            at = end;
        }
        converted(engine, text, plain, bytes.len(), sink);
    }

    /// What the likeliest row of words costs that makes up `row`.
    pub fn cost(&self, engine: &Engine, row: &[char]) -> u32 {
        let mut lattice = Lattice { symbols: row.iter().map(|c| tables::symbol_of(*c)).collect(), ..Lattice::default() };
        lattice.fill(engine.group.trie, self.known_costs, self.words, self.word_costs);
        lattice.best.last().map_or(0, |last| last.cost)
    }

    /// The next run of characters that words are made of, from `at` on, and whether it holds a special word. Its
    /// characters are in `lattice`.
    fn next_run(&self, keys: Trie, bytes: &[u8], mut at: usize, lattice: &mut Lattice) -> (usize, usize, bool) {
        lattice.symbols.clear();
        lattice.ends.clear();
        let mut here = next(bytes, at);
        while !in_word(here) {
            if here.is_end() {
                return (bytes.len(), bytes.len(), false);
            }
            at = here.end;
            here = next(bytes, at);
        }
        let start = at;
        let mut starts = false;
        while in_word(here) && lattice.symbols.len() < LONGEST {
            starts |= tables::starts_special(here.symbol(), self.mask);
            lattice.symbols.push(here.symbol());
            lattice.ends.push(here.end);
            at = here.end;
            here = next(bytes, at);
        }
        lattice.start = start;
        (start, at, starts && self.has_special(keys, &lattice.symbols))
    }

    fn has_special(&self, keys: Trie, symbols: &[Symbol]) -> bool {
        let found = |trie: Trie, from: usize| {
            let mut node = trie.start(symbols[from]);
            let mut at = from + 1;
            while let Some(here) = node {
                if here.special(self.mask) {
                    return true;
                }
                node = symbols.get(at).filter(|_| here.base() != 0).and_then(|next| trie.child(here.base(), *next));
                at += 1;
            }
            false
        };
        let starts = symbols.iter().enumerate().filter(|(_, symbol)| tables::starts_special(**symbol, self.mask));
        starts.into_iter().any(|(at, _)| found(keys, at) || found(self.words, at))
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
const LONGEST: usize = 512;
/// The cost of a character that was never counted.
const UNKNOWN: u32 = 250;

/// Ideographs, and what stands with them in keys (U盘); no marks.
fn in_word(here: Here) -> bool {
    here.symbol() != 0 && !here.is_end() && !here.is_odd()
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

    fn fill(&mut self, keys: Trie, key_costs: Costs, words: Trie, word_costs: Costs) {
        let nowhere = Arrival { cost: u32::MAX, from: 0, word: 0, own: false };
        self.best.clear();
        self.best.resize(self.symbols.len() + 1, nowhere);
        self.best[0].cost = 0;
        for from in 0..self.symbols.len() {
            self.arrive(from, from + 1, UNKNOWN, 0, false);
            self.reach(from, words, word_costs, true);
            self.reach(from, keys, key_costs, false);
        }
    }

    /// All words of one trie that start at `from`. Of equal rows the one found first stays.
    fn reach(&mut self, from: usize, trie: Trie, costs: Costs, own: bool) {
        let mut node = trie.start(self.symbols[from]);
        let mut at = from + 1;
        while let Some(here) = node {
            if here.answer() != 0 {
                self.arrive(from, at, costs.get(here.answer()), here.answer(), own);
            }
            node = self.symbols.get(at).filter(|_| here.base() != 0).and_then(|next| trie.child(here.base(), *next));
            at += 1;
        }
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
