//! Room of tables.

pub mod opencc;
mod script;
