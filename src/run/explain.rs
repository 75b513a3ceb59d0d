//! How `explain` and `inspect` show what they have to say: in colour only to people.

use crate::cli::{Color, Job};
use std::io::{self, IsTerminal};
use zonetext::write::explain::View;

/// What is to be shown, with colour where somebody can see it.
pub fn view(job: &Job) -> View {
    View { color: is_colored(job), ..job.view.clone() }
}

/// What `--color` says; by itself where a terminal shows colours and nothing else is written to. `NO_COLOR`, `CLICOLOR_FORCE` and
/// `FORCE_COLOR` count where they are set and not empty (<https://no-color.org>, <https://bixense.com/clicolors>).
pub fn is_colored(job: &Job) -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let forced =
        ["CLICOLOR_FORCE", "FORCE_COLOR"].iter().any(|name| set(name) && std::env::var_os(name) != Some("0".into()));
    let dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
    match job.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if job.output.is_some() || set("NO_COLOR") => false,
        Color::Auto => forced || !dumb && io::stdout().is_terminal(),
    }
}
