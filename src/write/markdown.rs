//! A page as CommonMark: headings, list items, quotes, tables and code keep their form.

use super::{Options, shown};
use crate::page::{Block, Kind, Page};

/// The page as Markdown, a blank line between blocks; items of one list and rows of one table stand together.
pub fn markdown(page: &Page, options: &Options) -> String {
    if page.verbatim {
        return super::text::text(page, options);
    }
    let mut out = String::new();
    let mut last = None;
    for block in shown(page, options) {
        let together = last == Some(block.kind) && matches!(block.kind, Kind::Item | Kind::Row);
        if last.is_some() && !together {
            out.push('\n');
        }
        push(block, together, &mut out);
        last = Some(block.kind);
    }
    out
}

fn push(block: &Block, together: bool, out: &mut String) {
    match block.kind {
        Kind::Title => line("# ", &block.text, out),
        Kind::Heading => line("## ", &block.text, out),
        Kind::Item if numbered(&block.text) => line("", &block.text, out),
        Kind::Item => line("- ", &block.text, out),
        Kind::Quote => block.text.lines().for_each(|l| line("> ", l, out)),
        Kind::Caption => line("*", &format!("{}*", escape(&block.text)), out),
        Kind::Row => row(&block.text, together, out),
        Kind::Code => out.push_str(&format!("```\n{}\n```\n", block.text.replace("```", "` ` `"))),
        Kind::Paragraph | Kind::Byline => line("", &escape(&block.text), out),
    }
}

fn line(mark: &str, text: &str, out: &mut String) {
    out.push_str(mark);
    out.push_str(&text.replace('\n', " "));
    out.push('\n');
}

/// An item that brings its own number, `1. ` or `1) `: CommonMark reads it as it is.
fn numbered(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < text.len() && (rest.starts_with(". ") || rest.starts_with(") "))
}

/// A line that would begin a heading, list, quote or rule is kept a paragraph by a backslash.
fn escape(text: &str) -> String {
    let marked = text.starts_with(['#', '>', '+', '-', '=', '*', '`', '~', '|']) || numbered(text);
    if marked { format!("\\{text}") } else { text.to_owned() }
}

/// A row of a pipe table; the first of a run gets the delimiter row that GitHub's tables need.
fn row(text: &str, together: bool, out: &mut String) {
    let cells: Vec<String> = text.split('\t').map(|c| c.replace('|', "\\|").replace('\n', " ")).collect();
    out.push_str(&format!("| {} |\n", cells.join(" | ")));
    if !together {
        out.push_str(&format!("|{}\n", " --- |".repeat(cells.len())));
    }
}
