//! What was done to a page: each dropped block and each edit of the very run that made it, in the order of the stages.

use super::{Format, Options};
use crate::edit::Loss;
use crate::page::Page;
use crate::split::Decision;
use serde_json::{Value, json};

/// Longest piece of text shown to people, in code points; JSON shows all of it.
const SHOWN: usize = 60;

/// The changes, then the uncertain places of the conversion, then the stops: a line each for people, or JSON Lines where the format is a
/// JSON one.
pub fn explain(page: &Page, options: &Options) -> String {
    let lines: Vec<String> = match options.format {
        Format::Json | Format::Jsonl => data(page).map(|value| value.to_string()).collect(),
        Format::Text | Format::Markdown => plain(page).collect(),
    };
    lines.into_iter().flat_map(|line| [line, "\n".to_owned()]).collect()
}

fn data(page: &Page) -> impl Iterator<Item = Value> {
    let changes = page.changes.iter().map(|change| json!(change));
    let uncertain = page.uncertain.iter().map(|place| {
        json!({"stage": "script", "rule": "uncertain", "block": place.text, "at": place.at.start, "before": place.before,
            "after": place.after, "others": place.others, "why": place.rule})
    });
    let stops = page.stops.iter().enumerate().flat_map(|(block, stops)| {
        let stop = move |stop: &Decision| json!({"stage": "split", "rule": stop.rule, "block": block, "at": stop.at, "end": stop.end, "cut": stop.cut});
        stops.iter().map(stop)
    });
    changes.chain(uncertain).chain(stops)
}

fn plain(page: &Page) -> impl Iterator<Item = String> {
    let changes = page.changes.iter().map(|change| {
        let after =
            if change.after.is_empty() { "dropped".to_owned() } else { format!("→ {}", short(&change.after)) };
        let lost = match change.lost {
            Loss::Nothing => "",
            Loss::Guessed => " (guessed)",
            Loss::Gone => " (in part gone)",
        };
        row(
            change.stage.name(),
            change.rule,
            change.block,
            change.at,
            &format!("{} {after}{lost}", short(&change.before)),
        )
    });
    let uncertain = page.uncertain.iter().map(|place| {
        let what = format!("{} → {} (or {})", place.before, place.after, place.others.join(" "));
        row("script", "uncertain", place.text, place.at.start, &what)
    });
    let stops = page.stops.iter().enumerate().flat_map(|(block, stops)| {
        let text = page.blocks[block].text.as_str();
        stops.iter().map(move |stop| row("split", stop.rule, block, stop.at, &around(text, stop)))
    });
    changes.chain(uncertain).chain(stops)
}

fn row(stage: &str, rule: &str, block: usize, at: usize, what: &str) -> String {
    format!("{stage:<8} {rule:<18} {:<10} {what}", format!("{block}:{at}"))
}

/// The text around a stop, with a bar where it was cut and a dot where it was not.
fn around(text: &str, stop: &Decision) -> String {
    let (before, after) = text.split_at_checked(stop.end).unwrap_or((text, ""));
    let start = before.char_indices().rev().nth(11).map_or(0, |(at, _)| at);
    let tail: String = after.trim_start().chars().take(12).collect();
    let mark = if stop.cut { '|' } else { '·' };
    short(format!("{} {mark} {tail}", before[start..].trim_start()).trim_end())
}

/// The text on one line, its middle left out where it is long.
fn short(text: &str) -> String {
    let flat: String = text.chars().map(|c| if c == '\n' { '⏎' } else { c }).collect();
    let length = flat.chars().count();
    if length <= SHOWN {
        return flat;
    }
    let head: String = flat.chars().take(SHOWN * 2 / 3).collect();
    let tail: String = flat.chars().skip(length - SHOWN / 3).collect();
    format!("{head} … {tail}")
}
