//! Reports as files: one page as one file, several as a folder with an index.
//!
//! In: a job and where its report goes. Out: files, each written whole or not at all. Pages are cleaned in parallel and their
//! reports written in order; the index, which needs all of them, comes last. An input that cannot be read has a report, too: it
//! says so.

use super::failures::Failures;
use super::feed::Pieces;
use super::files::{close, exit};
use super::inputs::{Source, inputs, shown};
use super::interrupt;
use super::outcome::{Outcome, named_as_json, outcome, unread};
use super::plan;
use super::progress::Progress;
use super::tally::{Ended, Tally};
use super::workers::{self, Sink};
use super::writer::{Folder, Originals, Refused, write_file};
use super::{Exit, Misuse};
use crate::cli::Job;
use anyhow::{Result, bail};
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use zonetext::write::record::{Failure, Origin};
use zonetext::write::report::{self, Summary};

/// Writes the reports of a job to `target`.
pub fn run(job: &Job, target: &Path) -> Result<Exit> {
    let found = inputs(job)?;
    let all = &found.sources;
    let originals = Originals::of(all);
    if all.len() > 1 && target.extension().is_some_and(|ending| ending == "html") && !target.is_dir() {
        let folder = shown(&target.with_extension(""));
        let message = format!("--html {}: several pages need a folder; try --html {folder}/", shown(target));
        return Err(Misuse(message).into());
    }
    let names = if is_folder(target, all) { Some(mirrored(all)?) } else { None };
    let whole = names.iter().flatten().map(|name| target.join(name));
    refuse_inputs(whole.chain([target.to_path_buf(), target.join(INDEX)]), &originals)?;
    plan::side_files(job, all, &originals)?;
    let folder = names.is_some().then(|| Folder::open(target, originals.clone())).transpose()?;
    let mut failures = Failures::open(job, &originals, |_, _| false)?;
    let mut tally = Tally { passed_over: found.skipped, ..Tally::default() };
    let mut summaries = Vec::new();
    for (path, message) in &found.unreadable {
        let (name, failure) = (shown(path), unread(message.clone()));
        failures.note(&name, named_as_json(&name).as_deref(), 0, &failure)?;
        tally.add(Ended::Failed, None);
        summaries.push(Summary::failed(&failure, name, String::new()));
    }
    let archives = all.iter().any(|source| source.archive);
    if all.len() > 1 || archives {
        interrupt::listen();
    }
    let todo: Vec<usize> = (0..all.len()).collect();
    let progress = Progress::new(job, all, &todo);
    let threads = workers::threads(job.threads);
    let threads = if archives { threads } else { threads.min(all.len()) };
    let mut feed = Pieces::new(all, todo, HashMap::new(), job.options.decode.max_bytes);
    let names = names.unwrap_or_default();
    let place = folder.map_or(Target::File(target.to_path_buf(), originals.clone()), Target::Folder);
    let mut reports = Reports { sources: all, names, place, failures, tally, summaries, progress };
    workers::in_order(threads, &mut feed, |piece| outcome(job, all, piece, false), &mut reports)?;
    let Reports { failures, mut tally, summaries, progress, place, .. } = reports;
    progress.finish();
    tally.interrupted = feed.stopped;
    if let Target::Folder(folder) = &place {
        folder.place(Path::new(INDEX))?.write(report::index(&name_of(job), summaries).as_bytes())?;
    }
    close(job, &tally, "pages", &originals)?;
    Ok(exit(job, &tally, failures.count))
}

/// The page that names all reports.
const INDEX: &str = "index.html";

/// One report, or many.
enum Target {
    File(PathBuf, Rc<Originals>),
    Folder(Folder),
}

/// Where finished reports go.
struct Reports<'a> {
    sources: &'a [Source],
    /// The report of each source, below the folder.
    names: Vec<PathBuf>,
    place: Target,
    failures: Failures,
    tally: Tally,
    summaries: Vec<Summary>,
    progress: Progress,
}

impl Sink<Outcome> for Reports<'_> {
    fn take(&mut self, mut outcome: Outcome) -> Result<()> {
        let name = self.name(&outcome);
        if let Some(failure) = &outcome.failure {
            let id = outcome.id.as_deref();
            self.progress.suspended(|| self.failures.note(&name, id, outcome.offset, failure))?;
            if outcome.text.is_empty() {
                broken(failure.clone(), &name, &mut outcome);
            }
        }
        if let Some(mut summary) = outcome.summary.take() {
            summary.link = self.link(&mut outcome, &name)?;
            if let Some(number) = outcome.record {
                summary.path = format!("{}:record {number}", summary.path);
            }
            self.summaries.push(summary);
        }
        if let Some(what) = outcome.passed_over {
            self.tally.pass_over(what);
        }
        if let Some(ended) = outcome.ended {
            self.tally.add(ended, outcome.facts);
        }
        self.progress.step(outcome.used, self.tally.inputs, self.tally.failed);
        Ok(())
    }
}

impl Reports<'_> {
    /// The input, and which record of it.
    fn name(&self, outcome: &Outcome) -> String {
        let name = self.sources[outcome.source].name();
        outcome.record.map_or(name.clone(), |number| format!("{name}:record {number}"))
    }

    /// Writes a report; its address from the index, none where its name cannot be written: that is a failure of the page.
    fn link(&mut self, outcome: &mut Outcome, name: &str) -> Result<String> {
        let below = self.below(outcome);
        let written = match &self.place {
            Target::File(path, originals) => write_file(path, outcome.text.as_bytes(), originals),
            Target::Folder(folder) => folder.place(&below).and_then(|place| place.write(outcome.text.as_bytes())),
        };
        let Err(error) = written else {
            let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
            return Ok(parts.join("/"));
        };
        let Some(refused) = error.downcast_ref::<Refused>() else { return Err(error) };
        let failure = Failure { code: "write", stage: "write", message: refused.to_string() };
        if outcome.failure.is_none() {
            let id = outcome.id.as_deref();
            self.progress.suspended(|| self.failures.note(name, id, outcome.offset, &failure))?;
        }
        (outcome.failure, outcome.ended) = (Some(failure), Some(Ended::Failed));
        Ok(String::new())
    }

    /// The file of a report; records of an archive are numbered in a folder of their own.
    fn below(&self, outcome: &Outcome) -> PathBuf {
        let Some(name) = self.names.get(outcome.source) else { return PathBuf::new() };
        match outcome.record {
            Some(number) => name.with_extension("records").join(format!("{number:06}.html")),
            None => name.clone(),
        }
    }
}

/// A record that is no page at all, or an archive that ends too early, has a report as well.
fn broken(failure: Failure, name: &str, outcome: &mut Outcome) {
    let origin = Origin { file_path: Some(name.to_owned()), ..Origin::default() };
    outcome.text = report::failed(&origin, &failure);
    let path = name.split(":record ").next().unwrap_or(name);
    outcome.summary = Some(Summary::failed(&failure, path.to_owned(), String::new()));
}

/// A closing `/`, an existing folder, a walked directory, an archive or several inputs mean a folder with an index.
fn is_folder(target: &Path, sources: &[Source]) -> bool {
    let slash = target.as_os_str().as_encoded_bytes().ends_with(b"/");
    slash || target.is_dir() || sources.len() != 1 || sources.iter().any(|source| source.walked || source.archive)
}

/// A report for each source below `pages/`, where no page of the input can take the place of the index. The whole name stays, so
/// `a.html` and `a.txt` do not meet; what does meet all the same gets a number.
fn mirrored(sources: &[Source]) -> Result<Vec<PathBuf>> {
    let mut taken = HashSet::new();
    let mut paths = Vec::with_capacity(sources.len());
    for source in sources {
        let place = |number: usize| {
            let mut name = source.relative.clone().into_os_string();
            name.push(if number == 0 { ".html".to_owned() } else { format!(".{number}.html") });
            Path::new("pages").join(name)
        };
        let Some(path) = (0..sources.len() + 1).map(place).find(|path| !taken.contains(path)) else {
            bail!("{}: no free name for its report", source.name());
        };
        taken.insert(path.clone());
        paths.push(path);
    }
    Ok(paths)
}

fn refuse_inputs(mut paths: impl Iterator<Item = PathBuf>, originals: &Originals) -> Result<()> {
    match paths.find(|path| originals.hold(path)) {
        Some(path) => bail!("{}: is an input as well (choose another --html)", shown(&path)),
        None => Ok(()),
    }
}

/// What was looked at, for the index.
fn name_of(job: &Job) -> String {
    match job.paths.as_slice() {
        [] => "standard input".to_owned(),
        [path] => shown(path),
        [path, more @ ..] => format!("{} and {} more", shown(path), more.len()),
    }
}
