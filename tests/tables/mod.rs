//! Room of the tables: each embedded table is what its committed sources and generator make.

mod repair;
mod script;
