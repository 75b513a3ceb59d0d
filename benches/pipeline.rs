//! Speed of the whole pipeline beside its costliest stage: `cargo bench --bench pipeline`. The pages are the fixtures of whole pages and of
//! HTML, so the figures are for comparing two builds, not two programs.

use divan::counter::BytesCount;
use std::path::PathBuf;
use zonetext::{Options, split};

fn main() {
    divan::main();
}

/// The inputs below a folder of fixtures.
fn inputs(folder: &str) -> Vec<Vec<u8>> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(folder);
    let files = walkdir::WalkDir::new(root).sort_by_file_name().into_iter().filter_map(Result::ok);
    let inputs = files.filter(|entry| entry.file_name().to_string_lossy().starts_with("input."));
    inputs.map(|entry| std::fs::read(entry.path()).expect("a fixture can be read")).collect()
}

fn measure(bencher: divan::Bencher<'_, '_>, folder: &str, options: &Options) {
    let pages = inputs(folder);
    let bytes: usize = pages.iter().map(Vec::len).sum();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        let texts = pages.iter().map(|page| zonetext::clean(divan::black_box(page), options).blocks.len());
        texts.sum::<usize>()
    });
}

fn whole() -> Options {
    Options { split: Some(split::Options::default()), ..Options::default() }
}

fn extract_alone() -> Options {
    Options { repair: None, script: None, ..Options::default() }
}

#[divan::bench(args = ["extract/html", "pages"])]
fn clean(bencher: divan::Bencher<'_, '_>, folder: &str) {
    measure(bencher, folder, &whole());
}

#[divan::bench(args = ["extract/html", "pages"])]
fn extract(bencher: divan::Bencher<'_, '_>, folder: &str) {
    measure(bencher, folder, &extract_alone());
}
