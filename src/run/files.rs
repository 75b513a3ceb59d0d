//! Files, directories, archives and a piped page: each page's output goes where the plan says.
//!
//! Pages are cleaned in parallel and written in order, so that any number of threads gives the same bytes.

use super::dedup::Seen;
use super::failures::Failures;
use super::feed::Pieces;
use super::inputs::{Source, inputs, shown};
use super::inspect;
use super::manifest::{Before, Known, Manifest, Way};
use super::outcome::{Outcome, named_as_json, outcome, unread};
use super::outputs::Output;
use super::part::Written;
use super::progress::Progress;
use super::tally::{Ended, Tally};
use super::workers::{self, Sink};
use super::writer::{Originals, Refused, write_file};
use super::{Exit, Misuse, interrupt};
use crate::cli::{Action, Job};
use anyhow::{Context, Result};
use std::collections::HashMap;
use std::rc::Rc;
use zonetext::write::Format;
use zonetext::write::record::Failure;
use zonetext::write::visible::on_one_line;

/// Runs a job over its inputs.
pub fn run(job: &mut Job) -> Result<Exit> {
    let found = inputs(job)?;
    if found.sources.iter().any(|source| source.archive) {
        job.default_to_records();
    }
    let job = &*job;
    if let Some(message) = job.misfit() {
        return Err(Misuse(message).into());
    }
    let all = &found.sources;
    let originals = Originals::of(all);
    // Before the first file is begun, so that an interrupted run leaves none.
    if all.len() > 1 || all.iter().any(|source| source.archive) {
        interrupt::listen();
    }
    let mut output = Output::plan(job, all, &originals)?;
    let brief = inspect::is_brief(job, all, &output);
    if brief {
        inspect::open(job, &mut output)?;
    }
    let tally = Tally { passed_over: found.skipped, renamed: output.whole_names(), ..Tally::default() };
    let manifest = manifest(job, &output)?;
    let mut pages = Pages {
        job,
        sources: all,
        output,
        failures: Failures::default(),
        tally,
        manifest,
        ways: HashMap::new(),
        shown: 0,
        bar: None,
        seen: Seen::default(),
        last_input: None,
    };
    let (todo, skip) = pages.left()?;
    pages.open_failures(&todo, &skip, &originals)?;
    for (path, message) in &found.unreadable {
        let name = shown(path);
        pages.failures.note(&name, named_as_json(&name).as_deref(), 0, &unread(message.clone()))?;
        pages.tally.add(Ended::Failed, None);
    }
    let progress = Progress::new(job, all, &todo);
    let threads = match todo.iter().any(|&n| all[n].archive) {
        true => workers::threads(job.threads),
        false => workers::threads(job.threads).min(todo.len()),
    };
    let mut feed = Pieces::new(all, todo, skip, job.options.decode.max_bytes);
    pages.bar = Some(progress);
    workers::in_order(threads, &mut feed, |piece| outcome(job, all, piece, brief), &mut pages)?;
    pages.tally.interrupted = feed.stopped;
    pages.tally.can_resume = pages.manifest.is_some();
    if brief {
        inspect::close(&pages.tally, &mut pages.output)?;
    }
    pages.close(&originals)
}

/// A manifest is kept where there is a folder to keep it in.
fn manifest(job: &Job, output: &Output) -> Result<Option<Manifest>> {
    match output {
        Output::Mirror(mirror) => Manifest::open(job, &mirror.folder).map(Some),
        _ if job.resume => Err(Misuse("--resume needs an output folder; try -o DIR/".to_owned()).into()),
        _ => Ok(None),
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
    /// How far archives are.
    ways: HashMap<usize, Way>,
    /// Pages whose output is not empty.
    shown: usize,
    bar: Option<Progress>,
    /// Of `--dedup`.
    seen: Seen,
    /// The archive at hand, as it was opened.
    last_input: Option<Known>,
}

/// Records of an archive between two notes of how far it is.
const STEP: usize = 500;

impl Pages<'_> {
    /// What an earlier run left to do, and the records of archives that it did.
    fn left(&mut self) -> Result<(Vec<usize>, HashMap<usize, usize>)> {
        let (mut todo, mut skip) = (Vec::new(), HashMap::new());
        for (number, source) in self.sources.iter().enumerate() {
            let before = match (&self.manifest, &self.output) {
                (Some(manifest), Output::Mirror(mirror)) => {
                    manifest.before(source, &mirror.names[number], &mirror.folder)
                }
                _ => Before::Nothing,
            };
            match before {
                Before::Done { failed } => {
                    self.tally.resumed += 1;
                    self.failures.count += failed;
                    continue;
                }
                Before::Begun(way) if self.output.go_on(number, &way.written) => {
                    self.tally.resumed_records += way.records;
                    self.failures.count += way.failed;
                    skip.insert(number, way.records);
                    self.ways.insert(number, way);
                }
                _ => {}
            }
            todo.push(number);
        }
        Ok((todo, skip))
    }

    /// Opens `--errors`. A resumed run keeps what was told of inputs and records that it leaves out.
    fn open_failures(&mut self, todo: &[usize], skip: &HashMap<usize, usize>, originals: &Rc<Originals>) -> Result<()> {
        let mut left: HashMap<String, usize> = self.sources.iter().map(|source| (source.name(), usize::MAX)).collect();
        for number in todo {
            left.insert(self.sources[*number].name(), skip.get(number).copied().unwrap_or(0));
        }
        let count = self.failures.count;
        self.failures = Failures::open(self.job, originals, |place, record| {
            // What was told of an archive as a whole is told again at its end.
            left.get(place).is_some_and(|&done| record.unwrap_or(usize::MAX) <= done)
        })?;
        self.failures.count = count;
        Ok(())
    }

    /// Several pages as text in one stream: a blank line, in Markdown a rule, between them.
    fn separator(&mut self, outcome: &Outcome) -> Result<&'static str> {
        let several = match (self.output.is_shared(), self.sources[outcome.source].archive) {
            (true, _) => self.shown > 0,
            (false, true) => self.output.is_begun(outcome.source)?,
            (false, false) => false,
        };
        if outcome.text.is_empty() || outcome.brief || !several {
            return Ok("");
        }
        Ok(match (self.job.action, self.job.write.format) {
            (Action::Inspect, Format::Text) => "\n",
            (Action::Clean, Format::Text) if !outcome.verbatim => "\n",
            (Action::Clean, Format::Markdown) => "\n---\n\n",
            _ => "",
        })
    }

    fn tell(&mut self, outcome: &Outcome) -> Result<()> {
        let mut place = self.sources[outcome.source].name();
        if let Some(number) = outcome.record {
            place.push_str(&format!(":record {number}"));
        }
        if self.job.verbose
            && outcome.failure.is_none()
            && let Some(word) = outcome.ended.and_then(Ended::shortfall)
        {
            let place = on_one_line(&place);
            let say = || eprintln!("zonetext: {place}: {word}");
            self.bar.as_ref().map_or_else(say, |bar| bar.suspended(say));
        }
        let (failures, quiet) = (&mut self.failures, self.job.quiet);
        let mut tell = || match (&outcome.failure, &outcome.note) {
            (Some(failure), _) => failures.note(&place, outcome.id.as_deref(), outcome.offset, failure),
            (None, Some(note)) if !quiet => {
                eprintln!("zonetext: {}: {}; no text is lost", on_one_line(&place), on_one_line(note));
                Ok(())
            }
            _ => Ok(()),
        };
        match &self.bar {
            Some(progress) if outcome.failure.is_some() || outcome.note.is_some() => progress.suspended(tell),
            _ => tell(),
        }
    }

    fn put(&mut self, outcome: &Outcome) -> Result<()> {
        let number = outcome.source;
        let separator = self.separator(outcome)?;
        if !outcome.text.is_empty() {
            self.shown += 1;
        }
        if !self.sources[number].archive {
            if !separator.is_empty() {
                self.output.add(number, separator)?;
            }
            return self.output.put(number, &outcome.text);
        }
        self.output.add(number, separator)?;
        self.output.add(number, &outcome.text)
    }

    /// A page whose output's name the system does not take is a failed page; any other fault of writing ends the run.
    fn unnamed(&mut self, outcome: &mut Outcome, error: anyhow::Error) -> Result<()> {
        let Some(refused) = error.downcast_ref::<Refused>() else { return Err(error) };
        let known = outcome.failure.is_some();
        outcome.failure = Some(Failure { code: "write", stage: "write", message: refused.to_string() });
        outcome.ended = Some(Ended::Failed);
        // A page fails once.
        if known { Ok(()) } else { self.tell(outcome) }
    }

    /// The records and the end of an archive, for `--resume`.
    fn on_the_way(&mut self, outcome: &Outcome) -> Result<()> {
        let source = &self.sources[outcome.source];
        let way = self.ways.entry(outcome.source).or_default();
        way.failed += usize::from(outcome.failure.is_some());
        if let Some(number) = outcome.record {
            way.records = number;
            let step = number % STEP == 0;
            return if step { self.note_way(outcome.source, outcome.input.as_ref()) } else { Ok(()) };
        }
        let way = self.ways.remove(&outcome.source).unwrap_or_default();
        let whole = outcome.failure.is_none();
        let written = if whole || way.records > 0 { self.output.close(outcome.source)? } else { None };
        match (&mut self.manifest, written, &outcome.input, &self.output) {
            (Some(manifest), Some(written), Some(input), Output::Mirror(mirror)) if whole => {
                manifest.finished(source, &mirror.names[outcome.source], input, written, way.failed)
            }
            _ => Ok(()),
        }
    }

    /// A page is finished, and its output in its place.
    fn finished(&mut self, outcome: &Outcome) -> Result<()> {
        let (Some(manifest), Output::Mirror(mirror)) = (&mut self.manifest, &self.output) else { return Ok(()) };
        let Some(input) = &outcome.input else { return Ok(()) };
        let written = Written::of(outcome.text.as_bytes());
        manifest.finished(&self.sources[outcome.source], &mirror.names[outcome.source], input, written, 0)
    }

    /// The manifest learns how far an archive is, once its output is in its file.
    fn note_way(&mut self, number: usize, input: Option<&Known>) -> Result<()> {
        let (Some(input), Some(way)) = (input, self.ways.get_mut(&number)) else { return Ok(()) };
        if self.manifest.is_some()
            && let Some(written) = self.output.way(number)?
        {
            way.written = written;
        }
        match (&mut self.manifest, &self.output) {
            (Some(manifest), Output::Mirror(mirror)) => {
                manifest.begun(&self.sources[number], &mirror.names[number], input, way.clone())
            }
            _ => Ok(()),
        }
    }

    fn close(mut self, originals: &Rc<Originals>) -> Result<Exit> {
        if self.tally.interrupted {
            // At most one archive is on its way: pieces come in order.
            let begun: Vec<usize> = self.ways.iter().filter(|(_, way)| way.records > 0).map(|(&n, _)| n).collect();
            let input = self.last_input.take();
            begun.into_iter().try_for_each(|number| self.note_way(number, input.as_ref()))?;
        }
        let Pages { job, output, failures, tally, bar, .. } = self;
        bar.iter().for_each(Progress::finish);
        let (interrupted, part) = (tally.interrupted, output.part_name());
        output.finish(interrupted)?;
        if let Some(part) = part.filter(|_| interrupted) {
            eprintln!("zonetext: {}: holds what was finished", on_one_line(&part));
        }
        close(job, &tally, "pages", originals)?;
        Ok(exit(job, &tally, failures.count))
    }
}

impl Sink<Outcome> for Pages<'_> {
    fn take(&mut self, mut outcome: Outcome) -> Result<()> {
        outcome.settle(self.job, &mut self.seen, &mut self.tally);
        self.tell(&outcome)?;
        let copy = outcome.ended == Some(Ended::Duplicate) && outcome.text.is_empty();
        if outcome.end.is_none()
            && outcome.passed_over.is_none()
            && !copy
            && let Err(error) = self.put(&outcome)
        {
            self.unnamed(&mut outcome, error)?;
        }
        let source = &self.sources[outcome.source];
        if source.archive {
            self.on_the_way(&outcome)?;
            self.last_input = outcome.input.take();
        } else if outcome.ended != Some(Ended::Failed) {
            self.finished(&outcome)?;
        }
        if let Some(what) = outcome.passed_over {
            self.tally.pass_over(what);
        }
        if let Some(ended) = outcome.ended {
            self.tally.add(ended, outcome.facts);
        }
        self.tally.bytes += outcome.bytes;
        if let Some(progress) = &self.bar {
            progress.step(outcome.used, self.tally.inputs, self.tally.failed);
        }
        if self.job.line_buffered {
            self.output.flush()?;
        }
        Ok(())
    }

    fn idle(&mut self) -> Result<()> {
        self.output.flush()
    }
}

/// Says how the run ended, and writes the summary.
pub fn close(job: &Job, tally: &Tally, noun: &str, originals: &Rc<Originals>) -> Result<()> {
    let many = tally.inputs + tally.resumed + tally.resumed_records + tally.records_passed_over.len() > 1;
    if (many || tally.interrupted) && !job.quiet {
        eprintln!("zonetext: {}", tally.closing(noun));
    }
    if job.stats {
        eprintln!("zonetext: {}", tally.stats(noun));
    }
    if let Some(path) = &job.summary {
        let json = serde_json::to_string_pretty(tally).context("the summary")?;
        write_file(path, format!("{json}\n").as_bytes(), originals)?;
    }
    Ok(())
}

pub fn exit(job: &Job, tally: &Tally, failures: usize) -> Exit {
    if tally.interrupted {
        return Exit::Interrupted;
    }
    match failures {
        0 => Exit::Done,
        _ if tally.ok + tally.empty + tally.partial + tally.resumed + tally.resumed_records + tally.passed_over
            == 0 =>
        {
            Exit::Fatal
        }
        _ if job.fail_on.tolerates(failures, tally.inputs) => Exit::Done,
        _ => Exit::Partial,
    }
}
