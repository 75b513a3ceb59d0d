//! Which verb honours which flag, in one table; what help, completions and messages know of a verb comes from it.
//!
//! In: the command as clap derives it, where every verb has every flag. Out: the same with the flags of each verb alone shown, and a
//! message for whoever types another one. A flag without a row holds for every verb.

use super::{Cli, flags::Format};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Command, CommandFactory, ValueEnum};
use zonetext::write::rules;

/// Verbs that find the blocks of a page, and those that write them.
const PAGES: &[&str] = &["clean", "extract", "inspect", "explain"];
const BLOCKS: &[&str] = &["clean", "extract"];
/// Verbs with the repair, script and split stages, and verbs that choose stages.
const REPAIR: &[&str] = &["clean", "repair", "inspect", "explain"];
const SCRIPT: &[&str] = &["clean", "script", "inspect", "explain"];
const SPLIT: &[&str] = &["clean", "extract", "split", "inspect", "explain"];
const WHOLE_RUN: &[&str] = &["clean", "inspect", "explain"];
/// Verbs that write what a page became rather than tell of it.
const WRITE: &[&str] = &["clean", "decode", "extract", "repair", "script", "split"];

/// A flag by its name in `Flags` and the verbs that honour it.
const HONOURED: &[(&str, &[&str])] = &[
    ("url", PAGES),
    ("to", SCRIPT),
    ("punctuation", SCRIPT),
    ("reconvert", SCRIPT),
    ("words", SCRIPT),
    ("protect", SCRIPT),
    ("no_mend_boundaries", SCRIPT),
    ("engine", SCRIPT),
    ("narrow_latin", REPAIR),
    ("guess_lost", REPAIR),
    ("guesses", REPAIR),
    ("normalize", REPAIR),
    ("comments", PAGES),
    ("select", PAGES),
    ("prune", PAGES),
    ("sites", PAGES),
    ("whole", PAGES),
    ("keep", BLOCKS),
    ("drop", BLOCKS),
    ("bullets", BLOCKS),
    ("tables", BLOCKS),
    ("frontmatter", BLOCKS),
    ("skip", WHOLE_RUN),
    ("sentences", BLOCKS),
    ("quotes", SPLIT),
    ("semicolons", SPLIT),
    ("schema", WRITE),
    ("dedup", WRITE),
];

/// A flag that only some forms of the output can honour, and those forms.
const OF_FORMATS: &[(&str, &[&str])] = &[
    ("schema", &["json", "jsonl"]),
    ("tables", &["markdown"]),
    ("frontmatter", &["markdown"]),
    ("bullets", &["text", "json", "jsonl"]),
];

/// Examples below the help of a verb.
const EXAMPLES: &[(&str, &str)] = &[
    (
        "clean",
        "  zonetext clean page.html                    the main text of a page, repaired\n  \
           zonetext clean -f jsonl -o all.jsonl pages/ a directory as records\n  \
           zonetext clean -j 0 -o out/ --resume crawl/ a directory, mirrored; goes on after a kill",
    ),
    ("decode", "  curl -s URL | zonetext decode               the page in UTF-8, whatever it says of itself"),
    ("extract", "  zonetext extract -f markdown page.html      main text with headings, lists and tables"),
    ("repair", "  zonetext repair old.txt > new.txt           the same lines without mojibake"),
    ("script", "  zonetext script --to tw simplified.txt      Traditional as Taiwan writes it"),
    ("split", "  zonetext split --quotes whole text.txt      a sentence a line, quotes in one piece"),
    ("inspect", "  zonetext inspect -f json page.html          charset, script, damage, metadata as data"),
    (
        "explain",
        "  zonetext explain --stage repair page.html   each repair with its rule\n  \
           zonetext explain --html report.html page.html   one file to look at",
    ),
    ("rules", "  zonetext rules --stage repair               what each rule of repair stands for"),
    ("completions", "  zonetext completions bash > ~/.local/share/bash-completion/completions/zonetext"),
    ("man", "  zonetext man ~/.local/share/man/man1        then: man zonetext-clean"),
];

/// The command as users see it.
pub fn command() -> Command {
    let verbs: Vec<String> = Cli::command().get_subcommands().map(|verb| verb.get_name().to_owned()).collect();
    verbs.iter().fold(Cli::command(), |command, name| command.mut_subcommand(name, |verb| fitted(verb, name)))
}

fn fitted(verb: Command, name: &str) -> Command {
    let takes_pages = WRITE.contains(&name) || PAGES.contains(&name);
    let verb = verb.mut_args(|arg| match arg.get_id().as_str() {
        "format" if takes_pages && !BLOCKS.contains(&name) => arg.value_parser(without_markdown()),
        flag if !honours(name, flag) => arg.hide(true),
        _ => arg,
    });
    match EXAMPLES.iter().find(|(of, _)| *of == name) {
        Some((_, examples)) => verb.after_help(format!("Examples:\n{examples}")),
        None => verb,
    }
}

/// Lines that are written as they came have no Markdown, and a list of findings has none.
pub(super) fn without_markdown() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(["text", "json", "jsonl"])
        .map(|name| Format::from_str(&name, false).unwrap_or(Format::Text))
}

/// The verb has a use for the flag.
pub fn honours(verb: &str, flag: &str) -> bool {
    HONOURED.iter().find(|(name, _)| *name == flag).is_none_or(|(_, verbs)| verbs.contains(&verb))
}

/// The verb has a use for this value of the flag.
pub fn takes(verb: &str, flag: &str, value: &str) -> bool {
    flag != "format" || value != "markdown" || BLOCKS.contains(&verb)
}

/// Refuses what the user typed for a verb that cannot do it. Settings are for all verbs; those that cannot leave them alone.
pub fn fits(given: &ArgMatches) -> Result<(), clap::Error> {
    let Some((verb, flags)) = given.subcommand() else { return Ok(()) };
    let Some((flag, verbs)) = HONOURED.iter().find(|(flag, verbs)| !verbs.contains(&verb) && is_typed(flags, flag))
    else {
        return Ok(());
    };
    // The stage that does nothing else, if there is one: whoever types `repair --to` wants `script`.
    let stages: Vec<&str> = verbs.iter().copied().filter(|verb| !WHOLE_RUN.contains(verb)).collect();
    let better: Vec<String> = match stages.is_empty() || stages.len() > 2 {
        true => vec!["clean"],
        false => stages.into_iter().chain(["clean"]).collect(),
    }
    .into_iter()
    .map(|verb| format!("`zonetext {verb}`"))
    .collect();
    let message = format!("{verb} has no --{}; try {}", flag.replace('_', "-"), better.join(" or "));
    Err(clap::Error::raw(ErrorKind::ArgumentConflict, message))
}

/// Why a flag that was typed means nothing in this form of the output.
pub fn format_misfit(typed: &[String], format: &str) -> Option<String> {
    let (flag, formats) = OF_FORMATS
        .iter()
        .find(|(flag, formats)| typed.iter().any(|name| name == flag) && !formats.contains(&format))?;
    let forms: Vec<String> = formats.iter().map(|format| format!("-f {format}")).collect();
    Some(format!("--{} has no meaning with -f {format}; try {}", flag.replace('_', "-"), forms.join(" or ")))
}

/// The flags that stand on the command line itself.
pub fn typed(given: &ArgMatches) -> Vec<String> {
    let Some((_, flags)) = given.subcommand() else { return Vec::new() };
    flags.ids().map(|id| id.as_str().to_owned()).filter(|id| is_typed(flags, id)).collect()
}

fn is_typed(flags: &ArgMatches, flag: &str) -> bool {
    flags.try_contains_id(flag).is_ok() && flags.value_source(flag) == Some(ValueSource::CommandLine)
}

/// The error as the verb's own, with its usage line.
pub fn of_verb(error: clap::Error, verb: Option<&str>) -> clap::Error {
    let mut command = command();
    command.build();
    match verb.and_then(|verb| command.find_subcommand_mut(verb)) {
        Some(verb) => error.format(verb),
        None => error.format(&mut command),
    }
}

/// The command for completion scripts: only what each verb honours, and the values of flags that take names. It is not parsed with.
pub fn completed() -> Command {
    let full = command();
    let bare = Command::new("zonetext").version(env!("CARGO_PKG_VERSION"));
    full.get_subcommands().fold(bare, |command, verb| {
        let args = verb.get_arguments().filter(|arg| !arg.is_hide_set()).cloned().map(with_values);
        let about = verb.get_about().cloned().unwrap_or_default();
        let aliases: Vec<String> = verb.get_visible_aliases().map(str::to_owned).collect();
        command.subcommand(Command::new(verb.get_name().to_owned()).about(about).visible_aliases(aliases).args(args))
    })
}

fn with_values(arg: Arg) -> Arg {
    match arg.get_id().as_str() {
        "to" => arg.value_parser(PossibleValuesParser::new(zonetext::script::Target::names())),
        "engine" => arg.value_parser(PossibleValuesParser::new(["own", "opencc"])),
        "charset" => arg.value_parser(PossibleValuesParser::new(CHARSETS)),
        "rule" => {
            let mut names: Vec<&'static str> = rules::all().map(|rule| rule.name).collect();
            names.sort_unstable();
            names.dedup();
            arg.value_parser(PossibleValuesParser::new(names))
        }
        _ => arg,
    }
}

/// Labels that pages in Chinese bear, and the commonest of others.
const CHARSETS: [&str; 14] = [
    "utf-8",
    "gb18030",
    "gbk",
    "gb2312",
    "hz-gb-2312",
    "big5",
    "big5-hkscs",
    "euc-tw",
    "utf-16le",
    "utf-16be",
    "shift_jis",
    "euc-jp",
    "euc-kr",
    "windows-1252",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_names_a_flag_and_each_choice_has_a_row() {
        let clean = Cli::command();
        let clean = clean.find_subcommand("clean").unwrap();
        let ids: Vec<&str> = clean.get_arguments().map(|arg| arg.get_id().as_str()).collect();
        for (flag, _) in HONOURED.iter().chain(OF_FORMATS) {
            assert!(ids.contains(flag), "{flag} is no flag");
        }
        for arg in clean.get_arguments().filter(|arg| arg.get_help_heading() == Some("Choices")) {
            let id = arg.get_id().as_str();
            assert!(HONOURED.iter().any(|(flag, _)| *flag == id), "no row says which verbs honour --{id}");
        }
    }
}
