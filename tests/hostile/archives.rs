//! Archives whose lengths lie, that break off, or that unpack to more than there is memory.

use super::shape::{Kept, SHAPE, Shape};
use std::io::Write;

const ARCHIVE: &[&str] = &["clean -q --input warc"];
/// A page of 1 MB is the budget, so that a bomb needs no gigabytes to be one.
const SMALL: &[&str] = &["clean -q -f jsonl --max-bytes 1M"];

const fn shape(name: &'static str, counts: fn(usize) -> (usize, usize), input: fn(usize) -> Vec<u8>) -> Shape {
    Shape { name, commands: ARCHIVE, input, kept: Kept::Records(counts), ..SHAPE }
}

/// A bomb: stopped, the reason said, and in the exit status.
const fn bomb(name: &'static str, counts: fn(usize) -> (usize, usize), input: fn(usize) -> Vec<u8>) -> Shape {
    Shape { commands: SMALL, exit: 3, per_byte: 0, ..shape(name, counts, input) }
}

#[rustfmt::skip]
pub const SHAPES: &[Shape] = &[
    // Each says that it reaches to the end of all; what it swallowed is read again, once or twice.
    Shape { exit: 3, ..shape("lengths that reach to the end", |n| (n / 200, 0), |n| [lying(n / 200, 1 << 40), records(n / 200)].concat()) },
    Shape { exit: 3, ..shape("lengths that are too short", |n| (n / 200, 0), |n| [lying(n / 200, 7), records(n / 200)].concat()) },
    Shape { exit: 3, ..shape("lengths of zero", |_| (100, 0), |n| [lying(n / 100, 0), records(100)].concat()) },
    Shape { exit: 3, ..shape("a head without an end", |_| (2, 0), |n| [records(1), b"WARC/1.0\r\n".to_vec(), b"A: b\r\n".repeat(2 * n), records(1)].concat()) },
    Shape { exit: 3, ..shape("a field without an end", |_| (2, 0), |n| [records(1), b"WARC/1.0\r\nA: ".to_vec(), b"b".repeat(10 * n), b"\r\n".to_vec(), records(1)].concat()) },
    Shape { exit: 3, ..shape("heads of heads", |_| (2, 0), |n| [records(1), b"WARC/1.0\r\n".repeat(n / 2), records(1)].concat()) },
    // Swallowed by a length that lies, and read again line by line.
    Shape { exit: 3, ..shape("heads of heads, swallowed", |_| (2, 0), |n| [records(1), head(1 << 40), b"WARC/1.0\r\n".repeat(n / 2), records(1)].concat()) },
    shape("line ends between records", |_| (2, 0), |n| [records(1), b"\r\n".repeat(5 * n), records(1)].concat()),
    shape("records of nothing", |_| (1, 0), |n| [head(0).repeat(n / 10), records(1)].concat()),
    shape("members", |n| (n / 10, 0), |n| gzip(&records(1)).repeat(n / 10)),
    shape("members of nothing", |_| (2, 0), |n| [gzip(&records(1)), gzip(b"").repeat(n / 10), gzip(&records(1))].concat()),
    Shape { exit: 3, ..shape("members that break off", |_| (2, 0), |n| [gzip(&records(1)), gzip(&records(1))[..40].repeat(n / 50), gzip(&records(1))].concat()) },
    Shape { exit: 3, ..shape("magic bytes alone", |_| (2, 0), |n| [gzip(&records(1)), b"\x1f\x8b\x08".repeat(n), gzip(&records(1))].concat()) },
    Shape { exit: 3, ..shape("frames that break off", |_| (2, 0), |n| [frame(&records(1)), b"\x28\xb5\x2f\xfd".repeat(n / 4), frame(&records(1))].concat()) },
    shape("skippable frames", |_| (2, 0), |n| [frame(&records(1)), b"\x50\x2a\x4d\x18\0\0\0\0".repeat(n / 4), frame(&records(1))].concat()),
    bomb("a gzip bomb in a record", |_| (2, 0), |n| [response("gzip", &zeros_in_gzip(n)), records(1)].concat()),
    bomb("a gzip bomb of members in a record", |_| (2, 0), |n| [response("gzip", &zeros_in_gzip(n / 100).repeat(100)), records(1)].concat()),
    bomb("a zstd bomb in a record", |_| (2, 0), |n| [response("zstd", &zeros_in_zstd(n)), records(1)].concat()),
    bomb("a gzip bomb in a gzip bomb", |_| (2, 0), |n| [response("gzip, gzip", &gzip(&zeros_in_gzip(n))), records(1)].concat()),
    Shape { exit: 0, ..bomb("twenty codings", |_| (1, 0), |n| [response(&"gzip, ".repeat(20), &(0..20).fold(vec![b'x'; n / 10], |body, _| gzip(&body))), records(1)].concat()) },
    bomb("a gzip bomb as a page", |_| (1, 0), zeros_in_gzip),
    bomb("a zstd bomb as a page", |_| (1, 0), zeros_in_zstd),
    bomb("a gzip bomb as an archive", |_| (2, 0), |n| gzip(&[response("identity", &vec![b' '; 1000 * n]), records(1)].concat())),
    Shape { commands: &["clean -q --input jsonl --max-bytes 1M"], exit: 0, ..bomb("a gzip bomb as a stream", |_| (1, 1), zeros_in_gzip) },
    Shape { commands: &["clean -q --input jsonl --max-bytes 1M"], exit: 0, ..bomb("a zstd bomb as a stream", |_| (1, 1), zeros_in_zstd) },
    Shape { exit: 3, per_byte: 40, ..shape("a chunk of false size", |_| (2, 0), |n| [chunked(b"ffffffffffffffff\r\n", n, b""), records(1)].concat()) },
    Shape { exit: 3, ..shape("chunks that break off", |_| (2, 0), |n| [chunked(b"5\r\nabcde\r\n", n, b""), records(1)].concat()) },
    shape("chunks of a byte", |_| (2, 0), |n| [chunked(b"1\r\na\r\n", n, b"0\r\n\r\n"), records(1)].concat()),
    Shape { exit: 3, ..shape("a last member that breaks off", |n| (n / 1000 + 1, 0), |n| { let all = gzip(&records(1)).repeat(n / 1000 + 1); all[..all.len() - 9].to_vec() }) },
];

fn head(length: usize) -> Vec<u8> {
    format!("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {length}\r\n\r\n").into_bytes()
}

/// A record with these codings and this body.
fn response(codings: &str, body: &[u8]) -> Vec<u8> {
    let fields = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: {codings}\r\n\r\n");
    [&head(fields.len() + body.len()), fields.as_bytes(), body, b"\r\n\r\n"].concat()
}

/// Sound records.
fn records(count: usize) -> Vec<u8> {
    response("identity", "<html><p>今天天气很好。</p></html>".as_bytes()).repeat(count)
}

/// Records whose length is not theirs.
fn lying(count: usize, length: usize) -> Vec<u8> {
    [&head(length), b"HTTP/1.1 200 OK\r\n\r\n<p>x</p>\r\n\r\n".as_slice()].concat().repeat(count)
}

fn chunked(chunk: &[u8], n: usize, end: &[u8]) -> Vec<u8> {
    let body = [chunk.repeat(n / 4), end.to_vec()].concat();
    let fields = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n";
    [&head(fields.len() + body.len()), fields.as_slice(), &body, b"\r\n\r\n"].concat()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut member = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    member.write_all(bytes).unwrap();
    member.finish().unwrap()
}

/// A thousand spaces for each repeat: a gigabyte at full size.
fn zeros_in_gzip(n: usize) -> Vec<u8> {
    let mut member = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let spaces = [b' '; 100_000];
    (0..n / 100).for_each(|_| member.write_all(&spaces).unwrap());
    member.finish().unwrap()
}

/// The same in Zstandard, made by hand: a window of 1 MB, and blocks of one byte said 128 KiB times (RFC 8878).
fn zeros_in_zstd(n: usize) -> Vec<u8> {
    let mut frame = b"\x28\xb5\x2f\xfd\x00\x50".to_vec();
    for block in 0..=n / 131 {
        let (last, run, size) = (u32::from(block == n / 131), 1, 128 << 10);
        frame.extend(&(last | run << 1 | size << 3).to_le_bytes()[..3]);
        frame.push(b' ');
    }
    frame
}

/// A frame of a single raw block.
fn frame(bytes: &[u8]) -> Vec<u8> {
    assert!(bytes.len() < 128 << 10);
    let block = (1 | (bytes.len() as u32) << 3).to_le_bytes();
    [b"\x28\xb5\x2f\xfd\x00\x50".as_slice(), &block[..3], bytes].concat()
}
