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
use crate::page::{Block, Kind, Metadata, Source};
use line::{Line, Mark, lines};
pub(super) use rules::RULES;

/// What becomes of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Keep(Kind),
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
        Mark::Heading => Kind::Heading,
        Mark::Bullet | Mark::Number => Kind::Item,
        Mark::Quote => Kind::Quote,
        Mark::Row => Kind::Row,
        Mark::Code => Kind::Code,
        Mark::None if credits::is_credit_line(line) => Kind::Byline,
        Mark::None if rules::is_caption(line) => Kind::Caption,
        Mark::None => Kind::Paragraph,
    })
}

fn assemble(lines: &[Line], verdicts: &[Verdict], metadata: Metadata) -> Extracted {
    let mut out =
        Extracted { metadata, sort: Sort::Article, confidence: confidence(lines, verdicts), ..Extracted::default() };
    for (line, verdict) in lines.iter().zip(verdicts) {
        match *verdict {
            Verdict::Keep(kind) => out.blocks.push(Block::new(kind, line.text.as_ref())),
            Verdict::Drop(rule) => {
                out.dropped.push(Dropped { rule, text: line.text.to_string(), before: out.blocks.len(), at: line.at })
            }
        }
    }
    lead_with_title(&mut out);
    out
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
