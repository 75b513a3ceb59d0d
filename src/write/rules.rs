//! Every rule of every stage by its stable name: what `zonetext rules` prints, and where reports look up what a name means.
//!
//! Nothing is written here: each stage's rules stand with the stage, in the tables that decide or beside them.

use super::Format;
use crate::edit::Stage;
use crate::{extract, repair, script, split};
use serde_json::json;

/// A rule as people are told of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// The stage whose rule it is.
    pub stage: Stage,
    /// Stable: the same in records, `explain` and fixtures.
    pub name: &'static str,
    /// One line: what real text it is about, or what it does.
    pub line: &'static str,
}

/// All rules in the order of the flow.
pub fn all() -> impl Iterator<Item = Rule> {
    let of = |stage: Stage| move |(name, line): (&'static str, &'static str)| Rule { stage, name, line };
    let extract = extract::rules().map(of(Stage::Extract));
    let repair = repair::RULES.iter().copied().map(of(Stage::Repair));
    let script = script::RULES.iter().copied().map(of(Stage::Script));
    let split = split::RULES.iter().map(|rule| Rule { stage: Stage::Split, name: rule.name, line: rule.why });
    extract.chain(repair).chain(script).chain(split)
}

/// What a rule's name stands for.
pub fn line(stage: Stage, name: &str) -> Option<&'static str> {
    all().find(|rule| rule.stage == stage && rule.name == name).map(|rule| rule.line)
}

/// The list: a line a rule, or JSON where the format is a JSON one. `stages` empty means all.
pub fn list(stages: &[Stage], format: Format) -> String {
    let rules = all().filter(|rule| stages.is_empty() || stages.contains(&rule.stage));
    let data = |rule: Rule| json!({"stage": rule.stage, "rule": rule.name, "line": rule.line});
    match format {
        Format::Json => format!("{:#}\n", rules.map(data).collect::<serde_json::Value>()),
        Format::Jsonl => rules.map(|rule| format!("{}\n", data(rule))).collect(),
        Format::Text | Format::Markdown => {
            rules.map(|rule| format!("{:<8} {:<20} {}\n", rule.stage.name(), rule.name, rule.line)).collect()
        }
    }
}
