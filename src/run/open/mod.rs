//! An input, opened: gzip and Zstandard are undone, and one look at the first bytes tells an archive from a page.
//!
//! Members and frames follow one another, as archives have them, one for each record. One that is broken is an error of kind `InvalidData`;
//! [`Opened::recover`] goes on with the next. Memory is that of one chunk, whatever a file claims to unpack to.

mod raw;
mod zstd;

use flate2::{Decompress, FlushDecompress, Status};
use raw::Raw;
use std::fs::File;
use std::io::{self, BufRead, Read};
use std::path::Path;

const GZIP: &[u8] = b"\x1f\x8b\x08";
const ZSTD: &[u8] = b"\x28\xb5\x2f\xfd";
/// First bytes of an archive's record.
pub const WARC: &[u8] = b"WARC/";

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
}

impl Opened {
    /// Opens a file, or standard input. What it is packed with is found out by its first bytes.
    pub fn open(path: Option<&Path>) -> io::Result<Opened> {
        match path {
            None => Opened::new(Box::new(io::stdin())),
            Some(path) => Opened::new(Box::new(File::open(path)?)),
        }
    }

    /// Unpacks any reader.
    pub fn new(inner: Box<dyn Read + Send>) -> io::Result<Opened> {
        let mut raw = Raw::new(inner);
        let packing = if begins(&mut raw, GZIP)? {
            Packing::Gzip(Box::new(Decompress::new_gzip(15)))
        } else if begins(&mut raw, ZSTD)? || zstd::is_skippable(&mut raw)? {
            Packing::Zstd(Box::default())
        } else {
            Packing::None
        };
        Ok(Opened { raw, packing, inside: false, member: 0, out: Vec::new(), at: 0, broken: None })
    }

    /// The first bytes are those of an archive's record.
    pub fn is_archive(&mut self) -> bool {
        match self.packing {
            Packing::None => begins(&mut self.raw, WARC).unwrap_or(false),
            _ => {
                while self.out.len() < ENOUGH && self.unpack_once().is_ok_and(|more| more) {}
                self.out[self.at..].starts_with(WARC)
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

    /// Leaves a broken member behind and goes to the next place that looks like one. `false` if there is none.
    pub fn recover(&mut self) -> io::Result<bool> {
        let magic = match self.packing {
            Packing::None => return Ok(false),
            Packing::Gzip(_) => GZIP,
            Packing::Zstd(_) => ZSTD,
        };
        self.forget();
        // The magic bytes are no proof: what begins here must be a record's head, as an archive's members have it.
        while self.raw.seek(magic)? {
            if magic != GZIP || has_gzip_head(&mut self.raw)? {
                if self.is_archive() {
                    return Ok(true);
                }
                self.forget();
            }
        }
        self.inside = false;
        Ok(false)
    }

    /// Goes back to where the member at hand began, as if it had not been looked at.
    fn forget(&mut self) {
        self.raw.rewind();
        self.out.clear();
        (self.at, self.inside, self.broken) = (0, false, None);
    }

    /// Unpacks a little more into an empty or growing `out`; `false` at the end of the input.
    fn unpack_once(&mut self) -> io::Result<bool> {
        if let Some(message) = &self.broken {
            return Err(invalid(message.clone()));
        }
        if !self.inside && !self.begin()? {
            return Ok(false);
        }
        let before = self.out.len();
        let unpacked = match &mut self.packing {
            Packing::None => return Ok(false),
            Packing::Gzip(gzip) => inflate(gzip, &mut self.raw, &mut self.out),
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
        while self.raw.peek(1)?.first() == Some(&0) {
            self.raw.consume(1);
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
        if !known {
            self.broken = Some("what follows a packed member is none itself".to_owned());
        }
        self.broken.as_ref().map_or(Ok(true), |message| Err(invalid(message.clone())))
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
        Ok(&self.out[self.at..])
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

/// Bytes of a gzip member's head at the most: a file's name, a note. The head itself may be of any length, and a flood of magic bytes would
/// have each of them read to the end.
const GZIP_HEAD: usize = 4 << 10;

/// What begins here has the head of a gzip member (RFC 1952), and a first block of a kind that there is.
fn has_gzip_head(raw: &mut Raw) -> io::Result<bool> {
    let bytes = raw.peek(GZIP_HEAD)?;
    let bytes = &bytes[..bytes.len().min(GZIP_HEAD)];
    let Some(&flags) = bytes.get(3) else { return Ok(false) };
    let mut at = 10;
    if flags & 4 != 0 {
        let Some(extra) = bytes.get(10..12) else { return Ok(false) };
        at += 2 + usize::from(u16::from_le_bytes([extra[0], extra[1]]));
    }
    // A name and a note, each with a zero at its end.
    for flag in [8, 16] {
        if flags & flag != 0 {
            let Some(end) = bytes.get(at..).and_then(|rest| memchr::memchr(0, rest)) else { return Ok(false) };
            at += end + 1;
        }
    }
    at += if flags & 2 != 0 { 2 } else { 0 };
    Ok(flags < 32 && bytes.get(at).is_some_and(|first| first & 6 != 6))
}

/// Unpacks up to a chunk more of a gzip member; `true` at its end.
fn inflate(gzip: &mut Decompress, raw: &mut Raw, out: &mut Vec<u8>) -> io::Result<bool> {
    let input = raw.fill_buf()?;
    if input.is_empty() {
        return Err(invalid("the gzip member breaks off".to_owned()));
    }
    out.reserve(CHUNK);
    let (read, written) = (gzip.total_in(), out.len());
    let status = gzip.decompress_vec(input, out, FlushDecompress::None);
    let used = (gzip.total_in() - read) as usize;
    raw.consume(used);
    match status {
        Ok(Status::StreamEnd) => Ok(true),
        Ok(_) if used > 0 || out.len() > written => Ok(false),
        Ok(_) => Err(invalid("the gzip member does not go on".to_owned())),
        Err(error) => Err(invalid(format!("the gzip member is broken: {error}"))),
    }
}

/// The next bytes are these. Reads no further than the first that is another.
fn begins(raw: &mut Raw, magic: &[u8]) -> io::Result<bool> {
    for count in 1..=magic.len() {
        if raw.peek(count)?.get(count - 1) != Some(&magic[count - 1]) {
            return Ok(false);
        }
    }
    Ok(true)
}

fn invalid(message: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message)
}
