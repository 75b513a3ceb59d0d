//! What comes of one piece of a run: a page from a file or an archive, cleaned and written, or why not.

use super::archive::{self, Found, Item, Record};
use super::dedup::{Draft, Seen};
use super::feed::Piece;
use super::inputs::{Content, Source, read, shown};
use super::manifest::Known;
use super::tally::{Ended, Facts, Tally};
use super::{inspect, one};
use crate::cli::{InputKind, Job};
use serde_json::value::RawValue;
use std::io;
use zonetext::write::Format;
use zonetext::write::record::{self, Failure, Origin};
use zonetext::write::report::{self, Summary};
use zonetext::{Page, Status};

/// What came of one piece.
#[derive(Default)]
pub struct Outcome {
    pub source: usize,
    /// The record of an archive, counted from one.
    pub record: Option<usize>,
    /// The archive is over after so many records.
    pub end: Option<usize>,
    /// Where the record begins in its input.
    pub offset: u64,
    /// Bytes of an archive that were used up.
    pub used: u64,
    /// Bytes of the page.
    pub bytes: usize,
    /// Name in `--errors`, as JSON.
    pub id: Option<Box<RawValue>>,
    /// What was read, where it is known well enough for `--resume`.
    pub input: Option<Known>,
    pub text: String,
    /// A page whose output is still to be decided (`--dedup`).
    pub draft: Option<Box<Draft>>,
    pub failure: Option<Failure>,
    /// Something people may want to know that is no failure.
    pub note: Option<String>,
    /// `None` where there was no page.
    pub ended: Option<Ended>,
    pub facts: Option<Facts>,
    pub verbatim: bool,
    /// The text is a line among lines.
    pub brief: bool,
    /// A record that is no page, and what it is.
    pub passed_over: Option<String>,
    /// What the index over reports wants to know (`explain --html`).
    pub summary: Option<Summary>,
}

/// Works on one piece. `brief`: a line among lines (`inspect` over many pages).
pub fn outcome(job: &Job, sources: &[Source], piece: Piece, brief: bool) -> Outcome {
    match piece {
        Piece::Page { source } => Outcome { source, brief, ..page(job, &sources[source], brief) },
        Piece::Record { source, number, item, used, stamp } => {
            let outcome = match *item {
                Item::Record(record) => {
                    let name = brief.then(|| format!("{}:record {number}", sources[source].name()));
                    from_archive(job, &sources[source], &record, name.as_deref())
                }
                Item::Broken(head, why) => {
                    let failure = Failure { code: "record", stage: "read", message: format!("a broken record: {why}") };
                    let id = head.id.as_deref().and_then(named_as_json);
                    Outcome { id, offset: head.offset, ..failed(None, failure) }
                }
            };
            let input = stamp.and_then(Known::by_stamp);
            Outcome { source, record: Some(number), used, brief, input, ..outcome }
        }
        Piece::End { source, records, stamp, failure } => {
            let stamp = stamp.filter(|stamp| sources[source].path.as_ref().is_some_and(|path| stamp.holds(path)));
            let input = stamp.and_then(Known::by_stamp);
            let end = Outcome { source, end: Some(records), input, ..Outcome::default() };
            let Some(error) = failure else { return end };
            let failure = unread(reason(&error, &sources[source]));
            let id = named_as_json(&sources[source].name());
            Outcome { source, end: end.end, id, ..failed(None, failure) }
        }
    }
}

/// A page in a file.
fn page(job: &Job, source: &Source, brief: bool) -> Outcome {
    let mut origin = origin(job, source);
    let read = read(source, job.options.decode.max_bytes).map_err(|e| unread(reason(&e, source)));
    let (mut input, mut length) = (None, 0);
    let cleaned = read.and_then(|Content { bytes, flaw, stamp }| {
        length = bytes.len();
        input = stamp.map(|stamp| Known::of(stamp, &bytes));
        if job.input == InputKind::Auto && bytes.starts_with(b"WARC/1.") {
            let message = "an archive that is not named like one (name it itself, or give --input warc)".to_owned();
            return Err(Failure { code: "archive", stage: "read", message });
        }
        if job.shows_hash() {
            origin.sha1 = record::sha1(&bytes);
        }
        Ok((one::clean(&bytes, &job.options, job)?, flaw))
    });
    let outcome = match cleaned {
        // Nobody asked for this very file.
        Ok((page, _)) if source.walked && page.charset.binary => {
            return Outcome { passed_over: Some(page.charset.evidence.join("; ")), ..Outcome::default() };
        }
        Ok((page, flaw)) => finished(job, page, origin, flaw, brief.then(|| source.name()).as_deref()),
        Err(failure) if brief => {
            Outcome { text: inspect::line(None, &source.name(), job), ..failed(Some((job, &origin)), failure) }
        }
        Err(failure) => failed(Some((job, &origin)), failure),
    };
    Outcome { id: named_as_json(&source.name()), input, bytes: length, ..outcome }
}

/// A page in an archive, if the record is one.
fn from_archive(job: &Job, source: &Source, record: &Record, line: Option<&str>) -> Outcome {
    let (head, most) = (&record.head, job.options.decode.max_bytes);
    let place = Outcome { offset: head.offset, ..Outcome::default() };
    let page = match one::caught(|| archive::found(record, most)) {
        Ok(Found::PassedOver(what)) => return Outcome { passed_over: Some(what), ..place },
        Ok(Found::Page(page)) => page,
        Err(failure) => return Outcome { offset: head.offset, ..failed(None, failure) },
    };
    let mut origin = Origin {
        id: head.id.as_deref().and_then(named_as_json),
        url: head.url.clone().or(job.url.clone()),
        added: head.date.clone(),
        sha1: record::sha1(&page.bytes),
        ..origin(job, source)
    };
    let id = Some(origin.id());
    let outcome = match one::clean(&page.bytes, &page.options(&job.options, origin.url.as_deref()), job) {
        Ok(cleaned) if cleaned.charset.binary => {
            return Outcome { passed_over: Some("binary".to_owned()), ..place };
        }
        Ok(mut cleaned) => {
            if record.cut && cleaned.status != Status::Limit {
                cleaned.status = Status::Limit;
                cleaned.limit = Some(format!("cut after {most} bytes (raise --max-bytes to read more)"));
            }
            finished(job, cleaned, std::mem::take(&mut origin), page.flaw, line)
        }
        Err(failure) => failed(Some((job, &origin)), failure),
    };
    Outcome { id, offset: head.offset, bytes: page.bytes.len(), ..outcome }
}

/// A cleaned page, written. `flaw` is what its packing lacks, `line` its name where it becomes a line among lines.
fn finished(job: &Job, mut page: Page, origin: Origin, flaw: Option<String>, line: Option<&str>) -> Outcome {
    if flaw.is_some() && page.status != Status::Limit {
        page.status = Status::Partial;
        page.limit = flaw.clone();
    }
    let flawed = flaw.map(|message| Failure { code: "body", stage: "read", message });
    let failure = one::shortfall(&page).or(flawed);
    let note = page.limit.as_ref().filter(|_| failure.is_none()).map(|limit| format!("extract: {limit}"));
    let note = note.or_else(|| unfound(&page));
    let verbatim = page.verbatim;
    if !job.dedup.is_empty() && !page.charset.binary {
        let draft = Some(Box::new(Draft::new(job, page, origin)));
        return Outcome { draft, failure, note, verbatim, ..Outcome::default() };
    }
    let text = match one::caught(|| match line {
        Some(name) => inspect::line(Some(&page), name, job),
        None => one::written(&page, &origin, job),
    }) {
        Ok(text) => text,
        Err(failure) => return failed(Some((job, &origin)), failure),
    };
    let (ended, facts) = (Some(Tally::ended(&page)), Some(Facts::of(&page)));
    let summary = job.html.is_some().then(|| Summary::of(&page, named(&origin), String::new()));
    Outcome { text, failure, note, ended, facts, verbatim, summary, ..Outcome::default() }
}

/// The selectors of a recipe that select nothing.
fn unfound(page: &Page) -> Option<String> {
    let unfound: Vec<String> =
        page.selected.iter().filter(|part| part.elements == 0).map(|part| part.selector.clone()).collect();
    (!unfound.is_empty()).then(|| {
        format!("extract: nothing in the page is selected by {} (the usual choice is made)", unfound.join("; "))
    })
}

impl Outcome {
    /// Decides on a page that was waiting for it.
    pub fn settle(&mut self, job: &Job, seen: &mut Seen, tally: &mut Tally) {
        let Some(draft) = self.draft.take() else { return };
        match seen.settle(job, *draft, tally) {
            Ok((text, ended, facts)) => {
                (self.text, self.ended, self.facts) = (text, Some(ended), Some(facts));
            }
            Err(failure) => (self.failure, self.ended) = (Some(failure), Some(Ended::Failed)),
        }
    }
}

/// A failure; where the input has a record of its own, it is kept in JSON.
fn failed(record: Option<(&Job, &Origin)>, failure: Failure) -> Outcome {
    let reported = record.filter(|(job, _)| job.html.is_some());
    let summary = reported.map(|(_, origin)| Summary::failed(&failure, named(origin), String::new()));
    let text = record.map(|(job, origin)| {
        if job.html.is_some() {
            return report::failed(origin, &failure);
        }
        let empty = Page::default();
        let record = record::failed(&empty, origin, &job.write, failure.clone());
        match job.write.format {
            Format::Jsonl => record.line(),
            Format::Json => record.indented(),
            _ => String::new(),
        }
    });
    let text = text.unwrap_or_default();
    Outcome { text, failure: Some(failure), ended: Some(Ended::Failed), summary, ..Outcome::default() }
}

/// A name as JSON.
pub fn named_as_json(name: &str) -> Option<Box<RawValue>> {
    serde_json::value::to_raw_value(name).ok()
}

/// The input's name in an index.
fn named(origin: &Origin) -> String {
    origin.file_path.clone().unwrap_or_else(|| "standard input".to_owned())
}

fn origin(job: &Job, source: &Source) -> Origin {
    let path = source.path.as_deref().map(|path| if source.walked { &source.relative } else { path });
    Origin { url: job.url.clone(), file_path: path.map(shown), script_to: job.script_to.clone(), ..Origin::default() }
}

pub fn unread(message: String) -> Failure {
    Failure { code: "read", stage: "read", message }
}

/// What went wrong on opening, and what to try.
fn reason(error: &io::Error, source: &Source) -> String {
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
