//! Room of quality.

mod extract;
pub mod pages;
pub mod score;
