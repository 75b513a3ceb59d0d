//! GBK or Big5 that was read as Latin-1 or windows-1252: "ÎÒÃÇ" for 我们, "§Ú­Ì" for 我們.
//!
//! In: the characters of a line. Out: faults. Neither charset proves itself by its form: accented letters of sound text are characters of
//! both ("mélange" holds 閘). So the stretch has to be of common Chinese characters, and cheaper as Chinese than as any language.

use super::{byte_of, is_dense, stretches};
use crate::edit::Loss;
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

const CHARSETS: [(&Encoding, &str); 2] = [(GBK, "gbk-as-latin1"), (BIG5, "big5-as-latin1")];

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
    stretches(line, 4)
        .into_iter()
        .any(|stretch| CHARSETS.iter().any(|&charset| candidates(line, stretch, charset).next().is_some()))
}

/// The faults of a line all of whose stretches are Chinese beyond doubt: many characters, and hardly any ASCII between them. No language is
/// asked.
pub(super) fn plain(model: &Model, line: &[char]) -> Option<Vec<Fault>> {
    let found: Vec<Candidate> = stretches(line, 4)
        .into_iter()
        .map(|stretch| best(model, line, stretch).filter(|c| c.han >= PLAIN && is_dense(&line[c.from..c.to])))
        .collect::<Option<_>>()?;
    (!found.is_empty()).then(|| found.into_iter().map(Candidate::fault).collect())
}

/// What is found in a line, and what the line gains by it.
pub(super) fn faults(model: &Model, line: &[char]) -> (i32, Vec<Fault>) {
    let (mut sum, mut faults) = (0, Vec::new());
    for stretch in stretches(line, 4) {
        let Some(found) = best(model, line, stretch) else { continue };
        let gain = language::gain(model, line, found.from..found.to, &found.new);
        if gain >= LEAST * NAT {
            sum += gain;
            faults.push(found.fault());
        }
    }
    (sum, faults)
}

/// The likeliest reading of a stretch that is as cheap as Chinese is.
fn best(model: &Model, line: &[char], stretch: (usize, usize)) -> Option<Candidate> {
    let each = CHARSETS.iter().filter_map(|&charset| {
        candidates(line, stretch, charset).find_map(|candidate| Some((mean(model, &candidate)?, candidate)))
    });
    each.min_by_key(|(mean, _)| *mean).map(|best| best.1)
}

impl Candidate {
    fn fault(self) -> Fault {
        Fault { from: self.from, to: self.to, new: self.new, rule: self.rule, lost: Loss::Nothing }
    }
}

/// The readings of a stretch, with and without the characters at its ends.
fn candidates<'l>(
    line: &'l [char],
    (from, to): (usize, usize),
    (encoding, rule): (&'static Encoding, &'static str),
) -> impl Iterator<Item = Candidate> + 'l {
    let whole = [(from, to), (from, to - 1), (from + 1, to), (from + 1, to - 1)];
    whole.into_iter().filter_map(move |(from, to)| {
        let bytes: Vec<u8> = line[from..to].iter().map(|&c| byte_of(c)).collect::<Option<_>>()?;
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
