//! Characters that old converters put into the private use area, because Unicode had no place for them yet.
//!
//! In: a character. Out: the one it stands for since GB 18030-2005 and Unicode 4.1–8.0 gave it a place.

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
