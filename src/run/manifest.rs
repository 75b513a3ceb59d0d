//! `--resume`: which inputs an earlier run finished, so that a killed run can go on.
//!
//! The manifest lies in the output folder, a JSON line for each finished input: its path, size and time of change, and a fingerprint of
//! version and options. A line is written after the output file is in place; an input whose line no longer fits is done again. An archive
//! has lines on the way as well, with the records done and the bytes written so far. A line cut by a crash is passed over.

use super::inputs::{Source, shown};
use crate::cli::Job;
use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::time::UNIX_EPOCH;

/// The manifest's name; no output may have it.
pub const NAME: &str = ".zonetext-manifest.jsonl";

#[derive(Debug, Serialize, Deserialize)]
struct Line {
    path: String,
    size: u64,
    /// Nanoseconds since 1970.
    changed: u128,
    options: String,
    /// An archive that is not finished, and how far it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    way: Option<Way>,
    /// Records of a finished archive that failed.
    #[serde(default, skip_serializing_if = "is_zero")]
    failed: usize,
}

/// How far an archive is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Way {
    /// Records of the archive that are done, pages or not.
    pub records: usize,
    /// Bytes of output that they gave.
    pub bytes: u64,
    pub failed: usize,
}

/// What an earlier run left of an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Before {
    Nothing,
    /// An archive, up to here.
    Begun(Way),
    /// All of it; so many of its records failed.
    Done {
        failed: usize,
    },
}

type Key = (String, u64, u128, String);

/// The manifest of one output folder.
pub struct Manifest {
    file: File,
    options: String,
    before: HashMap<Key, Before>,
}

impl Manifest {
    /// Opens the manifest of an output folder. Without `--resume` it is begun anew.
    pub fn open(job: &Job, folder: &Path) -> Result<Manifest> {
        let path = folder.join(NAME);
        let cannot = |what: &str| format!("{}: cannot {what}", shown(&path));
        let mut before = HashMap::new();
        let mut whole = true;
        if path.is_symlink() {
            bail!("{}: a link that leads elsewhere (remove it, or choose another -o)", shown(&path));
        }
        if job.resume && path.exists() {
            let file = File::open(&path).with_context(|| cannot("be read"))?;
            for line in BufReader::new(file).split(b'\n') {
                let line = serde_json::from_slice::<Line>(&line.with_context(|| cannot("be read"))?);
                whole = line.is_ok();
                before.extend(line.ok().map(Line::parted));
            }
        }
        fs::create_dir_all(folder).with_context(|| format!("{}: cannot make the folder", shown(folder)))?;
        let mut options = OpenOptions::new();
        options.create(true).append(job.resume).write(true).truncate(!job.resume);
        let mut file = options.open(&path).with_context(|| cannot("write"))?;
        if !whole {
            writeln!(file).with_context(|| cannot("write"))?;
        }
        Ok(Manifest { file, options: job.fingerprint(), before })
    }

    /// What an earlier run left of an input that has not changed since. A finished one counts only while its output is there.
    pub fn before(&self, source: &Source, output: &Path) -> Before {
        let found = self.key(source).and_then(|key| self.before.get(&key)).copied();
        match found.unwrap_or(Before::Nothing) {
            Before::Done { .. } if !output.exists() => Before::Nothing,
            before => before,
        }
    }

    /// Notes that an input is finished, with so many failed records.
    pub fn finished(&mut self, source: &Source, failed: usize) -> Result<()> {
        self.write(source, None, failed)
    }

    /// Notes how far an archive is. What it gave must be in its file already.
    pub fn begun(&mut self, source: &Source, way: Way) -> Result<()> {
        self.write(source, Some(way), 0)
    }

    fn write(&mut self, source: &Source, way: Option<Way>, failed: usize) -> Result<()> {
        let Some((path, size, changed, options)) = self.key(source) else { return Ok(()) };
        let json = serde_json::to_string(&Line { path, size, changed, options, way, failed });
        writeln!(self.file, "{}", json.context("the manifest's line")?)
            .context("the manifest of --resume: cannot write")
    }

    fn key(&self, source: &Source) -> Option<Key> {
        let path = source.path.as_deref()?;
        let facts = fs::metadata(path).ok()?;
        let changed = facts.modified().ok()?.duration_since(UNIX_EPOCH).ok()?.as_nanos();
        Some((shown(path), facts.len(), changed, self.options.clone()))
    }
}

impl Line {
    fn parted(self) -> (Key, Before) {
        let before = self.way.map_or(Before::Done { failed: self.failed }, Before::Begun);
        ((self.path, self.size, self.changed, self.options), before)
    }
}

fn is_zero(n: &usize) -> bool {
    *n == 0
}
