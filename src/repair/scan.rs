//! Where could anything be wrong? One pass over the bytes of a text, no model.
//!
//! In: a text. Out: the lines that deserve a look, with what was seen there. Clean text must get through here at memory
//! speed, so the tests are a byte class for ASCII and two bits a character (`common.bin`: how common it is) for the rest.
//! What is marked here has a second look at it (`doubt`) before the model is opened.

use memchr::memchr;

static COMMON: &[u8; 0x4000] = include_bytes!("common.bin");

/// A line (bytes `from..to` of its text, without its end) and what was seen there.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Mark {
    pub from: usize,
    pub to: usize,
    /// A "?" behind a wide character, or "(" with a small letter behind it.
    pub mirror: bool,
    /// Characters of Latin-1 and windows-1252 side by side.
    pub high: bool,
    /// Too many rare Han characters together, half-width kana, U+FFFD.
    pub rare: Rare,
    pub private: bool,
    /// Invisible characters, which may stand within words.
    pub noise: bool,
    /// A sign of ASCII or "€" between Han characters: a byte may be missing.
    pub odd: bool,
    /// "%", "\u", "&", "=" or "+" with what an escape needs behind it.
    pub escape: bool,
    /// A second look found nothing to do that takes the model: see `doubt`.
    pub idle: bool,
}

/// How rare the characters of a line are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rare {
    /// As in sound text.
    #[default]
    No,
    /// Fewer common ones than in most lines, but no two rare ones together.
    Thin,
    /// Two rare ones together, as in a name.
    Warm,
    /// Three or more.
    Hot,
    /// What no sound Chinese text has.
    Never,
}

/// 0 no Han character, 1 among the 1,500 commonest, 2 among the 5,000 commonest, 3 rarer.
pub(super) fn commonness(c: char) -> u8 {
    let code = c as usize;
    if code < 0x10000 { COMMON[code / 4] >> (code % 4 * 2) & 3 } else { 3 }
}

/// The lines of `text` that deserve a look.
pub(super) fn scan(text: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut at = 0;
    while at <= text.len() {
        let end = memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |n| at + n);
        let whole = text[at..end].strip_suffix('\r').unwrap_or(&text[at..end]);
        if let Some(mark) = self::line(whole) {
            marks.push(Mark { from: at, to: at + whole.len(), ..mark });
        }
        at = end + 1;
    }
    marks
}

/// What the characters of a line show so far.
#[derive(Default)]
struct Seen {
    /// Place in [`HEAT`].
    heat: u8,
    /// Han characters, and above bit 32 the commonest of them.
    han: u64,
    kana: u32,
    /// Characters that bytes above ASCII are read as, and whether two of them stand side by side of which one is a letter.
    high: u32,
    letters: bool,
    mark: Mark,
}

/// By commonness: what is added to [`Seen::han`].
const HAN: [u64; 4] = [0, 1 << 32 | 1, 1, 1];

/// Heat rises by three with each rare character, and falls by two with each of the commonest and by one with the others. This table has
/// it as places: the heat while it was never six, as much behind `WARM` where it was, and `HOT` where it once was nine. By place and
/// commonness: the next place.
const HEAT: [[u8; 4]; 19] = {
    let mut table = [[HOT; 4]; 19];
    let mut place = 0;
    while place < HOT {
        let (warm, heat) = (place / WARM, place % WARM);
        let fallen = [heat, heat.saturating_sub(2), heat.saturating_sub(1)];
        let mut common = 0;
        while common < 3 {
            table[place as usize][common] = warm * WARM + fallen[common];
            common += 1;
        }
        if heat + 3 < 9 {
            table[place as usize][3] = if heat + 3 < 6 { warm * WARM } else { WARM } + heat + 3;
        }
        place += 1;
    }
    table
};
const WARM: u8 = 9;
const HOT: u8 = 18;

/// What one line shows; nothing when it is clean.
pub(super) fn line(line: &str) -> Option<Mark> {
    let mut seen = Seen::default();
    let bytes = line.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at += match byte {
            0..0x80 => {
                if SIGNS[usize::from(byte)] {
                    ascii(bytes, at, &mut seen.mark);
                }
                1
            }
            0xE0..0xF0 => han(&bytes[at..], &mut seen),
            0x80..0xE0 => {
                let tail = bytes.get(at + 1).map_or(0, |b| b & 0x3F);
                let code = u32::from(byte & 0x1F) << 6 | u32::from(tail);
                wide(code, &mut seen);
                // Of bytes that are read as letters two stand side by side; in 乔治·桑 and Orléan none do.
                let sign = matches!(code, 0xA0 | 0xB0 | 0xB1 | 0xB7 | 0xD7);
                let beside = |at: Option<&u8>| at.is_some_and(|b| matches!(b, 0xC2..=0xC6 | 0xCB | 0xE2));
                seen.letters |= !sign && beside(bytes.get(at + 2));
                if is_lead(code) && is_tail(&bytes[at + 2..]) || code < 0xA0 {
                    (seen.high, seen.letters) = (seen.high + 2, true);
                }
                2
            }
            0xF0.. => 4,
        }
    }
    seen.mark(line.len())
}

/// A run of characters of three bytes; how many bytes it has. This is where nearly all time goes.
fn han(bytes: &[u8], seen: &mut Seen) -> usize {
    let (mut heat, mut han) = (seen.heat, seen.han);
    let mut rest = bytes;
    while let Some((&[a @ 0xE0..0xF0, b, c], behind)) = rest.split_first_chunk() {
        rest = behind;
        // The place in the table of four characters, and of one among them.
        let place = usize::from(a & 0x0F) << 10 | usize::from(b & 0x3F) << 4 | usize::from(c & 0x3F) >> 2;
        let common = usize::from(COMMON[place] >> (c % 4 * 2) & 3);
        if common == 0 {
            let code = (place as u32) << 2 | u32::from(c % 4);
            // Most of them are the marks of Chinese.
            if !matches!(code, 0x3000..=0x3020 | 0xFF01..=0xFF5E) {
                wide(code, seen);
                if is_drawn(code) && !behind.starts_with(&[a, b, c]) && matches!(behind, [0xC2..=0xD1 | 0xE2, ..]) {
                    (seen.high, seen.letters) = (seen.high + 2, true);
                }
            }
            continue;
        }
        han += HAN[common];
        heat = HEAT[usize::from(heat)][common];
    }
    (seen.heat, seen.han) = (heat, han);
    (bytes.len() - rest.len()).max(1)
}

/// Greek letters that windows-1253 has at the first bytes of UTF-8, and Cyrillic letters that windows-1251 has at the first bytes of UTF-8: Р С for Cyrillic, В Г for Latin-1, в п for marks.
fn is_lead(code: u32) -> bool {
    matches!(code, 0x412 | 0x413 | 0x420 | 0x421 | 0x432 | 0x43F) || matches!(code, 0x3B2..=0x3B9 | 0x3BF)
}

/// Whether bytes begin with a character that windows-1251 has at 80–BF, and that no Russian word has behind a letter: signs, Ђ, ѓ, ґ.
fn is_tail(bytes: &[u8]) -> bool {
    matches!(bytes, [0xC2 | 0xE2, ..] | [0xD0, 0x82..=0x8F, ..] | [0xD1, 0x92..=0x9F, ..] | [0xD2, 0x90 | 0x91, ..])
}

/// Signs of mathematics and boxes that MacRoman and code page 437 have at the first bytes of UTF-8.
fn is_drawn(code: u32) -> bool {
    matches!(code, 0x2202..=0x2265 | 0x2310 | 0x2500..=0x259F | 0x25CA)
}

impl Seen {
    fn mark(self, to: usize) -> Option<Mark> {
        let (han, plain) = (self.han as u32, (self.han >> 32) as u32);
        let mut mark = Mark { to, ..self.mark };
        // Of 山姆·华纳, 38°43′ and 3×4 no letter is one that bytes are read as.
        mark.high = self.high >= 2 && self.letters;
        let by_heat = match self.heat {
            ..WARM => Rare::No,
            WARM..HOT => Rare::Warm,
            HOT.. => Rare::Hot,
        };
        let by_share = match han >= 4 {
            // A の in a Chinese line is none.
            true if self.kana * 5 > han => Rare::Never,
            true if plain * 10 < han * 7 => Rare::Thin,
            _ => Rare::No,
        };
        mark.rare = mark.rare.max(by_heat).max(by_share);
        let any =
            mark.mirror || mark.high || mark.rare > Rare::No || mark.private || mark.escape || mark.odd || mark.noise;
        any.then_some(mark)
    }
}

/// The ASCII characters that may be a sign of something.
const SIGNS: [bool; 128] = {
    let mut signs = [false; 128];
    let all = b"?(%\\&=+";
    let mut at = 0;
    while at < all.len() {
        signs[all[at] as usize] = true;
        at += 1;
    }
    let mut letter = b'@' as usize;
    while letter <= b'~' as usize {
        signs[letter] = true;
        letter += 1;
    }
    signs
};

/// A sign with what stands before and behind it.
fn ascii(bytes: &[u8], at: usize, mark: &mut Mark) {
    let before = at.checked_sub(1).map(|at| bytes[at]);
    let next = bytes.get(at + 1).copied().unwrap_or(0);
    let wide = before.is_some_and(|b| b >= 0x80);
    match bytes[at] {
        b'?' => mark.mirror |= wide || before.is_some() && (next >= 0x80 || next.is_ascii_digit()),
        b'(' => mark.mirror |= before.is_some() && (next.is_ascii_lowercase() || matches!(next, 0xC3..=0xC7)),
        b'%' => mark.escape |= next == b'u' || next.is_ascii_hexdigit(),
        b'\\' => {
            mark.escape |= next == b'u';
            mark.odd |= wide && next >= 0xE4;
        }
        b'&' => mark.escape |= next == b'#' || next.is_ascii_lowercase(),
        b'=' => mark.escape |= (b'A'..=b'F').contains(&next) || next == b'?',
        b'+' => mark.escape |= base64(&bytes[at + 1..]),
        _ => mark.odd |= wide && next >= 0xE4,
    }
}

/// Whether what follows a "+" may be UTF-7 of Chinese: three signs at least, and not all of them digits (98天+2, 16+816).
fn base64(behind: &[u8]) -> bool {
    let sign = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/');
    behind.get(..3).is_some_and(|three| three.iter().all(sign) && !three.iter().all(u8::is_ascii_digit))
}

/// A wide character that is not Han, or one of Latin-1 and its neighbours.
fn wide(code: u32, seen: &mut Seen) {
    match code {
        0x3041..=0x3096 => seen.kana += 1,
        // What GBK has no place for is the sign of some font.
        0xE000..=0xF8FF => seen.mark.private = true,
        0x200B..=0x200D | 0x2060 | 0xFEFF => seen.mark.noise = true,
        0xAD => (seen.mark.noise, seen.high) = (true, seen.high + 1),
        0xFF61..=0xFF9F | 0xFFFD => seen.mark.rare = Rare::Never,
        0x80..=0x17F | 0x192 | 0x2C6 | 0x2DC => seen.high += 1,
        0x20AC if seen.high == 0 => seen.mark.odd = true,
        0x2013..=0x203A | 0x20AC | 0x2122 if seen.high > 0 => seen.high += 1,
        _ => {}
    }
}
