//! A page as CommonMark: headings, list items, quotes, tables and code keep their form.

use super::linked::{self, Base};
use super::record::Origin;
use super::{Options, shown};
use crate::page::{Kind, Page};

/// The page as Markdown, a blank line between blocks; items of one list and rows of one table stand together. Links and images
/// that the blocks hold are written out, their addresses resolved where the page's own is known.
pub fn markdown(page: &Page, origin: &Origin, options: &Options) -> String {
    if page.verbatim {
        return super::text::text(page, options);
    }
    let base = Base::new(page, origin);
    let mut out = String::new();
    let mut last = None;
    for block in shown(page, options) {
        let together = last == Some(block.kind) && matches!(block.kind, Kind::Item | Kind::Row);
        if last.is_some() && !together {
            out.push('\n');
        }
        let links = block.links.iter().filter(|link| match link.image {
            Some(_) => !options.drop_images,
            None => !options.drop_links,
        });
        let linked = linked::linked(block, links, &base);
        linked.before.iter().for_each(|image| out.push_str(&format!("{image}\n\n")));
        push(block.kind, &linked.text, together, &mut out);
        linked.after.iter().for_each(|image| out.push_str(&format!("\n{image}\n")));
        last = Some(block.kind).filter(|_| linked.after.is_empty());
    }
    out
}

fn push(kind: Kind, text: &str, together: bool, out: &mut String) {
    match kind {
        Kind::Title => line("# ", text, out),
        Kind::Heading => line("## ", text, out),
        Kind::Item if numbered(text) => line("", text, out),
        Kind::Item => line("- ", text, out),
        Kind::Quote => text.lines().for_each(|l| line("> ", l, out)),
        Kind::Caption => line("*", &format!("{}*", escape(text)), out),
        Kind::Row => row(text, together, out),
        Kind::Code => out.push_str(&format!("```\n{}\n```\n", text.replace("```", "` ` `"))),
        Kind::Paragraph | Kind::Byline => line("", &escape(text), out),
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
