//! What a character costs in text of a script that is written with Han characters, kana or Hangul.
//!
//! In: a character. Out: −ln(probability) in sixteenths of a nat. The counted characters stand in `characters.tsv`
//! (generated; sources in `tables/decode`); the rest go by block. Opened only when bytes are not plain UTF-8.

use std::sync::LazyLock;

/// The scripts with many characters, each with its own frequencies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    Hans,
    Hant,
    Jpan,
    Kore,
}

/// From here on a character is so rare (one in 60,000) that two of them side by side raise suspicion.
pub(super) const RARE: u8 = 176;

/// What a byte that stands for no character costs, as a reading of the page.
pub(super) const BROKEN: u32 = 176;

static TABLES: LazyLock<[Vec<u8>; 4]> = LazyLock::new(|| {
    let mut tables = [Script::Hans, Script::Hant, Script::Jpan, Script::Kore].map(by_block);
    for line in include_str!("characters.tsv").lines() {
        let mut fields = line.split('\t');
        let table = match fields.next() {
            Some("hans") => &mut tables[0],
            Some("hant") => &mut tables[1],
            Some("jpan") => &mut tables[2],
            _ => &mut tables[3],
        };
        let cost = fields.next().and_then(|cost| cost.parse().ok()).unwrap_or(u8::MAX);
        for c in fields.next().unwrap_or_default().chars() {
            // The count of a rare character is chance; never dearer than what its block costs.
            let entry = &mut table[c as usize];
            *entry = (*entry).min(cost);
        }
    }
    tables
});

/// The cost of `c` in text of `script`.
pub(super) fn cost(c: char, script: Script) -> u8 {
    match TABLES[script as usize].get(c as usize) {
        Some(&cost) => cost,
        None if ('\u{1f000}'..'\u{20000}').contains(&c) => 170,
        None if ('\u{20000}'..'\u{32000}').contains(&c) => 225,
        None => 245,
    }
}

/// Block, first and last character; cost in Simplified, Traditional, Japanese, Korean text. Later rows win.
const BLOCKS: &[(u32, u32, [u8; 4])] = &[
    (0x0000, 0xffff, [240, 240, 240, 240]),
    (0x0000, 0x007f, [50, 50, 50, 50]),
    (0x0080, 0x009f, [250, 250, 250, 250]),
    (0x00a0, 0x017f, [172, 172, 180, 180]),
    (0x0370, 0x045f, [185, 185, 185, 190]),
    (0x2010, 0x2044, [120, 120, 130, 130]),
    (0x2014, 0x2026, [100, 100, 110, 120]),
    (0x20a0, 0x23ff, [160, 160, 165, 165]),
    (0x2460, 0x24ff, [150, 160, 160, 160]),
    (0x2500, 0x25ff, [165, 165, 165, 165]),
    (0x2600, 0x27bf, [175, 175, 175, 175]),
    (0x3000, 0x303f, [140, 140, 140, 150]),
    (0x3000, 0x3000, [80, 80, 80, 110]),
    (0x3040, 0x30ff, [170, 170, 180, 200]),
    (0x3100, 0x312f, [190, 150, 230, 230]),
    (0x3200, 0x33ff, [190, 190, 180, 180]),
    (0x3400, 0x4dbf, [225, 225, 235, 240]),
    (0x4e00, 0x9fff, [205, 205, 205, 185]),
    (0xac00, 0xd7a3, [215, 215, 215, 185]),
    (0xd800, 0xdfff, [250, 250, 250, 250]),
    (0xe000, 0xf8ff, [235, 235, 235, 235]),
    (0xf900, 0xfaff, [225, 225, 225, 225]),
    (0xff01, 0xff5e, [150, 150, 150, 160]),
    (0xff61, 0xff9f, [235, 235, 135, 235]),
    (0xfffd, 0xffff, [250, 250, 250, 250]),
];

fn by_block(script: Script) -> Vec<u8> {
    let mut table = vec![0; 0x10000];
    for (first, last, costs) in BLOCKS {
        table[*first as usize..=*last as usize].fill(costs[script as usize]);
    }
    table
}
