//! Simplified ⇄ Traditional, and which of them a text is.
//!
//! In: block texts. Out: edits. OpenCC's dictionaries and exact output; region wording only when asked for.

use crate::edit::Edit;
use crate::error::Error;

/// The script of a page. The record's `script`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub enum Script {
    Hans,
    Hant,
    #[serde(rename = "Hant-TW")]
    HantTw,
    #[serde(rename = "Hant-HK")]
    HantHk,
    #[serde(rename = "mixed")]
    Mixed,
    Jpan,
    #[default]
    #[serde(rename = "other")]
    Other,
}

/// What to convert to.
#[derive(Debug, Clone, Default)]
pub struct Options {
    pub to: Target,
}

/// A wanted script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Target {
    #[default]
    Keep,
}

impl Target {
    /// A target by its name on the command line.
    pub fn parse(name: &str) -> Result<Target, Error> {
        match name {
            "keep" => Ok(Target::Keep),
            _ => Err(Error::Script { name: name.into(), nearest: "keep".into(), known: "keep".into() }),
        }
    }
}

/// The script of a page, from all its texts together.
pub fn detect(_texts: &[&str]) -> Script {
    Script::Other
}

/// The edits that bring `texts`, whose script as a page is `from`, into the wanted script, a list for each text.
pub fn script(texts: &[&str], _from: Script, _options: &Options) -> Vec<Vec<Edit>> {
    vec![Vec::new(); texts.len()]
}
