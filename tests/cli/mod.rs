//! Room of cli.
