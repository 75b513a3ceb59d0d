//! Room of decode.
