//! Room of the tables: each embedded table is what its committed sources and generator make.

mod decode;
pub mod opencc;
mod repair;
mod script;
