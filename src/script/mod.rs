//! Simplified ⇄ Traditional, and which of them a text is.
//!
//! In: block texts. Out: edits. OpenCC's dictionaries and exact output; region wording only when asked for.

mod chain;
mod convert;
mod detect;
mod engine;
mod tables;
mod target;

pub use convert::{Converter, convert};
pub use detect::{Evidence, detect, evidence};
pub use target::{CONFIGS, Target};

use crate::edit::Edit;
use engine::{Engine, Sink};

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
    /// The wanted script; kept as it is unless asked for.
    pub to: Target,
}

/// The edits that bring `texts`, whose script as a page is `from`, into the wanted script, a list for each text.
pub fn script(texts: &[&str], from: Script, options: &Options) -> Vec<Vec<Edit>> {
    let Some(engine) = options.to.config(from).and_then(Engine::named) else { return vec![Vec::new(); texts.len()] };
    texts.iter().map(|text| edits(&engine, text)).collect()
}

fn edits(engine: &Engine, text: &str) -> Vec<Edit> {
    let mut sink = Edits::default();
    engine.run(text, &mut sink);
    sink.0
}

#[derive(Default)]
struct Edits(Vec<Edit>);

impl Sink for Edits {
    fn replace(&mut self, start: usize, end: usize, new: &'static str) {
        self.0.push(Edit { range: start..end, new: new.into(), rule: "opencc" });
    }

    fn replace_with(&mut self, start: usize, end: usize, new: &str) {
        self.0.push(Edit { range: start..end, new: new.to_owned().into(), rule: "opencc" });
    }
}
