//! Room of extract.

mod parse;
mod text;
