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

/// The syllable at the start of `chars`, when a ")" closes it: its length without the bracket.
pub(super) fn syllable(chars: &[char]) -> Option<usize> {
    let len = chars.iter().take(7).take_while(|&&c| is_letter(c)).count();
    (len > 0 && len <= 6 && chars.get(len) == Some(&')')).then_some(len)
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
