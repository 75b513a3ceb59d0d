//! What the command line asked for, as plain options: nothing beyond this folder knows that flags exist.

use super::flags::{
    Bullets, ChoiceFlags, Color, Comments, Dedup, Flags, Format, Guesses, InputFlags, InputKind, OutputFlags, Part,
    Punctuation, Quotes, Schema, Skippable, Tables,
};
use super::output::{Packing, named};
use super::verbs;
use clap::{ValueEnum, error::ErrorKind};
use globset::{Glob, GlobSet, GlobSetBuilder};
use sha1::{Digest, Sha1};
use std::path::PathBuf;
use zonetext::{decode, extract, repair, script, split, write};

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
    /// Which files of directories are taken and which left out; without patterns to take, the usual ones.
    pub include: Option<GlobSet>,
    pub exclude: GlobSet,
    pub hidden: bool,
    pub dry_run: bool,
    pub url: Option<String>,
    pub options: zonetext::Options,
    /// Seconds that a page may take; what takes longer fails.
    pub max_seconds: Option<u64>,
    pub script_to: String,
    /// Files of the user's own dictionary and of names that must not change; `run` reads them into `options`.
    pub words: Option<PathBuf>,
    pub protect: Option<PathBuf>,
    /// The file of recipes by host, which `run` reads as well.
    pub sites: Option<PathBuf>,
    pub write: write::Options,
    format_given: bool,
    /// How sentences are cut in case that records come out after all.
    split_of_records: Option<split::Options>,
    /// What `explain` is to show, and where its report goes.
    pub view: write::explain::View,
    pub html: Option<PathBuf>,
    pub output: Option<PathBuf>,
    pub dedup: Vec<Dedup>,
    pub threads: usize,
    pub resume: bool,
    pub summary: Option<PathBuf>,
    pub fail_on: FailOn,
    pub errors: Option<PathBuf>,
    pub quiet: bool,
    pub verbose: bool,
    pub stats: bool,
    pub color: Color,
    pub no_progress: bool,
    pub line_buffered: bool,
    /// How the one output file is packed, by its name.
    pub packing: Option<Packing>,
    /// The flags that stand on the command line itself, for messages.
    pub typed: Vec<String>,
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
    /// Archives become JSON Lines unless another form was asked for.
    pub fn default_to_records(&mut self) {
        if !self.format_given && self.action == Action::Clean {
            self.write.format = write::Format::Jsonl;
            self.options.split = self.options.split.take().or(self.split_of_records.take());
        }
    }

    /// A flag that was typed and has no meaning in the form of the output, as a message.
    pub fn misfit(&self) -> Option<String> {
        let format = match self.write.format {
            write::Format::Text => "text",
            write::Format::Markdown => "markdown",
            write::Format::Json => "json",
            write::Format::Jsonl => "jsonl",
        };
        verbs::format_misfit(&self.typed, format)
    }

    /// The hash of the input bytes stands somewhere in the output. Text does without: hashing costs a thirtieth of the whole.
    pub fn shows_hash(&self) -> bool {
        self.action != Action::Clean || self.write.format.is_record() || !self.dedup.is_empty()
    }

    /// Version and every option that can change the output, for `--resume`.
    pub fn fingerprint(&self) -> String {
        let options = (&self.options, &self.write, &self.script_to, &self.url, self.verb, self.input);
        let options = (options, &self.dedup, &self.view, self.max_seconds);
        let hash = Sha1::digest(format!("{options:?}"));
        format!("{} {}", env!("CARGO_PKG_VERSION"), hash.iter().map(|b| format!("{b:02x}")).collect::<String>())
    }
}

impl Flags {
    pub(super) fn job(self, verb: &'static str) -> Result<Job, clap::Error> {
        let Flags { paths, input, choice, output } = self;
        output.fits(verb, input.input)?;
        let named = output.output.as_deref().and_then(named);
        let format = match (output.format, named) {
            (Some(format), _) => format.into(),
            (None, Some((format, _))) if verb_writes(verb, format) => format,
            (None, Some(_)) => return Err(clap::Error::raw(ErrorKind::ArgumentConflict, no_markdown(verb))),
            (None, None) if input.input == InputKind::Jsonl => write::Format::Jsonl,
            (None, None) => write::Format::Text,
        };
        let options = options(verb, &input, &choice, format)?;
        let as_records = self::options(verb, &input, &choice, write::Format::Jsonl)?;
        let sentences = choice.sentences || verb == "split";
        let dropped = choice.dropped();
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
            include: (!input.include.is_empty()).then(|| set(&input.include)).transpose()?,
            exclude: set(&input.exclude)?,
            hidden: input.hidden,
            dry_run: input.dry_run,
            url: input.url,
            options,
            max_seconds: input.max_seconds,
            script_to: choice.to,
            words: choice.words,
            protect: choice.protect,
            sites: choice.sites,
            write: write::Options {
                format,
                sentences,
                drop: dropped.iter().filter_map(|part| part.part()).collect(),
                drop_links: dropped.contains(&Part::Links),
                drop_images: dropped.contains(&Part::Images),
                schema: output.schema.into(),
                frontmatter: choice.frontmatter,
                bare_items: choice.bullets == Bullets::None,
                tables: match choice.tables {
                    Tables::Auto => write::Tables::Auto,
                    Tables::Html => write::Tables::Html,
                    Tables::Pipe => write::Tables::Pipe,
                },
            },
            format_given: output.format.is_some() || named.is_some(),
            split_of_records: as_records.split,
            view: write::explain::View::default(),
            html: None,
            output: output.output.filter(|path| path.as_os_str() != "-"),
            packing: named.and_then(|(_, packing)| packing),
            dedup: output.dedup,
            threads: output.threads,
            resume: output.resume,
            summary: output.summary,
            fail_on: output.fail_on.unwrap_or(FailOn::Default),
            errors: output.errors,
            quiet: output.quiet,
            verbose: output.verbose,
            stats: output.stats,
            color: output.color,
            no_progress: output.no_progress,
            line_buffered: output.line_buffered,
            typed: Vec::new(),
        })
    }
}

/// Only what finds blocks has Markdown to write.
fn verb_writes(verb: &str, format: write::Format) -> bool {
    format != write::Format::Markdown || ["clean", "extract"].contains(&verb)
}

fn no_markdown(verb: &str) -> String {
    format!(
        "{verb} writes no Markdown; try `zonetext extract` or `zonetext clean`, or a name that ends in .txt or .jsonl"
    )
}

fn set(globs: &[Glob]) -> Result<GlobSet, clap::Error> {
    let mut set = GlobSetBuilder::new();
    globs.iter().for_each(|glob| {
        set.add(glob.clone());
    });
    set.build().map_err(|error| clap::Error::raw(ErrorKind::InvalidValue, error))
}

impl OutputFlags {
    /// What does not go together, beyond what clap knows.
    fn fits(&self, verb: &str, input: InputKind) -> Result<(), clap::Error> {
        let wrong = match () {
            () if self.resume && input == InputKind::Jsonl => {
                "--resume is for directories and archives; a record stream starts again"
            }
            () if self.resume && !self.dedup.is_empty() => {
                "--dedup needs to see the whole run, and --resume leaves a part of it out"
            }
            () if !self.dedup.is_empty() && ["inspect", "explain"].contains(&verb) => {
                "--dedup changes what is written; inspect and explain show each page by itself"
            }
            () => return Ok(()),
        };
        Err(clap::Error::raw(ErrorKind::ArgumentConflict, wrong))
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
        InputKind::Auto | InputKind::Jsonl | InputKind::Warc => extract::Form::Auto,
    };
    let guesses = match choice.guesses {
        Guesses::Keep => repair::Guesses::Keep,
        Guesses::Mark => repair::Guesses::Mark,
        Guesses::Drop => repair::Guesses::Drop,
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
        extract: wanted(Skippable::Extract).then_some(extract::Options {
            form,
            links: format == write::Format::Markdown || records,
            whole: choice.whole,
            comments: choice.comments == Comments::Keep,
            recipe: recipe(choice)?,
            url: input.url.clone(),
            ..extract::Options::default()
        }),
        repair: wanted(Skippable::Repair).then_some(repair::Options {
            narrow_latin: choice.narrow_latin,
            normalize_cjk: choice.normalize.is_some(),
            guess_lost: choice.guess_lost,
            guesses,
        }),
        script: wanted(Skippable::Script).then_some(conversion),
        split: (cut && !choice.skip.contains(&Skippable::Split))
            .then_some(split::Options { quotes, semicolons: choice.semicolons }),
        explain: whole && verb != "clean",
    })
}

/// Where things stand in a page, as the user says.
fn recipe(choice: &ChoiceFlags) -> Result<extract::recipe::Recipe, clap::Error> {
    let mut recipe = extract::recipe::Recipe::default();
    let parts = [
        ("--select", extract::recipe::Field::Content, &choice.select),
        ("--prune", extract::recipe::Field::Drop, &choice.prune),
    ];
    for (flag, field, selector) in parts {
        if let Some(selector) = selector {
            let wrong = |error| verbs::command().error(ErrorKind::InvalidValue, format!("{flag}: {error}"));
            recipe.add(field, selector).map_err(wrong)?;
        }
    }
    Ok(recipe)
}

/// What the script stage is to do; the user's word files are read later.
fn conversion(choice: &ChoiceFlags) -> Result<script::Options, clap::Error> {
    Ok(script::Options {
        to: script::Target::parse(&choice.to).map_err(usage)?,
        reconvert: choice.reconvert,
        punctuation: match choice.punctuation {
            Punctuation::Keep => script::Punctuation::Keep,
            Punctuation::Full => script::Punctuation::Full,
        },
        engine: script::EngineName::parse(&choice.engine).map_err(usage)?,
        mend_boundaries: !choice.no_mend_boundaries,
        ..script::Options::default()
    })
}

fn usage(error: zonetext::Error) -> clap::Error {
    clap::Error::raw(ErrorKind::InvalidValue, error)
}

impl ChoiceFlags {
    /// What the output lacks.
    fn dropped(&self) -> Vec<Part> {
        match &self.keep {
            Some(keep) => Part::value_variants().iter().copied().filter(|part| !keep.contains(part)).collect(),
            None => self.drop.clone(),
        }
    }
}

impl Part {
    /// The part of a page; links and images are none.
    fn part(self) -> Option<write::Part> {
        match self {
            Part::Title => Some(write::Part::Title),
            Part::Captions => Some(write::Part::Captions),
            Part::Bylines => Some(write::Part::Bylines),
            Part::Lists => Some(write::Part::Lists),
            Part::Tables => Some(write::Part::Tables),
            Part::Headings => Some(write::Part::Headings),
            Part::Links | Part::Images => None,
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

impl From<Schema> for write::schema::Schema {
    fn from(schema: Schema) -> write::schema::Schema {
        match schema {
            Schema::Zonetext => write::schema::Schema::Zonetext,
            Schema::Datatrove => write::schema::Schema::Datatrove,
            Schema::Dolma => write::schema::Schema::Dolma,
            Schema::Oscar => write::schema::Schema::Oscar,
            Schema::Trafilatura => write::schema::Schema::Trafilatura,
        }
    }
}
