//! Room of repair.
