//! Room of split.
