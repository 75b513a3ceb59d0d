//! Speed of the HTML parser beside `scraper`'s own: `cargo bench --bench parse`.
//!
//! On the pages of the optional folder `../shared/data/extract`, else on a small page of our own, repeated.

use std::path::Path;
use std::sync::LazyLock;

use divan::Bencher;
use divan::counter::BytesCount;
use scraper::Html;
use zonetext::decode;
use zonetext::extract::parse::{Options, arena, parse, parse_with};

static PAGES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let pages = walkdir::WalkDir::new(Path::new("../shared/data/extract")).sort_by_file_name().into_iter();
    let pages = pages.filter_map(Result::ok).filter(|entry| entry.path().extension().is_some_and(|end| end == "html"));
    // Every eighth, so that a round is a few megabytes.
    let pages = pages.step_by(8).filter_map(|entry| std::fs::read(entry.path()).ok());
    let pages: Vec<String> =
        pages.map(|bytes| decode::decode(&bytes, &decode::Options::default()).text.into_owned()).collect();
    if pages.is_empty() { vec![include_str!("../fixtures/extract/parse/everything.html").repeat(20)] } else { pages }
});

fn main() {
    divan::main();
}

fn each(bencher: Bencher, parse: impl Fn(&str) -> Html) {
    let bytes: usize = PAGES.iter().map(String::len).sum();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        for page in PAGES.iter() {
            divan::black_box(parse(page));
        }
    });
}

#[divan::bench]
fn scraper_own(bencher: Bencher) {
    each(bencher, Html::parse_document);
}

#[divan::bench]
fn exact(bencher: Bencher) {
    each(bencher, |page| parse_with(page, &Options::exact()).html);
}

#[divan::bench]
fn default(bencher: Bencher) {
    each(bencher, |page| parse(page).html);
}

/// What extraction walks.
#[divan::bench]
fn small(bencher: Bencher) {
    let bytes: usize = PAGES.iter().map(String::len).sum();
    bencher
        .counter(BytesCount::new(bytes))
        .bench_local(|| PAGES.iter().map(|page| divan::black_box(arena(page).0).len()).sum::<usize>());
}
