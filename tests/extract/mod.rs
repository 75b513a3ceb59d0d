//! Room of extract.

mod html;
mod metadata;
mod parse;
mod text;
