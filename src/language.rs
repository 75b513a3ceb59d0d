//! How letters follow each other in the alphabetic languages of the Web.
//!
//! In: a language's name, a character. Out: its letter class, and what one class costs after another (−ln(probability)
//! in sixteenths of a nat). The tables are generated (`languages.bin`; sources in `tables/decode/text`), read in place.

use std::sync::{LazyLock, OnceLock};

/// One language. Class 0 is anything but a letter, `1..=letters` its letters, the last class a foreign letter.
pub(crate) struct Language {
    pub name: &'static str,
    letters: &'static [u8],
    /// Number of classes; `costs` has its square.
    pub size: usize,
    pub costs: &'static [u8],
    /// Whether its letters are those of ASCII and more.
    pub is_latin: bool,
    /// What it sees in the characters before U+0530, made when it is first asked for.
    seen: OnceLock<Box<[Seen]>>,
}

/// Latin, Greek and Cyrillic end here.
const TABLED: u32 = 0x530;

/// The embedded tables as they lie there.
pub(crate) static BYTES: &[u8] = include_bytes!("languages.bin");

/// Every language, in order of name.
pub(crate) static LANGUAGES: LazyLock<Vec<Language>> = LazyLock::new(|| {
    let mut rest = BYTES;
    let mut languages = Vec::new();
    while let Some((language, tail)) = read(rest) {
        languages.push(language);
        rest = tail;
    }
    languages
});

fn read(bytes: &'static [u8]) -> Option<(Language, &'static [u8])> {
    let (&length, rest) = bytes.split_first()?;
    let (name, rest) = rest.split_at_checked(length.into())?;
    let (&count, rest) = rest.split_first()?;
    let (letters, rest) = rest.split_at_checked(2 * usize::from(count))?;
    let size = usize::from(count) + 2;
    let (costs, rest) = rest.split_at_checked(size * size)?;
    let is_latin = letters.chunks_exact(2).any(|letter| letter == [b'a', 0]);
    Some((Language { name: str::from_utf8(name).ok()?, letters, size, costs, is_latin, seen: OnceLock::new() }, rest))
}

/// Whether a character is a letter, marks that stand beside letters included.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() && !matches!(c, 'ª' | 'º' | 'µ')
        || matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{652}' | '\u{e31}'..='\u{e4e}' | '\u{200c}')
}

/// What an alphabetic text sees in one character.
#[derive(Clone, Copy, Default)]
pub(crate) struct Seen {
    pub class: u8,
    /// What the character costs within its class.
    pub cost: u8,
    /// 0 no case, 1 lower, 2 upper.
    pub case: u8,
}

impl Language {
    /// Class and cost of `c`.
    #[inline]
    pub fn see(&self, c: char) -> Seen {
        if c as u32 >= TABLED {
            return self.look(c);
        }
        let all = || (0..TABLED).filter_map(char::from_u32).map(|c| self.look(c)).collect();
        self.seen.get_or_init(all)[c as usize]
    }

    fn look(&self, c: char) -> Seen {
        let case = if c.is_uppercase() { 2 } else { u8::from(c.is_lowercase()) };
        if !is_letter(c) {
            return Seen { class: 0, cost: between(c), case: 0 };
        }
        let lower = c.to_lowercase().next().unwrap_or(c) as u32;
        let letter = |at: usize| u32::from(u16::from_le_bytes([self.letters[2 * at], self.letters[2 * at + 1]]));
        let (mut low, mut high) = (0, self.size - 2);
        while low < high {
            let middle = (low + high) / 2;
            if letter(middle) < lower { low = middle + 1 } else { high = middle }
        }
        if low < self.size - 2 && letter(low) == lower {
            return Seen { class: low as u8 + 1, cost: 0, case };
        }
        let cost = match c {
            '\0'..='\u{7f}' => 48,
            '\u{80}'..='\u{24f}' => 100,
            _ => 160,
        };
        Seen { class: (self.size - 1) as u8, cost, case }
    }

    /// Whether a character is a letter that the language does not have.
    pub fn is_foreign(&self, seen: Seen) -> bool {
        usize::from(seen.class) + 1 == self.size
    }

    /// What `after` costs after `before`.
    #[inline]
    pub fn follow(&self, before: Seen, after: Seen) -> u32 {
        let pair = self.costs[usize::from(before.class) * self.size + usize::from(after.class)];
        let foreign = (self.size - 1) as u8;
        let mixed = !self.is_latin
            && (before.class == foreign && (1..foreign).contains(&after.class)
                || after.class == foreign && (1..foreign).contains(&before.class));
        u32::from(mixed) * MIXED
            + u32::from(pair)
            + u32::from(after.cost)
            + u32::from(CASE[usize::from(before.case)][usize::from(after.case)])
    }
}

/// A Latin letter right beside one of another alphabet, as in "perchй": hardly ever.
const MIXED: u32 = 80;

/// What a change of case costs: a capital inside a word is rare, a capital at its start is not.
const CASE: [[u8; 3]; 3] = [[0, 3, 28], [0, 0, 110], [0, 8, 12]];

/// What stands between words: cost of the character once it is known to be no letter.
fn between(c: char) -> u8 {
    match c {
        ' ' | '\n' | '\r' | '\t' => 5,
        '0'..='9' => 56,
        '.' | ',' | '-' | '\'' | '"' | ':' | '(' | ')' | '/' | ';' | '?' | '!' => 56,
        ' '..='~' => 80,
        '\u{1b}' => 150,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => 230,
        '\u{a0}' => 80,
        '“' | '”' | '‘' | '’' | '„' | '«' | '»' | '–' | '—' | '…' | '·' | '•' => 68,
        '°' | '©' | '®' | '§' | '№' | '™' | '€' | '¿' | '¡' | '،' | '؟' | '؛' | '฿' => 108,
        'ª' | 'º' | '²' | '³' | '±' | '£' | '¥' | '½' | '‹' | '›' | '‚' | '´' => 130,
        '\u{fffd}' | '\u{e000}'..='\u{f8ff}' => 250,
        '\u{2500}'..='\u{25ff}' => 165,
        _ => 150,
    }
}
