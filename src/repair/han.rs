//! Text that was read as GBK or Shift_JIS though it was something else: 鎴戜滑, い琌, 偙傟, ﾃ･.
//!
//! In: the characters of a line that look unlike language. Out: one fault for the stretch. The bytes are rebuilt, read as
//! each encoding they may have been, and the reading that is language wins, if the text as it stands is not.

use super::certainty::{Settled, settle};
use super::codepages::CODEPAGES;
use super::gbk;
use super::judge::{Price, Priced, is_east, is_han, is_hangul, is_kana, is_usual_hangul, price};
use super::lattice::{self, Lost, Unit};
use super::model::{Model, NAT};
use super::scan::commonness;
use super::search::{Desk, Fault};
use crate::edit::Loss;
use encoding_rs::{BIG5, EUC_JP, EUC_KR, SHIFT_JIS};

/// What may have been read as GBK.
const READ_AS_GBK: [(&encoding_rs::Encoding, &str); 4] =
    [(BIG5, "big5-as-gbk"), (SHIFT_JIS, "shift-jis-as-gbk"), (EUC_JP, "euc-jp-as-gbk"), (EUC_KR, "euc-kr-as-gbk")];

/// The fault of a line of suspicious Han characters, at most one stretch at a time.
pub(super) fn faults(desk: &mut Desk, line: &[char]) -> Vec<Fault> {
    let model = desk.model;
    if let Some(fault) = plain(desk, line) {
        return vec![fault];
    }
    let whole = (0, line.len());
    let priced = Priced::of(model, line);
    let mut known = line.iter().any(|&c| is_kana(c)).then(|| reversible(&priced, whole));
    if let Some(Some(fault)) = known.take_if(|known| known.as_ref().is_some_and(|fault| fault.rule != "big5-as-gbk")) {
        return vec![fault];
    }
    let part = suspicious(&priced);
    if let Some((_, fault)) = [Some(whole), part].into_iter().flatten().find_map(|span| recoded(&priced, span)) {
        return vec![fault];
    }
    let Some(part) = part else { return Vec::new() };
    let mut best: Option<(i32, Fault)> = None;
    for span in [whole, part] {
        let found = known.take().unwrap_or_else(|| reversible(&priced, span));
        let Some(fault) = found.or_else(|| lossy(desk, &priced, span)) else { continue };
        // Where hardly anything stands beside the stretch, or nothing sound, that belongs to it; else what leaves the likelier line wins.
        let (left, right) = (&line[..part.0], &line[part.1..]);
        let sound = left.iter().chain(right).filter(|&&c| commonness(c) == 1).count();
        let beside = line.len() - (part.1 - part.0);
        if beside < BESIDE || span == whole && fault.lost == Loss::Nothing && sound * 4 < beside {
            return vec![fault];
        }
        let (before, after) = (&line[..fault.from], &line[fault.to..]);
        let mended = before.iter().copied().chain(fault.new.chars()).chain(after.iter().copied());
        let sum = price(model, mended).sum;
        if best.as_ref().is_none_or(|best| sum < best.0) {
            best = Some((sum, fault));
        }
    }
    best.map(|best| best.1).into_iter().collect()
}

/// So many characters beside a stretch may be sound ones.
const BESIDE: usize = 4;

/// A line that is UTF-8 by its form: most of its bytes are whole characters. That is proof enough to skip what tells other damage.
fn plain(desk: &mut Desk, line: &[char]) -> Option<Fault> {
    let half = line.iter().any(|&c| matches!(c, '\u{FF61}'..='\u{FF9F}'));
    let (lost, rule) = if half { JIS } else { GBK };
    let units = units(line, lost)?;
    if !lattice::whole_of(&units, 6) {
        return None;
    }
    let decoded = lattice::decode(desk.model, &units, lost)?;
    let text = &decoded.text;
    let limit = if text.chars().count() >= 8 { 10 * NAT } else { 15 * NAT / 2 };
    // Where nearly all bytes are whole characters, the form alone is proof.
    let language = || lattice::whole_of(&units, 8) || price(desk.model, text.chars()).mean() <= limit;
    if text.chars().filter(|&c| is_han(c)).count() < 2 || !language() {
        return None;
    }
    let Some(Settled { text, guesses, lost: gone }) = settle(desk, lost.kind(), decoded) else {
        desk.refuse(line, "too-much-lost");
        return None;
    };
    // Nothing is lost where the bytes of the text are those of the line.
    let whole = units.iter().map(|unit| unit.known()).eq(text.bytes().map(Some));
    let named = || CODEPAGES.iter().find(|page| page.lost == lost).map_or("utf8-as-gbk", |page| page.utf8);
    let (rule, lost) = if whole { (named(), Loss::Nothing) } else { (rule, gone) };
    Some(Fault { lost, guesses: guesses.into(), ..Fault::whole(0, line.len(), text, rule) })
}

/// The stretch of the line that costs most beyond what language does.
fn suspicious(priced: &Priced) -> Option<(usize, usize)> {
    const USUAL: i32 = 8 * NAT;
    let (mut best, mut sum, mut from, mut span) = (0, 0, 0, None);
    for (at, (&c, &cost)) in priced.line.iter().zip(priced.costs()).enumerate() {
        if sum <= 0 {
            (sum, from) = (0, at);
        }
        sum += if c == '\u{FFFD}' || c == '?' || ('\u{E000}'..='\u{F8FF}').contains(&c) {
            4 * NAT
        } else {
            cost.min(14 * NAT) - USUAL
        };
        if sum > best {
            (best, span) = (sum, Some((from, at + 1)));
        }
    }
    span.filter(|_| best >= 5 * NAT)
}

/// The bytes of a stretch as GBK; nothing when some character is not of GBK.
fn gbk_bytes(line: &[char]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(line.len() * 2);
    for &c in line {
        match gbk::wide_pair_of(c) {
            _ if c.is_ascii() => bytes.push(c as u8),
            Some((a, b)) => bytes.extend([a, b]),
            None if c == '€' => bytes.push(0x80),
            None => return None,
        }
    }
    Some(bytes)
}

fn reversible(priced: &Priced, span: (usize, usize)) -> Option<Fault> {
    let (model, line) = (priced.model, priced.line);
    let mut best: Option<(i32, Fault)> = None;
    let before = span.0.checked_sub(1).map(|from| (from, span.1));
    for (from, to) in [Some(span), Some((span.0, span.1 + 1)), before].into_iter().flatten() {
        let Some(seen) = line.get(from..to) else { continue };
        // A mark of Chinese before the stretch is none of its bytes: ： would be ㄩ in Big5.
        let marks =
            seen.iter().take_while(|c| matches!(c, '\u{3000}'..='\u{301F}' | '\u{FF01}'..='\u{FF5E}' | ' ')).count();
        let (from, seen) = (from + marks, &seen[marks..]);
        let Some(bytes) = gbk_bytes(seen) else { continue };
        let mut before = None;
        let unicode = std::str::from_utf8(&bytes).ok().map(|t| (t.to_owned(), "utf8-as-gbk"));
        let readings = READ_AS_GBK.iter().filter(|(_, rule)| could_be(&bytes, rule)).filter_map(|&(encoding, rule)| {
            let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes)?;
            Some((text.into_owned(), rule))
        });
        for (text, rule) in unicode.into_iter().chain(readings).filter(|(text, rule)| looks(text, rule)) {
            let before = *before.get_or_insert_with(|| priced.price(from, to));
            let after = price(model, text.chars());
            if better(model, seen, &text, before, after, rule) && best.as_ref().is_none_or(|b| after.sum < b.0) {
                best = Some((after.sum, Fault::whole(from, to, text, rule)));
            }
        }
        // What is plainly language needs no shift by a character.
        if best.as_ref().is_some_and(|(sum, fault)| *sum <= 7 * NAT * fault.new.chars().count() as i32) {
            break;
        }
    }
    best.map(|b| b.1)
}

/// The best reading of a stretch whose bytes were read as another double-byte charset than GBK, with what it costs.
fn recoded(priced: &Priced, (from, to): (usize, usize)) -> Option<(i32, Fault)> {
    let (model, seen) = (priced.model, &priced.line[from..to]);
    let before = priced.price(from, to);
    let mut best: Option<(i32, Fault)> = None;
    for page in &CODEPAGES {
        let Some(bytes) = page.bytes_of(seen) else { continue };
        let tables = [Some(false), page.has_old(seen).then_some(true)].into_iter().flatten();
        let written: Vec<Vec<u8>> = tables.filter_map(|old| page.written_of(seen, old)).collect();
        let unicode = std::str::from_utf8(&bytes).ok().map(|text| (text.to_owned(), page.utf8));
        let legacy = [(encoding_rs::GBK, page.gbk), (BIG5, page.big5)].into_iter().filter(|(_, rule)| !rule.is_empty());
        let legacy = legacy.flat_map(|(encoding, rule)| {
            written.iter().filter_map(move |bytes| {
                let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
                Some((text.into_owned(), rule))
            })
        });
        for (text, rule) in unicode.into_iter().chain(legacy) {
            let by_form = rule == page.utf8;
            let east = text.chars().filter(|&c| is_east(c)).count();
            let han = text.chars().filter(|&c| is_han(c)).count();
            let common = text.chars().filter(|&c| commonness(c) == 1).count();
            let other = text.chars().any(|c| is_kana(c) || is_hangul(c) || ('\u{E000}'..='\u{F8FF}').contains(&c));
            if han < if by_form { 2 } else { LEAST_RECODED } || other || common * 5 < han * if by_form { 2 } else { 3 }
            {
                continue;
            }
            let after = price(model, text.chars());
            let limit = if east >= 8 { 8 * NAT } else { 15 * NAT / 2 };
            let gain = before.sum - after.sum;
            let least = if by_form { 6 * NAT } else { 10 * NAT };
            if after.mean() <= limit
                && gain >= least.max(before.sum / 5)
                && best.as_ref().is_none_or(|best| after.sum < best.0)
            {
                best = Some((after.sum, Fault::whole(from, to, text, rule)));
            }
        }
    }
    best
}

/// Han characters that prove GBK or Big5, which have no form of their own.
const LEAST_RECODED: usize = 4;

/// Whether the bytes hold enough of what a reading of them would be made of: kana and hangul have few first bytes. To count costs less
/// than to decode.
fn could_be(bytes: &[u8], rule: &str) -> bool {
    let count = |test: fn(u8) -> bool| bytes.iter().filter(|&&b| test(b)).count();
    match rule {
        "shift-jis-as-gbk" => count(|b| matches!(b, 0x82 | 0x83)) > 0,
        "euc-jp-as-gbk" => count(|b| matches!(b, 0xA4 | 0xA5)) * 10 >= count(|b| b >= 0x80),
        "euc-kr-as-gbk" => count(|b| matches!(b, 0xB0..=0xC8)) * 4 >= count(|b| b >= 0x80),
        _ => true,
    }
}

/// Whether a reading is made of what its language is made of: this costs little, the model much.
fn looks(text: &str, rule: &str) -> bool {
    let count = |test: fn(char) -> bool| text.chars().filter(|&c| test(c)).count();
    let east = count(is_east);
    match rule {
        // 広げます is Japanese as it stands, and ﾚげます in EUC-JP: half-width kana are no sign of a right reading.
        "euc-jp-as-gbk" => {
            let half = |c| ('\u{FF61}'..='\u{FF9F}').contains(&c);
            count(is_kana) * 4 >= east && count(is_han) >= 2 && !text.contains(half)
        }
        "shift-jis-as-gbk" => count(is_kana) * 5 >= east && east >= 3,
        "euc-kr-as-gbk" => count(is_hangul) == east && east >= 4 && count(is_usual_hangul) * 9 >= east * 4,
        // 叫契囊 is 請く黨 in Big5: three characters, one of them kana, are no proof.
        "utf8-as-gbk" => east >= 1 && count(is_kana) == 0,
        _ => east >= 4 && count(is_kana) == 0 && count(|c| matches!(commonness(c), 1 | 2)) * 3 >= count(is_han) * 2,
    }
}

/// Whether a reading that looks right is language and what is seen is not, as far as it can be told for each language.
fn better(model: &Model, seen: &[char], text: &str, before: Price, after: Price, rule: &str) -> bool {
    let gain = before.sum - after.sum;
    match rule {
        // Kana are the same in both; only the kanji tell.
        "euc-jp-as-gbk" => {
            let han = text.chars().filter(|&c| is_han(c)).count() as i32;
            let gain = singles(model, seen.iter().copied()) - singles(model, text.chars());
            gain >= (5 * NAT).max(han * NAT / 2)
        }
        "shift-jis-as-gbk" => gain >= (6 * NAT).max(before.sum / 6),
        // Read as Korean, 困惑嘅臉 is 위상놝휋: two usual syllables, but no less likely as it stands.
        "euc-kr-as-gbk" => gain >= (8 * NAT).max(before.sum / 3),
        _ => {
            let east = text.chars().filter(|&c| is_east(c)).count();
            let limit = if east >= 8 { 9 * NAT } else { 15 * NAT / 2 };
            after.mean() <= limit && gain >= (6 * NAT).max(before.sum / 6)
        }
    }
}

/// What the Han characters of a text cost, each by itself.
fn singles(model: &Model, text: impl Iterator<Item = char>) -> i32 {
    text.filter(|&c| is_han(c)).map(|c| model.alone(c).min(12 * NAT)).sum()
}

fn lossy(desk: &mut Desk, priced: &Priced, span: (usize, usize)) -> Option<Fault> {
    let (model, line) = (desk.model, priced.line);
    let mut best: Option<(i32, Fault)> = None;
    for (lost, rule) in losers(&line[span.0..span.1]) {
        for (from, to) in [span, (span.0.saturating_sub(1), span.1)] {
            let seen = &line[from..to];
            let Some(units) = units(seen, lost) else { continue };
            if !leads(&units) {
                continue;
            }
            let Some(decoded) = lattice::decode(model, &units, lost) else { continue };
            let text = &decoded.text;
            let (before, after) = (priced.price(from, to), price(model, text.chars()));
            let east = text.chars().filter(|&c| is_han(c)).count();
            let better = before.sum - after.sum >= (8 * NAT).max(before.sum / 6);
            let limit = if east >= 8 { 10 * NAT } else { 15 * NAT / 2 };
            if east >= 2 && better && after.mean() <= limit && best.as_ref().is_none_or(|b| after.sum < b.0) {
                let Some(Settled { text, guesses, lost }) = settle(desk, lost.kind(), decoded) else {
                    desk.refuse(line, "too-much-lost");
                    break;
                };
                best = Some((after.sum, Fault { lost, guesses: guesses.into(), ..Fault::whole(from, to, text, rule) }));
                break;
            }
        }
    }
    best.map(|b| b.1)
}

const GBK: (Lost, &str) = (Lost::Gbk, "utf8-as-gbk-lossy");
const JIS: (Lost, &str) = (Lost::Jis, "utf8-as-shift-jis");

/// The wrong charsets by which a stretch may have lost bytes: GBK first, and where half-width katakana stand, which most bytes of UTF-8 are
/// by themselves, Shift_JIS.
fn losers(line: &[char]) -> impl Iterator<Item = (Lost, &'static str)> {
    let half = line.iter().any(|c| matches!(c, '\u{FF61}'..='\u{FF9F}'));
    let others = CODEPAGES.iter().map(|page| (page.lost, page.lossy));
    std::iter::once(GBK).chain(others.filter(move |(lost, _)| half == (*lost == Lost::Jis)))
}

/// What the characters stand for; nothing where one stands for nothing.
fn units(line: &[char], lost: Lost) -> Option<Vec<Unit>> {
    if let Some(page) = CODEPAGES.iter().find(|page| page.lost == lost) {
        return page.units_of(line);
    }
    let mut units = Vec::with_capacity(line.len() * 2);
    line.iter().all(|&c| gbk_units(c, &mut units)).then_some(units)
}

fn pair((a, b): (u8, u8)) -> [Unit; 2] {
    [Unit::Byte(a), Unit::Inner(b)]
}

/// Adds what a character stands for; false where it stands for none.
#[inline]
fn gbk_units(c: char, out: &mut Vec<Unit>) -> bool {
    match c {
        '?' | '\u{FFFD}' => out.push(Unit::Hole(c)),
        '€' => out.push(Unit::Byte(0x80)),
        _ if c.is_ascii() => out.push(Unit::Byte(c as u8)),
        _ => match gbk::wide_pair_of(c) {
            Some(bytes) => out.extend(pair(bytes)),
            None => return false,
        },
    }
    true
}

/// UTF-8 of Chinese begins every third byte with E4–E9: without any, there is nothing to try.
fn leads(units: &[Unit]) -> bool {
    let bytes = units.iter().filter_map(|unit| unit.known()).filter(|b| *b >= 0x80);
    let (leads, all) = bytes.fold((0, 0), |(l, a), b| (l + usize::from((0xE3..=0xEF).contains(&b)), a + 1));
    all >= 4 && leads * 4 >= all && leads * 5 <= all * 3
}
