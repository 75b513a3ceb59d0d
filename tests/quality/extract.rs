//! Main text of the shared pages: precision, recall and F of each set stay above the floors of fixtures/quality.toml.
//!
//! The pages are not part of the repository; a set whose folder is absent is skipped, and its digest says whether the floors
//! were measured on these very pages. ZONETEXT_BLESS=1 prints the figures to be written there.

use super::pages::{SETS, pages};
use super::score::{mix, score};
use zonetext::extract::{Form, Options, extract};
use zonetext::page::Kind;

#[test]
fn main_text_of_the_shared_pages() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/quality.toml");
    let floors: toml::Table = std::fs::read_to_string(path).unwrap().parse().unwrap();
    let mut low = Vec::new();
    for set in SETS {
        let Some(pages) = pages(set) else {
            println!("skipped: ../shared/data/extract/{set} is absent");
            continue;
        };
        let (mut sums, mut digest) = ([0f64; 3], 0u64);
        for page in &pages {
            let found = extract(&page.html, &Options { form: Form::Html, ..Options::default() });
            let body: Vec<&str> =
                found.blocks.iter().filter(|b| b.kind != Kind::Title).map(|b| b.text.as_str()).collect();
            let s = score(&page.text, &body.join("\n"));
            for (sum, value) in sums.iter_mut().zip([s.precision, s.recall, s.f]) {
                *sum += value / pages.len() as f64;
            }
            digest = page.html.bytes().chain(page.text.bytes()).fold(digest, |state, byte| mix(state, u64::from(byte)));
        }
        let [p, r, f] = sums;
        println!(
            "[extract.{set}]\npages = {}\ndigest = \"{digest:016x}\"\np = {p:.3}\nr = {r:.3}\nf = {f:.3}\n",
            pages.len()
        );
        if std::env::var_os("ZONETEXT_BLESS").is_some() {
            continue;
        }
        let floor = &floors["extract"][set];
        if floor["digest"].as_str() != Some(format!("{digest:016x}").as_str()) {
            println!("skipped: {set} holds other pages than the floors were measured on");
            continue;
        }
        for (name, value) in [("p", p), ("r", r), ("f", f)] {
            let least = floor[name].as_float().unwrap();
            if value + 0.0006 < least {
                low.push(format!("{set}: {name} {value:.4} is below {least}"));
            }
        }
    }
    assert!(low.is_empty(), "{}", low.join("\n"));
}
