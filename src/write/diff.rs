//! Each text that changed, with what went and what came character by character.
//!
//! In: a page and its marked texts. Out: a paragraph for each. Only the pieces that changed are compared, so the difference is
//! small and can show nothing that no rule did; within a piece `similar` finds the characters that stayed.

use super::explain::View;
use super::ink::{Tone, ink};
use super::marked::{Marked, marked};
use super::visible::{short, visible};
use crate::edit::{Change, Stage};
use crate::page::Page;
use similar::{ChangeTag, TextDiff};
use std::fmt::Write;

/// Characters of unchanged text shown around a change.
const AROUND: usize = 24;

/// A piece longer than this is shown whole, before and after: comparing it costs more than it tells.
const LONGEST: usize = 2000;

/// What was dropped and what was changed, in reading order, as far as the view lets it through.
pub fn diff(page: &Page, view: &View) -> String {
    let mut out = String::new();
    let texts = page.texts();
    let mut dropped: Vec<&Change> =
        page.changes.iter().filter(|c| c.stage == Stage::Extract && view.shows(c.stage, c.rule)).collect();
    dropped.sort_by_key(|change| change.block);
    let mut dropped = dropped.into_iter().peekable();
    for (number, (text, marked)) in texts.iter().zip(marked(page)).enumerate() {
        while let Some(change) = dropped.next_if(|change| change.block <= number) {
            line(change, view, &mut out);
        }
        block(page, number, text, &marked, view, &mut out);
    }
    dropped.for_each(|change| line(change, view, &mut out));
    out
}

/// A block that was dropped.
fn line(change: &Change, view: &View, out: &mut String) {
    let text = visible(&short(&change.before, 100));
    let (rule, text) = (ink(change.rule, Tone::Name, view.color), ink(&format!("- {text}"), Tone::Gone, view.color));
    // A string cannot refuse to be written to.
    let _ = writeln!(out, "{text}  {rule}");
}

fn block(page: &Page, number: usize, text: &str, marked: &Marked, view: &View, out: &mut String) {
    let shown = |change: &usize| page.changes.get(*change).is_some_and(|c| view.shows(c.stage, c.rule));
    if !marked.pieces.iter().any(|piece| piece.changes.iter().any(shown)) {
        return;
    }
    let kind = page.blocks.get(number).map_or("metadata", |block| block.kind.name());
    let _ = writeln!(out, "{}", ink(&format!("@@ {number} {kind} @@"), Tone::Faint, view.color));
    let last = marked.pieces.len().saturating_sub(1);
    for (place, piece) in marked.pieces.iter().enumerate() {
        let after = text.get(piece.after.clone()).unwrap_or_default();
        if piece.changes.iter().any(shown) {
            let before = marked.before.get(piece.before.clone()).unwrap_or_default();
            compared(before, after, view.color, out);
        } else {
            out.push_str(&visible(&around(after, place > 0, place < last)));
        }
    }
    out.push('\n');
}

/// Unchanged text, its middle left out where it is long; `left` and `right` say where changes stand beside it.
fn around(text: &str, left: bool, right: bool) -> String {
    let length = text.chars().count();
    let (head, tail) = (if left { AROUND } else { 0 }, if right { AROUND } else { 0 });
    if length <= head + tail + 4 {
        return text.to_owned();
    }
    let start: String = text.chars().take(head).collect();
    let end: String = text.chars().skip(length - tail).collect();
    format!("{start}…{end}")
}

fn compared(before: &str, after: &str, color: bool, out: &mut String) {
    if before.len() + after.len() > LONGEST {
        marked_as(ChangeTag::Delete, before, color, out);
        marked_as(ChangeTag::Insert, after, color, out);
        return;
    }
    let diff = TextDiff::from_chars(before, after);
    let mut run: Option<(ChangeTag, String)> = None;
    for change in diff.iter_all_changes() {
        match &mut run {
            Some((tag, text)) if *tag == change.tag() => text.push_str(change.value()),
            _ => {
                if let Some((tag, text)) = run.replace((change.tag(), change.value().to_owned())) {
                    marked_as(tag, &text, color, out);
                }
            }
        }
    }
    if let Some((tag, text)) = run {
        marked_as(tag, &text, color, out);
    }
}

/// Without colour as `wdiff` writes it: `[-gone-]{+new+}`.
fn marked_as(tag: ChangeTag, text: &str, color: bool, out: &mut String) {
    let text = visible(text);
    match (tag, color) {
        (_, _) if text.is_empty() => {}
        (ChangeTag::Equal, _) => out.push_str(&text),
        (ChangeTag::Delete, true) => out.push_str(&ink(&text, Tone::Gone, true)),
        (ChangeTag::Insert, true) => out.push_str(&ink(&text, Tone::New, true)),
        (ChangeTag::Delete, false) => out.push_str(&format!("[-{text}-]")),
        (ChangeTag::Insert, false) => out.push_str(&format!("{{+{text}+}}")),
    }
}
