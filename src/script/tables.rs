//! The embedded tables: nothing is built or copied at start, each number is read where it lies.
//!
//! In: bytes that `tests/tables/script.rs` made from OpenCC's dictionaries. Out: the symbol of a character, the nodes of a
//! trie, the text of an answer. Zero-copy because a run that converts one sentence must not pay for 60,000 entries.

use std::ops::Range;

#[rustfmt::skip]
#[path = "tables/layout.rs"]
pub mod layout;

static SYMBOLS: &[u8] = include_bytes!("tables/symbols.bin");
static DIRECT: &[[u8; 2]; 0x10000] = match SYMBOLS.split_at(0x20000).0.as_chunks().0.first_chunk() {
    Some(direct) => direct,
    None => panic!("symbols.bin starts with 65,536 symbols"),
};
static OTHERS: &[[u8; 4]] = SYMBOLS.split_at(0x20000).1.as_chunks().0;
static NODES: &[[u8; 8]] = include_bytes!("tables/nodes.bin").as_chunks().0;
static ANSWERS: &[[u8; 4]] = include_bytes!("tables/answers.bin").as_chunks().0;
static TEXTS: &str = include_str!("tables/texts.txt");

/// The embedded tables as they lie there.
pub(crate) fn embedded() -> [&'static [u8]; 6] {
    [SYMBOLS, NODES.as_flattened(), ANSWERS.as_flattened(), TEXTS.as_bytes(), COSTS, PAIRS]
}

/// The number of a character that stands in some key; 0 for all others, and two special ones.
pub type Symbol = u16;

/// The character starts an ideographic description sequence, which is passed over whole.
pub const DESCRIPTION: Symbol = 0xFFFE;
/// A CJK compatibility ideograph: [`unified`] says what it stands for.
pub const COMPATIBILITY: Symbol = 0xFFFF;

/// The symbol of a code point of the Basic Multilingual Plane.
#[inline(always)]
pub fn symbol(code: u16) -> Symbol {
    u16::from_le_bytes(DIRECT[usize::from(code)])
}

/// The symbol of any character.
pub fn symbol_of(c: char) -> Symbol {
    u16::try_from(u32::from(c)).map_or_else(|_| far_symbol(u32::from(c)), symbol)
}

/// The symbol of a code point past the Basic Multilingual Plane.
pub fn far_symbol(code: u32) -> Symbol {
    let count = number(0) as usize;
    find(1, count, code).map_or(0, |symbol| symbol as Symbol)
}

/// The unified ideograph that a compatibility ideograph stands for.
pub fn unified(compatibility: char) -> char {
    let start = 1 + 2 * number(0) as usize;
    let found = find(start, (OTHERS.len() - start) / 2, u32::from(compatibility));
    found.and_then(char::from_u32).unwrap_or(compatibility)
}

fn number(at: usize) -> u32 {
    OTHERS.get(at).map_or(0, |n| u32::from_le_bytes(*n))
}

/// The partner of `code` among `count` sorted pairs.
fn find(start: usize, count: usize, code: u32) -> Option<u32> {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = (low + high) / 2;
        if number(start + 2 * middle) < code {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    (low < count && number(start + 2 * low) == code).then(|| number(start + 2 * low + 1))
}

/// One node: base (20 bits), flags (12), symbol (16), number of its answer (16). Without children the base is 0.
#[derive(Debug, Clone, Copy)]
pub struct Node(u64);

impl Node {
    #[inline(always)]
    pub fn base(self) -> usize {
        (self.0 & 0xF_FFFF) as usize
    }

    /// May be the first character of a pair that a config (0–3 of its family) cannot convert character by character.
    #[inline(always)]
    pub fn first_of_pair(self, config: u32) -> bool {
        self.0 & (1 << (21 + 2 * config)) != 0
    }

    /// The same, for the second character.
    #[inline(always)]
    pub fn second_of_pair(self, config: u32) -> bool {
        self.0 & (2 << (21 + 2 * config)) != 0
    }

    /// The key that ends here becomes something else than its characters do one by one; `mask` says in which configs.
    #[inline(always)]
    pub fn special(self, mask: u8) -> bool {
        self.0 & (u64::from(mask) << 29) != 0
    }

    /// The number of what the key that ends here becomes; 0 where none does.
    #[inline(always)]
    pub fn answer(self) -> usize {
        (self.0 >> 48) as usize
    }
}

/// A double array over symbols; the root's children lie at their symbol. No slot bears symbol 0.
#[derive(Debug, Clone, Copy)]
pub struct Trie(&'static [[u8; 8]]);

impl Trie {
    pub fn new(range: Range<usize>) -> Trie {
        Trie(&NODES[range])
    }

    /// The node below the root over `symbol`.
    #[inline(always)]
    pub fn start(self, symbol: Symbol) -> Option<Node> {
        self.child(0, symbol)
    }

    /// The node over `symbol` below the node whose base is `base`.
    #[inline(always)]
    pub fn child(self, base: usize, symbol: Symbol) -> Option<Node> {
        let node = u64::from_le_bytes(*self.0.get(base + usize::from(symbol))?);
        ((node >> 32) as u16 == symbol).then_some(Node(node))
    }
}

/// What the keys of a trie become in one config.
#[derive(Debug, Clone, Copy)]
pub struct Answers(&'static [[u8; 4]]);

impl Answers {
    pub fn new(range: Range<usize>) -> Answers {
        Answers(&ANSWERS[range])
    }

    /// The text that replaces the key of this answer, and whether it is the key itself.
    #[inline(always)]
    pub fn get(self, answer: usize) -> (&'static str, bool) {
        let entry = self.0.get(answer).map_or(0, |e| u32::from_le_bytes(*e));
        let start = (entry & 0x1F_FFFF) as usize;
        let length = ((entry >> 21) & 0x3FF) as usize;
        (TEXTS.get(start..start + length).unwrap_or_default(), entry >> 31 != 0)
    }
}

static COSTS: &[u8] = include_bytes!("tables/costs.bin");
static PAIRS: &[u8] = include_bytes!("tables/pairs.bin");

/// The words of one trie with what each costs in a segmentation by likelihood: eighths of a bit, by the answer's number.
#[derive(Debug, Clone, Copy)]
pub struct Costs(&'static [u8]);

impl Costs {
    pub fn new(range: Range<usize>) -> Costs {
        Costs(&COSTS[range])
    }

    #[inline(always)]
    pub fn get(self, answer: usize) -> u32 {
        self.0.get(answer).map_or(0, |cost| u32::from(*cost))
    }
}

/// Whether a special key may start with these two characters: yes for all that do, and for one or two other pairs in a
/// hundred. `mask` says in which configs.
#[inline(always)]
pub fn may_be_special(first: Symbol, second: Symbol, mask: u8) -> bool {
    let (first, second) = (u32::from(first), u32::from(second));
    let marked = |slot: u32| PAIRS.get(slot as usize / 4).is_some_and(|byte| (byte >> (slot % 4 * 2)) & mask != 0);
    marked(first.wrapping_mul(0x9E37_79B1).wrapping_add(second.wrapping_mul(0x85EB_CA77)) >> 15)
        && marked(first.wrapping_mul(0xC2B2_AE3D).wrapping_add(second.wrapping_mul(0x27D4_EB2F)) >> 15)
}

static SIDES: &[u8] = include_bytes!("tables/sides.bin");

/// The sides of [`side`].
pub const SIMPLIFIED: u8 = 1;
pub const TRADITIONAL: u8 = 2;
pub const CANTONESE: u8 = 3;

/// Which side alone writes the character; 0 for those that both do.
#[inline(always)]
pub fn side(code: u32) -> u8 {
    SIDES.get(code as usize / 4).map_or(0, |byte| byte >> (code % 4 * 2) & 3)
}
