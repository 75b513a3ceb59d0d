//! Room of quality.
