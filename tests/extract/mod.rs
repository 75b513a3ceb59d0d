//! Room of extract.
