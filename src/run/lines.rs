//! The lines of a record stream.
//!
//! In: an opened input. Out: its lines in order, each kept up to the budget. What a line says is left to [`super::given`].

use super::open::Opened;
use std::io::{BufRead, Read};

/// The lines of one source.
pub struct Lines {
    reader: Opened,
    /// Bytes of a line that are kept.
    most: usize,
    pub read: usize,
    /// Bytes read so far, as they are unpacked.
    offset: u64,
    /// What broke the reading off; it is told when what was read has been answered.
    pub flaw: Option<String>,
}

/// One line, its line end left out.
pub struct Line {
    /// Counted from one.
    pub number: usize,
    /// Where it begins.
    pub offset: u64,
    pub bytes: Vec<u8>,
    /// It was longer than the budget.
    pub cut: bool,
}

impl Lines {
    /// The lines of `reader`, each kept up to `most` bytes.
    pub fn new(reader: Opened, most: usize) -> Lines {
        Lines { reader, most, read: 0, offset: 0, flaw: None }
    }

    /// A whole line can be had without waiting for anybody.
    pub fn is_ready(&self) -> bool {
        memchr::memchr(b'\n', self.reader.buffer()).is_some()
    }

    /// The next line; `None` at the end. The rest of a line over the budget is read and forgotten, so memory stays bounded.
    pub fn line(&mut self) -> Option<Line> {
        let mut bytes = Vec::new();
        let offset = self.offset;
        if let Err(error) = self.reader.by_ref().take(self.most as u64 + 1).read_until(b'\n', &mut bytes) {
            self.flaw = Some(error.to_string());
        }
        if bytes.is_empty() {
            return None;
        }
        self.offset += bytes.len() as u64;
        let ended = bytes.last() == Some(&b'\n');
        if ended {
            bytes.pop();
        }
        let cut = !ended && bytes.len() > self.most;
        if cut {
            match self.reader.skip_until(b'\n') {
                Ok(skipped) => self.offset += skipped as u64,
                Err(error) => self.flaw = Some(error.to_string()),
            }
        }
        self.read += 1;
        Some(Line { number: self.read, offset, bytes, cut })
    }
}

impl Line {
    /// The line without the mark that may begin a stream and the CR of a CR LF.
    pub fn bare(&self) -> &[u8] {
        let mark: &[u8] = if self.number == 1 { "\u{feff}".as_bytes() } else { b"" };
        let bare = self.bytes.strip_prefix(mark).unwrap_or(&self.bytes);
        bare.strip_suffix(b"\r").unwrap_or(bare)
    }
}
