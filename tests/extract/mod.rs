//! Room of extract.

mod parse;
