//! Reading bytes that are not one clean encoding.
//!
//! In: bytes, a main encoding and perhaps a second one. Out: text, and how many bytes stood for nothing. A plain reader
//! runs while nothing is wrong. A word where it stumbles (a pair that is none, two very rare characters, a byte that is not
//! UTF-8) is read again as the cheapest path through all readings: UTF-8 here, the legacy encoding there, and bytes that
//! belong to no character. So a lost byte costs one character, wherever it stood, and a mixed page needs no rule of its own.

use super::character::{self, RARE, Script};
use super::evidence::{is_sync, word_around};
use super::pairs::{Pairs, Step};
use crate::hole::Hole;
use encoding_rs::{Encoding, UTF_8};

/// Changing between UTF-8 and the legacy encoding inside a word (sixteenths of a nat).
const SWITCH: u32 = 128;
/// A byte that belongs to no character: dearer than any rare character, so that none is broken up for it.
const ORPHAN: u32 = 240;
/// A byte of windows-1252 that stands alone between ASCII, in a UTF-8 page: a curly quote or a no-break space pasted in.
const LONE: u32 = 150;
/// Two very rare characters within so many bytes are suspicious.
const CLOSE: usize = 6;
/// So many holes are told of; a page with more is no text.
const HOLES: usize = 1 << 16;
/// Words longer than this are read in pieces.
const LONGEST: usize = 4096;

/// The second encoding of a page, or the only one.
#[derive(Clone, Copy)]
pub(super) enum Legacy<'a> {
    None,
    Double(&'static Pairs),
    /// The 256 characters of a one-byte encoding.
    Single(&'a [char]),
}

/// Text so far.
pub(super) struct Reader<'a> {
    pub text: String,
    /// Bytes that stood for nothing.
    pub undecodable: usize,
    /// The U+FFFD of the text that stand for known bytes, in order.
    pub holes: Vec<Hole>,
    legacy: Legacy<'a>,
    utf8_first: bool,
    cells: Vec<[Cell; 2]>,
}

/// The cheapest way to a place in a word, in one of two modes: 0 UTF-8, 1 legacy.
#[derive(Clone, Copy)]
struct Cell {
    cost: u32,
    length: u8,
    mode: u8,
    read: Read,
}

#[derive(Clone, Copy, PartialEq)]
enum Read {
    Char(char, Option<char>),
    /// A stray byte order mark.
    Nothing,
    Orphan,
}

const FAR: Cell = Cell { cost: u32::MAX, length: 0, mode: 0, read: Read::Orphan };

impl<'a> Reader<'a> {
    pub fn new(capacity: usize, legacy: Legacy<'a>, utf8_first: bool) -> Self {
        Reader {
            text: String::with_capacity(capacity),
            undecodable: 0,
            holes: Vec::new(),
            legacy,
            utf8_first,
            cells: Vec::new(),
        }
    }

    /// A page that is UTF-8 but for some words.
    pub fn utf8(&mut self, bytes: &[u8]) {
        let mut at = 0;
        while at < bytes.len() {
            let rest = &bytes[at..];
            let valid = match simdutf8::compat::from_utf8(rest) {
                Ok(text) => return self.text.push_str(text),
                Err(error) => error.valid_up_to(),
            };
            let word = word_around(rest, valid);
            // A word cut at its longest may begin inside a character.
            let start = (word.start..valid).find(|&p| rest[p] & 0xc0 != 0x80).unwrap_or(valid);
            self.text.push_str(str::from_utf8(&rest[..start]).unwrap_or_default());
            match self.legacy {
                Legacy::Single(chars) => self.single_word(&rest[start..word.end], chars),
                _ => self.word(&rest[start..word.end]),
            }
            at += word.end;
        }
    }

    /// A page of a two-byte encoding.
    pub fn double(&mut self, bytes: &[u8], pairs: &'static Pairs) {
        let mut at = 0;
        while at < bytes.len() {
            let ascii = Encoding::ascii_valid_up_to(&bytes[at..]);
            self.text.push_str(str::from_utf8(&bytes[at..at + ascii]).unwrap_or_default());
            at += ascii;
            let (start, mark) = (at, self.text.len());
            let (end, suspicious) = self.plain(bytes, at, pairs);
            let broken = end < bytes.len() && bytes[end] >= 0x80 && end - start < LONGEST;
            at = end;
            if broken || suspicious {
                at = word_end(bytes, end);
                self.text.truncate(mark);
                self.word(&bytes[start..at]);
            }
        }
    }

    /// Reads pairs in step until ASCII, trouble or [`LONGEST`]; gives the place, and whether two very
    /// rare characters stood close together.
    #[inline]
    fn plain(&mut self, bytes: &[u8], start: usize, pairs: &'static Pairs) -> (usize, bool) {
        let (mut at, mut rare_before, mut suspicious) = (start, None, false);
        while at < bytes.len() && bytes[at] >= 0x80 && at - start < LONGEST {
            let packed = bytes.get(at + 1).map_or(0, |&trail| pairs.packed(bytes[at], trail));
            if packed != 0 && !Step::is_marked(packed) {
                self.text.push(Step::unpack(packed).char);
                if packed >> 24 >= RARE.into() {
                    suspicious |= rare_before.is_some_and(|before| at - before <= CLOSE);
                    rare_before = Some(at);
                }
                at += 2;
                continue;
            }
            let Some(step) = pairs.step(bytes, at) else { break };
            self.text.push(step.char);
            self.text.extend(step.mark);
            if step.cost >= RARE {
                suspicious |= rare_before.is_some_and(|before| at - before <= CLOSE);
                rare_before = Some(at);
            }
            at += usize::from(step.length);
        }
        (at, suspicious)
    }

    /// A page of a one-byte encoding.
    pub fn single(&mut self, bytes: &[u8], chars: &[char]) {
        let mut at = 0;
        while at < bytes.len() {
            let ascii = Encoding::ascii_valid_up_to(&bytes[at..]);
            self.text.push_str(str::from_utf8(&bytes[at..at + ascii]).unwrap_or_default());
            at += ascii;
            let end = word_end(bytes, at);
            self.single_word(&bytes[at..end], chars);
            at = end;
        }
    }

    /// A word of a one-byte encoding, unless it is UTF-8 of more than one character, and of likely ones: pairs of bytes
    /// above ASCII are UTF-8 by chance often enough (Thai "แทน" in windows-874, Russian "только" in IBM866).
    fn single_word(&mut self, word: &[u8], chars: &[char]) {
        if let Ok(text) = str::from_utf8(word) {
            let prices: Vec<u32> = text.chars().filter(|c| !c.is_ascii()).map(utf8_price).collect();
            if self.utf8_first || prices.len() > 1 && prices.iter().sum::<u32>() <= prices.len() as u32 * 150 {
                return self.text.push_str(text);
            }
        }
        for &byte in word {
            let c = chars[usize::from(byte)];
            self.undecodable += usize::from(c == char::REPLACEMENT_CHARACTER);
            self.text.push(c);
        }
    }

    /// Reads one word the cheapest way, a piece at a time.
    fn word(&mut self, word: &[u8]) {
        let mut rest = word;
        while rest.len() > LONGEST + 8 {
            let cut = (0..8).map(|back| LONGEST - back).find(|&at| rest[at] < 0x80).unwrap_or(LONGEST);
            self.piece(&rest[..cut]);
            rest = &rest[cut..];
        }
        self.piece(rest);
    }

    fn piece(&mut self, word: &[u8]) {
        self.cheapest(word);
        let cells = std::mem::take(&mut self.cells);
        let mut path = Vec::new();
        let mut at = word.len();
        let mut mode = usize::from(cells[at][1].cost < cells[at][0].cost);
        while at > 0 {
            let cell = cells[at][mode];
            path.push((cell.read, cell.length, mode));
            at -= usize::from(cell.length.max(1));
            mode = usize::from(cell.mode);
        }
        self.cells = cells;
        let mut rest = word;
        for (read, length, mode) in path.into_iter().rev() {
            let (bytes, behind) = rest.split_at(usize::from(length).min(rest.len()));
            rest = behind;
            match read {
                Read::Char(c, mark) => {
                    self.text.push(c);
                    self.text.extend(mark);
                }
                Read::Nothing => {}
                Read::Orphan => {
                    self.hole(bytes, mode);
                    self.text.push(char::REPLACEMENT_CHARACTER);
                    self.undecodable += usize::from(length);
                }
            }
        }
    }

    /// Keeps what is left of a character, read in a mode.
    fn hole(&mut self, bytes: &[u8], mode: usize) {
        let encoding = match self.legacy {
            Legacy::Double(pairs) if mode == 1 => pairs.encoding,
            _ => UTF_8,
        };
        if self.holes.len() < HOLES {
            self.holes.push(Hole::new(self.text.len(), bytes, encoding));
        }
    }

    /// Fills the cells: for each place of the word, the cheapest way there in each mode.
    fn cheapest(&mut self, word: &[u8]) {
        let mut cells = std::mem::take(&mut self.cells);
        cells.clear();
        cells.resize(word.len() + 1, [FAR; 2]);
        let pairs = match self.legacy {
            Legacy::Double(pairs) => Some(pairs),
            _ => None,
        };
        let start = |first: bool| Cell { cost: if first { 0 } else { SWITCH }, ..FAR };
        cells[0] = [start(self.utf8_first), if pairs.is_some() { start(!self.utf8_first) } else { FAR }];
        for at in 0..word.len() {
            let here = [cells[at][0].cost, cells[at][1].cost];
            let mut reach = |length: usize, mode: usize, price: u32, read: Read| {
                for (from, before) in here.into_iter().enumerate() {
                    let switch = if from == mode { 0 } else { SWITCH };
                    let cost = before.saturating_add(price).saturating_add(switch);
                    let cell = &mut cells[at + length][mode];
                    if cost < cell.cost {
                        *cell = Cell { cost, length: length as u8, mode: from as u8, read };
                    }
                }
            };
            let byte = word[at];
            if byte < 0x80 {
                let price = if byte.is_ascii_alphabetic() { 64 } else { 40 };
                (0..2).for_each(|mode| reach(1, mode, price, Read::Char(char::from(byte), None)));
                continue;
            }
            if word[at..].starts_with(b"\xef\xbb\xbf") {
                (0..2).for_each(|mode| reach(3, mode, 16, Read::Nothing));
            }
            if let Some((c, length)) = utf8_char(&word[at..]) {
                reach(length, 0, utf8_price(c), Read::Char(c, None));
            }
            reach(broken_utf8(&word[at..]), 0, ORPHAN, Read::Orphan);
            if let Some(pairs) = pairs {
                if let Some(step) = pairs.step(word, at) {
                    reach(step.length.into(), 1, step.cost.into(), Read::Char(step.char, step.mark));
                }
                reach(1, 1, ORPHAN, Read::Orphan);
            }
            if let Some(c) = self.lone(word, at) {
                reach(1, usize::from(!self.utf8_first), LONE, Read::Char(c, None));
            }
        }
        self.cells = cells;
    }

    /// A byte between ASCII that is a character of windows-1252. In a two-byte page only the no-break space is believed.
    fn lone(&self, word: &[u8], at: usize) -> Option<char> {
        let ascii = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii);
        if !ascii(at.checked_sub(1).map(|before| &word[before])) || !ascii(word.get(at + 1)) {
            return None;
        }
        match word[at] {
            0xa0 => Some('\u{a0}'),
            byte @ (0x82..=0x8c | 0x91..=0x9c | 0xa1..=0xfd) if self.utf8_first => {
                encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next()
            }
            _ => None,
        }
    }
}

/// The end of the word that holds `at`: the next byte where reading can start afresh.
fn word_end(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().position(|&byte| is_sync(byte)).map_or(bytes.len(), |length| at + length)
}

/// A UTF-8 character at the start; surrogates written as two characters of three bytes (CESU-8) are one.
fn utf8_char(bytes: &[u8]) -> Option<(char, usize)> {
    let length = match bytes[0] {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return None,
    };
    if let [0xed, high @ 0xa0..=0xaf, a @ 0x80..=0xbf, 0xed, low @ 0xb0..=0xbf, b @ 0x80..=0xbf, ..] = *bytes {
        let part = |first: u8, second: u8| u32::from(first & 0x0f) << 6 | u32::from(second & 0x3f);
        return Some((char::from_u32(0x10000 + (part(high, a) << 10) + part(low, b))?, 6));
    }
    let c = str::from_utf8(bytes.get(..length)?).ok()?.chars().next()?;
    Some((c, length))
}

/// How many bytes a broken UTF-8 character takes: its lead and the trails that fit, as one U+FFFD (WHATWG, Unicode 3.9).
fn broken_utf8(bytes: &[u8]) -> usize {
    match str::from_utf8(&bytes[..bytes.len().min(4)]) {
        Err(error) if error.valid_up_to() == 0 => error.error_len().unwrap_or(bytes.len().min(4)).clamp(1, bytes.len()),
        _ => 1,
    }
}

fn utf8_price(c: char) -> u32 {
    match c {
        // The letters of western and central Europe; "袁" in GBK is "Ԭ" in UTF-8.
        '\u{c0}'..='\u{17f}' => 140,
        '\u{370}'..='\u{45f}' => 170,
        '\0'..='\u{7ff}' => 230,
        _ => {
            let scripts = [Script::Hans, Script::Hant, Script::Jpan, Script::Kore];
            scripts.iter().map(|&script| character::cost(c, script).into()).min().unwrap_or(250)
        }
    }
}
