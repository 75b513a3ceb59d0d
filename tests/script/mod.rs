//! Room of script.

mod back;
mod cases;
mod laws;
mod official;
#[cfg(feature = "opencc-cpp")]
mod opencc_cpp;
pub mod twin;
