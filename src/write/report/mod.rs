//! A page and what was done to it as one HTML file that asks for nothing: no network, no framework, no script needed.
//!
//! In: a page that was cleaned with [`crate::Options::explain`]. Out: HTML. On the left the page as it came, on the right the
//! clean text, edits marked in place. All of it is text of strangers, so nothing of it is trusted (see `safe` and `shell`).
//! Filters are boxes and style; the script only walks from change to change and sorts tables. Writing files is left to others.

mod filters;
mod head;
mod index;
mod list;
mod rows;
mod safe;
mod shell;
mod used;

pub use index::{Summary, index};

use super::record::{Failure, Origin};
use crate::edit::{Change, Stage};
use crate::page::Page;
use crate::script::{self, Script};
use maud::html;
use rows::Rows;
use safe::Shown;
use used::Used;

/// Above so many conversions a report would be ten times as long as its page.
const LARGE: usize = 5000;

/// The report of one page.
pub fn report(page: &Page, origin: &Origin) -> String {
    let used = Used::of(page);
    let marked = super::marked::marked(page);
    let converted = page.changes.iter().any(|change| change.stage == Stage::Script);
    let script = if converted { script::evidence(&page.texts()).script() } else { page.script };
    let languages = (language(page.script), language(script));
    let large = used.count(Stage::Script) > LARGE;
    let rows = Rows { page, marked: &marked, used: &used, large, languages };
    let body = html! {
        a.skip href="#text" { "To the text" }
        (head::head(&rows, origin))
        details.about { summary { "Metadata and evidence" } (head::found(&rows, origin)) }
        (filters::filters(&used))
        (filters::legend(&rows))
        main #text.large[marked.len() + page.changes.len() > 1000] {
            @if large {
                p.note { "There are so many conversions that only the new characters are marked; hover over one to see what stood there." }
            }
            div.row.heads aria-hidden="true" { div.n {} div.was { "As it came" } div.now { "Clean text" } }
            (rows.rows())
        }
        (list::list(&rows))
        (footer())
    };
    shell::document(&format!("{} · zonetext", page.title().unwrap_or(file_name(origin))), &used.style(), &body)
}

/// What a page without a title is called: the name of its file.
fn file_name(origin: &Origin) -> &str {
    let path = origin.file_path.as_deref().unwrap_or("standard input");
    path.rsplit('/').find(|part| !part.is_empty()).unwrap_or(path)
}

/// The report of an input that could not be read or cleaned at all.
pub fn failed(origin: &Origin, failure: &Failure) -> String {
    let path = origin.file_path.as_deref().unwrap_or("standard input");
    let body = html! {
        header {
            p.brand { b { "zonetext" } " explain" }
            h1 { bdi { (Shown(path)) } }
            p.notice.bad { b { "There is nothing to show." } " " (failure.stage) ": " (Shown(&failure.message)) "." }
        }
        (footer())
    };
    shell::document(&format!("{path} · zonetext"), "", &body)
}

fn footer() -> maud::Markup {
    html! { footer { p {
        "zonetext " (env!("CARGO_PKG_VERSION")) ". The changes are those of the run itself; "
        code { "zonetext rules" } " lists every rule."
    } } }
}

/// Code points of the text as it came, markup and bytes aside, and of the text as it is now; metadata are left out.
fn sizes(page: &Page) -> (usize, usize) {
    let now: usize = page.blocks.iter().map(|block| block.text.chars().count()).sum();
    let of_text = |change: &&Change| change.stage == Stage::Extract || change.block < page.blocks.len();
    let (gone, new) =
        page.changes.iter().filter(of_text).fold((0, 0), |(gone, new), change| {
            (gone + change.before.chars().count(), new + change.after.chars().count())
        });
    ((now + gone).saturating_sub(new), now)
}

/// The language tag that lets a browser pick the right glyphs.
fn language(script: Script) -> &'static str {
    match script {
        Script::Hans => "zh-Hans",
        Script::Hant => "zh-Hant",
        Script::HantTw => "zh-Hant-TW",
        Script::HantHk => "zh-Hant-HK",
        Script::Mixed => "zh",
        Script::Jpan => "ja",
        Script::Other => "",
    }
}

/// The word that the record has for a value.
fn word<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
