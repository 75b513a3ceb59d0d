//! Room of extract.

mod html;
mod parse;
mod text;
