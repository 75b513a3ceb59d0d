//! What was done to a page: each dropped block and each edit of the very run that made it, in the order of the stages.

use super::{Format, Options};
use crate::edit::Change;
use crate::page::Page;

/// Longest piece of text shown to people, in code points; JSON shows all of it.
const SHOWN: usize = 60;

/// The changes: a line each for people, or JSON Lines where the format is a JSON one.
pub fn explain(page: &Page, options: &Options) -> String {
    let line: fn(&Change) -> String = match options.format {
        Format::Json | Format::Jsonl => |change| {
            let json =
                serde_json::to_string(change).expect("a change has string keys only, so it is always valid JSON");
            format!("{json}\n")
        },
        Format::Text | Format::Markdown => plain,
    };
    let uncertain = page.uncertain.iter().map(|spot| match options.format {
        Format::Json | Format::Jsonl => format!("{}\n", serde_json::json!({ "stage": "script", "uncertain": spot })),
        Format::Text | Format::Markdown => {
            let rule = format!("uncertain {}", spot.rule);
            let place = format!("{}:{}", spot.text, spot.at.start);
            format!(
                "{:<8} {rule:<18} {place:<10} {} → {}? {}\n",
                "script",
                spot.before,
                spot.after,
                spot.others.join(" ")
            )
        }
    });
    page.changes.iter().map(line).chain(uncertain).collect()
}

fn plain(change: &Change) -> String {
    let place = format!("{}:{}", change.block, change.at);
    let after = if change.after.is_empty() { "dropped".to_owned() } else { format!("→ {}", short(&change.after)) };
    format!("{:<8} {:<18} {place:<10} {} {after}\n", change.stage.name(), change.rule, short(&change.before))
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
