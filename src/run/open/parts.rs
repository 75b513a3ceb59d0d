//! An archive as parts that follow one another, each packed in its own way or not at all, with anything between them.

use super::magic::{BEGINNINGS, GZIP, VERSION_LINE, WARC, ZSTD, begins, begins_record};
use super::{Opened, Packing, gzip, packing, zstd};
use std::io::{self, BufRead};

impl Opened {
    /// Between two records of an archive: what is not packed may be followed by what is.
    pub fn next_part(&mut self) -> io::Result<()> {
        if self.is_plain()
            && let Some(packing) = packing(&mut self.raw)?
        {
            self.change(packing);
        }
        Ok(())
    }

    /// Goes on to the next place at which a record of an archive begins, packed or not; the place at hand may be one. `false` if there is
    /// none.
    pub fn seek_record(&mut self) -> io::Result<bool> {
        while !self.is_plain() {
            let bytes = match self.peek(VERSION_LINE) {
                Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                    self.forget();
                    self.raw.consume(1.min(self.raw.buffer().len()));
                    break;
                }
                other => other?,
            };
            if let Some(found) = memchr::memmem::find(bytes, WARC) {
                let begins = begins_record(&bytes[found..]);
                self.consume(found);
                if begins || self.peek(VERSION_LINE).is_ok_and(begins_record) {
                    return Ok(true);
                }
                self.consume(1);
            } else if bytes.is_empty() {
                return Ok(false);
            } else {
                let most = bytes.len();
                self.consume(if most < VERSION_LINE { most } else { most + 1 - WARC.len() });
            }
        }
        self.seek_part()
    }

    /// The same in bytes as they lie there. Magic bytes are no proof: what begins there must be a record's head.
    fn seek_part(&mut self) -> io::Result<bool> {
        loop {
            self.raw.mark();
            let Some(found) = self.raw.seek(&BEGINNINGS)? else { break };
            self.raw.mark();
            let at = self.raw.offset();
            let begins = match found {
                2 => begins_record(self.raw.peek(VERSION_LINE)?),
                0 if !gzip::has_head(&mut self.raw)? => false,
                _ => true,
            };
            if begins {
                let packing = packing(&mut self.raw)?.unwrap_or(Packing::None);
                self.change(packing);
                if found == 2 || self.is_archive() {
                    return Ok(true);
                }
                self.forget();
            }
            // Members of nothing were passed over already.
            if self.raw.offset() == at {
                self.raw.consume(1);
            }
        }
        self.change(Packing::None);
        Ok(false)
    }

    /// What follows is packed like the member before, or is the end.
    pub(super) fn continues(&mut self) -> io::Result<bool> {
        if self.raw.peek(1)?.is_empty() {
            return Ok(true);
        }
        match self.packing {
            Packing::None => Ok(true),
            Packing::Gzip(_) => begins(&mut self.raw, GZIP),
            Packing::Zstd(_) => Ok(begins(&mut self.raw, ZSTD)? || zstd::is_skippable(&mut self.raw)?),
        }
    }
}
