//! OpenCC's conversion in one pass: for each config the same output as OpenCC 1.4.2, as a list of replacements.
//!
//! OpenCC cuts a text into segments by longest match, then sends each segment through one or two dictionary groups. What a
//! matched segment becomes is known beforehand, so the answer of the first look-up is final. Between matched segments
//! characters convert alone, except where two neighbours may begin a longer match of the second group: there, and only
//! there, [`chain`] goes through both groups step by step.

use super::chain::{Scratch, chain};
use super::tables::{self, Answers, Node, Symbol, Trie, layout};

/// Takes the replacements, in order and without overlap. Ranges are bytes into the text.
pub trait Sink {
    fn replace(&mut self, start: usize, end: usize, new: &'static str);
    /// As `replace`, where the new text is pieced together.
    fn replace_with(&mut self, start: usize, end: usize, new: &str);
}

/// One dictionary group: a trie and what its keys become.
#[derive(Debug, Clone, Copy)]
pub struct Group {
    pub trie: Trie,
    pub answers: Answers,
}

/// The two groups of a config that segments first, and which pair flags are its own.
#[derive(Debug, Clone, Copy)]
pub struct Chain {
    pub first: Group,
    pub second: Group,
    pub flags: u32,
    /// The first group's keys of several characters are the segments themselves: between segments it goes by characters.
    pub by_characters: bool,
}

/// One config. The answers of `group` are final; `chain` is for what stands between segments.
#[derive(Debug, Clone, Copy)]
pub struct Engine {
    pub group: Group,
    pub chain: Option<Chain>,
}

impl Group {
    fn new(trie: std::ops::Range<usize>, answers: std::ops::Range<usize>) -> Group {
        Group { trie: Trie::new(trie), answers: Answers::new(answers) }
    }
}

impl Engine {
    /// The engine of an OpenCC config, by its name.
    pub fn named(name: &str) -> Option<Engine> {
        use layout::*;
        let single = |group| Engine { group, chain: None };
        let st = |answers, flags, second| Engine {
            group: Group::new(ST, answers),
            chain: Some(Chain { first: Group::new(ST, ST_ANSWERS), second, flags, by_characters: true }),
        };
        let ts = |answers, flags, first| Engine {
            group: Group::new(TS, answers),
            chain: Some(Chain { first, second: Group::new(TS, TS_ANSWERS), flags, by_characters: false }),
        };
        Some(match name {
            "s2t" => single(Group::new(ST, ST_ANSWERS)),
            "s2tw" => st(S2TW_ANSWERS, 0, Group::new(TW, TW_ANSWERS)),
            "s2twp" => st(S2TWP_ANSWERS, 1, Group::new(TWP, TWP_ANSWERS)),
            "s2hk" => st(S2HK_ANSWERS, 2, Group::new(HK, HK_ANSWERS)),
            "s2hkp" => st(S2HKP_ANSWERS, 3, Group::new(HKP, HKP_ANSWERS)),
            "t2s" => single(Group::new(TS, TS_ANSWERS)),
            "tw2s" => ts(TW2S_ANSWERS, 0, Group::new(TW_REV, TW_REV_ANSWERS)),
            "tw2sp" => ts(TW2SP_ANSWERS, 1, Group::new(TWP_REV, TWP_REV_ANSWERS)),
            "hk2s" => ts(HK2S_ANSWERS, 2, Group::new(HK_REV, HK_REV_ANSWERS)),
            "hk2sp" => ts(HK2SP_ANSWERS, 3, Group::new(HKP_REV, HKP_REV_ANSWERS)),
            "t2tw" => single(Group::new(TW, TW_ANSWERS)),
            // Not OpenCC's names: the second groups of s2twp and s2hkp alone.
            "t2twp" => single(Group::new(TWP, TWP_ANSWERS)),
            "t2hkp" => single(Group::new(HKP, HKP_ANSWERS)),
            "t2hk" => single(Group::new(HK, HK_ANSWERS)),
            "tw2t" => single(Group::new(TW_REV, TW_REV_ANSWERS)),
            "hk2t" => single(Group::new(HK_REV, HK_REV_ANSWERS)),
            "t2jp" => single(Group::new(JP, JP_ANSWERS)),
            "jp2t" => single(Group::new(JP_REV, JP_REV_ANSWERS)),
            _ => return None,
        })
    }

    /// Sends every replacement in `text` to `sink`.
    pub fn run(&self, text: &str, sink: &mut impl Sink) {
        let bytes = text.as_bytes();
        let mut scratch = Scratch::default();
        let mut at = 0;
        let mut here = next(bytes, 0);
        loop {
            let Some(node) = self.group.trie.start(here.symbol()) else {
                if here.is_end() {
                    return;
                }
                at = if here.is_odd() { unusual(text, at, here, sink) } else { here.end };
                here = next(bytes, at);
                continue;
            };
            let second = next(bytes, here.end);
            let found = self.group.longest(bytes, node, here.end, second);
            if let Some(two) = &self.chain
                && found.end == here.end
                && node.first_of_pair(two.flags)
                && self.pair(two, here, second)
            {
                at = chain(self.group.trie, two, text, at, &mut scratch, sink);
                here = next(bytes, at);
                continue;
            }
            if found.answer != 0 {
                let (new, unchanged) = self.group.answers.get(found.answer);
                if !unchanged || new.as_bytes() != &bytes[at..found.end] {
                    sink.replace(at, found.end, new);
                }
            } else if here.is_odd() {
                at = unusual(text, at, here, sink);
                here = next(bytes, at);
                continue;
            }
            at = found.end;
            here = if at == here.end { second } else { next(bytes, at) };
        }
    }

    /// What longest match finds at `at`: where it ends and what it becomes.
    pub fn step_at(&self, text: &str, at: usize) -> Option<(usize, &'static str)> {
        let bytes = text.as_bytes();
        let here = next(bytes, at);
        let node = self.group.trie.start(here.symbol())?;
        let found = self.group.longest(bytes, node, here.end, next(bytes, here.end));
        (found.answer != 0).then(|| (found.end, self.group.answers.get(found.answer).0))
    }

    /// What a character becomes by itself, where any dictionary has it.
    pub fn single(&self, c: char) -> Option<&'static str> {
        let node = self.group.trie.start(tables::symbol_of(c))?;
        (node.answer() != 0).then(|| self.group.answers.get(node.answer()).0)
    }

    /// Whether a match of the second group may reach across two neighbours; the flags alone are asked.
    pub fn has_pairs(&self, symbols: &[Symbol]) -> bool {
        let Some(chain) = &self.chain else { return false };
        let node = |symbol: &Symbol| self.group.trie.start(*symbol);
        symbols.windows(2).any(|pair| {
            node(&pair[0]).is_some_and(|node| node.first_of_pair(chain.flags))
                && node(&pair[1]).is_some_and(|node| node.second_of_pair(chain.flags))
        })
    }

    /// Whether a match across two characters may start at the first of them. The flags of both say "perhaps" for one pair
    /// in seven; the tries themselves then say "no" for most.
    fn pair(&self, chain: &Chain, here: Here, second: Here) -> bool {
        let flagged = self.group.trie.start(second.symbol()).is_some_and(|node| node.second_of_pair(chain.flags));
        if !flagged {
            return false;
        }
        let first = &chain.first;
        let starts = |symbol| first.trie.start(symbol).is_some_and(|node| node.base() != 0);
        if !chain.by_characters && (starts(here.symbol()) || starts(second.symbol())) {
            return true;
        }
        let (Some(one), Some(two)) = (first.character(here.symbol()), first.character(second.symbol())) else {
            return true;
        };
        let node = chain.second.trie.start(one).filter(|node| node.base() != 0);
        node.is_some_and(|node| chain.second.trie.child(node.base(), two).is_some())
    }
}

/// A match: where it ends and the number of what it becomes, 0 where there is no match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    pub end: usize,
    pub answer: usize,
}

impl Group {
    /// The longest match that goes through `node`, a child of the root that ends at byte `end`; `second` stands behind it.
    #[inline(always)]
    pub fn longest(&self, bytes: &[u8], mut node: Node, end: usize, second: Here) -> Found {
        let mut found = Found { end, answer: node.answer() };
        let mut here = second;
        while node.base() != 0 {
            let Some(child) = self.trie.child(node.base(), here.symbol()) else { break };
            node = child;
            if node.answer() != 0 {
                found = Found { end: here.end, answer: node.answer() };
            }
            here = next(bytes, here.end);
        }
        found
    }

    /// The symbol of what a character becomes by itself; `None` where that is several characters.
    fn character(&self, symbol: Symbol) -> Option<Symbol> {
        let Some(node) = self.trie.start(symbol).filter(|node| node.answer() != 0) else { return Some(symbol) };
        let new = self.answers.get(node.answer()).0.as_bytes();
        let here = next(new, 0);
        (here.end == new.len()).then(|| here.symbol())
    }
}

/// A decoded character: its symbol, and where it ends. A compatibility ideograph has the symbol of its unified form, an
/// operator of descriptions none; both are odd. Behind the last character stands the end, which no trie has.
#[derive(Debug, Clone, Copy)]
pub struct Here {
    code: u32,
    pub end: usize,
}

impl Here {
    const END: u32 = 0xFFFC;
    const ODD: u32 = 0x10000;

    #[inline(always)]
    pub fn symbol(self) -> Symbol {
        self.code as Symbol
    }

    #[inline(always)]
    pub fn is_odd(self) -> bool {
        self.code >= Here::ODD
    }

    #[inline(always)]
    pub fn is_end(self) -> bool {
        self.code == Here::END
    }
}

/// Decodes the character at `at`. `bytes` is valid UTF-8 and `at` a boundary.
#[inline(always)]
pub fn next(bytes: &[u8], at: usize) -> Here {
    let rest = bytes.get(at..).unwrap_or_default();
    if let Some(&[a @ 0xE0..0xF0, b, c]) = rest.first_chunk() {
        let code = u16::from(a & 0x0F) << 12 | u16::from(b & 0x3F) << 6 | u16::from(c & 0x3F);
        let symbol = tables::symbol(code);
        let code = if symbol < tables::DESCRIPTION { u32::from(symbol) } else { odd(u32::from(code), symbol) };
        return Here { code, end: at + 3 };
    }
    match rest.first() {
        Some(first @ 0..0x80) => Here { code: u32::from(tables::symbol(u16::from(*first))), end: at + 1 },
        _ => other(rest, at),
    }
}

/// The characters of two and of four bytes, and the end.
#[inline(never)]
fn other(rest: &[u8], at: usize) -> Here {
    let low = |i: usize| u32::from(rest.get(i).copied().unwrap_or(0) & 0x3F);
    match rest.first().copied().map(u32::from) {
        None => Here { code: Here::END, end: at },
        Some(first) if first < 0xE0 => {
            let code = (first & 0x1F) << 6 | low(1);
            Here { code: u32::from(tables::symbol(code as u16)), end: at + 2 }
        }
        Some(first) => {
            let code = (first & 0x07) << 18 | low(1) << 12 | low(2) << 6 | low(3);
            let symbol = tables::far_symbol(code);
            let code = if symbol < tables::DESCRIPTION { u32::from(symbol) } else { odd(code, symbol) };
            Here { code, end: at + 4 }
        }
    }
}

#[cold]
#[inline(never)]
fn odd(code: u32, symbol: Symbol) -> u32 {
    let unified = char::from_u32(code).filter(|_| symbol == tables::COMPATIBILITY).map(tables::unified);
    Here::ODD | u32::from(unified.map_or(0, tables::symbol_of))
}

/// An odd character that no key matches: a compatibility ideograph becomes its unified form, a description is passed over.
#[cold]
fn unusual(text: &str, at: usize, here: Here, sink: &mut impl Sink) -> usize {
    if let Some(length) = description(&text[at..]) {
        return at + length;
    }
    if let Some(c) = text[at..here.end].chars().next() {
        let unified = tables::unified(c);
        if unified != c {
            sink.replace_with(at, here.end, unified.encode_utf8(&mut [0; 4]));
        }
    }
    here.end
}

/// The length in bytes of the complete ideographic description sequence at the start of `text`. Like OpenCC's: at most 64
/// characters, operators nested at most 16 deep, any character as operand.
pub fn description(text: &str) -> Option<usize> {
    const MOST: usize = 64;
    const DEEPEST: usize = 16;
    // How many operands each open operator still waits for.
    let mut open: Vec<u8> = Vec::with_capacity(DEEPEST);
    for (at, c) in text.char_indices().take(MOST) {
        if at == 0 && !('⿰'..='\u{2FFF}').contains(&c) {
            return None;
        }
        if open.len() >= DEEPEST {
            return None;
        }
        match c {
            '⿲' | '⿳' => open.push(3),
            '\u{2FFE}' | '\u{2FFF}' => open.push(1),
            '⿰'..='\u{2FFD}' => open.push(2),
            _ => {
                while let Some(waiting) = open.last_mut() {
                    *waiting -= 1;
                    if *waiting > 0 {
                        break;
                    }
                    open.pop();
                }
                if open.is_empty() {
                    return Some(at + c.len_utf8());
                }
            }
        }
    }
    None
}
