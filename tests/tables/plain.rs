//! The forests for badly extracted text (src/extract/plain/forest.bin) are what the trainer makes of dumps of the pages.
//!
//! `tables/extract/dumps.py` writes the dumps; ZONETEXT_DUMPS names their folder. With ZONETEXT_BLESS=1 the forests are written, with
//! ZONETEXT_TRAIN=1 compared, and with ZONETEXT_FOLDS=N the sites are dealt into four parts and N of them judged by forests that saw none
//! of their pages. Beside the dumps the gold texts themselves and running text are learned from: what is clean stays whole.

use super::lesson::{Lesson, part, weights};
use super::lexicon::{Lexicon, teach_by_words};
use super::{labels::labels, train};
use crate::quality::score::{mix, score};
use std::collections::BTreeMap;
use std::path::Path;
use zonetext::extract::html::learn;

/// The folders that are learned from, and how much a page of each counts.
const SETS: [(&str, f32); 8] = [
    ("cwced", 2.0),
    ("daniel_zh", 1.5),
    ("magic_zh", 2.0),
    ("magic_forum_zh", 2.0),
    ("real_train", 1.5),
    ("magic_other", 0.5),
    ("wcxb_dev", 0.4),
    ("wcxb_more", 0.4),
];

/// Dumps of a page that are learned from, of all kinds there are.
const KINDS: usize = 10;

/// Tokens that a gold text must have to teach anything.
const LEAST: usize = 20;

/// The parts that sites are dealt into.
const FOLDS: u64 = 4;

struct Case {
    set: &'static str,
    site: String,
    gold: String,
    weight: f32,
    dumps: Vec<(String, String)>,
}

impl Case {
    /// The dumps that are learned from, and the gold text itself.
    fn lessons(&self, number: usize) -> Vec<Lesson> {
        let mut order: Vec<&(String, String)> = self.dumps.iter().collect();
        order.sort_by_key(|dump| dump.0.bytes().fold(mix(number as u64, 5), |state, byte| mix(state, u64::from(byte))));
        order.truncate(KINDS);
        let share = self.weight / KINDS as f32;
        let dump = |text: &str, share: f32| {
            let page = learn::Page::of_text(text);
            let labels = labels(&page.lines(), &self.gold);
            let weights = weights(&labels, share, LEAST);
            Lesson::of(page, self.site.clone(), labels.into_iter().map(|(_, kept)| kept).collect(), weights)
        };
        let dumps = order.into_iter().map(|(_, text)| dump(text, share));
        dumps.chain([dump(&self.gold, share * 0.5)]).collect()
    }
}

/// The cases, or None and a word why.
fn cases() -> Option<Vec<Case>> {
    let Some(dumps) = std::env::var_os("ZONETEXT_DUMPS") else {
        println!("skipped: ZONETEXT_DUMPS names no folder that tables/extract/dumps.py wrote");
        return None;
    };
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let mut cases = Vec::new();
    for (set, weight) in SETS {
        let folder = if set == "real_train" { data.join(set) } else { data.join("extract").join(set) };
        let mut files: Vec<_> =
            std::fs::read_dir(Path::new(&dumps).join(set)).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        for file in files {
            let page = folder.join(file.file_stem().unwrap());
            let facts: serde_json::Value =
                serde_json::from_slice(&std::fs::read(page.with_extension("json")).unwrap()).unwrap();
            let gold = std::fs::read_to_string(page.with_extension("txt"))
                .unwrap_or_else(|_| facts["text"].as_str().unwrap_or_default().to_owned());
            let site = facts["site"].as_str().or(facts["url"].as_str()).unwrap_or_default();
            let site = site.split_once("//").map_or(site, |(_, rest)| rest.split('/').next().unwrap_or(rest));
            let site = if site.is_empty() { format!("{set}{}", page.display()) } else { site.to_owned() };
            let lines = std::fs::read_to_string(&file).unwrap();
            let dump = |line: &str| {
                let dump: serde_json::Value = serde_json::from_str(line).unwrap();
                (dump["kind"].as_str().unwrap().to_owned(), dump["text"].as_str().unwrap().to_owned())
            };
            cases.push(Case { set, site, gold, weight, dumps: lines.lines().map(dump).collect() });
        }
    }
    Some(cases)
}

/// Running text of which every line stays: pieces of the permissive texts beside the repository.
fn sound() -> Vec<Lesson> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/text");
    let mut lessons = Vec::new();
    for name in ["modern_narrative.txt", "statutes.txt", "thuocl/THUOCL_diming.txt", "thuocl/THUOCL_poem.txt"] {
        let Ok(text) = std::fs::read_to_string(folder.join(name)) else { continue };
        let lines: Vec<&str> = text.lines().map(|line| line.split('\t').next().unwrap_or(line)).collect();
        for number in 0..40u64 {
            let at = (mix(number, 3) % lines.len() as u64) as usize;
            let count = (8 + mix(number, 9) % 60) as usize;
            let page = learn::Page::of_text(&lines[at..(at + count).min(lines.len())].join("\n"));
            let rows = page.lines().len();
            let weight = 20.0 / rows.max(1) as f32;
            lessons.push(Lesson::of(page, format!("{name}{number}"), vec![true; rows], vec![weight; rows]));
        }
    }
    lessons
}

#[test]
fn the_forest_for_texts_is_what_the_dumps_teach() {
    let bless = std::env::var_os("ZONETEXT_BLESS").is_some();
    if !bless && std::env::var_os("ZONETEXT_TRAIN").is_none() {
        println!("skipped: set ZONETEXT_TRAIN=1 to train and compare, ZONETEXT_BLESS=1 to train and write");
        return;
    }
    let Some(cases) = cases() else { return };
    let (lexicon, forests) = teach_cases(cases.iter().enumerate());
    assert!(forests.len() <= 120 << 10, "{} bytes are too many to embed", forests.len());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/extract/plain");
    for (name, bytes) in [("lexicon.bin", &lexicon[..]), ("forest.bin", &forests[..])] {
        if bless {
            std::fs::write(folder.join(name), bytes).unwrap();
        } else {
            let same = std::fs::read(folder.join(name)).unwrap() == bytes;
            assert!(same, "{name} is not what the trainer makes; ZONETEXT_BLESS=1 writes it");
        }
    }
}

/// The lexicon, then the forests. What the forests learn from was read by lexicons that saw no page of its site.
fn teach_cases<'a>(cases: impl Iterator<Item = (usize, &'a Case)>) -> (Box<Lexicon>, Vec<u8>) {
    let mut lessons: Vec<Lesson> = cases.flat_map(|(number, case)| case.lessons(number)).collect();
    lessons.extend(sound());
    println!("{} lessons, {} lines", lessons.len(), lessons.iter().map(|lesson| lesson.labels.len()).sum::<usize>());
    teach_by_words(&lessons.iter().collect::<Vec<_>>(), 1, FIRST, SECOND)
}

/// The first look.
const FIRST: train::Settings = train::FIRST;

/// The second look.
const SECOND: train::Settings = train::Settings { trees: 420, rate: 0.07, ..train::SECOND };

#[test]
fn texts_of_sites_it_has_not_seen() {
    let Some(folds) = std::env::var("ZONETEXT_FOLDS").ok().map(|value| value.parse::<u64>().unwrap_or(1)) else {
        println!("skipped: set ZONETEXT_FOLDS=1 to train and judge by folds of sites");
        return;
    };
    let Some(cases) = cases() else { return };
    let mut sums: BTreeMap<(&str, &str), (f64, f64, f64, f64)> = BTreeMap::new();
    let mut worst = Vec::new();
    for fold in 0..folds {
        let inside = |number: usize| part(&cases[number].site, number, 7, FOLDS) == fold;
        let (lexicon, forests) = teach_cases(cases.iter().enumerate().filter(|(number, _)| !inside(*number)));
        std::fs::write(format!("target/plain-fold-{fold}.bin"), &forests).unwrap();
        std::fs::write(format!("target/plain-lexicon-{fold}.bin"), &lexicon[..]).unwrap();
        for (number, case) in cases.iter().enumerate().filter(|(number, _)| inside(*number)) {
            for (kind, text) in &case.dumps {
                let mut page = learn::Page::of_text(text);
                page.set_lexical(&lexicon);
                let found = page.extract_by(&page.scores(Some(&forests)));
                let body: Vec<&str> = found.blocks.iter().map(|block| block.text.as_str()).collect();
                let score = score(&case.gold, &body.join("\n"));
                let sum = sums.entry((case.set, kind)).or_default();
                *sum = (sum.0 + 1.0, sum.1 + score.precision, sum.2 + score.recall, sum.3 + score.f);
                worst.push((score.f, case.set, kind, number));
            }
        }
    }
    let mut kinds: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    for ((set, kind), (count, precision, recall, f)) in &sums {
        println!("{set:15} {kind:17} {count:4} P {:.3} R {:.3} F {:.3}", precision / count, recall / count, f / count);
        if SETS[..5].iter().any(|row| row.0 == *set) {
            let sum = kinds.entry(kind).or_default();
            *sum = (sum.0 + 1.0, sum.1 + f / count);
        }
    }
    for (kind, (count, f)) in kinds {
        println!("mean of the Chinese sets {kind:17} {:.3}", f / count);
    }
}
