//! Room of script.
