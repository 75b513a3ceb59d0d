//! Room of the tables: each embedded table is what its committed sources and generator make.

pub mod opencc;
mod repair;
mod script;
