//! `--resume`: which inputs an earlier run finished, so that a killed run can go on.
//!
//! The manifest lies in the output folder, a JSON line for each finished input: its path, size and time of change, and a fingerprint of
//! version and options. A line is written after the output file is in place; an input whose line no longer fits is done again. A line cut
//! by a crash is passed over.

use super::inputs::Source;
use crate::cli::Job;
use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::fs::{self, File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::time::UNIX_EPOCH;

const NAME: &str = ".zonetext-manifest.jsonl";

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
struct Line {
    path: String,
    size: u64,
    /// Nanoseconds since 1970.
    changed: u128,
    options: String,
}

/// The manifest of one output folder.
pub struct Manifest {
    file: File,
    options: String,
    done: HashSet<Line>,
}

impl Manifest {
    /// Opens the manifest of an output folder. Without `--resume` it is begun anew.
    pub fn open(job: &Job, folder: &Path) -> Result<Manifest> {
        let path = folder.join(NAME);
        let mut done = HashSet::new();
        let mut whole = true;
        if job.resume && path.exists() {
            let file = File::open(&path).with_context(|| format!("{}: cannot be read", path.display()))?;
            for line in BufReader::new(file).split(b'\n') {
                let line =
                    serde_json::from_slice(&line.with_context(|| format!("{}: cannot be read", path.display()))?);
                whole = line.is_ok();
                done.extend(line.ok());
            }
        }
        fs::create_dir_all(folder).with_context(|| format!("{}: cannot make the folder", folder.display()))?;
        let mut options = OpenOptions::new();
        options.create(true).append(job.resume).write(true).truncate(!job.resume);
        let mut file = options.open(&path).with_context(|| format!("{}: cannot write", path.display()))?;
        if !whole {
            writeln!(file).with_context(|| format!("{}: cannot write", path.display()))?;
        }
        Ok(Manifest { file, options: job.fingerprint(), done })
    }

    /// The input was finished before, has not changed since, and its output is there.
    pub fn has(&self, source: &Source, output: &Path) -> bool {
        output.exists() && self.line(source).is_some_and(|line| self.done.contains(&line))
    }

    /// Notes that an input is finished.
    pub fn note(&mut self, source: &Source) -> Result<()> {
        if let Some(line) = self.line(source) {
            let json = serde_json::to_string(&line).context("the manifest's line")?;
            writeln!(self.file, "{json}").context("the manifest of --resume: cannot write")?;
        }
        Ok(())
    }

    fn line(&self, source: &Source) -> Option<Line> {
        let path = source.path.as_deref()?;
        let facts = fs::metadata(path).ok()?;
        let changed = facts.modified().ok()?.duration_since(UNIX_EPOCH).ok()?.as_nanos();
        Some(Line { path: path.display().to_string(), size: facts.len(), changed, options: self.options.clone() })
    }
}
