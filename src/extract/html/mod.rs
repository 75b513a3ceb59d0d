//! Main text, blocks and metadata of an HTML page.
//!
//! In: decoded HTML. Out: [`Extracted`]. One parse, one walk that flattens the tree into lines (`flat`), a row of features
//! for each line (`features`), two small forests that score them (`model`), the second by what the first thought of the
//! neighbours (`second`), a choice of lines (`choose`), more those that they enclose (`fill`), less those that are the page's interface
//! (`interface`) or say they are none of the text (`closing`), the rest of the article's lists, tables and programs (`units`), and blocks
//! (`blocks`). Feeds become pages first (`feed`), and a page that shows
//! nothing is read from the data it carries (`payload`).
//! What the page says of itself is read in `metadata`; the wording of the text is left to `repair`.

mod attributes;
pub(super) mod blocks;
mod candidates;
pub(in crate::extract) mod choose;
mod closing;
pub(super) mod context;
pub(super) mod features;
mod feed;
mod fill;
pub(super) mod flat;
pub(super) mod head;
mod interface;
#[doc(hidden)]
pub mod learn;
pub(crate) mod model;
mod overlap;
mod payload;
pub(super) mod phrase;
mod posts;
mod second;
mod sort;
pub(super) mod tag;
pub(super) mod text;
mod twice;
mod units;
pub(super) mod value;
pub(super) mod words;

use super::parse::{self, Arena};
use super::{Extracted, Options, Reading, Sort, layout, metadata, recipe};
use crate::page::Kind;
use memchr::memmem;
use std::borrow::Cow;
use std::sync::LazyLock;

/// A page that shows fewer tokens than this of prose is looked at again for text it carries as data.
const SHOWS_NOTHING: u32 = 60;

/// Extracts the main text of an HTML page. Total.
pub fn extract_html(text: &str, options: &Options) -> Extracted {
    let mut read = read(text);
    let url = options.url.as_deref().or(read.flat.head.canonical.as_deref());
    let site = url.filter(|_| !options.sites.is_empty()).and_then(|url| options.sites.of(url));
    let recipe = site.map_or(Cow::Borrowed(&options.recipe), |site| Cow::Owned(options.recipe.over(site)));
    if !recipe.is_empty() {
        let applied = recipe::apply(&recipe, read.made.as_deref().unwrap_or(text), &read.page);
        applied.mark(&read.page, &mut read.flat);
        read.applied = Some(applied);
    }
    let mut found =
        finish(&read, options, |context, title| Judged { choice: choose::choose(context, model::FOREST), title });
    let form = if read.is_feed { "feed" } else { "html" };
    found.readings.push(Reading { form, evidence: String::new() });
    found
}

/// What was chosen of a page, and its title.
pub(super) struct Judged {
    pub(super) choice: choose::Choice,
    pub(super) title: metadata::title::Title,
}

/// A page that was read.
pub(super) struct Read {
    page: Arena,
    pub(super) flat: flat::Flat,
    limit: Option<String>,
    /// It loads a program that sets `$…$` as formulas.
    dollars: bool,
    /// The page was made of a feed.
    is_feed: bool,
    /// The page that was made of a feed or of the data that a page carries.
    made: Option<String>,
    /// What the user's recipe selects.
    applied: Option<recipe::Applied>,
}

/// Parses and flattens a page; what it carries as data comes in where it shows nothing.
fn read(text: &str) -> Read {
    let feed = feed::page(text);
    let (page, limit) = parse::arena(feed.as_deref().unwrap_or(text));
    let mut flat = flat::flatten(&page);
    flat.head.newspaper = metadata::newspaper::read(text).unwrap_or_default();
    let dollars = sets_dollars(text);
    if feed.is_some() {
        flat.carried = true;
        return Read { page, flat, limit, dollars, made: feed, applied: None, is_feed: true };
    }
    let prose: u32 = (0..flat.lines.len()).map(|i| candidates::good_tokens(&flat, i)).sum();
    if prose < SHOWS_NOTHING
        && let Some(data) = carried(&mut flat, text)
    {
        let head = std::mem::take(&mut flat.head);
        let page = parse::arena(&data).0;
        flat = flat::flatten(&page);
        flat.head = head;
        flat.carried = true;
        return Read { page, flat, limit, dollars, made: Some(data), applied: None, is_feed: false };
    }
    Read { page, flat, limit, dollars, made: None, applied: None, is_feed: false }
}

/// Parses and flattens a page that was made of a text, which carries nothing and loads nothing.
pub(super) fn read_page(page: &str) -> Read {
    let (page, limit) = parse::arena(page);
    let flat = flat::flatten(&page);
    Read { page, flat, limit, dollars: false, made: None, applied: None, is_feed: false }
}

/// Whether the page names a program that sets formulas in the reader's browser.
fn sets_dollars(text: &str) -> bool {
    static NAMES: LazyLock<[memmem::Finder; 3]> =
        LazyLock::new(|| ["athJax", "athjax", "katex"].map(memmem::Finder::new));
    text.contains('$') && NAMES.iter().any(|name| name.find(text.as_bytes()).is_some())
}

/// The text a page carries as data, as a page of its own.
fn carried(flat: &mut flat::Flat, html: &str) -> Option<String> {
    let mut parts: Vec<String> = flat.preloaded.iter().flat_map(|data| payload::discourse(data)).collect();
    if parts.is_empty() && flat.lines.is_empty() {
        parts = std::mem::take(&mut flat.noframes);
    }
    if parts.is_empty() {
        let body = metadata::json::Facts::read(&flat.head.json).body.map(|body| payload::paragraphs(&body));
        parts = vec!["<article>".to_owned(), body.or_else(|| payload::scripts(html, shown(flat)?))?];
    }
    let title = flat.head.title.as_deref().unwrap_or("").replace('<', "&lt;");
    Some(format!("<title>{title}</title><body>{}", parts.join("\n")))
}

/// Whether a page shows anything at all; None where it shows more than a menu, which is then what it has to say.
fn shown(flat: &flat::Flat) -> Option<bool> {
    let seen = flat.lines.iter().filter(|line| line.flags & flat::flag::HIDDEN == 0);
    let tokens: u32 = seen.map(|line| line.counts.tokens).sum();
    (tokens < SHOWS_NOTHING).then_some(tokens > 0)
}

/// The blocks and metadata of a page. `judge` is told the page's title and may find another.
pub(super) fn finish(
    read: &Read,
    options: &Options,
    judge: impl FnOnce(&mut context::Context, metadata::title::Title) -> Judged,
) -> Extracted {
    let flat = &read.flat;
    let title = read.applied.as_ref().and_then(|applied| applied.title(flat));
    let title = title.unwrap_or_else(|| metadata::title::title(flat));
    let facts = metadata::json::Facts::read(&flat.head.json);
    let mut context = context::Context::new(flat, &title, &facts);
    let Judged { mut choice, title } = judge(&mut context, title);
    let is_data = layout::tables::data(flat);
    let mut posts = match choice.sort {
        Sort::Forum | Sort::Article => posts::posts(&context, &choice),
        _ => Vec::new(),
    };
    units::keep_whole(&context, &is_data, &mut choice);
    blocks::whole_units(flat, &is_data, &mut choice.keep);
    twice::leave_out(&context, &is_data, &mut choice);
    match choice.sort {
        Sort::Forum => posts::leave_out_names(&context, &posts, &mut choice),
        _ if options.comments => posts::keep(&context, &posts, &mut choice),
        _ => posts::leave_out(&context, std::mem::take(&mut posts), &mut choice),
    }
    let decided = read.applied.as_ref().is_some_and(|applied| applied.choose(&read.page, flat, &mut choice));
    let barred = read.applied.as_ref().map(|applied| applied.barred(&read.page, decided)).unwrap_or_default();
    let whole = options.whole && !decided;
    let keep = if whole { Vec::new() } else { choice.keep.clone() };
    let mut form = layout::Options { links: options.links, dollars: read.dollars, reveal: Vec::new(), keep, barred };
    let mut laid = layout::layout(&read.page, flat, form.clone());
    form.reveal = shown_by_script(flat, &choice, &laid, whole);
    if !form.reveal.is_empty() {
        laid = layout::layout(&read.page, flat, form);
    }
    let (mut found, begins) = blocks::blocks(&context, &title, &choice, laid, whole);
    found.metadata = metadata::metadata(flat, &title, &facts, &choice.keep);
    for (block, line) in found.blocks.iter_mut().zip(begins).filter(|(block, _)| block.kind != Kind::Title) {
        if let Some(container) = posts::container(&posts, line) {
            block.within.insert(0, container);
        }
    }
    if let Some(applied) = &read.applied {
        applied.overrule(&mut found.metadata);
        found.selected = applied.told.clone();
    }
    found.limit = read.limit.clone();
    found.base = flat.base.clone();
    found
}

/// By line, what a block hides that is text all the same: a box that the reader opens, or a page that a script shows. Nothing where there
/// is none. Of a whole page only what it hides where it shows nothing else.
fn shown_by_script(flat: &flat::Flat, choice: &choose::Choice, laid: &[layout::Laid], whole: bool) -> Vec<bool> {
    let mut reveal = vec![false; flat.lines.len()];
    let folded = laid.iter().filter(|laid| laid.folded).flat_map(|laid| &laid.lines);
    folded.for_each(|line| reveal[*line as usize] = whole || choice.keep[*line as usize]);
    // A line that is seen in part is no box of its own.
    let seen = laid.iter().filter(|laid| laid.unseen.is_none()).flat_map(|laid| &laid.lines);
    let mut tokens = 0;
    for line in seen {
        reveal[*line as usize] = false;
        tokens += flat.lines[*line as usize].counts.tokens;
    }
    if whole && tokens >= SHOWS_NOTHING || !reveal.contains(&true) { Vec::new() } else { reveal }
}
