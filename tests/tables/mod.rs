//! Room of the tables: each embedded table is what its committed sources and generator make.

mod decode;
mod extract;
mod labels;
pub mod opencc;
mod repair;
mod script;
mod train;
