//! Which words stand in lines of the main text, and which in menus, teasers and prompts: one number for a line.
//!
//! In: a line and the weights of runs of two and three characters, hashed (tables/extract/README.md). Out: a [`Value`], 128 where the
//! words say nothing. Integers throughout, so that every machine gives the same answer. It stands in for what the classes of a page's
//! elements say, which a text has not.

use crate::extract::html::value::Value;

/// Weights of a lexicon: the bits of a hash.
const BITS: u32 = 15;

/// Weights of a lexicon.
pub const SIZE: usize = 1 << BITS;

/// The committed weights, in 1/16ths of log odds.
pub static LEXICON: &[u8; SIZE] = include_bytes!("lexicon.bin");

/// Characters that are looked at from the start of a line, and as many from its end.
const ENDS: usize = 40;

/// The places in a lexicon that a line's runs have.
pub fn runs(line: &str, mut each: impl FnMut(usize)) -> u32 {
    let mut count = 0;
    let mut run = |a: u32, b: u32, c: u32| {
        let key = (a.wrapping_mul(0x9e37_79b1)
            ^ b.wrapping_mul(0x85eb_ca6b).rotate_left(11)
            ^ c.wrapping_mul(0xc2b2_ae35).rotate_left(22))
        .wrapping_mul(0x27d4_eb2f);
        each((key >> (32 - BITS)) as usize);
        count += 1;
    };
    let far = line.char_indices().nth(2 * ENDS).is_some();
    let cut = if far { line.char_indices().nth(ENDS).map_or(line.len(), |(at, _)| at) } else { line.len() };
    let tail = if far { line.char_indices().rev().nth(ENDS - 1).map_or(line.len(), |(at, _)| at) } else { line.len() };
    for part in [&line[..cut], &line[tail..]] {
        let (mut before, mut last) = (1, 2);
        for c in part.chars().map(folded).chain([3]) {
            run(last, c, 0);
            run(before, last, c);
            (before, last) = (last, c);
        }
    }
    count
}

/// One code for what makes no difference: digits, the case of Latin letters, full-width forms.
fn folded(c: char) -> u32 {
    match c {
        '0'..='9' => 4,
        '\u{ff01}'..='\u{ff5e}' => folded(char::from_u32(c as u32 - 0xfee0).unwrap_or(' ')),
        'A'..='Z' => c as u32 + 32,
        c if c.is_whitespace() => 5,
        c => c as u32,
    }
}

/// What the words of a line say.
pub fn score(line: &str, lexicon: &[u8; SIZE]) -> Value {
    let mut sum = 0i32;
    let count = runs(line, |place| sum += i32::from(lexicon[place] as i8));
    (128 + sum * 2 / (1 + count.isqrt() as i32)).clamp(1, 255) as Value
}
