//! Builds the script stage's embedded tables from OpenCC's dictionaries, and compares them with the committed ones.
//! `ZONETEXT_BLESS=1 cargo test tables::script` writes them.
//!
//! Four files: `symbols.bin` (code point → symbol, a u16 for each of the first 65,536, then pairs for the rest),
//! `nodes.bin` (all tries), `answers.bin` (what a match becomes, one list for each config), `texts.txt` (the strings).
//! `layout.rs` says where in them each trie and each list lies.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;
use std::path::Path;

use super::opencc::{self, Config, Group};
use super::words::{self, Words};

const COMPATIBILITY: u16 = 0xFFFF;
const DESCRIPTION: u16 = 0xFFFE;
const TERMINAL: u64 = 1 << 20;
const FIRST_PAIR_BIT: u32 = 21;
/// The key becomes something else than its characters do one by one: with the forms of a region, or with its words.
const SPECIAL_FORM: u64 = 1 << 29;
const SPECIAL_WORD: u64 = 1 << 30;
const UNCHANGED: u32 = 1 << 31;

/// Configs whose segments come from the same dictionary share one trie, in the order of their pair bits.
const ST_FAMILY: [&str; 4] = ["s2tw", "s2twp", "s2hk", "s2hkp"];
const TS_FAMILY: [&str; 4] = ["tw2s", "tw2sp", "hk2s", "hk2sp"];
const SINGLE: [&str; 10] = ["tw", "twp", "hk", "hkp", "tw-rev", "twp-rev", "hk-rev", "hkp-rev", "jp", "jp-rev"];

#[test]
fn tables_are_what_their_sources_make() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/script/tables");
    let bless = std::env::var_os("ZONETEXT_BLESS").is_some();
    for (name, bytes) in build() {
        let path = folder.join(name);
        if bless {
            std::fs::write(&path, &bytes).unwrap();
        }
        let committed = std::fs::read(&path).unwrap_or_default();
        assert!(committed == bytes, "{name} is not what its sources make; ZONETEXT_BLESS=1 writes it anew");
    }
}

fn build() -> Vec<(&'static str, Vec<u8>)> {
    let words = Words::read();
    let symbols = Symbols::new(&words);
    let mut tables = Tables::default();
    tables.family("st", "st-phrases", &ST_FAMILY, &symbols);
    tables.costs(&words, "ST");
    tables.words(&words, &symbols);
    tables.family("ts", "ts-phrases", &TS_FAMILY, &symbols);
    for name in SINGLE {
        tables.single(name, &symbols);
    }
    vec![
        ("symbols.bin", symbols.bytes()),
        ("sides.bin", sides()),
        ("choices.txt", choices().into_bytes()),
        ("nodes.bin", tables.nodes.iter().flat_map(|n| n.to_le_bytes()).collect()),
        ("answers.bin", tables.answers.iter().flat_map(|a| a.to_le_bytes()).collect()),
        ("texts.txt", tables.texts.into_bytes()),
        ("costs.bin", tables.costs),
        ("pairs.bin", tables.pairs),
        ("layout.rs", layout(&tables.layout).into_bytes()),
    ]
}

fn layout(ranges: &[(String, usize, usize)]) -> String {
    let mut text = String::from("// Made by tests/tables/script.rs. Where each trie and each list of answers lies.\n");
    for (name, start, end) in ranges {
        writeln!(text, "pub const {name}: std::ops::Range<usize> = {start}..{end};").unwrap();
    }
    text
}

/// The characters of all keys, numbered from 1; those of the small tries come first, which keeps their roots short.
struct Symbols {
    of: HashMap<char, u16>,
    compatibility: BTreeMap<char, char>,
}

impl Symbols {
    fn new(words: &Words) -> Symbols {
        let mut of = HashMap::new();
        for name in SINGLE.iter().copied().chain(["ts", "st"]) {
            let group = opencc::group(name);
            let keys: BTreeSet<char> = group.ranks.iter().flat_map(|d| d.keys()).flat_map(|k| k.chars()).collect();
            for c in keys {
                let next = of.len() as u16 + 1;
                of.entry(c).or_insert(next);
            }
        }
        let all: BTreeSet<char> = words.all().flat_map(str::chars).collect();
        for c in all {
            let next = of.len() as u16 + 1;
            of.entry(c).or_insert(next);
        }
        let pairs = opencc::read("CJK_Compatibility_Ideographs");
        let one = |text: &str| text.chars().next().unwrap();
        let compatibility: BTreeMap<char, char> = pairs.iter().map(|(from, to)| (one(from), one(to))).collect();
        assert!(pairs.iter().all(|(from, to)| from.chars().count() == 1 && to.chars().count() == 1));
        assert!(of.keys().all(|c| !compatibility.contains_key(c)), "a key holds a compatibility ideograph");
        assert!(of.len() < 0xFFFC, "symbols and the special ones are apart");
        Symbols { of, compatibility }
    }

    /// Direct table for the Basic Multilingual Plane; then the number of, and (code point, symbol) pairs of, the others;
    /// then (compatibility ideograph, its unified form) pairs. All numbers but the direct table are u32.
    fn bytes(&self) -> Vec<u8> {
        let mut direct = vec![0u16; 0x10000];
        let mut others = BTreeMap::new();
        let special = self.compatibility.keys().map(|c| (*c, COMPATIBILITY));
        let descriptions = ('\u{2FF0}'..='\u{2FFF}').map(|c| (c, DESCRIPTION));
        for (c, symbol) in self.of.iter().map(|(c, s)| (*c, *s)).chain(special).chain(descriptions) {
            match direct.get_mut(c as usize) {
                Some(place) => *place = symbol,
                None => drop(others.insert(c as u32, u32::from(symbol))),
            }
        }
        let mut bytes: Vec<u8> = direct.iter().flat_map(|s| s.to_le_bytes()).collect();
        let pairs = self.compatibility.iter().map(|(from, to)| (*from as u32, *to as u32));
        bytes.extend((others.len() as u32).to_le_bytes());
        for (a, b) in others.into_iter().chain(pairs) {
            bytes.extend(a.to_le_bytes());
            bytes.extend(b.to_le_bytes());
        }
        bytes
    }

    fn word(&self, word: &str) -> Vec<u16> {
        word.chars().map(|c| self.of[&c]).collect()
    }
}

/// Characters with several counterparts, a line for each: s (Simplified) or t (Traditional), the character, all of them.
fn choices() -> String {
    let mut text = String::new();
    for (sort, name) in [('s', "STCharacters"), ('t', "TSCharacters")] {
        for (key, values) in opencc::read_all(name) {
            let others =
                values.iter().any(|v| *v != key && *v != values[0]) || (values[0] != key && values.contains(&key));
            let common = key.chars().all(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c));
            if values.len() > 1 && others && common && values.iter().all(|v| v.chars().count() == 1) {
                writeln!(text, "{sort}{key}{}", values.concat()).unwrap();
            }
        }
    }
    text
}

/// Two bits for each code point of the Basic Multilingual Plane: 1 written in Simplified only, 2 in Traditional only.
/// 3 in Cantonese only. A character that may also stay as it is (后, 台, 著) is on no side.
fn sides() -> Vec<u8> {
    let moved = |names: &[&str]| {
        let pairs = names.iter().flat_map(|name| opencc::read_all(name));
        let pairs = pairs.filter(|(key, values)| key.chars().count() == 1 && !values.contains(key));
        pairs.filter_map(|(key, _)| key.chars().next()).collect::<BTreeSet<char>>()
    };
    let keys = |name| opencc::read_all(name).into_iter().map(|(key, _)| key.chars().next().unwrap());
    let (simplified, traditional) = (moved(&["STCharacters"]), moved(&["TSCharacters"]));
    let (st, ts): (BTreeSet<char>, BTreeSet<char>) = (keys("STCharacters").collect(), keys("TSCharacters").collect());
    // 群, 床, 秘: OpenCC's standard writes them otherwise, Taiwan or Hong Kong as Simplified does.
    let regional = ["TWVariants", "HKVariants"].map(opencc::read).concat();
    let regional: BTreeSet<char> = regional.iter().filter_map(|(_, value)| value.chars().next()).collect();
    let simplified: BTreeSet<char> = simplified.difference(&regional).copied().collect();
    let mut sides = vec![0u8; 0x10000 / 4];
    let marks = simplified.difference(&ts).map(|c| (*c, 1)).chain(traditional.difference(&st).map(|c| (*c, 2)));
    for (c, side) in marks {
        if let Some(byte) = sides.get_mut(c as usize / 4) {
            *byte |= side << (c as u32 % 4 * 2);
        }
    }
    // Written Cantonese; no other written Chinese uses these.
    "嘅咗唔佢哋喺嚟嗰啲冇咁噉乜嘢攞睇瞓諗嘥啱".chars().for_each(|c| sides[c as usize / 4] |= 3 << (c as u32 % 4 * 2));
    sides
}

#[derive(Default)]
struct Tables {
    nodes: Vec<u64>,
    answers: Vec<u32>,
    texts: String,
    places: HashMap<String, u32>,
    layout: Vec<(String, usize, usize)>,
    /// The keys of the trie made last, in the order of their answers.
    keys: Vec<String>,
    costs: Vec<u8>,
    pairs: Vec<u8>,
}

impl Tables {
    /// A trie of one group, with one list of answers.
    fn single(&mut self, name: &str, symbols: &Symbols) {
        let group = opencc::group(name);
        let keys = effective(&group);
        let values: Vec<String> = keys.iter().map(|key| group.convert(key)).collect();
        self.trie(name, &keys, &HashMap::new(), &HashMap::new(), symbols);
        self.list(name, &keys, &values);
    }

    /// The trie of all configs that cut their segments by one dictionary: its phrases, and every character that one of
    /// them changes. One list of answers for the plain config (the group itself), one for each config of the family.
    fn family(&mut self, name: &str, segmentation: &str, family: &[&str], symbols: &Symbols) {
        let configs: Vec<Config> = family.iter().map(|name| opencc::config(name)).collect();
        let mut characters = singles(&opencc::group(name));
        let mut pairs = Vec::new();
        for config in &configs {
            characters.extend(config.chain.iter().flat_map(singles));
            pairs.push(Pairs::new(config, symbols));
        }
        let mut flags: HashMap<char, u64> = HashMap::new();
        for (bit, pairs) in pairs.iter().enumerate() {
            let shift = FIRST_PAIR_BIT + 2 * bit as u32;
            pairs.first.iter().for_each(|c| *flags.entry(*c).or_default() |= 1 << shift);
            pairs.second.iter().for_each(|c| *flags.entry(*c).or_default() |= 2 << shift);
        }
        let phrases = effective(&opencc::group(segmentation));
        assert!(phrases.iter().all(|p| p.chars().count() > 1), "a phrase of one character would be a segment");
        let group = opencc::group(name);
        let changed = |c: &char| {
            let c = c.to_string();
            group.convert(&c) != c || configs.iter().any(|config| config.through(&c) != c)
        };
        let mut keys: Vec<String> = characters.iter().filter(|c| changed(c)).map(char::to_string).collect();
        keys.sort();
        // Single characters come first: what they become lies close together, and text mostly asks for them.
        keys.extend(phrases);
        let special = if name == "st" { special(&keys, family) } else { HashMap::new() };
        self.pairs(&special, symbols);
        self.trie(name, &keys, &flags, &special, symbols);
        self.list(name, &keys, &keys.iter().map(|key| group.convert(key)).collect::<Vec<_>>());
        for (name, config) in family.iter().zip(&configs) {
            self.list(name, &keys, &keys.iter().map(|key| config.through(key)).collect::<Vec<_>>());
        }
        self.keys = keys;
    }

    /// The words that compete with the dictionary's, a trie: first the project's own, which have answers, then those that
    /// only have a cost.
    fn words(&mut self, words: &Words, symbols: &Symbols) {
        let known: BTreeSet<String> = std::mem::take(&mut self.keys).into_iter().collect();
        let own: Vec<String> = words.own.keys().cloned().collect();
        let others = words.costs.keys().filter(|word| !known.contains(*word) && !words.own.contains_key(*word));
        let keys: Vec<String> = own.iter().chain(others).cloned().collect();
        let mut special = special(&keys, &ST_FAMILY);
        special.extend(own.iter().map(|word| (word.clone(), SPECIAL_FORM | SPECIAL_WORD)));
        self.pairs(&special, symbols);
        self.trie("words", &keys, &HashMap::new(), &special, symbols);
        let standard: Vec<String> = words.own.values().cloned().collect();
        self.list("own-s2t", &own, &standard);
        for name in ST_FAMILY {
            let second = opencc::config(name).chain.pop().expect("two groups");
            let values: Vec<String> = standard.iter().map(|value| second.convert(value)).collect();
            self.list(&format!("own-{name}"), &own, &values);
        }
        self.keys = keys;
        self.costs(words, "WORDS");
    }

    /// What each key of the last trie costs, by its answer's number.
    fn costs(&mut self, words: &Words, name: &str) {
        let start = self.costs.len();
        self.costs.push(words::MOST);
        self.costs.extend(self.keys.iter().map(|key| words.costs.get(key).copied().unwrap_or(words::MOST)));
        self.layout.push((format!("{name}_COSTS"), start, self.costs.len()));
    }

    /// Marks the first two characters of special keys in a table of 2^17 slots of two bits, at two places each: 1 for keys of forms, 2 for those
    /// of words. `tables::may_be_special` reads it.
    fn pairs(&mut self, special: &HashMap<String, u64>, symbols: &Symbols) {
        self.pairs.resize((1 << 17) / 4, 0);
        for (key, bits) in special {
            let word = symbols.word(key);
            let (first, second) = (u32::from(word[0]), u32::from(word[1]));
            for (one, two) in [(0x9E37_79B1u32, 0x85EB_CA77u32), (0xC2B2_AE3D, 0x27D4_EB2F)] {
                let slot = first.wrapping_mul(one).wrapping_add(second.wrapping_mul(two)) >> 15;
                self.pairs[slot as usize / 4] |= ((bits >> 29) as u8 & 3) << (slot % 4 * 2);
            }
        }
    }

    fn list(&mut self, name: &str, keys: &[String], values: &[String]) {
        let start = self.answers.len();
        // Number 0 is no answer.
        self.answers.push(0);
        for (key, value) in keys.iter().zip(values) {
            let place = match self.places.get(value) {
                Some(place) => *place,
                None => {
                    let place = self.texts.len() as u32;
                    self.texts.push_str(value);
                    self.places.insert(value.clone(), place);
                    place
                }
            };
            assert!(place < 1 << 21 && value.len() < 1 << 10);
            let unchanged = if key == value { UNCHANGED } else { 0 };
            self.answers.push(place | (value.len() as u32) << 21 | unchanged);
        }
        let name = format!("{}_ANSWERS", constant(name));
        self.layout.push((name, start, self.answers.len()));
    }

    fn trie(
        &mut self,
        name: &str,
        keys: &[String],
        flags: &HashMap<char, u64>,
        special: &HashMap<String, u64>,
        symbols: &Symbols,
    ) {
        assert!(keys.len() < usize::from(u16::MAX));
        let mut trie = Trie::default();
        for (number, key) in keys.iter().enumerate() {
            let node = trie.insert(&symbols.word(key), number as u16 + 1);
            trie.nodes[node].bits |= special.get(key).copied().unwrap_or(0);
        }
        for (c, bits) in flags {
            let node = trie.insert(&symbols.word(&c.to_string()), 0);
            trie.nodes[node].bits |= bits;
        }
        let start = self.nodes.len();
        self.nodes.extend(trie.packed());
        self.layout.push((constant(name), start, self.nodes.len()));
    }
}

/// The keys of several characters that do not become what their characters become, with the bits that say in which configs.
fn special(keys: &[String], family: &[&str]) -> HashMap<String, u64> {
    let plain =
        Config { normalization: opencc::group("compatibility"), segmentation: None, chain: vec![opencc::group("st")] };
    let configs = family.iter().map(|name| {
        (if name.ends_with('p') { SPECIAL_WORD } else { SPECIAL_FORM | SPECIAL_WORD }, opencc::config(name))
    });
    let configs: Vec<(u64, Config)> = configs.chain([(SPECIAL_FORM | SPECIAL_WORD, plain)]).collect();
    let mut found = HashMap::new();
    for key in keys.iter().filter(|key| key.chars().nth(1).is_some()) {
        let differs = |config: &Config| {
            config.through(key) != key.chars().map(|c| config.through(&c.to_string())).collect::<String>()
        };
        let bits = configs.iter().filter(|(_, config)| differs(config)).fold(0, |bits, (bit, _)| bits | bit);
        if bits != 0 {
            found.insert(key.clone(), bits);
        }
    }
    found
}

fn constant(name: &str) -> String {
    name.replace('-', "_").to_uppercase()
}

fn singles(group: &Group) -> BTreeSet<char> {
    let keys = group.ranks.iter().flat_map(|d| d.keys());
    keys.filter(|k| k.chars().count() == 1).filter_map(|k| k.chars().next()).collect()
}

/// The keys of a group that can win: no dictionary of higher rank matches one of their prefixes.
fn effective(group: &Group) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for dict in &group.ranks {
        keys.extend(
            dict.keys()
                .filter(|key| {
                    let characters: Vec<char> = key.chars().collect();
                    group.matched(&characters).is_some_and(|(length, _)| length == characters.len())
                })
                .cloned(),
        );
    }
    keys.sort();
    keys.dedup();
    keys
}

/// Characters that, one directly behind the other in unsegmented text, may be the start of a match of several
/// characters in one of the two groups of a config. Where no such pair stands, each character converts alone.
#[derive(Default)]
struct Pairs {
    first: BTreeSet<char>,
    second: BTreeSet<char>,
}

impl Pairs {
    fn new(config: &Config, symbols: &Symbols) -> Pairs {
        let [one, two] = config.chain.as_slice() else { panic!("two groups") };
        let in_segments = config.segmentation.as_ref().expect("a segmenting config");
        let mut pairs = Pairs::default();
        // What stands at the left after the first group: every suffix of what a character becomes.
        let mut left: HashMap<String, BTreeSet<char>> = HashMap::new();
        // And at the right: the first character of what a key becomes.
        let mut right: BTreeMap<char, BTreeSet<char>> = BTreeMap::new();
        let alone = symbols.of.keys().map(|c| (*c, one.convert(&c.to_string())));
        for (c, value) in alone {
            for (at, _) in value.char_indices() {
                left.entry(value[at..].to_owned()).or_default().insert(c);
            }
            right.entry(value.chars().next().unwrap()).or_default().insert(c);
        }
        // Too many marks only cost time, so keys that never win may stay.
        let of_one = one.ranks.iter().flat_map(|d| d.keys()).filter(|key| !in_segments.ranks[0].contains_key(*key));
        for key in of_one.filter(|key| key.chars().nth(1).is_some()) {
            let mut characters = key.chars();
            let start = characters.next().unwrap();
            pairs.first.insert(start);
            pairs.second.extend(characters.next());
            right.entry(one.convert(key).chars().next().unwrap()).or_default().insert(start);
        }
        for key in two.ranks.iter().flat_map(|d| d.keys()) {
            for (at, next) in key.char_indices().skip(1) {
                if let (Some(starts), Some(followers)) = (left.get(&key[..at]), right.get(&next)) {
                    pairs.first.extend(starts);
                    pairs.second.extend(followers);
                }
            }
        }
        pairs
    }
}

#[derive(Default)]
struct Node {
    children: BTreeMap<u16, usize>,
    answer: u16,
    bits: u64,
}

struct Trie {
    nodes: Vec<Node>,
}

impl Default for Trie {
    fn default() -> Trie {
        Trie { nodes: vec![Node::default()] }
    }
}

impl Trie {
    fn insert(&mut self, word: &[u16], answer: u16) -> usize {
        let mut at = 0;
        for symbol in word {
            let next = self.nodes.len();
            let child = *self.nodes[at].children.entry(*symbol).or_insert(next);
            if child == next {
                self.nodes.push(Node::default());
            }
            at = child;
        }
        if answer > 0 {
            self.nodes[at].answer = answer;
            self.nodes[at].bits |= TERMINAL;
        }
        at
    }

    /// A double array: the child of a node over a symbol lies at the node's base + the symbol. No two nodes share a base,
    /// so the symbol kept in the slot proves the parent. Slot: base (20 bits), bits (12), symbol (16), answer (16).
    fn packed(&self) -> Vec<u64> {
        let mut slots: Vec<Option<usize>> = Vec::new();
        let mut bases = vec![0usize; self.nodes.len()];
        let mut taken = std::collections::HashSet::from([0usize]);
        for (symbol, child) in &self.nodes[0].children {
            place(&mut slots, usize::from(*symbol), *child);
        }
        place(&mut slots, 0, 0);
        let mut order: Vec<usize> = (1..self.nodes.len()).filter(|n| !self.nodes[*n].children.is_empty()).collect();
        order.sort_by_key(|n| (std::cmp::Reverse(self.nodes[*n].children.len()), *n));
        let mut free = 1;
        for node in order {
            let children: Vec<usize> = self.nodes[node].children.keys().map(|s| usize::from(*s)).collect();
            while slots.get(free).copied().flatten().is_some() {
                free += 1;
            }
            let mut first = free.max(children[0] + 1);
            let base = loop {
                let base = first - children[0];
                if !taken.contains(&base) && children.iter().all(|s| slots.get(base + s).copied().flatten().is_none()) {
                    break base;
                }
                first += 1;
            };
            taken.insert(base);
            bases[node] = base;
            for (symbol, child) in &self.nodes[node].children {
                place(&mut slots, base + usize::from(*symbol), *child);
            }
        }
        let mut symbol_of = vec![0u16; self.nodes.len()];
        for node in &self.nodes {
            node.children.iter().for_each(|(symbol, child)| symbol_of[*child] = *symbol);
        }
        let slot = |node: Option<usize>| {
            // No character has this symbol, so an empty slot and the root answer nobody.
            const NOBODY: u64 = 0xFFFD << 32;
            let Some(node) = node.filter(|node| *node != 0) else { return NOBODY };
            assert!(bases[node] < 1 << 20);
            let Node { bits, answer, .. } = &self.nodes[node];
            bases[node] as u64 | bits | u64::from(symbol_of[node]) << 32 | u64::from(*answer) << 48
        };
        slots.into_iter().map(slot).collect()
    }
}

fn place(slots: &mut Vec<Option<usize>>, at: usize, node: usize) {
    if slots.len() <= at {
        slots.resize(at + 1, None);
    }
    assert!(slots[at].replace(node).is_none());
}
