//! An input, opened: gzip and Zstandard are undone, and one look at the first bytes tells an archive from a page.
//!
//! Members and frames follow one another, as archives have them, one for each record; in an archive, records that are not packed may follow,
//! and the other way round. A member that is broken is an error of kind `InvalidData`; [`Opened::seek_record`] goes on behind it. Memory is that
//! of one chunk, whatever a file claims to unpack to.

mod gzip;
mod magic;
mod parts;
mod raw;
mod stamp;
mod zstd;

pub use magic::{VERSION_LINE, WARC, begins_record, holds_a_member, is_packed, is_padding};
pub use stamp::Stamp;

use flate2::Decompress;
use magic::{GZIP, ZSTD, begins};
use raw::Raw;
use std::fs::File;
use std::io::{self, BufRead, Read};
use std::path::Path;

/// Bytes that are unpacked at a time.
const CHUNK: usize = 64 << 10;

/// A member is looked at as far as here to find out whether it holds an archive.
const ENOUGH: usize = WARC.len();

enum Packing {
    None,
    Gzip(Box<Decompress>),
    Zstd(Box<zstd::Frames>),
}

/// An input's bytes, unpacked.
pub struct Opened {
    raw: Raw,
    packing: Packing,
    /// A member was begun and is not over yet.
    inside: bool,
    /// Offset in the input at which the member at hand begins.
    member: u64,
    out: Vec<u8>,
    at: usize,
    /// Why the member at hand cannot be read on.
    broken: Option<String>,
    /// The input is an archive: its parts may be packed each in its own way, with anything between them.
    mixed: bool,
    /// The decoder of Zstandard frames while parts of another kind come: it may hold the archive's dictionary.
    frames: Option<Box<zstd::Frames>>,
    /// Of a file.
    stamp: Option<Stamp>,
}

impl Opened {
    /// Opens a file, or standard input. What it is packed with is found out by its first bytes.
    pub fn open(path: Option<&Path>) -> io::Result<Opened> {
        match path {
            None => Opened::new(Box::new(io::stdin())),
            Some(path) => {
                let file = File::open(path)?;
                let stamp = Stamp::of(&file.metadata()?);
                Ok(Opened { stamp, ..Opened::new(Box::new(file))? })
            }
        }
    }

    /// Unpacks any reader.
    pub fn new(inner: Box<dyn Read + Send>) -> io::Result<Opened> {
        let mut raw = Raw::new(inner);
        let packing = packing(&mut raw)?.unwrap_or(Packing::None);
        Ok(Opened {
            raw,
            packing,
            inside: false,
            member: 0,
            out: Vec::new(),
            at: 0,
            broken: None,
            mixed: false,
            frames: None,
            stamp: None,
        })
    }

    /// The input is read as an archive from now on.
    pub fn into_archive(mut self) -> Opened {
        self.mixed = true;
        self
    }

    /// What the file was when it was opened.
    pub fn stamp(&self) -> Option<Stamp> {
        self.stamp
    }

    /// Reads over what fills up blocks.
    pub fn skip_padding(&mut self) -> io::Result<()> {
        loop {
            let bytes = self.fill_buf()?;
            match bytes.iter().take_while(|byte| is_padding(**byte)).count() {
                0 => return Ok(()),
                count => self.consume(count),
            }
        }
    }

    /// Why the member at hand cannot be read, if so.
    pub fn fault(&self) -> Option<&str> {
        self.broken.as_deref()
    }

    /// The first bytes are those of an archive's record.
    pub fn is_archive(&mut self) -> bool {
        match self.packing {
            Packing::None => begins(&mut self.raw, WARC).unwrap_or(false),
            _ => {
                while self.out.len() < ENOUGH && self.unpack_once().is_ok_and(|more| more) {}
                match self.packing {
                    // Members of nothing came before.
                    Packing::None => begins(&mut self.raw, WARC).unwrap_or(false),
                    _ => self.out[self.at..].starts_with(WARC),
                }
            }
        }
    }

    /// What can be had without reading.
    pub fn buffer(&self) -> &[u8] {
        match self.packing {
            Packing::None => self.raw.buffer(),
            _ => &self.out[self.at..],
        }
    }

    /// At least `count` bytes from here, fewer only at the end or before what is broken.
    pub fn peek(&mut self, count: usize) -> io::Result<&[u8]> {
        if self.is_plain() {
            return self.raw.peek(count);
        }
        if self.out.len() - self.at < count {
            self.out.drain(..self.at);
            self.at = 0;
            while self.out.len() < count {
                match self.unpack_once() {
                    Ok(true) => {}
                    // What came before the fault comes first.
                    Err(error) if self.out.is_empty() => return Err(error),
                    Ok(false) | Err(_) => break,
                }
            }
            if self.is_plain() {
                return self.raw.peek(count);
            }
        }
        Ok(&self.out[self.at..])
    }

    /// Offset in the input of the next byte; in a packed input, of the member that the byte is in.
    pub fn offset(&self) -> u64 {
        match self.packing {
            Packing::None => self.raw.offset(),
            _ => self.member,
        }
    }

    /// Bytes of the input that were used up, as they lie there.
    pub fn used(&self) -> u64 {
        self.raw.offset()
    }

    /// The bytes lie there as they are.
    pub fn is_plain(&self) -> bool {
        matches!(self.packing, Packing::None)
    }

    /// All that is left lies in the buffer.
    pub fn is_all_here(&self) -> bool {
        match self.packing {
            Packing::None => self.raw.is_ended(),
            _ => !self.inside && self.raw.is_ended() && self.raw.buffer().is_empty(),
        }
    }

    /// Puts back what was read last: these bytes come next.
    pub fn unread(&mut self, bytes: &[u8]) {
        if self.is_plain() {
            return self.raw.unread(bytes);
        }
        let missing = bytes.len().saturating_sub(self.at);
        if missing > 0 {
            self.out.splice(..0, bytes[..missing].iter().copied());
            self.at += missing;
        }
        self.at -= bytes.len();
    }

    /// What comes next is packed in this way; no member is at hand.
    fn change(&mut self, packing: Packing) {
        match std::mem::replace(&mut self.packing, packing) {
            Packing::Zstd(frames) => self.frames = Some(frames),
            Packing::Gzip(_) | Packing::None => {}
        }
        if let Packing::Zstd(fresh) = &mut self.packing
            && let Some(frames) = self.frames.take()
        {
            *fresh = frames;
        }
        self.clear();
    }

    /// Goes back to where the member at hand began, as if it had not been looked at.
    fn forget(&mut self) {
        self.raw.rewind();
        self.clear();
    }

    fn clear(&mut self) {
        self.out.clear();
        (self.at, self.inside, self.broken) = (0, false, None);
    }

    /// Unpacks a little more into an empty or growing `out`; `false` at the end of the input.
    fn unpack_once(&mut self) -> io::Result<bool> {
        if let Some(message) = &self.broken {
            return Err(invalid(message.clone()));
        }
        if !self.inside {
            match self.begin() {
                Ok(true) => {}
                Ok(false) => return Ok(false),
                Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                    self.broken = Some(error.to_string());
                    return Err(error);
                }
                Err(error) => return Err(error),
            }
        }
        let before = self.out.len();
        let unpacked = match &mut self.packing {
            Packing::None => return Ok(false),
            Packing::Gzip(gzip) => gzip::inflate(gzip, &mut self.raw, &mut self.out),
            Packing::Zstd(zstd) => zstd.unpack(&mut self.raw, &mut self.out),
        };
        match unpacked {
            Ok(ended) => self.inside = !ended,
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                self.broken = Some(error.to_string());
                // What came before the fault comes first, however the bytes were read.
                return if self.out.len() > before { Ok(true) } else { Err(error) };
            }
            Err(error) => return Err(error),
        }
        Ok(true)
    }

    /// Begins the next member; `false` at the end of the input. Zeros that fill up a block of a tape or a disk may follow the last.
    fn begin(&mut self) -> io::Result<bool> {
        while self.raw.peek(1)?.first().is_some_and(|byte| *byte == 0 || self.mixed && is_padding(*byte)) {
            self.raw.consume(1);
        }
        if self.mixed && self.at < self.out.len() && !self.continues()? {
            // Another packing begins when all of this one was read.
            return Ok(false);
        }
        if self.mixed && !self.continues()? {
            match packing(&mut self.raw)? {
                Some(packing) => self.change(packing),
                None if begins(&mut self.raw, WARC)? => {
                    self.change(Packing::None);
                    return Ok(false);
                }
                None => {}
            }
        }
        (self.member, self.inside) = (self.raw.offset(), true);
        self.raw.mark();
        if self.raw.peek(1)?.is_empty() {
            self.inside = false;
            return Ok(false);
        }
        let known = match &mut self.packing {
            Packing::None => true,
            Packing::Gzip(gzip) => {
                **gzip = Decompress::new_gzip(15);
                begins(&mut self.raw, GZIP)?
            }
            Packing::Zstd(zstd) => zstd.begin(&mut self.raw)?,
        };
        match known {
            true => Ok(true),
            false => Err(invalid("what follows a packed member is none itself".to_owned())),
        }
    }
}

impl BufRead for Opened {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.is_plain() {
            // Nobody goes back in what is not packed: the buffer need not grow.
            self.raw.mark();
            return self.raw.fill_buf();
        }
        if self.at == self.out.len() {
            self.out.clear();
            self.at = 0;
            while self.out.is_empty() && self.unpack_once()? {}
        }
        // What follows the last member may not be packed.
        if self.is_plain() { self.raw.fill_buf() } else { Ok(&self.out[self.at..]) }
    }

    fn consume(&mut self, count: usize) {
        match self.packing {
            Packing::None => self.raw.consume(count),
            _ => self.at += count,
        }
    }
}

impl Read for Opened {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let mut bytes = self.fill_buf()?;
        let count = bytes.read(into)?;
        self.consume(count);
        Ok(count)
    }
}

/// How what comes next is packed, if it is.
fn packing(raw: &mut Raw) -> io::Result<Option<Packing>> {
    Ok(if begins(raw, GZIP)? {
        Some(Packing::Gzip(Box::new(Decompress::new_gzip(15))))
    } else if begins(raw, ZSTD)? || zstd::is_skippable(raw)? {
        Some(Packing::Zstd(Box::default()))
    } else {
        None
    })
}

fn invalid(message: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message)
}
