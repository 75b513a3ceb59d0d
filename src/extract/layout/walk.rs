//! The walk over the tree that makes the blocks.
//!
//! In: the tree. Out: [`Laid`] blocks. State that an element sets is restored when it closes. Text goes into one [`Leaf`]; what a reader
//! does not see goes into another, so that hidden words inside a sentence leave the sentence whole.

use super::aside;
use super::code::{self, Role};
use super::formula::{self, Formula};
use super::grid::{self, Read, Row};
use super::image;
use super::leaf::{Done, Leaf};
use super::list::{self, List};
use super::notes::{self, Notes};
use super::seen::Seen;
use super::style::Sheet;
use super::tables;
use super::tex;
use super::{DEEPEST, Laid, Options};
use crate::extract::html::flat::Flat;
use crate::extract::html::tag::Tag;
use crate::extract::html::words;
use crate::extract::parse::{Arena, Content, Markup, Place};
use crate::page::{Block, Container, Kind, MarkKind};

/// What kind of block text becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Shape {
    #[default]
    Paragraph,
    Heading(u8),
    Caption,
}

/// State that is restored when an element closes.
#[derive(Debug, Clone, Copy, Default)]
struct Now {
    shape: Shape,
    pre: bool,
    /// Why it is not seen.
    unseen: Option<&'static str>,
    /// A block of its own hides it.
    folded: bool,
    /// Within what a highlighter made.
    wrapper: bool,
    /// Within a cell of a table of data.
    cell: bool,
    /// Text is not read: a button beside a heading, a link back from a note. The rule that says so.
    silent: Option<&'static str>,
    /// In a link of a heading to itself.
    sign: bool,
    /// Marks that are open, a bit each.
    marks: u16,
    /// The element is a list.
    list: bool,
    /// The block element of the flat page.
    element: u32,
}

/// An element that is open.
struct Frame {
    tag: Tag,
    saved: Now,
    containers: usize,
    language: bool,
    mark: bool,
}

/// A table of data that is open.
#[derive(Default)]
struct Table {
    rows: Vec<Row>,
    head: bool,
    read: Read,
}

pub struct Walk<'a> {
    page: &'a Arena,
    flat: &'a Flat,
    options: Options,
    out: Vec<Laid>,
    leaf: Leaf,
    /// What a reader does not see, and the rule of its text so far.
    dark: Leaf,
    dark_rule: &'static str,
    dark_folded: bool,
    now: Now,
    stack: Vec<Frame>,
    containers: Vec<Container>,
    lists: Vec<List>,
    list_count: u32,
    table: Option<Table>,
    is_data: Vec<bool>,
    /// By node: whether it holds a line to lay out, or one to leave out. Empty where all are laid out.
    holds: Vec<u8>,
    /// Languages that wrappers name, the innermost last.
    languages: Vec<Option<String>>,
    notes: Notes,
    sheet: Sheet,
    cache: words::Cache,
    /// The lines near to what has none of its own, by its node, in order.
    asides: Vec<(u32, u32)>,
    /// The line that the walk has come to.
    near: u32,
}

impl<'a> Walk<'a> {
    pub fn new(page: &'a Arena, flat: &'a Flat, options: Options) -> Walk<'a> {
        let is_data = tables::data(flat);
        let holds = holds(page, flat, &options.keep, &is_data);
        let mut asides: Vec<(u32, u32)> = flat.aside.iter().map(|aside| (aside.node, aside.line)).collect();
        asides.sort_unstable();
        Walk {
            page,
            flat,
            options,
            holds,
            out: Vec::with_capacity(flat.lines.len()),
            leaf: Leaf::default(),
            dark: Leaf::default(),
            dark_rule: "hidden",
            dark_folded: false,
            now: Now::default(),
            stack: Vec::new(),
            containers: Vec::new(),
            lists: Vec::new(),
            list_count: 0,
            table: None,
            is_data,
            languages: Vec::new(),
            notes: Notes::default(),
            sheet: Sheet::default(),
            cache: words::Cache::default(),
            asides,
            near: 0,
        }
    }

    pub fn run(mut self) -> Vec<Laid> {
        let mut place = Some(self.page.root());
        while let Some(current) = place {
            let descend = match current.content() {
                Content::Text(text) => {
                    self.text(text, current);
                    false
                }
                Content::Element { .. } if self.is_left_out(current) => {
                    self.leave_out(current);
                    false
                }
                Content::Element { .. } => current.markup().is_some_and(|markup| self.open(markup, current)),
                Content::Document | Content::Fragment => true,
                Content::Other => false,
            };
            place = if descend { current.first_child() } else { None };
            if descend && place.is_none() {
                self.close_if_element(current);
            }
            let mut up = current;
            while place.is_none() {
                place = up.next_sibling();
                if place.is_none() {
                    let Some(parent) = up.parent() else { break };
                    self.close_if_element(parent);
                    up = parent;
                }
            }
        }
        self.end_block();
        self.out
    }

    /// Steps over an element. An item counts all the same, and what follows a block is another.
    fn leave_out(&mut self, place: Place) {
        let Some(markup) = place.markup() else { return };
        let tag = Tag::of(markup.name());
        if tag.is_block() {
            self.end_block();
        }
        if let Some(list) = self.lists.last_mut().filter(|_| matches!(tag, Tag::Li | Tag::Dd)) {
            let own = markup.value("value").and_then(|value| value.trim().parse().ok());
            list.next(own);
        }
    }

    /// Holds lines, and none to lay out.
    fn is_left_out(&self, place: Place) -> bool {
        self.table.is_none() && self.holds.get(place.number()) == Some(&LEFT_OUT)
    }

    fn line(&self, place: Place) -> u32 {
        self.flat.places.get(place.number()).copied().unwrap_or(u32::MAX)
    }

    /// Comes to the line of a node, or to the one that it stands in or before.
    fn come_to(&mut self, place: Place) {
        let aside = self.asides.binary_search_by_key(&(place.number() as u32), |(node, _)| *node);
        self.near = aside.map_or(self.near, |at| self.near.max(self.asides[at].1));
    }

    fn text(&mut self, text: &str, place: Place) {
        if self.is_left_out(place) {
            return;
        }
        let sign = self.now.sign && !text.contains(char::is_alphanumeric);
        if let Some(rule) = self.now.silent.or(sign.then_some("heading-link")) {
            self.come_to(place);
            return self.beside(rule, text, &[self.line(place)]);
        }
        let line = self.line(place);
        match self.now.unseen.or(self.barred(place)) {
            Some(rule) if !self.is_revealed(line) => self.unseen(rule, text, line),
            _ => self.leaf.text(text, self.now.pre, line),
        }
    }

    fn barred(&self, place: Place) -> Option<&'static str> {
        self.options.barred.get(place.number()).copied().flatten()
    }

    fn is_revealed(&self, line: u32) -> bool {
        self.options.reveal.get(line as usize) == Some(&true)
    }

    /// Whether a reader sees the first text of an element.
    fn is_seen(&self, place: Place) -> bool {
        self.now.unseen.is_none()
            || self.now.folded && first_text(place).is_some_and(|text| self.is_revealed(self.line(text)))
    }

    /// Text that a reader does not see.
    fn unseen(&mut self, rule: &'static str, text: &str, line: u32) {
        if (rule, self.now.folded) != (self.dark_rule, self.dark_folded) {
            self.end_dark();
            (self.dark_rule, self.dark_folded) = (rule, self.now.folded);
        }
        self.dark.text(text, false, line);
    }

    /// Text that is in no block, by the rule that says so.
    fn beside(&mut self, rule: &'static str, text: &str, lines: &[u32]) {
        self.end_dark();
        (self.dark_rule, self.dark_folded) = (self.now.unseen.unwrap_or(rule), false);
        self.dark.text(text, false, u32::MAX);
        lines.iter().for_each(|line| self.dark.line(*line));
        self.end_dark();
    }

    /// Opens an element; false where its subtree is not to be walked.
    fn open(&mut self, markup: Markup, place: Place) -> bool {
        let tag = Tag::of(markup.name());
        match tag {
            Tag::Break => {
                self.line_break();
                return false;
            }
            Tag::Rule => {
                self.end_block();
                if !self.now.cell && self.now.unseen.is_none() {
                    self.put(Kind::Rule, Done::default());
                }
                return false;
            }
            Tag::Image => {
                self.image(markup, place);
                return false;
            }
            Tag::Script => {
                if let Some(formula) = formula::script(markup, place) {
                    self.formula(formula, place);
                }
                return false;
            }
            Tag::NoFrames | Tag::TitleElement | Tag::Meta | Tag::Link | Tag::Base => return false,
            _ => {}
        }
        if markup.name() == "style" {
            place.children().filter_map(Place::text).for_each(|css| self.sheet.read(css));
        }
        let seen = Seen::of(markup);
        let barred = self.barred(place).is_some();
        match formula::role(markup, place, &seen) {
            _ if barred => {}
            formula::Role::Formula(formula) => {
                if let Some(number) = formula::number(place, seen.class) {
                    self.beside("equation-number", &number, &[]);
                }
                self.formula(formula, place);
                return false;
            }
            formula::Role::Drawing => {
                place.descendants().for_each(|node| {
                    self.leaf.line(
                        self.flat
                            .places
                            .get(node.number())
                            .copied()
                            .filter(|_| node.text().is_some())
                            .unwrap_or(u32::MAX),
                    )
                });
                return false;
            }
            formula::Role::None => {}
        }
        if tag == Tag::Skip {
            self.skip(markup, place);
            return false;
        }
        let mut role = code::role(tag, seen.class);
        if role == Role::Wrapper && code::is_bare(markup, place) {
            role = Role::Program;
        }
        let hidden = self.sheet.is_hidden(markup.name(), &seen) || barred;
        let unseen = barred || hidden && !tag.is_block() || !self.is_seen(place);
        if self.now.wrapper
            && !unseen
            && let Some(rule) = code::beside(tag, markup)
        {
            let text = code::text_of(place);
            // All lines of the numbers are named with them.
            let mut lines = Vec::new();
            lines.extend(place.descendants().filter(|node| node.text().is_some()).map(|node| self.line(node)));
            self.beside(rule, &text, &lines);
            return false;
        }
        if !unseen && (role == Role::Program && !is_prose(tag, markup, place) || self.is_lone_code(tag, place)) {
            self.program(place);
            return false;
        }
        self.push(tag, markup, place, role, hidden);
        true
    }

    /// An element whose text is no part of a line: a box that is only read is a program, all else is named.
    fn skip(&mut self, markup: Markup, place: Place) {
        let Some(rule) = aside::rule(markup, place) else { return };
        let text = aside::text(markup, place);
        self.come_to(place);
        if !aside::is_read_only(markup) || self.now.unseen.is_some() || text.trim().is_empty() {
            return self.beside(rule, &text, &[]);
        }
        let text = text.strip_suffix('\n').unwrap_or(&text).to_owned();
        self.end_block();
        if self.now.cell {
            self.program_in_cell(&text, &[]);
        } else {
            self.put(Kind::Code { language: None }, Done { text, ..Done::default() });
        }
    }

    fn push(&mut self, tag: Tag, markup: Markup, place: Place, role: Role, hidden: bool) {
        let saved = self.now;
        let mut frame = Frame { tag, saved, containers: self.containers.len(), language: false, mark: false };
        if tag.is_block() {
            self.end_block();
            self.now.list = false;
            self.now.element = self.line(place).min(self.flat.elements.len() as u32 - 1);
            let row = matches!(tag, Tag::Row | Tag::Cell) && (hidden || self.now.unseen.is_some());
            if !row || first_text(place).is_some_and(|text| self.is_revealed(self.line(text))) {
                self.block(tag, markup, place);
            }
        } else {
            frame.mark = self.inline(tag, markup, place);
        }
        if tag == Tag::Option {
            self.end_block();
        }
        if tag == Tag::Noscript {
            self.now.unseen = self.now.unseen.or(Some("noscript"));
        }
        if hidden {
            let barred = self.barred(place);
            self.now.folded = barred.is_none() && tag.is_block() && (self.now.unseen.is_none() || self.now.folded);
            self.now.unseen = barred.or(self.now.unseen).or(Some("hidden"));
        }
        if role == Role::Wrapper {
            self.now.wrapper = true;
            self.languages.push(code::language(markup).or_else(|| self.languages.last().cloned().flatten()));
            frame.language = true;
        }
        self.stack.push(frame);
    }

    /// What a block element sets.
    fn block(&mut self, tag: Tag, markup: Markup, place: Place) {
        if tag.level() > 0 {
            self.now.shape = Shape::Heading(tag.level());
        }
        match tag {
            Tag::Pre => self.now.pre = true,
            Tag::Caption if !self.now.cell => self.now.shape = Shape::Caption,
            Tag::Quote => self.contain(Container::Quote),
            Tag::Ul | Tag::Ol | Tag::Dl => self.list(tag, markup, place),
            Tag::Li | Tag::Dd => self.item(tag, markup, place),
            Tag::Table if markup.value("class").is_some_and(|class| class.contains("ltx_eqn_table")) => {}
            Tag::Table if self.is_data(place) && self.table.is_none() && !self.now.cell && !self.now.wrapper => {
                self.table = Some(Table::default());
            }
            Tag::TableBody if !self.now.cell => {
                if let Some(table) = &mut self.table {
                    table.head = markup.name() == "thead";
                }
            }
            Tag::Row if !self.now.cell => {
                if let Some(table) = &mut self.table {
                    table.rows.last_mut().into_iter().for_each(|row| row.cells.shrink_to_fit());
                    table.rows.push(Row { cells: Vec::new(), head: table.head });
                }
            }
            Tag::Cell if !self.now.cell => self.cell(markup),
            _ => {}
        }
        if let Some(kind) = markup.value("class").and_then(|class| callout(class, markup)) {
            self.contain(Container::Callout { kind });
        }
        if let Some(id) = markup.value("id")
            && tag != Tag::Li
            && let Some(label) = self.notes.label(id).cloned()
        {
            self.contain(Container::Note { label });
        }
    }

    fn is_data(&self, place: Place) -> bool {
        self.is_data.get(self.line(place) as usize) == Some(&true)
    }

    fn contain(&mut self, container: Container) {
        if !self.now.cell && self.containers.len() < DEEPEST {
            self.containers.push(container);
        }
    }

    fn list(&mut self, tag: Tag, markup: Markup, place: Place) {
        // A list right in a list belongs to the item before it, as old editors write it.
        let within = place.parent().and_then(Place::markup).map(|markup| Tag::of(markup.name()));
        if matches!(within, Some(Tag::Ul | Tag::Ol))
            && let Some(item) = self.lists.last().and_then(|list| list.last.clone())
        {
            self.contain(item);
        }
        self.list_count += 1;
        self.lists.push(List::new(self.list_count, tag == Tag::Ol, markup, place));
        self.now.list = true;
    }

    fn item(&mut self, tag: Tag, markup: Markup, place: Place) {
        if self.now.cell {
            return;
        }
        if self.lists.is_empty() {
            self.list_count += 1;
            self.lists.push(List::bare(self.list_count));
        }
        let note = markup.value("id").and_then(|id| self.notes.label(id).cloned());
        let Some(list) = self.lists.last_mut() else { return };
        let own = markup.value("value").filter(|_| tag == Tag::Li).and_then(|value| value.trim().parse().ok());
        let number = list.next(own);
        let done = list::task(markup, place);
        let item =
            Container::Item { list: list.number, ordered: list.ordered, number, label: list.label(number), done };
        list.last = Some(item.clone());
        self.contain(note.map_or(item, |label| Container::Note { label }));
    }

    fn cell(&mut self, markup: Markup) {
        let Some(table) = &mut self.table else { return };
        if table.rows.is_empty() {
            table.rows.push(Row::default());
        }
        let span = |name: &str| markup.value(name).and_then(|value| value.trim().parse().ok()).unwrap_or(1u32);
        // A row span of 0 reaches to the end of the rows.
        let row_span = if span("rowspan") == 0 { u32::MAX } else { span("rowspan") };
        let column_span = span("colspan").max(1);
        table.read = Read { row_span, column_span, header: markup.name() == "th", ..Read::default() };
        self.now.cell = true;
    }

    /// What an inline element sets; true where it opened a mark.
    fn inline(&mut self, tag: Tag, markup: Markup, place: Place) -> bool {
        let kind = match (tag, markup.name()) {
            (Tag::Anchor, _) => return self.anchor(markup, place),
            (Tag::Strong, _) => MarkKind::Strong,
            (Tag::Code, _) => MarkKind::Code,
            (_, "em" | "i" | "cite" | "dfn" | "var") => MarkKind::Emphasis,
            (_, "del" | "s" | "strike") => MarkKind::Strike,
            (_, "sup") => MarkKind::Superscript,
            (_, "sub") => MarkKind::Subscript,
            _ => {
                self.section_edit(markup);
                return false;
            }
        };
        // A formula's reference in `sup` is the reference.
        self.mark(kind)
    }

    /// MediaWiki's [编辑] beside a heading.
    fn section_edit(&mut self, markup: Markup) {
        let Some(class) = markup.value("class") else { return };
        let said = self.cache.words(class).0;
        if said & words::SECTION_EDIT != 0 {
            self.now.silent = Some("heading-link");
        }
        self.now.sign |= said & words::HEADING_LINK != 0;
    }

    /// Opens a mark, once a kind.
    fn mark(&mut self, kind: MarkKind) -> bool {
        let bit = match kind {
            MarkKind::Strong => 1,
            MarkKind::Emphasis => 2,
            MarkKind::Strike => 4,
            MarkKind::Superscript => 8,
            MarkKind::Subscript => 16,
            MarkKind::Code => 32,
            _ => 64,
        };
        // In program text there is nothing but program text.
        if self.now.marks & (bit | 32) != 0 || self.now.unseen.is_some() {
            return false;
        }
        self.now.marks |= bit;
        self.leaf.open(kind);
        true
    }

    fn anchor(&mut self, markup: Markup, place: Place) -> bool {
        self.section_edit(markup);
        let Some(href) = markup.value("href") else { return false };
        if href.starts_with('#') {
            if matches!(self.now.shape, Shape::Heading(_)) {
                self.now.sign = true;
                return false;
            }
            if notes::leads_back(href) {
                if code::text_of(place).chars().count() <= 3 {
                    self.now.silent = Some("note-link");
                }
                return false;
            }
            let label = self.notes.refer(href, &code::text_of(place));
            return label.is_some_and(|label| self.mark(MarkKind::NoteRef { label }));
        }
        match image::address(href).filter(|_| self.options.links) {
            Some(target) => self.mark(MarkKind::Link { target }),
            None => false,
        }
    }

    fn close_if_element(&mut self, place: Place) {
        if matches!(place.content(), Content::Element { .. }) {
            self.close();
        }
    }

    fn close(&mut self) {
        let Some(frame) = self.stack.pop() else { return };
        if frame.tag.is_block() || frame.tag == Tag::Option {
            self.end_block();
        }
        if frame.mark {
            self.leaf.close();
        }
        if frame.language {
            self.languages.pop();
        }
        match frame.tag {
            Tag::Ul | Tag::Ol | Tag::Dl if self.now.list => drop(self.lists.pop()),
            Tag::Cell if self.now.cell && !frame.saved.cell => self.end_cell(),
            Tag::TableBody if !self.now.cell => {
                if let Some(table) = &mut self.table {
                    table.head = false;
                }
            }
            _ => {}
        }
        self.now = frame.saved;
        self.containers.truncate(frame.containers);
        if frame.tag == Tag::Table && !self.now.cell {
            self.end_table();
        }
    }

    /// A line break: within headings and cells it is a mark, elsewhere the end of a block.
    fn line_break(&mut self) {
        if self.now.unseen.is_some() {
            self.dark.text("\n", false, u32::MAX);
        } else if self.leaf.opens_formula(self.options.dollars) {
            self.leaf.text("\n", false, u32::MAX);
        } else if self.now.cell || self.now.shape != Shape::Paragraph {
            self.leaf.end_piece();
        } else {
            self.end_block();
        }
    }

    fn image(&mut self, markup: Markup, place: Place) {
        if self.now.unseen.or(self.barred(place)).is_some() {
            return;
        }
        if let Some(formula) = formula::image(markup) {
            return self.formula(formula, place);
        }
        if let Some(sign) = image::sign(markup, place) {
            return self.leaf.text(sign, self.now.pre, u32::MAX);
        }
        if self.options.links
            && let Some(kind) = image::image(markup, place)
        {
            self.leaf.image(kind);
        }
    }

    fn formula(&mut self, formula: Formula, place: Place) {
        self.come_to(place);
        let lines = &self.flat.places;
        let line =
            |node: Place| lines.get(node.number()).copied().filter(|_| node.text().is_some()).unwrap_or(u32::MAX);
        if formula.display && !self.now.cell && self.now.shape == Shape::Paragraph {
            self.end_block();
            let mut done = Done { text: formula.tex, ..Done::default() };
            place.descendants().for_each(|node| done.line(line(node)));
            self.put(Kind::Formula, done);
        } else {
            let leaf = &mut self.leaf;
            leaf.marked(&formula.tex, MarkKind::Formula);
            place.descendants().for_each(|node| leaf.line(line(node)));
        }
    }

    /// A `code` that is a block: it holds line ends, or stands alone in a block that is no paragraph, item or cell.
    fn is_lone_code(&self, tag: Tag, place: Place) -> bool {
        if tag != Tag::Code || self.now.cell || self.now.shape != Shape::Paragraph || self.now.marks & 32 != 0 {
            return false;
        }
        let Some(parent) = place.parent() else { return false };
        let beside = |child: Place| match child.text() {
            Some(text) => text.trim().is_empty(),
            None => child.markup().is_none_or(|markup| Tag::of(markup.name()).is_block() || is_code_block(markup)),
        };
        let only = parent.children().take(SIBLINGS).all(|child| child.number() == place.number() || beside(child));
        if !only {
            return false;
        }
        let around = parent.markup().map(|markup| Tag::of(markup.name()));
        let block = matches!(around, Some(Tag::Div | Tag::Section | Tag::Article | Tag::Figure | Tag::OtherBlock));
        let text = || code::read(place, &self.flat.places).text;
        block && self.leaf.is_empty()
            || matches!(around, Some(Tag::P | Tag::Li)) && text().contains('\n') && place.children().count() > 1
    }

    fn program(&mut self, place: Place) {
        let program = code::read(place, &self.flat.places);
        self.end_block();
        self.near = program.lines.first().map_or(self.near, |line| self.near.max(*line));
        // Where lines are chosen, a button above or below a program is kept with its line, as the gold texts of magic_forum_zh have it.
        let chosen = !self.options.keep.is_empty() && !program.text.is_empty() && !self.now.cell;
        let blank = |text: Option<&str>| text.is_none_or(|text| text.trim().is_empty());
        let (mut above, mut below, mut gone) = (Vec::new(), Vec::new(), Vec::new());
        for beside in program.beside {
            let button = chosen && beside.rule == "code-buttons";
            match button {
                true if blank(program.text.get(..beside.at)) => above.push(beside.text),
                true if blank(program.text.get(beside.at..)) => below.push(beside.text),
                _ => gone.push(beside),
            }
        }
        // Where there is nothing but numbers, they have the lines.
        let mut lines: &[u32] = if program.text.is_empty() { &program.lines } else { &[] };
        for beside in &gone {
            self.beside(beside.rule, &beside.text, std::mem::take(&mut lines));
        }
        if self.now.cell {
            return self.program_in_cell(&program.text, &program.lines);
        }
        let lines = if above.len() + below.len() == 0 { Vec::new() } else { self.ends(&program.lines) };
        self.buttons(above, &lines);
        if !program.text.is_empty() {
            let language = program.language.or_else(|| self.languages.last().cloned().flatten());
            self.put(Kind::Code { language }, Done { text: program.text, marks: Vec::new(), lines: program.lines });
        }
        self.buttons(below, &lines);
    }

    fn buttons(&mut self, buttons: Vec<String>, lines: &[u32]) {
        for text in buttons.into_iter().filter(|text| !text.is_empty()) {
            self.put(Kind::Paragraph, Done { text, marks: Vec::new(), lines: lines.to_vec() });
        }
    }

    /// A program in a cell is a piece of the cell for each of its lines.
    fn program_in_cell(&mut self, text: &str, lines: &[u32]) {
        for line in text.split('\n') {
            self.leaf.code_line(line);
            self.leaf.end_piece();
        }
        lines.iter().for_each(|line| self.leaf.line(*line));
    }

    /// Of lines that many blocks share, those that decide on a block: the first, the first that is kept, and the last.
    fn ends(&self, lines: &[u32]) -> Vec<u32> {
        let kept = lines.iter().find(|line| self.options.keep.get(**line as usize) == Some(&true));
        let mut ends: Vec<u32> = lines.first().into_iter().chain(kept).chain(lines.last()).copied().collect();
        ends.dedup();
        ends
    }

    /// Ends the block, or the piece where a cell holds it.
    fn end_block(&mut self) {
        if self.now.cell {
            self.leaf.end_piece();
            return;
        }
        if self.table.is_some() && self.now.shape != Shape::Caption {
            return;
        }
        self.end_dark();
        if self.leaf.is_empty() {
            return;
        }
        let mut done = self.leaf.take();
        if done.is_empty() {
            return;
        }
        if self.now.pre {
            return self.prose_lines(done);
        }
        let alone = tex::mark(&mut done, self.options.dollars);
        let formula =
            matches!(&done.marks[..], [mark] if mark.kind == MarkKind::Formula && mark.range == (0..done.text.len()));
        let kind = match self.now.shape {
            Shape::Paragraph if formula && (alone || self.containers.is_empty()) => {
                done.marks.clear();
                Kind::Formula
            }
            Shape::Paragraph => Kind::Paragraph,
            Shape::Heading(level) => {
                let whole = 0..done.text.len();
                done.marks.retain(|mark| mark.kind != MarkKind::Strong || mark.range != whole);
                Kind::Heading { level }
            }
            Shape::Caption => Kind::Caption,
        };
        self.put(kind, done);
    }

    /// Prose in `pre`, from the days of bulletin boards: a block for each line.
    fn prose_lines(&mut self, done: Done) {
        let lines = self.ends(&done.lines);
        for line in done.text.lines() {
            let text = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
            if !text.is_empty() {
                let done = Done { text: text.to_owned(), marks: Vec::new(), lines: lines.clone() };
                self.put(Kind::Paragraph, done);
            }
        }
    }

    fn end_dark(&mut self) {
        if self.dark.is_empty() {
            return;
        }
        let done = self.dark.take();
        if !done.text.is_empty() {
            let block = Block::new(Kind::Paragraph, done.text);
            self.out.push(Laid {
                block,
                lines: done.lines,
                element: self.now.element,
                near: self.near,
                unseen: Some(self.dark_rule),
                folded: self.dark_folded,
            });
        }
    }

    fn end_cell(&mut self) {
        let mut done = self.leaf.take();
        tex::mark(&mut done, self.options.dollars);
        let Some(table) = &mut self.table else { return };
        let mut read = std::mem::take(&mut table.read);
        read.bold = done.marks.iter().any(|mark| mark.kind == MarkKind::Strong && mark.range == (0..done.text.len()));
        read.done = done;
        if let Some(row) = table.rows.last_mut() {
            row.cells.push(read);
        }
    }

    fn end_table(&mut self) {
        let Some(table) = self.table.take() else { return };
        let (done, grid) = grid::table(table.rows);
        if !done.text.trim().is_empty() || !done.marks.is_empty() {
            self.put(Kind::Table(grid), done);
        }
    }

    fn put(&mut self, kind: Kind, done: Done) {
        let within = self.containers.clone();
        let block = Block { within, marks: done.marks, ..Block::new(kind, done.text) };
        let element = self.now.element;
        self.out.push(Laid { block, lines: done.lines, near: self.near, element, unseen: None, folded: false });
    }
}

/// Holds a line to lay out.
const LAID_OUT: u8 = 1;
/// Holds lines, and none to lay out.
const LEFT_OUT: u8 = 2;

/// What each node holds, from its texts upwards. Each node is marked once as either, so it is linear. Programs, tables, lines with
/// formulas and what stands beside the lines are laid out in any case: a line of the flat page cannot say what they say.
fn holds(page: &Arena, flat: &Flat, keep: &[bool], is_data: &[bool]) -> Vec<u8> {
    if keep.is_empty() {
        return Vec::new();
    }
    let mut holds = vec![0; page.len()];
    let mut formula = vec![false; flat.lines.len() + 1];
    flat.aside.iter().filter(|aside| aside.formula).for_each(|aside| formula[aside.line as usize] = true);
    for (number, line) in flat.places.iter().enumerate().filter(|(_, line)| **line != u32::MAX) {
        let Some(place) = page.place(number) else { continue };
        let index = *line as usize;
        let own = match place.text() {
            Some(_) if keep.get(index) == Some(&true) || formula[index] => LAID_OUT,
            Some(_) => LEFT_OUT,
            None if flat.elements[index].tag == Tag::Pre || is_data[index] => LAID_OUT,
            None => continue,
        };
        mark(place, own, &mut holds);
    }
    flat.aside.iter().filter_map(|aside| page.place(aside.node as usize)).for_each(|p| mark(p, LAID_OUT, &mut holds));
    holds
}

/// Marks a node and what it lies in.
fn mark(place: Place, own: u8, holds: &mut [u8]) {
    let mut up = Some(place);
    while let Some(at) = up.filter(|at| holds[at.number()] != own && holds[at.number()] != LAID_OUT) {
        holds[at.number()] = own;
        up = at.parent();
    }
}

/// The first node of text in an element that is more than white space.
fn first_text(root: Place) -> Option<Place> {
    root.descendants().find(|place| place.text().is_some_and(|text| !text.trim().is_empty()))
}

/// Characters of a `pre` that tell whether it is prose.
const SAMPLE: usize = 100_000;

/// Whether a bare `pre` holds a text and no program: no class, no `code` in it, and mostly sentences in Chinese.
fn is_prose(tag: Tag, markup: Markup, place: Place) -> bool {
    if tag != Tag::Pre
        || markup.value("class").is_some()
        || place.children().filter_map(Place::markup).any(|c| c.name() == "code")
    {
        return false;
    }
    let (mut cjk, mut letters, mut stops) = (0, 0, 0);
    // A `pre` may hold a `pre`, and each is asked.
    for c in place.descendants().filter_map(Place::text).flat_map(str::chars).take(SAMPLE) {
        cjk += usize::from(matches!(c, '\u{3400}'..='\u{9fff}'));
        letters += usize::from(c.is_ascii_alphanumeric());
        stops += usize::from(matches!(c, '，' | '。' | '！' | '？' | '、' | '；' | '：'));
    }
    cjk * 2 > cjk + letters && stops * 60 > cjk + letters
}

/// Bytes of a callout's kind at the most; each block in it repeats the kind.
const LONGEST_KIND: usize = 100;

/// Nodes beside a `code` that are looked at: each of many asks for all.
const SIBLINGS: usize = 200;

/// A `code` whose class says that it is a block: `block` is Tailwind's name for it, and Verso's.
fn is_code_block(markup: Markup) -> bool {
    let names = || markup.value("class").unwrap_or("").split_ascii_whitespace();
    markup.name() == "code" && names().any(|name| name == "block")
}

/// The kind of callout that a class names: GitHub, VuePress, MkDocs, Docusaurus, Obsidian.
fn callout(class: &str, markup: Markup) -> Option<String> {
    const BOXES: [&str; 7] =
        ["markdown-alert", "admonition", "custom-block", "hint-container", "callout", "theme-admonition", "alert"];
    const KINDS: [&str; 20] = [
        "note",
        "tip",
        "important",
        "warning",
        "caution",
        "danger",
        "info",
        "abstract",
        "success",
        "question",
        "failure",
        "bug",
        "example",
        "quote",
        "details",
        "hint",
        "attention",
        "error",
        "seealso",
        "todo",
    ];
    let names = || class.split_ascii_whitespace();
    if !names().any(|name| BOXES.contains(&name)) {
        return None;
    }
    if let Some(kind) = markup.value("data-callout") {
        return Some(kind).filter(|kind| kind.len() <= LONGEST_KIND).map(str::to_ascii_lowercase);
    }
    let kind = |name: &str| {
        let name = BOXES.iter().find_map(|kind| name.strip_prefix(kind)?.strip_prefix('-')).unwrap_or(name);
        KINDS.contains(&name).then(|| name.to_owned())
    };
    names().find_map(kind)
}
