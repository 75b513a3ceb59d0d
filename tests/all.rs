//! One test binary; a room for each stage and each kind of law.

mod cli;
mod decode;
mod extract;
mod fuzz;
mod hostile;
mod laws;
mod pages;
pub mod quality;
mod repair;
mod report;
mod script;
mod split;
mod tables;
mod write;

use std::path::{Path, PathBuf};

/// The files of a folder with this ending, sorted. A folder that is missing or empty is a fault of the tests.
pub fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = entries(folder);
    found.retain(|path| path.extension().is_some_and(|e| e == ending));
    assert!(!found.is_empty(), "no .{ending} files in {folder}");
    found
}

/// The folders of whole pages. They are real ones, so what `cargo package` makes is without them; only there may they be missing.
pub fn pages() -> Vec<PathBuf> {
    if packaged() {
        println!("skipped: a package holds no whole pages");
        return Vec::new();
    }
    entries("fixtures/pages")
}

/// The tests run from what `cargo package` made, which alone has the manifest as it was before.
pub fn packaged() -> bool {
    Path::new("Cargo.toml.orig").exists()
}

/// What a folder holds, sorted.
pub fn entries(folder: &str) -> Vec<PathBuf> {
    let read = std::fs::read_dir(Path::new(folder)).unwrap_or_else(|e| panic!("{folder}: {e}"));
    let mut found: Vec<PathBuf> = read.map(|entry| entry.unwrap().path()).collect();
    found.sort();
    found
}
