//! What a page says beside its lines: readings of characters, boxes to write in, words of drawings.
//!
//! In: an element whose text is no part of a line. Out: its text, and the rule that names it. No forest judges it, and nothing of it goes
//! without a word.

use crate::extract::parse::{Markup, Place};

/// The rule of an element that is skipped and says something.
pub fn rule(markup: Markup, place: Place) -> Option<&'static str> {
    match markup.name() {
        "rt" | "rp" | "rtc" => Some("ruby"),
        "textarea" => place.first_child().map(|_| "text-box"),
        "svg" => labels(place).next().map(|_| "drawing"),
        _ => None,
    }
}

/// What it says.
pub fn text(markup: Markup, place: Place) -> String {
    let texts: Vec<&str> = match markup.name() {
        "svg" => labels(place).collect(),
        _ => place.descendants().filter_map(Place::text).collect(),
    };
    texts.join(if markup.name() == "svg" { " " } else { "" })
}

/// A box that is there to be read and copied, not to be written in.
pub fn is_read_only(markup: Markup) -> bool {
    markup.name() == "textarea" && markup.value("readonly").is_some()
}

/// Elements of a drawing whose own text is not drawn.
const UNDRAWN: [&str; 8] = ["svg", "g", "defs", "title", "desc", "style", "script", "metadata"];

/// The texts that a drawing shows.
fn labels<'a>(drawing: Place<'a>) -> impl Iterator<Item = &'a str> {
    let drawn = |place: &Place| {
        let around = place.parent().and_then(Place::markup).map_or("", |markup| markup.name());
        place.text().is_some_and(|text| !text.trim().is_empty()) && !UNDRAWN.contains(&around)
    };
    drawing.descendants().filter(drawn).filter_map(Place::text)
}
