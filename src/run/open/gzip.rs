//! Members of gzip (RFC 1952).

use super::raw::Raw;
use super::{CHUNK, invalid};
use flate2::{Decompress, FlushDecompress, Status};
use std::io::{self, BufRead};

/// Bytes of a gzip member's head at the most: a file's name, a note. The head itself may be of any length, and a flood of magic bytes would
/// have each of them read to the end.
const HEAD: usize = 4 << 10;

/// What begins here has the head of a gzip member (RFC 1952), and a first block of a kind that there is.
pub fn has_head(raw: &mut Raw) -> io::Result<bool> {
    let bytes = raw.peek(HEAD)?;
    let bytes = &bytes[..bytes.len().min(HEAD)];
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
pub fn inflate(gzip: &mut Decompress, raw: &mut Raw, out: &mut Vec<u8>) -> io::Result<bool> {
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
