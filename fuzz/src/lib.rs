//! The laws that the targets of this package look for breaches of. They live with the tests (`tests/fuzz/laws`), which replay what was found.

#[path = "../../tests/fuzz/laws/mod.rs"]
pub mod laws;
#[allow(dead_code)]
#[path = "../../tests/tables/opencc.rs"]
mod opencc;
