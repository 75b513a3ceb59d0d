//! Short inputs in the encodings of the Web: 20, 50, 200 and 1,000 bytes without markup or declaration.

use super::{Numbers, decode, encode, texts};
use encoding_rs::Encoding;

/// Rates of equal text a size must reach, mean over the encodings: the bars, which no one lowers.
const FLOORS: &[(usize, f64)] = &[(20, 0.985), (50, 0.995), (200, 0.999), (1000, 1.0)];

const HAN: &[(&str, &[&[&str]])] = &[
    ("utf-8", &[texts::HANS, texts::HANT, texts::JAPANESE, texts::KOREAN]),
    ("gbk", &[texts::HANS]),
    ("gb18030", &[texts::HANS]),
    ("big5", &[texts::HANT]),
    ("shift_jis", &[texts::JAPANESE]),
    ("euc-jp", &[texts::JAPANESE]),
    ("iso-2022-jp", &[texts::JAPANESE]),
    ("euc-kr", &[texts::KOREAN]),
    ("utf-16le", &[texts::HANS, texts::HANT, texts::JAPANESE, texts::KOREAN]),
    ("utf-16be", &[texts::HANS, texts::HANT, texts::JAPANESE, texts::KOREAN]),
];

/// Whole characters of `text` from a random place (round and round) that fill at most `size` bytes.
fn stretch(text: &[char], encoding: &'static Encoding, size: usize, numbers: &mut Numbers) -> String {
    let start = numbers.below(text.len());
    let mut taken: Vec<char> = text.iter().cycle().skip(start).take(size).copied().collect();
    loop {
        let text: String = taken.iter().collect();
        let over = encode(&text, encoding).len().saturating_sub(size);
        if over == 0 {
            return text;
        }
        taken.truncate(taken.len() - over.div_ceil(4).max(1));
    }
}

/// Share of stretches that come back as they went, for a size.
fn rate(label: &str, texts: &[&[&str]], size: usize) -> f64 {
    let encoding = Encoding::for_label(label.as_bytes()).unwrap();
    let mut numbers = Numbers(size as u64);
    let (mut right, mut all) = (0, 0);
    for text in texts {
        let chars: Vec<char> = text.join(" ").chars().chain([' ']).collect();
        for _ in 0..if size > 100 { 12 } else { 60 } {
            let truth = stretch(&chars, encoding, size, &mut numbers);
            let (text, found) = decode(&encode(&truth, encoding));
            all += 1;
            right += usize::from(text == truth);
            if text != truth && std::env::var_os("ZONETEXT_SHOW").is_some() {
                eprintln!("{label} {size}: {truth:?} came back as {text:?} {:?}", found.evidence);
            }
        }
    }
    right as f64 / all as f64
}

#[test]
fn short_inputs_come_back() {
    for &(size, floor) in FLOORS {
        let mut rates: Vec<(&str, f64)> = HAN.iter().map(|(label, texts)| (*label, rate(label, texts, size))).collect();
        rates.extend(texts::ALPHABETS.iter().map(|(label, texts)| {
            let each: Vec<f64> = texts.iter().map(|text| rate(label, &[&[text]], size)).collect();
            (*label, each.iter().sum::<f64>() / each.len() as f64)
        }));
        let mean = rates.iter().map(|rate| rate.1).sum::<f64>() / rates.len() as f64;
        let worst: Vec<_> = rates.iter().filter(|rate| rate.1 < 1.0).collect();
        println!("{size} bytes: mean {mean:.4}; below 1: {worst:?}");
        assert!(mean >= floor, "{size} bytes: mean {mean:.4} < {floor}; {worst:?}");
    }
}
