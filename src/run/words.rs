//! The user's word files (`--words`, `--protect`): read before anything else, since a bad line in them is wrong usage.

use crate::cli::Job;
use anyhow::{Context, Result};
use std::path::Path;
use zonetext::script::Words;

/// Reads the word files of a job into its options. Without a script stage they are read all the same, so that a bad line is told.
pub fn read(job: &mut Job) -> Result<()> {
    let words = parsed(job.words.as_deref(), Words::parse)?;
    let protect = parsed(job.protect.as_deref(), Words::names)?;
    if let Some(script) = &mut job.options.script {
        (script.words, script.protect) = (words, protect);
    }
    Ok(())
}

fn parsed(path: Option<&Path>, parse: fn(&str) -> Result<Words, zonetext::Error>) -> Result<Words> {
    let Some(path) = path else { return Ok(Words::default()) };
    let name = || path.display().to_string();
    let text = std::fs::read_to_string(path).with_context(name)?;
    parse(&text).with_context(name)
}
