//! Is there anything to do in a marked line? A second look at it, still without the model.
//!
//! In: the lines that `scan` marked. Out: the same, without the marks of what is sound. Names, foreign words, questions and arrows mark three
//! lines of a hundred in sound news text, and to open the model for them would cost more than all the rest; what is looked at here tells
//! nearly all of them from damage. Lines out of real damage pass: each has more than one sign of it.

use super::gbk;
use super::judge::{is_han, is_hangul, is_kana, is_usual_hangul};
use super::scan::{Mark, Rare, commonness};
use super::{codepages, missing, noise, pinyin, private, single_byte};

/// Annotations that a document must at least show to be taken for one that a program annotated: see `mirror`.
const NOTES: usize = 3;

/// Whether a document of such lines may have been annotated by a program.
pub(super) fn annotated<'t>(lines: impl Iterator<Item = &'t str>) -> bool {
    let (mut notes, mut broken, mut any) = (0, 0, false);
    for line in lines {
        for (at, sign) in line.bytes().enumerate().filter(|(at, sign)| *at > 0 && matches!(sign, b'(' | b'?')) {
            if let Some(toned) = syllable(&line[at + 1..]) {
                broken += usize::from(sign == b'?');
                notes += 1;
                // Of 没(mo), 标价(price), (a) and (ii) none has a tone; of twenty readings at most one has none.
                any |= toned;
            }
        }
        if any && (notes >= NOTES || broken > 0 && notes > 1) {
            return true;
        }
    }
    false
}

/// Whether a text begins with letters of pinyin that a bracket closes, and whether one of them has a tone.
fn syllable(text: &str) -> Option<bool> {
    let mut letters = text.chars().take(16);
    let (mut count, mut toned) = (0, false);
    let end = letters.find(|&c| {
        toned |= !c.is_ascii();
        count += 1;
        !pinyin::is_letter(c)
    });
    (count > 1 && matches!(end, Some(')' | '('))).then_some(toned)
}

/// A second look at a line of a document that no program annotated: takes back what the first one took for a sign and is none.
pub(super) fn look(line: &[char], mark: &mut Mark, asked: bool) {
    if mark.rare == Rare::Never {
        return;
    }
    // Of Japanese half the characters are kana, but in three rare characters there may be one.
    let least = if mark.rare == Rare::Hot { 1 } else { 2 };
    let foreign = || {
        line.iter().any(|&c| is_kana(c))
            || unicode(line)
            || japanese(line) >= least
            || korean(line)
            || codepages::may_be(line)
    };
    if matches!(mark.rare, Rare::Thin | Rare::Warm | Rare::Hot) && !foreign() {
        mark.rare = Rare::No;
    }
    mark.high = mark.high && single_byte::may_be(line);
    let meant = |&c: &char| private::meant(c).is_some();
    let private = mark.private && (line.iter().any(meant) || strange(line));
    let asks = |(at, &c)| c == '?' && !missing::runs_on(&line[at + 1..]);
    let mirror = mark.mirror && line.iter().enumerate().any(asks);
    mark.noise = mark.noise && noise::may_be(line);
    let other = mark.high || mark.noise || mark.escape || private || mirror;
    mark.idle = mark.rare == Rare::No && !(other || missing::may_lose(line, asked));
}

/// Whether a private-use character that GBK has stands near rare ones, or others of its kind. By itself it stands for a character that no
/// font had.
pub(super) fn strange(line: &[char]) -> bool {
    let private = |c: char| ('\u{E000}'..='\u{E865}').contains(&c);
    let odd = |c: char| if private(c) { 2 } else { missing::rarity(c) };
    let near = |at: usize| &line[at.saturating_sub(4)..line.len().min(at + 5)];
    line.iter().enumerate().any(|(at, &c)| private(c) && near(at).iter().map(|&c| odd(c)).sum::<u8>() > 3)
}

/// Whether UTF-8 that was read as GBK may stand in a line: two whole characters of three bytes side by side.
fn unicode(line: &[char]) -> bool {
    let whole = |three: &[u8]| matches!(three, [0xE3..=0xE9 | 0xEF, 0x80..=0xBF, 0x80..=0xBF]);
    bytes(line).windows(6).any(|six| whole(&six[..3]) && whole(&six[3..]))
}

/// How many characters may have been kana in Shift_JIS: rare ones with the first byte of one.
fn japanese(line: &[char]) -> usize {
    let first = |byte| matches!(byte, 0x82 | 0x83);
    let kana = |c| commonness(c) == 3 && gbk::wide_pair_of(c).is_some_and(|(a, b)| first(a) || first(b));
    line.iter().filter(|&&c| kana(c)).count()
}

/// Whether Korean that was read as GBK may stand in a line. Read as Korean, one of twenty syllables of a Chinese text is a usual one, of a
/// Korean text nearly two thirds are: a stretch is looked for in which they outweigh the others.
fn korean(line: &[char]) -> bool {
    const USUAL: i32 = 5;
    const OTHER: i32 = -4;
    const ENOUGH: i32 = 8;
    let bytes = bytes(line);
    let (text, _) = encoding_rs::EUC_KR.decode_without_bom_handling(&bytes);
    let (mut sum, mut most, mut all, mut rest) = (0, 0, 0, 0);
    for c in text.chars().filter(|c| !c.is_ascii()) {
        sum = match c {
            _ if is_usual_hangul(c) => sum + USUAL,
            '\u{AC00}'..='\u{D7A3}' => (sum + OTHER).max(0),
            _ if is_han(c) => 0,
            _ => sum,
        };
        most = most.max(sum);
        all += if is_usual_hangul(c) { USUAL } else { OTHER };
        rest += usize::from(!is_hangul(c));
    }
    most >= ENOUGH || rest == 0 && all >= 0
}

/// The bytes of a line in GBK, a space for what has none.
fn bytes(line: &[char]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(line.len() * 2);
    for &c in line {
        match gbk::wide_pair_of(c) {
            Some((a, b)) => bytes.extend([a, b]),
            None => bytes.push(if c.is_ascii() { c as u8 } else { b' ' }),
        }
    }
    bytes
}
