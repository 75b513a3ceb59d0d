//! A list that is nearly always empty, in the room of one pointer.
//!
//! A page of ten megabytes may hold a million edits and as many blocks, and few of them guess anything: a `Vec` in each would cost more
//! memory than the page.

use std::ops::{Deref, DerefMut};

/// A list in the room of a pointer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Few<T>(#[expect(clippy::box_collection, reason = "a boxed slice takes two words")] Option<Box<Vec<T>>>);

impl<T> Few<T> {
    /// The list to add to.
    pub fn list(&mut self) -> &mut Vec<T> {
        self.0.get_or_insert_default()
    }

    /// Keeps what `wanted` says.
    pub fn retain_mut(&mut self, wanted: impl FnMut(&mut T) -> bool) {
        if let Some(list) = &mut self.0 {
            list.retain_mut(wanted);
        }
    }

    /// The list as a `Vec`.
    pub fn into_vec(self) -> Vec<T> {
        self.0.map(|list| *list).unwrap_or_default()
    }
}

impl<T> Default for Few<T> {
    fn default() -> Few<T> {
        Few(None)
    }
}

impl<T> From<Vec<T>> for Few<T> {
    fn from(list: Vec<T>) -> Few<T> {
        Few((!list.is_empty()).then(|| Box::new(list)))
    }
}

impl<T> Deref for Few<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        self.0.as_deref().map_or(&[], Vec::as_slice)
    }
}

impl<T> DerefMut for Few<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        self.0.as_deref_mut().map_or(&mut [], Vec::as_mut_slice)
    }
}
