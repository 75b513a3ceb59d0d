//! Room of tables.
