//! OpenCC's own C++ library as an engine, by the `opencc-rust` package (cargo feature `opencc-cpp`).
//!
//! In: an OpenCC config and a text. Out: edits, one for each line that changes, since OpenCC tells no more than the whole
//! output. One process-wide lock stands around every conversion, and a text with NUL is refused: such texts, and configs
//! that only the own engine has, are left to the own engine.

use crate::edit::Edit;
use crate::error::Error;
use opencc_rust::OpenCC;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

static CONVERTERS: LazyLock<Mutex<HashMap<&'static str, Arc<OpenCC>>>> = LazyLock::new(Mutex::default);

/// Whether the library finds its configs and dictionaries.
pub(super) fn check() -> Result<(), Error> {
    let problem = |e: opencc_rust::OpenCCError| Error::Engine { name: "opencc".into(), problem: e.to_string() };
    OpenCC::new("s2t.json").map(drop).map_err(problem)
}

/// `text` converted by `config`.
pub(super) fn edits(config: &'static str, text: &str, rule: &'static str) -> Option<Vec<Edit>> {
    let after = converter(config)?.convert(text).ok()?;
    if text.split('\n').count() != after.split('\n').count() {
        return None;
    }
    let mut edits = Vec::new();
    let mut start = 0;
    for (old, new) in text.split('\n').zip(after.split('\n')) {
        if old != new {
            edits.push(Edit::of(start..start + old.len(), new.to_owned(), rule));
        }
        start += old.len() + 1;
    }
    Some(edits)
}

fn converter(config: &'static str) -> Option<Arc<OpenCC>> {
    let mut known = CONVERTERS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(converter) = known.get(config) {
        return Some(converter.clone());
    }
    let converter = Arc::new(OpenCC::new(format!("{config}.json")).ok()?);
    known.insert(config, converter.clone());
    Some(converter)
}
