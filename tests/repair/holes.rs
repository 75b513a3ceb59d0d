//! One byte lost from GBK, seen as bytes: what `decode` makes of it, and what comes back when `repair` knows which byte is left.

use super::mirror::{Dice, sentences};
use zonetext::{Options, clean, decode};

/// How a byte is lost.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Loss {
    Lead,
    Trail,
    /// The first byte became "?".
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

fn pages(lines: &[String], loss: Loss, turn: usize, markup: bool) -> Vec<Shown> {
    let mut dice = Dice(0x2545_F491_4F6C_DD1D + turn as u64);
    lines.chunks(PAGE).map(|lines| page(lines, loss, turn, markup, &mut dice)).collect()
}

fn page(lines: &[String], loss: Loss, turn: usize, markup: bool, dice: &mut Dice) -> Shown {
    let mut shown = Shown { bytes: Vec::new(), meant: Vec::new(), lost: Vec::new() };
    if markup {
        shown.bytes.extend(b"<html><head><meta charset=gbk></head><body><article>\n");
    }
    for (at, line) in lines.iter().enumerate() {
        let wide: Vec<(usize, char)> = line.chars().enumerate().filter(|(_, c)| !c.is_ascii()).collect();
        let lost = (at % EVERY == turn % EVERY).then(|| wide[dice.roll(wide.len())].0);
        if markup {
            shown.bytes.extend(b"<p>");
        }
        for (place, c) in line.chars().enumerate() {
            let pair = encoding_rs::GBK.encode(c.encode_utf8(&mut [0; 4])).0.into_owned();
            match loss {
                _ if lost != Some(place) => shown.bytes.extend(pair),
                Loss::Lead => shown.bytes.push(pair[1]),
                Loss::Trail => shown.bytes.push(pair[0]),
                Loss::Question => shown.bytes.extend([b'?', pair[1]]),
            }
        }
        shown.bytes.extend_from_slice(if markup { b"</p>\n" } else { b"\n" });
        shown.meant.push(line.clone());
        shown.lost.push(lost);
    }
    if markup {
        shown.bytes.extend(b"</article></body></html>\n");
    }
    shown
}

/// Sentences that GBK can write.
fn lines(name: &str) -> Vec<String> {
    let fits = |line: &String| !encoding_rs::GBK.encode(line).2 && line.chars().filter(|c| !c.is_ascii()).count() >= 6;
    sentences(name).into_iter().filter(fits).collect()
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
                if out != meant {
                    println!("   spoiled {out}\n   meant {meant}");
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

/// Lines that come back exactly, of a hundred; U+FFFD is left where nothing was likely enough.
#[test]
fn a_lost_byte_of_a_page_is_filled_in() {
    let turns = if std::env::var_os("ZONETEXT_FULL").is_some() { EVERY } else { 1 };
    let mut show: usize = std::env::var("ZONETEXT_REPAIR_MISSES").ok().and_then(|n| n.parse().ok()).unwrap_or(0);
    for (name, loss, markup) in [
        ("gsd-simp.jsonl", Loss::Lead, false),
        ("gsd-simp.jsonl", Loss::Trail, false),
        ("gsd-simp.jsonl", Loss::Question, false),
        ("gsd-trad.jsonl", Loss::Lead, false),
        ("gsd-trad.jsonl", Loss::Trail, false),
        ("gsd-trad.jsonl", Loss::Question, false),
        ("gsd-simp.jsonl", Loss::Lead, true),
        ("gsd-trad.jsonl", Loss::Trail, true),
    ] {
        let lines = lines(name);
        let options = Options { extract: if markup { Options::default().extract } else { None }, ..Options::default() };
        let pages: Vec<Shown> = (0..turns).flat_map(|turn| pages(&lines, loss, turn, markup)).collect();
        let counts = count(&pages, &options, &mut show);
        println!("{name} {loss:?} markup {markup}: {counts:?}");
    }
}
