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
}

impl Words {
    /// The words of the sound stretches of some lines.
    pub(in crate::repair) fn of<'a>(model: &Model, lines: impl Iterator<Item = &'a str>) -> Words {
        let mut keys = Vec::new();
        let mut seen = 0;
        for line in lines {
            if seen > ENOUGH {
                break;
            }
            seen += line.len() / 3;
            add(model, line, &mut keys);
        }
        let mut words = Words { bits: vec![0; (keys.len() * ROOM / 64).next_power_of_two()] };
        for key in keys {
            let (word, bit) = words.place(key);
            words.bits[word] |= bit;
        }
        words
    }

    /// What a character that costs `cost` between these contexts costs in this document.
    pub(in crate::repair) fn discount(&self, before: Context, after: Context, cost: i32) -> i32 {
        if cost <= 3 * NAT || self.bits.is_empty() || !self.has(pair(before.last, after.last)) {
            return cost;
        }
        let known = self.has(triple(before.first, before.last, after.last));
        if known { (cost - 6 * NAT).max(2 * NAT) } else { (cost - 2 * NAT).max(3 * NAT) }
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

fn pair(a: u16, b: u16) -> u64 {
    u64::from(a) << 16 | u64::from(b)
}

fn triple(a: u16, b: u16, c: u16) -> u64 {
    1 << 63 | u64::from(a) << 32 | pair(b, c)
}

/// Adds the pairs and triples of neighbours; annotations are stepped over, and what follows a "?" up to the next ASCII character is not
/// trusted.
fn add(model: &Model, line: &str, keys: &mut Vec<u64>) {
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
