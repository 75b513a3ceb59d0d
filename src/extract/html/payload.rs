//! Text that a page carries as data for its scripts instead of showing it.
//!
//! In: what the walk met of such data, or the page's source. Out: HTML fragments in reading order. Looked at only where the page itself
//! shows next to nothing: a Discourse topic delivers its posts as JSON in an attribute, a news page may have its text in JSON-LD alone, and
//! pages that a program draws begin with the state it starts from.

use serde_json::Value;

/// Posts of a Discourse topic: `data-preloaded` maps `topic_N` to a JSON text with `post_stream.posts[].cooked`.
pub fn discourse(attribute: &str) -> Vec<String> {
    let Ok(Value::Object(parts)) = serde_json::from_str(attribute) else { return Vec::new() };
    let topic = parts.iter().find(|(key, _)| key.starts_with("topic_")).and_then(|(_, value)| value.as_str());
    let Some(Ok(topic)) = topic.map(serde_json::from_str::<Value>) else { return Vec::new() };
    let posts = topic.pointer("/post_stream/posts").and_then(Value::as_array);
    posts.into_iter().flatten().filter_map(post).collect()
}

/// A post as the forum would show it.
fn post(post: &Value) -> Option<String> {
    let cooked = post.get("cooked")?.as_str()?;
    let name = post.get("username").and_then(Value::as_str).unwrap_or("");
    Some(format!(
        "<article class=\"topic-post\"><div class=\"username\">{name}</div><div class=\"cooked\">{cooked}</div></article>"
    ))
}

/// Letters of prose that a script has to carry before it is taken for the text of a page that shows nothing at all, and of one that
/// shows a menu or a picture: there the scripts' own messages must not win.
const LEAST: [usize; 2] = [20, 100];

/// Bytes of scripts that are read for it.
const BUDGET: usize = 8 << 20;

/// The longest prose among the strings of a page's scripts, as HTML: `__NEXT_DATA__`, `window.__INITIAL_STATE__ = {…}`, Toutiao's
/// percent-encoded `RENDER_DATA`. Such state is JSON in one place, a call of functions in the next; string literals are in all of
/// them, so they are what is read, and the keys are not asked.
pub fn scripts(html: &str, shows_lines: bool) -> Option<String> {
    let least = LEAST[usize::from(shows_lines)];
    let mut best = Best { letters: least - 1, text: String::new() };
    let (mut rest, mut budget) = (html, BUDGET);
    while let Some(at) = memchr::memmem::find(rest.as_bytes(), b"<script") {
        let script = &rest[at..];
        let Some(open) = script.find('>') else { break };
        let end = memchr::memmem::find(&script.as_bytes()[open..], b"</script").map_or(script.len(), |end| open + end);
        let (tag, body) = (&script[..open], &script[open + 1..end.max(open + 1)]);
        if body.len() > budget {
            break;
        }
        budget -= body.len();
        if !tag.contains("ld+json") {
            let body = body.trim_start();
            if body.starts_with("%7B") || body.starts_with("%5B") {
                best.literals(&percent(body), 0)
            } else {
                best.literals(body, 0)
            }
        }
        rest = &script[end..];
    }
    (best.letters >= least).then(|| if best.text.contains("</") { best.text } else { paragraphs(&best.text) })
}

/// Text as paragraphs of HTML, a line each.
pub fn paragraphs(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.map(|line| format!("<p>{}</p>\n", line.replace('&', "&amp;").replace('<', "&lt;"))).collect()
}

/// The string with most prose so far.
struct Best {
    letters: usize,
    text: String,
}

impl Best {
    /// Looks at the string literals of a script; one that is JSON itself is looked into, twice at most.
    fn literals(&mut self, script: &str, depth: u32) {
        let bytes = script.as_bytes();
        let mut at = 0;
        while let Some(found) = memchr::memchr3(b'"', b'\'', b'`', &bytes[at..]) {
            let quote = bytes[at + found];
            let from = at + found + 1;
            let mut end = from;
            while end < bytes.len() && bytes[end] != quote && !(bytes[end] == b'\n' && quote != b'`') {
                end += if bytes[end] == b'\\' { 2 } else { 1 };
            }
            let end = end.min(bytes.len());
            // An escape may end inside of a character.
            let literal = &script[from..script.floor_char_boundary(end.max(from))];
            if literal.len() >= LEAST[0] && looks_written(literal) {
                self.judge(&unescape(literal), depth);
            }
            at = end + usize::from(end < bytes.len());
        }
    }

    fn judge(&mut self, text: &str, depth: u32) {
        if depth < 2 && text.starts_with(['{', '[']) {
            return self.literals(text, depth + 1);
        }
        let text = if text.contains("&lt;") && !text.contains("</") {
            text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
        } else {
            text.to_owned()
        };
        let letters = prose(&text);
        if letters > self.letters {
            *self = Best { letters, text };
        }
    }
}

/// Whether there is a sign of a sentence in it, raw or escaped: most long literals are addresses, styles and programs.
fn looks_written(literal: &str) -> bool {
    ["。", "，", "\\u3002", "\\uff0c", ". ", "%E3%80%82"]
        .iter()
        .any(|sign| memchr::memmem::find(literal.as_bytes(), sign.as_bytes()).is_some())
}

/// Letters outside of tags, where there are two sentence ends or commas with them; 0 for anything that reads like a program.
fn prose(text: &str) -> usize {
    let (mut letters, mut marks, mut braces, mut inside) = (0, 0, 0, false);
    for c in text.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            _ if inside => {}
            '。' | '，' | '！' | '？' | '.' | ',' | '!' | '?' => marks += 1,
            '{' | '}' | ';' | '=' => braces += 1,
            c => letters += usize::from(c.is_alphabetic()),
        }
    }
    if marks >= 2 && braces * 20 <= letters && marks * 4 <= letters { letters } else { 0 }
}

/// A literal of JSON or JavaScript as the text it stands for.
fn unescape(literal: &str) -> String {
    let mut units: Vec<u16> = Vec::new();
    let mut text = String::with_capacity(literal.len());
    let mut rest = literal;
    while let Some(at) = rest.find('\\') {
        let (plain, escape) = rest.split_at(at);
        if !plain.is_empty() || !escape.starts_with("\\u") {
            text.push_str(&String::from_utf16_lossy(&std::mem::take(&mut units)));
            text.push_str(plain);
        }
        let digits = match escape.as_bytes().get(1) {
            Some(b'u') => 4,
            Some(b'x') => 2,
            _ => 0,
        };
        let code = escape.get(2..2 + digits).and_then(|hex| u16::from_str_radix(hex, 16).ok());
        rest = match code {
            Some(unit) => {
                units.push(unit);
                &escape[2 + digits..]
            }
            None => {
                let c = escape[1..].chars().next();
                match c {
                    Some('n') => text.push('\n'),
                    Some('r' | 't') => text.push(' '),
                    Some(c) => text.push(c),
                    None => {}
                }
                &escape[1 + c.map_or(0, char::len_utf8)..]
            }
        };
    }
    text.push_str(&String::from_utf16_lossy(&units));
    text.push_str(rest);
    text
}

/// Percent-encoding undone; what is none stays.
fn percent(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = (bytes[at] == b'%')
            .then(|| text.get(at + 1..at + 3))
            .flatten()
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        out.push(code.unwrap_or(bytes[at]));
        at += if code.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&out).into_owned()
}
