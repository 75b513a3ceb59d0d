//! Room of pages.
