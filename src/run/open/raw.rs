//! The bytes of an input as they lie on the disk or come through a pipe, with a look ahead and a way back.
//!
//! A packed member that turns out to be broken may have swallowed the beginning of the next one, so the bytes since a mark are kept (up to
//! [`KEPT`]) and can be read again. Nothing is read before it is needed: a driver that writes one line and waits gets its answer.

use aho_corasick::AhoCorasick;
use std::io::{self, BufRead, Read};

/// Bytes that are read at a time.
const CHUNK: usize = 64 << 10;

/// Bytes after the mark that can be gone back over.
const KEPT: usize = 4 << 20;

pub struct Raw {
    inner: Box<dyn Read + Send>,
    /// What was read, and room behind it, which is made once and not cleared for each read: a pipe may give a byte at a time.
    buffer: Vec<u8>,
    /// Where the room begins.
    end: usize,
    /// The next byte, in `buffer`.
    at: usize,
    /// Where the way back begins, in `buffer`.
    mark: usize,
    /// Offset of the buffer's first byte in the input.
    base: u64,
    ended: bool,
}

impl Raw {
    pub fn new(inner: Box<dyn Read + Send>) -> Raw {
        Raw { inner, buffer: Vec::new(), end: 0, at: 0, mark: 0, base: 0, ended: false }
    }

    /// Offset of the next byte.
    pub fn offset(&self) -> u64 {
        self.base + self.at as u64
    }

    /// What can be had without reading.
    pub fn buffer(&self) -> &[u8] {
        &self.buffer[self.at..self.end]
    }

    /// At least `count` bytes from here, fewer only at the end. Reads no more than it must.
    pub fn peek(&mut self, count: usize) -> io::Result<&[u8]> {
        while self.end - self.at < count && self.more()? > 0 {}
        Ok(self.buffer())
    }

    /// The way back leads here from now on.
    pub fn mark(&mut self) {
        self.mark = self.at;
    }

    /// Goes back to the mark, or as far towards it as is kept.
    pub fn rewind(&mut self) {
        self.at = self.mark;
    }

    /// All that there is has been read.
    pub fn is_ended(&self) -> bool {
        self.ended
    }

    /// Puts back what was read last: these bytes come next.
    pub fn unread(&mut self, bytes: &[u8]) {
        // What was read is still there, unless it was forgotten.
        let missing = bytes.len().saturating_sub(self.at);
        if missing > 0 {
            self.buffer.splice(..0, bytes[..missing].iter().copied());
            self.base = self.base.saturating_sub(missing as u64);
            (self.at, self.end) = (self.at + missing, self.end + missing);
        }
        self.at -= bytes.len();
        self.mark = self.mark.min(self.at);
    }

    /// Goes on to the next place at which one of `beginnings` stands, the byte at hand included, and says which. `None` at the end.
    pub fn seek(&mut self, beginnings: &AhoCorasick) -> io::Result<Option<usize>> {
        loop {
            if let Some(found) = beginnings.find(self.buffer()) {
                self.at += found.start();
                return Ok(Some(found.pattern().as_usize()));
            }
            self.at = (self.end + 1).saturating_sub(beginnings.max_pattern_len()).max(self.at);
            self.mark = self.at;
            if self.more()? == 0 {
                self.at = self.end;
                return Ok(None);
            }
        }
    }

    /// Reads once more, and forgets what nobody can go back to.
    fn more(&mut self) -> io::Result<usize> {
        if self.ended {
            return Ok(0);
        }
        if self.at - self.mark > KEPT {
            self.mark = self.at;
        }
        if self.mark > self.end / 2 {
            self.base += self.mark as u64;
            self.buffer.copy_within(self.mark..self.end, 0);
            self.at -= self.mark;
            self.end -= self.mark;
            self.mark = 0;
        }
        if self.buffer.len() < self.end + CHUNK {
            self.buffer.resize(self.end + CHUNK, 0);
        }
        let read = loop {
            match self.inner.read(&mut self.buffer[self.end..self.end + CHUNK]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        self.end += *read.as_ref().unwrap_or(&0);
        self.ended = matches!(read, Ok(0));
        read
    }
}

impl BufRead for Raw {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.peek(1)
    }

    fn consume(&mut self, count: usize) {
        self.at += count;
    }
}

impl Read for Raw {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let mut bytes = self.fill_buf()?;
        let count = bytes.read(into)?;
        self.consume(count);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_is_kept_and_offsets_hold() {
        let bytes: Vec<u8> = (0..3_000_000u32).map(|n| (n % 251) as u8).collect();
        let mut raw = Raw::new(Box::new(io::Cursor::new(bytes.clone())));
        let mut read = vec![0; 1_000_000];
        raw.read_exact(&mut read).unwrap();
        raw.mark();
        raw.read_exact(&mut read).unwrap();
        assert_eq!(raw.offset(), 2_000_000);
        raw.rewind();
        assert_eq!(raw.offset(), 1_000_000);
        assert_eq!(raw.peek(4).unwrap()[..4], bytes[1_000_000..1_000_004]);
        let beginnings = AhoCorasick::new([[0u8, 1, 2], [9, 9, 9]]).unwrap();
        assert_eq!(raw.seek(&beginnings).unwrap(), Some(0));
        assert_eq!(raw.offset() % 251, 0);
        raw.consume(1);
        raw.unread(&[0]);
        assert_eq!(raw.peek(3).unwrap()[..3], [0, 1, 2]);
        assert_eq!(raw.seek(&AhoCorasick::new([[9u8, 9]]).unwrap()).unwrap(), None);
        assert_eq!(raw.offset(), 3_000_000);
        raw.unread(&bytes[1_000_000..]);
        assert!(raw.peek(3_000_000).unwrap() == &bytes[1_000_000..]);
    }
}
