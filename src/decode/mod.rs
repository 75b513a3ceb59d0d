//! Bytes to text, with the evidence that chose the charset.
//!
//! In: raw bytes and perhaps a declared charset. Out: text, the charset, where it came from, and how many bytes could not
//! be decoded. Mojibake that is already text is left to `repair`. Byte evidence comes before declarations, because pages lie:
//!
//! * a byte order mark that the bytes bear out;
//! * valid UTF-8 (most pages end here, borrowed);
//! * escapes and shifts (HZ, ISO-2022), UTF-16 by its look, noise;
//! * what a header or the page declares, where the bytes are about as cheap to read that way as any other;
//! * statistics.
//!
//! A page of two encodings is read in both, word by word.

mod base64;
mod binary;
mod character;
mod choose;
mod cns;
mod declared;
mod escape;
mod evidence;
mod guess;
mod label;
mod pairs;
mod reading;
mod wide;

pub use base64::base64;
pub use label::label;

use crate::hole::Hole;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use memchr::memmem;
use std::borrow::Cow;

/// How to read the bytes.
#[derive(Debug, Clone)]
pub struct Options {
    /// What a server header or the user said. It wins where the bytes allow it.
    pub charset: Option<&'static Encoding>,
    /// The bytes are text in UTF-8 already (a JSON string, the output of another stage): where they are valid, nothing else is
    /// considered. A page that lies about its charset keeps its mojibake.
    pub text: bool,
    /// Read at most this many bytes of a page; what follows is cut and reported.
    pub max_bytes: usize,
}

impl Default for Options {
    fn default() -> Self {
        Options { charset: None, text: false, max_bytes: 256 << 20 }
    }
}

/// Where the charset came from. The record's `zt.charset_from`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum From {
    /// A byte order mark.
    Bom,
    /// The caller's `charset`, or the header of a transfer.
    Flag,
    /// The page's `<meta>` or XML declaration, which the bytes do not contradict.
    Meta,
    /// The bytes themselves.
    #[default]
    Content,
}

/// What was found out about the bytes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// WHATWG name in lower case (`gb18030` for all of GB 2312, GBK and GB18030), or `hz-gb-2312`, `iso-2022-cn`,
    /// `iso-2022-kr`, `euc-tw`, `utf-32`, `binary`. Of a mixed page, the encoding of most of it.
    pub charset: &'static str,
    /// The evidence that decided.
    pub from: From,
    /// Bytes that stand for no character in that charset.
    pub undecodable: usize,
    /// Each piece of evidence that was looked at, in words, in order.
    pub evidence: Vec<String>,
    /// The bytes are no text at all (a picture, an archive, noise); the text is empty.
    pub binary: bool,
}

/// The decoded text with its evidence.
#[derive(Debug, Clone)]
pub struct Decoded<'a> {
    /// UTF-8; borrowed where the bytes were that already.
    pub text: Cow<'a, str>,
    /// How the bytes were read.
    pub found: Found,
    /// The U+FFFD that stand for known bytes of a character, in order. Only in encodings of several bytes a character, and of a page with
    /// very many of them only the first.
    pub holes: Vec<Hole>,
    /// What `max_bytes` cut, in words.
    pub limit: Option<String>,
}

/// Decodes `bytes`. Total: what cannot be decoded becomes U+FFFD and is counted. Zeros and stray byte order marks are dropped.
///
/// ```
/// use zonetext::decode::{Options, decode};
/// let bytes = b"<meta charset=big5>\xbd\xf1\xcc\xec\xcc\xec\xc6\xf8\xba\xdc\xba\xc3";
/// let page = decode(bytes, &Options::default());
/// assert_eq!(page.text, "<meta charset=big5>今天天气很好");
/// assert_eq!(page.found.charset, "gb18030", "the bytes are believed, not the page");
/// ```
pub fn decode<'a>(bytes: &'a [u8], options: &Options) -> Decoded<'a> {
    let (bytes, limit) = match bytes.get(..options.max_bytes) {
        Some(kept) if bytes.len() > options.max_bytes => {
            (kept, Some(format!("cut after {} bytes (raise --max-bytes to read more)", options.max_bytes)))
        }
        _ => (bytes, None),
    };
    let read = options.text.then(|| plain(bytes)).flatten().or_else(|| marked(bytes, options.charset));
    let (text, found, holes) = read.unwrap_or_else(|| unmarked(bytes, options.charset, Vec::new()));
    Decoded { text, found, holes, limit }
}

/// Bytes that are known to be text in UTF-8. `None` where they are not valid; a last character that a budget cut is passed over.
fn plain(bytes: &[u8]) -> Option<Read<'_>> {
    let text = match simdutf8::compat::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => str::from_utf8(&bytes[..error.valid_up_to()]).ok()?,
        Err(_) => return None,
    };
    let found =
        Found { charset: "utf-8", from: From::Flag, evidence: vec!["given as text".to_owned()], ..Found::default() };
    let odd = text.contains('\0') || has_mark(text);
    Some((if odd { Cow::Owned(without_marks(text.to_owned())) } else { Cow::Borrowed(text) }, found, Vec::new()))
}

/// Text, how it was read, and what is left of characters that lost bytes.
type Read<'a> = (Cow<'a, str>, Found, Vec<Hole>);

const UTF8_MARK: &[u8] = b"\xef\xbb\xbf";

/// Reads bytes that begin with a byte order mark, if the rest bears it out.
fn marked<'a>(bytes: &'a [u8], flag: Option<&'static Encoding>) -> Option<Read<'a>> {
    let found = |charset, undecodable| Found {
        charset,
        from: From::Bom,
        undecodable,
        evidence: vec![format!("byte order mark of {charset}")],
        binary: false,
    };
    if let Some(body) = bytes.strip_prefix(UTF8_MARK) {
        let (text, mut rest, holes) = unmarked(body, flag, vec!["byte order mark of utf-8".to_owned()]);
        if rest.charset == "utf-8" {
            rest.from = From::Bom;
        }
        return Some((text, rest, holes));
    }
    let (body, big) = match bytes {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => {
            let (text, undecodable) = wide::utf32(&bytes[4..], bytes[0] == 0);
            return Some((Cow::Owned(without_marks(text)), found("utf-32", undecodable), Vec::new()));
        }
        [0xff, 0xfe, body @ ..] => (body, false),
        [0xfe, 0xff, body @ ..] => (body, true),
        _ => return None,
    };
    // A mark before what is plainly ASCII or UTF-8 is a lie.
    if body.len() >= 8 && !body.contains(&0) && simdutf8::basic::from_utf8(body).is_ok() {
        return Some(unmarked(body, flag, vec!["byte order mark of utf-16 that the bytes deny".to_owned()]));
    }
    let (text, undecodable) = wide::utf16(body, big);
    let found = found(if big { "utf-16be" } else { "utf-16le" }, undecodable);
    Some((Cow::Owned(without_marks(text)), found, Vec::new()))
}

/// Reads bytes without a mark; `evidence` is what was seen before.
fn unmarked<'a>(bytes: &'a [u8], flag: Option<&'static Encoding>, mut evidence: Vec<String>) -> Read<'a> {
    if let Some(what) = seven_bit_or_wide(bytes, &mut evidence) {
        return what;
    }
    match without_zeros(bytes, &mut evidence) {
        Cow::Borrowed(bytes) => match simdutf8::basic::from_utf8(bytes) {
            Ok(text) => utf8(text, flag, evidence),
            Err(_) => choose::mixed(bytes, flag, evidence),
        },
        // Zeros are rare enough to pay for a copy.
        Cow::Owned(bytes) => {
            let (text, found, holes) = match simdutf8::basic::from_utf8(&bytes) {
                Ok(text) => utf8(text, flag, evidence),
                Err(_) => choose::mixed(&bytes, flag, evidence),
            };
            (Cow::Owned(text.into_owned()), found, holes)
        }
    }
}

/// Valid UTF-8: borrowed, unless a stray mark stands inside.
fn utf8<'a>(text: &'a str, flag: Option<&'static Encoding>, mut evidence: Vec<String>) -> Read<'a> {
    if is_hardly_utf8(text)
        && let Some(read) = choose::by_word(text.as_bytes(), flag, &mut evidence)
    {
        return read;
    }
    evidence.push("valid utf-8".to_owned());
    let from = if flag == Some(UTF_8) { From::Flag } else { From::Content };
    let found = Found { charset: "utf-8", from, evidence, ..Found::default() };
    let text = if has_mark(text) { Cow::Owned(without_marks(text.to_owned())) } else { Cow::Borrowed(text) };
    (text, found, Vec::new())
}

/// Whether all there is above ASCII is up to four characters of two bytes: "目录" in GBK is "Ŀ¼" in UTF-8. Then a declaration
/// counts.
fn is_hardly_utf8(text: &str) -> bool {
    let (mut rest, mut count) = (text.as_bytes(), 0);
    loop {
        rest = &rest[Encoding::ascii_valid_up_to(rest)..];
        match rest {
            [] => return count > 0,
            [0xc2..=0xdf, _, tail @ ..] if count < 4 => (rest, count) = (tail, count + 1),
            _ => return false,
        }
    }
}

/// What is neither UTF-8 nor a legacy encoding of eight bits: escapes, UTF-16, noise.
fn seven_bit_or_wide<'a>(bytes: &'a [u8], evidence: &mut Vec<String>) -> Option<Read<'a>> {
    let odd = memchr::memchr2(0, 0x1b, bytes);
    let ascii = bytes.is_ascii();
    if ascii
        && (odd.is_some() || memmem::find(bytes, b"~{").is_some())
        && let Some(escaped) = escape::read(bytes, || declared::declared(bytes))
    {
        evidence.push(format!("escapes of {}", escaped.charset));
        let found = Found {
            charset: escaped.charset,
            undecodable: escaped.undecodable,
            evidence: std::mem::take(evidence),
            ..Found::default()
        };
        return Some((Cow::Owned(escaped.text), found, Vec::new()));
    }
    let known = binary::known(bytes);
    if known.is_none()
        && let Some(read) = wide_without_mark(bytes, odd.is_some(), ascii, evidence)
    {
        return Some(read);
    }
    let what = known.or_else(|| binary::noise(bytes))?;
    evidence.push(what.to_owned());
    let found = Found {
        charset: "binary",
        undecodable: bytes.len(),
        evidence: std::mem::take(evidence),
        binary: true,
        ..Found::default()
    };
    Some((Cow::Borrowed(""), found, Vec::new()))
}

/// UTF-16 and UTF-32 without a mark. Looked for where zeros or control characters are, and in short bytes that are not UTF-8.
fn wide_without_mark<'a>(bytes: &'a [u8], odd: bool, ascii: bool, evidence: &mut Vec<String>) -> Option<Read<'a>> {
    const SHORT: usize = 1024;
    let strange = odd || binary::controls(bytes) > 0;
    // What reads as plain ASCII is ASCII: `5233-NT` is a room, not three ideographs and a half.
    let short = (4..=SHORT).contains(&bytes.len()) && !ascii && str::from_utf8(bytes).is_err();
    if (!strange && !short) || is_narrow_markup(bytes) {
        return None;
    }
    let mut read = |charset, (text, undecodable): (String, usize)| {
        evidence.push(format!("reads as {charset} without a byte order mark"));
        let evidence = std::mem::take(evidence);
        let found = Found { charset, undecodable, evidence, ..Found::default() };
        (Cow::Owned(without_marks(text)), found, Vec::new())
    };
    if odd && let Some(big) = wide::is_utf32(bytes) {
        return Some(read("utf-32", wide::utf32(bytes, big)));
    }
    let wide = wide::judge(bytes);
    let dear = wide.units < 2 || wide.cost > wide.units * 168;
    if dear || (!strange || bytes.len() <= SHORT) && wide.cost >= choose::price(bytes) {
        return None;
    }
    let big = wide.encoding == UTF_16BE;
    Some(read(label::name(if big { UTF_16BE } else { UTF_16LE }), wide::utf16(bytes, big)))
}

/// Begins with a tag in one byte a character: `<h` would be 㱨 or 格 in UTF-16. Zeros further on are then only zeros.
fn is_narrow_markup(bytes: &[u8]) -> bool {
    matches!(bytes.trim_ascii_start(), [b'<', next, ..] if next.is_ascii_alphabetic() || matches!(next, b'!' | b'?'))
}

/// The bytes without zeros: borrowed, if there are none.
fn without_zeros<'a>(bytes: &'a [u8], evidence: &mut Vec<String>) -> Cow<'a, [u8]> {
    if memchr::memchr(0, bytes).is_none() {
        return Cow::Borrowed(bytes);
    }
    let count = memchr::memchr_iter(0, bytes).count();
    evidence.push(format!("{count} zero bytes dropped"));
    Cow::Owned(bytes.iter().copied().filter(|byte| *byte != 0).collect())
}

/// A text without byte order marks and zeros.
/// Whether a byte order mark stands in it.
fn has_mark(text: &str) -> bool {
    marks(text).next().is_some()
}

/// Where byte order marks stand. Looked for by their last two bytes: the first begins every full-width comma, too.
fn marks(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    memmem::find_iter(bytes, &UTF8_MARK[1..]).filter(|&at| at > 0 && bytes[at - 1] == UTF8_MARK[0]).map(|at| at - 1)
}

/// The text less zeros and byte order marks.
fn without_marks(text: String) -> String {
    let zeros = memchr::memchr(0, text.as_bytes()).is_some();
    if !zeros && !has_mark(&text) {
        return text;
    }
    let (mut kept, mut from) = (String::with_capacity(text.len()), 0);
    for at in marks(&text) {
        kept.push_str(&text[from..at]);
        from = at + UTF8_MARK.len();
    }
    kept.push_str(&text[from..]);
    if zeros { kept.replace('\0', "") } else { kept }
}
