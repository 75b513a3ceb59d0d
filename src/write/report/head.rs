//! The head of a report: what page it is, how it came out, counts, metadata with their sources, and the evidence.

use super::rows::Rows;
use super::safe::Shown;
use super::{file_name, sizes, word};
use crate::edit::{Loss, Stage};
use crate::page::{Page, Status};
use crate::write::record::Origin;
use maud::{Markup, html};

/// Title, path and facts.
pub(super) fn head(rows: &Rows, origin: &Origin) -> Markup {
    let page = rows.page;
    let path = origin.file_path.as_deref().unwrap_or("standard input");
    html! {
        header {
            p.brand { b { "zonetext" } " explain" }
            h1 lang=(rows.languages.1) { bdi { (Shown(page.title().unwrap_or(file_name(origin)))) } }
            @if page.title().is_some() || file_name(origin) != path { p.path { bdi { (Shown(path)) } } }
            (notices(page))
            (counts(rows))
            (facts(page))
        }
    }
}

/// What a reader must know before anything else.
fn notices(page: &Page) -> Markup {
    let all: [(bool, &str, &str); 4] = [
        (page.charset.binary, "This is no text.", "The bytes are a picture, an archive or noise; nothing was read."),
        (
            !page.charset.binary && page.status == Status::Empty,
            "No text was found.",
            "Everything that was there is listed as dropped below.",
        ),
        (
            page.charset.undecodable > 0 && !page.charset.binary,
            "Some bytes could not be read.",
            "They stand as � in the text.",
        ),
        (
            page.confidence.is_some_and(|c| c < 0.5),
            "The choice of the main text is a guess.",
            "Compare both sides before you trust it.",
        ),
    ];
    html! {
        @if let Some(limit) = &page.limit {
            @let cut = page.status == Status::Limit;
            p.notice.bad[cut] {
                b { @if cut { "The page was cut by a budget." } @else { "A budget was reached." } }
                " " (Shown(limit)) @if !cut { "; no text is lost" } "."
            }
        }
        @for (_, what, more) in all.iter().filter(|(holds, ..)| *holds) { p.notice { b { (what) } " " (more) } }
    }
}

fn counts(rows: &Rows) -> Markup {
    let (page, used) = (rows.page, rows.used);
    let (came, chars) = sizes(page);
    let lost = page.changes.iter().filter(|change| change.lost != Loss::Nothing).count();
    let sentences: usize = page.blocks.iter().map(|block| block.sentences.len()).sum();
    let tiles = [
        (page.blocks.len(), "blocks kept", ""),
        (used.count(Stage::Extract), "blocks dropped", "s1"),
        (used.count(Stage::Repair), "repairs", "s2"),
        (used.count(Stage::Script) - page.uncertain.len(), "conversions", "s3"),
        (sentences, "sentences", "s4"),
    ];
    html! {
        ul.tiles {
            @for (count, what, class) in tiles { li.tile.(class).zero[count == 0] { b { (grouped(count)) } " " span { (what) } } }
            @if lost > 0 { li.tile.unsure { b { (grouped(lost)) } " " span { "guessed or gone" } } }
            @if !page.uncertain.is_empty() { li.tile.unsure { b { (grouped(page.uncertain.len())) } " " span { "uncertain" } } }
            li.tile {
                b { (share(chars, came)) } " " span { "of the text kept" }
                span.small { (grouped(came)) " → " (grouped(chars)) " characters" }
            }
        }
    }
}

fn facts(page: &Page) -> Markup {
    let from = word(&page.charset.from);
    html! {
        dl.facts {
            div { dt { "Charset" } dd { (page.charset.charset) " " span.muted { "from " (from) } } }
            div { dt { "Script" } dd { (word(&page.script)) } }
            @if let Some(language) = page.language() { div { dt { "Language" } dd { (Shown(&language)) } } }
            @if let Some(sort) = &page.sort { div { dt { "Kind of page" } dd { (word(sort)) } } }
            @if let Some(confidence) = page.confidence {
                @let confidence = format!("{confidence:.2}");
                div {
                    dt { "Confidence" }
                    dd { meter min="0" max="1" low="0.5" high="0.8" optimum="1" value=(confidence) {} " " (confidence) }
                }
            }
            div { dt { "Result" } dd { (word(&page.status)) } }
        }
    }
}

/// Metadata with their sources beside the evidence.
pub(super) fn found(rows: &Rows, origin: &Origin) -> Markup {
    html! {
        div.panels {
            section aria-labelledby="metadata-title" { h2 #metadata-title { "Metadata" } (metadata(rows, origin)) }
            section aria-labelledby="evidence-title" { h2 #evidence-title { "Evidence" } (evidence(rows.page)) }
        }
    }
}

fn metadata(rows: &Rows, origin: &Origin) -> Markup {
    let metadata = &rows.page.metadata;
    // The values in the order in which the changes count them.
    let mut number = rows.page.blocks.len();
    let mut next = |values: &[&String]| -> Vec<Markup> {
        let shown = values.iter().map(|value| {
            number += 1;
            rows.marked.get(number - 1).map_or_else(Markup::default, |marked| rows.after(number - 1, value, marked))
        });
        shown.collect()
    };
    let prose = [
        ("site", next(&metadata.site.iter().collect::<Vec<_>>())),
        ("author", next(&metadata.authors.iter().collect::<Vec<_>>())),
        ("tags", next(&metadata.tags.iter().collect::<Vec<_>>())),
        ("description", next(&metadata.description.iter().collect::<Vec<_>>())),
    ];
    let url = origin.url.as_ref().or(metadata.url.as_ref());
    let plain = [("published", &metadata.published), ("language", &metadata.language)];
    let source = |field: &str| metadata.source(field).map(ToString::to_string).unwrap_or_default();
    let row = |field: &str, value: Markup, from: &str| {
        html! { tr { th scope="row" { (field) } (value) td.muted { (from) } } }
    };
    let address = |text: &str| html! { td.url { bdi { (Shown(text)) } } };
    html! {
        table.pairs {
            thead { tr { th scope="col" { "Field" } th scope="col" { "Value" } th scope="col" { "Where it was read" } } }
            tbody {
                @if let Some(title) = rows.page.title() {
                    (row("title", html! { td lang=(rows.languages.1) { bdi { (Shown(title)) } } }, &source("title")))
                }
                @for (field, values) in prose.iter().filter(|(_, values)| !values.is_empty()) {
                    @let values = html! { td lang=(rows.languages.1) { @for value in values { span.value { (value) } } } };
                    (row(field, values, &source(field)))
                }
                @for (field, value) in plain {
                    @if let Some(value) = value { (row(field, html! { td { bdi { (Shown(value)) } } }, &source(field))) }
                }
                @if let Some(url) = url {
                    (row("url", address(url), &if origin.url.is_some() { "given".to_owned() } else { source("url") }))
                }
                @for part in &rows.page.selected {
                    (row(part.field.name(), address(&part.selector), &format!("selector: {} elements", part.elements)))
                }
                @if let Some(id) = &origin.id { (row("id", address(id.get()), "the record")) }
                @if !origin.sha1.is_empty() { (row("sha1", address(&origin.sha1), "the bytes")) }
            }
        }
    }
}

fn evidence(page: &Page) -> Markup {
    let found = &page.evidence;
    let counts = [
        ("ideographs", found.han),
        ("Simplified only", found.simplified),
        ("Traditional only", found.traditional),
        ("Cantonese only", found.cantonese),
        ("kana", found.kana),
        ("hangul", found.hangul),
    ];
    let words: Vec<String> =
        found.taiwan.iter().chain(&found.hong_kong).map(|(word, count)| format!("{word} {count}")).collect();
    let mut kinds: Vec<(&str, usize)> = Vec::new();
    for block in &page.blocks {
        match kinds.iter_mut().find(|(kind, _)| *kind == block.kind.name()) {
            Some((_, count)) => *count += 1,
            None => kinds.push((block.kind.name(), 1)),
        }
    }
    let lost = crate::repair::lost(&page.texts());
    let undecodable = page.charset.undecodable;
    html! {
        dl.evidence {
            (listed("Charset", html! {
                @for line in &page.charset.evidence { li { (Shown(line)) } }
                li { (grouped(page.chars_in)) " characters with all markup" }
                @if undecodable > 0 { li { "bytes that could not be read: " (grouped(undecodable)) } }
            }))
            (listed("Script", html! {
                @for (what, count) in counts.iter().filter(|(_, count)| *count > 0) { li { (grouped(*count)) " " (what) } }
                @if !words.is_empty() { li lang="zh" { (words.join(", ")) } }
            }))
            @if !kinds.is_empty() {
                (listed("Blocks", html! { li {
                    @for (place, (kind, count)) in kinds.iter().enumerate() {
                        @if place > 0 { ", " }
                        (count) " " (kind) @if *count > 1 && *kind != "code" { "s" }
                    }
                } }))
            }
            @if !lost.is_empty() {
                (listed("Lost", html! { @for (class, count) in &lost { li { (count) " " (class) ": gone for good" } } }))
            }
        }
    }
}

fn listed(name: &str, items: Markup) -> Markup {
    html! { div { dt { (name) } dd { ul { (items) } } } }
}

/// A number with a thin space between its thousands.
pub(super) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) && digits.len() > 4 {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    out
}

/// A share as whole per cent.
pub(super) fn share(part: usize, whole: usize) -> String {
    if whole == 0 { "—".to_owned() } else { format!("{:.0} %", part as f64 * 100.0 / whole as f64) }
}
