//! Bodies as they came over the wire: chunked, gzip, deflate, Brotli, Zstandard undone.
//!
//! Many archives name a coding and store the body without it, so what does not look like the coding is taken as it is. A body that
//! breaks off gives what came before, and says so. Nothing unpacks beyond the budget.

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use std::borrow::Cow;
use std::io::{self, Read};

/// A body, undone.
#[derive(Debug, Default)]
pub struct Body<'a> {
    pub bytes: Cow<'a, [u8]>,
    /// What is missing, in words.
    pub flaw: Option<String>,
}

/// Undoes `codings`, the last one first. Keeps at most `most` bytes and one more, so that the reader can tell that there was more.
pub fn undone<'a>(body: &'a [u8], codings: &[String], most: usize) -> Body<'a> {
    let mut undone = Body { bytes: Cow::Borrowed(body), flaw: None };
    // A page is packed once or twice; a chain of codings is an attack.
    for coding in codings.iter().rev().take(4) {
        let Some((bytes, flaw)) = one(&undone.bytes, coding, most) else { continue };
        undone.flaw = undone.flaw.or(flaw);
        undone.bytes = Cow::Owned(bytes);
    }
    undone
}

/// One coding undone; `None` where the bytes are not in it.
fn one(bytes: &[u8], coding: &str, most: usize) -> Option<(Vec<u8>, Option<String>)> {
    match coding {
        "chunked" => chunked(bytes),
        "gzip" | "x-gzip" => bytes.starts_with(b"\x1f\x8b").then(|| unpacked(MultiGzDecoder::new(bytes), coding, most)),
        "deflate" => deflated(bytes, most),
        "br" => {
            let unpacked = unpacked(brotli_decompressor::Decompressor::new(bytes, 16 << 10), coding, most);
            // Brotli has no mark of its own: what gives nothing, or is a page that does not unpack to its end, was none.
            let plain = unpacked.0.is_empty() || unpacked.1.is_some() && bytes.trim_ascii_start().starts_with(b"<");
            (!plain).then_some(unpacked)
        }
        "zstd" => {
            let opened = bytes.starts_with(b"\x28\xb5\x2f\xfd").then(|| ruzstd::decoding::StreamingDecoder::new(bytes));
            opened?.ok().map(|decoder| unpacked(decoder, coding, most))
        }
        _ => None,
    }
}

/// Some servers send the bare deflate stream, some with zlib's head; only the latter is right.
fn deflated(bytes: &[u8], most: usize) -> Option<(Vec<u8>, Option<String>)> {
    let zlib =
        matches!(bytes, [a, b, ..] if a & 15 == 8 && (usize::from(*a) << 8 | usize::from(*b)).is_multiple_of(31));
    let result = match zlib {
        true => unpacked(ZlibDecoder::new(bytes), "deflate", most),
        false => unpacked(DeflateDecoder::new(bytes), "deflate", most),
    };
    let plain = result.0.is_empty() || result.1.is_some() && bytes.trim_ascii_start().starts_with(b"<");
    (!plain).then_some(result)
}

fn unpacked(mut from: impl Read, coding: &str, most: usize) -> (Vec<u8>, Option<String>) {
    let mut bytes = Vec::new();
    let read = from.by_ref().take(most as u64 + 1).read_to_end(&mut bytes);
    let flaw = read
        .err()
        .map(|error: io::Error| format!("the body's {coding} coding breaks off after {} bytes: {error}", bytes.len()));
    (bytes, flaw)
}

/// Joins chunks: a line with a hexadecimal length, the bytes, a line end; the last is empty.
fn chunked(bytes: &[u8]) -> Option<(Vec<u8>, Option<String>)> {
    let (mut joined, mut rest, mut first) = (Vec::new(), bytes, true);
    loop {
        let size = memchr::memchr(b'\n', &rest[..rest.len().min(1024)]).and_then(|end| {
            let digits = rest[..end].split(|byte| *byte == b';').next()?.trim_ascii();
            Some((end + 1, usize::from_str_radix(str::from_utf8(digits).ok()?, 16).ok()?))
        });
        let (start, size) = match size {
            Some(found) => found,
            // Not chunked at all.
            None if first => return None,
            None => return Some((joined, Some("the chunks of the body break off".to_owned()))),
        };
        if size == 0 {
            return Some((joined, None));
        }
        let chunk = &rest[start..(start.saturating_add(size)).min(rest.len())];
        joined.extend_from_slice(chunk);
        if chunk.len() < size {
            return Some((joined, Some("the chunks of the body break off".to_owned())));
        }
        rest = &rest[start + size..];
        rest = rest.strip_prefix(b"\r\n").or(rest.strip_prefix(b"\n")).unwrap_or(rest);
        first = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn undo(body: &[u8], codings: &[&str]) -> (Vec<u8>, bool) {
        let codings: Vec<String> = codings.iter().map(|c| c.to_string()).collect();
        let undone = undone(body, &codings, 1 << 20);
        (undone.bytes.into_owned(), undone.flaw.is_some())
    }

    #[test]
    fn chunks_are_joined_and_what_has_none_stays() {
        assert_eq!(
            undo(b"3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n", &["chunked"]),
            (b"abc0123456789".into(), false)
        );
        assert_eq!(undo(b"<html>\r\n", &["chunked"]), (b"<html>\r\n".into(), false));
        assert_eq!(undo(b"5\r\nabc", &["chunked"]), (b"abc".into(), true));
        assert_eq!(undo(b"3\nabc\nffffffffffffffff\nabc", &["chunked"]), (b"abcabc".into(), true));
        assert_eq!(undo(b"", &["chunked"]), (b"".into(), false));
    }

    #[test]
    fn a_coding_that_is_named_and_not_there_is_no_loss() {
        for coding in ["gzip", "deflate", "br", "zstd", "identity", "utf-8"] {
            assert_eq!(undo("<p>今天</p>".as_bytes(), &[coding]), ("<p>今天</p>".into(), false), "{coding}");
        }
    }

    #[test]
    fn what_is_packed_is_unpacked_up_to_the_budget() {
        use std::io::Write;
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(&vec![b'a'; 30 << 20]).unwrap();
        let gzip = gzip.finish().unwrap();
        assert_eq!(undo(&gzip, &["gzip"]).0.len(), (1 << 20) + 1);
        let mut small = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        small.write_all("今天天气很好。".repeat(100).as_bytes()).unwrap();
        let small = small.finish().unwrap();
        assert_eq!(undo(&small, &["gzip"]), ("今天天气很好。".repeat(100).into_bytes(), false));
        let (part, flawed) = undo(&small[..small.len() - 12], &["gzip"]);
        assert!(flawed && !part.is_empty());
        for bare in [true, false] {
            let mut out = Vec::new();
            match bare {
                true => flate2::read::DeflateEncoder::new(&b"abcabcabc"[..], flate2::Compression::fast())
                    .read_to_end(&mut out),
                false => {
                    flate2::read::ZlibEncoder::new(&b"abcabcabc"[..], flate2::Compression::fast()).read_to_end(&mut out)
                }
            }
            .unwrap();
            assert_eq!(undo(&out, &["deflate"]), (b"abcabcabc".into(), false));
        }
    }
}
