//! Which inputs there are.
//!
//! In: paths as given, and perhaps a list of paths. Out: sources in order, directories walked and sorted. A path that cannot be
//! opened stays a source: reading it fails later, by itself, and is counted.

use crate::cli::Job;
use anyhow::{Context, Result, bail};
use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use walkdir::WalkDir;

/// One input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// `None` is standard input.
    pub path: Option<PathBuf>,
    /// Where it stands below the directory that was given, or the path as given without root and `..`.
    pub relative: PathBuf,
    /// Found by walking a directory rather than named.
    pub walked: bool,
}

impl Source {
    /// The name for messages.
    pub fn name(&self) -> String {
        self.path.as_deref().map_or("standard input".to_owned(), |path| path.display().to_string())
    }
}

/// What a walk found.
#[derive(Debug, Default)]
pub struct Inputs {
    pub sources: Vec<Source>,
    /// Files in walked directories that are no pages, by their ending.
    pub skipped: usize,
    /// Things in walked directories that could not be looked at, as messages.
    pub unreadable: Vec<(PathBuf, String)>,
}

/// Endings of files that lie beside pages in mirrors and are never pages. Anything else is taken for one.
const NOT_PAGES: &[&str] = &[
    "7z", "ai", "apk", "avi", "bin", "bmp", "bz2", "cdx", "css", "csv", "dat", "db", "dmg", "doc", "docx", "eot",
    "eps", "epub", "exe", "flv", "gif", "gz", "ico", "ini", "iso", "jar", "jpeg", "jpg", "js", "json", "jsonl", "less",
    "log", "m3u8", "map", "mkv", "mobi", "mov", "mp3", "mp4", "ogg", "otf", "pdf", "png", "ppt", "pptx", "psd", "py",
    "rar", "rs", "scss", "sqlite", "svg", "swf", "tar", "tgz", "tif", "tiff", "toml", "torrent", "ts", "tsv", "ttf",
    "warc", "wat", "wav", "webm", "webp", "wet", "wmv", "woff", "woff2", "xls", "xlsx", "xz", "yaml", "yml", "zip",
    "zst",
];

/// Lists the inputs of a job.
pub fn inputs(job: &Job) -> Result<Inputs> {
    let mut paths = job.paths.clone();
    if let Some(list) = &job.files_from {
        paths.extend(listed(list, job.null)?);
    } else if paths.is_empty() {
        paths.push("-".into());
    }
    let mut found = Inputs::default();
    for path in &paths {
        if path == Path::new("-") {
            found.sources.push(Source { path: None, relative: "stdin".into(), walked: false });
        } else if path.is_dir() {
            walk(path, &mut found)?;
        } else {
            found.sources.push(Source { relative: below(path), path: Some(path.clone()), walked: false });
        }
    }
    Ok(found)
}

/// Opens a source and reads at most `limit` bytes and one more, so that the reader can tell that there was more.
pub fn read(source: &Source, limit: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = limit as u64 + 1;
    match &source.path {
        None => io::stdin().lock().take(most).read_to_end(&mut bytes)?,
        Some(path) => File::open(path)?.take(most).read_to_end(&mut bytes)?,
    };
    Ok(bytes)
}

fn walk(folder: &Path, found: &mut Inputs) -> Result<()> {
    let before = found.sources.len();
    let entries = WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
    for entry in entries.filter_entry(|entry| entry.depth() == 0 || !hidden(entry.file_name())) {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) if !entry.file_type().is_file() || no_page(entry.path()) => found.skipped += 1,
            Ok(entry) => {
                let relative = entry.path().strip_prefix(folder).unwrap_or(entry.path()).to_path_buf();
                found.sources.push(Source { path: Some(entry.into_path()), relative, walked: true });
            }
            Err(error) => {
                let path = error.path().unwrap_or(folder).to_path_buf();
                let looped = error.loop_ancestor().map(|to| format!("a link that leads back to {}", to.display()));
                found.unreadable.push((path, looped.unwrap_or_else(|| error.to_string())));
            }
        }
    }
    if found.sources.len() == before && found.unreadable.is_empty() {
        bail!(
            "{}: no pages in this directory (files named like pictures, scripts and archives are passed over)",
            folder.display()
        );
    }
    Ok(())
}

fn hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

fn no_page(path: &Path) -> bool {
    let ending = path.extension().and_then(OsStr::to_str).map(str::to_ascii_lowercase);
    ending.is_some_and(|ending| NOT_PAGES.binary_search(&ending.as_str()).is_ok())
}

/// The path without root, drive and `..`, so that it can only lead below an output folder.
fn below(path: &Path) -> PathBuf {
    path.components().filter(|part| matches!(part, Component::Normal(_))).collect()
}

/// The paths in a list file: a line each, or NUL-terminated.
fn listed(list: &Path, null: bool) -> Result<Vec<PathBuf>> {
    let source =
        Source { path: (list != Path::new("-")).then(|| list.into()), relative: PathBuf::new(), walked: false };
    let bytes = read(&source, usize::MAX >> 1).with_context(|| format!("{}: cannot read the list", source.name()))?;
    let names = bytes.split(|b| *b == if null { 0 } else { b'\n' });
    Ok(names
        .map(|name| if null { name } else { name.strip_suffix(b"\r").unwrap_or(name) })
        .filter(|n| !n.is_empty())
        .map(path_of)
        .collect())
}

#[cfg(unix)]
fn path_of(name: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    OsStr::from_bytes(name).into()
}

#[cfg(not(unix))]
fn path_of(name: &[u8]) -> PathBuf {
    String::from_utf8_lossy(name).into_owned().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_endings_are_sorted_for_the_binary_search() {
        assert!(NOT_PAGES.is_sorted());
    }

    #[test]
    fn no_path_leads_out_of_an_output_folder() {
        assert_eq!(below(Path::new("/etc/../../a/./b.html")), Path::new("etc/a/b.html"));
    }
}
