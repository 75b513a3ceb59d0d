//! `inspect` over many pages: one line each, and what they are made of at the end.

use super::explain::is_colored;
use super::inputs::Source;
use super::outputs::Output;
use super::tally::Tally;
use crate::cli::{Action, Job};
use anyhow::Result;
use std::fmt::Write;
use zonetext::Page;
use zonetext::write::{Format, inspect};

/// Several pages are to be shown to people on one output: a line each.
pub fn is_brief(job: &Job, sources: &[Source], output: &Output) -> bool {
    let many = sources.len() > 1 || sources.iter().any(|source| source.walked || source.archive);
    job.action == Action::Inspect && job.write.format == Format::Text && many && output.is_shared()
}

/// The line of a page; of an input that could not be read, too.
pub fn line(page: Option<&Page>, name: &str, job: &Job) -> String {
    match page {
        Some(page) => inspect::line(page, name, is_colored(job)),
        None => inspect::failed_line(name, is_colored(job)),
    }
}

/// What stands above the lines.
pub fn open(job: &Job, output: &mut Output) -> Result<()> {
    output.add(0, &inspect::heading(is_colored(job)))
}

/// The closing summary: how many pages of each charset, script and class of damage, the most frequent first.
pub fn close(tally: &Tally, output: &mut Output) -> Result<()> {
    let charsets = tally.charsets.iter().map(|(name, count)| (*name, *count)).collect();
    let scripts = tally.scripts.iter().map(|(name, count)| (name.as_str(), *count)).collect();
    let damage = tally.damaged.iter().map(|(name, count)| (*name, *count)).collect();
    let mut text = format!("\npages    {}\n", tally.closing("in all"));
    for (what, counts) in [("charset", charsets), ("script", scripts), ("damage", damage)] {
        row(what, counts, &mut text);
    }
    output.add(0, &text)
}

fn row(what: &str, mut counts: Vec<(&str, usize)>, out: &mut String) {
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let counts: Vec<String> = counts.into_iter().map(|(name, count)| format!("{name} {count}")).collect();
    let counts = if counts.is_empty() { "none".to_owned() } else { counts.join(", ") };
    // A string cannot refuse to be written to.
    let _ = writeln!(out, "{what:<8} {counts}");
}
