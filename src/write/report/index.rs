//! Many pages on one: bars that show what a collection is made of, and a table that leads to each page's report, the worst first.

use super::head::{grouped, share};
use super::safe::Shown;
use super::{footer, shell, sizes, word};
use crate::edit::Stage;
use crate::page::{Page, Status};
use crate::write::record::Failure;
use crate::write::visible::visible;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// What the index needs to know of one page.
#[derive(Debug, Clone, Default)]
pub struct Summary {
    /// The input's name.
    pub path: String,
    /// Where its report lies, as seen from the index, in the form of a path.
    pub link: String,
    /// The page's title.
    pub title: Option<String>,
    /// Why there is no page, or why it is not whole.
    pub trouble: Option<String>,
    state: State,
    charset: &'static str,
    script: String,
    confidence: Option<f32>,
    /// Code points of the text as it came, and as it is now.
    came: usize,
    chars: usize,
    dropped: usize,
    /// Repairs by class.
    repairs: BTreeMap<&'static str, usize>,
    lost: usize,
}

/// How a page came out, the worst first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    #[default]
    Failed,
    Binary,
    Limit,
    Partial,
    Empty,
    Ok,
}

impl Summary {
    /// What is to be known of a cleaned page.
    pub fn of(page: &Page, path: String, link: String) -> Summary {
        let state = match page.status {
            _ if page.charset.binary => State::Binary,
            Status::Limit => State::Limit,
            Status::Partial => State::Partial,
            Status::Empty => State::Empty,
            Status::Ok => State::Ok,
        };
        let undecodable = (page.charset.undecodable > 0 && !page.charset.binary)
            .then(|| format!("bytes that could not be read: {}", page.charset.undecodable));
        let binary = page.charset.binary.then(|| page.charset.evidence.join("; "));
        let (came, chars) = sizes(page);
        Summary {
            path,
            link,
            title: page.title().map(str::to_owned),
            trouble: page.limit.clone().or(undecodable).or(binary),
            state,
            charset: page.charset.charset,
            script: word(&page.script),
            confidence: page.confidence,
            came,
            chars,
            dropped: page.changes.iter().filter(|change| change.stage == Stage::Extract).count(),
            repairs: page.repairs.clone(),
            lost: crate::repair::lost(&page.texts()).values().sum(),
        }
    }

    /// An input of which there is no page.
    pub fn failed(failure: &Failure, path: String, link: String) -> Summary {
        Summary { path, link, trouble: Some(failure.message.clone()), ..Summary::default() }
    }

    fn repaired(&self) -> usize {
        self.repairs.values().sum()
    }

    /// Failed, not whole and empty pages first; then by confidence, and by what is lost or was mended in a thousand characters.
    fn order(&self) -> (State, u32, std::cmp::Reverse<usize>) {
        let confidence = self.confidence.map_or(1000, |c| (c.clamp(0.0, 1.0) * 1000.0) as u32);
        let damage = (self.lost * 10 + self.repaired()) * 1000 / self.chars.max(1);
        (self.state, confidence, std::cmp::Reverse(damage))
    }
}

impl State {
    fn name(self) -> &'static str {
        match self {
            State::Failed => "failed",
            State::Binary => "no text",
            State::Limit => "cut",
            State::Partial => "partial",
            State::Empty => "empty",
            State::Ok => "ok",
        }
    }
}

/// Lines of the table. A browser sorts this many at once; the bars count all pages.
const MOST: usize = 5000;

/// The index over many pages. `name` is what was looked at.
pub fn index(name: &str, mut pages: Vec<Summary>) -> String {
    pages.sort_by(|one, other| one.order().cmp(&other.order()).then_with(|| one.path.cmp(&other.path)));
    let bad = pages.iter().filter(|page| page.state != State::Ok).count();
    let (chars, came) = (pages.iter().map(|p| p.chars).sum(), pages.iter().map(|p| p.came).sum());
    let repairs: usize = pages.iter().map(Summary::repaired).sum();
    let body = html! {
        a.skip href="#pages" { "To the table" }
        header {
            p.brand { b { "zonetext" } " explain" }
            h1 { bdi { (Shown(name)) } }
            ul.tiles {
                li.tile { b { (grouped(pages.len())) } " " span { "pages" } }
                li.tile.s1.zero[bad == 0] { b { (grouped(bad)) } " " span { "not whole or empty" } }
                li.tile.s2.zero[repairs == 0] { b { (grouped(repairs)) } " " span { "repairs" } }
                li.tile {
                    b { (share(chars, came)) } " " span { "of the text kept" }
                    span.small { (grouped(came)) " → " (grouped(chars)) " characters" }
                }
            }
        }
        div.charts { (charts(&pages)) }
        main #pages { (table(&pages)) }
        (footer())
    };
    shell::document(&format!("{name} · zonetext"), "", &body)
}

fn charts(pages: &[Summary]) -> Markup {
    let count = |of: &dyn Fn(&Summary) -> Option<String>| {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        pages.iter().filter_map(of).for_each(|key| *counts.entry(key).or_default() += 1);
        let mut bars: Vec<(String, usize)> = counts.into_iter().collect();
        bars.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        bars
    };
    let read = |page: &Summary| page.state != State::Failed && page.state != State::Binary;
    let states = [State::Ok, State::Empty, State::Partial, State::Limit, State::Binary, State::Failed];
    let results = states.map(|state| (state.name().to_owned(), pages.iter().filter(|p| p.state == state).count()));
    let mut damage: BTreeMap<&str, usize> = BTreeMap::new();
    pages.iter().flat_map(|page| page.repairs.keys()).for_each(|class| *damage.entry(class).or_default() += 1);
    let mut damage: Vec<(String, usize)> = damage.into_iter().map(|(class, n)| (class.to_owned(), n)).collect();
    let unharmed = pages.iter().filter(|page| read(page) && page.repairs.is_empty()).count();
    damage.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    damage.push(("none".to_owned(), unharmed));
    let tenths = |label: fn(usize) -> String, value: &dyn Fn(&Summary) -> Option<f64>| {
        let mut bars: Vec<(String, usize)> = (0..5).map(|fifth| (label(fifth), 0)).collect();
        for value in pages.iter().filter(|page| read(page)).filter_map(value) {
            bars[((value * 5.0) as usize).min(4)].1 += 1;
        }
        bars
    };
    let confidence =
        tenths(|n| format!("{:.1} to {:.1}", n as f64 / 5.0, (n + 1) as f64 / 5.0), &|p| p.confidence.map(f64::from));
    let kept = tenths(|n| format!("{} to {} %", n * 20, n * 20 + 20), &|p| {
        (p.came > 0).then(|| p.chars as f64 / p.came as f64)
    });
    html! {
        (chart("Result", &results.into_iter().filter(|(_, count)| *count > 0).collect::<Vec<_>>(), pages.len()))
        (chart("Charset", &count(&|page| read(page).then(|| page.charset.to_owned())), pages.len()))
        (chart("Script", &count(&|page| read(page).then(|| page.script.clone())), pages.len()))
        (chart("Damage, pages with", &damage, pages.len()))
        (chart("Confidence", &confidence, pages.len()))
        (chart("Share of the text kept", &kept, pages.len()))
    }
}

/// Bars for counts, each as long as its share of all pages.
fn chart(title: &str, bars: &[(String, usize)], all: usize) -> Markup {
    let width = |count: usize| format!("{:.2}", count as f64 * 100.0 / all.max(1) as f64);
    html! {
        section.chart {
            h2 { (title) }
            table {
                @for (label, count) in bars {
                    tr.nothing[*count == 0] {
                        th scope="row" { (label) }
                        td.bar {
                            svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false" {
                                rect.track width="100" height="10" {}
                                rect width=(width(*count)) height="10" {}
                            }
                        }
                        td.number { (grouped(*count)) }
                    }
                }
            }
        }
    }
}

fn table(pages: &[Summary]) -> Markup {
    let columns: [(&str, &str); 9] = [
        ("Page", ""),
        ("Result", ""),
        ("Charset", ""),
        ("Script", ""),
        ("Confidence", "number"),
        ("Kept", "number"),
        ("Dropped", "number"),
        ("Repairs", "number"),
        ("Lost", "number"),
    ];
    html! {
        @if pages.len() > MOST {
            p.note { "The worst " (grouped(MOST)) " of " (grouped(pages.len())) " pages; the bars count all." }
        }
        p.note { "The worst first: failed, cut, partial, empty; then by confidence and damage." }
        div.scroll tabindex="0" role="region" aria-label="Pages" {
            table.pages {
                thead { tr {
                    @for (name, class) in columns {
                        th.(class) scope="col" data-sort=[(!class.is_empty()).then_some(class)] { (name) }
                    }
                } }
                tbody { @for (number, page) in pages.iter().take(MOST).enumerate() { (line(number, page)) } }
            }
        }
    }
}

fn line(number: usize, page: &Summary) -> Markup {
    let read = page.state != State::Failed && page.state != State::Binary;
    let kept = if page.came == 0 { 0.0 } else { page.chars as f64 / page.came as f64 };
    let classes = page.repairs.iter().map(|(class, count)| format!("{class} {count}")).collect::<Vec<_>>().join("\n");
    html! {
        tr data-order=(number) {
            td data-value=(visible(&page.path)) {
                @let name = page.title.as_deref().unwrap_or(&page.path);
                @if page.link.is_empty() { bdi { (Shown(name)) } }
                @else { a href=(escaped(&page.link)) { bdi { (Shown(name)) } } }
                @if page.title.is_some() { span.path { bdi { (Shown(&page.path)) } } }
                @if let Some(trouble) = &page.trouble { span.trouble { (Shown(trouble)) } }
            }
            td data-value=(page.state as usize) { span.state.(page.state.name().replace(' ', "-")) { (page.state.name()) } }
            @if read {
                td { (page.charset) }
                td { (page.script) }
                td.number data-value=(page.confidence.unwrap_or(-1.0)) {
                    @match page.confidence { Some(c) => (format!("{c:.2}")), None => "—" }
                }
                td.number data-value=(format!("{kept:.4}")) { (share(page.chars, page.came)) }
                td.number data-value=(page.dropped) { (grouped(page.dropped)) }
                td.number data-value=(page.repaired()) title=(classes) { (grouped(page.repaired())) }
                td.number data-value=(page.lost) { (grouped(page.lost)) }
            } @else {
                @for _ in 0..2 { td { "—" } }
                @for _ in 0..5 { td.number data-value="-1" { "—" } }
            }
        }
    }
}

/// A path as a relative address: whatever is not plain is escaped, so a file name can be no other sort of address.
fn escaped(path: &str) -> String {
    let mut out = String::from("./");
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'/' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
