//! Encodings of two bytes a character, as tables from byte pair to character and cost.
//!
//! In: bytes. Out: one character and its length. The mapping is encoding_rs's own, asked once for each pair: a look-up lets the reader
//! stop, go back and try another alignment, which a stream decoder does not. Only what a run meets is asked for, since a short page
//! is priced in five encodings of 20,000 pairs.

use super::character::{self, Script};
use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, SHIFT_JIS};
use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering::Relaxed;

/// All pairs of one encoding.
pub(super) struct Pairs {
    pub encoding: &'static Encoding,
    /// Languages written in it, with what it costs (sixteenths of a nat) to assume them.
    pub scripts: &'static [(Script, u32)],
    cells: &'static Cells,
}

/// `(lead - 0x80) * 256 + trail` → cost << 24 | mark << 21 | code point; 0 where nobody asked yet, [`NONE`] where the pair is none. `mark` is
/// 1 or 2 for the four Big5 pairs that are a letter with U+0304 or U+030C. The cost is that of the cheapest likely script.
type Cells = [AtomicU32; 128 * 256];

/// No character of two bytes has this code point.
const NONE: u32 = 1;

static CELLS: [Cells; 5] = [const { [const { AtomicU32::new(0) }; 128 * 256] }; 5];

/// A character, how many bytes it takes, and its cost in sixteenths of a nat.
#[derive(Clone, Copy)]
pub(super) struct Step {
    pub char: char,
    pub mark: Option<char>,
    pub length: u8,
    pub cost: u8,
}

static TABLES: [Pairs; 5] = [
    Pairs::new(&CELLS[0], GB18030, &[(Script::Hans, 0), (Script::Hant, 32), (Script::Jpan, 96)]),
    Pairs::new(&CELLS[1], BIG5, &[(Script::Hant, 0)]),
    Pairs::new(&CELLS[2], SHIFT_JIS, &[(Script::Jpan, 0)]),
    Pairs::new(&CELLS[3], EUC_JP, &[(Script::Jpan, 0)]),
    Pairs::new(&CELLS[4], EUC_KR, &[(Script::Kore, 0)]),
];

/// The table of `encoding`, if it is one of two bytes. GBK is read as GB18030.
pub(super) fn of(encoding: &'static Encoding) -> Option<&'static Pairs> {
    let at = match encoding.name() {
        "gb18030" | "GBK" => 0,
        "Big5" => 1,
        "Shift_JIS" => 2,
        "EUC-JP" => 3,
        "EUC-KR" => 4,
        _ => return None,
    };
    Some(&TABLES[at])
}

impl Pairs {
    const fn new(cells: &'static Cells, encoding: &'static Encoding, scripts: &'static [(Script, u32)]) -> Pairs {
        Pairs { encoding, scripts, cells }
    }

    /// Asks encoding_rs for a pair. Two threads may ask at once; the answer is the same.
    #[cold]
    fn ask(&self, lead: u8, trail: u8, cell: &AtomicU32) -> u32 {
        let pair = [lead, trail];
        let text = self.encoding.decode_without_bom_handling_and_without_replacement(&pair);
        let packed = text.and_then(|text| {
            let mut chars = text.chars();
            let c = chars.next().filter(|&c| c as u32 >= 0x80)?;
            let mark = match chars.next() {
                None => 0,
                Some('\u{304}') => 1,
                Some('\u{30c}') => 2,
                Some(_) => return None,
            };
            let likely = self.scripts.iter().filter(|script| script.1 < 96);
            let cost = likely.map(|s| u32::from(character::cost(c, s.0)) + s.1 / 8).min().unwrap_or(250);
            Some(cost.min(255) << 24 | mark << 21 | c as u32)
        });
        let packed = packed.unwrap_or(NONE);
        cell.store(packed, Relaxed);
        packed
    }

    /// The pair's packed entry, 0 where it stands for nothing. `lead` must be 0x80 or above.
    #[inline]
    pub fn packed(&self, lead: u8, trail: u8) -> u32 {
        let cell = &self.cells[usize::from(lead & 0x7f) << 8 | usize::from(trail)];
        let packed = match cell.load(Relaxed) {
            0 => self.ask(lead | 0x80, trail, cell),
            known => known,
        };
        if packed == NONE { 0 } else { packed }
    }

    /// Whether the sample is plain text in this encoding, beyond doubt: a hundred characters, as cheap as text is, and hardly a
    /// pair that is none.
    pub fn reads_plainly(&self, sample: &[u8]) -> bool {
        let (sum, count) = self.quick_price(sample);
        count >= 100 && sum < count * 144
    }

    /// What the pairs of the sample cost in the cheapest script each, ASCII left out; and how many there are.
    pub fn quick_price(&self, sample: &[u8]) -> (u32, u32) {
        let (mut at, mut count, mut sum) = (0, 0, 0);
        while at < sample.len() {
            if sample[at] < 0x80 {
                at += 1;
                continue;
            }
            let packed = sample.get(at + 1).map_or(0, |&trail| self.packed(sample[at], trail));
            count += 1;
            sum += if packed == 0 { 250 } else { packed >> 24 };
            at += if packed == 0 { 1 } else { 2 };
        }
        (sum, count)
    }

    /// The character at `at`, whose byte is not ASCII; `None` where the bytes there stand for nothing.
    pub fn step(&self, bytes: &[u8], at: usize) -> Option<Step> {
        let (lead, trail) = (bytes[at], bytes.get(at + 1).copied());
        let packed = trail.map_or(0, |trail| self.packed(lead, trail));
        if packed != 0 {
            return Some(Step::unpack(packed));
        }
        let cost = |c| self.scripts.iter().map(|s| character::cost(c, s.0)).min().unwrap_or(250);
        match (self.encoding.name(), lead) {
            ("gb18030", 0x80) => Some(Step { char: '€', mark: None, length: 1, cost: 150 }),
            ("Shift_JIS", 0xa1..=0xdf) => {
                let c = char::from_u32(0xff61 + u32::from(lead - 0xa1))?;
                Some(Step { char: c, mark: None, length: 1, cost: cost(c) })
            }
            ("gb18030", 0x81..=0xfe) if matches!(trail, Some(b'0'..=b'9')) => self.long(bytes.get(at..at + 4)?, cost),
            ("EUC-JP", 0x8f) => self.long(bytes.get(at..at + 3)?, cost),
            _ => None,
        }
    }

    /// A character of three or four bytes: rare, so encoding_rs is asked.
    fn long(&self, bytes: &[u8], cost: impl Fn(char) -> u8) -> Option<Step> {
        let text = self.encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (Some(char), None) => Some(Step { char, mark: None, length: bytes.len() as u8, cost: cost(char) }),
            _ => None,
        }
    }
}

impl Step {
    /// Whether a mark follows the character.
    #[inline]
    pub fn is_marked(packed: u32) -> bool {
        packed >> 21 & 3 != 0
    }

    #[inline]
    pub fn unpack(packed: u32) -> Step {
        let mark = match packed >> 21 & 3 {
            1 => Some('\u{304}'),
            2 => Some('\u{30c}'),
            _ => None,
        };
        let char = char::from_u32(packed & 0x1f_ffff).unwrap_or(char::REPLACEMENT_CHARACTER);
        Step { char, mark, length: 2, cost: (packed >> 24) as u8 }
    }
}
