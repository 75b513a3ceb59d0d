//! The forest that judges lines (src/extract/html/forest.bin) is what the trainer makes of the development pages.
//!
//! The pages are not part of the repository; the test looks for them in `../shared/data/extract` and says so where they are
//! absent. Training takes a while, so it runs only with ZONETEXT_BLESS=1, which writes the forest, or ZONETEXT_TRAIN=1, which
//! compares.

use super::lesson::{Lesson, teach};
use crate::quality::pages::{SETS, pages};

/// How much a page of each set counts, in the order of [`SETS`]: small sets of rare kinds (threads) count for more.
pub const SET_WEIGHTS: [f32; 6] = [2.0, 1.0, 2.0, 3.0, 1.0, 1.0];

#[test]
fn the_forest_is_what_the_pages_teach() {
    let bless = std::env::var_os("ZONETEXT_BLESS").is_some();
    if !bless && std::env::var_os("ZONETEXT_TRAIN").is_none() {
        println!("skipped: set ZONETEXT_TRAIN=1 to train and compare, ZONETEXT_BLESS=1 to train and write");
        return;
    }
    let Some(lessons) = lessons() else { return };
    let forest = teach(&lessons.iter().collect::<Vec<_>>(), 1);
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

fn lessons() -> Option<Vec<Lesson>> {
    let mut lessons = Vec::new();
    for (number, name) in SETS.iter().enumerate() {
        let Some(pages) = pages(name) else {
            println!("skipped: ../shared/data/extract/{name} is absent");
            return None;
        };
        lessons.extend(pages.iter().map(|page| Lesson::new(page, SET_WEIGHTS[number])));
    }
    Some(lessons)
}
