//! The page as it came beside the clean text, block by block.
//!
//! In: the page and its marked texts. Out: a row for each kept block, the text before on the left and after on the right, and
//! a row for each run of blocks that one rule dropped. Rows keep both sides level, so no script has to.

use super::safe::Shown;
use super::used::Used;
use crate::edit::{Change, Loss, Stage};
use crate::page::{Container, Grid, Kind, Page};
use crate::split::Decision;
use crate::write::marked::{Marked, Piece};
use crate::write::visible::{short, visible};
use maud::{Markup, Render, html};
use std::ops::Range;

/// Dropped blocks of one run that are shown at once; the others fold.
const SHOWN: usize = 3;

/// Blocks dropped above the first kept one, or below the last, that fold as a whole: menus must not push the text off the first screen.
const FOLDED: usize = 4;

/// What the rows of a report are made from.
pub(super) struct Rows<'a> {
    pub page: &'a Page,
    pub marked: &'a [Marked],
    pub used: &'a Used,
    /// So many conversions that each is one element: what stood before is told on hover alone.
    pub large: bool,
    /// Language tags of the text before and after.
    pub languages: (&'a str, &'a str),
}

impl Rows<'_> {
    /// All rows in reading order.
    pub fn rows(&self) -> Markup {
        let mut dropped: Vec<(usize, &Change)> =
            self.page.changes.iter().enumerate().filter(|(_, change)| change.stage == Stage::Extract).collect();
        dropped.sort_by_key(|(_, change)| change.block);
        let mut rest = dropped.as_slice();
        let first = usize::from(self.page.title().is_some());
        html! {
            @for block in 0..=self.page.blocks.len() {
                @let run = rest.iter().take_while(|(_, change)| change.block <= block).count();
                @let (here, later) = rest.split_at(run);
                @let edge = block <= first || block == self.page.blocks.len();
                @if edge && here.len() >= FOLDED && !self.page.blocks.is_empty() {
                    details.edge {
                        summary {
                            (here.len()) " blocks dropped "
                            @if block <= first { "before the text" } @else { "after the text" }
                            span.muted { " · " (rules(here)) }
                        }
                        (self.runs(here))
                    }
                } @else {
                    (self.runs(here))
                }
                @if block < self.page.blocks.len() { (self.kept(block)) }
                ({ rest = later; "" })
            }
        }
    }

    /// Dropped blocks in reading order, a row for each run of one rule.
    fn runs(&self, dropped: &[(usize, &Change)]) -> Markup {
        html! { @for alike in dropped.chunk_by(|(_, one), (_, other)| one.rule == other.rule) { (self.dropped(alike)) } }
    }

    /// Blocks that stood together and that one rule dropped.
    fn dropped(&self, run: &[(usize, &Change)]) -> Markup {
        let Some((_, first)) = run.first() else { return Markup::default() };
        let (head, tail) = run.split_at(run.len().min(SHOWN));
        let hover = self.meaning(Stage::Extract, first.rule);
        let line = |(number, change): &(usize, &Change)| {
            html! { p.d.(self.used.class(Stage::Extract, change.rule)) id={ "c" (number) } title=(hover) {
                @if change.before.trim().is_empty() { span.muted { "(nothing but white space)" } } @else { (Shown(&change.before)) }
            } }
        };
        html! {
            div.row.drop.(self.used.class(Stage::Extract, first.rule)) {
                div.n {}
                div.was lang=(self.languages.0) {
                    @for one in head { (line(one)) }
                    @if !tail.is_empty() {
                        details {
                            summary { "and " (tail.len()) " more" }
                            @for one in tail { (line(one)) }
                        }
                    }
                }
                div.now { p.why {
                    span.rule title=(hover) { (first.rule) }
                    " " (run.len()) @if run.len() == 1 { " block" } @else { " blocks" } " dropped"
                } }
            }
        }
    }

    /// Where each change and each uncertain place is marked, as ids: neighbours that are shown as one share theirs.
    pub fn anchors(&self) -> Anchors {
        let mut anchors = Anchors {
            changes: (0..self.page.changes.len()).map(|number| format!("c{number}")).collect(),
            uncertain: (0..self.page.uncertain.len()).map(|number| format!("u{number}")).collect(),
        };
        for (block, marked) in self.marked.iter().enumerate() {
            for pieces in marked.pieces.chunk_by(|one, other| self.alike(one, other)) {
                let Some(first) = pieces.first() else { continue };
                let Some(id) = (if self.is_whole(first) { Some(format!("b{block}")) } else { anchor(first) }) else {
                    continue;
                };
                for piece in pieces {
                    piece.changes.iter().for_each(|number| anchors.changes[*number].clone_from(&id));
                    piece.uncertain.iter().for_each(|number| anchors.uncertain[*number].clone_from(&id));
                }
            }
        }
        anchors
    }

    /// A block that was kept.
    fn kept(&self, number: usize) -> Markup {
        let (block, marked) = (&self.page.blocks[number], &self.marked[number]);
        let kind = block.kind.name();
        // The innermost container that the report draws.
        let within = block.within.iter().rev().map(Container::name).find(|name| ["item", "quote"].contains(name));
        html! {
            div.row.(kind).(within.unwrap_or("plain")) id={ "b" (number) } {
                div.n title=(kind) { (number) }
                div.was lang=(self.languages.0) { p { (self.before(marked)) } }
                div.now lang=(self.languages.1) {
                    @match &block.kind {
                        Kind::Table(grid) if is_untouched(marked) => (table(grid, &block.text)),
                        _ => p { (self.after(number, &block.text, marked)) },
                    }
                }
            }
        }
    }

    fn before(&self, marked: &Marked) -> Markup {
        html! {
            @for piece in &marked.pieces {
                @let text = marked.before.get(piece.before.clone()).unwrap_or_default();
                @match self.leading(piece).filter(|_| !text.is_empty() && !self.is_whole(piece)) {
                    Some((stage, rule)) => del.(self.used.class(stage, rule)) { (Shown(text)) },
                    None => (Shown(text)),
                }
            }
        }
    }

    /// The text as it is now, its edits marked and its sentences parted.
    pub fn after(&self, number: usize, text: &str, marked: &Marked) -> Markup {
        let mut stops = self.page.stops.get(number).map_or(&[][..], Vec::as_slice);
        html! {
            @for pieces in marked.pieces.chunk_by(|one, other| self.alike(one, other)) {
                (self.piece(pieces, text, marked, &mut stops))
            }
        }
    }

    /// Neighbours that one rule of the same conversion changed are shown as one.
    fn alike(&self, one: &Piece, other: &Piece) -> bool {
        let rule = |piece: &Piece| match piece.changes.as_slice() {
            [number] if piece.uncertain.is_empty() => {
                self.page.changes.get(*number).map(|change| (change.stage, change.rule))
            }
            _ => None,
        };
        rule(one).is_some_and(|(stage, _)| stage == Stage::Script) && rule(one) == rule(other)
    }

    fn piece(&self, pieces: &[Piece], text: &str, marked: &Marked, stops: &mut &[Decision]) -> Markup {
        let [first, .., last] = pieces else {
            return pieces.first().map(|one| self.one(one, one, text, marked, stops)).unwrap_or_default();
        };
        self.one(first, last, text, marked, stops)
    }

    fn one(&self, first: &Piece, last: &Piece, text: &str, marked: &Marked, stops: &mut &[Decision]) -> Markup {
        let after = first.after.start..last.after.end;
        let cut = Cut { text, range: after, used: self.used }.with(stops);
        let Some((stage, rule)) = self.leading(first) else { return cut };
        let before = marked.before.get(first.before.start..last.before.end).unwrap_or_default();
        if self.is_whole(first) {
            return html! { mark.whole.(self.used.class(stage, rule)) title=(visible(&short(before, 40))) { (cut) } };
        }
        html! {
            mark.(self.used.class(stage, rule)).unsure[!first.uncertain.is_empty()].lost[self.is_lost(first)] id=[anchor(first)] title=(self.hover(first, last, before)) {
                @if first.changes.is_empty() { (cut) } @else { del { (Shown(before)) } ins { (cut) } }
            }
        }
    }

    /// The piece is one element without a name of its own.
    fn is_whole(&self, piece: &Piece) -> bool {
        let script = self.leading(piece).is_some_and(|(stage, _)| stage == Stage::Script);
        self.large && script && piece.uncertain.is_empty()
    }

    /// Stage and rule that a piece is filtered by: those of its first change.
    fn leading(&self, piece: &Piece) -> Option<(Stage, &'static str)> {
        let change = piece.changes.first().and_then(|number| self.page.changes.get(*number));
        let unsure = piece.uncertain.first().map(|_| (Stage::Script, "uncertain"));
        change.map(|change| (change.stage, change.rule)).or(unsure)
    }

    /// What stood there once is not all known.
    fn is_lost(&self, piece: &Piece) -> bool {
        let mut changes = piece.changes.iter().filter_map(|number| self.page.changes.get(*number));
        changes.any(|change| change.lost != Loss::Nothing)
    }

    fn hover(&self, first: &Piece, last: &Piece, before: &str) -> String {
        let changes = first.changes.iter().filter_map(|number| self.page.changes.get(*number));
        let mut lines: Vec<String> = if first == last {
            changes.map(|c| format!("{}: {}", c.stage.name(), arrow(c))).collect()
        } else {
            changes.map(|c| format!("{}: {}: from {}", c.stage.name(), c.rule, short(before, 40))).collect()
        };
        for place in first.uncertain.iter().filter_map(|number| self.page.uncertain.get(*number)) {
            lines.push(format!("uncertain ({}): {}, or {}", place.rule, place.after, place.others.join(" ")));
        }
        visible(&lines.join("\n"))
    }

    /// A rule's name and what it stands for.
    fn meaning(&self, stage: Stage, rule: &str) -> String {
        let met = self.used.met.iter().find(|met| met.stage == stage && met.name == rule);
        match met.map_or("", |met| met.line) {
            "" => format!("{} {rule}", stage.name()),
            line => format!("{} {rule}: {line}", stage.name()),
        }
    }
}

/// The rules of dropped blocks, each once, for the line they fold behind.
fn rules(dropped: &[(usize, &Change)]) -> String {
    let mut names: Vec<&str> = dropped.iter().map(|(_, change)| change.rule).collect();
    names.sort_unstable();
    names.dedup();
    names.join(", ")
}

/// Nothing was changed in the text.
fn is_untouched(marked: &Marked) -> bool {
    marked.pieces.iter().all(|piece| piece.changes.is_empty() && piece.uncertain.is_empty())
}

/// A table as one. Its cells stand in row order; what a span covers has none.
fn table(grid: &Grid, text: &str) -> Markup {
    let span = |count: u32| (count > 1).then_some(count);
    html! {
        table.cells { tbody {
            @for row in grid.cells.chunk_by(|one, other| one.row == other.row) {
                tr { @for cell in row {
                    @let text = text.get(cell.range.clone()).unwrap_or_default();
                    @if cell.header {
                        th rowspan=[span(cell.row_span)] colspan=[span(cell.column_span)] { (Shown(text)) }
                    } @else {
                        td rowspan=[span(cell.row_span)] colspan=[span(cell.column_span)] { (Shown(text)) }
                    }
                } }
            }
        } }
    }
}

/// Ids of the marks.
pub(super) struct Anchors {
    /// For each of [`Page::changes`].
    pub changes: Vec<String>,
    /// For each of [`Page::uncertain`].
    pub uncertain: Vec<String>,
}

fn anchor(piece: &Piece) -> Option<String> {
    let change = piece.changes.first().map(|number| format!("c{number}"));
    change.or_else(|| piece.uncertain.first().map(|number| format!("u{number}")))
}

fn arrow(change: &Change) -> String {
    let after = if change.after.is_empty() { "nothing".to_owned() } else { short(&change.after, 40) };
    let lost = match change.lost {
        Loss::Nothing => "",
        Loss::Guessed => " (guessed)",
        Loss::Gone => " (in part gone for good)",
    };
    format!("{}: {} → {after}{lost}", change.rule, short(&change.before, 40))
}

/// A stretch of text with its stops.
struct Cut<'a> {
    text: &'a str,
    range: Range<usize>,
    used: &'a Used,
}

impl Cut<'_> {
    /// Writes the stretch, and takes the stops that end in it.
    fn with(self, stops: &mut &[Decision]) -> Markup {
        let mut out = String::new();
        let mut from = self.range.start;
        while let [stop, rest @ ..] = *stops
            && stop.end <= self.range.end
        {
            Shown(self.text.get(from..stop.end).unwrap_or_default()).render_to(&mut out);
            from = from.max(stop.end);
            *stops = rest;
            // The last stop of a block parts nothing.
            if stop.end < self.text.len() {
                let (class, did) = if stop.cut { ("", "cut") } else { (" not", "no cut") };
                let class = format!("stop{class} {}", self.used.class(Stage::Split, stop.rule));
                html! { i class=(class) title={ "split: " (stop.rule) ": " (did) } {} }.render_to(&mut out);
            }
        }
        Shown(self.text.get(from..self.range.end).unwrap_or_default()).render_to(&mut out);
        maud::PreEscaped(out)
    }
}
