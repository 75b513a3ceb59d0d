//! JSON around a page: an answer of an interface, a string out of a data set, a string whose quotes were lost.
//!
//! In: the decoded input. Out: the page or text that it carries, with what its other fields say. Only JSON that carries one long text
//! counts: a configuration, a table or a sample of JSON stays a text. Records, one a line, are `--input jsonl`.

use super::metadata::date::first_day;
use super::{Dropped, Extracted, Reading};
use crate::page::{Block, Kind, Source};
use serde_json::Value;

/// Fields that hold the page, the fuller one first.
const BODIES: [&str; 10] =
    ["html", "content_html", "content", "body", "raw_content", "article", "text", "contents", "正文", "内容"];

/// Fields that hold its title.
const TITLES: [&str; 5] = ["title", "headline", "subject", "标题", "標題"];

/// Fields that hold its date.
const DATES: [&str; 9] =
    ["published", "published_at", "publish_time", "pubDate", "date", "datetime", "created_at", "time", "发布时间"];

/// The page stands in this share of the JSON at least.
const SHARE: usize = 3;

/// A page of fewer code points is a value like others.
const LEAST: usize = 40;

/// Escapes that a string without its quotes has at least.
const ESCAPES: usize = 3;

/// A page that JSON carried.
pub struct Carried {
    /// The page or text.
    pub text: String,
    fields: Vec<(String, String)>,
    evidence: String,
}

/// The page in a JSON string, an object, or a string whose quotes were lost; None for everything else. Linear.
pub fn carried(input: &str) -> Option<Carried> {
    let bare = input.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    match (bare.as_bytes().first()?, bare.as_bytes().last()?) {
        (b'"', b'"') => string(serde_json::from_str(bare).ok()?, bare, "a JSON string"),
        (b'{', b'}') => object(serde_json::from_str(bare).ok()?, bare),
        (b'<' | b'[', _) => None,
        _ => unquoted(bare),
    }
}

/// A string that escapes stood in: one without any is a sentence in quotes.
fn string(text: String, written: &str, what: &str) -> Option<Carried> {
    let escaped = written.contains('\\') && (text.contains('\n') || text.contains("</"));
    escaped.then(|| Carried { text, fields: Vec::new(), evidence: what.to_owned() })
}

/// `\u003cp\u003e老茶馆…`: one line in which escapes stand for line ends, quotes and tags.
fn unquoted(bare: &str) -> Option<Carried> {
    let escapes = ["\\n", "\\u", "\\\"", "\\/"];
    let count = memchr::memchr_iter(b'\\', bare.as_bytes())
        .filter(|at| escapes.iter().any(|escape| bare[*at..].starts_with(escape)))
        .take(ESCAPES)
        .count();
    if count < ESCAPES || bare.contains('\n') {
        return None;
    }
    string(serde_json::from_str(&format!("\"{bare}\"")).ok()?, bare, "a JSON string without its quotes")
}

fn object(object: serde_json::Map<String, Value>, written: &str) -> Option<Carried> {
    let name = BODIES.iter().find(|name| matches!(object.get(**name), Some(Value::String(_))))?;
    let mut text = String::new();
    let mut fields = Vec::new();
    for (key, value) in object {
        match value {
            Value::String(value) if key == **name => text = value,
            Value::String(value) => fields.push((key, value)),
            other => fields.push((key, other.to_string())),
        }
    }
    let long = text.len() * SHARE >= written.len() && text.chars().nth(LEAST - 1).is_some();
    long.then(|| Carried { text, fields, evidence: format!("a JSON object with the field {name:?}") })
}

impl Carried {
    /// Adds to what was extracted of the text what the other fields say; what they say beside title and date is told as dropped.
    pub fn add_to(self, found: &mut Extracted) {
        found.readings.insert(0, Reading { form: "json", evidence: self.evidence });
        for (at, (name, value)) in self.fields.into_iter().enumerate() {
            let no_title = found.blocks.first().is_none_or(|block| block.kind != Kind::Title);
            if no_title && TITLES.contains(&name.as_str()) && !value.is_empty() {
                found.blocks.insert(0, Block::new(Kind::Title, &value));
                found.dropped.iter_mut().for_each(|dropped| dropped.before += 1);
            } else if found.metadata.published.is_none()
                && DATES.contains(&name.as_str())
                && first_day(&value).is_some()
            {
                found.metadata.published = first_day(&value);
                found.metadata.sources.push(Source { field: "published", place: "JSON", name: "date" });
            } else if !value.trim().is_empty() {
                let text = format!("{name}: {value}");
                found.dropped.insert(at.min(found.dropped.len()), Dropped { rule: RULE.0, text, before: 0, at: 0 });
            }
        }
    }
}

/// The rule that names what JSON held beside the page.
pub const RULE: (&str, &str) = ("json-field", "what JSON holds beside the page that it carries");

#[cfg(test)]
mod tests {
    use super::carried;

    #[test]
    fn json_that_carries_a_page_is_told_from_text() {
        let page = "<p>老茶馆昨天重新开门。</p>\\n<p>门前的长队从清晨一直排到中午，人们说这里的茶还是从前的味道。</p>";
        for (json, starts) in [
            (format!("\"{page}\""), "<p>老茶馆"),
            (format!("{{\"title\":\"茶馆\",\"content\":\"{page}\"}}"), "<p>老茶馆"),
            ("\\u003cp\\u003e老茶馆\\u003c/p\\u003e\\n好".to_owned(), "<p>老茶馆</p>\n好"),
        ] {
            let found = carried(&json).map(|carried| carried.text);
            assert!(found.as_deref().is_some_and(|text| text.starts_with(starts)), "{json}: {found:?}");
        }
        for text in [
            "\"今天天气很好。\"",
            "{\"name\": \"zonetext\", \"version\": \"1.0\", \"text\": \"短\"}",
            "用 \\n 表示换行，用 \\t 表示制表，用 \\u4e00 表示汉字，用 \\\" 表示引号。\n第二行。",
            "C:\\new\\update\\notes",
            "",
        ] {
            assert!(carried(text).is_none(), "{text}");
        }
    }
}
