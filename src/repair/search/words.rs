//! The words a document shows: names and terms come back in a text, so pairs and triples of characters that stand intact somewhere in it
//! are likelier in its broken places than the model knows.

use crate::repair::model::{Context, Model, NAT};

/// Characters of a document that are looked at; a longer document shows its words in those.
const ENOUGH: usize = 1 << 16;

/// Bits for each pair or triple. One stranger in sixty-four is taken for known; with sixteen bits, strangers won now and then.
const ROOM: usize = 64;

/// Pairs and triples of the model's character numbers, as a table of bits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::repair) struct Words {
    bits: Vec<u64>,
    /// A bit for each character's number.
    singles: Vec<u64>,
    /// What each pronoun costs.
    pronouns: [i32; 3],
}

/// Nothing beside them tells one from another: the one that the document has is meant.
const PRONOUNS: [char; 3] = ['他', '她', '它'];

/// What a pronoun costs that is e times as rare in the document as another, in twelfths of a nat.
const RARER: i32 = 2 * NAT;

impl Words {
    /// The words of the sound stretches of some lines.
    pub(in crate::repair) fn of<'a>(model: &Model, lines: impl Iterator<Item = &'a str>) -> Words {
        let (mut keys, mut singles) = (Vec::new(), Vec::new());
        let mut seen = 0;
        for line in lines {
            if seen > ENOUGH {
                break;
            }
            seen += line.len() / 3;
            add(model, line, &mut keys, &mut singles);
        }
        let most = singles.iter().max().map_or(0, |&number| usize::from(number) / 64 + 1);
        let mut words = Words {
            bits: vec![0; (keys.len() * ROOM / 64).next_power_of_two()],
            singles: vec![0; most],
            pronouns: pronouns(model, &singles),
        };
        singles.iter().for_each(|&number| words.singles[usize::from(number) / 64] |= 1 << (number % 64));
        for key in keys {
            let (word, bit) = words.place(key);
            words.bits[word] |= bit;
        }
        words
    }

    /// Whether the document shows any.
    pub(in crate::repair) fn any(&self) -> bool {
        !self.bits.is_empty()
    }

    /// What a character that costs `cost` between these contexts costs in this document.
    pub(in crate::repair) fn discount(&self, before: Context, after: Context, cost: i32) -> i32 {
        match self.known(before, after, cost) {
            Known::Triple => (cost - 6 * NAT).max(2 * NAT),
            Known::Pair => (cost - 2 * NAT).max(3 * NAT),
            Known::Character | Known::Nothing => cost,
        }
    }

    /// The same in a slip: there is no doubt that something stood there, and more can be believed.
    pub(in crate::repair) fn discount_in_slip(&self, before: Context, after: Context, cost: i32) -> i32 {
        match self.known(before, after, cost) {
            Known::Triple => (cost - 6 * NAT).max(3 * NAT / 2),
            Known::Pair => (cost - 2 * NAT).max(2 * NAT),
            Known::Character => (cost - SINGLE).max(3 * NAT),
            Known::Nothing => cost,
        }
    }

    /// The most that the document shows of a character and those before it; of what is cheap already it is not asked.
    fn known(&self, before: Context, after: Context, cost: i32) -> Known {
        if cost <= 3 * NAT || self.bits.is_empty() {
            return Known::Nothing;
        }
        if !self.has(pair(before.last, after.last)) {
            let bits = self.singles.get(usize::from(after.last) / 64).copied().unwrap_or(0);
            return if bits >> (after.last % 64) & 1 != 0 { Known::Character } else { Known::Nothing };
        }
        let triple = self.has(triple(before.first, before.last, after.last));
        if triple { Known::Triple } else { Known::Pair }
    }

    /// What `c` costs more than another character as likely.
    pub(in crate::repair) fn pronoun(&self, c: char) -> i32 {
        if !('他'..='它').contains(&c) {
            return 0;
        }
        PRONOUNS.iter().position(|&pronoun| pronoun == c).map_or(0, |at| self.pronouns[at])
    }

    fn has(&self, key: u64) -> bool {
        let (word, bit) = self.place(key);
        self.bits[word] & bit != 0
    }

    fn place(&self, key: u64) -> (usize, u64) {
        let hash = key.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        ((hash >> 40) as usize & (self.bits.len() - 1), 1 << (hash >> 34 & 63))
    }
}

/// What a document shows of a character and those before it.
enum Known {
    Nothing,
    Character,
    Pair,
    Triple,
}

/// What a character is cheaper by that the document shows elsewhere.
const SINGLE: i32 = 8;

/// What each pronoun costs in a document of these characters.
fn pronouns(model: &Model, singles: &[u16]) -> [i32; 3] {
    let counts = PRONOUNS.map(|c| {
        let number = model.number(c);
        singles.iter().filter(|&&single| single == number).count() + 1
    });
    let most = counts.into_iter().max().unwrap_or(1) as f32;
    counts.map(|count| ((most / count as f32).ln() * RARER as f32) as i32)
}

fn pair(a: u16, b: u16) -> u64 {
    u64::from(a) << 16 | u64::from(b)
}

fn triple(a: u16, b: u16, c: u16) -> u64 {
    1 << 63 | u64::from(a) << 32 | pair(b, c)
}

/// Adds the pairs and triples of neighbours; annotations are stepped over, and what follows a "?" up to the next ASCII character is not
/// trusted.
fn add(model: &Model, line: &str, keys: &mut Vec<u64>, singles: &mut Vec<u16>) {
    let (mut before, mut last) = (0, 0);
    let (mut note, mut broken) = (false, false);
    for c in line.chars() {
        if note {
            note = c != ')';
            continue;
        }
        match c {
            '?' | '\u{FFFD}' => (broken, before, last) = (true, 0, 0),
            '(' => note = true,
            _ if c.is_ascii() => (broken, before, last) = (false, 0, 0),
            _ if broken || (c as u32) < 0x2E80 => (before, last) = (0, 0),
            _ => {
                let number = model.number(c);
                if number < 2 {
                    (before, last) = (0, 0);
                    continue;
                }
                singles.push(number);
                if last != 0 {
                    keys.push(pair(last, number));
                }
                if before != 0 {
                    keys.push(triple(before, last, number));
                }
                (before, last) = (last, number);
            }
        }
    }
}
