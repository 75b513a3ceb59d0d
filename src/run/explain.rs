//! How `explain` and `inspect` show what they have to say: in colour only to people.

use crate::cli::Job;
use std::io::{self, IsTerminal};
use zonetext::write::explain::View;

/// What is to be shown, with colour where somebody can see it.
pub fn view(job: &Job) -> View {
    View { color: is_colored(job), ..job.view.clone() }
}

/// Standard output is a terminal that knows colours, nothing else is written to, and nobody asked for none
/// (<https://no-color.org>: set and not empty).
pub fn is_colored(job: &Job) -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
    job.output.is_none() && !set("NO_COLOR") && !dumb && io::stdout().is_terminal()
}
