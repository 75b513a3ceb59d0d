//! Chinese that was read as Latin-1 or windows-1252, once or twice: "æˆ‘", "ÎÒÃÇ", "§Ú­Ì".
//!
//! In: the characters of a line. Out: faults. UTF-8 proves itself by its own form, run by run. GBK and Big5 do not, so there
//! the character model judges a whole stretch that could be bytes.

use super::judge::{is_east, is_han, price};
use super::lattice::{self, Unit};
use super::model::{Model, NAT};
use super::scan::commonness;
use super::search::{Desk, Fault};
use crate::edit::Loss;

/// What windows-1252 has at 80–9F; the five bytes it lacks are C1 controls in both readings.
const UPPER: [(char, u8); 27] = [
    ('€', 0x80),
    ('‚', 0x82),
    ('ƒ', 0x83),
    ('„', 0x84),
    ('…', 0x85),
    ('†', 0x86),
    ('‡', 0x87),
    ('ˆ', 0x88),
    ('‰', 0x89),
    ('Š', 0x8A),
    ('‹', 0x8B),
    ('Œ', 0x8C),
    ('Ž', 0x8E),
    ('‘', 0x91),
    ('’', 0x92),
    ('“', 0x93),
    ('”', 0x94),
    ('•', 0x95),
    ('–', 0x96),
    ('—', 0x97),
    ('˜', 0x98),
    ('™', 0x99),
    ('š', 0x9A),
    ('›', 0x9B),
    ('œ', 0x9C),
    ('ž', 0x9E),
    ('Ÿ', 0x9F),
];

/// The byte a character stands for, if the text was bytes read as windows-1252 or Latin-1.
fn byte_of(c: char) -> Option<u8> {
    match c as u32 {
        0..=0xFF => Some(c as u8),
        0x152..=0x2122 => UPPER.iter().find(|upper| upper.0 == c).map(|upper| upper.1),
        _ => None,
    }
}

/// The faults of a line that has characters such as "æ" or "Ö".
pub(super) fn faults(desk: &mut Desk, line: &[char]) -> Vec<Fault> {
    let model = desk.model;
    let (mut faults, over) = unicode(line);
    if faults.is_empty() || over {
        let filled = holes(desk, line);
        if !filled.is_empty() {
            return filled;
        }
    }
    if faults.is_empty() {
        faults = double_byte(model, line);
    }
    faults
}

/// Runs of characters above ASCII that are UTF-8 when taken as bytes, and whether bytes are left over.
fn unicode(line: &[char]) -> (Vec<Fault>, bool) {
    let mut found: Vec<(Fault, bool)> = Vec::new();
    let mut run: Vec<u8> = Vec::with_capacity(line.len());
    let mut at = 0;
    while at < line.len() {
        run.clear();
        run.extend(line[at..].iter().map_while(|&c| byte_of(c).filter(|b| *b >= 0x80)));
        let mut done = 0;
        while let (skip, text) = valid(&run[done..])
            && !text.is_empty()
        {
            let (from, len) = (at + done + skip, text.len());
            let (text, rule) = match once_more(text) {
                Some(text) => (text, "utf8-as-latin1-twice"),
                None => (text.to_owned(), "utf8-as-latin1"),
            };
            let strong = text.chars().any(|c| c as u32 >= 0x800);
            found.push((Fault { from, to: from + len, new: text, rule, lost: Loss::Nothing }, strong));
            done += skip + len;
        }
        at += run.len().max(1);
    }
    let proof = found.iter().any(|(f, strong)| *strong && f.new.chars().any(is_east));
    // GBK bytes may hold whole UTF-8 sequences by chance; true ones leave next to nothing over.
    let covered: usize = found.iter().map(|(f, _)| f.to - f.from).sum();
    let counts = |c: char| byte_of(c).is_some_and(|b| b >= 0x80) && !"“”‘’—…·".contains(c);
    let high = line.iter().filter(|c| counts(**c)).count();
    // A byte or a hole beside the sequences, like the "å\u{FFFD}‡" of 均: something was lost there.
    let (mut over, mut from) = (false, 0);
    let ends = [(line.len(), line.len())];
    for (start, end) in found.iter().map(|(f, _)| (f.from, f.to)).chain(ends) {
        over |= line[from..start].iter().any(|&c| counts(c) || c == '\u{FFFD}');
        from = end;
    }
    if covered * 20 < high * 17 {
        return (Vec::new(), over);
    }
    let all = found.into_iter().filter(|(_, strong)| proof || *strong).map(|f| f.0);
    (all.collect(), over)
}

/// The first stretch of whole UTF-8 sequences in `run`: bytes before it, and its text.
fn valid(run: &[u8]) -> (usize, &str) {
    let mut from = 0;
    while from < run.len() {
        let len = match std::str::from_utf8(&run[from..]) {
            Ok(text) => return (from, text),
            Err(error) => error.valid_up_to(),
        };
        if len > 0 {
            return (from, std::str::from_utf8(&run[from..from + len]).unwrap_or(""));
        }
        from += 1;
    }
    (from, "")
}

/// The text read once more, when it is UTF-8 as Latin-1 again.
fn once_more(text: &str) -> Option<String> {
    let bytes: Vec<u8> = text.chars().map(byte_of).collect::<Option<_>>()?;
    String::from_utf8(bytes).ok().filter(|t| t.chars().any(is_east))
}

/// UTF-8 as windows-1252 where the five bytes it does not have (and what looks like a space) were lost.
fn holes(desk: &mut Desk, line: &[char]) -> Vec<Fault> {
    let model = desk.model;
    let mut faults = Vec::new();
    for (from, to) in stretches(line, 6) {
        let units: Vec<Unit> = line[from..to].iter().map(|&c| unit(c)).collect();
        // Long stretches that are no UTF-8 by their form are double bytes.
        if units.len() >= 24 && !lattice::whole_of(&units, 6) {
            continue;
        }
        let Some(text) = lattice::decode(model, &units, lattice::Lost::Windows) else { continue };
        let east = text.chars().filter(|&c| is_east(c)).count();
        if east >= 2 && price(model, text.chars()).mean() <= if east >= 6 { 11 * NAT } else { 8 * NAT } {
            faults.push(Fault { from, to, new: text, rule: "utf8-as-cp1252-lossy", lost: Loss::Guessed });
        }
    }
    faults
}

fn unit(c: char) -> Unit {
    match byte_of(c) {
        Some(b) if c != '?' => Unit::Byte(b),
        _ => Unit::Hole(c),
    }
}

/// Stretches of characters that can be bytes ("?" and U+FFFD may be lost ones), with at least `least` above ASCII,
/// trimmed to the first and last of those and what belongs to them.
fn stretches(line: &[char], least: usize) -> Vec<(usize, usize)> {
    let fits = |c: char| c == '\u{FFFD}' || byte_of(c).is_some();
    let mut found = Vec::new();
    let mut at = 0;
    while at < line.len() {
        let end = at + line[at..].iter().take_while(|&&c| fits(c)).count();
        let high = |c: &char| *c as u32 >= 0x80;
        let count = line[at..end].iter().filter(|c| high(c)).count();
        if count >= least
            && let (Some(from), Some(last)) =
                (line[at..end].iter().position(high), line[at..end].iter().rposition(high))
        {
            let mut to = at + last + 1;
            if line.get(to).is_some_and(|c| matches!(c, '@'..='~' | '?')) {
                to += 1;
            }
            found.push((at + from, to.min(end)));
        }
        at = end.max(at) + 1;
    }
    found
}

fn bytes_of(line: &[char]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(line.len());
    for &c in line {
        bytes.push(byte_of(c)?);
    }
    Some(bytes)
}

/// GBK or Big5 as Latin-1: a stretch of bytes that one of them reads without a fault, and as language.
fn double_byte(model: &Model, line: &[char]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (from, to) in stretches(line, 4) {
        let mut best: Option<(i32, Fault)> = None;
        let whole = [(from, to), (from, to - 1), (from + 1, to), (from + 1, to - 1)];
        for (encoding, rule) in [(encoding_rs::GBK, "gbk-as-latin1"), (encoding_rs::BIG5, "big5-as-latin1")] {
            for (from, to) in whole {
                let Some(bytes) = bytes_of(&line[from..to]) else { continue };
                let (text, bad) = encoding.decode_without_bom_handling(&bytes);
                let han = text.chars().filter(|&c| is_han(c)).count();
                let usual = text.chars().filter(|&c| matches!(commonness(c), 1 | 2)).count();
                if bad
                    || han < 2
                    || usual * 4 < han * 3
                    || han * 5 < line[from..to].iter().filter(|&&c| c as u32 >= 0x80).count()
                {
                    continue;
                }
                let mean = price(model, text.chars()).mean();
                let limit = match han {
                    0..4 => 6 * NAT,
                    4..8 => 8 * NAT,
                    8..14 => 9 * NAT,
                    _ => 10 * NAT,
                };
                if mean <= limit {
                    if best.as_ref().is_none_or(|b| mean < b.0) {
                        best = Some((mean, Fault { from, to, new: text.into_owned(), rule, lost: Loss::Nothing }));
                    }
                    break;
                }
            }
        }
        faults.extend(best.map(|b| b.1));
    }
    faults
}
