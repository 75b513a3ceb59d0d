//! Recovery from mirror programs as a law: random sites, a rate for each kind of line.

use super::forward::{MARKS, Site, readings, seen, unambiguous};
use super::{repaired, shared};
use std::collections::HashMap;

/// A small generator of numbers that is the same everywhere.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % below.max(1)
    }
}

/// Clean Simplified sentences of the shared treebank set.
pub fn sentences(name: &str) -> Vec<String> {
    let Some(folder) = shared() else { return Vec::new() };
    let text = std::fs::read_to_string(folder.join("sentences").join(name)).expect("the set is there");
    let mut found = Vec::new();
    for line in text.lines() {
        let row: serde_json::Value = serde_json::from_str(line).expect("a row");
        let list = row["sents"].as_array().expect("sentences");
        found.extend(list.iter().filter_map(|s| s.as_str()).map(|s| s.trim().to_owned()));
    }
    found
}

/// A document as a site shows it: lines seen, meant, and whether a byte slipped.
pub struct Shown {
    pub seen: Vec<String>,
    pub meant: Vec<String>,
    pub slipped: Vec<bool>,
}

/// Documents of twelve lines, each of a site of its own.
pub fn shown(lines: &[String], dice: &mut Dice) -> Vec<Shown> {
    shown_by(&lines.chunks(12).collect::<Vec<_>>(), dice)
}

/// Documents as sites show them, each by a site of its own.
fn shown_by(documents: &[&[String]], dice: &mut Dice) -> Vec<Shown> {
    let (map, readings) = (unambiguous(), readings());
    let mut converted: Vec<char> = map
        .values()
        .copied()
        .filter(|&c| readings.contains_key(&c) && ('\u{4E00}'..='\u{9FA5}').contains(&c))
        .collect();
    converted.sort_unstable();
    documents.iter().map(|lines| document(lines, &map, &converted, &readings, dice)).collect()
}

fn document(
    lines: &[String],
    map: &HashMap<char, char>,
    converted: &[char],
    readings: &HashMap<char, String>,
    dice: &mut Dice,
) -> Shown {
    let share = [0, 1, 5, 20, 60, 95, 100][dice.roll(7)];
    // Some sites cut at all marks, some at a few, most at none.
    let cuts = match dice.roll(4) {
        0 => MARKS.to_vec(),
        1 => MARKS.into_iter().filter(|_| dice.roll(2) == 0).collect(),
        _ if share == 0 => MARKS.to_vec(),
        _ => Vec::new(),
    };
    let mut site = Site { cuts, folds: dice.roll(2) == 0, ..Site::default() };
    site.listed = converted.iter().copied().filter(|_| dice.roll(100) < share).collect();
    // In the order of the site's list, not of Unicode: what is annotated last may stand inside an annotation.
    for at in (1..site.listed.len()).rev() {
        site.listed.swap(at, dice.roll(at + 1));
    }
    let mut shown = Shown { seen: Vec::new(), meant: Vec::new(), slipped: Vec::new() };
    for line in lines {
        let line: String = line.chars().map(|c| *map.get(&c).unwrap_or(&c)).collect();
        let Some(view) = seen(&line, &site, readings) else { continue };
        let meant: String = if site.folds { line.chars().map(super::forward::fold).collect() } else { line };
        shown.slipped.push(slipped(&view, &meant));
        shown.seen.push(view);
        shown.meant.push(meant);
    }
    shown
}

/// Whether more than whole annotations was put in.
fn slipped(seen: &str, meant: &str) -> bool {
    let note = regex::Regex::new(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿêếề]{1,6}\)").expect("a pattern");
    note.replace_all(seen, "") != note.replace_all(meant, "")
}

#[test]
fn random_sites_are_undone() {
    let lines = sentences("gsd-simp.jsonl");
    if lines.is_empty() {
        return;
    }
    // The seed nobody tuned on; others can be asked for.
    let seed = std::env::var("ZONETEXT_REPAIR_SEED").ok().and_then(|n| n.parse().ok()).unwrap_or(0x9E37_79B9_7F4A_7C15);
    let mut dice = Dice(seed);
    let (mut slips, mut slips_right, mut notes, mut notes_right) = (0, 0, 0, 0);
    let mut log = std::env::var_os("ZONETEXT_REPAIR_MISSES").map(|_| String::new());
    for document in shown(&lines, &mut dice) {
        let out = repaired(&document.seen.join("\n"));
        for (at, line) in out.split('\n').enumerate() {
            let right = usize::from(line == document.meant[at]);
            if document.slipped[at] {
                (slips, slips_right) = (slips + 1, slips_right + right);
            } else {
                (notes, notes_right) = (notes + 1, notes_right + right);
            }
            if let (0, Some(log)) = (right, &mut log) {
                log.push_str(&format!(
                    "      seen  {}\n      got   {line}\n      meant {}\n",
                    document.seen[at], document.meant[at]
                ));
            }
        }
    }
    if let Some(log) = log {
        println!("{log}");
    }
    println!("slips {slips_right}/{slips}, others {notes_right}/{notes}");
    assert!(slips_right * 100 >= slips * 87, "slips: {slips_right} of {slips}");
    assert!(notes_right * 1000 >= notes * 993, "annotations: {notes_right} of {notes}");
}

/// Whether a line has two faults or more, or one inside an annotation: "?" or "(" more than once beyond whole annotations.
fn hard(seen: &str) -> bool {
    seen.matches('?').count() + seen.matches('？').count() > 1
}

/// Sites of other seeds: the rate holds for what nobody looked at, and for lines with several faults by themselves.
#[test]
fn other_seeds_are_undone_as_well() {
    let lines = sentences("gsd-simp.jsonl");
    if lines.is_empty() {
        return;
    }
    let seeds = if std::env::var_os("ZONETEXT_FULL").is_some() { 2..12u64 } else { 2..4 };
    let (mut one, mut one_right, mut many, mut many_right) = (0, 0, 0, 0);
    for seed in seeds {
        let mut dice = Dice(seed.wrapping_mul(0xD129_0B52_55F1_A5E7));
        for document in shown(&lines, &mut dice) {
            let out = repaired(&document.seen.join("\n"));
            for (at, line) in out.split('\n').enumerate().filter(|(at, _)| document.slipped[*at]) {
                let right = usize::from(line == document.meant[at]);
                if hard(&document.seen[at]) {
                    (many, many_right) = (many + 1, many_right + right);
                } else {
                    (one, one_right) = (one + 1, one_right + right);
                }
            }
        }
    }
    println!("one fault {one_right}/{one}, more {many_right}/{many}");
    assert!(one_right * 100 >= one * 94, "one fault: {one_right} of {one}");
    assert!(many_right * 100 >= many * 82, "several faults: {many_right} of {many}");
}

/// The texts of some Simplified pages, which the model was not made from, as lists of their lines.
pub fn pages() -> Vec<Vec<String>> {
    let Some(folder) = shared() else { return Vec::new() };
    let han = |text: &str| text.chars().filter(|c| ('\u{4E00}'..='\u{9FFF}').contains(c)).count();
    let mut names: Vec<_> = ["daniel_zh", "cwced", "magic_zh"]
        .iter()
        .flat_map(|set| std::fs::read_dir(folder.join("extract").join(set)).expect("the set is there").flatten())
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .collect();
    names.sort();
    let mut pages = Vec::new();
    for name in names.iter().step_by(3) {
        let page = std::fs::read_to_string(name).expect("a page's text");
        let page: serde_json::Value = serde_json::from_str(&page).expect("an object");
        let lines = page["text"].as_str().unwrap_or_default().lines().map(|line| line.trim().to_owned());
        let fits = |line: &String| {
            let all = line.chars().count();
            (6..=160).contains(&all) && han(line) * 2 > all && !line.contains('?')
        };
        let lines: Vec<String> = lines.filter(fits).take(40).collect();
        let converted = lines.iter().flat_map(|line| line.chars()).filter(|&c| "們個國這來時會說".contains(c)).count();
        if converted == 0 && !lines.is_empty() {
            pages.push(lines);
        }
    }
    pages
}

/// Whole pages of one site each.
#[test]
fn pages_of_one_site_are_undone() {
    let pages = pages();
    let mut dice = Dice(0x0A1B_2C3D_4E5F_6071);
    let (mut slips, mut right) = (0, 0);
    for document in shown_by(&pages.iter().map(Vec::as_slice).collect::<Vec<_>>(), &mut dice) {
        let out = repaired(&document.seen.join("\n"));
        for (at, line) in out.split('\n').enumerate().filter(|(at, _)| document.slipped[*at]) {
            (slips, right) = (slips + 1, right + usize::from(line == document.meant[at]));
        }
    }
    println!("slips on whole pages {right}/{slips}");
    assert!(right * 100 >= slips * 86, "slips on whole pages: {right} of {slips}");
}
