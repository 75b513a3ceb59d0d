//! Room of quality.

pub mod score;
