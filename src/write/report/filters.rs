//! The bar above the text: stages and rules to show, how edits are shown, and the way from one change to the next.

use super::head::grouped;
use super::rows::Rows;
use super::used::Used;
use crate::edit::{Loss, Stage};
use maud::{Markup, html};

/// What each mark means, for the marks that this page has.
pub(super) fn legend(rows: &Rows) -> Markup {
    let (page, used) = (rows.page, rows.used);
    let any = |stage: Stage| used.count(stage) > 0;
    let lost = page.changes.iter().any(|change| change.lost != Loss::Nothing);
    if used.met.is_empty() {
        return html! { p.legend { "Nothing was dropped and nothing was changed." } };
    }
    html! {
        p.legend {
            @if any(Stage::Extract) { span { span.swatch {} "dropped" } }
            @if any(Stage::Repair) { span { del { "was" } " " ins { "now" } " repaired" } }
            @if any(Stage::Repair) { span { mark.sample { ins {} } " removed" } }
            @if any(Stage::Script) { span { mark.sample.s3 { ins { "字" } } " converted" } }
            @if lost { span { mark.sample.lost { ins { "字" } } " guessed" } }
            @if !page.uncertain.is_empty() { span { mark.sample.unsure { "字" } " uncertain" } }
            @if any(Stage::Split) { span { "字" i.stop {} "字 sentence end" } span { "字" i.stop.not {} "字 stop that ends none" } }
        }
    }
}

/// The bar. Boxes and choices work by style alone; the buttons need the script and are hidden without it.
pub(super) fn filters(used: &Used) -> Markup {
    html! {
        div.bar role="group" aria-label="What is shown" {
            fieldset.views {
                legend { "Edits" }
                @for (value, label) in [("marks", "marked"), ("both", "before and after"), ("clean", "plain")] {
                    label {
                        input type="radio" name="view" id={ "view-" (value) } value=(value) checked[value == "marks"];
                        span { (label) }
                    }
                }
            }
            fieldset.stages {
                legend { "Stages" }
                @for stage in used.stages() {
                    @let number = stage as usize;
                    label.{ "s" (number) } {
                        input type="checkbox" id={ "f" (number) } data-stage=(number) checked;
                        span { (stage.name()) " " span.count { (grouped(used.count(stage))) } }
                    }
                }
            }
            div.walk {
                button type="button" #previous title="Previous change (p)" { "← Previous" }
                button type="button" #next title="Next change (n)" { "Next →" }
            }
            details.rules {
                summary { "Rules " span.count { (used.met.len()) } }
                p.tools { button type="button" #all { "Show all" } " " button type="button" #none { "Show none" } }
                ul {
                    @for (place, met) in used.met.iter().enumerate() {
                        li.{ "s" (met.stage as usize) } {
                            label {
                                input type="checkbox" id={ "r" (place) } data-rule=(place) checked;
                                span {
                                    span.stage { (met.stage.name()) } " " b { (met.name) } " "
                                    span.count { (grouped(met.count)) }
                                }
                            }
                            " " button.only type="button" data-only=(place) aria-label={ "Show " (met.name) " only" } { "only" }
                            @if !met.line.is_empty() { span.line { (met.line) } }
                        }
                    }
                }
            }
            p #detail role="status" aria-live="polite" {}
        }
    }
}
