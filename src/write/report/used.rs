//! Which rules a page met and how often: the filters of a report, and the numbers its elements are filtered by.

use crate::edit::Stage;
use crate::page::Page;
use crate::write::rules;
use std::collections::HashMap;
use std::fmt::Write;

/// A rule that a page met.
pub(super) struct Met {
    pub stage: Stage,
    pub name: &'static str,
    /// What it stands for; empty where no table knows it.
    pub line: &'static str,
    pub count: usize,
}

/// All rules that a page met, in the order of the rules' tables. An element that a rule made bears its stage and its place in
/// here as classes, `s2 k14`.
pub(super) struct Used {
    pub met: Vec<Met>,
    places: HashMap<(Stage, &'static str), usize>,
}

impl Used {
    pub fn of(page: &Page) -> Used {
        let mut counts: HashMap<(Stage, &'static str), usize> = HashMap::new();
        let changes = page.changes.iter().map(|change| (change.stage, change.rule));
        let uncertain = page.uncertain.iter().map(|_| (Stage::Script, "uncertain"));
        let stops = page.stops.iter().flatten().map(|stop| (Stage::Split, stop.rule));
        for key in changes.chain(uncertain).chain(stops) {
            *counts.entry(key).or_default() += 1;
        }
        let mut met = Vec::new();
        for rule in rules::all() {
            if let Some(count) = counts.remove(&(rule.stage, rule.name)) {
                met.push(Met { stage: rule.stage, name: rule.name, line: rule.line, count });
            }
        }
        let mut unknown: Vec<_> = counts.into_iter().collect();
        unknown.sort_unstable();
        met.extend(unknown.into_iter().map(|((stage, name), count)| Met { stage, name, line: "", count }));
        let places = met.iter().enumerate().map(|(place, met)| ((met.stage, met.name), place)).collect();
        Used { met, places }
    }

    /// The classes of what this rule did.
    pub fn class(&self, stage: Stage, rule: &'static str) -> String {
        match self.places.get(&(stage, rule)) {
            Some(place) => format!("s{} k{place}", stage as usize),
            None => format!("s{}", stage as usize),
        }
    }

    /// What was done by this stage.
    pub fn count(&self, stage: Stage) -> usize {
        self.met.iter().filter(|met| met.stage == stage).map(|met| met.count).sum()
    }

    /// The stages that did something, in order.
    pub fn stages(&self) -> Vec<Stage> {
        let mut stages: Vec<Stage> = self.met.iter().map(|met| met.stage).collect();
        stages.dedup();
        stages
    }

    /// Style that makes the filters work without any script: what an unchecked box stands for is shown like any other text.
    pub fn style(&self) -> String {
        let stages = self.stages().into_iter().map(|stage| stage as usize).map(|n| (format!("f{n}"), format!("s{n}")));
        let rules = (0..self.met.len()).map(|n| (format!("r{n}"), format!("k{n}")));
        let mut style = String::new();
        for (filter, class) in stages.chain(rules) {
            let off = format!(":root:has(#{filter}:not(:checked))");
            // A string cannot refuse to be written to.
            let _ = write!(
                style,
                "{off} :is(.row,.d,tr,i.stop).{class}{{display:none}}\
                 {off} :is(mark,del,ins).{class}{{background:none;color:inherit;box-shadow:none;text-decoration:none}}\
                 {off} mark.{class} del{{display:none}}{off} mark.{class} ins{{background:none;color:inherit;box-shadow:none}}"
            );
        }
        style
    }
}
