//! `counts.bin` + `readings.tsv` + the OpenCC character tables → `model.bin` and `common.bin`.
//!
//! Absolute discounting, each order interpolated with the next lower one, as costs (−log p) and back-off costs in twelfths of a nat. Those
//! of characters by themselves take a byte each, those of pairs five bits and those of triples four, in steps.

use super::bits::{Bits, best_low};
use super::counts::{mapping, put};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

/// What is taken from a count for what was never seen: more from what was seen more than once (Chen and Goodman).
pub fn discount(count: f64) -> f64 {
    match count {
        ..1.5 => (0.9 * count).min(0.6),
        ..2.5 => 0.84,
        _ => 1.02,
    }
}

/// The steps of costs, in twelfths of a nat: of pairs, of triples, of what comes on top for the unseen. `src/repair/model/row.rs` has the same.
const STEPS: (u32, u32, u32) = (5, 6, 3);

struct Counts {
    chars: Vec<char>,
    single: Vec<f64>,
    kinds: Vec<usize>,
    /// How often any character followed.
    after: Vec<f64>,
    rows: Vec<Vec<Pair>>,
}

struct Pair {
    second: usize,
    count: f64,
    after: f64,
    tail: Vec<(usize, f64)>,
}

struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn number(&mut self) -> usize {
        let mut value = 0;
        loop {
            let b = self.0[0];
            self.0 = &self.0[1..];
            value = value << 7 | usize::from(b & 0x7F);
            if b < 0x80 {
                return value;
            }
        }
    }
}

fn read(bytes: &[u8]) -> Counts {
    let mut from = Reader(bytes);
    let n = from.number();
    let mut counts = Counts {
        chars: Vec::new(),
        single: Vec::new(),
        kinds: Vec::new(),
        after: Vec::new(),
        rows: Vec::with_capacity(n),
    };
    for _ in 0..n {
        counts.chars.push(char::from_u32(from.number() as u32).expect("a character"));
        counts.single.push(from.number() as f64 / 5.0);
        counts.kinds.push(from.number());
        counts.after.push(from.number() as f64 / 5.0);
    }
    for _ in 0..n {
        let mut second = 0;
        let mut row = Vec::new();
        for _ in 0..from.number() {
            second += from.number();
            let count = from.number() as f64 / 5.0;
            let tails = from.number();
            let after = if tails > 0 { from.number() as f64 / 5.0 } else { 0.0 };
            let mut third = 0;
            let tail = (0..tails).map(|_| {
                third += from.number();
                (third, from.number() as f64 / 5.0)
            });
            let tail = tail.collect();
            row.push(Pair { second, count, after, tail });
        }
        counts.rows.push(row);
    }
    counts
}

fn cost(p: f64) -> u8 {
    (-p.ln() * 12.0).round().clamp(0.0, 255.0) as u8
}

/// A part of the model that can be left out, to measure what it brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Pairs, and with them triples.
    Pairs,
    Triples,
    /// The readings of characters.
    Pinyin,
    /// The map from Traditional to Simplified that Traditional text is priced through.
    Map,
    /// How many others a character follows: then only how often it does counts for it alone.
    Kinds,
}

pub fn build(counts: &[u8], readings: &str, root: &Path) -> (Vec<u8>, Vec<u8>) {
    build_without(None, counts, readings, root)
}

pub fn build_without(part: Option<Part>, counts: &[u8], readings: &str, root: &Path) -> (Vec<u8>, Vec<u8>) {
    let mut counts = read(counts);
    let readings = if part == Some(Part::Pinyin) { "" } else { readings };
    let n = counts.chars.len();
    for row in &mut counts.rows {
        match part {
            Some(Part::Pairs) => row.clear(),
            Some(Part::Triples) => row.iter_mut().for_each(|pair| pair.tail.clear()),
            _ => {}
        }
    }
    let single: Vec<f32> = counts.single.iter().map(|&n| n as f32).collect();
    let none = vec![0; n];
    let p1 = alone(&single, if part == Some(Part::Kinds) { &none } else { &counts.kinds });
    // Probabilities of pairs are needed for the tails of other rows, so they come first.
    let rows = counts.rows.iter().zip(&counts.after);
    let p2: Vec<(HashMap<usize, f64>, f64)> = rows
        .map(|(row, &after)| shares(row.iter().map(|pair| (pair.second, pair.count)), after, |second| p1[second]))
        .collect();
    let lower = |b: usize, c: usize| p2[b].0.get(&c).copied().unwrap_or(p2[b].1 * p1[c]);
    let (mut places, mut body) = (Vec::new(), Vec::new());
    for (row, (p2, _)) in counts.rows.iter().zip(&p2) {
        let bytes = row_bytes(row, p2, lower);
        put(&mut places, row.len());
        put(&mut places, bytes.len());
        body.extend(bytes);
    }
    let mut out = Vec::new();
    put(&mut out, n);
    counts.chars.iter().for_each(|&c| put(&mut out, c as usize));
    for (&p, (_, back)) in p1.iter().zip(&p2) {
        out.push(cost(p));
        out.push(cost(*back));
    }
    let common = spelling(&mut out, root, &counts.chars, &counts.single, part != Some(Part::Map));
    out.extend(places);
    out.extend(body);
    pinyin(&mut out, readings);
    (out, common)
}

/// The share of each character by itself. How often a character follows others says less of a new place than how many others it follows
/// (Kneser and Ney); half of each was two slipped lines of 134 better than either.
pub fn alone(stood: &[f32], kinds: &[usize]) -> Vec<f64> {
    let share = |n: f64, all: f64| (n + 0.5) / (all + 0.5 * stood.len() as f64);
    let all: f64 = stood.iter().map(|&n| f64::from(n)).sum();
    let followed: usize = kinds.iter().sum();
    let half = if followed > 0 { 0.5 } else { 0.0 };
    let both = stood.iter().zip(kinds);
    both.map(|(&n, &k)| (1.0 - half) * share(n.into(), all) + half * share(k as f64, followed as f64)).collect()
}

/// What follows a context that any character followed `after` times: the share of each that is kept, and what the share of any other is
/// multiplied with.
fn shares(
    kept: impl Iterator<Item = (usize, f64)> + Clone,
    after: f64,
    lower: impl Fn(usize) -> f64,
) -> (HashMap<usize, f64>, f64) {
    let own = |count: f64| (count - discount(count)).max(0.0) / after.max(count);
    let rest = (1.0 - kept.clone().map(|(_, count)| own(count)).sum::<f64>()).clamp(0.002, 1.0);
    let found: HashMap<usize, f64> = kept.clone().map(|(c, count)| (c, own(count) + rest * lower(c))).collect();
    let (mut above, mut below) = (0.0, 0.0);
    for (c, _) in kept {
        above += found[&c];
        below += lower(c);
    }
    let back = ((1.0 - above).max(0.002) / (1.0 - below).max(0.002)).min(1.0);
    (found, back)
}

/// Shape, by bits: the size of steps from one second character to the next and from one third to the next, four bits each; then for each
/// pair its step, its cost, and whether it has third characters; for those the cost on top, how many they are, and the step and cost of each.
fn row_bytes(row: &[Pair], p2: &HashMap<usize, f64>, lower: impl Fn(usize, usize) -> f64) -> Vec<u8> {
    let steps = |numbers: &mut dyn Iterator<Item = usize>| {
        let mut before = 0;
        let step = |number: usize| (number - std::mem::replace(&mut before, number + 1)) as u32;
        numbers.map(step).collect::<Vec<u32>>()
    };
    let seconds = steps(&mut row.iter().map(|pair| pair.second));
    let tails: Vec<Vec<u32>> = row.iter().map(|pair| steps(&mut pair.tail.iter().map(|t| t.0))).collect();
    let (low, low_tail) = (best_low(&seconds), best_low(&tails.concat()));
    let mut bits = Bits::default();
    bits.put(low, 4);
    bits.put(low_tail, 4);
    for ((pair, step), tail) in row.iter().zip(seconds).zip(tails) {
        bits.put_any(step, low);
        bits.put(stepped(p2[&pair.second], STEPS.0, 31), 5);
        bits.put(u32::from(!tail.is_empty()), 1);
        if tail.is_empty() {
            continue;
        }
        let (p3, back) = shares(pair.tail.iter().copied(), pair.after, |c| lower(pair.second, c));
        bits.put(stepped(back, STEPS.2, 15), 4);
        bits.put_any(tail.len() as u32 - 1, 1);
        for (step, (c, _)) in tail.into_iter().zip(&pair.tail) {
            bits.put_any(step, low_tail);
            bits.put(stepped(p3[c], STEPS.1, 15), 4);
        }
    }
    bits.finish()
}

/// A cost in steps.
fn stepped(p: f64, step: u32, most: u32) -> u32 {
    ((-p.ln() * 12.0 / f64::from(step)).round().max(0.0) as u32).min(most)
}

/// Spelling flags and the Traditional → Simplified map; returns how common each character is.
fn spelling(out: &mut Vec<u8>, root: &Path, chars: &[char], count: &[f64], mapped: bool) -> Vec<u8> {
    let traditional = mapping(root, "TSCharacters.txt");
    let simplified = mapping(root, "STCharacters.txt");
    let written: HashSet<char> = simplified.iter().flat_map(|(_, t)| t.iter().copied()).collect();
    let first: HashSet<char> = simplified.iter().map(|(_, t)| t[0]).collect();
    let mut flags = BTreeMap::new();
    for (t, s) in &traditional {
        if s[0] != *t {
            flags.insert(
                *t,
                if first.contains(t) {
                    1u8
                } else if written.contains(t) {
                    5
                } else {
                    2
                },
            );
        }
    }
    for (s, t) in &simplified {
        if !t.contains(s) {
            flags.insert(*s, if t.len() == 1 { 3 } else { 4 });
        }
    }
    put(out, flags.len());
    let mut before = 0;
    for (&c, &flag) in &flags {
        put(out, c as usize - before);
        before = c as usize;
        out.push(flag);
    }
    let map: BTreeMap<char, char> = traditional.iter().filter(|(t, s)| *t != s[0]).map(|(t, s)| (*t, s[0])).collect();
    put(out, if mapped { map.len() } else { 0 });
    before = 0;
    for (&t, &s) in map.iter().filter(|_| mapped) {
        put(out, t as usize - before);
        before = t as usize;
        put(out, s as usize);
    }
    common(chars, count, &map)
}

/// Two bits a character of the basic plane: 0 no Han character, 1 among the 1,500 commonest, 2 among the 5,000
/// commonest, 3 rarer. Traditional forms count as their Simplified ones.
fn common(chars: &[char], count: &[f64], map: &BTreeMap<char, char>) -> Vec<u8> {
    let han = |c: char| matches!(c as u32, 0x3400..=0x9FFF | 0xF900..=0xFAFF);
    let mut ranked: Vec<(char, f64)> = chars.iter().copied().zip(count.iter().copied()).filter(|p| han(p.0)).collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let rank: HashMap<char, usize> = ranked.iter().enumerate().map(|(i, p)| (p.0, i)).collect();
    let mut out = vec![0u8; 0x4000];
    for code in 0..0x10000u32 {
        let Some(c) = char::from_u32(code).filter(|&c| han(c)) else { continue };
        let rank = rank.get(map.get(&c).unwrap_or(&c)).copied().unwrap_or(usize::MAX);
        let class = if rank < 1500 { 1 } else { 3 - u8::from(rank < 5000) };
        out[code as usize / 4] |= class << (code % 4 * 2);
    }
    out
}

fn pinyin(out: &mut Vec<u8>, readings: &str) {
    let rows: Vec<(char, Vec<&str>)> = readings
        .lines()
        .filter_map(|l| l.split_once('\t'))
        .map(|(c, r)| (c.chars().next().expect("a character"), r.split(',').collect()))
        .collect();
    let mut syllables: Vec<&str> = rows.iter().flat_map(|r| r.1.iter().copied()).collect();
    syllables.sort_unstable();
    syllables.dedup();
    put(out, syllables.len());
    for s in &syllables {
        put(out, s.len());
        out.extend(s.as_bytes());
    }
    put(out, rows.len());
    let mut before = 0;
    for (c, list) in rows {
        put(out, c as usize - before);
        before = c as usize;
        put(out, list.len());
        list.iter().for_each(|r| put(out, syllables.binary_search(r).expect("listed above")));
    }
}
