//! Plain conversion for users of the library: the same engine and the same matches, without edits.

use super::engine::{Engine, Sink};
use super::target::{CONFIGS, unknown};
use crate::error::Error;

/// One of OpenCC's sixteen configs. Making one costs nothing: its tables are part of the program.
#[derive(Debug, Clone, Copy)]
pub struct Converter {
    engine: Engine,
}

impl Converter {
    /// The config by OpenCC's name for it: s2t, s2tw, s2twp, s2hk, s2hkp, t2s, tw2s, tw2sp, hk2s, hk2sp, t2tw, t2hk,
    /// tw2t, hk2t, t2jp, jp2t.
    pub fn new(config: &str) -> Result<Converter, Error> {
        let known = CONFIGS.iter().find(|known| **known == config);
        let engine = known.and_then(|name| Engine::named(name)).ok_or_else(|| unknown(config, &CONFIGS))?;
        Ok(Converter { engine })
    }

    /// `text` converted, byte for byte as OpenCC 1.4.2 does it. NUL, unassigned and private-use characters stay.
    pub fn convert(&self, text: &str) -> String {
        converted(&self.engine, text)
    }
}

/// `text` as `engine` converts it.
pub(super) fn converted(engine: &Engine, text: &str) -> String {
    let mut sink = Text { text, copied: 0, out: String::with_capacity(text.len() + text.len() / 16 + 16) };
    engine.run(text, &mut sink);
    sink.out.push_str(&text[sink.copied..]);
    sink.out
}

/// `text` converted by the OpenCC config of this name. See [`Converter`].
pub fn convert(text: &str, config: &str) -> Result<String, Error> {
    Converter::new(config).map(|converter| converter.convert(text))
}

/// Collects replacements as new text.
pub(super) struct Text<'a> {
    pub text: &'a str,
    /// Up to where the text is in `out`.
    pub copied: usize,
    pub out: String,
}

impl Sink for Text<'_> {
    #[inline(always)]
    fn replace(&mut self, start: usize, end: usize, new: &'static str) {
        self.replace_with(start, end, new);
    }

    #[inline(always)]
    fn replace_with(&mut self, start: usize, end: usize, new: &str) {
        self.out.push_str(&self.text[self.copied..start]);
        self.out.push_str(new);
        self.copied = end;
    }
}
