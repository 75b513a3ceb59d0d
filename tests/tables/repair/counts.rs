//! Sources → `counts.bin`: how often characters, pairs and triples of characters stand together, in fifths.
//!
//! Shape, all numbers big-endian base 128: vocabulary size; each character with how often it stood, how many others it followed and how often
//! one followed it; then for each first character its number of pairs, and for each pair: step to its second character, count, number of
//! triples, and where there are some how often any followed, and for each the step and count.

use super::prune::{contexts, worth};
use std::collections::HashMap;
use std::path::Path;
use zonetext::repair::fold;

/// Source files of running text with their weights: news counts most, statutes repeat themselves.
const TEXTS: [(&str, f32); 2] = [("modern_narrative.txt", 0.4), ("statutes.txt", 0.2)];

/// Traditional → Simplified, characters of the basic plane alone.
pub fn simplified(root: &Path) -> HashMap<char, char> {
    mapping(root, "TSCharacters.txt").into_iter().filter(|(t, s)| *t != s[0]).map(|(t, s)| (t, s[0])).collect()
}

/// The rows of an OpenCC table as (character, its choices).
pub fn mapping(root: &Path, name: &str) -> Vec<(char, Vec<char>)> {
    let text = std::fs::read_to_string(root.join("tables/repair").join(name)).expect("the table is committed");
    let mut rows = Vec::new();
    for line in text.lines().filter(|l| !l.starts_with('#')) {
        let Some((key, values)) = line.split_once('\t') else { continue };
        let key = key.chars().next().expect("a key");
        let values = values.split(' ').filter_map(|v| v.chars().next()).filter(|&v| (v as u32) < 0x10000);
        let values: Vec<char> = values.collect();
        if (key as u32) < 0x10000 && !values.is_empty() {
            rows.push((key, values));
        }
    }
    rows
}

#[derive(Default)]
struct Grams {
    single: HashMap<char, f32>,
    /// Keys are two or three characters of 16 bits; sorted and summed from time to time.
    pairs: Tally,
    triples: Tally,
}

#[derive(Default)]
struct Tally {
    fresh: Vec<(u64, f32)>,
    sum: Vec<(u64, f32)>,
}

impl Tally {
    fn add(&mut self, key: u64, weight: f32) {
        self.fresh.push((key, weight));
        if self.fresh.len() > 4_000_000 {
            self.settle();
        }
    }

    fn settle(&mut self) {
        self.sum.append(&mut self.fresh);
        self.sum.sort_unstable_by_key(|a| a.0);
        self.sum.dedup_by(|b, a| {
            let same = a.0 == b.0;
            if same {
                a.1 += b.1;
            }
            same
        });
    }
}

impl Grams {
    /// Counts a text; `edges` says that it begins and ends a line.
    fn add(&mut self, text: &[char], weight: f32, edges: bool) {
        let mut chars = Vec::with_capacity(text.len() + 2);
        if edges {
            chars.push('\n');
        }
        chars.extend_from_slice(text);
        if edges {
            chars.push('\n');
        }
        for &c in &chars {
            *self.single.entry(c).or_default() += weight;
        }
        let key = |w: &[char]| w.iter().fold(0u64, |k, &c| k << 16 | c as u64);
        for pair in chars.windows(2) {
            self.pairs.add(key(pair), weight);
        }
        for triple in chars.windows(3) {
            self.triples.add(key(triple), weight);
        }
    }
}

/// Folded, simplified, spaces and digits run together, what is not Chinese text as one mark.
fn normal(text: &str, map: &HashMap<char, char>) -> Vec<char> {
    let mut out: Vec<char> = Vec::with_capacity(text.len() / 3);
    for c in text.trim().chars() {
        let c = fold(c);
        let c = *map.get(&c).unwrap_or(&c);
        let c = if (c as u32) < 0x10000 { c } else { '\u{1}' };
        if matches!(c, ' ' | '0' | 'a') && out.last() == Some(&c) {
            continue;
        }
        out.push(c);
    }
    out
}

pub fn build(sources: &Path, text: &Path, map: &HashMap<char, char>) -> Vec<u8> {
    build_of(sources, text, map, |_| true)
}

/// The same of some of the sources: "news", "modern_narrative.txt", "statutes.txt", "words" (both kinds of list).
pub fn build_of(sources: &Path, text: &Path, map: &HashMap<char, char>, keep: impl Fn(&str) -> bool) -> Vec<u8> {
    let mut grams = Grams::default();
    let read = |path: &Path, name: &str| match keep(name) {
        true => std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display())),
        false => String::new(),
    };
    for line in read(&sources.join("199801.txt"), "news").lines() {
        let joined: String = line.split_whitespace().map(|w| w.rsplit_once('/').map_or(w, |p| p.0)).collect();
        grams.add(&normal(&joined.replace(['[', ']'], ""), map), 1.0, true);
    }
    for (name, weight) in TEXTS {
        for line in read(&text.join(name), name).lines() {
            grams.add(&normal(line, map), weight, true);
        }
    }
    for line in read(&sources.join("jieba.txt"), "words").lines() {
        let mut fields = line.split(' ');
        let (Some(word), Some(count)) = (fields.next(), fields.next()) else { continue };
        let count: f32 = count.parse().unwrap_or(0.0);
        let word = normal(word, map);
        if word.len() > 1 {
            grams.add(&word, (count * 0.03).clamp(if count > 5.0 { 1.3 } else { 0.4 }, 400.0), false);
        }
    }
    let mut lists: Vec<_> = std::fs::read_dir(text.join("thuocl")).expect("word lists").flatten().collect();
    lists.sort_by_key(|e| e.file_name());
    for list in lists.iter().filter(|e| e.path().extension().is_some_and(|x| x == "txt")) {
        for line in read(&list.path(), "words").lines() {
            let Some((word, count)) = line.split_once('\t') else { continue };
            let word = normal(word, map);
            if word.len() > 1 && count.trim().parse().unwrap_or(0u64) > 20 {
                grams.add(&word, 1.3, false);
            }
        }
    }
    written(grams)
}

/// Second character, count, how often another followed both, and (third character, count).
type Row = (usize, f32, f64, Vec<(usize, f32)>);

fn written(mut grams: Grams) -> Vec<u8> {
    grams.pairs.settle();
    grams.triples.settle();
    let mut vocabulary: Vec<(char, f32)> = grams.single.into_iter().filter(|&(_, n)| n >= 0.8).collect();
    vocabulary.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    vocabulary.retain(|&(c, _)| c != '\n' && c != '\u{1}');
    vocabulary.insert(0, ('\n', 0.0));
    vocabulary.insert(1, ('\u{1}', 0.0));
    let number: HashMap<u64, usize> = vocabulary.iter().enumerate().map(|(i, &(c, _))| (c as u64, i)).collect();
    let id = |c: u64| number.get(&(c & 0xFFFF)).copied().unwrap_or(1);
    let inside = |key: u64, size: u32| (0..size).all(|at| id(key >> (16 * at)) != 1);
    let pairs: Vec<_> = grams.pairs.sum.into_iter().filter(|p| inside(p.0, 2)).collect();
    let triples: Vec<_> = grams.triples.sum.into_iter().filter(|t| inside(t.0, 3)).collect();
    let mut kinds = vec![0usize; vocabulary.len()];
    let mut stood = vec![0f32; vocabulary.len()];
    for &(key, n) in &pairs {
        kinds[id(key)] += 1;
        stood[id(key)] += n;
    }
    let alone = super::estimate::alone(&stood, &kinds);
    let alone = vocabulary.iter().zip(alone).map(|(v, p)| (v.0 as u64, p)).collect();
    let (after, after_pair) = (contexts(&pairs), contexts(&triples));
    let (pairs, triples) = worth(&pairs, &triples, &alone);
    let mut rows: Vec<Vec<Row>> = vec![Vec::new(); vocabulary.len()];
    for (key, n) in pairs {
        rows[id(key >> 16)].push((id(key), n, after_pair.get(&key).map_or(0.0, |after| after.0), Vec::new()));
    }
    rows.iter_mut().for_each(|r| r.sort_by_key(|e| e.0));
    for (key, n) in triples {
        let row = &mut rows[id(key >> 32)];
        if let Ok(at) = row.binary_search_by_key(&id(key >> 16), |e| e.0) {
            row[at].3.push((id(key), n));
        }
    }
    let fifths = |n: f64| (n * 5.0).round() as usize;
    let mut out = Vec::new();
    put(&mut out, vocabulary.len());
    for (at, &(c, _)) in vocabulary.iter().enumerate() {
        put(&mut out, c as usize);
        put(&mut out, fifths(stood[at].into()));
        put(&mut out, kinds[at]);
        put(&mut out, fifths(after.get(&(c as u64)).map_or(0.0, |after| after.0)));
    }
    for row in &mut rows {
        put(&mut out, row.len());
        let mut before = 0;
        for (b, n, all, tail) in row {
            put(&mut out, *b - before);
            before = *b;
            put(&mut out, fifths((*n).into()));
            put(&mut out, tail.len());
            if !tail.is_empty() {
                put(&mut out, fifths(*all));
            }
            tail.sort_by_key(|t| t.0);
            let mut last = 0;
            for (c, n) in tail {
                put(&mut out, *c - last);
                last = *c;
                put(&mut out, fifths((*n).into()));
            }
        }
    }
    out
}

/// Writes a number, base 128, big-endian, the top bit set on all but the last byte.
pub fn put(out: &mut Vec<u8>, value: usize) {
    let mut shift = 63;
    while shift > 0 && value >> shift == 0 {
        shift -= 7;
    }
    while shift > 0 {
        out.push(0x80 | (value >> shift & 0x7F) as u8);
        shift -= 7;
    }
    out.push((value & 0x7F) as u8);
}

/// Readings of the characters GBK has, a line each.
pub fn readings(sources: &Path) -> String {
    let text = std::fs::read_to_string(sources.join("pinyin.txt")).expect("pinyin.txt is among the sources");
    let mut rows = Vec::new();
    for line in text.lines() {
        let Some((code, rest)) = line.strip_prefix("U+").and_then(|l| l.split_once(": ")) else { continue };
        let c = u32::from_str_radix(code, 16).ok().and_then(char::from_u32).expect("a code point");
        let (_, _, lost) = encoding_rs::GBK.encode(c.encode_utf8(&mut [0; 4]));
        let two_bytes = encoding_rs::GBK.encode(c.encode_utf8(&mut [0; 4])).0.len() == 2;
        if !lost && two_bytes && (c as u32) < 0x10000 {
            rows.push((c, rest.split("  #").next().unwrap_or("").trim().to_owned()));
        }
    }
    rows.sort();
    rows.into_iter().map(|(c, r)| format!("{c}\t{r}\n")).collect()
}
