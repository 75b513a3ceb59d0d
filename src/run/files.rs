//! Files, directories and a piped page: each input is a page, and its output goes where the plan says.
//!
//! Pages are cleaned in parallel and written in order, so that any number of threads gives the same bytes.

use super::failures::Failures;
use super::inputs::{Source, inputs, read};
use super::inspect;
use super::manifest::Manifest;
use super::outputs::{Output, write_file};
use super::progress::Progress;
use super::tally::{Ended, Facts, Tally};
use super::workers::{self, Feed, Sink};
use super::{Exit, interrupt, one};
use crate::cli::{Action, Job};
use anyhow::{Context, Result};
use std::io;
use std::path::Path;
use zonetext::Page;
use zonetext::write::Format;
use zonetext::write::record::{self, Failure, Origin};

/// Runs a job over its inputs.
pub fn run(job: &Job) -> Result<Exit> {
    let found = inputs(job)?;
    let mut output = Output::plan(job, &found.sources)?;
    let brief = inspect::is_brief(job, &found.sources, &output);
    if brief {
        inspect::open(job, &mut output)?;
    }
    let mut failures = Failures::open(job)?;
    let mut tally = Tally { passed_over: found.skipped, ..Tally::default() };
    for (path, message) in &found.unreadable {
        let name = path.display().to_string();
        failures.note(&name, &name.as_str().into(), &unread(message.clone()))?;
        tally.add(Ended::Failed, None);
    }
    let manifest = manifest(job, &output)?;
    let all = &found.sources;
    let todo: Vec<usize> = (0..all.len()).filter(|&n| !done_before(&manifest, &output, &all[n], n)).collect();
    tally.resumed = all.len() - todo.len();
    if todo.len() > 1 {
        interrupt::listen();
    }
    let progress = Progress::new(job, todo.len());
    let (count, threads) = (todo.len(), workers::threads(job.threads).min(todo.len()));
    let mut pages = Pages { job, sources: all, output, failures, tally, manifest, progress };
    let handed = workers::in_order(threads, Numbers(todo.into_iter()), |n| (n, page(job, &all[n], brief)), &mut pages)?;
    let Pages { mut output, failures, mut tally, progress, .. } = pages;
    progress.finish();
    tally.interrupted = handed < count;
    if brief {
        inspect::close(&tally, &mut output)?;
    }
    output.finish()?;
    close(job, &tally, "pages")?;
    Ok(exit(job, &tally, failures.count))
}

/// The numbers of the sources to do, until somebody presses Ctrl-C.
struct Numbers(std::vec::IntoIter<usize>);

impl Feed for Numbers {
    type Piece = usize;

    fn next(&mut self) -> io::Result<Option<usize>> {
        Ok(if interrupt::requested() { None } else { self.0.next() })
    }
}

/// Where finished pages go.
struct Pages<'a> {
    job: &'a Job,
    sources: &'a [Source],
    output: Output,
    failures: Failures,
    tally: Tally,
    manifest: Option<Manifest>,
    progress: Progress,
}

impl Sink<(usize, Outcome)> for Pages<'_> {
    fn take(&mut self, (number, outcome): (usize, Outcome)) -> Result<()> {
        let source = &self.sources[number];
        outcome.tell(self.job, source, &self.progress, &mut self.failures)?;
        outcome.separate(self.job, number, &mut self.output)?;
        self.output.put(number, &outcome.text)?;
        if let Some(manifest) = self.manifest.as_mut().filter(|_| outcome.ended != Ended::Failed) {
            manifest.note(source)?;
        }
        self.tally.add(outcome.ended, outcome.facts);
        self.progress.step(self.tally.failed);
        Ok(())
    }
}

/// Says how the run ended, and writes the summary.
pub fn close(job: &Job, tally: &Tally, noun: &str) -> Result<()> {
    if (tally.inputs + tally.resumed > 1 || tally.interrupted) && !job.quiet {
        eprintln!("zonetext: {}", tally.closing(noun));
    }
    if let Some(path) = &job.summary {
        let json = serde_json::to_string_pretty(tally).context("the summary")?;
        write_file(path, format!("{json}\n").as_bytes())?;
    }
    Ok(())
}

pub fn exit(job: &Job, tally: &Tally, failures: usize) -> Exit {
    if tally.interrupted {
        return Exit::Interrupted;
    }
    match failures {
        0 => Exit::Done,
        _ if tally.ok + tally.empty + tally.partial + tally.resumed == 0 => Exit::Fatal,
        _ if job.fail_on.tolerates(failures, tally.inputs) => Exit::Done,
        _ => Exit::Partial,
    }
}

/// A manifest is kept where there is a folder to keep it in.
fn manifest(job: &Job, output: &Output) -> Result<Option<Manifest>> {
    match (output, &job.output) {
        (Output::Folder { .. }, Some(folder)) => Manifest::open(job, folder).map(Some),
        _ if job.resume => anyhow::bail!("--resume needs an output folder (give -o DIR/)"),
        _ => Ok(None),
    }
}

fn done_before(manifest: &Option<Manifest>, output: &Output, source: &Source, number: usize) -> bool {
    match (manifest, output) {
        (Some(manifest), Output::Folder { paths }) => manifest.has(source, &paths[number]),
        _ => false,
    }
}

/// What came of one source.
struct Outcome {
    text: String,
    failure: Option<Failure>,
    /// Something people may want to know that is no failure.
    note: Option<String>,
    ended: Ended,
    facts: Option<Facts>,
    verbatim: bool,
    /// The text is a line among lines.
    brief: bool,
}

/// One source: read and clean; a failure keeps its record in JSON.
fn page(job: &Job, source: &Source, brief: bool) -> Outcome {
    let mut origin = origin(job, source);
    let bytes = read(source, job.options.decode.max_bytes).map_err(|e| unread(reason(&e, source)));
    let cleaned = bytes.and_then(|bytes| {
        origin.sha1 = record::sha1(&bytes);
        one::clean(&bytes, &job.options)
    });
    match cleaned {
        Ok(page) => Outcome {
            text: if brief {
                inspect::line(Some(&page), &source.name(), job)
            } else {
                one::written(&page, &origin, job)
            },
            failure: one::shortfall(&page),
            note: page.limit.as_ref().map(|limit| format!("extract: {limit}")),
            ended: Tally::ended(&page),
            facts: Some(Facts::of(&page)),
            verbatim: page.verbatim,
            brief,
        },
        Err(failure) => {
            let empty = Page::default();
            let record = record::failed(&empty, &origin, &job.write, failure.clone());
            let text = match job.write.format {
                Format::Jsonl => record.line(),
                Format::Json => record.indented(),
                _ if brief => inspect::line(None, &source.name(), job),
                _ => String::new(),
            };
            Outcome {
                text,
                failure: Some(failure),
                note: None,
                ended: Ended::Failed,
                facts: None,
                verbatim: false,
                brief,
            }
        }
    }
}

impl Outcome {
    fn tell(&self, job: &Job, source: &Source, progress: &Progress, failures: &mut Failures) -> Result<()> {
        match (&self.failure, &self.note) {
            (Some(failure), _) => progress.suspended(|| failures.note(&source.name(), &source.name().into(), failure)),
            (None, Some(note)) if !job.quiet => {
                progress.suspended(|| eprintln!("zonetext: {}: {note}; no text is lost", source.name()));
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Several pages as text in one stream: a blank line, in Markdown a rule, between them.
    fn separate(&self, job: &Job, number: usize, output: &mut Output) -> Result<()> {
        if number == 0 || !output.is_shared() || self.text.is_empty() || self.brief {
            return Ok(());
        }
        match (job.action, job.write.format) {
            (Action::Inspect, Format::Text) => output.put(number, "\n"),
            (Action::Clean, Format::Text) if !self.verbatim => output.put(number, "\n"),
            (Action::Clean, Format::Markdown) => output.put(number, "\n---\n\n"),
            _ => Ok(()),
        }
    }
}

pub fn origin(job: &Job, source: &Source) -> Origin {
    let path = source.path.as_deref().map(|path| if source.walked { &source.relative } else { path });
    Origin {
        url: job.url.clone(),
        file_path: path.map(|path: &Path| path.display().to_string()),
        script_to: job.script_to.clone(),
        ..Origin::default()
    }
}

pub fn unread(message: String) -> Failure {
    Failure { code: "read", stage: "read", message }
}

/// What went wrong on opening, and what to try.
pub fn reason(error: &io::Error, source: &Source) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => match &source.path {
            Some(path) if path.to_string_lossy().starts_with("http") => {
                "no such file (zonetext opens no addresses; try `curl -s URL | zonetext clean`)".to_owned()
            }
            _ => "no such file (check the spelling and the folder you are in)".to_owned(),
        },
        io::ErrorKind::PermissionDenied => "permission denied (check who may read it)".to_owned(),
        _ => format!("cannot be read: {error}"),
    }
}
