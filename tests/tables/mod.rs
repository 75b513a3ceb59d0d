//! Room of tables.
mod repair;
