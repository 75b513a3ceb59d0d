//! Pinyin in brackets: finding "(chǎn)" and knowing whether a character can be read so.

use super::model::Model;

/// Whether a character can stand in a pinyin syllable.
pub(super) fn is_letter(c: char) -> bool {
    c.is_ascii_lowercase() || (c >= '\u{E0}' && plain(c) != c)
}

/// A letter without its tone mark; other characters as they are. "ü" is "v", as it is typed.
pub(super) fn plain(c: char) -> char {
    match c {
        'ā' | 'á' | 'ǎ' | 'à' => 'a',
        'ē' | 'é' | 'ě' | 'è' | 'ê' | 'ế' | 'ề' => 'e',
        'ī' | 'í' | 'ǐ' | 'ì' => 'i',
        'ō' | 'ó' | 'ǒ' | 'ò' => 'o',
        'ū' | 'ú' | 'ǔ' | 'ù' => 'u',
        'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' | 'ü' => 'v',
        'ń' | 'ň' | 'ǹ' => 'n',
        'ḿ' => 'm',
        _ => c,
    }
}

/// A syllable as the model knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sound {
    /// With its tone; nothing when no character is read so.
    pub exact: Option<u16>,
    /// Without its tone; nothing when it is no syllable.
    pub bare: Option<u16>,
}

/// A syllable with its closing bracket.
#[derive(Debug, Clone, Copy)]
pub(super) struct Syllable {
    pub sound: Sound,
    /// Characters it takes up, the closing bracket included.
    pub len: usize,
}

/// The syllable at the start of `chars`, when a ")" closes it. Another annotation may stand inside: 歐(ōu(zī)), because
/// the last byte of "ō" and the "u" were a character of the list, too.
pub(super) fn syllable(model: &Model, chars: &[char]) -> Option<Syllable> {
    if !chars.first().is_some_and(|&c| is_letter(c)) {
        return None;
    }
    let (mut letters, mut count) = (['\0'; 6], 0);
    let (mut nested, mut deep) = (0, false);
    for (at, &c) in chars.iter().take(16).enumerate() {
        match c {
            ')' if deep && nested > 0 => (deep, nested) = (false, 0),
            ')' if !deep => return Some(Syllable { sound: model.sound(&letters[..count]), len: at + 1 }),
            '(' if !deep => deep = true,
            _ if !is_letter(c) => return None,
            _ if deep => nested += 1,
            _ if count == 6 => return None,
            _ => {
                letters[count] = c;
                count += 1;
            }
        }
    }
    None
}

/// How well `c` can be read as `sound`: 0 as it mostly is, 1 in another way, 2 with another tone, nothing when not at all. A mirror program has
/// one reading for each character, as a rule the commonest: in 國(guó)?liè)??xiàn)法 it is 憲, not 見.
pub(super) fn fit(model: &Model, c: char, sound: Sound) -> Option<i32> {
    let mut best = None;
    for (at, &(exact, bare)) in model.readings(c).iter().enumerate() {
        if Some(exact) == sound.exact {
            return Some(i32::from(at > 0));
        }
        if Some(bare) == sound.bare {
            best = Some(2);
        }
    }
    best
}
