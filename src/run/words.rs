//! The user's files of words and of recipes (`--words`, `--protect`, `--sites`): read before anything else, since a bad line in them is wrong usage.

use crate::cli::Job;
use anyhow::{Context, Result, bail};
use std::io::Read as _;
use std::path::Path;
use zonetext::extract::recipe::Sites;
use zonetext::script::Words;

/// The bytes of such a file at most: a device that never ends (/dev/zero) must not take all memory.
const LARGEST: u64 = 64 << 20;

/// Reads the files of a job into its options. Without the stage that asks for them they are read all the same, so that a bad line is told.
pub fn read(job: &mut Job) -> Result<()> {
    let words = parsed(job.words.as_deref(), Words::parse)?;
    let protect = parsed(job.protect.as_deref(), Words::names)?;
    if let Some(script) = &mut job.options.script {
        (script.words, script.protect) = (words, protect);
    }
    let sites = parsed(job.sites.as_deref(), Sites::parse)?;
    if let Some(extract) = &mut job.options.extract {
        extract.sites = sites;
    }
    Ok(())
}

fn parsed<T: Default>(path: Option<&Path>, parse: fn(&str) -> Result<T, zonetext::Error>) -> Result<T> {
    let Some(path) = path else { return Ok(T::default()) };
    let name = || path.display().to_string();
    let mut text = String::new();
    let file = std::fs::File::open(path).with_context(name)?;
    file.take(LARGEST + 1).read_to_string(&mut text).with_context(name)?;
    if text.len() as u64 > LARGEST {
        bail!("{}: more than {} MB, which no such file has", name(), LARGEST >> 20);
    }
    parse(&text).with_context(name)
}
