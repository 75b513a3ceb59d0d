//! Characters of the private use area: those that old converters put there, because Unicode had no place for them yet, and those of a font.
//!
//! In: a character. Out: the one it stands for since GB 18030-2005 and Unicode 4.1–8.0 gave it a place. Sites that fight copying draw common
//! characters with a font of their own, on any code points of the area: what such a code point stands for only the font knows. A document
//! is known for one by how dense they stand: of the characters of GBK's old block the rarest text has a few.

use super::judge::is_han;
use std::collections::HashSet;

/// (first private code point, its successors' meanings in order); from the mapping tables of GB 18030-2000 and -2005.
const MEANT: [(u32, &str); 6] = [
    (0xE5E5, "\u{3000}"),
    (0xE76C, "€"),
    (0xE78D, "︐︒︑︓︔︕︖︗︘︙"),
    (0xE7C7, "ḿǹ"),
    (0xE7E7, "〾⿰⿱⿲⿳⿴⿵⿶⿷⿸⿹⿺⿻"),
    (
        0xE815,
        "⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱䎬⺻䏝䓖䙡䙌龹䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻",
    ),
];

/// What a private-use character stands for.
pub(super) fn meant(c: char) -> Option<char> {
    let code = c as u32;
    let (first, list) = MEANT.iter().rev().find(|(first, _)| code >= *first)?;
    list.chars().nth((code - first) as usize)
}

/// From this share on, in per cent of all Han characters and these, the area is drawn by a font; of a long document, where they are
/// many different ones, a smaller share is enough. A text about rare characters (他的手㧟得很紧，船身㖞了一下) has one in six in a line.
const DENSE: usize = 25;
const DENSE_OF_MANY: usize = 3;

/// Fewer are no font; so many, and so many different ones, are many.
const LEAST: usize = 4;
const MANY: usize = 24;
const DIFFERENT: usize = 8;

/// The private characters of a document that are drawn by a font of the site's own; 0 where there is none.
pub(super) fn of_font(texts: &[&str]) -> usize {
    let any = |text: &&str| memchr::memchr(0xEE, text.as_bytes()).is_some();
    if !texts.iter().any(any) {
        return 0;
    }
    let (mut han, mut count, mut different) = (0, 0, HashSet::new());
    for c in texts.iter().flat_map(|text| text.chars()) {
        // A space, marks and letters that converters put there are no font's.
        if ('\u{E000}'..='\u{EFFF}').contains(&c)
            && meant(c).is_none_or(|c| is_han(c) || matches!(c, '\u{2E80}'..='\u{2FFF}'))
        {
            count += 1;
            different.insert(c);
        } else if is_han(c) {
            han += 1;
        }
    }
    let share = |least: usize| count * 100 >= (han + count) * least;
    let dense = count >= LEAST && share(DENSE) && han > 0;
    let many = count >= MANY && different.len() >= DIFFERENT && share(DENSE_OF_MANY);
    if dense || many { count } else { 0 }
}
