//! The data that were built in and decide what comes out, so that two programs can be told apart by more than their version.

use sha1::{Digest, Sha1};

/// A built-in table or model.
pub struct Table {
    /// The stage and what the table is.
    pub name: &'static str,
    /// What it was made from.
    pub source: &'static str,
    parts: Vec<&'static [u8]>,
}

impl Table {
    /// The first twelve hexadecimal digits of its SHA-1.
    pub fn digest(&self) -> String {
        let mut hash = Sha1::new();
        self.parts.iter().for_each(|part| hash.update(part));
        hash.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect()
    }
}

/// All of them, in the order of the flow.
pub fn tables() -> Vec<Table> {
    let (languages, forest) = (crate::language::BYTES, crate::extract::html::model::FOREST);
    let (model, script) = (crate::repair::MODEL, crate::script::embedded());
    vec![
        Table {
            name: "decode  languages",
            source: "character counts; charsets as in the WHATWG Encoding Standard",
            parts: vec![languages],
        },
        Table { name: "extract forest   ", source: "trained on development pages", parts: vec![forest] },
        Table { name: "repair  model    ", source: "character model", parts: vec![model] },
        Table { name: "script  tables   ", source: "OpenCC 1.4.2, counts of words", parts: script.to_vec() },
    ]
}
