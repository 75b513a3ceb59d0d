//! The output of an archive or a stream on its way: a file beside its place, under a name that a resumed run finds again.

use super::writer::{Begun, Place, Stays, cannot_write};
use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use sha1::{Digest, Sha1};
use std::io::{Read, Seek, SeekFrom};

pub struct Part {
    begun: Begun,
    /// What is not in the file yet.
    waiting: Vec<u8>,
    bytes: u64,
    hash: Sha1,
}

/// So many bytes, and their hash.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Written {
    pub bytes: u64,
    pub sha1: String,
}

impl Written {
    pub fn of(bytes: &[u8]) -> Written {
        Written { bytes: bytes.len() as u64, sha1: hexadecimal(Sha1::new_with_prefix(bytes)) }
    }

    /// What a file holds at its beginning, as far as so many bytes, and the state of their hash.
    fn read(file: &mut impl Read, bytes: u64) -> std::io::Result<(Written, Sha1)> {
        let (mut hash, mut chunk, mut left) = (Sha1::new(), vec![0; CHUNK], bytes);
        while left > 0 {
            let room = chunk.len().min(usize::try_from(left).unwrap_or(usize::MAX));
            match file.read(&mut chunk[..room])? {
                0 => break,
                read => {
                    hash.update(&chunk[..read]);
                    left -= read as u64;
                }
            }
        }
        Ok((Written { bytes: bytes - left, sha1: hexadecimal(hash.clone()) }, hash))
    }

    /// A file holds this and nothing else.
    pub fn is_all_of(&self, mut file: std::fs::File) -> bool {
        file.metadata().is_ok_and(|facts| facts.len() == self.bytes)
            && Written::read(&mut file, self.bytes).is_ok_and(|(found, _)| found == *self)
    }
}

fn hexadecimal(hash: Sha1) -> String {
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Bytes that are handed to the file at a time.
const CHUNK: usize = 64 << 10;

impl Part {
    /// Begins an output anew.
    pub fn begin(place: Place) -> Result<Part> {
        Ok(Part { begun: place.begin(Stays::ForResume)?, waiting: Vec::new(), bytes: 0, hash: Sha1::new() })
    }

    /// Goes on behind what an earlier run wrote, if it is what it was; what came after is dropped.
    pub fn go_on(place: Place, before: &Written) -> Option<Part> {
        let mut begun = place.go_on().ok()?;
        let file = begun.file();
        let (found, hash) = Written::read(file, before.bytes).ok()?;
        if found != *before {
            return None;
        }
        file.set_len(before.bytes).and_then(|()| file.seek(SeekFrom::End(0))).ok()?;
        Some(Part { begun, waiting: Vec::new(), bytes: before.bytes, hash })
    }

    pub fn add(&mut self, text: &[u8]) -> Result<()> {
        self.bytes += text.len() as u64;
        self.hash.update(text);
        self.waiting.extend_from_slice(text);
        if self.waiting.len() >= CHUNK { self.hand_over() } else { Ok(()) }
    }

    fn hand_over(&mut self) -> Result<()> {
        self.begun.write_all(&self.waiting)?;
        self.waiting.clear();
        Ok(())
    }

    pub fn is_empty(&self) -> bool {
        self.bytes == 0
    }

    /// What is in the file now: all that was added.
    pub fn written(&mut self) -> Result<Written> {
        self.hand_over()?;
        Ok(Written { bytes: self.bytes, sha1: hexadecimal(self.hash.clone()) })
    }

    /// The output is whole: it gets its own name.
    pub fn finish(mut self) -> Result<Written> {
        let written = self.written()?;
        self.begun.finish()?;
        Ok(written)
    }

    /// The run ends before the output is whole; it stays for `--resume`.
    pub fn keep(mut self) -> Result<()> {
        let path = cannot_write(self.begun.path());
        self.written().map(drop).context(path)
    }
}
