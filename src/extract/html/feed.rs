//! Feeds: RSS, RDF and Atom as pages.
//!
//! In: XML as text. Out: an HTML page that shows each entry with its title, all of it main text. HTML's rules would read a feed as one
//! paragraph of titles, addresses and markup that was escaped to be carried. Only the elements that hold words are looked for; a
//! feed that breaks off gives the entries it has.

use super::payload::paragraphs;
use memchr::memmem;

/// Bytes in which the outermost element has to show itself, behind declarations and comments.
const HEAD: usize = 2048;

/// Elements with an entry's text, the whole before the summary.
const BODIES: &[&str] = &["content:encoded", "content", "description", "summary"];

/// The page for a feed; None for everything else.
pub fn page(xml: &str) -> Option<String> {
    let start = xml.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    if !["<?xml", "<rss", "<feed", "<rdf:RDF"].iter().any(|mark| start.starts_with(mark)) {
        return None;
    }
    let head = &start[..start.floor_char_boundary(HEAD)];
    let root = ["<rss", "<feed", "<rdf:RDF"].iter().filter_map(|mark| head.find(mark)).min()?;
    let (open, close) = if head[root..].starts_with("<feed") { ("<entry", "</entry") } else { ("<item", "</item") };
    let mut rest = &start[root..];
    let first = find_element(rest, open).unwrap_or(rest.len());
    let title = element(&rest[..first], "title").unwrap_or_default();
    let mut page = format!("<title>{}</title><body><article>", escaped(&title));
    while let Some(at) = find_element(rest, open) {
        let entry = &rest[at + open.len()..];
        let end = memmem::find(entry.as_bytes(), close.as_bytes()).unwrap_or(entry.len());
        if let Some(title) = element(&entry[..end], "title") {
            page.push_str(&format!("<h2>{}</h2>\n", escaped(&title)));
        }
        if let Some(body) = BODIES.iter().find_map(|name| element(&entry[..end], name)) {
            page.push_str(&if body.contains("</") || body.contains("/>") || body.contains("<br") {
                body
            } else {
                paragraphs(&body)
            });
        }
        rest = &entry[end..];
    }
    Some(page)
}

/// Where an element of this name opens: `<item>` and `<item rdf:about="…">`, not `<items>`.
fn find_element(xml: &str, open: &str) -> Option<usize> {
    let ends = |at: &usize| {
        xml.as_bytes().get(at + open.len()).is_some_and(|b| matches!(b, b'>' | b' ' | b'\n' | b'\r' | b'\t' | b'/'))
    };
    memmem::find_iter(xml.as_bytes(), open.as_bytes()).find(ends)
}

/// The text of the first element of this name, with what it escapes undone; None where it is absent or empty.
fn element(xml: &str, name: &str) -> Option<String> {
    let open = format!("<{name}");
    let rest = &xml[find_element(xml, &open)? + open.len()..];
    let tag = rest.find('>')?;
    let inside = &rest[tag + 1..];
    let end = memmem::find(inside.as_bytes(), format!("</{name}").as_bytes())?;
    let text = inside[..end].trim();
    let text = match text.strip_prefix("<![CDATA[") {
        Some(data) => data.strip_suffix("]]>").unwrap_or(data).to_owned(),
        // XHTML inside of Atom is markup already.
        None if text.starts_with('<') => text.to_owned(),
        None => text
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&amp;", "&"),
    };
    (!text.is_empty()).then_some(text)
}

fn escaped(text: &str) -> String {
    text.replace('<', "&lt;")
}
