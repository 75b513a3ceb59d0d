//! Room of the tables: each embedded table is what its committed sources and generator make.

mod decode;
mod extract;
mod folds;
mod labels;
mod lesson;
mod lexicon;
pub mod opencc;
mod plain;
pub mod repair;
mod script;
mod thin;
mod train;
mod words;
