//! Where images lie, and what stands for them.
//!
//! In: an `img`, or a `picture` with one in it. Out: its address and its words, or the sign that it is. Pages that load images late keep
//! the real address in an attribute of their own and a grey dot in `src`.

use crate::extract::parse::{Markup, Place};
use crate::page::MarkKind;
use std::borrow::Cow;

/// Attributes that hold an image's address, the real one first.
const SOURCES: [&str; 6] = ["data-src", "data-original", "data-lazy-src", "data-actualsrc", "srcset", "src"];

/// The image of an element; `None` where it has no address.
pub fn image(markup: Markup, place: Place) -> Option<MarkKind> {
    let markup = inner(markup, place);
    let target = SOURCES.iter().filter_map(|name| source(markup, name)).find_map(address)?;
    let text = markup.value("alt").unwrap_or("").split_whitespace().collect::<Vec<_>>().join(" ");
    Some(MarkKind::Image { target, text })
}

fn inner<'a>(markup: Markup<'a>, place: Place<'a>) -> Markup<'a> {
    place.children().filter_map(Place::markup).find(|child| child.name() == "img").unwrap_or(markup)
}

/// The first address of a `srcset`, the value of any other attribute.
fn source<'a>(markup: Markup<'a>, name: &str) -> Option<&'a str> {
    let value = markup.value(name)?;
    if name == "srcset" {
        value.split_whitespace().next().map(|first| first.trim_end_matches(','))
    } else {
        Some(value)
    }
}

/// Longest `alt` of an image that is a sign of the text.
const SIGN: usize = 4;

/// The sign that an image stands for: an emoticon that the page's program drew.
pub fn sign<'a>(markup: Markup<'a>, place: Place<'a>) -> Option<&'a str> {
    let markup = inner(markup, place);
    let drawn = markup.value("class").is_some_and(|class| class.contains("emoji") || class.contains("emoticon"));
    let alt = markup.value("alt").filter(|_| drawn)?.trim();
    let short = !alt.is_empty() && alt.chars().count() <= SIGN;
    (short && !alt.contains(|c: char| c.is_alphanumeric())).then_some(alt)
}

/// An address that leads somewhere: no script, no data, no place on the same page.
pub fn address(value: &str) -> Option<String> {
    // U+007F to U+009F begin with these two bytes; hardly any address has one.
    let maybe_control = |b: u8| b < b' ' || matches!(b, 0x7f | 0xc2);
    let mut value = Cow::Borrowed(value.trim());
    if value.bytes().any(maybe_control) {
        value = value.chars().filter(|c| !c.is_control()).collect();
    }
    let scheme = value.bytes().position(|b| matches!(b, b':' | b'/' | b'?' | b'#')).unwrap_or(value.len());
    let is = |name: &str| value[..scheme].eq_ignore_ascii_case(name);
    let script =
        value[scheme..].starts_with(':') && ["javascript", "vbscript", "data", "about", "blob"].into_iter().any(is);
    (!value.is_empty() && !value.starts_with('#') && !script).then(|| value.into_owned())
}
