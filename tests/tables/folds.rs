//! How well the forests judge pages of sites they have not seen.
//!
//! Every page is judged once a round by forests that saw no page of its site (registered name of the host). Runs only with
//! ZONETEXT_FOLDS=N for N rounds, each with other folds; ZONETEXT_WORST=K lists the K worst pages of each set and
//! ZONETEXT_SHOW="set/3 set/7" prints the lines of pages with their scores. What it prints stands as `[folds.*]` in
//! fixtures/quality.toml. The small sets move by some hundredths between rounds, so no floor hangs on these figures.

use super::lesson::{Case, Lesson, cases, part, teach};
use super::train;
use crate::quality::pages::LEARNED;
use crate::quality::score::{Score, score, words};
use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use zonetext::extract::Extracted;
use zonetext::page::Kind;

/// Parts that the sites are dealt into.
const FOLDS: u64 = 5;

/// How one page was judged.
struct Judged {
    case: usize,
    round: u64,
    shingles: Score,
    words: Score,
}

#[test]
fn sites_it_has_not_seen() {
    let Some(rounds) = number("ZONETEXT_FOLDS") else {
        println!("skipped: set ZONETEXT_FOLDS=1 to train and judge by folds of sites");
        return;
    };
    let Some(cases) = cases() else { return };
    let jobs: Vec<(u64, u64)> =
        (0..rounds as u64).flat_map(|round| (0..FOLDS).map(move |fold| (round, fold))).collect();
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut done = Vec::new();
        while let Some(job) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
            done.extend(judge(&cases, *job));
        }
        done
    };
    let mut judged: Vec<Judged> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..2).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    judged.sort_by_key(|j| (j.case, j.round));
    assert_eq!(judged.len(), cases.len() * rounds, "every page is judged once a round");
    print(&cases, &judged);
}

fn number(name: &str) -> Option<usize> {
    std::env::var(name).ok().map(|value| value.parse().unwrap_or(1))
}

/// Trains without one fold and judges its pages.
fn judge(cases: &[Case], (round, fold): (u64, u64)) -> Vec<Judged> {
    let inside = |index: usize| part(&cases[index].page.site, index, round, FOLDS) == fold;
    let lessons: Vec<&Lesson> = (0..cases.len()).filter(|i| !inside(*i)).flat_map(|i| cases[i].lessons()).collect();
    let forests = teach(&lessons, round + 1, train::FIRST, train::SECOND);
    let show = std::env::var("ZONETEXT_SHOW").unwrap_or_default();
    let judge = |index: usize| {
        let case = &cases[index];
        let scores = case.lesson.page.scores(Some(&forests));
        let found = case.lesson.page.extract_by(&scores);
        if show.split(' ').any(|s| s == name(cases, index)) {
            show_page(case, &scores, &found);
        }
        let body: Vec<&str> = found.blocks.iter().filter(|b| b.kind != Kind::Title).map(|b| b.text.as_str()).collect();
        let body = body.join("\n");
        let (shingles, words) = (score(&case.page.text, &body), words(&case.page.text, &body));
        Judged { case: index, round, shingles, words }
    };
    (0..cases.len()).filter(|i| inside(*i)).map(judge).collect()
}

/// `daniel_zh/12`: the set and the number of the page in it.
fn name(cases: &[Case], index: usize) -> String {
    let set = cases[index].set;
    let first = cases.iter().position(|case| case.set == set).unwrap_or(0);
    format!("{}/{}", LEARNED.get(set).unwrap_or(&"packages"), index - first)
}

fn print(cases: &[Case], judged: &[Judged]) {
    for (set, name) in LEARNED.iter().chain(&["packages"]).enumerate() {
        let own: Vec<&Judged> = judged.iter().filter(|j| cases[j.case].set == set).collect();
        if own.is_empty() {
            continue;
        }
        figures(name, &own);
        worst(cases, &own);
    }
    let typed = LEARNED.iter().position(|name| *name == "wcxb_dev");
    let kind = |j: &Judged| cases[j.case].page.kind.as_str();
    let typed: Vec<&Judged> = judged.iter().filter(|j| Some(cases[j.case].set) == typed).collect();
    let mut kinds: Vec<&str> = typed.iter().map(|j| kind(j)).collect();
    kinds.sort_unstable();
    kinds.dedup();
    for one in kinds {
        figures(&format!("wcxb_dev.{one}"), &typed.iter().copied().filter(|j| kind(j) == one).collect::<Vec<_>>());
    }
}

fn figures(name: &str, own: &[&Judged]) {
    let mean = |value: fn(&Judged) -> f64| own.iter().map(|j| value(j)).sum::<f64>() / own.len() as f64;
    println!("[folds.{name}]");
    println!("p = {:.3}", mean(|j| j.shingles.precision));
    println!("r = {:.3}", mean(|j| j.shingles.recall));
    println!("f = {:.3}", mean(|j| j.shingles.f));
    println!("word_f = {:.3}\n", mean(|j| j.words.f));
}

fn worst(cases: &[Case], own: &[&Judged]) {
    let mut worst: Vec<&&Judged> = own.iter().filter(|j| j.round == 0).collect();
    worst.sort_by(|a, b| a.shingles.f.total_cmp(&b.shingles.f));
    for j in worst.iter().take(number("ZONETEXT_WORST").unwrap_or(0)) {
        let Score { precision, recall, f } = j.shingles;
        let site = &cases[j.case].page.site;
        println!("# {} of {site}: P {precision:.3} R {recall:.3} F {f:.3}", name(cases, j.case));
    }
}

/// The lines of a page: in the gold (G), kept (K), score in log odds, text.
fn show_page(case: &Case, scores: &[i32], found: &Extracted) {
    println!("=== {} confidence {:.2} {:?}", case.page.site, found.confidence, found.sort);
    let kept: HashSet<&str> = found.blocks.iter().flat_map(|b| b.text.split(['\t', '\n'])).collect();
    for ((line, score), label) in case.lesson.page.lines().iter().zip(scores).zip(&case.lesson.labels) {
        let gold = if *label { "G" } else { "." };
        let keep = if kept.contains(line.as_str()) { "K" } else { "." };
        println!("{gold}{keep} {:5.2} {}", f64::from(*score) / 1024.0, line.chars().take(90).collect::<String>());
    }
}
