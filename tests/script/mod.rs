//! Room of script.

mod official;
mod twin;
