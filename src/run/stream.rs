//! The record stream: JSON Lines in, JSON Lines out, one line for one line, in order.
//!
//! A bad line gives an error record, so that counts stay equal. Output is flushed whenever reading would block: a driver that
//! writes one line and waits gets its answer.

use super::dedup::{Draft, Seen};
use super::failures::Failures;
use super::inputs::inputs;
use super::open::Opened;
use super::outputs::Output;
use super::tally::{Ended, Facts, Tally};
use super::workers::{self, Feed, Sink};
use super::{Exit, files, one};
use crate::cli::{FailOn, Job};
use anyhow::{Result, bail};
use base64::Engine;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::io::{self, BufRead, Read};
use zonetext::extract::Form;
use zonetext::write::pairs::Pairs;
use zonetext::write::record::{self, Failure, Origin};
use zonetext::{Options, Page};

/// Runs a job over records.
pub fn run(job: &Job) -> Result<Exit> {
    let found = inputs(job)?;
    let output = Output::plan(job, &found.sources)?;
    let failures = Failures::open(job)?;
    let mut answers = Answers {
        job,
        source: String::new(),
        number: 0,
        output,
        failures,
        tally: Tally::default(),
        taken: 0,
        seen: Seen::default(),
    };
    let (mut opened, mut broken) = (0, 0);
    for (number, source) in found.sources.iter().enumerate() {
        let name = source.name();
        let flaw = match source.open() {
            Ok(reader) => {
                opened += 1;
                let lines = Lines { reader, most: job.options.decode.max_bytes, read: 0, offset: 0, flaw: None };
                answers.records(&name, number, lines)?
            }
            Err(error) => Some(error.to_string()),
        };
        if let Some(flaw) = flaw {
            broken += 1;
            let failure = Failure { code: "read", stage: "read", message: format!("cannot be read: {flaw}") };
            answers.failures.note(&name, &name.as_str().into(), 0, &failure)?;
        }
    }
    let Answers { output, tally, .. } = answers;
    output.finish()?;
    files::close(job, &tally, "records")?;
    Ok(match opened {
        0 => Exit::Fatal,
        _ if broken > 0 => Exit::Partial,
        _ if job.fail_on != FailOn::Default && !job.fail_on.tolerates(tally.failed, tally.inputs) => Exit::Partial,
        _ => Exit::Done,
    })
}

/// The lines of one source.
struct Lines {
    reader: Opened,
    /// Bytes of a line that are kept.
    most: usize,
    read: usize,
    /// Bytes read so far, as they are unpacked.
    offset: u64,
    /// What broke the reading off; it is told when what was read has been answered.
    flaw: Option<String>,
}

/// One line, its line end left out.
struct Line {
    /// Counted from one.
    number: usize,
    /// Where it begins.
    offset: u64,
    bytes: Vec<u8>,
    /// It was longer than the budget.
    cut: bool,
}

impl Feed for Lines {
    type Piece = Line;

    fn ready(&self) -> bool {
        memchr::memchr(b'\n', self.reader.buffer()).is_some()
    }

    /// The rest of a line over the budget is read and forgotten, so memory stays bounded.
    fn next(&mut self) -> io::Result<Option<Line>> {
        let mut bytes = Vec::new();
        let offset = self.offset;
        if let Err(error) = self.reader.by_ref().take(self.most as u64 + 1).read_until(b'\n', &mut bytes) {
            self.flaw = Some(error.to_string());
        }
        if bytes.is_empty() {
            return Ok(None);
        }
        self.offset += bytes.len() as u64;
        let ended = bytes.last() == Some(&b'\n');
        if ended {
            bytes.pop();
        }
        let cut = !ended && bytes.len() > self.most;
        if cut {
            match self.reader.skip_until(b'\n') {
                Ok(skipped) => self.offset += skipped as u64,
                Err(error) => self.flaw = Some(error.to_string()),
            }
        }
        self.read += 1;
        Ok(Some(Line { number: self.read, offset, bytes, cut }))
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
            self.failures.note(&place, id, answer.offset, failure)?;
        }
        self.output.add(self.number, &answer.text)?;
        if self.job.line_buffered {
            self.output.flush()?;
        }
        self.tally.add(answer.ended, answer.facts);
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
    text: String,
    /// A page whose output is still to be decided (`--dedup`).
    draft: Option<Box<Draft>>,
    /// The record's id and what was wrong with it.
    failure: Option<(serde_json::Value, Failure)>,
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
                self.failure = Some((serde_json::from_str(id.get()).unwrap_or_default(), failure));
            }
        }
    }
}

fn answer(job: &Job, line: Line) -> Answer {
    let Line { number, offset, bytes, cut } = line;
    let bare = if number == 1 { bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes) } else { &bytes };
    let bare = bare.strip_suffix(b"\r").unwrap_or(bare);
    let mut origin = Origin { script_to: job.script_to.clone(), url: job.url.clone(), ..Origin::default() };
    let cleaned = if cut {
        let most = job.options.decode.max_bytes;
        Err(bad("limit", format!("a line of more than {most} bytes (raise --max-bytes)")))
    } else {
        record_of(bare, &mut origin).and_then(|input| {
            origin.sha1 = record::sha1(&input.bytes);
            one::clean(&input.bytes, &input.options(job))
        })
    };
    if origin.sha1.is_empty() {
        origin.sha1 = record::sha1(bare);
    }
    if let (Ok(_), false) = (&cleaned, job.dedup.is_empty()) {
        let draft = cleaned.ok().map(|page| Box::new(Draft::new(job, page, origin)));
        return Answer { number, offset, text: String::new(), draft, failure: None, ended: Ended::Ok, facts: None };
    }
    let written = cleaned.and_then(|page| Ok((one::caught(|| one::written(&page, &origin, job))?, page)));
    match written {
        Ok((text, page)) => {
            let (ended, facts) = (Tally::ended(&page), Some(Facts::of(&page)));
            Answer { number, offset, text, draft: None, failure: None, ended, facts }
        }
        Err(failure) => {
            let id = origin.id.as_ref().and_then(|id| serde_json::from_str(id.get()).ok());
            let id = id.unwrap_or_else(|| format!("sha1:{}", origin.sha1).into());
            let text = record::failed(&Page::default(), &origin, &job.write, failure.clone()).line();
            Answer {
                number,
                offset,
                text,
                draft: None,
                failure: Some((id, failure)),
                ended: Ended::Failed,
                facts: None,
            }
        }
    }
}

/// A page as a record brought it.
struct Input {
    bytes: Vec<u8>,
    charset: Option<&'static encoding_rs::Encoding>,
    /// A JSON string, decoded by whoever wrote the record.
    text: bool,
    form: Form,
}

impl Input {
    fn options(&self, job: &Job) -> Options {
        let mut options = job.options.clone();
        options.decode.charset = self.charset.or(options.decode.charset);
        options.decode.text = self.text;
        if let Some(extract) = options.extract.as_mut().filter(|extract| extract.form == Form::Auto) {
            extract.form = self.form;
        }
        options
    }
}

/// Reads a record's page; everything else in it goes to `origin`.
fn record_of(line: &[u8], origin: &mut Origin) -> Result<Input, Failure> {
    if line.trim_ascii().is_empty() {
        return Err(bad("json", "an empty line (a record is a JSON object)".to_owned()));
    }
    let (line, surrogates) = surrogates_mended(String::from_utf8_lossy(line));
    origin.surrogates = surrogates;
    let pairs: Pairs = serde_json::from_str(&line).map_err(|e| bad("json", format!("not a JSON object: {e}")))?;
    // A record that is bad in one key still gives back its id and the keys that are not ours.
    let [mut html_b64, mut html, mut text, mut charset, mut url] = [const { None }; 5];
    for (key, value) in pairs.0 {
        match key.as_str() {
            "html_b64" => html_b64 = Some(value),
            "html" => html = Some(value),
            "text" => text = Some(value),
            "charset" => charset = Some(value),
            "url" => url = Some(value),
            "id" if value.get() != "null" => origin.id = Some(value),
            "id" => {}
            _ => origin.metadata.push((key, value)),
        }
    }
    origin.url = string("url", url)?.or(origin.url.take());
    let (html_b64, html, text) = (string("html_b64", html_b64)?, string("html", html)?, string("text", text)?);
    let charset = string("charset", charset)?;
    let charset = charset.as_deref().and_then(|label| zonetext::decode::label(label).ok());
    match (html_b64, html, text) {
        (Some(coded), _, _) => {
            let decoded = base64::engine::general_purpose::STANDARD.decode(coded.trim());
            let bytes = decoded.map_err(|e| bad("base64", format!("html_b64 is not base64: {e}")))?;
            Ok(Input { bytes, charset, text: false, form: Form::Auto })
        }
        (_, Some(html), _) => Ok(Input { bytes: html.into_bytes(), charset, text: true, form: Form::Html }),
        (_, _, Some(text)) => Ok(Input { bytes: text.into_bytes(), charset, text: true, form: Form::Text }),
        _ => Err(bad("type", "no page in the record (give html_b64, html or text)".to_owned())),
    }
}

fn bad(code: &'static str, message: String) -> Failure {
    Failure { code, stage: "read", message }
}

/// A key's string; `null` counts as absent.
fn string(key: &str, value: Option<Box<RawValue>>) -> Result<Option<String>, Failure> {
    let Some(value) = value else { return Ok(None) };
    serde_json::from_str(value.get()).map_err(|_| bad("type", format!("{key} is not a string")))
}

/// JSON may hold half of a surrogate pair as an escape, which is no character: it becomes U+FFFD, and is counted.
fn surrogates_mended(line: Cow<str>) -> (Cow<str>, usize) {
    let unit = |at: usize| {
        let digits = line.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    let (mut out, mut from, mut at, mut count) = (String::new(), 0, 0, 0);
    while let Some(next) = memchr::memchr(b'\\', &line.as_bytes()[at..]) {
        at += next;
        match (unit(at), unit(at + 6)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => at += 12,
            (Some(0xD800..=0xDFFF), _) => {
                out.push_str(&line[from..at]);
                out.push_str("\\ufffd");
                at += 6;
                from = at;
                count += 1;
            }
            _ => at = (at + 2).min(line.len()),
        }
    }
    if count == 0 {
        return (line, 0);
    }
    out.push_str(&line[from..]);
    (Cow::Owned(out), count)
}
