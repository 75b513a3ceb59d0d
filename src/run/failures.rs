//! What failed: said on standard error, counted, and written to `--errors` when asked.

use super::writer::{self, Originals};
use crate::cli::Job;
use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::rc::Rc;
use zonetext::write::record::Failure;
use zonetext::write::visible::on_one_line;

/// The failures of one run.
#[derive(Default)]
pub struct Failures {
    file: Option<File>,
    quiet: bool,
    said: usize,
    pub count: usize,
}

/// Failures that are said one by one; a stream of a million broken records must not drown its own summary.
const SAID: usize = 100;

/// A line of `--errors`. The id is what the record has, byte for byte.
#[derive(Serialize)]
struct Line<'a> {
    id: Option<&'a RawValue>,
    input: &'a str,
    stage: &'a str,
    code: &'a str,
    message: &'a str,
    offset: u64,
}

impl Failures {
    /// Opens `--errors`, if asked for. Of what an earlier run told, a resumed one keeps the lines of these inputs and records.
    pub fn open(job: &Job, originals: &Rc<Originals>, keep: impl Fn(&str, Option<usize>) -> bool) -> Result<Failures> {
        let Some(path) = job.errors.as_deref() else { return Ok(Failures::default()) };
        let kept = if job.resume { kept(path, keep)? } else { Vec::new() };
        let mut file = writer::lines(path, false, originals)?;
        file.write_all(&kept).with_context(|| writer::cannot_write(path))?;
        Ok(Failures { file: Some(file), ..Failures::default() })
    }

    /// Notes one failure. `place` names the input, `id` the record as JSON, `offset` the byte at which it begins.
    pub fn note(&mut self, place: &str, id: Option<&RawValue>, offset: u64, failure: &Failure) -> Result<()> {
        self.count += 1;
        self.said += 1;
        if self.said <= SAID {
            let (stage, message) = (failure.stage, on_one_line(&failure.message));
            eprintln!("zonetext: {}: {stage}: {message}", on_one_line(place));
        } else if !self.quiet {
            self.quiet = true;
            eprintln!("zonetext: more failures follow and are only counted (--errors FILE keeps them all)");
        }
        if let Some(file) = &mut self.file {
            let Failure { code, stage, message } = failure;
            let line = Line { id, input: place, stage, code, message, offset };
            let mut json = serde_json::to_vec(&line).context("a line of --errors")?;
            json.push(b'\n');
            file.write_all(&json).context("--errors: cannot write")?;
        }
        Ok(())
    }
}

/// The lines that stay.
fn kept(path: &Path, keep: impl Fn(&str, Option<usize>) -> bool) -> Result<Vec<u8>> {
    #[derive(Deserialize)]
    struct Told {
        input: String,
    }
    if writer::is_device(path) {
        return Ok(Vec::new());
    }
    let all = match std::fs::read(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        other => other.with_context(|| format!("{}: cannot be read", path.display()))?,
    };
    let stays = |line: &&[u8]| {
        let Ok(told) = serde_json::from_slice::<Told>(line) else { return false };
        match told.input.rsplit_once(":record ").map(|(place, number)| (place, number.parse())) {
            Some((place, Ok(number))) => keep(place, Some(number)),
            _ => keep(&told.input, None),
        }
    };
    Ok(all
        .split_inclusive(|byte| *byte == b'\n')
        .filter(|line| line.ends_with(b"\n"))
        .filter(stays)
        .collect::<Vec<_>>()
        .concat())
}
