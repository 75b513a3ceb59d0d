//! What a line of a record stream gives: a page, and what stands beside it.
//!
//! In: a line. Out: the page's bytes with what the record says of them, or why there is none; everything else goes to the page's origin.

use super::lines::Line;
use serde_json::value::RawValue;
use std::borrow::Cow;
use zonetext::extract::Form;
use zonetext::write::pairs::Pairs;
use zonetext::write::record::{self, Failure, Origin};
use zonetext::{Options, Page, Status, decode};

/// Reads a line; `most` is the budget that cut it, if one did.
pub fn read(line: &Line, most: usize, origin: &mut Origin) -> Result<Input, Failure> {
    let bare = line.bare();
    let input = match line.cut {
        true => Err(bad("limit", format!("a line of more than {most} bytes (raise --max-bytes)"))),
        false => record_of(bare, origin),
    };
    origin.sha1 = record::sha1(input.as_ref().map_or(bare, |input| &input.bytes));
    input
}

/// A page as a record brought it.
pub struct Input {
    pub bytes: Vec<u8>,
    charset: Option<&'static encoding_rs::Encoding>,
    /// A JSON string, decoded by whoever wrote the record.
    text: bool,
    form: Form,
    /// How the record itself was read, where it was no UTF-8.
    found: Option<decode::Found>,
}

impl Input {
    /// The page with what was found out before it was one.
    pub fn told(&self, mut page: Page) -> Page {
        if let Some(found) = &self.found {
            page.charset = found.clone();
            if page.status == Status::Ok && found.undecodable > 0 {
                page.status = Status::Partial;
            }
        }
        page
    }

    /// The run's options with what the record says of its page.
    pub fn options(&self, run: &Options, url: Option<&str>) -> Options {
        let mut options = run.clone();
        options.decode.charset = self.charset.or(options.decode.charset);
        options.decode.text = self.text;
        if let Some(extract) = &mut options.extract {
            extract.url = url.map(str::to_owned).or(extract.url.take());
        }
        if let Some(extract) = options.extract.as_mut().filter(|extract| extract.form == Form::Auto) {
            extract.form = self.form;
        }
        options
    }
}

/// Reads a record's page; everything else in it goes to `origin`.
fn record_of(line: &[u8], origin: &mut Origin) -> Result<Input, Failure> {
    if line.trim_ascii().is_empty() {
        return Err(bad("json", "an empty line (a record is a JSON object)".to_owned()));
    }
    let (line, found) = as_text(line);
    let (line, surrogates) = surrogates_mended(line);
    origin.surrogates = surrogates;
    let pairs: Pairs = serde_json::from_str(&line).map_err(|e| bad("json", format!("not a JSON object: {e}")))?;
    // A record that is bad in one key still gives back its id and the keys that are not ours.
    let [mut html_b64, mut html, mut text, mut charset, mut url] = [const { None }; 5];
    for (key, value) in pairs.0 {
        match key.as_str() {
            "html_b64" => html_b64 = Some(value),
            "html" => html = Some(value),
            "text" => text = Some(value),
            "charset" => charset = Some(value),
            "url" => url = Some(value),
            "id" if value.get() != "null" => origin.id = Some(value),
            "id" => {}
            _ => origin.metadata.push((key, value)),
        }
    }
    origin.url = string("url", url)?.or(origin.url.take());
    let (html_b64, html, text) = (string("html_b64", html_b64)?, string("html", html)?, string("text", text)?);
    let charset = string("charset", charset)?;
    let charset = charset.as_deref().and_then(|label| decode::label(label).ok());
    match (html_b64, html, text) {
        (Some(coded), _, _) => {
            let bytes = decode::base64(&coded).map_err(|why| bad("base64", format!("html_b64 is {why}")))?;
            Ok(Input { bytes, charset, text: false, form: Form::Auto, found: None })
        }
        (_, Some(html), _) => Ok(Input { bytes: html.into_bytes(), charset, text: true, form: Form::Html, found }),
        (_, _, Some(text)) => Ok(Input { bytes: text.into_bytes(), charset, text: true, form: Form::Text, found }),
        _ => Err(bad("type", "no page in the record (give html_b64, html or text)".to_owned())),
    }
}

/// A line as text. JSON is UTF-8; where somebody wrote other bytes into it, they are read as any page is, by what the record itself says of
/// its charset, and what was found is told.
fn as_text(line: &[u8]) -> (Cow<'_, str>, Option<decode::Found>) {
    if let Ok(text) = str::from_utf8(line) {
        return (text.into(), None);
    }
    let lossy = String::from_utf8_lossy(line);
    let label = serde_json::from_str::<Pairs>(&surrogates_mended(Cow::Borrowed(&lossy)).0).ok();
    let label = label.and_then(|pairs| serde_json::from_str::<String>(pairs.get("charset")?.get()).ok());
    let charset = label.and_then(|label| decode::label(&label).ok()).or_else(|| label_in(line));
    let decoded = decode::decode(line, &decode::Options { charset, text: false, max_bytes: usize::MAX });
    // Noise gives no text, and a line must have its answer.
    match decoded.found.binary {
        true => (lossy, Some(decode::Found { charset: "utf-8", undecodable: 1, ..decoded.found })),
        false => (decoded.text, Some(decoded.found)),
    }
}

/// The charset of a record whose other bytes are not even JSON before they are read by it: 0x5C may be half of a character.
fn label_in(line: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let behind = &line[memchr::memmem::find(line, b"\"charset\"")? + b"\"charset\"".len()..];
    let value = behind.trim_ascii_start().strip_prefix(b":")?.trim_ascii_start().strip_prefix(b"\"")?;
    decode::label(str::from_utf8(&value[..memchr::memchr(b'"', value)?]).ok()?).ok()
}

fn bad(code: &'static str, message: String) -> Failure {
    Failure { code, stage: "read", message }
}

/// A key's string; `null` counts as absent.
fn string(key: &str, value: Option<Box<RawValue>>) -> Result<Option<String>, Failure> {
    let Some(value) = value else { return Ok(None) };
    serde_json::from_str(value.get()).map_err(|_| bad("type", format!("{key} is not a string")))
}

/// JSON may hold half of a surrogate pair as an escape, which is no character: it becomes U+FFFD, and is counted.
fn surrogates_mended(line: Cow<str>) -> (Cow<str>, usize) {
    let unit = |at: usize| {
        let digits = line.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    let (mut out, mut from, mut at, mut count) = (String::new(), 0, 0, 0);
    while let Some(next) = memchr::memchr(b'\\', &line.as_bytes()[at..]) {
        at += next;
        match (unit(at), unit(at + 6)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => at += 12,
            (Some(0xD800..=0xDFFF), _) => {
                out.push_str(&line[from..at]);
                out.push_str("\\ufffd");
                at += 6;
                from = at;
                count += 1;
            }
            _ => at = (at + 2).min(line.len()),
        }
    }
    if count == 0 {
        return (line, 0);
    }
    out.push_str(&line[from..]);
    (Cow::Owned(out), count)
}
