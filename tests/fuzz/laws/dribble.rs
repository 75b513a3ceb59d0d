//! A reader that gives a little at a time, as pipes do.

use std::io::{Cursor, Read, Result};

/// Bytes, at most `step` of them at a time.
pub struct Dribble {
    inner: Cursor<Vec<u8>>,
    step: usize,
}

impl Dribble {
    pub fn new(bytes: &[u8], step: usize) -> Dribble {
        Dribble { inner: Cursor::new(bytes.to_vec()), step: step.max(1) }
    }
}

impl Read for Dribble {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        let most = into.len().min(self.step);
        self.inner.read(&mut into[..most])
    }
}
