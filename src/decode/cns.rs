//! CNS 11643 planes 1 and 2, the sets of EUC-TW and ISO-2022-CN.
//!
//! In: a pair. Out: its character. Big5 was drawn up from the same lists in the same order, so a few dozen stretches of constant
//! distance say it all; encoding_rs's Big5 table then knows the characters. The higher planes are not read.

use super::pairs::{self, Step};
use encoding_rs::BIG5;

/// Plane, first and last pair, and what to add to the pair's number among 94 × 94 for its number in Big5's rows of 157.
const STRETCHES: &[(u8, u16, u16, i32)] = &[
    (1, 0x2121, 0x2135, 0),
    (1, 0x2136, 0x2137, 2),
    (1, 0x2139, 0x2139, -2),
    (1, 0x213e, 0x2169, 0),
    (1, 0x216a, 0x216a, 1),
    (1, 0x216b, 0x216b, -1),
    (1, 0x216c, 0x2241, 0),
    (1, 0x2242, 0x2242, 1),
    (1, 0x2243, 0x2243, -1),
    (1, 0x2244, 0x2256, 0),
    (1, 0x2257, 0x2257, 1),
    (1, 0x2258, 0x2258, -1),
    (1, 0x2259, 0x225c, 0),
    (1, 0x225e, 0x225e, -134),
    (1, 0x225f, 0x2260, 2),
    (1, 0x2263, 0x234e, 0),
    (1, 0x2421, 0x2570, -48),
    (1, 0x2621, 0x2634, 5631),
    (1, 0x4421, 0x5322, -2819),
    (1, 0x5323, 0x5752, -2818),
    (1, 0x5753, 0x5753, -3243),
    (1, 0x5754, 0x6b4f, -2819),
    (1, 0x6b50, 0x6b50, -2432),
    (1, 0x6b51, 0x6f5b, -2820),
    (1, 0x6f5c, 0x7534, -2819),
    (1, 0x7535, 0x7535, -2630),
    (1, 0x7536, 0x7736, -2820),
    (1, 0x7737, 0x782c, -2819),
    (1, 0x782d, 0x782d, -2673),
    (1, 0x782e, 0x7863, -2820),
    (1, 0x7864, 0x7864, -2819),
    (1, 0x7865, 0x7865, -2821),
    (1, 0x7866, 0x7961, -2820),
    (1, 0x7962, 0x7d4b, -2819),
    (2, 0x2121, 0x212a, 6280),
    (2, 0x212b, 0x214b, 6281),
    (2, 0x214c, 0x214c, 6329),
    (2, 0x214d, 0x217c, 6280),
    (2, 0x217d, 0x224c, 6281),
    (2, 0x224d, 0x224d, 6448),
    (2, 0x224e, 0x2438, 6280),
    (2, 0x2439, 0x376e, 6281),
    (2, 0x376f, 0x376f, 6928),
    (2, 0x3770, 0x387d, 6281),
    (2, 0x387e, 0x3e62, 6282),
    (2, 0x3e63, 0x3e63, 5635),
    (2, 0x3e64, 0x3f69, 6282),
    (2, 0x3f6a, 0x3f6a, 5643),
    (2, 0x3f6b, 0x4423, 6281),
    (2, 0x4424, 0x554a, 6282),
    (2, 0x554b, 0x554b, 6831),
    (2, 0x554c, 0x5721, 6281),
    (2, 0x5722, 0x5722, 6822),
    (2, 0x5723, 0x5a27, 6280),
    (2, 0x5a28, 0x5a28, 7143),
    (2, 0x5a29, 0x5b3e, 6279),
    (2, 0x5b3f, 0x5c69, 6280),
    (2, 0x5c6a, 0x5d73, 6281),
    (2, 0x5d74, 0x5d74, 6702),
    (2, 0x5d75, 0x6038, 6280),
    (2, 0x6039, 0x6242, 6281),
    (2, 0x6243, 0x6336, 6282),
    (2, 0x6337, 0x642e, 6283),
    (2, 0x642f, 0x642f, 5914),
    (2, 0x6430, 0x6437, 6282),
    (2, 0x6438, 0x6572, 6283),
    (2, 0x6573, 0x664c, 6284),
    (2, 0x664d, 0x664d, 6584),
    (2, 0x664e, 0x6760, 6283),
    (2, 0x6761, 0x6761, 5959),
    (2, 0x6762, 0x6933, 6282),
    (2, 0x6934, 0x6934, 5970),
    (2, 0x6935, 0x6961, 6281),
    (2, 0x6962, 0x6a4a, 6282),
    (2, 0x6a4b, 0x6a4b, 6476),
    (2, 0x6a4c, 0x6c51, 6281),
    (2, 0x6c52, 0x7165, 6282),
    (2, 0x7166, 0x7166, 6325),
    (2, 0x7167, 0x7233, 6281),
    (2, 0x7234, 0x7234, 6282),
    (2, 0x7235, 0x723f, 6283),
    (2, 0x7240, 0x7240, 6271),
    (2, 0x7241, 0x7244, 6282),
];

/// The character of a pair with its high bits on.
pub(super) fn step(plane: u8, first: u8, second: u8) -> Option<Step> {
    let (first, second) = (first & 0x7f, second & 0x7f);
    let pair = u16::from(first) << 8 | u16::from(second);
    let stretch = STRETCHES.iter().find(|row| row.0 == plane && (row.1..=row.2).contains(&pair))?;
    let number = (i32::from(first) - 0x21) * 94 + i32::from(second) - 0x21 + stretch.3;
    let (lead, trail) = (u8::try_from(number / 157 + 0xa1).ok()?, u8::try_from(number % 157).ok()?);
    let trail = if trail < 63 { trail + 0x40 } else { trail - 63 + 0xa1 };
    pairs::of(BIG5)?.step(&[lead, trail], 0)
}

/// The character of EUC-TW at `at`, whose byte is not ASCII: a pair is plane 1, `8E A1 … 8E A2 …` names the plane.
pub(super) fn euc_tw(bytes: &[u8], at: usize) -> Option<Step> {
    match *bytes.get(at..)? {
        [0x8e, plane @ 0xa1..=0xa2, first, second, ..] if first >= 0xa1 && second >= 0xa1 => {
            step(plane - 0xa0, first, second).map(|step| Step { length: 4, ..step })
        }
        [first @ 0xa1..=0xfe, second @ 0xa1..=0xfe, ..] => step(1, first, second),
        _ => None,
    }
}
