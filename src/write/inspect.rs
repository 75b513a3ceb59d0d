//! What was found in a page, for people (a table) or programs (JSON). The page was cleaned with `explain`, and what each stage
//! did is counted from the very changes, so nothing here is a second opinion.

use super::ink::{Tone, ink};
use super::record::Origin;
use super::visible::{on_one_line, visible};
use super::{Format, Options};
use crate::edit::Stage;
use crate::page::Page;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The findings: a table, in colour for a terminal, or JSON where the format is a JSON one. Ends with a line end.
pub fn inspect(page: &Page, origin: &Origin, options: &Options, color: bool) -> String {
    let findings = findings(page, origin);
    match options.format {
        Format::Jsonl => format!("{findings}\n"),
        Format::Json => format!("{findings:#}\n"),
        Format::Text | Format::Markdown => table(&findings, color),
    }
}

/// One line for a page among many: how it came out, charset, script, sort, confidence, characters, damage, name.
pub fn line(page: &Page, name: &str, color: bool) -> String {
    let word = |value: Value| value.as_str().unwrap_or("-").to_owned();
    let (status, script) = (word(json!(page.status)), word(json!(page.script)));
    let tone = if status == "ok" { Tone::New } else { Tone::Warn };
    let confidence = page.confidence.map_or("-".to_owned(), |c| format!("{c:.2}"));
    let chars: usize = page.blocks.iter().map(|block| block.text.chars().count()).sum();
    let damage: Vec<String> = page.repairs.iter().map(|(class, count)| format!("{class} {count}")).collect();
    let damage = if damage.is_empty() { "-".to_owned() } else { damage.join(", ") };
    format!(
        "{} {:<10} {script:<7} {:<8} {confidence:>4} {chars:>8}  {}  {}\n",
        ink(&format!("{status:<7}"), tone, color),
        page.charset.charset,
        word(json!(page.sort)),
        on_one_line(name),
        ink(&damage, Tone::Name, color),
    )
}

/// The same of an input that could not be read.
pub fn failed_line(name: &str, color: bool) -> String {
    format!(
        "{} {:<10} {:<7} {:<8} {:>4} {:>8}  {}\n",
        ink("failed ", Tone::Gone, color),
        "-",
        "-",
        "-",
        "-",
        "-",
        on_one_line(name)
    )
}

/// What stands above such lines.
pub fn heading(color: bool) -> String {
    let heading = format!(
        "{:<7} {:<10} {:<7} {:<8} {:>4} {:>8}  page  damage",
        "status", "charset", "script", "kind", "sure", "chars"
    );
    format!("{}\n", ink(&heading, Tone::Faint, color))
}

/// Sections in the order of the flow; `null` and empty values are left out of the table.
fn findings(page: &Page, origin: &Origin) -> Value {
    let dropped = page.changes.iter().filter(|c| c.stage == Stage::Extract);
    let converted = page.changes.iter().filter(|c| c.stage == Stage::Script).count();
    let texts = page.texts();
    let cuts = page.stops.iter().flatten().filter(|stop| stop.cut).count();
    json!({
        "path": origin.file_path,
        "decode": {
            "charset": page.charset.charset,
            "charset_from": page.charset.from,
            "evidence": page.charset.evidence,
            "undecodable": page.charset.undecodable,
            "chars": page.chars_in,
        },
        "extract": {
            "input": page.readings.iter().map(|r| format!("{} ({})", r.form, r.evidence)).collect::<Vec<_>>(),
            "page": page.sort,
            "confidence": page.confidence.map(|c| (f64::from(c) * 100.0).round() / 100.0),
            "title": page.title(),
            "author": page.metadata.authors,
            "site": page.metadata.site,
            "published": page.metadata.published,
            "tags": page.metadata.tags,
            "language": page.language(),
            "url": origin.url.as_ref().or(page.metadata.url.as_ref()),
            "read_from": sources(page, origin),
            "selected": selected(page),
            "kept": counts(page.blocks.iter().map(|b| b.kind.name())),
            "dropped": counts(dropped.map(|c| c.rule)),
        },
        "repair": { "would_mend": page.repairs, "lost": crate::repair::lost(&texts) },
        "script": {
            "script": page.script,
            "han": page.evidence.han,
            "simplified_only": page.evidence.simplified,
            "traditional_only": page.evidence.traditional,
            "cantonese_only": page.evidence.cantonese,
            "kana": page.evidence.kana,
            "hangul": page.evidence.hangul,
            "taiwan_words": words(&page.evidence.taiwan),
            "hong_kong_words": words(&page.evidence.hong_kong),
            "by_converter": crate::script::converted(&texts).by_characters(),
            "would_change": converted,
            "uncertain": page.uncertain.len(),
        },
        "split": {
            "sentences": page.blocks.iter().map(|b| b.sentences.len()).sum::<usize>(),
            "stops_cut": cuts,
            "stops_refused": page.stops.iter().flatten().count() - cuts,
        },
        "status": page.status,
        "limit": page.limit,
    })
}

/// Where each value of the metadata was read.
fn sources(page: &Page, origin: &Origin) -> BTreeMap<&'static str, String> {
    let mut sources: BTreeMap<_, _> = page.metadata.sources.iter().map(|s| (s.field, s.to_string())).collect();
    // What is shown is found by the script; what the markup declares is only a hint.
    if page.script != crate::script::Script::Other {
        sources.remove("language");
    }
    if origin.url.is_some() {
        sources.insert("url", "given by the caller".to_owned());
    }
    sources
}

fn words(found: &[(&'static str, usize)]) -> BTreeMap<&'static str, usize> {
    found.iter().copied().collect()
}

fn counts(names: impl Iterator<Item = &'static str>) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    names.for_each(|name| *counts.entry(name).or_default() += 1);
    counts
}

/// Two columns; a section's name stands before its first line.
fn table(findings: &Value, color: bool) -> String {
    let mut out = String::new();
    for key in ["path", "decode", "extract", "repair", "script", "split", "status", "limit"] {
        match &findings[key] {
            Value::Object(section) if section.is_empty() => row(&mut out, key, "", "nothing", color),
            Value::Object(section) => {
                let mut heading = key;
                let read_from = &section.get("read_from").unwrap_or(&Value::Null);
                for (name, value) in section.iter().filter(|(name, value)| !is_empty(value) && *name != "read_from") {
                    let from =
                        read_from[name.as_str()].as_str().map(|from| ink(&format!(" ({from})"), Tone::Faint, color));
                    let value = visible(&plain(value)) + &from.unwrap_or_default();
                    row(&mut out, heading, &name.replace('_', " "), &value, color);
                    heading = "";
                }
            }
            value if !is_empty(value) => row(&mut out, key, "", &visible(&plain(value)), color),
            _ => {}
        }
    }
    out
}

fn row(out: &mut String, section: &str, name: &str, value: &str, color: bool) {
    let section = ink(&format!("{section:<8}"), Tone::Strong, color);
    let name = ink(&format!("{name:<13}"), Tone::Faint, color);
    out.push_str(format!("{section} {name} {value}").trim_end());
    out.push('\n');
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(list) => list.is_empty(),
        Value::Object(map) => map.is_empty(),
        _ => false,
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(plain).collect::<Vec<_>>().join("; "),
        Value::Object(map) => map.iter().map(|(k, v)| format!("{k} {}", plain(v))).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

/// What the parts of a recipe found: `content by div.article: 1`.
fn selected(page: &Page) -> Vec<String> {
    let told = |part: &crate::extract::recipe::Selected| {
        format!("{} by {}: {}", part.field.name(), part.selector, part.elements)
    };
    page.selected.iter().map(told).collect()
}
