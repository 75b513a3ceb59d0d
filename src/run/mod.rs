//! Everything that touches files and streams: the binary's half of the work.
//!
//! In: a [`Job`]. Out: an [`Exit`]. One input that fails is recorded and the run goes on; only what stops the whole run (no
//! such output folder, a full disk) is an error, and it names the path.

mod archive;
mod dedup;
mod explain;
mod failures;
mod feed;
mod files;
mod given;
mod inputs;
mod inspect;
mod interrupt;
mod lines;
mod manifest;
mod one;
mod open;
mod outcome;
mod outputs;
mod part;
mod plan;
mod progress;
mod report;
mod stream;
mod tally;
mod words;
mod workers;
mod writer;

use crate::cli::{self, InputKind, Job};
use anyhow::{Context, Result};
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::rc::Rc;
use zonetext::script::{Punctuation, Target};
use zonetext::write::visible::on_one_line;

/// How the process ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    Done = 0,
    /// Nothing could be done.
    Fatal = 1,
    /// Wrong usage; clap uses the same number.
    Usage = 2,
    /// Finished, but at least one record failed.
    Partial = 3,
    /// Ctrl-C; what was finished is kept.
    Interrupted = 130,
}

/// Wrong usage that shows only once the inputs are known. The message says what to type instead.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Misuse(pub String);

/// Runs a job.
pub fn run(mut job: Job) -> Result<Exit> {
    if job.paths.is_empty() && job.files_from.is_none() && io::stdin().is_terminal() {
        eprint!(
            "{}\nzonetext: no input (give a file, a directory or an archive, or pipe a page in)\n",
            cli::help(job.verb)
        );
        return Ok(Exit::Usage);
    }
    if let Err(error) = words::read(&mut job) {
        eprintln!("zonetext: {}", on_one_line(&format!("{error:#}")));
        return Ok(Exit::Usage);
    }
    if job.dry_run {
        return inputs::list(&job);
    }
    if converts_nothing(&job) && !job.quiet {
        eprintln!("zonetext: script: the text stays as it is (say what to convert to: --to s, --to t, --to tw …)");
    }
    silence_panics();
    if let Some(target) = &job.html {
        return report::run(&job, target);
    }
    match job.input {
        InputKind::Jsonl => stream::run(&job),
        _ => files::run(&mut job),
    }
}

/// `script` without anything asked of it: likely somebody forgot `--to`.
fn converts_nothing(job: &Job) -> bool {
    let idle = |s: &zonetext::script::Options| {
        s.to == Target::Keep && !s.reconvert && s.punctuation == Punctuation::Keep && job.words.is_none()
    };
    job.verb == "script" && job.options.script.as_ref().is_some_and(idle)
}

/// Prints finished bytes, such as a completion script.
pub fn print(bytes: &[u8]) -> Result<Exit> {
    io::stdout().write_all(bytes)?;
    Ok(Exit::Done)
}

/// Writes the man pages into a folder, which is made if need be.
pub fn man(folder: &Path) -> Result<Exit> {
    std::fs::create_dir_all(folder).with_context(|| format!("{}: cannot make the folder", folder.display()))?;
    for (name, roff) in cli::man_pages()? {
        writer::write_file(&folder.join(name), &roff, &Rc::default())?;
    }
    Ok(Exit::Done)
}

/// A reader that went away (`zonetext … | head`) is no error.
pub fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|e| e.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe))
}

/// A panic in one page becomes that page's failure, with a message of our own; the default report would only say it twice.
fn silence_panics() {
    std::panic::set_hook(Box::new(|_| {}));
}
