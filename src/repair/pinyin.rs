//! Pinyin in brackets: finding "(chǎn)" and knowing whether a character can be read so.

use super::model::Model;

/// Vowels with tone marks, beside the vowels they mark.
const MARKED: [(&str, char); 8] = [
    ("āáǎà", 'a'),
    ("ēéěèêếềế", 'e'),
    ("īíǐì", 'i'),
    ("ōóǒò", 'o'),
    ("ūúǔù", 'u'),
    ("ǖǘǚǜü", 'v'),
    ("ńňǹ", 'n'),
    ("ḿ", 'm'),
];

/// Whether a character can stand in a pinyin syllable.
pub(super) fn is_letter(c: char) -> bool {
    c.is_ascii_lowercase() || plain(c).is_some()
}

fn plain(c: char) -> Option<char> {
    if c < '\u{E0}' {
        return None;
    }
    MARKED.iter().find(|(marked, _)| marked.contains(c)).map(|m| m.1)
}

/// A syllable with its closing bracket.
#[derive(Debug, Clone, Copy)]
pub(super) struct Syllable {
    letters: [char; 6],
    count: usize,
    /// Characters it takes up, the closing bracket included.
    pub len: usize,
}

impl Syllable {
    pub(super) fn letters(&self) -> &[char] {
        &self.letters[..self.count]
    }
}

/// The syllable at the start of `chars`, when a ")" closes it. Another annotation may stand inside: 歐(ōu(zī)), because
/// the last byte of "ō" and the "u" were a character of the list, too.
pub(super) fn syllable(chars: &[char]) -> Option<Syllable> {
    let mut found = Syllable { letters: ['\0'; 6], count: 0, len: 0 };
    let (mut nested, mut deep) = (0, false);
    for (at, &c) in chars.iter().take(16).enumerate() {
        match c {
            ')' if deep && nested > 0 => (deep, nested) = (false, 0),
            ')' if !deep && found.count > 0 => {
                found.len = at + 1;
                return Some(found);
            }
            '(' if !deep && found.count > 0 => deep = true,
            _ if !is_letter(c) => return None,
            _ if deep => nested += 1,
            _ if found.count == 6 => return None,
            _ => {
                found.letters[found.count] = c;
                found.count += 1;
            }
        }
    }
    None
}

/// How well `c` can be read as `syllable`: 0 exactly, 1 with another tone, nothing when not at all.
pub(super) fn fit(model: &Model, c: char, syllable: &[char]) -> Option<i32> {
    let mut best = None;
    for reading in model.readings(c) {
        if reading.chars().eq(syllable.iter().copied()) {
            return Some(0);
        }
        if bare(reading.chars()).eq(bare(syllable.iter().copied())) {
            best = Some(1);
        }
    }
    best
}

fn bare(chars: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    chars.map(|c| plain(c).unwrap_or(c))
}
