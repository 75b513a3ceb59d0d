//! How well the forest judges pages of sites it has not seen: folds by site.
//!
//! Every page is judged once a round by a forest that saw no page of its site (registered name of the host). Runs only with
//! ZONETEXT_FOLDS=N for N rounds, each with other folds; ZONETEXT_WORST=K lists the K worst pages of each set. The printed
//! figures are what stands as `folds_*` in fixtures/quality.toml; they move by about half a hundredth between rounds, so no
//! floor hangs on them.

use super::extract::SET_WEIGHTS;
use super::lesson::{Lesson, part, teach};
use crate::quality::pages::{Page, SETS, more_pages, pages};
use crate::quality::score::{Score, score, words};
use std::sync::atomic::{AtomicUsize, Ordering};
use zonetext::extract::html::learn;
use zonetext::page::Kind;

/// The set whose pages are of several kinds.
const WCXB: usize = 5;

/// Parts that the sites are dealt into.
const FOLDS: u64 = 5;

struct Case {
    set: usize,
    page: Page,
    lesson: Lesson,
    variants: Vec<Lesson>,
}

#[test]
fn sites_it_has_not_seen() {
    let Some(rounds) = number("ZONETEXT_FOLDS") else {
        println!("skipped: set ZONETEXT_FOLDS=1 to train and judge by folds of sites");
        return;
    };
    let Some(cases) = cases() else { return };
    let jobs: Vec<(u64, u64)> = (0..rounds as u64).flat_map(|round| (0..FOLDS).map(move |fold| (round, fold))).collect();
    let next = AtomicUsize::new(0);
    let mut results: Vec<Vec<Judged>> = Vec::new();
    std::thread::scope(|scope| {
        let worker = || {
            let mut done = Vec::new();
            while let Some(job) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
                done.extend(judge(&cases, *job));
            }
            done
        };
        let workers: Vec<_> = (0..2).map(|_| scope.spawn(worker)).collect();
        results = workers.into_iter().map(|w| w.join().unwrap()).collect();
    });
    let mut judged: Vec<Judged> = results.into_iter().flatten().collect();
    judged.sort_by_key(|j| (j.case, j.round));
    print(&cases, &judged);
}

struct Judged {
    case: usize,
    round: u64,
    shingles: Score,
    words: Score,
}

fn number(name: &str) -> Option<usize> {
    std::env::var(name).ok().map(|value| value.parse().unwrap_or(1))
}

fn cases() -> Option<Vec<Case>> {
    let w: f32 = std::env::var("ZT_MW").map_or(1.0, |v| v.parse().unwrap());
    let mut cases = Vec::new();
    for (set, name) in SETS.iter().enumerate() {
        let Some(pages) = pages(name) else {
            println!("skipped: ../shared/data/extract/{name} is absent");
            return None;
        };
        for page in pages {
            let lesson = Lesson::new(&page, SET_WEIGHTS[set]);
            let variants = super::lesson::variants(&page, SET_WEIGHTS[set]);
            cases.push(Case { set, page, lesson, variants });
        }
    }
    for page in more_pages() {
        let lesson = Lesson::new(&page, w);
        let lines = lesson.page.lines();
        let labels = super::labels::labels(&lines, &page.text);
        let kept: Vec<&str> = lines.iter().zip(&labels).filter(|(_, l)| l.1).map(|(l, _)| l.as_str()).collect();
        let sc = score(&page.text, &kept.join("\n"));
        let n = crate::quality::score::tokens(&page.text).len();
        if n < 100 || sc.f < 0.9 {
            if std::env::var_os("ZT_V").is_some() { println!("left out {} {n} {:.3}", page.site, sc.f); }
            continue;
        }
        cases.push(Case { set: 6 + usize::from(page.site.contains("newspaper")), page, lesson, variants: Vec::new() });
    }
    Some(cases)
}

fn fold(case: &Case, index: usize, round: u64) -> u64 {
    part(&case.page.site, index, round, FOLDS)
}

/// Trains without one fold and judges its pages.
fn judge(cases: &[Case], (round, part): (u64, u64)) -> Vec<Judged> {
    let lessons: Vec<&Lesson> = cases
        .iter()
        .enumerate()
        .filter(|(index, case)| fold(case, *index, round) != part)
        .flat_map(|(_, case)| std::iter::once(&case.lesson).chain(&case.variants))
        .collect();
    let cache = std::env::var("ZT_CACHE").ok().map(|d| format!("{d}/{round}-{part}.bin"));
    let forest = match cache.as_ref().and_then(|c| std::fs::read(c).ok()) {
        Some(forest) => forest,
        None => teach(&lessons, round + 1),
    };
    if let Some(cache) = cache {
        std::fs::write(cache, &forest).unwrap();
    }
    let show = std::env::var("ZONETEXT_SHOW").unwrap_or_default();
    let mut judged = Vec::new();
    for (index, case) in cases.iter().enumerate().filter(|(index, case)| fold(case, *index, round) == part) {
        let found = case.lesson.page.extract(&forest);
        let body: Vec<&str> = found.blocks.iter().filter(|b| b.kind != Kind::Title).map(|b| b.text.as_str()).collect();
        let body = body.join("\n");
        let number = index - cases.iter().position(|other| other.set == case.set).unwrap_or(0);
        if show.split(' ').any(|s| s == format!("{}/{number}", NAMES[case.set])) {
            show_page(case, &forest, &found);
        }
        judged.push(Judged {
            case: index,
            round,
            shingles: score(&case.page.text, &body),
            words: words(&case.page.text, &body),
        });
    }
    judged
}

fn print(cases: &[Case], judged: &[Judged]) {
    if let Ok(path) = std::env::var("ZT_OUT") {
        let mut out = String::new();
        for j in judged {
            let case = &cases[j.case];
            let first = cases.iter().position(|c| c.set == case.set).unwrap_or(0);
            let Score { precision, recall, f } = j.shingles;
            out += &format!("{}\t{}\t{}\t{}\t{}\t{precision:.4}\t{recall:.4}\t{f:.4}\t{:.4}\n", NAMES[case.set], j.case - first, case.page.site, case.page.kind, j.round, j.words.f);
        }
        std::fs::write(path, out).unwrap();
    }
    let mut kinds: Vec<&str> = cases.iter().filter(|c| c.set == WCXB).map(|c| c.page.kind.as_str()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    for kind in kinds {
        let own = judged.iter().filter(|j| cases[j.case].set == WCXB && cases[j.case].page.kind == kind);
        let (count, f, word) = own.fold((0.0, 0.0, 0.0), |a, j| (a.0 + 1.0, a.1 + j.shingles.f, a.2 + j.words.f));
        println!("  {kind:13} {:.3} {:.3}", f / count, word / count);
    }
    for (set, name) in SETS.iter().chain(["mozilla", "newsp4k"].iter()).enumerate() {
        let own: Vec<&Judged> = judged.iter().filter(|j| cases[j.case].set == set).collect();
        let mean = |value: fn(&Judged) -> f64| own.iter().map(|j| value(j)).sum::<f64>() / own.len().max(1) as f64;
        println!(
            "{name:15} folds_p = {:.3}  folds_r = {:.3}  folds_f = {:.3}  folds_word_f = {:.3}",
            mean(|j| j.shingles.precision),
            mean(|j| j.shingles.recall),
            mean(|j| j.shingles.f),
            mean(|j| j.words.f)
        );
        let first = cases.iter().position(|case| case.set == set).unwrap_or(0);
        let mut worst: Vec<&&Judged> = own.iter().filter(|j| j.round == 0).collect();
        worst.sort_by(|a, b| a.shingles.f.total_cmp(&b.shingles.f));
        for j in worst.iter().take(number("ZONETEXT_WORST").unwrap_or(0)) {
            let Score { precision, recall, f } = j.shingles;
            let site = &cases[j.case].page.site;
            println!("    page {} of {site}: P {precision:.3} R {recall:.3} F {f:.3}", j.case - first);
        }
    }
}

fn show_page(case: &Case, forest: &[u8], found: &zonetext::extract::Extracted) {
    println!("=== {} {}  confidence {:.2} {:?}", NAMES[case.set], case.page.site, found.confidence, found.sort);
    let lines = case.lesson.page.lines();
    let labels = super::labels::labels(&lines, &case.page.text);
    let kept: std::collections::HashSet<&str> = found.blocks.iter().flat_map(|b| b.text.split(['\t', '\n'])).collect();
    for ((line, score), (_, label)) in lines.iter().zip(case.lesson.page.scores(Some(forest))).zip(&labels) {
        let keep = kept.contains(line.as_str());
        let start: String = line.chars().take(90).collect();
        println!("{}{} {:5.2} {}", if *label { "G" } else { "." }, if keep { "K" } else { "." }, score as f32 / 1024.0, start);
    }
}

#[test]
fn scratch_oracle() {
    if std::env::var_os("ZT_ORACLE").is_none() {
        return;
    }
    for (s, name) in SETS.iter().enumerate() {
        let pages = pages(name).unwrap();
        let mut sum = (0.0, 0.0);
        for (i, page) in pages.iter().enumerate() {
            let lines = learn::Page::new(&page.html).lines();
            let labels = super::labels::labels(&lines, &page.text);
            let kept: Vec<&str> = lines.iter().zip(&labels).filter(|(_, l)| l.1).map(|(l, _)| l.as_str()).collect();
            let sc = score(&page.text, &kept.join("\n"));
            let w = words(&page.text, &kept.join("\n"));
            sum.0 += sc.f;
            sum.1 += w.f;
            if sc.f < 0.9 {
                let toks = crate::quality::score::tokens(&page.text);
                let html = crate::quality::score::shingles(&crate::quality::score::tokens(&page.html.replace("\\n", " ")));
                let gold = crate::quality::score::shingles(&toks);
                let inside = gold.keys().filter(|k| html.contains_key(k)).count();
                println!("  {name}/{i} {} {}: oracle P {:.2} R {:.2} F {:.3}; gold tokens {}, in raw html {:.2}", page.site, page.kind, sc.precision, sc.recall, sc.f, toks.len(), inside as f64 / gold.len().max(1) as f64);
            }
        }
        println!("{name} oracle {:.4} word {:.4} {s}", sum.0 / pages.len() as f64, sum.1 / pages.len() as f64);
    }
}
const NAMES: [&str; 8] = ["cwced", "daniel_zh", "magic_zh", "magic_forum_zh", "magic_other", "wcxb_dev", "mozilla", "newsp4k"];
