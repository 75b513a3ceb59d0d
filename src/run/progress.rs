//! A bar on standard error for people who wait: pages done, pages a second, failures. Only on a terminal, and neither with `--quiet`
//! nor where `CI` is set; a single page is over before a bar could be read.

use crate::cli::Job;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use std::fmt::Write;
use std::io::IsTerminal;

const TEMPLATE: &str = "{bar:30} {pos}/{len} pages, {rate}, {eta} left{msg}";

/// The bar, hidden where nobody would see it.
pub struct Progress(ProgressBar);

impl Progress {
    /// A bar for `pages` pages.
    pub fn new(job: &Job, pages: usize) -> Progress {
        let wanted = pages > 1 && !job.quiet && std::io::stderr().is_terminal() && std::env::var_os("CI").is_none();
        if !wanted {
            return Progress(ProgressBar::hidden());
        }
        let bar = ProgressBar::with_draw_target(Some(pages as u64), ProgressDrawTarget::stderr_with_hz(8));
        if let Ok(style) = ProgressStyle::with_template(TEMPLATE) {
            let rate = |state: &ProgressState, out: &mut dyn Write| {
                write!(out, "{:.0} pages/s", state.per_sec()).unwrap_or(())
            };
            bar.set_style(style.with_key("rate", rate));
        }
        Progress(bar)
    }

    /// One page is done; `failed` have failed so far.
    pub fn step(&self, failed: usize) {
        if failed > 0 {
            self.0.set_message(format!(", {failed} failed"));
        }
        self.0.inc(1);
    }

    /// Does something that writes to standard error while the bar is out of the way.
    pub fn suspended<T>(&self, write: impl FnOnce() -> T) -> T {
        self.0.suspend(write)
    }

    /// Takes the bar away, for the closing line.
    pub fn finish(&self) {
        self.0.finish_and_clear();
    }
}
