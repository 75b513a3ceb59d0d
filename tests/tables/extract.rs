//! The forest that judges lines (src/extract/html/forest.bin) is what the trainer makes of the development pages.
//!
//! The pages are not part of the repository; the test looks for them in `../shared/data/extract` and says so where they are
//! absent. Training takes a while, so it runs only with ZONETEXT_BLESS=1, which writes the forest, or ZONETEXT_TRAIN=1, which
//! compares.

use super::{labels::labels, train};
use crate::quality::pages::{SETS, pages};
use zonetext::extract::html::learn;

/// How much a page of each set counts, in the order of [`SETS`]: small sets of rare kinds (threads) count for more.
const SET_WEIGHTS: [f32; 6] = [2.0, 1.0, 2.0, 3.0, 1.0, 1.0];

/// Added to the tokens of the gold text before a page's lines are weighed by it, so that a page of ten words does not count
/// for more than a thousand others.
const SMALL: f32 = 30.0;

#[test]
fn the_forest_is_what_the_pages_teach() {
    let bless = std::env::var_os("ZONETEXT_BLESS").is_some();
    if !bless && std::env::var_os("ZONETEXT_TRAIN").is_none() {
        println!("skipped: set ZONETEXT_TRAIN=1 to train and compare, ZONETEXT_BLESS=1 to train and write");
        return;
    }
    let mut set = train::Set::default();
    for (number, name) in SETS.iter().enumerate() {
        let Some(pages) = pages(name) else {
            println!("skipped: ../shared/data/extract/{name} is absent");
            return;
        };
        for page in pages {
            add(&mut set, &page.html, &page.text, SET_WEIGHTS[number]);
        }
    }
    let forest = train::train(&set, &train::Settings::default());
    assert!(forest.len() <= 200 << 10, "{} bytes are too many to embed", forest.len());
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/extract/html/forest.bin");
    if bless {
        std::fs::write(path, forest).unwrap();
    } else {
        assert!(
            std::fs::read(path).unwrap() == forest,
            "forest.bin is not what the trainer makes; ZONETEXT_BLESS=1 writes it"
        );
    }
}

fn add(set: &mut train::Set, html: &str, gold: &str, weight: f32) {
    let sample = learn::sample(html);
    let labels = labels(&sample.lines, gold);
    let gold: usize = labels.iter().filter(|(_, kept)| *kept).map(|(tokens, _)| tokens).sum();
    if gold < 20 {
        return;
    }
    set.width = set.width.max(sample.width);
    set.values.extend(&sample.values);
    for (tokens, kept) in labels {
        set.labels.push(kept);
        set.weights.push(weight * (tokens as f32 + 2.0).min(300.0) * 100.0 / (gold as f32 + SMALL));
    }
}
