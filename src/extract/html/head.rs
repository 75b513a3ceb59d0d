//! What the head of a page says: title, meta elements, structured data, canonical address.
//!
//! In: the elements as the walk meets them. Out: [`Head`], raw values; which of them to believe is left to `metadata`.

use crate::extract::metadata::newspaper::Newspaper;
use crate::extract::parse::{Markup, Place};
use memchr::memmem;
use std::sync::LazyLock;

/// Raw values of a page's head.
#[derive(Debug, Default, Clone)]
pub struct Head {
    pub title: Option<String>,
    /// `name`, `property` or `itemprop` in lower case, with `content`; in order.
    pub metas: Vec<(String, String)>,
    /// Bodies of `application/ld+json` scripts.
    pub json: Vec<String>,
    pub canonical: Option<String>,
    /// The first `lang` attribute.
    pub language: Option<String>,
    /// Values of the scripts' variables that hold the time of publication, in order.
    pub stamps: Vec<String>,
    /// What a system for newspapers noted in a comment.
    pub newspaper: Newspaper,
    /// `datetime` attributes of `time` elements, in order.
    pub times: Vec<String>,
}

impl Head {
    /// A `script` element.
    pub fn script(&mut self, markup: Markup, place: Place) {
        if attribute(markup, "type").is_some_and(|t| t.trim().eq_ignore_ascii_case("application/ld+json")) {
            self.json.push(text_of(place));
        } else if self.stamps.is_empty() {
            let text = place.children().filter_map(Place::text);
            self.stamps.extend(text.filter(|text| text.len() <= LONGEST).filter_map(stamp));
        }
    }

    /// A `title` element; the first with text counts.
    pub fn title(&mut self, place: Place) {
        if self.title.as_deref().is_none_or(|t| t.trim().is_empty()) {
            self.title = Some(text_of(place));
        }
    }

    /// A `meta` element.
    pub fn meta(&mut self, markup: Markup) {
        let (mut name, mut content) = (None, None);
        for (key, value) in markup.attributes() {
            match key {
                "name" | "property" | "itemprop" => name = name.or(Some(value)),
                "content" => content = Some(value),
                _ => {}
            }
        }
        if let (Some(name), Some(content)) = (name, content)
            && !content.trim().is_empty()
        {
            self.metas.push((name.trim().to_ascii_lowercase(), content.trim().to_owned()));
        }
    }

    /// A `link` element.
    pub fn link(&mut self, markup: Markup) {
        if attribute(markup, "rel").is_some_and(|r| r.eq_ignore_ascii_case("canonical")) {
            self.canonical = self.canonical.take().or_else(|| attribute(markup, "href").map(str::to_owned));
        }
    }

    /// The content of the first meta element of this name.
    pub fn meta_value(&self, name: &str) -> Option<&str> {
        self.metas.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }
}

/// Bytes of a script that is searched: those that state facts of a page are short, libraries are not.
const LONGEST: usize = 64 << 10;

/// Names that pages give to the time of publication in their scripts. `ct` and `publish_time` are WeChat's.
const STAMPS: &[&str] = &[
    "var ct = ",
    "var ct=",
    "publish_time",
    "publishTime",
    "publishDate",
    "publish_date",
    "pubTime",
    "pubDate",
    "pubdate",
    "createTime",
    "releaseTime",
];

/// Every name holds one of these; most scripts hold none.
static PARTS: LazyLock<[memmem::Finder; 3]> = LazyLock::new(|| ["var ct", "pub", "eTime"].map(memmem::Finder::new));

/// The value after the first such name: its digits and what parts them.
fn stamp(script: &str) -> Option<String> {
    let bytes = script.as_bytes();
    if PARTS.iter().all(|part| part.find(bytes).is_none()) {
        return None;
    }
    STAMPS.iter().find_map(|name| {
        memmem::find_iter(bytes, name).take(5).find_map(|at| {
            let rest = script[at + name.len()..].trim_start_matches(['"', '\'', '\\', ' ']);
            let value = if name.ends_with(['=', ' ']) { rest } else { rest.strip_prefix([':', '='])? };
            let value = value.trim_start_matches(['"', '\'', '\\', ' ']);
            let end = value.find(|c: char| !(c.is_ascii_digit() || "-/:. T年月日".contains(c))).unwrap_or(value.len());
            (8..=40).contains(&end).then(|| value[..end].to_owned())
        })
    })
}

/// The value of an attribute.
pub(super) fn attribute<'a>(markup: Markup<'a>, name: &str) -> Option<&'a str> {
    markup.attributes().find(|(n, _)| *n == name).map(|(_, v)| v)
}

fn text_of(place: Place) -> String {
    place.children().filter_map(Place::text).collect()
}
