//! Text that was badly extracted before: the same questions as for HTML, without a tree.
//!
//! In: text with stray tags, bullets, menus, teaser lists, disclaimers, Markdown leftovers. Out: blocks, metadata, dropped lines
//! with their rules. Lines are judged by shape (length, marks, punctuation, repetition, position) on a folded view (see
//! [`line`]); the words that decide stand in [`rules`]. A page without prose (a poem, a word list) is kept whole: what no rule
//! names is never dropped.

mod body;
mod contents;
mod credits;
mod fields;
mod head;
mod line;
mod markdown;
mod rules;
mod tail;

use super::{Dropped, Extracted, Sort};
use crate::page::{Block, Cell, Container, Grid, Kind, Metadata, Source};
use line::{Line, Mark, lines};
pub(super) use rules::RULES;

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Title,
    Heading,
    Paragraph,
    Item,
    Caption,
    Byline,
    Quote,
    Row,
    Code,
}

/// What becomes of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Keep(Role),
    Drop(&'static str),
}

/// Extracts from text that has no tree. Total; linear in the length of the text.
pub fn extract_text(text: &str) -> Extracted {
    let lines = lines(text);
    let mut verdicts: Vec<Verdict> = lines.iter().map(shape).collect();
    let mut metadata = Metadata::default();
    fields::read(&lines, &mut verdicts, &mut metadata);
    contents::judge(&lines, &mut verdicts);
    let stretch = body::stretch(&lines, &verdicts);
    let title = head::judge(&lines, &mut verdicts, stretch.as_ref().map(|s| s.start));
    if title.is_some() {
        metadata.sources.push(Source { field: "title", place: "line above the text", name: "" });
    }
    if let Some(stretch) = &stretch {
        body::keep_only(stretch, title, &mut verdicts);
    }
    tail::judge(&lines, &mut verdicts, title);
    fields::finish(&lines, &verdicts, &mut metadata);
    assemble(&lines, &verdicts, metadata)
}

/// What a line is by itself.
fn shape(line: &Line) -> Verdict {
    if let Some(rule) = rules::litter(line) {
        return Verdict::Drop(rule);
    }
    Verdict::Keep(match line.mark {
        Mark::Heading => Role::Heading,
        Mark::Bullet | Mark::Number => Role::Item,
        Mark::Quote => Role::Quote,
        Mark::Row => Role::Row,
        Mark::Code => Role::Code,
        Mark::None if credits::is_credit_line(line) => Role::Byline,
        Mark::None if rules::is_caption(line) => Role::Caption,
        Mark::None => Role::Paragraph,
    })
}

fn assemble(lines: &[Line], verdicts: &[Verdict], metadata: Metadata) -> Extracted {
    let mut out =
        Extracted { metadata, sort: Sort::Article, confidence: confidence(lines, verdicts), ..Extracted::default() };
    let mut last = None;
    for (line, verdict) in lines.iter().zip(verdicts) {
        match *verdict {
            Verdict::Keep(role) if last == Some(role) && goes_on(role, &line.text, out.blocks.last_mut()) => {}
            Verdict::Keep(role) => {
                let block = block(role, &line.text, out.blocks.last());
                out.blocks.push(block);
            }
            Verdict::Drop(rule) => {
                out.dropped.push(Dropped { rule, text: line.text.to_string(), before: out.blocks.len(), at: line.at })
            }
        }
        last = if let Verdict::Keep(role) = *verdict { Some(role) } else { last.filter(|_| line.mark == Mark::Row) };
    }
    lead_with_title(&mut out);
    out
}

/// The block of a line.
fn block(role: Role, text: &str, last: Option<&Block>) -> Block {
    let mut block = Block::new(kind(role), text);
    match role {
        Role::Quote => block.within = vec![Container::Quote],
        Role::Item => block.within = vec![item(last.and_then(Block::item))],
        Role::Row => {
            block.text.clear();
            row(text, &mut block);
        }
        _ => {}
    }
    block
}

fn kind(role: Role) -> Kind {
    match role {
        Role::Title => Kind::Title,
        Role::Heading => Kind::Heading { level: 2 },
        Role::Caption => Kind::Caption,
        Role::Byline => Kind::Byline,
        Role::Code => Kind::Code { language: None },
        Role::Row => Kind::Table(Grid { header_rows: 1, ..Grid::default() }),
        Role::Paragraph | Role::Item | Role::Quote => Kind::Paragraph,
    }
}

/// Whether a line of program text or a table goes on with the block before it; then it is added there.
fn goes_on(role: Role, text: &str, block: Option<&mut Block>) -> bool {
    let Some(block) = block else { return false };
    match role {
        Role::Code => {
            block.text.push('\n');
            block.text.push_str(text);
        }
        Role::Row => row(text, block),
        _ => return false,
    }
    true
}

/// The next item of the list that the block before is in, or the first of a new one. Its own number stays in its text.
fn item(last: Option<&Container>) -> Container {
    match last {
        Some(Container::Item { list, number, .. }) => {
            let number = number.saturating_add(1);
            Container::Item { list: *list, ordered: false, number, label: None, done: None }
        }
        _ => Container::Item { list: 1, ordered: false, number: 1, label: None, done: None },
    }
}

/// Adds a row of a pipe table.
fn row(text: &str, block: &mut Block) {
    let Kind::Table(grid) = &mut block.kind else { return };
    let row = grid.cells.last().map_or(0, |cell| cell.row + 1);
    let inner = text.strip_prefix('|').unwrap_or(text);
    for (column, cell) in inner.strip_suffix('|').unwrap_or(inner).split('|').enumerate() {
        match column {
            0 if row > 0 => block.text.push('\n'),
            0 => {}
            _ => block.text.push('\t'),
        }
        let start = block.text.len();
        block.text.push_str(&cell.trim().replace('\t', " "));
        let (range, column) = (start..block.text.len(), column as u32);
        grid.columns = grid.columns.max(column + 1);
        grid.cells.push(Cell { range, row, column, row_span: 1, column_span: 1, header: row == 0 });
    }
}

/// A page's title is its first block, also where a line that is kept stands above it.
fn lead_with_title(out: &mut Extracted) {
    let Some(place) = out.blocks.iter().position(|block| block.kind == Kind::Title) else { return };
    out.blocks[..=place].rotate_right(1);
    out.dropped.iter_mut().filter(|dropped| dropped.before <= place).for_each(|dropped| dropped.before += 1);
}

/// Share of the prose that was kept: where much prose was dropped the choice is a bold one.
fn confidence(lines: &[Line], verdicts: &[Verdict]) -> f32 {
    let prose = |kept: bool| -> usize {
        let of = lines.iter().zip(verdicts).filter(|(line, v)| line.prose && matches!(v, Verdict::Keep(_)) == kept);
        of.map(|(line, _)| line.chars).sum()
    };
    let (kept, dropped) = (prose(true), prose(false));
    if kept == 0 { 0.3 } else { 0.3 + 0.7 * kept as f32 / (kept + dropped) as f32 }
}
