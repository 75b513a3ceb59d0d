//! Code page 936: pairs of bytes ⇄ characters, as the programs that damaged the pages saw them.

use std::sync::LazyLock;

static PAGE: LazyLock<Page> = LazyLock::new(Page::build);

/// Pairs that the Encoding Standard maps but code page 936 does not: there the programs wrote "?" or nothing.
const LATER: [(u16, u16); 7] = [
    (0xA6D9, 0xA6DF),
    (0xA6EC, 0xA6ED),
    (0xA6F3, 0xA6F3),
    (0xA8BC, 0xA8BC),
    (0xA8BF, 0xA8BF),
    (0xA989, 0xA995),
    (0xFE50, 0xFEA0),
];

/// The second bytes of pairs.
const TRAILS: [u8; 190] = {
    let mut trails = [0; 190];
    let mut at = 0;
    while at < 190 {
        trails[at] = 0x40 + at as u8 + (at >= 0x3F) as u8;
        at += 1;
    }
    trails
};

struct Page {
    /// By lead − 0x81 and trail − 0x40; zero where code page 936 has nothing.
    chars: Vec<u16>,
    /// By code point; zero where there is no pair.
    pairs: Vec<u16>,
    /// The same, with the user-defined areas and the later additions.
    wide: Vec<u16>,
    /// By lead − 0x81: a bit for each lead − 0x81 that makes no character as its second byte.
    undefined: Vec<u128>,
}

/// Every first byte, as bits of the byte − 0x81.
pub(super) const LEADS: u128 = (1 << 126) - 1;

/// The first bytes that make no character as the second byte behind `lead`, as bits of the byte − 0x81.
pub(super) fn undefined_after(lead: u8) -> u128 {
    PAGE.undefined.get(usize::from(lead.wrapping_sub(0x81))).copied().unwrap_or(0)
}

/// The character of a pair.
pub(super) fn char_of(lead: u8, trail: u8) -> Option<char> {
    if lead < 0x81 || trail < 0x40 {
        return None;
    }
    match PAGE.chars[(usize::from(lead) - 0x81) * 192 + usize::from(trail) - 0x40] {
        0 => None,
        code => char::from_u32(u32::from(code)),
    }
}

/// The pair of a character.
pub(super) fn pair_of(c: char) -> Option<(u8, u8)> {
    split(PAGE.pairs.get(c as usize).copied().unwrap_or(0))
}

/// The pair of a character, private use and later additions included.
pub(super) fn wide_pair_of(c: char) -> Option<(u8, u8)> {
    split(PAGE.wide.get(c as usize).copied().unwrap_or(0))
}

fn split(pair: u16) -> Option<(u8, u8)> {
    (pair != 0).then_some(((pair >> 8) as u8, pair as u8))
}

impl Page {
    fn build() -> Page {
        let mut page = Page {
            chars: vec![0; 126 * 192],
            pairs: vec![0; 0x10000],
            wide: vec![0; 0x10000],
            undefined: vec![LEADS; 126],
        };
        let pairs = || (0x81..=0xFEu8).flat_map(|lead| TRAILS.map(move |trail| (lead, trail)));
        let mut bytes = Vec::with_capacity(126 * TRAILS.len() * 2);
        pairs().for_each(|(lead, trail)| bytes.extend([lead, trail]));
        let text = encoding_rs::GBK.decode_without_bom_handling(&bytes).0;
        let mut chars = text.chars();
        for (lead, trail) in pairs() {
            let Some(c) = chars.next() else { break };
            if c == '\u{FFFD}' {
                // Of a pair that is none, the decoder gives ASCII back.
                if trail < 0x80 {
                    chars.next();
                }
                continue;
            }
            page.add(u16::from_be_bytes([lead, trail]), c);
        }
        page
    }

    fn add(&mut self, pair: u16, c: char) {
        let Some(wide) = self.wide.get_mut(c as usize) else { return };
        // A3 A0 is read as a space, and written as A1 A1.
        if *wide == 0 {
            *wide = pair;
        }
        let later = pair >= LATER[0].0 && LATER.iter().any(|&(from, to)| (from..=to).contains(&pair));
        if !later && !('\u{E000}'..='\u{F8FF}').contains(&c) {
            self.pairs[c as usize] = *wide;
            let (lead, trail) = (usize::from(pair >> 8) - 0x81, usize::from(pair & 0xFF));
            self.chars[lead * 192 + trail - 0x40] = c as u16;
            if (0x81..0xFF).contains(&trail) {
                self.undefined[lead] &= !(1 << (trail - 0x81));
            }
        }
    }
}
