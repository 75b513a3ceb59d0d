//! What came of the pages of a run: counts for the closing line, the exit status and `--summary`.

use serde::Serialize;
use std::collections::BTreeMap;
use std::time::Instant;
use zonetext::{Page, Status};

/// Kinds of records that are counted apart.
const KINDS: usize = 100;

/// How an input ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    Ok,
    /// No text was found; not a failure.
    Empty,
    /// Text came out, but not all of it: undecodable bytes or a budget.
    Partial,
    Failed,
    /// The same text came before, and this one was dropped (`--dedup documents`).
    Duplicate,
}

impl Ended {
    /// The word for a page that did not fail and has less text than one would think.
    pub fn shortfall(self) -> Option<&'static str> {
        match self {
            Ended::Empty => Some("empty: no text was found"),
            Ended::Partial => Some("partial: some text could not be read"),
            Ended::Ok | Ended::Failed | Ended::Duplicate => None,
        }
    }
}

/// What the summary wants to know of one page.
#[derive(Debug, Default)]
pub struct Facts {
    charset: &'static str,
    script: String,
    repairs: BTreeMap<&'static str, usize>,
    chars_in: usize,
    chars: usize,
}

impl Facts {
    /// The facts of a cleaned page.
    pub fn of(page: &Page) -> Facts {
        Facts {
            charset: page.charset.charset,
            script: serde_json::to_value(page.script)
                .ok()
                .and_then(|v| v.as_str().map(str::to_owned))
                .unwrap_or_default(),
            repairs: page.repairs.clone(),
            chars_in: page.chars_in,
            chars: page.body_blocks().iter().map(|b| b.text.chars().count()).sum(),
        }
    }
}

/// When a run began.
#[derive(Debug)]
pub struct Begun(Instant);

impl Default for Begun {
    fn default() -> Begun {
        Begun(Instant::now())
    }
}

/// The counts of a run. Serialized as `--summary`.
#[derive(Debug, Default, Serialize)]
pub struct Tally {
    pub inputs: usize,
    pub ok: usize,
    pub empty: usize,
    pub partial: usize,
    pub failed: usize,
    /// Pages dropped as copies, and lines dropped from the others (`--dedup`).
    pub duplicates: usize,
    pub repeated_lines: usize,
    /// Files in walked directories and records in archives that are no pages.
    pub passed_over: usize,
    /// Records by what they are, and files that do not look like it by their names.
    pub records_passed_over: BTreeMap<String, usize>,
    /// Inputs that an earlier run finished, and the records that it did of an archive on its way (`--resume`).
    pub resumed: usize,
    pub resumed_records: usize,
    /// Outputs that keep the whole name of their input, because two would have had one name.
    pub renamed: usize,
    pub interrupted: bool,
    /// There is a manifest.
    #[serde(skip)]
    pub can_resume: bool,
    /// Bytes of pages that were read, unpacked, and when the run began: for `--stats`, since a summary has no times.
    #[serde(skip)]
    pub bytes: usize,
    #[serde(skip)]
    pub begun: Begun,
    pub chars_in: usize,
    pub chars: usize,
    pub charsets: BTreeMap<&'static str, usize>,
    pub scripts: BTreeMap<String, usize>,
    pub repairs: BTreeMap<&'static str, usize>,
    /// Pages with each class of damage.
    pub damaged: BTreeMap<&'static str, usize>,
}

impl Tally {
    /// Counts one input.
    pub fn add(&mut self, ended: Ended, facts: Option<Facts>) {
        self.inputs += 1;
        match ended {
            Ended::Ok => self.ok += 1,
            Ended::Empty => self.empty += 1,
            Ended::Partial => self.partial += 1,
            Ended::Failed => self.failed += 1,
            Ended::Duplicate => self.duplicates += 1,
        }
        let Some(facts) = facts else { return };
        self.chars_in += facts.chars_in;
        self.chars += facts.chars;
        *self.charsets.entry(facts.charset).or_default() += 1;
        *self.scripts.entry(facts.script).or_default() += 1;
        for (class, count) in facts.repairs {
            *self.repairs.entry(class).or_default() += count;
            *self.damaged.entry(class).or_default() += 1;
        }
    }

    /// Counts a record that is no page. The words come from the archive, so there are only so many kinds of them.
    pub fn pass_over(&mut self, what: String) {
        self.passed_over += 1;
        let known = self.records_passed_over.len() < KINDS || self.records_passed_over.contains_key(&what);
        let what = if known { what } else { "other".to_owned() };
        *self.records_passed_over.entry(what).or_default() += 1;
    }

    /// How the page ended by its own status.
    pub fn ended(page: &Page) -> Ended {
        match page.status {
            _ if page.charset.binary => Ended::Failed,
            Status::Ok => Ended::Ok,
            Status::Empty => Ended::Empty,
            Status::Partial | Status::Limit => Ended::Partial,
        }
    }

    /// How fast the run was and how much of the characters it kept, for people.
    pub fn stats(&self, noun: &str) -> String {
        let seconds = self.begun.0.elapsed().as_secs_f64().max(0.001);
        let share = 100.0 * self.chars as f64 / self.chars_in.max(1) as f64;
        format!(
            "{seconds:.2} s, {:.0} {noun}/s, {:.1} MB/s, {share:.1} % of the characters kept",
            self.inputs as f64 / seconds,
            self.bytes as f64 / seconds / 1e6,
        )
    }

    /// The closing line of a run, for people. `noun` is what was counted: pages or records.
    pub fn closing(&self, noun: &str) -> String {
        let mut line = format!("{} {noun}: {} ok", self.inputs, self.ok);
        let rest = [
            (self.empty, "empty"),
            (self.partial, "partial"),
            (self.failed, "failed"),
            (self.duplicates, "duplicate"),
            (self.passed_over, "passed over"),
            (self.resumed, "resumed"),
            (self.resumed_records, "records resumed"),
            (self.renamed, "renamed (they keep their whole input name)"),
        ];
        for (number, word) in rest.into_iter().filter(|(number, _)| *number > 0) {
            line.push_str(&format!(", {number} {word}"));
        }
        if self.repeated_lines > 0 {
            line.push_str(&format!("; {} repeated lines dropped", self.repeated_lines));
        }
        if self.interrupted {
            line.push_str(", interrupted: what was finished is kept");
            line.push_str(if self.can_resume { ", and --resume goes on with it" } else { "" });
        }
        line
    }
}
