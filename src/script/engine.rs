//! OpenCC's conversion in one pass: for each config the same output as OpenCC 1.4.2, as a list of replacements.
//!
//! OpenCC cuts a text into segments by longest match, then sends each segment through one or two dictionary groups. What a
//! matched segment becomes is known beforehand, so the answer of the first look-up is final. Between matched segments
//! characters convert alone, except where two neighbours may begin a longer match of the second group: there, and only
//! there, [`chain`] goes through both groups step by step.

use super::chain::chain;
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
            chain: Some(Chain { first: Group::new(ST, ST_ANSWERS), second, flags }),
        };
        let ts = |answers, flags, first| Engine {
            group: Group::new(TS, answers),
            chain: Some(Chain { first, second: Group::new(TS, TS_ANSWERS), flags }),
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
        let mut scratch = String::new();
        let mut at = 0;
        while let Some(here) = next(bytes, at) {
            at = match self.group.trie.start(here.plain(text, at)) {
                Some(node) => self.step(text, at, here, node, &mut scratch, sink),
                None if here.symbol >= tables::DESCRIPTION => unusual(text, at, here, sink),
                None => here.end,
            };
        }
    }

    /// Converts what starts at `at`, a character that `node` stands for; returns where it ends.
    #[inline(always)]
    fn step(&self, text: &str, at: usize, here: Here, node: Node, scratch: &mut String, sink: &mut impl Sink) -> usize {
        let found = self.group.longest(text, node, here.end);
        if let Some(chain_) = &self.chain
            && found.is_none_or(|found| found.end == here.end)
            && self.pair(chain_, text, node, here.end)
        {
            return chain(self.group.trie, chain_, text, at, scratch, sink);
        }
        let Some(found) = found else {
            return if here.symbol >= tables::DESCRIPTION { unusual(text, at, here, sink) } else { here.end };
        };
        let (new, unchanged) = self.group.answers.get(found.answer);
        if !unchanged || new.as_bytes() != &text.as_bytes()[at..found.end] {
            sink.replace(at, found.end, new);
        }
        found.end
    }

    /// Whether `node`, which ends at `end`, and the character behind it may start a match across characters.
    #[inline(always)]
    fn pair(&self, chain: &Chain, text: &str, node: Node, end: usize) -> bool {
        node.first_of_pair(chain.flags)
            && next(text.as_bytes(), end).is_some_and(|second| {
                let node = self.group.trie.start(second.plain(text, end));
                node.is_some_and(|node| node.second_of_pair(chain.flags))
            })
    }
}

/// A match: where it ends and what it becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    pub end: usize,
    pub answer: usize,
}

impl Group {
    /// The longest match that goes through `node`, a child of the root that ends at byte `end`.
    #[inline(always)]
    pub fn longest(&self, text: &str, mut node: Node, mut end: usize) -> Option<Found> {
        let mut found = node.ends().then(|| Found { end, answer: node.answer() });
        while node.base() != 0 {
            let Some(here) = next(text.as_bytes(), end) else { break };
            let Some(child) = self.trie.child(node.base(), here.plain(text, end)) else { break };
            node = child;
            end = here.end;
            if node.ends() {
                found = Some(Found { end, answer: node.answer() });
            }
        }
        found
    }
}

/// A decoded character: its symbol and where it ends.
#[derive(Debug, Clone, Copy)]
pub struct Here {
    pub symbol: Symbol,
    pub end: usize,
}

impl Here {
    /// The symbol to walk a trie with: a compatibility ideograph has that of its unified form, a description none.
    #[inline(always)]
    pub fn plain(self, text: &str, at: usize) -> Symbol {
        if self.symbol < tables::DESCRIPTION { self.symbol } else { self.unusual(text, at) }
    }

    #[cold]
    fn unusual(self, text: &str, at: usize) -> Symbol {
        let c = text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or_default();
        if self.symbol == tables::DESCRIPTION { 0 } else { symbol_of(tables::unified(c)) }
    }
}

fn symbol_of(c: char) -> Symbol {
    match u32::from(c) {
        code @ 0..0x10000 => tables::symbol(code),
        code => tables::far_symbol(code),
    }
}

/// Decodes the character at `at`; `None` at the end. `bytes` is valid UTF-8 and `at` a boundary.
#[inline(always)]
pub fn next(bytes: &[u8], at: usize) -> Option<Here> {
    let first = *bytes.get(at)?;
    let low = |i: usize| u32::from(bytes.get(at + i).copied().unwrap_or(0) & 0x3F);
    Some(match first {
        0xE0..0xF0 => {
            let code = u32::from(first & 0x0F) << 12 | low(1) << 6 | low(2);
            Here { symbol: tables::symbol(code), end: at + 3 }
        }
        0..0x80 => Here { symbol: tables::symbol(u32::from(first)), end: at + 1 },
        0x80..0xE0 => Here { symbol: tables::symbol(u32::from(first & 0x1F) << 6 | low(1)), end: at + 2 },
        _ => {
            let code = u32::from(first & 0x07) << 18 | low(1) << 12 | low(2) << 6 | low(3);
            Here { symbol: tables::far_symbol(code), end: at + 4 }
        }
    })
}

/// A character that no trie knows: a compatibility ideograph becomes its unified form, a description is passed over.
#[cold]
fn unusual(text: &str, at: usize, here: Here, sink: &mut impl Sink) -> usize {
    if here.symbol == tables::DESCRIPTION {
        return description(&text[at..]).map_or(here.end, |length| at + length);
    }
    if let Some(c) = text[at..here.end].chars().next() {
        sink.replace_with(at, here.end, tables::unified(c).encode_utf8(&mut [0; 4]));
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
