//! The bytes by which members, frames and records are known.

use super::raw::Raw;
use aho_corasick::AhoCorasick;
use std::io;
use std::sync::LazyLock;

pub const GZIP: &[u8] = b"\x1f\x8b\x08";
pub const ZSTD: &[u8] = b"\x28\xb5\x2f\xfd";
/// First bytes of an archive's record.
pub const WARC: &[u8] = b"WARC/";

/// How a part of an archive begins: a packed member, or a record as it is. The order is that of the matches.
pub static BEGINNINGS: LazyLock<AhoCorasick> =
    LazyLock::new(|| AhoCorasick::new([GZIP, ZSTD, WARC]).expect("three short patterns make a small automaton"));

/// Bytes of a record's version line at the most, its line end included.
pub const VERSION_LINE: usize = 16;

/// These bytes begin with the version line of a record.
pub fn begins_record(bytes: &[u8]) -> bool {
    let Some(version) = bytes.strip_prefix(WARC) else { return false };
    let version = &version[..version.len().min(VERSION_LINE - WARC.len())];
    let Some(end) = memchr::memchr(b'\n', version) else { return false };
    let version = version[..end].trim_ascii_end();
    version.len() >= 3 && version.contains(&b'.') && version.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.')
}

/// These bytes begin a packed member.
pub fn is_packed(bytes: &[u8]) -> bool {
    bytes.starts_with(GZIP) || bytes.starts_with(ZSTD)
}

/// A packed member may begin in these bytes: no field of a record's head has such bytes.
pub fn holds_a_member(bytes: &[u8]) -> bool {
    memchr::memmem::find(bytes, GZIP).is_some() || memchr::memmem::find(bytes, ZSTD).is_some()
}

/// Bytes that fill up a block of a tape or a disk, and line ends between records.
pub fn is_padding(byte: u8) -> bool {
    matches!(byte, 0 | b' ' | b'\t' | b'\r' | b'\n')
}

/// The next bytes are these. Reads no further than the first that is another.
pub fn begins(raw: &mut Raw, magic: &[u8]) -> io::Result<bool> {
    for count in 1..=magic.len() {
        if raw.peek(count)?.get(count - 1) != Some(&magic[count - 1]) {
            return Ok(false);
        }
    }
    Ok(true)
}
