//! Speed of extract: `cargo bench --bench extract`. Pages are the fixtures, repeated to about a megabyte.

use zonetext::extract::{Form, Options, extract};

fn main() {
    divan::main();
}

fn pages() -> Vec<String> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/extract/html");
    let mut cases: Vec<_> =
        std::fs::read_dir(root).into_iter().flatten().flatten().map(|e| e.path().join("input.html")).collect();
    cases.sort();
    let pages: Vec<String> = cases.iter().filter_map(|path| std::fs::read_to_string(path).ok()).collect();
    let bytes: usize = pages.iter().map(String::len).sum();
    let times = (1 << 20) / bytes.max(1) + 1;
    (0..times).flat_map(|_| pages.clone()).collect()
}

#[divan::bench]
fn pages_to_main_text(bencher: divan::Bencher) {
    let pages = pages();
    let bytes: usize = pages.iter().map(String::len).sum();
    let options = Options { form: Form::Html, ..Options::default() };
    bencher
        .counter(divan::counter::BytesCount::new(bytes))
        .bench_local(|| pages.iter().map(|page| extract(page, &options).blocks.len()).sum::<usize>());
}

#[divan::bench]
fn tree_alone(bencher: divan::Bencher) {
    let pages = pages();
    let bytes: usize = pages.iter().map(String::len).sum();
    bencher
        .counter(divan::counter::BytesCount::new(bytes))
        .bench_local(|| pages.iter().map(|page| zonetext::extract::parse::arena(page).0.len()).sum::<usize>());
}
