//! Room of extract.

mod conservation;
mod forms;
mod html;
mod imports;
mod layout;
mod metadata;
mod parse;
mod plain;
mod posts;
mod recipe;
mod text;
mod twin;
mod units;
mod whole;
