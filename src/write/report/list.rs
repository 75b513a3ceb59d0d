//! Everything that was done to a page as one table: what the filters filter, and where each line leads to its place.

use super::rows::Rows;
use super::safe::Shown;
use crate::edit::{Change, Loss, Stage};
use crate::page::Page;
use crate::write::visible::short;
use maud::{Markup, html};

/// Rows of the table. A report of a large page says how many it leaves out; they are all marked in the text.
const MOST: usize = 2000;

/// Longest piece of text in a row, in code points.
const LONGEST: usize = 80;

/// The table, in reading order.
pub(super) fn list(rows: &Rows) -> Markup {
    let Rows { page, used, languages, .. } = *rows;
    let anchors = rows.anchors();
    let mut order: Vec<(usize, &Change)> = page.changes.iter().enumerate().collect();
    order.sort_by_key(|(_, change)| change.block);
    let all = order.len() + page.uncertain.len();
    html! {
        section #changes aria-labelledby="changes-title" {
            h2 #changes-title { "What was done " span.count { (all) } }
            @if all == 0 {
                p.none { "Nothing was dropped and nothing was changed." }
            } @else {
                @if all > MOST { p.note { "The first " (MOST) " are listed; all are marked in the text above." } }
                div.scroll tabindex="0" role="region" aria-labelledby="changes-title" {
                    table.list {
                        thead { tr {
                            @for name in ["Place", "Stage", "Rule", "Before", "After"] { th scope="col" { (name) } }
                        } }
                        tbody {
                            @for (number, change) in order.iter().take(MOST) { (row(rows, &anchors.changes[*number], change)) }
                            @for (number, place) in page.uncertain.iter().enumerate().take(MOST.saturating_sub(order.len())) {
                                tr.(used.class(Stage::Script, "uncertain")) {
                                    td.place { a href={ "#" (anchors.uncertain[number]) } { (self::place(page, place.text)) } }
                                    td.stage { "script" }
                                    td { span.rule { "uncertain" } }
                                    td lang=(languages.0) { (Shown(&short(&place.before, LONGEST))) }
                                    td lang=(languages.1) {
                                        (Shown(&short(&place.after, LONGEST)))
                                        " " span.muted { "or " (Shown(&place.others.join(" "))) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn row(rows: &Rows, anchor: &str, change: &Change) -> Markup {
    let Rows { page, used, languages, .. } = *rows;
    let dropped = change.stage == Stage::Extract;
    html! {
        tr.(used.class(change.stage, change.rule)) {
            td.place { a href={ "#" (anchor) } {
                @if dropped { "before " (following(page, change.block)) } @else { (place(page, change.block)) }
            } }
            td.stage { (change.stage.name()) }
            td { span.rule { (change.rule) } }
            td lang=(languages.0) { (Shown(&short(&change.before, LONGEST))) }
            td lang=(languages.1) {
                @if dropped { span.muted { "dropped" } }
                @else if change.after.is_empty() { span.muted { "nothing" } }
                @else { (Shown(&short(&change.after, LONGEST))) }
                @if change.lost != Loss::Nothing { " " span.muted { "(" (change.lost.name()) ")" } }
            }
        }
    }
}

/// A block by its number, or what of the metadata it is.
fn place(page: &Page, text: usize) -> String {
    match page.blocks.get(text) {
        Some(block) => format!("{} {text}", block.kind.name()),
        None => "metadata".to_owned(),
    }
}

fn following(page: &Page, block: usize) -> String {
    if block < page.blocks.len() { place(page, block) } else { "the end".to_owned() }
}
