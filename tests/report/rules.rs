//! The rules list: complete, and of one mind with what the stages do.

use super::{INPUTS, explained};
use std::collections::HashSet;
use std::path::Path;
use zonetext::write::rules;
use zonetext::{Page, Stage};

#[test]
fn every_rule_has_one_line_and_one_name() {
    let mut seen = HashSet::new();
    for rule in rules::all() {
        assert!(seen.insert((rule.stage, rule.name)), "{} {} stands twice", rule.stage.name(), rule.name);
        assert!(rule.line.chars().count() >= 8, "{} says nothing", rule.name);
        assert!(!rule.line.contains('\n'), "{} has more than a line", rule.name);
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-+".contains(c);
        assert!(rule.name.chars().all(plain), "{} is no name", rule.name);
    }
    for stage in [Stage::Extract, Stage::Repair, Stage::Script, Stage::Split] {
        assert!(seen.iter().any(|(of, _)| *of == stage), "no rules of {}", stage.name());
    }
}

#[test]
fn what_the_fixtures_meet_is_in_the_list() {
    let known = known();
    let mut met = HashSet::new();
    for to in ["t", "twp", "s", "hk", "jp", "keep"] {
        for bytes in INPUTS.iter() {
            named(&explained(bytes, to), &mut met);
        }
    }
    let unknown: Vec<_> = met.difference(&known).collect();
    assert!(unknown.is_empty(), "no line for {unknown:?}");
    assert!(met.len() > 80, "the fixtures meet only {} rules", met.len());
}

/// The shared pages are of the kinds that the rules were made for.
#[test]
fn what_the_shared_pages_meet_is_in_the_list() {
    let folder = Path::new("../shared/data/extract");
    if !folder.is_dir() {
        println!("skipped: ../shared/data/extract is absent");
        return;
    }
    let known = known();
    let mut met = HashSet::new();
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    let pages = files.filter(|e| e.path().extension().is_some_and(|e| e == "html" || e == "txt"));
    // Every twentieth page: the rules of all pages were looked at once, and this is to stay quick.
    for page in pages.step_by(20) {
        named(&explained(&std::fs::read(page.path()).unwrap(), "keep"), &mut met);
    }
    let unknown: Vec<_> = met.difference(&known).collect();
    assert!(unknown.is_empty(), "no line for {unknown:?}");
}

fn known() -> HashSet<(Stage, &'static str)> {
    rules::all().map(|rule| (rule.stage, rule.name)).collect()
}

fn named(page: &Page, met: &mut HashSet<(Stage, &'static str)>) {
    met.extend(page.changes.iter().map(|change| (change.stage, change.rule)));
    met.extend(page.uncertain.iter().map(|place| (Stage::Script, place.rule)));
    met.extend(page.stops.iter().flatten().map(|stop| (Stage::Split, stop.rule)));
}
