//! The two tables of `decode`: what characters cost in Han, kana and Hangul text, and letter pairs of alphabetic languages.
//!
//! Costs are −ln(probability) in sixteenths of a nat, so that a sum compares readings of the same bytes.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

/// Cost of an event of probability `p`, kept within a byte.
fn cost(p: f64) -> u8 {
    (-p.ln() * 16.0).round().clamp(0.0, 250.0) as u8
}

/// `tables/decode/counts.tsv` → lines `script TAB cost TAB characters`, cheapest first.
fn characters() -> String {
    let counts = std::fs::read_to_string("tables/decode/counts.tsv").unwrap();
    let mut out = String::new();
    for (column, script) in ["hans", "hant", "jpan", "kore"].into_iter().enumerate() {
        let rows: Vec<(char, f64)> = counts
            .lines()
            .filter_map(|line| {
                let mut fields = line.split('\t');
                let char = fields.next()?.chars().next()?;
                Some((char, fields.nth(column)?.parse().ok()?))
            })
            .filter(|row| row.1 > 0.0)
            .collect();
        let total: f64 = rows.iter().map(|row| row.1).sum();
        let mut by_cost: BTreeMap<u8, String> = BTreeMap::new();
        for (char, count) in rows {
            // Two in sixteenths of a nat are as good as one, and halve the lines.
            by_cost.entry(cost(count / total) / 4 * 4).or_default().push(char);
        }
        for (cost, characters) in by_cost {
            writeln!(out, "{script}\t{cost}\t{characters}").unwrap();
        }
    }
    out
}

/// Whether a character is a letter of some alphabet, marks that stand beside letters included.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() && !matches!(c, 'ª' | 'º' | 'µ')
        || matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{652}' | '\u{e31}'..='\u{e4e}' | '\u{200c}')
}

/// A text as letter classes: 0 is anything but a letter, `letters[i]` is `i + 1`, a foreign letter the last.
fn classes<'a>(text: &'a str, letters: &'a [char]) -> impl Iterator<Item = usize> + 'a {
    text.chars().map(|c| {
        let lower = c.to_lowercase().next().unwrap();
        match letters.binary_search(&lower) {
            Ok(at) => at + 1,
            Err(_) if is_letter(c) => letters.len() + 1,
            Err(_) => 0,
        }
    })
}

/// One language: name, letters, and the cost of each letter after each other.
fn language(name: &str, text: &str) -> Vec<u8> {
    let mut seen: BTreeMap<char, usize> = BTreeMap::new();
    for c in text.chars().filter(|&c| is_letter(c)) {
        *seen.entry(c.to_lowercase().next().unwrap()).or_default() += 1;
    }
    let mut letters: Vec<(usize, char)> = seen.into_iter().map(|(c, n)| (n, c)).filter(|&(n, _)| n >= 3).collect();
    letters.sort_by(|a, b| b.cmp(a));
    letters.truncate(100);
    let mut letters: Vec<char> = letters.into_iter().map(|(_, c)| c).filter(|&c| (c as u32) < 0x10000).collect();
    letters.sort();

    let size = letters.len() + 2;
    let mut single = vec![0.5f64; size];
    let mut pairs = vec![0f64; size * size];
    let mut before = 0;
    for class in classes(text, &letters) {
        single[class] += 1.0;
        pairs[before * size + class] += 1.0;
        before = class;
    }
    let total: f64 = single.iter().sum();
    let mut out = vec![name.len() as u8];
    out.extend(name.bytes());
    out.push(letters.len() as u8);
    out.extend(letters.iter().flat_map(|&c| (c as u16).to_le_bytes()));
    for row in pairs.chunks(size) {
        let sum: f64 = row.iter().sum();
        let kinds = row.iter().filter(|&&n| n > 0.0).count() as f64;
        // Witten–Bell: the more different letters follow, the more a new one is to be expected.
        let known = if sum > 0.0 { sum / (sum + kinds) } else { 0.0 };
        out.extend((0..size).map(|class| {
            let pair = if sum > 0.0 { row[class] / sum } else { 0.0 };
            cost(known * pair + (1.0 - known) * (0.9 * single[class] / total + 0.1 / size as f64))
        }));
    }
    out
}

/// `tables/decode/text/*.txt`, in order of name.
fn languages() -> Vec<u8> {
    let mut files: Vec<_> = std::fs::read_dir("tables/decode/text").unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    let texts = files.iter().filter(|f| f.extension().is_some_and(|e| e == "txt"));
    texts
        .flat_map(|f| language(f.file_stem().unwrap().to_str().unwrap(), &std::fs::read_to_string(f).unwrap()))
        .collect()
}

fn compare(path: &str, built: &[u8]) {
    if std::env::var_os("ZONETEXT_BLESS").is_some() {
        std::fs::write(path, built).unwrap();
    }
    let committed = std::fs::read(Path::new(path)).unwrap_or_default();
    assert!(committed == built, "{path} is not what its sources give (ZONETEXT_BLESS=1 writes it)");
}

#[test]
fn characters_come_from_counts() {
    compare("src/decode/characters.tsv", characters().as_bytes());
}

#[test]
fn languages_come_from_texts() {
    compare("src/languages.bin", &languages());
}
