//! Rates over the kinds of page.

use super::kinds::{KINDS, Source};
use super::{Numbers, decode, texts};

/// Pages made of each kind.
const PAGES: usize = 8;

/// Mean share of lines that come back, and of pages that are perfect, over the kinds: the bars, which no one lowers.
const LINES: f64 = 0.98;
const PERFECT: f64 = 0.91;

/// Lines of a page: ours, in an order of its own.
fn lines<'a>(from: &[&'a str], numbers: &mut Numbers) -> Vec<&'a str> {
    (0..12).map(|_| *numbers.pick(from)).collect()
}

#[test]
fn pages_of_our_text_come_back() {
    come_back(texts::HANS, texts::HANT);
}

/// The same kinds from more text, which is not in the repository.
#[test]
fn pages_of_shared_text_come_back() {
    let folder = std::path::Path::new("../shared/data");
    let (Ok(plain), Ok(gsd)) = (
        std::fs::read_to_string(folder.join("text/modern_narrative.txt")),
        std::fs::read_to_string(folder.join("sentences/gsd-trad.jsonl")),
    ) else {
        println!("skipped: ../shared/data is not there");
        return;
    };
    // What Big5 and GBK can both write, without what HTML or HZ would write otherwise.
    let fits = |line: &str| {
        let odd = line.contains(['~', '<', '&', '\u{fffd}', '·', '—', '…']);
        (20..300).contains(&line.len()) && !odd
    };
    let hans: Vec<&str> =
        plain.lines().step_by(97).filter(|l| fits(l) && !encoding_rs::GBK.encode(l).2).take(400).collect();
    let texts: Vec<String> = gsd
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["text"].as_str().unwrap().to_owned())
        .collect();
    let cannot = |l: &str| encoding_rs::BIG5.encode(l).2 || encoding_rs::GBK.encode(l).2;
    let hant = texts.iter().flat_map(|text| text.split_inclusive('。')).filter(|l| fits(l) && !cannot(l));
    come_back(&hans, &hant.take(400).collect::<Vec<_>>());
}

fn come_back(from_hans: &[&str], from_hant: &[&str]) {
    let mut rows = Vec::new();
    for (number, (name, make)) in KINDS.iter().enumerate() {
        let (mut shares, mut perfect) = (0.0, 0);
        for page in 0..PAGES {
            let mut numbers = Numbers((number * 1000 + page) as u64);
            let (hans, hant) = (lines(from_hans, &mut numbers), lines(from_hant, &mut numbers));
            let made = make(&mut Source { hans, hant, numbers });
            let (text, found) = decode(&made.bytes);
            let have: std::collections::HashSet<&str> = text.lines().collect();
            let back = made.truth.lines().filter(|line| have.contains(line)).count();
            shares += back as f64 / made.truth.lines().count() as f64;
            perfect += usize::from(text == made.truth);
            if text != made.truth && std::env::var_os("ZONETEXT_SHOW").is_some() {
                let lost: Vec<&str> = made.truth.lines().filter(|line| !have.contains(line)).take(3).collect();
                let seen: Vec<&str> = text.lines().filter(|line| !made.truth.contains(line)).take(3).collect();
                eprintln!("{name}: {lost:?}\n  came back as {seen:?} {found:?}");
            }
        }
        rows.push((*name, shares / PAGES as f64, perfect as f64 / PAGES as f64));
    }
    let mean = |of: fn(&(&str, f64, f64)) -> f64| rows.iter().map(of).sum::<f64>() / rows.len() as f64;
    let (shares, perfect) = (mean(|row| row.1), mean(|row| row.2));
    let worst: Vec<_> = rows.iter().filter(|row| row.2 < 1.0).collect();
    println!("{} kinds: lines {shares:.4}, perfect {perfect:.4}; not perfect: {worst:?}", rows.len());
    assert!(rows.len() >= 33 && shares >= LINES && perfect >= PERFECT, "{shares} {perfect} {worst:?}");
}
