//! Dots behind words of alphabets other than ASCII: ул. Ленина, т. е., Ο κ. Παπαδόπουλος, डॉ. शर्मा.
//!
//! In: the text before a dot and behind it. Out: the verdict, or none where the word is Latin of ASCII, which `english` judges. Where letters
//! have cases a sentence begins with a capital or a digit. Where they have none, the script has stops of its own (। ። ။ ។) and a dot
//! ends abbreviations, but for Hebrew, Arabic, Georgian and Armenian, which write dots.

use super::evidence::is_han;
use super::judge::Verdict;

/// Letters of an abbreviation that no list has to know, in scripts with stops of their own.
const SHORT: usize = 4;

/// How far back (bytes) the word before a dot is looked for.
const LONGEST_WORD: usize = 48;

/// Words that hardly ever end a sentence: titles, streets, units, references; of Greek, Russian, Ukrainian and Bulgarian. Single letters are
/// г. Москва, с. Ивановка, д. 5, т. 2, κ. Παπαδόπουλος; the я of "Это был я." is none.
#[rustfmt::skip]
const ABBREVIATIONS: &[&str] = &[
    "αι", "αρ", "βλ", "δρ", "κ", "κα", "κκ", "οδ", "πβ", "σελ", "τηλ", "χλμ",
    "г", "д", "м", "п", "р", "с", "т", "ч", "акад", "бул", "вул", "гг", "гл", "гр", "др", "жк", "зав", "им", "илл", "ім", "исп", "кв", "корп", "лит", "млн", "млрд", "напр",
    "нем", "обл", "оз", "пл", "пос", "пр", "просп", "проф", "рис", "руб", "св", "см", "ср", "ст", "стр", "тел", "тов", "тыс", "ул", "чел", "эт",
];

/// The verdict on a dot with white space behind it.
pub(super) fn dot(before: &str, next: &str) -> Option<Verdict> {
    let word = last_word(before)?;
    let after = next.trim_start_matches(|c: char| "\"'([{“‘«„（*_•-–— ".contains(c)).chars().next()?;
    let cased = word.chars().any(|c| c.is_lowercase() || c.is_uppercase());
    let letters = word.chars().count();
    if cased {
        if after.is_lowercase() && !after.is_ascii() {
            return Some(("abbreviation", false));
        }
        if letters == 1 && word.chars().all(char::is_uppercase) {
            return Some(("initial", false));
        }
        let lower = word.to_lowercase();
        let known = ABBREVIATIONS.contains(&lower.as_str());
        return Some(if known { ("abbreviation", false) } else { ("stop", true) });
    }
    let dotted = word.chars().all(|c| matches!(c as u32, 0x530..=0x8FF | 0x10A0..=0x10FF));
    Some(match dotted {
        true if letters == 1 => ("initial", false),
        true => ("stop", true),
        false if letters <= SHORT => ("abbreviation", false),
        false => ("stop", true),
    })
}

/// Whether a dot stands between letters of which one is of another alphabet: within a word or an abbreviation (т.е.).
pub(super) fn is_inside(before: &str, next: &str) -> bool {
    let other = |c: char| c.is_alphabetic() && !c.is_ascii() && !is_han(c);
    let (last, first) = (before.chars().next_back(), next.chars().next());
    let letters = last.is_some_and(char::is_alphabetic) && first.is_some_and(char::is_alphabetic);
    letters
        && (last.is_some_and(other) && !first.is_some_and(is_han)
            || first.is_some_and(other) && !last.is_some_and(is_han))
}

/// The word before a dot, where it ends in a letter beyond ASCII.
fn last_word(before: &str) -> Option<&str> {
    let own = |c: char| !c.is_ascii() && !is_han(c) && (c.is_alphabetic() || is_mark(c));
    before.chars().next_back().filter(|&c| own(c))?;
    let mut from = before.len();
    for (at, c) in before.char_indices().rev() {
        if before.len() - at > LONGEST_WORD || !(own(c) || c.is_ascii_alphabetic()) {
            break;
        }
        from = at;
    }
    Some(&before[from..])
}

/// Vowel signs and other marks of Indian scripts, points of Hebrew and Arabic.
fn is_mark(c: char) -> bool {
    matches!(c as u32, 0x300..=0x36F | 0x591..=0x5C7 | 0x64B..=0x65F | 0x900..=0x109F | 0x1780..=0x17D3)
}
