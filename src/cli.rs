//! The flags. In: the command line. Out: a [`Job`] of plain options; nothing else knows that flags exist.

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum, error::ErrorKind};
use sha1::{Digest, Sha1};
use std::path::PathBuf;
use zonetext::{Kind, decode, extract, repair, script, split, write};

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
    Explain(Flags),
    /// Print a shell completion script
    Completions { shell: clap_complete::Shell },
    /// Write the man pages into a folder
    Man { folder: PathBuf },
}

#[derive(Debug, Args)]
struct Flags {
    /// Files and directories; `-` or nothing is standard input
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    input: InputFlags,
    #[command(flatten)]
    choice: ChoiceFlags,
    #[command(flatten)]
    output: OutputFlags,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Input")]
struct InputFlags {
    /// What the input is: `auto` looks at the bytes
    #[arg(long, value_name = "KIND", default_value = "auto")]
    input: InputKind,
    /// Read the paths from this file, one a line (`-` is standard input)
    #[arg(long, value_name = "LIST")]
    files_from: Option<PathBuf>,
    /// The names in --files-from end with NUL, as `find -print0` writes them
    #[arg(short = '0', long, requires = "files_from")]
    null: bool,
    /// Charset that the server's header named; used where the bytes allow it
    #[arg(long, value_name = "LABEL")]
    charset: Option<String>,
    /// Address of the page
    #[arg(long)]
    url: Option<String>,
    /// Read at most this many bytes of a page (suffixes K, M, G)
    #[arg(long, value_name = "BYTES", default_value = "256M", value_parser = bytes)]
    max_bytes: usize,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Choices")]
struct ChoiceFlags {
    /// Script to convert to: keep, s, t, tw, twp, hk, hkp or an OpenCC config such as t2s
    #[arg(long, value_name = "SCRIPT", default_value = "keep")]
    to: String,
    /// Make ASCII punctuation beside ideographs full-width
    #[arg(long, value_name = "FORM", default_value = "keep")]
    punctuation: Punctuation,
    /// Mend Traditional pages that a character-by-character converter made
    #[arg(long)]
    reconvert: bool,
    /// Your own dictionary, above all others: a word, a tab and what it becomes on each line
    #[arg(long, value_name = "FILE")]
    words: Option<PathBuf>,
    /// Names that must not change, one a line
    #[arg(long, value_name = "FILE")]
    protect: Option<PathBuf>,
    /// Leave longest match its known errors (被发 in 被发明); a config such as s2t always does
    #[arg(long)]
    no_mend_boundaries: bool,
    /// Who converts: own, or opencc where the program was built with OpenCC's library
    #[arg(long, value_name = "NAME", default_value = "own")]
    engine: String,
    /// Make full-width Latin letters and digits (ＡＢＣ１２３) half-width
    #[arg(long)]
    narrow_latin: bool,
    /// Guess what single bytes that GBK text lost took with them; one line in three comes out wrong
    #[arg(long)]
    guess_lost: bool,
    /// Show only these kinds of block beside paragraphs: title, captions, bylines, lists, tables, headings
    #[arg(long, value_name = "KINDS", value_delimiter = ',')]
    keep: Option<Vec<Part>>,
    /// Leave these kinds of block out: title, captions, bylines, lists, tables, headings
    #[arg(long, value_name = "KINDS", value_delimiter = ',', conflicts_with = "keep")]
    drop: Vec<Part>,
    /// Leave a stage out: extract, repair, script or split
    #[arg(long, value_name = "STAGE", value_delimiter = ',')]
    skip: Vec<Skippable>,
    /// One sentence a line, a blank line between blocks
    #[arg(long)]
    sentences: bool,
    /// Cut inside quotes that hold several sentences, or keep each quote whole
    #[arg(long, default_value = "split")]
    quotes: Quotes,
    /// Cut at ； as well
    #[arg(long)]
    semicolons: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
struct OutputFlags {
    /// Form of the output [default: text; jsonl for --input jsonl]
    #[arg(short, long)]
    format: Option<Format>,
    /// Write to this file; with a closing `/`, or for a directory, mirror the input tree there
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
    /// Work in this many threads; 0 is all cores. The output is the same for any number
    #[arg(short = 'j', long, value_name = "N", default_value_t = 1)]
    threads: usize,
    /// Go on with a killed run: leave out what the output folder's manifest names as finished
    #[arg(long)]
    resume: bool,
    /// Counts of the run as one JSON object
    #[arg(long, value_name = "FILE")]
    summary: Option<PathBuf>,
    /// When failed inputs give exit status 3: at the first (`error`) or above a share (`5%`)
    #[arg(long, value_name = "error|N%")]
    fail_on: Option<FailOn>,
    /// One JSON line for each input that failed
    #[arg(long, value_name = "FILE")]
    errors: Option<PathBuf>,
    /// Say nothing on standard error but errors
    #[arg(short, long)]
    quiet: bool,
    /// Flush after each record
    #[arg(long)]
    line_buffered: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum InputKind {
    Auto,
    Html,
    Text,
    Jsonl,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Markdown,
    Json,
    Jsonl,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    Title,
    Captions,
    Bylines,
    Lists,
    Tables,
    Headings,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Skippable {
    Extract,
    Repair,
    Script,
    Split,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Punctuation {
    Keep,
    Full,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Quotes {
    Split,
    Whole,
}

/// What the command line asked for.
pub enum Task {
    Run(Box<Job>),
    Print(Vec<u8>),
    Man(PathBuf),
}

/// What to do with the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    Clean,
    Inspect,
    Explain,
}

/// A run over files or a stream, as plain options.
#[derive(Debug)]
pub struct Job {
    /// The sub-command, for messages.
    pub verb: &'static str,
    pub action: Action,
    pub paths: Vec<PathBuf>,
    pub files_from: Option<PathBuf>,
    pub null: bool,
    pub input: InputKind,
    pub url: Option<String>,
    pub options: zonetext::Options,
    pub script_to: String,
    pub write: write::Options,
    pub output: Option<PathBuf>,
    pub threads: usize,
    pub resume: bool,
    pub summary: Option<PathBuf>,
    pub fail_on: FailOn,
    pub errors: Option<PathBuf>,
    pub quiet: bool,
    pub line_buffered: bool,
}

/// How many failures a run may have and still end with exit status 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum FailOn {
    /// Files: any failure counts. A record stream: none does, since its records say so themselves.
    Default,
    Error,
    /// More than this share of the inputs, 0 to 1.
    Share(f64),
}

impl FailOn {
    /// `failed` of `all` inputs are within what the user allows.
    pub fn tolerates(self, failed: usize, all: usize) -> bool {
        match self {
            FailOn::Default | FailOn::Error => failed == 0,
            FailOn::Share(share) => failed as f64 <= share * all as f64,
        }
    }
}

impl std::str::FromStr for FailOn {
    type Err = String;

    fn from_str(text: &str) -> Result<FailOn, String> {
        let share = text.strip_suffix('%').and_then(|number| number.parse::<f64>().ok());
        match share {
            Some(share) if (0.0..=100.0).contains(&share) => Ok(FailOn::Share(share / 100.0)),
            None if text == "error" => Ok(FailOn::Error),
            _ => Err("neither `error` nor a share such as 5%".to_owned()),
        }
    }
}

impl Job {
    /// Version and every option that can change the output, for `--resume`.
    pub fn fingerprint(&self) -> String {
        let options = (&self.options, &self.write, &self.script_to, &self.url, self.verb, self.input);
        let hash = Sha1::digest(format!("{options:?}"));
        format!("{} {}", env!("CARGO_PKG_VERSION"), hash.iter().map(|b| format!("{b:02x}")).collect::<String>())
    }
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
            Verb::Man { folder } => return Ok(Task::Man(folder)),
            Verb::Clean(flags) => ("clean", flags),
            Verb::Decode(flags) => ("decode", flags),
            Verb::Extract(flags) => ("extract", flags),
            Verb::Repair(flags) => ("repair", flags),
            Verb::Script(flags) => ("script", flags),
            Verb::Split(flags) => ("split", flags),
            Verb::Inspect(flags) => ("inspect", flags),
            Verb::Explain(flags) => ("explain", flags),
        };
        flags.job(verb).map(|job| Task::Run(Box::new(job)))
    }
}

impl Flags {
    fn job(self, verb: &'static str) -> Result<Job, clap::Error> {
        let Flags { paths, input, choice, output } = self;
        let format = match output.format {
            Some(format) => format.into(),
            None if input.input == InputKind::Jsonl => write::Format::Jsonl,
            None => write::Format::Text,
        };
        let options = options(verb, &input, &choice, format)?;
        let sentences = choice.sentences || verb == "split";
        Ok(Job {
            verb,
            action: match verb {
                "inspect" => Action::Inspect,
                "explain" => Action::Explain,
                _ => Action::Clean,
            },
            paths,
            files_from: input.files_from,
            null: input.null,
            input: input.input,
            url: input.url,
            options,
            script_to: choice.to,
            write: write::Options { format, sentences, drop: dropped(&choice.keep, &choice.drop) },
            output: output.output,
            threads: output.threads,
            resume: output.resume,
            summary: output.summary,
            fail_on: output.fail_on.unwrap_or(FailOn::Default),
            errors: output.errors,
            quiet: output.quiet,
            line_buffered: output.line_buffered,
        })
    }
}

/// A stage verb is a preset of the same pipeline.
fn options(
    verb: &str,
    input: &InputFlags,
    choice: &ChoiceFlags,
    format: write::Format,
) -> Result<zonetext::Options, clap::Error> {
    let whole = ["clean", "inspect", "explain"].contains(&verb);
    let wanted = |stage: Skippable| {
        let name = stage.to_possible_value().map(|v| v.get_name().to_owned()).unwrap_or_default();
        (verb == name || whole) && !choice.skip.contains(&stage)
    };
    let charset = input.charset.as_deref().map(decode::label).transpose().map_err(usage)?;
    let conversion = conversion(choice)?;
    let records = matches!(format, write::Format::Json | write::Format::Jsonl);
    let sentences = choice.sentences || records || ["split", "inspect", "explain"].contains(&verb);
    let form = match input.input {
        InputKind::Html => extract::Form::Html,
        InputKind::Text => extract::Form::Text,
        InputKind::Auto | InputKind::Jsonl => extract::Form::Auto,
    };
    let quotes = match choice.quotes {
        Quotes::Split => split::Quotes::Split,
        Quotes::Whole => split::Quotes::Whole,
    };
    let cut = sentences && (wanted(Skippable::Split) || choice.sentences);
    Ok(zonetext::Options {
        decode: decode::Options {
            charset,
            text: ["repair", "script", "split"].contains(&verb),
            max_bytes: input.max_bytes,
        },
        extract: wanted(Skippable::Extract).then_some(extract::Options { form }),
        repair: wanted(Skippable::Repair)
            .then_some(repair::Options { narrow_latin: choice.narrow_latin, guess_lost: choice.guess_lost }),
        script: wanted(Skippable::Script).then_some(conversion),
        split: (cut && !choice.skip.contains(&Skippable::Split))
            .then_some(split::Options { quotes, semicolons: choice.semicolons }),
        explain: whole && verb != "clean",
    })
}

/// What the script stage is to do. Reads the user's word files, so that a bad line is wrong usage.
fn conversion(choice: &ChoiceFlags) -> Result<script::Options, clap::Error> {
    let words = |path: &Option<PathBuf>, parse: fn(&str) -> Result<script::Words, zonetext::Error>| {
        let Some(path) = path else { return Ok(script::Words::default()) };
        let bad = |e: &dyn std::fmt::Display| {
            Cli::command().error(ErrorKind::InvalidValue, format!("{}: {e}", path.display()))
        };
        let text = std::fs::read_to_string(path).map_err(|e| bad(&e))?;
        parse(&text).map_err(|e| bad(&e))
    };
    Ok(script::Options {
        to: script::Target::parse(&choice.to).map_err(usage)?,
        reconvert: choice.reconvert,
        words: words(&choice.words, script::Words::parse)?,
        protect: words(&choice.protect, script::Words::names)?,
        punctuation: match choice.punctuation {
            Punctuation::Keep => script::Punctuation::Keep,
            Punctuation::Full => script::Punctuation::Full,
        },
        engine: script::EngineName::parse(&choice.engine).map_err(usage)?,
        mend_boundaries: !choice.no_mend_boundaries,
    })
}

fn usage(error: zonetext::Error) -> clap::Error {
    Cli::command().error(ErrorKind::InvalidValue, error)
}

/// The kinds of block that the output lacks.
fn dropped(keep: &Option<Vec<Part>>, drop: &[Part]) -> Vec<Kind> {
    let all = [Part::Title, Part::Captions, Part::Bylines, Part::Lists, Part::Tables, Part::Headings];
    let parts = match keep {
        Some(keep) => all.into_iter().filter(|part| !keep.contains(part)).collect(),
        None => drop.to_vec(),
    };
    parts.into_iter().map(Kind::from).collect()
}

impl From<Part> for Kind {
    fn from(part: Part) -> Kind {
        match part {
            Part::Title => Kind::Title,
            Part::Captions => Kind::Caption,
            Part::Bylines => Kind::Byline,
            Part::Lists => Kind::Item,
            Part::Tables => Kind::Row,
            Part::Headings => Kind::Heading,
        }
    }
}

impl From<Format> for write::Format {
    fn from(format: Format) -> write::Format {
        match format {
            Format::Text => write::Format::Text,
            Format::Markdown => write::Format::Markdown,
            Format::Json => write::Format::Json,
            Format::Jsonl => write::Format::Jsonl,
        }
    }
}

/// A number of bytes with an optional binary suffix: `1000000`, `512K`, `64M`, `1GiB`.
fn bytes(text: &str) -> Result<usize, String> {
    let plain = text.trim_end_matches(['b', 'B']).trim_end_matches('i');
    let digits = plain.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let shift = match &plain[digits.len()..] {
        "" => 0,
        "k" | "K" => 10,
        "m" | "M" => 20,
        "g" | "G" => 30,
        _ => return Err(NOT_BYTES.to_owned()),
    };
    let number: usize = digits.parse().map_err(|_| NOT_BYTES.to_owned())?;
    number.checked_mul(1 << shift).ok_or_else(|| "too many bytes".to_owned())
}

const NOT_BYTES: &str = "not a number of bytes (try 1000000, 512K or 64M)";

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
