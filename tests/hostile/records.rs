//! Lines of a record stream that nest, flood or lie.

use super::shape::{Kept, SHAPE, Shape};

const RECORDS: &[&str] = &["clean -q --input jsonl"];
const STAGE: &[&str] = &["repair -q --input jsonl"];

const fn shape(name: &'static str, counts: fn(usize) -> (usize, usize), input: fn(usize) -> Vec<u8>) -> Shape {
    Shape { name, commands: RECORDS, input, kept: Kept::Records(counts), ..SHAPE }
}

/// A record and one behind it, so that an end that is not found shows.
fn followed(record: String) -> Vec<u8> {
    format!("{record}\n{{\"text\":\"末。\"}}\n").into_bytes()
}

#[rustfmt::skip]
pub const SHAPES: &[Shape] = &[
    shape("an unknown key, nested", |_| (2, 0), |n| followed(format!("{{\"text\":\"深\",\"x\":{}{}}}", "[".repeat(n), "]".repeat(n)))),
    shape("an unknown key, nested objects", |_| (2, 0), |n| followed(format!("{{\"text\":\"深\",\"x\":{}1{}}}", "{\"a\":".repeat(n), "}".repeat(n)))),
    shape("a text that nests", |_| (2, 1), |n| followed(format!("{{\"text\":{}{}}}", "[".repeat(n), "]".repeat(n)))),
    shape("brackets without an end", |_| (2, 1), |n| followed("[".repeat(n))),
    shape("an id that nests", |_| (2, 0), |n| followed(format!("{{\"text\":\"深\",\"id\":{}{}}}", "[".repeat(n), "]".repeat(n)))),
    // A record is hashed, judged and written by itself: this is what a record costs, not a shape that grows.
    Shape { ..shape("tiny records", |n| (n, 0), |n| "{\"text\":\"a\"}\n".repeat(n).into_bytes()) },
    Shape { ..shape("empty lines", |n| (n / 2, n / 2), |n| "\n".repeat(n / 2).into_bytes()) },
    Shape { commands: STAGE, per_byte: 8, ..shape("one record of 100 MB", |_| (2, 0), |n| followed(format!("{{\"text\":\"{}\"}}", "长".repeat(33 * n)))) },
    Shape { commands: STAGE, per_byte: 8, ..shape("one record of escapes", |_| (2, 0), |n| followed(format!("{{\"text\":\"{}\"}}", "\\u957f".repeat(n)))) },
    shape("lone surrogates", |_| (2, 0), |n| followed(format!("{{\"text\":\"{}\"}}", "\\ud83d".repeat(n)))),
    shape("pairs of surrogates", |_| (2, 0), |n| followed(format!("{{\"text\":\"{}\"}}", "\\ud83d\\ude00".repeat(n / 2)))),
    shape("backslashes", |_| (2, 0), |n| followed(format!("{{\"text\":\"{}\"}}", "\\\\".repeat(n)))),
    shape("NUL bytes", |_| (2, 1), |n| followed(format!("{{\"text\":\"{}\"}}", "\0".repeat(n)))),
    shape("NUL escapes", |_| (2, 0), |n| followed(format!("{{\"text\":\"{}\"}}", "\\u0000".repeat(n)))),
    shape("a number of many digits", |_| (2, 0), |n| followed(format!("{{\"text\":\"数\",\"x\":{}}}", "9".repeat(n)))),
    shape("an id of many digits", |_| (2, 0), |n| followed(format!("{{\"text\":\"数\",\"id\":{}}}", "9".repeat(n)))),
    shape("a text of many digits", |_| (2, 1), |n| followed(format!("{{\"text\":{}}}", "9".repeat(n)))),
    shape("one key many times", |_| (2, 0), |n| followed(format!("{{{}\"text\":\"甲\"}}", "\"k\":1,".repeat(n)))),
    Shape { per_byte: 60, ..shape("many keys", |_| (2, 0), |n| followed(format!("{{{}\"text\":\"甲\"}}", (0..n / 4).map(|i| format!("\"k{i}\":1,")).collect::<String>()))) },
    shape("marks before each line", |_| (1001, 1000), |_| "\u{feff}{\"text\":\"甲\"}\n".repeat(1001).into_bytes()),
    shape("CR alone", |_| (2, 1), |n| followed("{\"text\":\"甲\"}\r".repeat(n / 10))),
    shape("no line end at all", |_| (1, 1), |n| "x".repeat(10 * n).into_bytes()),
    shape("no text", |n| (n / 20, n / 20), |n| "{\"id\":1}\n".repeat(n / 20).into_bytes()),
    shape("base64 that is none", |_| (2, 1), |n| followed(format!("{{\"html_b64\":\"{}%\"}}", "QUJD".repeat(n)))),
    shape("a page in base64", |_| (2, 0), |n| followed(format!("{{\"html_b64\":\"{}\"}}", "PGI+".repeat(n / 4)))),
    shape("bytes that are no UTF-8", |_| (2, 0), |n| followed(String::new()).into_iter().skip(1).collect::<Vec<u8>>().into_iter().chain([b"{\"text\":\"".as_slice(), &vec![0xff; n], b"\"}\n"].concat()).collect()),
];
