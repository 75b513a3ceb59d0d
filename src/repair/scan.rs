//! Where could anything be wrong? One pass over the bytes of a text, no model.
//!
//! In: a text. Out: the lines that deserve a look, with what was seen there. Clean text must get through here at memory
//! speed, so the tests are a byte class for ASCII and two bits a character (`common.bin`: how common it is) for the rest.

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
    /// Too many rare Han characters together, half-width kana, private use, U+FFFD.
    pub rare: bool,
    pub private: bool,
    /// A sign of ASCII or "€" between Han characters: a byte may be missing.
    pub odd: bool,
    /// "%", "\u", "&", "=" or "+" with what an escape needs behind it.
    pub escape: bool,
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
    for line in text.split('\n') {
        let whole = line.strip_suffix('\r').unwrap_or(line);
        if let Some(mark) = self::line(whole) {
            marks.push(Mark { from: at, to: at + whole.len(), ..mark });
        }
        at += line.len() + 1;
    }
    marks
}

/// What one line shows; nothing when it is clean.
pub(super) fn line(line: &str) -> Option<Mark> {
    let bytes = line.as_bytes();
    let mut mark = Mark { from: 0, to: line.len(), ..Mark::default() };
    let mut heat = 0i32;
    let (mut han, mut plain) = (0u32, 0u32);
    let (mut high, mut kana) = (0, 0);
    let mut at = 0;
    while at < bytes.len() {
        let b = bytes[at];
        match b {
            0..=0x7F => {
                ascii(bytes, at, &mut mark);
                at += 1;
            }
            0xE0..=0xEF => {
                let code = u32::from(b & 0x0F) << 12
                    | u32::from(bytes.get(at + 1).map_or(0, |b| b & 0x3F)) << 6
                    | u32::from(bytes.get(at + 2).map_or(0, |b| b & 0x3F));
                match COMMON[code as usize / 4] >> (code % 4 * 2) & 3 {
                    0 if (0x3041..=0x3096).contains(&code) => kana += 1,
                    0 => wide(code, &mut mark, &mut high),
                    1 => {
                        (han, plain) = (han + 1, plain + 1);
                        heat = (heat - 2).max(0);
                    }
                    2 => {
                        han += 1;
                        heat = (heat - 1).max(0);
                    }
                    _ => {
                        han += 1;
                        heat += 3;
                        mark.rare |= heat >= 6;
                    }
                }
                at += 3;
            }
            0xC2..=0xDF => {
                let code = u32::from(b & 0x1F) << 6 | u32::from(bytes.get(at + 1).map_or(0, |b| b & 0x3F));
                if matches!(code, 0x80..=0x17F | 0x192 | 0x2C6 | 0x2DC) {
                    high += 1;
                }
                at += 2;
            }
            _ => at += 4,
        }
    }
    mark.high = high >= 2;
    mark.rare |= han >= 4 && (plain * 10 < han * 7 || kana > 0);
    let any = mark.mirror || mark.high || mark.rare || mark.private || mark.escape || mark.odd;
    any.then_some(mark)
}

fn ascii(bytes: &[u8], at: usize, mark: &mut Mark) {
    let next = bytes.get(at + 1).copied().unwrap_or(0);
    match bytes[at] {
        b'?' => mark.mirror |= at > 0 && (bytes[at - 1] >= 0x80 || next >= 0x80 || next.is_ascii_digit()),
        b'(' => mark.mirror |= at > 0 && (next.is_ascii_lowercase() || matches!(next, 0xC3..=0xC7)),
        b'%' => mark.escape |= next == b'u' || next.is_ascii_hexdigit(),
        b'\\' => mark.escape |= next == b'u',
        b'&' => mark.escape |= next == b'#' || next.is_ascii_lowercase(),
        b'=' => mark.escape |= (b'A'..=b'F').contains(&next),
        b'@' | b'['..=b'^' | b'`' | b'{'..=b'~' | b'_' => mark.odd |= at > 0 && bytes[at - 1] >= 0x80 && next >= 0xE4,
        b'A'..=b'Z' | b'a'..=b'z' => mark.odd |= at > 0 && bytes[at - 1] >= 0x80 && next >= 0xE4,
        b'+' => mark.escape |= next.is_ascii_alphanumeric() || next == b'/',
        _ => {}
    }
}

/// A wide character that is not Han.
fn wide(code: u32, mark: &mut Mark, high: &mut u32) {
    match code {
        0xE000..=0xF8FF => (mark.private, mark.rare) = (true, true),
        0xFF61..=0xFF9F | 0xFFFD => mark.rare = true,
        0x20AC if *high == 0 => mark.odd = true,
        0x2013..=0x203A | 0x20AC | 0x2122 if *high > 0 => *high += 1,
        _ => {}
    }
}
