//! What was done to a page: each dropped block and each edit of the very run that made it, in reading order.

use super::ink::{Tone, ink};
use super::record::Origin;
use super::visible::{short, visible};
use super::{Format, Options, diff};
use crate::edit::{Change, Loss, Stage};
use crate::extract::recipe::Selected;
use crate::page::{Page, Status};
use crate::script::Uncertain;
use crate::split::Decision;
use serde_json::{Value, json};

/// The name of what a recipe's selectors found.
const SELECTED: &str = "selected";

/// Longest piece of text shown to people, in code points; JSON shows all of it.
const SHOWN: usize = 60;

/// What to show of it, and how.
#[derive(Debug, Clone, Default)]
pub struct View {
    /// Only what these stages did; empty is all. For people the stops of `split` are shown only when it is named here, or one
    /// of its rules in `rules`.
    pub stages: Vec<Stage>,
    /// Only what these rules did; empty is all.
    pub rules: Vec<String>,
    /// For people: whole texts with what went and what came, rather than a line each.
    pub diff: bool,
    /// For people at a terminal.
    pub color: bool,
}

impl View {
    /// What this rule of this stage did is to be shown.
    pub fn shows(&self, stage: Stage, rule: &str) -> bool {
        let stage = self.stages.is_empty() || self.stages.contains(&stage);
        stage && (self.rules.is_empty() || self.rules.iter().any(|wanted| wanted == rule))
    }
}

/// The changes, the uncertain places of the conversion and the stops, block by block and in the order of the stages within one:
/// a line each for people, below the name of the page, or JSON Lines where the format is a JSON one.
pub fn explain(page: &Page, origin: &Origin, options: &Options, view: &View) -> String {
    let data = matches!(options.format, Format::Json | Format::Jsonl);
    if view.diff && !data {
        let diff = diff::diff(page, view);
        return heading(origin, view.color) + if diff.is_empty() { nothing(page, view) } else { &diff };
    }
    let mut out = if data { String::new() } else { heading(origin, view.color) };
    let items = items(page);
    let mut shown = items.iter().filter(|item| item.is_shown(view, data)).peekable();
    if shown.peek().is_none() && !data {
        out.push_str(nothing(page, view));
    }
    for item in shown {
        out.push_str(&if data { item.placed(origin).to_string() } else { item.line(page, view.color) });
        out.push('\n');
    }
    out
}

/// The line where there is nothing to show, and why.
fn nothing(page: &Page, view: &View) -> &'static str {
    match (view.stages.is_empty() && view.rules.is_empty(), page.status) {
        (false, _) => "nothing was done by these stages and rules\n",
        (true, Status::Empty) => "no text was found, and nothing was dropped\n",
        (true, _) => "unchanged: nothing was dropped, repaired or converted\n",
    }
}

/// The page's name, so that pages can be told apart; nothing for standard input.
fn heading(origin: &Origin, color: bool) -> String {
    let id = origin.id.as_ref().map(|id| format!(" {}", id.get())).unwrap_or_default();
    match &origin.file_path {
        Some(path) => format!("{}\n", ink(&visible(&format!("# {path}{id}")), Tone::Strong, color)),
        None => String::new(),
    }
}

/// One thing that was done.
enum Item<'a> {
    Selected(&'a Selected),
    Change(&'a Change),
    Uncertain(&'a Uncertain),
    Stop(usize, &'a Decision),
}

/// All there is, in reading order: what was dropped before a block, then what became of the block.
fn items(page: &Page) -> Vec<Item<'_>> {
    let selected = page.selected.iter().map(Item::Selected);
    let changes = page.changes.iter().map(Item::Change);
    let uncertain = page.uncertain.iter().map(Item::Uncertain);
    let stops = page.stops.iter().enumerate();
    let stops = stops.flat_map(|(block, stops)| stops.iter().map(move |stop| Item::Stop(block, stop)));
    let mut items: Vec<Item> = selected.chain(changes).chain(uncertain).chain(stops).collect();
    items.sort_by_key(Item::place);
    items
}

impl Item<'_> {
    fn place(&self) -> (usize, Stage) {
        match self {
            Item::Selected(_) => (0, Stage::Extract),
            Item::Change(change) => (change.block, change.stage),
            Item::Uncertain(place) => (place.text, Stage::Script),
            Item::Stop(block, _) => (*block, Stage::Split),
        }
    }

    fn is_shown(&self, view: &View, data: bool) -> bool {
        match self {
            Item::Selected(_) => view.shows(Stage::Extract, SELECTED),
            Item::Change(change) => view.shows(change.stage, change.rule),
            Item::Uncertain(place) => {
                view.shows(Stage::Script, "uncertain")
                    || !view.rules.is_empty() && view.shows(Stage::Script, place.rule)
            }
            Item::Stop(_, stop) => {
                let asked = data || !view.stages.is_empty() || !view.rules.is_empty();
                asked && view.shows(Stage::Split, stop.rule)
            }
        }
    }

    /// The same as data, with the page it belongs to where that has a name.
    fn placed(&self, origin: &Origin) -> Value {
        let mut data = self.data();
        if let Some(path) = &origin.file_path {
            data["path"] = json!(path);
        }
        if let Some(id) = &origin.id {
            data["id"] = json!(id);
        }
        data
    }

    fn data(&self) -> Value {
        match self {
            Item::Selected(part) => {
                json!({"stage": "extract", "rule": SELECTED, "field": part.field, "selector": part.selector, "elements": part.elements})
            }
            Item::Change(change) => json!(change),
            Item::Uncertain(place) => {
                json!({"stage": "script", "rule": "uncertain", "block": place.text, "at": place.at.start,
                    "before": place.before, "after": place.after, "others": place.others, "odds": place.odds,
                    "why": place.rule})
            }
            Item::Stop(block, stop) => {
                json!({"stage": "split", "rule": stop.rule, "block": block, "at": stop.at, "end": stop.end, "cut": stop.cut})
            }
        }
    }

    fn line(&self, page: &Page, color: bool) -> String {
        let gone = |text: &str| ink(&visible(&short(text, SHOWN)), Tone::Gone, color);
        let new = |text: &str| ink(&visible(&short(text, SHOWN)), Tone::New, color);
        match self {
            Item::Selected(part) => {
                let what = format!("{} by {}", part.field.name(), visible(&part.selector));
                let found = match part.elements {
                    0 => "nothing (the usual choice is made)".to_owned(),
                    1 => "1 element".to_owned(),
                    many => format!("{many} elements"),
                };
                row("extract", SELECTED, 0, 0, &format!("{what}: {}", ink(&found, Tone::New, color)), color)
            }
            Item::Change(change) => {
                let what = match (change.stage, change.after.as_str()) {
                    (Stage::Extract, _) => format!("{} {}", gone(&change.before), ink("dropped", Tone::Faint, color)),
                    (_, "") => format!("{} → {}", gone(&change.before), ink("nothing", Tone::Faint, color)),
                    (_, after) => format!("{} → {}", gone(&change.before), new(after)),
                };
                let what = what + &lost(change.lost, color);
                row(change.stage.name(), change.rule, change.block, change.at, &what, color)
            }
            Item::Uncertain(place) => {
                let odds = place.odds.map(|odds| format!(", {odds} to 1")).unwrap_or_default();
                let others = ink(&format!("(or {}{odds})", place.others.join(" ")), Tone::Warn, color);
                let what = format!("{} → {} {others}", gone(&place.before), new(&place.after));
                row("script", "uncertain", place.text, place.at.start, &what, color)
            }
            Item::Stop(block, stop) => {
                let text = page.blocks.get(*block).map_or("", |block| block.text.as_str());
                row("split", stop.rule, *block, stop.at, &around(text, stop), color)
            }
        }
    }
}

/// What a change could not bring back, said behind it.
fn lost(loss: Loss, color: bool) -> String {
    match loss {
        Loss::Nothing => String::new(),
        Loss::Guessed => format!(" {}", ink("(guessed)", Tone::Warn, color)),
        Loss::Gone => format!(" {}", ink("(in part gone)", Tone::Warn, color)),
    }
}

fn row(stage: &str, rule: &str, block: usize, at: usize, what: &str, color: bool) -> String {
    let place = ink(&format!("{:<10}", format!("{block}:{at}")), Tone::Faint, color);
    let rule = ink(&format!("{rule:<18}"), Tone::Name, color);
    format!("{} {rule} {place} {what}", ink(&format!("{stage:<8}"), Tone::Strong, color))
}

/// The text around a stop, with a bar where it was cut and a dot where it was not.
fn around(text: &str, stop: &Decision) -> String {
    let (before, after) = text.split_at_checked(stop.end).unwrap_or((text, ""));
    let start = before.char_indices().rev().nth(11).map_or(0, |(at, _)| at);
    let tail: String = after.trim_start().chars().take(12).collect();
    let mark = if stop.cut { '|' } else { '·' };
    visible(&short(format!("{} {mark} {tail}", before[start..].trim_start()).trim_end(), SHOWN))
}
