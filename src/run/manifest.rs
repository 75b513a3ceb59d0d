//! `--resume`: which inputs an earlier run finished, so that a killed run can go on.
//!
//! The manifest lies in the output folder, a JSON line for each finished input: what was read (its path, and what the file was when it was
//! opened), with which version and options, and what was written (its name, length and hash). A line is written after the output file is in
//! place. Of the lines for one output the last one counts, and only where all of it still holds: any doubt means that the input is done
//! again. An archive has lines on the way as well, with the records done and what they gave so far. A line cut by a crash is passed over.

use super::inputs::{Source, read, shown};
use super::open::Stamp;
use super::part::Written;
use super::writer::Folder;
use crate::cli::Job;
use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader, ErrorKind, Write};
use std::path::Path;
use zonetext::write::record;

/// The manifest's name; no output may have it.
pub const NAME: &str = ".zonetext-manifest.jsonl";

#[derive(Debug, Serialize, Deserialize)]
struct Line {
    path: String,
    input: Known,
    options: String,
    output: String,
    written: Written,
    /// An archive that is not finished: its records that are done, pages or not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    records: Option<usize>,
    /// Records of an archive that failed.
    #[serde(default, skip_serializing_if = "is_zero")]
    failed: usize,
}

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    stamp: Stamp,
    /// The hash of the content, where the stamp alone could be that of another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sha1: Option<String>,
}

impl Known {
    pub fn of(stamp: Stamp, bytes: &[u8]) -> Known {
        Known { stamp, sha1: stamp.recent.then(|| record::sha1(bytes)) }
    }

    /// What is too much to be hashed; `None` where the stamp alone is not enough.
    pub fn by_stamp(stamp: Stamp) -> Option<Known> {
        (!stamp.recent).then_some(Known { stamp, sha1: None })
    }

    /// The source still is what was read.
    fn is(&self, source: &Source, path: &Path, most: usize) -> bool {
        self.stamp.holds(path)
            && match &self.sha1 {
                None => !self.stamp.recent,
                Some(sha1) => {
                    !source.archive && read(source, most).is_ok_and(|found| record::sha1(&found.bytes) == *sha1)
                }
            }
    }
}

/// How far an archive is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Way {
    /// Records of the archive that are done, pages or not.
    pub records: usize,
    /// What they gave.
    pub written: Written,
    pub failed: usize,
}

/// What an earlier run left of an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Before {
    Nothing,
    /// An archive, up to here.
    Begun(Way),
    /// All of it; so many of its records failed.
    Done {
        failed: usize,
    },
}

/// The manifest of one output folder.
pub struct Manifest {
    file: File,
    options: String,
    /// Bytes of a page that are read.
    most: usize,
    /// The last line of each output.
    before: HashMap<String, Line>,
}

impl Manifest {
    /// Opens the manifest of an output folder. Without `--resume` it is begun anew.
    pub fn open(job: &Job, folder: &Folder) -> Result<Manifest> {
        let cannot = |what: &str| format!("{NAME}: cannot {what}");
        let mut before = HashMap::new();
        let mut whole = true;
        if job.resume {
            match folder.file(Path::new(NAME)) {
                Ok(file) => whole = lines(file, &mut before).with_context(|| cannot("be read"))?,
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(error).with_context(|| cannot("be read")),
            }
        }
        let mut file = folder.place(Path::new(NAME))?.append(job.resume)?;
        if !whole {
            writeln!(file).with_context(|| cannot("write"))?;
        }
        Ok(Manifest { file, options: job.fingerprint(), most: job.options.decode.max_bytes, before })
    }

    /// What an earlier run left of an input, as far as nothing has changed since.
    pub fn before(&self, source: &Source, output: &Path, folder: &Folder) -> Before {
        let Some(path) = source.path.as_deref() else { return Before::Nothing };
        let line = self.before.get(&shown(output));
        let Some(line) = line.filter(|line| line.path == shown(path) && line.options == self.options) else {
            return Before::Nothing;
        };
        match line.records {
            _ if !line.input.is(source, path, self.most) => Before::Nothing,
            Some(records) => Before::Begun(Way { records, written: line.written.clone(), failed: line.failed }),
            None if folder.file(output).is_ok_and(|file| line.written.is_all_of(file)) => {
                Before::Done { failed: line.failed }
            }
            None => Before::Nothing,
        }
    }

    /// Notes that an input is finished, with so many failed records.
    pub fn finished(
        &mut self,
        source: &Source,
        output: &Path,
        read: &Known,
        written: Written,
        failed: usize,
    ) -> Result<()> {
        self.note(source, output, read, Way { records: 0, written, failed }, false)
    }

    /// Notes how far an archive is. What it gave must be in its file already.
    pub fn begun(&mut self, source: &Source, output: &Path, read: &Known, way: Way) -> Result<()> {
        self.note(source, output, read, way, true)
    }

    fn note(&mut self, source: &Source, output: &Path, read: &Known, way: Way, begun: bool) -> Result<()> {
        let Some(path) = source.path.as_deref() else { return Ok(()) };
        let line = Line {
            path: shown(path),
            input: read.clone(),
            options: self.options.clone(),
            output: shown(output),
            written: way.written,
            records: begun.then_some(way.records),
            failed: way.failed,
        };
        let json = serde_json::to_string(&line).context("the manifest's line")?;
        // In one step, so that a kill cuts no more than the last line.
        self.file.write_all(format!("{json}\n").as_bytes()).with_context(|| format!("{NAME}: cannot write"))
    }
}

/// Reads the lines; `false` if the last one is cut.
fn lines(file: File, before: &mut HashMap<String, Line>) -> std::io::Result<bool> {
    let mut whole = true;
    for line in BufReader::new(file).split(b'\n') {
        let line = serde_json::from_slice::<Line>(&line?);
        whole = line.is_ok();
        before.extend(line.ok().map(|line| (line.output.clone(), line)));
    }
    Ok(whole)
}

fn is_zero(n: &usize) -> bool {
    *n == 0
}
