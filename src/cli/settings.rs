//! Settings that need not be typed: the user's `zonetext.toml`, the one of the working directory, `ZONETEXT_*`; the flags stand above all.
//!
//! A key is a long flag's name (`to = "s"`, `ZONETEXT_TO=s`), so there is nothing to keep in step. What was set is tried out by itself
//! and then becomes a flag of the command line, unless the user gave that one. Where there is neither a file nor a variable, nothing is
//! read or parsed.

use super::{Cli, named, verbs};
use clap::error::{ContextKind, ContextValue};
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, FromArgMatches};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// The name of the files.
const NAME: &str = "zonetext.toml";
/// How the variables begin.
const PREFIX: &str = "ZONETEXT_";

/// Flags that belong to one run, so that a setting would be a trap.
const OF_ONE_RUN: &[&str] = &[
    "config",
    "dry-run",
    "errors",
    "files-from",
    "help",
    "input",
    "no-config",
    "null",
    "output",
    "resume",
    "summary",
    "url",
    "version",
];

/// Flags that each exclude the other: one on the command line silences the other's setting.
const RIVALS: [(&str, &str); 2] = [("keep", "drop"), ("drop", "keep")];

/// Flags that name a file; in a settings file it is meant from that file's folder.
const FILES: &[&str] = &["protect", "sites", "words"];

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    File(PathBuf),
    Variable(String),
}

impl fmt::Display for Origin {
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Origin::File(path) => write!(to, "{}", path.display()),
            Origin::Variable(name) => to.write_str(name),
        }
    }
}

/// A value that somebody set: `None` is a switch that is off.
#[derive(Debug, Clone)]
pub struct Setting {
    pub value: Option<String>,
    pub origin: Origin,
}

/// The settings in force, by key.
pub type Settings = BTreeMap<String, Setting>;

/// Which files are read: `--config` names the only one, `--no-config` leaves all out.
#[derive(Debug, Default)]
pub struct Which {
    pub file: Option<PathBuf>,
    pub none: bool,
}

/// Finds the settings. A message says which file or variable is wrong.
pub fn settings(which: &Which) -> Result<Settings, String> {
    let mut settings = Settings::new();
    if let Some(path) = &which.file {
        let text = read(path).map_err(|error| format!("{}: cannot be read: {error}", path.display()))?;
        settings.extend(of_file(path, &text)?);
    }
    let usual = if which.none || which.file.is_some() { Vec::new() } else { files() };
    for path in usual {
        // No file is the usual case, so nothing is asked first.
        match read(&path) {
            Ok(text) => settings.extend(of_file(&path, &text)?),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) if error.kind() == std::io::ErrorKind::NotADirectory => {}
            // A service that runs as nobody with somebody's HOME has no settings there.
            Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied && path.has_root() => {}
            Err(error) => return Err(format!("{}: cannot be read: {error}", path.display())),
        }
    }
    for (name, value) in variables() {
        if let Some(arg) = arg(&key_of(&name)) {
            let origin = Origin::Variable(name);
            settings.insert(key_of(&origin.to_string()), checked(&arg, value, origin)?);
        }
    }
    Ok(settings)
}

/// The text of a settings file; what does not end is none.
fn read(path: &Path) -> std::io::Result<String> {
    let mut text = String::new();
    std::fs::File::open(path)?.take(LARGEST + 1).read_to_string(&mut text)?;
    match text.len() as u64 > LARGEST {
        true => Err(std::io::Error::other("too long for settings")),
        false => Ok(text),
    }
}

/// Bytes of a settings file at most.
const LARGEST: u64 = 1 << 20;

/// The files that are looked for, the weaker first.
pub fn files() -> Vec<PathBuf> {
    let folder = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let user = match cfg!(windows) {
        true => folder("APPDATA"),
        false => folder("XDG_CONFIG_HOME").or_else(|| Some(folder("HOME")?.join(".config"))),
    };
    user.map(|folder| folder.join("zonetext").join(NAME)).into_iter().chain([PathBuf::from(NAME)]).collect()
}

/// Variables that look like settings and are none.
pub fn strangers() -> Vec<String> {
    variables().map(|(name, _)| name).filter(|name| arg(&key_of(name)).is_none()).collect()
}

fn variables() -> impl Iterator<Item = (String, String)> {
    let named = std::env::vars_os().filter(|(name, _)| name.as_encoded_bytes().starts_with(PREFIX.as_bytes()));
    named.filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
}

fn key_of(variable: &str) -> String {
    variable.trim_start_matches(PREFIX).to_ascii_lowercase().replace('_', "-")
}

/// The flags that may be set.
pub fn keys() -> Vec<Arg> {
    let command = verbs::command();
    let flags = command.find_subcommand("clean").into_iter().flat_map(|clean| clean.get_arguments());
    flags.filter(|arg| arg.get_long().is_some_and(|long| !OF_ONE_RUN.contains(&long))).cloned().collect()
}

fn arg(key: &str) -> Option<Arg> {
    keys().into_iter().find(|arg| arg.get_long() == Some(key))
}

fn of_file(path: &Path, text: &str) -> Result<Settings, String> {
    let table: toml::Table = toml::from_str(text).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut settings = Settings::new();
    for (key, value) in table {
        let key = key.replace('_', "-");
        let Some(arg) = arg(&key) else { return Err(format!("{}: {}", path.display(), unknown(&key))) };
        let mut value = written(&value).ok_or_else(|| {
            format!("{}: {key}: neither a string, a number, true, false nor a list of them", path.display())
        })?;
        if FILES.contains(&key.as_str()) {
            value = path.parent().unwrap_or(Path::new("")).join(&value).display().to_string();
        }
        settings.insert(key, checked(&arg, value, Origin::File(path.to_path_buf()))?);
    }
    Ok(settings)
}

/// A value as it would be typed.
fn written(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Boolean(on) => Some(on.to_string()),
        toml::Value::Array(parts) => parts.iter().map(written).collect::<Option<Vec<_>>>().map(|parts| parts.join(",")),
        _ => None,
    }
}

/// What to say of a key that is none; clap knows which flag it is like.
fn unknown(key: &str) -> String {
    if OF_ONE_RUN.contains(&key) {
        return format!("{key} belongs to one run and cannot be set here (give --{key})");
    }
    let error = verbs::command().try_get_matches_from(["zonetext", "clean", &format!("--{key}")]).err();
    let near = error.and_then(|error| match error.get(ContextKind::SuggestedArg) {
        Some(ContextValue::String(near)) => Some(near.trim_start_matches('-').to_owned()),
        _ => None,
    });
    match near {
        Some(near) => format!("unknown key {key} (nearest: {near})"),
        None => format!("unknown key {key} (`zonetext config` lists them)"),
    }
}

/// Tries a value out by itself, so that the message can name its place.
fn checked(arg: &Arg, value: String, origin: Origin) -> Result<Setting, String> {
    let key = arg.get_long().unwrap_or_default();
    let wrong = |what: &str| format!("{origin}: {key}: {what}");
    let value = match is_switch(arg) {
        false => Some(value),
        true => match value.to_ascii_lowercase().as_str() {
            "1" | "true" | "yes" | "on" => Some(value),
            "" | "0" | "false" | "no" | "off" => None,
            _ => return Err(wrong("neither true nor false")),
        },
    };
    let setting = Setting { value, origin: origin.clone() };
    let Some(typed) = typed(arg, &setting) else { return Ok(setting) };
    let tried = verbs::command().try_get_matches_from(["zonetext".into(), "clean".into(), typed]);
    let tried = tried.and_then(|matches| Cli::from_arg_matches(&matches)).and_then(|cli| cli.job().map(drop));
    match tried {
        Ok(()) => Ok(setting),
        Err(error) => {
            let text = error.render().to_string();
            Err(wrong(text.lines().next().unwrap_or_default().trim_start_matches("error: ")))
        }
    }
}

/// The setting as a flag; a switch that is off is none.
fn typed(arg: &Arg, setting: &Setting) -> Option<OsString> {
    let (key, value) = (arg.get_long()?, setting.value.as_ref()?);
    Some(if is_switch(arg) { format!("--{key}") } else { format!("--{key}={value}") }.into())
}

pub fn is_switch(arg: &Arg) -> bool {
    matches!(arg.get_action(), ArgAction::SetTrue)
}

/// The command line with the settings that it does not speak against. `given` is what the user typed, parsed.
pub fn applied(settings: &Settings, typed_by_user: Vec<OsString>, given: &ArgMatches) -> Vec<OsString> {
    let Some((verb, flags)) = given.subcommand() else { return typed_by_user };
    let command = verbs::command();
    let own: Vec<&str> = command.find_subcommand(verb).into_iter().flat_map(long_names).collect();
    let known = |arg: &Arg| {
        arg.get_long().is_some_and(|long| own.contains(&long)) && verbs::honours(verb, arg.get_id().as_str())
    };
    // The name of the output says its form, and was typed.
    let output = flags.try_get_one::<PathBuf>("output").ok().flatten();
    let is_named = output.is_some_and(|path| named(path).is_some());
    let from_user =
        |arg: &Arg| known(arg) && flags.value_source(arg.get_id().as_str()) == Some(ValueSource::CommandLine);
    let all = keys();
    let silenced = |arg: &Arg| {
        if is_named && arg.get_long() == Some("format") {
            return true;
        }
        let rival = RIVALS.iter().find(|(key, _)| arg.get_long() == Some(key)).map(|(_, rival)| *rival);
        all.iter().any(|other| rival.is_some() && other.get_long() == rival && from_user(other))
    };
    let set = all.iter().filter(|arg| known(arg) && !from_user(arg) && !silenced(arg));
    let takes =
        |long: &str, setting: &Setting| setting.value.as_deref().is_none_or(|value| verbs::takes(verb, long, value));
    let set = set.filter_map(|arg| Some((arg, settings.get(arg.get_long()?)?)));
    let added = set.filter(|(arg, setting)| arg.get_long().is_some_and(|long| takes(long, setting)));
    let added = added.filter_map(|(arg, setting)| typed(arg, setting));
    let mut line = typed_by_user;
    // Behind the verb's name, before which global flags may stand.
    let names: Vec<&str> =
        command.find_subcommand(verb).into_iter().flat_map(|verb| verb.get_name_and_visible_aliases()).collect();
    let named = |argument: &OsString| argument.to_str().is_some_and(|argument| names.contains(&argument));
    let at = line.iter().position(named).map_or(line.len(), |at| at + 1);
    line.splice(at..at, added);
    line
}

/// The long flags of a verb. Some verbs have none that can be set (`config`, `man`).
fn long_names(verb: &clap::Command) -> impl Iterator<Item = &str> {
    verb.get_arguments().filter_map(Arg::get_long)
}

/// The values in force and where each comes from, as TOML.
pub fn listed(settings: &Settings) -> String {
    let mut text = String::new();
    let mut line = |value: String, from: &str| text.push_str(&format!("{value:<32}# {from}\n"));
    for arg in keys() {
        let key = arg.get_long().unwrap_or_default();
        let defaults: Vec<_> = arg.get_default_values().iter().map(|v| v.to_string_lossy()).collect();
        match settings.get(key) {
            Some(Setting { value: Some(value), origin }) if !is_switch(&arg) => {
                line(format!("{key} = {value:?}"), &origin.to_string());
            }
            Some(Setting { value, origin }) => line(format!("{key} = {}", value.is_some()), &origin.to_string()),
            None if is_switch(&arg) => line(format!("{key} = false"), "default"),
            None if defaults.is_empty() => line(format!("# {key} ="), "not set"),
            None => line(format!("{key} = {:?}", defaults.join(",")), "default"),
        }
    }
    for path in files() {
        let state = if path.exists() { "read" } else { "not there" };
        text.push_str(&format!("# {}: {state}\n", path.display()));
    }
    for name in strangers() {
        text.push_str(&format!("# {name} in the environment: {}\n", unknown(&key_of(&name))));
    }
    text
}
