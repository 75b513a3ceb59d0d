//! Keywords as options. The names and values are those of the command line's flags, with `_` for `-`.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use std::collections::BTreeMap;
use zonetext::extract::recipe::{Field, Recipe, Sites};
use zonetext::write::schema::Schema;
use zonetext::write::{Part, Tables};
use zonetext::{Error, decode, extract, repair, script, split, write};

/// What a cleaner does with each page.
pub struct Settings {
    pub options: zonetext::Options,
    pub write: write::Options,
    pub script_to: String,
    pub url: Option<String>,
    /// What `Cleaner.text` writes: text or Markdown.
    pub format: write::Format,
}

/// The keywords, each a flag of the same name; taken out one by one, so that what is left is unknown.
struct Keywords<'py>(Option<Bound<'py, PyDict>>);

const NAMES: &str = "verb, input, charset, url, max_bytes, to, punctuation, reconvert, words, protect, mend_boundaries, narrow_latin, normalize, \
                     guess_lost, guesses, whole, comments, select, prune, sites, keep, drop, bullets, tables, frontmatter, skip, quotes, semicolons, \
                     schema, format, sentences";

impl Keywords<'_> {
    /// Takes a keyword's value; `None` counts as absent.
    fn take<T: for<'a, 'py> FromPyObject<'a, 'py>>(&self, name: &str) -> PyResult<Option<T>> {
        let Some(keywords) = &self.0 else { return Ok(None) };
        let Some(value) = keywords.get_item(name)? else { return Ok(None) };
        keywords.del_item(name)?;
        if value.is_none() {
            return Ok(None);
        }
        let shown = value.repr()?.to_string();
        value.extract().map(Some).map_err(|_| PyTypeError::new_err(format!("{name}={shown} is of the wrong type")))
    }

    /// A keyword whose value is one of these words.
    fn word<T: Copy>(&self, name: &str, words: &[(&str, T)]) -> PyResult<T> {
        let Some(value) = self.take::<String>(name)? else { return Ok(words[0].1) };
        one_of(name, &value, words)
    }

    fn list<T: Copy>(&self, name: &str, words: &[(&str, T)]) -> PyResult<Option<Vec<T>>> {
        let Some(values) = self.take::<Vec<String>>(name)? else { return Ok(None) };
        values.iter().map(|value| one_of(name, value, words)).collect::<PyResult<_>>().map(Some)
    }
}

fn one_of<T: Copy>(name: &str, value: &str, words: &[(&str, T)]) -> PyResult<T> {
    words.iter().find(|(word, _)| *word == value).map(|(_, meaning)| *meaning).ok_or_else(|| {
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        PyValueError::new_err(format!("{name}={value:?} is unknown (try {})", known.join(", ")))
    })
}

/// Links and images are no kinds of block.
const KINDS: [(&str, Option<Part>); 8] = [
    ("title", Some(Part::Title)),
    ("captions", Some(Part::Captions)),
    ("bylines", Some(Part::Bylines)),
    ("lists", Some(Part::Lists)),
    ("tables", Some(Part::Tables)),
    ("headings", Some(Part::Headings)),
    ("links", None),
    ("images", None),
];

const SCHEMAS: [(&str, Schema); 5] = [
    ("zonetext", Schema::Zonetext),
    ("datatrove", Schema::Datatrove),
    ("dolma", Schema::Dolma),
    ("oscar", Schema::Oscar),
    ("trafilatura", Schema::Trafilatura),
];

const VERBS: [(&str, &str); 6] = [
    ("clean", "clean"),
    ("decode", "decode"),
    ("extract", "extract"),
    ("repair", "repair"),
    ("script", "script"),
    ("split", "split"),
];

const FORMS: [(&str, extract::Form); 3] =
    [("auto", extract::Form::Auto), ("html", extract::Form::Html), ("text", extract::Form::Text)];

const FORMATS: [(&str, write::Format); 2] = [("text", write::Format::Text), ("markdown", write::Format::Markdown)];

const STAGES: [(&str, &str); 4] =
    [("extract", "extract"), ("repair", "repair"), ("script", "script"), ("split", "split")];

/// What becomes of guesses; the first is the default.
const GUESSES: [(&str, repair::Guesses); 3] =
    [("mark", repair::Guesses::Mark), ("keep", repair::Guesses::Keep), ("drop", repair::Guesses::Drop)];

impl Settings {
    /// Reads the keywords. A name or value that is unknown is a `ValueError`, and says what would have been right.
    pub fn read(keywords: Option<Bound<'_, PyDict>>) -> PyResult<Settings> {
        let keywords = Keywords(keywords.map(|k| k.copy()).transpose()?);
        let verb = keywords.word("verb", &VERBS)?;
        let skip = keywords.list("skip", &STAGES)?.unwrap_or_default();
        let wanted = |stage: &str| (verb == "clean" || verb == stage) && !skip.contains(&stage);
        let script_to = keywords.take::<String>("to")?.unwrap_or_else(|| "keep".to_owned());
        let conversion = conversion(&keywords, &script_to)?;
        let mending = repair::Options {
            narrow_latin: keywords.take("narrow_latin")?.unwrap_or(false),
            normalize_cjk: keywords.word("normalize", &[("none", false), ("cjk", true)])?,
            guess_lost: keywords.take("guess_lost")?.unwrap_or(false),
            guesses: keywords.word("guesses", &GUESSES)?,
        };
        let quotes = keywords.word("quotes", &[("split", split::Quotes::Split), ("whole", split::Quotes::Whole)])?;
        let cutting = split::Options { quotes, semicolons: keywords.take("semicolons")?.unwrap_or(false) };
        let form = keywords.word("input", &FORMS)?;
        let format = keywords.word("format", &FORMATS)?;
        let whole = keywords.take("whole")?.unwrap_or(false);
        let comments = keywords.word("comments", &[("drop", false), ("keep", true)])?;
        let (recipe, sites) = recipes(&keywords)?;
        let url = keywords.take::<String>("url")?;
        let options = zonetext::Options {
            decode: decoding(&keywords, ["repair", "script", "split"].contains(&verb))?,
            extract: wanted("extract").then_some(extract::Options {
                form,
                links: true,
                whole,
                comments,
                recipe,
                sites,
                url: url.clone(),
            }),
            repair: wanted("repair").then_some(mending),
            script: wanted("script").then_some(conversion),
            split: wanted("split").then_some(cutting),
            explain: false,
        };
        let dropped = dropped(&keywords)?;
        let write = write::Options {
            format: write::Format::Jsonl,
            sentences: keywords.take("sentences")?.unwrap_or(false),
            drop: KINDS.iter().filter(|(name, _)| dropped.contains(name)).filter_map(|(_, kind)| *kind).collect(),
            frontmatter: keywords.take("frontmatter")?.unwrap_or(false),
            bare_items: keywords.word("bullets", &[("keep", false), ("none", true)])?,
            tables: keywords
                .word("tables", &[("auto", Tables::Auto), ("html", Tables::Html), ("pipe", Tables::Pipe)])?,
            drop_links: dropped.contains(&"links"),
            drop_images: dropped.contains(&"images"),
            schema: keywords.word("schema", &SCHEMAS)?,
        };
        let settings = Settings { options, write, script_to, url, format };
        let unknown = keywords.0.map(|left| left.keys());
        match unknown.and_then(|names| names.get_item(0).ok()) {
            Some(name) => Err(PyTypeError::new_err(format!("unknown option {name} (known: {NAMES})"))),
            None => Ok(settings),
        }
    }
}

/// A selector or a list of them.
#[derive(FromPyObject)]
enum Selectors {
    One(String),
    Many(Vec<String>),
}

impl Selectors {
    fn add(&self, field: Field, recipe: &mut Recipe) -> Result<(), Error> {
        match self {
            Selectors::One(selector) => recipe.add(field, selector),
            Selectors::Many(selectors) => selectors.iter().try_for_each(|selector| recipe.add(field, selector)),
        }
    }
}

/// Where things stand in a page: `select` and `prune`, and `sites` as a dict by host, each a dict of selectors by field.
fn recipes(keywords: &Keywords<'_>) -> PyResult<(Recipe, Sites)> {
    let mut recipe = Recipe::default();
    for (name, field) in [("select", Field::Content), ("prune", Field::Drop)] {
        if let Some(selectors) = keywords.take::<Selectors>(name)? {
            selectors.add(field, &mut recipe).map_err(value_error)?;
        }
    }
    let mut sites = Sites::default();
    let given = keywords.take::<BTreeMap<String, BTreeMap<String, Selectors>>>("sites")?.unwrap_or_default();
    for (hosts, parts) in given {
        let mut recipe = Recipe::default();
        for (name, selectors) in parts {
            let field = one_of("sites", &name, &Field::ALL.map(|field| (field.name(), field)))?;
            selectors.add(field, &mut recipe).map_err(value_error)?;
        }
        sites.add(&hosts, recipe).map_err(PyValueError::new_err)?;
    }
    Ok((recipe, sites))
}

fn decoding(keywords: &Keywords<'_>, text: bool) -> PyResult<decode::Options> {
    let charset = keywords.take::<String>("charset")?;
    let charset = charset.as_deref().map(decode::label).transpose().map_err(value_error)?;
    let most = keywords.take("max_bytes")?.unwrap_or(decode::Options::default().max_bytes);
    Ok(decode::Options { charset, text, max_bytes: most })
}

fn conversion(keywords: &Keywords<'_>, to: &str) -> PyResult<script::Options> {
    let punctuation =
        keywords.word("punctuation", &[("keep", script::Punctuation::Keep), ("full", script::Punctuation::Full)])?;
    let words = keywords.take::<BTreeMap<String, String>>("words")?.unwrap_or_default();
    let words: String = words.iter().map(|(word, becomes)| format!("{word}\t{becomes}\n")).collect();
    let protect = keywords.take::<Vec<String>>("protect")?.unwrap_or_default().join("\n");
    Ok(script::Options {
        to: script::Target::parse(to).map_err(value_error)?,
        reconvert: keywords.take("reconvert")?.unwrap_or(false),
        words: script::Words::parse(&words).map_err(value_error)?,
        protect: script::Words::names(&protect).map_err(value_error)?,
        punctuation,
        mend_boundaries: keywords.take("mend_boundaries")?.unwrap_or(true),
        ..script::Options::default()
    })
}

/// The names of what the output lacks.
fn dropped(keywords: &Keywords<'_>) -> PyResult<Vec<&'static str>> {
    let names = KINDS.map(|(name, _)| (name, name));
    let keep = keywords.list("keep", &names)?;
    let drop = keywords.list("drop", &names)?;
    match (keep, drop) {
        (Some(_), Some(_)) => Err(PyValueError::new_err("keep and drop exclude each other (give one of them)")),
        (Some(keep), None) => Ok(names.map(|(name, _)| name).into_iter().filter(|name| !keep.contains(name)).collect()),
        (None, drop) => Ok(drop.unwrap_or_default()),
    }
}

fn value_error(error: Error) -> PyErr {
    PyValueError::new_err(error.to_string())
}
