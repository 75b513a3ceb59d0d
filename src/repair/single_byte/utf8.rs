//! UTF-8 that was read as a single-byte charset: "Ã©" for é, "Ð¿Ñ€Ð¸" for при, "æˆ‘" for 我, "RĂ©gion", "â€œ".
//!
//! In: the characters of a line. Out: faults of one charset. UTF-8 proves itself by its form, but short sequences stand in sound text by
//! chance (Brontë…”, lá´´, BLÅØ), so the line has to become cheaper as language by more than chance can make it: a sequence is mended
//! where the line it stands in gains by it, and all of them together have to gain [`LEAST`].

use super::charsets::{CHARSETS, Charset};
use crate::edit::Loss;
use crate::repair::alphabet;
use crate::repair::judge::is_east;
use crate::repair::language;
use crate::repair::model::{Model, NAT};
use crate::repair::search::Fault;

/// What a line has to gain, in nats, before any sequence in it is believed; and what by a single one.
const LEAST: i32 = 5;
const LEAST_ALONE: i32 = 10;

/// Different sequences that are counted as proof: what repeats by chance proves nothing twice.
const PROOFS: usize = 16;

/// What one sequence has to gain where others are believed.
const EACH: i32 = 0;

/// What the first East Asian characters of a line cost on top, in nats: pages of other languages have none.
const FIRST_EAST: i32 = 14;

/// East Asian characters that are proof by their form alone.
const PLAIN: usize = 4;

/// Longer lines are judged in pieces of this many characters.
const PIECE: usize = 2_000;

/// A stretch that is UTF-8 in some charset.
#[derive(Debug)]
struct Sequence {
    from: usize,
    to: usize,
    new: String,
    /// Read wrongly more than once.
    twice: bool,
    /// It lost something, and proves nothing.
    worn: bool,
}

/// Whether any stretch of the line is UTF-8 in one of the charsets.
pub(super) fn may_be(line: &[char]) -> bool {
    CHARSETS.iter().any(|charset| (0..line.len()).any(|at| character(&line[at..], charset).is_some()))
}

/// The faults of the charset that explains the line best, and what the line gains by them.
pub(super) fn faults(model: &Model, line: &[char]) -> (i32, Vec<Fault>) {
    let mut best: (i32, Vec<Fault>) = (0, Vec::new());
    for charset in CHARSETS.iter() {
        let found = judged(model, line, charset);
        if found.0 > best.0 {
            best = found;
        }
        // The commonest charset explains the whole line: no other is tried.
        if charset.rarity == 0
            && best.0 > 0
            && best.1.iter().map(|f| f.to - f.from).sum::<usize>() >= high(line, charset)
        {
            break;
        }
    }
    best
}

/// The characters of a line that a charset has beyond ASCII.
fn high(line: &[char], charset: &Charset) -> usize {
    line.iter().filter(|&&c| charset.byte(c).is_some()).count()
}

/// The faults of a line that is East Asian beyond doubt: nearly all characters that windows-1252 has beyond ASCII are whole sequences, and
/// most of these are of three bytes. No language is asked.
pub(super) fn plain(line: &[char]) -> Option<Vec<Fault>> {
    let charset = super::charsets::windows_1252();
    let sequences = read(line, charset, false);
    let (mut east, mut other) = (0, 0);
    for c in sequences.iter().flat_map(|s| s.new.chars()) {
        if is_east(c) { east += 1 } else { other += 1 }
    }
    let inside: usize = sequences.iter().map(|s| s.to - s.from).sum();
    let doubtless = east >= PLAIN && east > other && inside * 20 >= high(line, charset) * 19;
    doubtless.then(|| sequences.into_iter().map(|sequence| sequence.fault(charset)).collect())
}

/// The faults of one charset and what the line gains by them.
fn judged(model: &Model, line: &[char], charset: &'static Charset) -> (i32, Vec<Fault>) {
    let mut sequences = sequences(line, charset);
    if sequences.is_empty() || !covers(line, &sequences, charset) {
        return (0, Vec::new());
    }
    let mut gains = gains(model, line, &sequences);
    let mut each = gains.iter();
    sequences.retain(|_| each.next().is_some_and(|gain| *gain > EACH));
    gains.retain(|gain| *gain > EACH);
    let proofs = proofs(line, &sequences, &gains);
    let mut sum: i32 = proofs.iter().map(|(_, gain)| gain).sum();
    if sequences.iter().any(|s| s.new.contains(is_east)) && !line.iter().any(|&c| is_east(c)) {
        sum -= FIRST_EAST * NAT;
    }
    let (least, fits) = match proofs[..] {
        [] => return (0, Vec::new()),
        [(alone, _)] => (LEAST_ALONE, stands_alone(line, alone)),
        _ => (LEAST, true),
    };
    let fits = fits && covers(line, &sequences, charset);
    sum -= charset.rarity * NAT;
    if sum < least * NAT || !fits || !one_script(&sequences) {
        return (0, Vec::new());
    }
    (sum, sequences.into_iter().map(|sequence| sequence.fault(charset)).collect())
}

/// The sequences that are different, each with what the line gains by it: what repeats by chance proves nothing twice.
fn proofs<'s>(line: &[char], sequences: &'s [Sequence], gains: &[i32]) -> Vec<(&'s Sequence, i32)> {
    let mut proofs: Vec<(&Sequence, i32)> = Vec::new();
    let seen = |s: &Sequence| &line[s.from..s.to];
    for (sequence, &gain) in sequences.iter().zip(gains) {
        if !sequence.worn && proofs.len() < PROOFS && proofs.iter().all(|proof| seen(proof.0) != seen(sequence)) {
            proofs.push((sequence, gain));
        }
    }
    proofs
}

/// Whether a sequence may be the only proof of a line. What stands apart from words is a face as soon as a mark: `¬´`.
fn stands_alone(line: &[char], sequence: &Sequence) -> bool {
    let beside = [sequence.from.checked_sub(1), Some(sequence.to)];
    let letter = beside.into_iter().flatten().any(|at| line.get(at).is_some_and(|c| c.is_alphanumeric()));
    letter || sequence.to - sequence.from > 2
}

/// Whether the sequences explain enough of what the charset has beyond ASCII: of windows-1252 half of the letters, of another charset two
/// of three characters. In what was written with Ä for A, and in pictures of boxes, some pairs are UTF-8 by chance.
fn covers(line: &[char], sequences: &[Sequence], charset: &Charset) -> bool {
    let letter = |c: char| ('\u{C0}'..'\u{250}').contains(&c);
    let usual = charset.rarity == 0;
    let counts = |c: &&char| if usual { letter(**c) } else { charset.byte(**c).is_some() };
    let inside: usize = sequences.iter().map(|s| line[s.from..s.to].iter().filter(counts).count()).sum();
    let all = line.iter().filter(counts).count();
    if usual { inside * 2 >= all } else { inside * 3 >= all * 2 }
}

/// Whether the sequences are letters of one script, and perhaps Latin beside it.
fn one_script(sequences: &[Sequence]) -> bool {
    let letters = sequences.iter().flat_map(|s| s.new.chars()).filter(|c| c.is_alphabetic());
    let mut other = letters.filter_map(alphabet::script).filter(|script| *script != alphabet::LATIN);
    other.next().is_none_or(|first| other.all(|script| script == first))
}

impl Sequence {
    fn fault(self, charset: &Charset) -> Fault {
        let rule = if self.twice && charset.rule == "utf8-as-latin1" { "utf8-as-latin1-twice" } else { charset.rule };
        let lost = if self.new.contains('\u{FFFD}') { Loss::Gone } else { Loss::Nothing };
        Fault { lost, ..Fault::whole(self.from, self.to, self.new, rule) }
    }
}

/// What the line gains by each sequence, the character behind it included.
fn gains(model: &Model, line: &[char], sequences: &[Sequence]) -> Vec<i32> {
    let mut gains = Vec::with_capacity(sequences.len());
    let mut rest = sequences;
    while let Some(first) = rest.first() {
        let start = first.from.saturating_sub(PIECE / 4);
        let count = rest.iter().take_while(|s| s.to <= start + PIECE).count().max(1);
        let (here, behind) = rest.split_at(count);
        let end = (here[count - 1].to + PIECE / 4).min(line.len());
        gains.extend(gains_within(model, &line[start..end], start, here));
        rest = behind;
    }
    gains
}

fn gains_within(model: &Model, seen: &[char], start: usize, sequences: &[Sequence]) -> Vec<i32> {
    let mut meant: Vec<char> = Vec::with_capacity(seen.len());
    let mut places = Vec::with_capacity(sequences.len());
    let mut at = 0;
    for sequence in sequences {
        meant.extend(&seen[at..sequence.from - start]);
        let from = meant.len();
        meant.extend(sequence.new.chars());
        places.push(from..meant.len());
        at = sequence.to - start;
    }
    meant.extend(&seen[at..]);
    let (before, after) = (language::costs(model, seen), language::costs(model, &meant));
    let sum = |costs: &[i32], from: usize, to: usize| costs[from..(to + 1).min(costs.len())].iter().sum::<i32>();
    let pairs = sequences.iter().zip(places);
    pairs.map(|(s, place)| sum(&before, s.from - start, s.to - start) - sum(&after, place.start, place.end)).collect()
}

/// The stretches of the line that are UTF-8 in a charset. Where there are any, characters that lost something are told too: a byte that
/// became U+FFFD, or a no-break space that became a space.
fn sequences(line: &[char], charset: &Charset) -> Vec<Sequence> {
    let whole = read(line, charset, false);
    let worn = |c: &char| matches!(c, '\u{FFFD}' | ' ');
    if whole.is_empty() || !line.iter().any(worn) { whole } else { read(line, charset, true) }
}

/// The stretches of a line, those with worn bytes among them or not.
fn read(line: &[char], charset: &Charset, worn: bool) -> Vec<Sequence> {
    let mut found: Vec<Sequence> = Vec::new();
    let mut at = 0;
    while at < line.len() {
        let known = character(&line[at..], charset).map(|(c, length)| (c.to_string(), length));
        let is_worn = known.is_none();
        let Some((new, length)) = known.or_else(|| self::worn(&line[at..], charset).filter(|_| worn)) else {
            at += 1;
            continue;
        };
        match found.last_mut().filter(|last| last.to == at && last.worn == is_worn) {
            Some(last) => {
                last.new.push_str(&new);
                last.to += length;
            }
            None => found.push(Sequence { from: at, to: at + length, new, twice: false, worn: is_worn }),
        }
        at += length;
    }
    for sequence in &mut found {
        while let Some(new) = again(&sequence.new, charset) {
            (sequence.new, sequence.twice) = (new, true);
        }
    }
    found
}

/// The character at the start of `line` by its bytes, and how many bytes it has. Characters beyond U+FFFF may be two surrogates, as Java and
/// MySQL write them.
fn character(line: &[char], charset: &Charset) -> Option<(char, usize)> {
    let byte = |at: usize| line.get(at).and_then(|&c| charset.byte(c));
    let tail = |at: usize| byte(at).filter(|byte| byte & 0xC0 == 0x80).map(|byte| u32::from(byte & 0x3F));
    let three = |at: usize| Some(u32::from(byte(at)? & 0x0F) << 12 | tail(at + 1)? << 6 | tail(at + 2)?);
    let lead = byte(0)?;
    let (code, length, least) = match lead {
        0xC2..=0xDF => (u32::from(lead & 0x1F) << 6 | tail(1)?, 2, 0x80),
        0xE0..=0xEF => match three(0)? {
            high @ 0xD800..=0xDBFF => {
                let low = byte(3).filter(|byte| *byte == 0xED).and_then(|_| three(3))?;
                let low = low.checked_sub(0xDC00).filter(|low| *low < 0x400)?;
                (0x10000 + ((high - 0xD800) << 10) + low, 6, 0x10000)
            }
            code => (code, 3, 0x800),
        },
        0xF0..=0xF4 => (u32::from(lead & 0x07) << 18 | tail(1)? << 12 | tail(2)? << 6 | tail(3)?, 4, 0x10000),
        _ => return None,
    };
    char::from_u32(code)
        .filter(|&c| code >= least && (is_written(c) || charset.rarity == 0 && code < 0xA0))
        .map(|c| (c, length))
}

/// Whether a character is one that text is made of: letters of living languages, marks, signs, emoji. Others stand in mojibake as seldom as
/// in text.
fn is_written(c: char) -> bool {
    match c as u32 {
        0xA0..=0x17E | 0x192 | 0x1A0 | 0x1A1 | 0x1AF | 0x1B0 | 0x218..=0x21B | 0x1E80..=0x1EF9 => true,
        // Greek, Cyrillic of the Slavic languages, Armenian, Hebrew, Arabic and Persian.
        0x386..=0x3CE | 0x401..=0x40C | 0x40E..=0x44F | 0x451..=0x45C | 0x45E | 0x45F | 0x490 | 0x491 => true,
        0x531..=0x587
        | 0x5D0..=0x5EA
        | 0x60C..=0x652
        | 0x660..=0x66D
        | 0x67E
        | 0x686
        | 0x698
        | 0x6A9
        | 0x6AF
        | 0x6BE..=0x6D2 => true,
        0x900..=0x10FF | 0x1780..=0x17FF => true,
        // Combining accents and modifiers that typists use.
        0x2C6..=0x2DD | 0x300..=0x336 => true,
        0x2000..=0x205E | 0x2070..=0x20BF | 0x2100..=0x2BFF | 0xFB01 | 0xFB02 | 0xFE0F | 0xFEFF | 0xFFFD => true,
        0x1F000..=0x1FAFF => true,
        _ => is_east(c),
    }
}

/// A character at the start of `line` that lost something, what stands for it, and how many characters of the line that takes. Of a byte
/// that became U+FFFD nothing is left: U+FFFD stands for the character. A space may be the no-break space that byte A0 was read as: the à
/// of "voilÃ le", whose own space fell together with it, the Р of "Ð ÑƒÑ".
fn worn(line: &[char], charset: &Charset) -> Option<(String, usize)> {
    let lead = charset.byte(*line.first()?)?;
    let length = match lead {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return None,
    };
    let tail = |c: char| charset.byte(c).is_some_and(|byte| byte & 0xC0 == 0x80);
    let tails = line.get(1..length).unwrap_or(&line[1..]);
    if let Some(lost) = tails.iter().position(|c| *c == '\u{FFFD}') {
        return tails[..lost].iter().all(|&c| tail(c)).then(|| ('\u{FFFD}'.to_string(), lost + 2));
    }
    let mut bytes: Vec<char> = line.get(..length)?.to_vec();
    let space = bytes.iter().position(|c| *c == ' ')?;
    bytes[space] = charset.character(0xA0)?;
    let (c, _) = character(&bytes, charset)?;
    let behind = &line[length..];
    let alone = matches!(behind, [letter, ..] if letter.is_alphabetic()) && !matches!(behind, ['s', ' ', ..]);
    let new = if lead == 0xC3 && alone { format!("{c} ") } else { c.to_string() };
    c.is_alphabetic().then_some((new, length))
}

/// The text read once more, where it is UTF-8 in the same charset again.
fn again(text: &str, charset: &Charset) -> Option<String> {
    let bytes: Vec<u8> = text.chars().map(|c| charset.byte(c)).collect::<Option<_>>()?;
    String::from_utf8(bytes).ok()
}
