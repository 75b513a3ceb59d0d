//! Which inputs there are.
//!
//! In: paths as given, and perhaps a list of paths. Out: sources in order, directories walked and sorted. A path that cannot be
//! opened stays a source: reading it fails later, by itself, and is counted.

use super::Exit;
use super::open::{Opened, Stamp};
use crate::cli::{InputKind, Job};
use anyhow::{Context, Result, bail};
use globset::GlobSet;
use std::cell::Cell;
use std::ffi::OsStr;
use std::io::{self, BufRead, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use walkdir::{DirEntry, WalkDir};

/// One input.
#[derive(Default)]
pub struct Source {
    /// `None` is standard input.
    pub path: Option<PathBuf>,
    /// Where it stands below the directory that was given, or the path as given without root and `..`.
    pub relative: PathBuf,
    /// Found by walking a directory rather than named.
    pub walked: bool,
    /// Holds many pages, as records.
    pub archive: bool,
    /// A pipe that was looked into; it cannot be opened twice.
    held: Mutex<Option<Opened>>,
}

impl Source {
    fn new(path: Option<PathBuf>, relative: PathBuf, walked: bool) -> Source {
        Source { path, relative, walked, ..Source::default() }
    }

    /// The name for messages. Who shows it to people marks what nobody could see.
    pub fn name(&self) -> String {
        self.path.as_deref().map_or("standard input".to_owned(), shown)
    }

    /// Opens it. What was looked into before comes from its beginning all the same.
    pub fn open(&self) -> io::Result<Opened> {
        match self.held.lock().unwrap_or_else(PoisonError::into_inner).take() {
            Some(opened) => Ok(opened),
            None => Opened::open(self.path.as_deref()),
        }
    }

    /// Looks whether it is an archive. What cannot be opened is found out when its turn comes.
    fn look(&mut self) {
        let Ok(mut opened) = Opened::open(self.path.as_deref()) else { return };
        // A name says nothing against the first bytes, but a damaged archive is one all the same.
        self.archive = opened.is_archive() || is_archive_name(&self.relative) && !opened.buffer().is_empty();
        if !self.path.as_deref().is_some_and(Path::is_file) {
            self.held = Mutex::new(Some(opened));
        }
    }
}

/// A path as text. Bytes that are no UTF-8 become `\xff`, so that different names stay different.
pub fn shown(path: &Path) -> String {
    match path.to_str() {
        Some(text) => text.to_owned(),
        None => path.as_os_str().as_encoded_bytes().utf8_chunks().fold(String::new(), |mut text, chunk| {
            text.push_str(chunk.valid());
            text.extend(chunk.invalid().iter().map(|byte| format!("\\x{byte:02x}")));
            text
        }),
    }
}

/// What a walk found.
#[derive(Default)]
pub struct Inputs {
    pub sources: Vec<Source>,
    /// Files in walked directories that are left out: hidden, by their ending, or by `--include` and `--exclude`.
    pub skipped: usize,
    /// Things in walked directories that could not be looked at, as messages.
    pub unreadable: Vec<(PathBuf, String)>,
}

/// Endings of files that lie beside pages in mirrors and are never pages. Anything else is taken for one. That of a packed file is
/// the one before `.gz` or `.zst`.
const NOT_PAGES: &[&str] = &[
    "7z", "ai", "apk", "avi", "bin", "bmp", "bz2", "cdx", "css", "csv", "dat", "db", "dmg", "doc", "docx", "eot",
    "eps", "epub", "exe", "flv", "gif", "ico", "ini", "iso", "jar", "jpeg", "jpg", "js", "json", "jsonl", "less",
    "log", "m3u8", "map", "mkv", "mobi", "mov", "mp3", "mp4", "ogg", "otf", "pdf", "png", "ppt", "pptx", "psd", "py",
    "rar", "rs", "scss", "sqlite", "svg", "swf", "tar", "tgz", "tif", "tiff", "toml", "torrent", "ts", "tsv", "ttf",
    "wat", "wav", "webm", "webp", "wmv", "woff", "woff2", "xls", "xlsx", "xz", "yaml", "yml", "zip",
];

/// Endings of packed files and of archives. Only such files are looked into before their turn comes.
const PACKED: &[&str] = &["gz", "zst"];
const ARCHIVES: &[&str] = &["warc", "wet"];

/// Endings of record files; a file without any may be one too (`part-00000`).
const RECORDS: &[&str] = &["json", "jsonl", "ndjson", ""];

/// Lists the inputs of a job.
pub fn inputs(job: &Job) -> Result<Inputs> {
    let mut paths = job.paths.clone();
    if let Some(list) = &job.files_from {
        paths.extend(listed(list, job.null)?);
    } else if paths.is_empty() {
        paths.push("-".into());
    }
    let mut found = Inputs::default();
    for (number, path) in paths.iter().enumerate() {
        if path.is_dir() {
            walk(path, job, &mut found)?;
            continue;
        }
        let standard = path == Path::new("-");
        let relative = if standard { "stdin".into() } else { below(path) };
        let mut source = Source::new((!standard).then(|| path.clone()), relative, false);
        let named = number < job.paths.len().max(1) || suspicious(path);
        if named && job.input == InputKind::Auto {
            source.look();
        }
        found.sources.push(source);
    }
    if job.input == InputKind::Warc {
        found.sources.iter_mut().for_each(|source| source.archive = true);
    }
    Ok(found)
}

/// What was read of a source.
pub struct Content {
    pub bytes: Vec<u8>,
    /// What is wrong with the packing, where it gave something before it broke.
    pub flaw: Option<String>,
    /// What the file was when it was opened, if it still is.
    pub stamp: Option<Stamp>,
}

/// Reads at most `limit` bytes of a source, unpacked, and one more, so that the reader can tell that there was more.
pub fn read(source: &Source, limit: usize) -> io::Result<Content> {
    let mut opened = source.open()?;
    let stamp = opened.stamp();
    let (bytes, flaw) = unpacked(source, &mut opened, limit)?;
    let stamp = stamp.filter(|stamp| source.path.as_ref().is_some_and(|path| stamp.holds(path)));
    Ok(Content { bytes, flaw, stamp })
}

fn unpacked(source: &Source, opened: &mut Opened, limit: usize) -> io::Result<(Vec<u8>, Option<String>)> {
    let length = source.path.as_ref().and_then(|path| path.metadata().ok()).map_or(0, |about| about.len());
    let room = limit.saturating_add(1);
    let mut bytes = Vec::with_capacity(room.min(length.min(MOST_AT_ONCE) as usize));
    loop {
        let chunk = match opened.fill_buf() {
            Ok(chunk) => &chunk[..chunk.len().min(room - bytes.len())],
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) if error.kind() == io::ErrorKind::InvalidData && !bytes.is_empty() => {
                return Ok((bytes, Some(error.to_string())));
            }
            Err(error) => return Err(error),
        };
        if chunk.is_empty() {
            return Ok((bytes, None));
        }
        bytes.extend_from_slice(chunk);
        let count = chunk.len();
        opened.consume(count);
    }
}

/// Memory that is asked for before anything was read: a file may claim any length.
const MOST_AT_ONCE: u64 = 16 << 20;

fn walk(folder: &Path, job: &Job, found: &mut Inputs) -> Result<()> {
    let before = found.sources.len();
    let root = folder.canonicalize().unwrap_or_default();
    let entries = WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
    // Hidden folders are left out with all they hold, and count as one.
    let left_out = Cell::new(0);
    let mut entries = entries.filter_entry(|entry| {
        let below = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let out = entry.depth() > 0
            && (!job.hidden && hidden(entry.file_name()) || matches(&job.exclude, below) || is_own(entry.file_name()));
        left_out.set(left_out.get() + usize::from(out));
        !out
    });
    while let Some(entry) = entries.next() {
        match entry {
            // walkdir knows links to what it came through; one to above the start would lead through everything once more.
            Ok(entry) if entry.path_is_symlink() && entry.depth() > 0 && leads_above(entry.path(), &root) => {
                entries.skip_current_dir();
                let message = "a link that leads back to above the directory that was given".to_owned();
                found.unreadable.push((entry.into_path(), message));
            }
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) if !entry.file_type().is_file() || !wanted(&entry, folder, job) => found.skipped += 1,
            Ok(entry) => {
                let relative = entry.path().strip_prefix(folder).unwrap_or(entry.path()).to_path_buf();
                let mut source = Source::new(Some(entry.into_path()), relative, true);
                if job.input == InputKind::Auto && suspicious(&source.relative) {
                    source.look();
                }
                found.sources.push(source);
            }
            Err(error) => {
                let path = error.path().unwrap_or(folder).to_path_buf();
                let looped = error.loop_ancestor().map(|to| format!("a link that leads back to {}", shown(to)));
                found.unreadable.push((path, looped.unwrap_or_else(|| error.to_string())));
            }
        }
    }
    found.skipped += left_out.get();
    if found.sources.len() == before && found.unreadable.is_empty() {
        let why = match job.include.is_some() || !job.exclude.is_empty() {
            true => "look at --include and --exclude; --dry-run lists what they leave",
            false => {
                "hidden files and files named like pictures and scripts are passed over; records need --input jsonl"
            }
        };
        bail!("{}: no pages in this directory ({why})", shown(folder));
    }
    Ok(())
}

/// A pattern without `/` is held against the name, one with `/` against the path below the directory.
fn matches(patterns: &GlobSet, below: &Path) -> bool {
    !patterns.is_empty() && (patterns.is_match(below) || below.file_name().is_some_and(|name| patterns.is_match(name)))
}

/// What earlier runs left of their own.
fn is_own(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".zonetext-")
}

/// `--dry-run`: the inputs in their order, a line each.
pub fn list(job: &Job) -> Result<Exit> {
    let found = inputs(job)?;
    let mut out = io::BufWriter::new(io::stdout());
    for source in &found.sources {
        writeln!(out, "{}", source.name())?;
    }
    out.flush()?;
    let archives = found.sources.iter().filter(|source| source.archive).count();
    let more = [(archives, "archives"), (found.skipped, "passed over"), (found.unreadable.len(), "cannot be read")];
    let more = more.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!(", {count} {what}"));
    eprintln!("zonetext: {} inputs{} (nothing was done)", found.sources.len(), more.collect::<String>());
    Ok(Exit::Done)
}

/// A link to a directory that the walk began in.
fn leads_above(link: &Path, root: &Path) -> bool {
    link.is_dir() && link.canonicalize().is_ok_and(|target| root.starts_with(target))
}

fn hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

/// A file of a walked directory that is taken, by its name. What `--include` names is taken whatever its ending.
fn wanted(entry: &DirEntry, folder: &Path, job: &Job) -> bool {
    let path = entry.path();
    if let Some(include) = &job.include {
        return matches(include, path.strip_prefix(folder).unwrap_or(path));
    }
    let ending = endings(path).0;
    match job.input {
        InputKind::Jsonl => RECORDS.contains(&ending.as_str()) && path.file_name().is_none_or(|n| n != "_SUCCESS"),
        InputKind::Warc => ARCHIVES.contains(&ending.as_str()),
        _ => NOT_PAGES.binary_search(&ending.as_str()).is_err(),
    }
}

/// A name that only archives have.
fn is_archive_name(path: &Path) -> bool {
    ARCHIVES.contains(&endings(path).0.as_str())
}

/// A name that an archive may have.
fn suspicious(path: &Path) -> bool {
    let (ending, packed) = endings(path);
    packed || ARCHIVES.contains(&ending.as_str())
}

/// The ending in lower case, that of packing left out, and whether there was one.
fn endings(path: &Path) -> (String, bool) {
    let ending = |path: &Path| path.extension().and_then(OsStr::to_str).unwrap_or_default().to_ascii_lowercase();
    let last = ending(path);
    match PACKED.contains(&last.as_str()) {
        true => (ending(Path::new(path.file_stem().unwrap_or_default())), true),
        false => (last, false),
    }
}

/// The path of the output for a source, below the output folder: an archive's, page's or record file's path with another ending.
pub fn mirrored(relative: &Path, ending: &str) -> PathBuf {
    let bare = if endings(relative).1 { relative.with_extension("") } else { relative.to_path_buf() };
    bare.with_extension(ending)
}

/// The path with another ending behind its own.
pub fn with_ending(relative: &Path, ending: &str) -> PathBuf {
    let mut name = relative.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

/// The path without root, drive and `..`, so that it can only lead below an output folder.
fn below(path: &Path) -> PathBuf {
    path.components().filter(|part| matches!(part, Component::Normal(_))).collect()
}

/// The paths in a list file: a line each, or NUL-terminated.
fn listed(list: &Path, null: bool) -> Result<Vec<PathBuf>> {
    let source = Source::new((list != Path::new("-")).then(|| list.into()), PathBuf::new(), false);
    let read = read(&source, usize::MAX >> 1).with_context(|| format!("{}: cannot read the list", source.name()));
    let Content { bytes, flaw, .. } = read?;
    if let Some(flaw) = flaw {
        bail!("{}: cannot read the list: {flaw}", source.name());
    }
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
