//! One byte lost from GBK, seen as bytes: what `decode` makes of it, and what comes back when `repair` knows which byte is left.

use super::mirror::{Dice, sentences};
use encoding_rs::{BIG5, Encoding, GBK, UTF_8};
use zonetext::{Options, clean, decode};

/// Which byte of a character is lost.
#[derive(Clone, Copy, Debug)]
enum Lost {
    Byte(usize),
    /// The first one became "?".
    Question,
}

/// A page as bytes, with what it was and which of its lines lost a byte, and of which character.
struct Shown {
    bytes: Vec<u8>,
    meant: Vec<String>,
    lost: Vec<Option<usize>>,
}

/// Lines in which so many can lose a byte are one page, and one in so many of them does.
const PAGE: usize = 20;
const EVERY: usize = 4;

fn pages(lines: &[String], encoding: &'static Encoding, lost: Lost, turn: usize, markup: bool) -> Vec<Shown> {
    let mut dice = Dice(0x2545_F491_4F6C_DD1D + turn as u64);
    lines.chunks(PAGE).map(|lines| page(lines, encoding, lost, turn, markup, &mut dice)).collect()
}

fn page(
    lines: &[String],
    encoding: &'static Encoding,
    lost: Lost,
    turn: usize,
    markup: bool,
    dice: &mut Dice,
) -> Shown {
    let mut shown = Shown { bytes: Vec::new(), meant: Vec::new(), lost: Vec::new() };
    if markup {
        shown.bytes.extend(b"<html><head><meta charset=gbk></head><body><article>\n");
    }
    for (at, line) in lines.iter().enumerate() {
        let wide: Vec<(usize, char)> = line.chars().enumerate().filter(|(_, c)| *c >= '\u{2E80}').collect();
        let place = (at % EVERY == turn % EVERY).then(|| wide[dice.roll(wide.len())].0);
        if markup {
            shown.bytes.extend(b"<p>");
        }
        for (at, c) in line.chars().enumerate() {
            let mut bytes = encoding.encode(c.encode_utf8(&mut [0; 4])).0.into_owned();
            match lost {
                _ if place != Some(at) => {}
                Lost::Byte(at) => drop(bytes.remove(at)),
                Lost::Question => bytes[0] = b'?',
            }
            shown.bytes.extend(bytes);
        }
        shown.bytes.extend_from_slice(if markup { b"</p>\n" } else { b"\n" });
        shown.meant.push(line.clone());
        shown.lost.push(place);
    }
    if markup {
        shown.bytes.extend(b"</article></body></html>\n");
    }
    shown
}

/// Sentences that an encoding can write.
fn lines(name: &str, encoding: &'static Encoding) -> Vec<String> {
    let wide = |line: &String| line.chars().filter(|&c| c >= '\u{2E80}').count() >= 6;
    sentences(name).into_iter().filter(|line| !encoding.encode(line).2 && wide(line)).collect()
}

#[derive(Default, Debug)]
struct Counts {
    lines: usize,
    /// U+FFFD stands for the lost character and nothing else is wrong in what `decode` gives.
    placed: usize,
    /// There is exactly one U+FFFD.
    marked: usize,
    exact: usize,
    /// Lines that did not lose a byte and came back otherwise.
    spoiled: usize,
}

fn count(pages: &[Shown], options: &Options, show: &mut usize) -> Counts {
    let mut counts = Counts::default();
    for page in pages {
        let decoded = decode::decode(&page.bytes, &decode::Options::default());
        let strip = |line: &str| line.trim_start_matches("<p>").trim_end_matches("</p>").to_owned();
        let seen: Vec<String> = decoded.text.lines().map(strip).filter(|l| !l.starts_with('<')).collect();
        let got = clean(&page.bytes, options).body();
        let got: Vec<&str> = got.lines().filter(|l| !l.is_empty()).collect();
        for (at, (meant, lost)) in page.meant.iter().zip(&page.lost).enumerate() {
            let out = got.get(at).copied().unwrap_or_default();
            let Some(lost) = lost else {
                counts.spoiled += usize::from(out != meant);
                if out != meant && *show > 0 {
                    println!("   spoiled {meant}\n   got     {out}");
                }
                continue;
            };
            counts.lines += 1;
            let seen = seen.get(at).cloned().unwrap_or_default();
            let with: String =
                meant.chars().enumerate().map(|(at, c)| if at == *lost { '\u{FFFD}' } else { c }).collect();
            counts.placed += usize::from(seen == with);
            counts.marked += usize::from(seen.matches('\u{FFFD}').count() == 1);
            counts.exact += usize::from(out == meant);
            if out != meant && *show > 0 {
                *show -= 1;
                println!("   seen  {seen}\n   got   {out}\n   meant {meant}");
            }
        }
    }
    counts
}

/// Text, encoding, what is lost; whether as markup; lines of a hundred that must come back exactly.
const KINDS: &[(&str, &Encoding, Lost, bool, usize)] = &[
    ("gsd-simp.jsonl", GBK, Lost::Byte(0), false, 70),
    ("gsd-simp.jsonl", GBK, Lost::Byte(1), false, 64),
    ("gsd-simp.jsonl", GBK, Lost::Question, false, 80),
    ("gsd-trad.jsonl", GBK, Lost::Byte(0), false, 70),
    ("gsd-trad.jsonl", GBK, Lost::Byte(1), false, 70),
    ("gsd-trad.jsonl", GBK, Lost::Question, false, 80),
    ("gsd-simp.jsonl", GBK, Lost::Byte(0), true, 70),
    ("gsd-trad.jsonl", GBK, Lost::Byte(1), true, 70),
    ("gsd-trad.jsonl", BIG5, Lost::Byte(0), false, 0),
    ("gsd-trad.jsonl", BIG5, Lost::Byte(1), false, 0),
    ("gsd-simp.jsonl", UTF_8, Lost::Byte(0), false, 0),
    ("gsd-simp.jsonl", UTF_8, Lost::Byte(1), false, 0),
    ("gsd-simp.jsonl", UTF_8, Lost::Byte(2), true, 0),
];

/// Lines that come back exactly, of a hundred; U+FFFD is left where nothing was likely enough.
#[test]
fn a_lost_byte_of_a_page_is_filled_in() {
    let turns = if std::env::var_os("ZONETEXT_FULL").is_some() { EVERY } else { 1 };
    let mut show: usize = std::env::var("ZONETEXT_REPAIR_MISSES").ok().and_then(|n| n.parse().ok()).unwrap_or(0);
    let mut failed = Vec::new();
    for &(name, encoding, lost, markup, floor) in KINDS {
        let lines = lines(name, encoding);
        let options = Options { extract: if markup { Options::default().extract } else { None }, ..Options::default() };
        let pages: Vec<Shown> = (0..turns).flat_map(|turn| pages(&lines, encoding, lost, turn, markup)).collect();
        let counts = count(&pages, &options, &mut show);
        println!("{name} {} {lost:?} markup {markup}: {counts:?}", encoding.name());
        if counts.exact * 100 < counts.lines * floor || counts.spoiled * 1000 > counts.lines * 3 {
            failed.push((name, encoding.name(), lost));
        }
    }
    assert!(failed.is_empty(), "below their floors: {failed:?}");
}
