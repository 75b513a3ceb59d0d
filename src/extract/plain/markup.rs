//! Pieces of a text to a page: what is left of its form becomes elements.
//!
//! In: [`Piece`]s. Out: HTML that reads as the text does, so that one model, one layout and one set of rules judge pages and texts. A run
//! of pieces between blank lines becomes a group, and so does a run of short lines: a menu is a thing, as it was on its page.

use super::cut;
use super::inline::{self, Evidence};
use super::pieces::{Kind, Piece};
use super::tag;

/// A line of more code points is no entry of a menu.
const SHORT: usize = 14;

/// Entries that make a run a group.
const RUN: usize = 3;

/// The page of a text.
pub fn markup(pieces: &[Piece], seen: Evidence) -> String {
    let size: usize = pieces.iter().map(|piece| piece.words.len() + 16).sum();
    let mut page =
        Page { out: String::with_capacity(size), seen, lists: Vec::new(), group: false, table: false, quote: false };
    let short = runs(pieces);
    let spaced = is_spaced(pieces);
    for (at, piece) in pieces.iter().enumerate() {
        let gap = piece.gap && !spaced;
        let parted = at == 0 || gap || short[at] != short[at - 1];
        page.piece(piece, gap, parted, pieces.get(at + 1).map(|next| next.kind));
    }
    page.close_all();
    page.out
}

/// Whether most lines have a blank line before them: then it parts no groups.
fn is_spaced(pieces: &[Piece]) -> bool {
    pieces.iter().filter(|piece| piece.gap).count() * 5 >= pieces.len() * 3
}

/// By piece, whether it is one of a run of short lines.
fn runs(pieces: &[Piece]) -> Vec<bool> {
    let is_short = |piece: &Piece| {
        matches!(piece.kind, Kind::Paragraph | Kind::Item(_))
            && !piece.words.contains(['。', '，', '！', '？', '；', '：'])
            && piece.words.chars().nth(SHORT).is_none()
    };
    let mut out: Vec<bool> = pieces.iter().map(is_short).collect();
    for run in out.chunk_by_mut(|one, other| one == other) {
        if run.len() < RUN {
            run.fill(false);
        }
    }
    out
}

struct Page {
    out: String,
    seen: Evidence,
    /// Indents of the open lists, and whether they are numbered.
    lists: Vec<(usize, bool)>,
    group: bool,
    table: bool,
    quote: bool,
}

impl Page {
    fn piece(&mut self, piece: &Piece, gap: bool, parted: bool, next: Option<Kind>) {
        if !matches!(piece.kind, Kind::Row | Kind::Tabs | Kind::Line) && std::mem::take(&mut self.table) {
            self.out.push_str("</table>");
        }
        if piece.kind != Kind::Quote && std::mem::take(&mut self.quote) {
            self.out.push_str("</blockquote>");
        }
        // Markdown goes on with an item further in; elsewhere blanks at the start of a line say nothing of a list.
        let inside = self.seen.markdown() && self.lists.last().is_some_and(|list| piece.indent > list.0 + 1);
        if !matches!(piece.kind, Kind::Item(_)) && !inside {
            self.close_lists();
        }
        if parted && self.lists.is_empty() && !self.table && !self.quote {
            self.part();
        }
        match piece.kind {
            Kind::Paragraph => self.paragraph(piece),
            Kind::Heading(level) => {
                self.element(["h1", "h2", "h3", "h4", "h5", "h6"][usize::from(level - 1).min(5)], piece)
            }
            Kind::Item(number) => self.item(piece, number, gap),
            Kind::Quote => self.quote(piece),
            Kind::Row | Kind::Tabs => self.row(piece, next == Some(Kind::Line)),
            Kind::Line if self.table => {}
            Kind::Line => self.element("p", piece),
            Kind::Code(language) => self.code(piece, language),
            Kind::Rule => self.out.push_str("<hr>"),
        }
    }

    /// A paragraph, or the parts of a line that holds two things.
    fn paragraph(&mut self, piece: &Piece) {
        if tag::is_tags(&piece.words) {
            self.out.push_str("<p>");
            inline::escape(&piece.words, &mut self.out);
            self.out.push_str("</p>\n");
            return;
        }
        for (number, part) in cut::parts(&piece.words).enumerate() {
            self.out.push_str("<p>");
            if number > 0 {
                self.out.push_str(cut::SEAM);
            }
            inline::write(part, self.seen, &mut self.out);
            self.out.push_str("</p>\n");
        }
    }

    fn element(&mut self, name: &str, piece: &Piece) {
        self.out.push('<');
        self.out.push_str(name);
        self.out.push('>');
        inline::write(&piece.words, self.seen, &mut self.out);
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push_str(">\n");
    }

    /// A list goes on, or one opens within the item before it, or those that are further in close.
    fn item(&mut self, piece: &Piece, number: Option<u32>, gap: bool) {
        while self.lists.last().is_some_and(|list| list.0 > piece.indent + 1) {
            self.close_list();
        }
        let ordered = number.is_some();
        let deeper = self.lists.last().is_none_or(|list| piece.indent > list.0 + 1);
        let other = self.lists.last().is_some_and(|list| list.1 != ordered);
        if !deeper && other {
            self.close_list();
        } else if !deeper && gap && self.lists.len() == 1 && !ordered {
            self.close_list();
            self.part();
        }
        if deeper || self.lists.is_empty() || other {
            self.out.push_str(if ordered { "<ol>" } else { "<ul>" });
            self.lists.push((piece.indent, ordered));
        } else {
            self.out.push_str("</li>");
        }
        match number {
            Some(number) => {
                let _ = std::fmt::Write::write_fmt(&mut self.out, format_args!("<li value={number}>"));
            }
            None => self.out.push_str("<li>"),
        }
        inline::write(&piece.words, self.seen, &mut self.out);
    }

    fn quote(&mut self, piece: &Piece) {
        if !std::mem::replace(&mut self.quote, true) {
            self.out.push_str("<blockquote>");
        }
        self.element("p", piece);
    }

    fn row(&mut self, piece: &Piece, head: bool) {
        if !std::mem::replace(&mut self.table, true) {
            self.out.push_str("<table>");
        }
        let name = if head { "th" } else { "td" };
        self.out.push_str("<tr>");
        let words = piece.words.as_ref();
        let (words, sign) = match piece.kind {
            Kind::Tabs => (words, '\t'),
            _ => {
                let inner = words.strip_prefix('|').unwrap_or(words);
                (inner.strip_suffix('|').unwrap_or(inner), '|')
            }
        };
        for cell in words.split(sign) {
            let _ = std::fmt::Write::write_fmt(&mut self.out, format_args!("<{name}>"));
            inline::write(cell.trim(), self.seen, &mut self.out);
        }
        self.out.push_str("</tr>\n");
    }

    fn code(&mut self, piece: &Piece, language: &str) {
        self.out.push_str("<pre><code");
        if !language.is_empty() && language.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-#._".contains(&byte))
        {
            let _ = std::fmt::Write::write_fmt(&mut self.out, format_args!(" class=\"language-{language}\""));
        }
        self.out.push('>');
        inline::escape(&piece.words, &mut self.out);
        self.out.push_str("</code></pre>\n");
    }

    /// Ends a group and begins another.
    fn part(&mut self) {
        if std::mem::replace(&mut self.group, true) {
            self.out.push_str("</div>");
        }
        self.out.push_str("<div>");
    }

    fn close_list(&mut self) {
        if let Some((_, ordered)) = self.lists.pop() {
            self.out.push_str(if ordered { "</li></ol>\n" } else { "</li></ul>\n" });
        }
    }

    fn close_lists(&mut self) {
        while !self.lists.is_empty() {
            self.close_list();
        }
    }

    fn close_all(&mut self) {
        if self.table {
            self.out.push_str("</table>");
        }
        if self.quote {
            self.out.push_str("</blockquote>");
        }
        self.close_lists();
        if self.group {
            self.out.push_str("</div>");
        }
    }
}
