//! What mirror programs do to a line, step by step: the forward model, the judge of the slip search.

use std::collections::HashMap;

/// Simplified → Traditional where there is no choice, as these programs convert.
pub fn unambiguous() -> HashMap<char, char> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tables/repair/STCharacters.txt");
    let text = std::fs::read_to_string(path).expect("the table is committed");
    let rows = text.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t'));
    rows.filter(|(_, values)| !values.contains(' '))
        .filter_map(|(key, value)| Some((key.chars().next()?, value.chars().next()?)))
        .collect()
}

/// The first reading of each GBK character.
pub fn readings() -> HashMap<char, String> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tables/repair/readings.tsv");
    let text = std::fs::read_to_string(path).expect("the table is committed");
    let rows = text.lines().filter_map(|l| l.split_once('\t'));
    rows.filter_map(|(c, r)| Some((c.chars().next()?, r.split(',').next()?.to_owned()))).collect()
}

/// The second bytes of ，！？；：.
pub const MARKS: [u8; 5] = [0xAC, 0xA1, 0xBF, 0xBB, 0xBA];

/// How a site treats its pages.
#[derive(Debug, Clone, Default)]
pub struct Site {
    /// Characters that get their reading behind them.
    pub listed: Vec<char>,
    /// Bytes are cut at these full-width marks (A3 and the byte given: AC ，, A1 ！, BF ？, BB ；, BA ：), wherever they stand.
    pub cuts: Vec<u8>,
    /// Full-width marks become ASCII in the end.
    pub folds: bool,
}

/// Two-byte code; characters without one make a line unfit.
pub fn bytes_of(text: &str) -> Option<Vec<u8>> {
    let (bytes, _, lost) = encoding_rs::GBK.encode(text);
    let fits = !lost && !text.chars().any(|c| matches!(c, '€' | '\u{E000}'..='\u{F8FF}'));
    fits.then(|| bytes.into_owned())
}

/// What a reader of the mirror sees of `line` (Traditional already).
pub fn seen(line: &str, site: &Site, readings: &HashMap<char, String>) -> Option<String> {
    let mut bytes = bytes_of(line)?;
    for c in &site.listed {
        let (Some(code), Some(reading)) = (bytes_of(&c.to_string()), readings.get(c)) else { continue };
        let mut note = vec![b'('];
        note.extend(bytes_of(reading)?);
        note.push(b')');
        bytes = annotate(&bytes, &code, &note);
    }
    let mut out = String::new();
    let mut from = 0;
    if !site.cuts.is_empty() {
        let mut at = 0;
        while at + 1 < bytes.len() {
            if bytes[at] == 0xA3 && site.cuts.contains(&bytes[at + 1]) {
                out.push_str(&decode(&bytes[from..at]));
                out.push_str(&decode(&bytes[at..at + 2]));
                at += 2;
                from = at;
            } else {
                at += 1;
            }
        }
    }
    out.push_str(&decode(&bytes[from..]));
    Some(if site.folds { out.chars().map(fold).collect() } else { out })
}

/// `str_replace` on bytes: every match, in or out of step.
fn annotate(bytes: &[u8], code: &[u8], note: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at..].starts_with(code) {
            out.extend_from_slice(code);
            out.extend_from_slice(note);
            at += code.len();
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    out
}

/// Code page 936 as these programs read it: a pair that is no character is one "?" and gone.
pub fn decode(bytes: &[u8]) -> String {
    let mut out = String::new();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b if b < 0x80 => {
                out.push(b as char);
                at += 1;
            }
            0x80 => {
                out.push('€');
                at += 1;
            }
            _ => {
                let pair = &bytes[at..bytes.len().min(at + 2)];
                let text = encoding_rs::GBK.decode_without_bom_handling(pair).0;
                let mut chars = text.chars();
                match (pair.len(), chars.next(), chars.next()) {
                    (2, Some(c), None)
                        if c != '\u{FFFD}' && !later(pair) && !('\u{E000}'..='\u{F8FF}').contains(&c) =>
                    {
                        out.push(c)
                    }
                    _ => out.push('?'),
                }
                at += pair.len();
            }
        }
    }
    out
}

/// Pairs that code page 936 does not have, though the Encoding Standard does.
fn later(pair: &[u8]) -> bool {
    matches!(
        pair,
        [0xFE, 0x50..=0xA0] | [0xA6, 0xD9..=0xDF | 0xEC | 0xED | 0xF3] | [0xA8, 0xBC | 0xBF] | [0xA9, 0x89..=0x95]
    )
}

pub fn fold(c: char) -> char {
    match c {
        '，' => ',',
        '！' => '!',
        '？' => '?',
        '；' => ';',
        '：' => ':',
        '（' => '(',
        '）' => ')',
        _ => c,
    }
}
