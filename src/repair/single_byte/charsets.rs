//! The single-byte charsets that bytes are wrongly read as.
//!
//! In: a character. Out: the byte it stands for in a charset. Software falls back to these: browsers and databases to windows-1252, Windows
//! of other regions to windows-125x, old Macs to MacRoman, DOS boxes and zip archives to code page 437. The tables are encoding_rs's;
//! code page 437, which it does not have, is that of Unicode's CP437.TXT.

use encoding_rs::*;
use std::sync::LazyLock;

/// A charset that UTF-8 was read as.
pub(super) struct Charset {
    /// The rule that undoes it.
    pub rule: &'static str,
    /// What it has to gain beyond windows-1252, in nats: how seldom UTF-8 is read so.
    pub rarity: i32,
    /// Character and byte, by character; bytes of ASCII are left out.
    bytes: Vec<(char, u8)>,
    /// The bytes that it does not have.
    undefined: Vec<u8>,
    /// The bytes of the characters before U+0180, 0 for none: nearly all that is asked for.
    low: [u8; 0x180],
}

/// windows-1252 comes first: most pages are read so. Rows: rule, encoding, rarity in nats.
static ROWS: [(&str, &Encoding, i32); 10] = [
    ("utf8-as-latin1", WINDOWS_1252, 0),
    ("utf8-as-windows-1250", WINDOWS_1250, 3),
    ("utf8-as-windows-1251", WINDOWS_1251, 3),
    ("utf8-as-iso-8859-2", ISO_8859_2, 4),
    ("utf8-as-windows-1254", WINDOWS_1254, 4),
    ("utf8-as-windows-1257", WINDOWS_1257, 4),
    ("utf8-as-macroman", MACINTOSH, 3),
    ("utf8-as-windows-1253", WINDOWS_1253, 4),
    ("utf8-as-koi8-r", KOI8_R, 4),
    ("utf8-as-cp866", IBM866, 4),
];

/// The upper half of code page 437 in order.
const CP437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}";

/// The upper half of code page 850 in order.
const CP850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{AD}±‗¾¶§÷¸°¨·¹³²■\u{A0}";

/// All of them, in the order in which they are tried.
pub(super) static CHARSETS: LazyLock<Vec<Charset>> = LazyLock::new(|| {
    let mut charsets: Vec<Charset> =
        ROWS.iter().map(|&(rule, encoding, rarity)| read(rule, encoding, rarity)).collect();
    let dos = CP437.chars().zip(0x80..=0xFF).collect();
    charsets.push(Charset::new("utf8-as-cp437", 3, dos));
    charsets.push(Charset::new("utf8-as-cp850", 4, CP850.chars().zip(0x80..=0xFF).collect()));
    charsets
});

/// The charset by which GBK and Big5 are read most: windows-1252 with the C1 controls of Latin-1.
pub(super) fn windows_1252() -> &'static Charset {
    &CHARSETS[0]
}

/// The charset that a rule of UTF-8 undoes.
pub(super) fn named(rule: &str) -> &'static Charset {
    CHARSETS.iter().find(|charset| charset.rule == rule).unwrap_or(&CHARSETS[0])
}

fn read(rule: &'static str, encoding: &'static Encoding, rarity: i32) -> Charset {
    let mut bytes = Vec::with_capacity(160);
    for byte in 0x80..=0xFF {
        let (text, bad) = encoding.decode_without_bom_handling(std::slice::from_ref(&byte));
        let c = text.chars().next().filter(|c| !bad && !('\u{80}'..='\u{9F}').contains(c));
        bytes.extend(c.map(|c| (c, byte)));
    }
    // What a charset leaves out or has a sign for stands as the C1 control where a page was read as Latin-1 by one program and as this
    // charset by the next. MacRoman has no such twin.
    let undefined = (0x80..=0xFF).filter(|&byte| bytes.iter().all(|entry| entry.1 != byte)).collect();
    if encoding != MACINTOSH {
        let known = bytes.clone();
        let control = |byte: u8| (char::from(byte), byte);
        let has = |byte: u8| known.iter().any(|entry| entry.1 == byte);
        let twins = (0x80..=0xFF).filter(|&byte| byte < 0xA0 || !has(byte)).map(control);
        bytes.extend(twins.filter(|(c, _)| known.iter().all(|(other, _)| other != c)));
    }
    Charset { undefined, ..Charset::new(rule, rarity, bytes) }
}

/// The bytes above ASCII that each charset leaves out, in the order of [`CHARSETS`].
pub(in crate::repair) fn undefined() -> impl Iterator<Item = Vec<u8>> {
    CHARSETS.iter().map(|charset| charset.undefined.clone())
}

impl Charset {
    fn new(rule: &'static str, rarity: i32, mut bytes: Vec<(char, u8)>) -> Charset {
        bytes.sort();
        let mut low = [0; 0x180];
        for &(c, byte) in bytes.iter().rev() {
            if let Some(cell) = low.get_mut(c as usize) {
                *cell = byte;
            }
        }
        Charset { rule, rarity, bytes, undefined: Vec::new(), low }
    }

    /// The byte above ASCII that a character stands for.
    #[inline]
    pub(super) fn byte(&self, c: char) -> Option<u8> {
        if let Some(&byte) = self.low.get(c as usize) {
            return Some(byte).filter(|byte| *byte > 0);
        }
        self.bytes.binary_search_by_key(&c, |entry| entry.0).ok().map(|at| self.bytes[at].1)
    }

    /// The character that a byte above ASCII was read as.
    pub(super) fn character(&self, byte: u8) -> Option<char> {
        self.bytes.iter().find(|entry| entry.1 == byte).map(|entry| entry.0)
    }

    /// The same, where it is none of the C1 controls.
    pub(super) fn shown(&self, byte: u8) -> Option<char> {
        self.bytes.iter().find(|(c, other)| *other == byte && *c > '\u{9F}').map(|entry| entry.0)
    }
}
