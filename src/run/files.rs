//! Files, directories and a piped page: each input is a page, and its output goes where the plan says.

use super::failures::Failures;
use super::inputs::{Source, inputs, read};
use super::outputs::Output;
use super::{Exit, one};
use crate::cli::{Action, Job};
use anyhow::Result;
use std::path::Path;
use zonetext::write::Format;
use zonetext::write::record::{self, Failure, Origin};
use zonetext::{Page, Status};

/// How many pages came out how.
#[derive(Debug, Default)]
struct Counts {
    ok: usize,
    empty: usize,
    partial: usize,
    failed: usize,
}

/// Runs a job over its inputs, in order.
pub fn run(job: &Job) -> Result<Exit> {
    let found = inputs(job)?;
    let mut output = Output::plan(job, &found.sources)?;
    let mut failures = Failures::open(job)?;
    for (path, message) in &found.unreadable {
        failures.note(&path.display().to_string(), &path.display().to_string().into(), &unread(message.clone()))?;
    }
    let mut counts = Counts::default();
    for (number, source) in found.sources.iter().enumerate() {
        page(job, source, number, &mut output, &mut failures, &mut counts)?;
    }
    output.finish()?;
    let many = found.sources.len() + found.unreadable.len() > 1;
    if many && !job.quiet {
        eprintln!("zonetext: {}", closing(&counts, found.unreadable.len(), found.skipped));
    }
    Ok(match failures.count {
        0 => Exit::Done,
        _ if counts.ok + counts.empty + counts.partial == 0 => Exit::Fatal,
        _ => Exit::Partial,
    })
}

/// One source: read, clean, write; a failure is noted and, in JSON, keeps its record.
fn page(
    job: &Job,
    source: &Source,
    number: usize,
    output: &mut Output,
    failures: &mut Failures,
    counts: &mut Counts,
) -> Result<()> {
    let mut origin = origin(job, source);
    let cleaned =
        read(source, job.options.decode.max_bytes).map_err(|e| unread(reason(&e, source))).and_then(|bytes| {
            origin.sha1 = one::sha1(&bytes);
            one::clean(&bytes, &job.options)
        });
    match cleaned {
        Ok(page) => {
            let shortfall = one::shortfall(&page);
            if let Some(failure) = &shortfall {
                failures.note(&source.name(), &source.name().into(), failure)?;
            }
            if let (None, Some(limit), false) = (&shortfall, &page.limit, job.quiet) {
                eprintln!("zonetext: {}: extract: {limit}; no text is lost", source.name());
            }
            match (page.status, &shortfall) {
                (_, Some(f)) if f.code == "binary" => counts.failed += 1,
                (Status::Empty, _) => counts.empty += 1,
                (Status::Ok, _) => counts.ok += 1,
                _ => counts.partial += 1,
            }
            separate(job, number, &page, output)?;
            output.put(number, &one::written(&page, &origin, job))
        }
        Err(failure) => {
            counts.failed += 1;
            failures.note(&source.name(), &source.name().into(), &failure)?;
            let empty = Page::default();
            let record = record::failed(&empty, &origin, failure);
            match job.write.format {
                Format::Jsonl => output.put(number, &record.line()),
                Format::Json => output.put(number, &record.indented()),
                _ => Ok(()),
            }
        }
    }
}

/// Several pages as text in one stream: a blank line, in Markdown a rule, between them.
fn separate(job: &Job, number: usize, page: &Page, output: &mut Output) -> Result<()> {
    if number == 0 || !output.is_shared() || page.blocks.is_empty() {
        return Ok(());
    }
    match (job.action, job.write.format) {
        (Action::Inspect, Format::Text) => output.put(number, "\n"),
        (Action::Clean, Format::Text) if !page.verbatim => output.put(number, "\n"),
        (Action::Clean, Format::Markdown) => output.put(number, "\n---\n\n"),
        _ => Ok(()),
    }
}

fn origin(job: &Job, source: &Source) -> Origin {
    let path = source.path.as_deref();
    Origin {
        url: job.url.clone(),
        file_path: path
            .map(|p| if source.walked { &source.relative } else { p })
            .map(|p: &Path| p.display().to_string()),
        script_to: job.script_to.clone(),
        ..Origin::default()
    }
}

fn unread(message: String) -> Failure {
    Failure { code: "read", stage: "read", message }
}

/// What went wrong on opening, and what to try.
fn reason(error: &std::io::Error, source: &Source) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => match &source.path {
            Some(path) if path.to_string_lossy().starts_with("http") => {
                "no such file (zonetext opens no addresses; try `curl -s URL | zonetext clean`)".to_owned()
            }
            _ => "no such file (check the spelling and the folder you are in)".to_owned(),
        },
        std::io::ErrorKind::PermissionDenied => "permission denied (check who may read it)".to_owned(),
        _ => format!("cannot be read: {error}"),
    }
}

fn closing(counts: &Counts, unreadable: usize, skipped: usize) -> String {
    let pages = counts.ok + counts.empty + counts.partial + counts.failed;
    let mut line = format!("{pages} pages: {} ok", counts.ok);
    let rest = [
        (counts.empty, "empty"),
        (counts.partial, "not whole"),
        (counts.failed + unreadable, "failed"),
        (skipped, "passed over"),
    ];
    for (number, word) in rest.into_iter().filter(|(number, _)| *number > 0) {
        line.push_str(&format!(", {number} {word}"));
    }
    line
}
