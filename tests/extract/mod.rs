//! Room of extract.

mod conservation;
mod html;
mod layout;
mod metadata;
mod parse;
mod plain;
mod text;
mod whole;
