//! Room of laws.
