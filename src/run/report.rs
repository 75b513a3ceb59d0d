//! Reports as files: one page as one file, several as a folder with an index.
//!
//! In: a job and where its report goes. Out: files, each written whole or not at all. Pages are cleaned in parallel and their
//! reports written in order; the index, which needs all of them, comes last. An input that cannot be read has a report, too: it
//! says so.

use super::failures::Failures;
use super::files::{close, exit};
use super::inputs::{Source, inputs, read, shown};
use super::outcome::{origin, reason, unread};
use super::outputs::write_file;
use super::progress::Progress;
use super::tally::{Ended, Facts, Tally};
use super::workers::{self, Feed, Sink};
use super::{Exit, interrupt, one};
use crate::cli::Job;
use anyhow::{Result, bail};
use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};
use zonetext::write::record::Failure;
use zonetext::write::report::{self, Summary};

/// Writes the reports of a job to `target`.
pub fn run(job: &Job, target: &Path) -> Result<Exit> {
    let found = inputs(job)?;
    let mut failures = Failures::open(job)?;
    let mut tally = Tally { passed_over: found.skipped, ..Tally::default() };
    let folder = is_folder(target, &found.sources);
    let paths = if folder { mirrored(target, &found.sources)? } else { vec![target.to_path_buf()] };
    refuse_inputs(&paths, &found.sources)?;
    let mut summaries = Vec::new();
    for (path, message) in &found.unreadable {
        let (name, failure) = (shown(path), unread(message.clone()));
        failures.note(&name, &name.as_str().into(), 0, &failure)?;
        tally.add(Ended::Failed, None);
        summaries.push(Summary::failed(&failure, name, String::new()));
    }
    let count = found.sources.len();
    if count > 1 {
        interrupt::listen();
    }
    let progress = Progress::new(job, &found.sources, &(0..count).collect::<Vec<_>>());
    let mut reports = Reports { sources: &found.sources, paths, target, failures, tally, summaries, progress };
    let threads = workers::threads(job.threads).min(count);
    let work = |number| page(job, &found.sources[number]);
    let handed = workers::in_order(threads, Numbers(0..count), |n| (n, work(n)), &mut reports)?;
    let Reports { failures, mut tally, summaries, progress, .. } = reports;
    progress.finish();
    tally.interrupted = handed < count;
    if folder {
        write_file(&target.join("index.html"), report::index(&name_of(job), summaries).as_bytes())?;
    }
    close(job, &tally, "pages")?;
    Ok(exit(job, &tally, failures.count))
}

/// The numbers of the sources, until somebody presses Ctrl-C.
struct Numbers(std::ops::Range<usize>);

impl Feed for Numbers {
    type Piece = usize;

    fn next(&mut self) -> io::Result<Option<usize>> {
        Ok(if interrupt::requested() { None } else { self.0.next() })
    }
}

/// The report of one page, and what the index and the run want to know of it.
struct Report {
    html: String,
    summary: Summary,
    failure: Option<Failure>,
    ended: Ended,
    facts: Option<Facts>,
}

/// Where finished reports go.
struct Reports<'a> {
    sources: &'a [Source],
    paths: Vec<PathBuf>,
    target: &'a Path,
    failures: Failures,
    tally: Tally,
    summaries: Vec<Summary>,
    progress: Progress,
}

impl Sink<(usize, Report)> for Reports<'_> {
    fn take(&mut self, (number, mut report): (usize, Report)) -> Result<()> {
        let (source, path) = (&self.sources[number], &self.paths[number]);
        if let Some(failure) = &report.failure {
            let name = source.name();
            self.progress.suspended(|| self.failures.note(&name, &name.as_str().into(), 0, failure))?;
        }
        write_file(path, report.html.as_bytes())?;
        let below = path.strip_prefix(self.target).unwrap_or(path);
        let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        report.summary.link = parts.join("/");
        self.summaries.push(report.summary);
        self.tally.add(report.ended, report.facts);
        self.progress.step(0, self.tally.inputs, self.tally.failed);
        Ok(())
    }
}

/// One source: read, clean, tell.
fn page(job: &Job, source: &Source) -> Report {
    let mut origin = origin(job, source);
    let path = origin.file_path.clone().unwrap_or_else(|| source.name());
    let bytes = match source.archive {
        true => Err(unread("an archive; a report is of pages (explain -f jsonl reads archives)".to_owned())),
        false => read(source, job.options.decode.max_bytes).map_err(|e| unread(reason(&e, source))),
    };
    let cleaned = bytes.and_then(|(bytes, _)| {
        origin.sha1 = zonetext::write::record::sha1(&bytes);
        one::clean(&bytes, &job.options)
    });
    match cleaned {
        Ok(page) => Report {
            html: report::report(&page, &origin),
            summary: Summary::of(&page, path, String::new()),
            failure: one::shortfall(&page),
            ended: Tally::ended(&page),
            facts: Some(Facts::of(&page)),
        },
        Err(failure) => Report {
            html: report::failed(&origin, &failure),
            summary: Summary::failed(&failure, path, String::new()),
            failure: Some(failure),
            ended: Ended::Failed,
            facts: None,
        },
    }
}

/// A closing `/`, an existing folder, a walked directory or several inputs mean a folder with an index.
fn is_folder(target: &Path, sources: &[Source]) -> bool {
    let slash = target.as_os_str().as_encoded_bytes().ends_with(b"/");
    slash || target.is_dir() || sources.len() != 1 || sources.iter().any(|source| source.walked)
}

/// A report for each source below `pages/`, where no page of the input can take the place of the index. The whole name stays, so
/// `a.html` and `a.txt` do not meet; what does meet all the same gets a number.
fn mirrored(target: &Path, sources: &[Source]) -> Result<Vec<PathBuf>> {
    let mut taken = HashSet::new();
    let mut paths = Vec::with_capacity(sources.len());
    for source in sources {
        let place = |number: usize| {
            let mut name = source.relative.clone().into_os_string();
            name.push(if number == 0 { ".html".to_owned() } else { format!(".{number}.html") });
            target.join("pages").join(name)
        };
        let Some(path) = (0..sources.len() + 1).map(place).find(|path| !taken.contains(path)) else {
            bail!("{}: no free name for its report", source.name());
        };
        taken.insert(path.clone());
        paths.push(path);
    }
    Ok(paths)
}

fn refuse_inputs(paths: &[PathBuf], sources: &[Source]) -> Result<()> {
    let known: HashSet<PathBuf> =
        sources.iter().filter_map(|source| source.path.as_deref()?.canonicalize().ok()).collect();
    match paths.iter().find(|path| path.canonicalize().is_ok_and(|path| known.contains(&path))) {
        Some(path) => bail!("{}: is an input as well (choose another --html)", path.display()),
        None => Ok(()),
    }
}

/// What was looked at, for the index.
fn name_of(job: &Job) -> String {
    match job.paths.as_slice() {
        [] => "standard input".to_owned(),
        [path] => path.display().to_string(),
        [path, more @ ..] => format!("{} and {} more", path.display(), more.len()),
    }
}
