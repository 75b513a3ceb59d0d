//! `counts.bin` + `readings.tsv` + the OpenCC character tables → `model.bin` and `common.bin`.
//!
//! Absolute discounting, each order interpolated with the next lower one, stored as costs (−log p) and back-off costs in
//! twelfths of a nat, a byte each.

use super::counts::{mapping, put};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

const DISCOUNT: f64 = 0.6;

struct Counts {
    chars: Vec<char>,
    rows: Vec<Vec<Pair>>,
}

struct Pair {
    second: usize,
    count: f64,
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
    let chars = (0..n).map(|_| char::from_u32(from.number() as u32).expect("a character")).collect();
    let mut rows = Vec::with_capacity(n);
    for _ in 0..n {
        let mut second = 0;
        let mut row = Vec::new();
        for _ in 0..from.number() {
            second += from.number();
            let count = from.number() as f64 / 2.0;
            let mut third = 0;
            let tail = (0..from.number())
                .map(|_| {
                    third += from.number();
                    (third, from.number() as f64 / 2.0)
                })
                .collect();
            row.push(Pair { second, count, tail });
        }
        rows.push(row);
    }
    Counts { chars, rows }
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
    let mut single = vec![0.5; n];
    for row in &counts.rows {
        row.iter().for_each(|p| single[p.second] += p.count);
    }
    let total: f64 = single.iter().sum();
    // How often a character follows others says less of a new place than how many others it follows (Kneser and Ney); half of each was
    // two slipped lines of 134 better than either.
    let mut kinds = vec![0.5; n];
    for row in &counts.rows {
        row.iter().for_each(|p| kinds[p.second] += 1.0);
    }
    let all: f64 = kinds.iter().sum();
    for row in &mut counts.rows {
        match part {
            Some(Part::Pairs) => row.clear(),
            Some(Part::Triples) => row.iter_mut().for_each(|pair| pair.tail.clear()),
            _ => {}
        }
    }
    let share = if part == Some(Part::Kinds) { 0.0 } else { 0.5 };
    let p1: Vec<f64> = single.iter().zip(&kinds).map(|(c, k)| (1.0 - share) * c / total + share * k / all).collect();

    let (mut places, mut body) = (Vec::new(), Vec::new());
    let mut back1 = vec![1.0; n];
    // Probabilities of pairs are needed for the tails of other rows, so they come first.
    let mut p2: Vec<HashMap<usize, f64>> = Vec::with_capacity(n);
    for (a, row) in counts.rows.iter().enumerate() {
        let sum: f64 = row.iter().map(|p| p.count).sum();
        let rest = DISCOUNT * row.len() as f64 / sum.max(1.0);
        let rest = rest.clamp(0.002, 0.95);
        back1[a] = if row.is_empty() { 1.0 } else { rest };
        let scale = row.iter().map(|p| (p.count - DISCOUNT).max(0.05)).sum::<f64>();
        p2.push(
            row.iter()
                .map(|p| (p.second, (1.0 - rest) * (p.count - DISCOUNT).max(0.05) / scale + rest * p1[p.second]))
                .collect(),
        );
    }
    for (a, row) in counts.rows.iter().enumerate() {
        let from = body.len();
        let mut flags = vec![0u8; row.len().div_ceil(8)];
        let (mut steps, mut costs, mut tails) = (Vec::new(), Vec::new(), Vec::new());
        let mut before = 0;
        for (at, pair) in row.iter().enumerate() {
            put(&mut steps, pair.second - before);
            before = pair.second;
            costs.push(cost(p2[a][&pair.second]));
            let lower = |c: usize| p2[pair.second].get(&c).copied().unwrap_or(back1[pair.second] * p1[c]);
            if !pair.tail.is_empty() {
                flags[at / 8] |= 1 << (at % 8);
                tail(&mut tails, pair, lower);
            }
        }
        body.extend(flags.into_iter().chain(steps).chain(costs).chain(tails));
        put(&mut places, row.len());
        put(&mut places, body.len() - from);
    }
    let mut out = Vec::new();
    put(&mut out, n);
    counts.chars.iter().for_each(|&c| put(&mut out, c as usize));
    for (&p, &back) in p1.iter().zip(&back1) {
        out.push(cost(p));
        out.push(cost(back));
    }
    let common = spelling(&mut out, root, &counts.chars, &single, part != Some(Part::Map));
    out.extend(places);
    out.extend(body);
    pinyin(&mut out, readings);
    (out, common)
}

/// What follows a pair: the cost on top for what was never seen there, how many were, their steps and costs.
fn tail(out: &mut Vec<u8>, pair: &Pair, lower: impl Fn(usize) -> f64) {
    let share = |n: f64| (n - DISCOUNT).max(0.0) / pair.count.max(n);
    let kept: f64 = pair.tail.iter().map(|t| (t.1 - DISCOUNT).max(0.0) / pair.count.max(t.1)).sum();
    let rest = (1.0 - kept).clamp(0.02, 1.0);
    let tail: Vec<(usize, f64)> = pair.tail.iter().map(|&(c, n)| (c, share(n) + rest * lower(c))).collect();
    let above: f64 = tail.iter().map(|t| t.1).sum();
    let below: f64 = tail.iter().map(|t| lower(t.0)).sum();
    out.push(cost(((1.0 - above).max(0.01) / (1.0 - below).max(0.01)).min(1.0)));
    put(out, tail.len());
    let mut last = 0;
    for &(c, _) in &tail {
        put(out, c - last);
        last = c;
    }
    out.extend(tail.iter().map(|t| cost(t.1)));
}

/// Spelling flags and the Traditional → Simplified map; returns how common each character is.
fn spelling(out: &mut Vec<u8>, root: &Path, chars: &[char], count: &[f64], mapped: bool) -> Vec<u8> {
    let traditional = mapping(root, "TSCharacters.txt");
    let simplified = mapping(root, "STCharacters.txt");
    let written: HashSet<char> = simplified.iter().flat_map(|(_, t)| t.iter().copied()).collect();
    let mut flags = BTreeMap::new();
    for (t, s) in &traditional {
        if s[0] != *t {
            flags.insert(*t, if written.contains(t) { 1u8 } else { 2 });
        }
    }
    for (s, t) in &simplified {
        if t.len() == 1 && t[0] != *s {
            flags.insert(*s, 3);
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
