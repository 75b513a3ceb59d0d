//! The flags. In: the command line. Out: a [`Job`] of plain options; nothing else knows that flags exist.

mod explain;
mod flags;
mod job;
mod settings;

pub use flags::{Dedup, InputKind};
pub use job::{Action, FailOn, Job};

use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{ArgMatches, CommandFactory, FromArgMatches, Parser, Subcommand};
use explain::{ExplainFlags, RulesFlags};
use flags::Flags;
use std::ffi::OsString;
use std::path::PathBuf;
use zonetext::write::visible::visible;

/// Turns raw Chinese web pages into clean text.
#[derive(Debug, Parser)]
#[command(name = "zonetext", version, max_term_width = 100, arg_required_else_help = true, after_help = EXAMPLES)]
pub struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

const EXAMPLES: &str = "\
Examples:
  zonetext clean page.html                       main text of a page, repaired
  zonetext clean -f jsonl --sentences pages/     a directory as JSON Lines
  zonetext clean -o out/ pages/                  a directory, mirrored file by file
  zonetext clean -j 0 crawl.warc.gz > out.jsonl  an archive, a record a page
  zonetext explain --html report.html page.html  what was done, and why
  curl -s URL | zonetext decode | zonetext repair | zonetext script --to s

Exit status: 0 all done, 1 nothing could be done, 2 wrong usage, 3 finished but some records failed.";

#[derive(Debug, Subcommand)]
enum Verb {
    /// The whole pipeline: raw pages in, clean text out
    Clean(Flags),
    /// Bytes to UTF-8 text, nothing else
    Decode(Flags),
    /// Main text of a page, without repair
    Extract(Flags),
    /// Undo mojibake, byte slips and pinyin annotation in text, line for line
    Repair(Flags),
    /// Convert between Simplified and Traditional, line for line
    #[command(visible_alias = "convert")]
    Script(Flags),
    /// Cut text into sentences, one a line
    Split(Flags),
    /// Say what is in a page and what each stage would do, changing nothing
    Inspect(Flags),
    /// Show each change and each dropped block with its rule
    Explain(ExplainFlags),
    /// Print every rule that can drop or change text, with one line each
    Rules(RulesFlags),
    /// Print the JSON Schema of a record
    Schema,
    /// Show the settings in force and where each comes from
    ///
    /// Settings are long flags without their dashes, in ./zonetext.toml (to = "s") or the user's (~/.config/zonetext/zonetext.toml), or
    /// as variables (ZONETEXT_TO=s). Flags stand above variables, these above ./zonetext.toml, and that above the user's.
    Config,
    /// Print a shell completion script
    Completions { shell: clap_complete::Shell },
    /// Write the man pages into a folder
    Man { folder: PathBuf },
}

/// What the command line asked for.
pub enum Task {
    Run(Box<Job>),
    Print(Vec<u8>),
    Man(PathBuf),
    Config,
}

/// The command line of this process, with the settings of files and variables.
pub fn task() -> Result<Task, clap::Error> {
    let typed: Vec<OsString> = std::env::args_os().collect();
    let long = typed.iter().any(|argument| argument == "--version");
    let given = match Cli::command().try_get_matches_from(&typed) {
        Err(error) if error.kind() == ErrorKind::DisplayVersion && long => {
            return Ok(Task::Print(version().into_bytes()));
        }
        given => given?,
    };
    fits(&given)?;
    let settings = settings::settings().map_err(|message| Cli::command().error(ErrorKind::InvalidValue, message))?;
    let cli = if settings.is_empty() {
        Cli::from_arg_matches(&given)?
    } else {
        Cli::try_parse_from(settings::applied(&settings, typed, &given))?
    };
    match cli.job()? {
        Task::Config => Ok(Task::Print(visible(&settings::listed(&settings)).into_bytes())),
        task => Ok(task),
    }
}

/// Flags that ask for something of blocks, with the verbs that have any.
const OF_BLOCKS: [(&str, &[&str]); 7] = [
    ("comments", &["clean", "extract", "inspect", "explain"]),
    ("select", &["clean", "extract", "inspect", "explain"]),
    ("prune", &["clean", "extract", "inspect", "explain"]),
    ("sites", &["clean", "extract", "inspect", "explain"]),
    ("whole", &["clean", "extract", "inspect", "explain"]),
    ("bullets", &["clean", "extract"]),
    ("tables", &["clean", "extract"]),
];

/// Refuses what the user typed for a verb that cannot do it. Settings are for all verbs, and those that cannot leave them alone.
fn fits(given: &ArgMatches) -> Result<(), clap::Error> {
    let Some((verb, flags)) = given.subcommand() else { return Ok(()) };
    let typed =
        |flag: &str| flags.try_contains_id(flag).is_ok() && flags.value_source(flag) == Some(ValueSource::CommandLine);
    match OF_BLOCKS.iter().find(|(flag, verbs)| !verbs.contains(&verb) && typed(flag)) {
        None => Ok(()),
        Some((flag, _)) => {
            let message = format!(
                "--{flag} is for the blocks of a page, and `zonetext {verb}` has none to write; use `zonetext extract` or `zonetext clean`"
            );
            Err(Cli::command().error(ErrorKind::ArgumentConflict, message))
        }
    }
}

/// The version with that of all data which decide what comes out.
fn version() -> String {
    let mut text = format!("zonetext {}\nrecord zonetext/1\n", env!("CARGO_PKG_VERSION"));
    for table in zonetext::tables::tables() {
        text.push_str(&format!("{} {} ({})\n", table.name, table.digest(), table.source));
    }
    text
}

impl Cli {
    /// The command line as a task; wrong names and combinations become usage errors (exit 2).
    pub fn job(self) -> Result<Task, clap::Error> {
        let (verb, flags) = match self.verb {
            Verb::Completions { shell } => {
                let mut script = Vec::new();
                clap_complete::generate(shell, &mut Cli::command(), "zonetext", &mut script);
                return Ok(Task::Print(script));
            }
            Verb::Schema => return Ok(Task::Print(zonetext::write::schema::ZONETEXT_1.into())),
            Verb::Config => return Ok(Task::Config),
            Verb::Man { folder } => return Ok(Task::Man(folder)),
            Verb::Clean(flags) => ("clean", flags),
            Verb::Decode(flags) => ("decode", flags),
            Verb::Extract(flags) => ("extract", flags),
            Verb::Repair(flags) => ("repair", flags),
            Verb::Script(flags) => ("script", flags),
            Verb::Split(flags) => ("split", flags),
            Verb::Inspect(flags) => ("inspect", flags),
            Verb::Explain(flags) => return flags.job().map(|job| Task::Run(Box::new(job))),
            Verb::Rules(flags) => return Ok(Task::Print(flags.list())),
        };
        flags.job(verb).map(|job| Task::Run(Box::new(job)))
    }
}

/// The short help of a sub-command.
pub fn help(verb: &str) -> String {
    let mut command = Cli::command();
    command.build();
    command.find_subcommand_mut(verb).map(|verb| verb.render_help().to_string()).unwrap_or_default()
}

/// The man pages as (file name, roff).
pub fn man_pages() -> std::io::Result<Vec<(String, Vec<u8>)>> {
    let mut command = Cli::command();
    command.build();
    let mut pages = Vec::new();
    for (name, page) in std::iter::once(("zonetext".to_owned(), command.clone()))
        .chain(command.get_subcommands().map(|c| (format!("zonetext-{}", c.get_name()), c.clone())))
    {
        let mut roff = Vec::new();
        clap_mangen::Man::new(page).render(&mut roff)?;
        pages.push((format!("{name}.1"), roff));
    }
    Ok(pages)
}
