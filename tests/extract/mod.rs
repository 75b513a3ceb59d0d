//! Room of extract.

mod conservation;
mod forms;
mod html;
mod imports;
mod layout;
mod metadata;
mod parse;
mod plain;
mod text;
mod twin;
mod whole;
