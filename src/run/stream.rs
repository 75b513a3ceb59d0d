//! The record stream: JSON Lines in, JSON Lines out, one line for one line, in order.
//!
//! A bad line gives an error record, so that counts stay equal. Output is flushed whenever reading would block: a driver that
//! writes one line and waits gets its answer.

use super::dedup::{Draft, Seen};
use super::failures::Failures;
use super::given;
use super::inputs::inputs;
use super::lines::{Line, Lines};
use super::outcome::named_as_json;
use super::outputs::Output;
use super::tally::{Ended, Facts, Tally};
use super::workers::{self, Feed, Sink};
use super::writer::Originals;
use super::{Exit, Misuse, files, one};
use crate::cli::{FailOn, Job};
use anyhow::{Result, bail};
use serde_json::value::RawValue;
use std::io;
use zonetext::Page;
use zonetext::write::record::{self, Failure, Origin};
use zonetext::write::visible::on_one_line;

/// Runs a job over records.
pub fn run(job: &Job) -> Result<Exit> {
    if let Some(message) = job.misfit() {
        return Err(Misuse(message).into());
    }
    let found = inputs(job)?;
    let originals = Originals::of(&found.sources);
    let output = Output::plan(job, &found.sources, &originals)?;
    let failures = Failures::open(job, &originals, |_, _| false)?;
    let mut answers = Answers {
        job,
        source: String::new(),
        number: 0,
        failures,
        tally: Tally { renamed: output.whole_names(), ..Tally::default() },
        taken: 0,
        seen: Seen::default(),
        output,
    };
    let (mut opened, mut broken) = (0, 0);
    for (number, source) in found.sources.iter().enumerate() {
        let name = source.name();
        let flaw = match source.open() {
            Ok(reader) => {
                opened += 1;
                let lines = Lines::new(reader, job.options.decode.max_bytes);
                answers.records(&name, number, lines)?
            }
            Err(error) => Some(error.to_string()),
        };
        if let Some(flaw) = flaw {
            broken += 1;
            let failure = Failure { code: "read", stage: "read", message: format!("cannot be read: {flaw}") };
            answers.failures.note(&name, named_as_json(&name).as_deref(), 0, &failure)?;
        }
    }
    let Answers { output, tally, .. } = answers;
    output.finish(false)?;
    files::close(job, &tally, "records", &originals)?;
    Ok(match opened {
        0 => Exit::Fatal,
        _ if broken > 0 => Exit::Partial,
        _ if job.fail_on != FailOn::Default && !job.fail_on.tolerates(tally.failed, tally.inputs) => Exit::Partial,
        _ => Exit::Done,
    })
}

impl Feed for Lines {
    type Piece = Line;

    fn ready(&self) -> bool {
        self.is_ready()
    }

    fn next(&mut self) -> io::Result<Option<Line>> {
        Ok(self.line())
    }

    fn weight(line: &Line) -> usize {
        line.bytes.len()
    }
}

/// Where the answers go.
struct Answers<'a> {
    job: &'a Job,
    source: String,
    number: usize,
    output: Output,
    failures: Failures,
    tally: Tally,
    taken: usize,
    /// Of `--dedup`.
    seen: Seen,
}

impl Answers<'_> {
    /// Answers all records of one source. Says what broke it off, if anything did.
    fn records(&mut self, name: &str, number: usize, mut lines: Lines) -> Result<Option<String>> {
        (self.source, self.number, self.taken) = (name.to_owned(), number, 0);
        let job = self.job;
        workers::in_order(workers::threads(job.threads), &mut lines, |line| answer(job, line), self)?;
        if lines.read != self.taken {
            bail!(
                "{name}: {} records in, {} out (a fault in zonetext itself; please report it)",
                lines.read,
                self.taken
            );
        }
        self.output.close(number)?;
        Ok(lines.flaw)
    }
}

impl Sink<Answer> for Answers<'_> {
    fn take(&mut self, mut answer: Answer) -> Result<()> {
        answer.settle(self.job, &mut self.seen, &mut self.tally);
        self.taken += 1;
        if self.taken != answer.number {
            let (source, number) = (&self.source, answer.number);
            bail!(
                "{source}: record {number} came out as number {} (a fault in zonetext itself; please report it)",
                self.taken
            );
        }
        if let Some((id, failure)) = &answer.failure {
            let place = format!("{}:record {}", self.source, answer.number);
            self.failures.note(&place, Some(id), answer.offset, failure)?;
        }
        self.output.add(self.number, &answer.text)?;
        if self.job.line_buffered {
            self.output.flush()?;
        }
        if self.job.verbose
            && let Some(word) = answer.ended.shortfall()
        {
            eprintln!("zonetext: {}:record {}: {word}", on_one_line(&self.source), answer.number);
        }
        self.tally.add(answer.ended, answer.facts);
        self.tally.bytes += answer.bytes;
        Ok(())
    }

    fn idle(&mut self) -> Result<()> {
        self.output.flush()
    }
}

/// What goes out for one line in.
struct Answer {
    number: usize,
    offset: u64,
    /// Bytes of the line.
    bytes: usize,
    text: String,
    /// A page whose output is still to be decided (`--dedup`).
    draft: Option<Box<Draft>>,
    /// The record's id and what was wrong with it.
    failure: Option<(Box<RawValue>, Failure)>,
    ended: Ended,
    facts: Option<Facts>,
}

impl Answer {
    /// Decides on a page that was waiting for it.
    fn settle(&mut self, job: &Job, seen: &mut Seen, tally: &mut Tally) {
        let Some(draft) = self.draft.take() else { return };
        let (origin, id) = (draft.origin.clone(), draft.origin.id());
        match seen.settle(job, *draft, tally) {
            Ok((text, ended, facts)) => (self.text, self.ended, self.facts) = (text, ended, Some(facts)),
            Err(failure) => {
                self.text = record::failed(&Page::default(), &origin, &job.write, failure.clone()).line();
                self.ended = Ended::Failed;
                self.failure = Some((id, failure));
            }
        }
    }
}

fn answer(job: &Job, line: Line) -> Answer {
    let (number, offset, bytes) = (line.number, line.offset, line.bytes.len());
    let mut origin = Origin { script_to: job.script_to.clone(), url: job.url.clone(), ..Origin::default() };
    let cleaned = given::read(&line, job.options.decode.max_bytes, &mut origin).and_then(|input| {
        let options = input.options(&job.options, origin.url.as_deref());
        Ok(input.told(one::clean(&input.bytes, &options, job)?))
    });
    if let (Ok(_), false) = (&cleaned, job.dedup.is_empty()) {
        let draft = cleaned.ok().map(|page| Box::new(Draft::new(job, page, origin)));
        return Answer {
            number,
            offset,
            bytes,
            text: String::new(),
            draft,
            failure: None,
            ended: Ended::Ok,
            facts: None,
        };
    }
    let written = cleaned.and_then(|page| Ok((one::caught(|| one::written(&page, &origin, job))?, page)));
    match written {
        Ok((text, page)) => {
            let (ended, facts) = (Tally::ended(&page), Some(Facts::of(&page)));
            Answer { number, offset, bytes, text, draft: None, failure: None, ended, facts }
        }
        Err(failure) => {
            let id = origin.id();
            let text = record::failed(&Page::default(), &origin, &job.write, failure.clone()).line();
            Answer {
                number,
                offset,
                bytes,
                text,
                draft: None,
                failure: Some((id, failure)),
                ended: Ended::Failed,
                facts: None,
            }
        }
    }
}
