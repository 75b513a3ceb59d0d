//! The engine against its slow twin on texts made of dictionary keys, parts of keys and odd characters.

use crate::tables::opencc::{self, CONFIGS};
use zonetext::script::Converter;

/// A small deterministic generator: the same texts on every run.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n as u64) as usize
    }
}

#[test]
fn engine_equals_its_twin() {
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    for (name, _, chain) in CONFIGS {
        let twin = opencc::config(name);
        let converter = Converter::new(name).unwrap();
        let mut words: Vec<String> = Vec::new();
        for group in &twin.chain {
            for dict in &group.ranks {
                let mut keys: Vec<&String> = dict.keys().chain(dict.values()).collect();
                keys.sort();
                (0..300).for_each(|_| words.push(keys[dice.below(keys.len())].clone()));
            }
        }
        assert!(!chain.is_empty());
        for _ in 0..400 {
            let text = sentence(&mut dice, &words);
            assert_eq!(converter.convert(&text), twin.convert(&text), "{name}: {text}");
        }
    }
}

/// Words, parts of words and odd characters in a row.
fn sentence(dice: &mut Dice, words: &[String]) -> String {
    const ODD: [&str; 12] = ["，", " ", "A", "U", "⿰", "⿳木木", "豈", "樂", "\u{E000}", "😀", "乾", "\u{10FFFF}"];
    let mut text = String::new();
    for _ in 0..1 + dice.below(12) {
        let word: Vec<char> = words[dice.below(words.len())].chars().collect();
        match dice.below(8) {
            0 => text.push_str(ODD[dice.below(ODD.len())]),
            1 => text.extend(&word[..1 + dice.below(word.len())]),
            2 => text.extend(&word[dice.below(word.len())..]),
            _ => text.extend(&word),
        }
    }
    text
}
