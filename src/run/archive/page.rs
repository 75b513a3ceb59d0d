//! Which records are pages, and what a page's record says of it.

use super::coding::{self, Body};
use super::http::{self, Response};
use super::records::{Head, Record};
use encoding_rs::Encoding;
use std::borrow::Cow;
use zonetext::extract::Form;
use zonetext::{Options, decode};

/// A page in an archive.
pub struct Input<'a> {
    pub bytes: Cow<'a, [u8]>,
    /// What the HTTP header said.
    charset: Option<&'static Encoding>,
    form: Form,
    /// UTF-8 by the standard (WET), so its charset is no question.
    text: bool,
    /// What is missing of it, in words.
    pub flaw: Option<String>,
}

/// What a record turned out to be.
pub enum Found<'a> {
    Page(Input<'a>),
    /// No page; the word under which it is counted.
    PassedOver(String),
}

/// Media types of pages.
const PAGES: &[&str] = &["text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml", "text/plain"];

/// Media types that say nothing: the body is looked at. XML may be XHTML or a feed.
const UNSAID: &[&str] = &[
    "",
    "application/octet-stream",
    "application/unknown",
    "application/xml",
    "content/unknown",
    "text/xml",
    "unknown/unknown",
];

/// Looks at a record.
pub fn found(record: &Record, most: usize) -> Found<'_> {
    let head = &record.head;
    let said = head.content_type.as_deref().unwrap_or_default();
    let media = http::media_type(said);
    match head.kind.as_str() {
        "response" | "resource" if media == "application/http" || record.block.starts_with(b"HTTP/") => {
            response(head, http::response(&record.block), most)
        }
        "response" | "resource" => {
            let plain = Response { content_type: Some(said.to_owned()), body: &record.block, ..Response::default() };
            response(head, plain, most)
        }
        "conversion" if media.is_empty() || media == "text/plain" => Found::Page(Input {
            bytes: Cow::Borrowed(&record.block),
            charset: None,
            form: Form::Text,
            text: true,
            flaw: truncated(head),
        }),
        "conversion" => Found::PassedOver(media),
        "" => Found::PassedOver("record without a type".to_owned()),
        kind => Found::PassedOver(kind.to_owned()),
    }
}

fn response<'a>(head: &Head, response: Response<'a>, most: usize) -> Found<'a> {
    if let Some(status) = response.status.filter(|status| !(200..300).contains(status)) {
        return Found::PassedOver(format!("status {status}"));
    }
    let said = response.content_type.as_deref().unwrap_or_default();
    let mut media = http::media_type(said);
    if UNSAID.contains(&media.as_str()) {
        media = head.identified.as_deref().map(http::media_type).unwrap_or(media);
    }
    let unsaid = UNSAID.contains(&media.as_str());
    if !unsaid && !PAGES.contains(&media.as_str()) {
        return Found::PassedOver(media);
    }
    let Body { bytes, flaw } = coding::undone(response.body, &response.codings, most);
    if unsaid && !looks_like_a_page(&bytes) {
        let name = if media.is_empty() { "no content type" } else { &media };
        return Found::PassedOver(name.to_owned());
    }
    let charset = http::charset(said).and_then(|label| decode::label(label).ok());
    Found::Page(Input { bytes, charset, form: Form::Auto, text: false, flaw: flaw.or_else(|| truncated(head)) })
}

/// HTML that nobody called so.
fn looks_like_a_page(bytes: &[u8]) -> bool {
    let start = bytes[..bytes.len().min(1024)].to_ascii_lowercase();
    memchr::memmem::find(&start, b"<html").is_some() || memchr::memmem::find(&start, b"<!doctype html").is_some()
}

fn truncated(head: &Head) -> Option<String> {
    head.truncated.as_ref().map(|why| format!("the crawler stored only a part of it (WARC-Truncated: {why})"))
}

impl Input<'_> {
    /// The run's options with what is known of this page.
    pub fn options(&self, run: &Options, url: Option<&str>) -> Options {
        let mut options = run.clone();
        options.decode.charset = self.charset.or(options.decode.charset);
        options.decode.text |= self.text;
        if let Some(extract) = options.extract.as_mut().filter(|extract| extract.form == Form::Auto) {
            extract.form = self.form;
        }
        if let Some(extract) = &mut options.extract {
            extract.url = url.map(str::to_owned).or(extract.url.take());
        }
        options
    }
}
