//! How characters are read: the pinyin part of the table, decoded when the first annotation is met.

use super::reader::Reader;
use crate::repair::pinyin::{Sound, plain};

pub(super) struct Sounds {
    /// Key, number and number of the bare form of each syllable, sorted.
    syllables: Vec<(u128, u16, u16)>,
    /// Keys of the syllables without their tones, sorted.
    bares: Vec<u128>,
    /// Where the readings of each character of the basic plane begin.
    at: Vec<u32>,
    /// Numbers of the syllable and of its bare form.
    readings: Vec<(u16, u16)>,
    /// The characters that can be read as each bare syllable.
    spoken: Vec<Vec<char>>,
}

impl Sounds {
    /// The readings of a character as (syllable, syllable without its tone), the commonest first.
    pub(super) fn readings(&self, c: char) -> &[(u16, u16)] {
        let at = c as usize;
        match (self.at.get(at), self.at.get(at + 1)) {
            (Some(&from), Some(&to)) => &self.readings[from as usize..to as usize],
            _ => &[],
        }
    }

    /// The characters that can be read as `sound`, in one tone or another.
    pub(super) fn spoken(&self, sound: Sound) -> &[char] {
        sound.bare.and_then(|bare| self.spoken.get(usize::from(bare))).map_or(&[], Vec::as_slice)
    }

    /// The numbers of a syllable of at most six letters.
    pub(super) fn sound(&self, letters: &[char]) -> Sound {
        let key = key(letters.iter().copied());
        match self.syllables.binary_search_by_key(&key, |s| s.0) {
            Ok(at) => Sound { exact: Some(self.syllables[at].1), bare: Some(self.syllables[at].2) },
            Err(_) => {
                let bare = self.bares.binary_search(&self::key(letters.iter().map(|&c| plain(c))));
                Sound { exact: None, bare: bare.ok().map(|at| at as u16) }
            }
        }
    }

    /// Shape: how many syllables, and each as length and bytes; how many characters, and each as the step from the one before, how many
    /// readings, and their syllables.
    pub(super) fn read(bytes: &[u8]) -> Sounds {
        let mut from = Reader { bytes };
        let (mut keys, mut toneless) = (Vec::new(), Vec::new());
        for _ in 0..from.number() {
            let len = from.number();
            let syllable = str::from_utf8(from.take(len)).unwrap_or_default();
            keys.push(key(syllable.chars()));
            toneless.push(key(syllable.chars().map(plain)));
        }
        let mut bares = toneless.clone();
        bares.sort_unstable();
        bares.dedup();
        let number = |bare: &u128| bares.binary_search(bare).map_or(0, |at| at as u16);
        let toneless: Vec<u16> = toneless.iter().map(number).collect();
        let rows = keys.iter().zip(&toneless).enumerate();
        let mut syllables: Vec<_> = rows.map(|(at, (&key, &bare))| (key, at as u16, bare)).collect();
        syllables.sort_unstable();
        let spoken = vec![Vec::new(); bares.len()];
        let mut sounds = Sounds { syllables, bares, at: vec![0; 0x10001], readings: Vec::new(), spoken };
        sounds.characters(&mut from, &toneless);
        sounds
    }

    fn characters(&mut self, from: &mut Reader, toneless: &[u16]) {
        let mut c = 0;
        for _ in 0..from.number() {
            let before = c;
            c = (c + from.number()).min(0xFFFF);
            self.at[before + 1..=c].fill(self.readings.len() as u32);
            for _ in 0..from.number() {
                let syllable = from.number();
                let bare = toneless.get(syllable).copied().unwrap_or(0);
                self.readings.push((syllable as u16, bare));
                if let (Some(list), Some(c)) = (self.spoken.get_mut(usize::from(bare)), char::from_u32(c as u32))
                    && list.last() != Some(&c)
                {
                    list.push(c);
                }
            }
        }
        self.at[c + 1..].fill(self.readings.len() as u32);
    }
}

/// A syllable of at most six letters as one number: no letter of pinyin lies beyond U+1FFF.
fn key(letters: impl Iterator<Item = char>) -> u128 {
    letters.fold(0, |key, c| key << 13 | (c as u128 & 0x1FFF))
}
