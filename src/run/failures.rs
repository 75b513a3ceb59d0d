//! What failed: said on standard error, counted, and written to `--errors` when asked.

use crate::cli::Job;
use anyhow::{Context, Result};
use std::fs::File;
use std::io::Write;
use std::path::Path;
use zonetext::write::record::Failure;

/// The failures of one run.
pub struct Failures {
    file: Option<File>,
    quiet: bool,
    pub count: usize,
}

/// Failures that are said one by one; a stream of a million broken records must not drown its own summary.
const SAID: usize = 100;

impl Failures {
    /// Opens `--errors`, if asked for.
    pub fn open(job: &Job) -> Result<Failures> {
        let open = |path: &Path| opened(path, job.resume).with_context(|| format!("{}: cannot write", path.display()));
        let file = job.errors.as_deref().map(open).transpose()?;
        Ok(Failures { file, quiet: false, count: 0 })
    }

    /// Notes one failure. `place` names the input, `id` the record as JSON (or the path as a string), `offset` the byte at which it begins.
    pub fn note(&mut self, place: &str, id: &serde_json::Value, offset: u64, failure: &Failure) -> Result<()> {
        self.count += 1;
        if self.count <= SAID {
            eprintln!("zonetext: {place}: {}: {}", failure.stage, failure.message);
        } else if !self.quiet {
            self.quiet = true;
            eprintln!("zonetext: more failures follow and are only counted (--errors FILE keeps them all)");
        }
        if let Some(file) = &mut self.file {
            let line = serde_json::json!({
                "id": id, "input": place, "stage": failure.stage, "code": failure.code,
                "message": failure.message, "offset": offset,
            });
            writeln!(file, "{line}").context("--errors: cannot write")?;
        }
        Ok(())
    }
}

/// A resumed run adds to what the run before it told.
fn opened(path: &Path, resume: bool) -> std::io::Result<File> {
    match resume {
        true => File::options().create(true).append(true).open(path),
        false => File::create(path),
    }
}
