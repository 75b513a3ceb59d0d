//! The flags. In: the command line. Out: a [`Job`] of plain options; nothing else knows that flags exist.

mod explain;
mod flags;
mod job;
mod output;
mod settings;
mod verbs;

pub use flags::{Color, Dedup, InputKind};
pub use job::{Action, FailOn, Job};
pub use output::{Packing, named};

use clap::error::ErrorKind;
use clap::{ArgMatches, FromArgMatches, Parser, Subcommand, ValueHint};
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
    /// Read the settings of this file rather than of zonetext.toml
    #[arg(long, global = true, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "no_config", hide_short_help = true)]
    config: Option<PathBuf>,
    /// Read no settings file
    #[arg(long, global = true, hide_short_help = true)]
    no_config: bool,
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
    Completions {
        /// Which shell: bash, elvish, fish, powershell or zsh
        shell: clap_complete::Shell,
    },
    /// Write the man pages into a folder
    Man {
        /// The folder; it is made if need be
        #[arg(value_hint = ValueHint::DirPath)]
        folder: PathBuf,
    },
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
    let given = match verbs::command().try_get_matches_from(&typed) {
        Err(error) if error.kind() == ErrorKind::DisplayVersion && long => {
            return Ok(Task::Print(version().into_bytes()));
        }
        given => given?,
    };
    let verb = given.subcommand_name().map(str::to_owned);
    verbs::fits(&given)
        .and_then(|()| with_settings(typed, &given))
        .map_err(|error| verbs::of_verb(error, verb.as_deref()))
}

/// The task that was typed, after the settings were read that it leaves open.
fn with_settings(typed: Vec<OsString>, given: &ArgMatches) -> Result<Task, clap::Error> {
    let asked = Cli::from_arg_matches(given)?;
    let read = settings::settings(&settings::Which { file: asked.config.clone(), none: asked.no_config });
    let settings = read.map_err(|message| clap::Error::raw(ErrorKind::InvalidValue, message))?;
    let cli = match settings.is_empty() {
        true => asked,
        false => {
            Cli::from_arg_matches(&verbs::command().try_get_matches_from(settings::applied(&settings, typed, given))?)?
        }
    };
    match cli.job()? {
        Task::Config => Ok(Task::Print(visible(&settings::listed(&settings)).into_bytes())),
        Task::Run(mut job) => {
            job.typed = verbs::typed(given);
            Ok(Task::Run(job))
        }
        task => Ok(task),
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
                clap_complete::generate(shell, &mut verbs::completed(), "zonetext", &mut script);
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
    let mut command = verbs::command();
    command.build();
    command.find_subcommand_mut(verb).map(|verb| verb.render_help().to_string()).unwrap_or_default()
}

/// What is wrong with a job, as the usage error of its verb.
pub fn misuse(verb: &str, message: String) -> clap::Error {
    verbs::of_verb(clap::Error::raw(ErrorKind::ArgumentConflict, message), Some(verb))
}

/// The man pages as (file name, roff).
pub fn man_pages() -> std::io::Result<Vec<(String, Vec<u8>)>> {
    let mut command = verbs::command();
    command.build();
    let whole = command.clone();
    let verbs = command.get_subcommands().filter(|verb| verb.get_name() != "help");
    let pages = verbs.map(|verb| (format!("zonetext-{}", verb.get_name()), verb.clone()));
    std::iter::once(("zonetext".to_owned(), whole)).chain(pages).map(|(name, page)| man_page(&name, page)).collect()
}

/// A page with the sections that `man` readers look for.
fn man_page(name: &str, command: clap::Command) -> std::io::Result<(String, Vec<u8>)> {
    let mut roff = Vec::new();
    let examples = command.get_after_help().map(|help| help.to_string()).unwrap_or_default();
    let verbs = command.has_subcommands();
    let source = concat!("zonetext ", env!("CARGO_PKG_VERSION"));
    let page = clap_mangen::Man::new(command).title(name.to_uppercase()).source(source).manual("User Commands");
    page.render_title(&mut roff)?;
    page.render_name_section(&mut roff)?;
    page.render_synopsis_section(&mut roff)?;
    page.render_description_section(&mut roff)?;
    page.render_options_section(&mut roff)?;
    if verbs {
        page.render_subcommands_section(&mut roff)?;
    }
    let lines =
        examples.lines().map(str::trim).filter(|line| line.starts_with("zonetext ") || line.starts_with("curl "));
    let examples: String = lines.map(|line| format!("{}\n", line.replace('\\', "\\\\").replace('-', "\\-"))).collect();
    if !examples.is_empty() {
        roff.extend_from_slice(format!(".SH EXAMPLES\n.nf\n{examples}.fi\n").as_bytes());
    }
    roff.extend_from_slice(MAN_END.as_bytes());
    Ok((format!("{name}.1"), roff))
}

/// What all verbs share.
const MAN_END: &str = "\
.SH EXIT STATUS
.TP
0
All done; also where whoever read the output went away.
.TP
1
Nothing could be done.
.TP
2
Wrong usage; the message says what to type instead.
.TP
3
Finished, but some inputs failed.
.TP
130
Interrupted; what was finished is kept.
.SH FILES
.TP
zonetext.toml
Settings of the working directory; a key is a long flag without its dashes.
.TP
~/.config/zonetext/zonetext.toml
Settings of the user, below those.
.SH ENVIRONMENT
.TP
ZONETEXT_*
Settings, above the files and below the flags (ZONETEXT_TO=s).
.TP
NO_COLOR, CLICOLOR_FORCE, FORCE_COLOR
Whether \\-\\-color auto shows colours.
.SH SEE ALSO
zonetext(1), zonetext\\-clean(1), zonetext\\-explain(1), zonetext\\-rules(1)
";
