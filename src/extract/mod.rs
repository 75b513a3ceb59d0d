//! Main text and metadata of a page.
//!
//! In: HTML, or text that was badly extracted before. Out: blocks with kinds, metadata, and what was dropped by which rule.
//! The wording of the text is left to `repair`.

mod advert;
mod carrier;
mod form;
pub mod html;
mod layout;
mod metadata;
mod mixed;
mod needles;
pub mod parse;
mod plain;
pub mod recipe;

use crate::page::{Block, Kind, Metadata};

/// What `extract` takes its input for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Form {
    /// Look at the text: enough markup makes it HTML.
    #[default]
    Auto,
    /// Markup, whatever it looks like.
    Html,
    /// Text that somebody extracted before, or that never was markup.
    Text,
}

/// How to extract.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Markup or text.
    pub form: Form,
    /// Keep what links and images of HTML lead to ([`crate::page::MarkKind::Link`]); costs a little time and memory.
    pub links: bool,
    /// Keep every block that a reader of the page sees, nothing chosen.
    pub whole: bool,
    /// Keep readers' comments under an article; a thread keeps its posts either way.
    pub comments: bool,
    /// Where things stand in each page, of whatever site; only markup has selectors.
    pub recipe: recipe::Recipe,
    /// Where things stand in the pages of each host, for what `recipe` leaves open.
    pub sites: recipe::Sites,
    /// Address of the page, whose host `sites` is asked for; without one the page's own canonical address.
    pub url: Option<String>,
}

/// What sort of page it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// One text: news, a blog post, a page of documentation.
    #[default]
    Article,
    /// Posts of several people.
    Forum,
    /// Teasers and links to other pages.
    List,
    /// None of these: a product, a form, a start page.
    Other,
}

/// A block that was left out, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dropped {
    /// The stable name of the rule that dropped it.
    pub rule: &'static str,
    /// Its text.
    pub text: String,
    /// Index of the kept block that follows it.
    pub before: usize,
    /// Where it stood: the number of its line in reading order.
    pub at: usize,
}

/// What an input, or a part of it, was taken for, and by what.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Reading {
    /// `html`, `feed`, `markdown`, `text with tags`, `mail`, `text` or `json`.
    pub form: &'static str,
    /// What decided, in words.
    pub evidence: String,
}

/// The main text of a page.
#[derive(Debug, Clone, Default)]
pub struct Extracted {
    /// What the input was taken for; several where JSON carries a page, or text stands above or below one.
    pub readings: Vec<Reading>,
    /// A title first, if there is one.
    pub blocks: Vec<Block>,
    /// What the page says of itself.
    pub metadata: Metadata,
    /// What was left out, in reading order.
    pub dropped: Vec<Dropped>,
    /// The `base` of relative links, as the page writes it.
    pub base: Option<String>,
    /// What sort of page it is taken for.
    pub sort: Sort,
    /// 0 to 1: how sure the choice of main text is.
    pub confidence: f32,
    /// What a budget (depth, nodes) changed, in words.
    pub limit: Option<String>,
    /// What the parts of a recipe found.
    pub selected: Vec<recipe::Selected>,
}

/// Extracts the main text. Total.
///
/// ```
/// use zonetext::Kind;
/// use zonetext::extract::{Options, extract};
/// let page = extract("<title>茶馆 - 某网</title><h1>茶馆</h1><p>老茶馆昨天重新开门，门前排起了长队。</p>", &Options::default());
/// assert_eq!(page.blocks[0].kind, Kind::Title);
/// assert_eq!(page.blocks[0].text, "茶馆");
/// assert_eq!(page.blocks[1].text, "老茶馆昨天重新开门，门前排起了长队。");
/// ```
pub fn extract(input: &str, options: &Options) -> Extracted {
    match options.form {
        Form::Text => text(input, options),
        Form::Html => page(input, "asked for", options),
        Form::Auto => match carrier::carried(input) {
            Some(carried) => {
                let mut found = extract_parts(&carried.text, options);
                carried.add_to(&mut found);
                found
            }
            None => extract_parts(input, options),
        },
    }
}

/// A page, a text, or a page with text above or below it.
fn extract_parts(input: &str, options: &Options) -> Extracted {
    let Some(evidence) = form::html(input) else { return text(input, options) };
    let [above, inside, below] = mixed::parts(input);
    if above.is_empty() && below.is_empty() {
        return page(input, &evidence, options);
    }
    let mut found = Extracted::default();
    for (range, is_page) in [(above, false), (inside, true), (below, false)] {
        if is_page {
            found.append(page(&input[range], &evidence, options));
        } else if !range.is_empty() {
            found.append(plain::extract_text(&input[range], options));
        }
    }
    found
}

/// A page, taken for one by this evidence.
fn page(input: &str, evidence: &str, options: &Options) -> Extracted {
    let mut found = html::extract_html(input, options);
    found.readings.iter_mut().for_each(|reading| reading.evidence = evidence.to_owned());
    found
}

/// A text, in which no selector finds anything.
fn text(input: &str, options: &Options) -> Extracted {
    let found = plain::extract_text(input, options);
    Extracted { selected: options.recipe.unfound(), ..found }
}

impl Extracted {
    /// Adds what was extracted of a later part. The title of a page below text stands first; fields that are there stay.
    fn append(&mut self, mut part: Extracted) {
        let lines = self.dropped.last().map_or(0, |dropped| dropped.at + 1);
        let is_page = part.readings.iter().any(|reading| matches!(reading.form, "html" | "feed"));
        let is_titled = |blocks: &[Block]| blocks.first().is_some_and(|block| block.kind == Kind::Title);
        if is_page && !self.blocks.is_empty() && !is_titled(&self.blocks) && is_titled(&part.blocks) {
            self.blocks.insert(0, part.blocks.remove(0));
            self.dropped.iter_mut().for_each(|dropped| dropped.before += 1);
            part.dropped.iter_mut().for_each(|dropped| dropped.before = dropped.before.saturating_sub(1));
        }
        let (blocks, begun) = (self.blocks.len(), !self.blocks.is_empty());
        let later = |kind: Kind| if begun && kind == Kind::Title { Kind::Paragraph } else { kind };
        self.blocks.extend(part.blocks.into_iter().map(|block| Block { kind: later(block.kind.clone()), ..block }));
        self.dropped.extend(part.dropped.into_iter().map(|dropped| Dropped {
            before: dropped.before + blocks,
            at: dropped.at + lines,
            ..dropped
        }));
        if is_page || self.confidence == 0.0 {
            (self.sort, self.confidence) = (part.sort, part.confidence);
        }
        // The parts of a long text are one.
        if self.readings.last().map(|last| last.form) != part.readings.first().map(|first| first.form) {
            self.readings.extend(part.readings);
        }
        self.selected.extend(part.selected);
        self.metadata.fill_from(part.metadata);
        self.base = self.base.take().or(part.base);
        self.limit = self.limit.take().or(part.limit);
    }
}

/// Every rule that leaves a block out, by its stable name, with one line of what it stands for: of markup, then of text.
pub fn rules() -> impl Iterator<Item = (&'static str, &'static str)> {
    html::blocks::rules().chain(plain::RULES.iter().copied()).chain([carrier::RULE])
}
