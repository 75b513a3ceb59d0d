//! A bar on standard error for people who wait: pages done, pages a second, failures. Only on a terminal, and neither with `--quiet`
//! nor where `CI` is set; a single page is over before a bar could be read.
//!
//! How many pages an archive has is not known before its end, so where there is one the bar shows bytes.

use super::inputs::Source;
use crate::cli::Job;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use std::fmt::Write;
use std::io::IsTerminal;
use std::time::Instant;

const PAGES: &str = "{bar:30} {pos}/{len} pages, {rate}, {eta} left{msg}";
const BYTES: &str = "{bar:30} {bytes}/{total_bytes}, {msg}, {eta} left";
const ENDLESS: &str = "{spinner} {bytes}, {msg}";

/// The bar, hidden where nobody would see it.
pub struct Progress {
    bar: ProgressBar,
    archives: bool,
    begun: Instant,
}

impl Progress {
    /// A bar for the sources with these numbers.
    pub fn new(job: &Job, all: &[Source], todo: &[usize]) -> Progress {
        let archives = todo.iter().any(|&n| all[n].archive);
        let wanted = (todo.len() > 1 || archives) && !job.quiet && !job.no_progress;
        if !wanted || !std::io::stderr().is_terminal() || std::env::var_os("CI").is_some() {
            return Progress { bar: ProgressBar::hidden(), archives, begun: Instant::now() };
        }
        let sizes = todo.iter().map(|&n| all[n].path.as_deref().and_then(|p| p.metadata().ok()).map(|m| m.len()));
        let (length, template) = match archives {
            false => (Some(todo.len() as u64), PAGES),
            true => match sizes.sum::<Option<u64>>() {
                Some(bytes) => (Some(bytes), BYTES),
                None => (None, ENDLESS),
            },
        };
        let bar = ProgressBar::with_draw_target(length, ProgressDrawTarget::stderr_with_hz(8));
        if let Ok(style) = ProgressStyle::with_template(template) {
            let rate = |state: &ProgressState, out: &mut dyn Write| {
                write!(out, "{:.0} pages/s", state.per_sec()).unwrap_or(())
            };
            bar.set_style(style.with_key("rate", rate));
        }
        Progress { bar, archives, begun: Instant::now() }
    }

    /// A piece is done that used up `bytes` of its archive; `pages` are done and `failed` have failed so far.
    pub fn step(&self, bytes: u64, pages: usize, failed: usize) {
        if self.bar.is_hidden() {
            return;
        }
        let failures = if failed > 0 { format!(", {failed} failed") } else { String::new() };
        if self.archives {
            let rate = pages as f64 / self.begun.elapsed().as_secs_f64().max(0.001);
            self.bar.set_message(format!("{pages} pages, {rate:.0} pages/s{failures}"));
            self.bar.inc(bytes);
        } else {
            self.bar.set_message(failures);
            self.bar.inc(1);
        }
    }

    /// Does something that writes to standard error while the bar is out of the way.
    pub fn suspended<T>(&self, write: impl FnOnce() -> T) -> T {
        self.bar.suspend(write)
    }

    /// Takes the bar away, for the closing line.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
