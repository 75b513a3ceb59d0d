//! The bar above the text: stages and rules to show, how edits are shown, and the way from one change to the next.

use super::head::grouped;
use super::used::Used;
use maud::{Markup, html};

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
