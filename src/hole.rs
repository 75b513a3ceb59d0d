//! What is left of a character that lost bytes before `decode` saw it: found there, while the bytes are known, and filled in by `repair`.

use encoding_rs::Encoding;

/// A U+FFFD of a decoded text that stands for bytes of one character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hole {
    /// Where the U+FFFD stands, in bytes of the decoded text.
    pub at: usize,
    /// The encoding that was read there.
    pub encoding: &'static Encoding,
    bytes: [u8; 3],
    count: u8,
}

impl Hole {
    /// A hole of one to three bytes; more are cut.
    pub fn new(at: usize, bytes: &[u8], encoding: &'static Encoding) -> Hole {
        let mut left = [0; 3];
        let count = bytes.len().min(left.len());
        left[..count].copy_from_slice(&bytes[..count]);
        Hole { at, encoding, bytes: left, count: count as u8 }
    }

    /// The bytes that are left.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes[..usize::from(self.count)]
    }
}
