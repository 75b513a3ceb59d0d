//! The forests that judge lines (src/extract/html/forest.bin) are what the trainer makes of the development pages.
//!
//! The pages are not part of the repository: the sets lie in `../shared/data/extract`, and the folder that ZONETEXT_PAGES names
//! holds those of the packages in tables/extract/README.md. The test says so where either is absent. Training takes half a
//! minute, so it runs only with ZONETEXT_BLESS=1, which writes the forests, or ZONETEXT_TRAIN=1, which compares.

use super::lesson::{Case, Lesson, cases, teach};
use super::train;
use crate::quality::pages::LEARNED;

#[test]
fn the_forest_is_what_the_pages_teach() {
    let bless = std::env::var_os("ZONETEXT_BLESS").is_some();
    if !bless && std::env::var_os("ZONETEXT_TRAIN").is_none() {
        println!("skipped: set ZONETEXT_TRAIN=1 to train and compare, ZONETEXT_BLESS=1 to train and write");
        return;
    }
    let Some(cases) = cases() else { return };
    if cases.iter().all(|case| case.set < LEARNED.len()) {
        println!("skipped: ZONETEXT_PAGES names no folder with the pages of tables/extract/README.md");
        return;
    }
    let lessons: Vec<&Lesson> = cases.iter().flat_map(Case::lessons).collect();
    let forests = teach(&lessons, 1, train::FIRST, train::SECOND);
    assert!(forests.len() <= 200 << 10, "{} bytes are too many to embed", forests.len());
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/extract/html/forest.bin");
    if bless {
        std::fs::write(path, forests).unwrap();
    } else {
        assert!(
            std::fs::read(path).unwrap() == forests,
            "forest.bin is not what the trainer makes; ZONETEXT_BLESS=1 writes it"
        );
    }
}
