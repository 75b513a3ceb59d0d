//! A page as CommonMark with GitHub's tables, footnotes and `$` formulas.
//!
//! In: blocks in containers. Out: Markdown that an independent parser reads back as the same blocks. A block's lines begin with what its
//! containers ask for: `> `, the width of an item's marker, four blanks in a note.

use super::form::task;
use super::inline::{Base, Inline, Place, longest_run};
use super::record::Origin;
use super::{Options, Tables, shown};
use crate::page::{Block, Cell, Container, Grid, Kind, MarkKind, Page};

/// The page as Markdown, a blank line between blocks; short items of one list stand together. Links and images that the blocks hold are
/// written out, their addresses resolved where the page's own is known.
pub fn markdown(page: &Page, origin: &Origin, options: &Options) -> String {
    if page.verbatim {
        return super::text::text(page, options);
    }
    let labels = |block: &'_ Block| block.within.iter().any(|c| matches!(c, Container::Note { .. }));
    let notes = shown(page, options).filter(|block| labels(block)).flat_map(|block| &block.within);
    let inline = Inline {
        base: Base::new(page, origin),
        notes: notes
            .filter_map(|c| if let Container::Note { label } = c { Some(label.as_str()) } else { None })
            .collect(),
        links: !options.drop_links,
        images: !options.drop_images,
    };
    let out = if options.frontmatter { frontmatter(page, origin) } else { String::new() };
    let mut writer = Writer { inline, tables: options.tables, out, open: Vec::new(), last: None, ended: Vec::new() };
    for block in shown(page, options) {
        writer.block(block);
    }
    writer.out
}

/// The metadata that there are, as YAML: strings in double quotes as in JSON, which YAML reads alike.
fn frontmatter(page: &Page, origin: &Origin) -> String {
    let metadata = &page.metadata;
    let url = origin.url.as_ref().or(metadata.url.as_ref());
    let title = page.title().map(str::to_owned);
    let mut out = String::from("---\n");
    for (key, value) in [
        ("title", title.as_ref()),
        ("date", metadata.published.as_ref()),
        ("url", url),
        ("site", metadata.site.as_ref()),
    ] {
        if let Some(value) = value {
            out.push_str(&format!("{key}: {}\n", quoted(value)));
        }
    }
    for (key, values) in [("author", &metadata.authors), ("tags", &metadata.tags)] {
        if !values.is_empty() {
            out.push_str(&format!("{key}: [{}]\n", values.iter().map(|v| quoted(v)).collect::<Vec<_>>().join(", ")));
        }
    }
    out + "---\n\n"
}

/// A string of one line in double quotes. What YAML takes for a line end or does not print is escaped.
fn quoted(text: &str) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\u{2028}' | '\u{2029}' | '\u{FEFF}' => out.push_str(&format!("\\u{:04X}", c as u32)),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A container that is open, and how it was written.
struct Level<'a> {
    container: &'a Container,
    /// What the lines after the first begin with.
    prefix: String,
    marker: Marker,
}

/// How the items of a list are marked: two lists in a row must differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Marker {
    list: u32,
    sign: char,
    number: i32,
}

const NO_MARKER: Marker = Marker { list: u32::MAX, sign: ' ', number: 0 };

struct Writer<'a> {
    inline: Inline<'a>,
    tables: Tables,
    out: String,
    open: Vec<Level<'a>>,
    last: Option<&'a Block>,
    /// For each depth the last list that was written there.
    ended: Vec<Marker>,
}

impl<'a> Writer<'a> {
    fn block(&mut self, block: &'a Block) {
        let mut lines = self.lines(block);
        if lines.is_empty() {
            return;
        }
        let same = self.open.iter().zip(&block.within).take_while(|(level, own)| level.container == *own).count();
        if self.last.is_some() {
            let before = self.open.get(..same).map(prefix).unwrap_or_default();
            if !self.is_tight(block, same) {
                self.out.push_str(before.trim_end());
                self.out.push('\n');
            }
        }
        self.open.truncate(same);
        let mut first = prefix(&self.open);
        for container in &block.within[same..] {
            first.push_str(&self.enter(container));
            const ALERTS: [&str; 5] = ["note", "tip", "important", "warning", "caution"];
            if let Container::Callout { kind } = container
                && ALERTS.contains(&kind.as_str())
            {
                self.out.push_str(&format!("{first}[!{}]\n", kind.to_uppercase()));
                first = prefix(&self.open);
            }
        }
        // Lists deeper than this block are over.
        self.ended.truncate(block.within.len().max(same) + 1);
        if block.within.len() < self.ended.len() && !matches!(block.kind, Kind::Rule) {
            self.ended.truncate(block.within.len());
        }
        if same < block.within.len() && matches!(block.kind, Kind::Paragraph | Kind::Caption | Kind::Byline) {
            boxed(block, &mut lines[0]);
        }
        let rest = prefix(&self.open);
        for (number, line) in lines.iter().enumerate() {
            let line = format!("{}{line}", if number == 0 { &first } else { &rest });
            self.out.push_str(line.trim_end_matches(|c| c == ' ' && !matches!(block.kind, Kind::Code { .. })));
            self.out.push('\n');
        }
        self.last = Some(block);
    }

    /// No blank line stands between an item's paragraph and the next item, or the first item within it.
    fn is_tight(&self, block: &Block, same: usize) -> bool {
        let plain = |block: &Block| block.kind == Kind::Paragraph;
        let Some(last) = self.last.filter(|last| plain(last) && plain(block)) else { return false };
        let item = |container: Option<&Container>| match container {
            Some(Container::Item { list, ordered, number, .. }) => Some((*list, *ordered, *number)),
            _ => None,
        };
        let new = block.within.get(same).map(Some).and_then(item);
        let items = block.within[same..].iter().all(|c| matches!(c, Container::Item { .. }));
        let old = last.within[same..].iter().all(|c| matches!(c, Container::Item { .. }));
        match (new, item(last.within.get(same))) {
            (Some(new), Some(old_item)) => items && old && new.0 == old_item.0 && self.goes_on(same, new.0, new.2),
            // A list of numbers that does not begin with 1 cannot follow a paragraph without a blank line.
            (Some(new), None) => {
                items
                    && last.within.len() == same
                    && same > 0
                    && item(last.within.last()).is_some()
                    && (!new.1 || new.2 == 1)
            }
            _ => false,
        }
    }

    /// Whether an item is the one that CommonMark would count next.
    fn goes_on(&self, depth: usize, list: u32, number: i32) -> bool {
        let last = self.open.get(depth).map_or(NO_MARKER, |level| level.marker);
        last.list == list && (last.sign == '-' || last.sign == '*' || last.number.checked_add(1) == Some(number))
    }

    /// Opens a container: what its first line begins with.
    fn enter(&mut self, container: &'a Container) -> String {
        let depth = self.open.len();
        let mut marker = NO_MARKER;
        let (first, prefix) = match container {
            Container::Quote | Container::Callout { .. } => ("> ".to_owned(), "> ".to_owned()),
            Container::Note { label } => (format!("[^{label}]: "), "    ".to_owned()),
            Container::Comment { .. } => (String::new(), String::new()),
            Container::Item { list, ordered, number, .. } => {
                marker = self.marker(depth, *list, *ordered, *number);
                let first = if matches!(marker.sign, '.' | ')') {
                    format!("{number}{} ", marker.sign)
                } else {
                    format!("{} ", marker.sign)
                };
                let prefix = " ".repeat(first.len());
                (first, prefix)
            }
        };
        if self.ended.len() <= depth {
            self.ended.resize(depth + 1, NO_MARKER);
        }
        self.ended[depth] = marker;
        self.open.push(Level { container, prefix, marker });
        first
    }

    /// The sign of an item: that of its list, or another than the list before has.
    fn marker(&self, depth: usize, list: u32, ordered: bool, number: i32) -> Marker {
        let ordered = ordered && (0..=999_999_999).contains(&number);
        let (one, other) = if ordered { ('.', ')') } else { ('-', '*') };
        let last = self.ended.get(depth).copied().unwrap_or(NO_MARKER);
        let follows = last.list == list && (!ordered || last.number.checked_add(1) == Some(number));
        let sign = match last.sign {
            sign if follows && (sign == one || sign == other) => sign,
            sign if sign == one => other,
            _ => one,
        };
        Marker { list, sign, number }
    }

    /// The block's own lines.
    fn lines(&self, block: &Block) -> Vec<String> {
        let shown = block.marks.iter().any(|mark| matches!(mark.kind, MarkKind::Image { .. }));
        if block.text.is_empty() && !shown && block.kind != Kind::Rule {
            return Vec::new();
        }
        let all = 0..block.text.len();
        let inline = |place| self.inline.write(block, all.clone(), place);
        let lines = match &block.kind {
            Kind::Title => vec![format!("# {}", inline(Place::Heading))],
            Kind::Heading { level } => {
                vec![format!("{} {}", "#".repeat((*level).clamp(1, 6) as usize), inline(Place::Heading))]
            }
            Kind::Rule => vec![if block.within.is_empty() { "---" } else { "___" }.to_owned()],
            Kind::Formula => vec!["$$".to_owned(), block.text.replace('\n', " "), "$$".to_owned()],
            Kind::Code { language } => code(&block.text, language.as_deref()),
            Kind::Table(grid) => self.table(block, grid),
            Kind::Paragraph | Kind::Caption | Kind::Byline => vec![inline(Place::Line)],
        };
        if lines.iter().all(|line| line.trim().is_empty()) { Vec::new() } else { lines }
    }

    fn table(&self, block: &Block, grid: &Grid) -> Vec<String> {
        let spans = grid.cells.iter().any(|cell| cell.row_span > 1 || cell.column_span > 1);
        match self.tables {
            Tables::Html => self.html_table(block, grid),
            Tables::Auto if spans => self.html_table(block, grid),
            _ => self.pipe_table(block, grid),
        }
    }

    /// The first row is the header, since a pipe table has one.
    fn pipe_table(&self, block: &Block, grid: &Grid) -> Vec<String> {
        let mut rows: Vec<Vec<String>> = Vec::new();
        for cell in &grid.cells {
            let text = self.inline.write(block, cell.range.clone(), Place::Cell);
            // A budget of rows and columns holds for the grid already.
            for row in cell.row..cell.row.saturating_add(cell.row_span) {
                let (row, column) = (row as usize, cell.column as usize);
                if rows.len() <= row {
                    rows.resize(row + 1, Vec::new());
                }
                if rows[row].len() <= column {
                    rows[row].resize(column + 1, String::new());
                }
                rows[row][column].clone_from(&text);
            }
        }
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        if let Some(first) = rows.first_mut() {
            first.resize(columns, String::new());
        }
        let mut lines: Vec<String> = rows.iter().map(|row| format!("| {} |", row.join(" | "))).collect();
        lines.insert(1.min(lines.len()), format!("|{}", " --- |".repeat(columns)));
        lines
    }

    fn html_table(&self, block: &Block, grid: &Grid) -> Vec<String> {
        let mut lines = vec!["<table>".to_owned()];
        for row in grid.cells.chunk_by(|a, b| a.row == b.row) {
            let cells: String = row.iter().map(|cell| html_cell(block, cell)).collect();
            lines.push(format!("<tr>{cells}</tr>"));
        }
        lines.push("</table>".to_owned());
        lines
    }
}

/// The box of a task before the item's first line; what looks like one, and is none, is escaped.
fn boxed(block: &Block, line: &mut String) {
    let looks = || ["[ ]", "[x]", "[X]"].iter().any(|sign| line.starts_with(sign));
    match block.within.last() {
        Some(Container::Item { done: None, .. }) if looks() => line.insert(0, '\\'),
        Some(Container::Item { done, .. }) => line.insert_str(0, task(*done)),
        _ => {}
    }
}

/// What the lines of a block in these containers begin with.
fn prefix(open: &[Level]) -> String {
    open.iter().map(|level| level.prefix.as_str()).collect()
}

/// A fence longer than any in the program.
fn code(text: &str, language: Option<&str>) -> Vec<String> {
    let fence = "`".repeat(longest_run(text, '`').max(2) + 1);
    let mut lines = vec![format!("{fence}{}", language.unwrap_or(""))];
    lines.extend(text.split('\n').map(str::to_owned));
    lines.push(fence);
    lines
}

fn html_cell(block: &Block, cell: &Cell) -> String {
    let tag = if cell.header { "th" } else { "td" };
    let span = |name: &str, span: u32| if span > 1 { format!(" {name}=\"{span}\"") } else { String::new() };
    let mut text = String::new();
    let from = block.marks.partition_point(|mark| mark.range.start < cell.range.start);
    let marks = block.marks[from..].iter().take_while(|mark| mark.range.start < cell.range.end);
    let mut breaks = marks.filter(|mark| mark.kind == MarkKind::Break).map(|mark| mark.range.start).peekable();
    for (at, c) in block.text[cell.range.clone()].char_indices() {
        match c {
            _ if breaks.next_if_eq(&(cell.range.start + at)).is_some() => text.push_str("<br>"),
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '\n' => text.push(' '),
            c => text.push(c),
        }
    }
    format!("<{tag}{}{}>{text}</{tag}>", span("rowspan", cell.row_span), span("colspan", cell.column_span))
}
