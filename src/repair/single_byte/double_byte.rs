//! GBK or Big5 that was read as Latin-1 or windows-1252: "ÎÒÃÇ" for 我们, "§Ú­Ì" for 我們.
//!
//! In: the characters of a line. Out: faults. Neither charset proves itself by its form: accented letters of sound text are characters of
//! both ("mélange" holds 閘). So the stretch has to be of common Chinese characters, and cheaper as Chinese than as any language.

use super::charsets::{Charset, named, windows_1252};
use super::{byte_of, is_dense, stretches};
use crate::repair::judge::{is_han, price};
use crate::repair::language;
use crate::repair::model::{Model, NAT};
use crate::repair::scan::commonness;
use crate::repair::search::Fault;
use encoding_rs::{BIG5, Encoding, GBK};

/// What a stretch has to gain by being Chinese, in nats. Of 200,000 dressed lines of 46 languages none gains more than 8, of 3,000 pieces of
/// two to ten Chinese characters one in a thousand gains less than 12.
const LEAST: i32 = 12;

/// Han characters of a stretch that is Chinese beyond doubt.
const PLAIN: usize = 6;

/// What was read as which charset (by the rule that undoes UTF-8 read so), the rule, and what such a stretch has to gain beyond
/// windows-1252, in nats. Names in zip archives are read as code page 437, those of Russian and Polish machines as theirs.
const READINGS: [Reading; 10] = [
    Reading { encoding: GBK, wrong: "utf8-as-latin1", rule: "gbk-as-latin1", rarity: 0 },
    Reading { encoding: BIG5, wrong: "utf8-as-latin1", rule: "big5-as-latin1", rarity: 0 },
    Reading { encoding: GBK, wrong: "utf8-as-cp437", rule: "gbk-as-cp437", rarity: 4 },
    Reading { encoding: BIG5, wrong: "utf8-as-cp437", rule: "big5-as-cp437", rarity: 4 },
    Reading { encoding: GBK, wrong: "utf8-as-cp850", rule: "gbk-as-cp850", rarity: 6 },
    Reading { encoding: GBK, wrong: "utf8-as-cp866", rule: "gbk-as-cp866", rarity: 6 },
    Reading { encoding: GBK, wrong: "utf8-as-windows-1250", rule: "gbk-as-windows-1250", rarity: 6 },
    Reading { encoding: GBK, wrong: "utf8-as-windows-1251", rule: "gbk-as-windows-1251", rarity: 6 },
    Reading { encoding: GBK, wrong: "utf8-as-macroman", rule: "gbk-as-macroman", rarity: 6 },
    Reading { encoding: GBK, wrong: "utf8-as-koi8-r", rule: "gbk-as-koi8-r", rarity: 6 },
];

/// One of the two charsets, read as a single-byte one.
#[derive(Clone, Copy)]
struct Reading {
    encoding: &'static Encoding,
    wrong: &'static str,
    rule: &'static str,
    rarity: i32,
}

/// Bytes above ASCII that a stretch has at least.
const BYTES: usize = 4;

/// A stretch that one of the charsets reads as common characters.
struct Candidate {
    from: usize,
    to: usize,
    new: String,
    rule: &'static str,
    han: usize,
}

/// Whether a stretch of the line may be such text.
pub(super) fn may_be(line: &[char]) -> bool {
    READINGS.iter().any(|&reading| {
        let charset = named(reading.wrong);
        let mut stretches = stretches(line, BYTES, charset).into_iter();
        stretches.any(|stretch| candidates(line, stretch, charset, reading).next().is_some())
    })
}

/// The faults of a line all of whose stretches are Chinese beyond doubt: many characters, and hardly any ASCII between them. No language is
/// asked.
pub(super) fn plain(model: &Model, line: &[char]) -> Option<Vec<Fault>> {
    let charset = windows_1252();
    let found: Vec<Candidate> = stretches(line, BYTES, charset)
        .into_iter()
        .map(|stretch| best(model, line, stretch, charset).filter(|c| c.han >= PLAIN && is_dense(&line[c.from..c.to])))
        .collect::<Option<_>>()?;
    // Letters that windows-1252 does not have tell of another charset.
    let count = |of: &[char]| of.iter().filter(|&&c| ('\u{80}'..'\u{250}').contains(&c)).count();
    let inside: usize = found.iter().map(|c| count(&line[c.from..c.to])).sum();
    (!found.is_empty() && inside * 10 >= count(line) * 9).then(|| found.into_iter().map(Candidate::fault).collect())
}

/// What is found in a line, and what the line gains by it.
pub(super) fn faults(model: &Model, line: &[char]) -> (i32, Vec<Fault>) {
    let mut best: (i32, Vec<Fault>) = (0, Vec::new());
    let mut wrongs: Vec<&'static str> = Vec::new();
    for reading in &READINGS {
        if wrongs.contains(&reading.wrong) {
            continue;
        }
        wrongs.push(reading.wrong);
        let found = read_as(model, line, reading);
        if found.0 > best.0 {
            best = found;
        }
    }
    best
}

/// What is found in a line that was read as one charset, and what the line gains by it.
fn read_as(model: &Model, line: &[char], reading: &Reading) -> (i32, Vec<Fault>) {
    let charset = named(reading.wrong);
    let (mut sum, mut faults) = (-reading.rarity * NAT, Vec::new());
    for stretch in stretches(line, BYTES, charset) {
        let Some(found) = best(model, line, stretch, charset) else { continue };
        let gain = language::gain(model, line, found.from..found.to, &found.new);
        if gain >= (LEAST + reading.rarity) * NAT {
            sum += gain;
            faults.push(found.fault());
        }
    }
    (sum, faults)
}

/// The likeliest reading of a stretch that is as cheap as Chinese is.
fn best(model: &Model, line: &[char], stretch: (usize, usize), charset: &'static Charset) -> Option<Candidate> {
    let each = READINGS.iter().filter(|reading| reading.wrong == charset.rule).filter_map(|&reading| {
        candidates(line, stretch, charset, reading).find_map(|candidate| Some((mean(model, &candidate)?, candidate)))
    });
    each.min_by_key(|(mean, _)| *mean).map(|best| best.1)
}

impl Candidate {
    fn fault(self) -> Fault {
        Fault::whole(self.from, self.to, self.new, self.rule)
    }
}

/// The readings of a stretch, with and without the characters at its ends.
fn candidates<'l>(
    line: &'l [char],
    (from, to): (usize, usize),
    charset: &'static Charset,
    Reading { encoding, rule, .. }: Reading,
) -> impl Iterator<Item = Candidate> + 'l {
    let whole = [(from, to), (from, to - 1), (from + 1, to), (from + 1, to - 1)];
    whole.into_iter().filter_map(move |(from, to)| {
        let bytes: Vec<u8> = line[from..to].iter().map(|&c| byte_of(c, charset)).collect::<Option<_>>()?;
        let new = encoding.decode_without_bom_handling_and_without_replacement(&bytes)?.into_owned();
        let han = new.chars().filter(|&c| is_han(c)).count();
        let usual = new.chars().filter(|&c| matches!(commonness(c), 1 | 2)).count();
        let high = bytes.iter().filter(|byte| !byte.is_ascii()).count();
        // One common character, again and again, is a letter of some language: 矇 is "Ã©" in Big5, 憂 is "‘n" in GBK.
        let is_usual = |c: &char| is_han(*c) && matches!(commonness(*c), 1 | 2);
        let first = new.chars().find(is_usual);
        let different = new.chars().any(|c| is_usual(&c) && Some(c) != first);
        // Éé, Áá: a list of letters.
        let same = |pair: &&[char]| pair[0] > '\u{BF}' && pair[0].to_lowercase().eq(pair[1].to_lowercase());
        let listed = line[from..to].windows(2).filter(same).count();
        let common = different && listed * 2 < han && usual * 4 >= han * 3 && han * 5 >= high;
        common.then_some(Candidate { from, to, new, rule, han })
    })
}

/// What a character of the reading costs on average, where that is what Chinese costs.
fn mean(model: &Model, candidate: &Candidate) -> Option<i32> {
    let limit = match candidate.han {
        0..4 => 6 * NAT,
        4..8 => 8 * NAT,
        8..14 => 9 * NAT,
        _ => 10 * NAT,
    };
    Some(price(model, candidate.new.chars()).mean()).filter(|mean| *mean <= limit)
}
