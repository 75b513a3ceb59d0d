//! The flags as clap derives them: what the help page shows. What they mean is in `job`.

use super::job::FailOn;
use clap::{Args, ValueEnum, ValueHint};
use globset::{Glob, GlobBuilder};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(super) struct Flags {
    /// Files and directories; `-` or nothing is standard input
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) input: InputFlags,
    #[command(flatten)]
    pub(super) choice: ChoiceFlags,
    #[command(flatten)]
    pub(super) output: OutputFlags,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Input")]
pub(super) struct InputFlags {
    /// What the input is: `auto` looks at the bytes
    #[arg(long, value_name = "KIND", default_value = "auto")]
    pub(super) input: InputKind,
    /// Read the paths from this file, one a line (`-` is standard input)
    #[arg(long, value_name = "LIST")]
    pub(super) files_from: Option<PathBuf>,
    /// The names in --files-from end with NUL, as `find -print0` writes them
    #[arg(short = '0', long, requires = "files_from", hide_short_help = true)]
    pub(super) null: bool,
    /// Charset that the server's header named; used where the bytes allow it
    #[arg(long, value_name = "LABEL")]
    pub(super) charset: Option<String>,
    /// Address of the page, from which relative links start
    #[arg(long)]
    pub(super) url: Option<String>,
    /// Read at most this many bytes of a page (suffixes K, M, G)
    #[arg(long, value_name = "BYTES", default_value = "256M", value_parser = bytes)]
    pub(super) max_bytes: usize,
    /// Give up a page that takes longer than this many seconds; it then fails, and the run goes on
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..), hide_short_help = true)]
    pub(super) max_seconds: Option<u64>,
    /// Of a directory, take only files whose name (or path, where the pattern has a `/`) matches
    #[arg(long, value_name = "GLOB", value_parser = glob)]
    pub(super) include: Vec<Glob>,
    /// Of a directory, leave out files and folders whose name or path matches
    #[arg(long, value_name = "GLOB", value_parser = glob)]
    pub(super) exclude: Vec<Glob>,
    /// Take hidden files of a directory too
    #[arg(long, hide_short_help = true)]
    pub(super) hidden: bool,
    /// List the inputs that would be read, and do nothing
    #[arg(long)]
    pub(super) dry_run: bool,
}

/// A pattern of `--include` and `--exclude`.
fn glob(pattern: &str) -> Result<Glob, String> {
    GlobBuilder::new(pattern).literal_separator(true).build().map_err(|error| error.kind().to_string())
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Choices")]
pub(super) struct ChoiceFlags {
    /// Script to convert to: keep, s, t, tw, twp, hk, hkp or an OpenCC config such as t2s
    ///
    /// A bare target looks at each sentence first; a config converts all it is given, as OpenCC does. Forms that differ:
    /// inside is 裏 for t and hk, 裡 for tw; the unit stays 里 (公里). Taiwan is 臺灣 for t and tw, 台灣 for hk; what is
    /// Traditional already keeps its 台 or 臺. The particle is 着 for s, t and hk, 著 for tw; 著名 stays. Health is 衛生 for
    /// tw, and t keeps what stands there; 衞生 for hk.
    #[arg(long, value_name = "SCRIPT", default_value = "keep")]
    pub(super) to: String,
    /// Make ASCII punctuation beside ideographs full-width
    #[arg(long, value_name = "FORM", default_value = "keep")]
    pub(super) punctuation: Punctuation,
    /// Mend Traditional pages that a bad converter made (后備, 制造; 後麵, 不斷髮展)
    #[arg(long)]
    pub(super) reconvert: bool,
    /// Your own dictionary, above all others: a word, a tab and what it becomes on each line
    #[arg(long, value_name = "FILE")]
    pub(super) words: Option<PathBuf>,
    /// Names that must not change, one a line
    #[arg(long, value_name = "FILE", hide_short_help = true)]
    pub(super) protect: Option<PathBuf>,
    /// Cut words by longest match, with its errors (被发 in 被发明); a config such as s2t always does
    #[arg(long, hide_short_help = true)]
    pub(super) no_mend_boundaries: bool,
    /// Who converts: own, or opencc where the program was built with OpenCC's library
    #[arg(long, value_name = "NAME", default_value = "own", hide_short_help = true)]
    pub(super) engine: String,
    /// Make full-width Latin letters and digits (ＡＢＣ１２３) half-width
    #[arg(long, hide_short_help = true)]
    pub(super) narrow_latin: bool,
    /// Write the usual characters for other forms of them: `cjk` for Kangxi radicals and compatibility ideographs (⼀⽇⼈)
    #[arg(long, value_name = "FORMS", hide_short_help = true)]
    pub(super) normalize: Option<Normalize>,
    /// Write the likeliest characters for lost bytes also where there is doubt
    #[arg(long, hide_short_help = true)]
    pub(super) guess_lost: bool,
    /// Characters that repair chose by likelihood: written, written and named in the record, or left as U+FFFD
    #[arg(long, value_name = "FATE", default_value = "mark")]
    pub(super) guesses: Guesses,
    /// Keep every block that a reader of the page sees, with its form, and choose nothing
    #[arg(long)]
    pub(super) whole: bool,
    /// Readers' comments under an article; a thread keeps its posts either way
    #[arg(long, value_name = "WHAT", default_value = "drop")]
    pub(super) comments: Comments,
    /// Take what this CSS selector selects for the text, whole, and nothing else; where it selects nothing, the usual choice
    ///
    /// For example: --select 'div.article > .body'. A page in which it selects nothing is told on standard error.
    #[arg(long, value_name = "CSS")]
    pub(super) select: Option<String>,
    /// Drop what this CSS selector selects, whatever else is chosen
    #[arg(long, value_name = "CSS")]
    pub(super) prune: Option<String>,
    /// Selectors by host: a TOML file with a table for each site
    ///
    /// A table is named by its host, which stands for those below it as well, and has content, drop, title, date and author, each a
    /// selector or a list of them: ["news.example.cn"] content = "div.article". The host is that of --url, of the record or of the
    /// archive, else of the page's canonical address. --select stands above content; --prune and drop both count.
    #[arg(long, value_name = "FILE", hide_short_help = true)]
    pub(super) sites: Option<PathBuf>,
    /// Beside paragraphs only these: title, captions, bylines, lists, tables, headings; in Markdown links, images
    #[arg(long, value_name = "KINDS", value_delimiter = ',', hide_possible_values = true)]
    pub(super) keep: Option<Vec<Part>>,
    /// Leave these kinds of block out (the same names)
    #[arg(long, value_name = "KINDS", value_delimiter = ',', conflicts_with = "keep", hide_possible_values = true)]
    pub(super) drop: Vec<Part>,
    /// Items of lists: with their number or a hyphen, or bare (text and records)
    #[arg(long, value_name = "FORM", default_value = "keep", hide_short_help = true)]
    pub(super) bullets: Bullets,
    /// Tables in Markdown: pipe tables, HTML tables, or HTML where cells span (`auto`)
    #[arg(long, value_name = "FORM", default_value = "auto", hide_short_help = true)]
    pub(super) tables: Tables,
    /// Begin Markdown with title, date, address, site, authors and tags as YAML
    #[arg(long)]
    pub(super) frontmatter: bool,
    /// Leave a stage out: extract, repair, script or split
    #[arg(long, value_name = "STAGE", value_delimiter = ',', hide_possible_values = true)]
    pub(super) skip: Vec<Skippable>,
    /// One sentence a line, a blank line between blocks
    #[arg(long)]
    pub(super) sentences: bool,
    /// Cut inside quotes that hold several sentences, or keep each quote whole
    #[arg(long, default_value = "split")]
    pub(super) quotes: Quotes,
    /// Cut at ； as well
    #[arg(long, hide_short_help = true)]
    pub(super) semicolons: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(super) struct OutputFlags {
    /// Form of the output [default: text; jsonl for archives and --input jsonl]
    #[arg(short, long)]
    pub(super) format: Option<Format>,
    /// Whose names the keys of a record bear (with -f json or jsonl)
    #[arg(long, value_name = "NAME", default_value = "zonetext")]
    pub(super) schema: Schema,
    /// Leave out what came before in this run: `documents` (pages, also near copies) or `lines` of earlier pages
    #[arg(long, value_name = "WHAT", value_delimiter = ',', hide_short_help = true, hide_possible_values = true)]
    pub(super) dedup: Vec<Dedup>,
    /// Write to a file (.txt .md .json .jsonl, which decides the form) or, named with a closing `/`, to a folder
    ///
    /// A folder mirrors the input tree by the inputs' paths. Many pages go to one file only as records (all.jsonl). `-` is standard
    /// output.
    #[arg(short, long, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(super) output: Option<PathBuf>,
    /// Work in this many threads; 0 is all cores. The output is the same for any number
    #[arg(short = 'j', long, visible_alias = "jobs", value_name = "N", default_value = "1")]
    #[arg(value_parser = threads, allow_negative_numbers = true)]
    pub(super) threads: usize,
    /// Go on with a killed run: leave out what the output folder's manifest names as finished
    #[arg(long)]
    pub(super) resume: bool,
    /// Counts of the run as one JSON object
    #[arg(long, value_name = "FILE", hide_short_help = true)]
    pub(super) summary: Option<PathBuf>,
    /// When failed inputs give exit status 3: at the first (`error`) or above a share (`5%`)
    #[arg(long, value_name = "error|N%", hide_short_help = true)]
    pub(super) fail_on: Option<FailOn>,
    /// One JSON line for each input that failed
    #[arg(long, value_name = "FILE")]
    pub(super) errors: Option<PathBuf>,
    /// Say nothing on standard error but errors
    #[arg(short, long)]
    pub(super) quiet: bool,
    /// Name each page that came out empty or not whole
    #[arg(short, long, conflicts_with = "quiet")]
    pub(super) verbose: bool,
    /// Say at the end how long it took, pages and MB a second, and the share of the characters that was kept
    #[arg(long)]
    pub(super) stats: bool,
    /// Colours: where a terminal can show them (`auto`), or not by that
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(super) color: Color,
    /// Show no progress bar
    #[arg(long, hide_short_help = true)]
    pub(super) no_progress: bool,
    /// Flush after each record
    #[arg(long, hide_short_help = true)]
    pub(super) line_buffered: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum InputKind {
    Auto,
    Html,
    Text,
    /// Records, one JSON object a line.
    Jsonl,
    /// WARC or WET, packed or not.
    Warc,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Text,
    Markdown,
    Json,
    Jsonl,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Dedup {
    Documents,
    Lines,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Schema {
    Zonetext,
    Datatrove,
    Dolma,
    Oscar,
    Trafilatura,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Part {
    Title,
    Captions,
    Bylines,
    Lists,
    Tables,
    Headings,
    Links,
    Images,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Normalize {
    Cjk,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Guesses {
    Keep,
    Mark,
    Drop,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Bullets {
    Keep,
    None,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Comments {
    Keep,
    Drop,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Tables {
    Auto,
    Html,
    Pipe,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Skippable {
    Extract,
    Repair,
    Script,
    Split,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Punctuation {
    Keep,
    Full,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Quotes {
    Split,
    Whole,
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

fn threads(text: &str) -> Result<usize, String> {
    text.parse().map_err(|_| "not a number of threads (try 0 for all cores, or 4)".to_owned())
}

const NOT_BYTES: &str = "not a number of bytes (try 1000000, 512K or 64M)";
