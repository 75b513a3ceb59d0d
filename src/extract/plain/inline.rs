//! The words of one line to markup: literal tags, Markdown and everything else escaped.
//!
//! In: a line of text, and what the text as a whole was seen to hold ([`Evidence`]). Out: HTML, appended. Links and pictures of Markdown
//! become elements, so that the model sees them as it sees a page's. Tags that somebody left in the text go; those that a sentence is
//! about (`用 <table> 元素`) are escaped and stay. Only complete, unmistakable forms are read; what is in doubt is text.

use super::tag::{self, Tag};
use crate::extract::Reading;

/// What a text was seen to hold.
#[derive(Debug, Clone, Copy, Default)]
pub struct Evidence {
    /// Headings, fences and tables of Markdown.
    pub forms: usize,
    /// Lines with a link of Markdown.
    pub links: usize,
    /// Closing tags, and tags with attributes, that somebody left in the text.
    pub left_over: usize,
}

impl Evidence {
    /// Two forms of Markdown: emphasis and backslashes are read as such.
    pub fn markdown(&self) -> bool {
        self.forms + self.links >= 2
    }

    /// Two tags that were left over: a bare `<p>` is one of them.
    pub fn tags(&self) -> bool {
        self.left_over >= 2
    }

    /// What such a text is taken for.
    pub fn reading(&self, is_mail: bool) -> Reading {
        let Evidence { forms, links, left_over } = self;
        let (form, evidence) = if is_mail {
            ("mail", "a head of fields, or a line that says who wrote the quote below it".to_owned())
        } else if self.markdown() {
            ("markdown", format!("{forms} headings, fences and tables, {links} lines with links"))
        } else if self.tags() {
            ("text with tags", format!("{left_over} tags left over"))
        } else {
            ("text", format!("{left_over} tags, {} forms of Markdown", forms + links))
        };
        Reading { form, evidence }
    }
}

/// Appends text, escaped.
pub fn escape(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = memchr::memchr3(b'<', b'&', b'>', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'<' => "&lt;",
            b'&' => "&amp;",
            _ => "&gt;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

/// Appends the words of a line as markup.
pub fn write(line: &str, seen: Evidence, out: &mut String) {
    if let Some(inner) = unwrapped(line) {
        out.push_str("<b>");
        write(inner, seen, out);
        out.push_str("</b>");
        return;
    }
    let mut rest = line;
    let mut opened = 0u32;
    while let Some(at) = next(rest) {
        escape(&rest[..at], out);
        let here = &rest[at..];
        let used = match here.as_bytes()[0] {
            b'<' => literal(here, &line[..line.len() - here.len()], seen, &mut opened, out),
            b'[' | b'!' => linked(here, seen, out),
            b'`' => code(here, out),
            b'\\' if seen.markdown() => escaped(here, out),
            _ if seen.markdown() => strong(here, seen, out),
            _ => None,
        };
        match used {
            Some(used) => rest = &here[used..],
            None => {
                // A run of backticks is one sign: what it does not open, no part of it does.
                let ticks = here.bytes().take_while(|byte| *byte == b'`').count();
                let width = if ticks > 0 { ticks } else { here.chars().next().map_or(1, char::len_utf8) };
                escape(&here[..width], out);
                rest = &here[width..];
            }
        }
    }
    escape(rest, out);
    (0..opened).for_each(|_| out.push_str("</a>"));
}

/// Where the next sign stands that may be more than itself.
fn next(text: &str) -> Option<usize> {
    text.bytes().position(|byte| matches!(byte, b'<' | b'[' | b'!' | b'`' | b'\\' | b'*'))
}

/// A tag that was left over, and the bytes of it. Links keep their words as words of a link.
fn literal(here: &str, before: &str, seen: Evidence, opened: &mut u32, out: &mut String) -> Option<usize> {
    let (tag, length) = tag::at_start(here)?;
    if !tag::is_left_over(&tag, before, &here[length..], seen.tags()) {
        return None;
    }
    match tag {
        Tag { name: "a", end: false, bare: false, .. } if *opened == 0 => {
            *opened += 1;
            out.push_str("<a href=\"/\">");
        }
        Tag { name: "a", end: true, .. } if *opened > 0 => {
            *opened -= 1;
            out.push_str("</a>");
        }
        Tag { name: "br" | "p" | "div" | "li" | "tr" | "td" | "th" | "dd" | "dt", .. } => out.push(' '),
        _ => {}
    }
    Some(length)
}

/// `[words](address)` and `![words](address)`: the bytes they take.
fn linked(here: &str, seen: Evidence, out: &mut String) -> Option<usize> {
    let picture = here.starts_with('!');
    let inner = here.strip_prefix('!').unwrap_or(here).strip_prefix('[')?;
    let close = closing_bracket(inner)?;
    let (words, after) = (&inner[..close], inner[close + 1..].strip_prefix('(')?);
    let (address, end) = address(after)?;
    let used = here.len() - after.len() + end;
    if picture {
        out.push_str("<img src=\"");
        attribute(address, out);
        out.push_str("\" alt=\"");
        attribute(words, out);
        out.push_str("\">");
        return Some(used);
    }
    out.push_str("<a href=\"");
    attribute(if address.is_empty() { "/" } else { address }, out);
    out.push_str("\">");
    write_flat(words, seen, out);
    out.push_str("</a>");
    Some(used)
}

/// Pictures within the words of a link, and nothing deeper.
fn write_flat(words: &str, seen: Evidence, out: &mut String) {
    let mut rest = words;
    while let Some(at) = memchr::memchr3(b'!', b'\\', b'*', rest.as_bytes()) {
        escape(&rest[..at], out);
        let here = &rest[at..];
        let used = match here.as_bytes()[0] {
            b'!' if here.starts_with("![") => linked(here, seen, out),
            b'\\' if seen.markdown() => escaped(here, out),
            b'*' if seen.markdown() => Some(here.bytes().take_while(|byte| *byte == b'*').count()),
            _ => None,
        };
        let used = used.unwrap_or_else(|| {
            escape(&here[..1], out);
            1
        });
        rest = &here[used..];
    }
    escape(rest, out);
}

/// The longest words of a link, in bytes: what goes on longer is no link.
const LONGEST_WORDS: usize = 2_000;

/// The bracket that closes the words, those of a picture within passed over.
fn closing_bracket(inner: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, byte) in inner.bytes().enumerate().take(LONGEST_WORDS) {
        match byte {
            b'\\' => {}
            b'[' => depth += 1,
            b']' if depth == 0 => return Some(at),
            b']' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The longest address with its title, in bytes.
const LONGEST_ADDRESS: usize = 4_000;

/// An address and the bytes up to behind its bracket. It has no space in it, so `f[i](第一 次)` is no link; a title may follow.
fn address(after: &str) -> Option<(&str, usize)> {
    let mut depth = 0;
    let window = &after.as_bytes()[..after.len().min(LONGEST_ADDRESS)];
    let close = window.iter().position(|byte| match byte {
        b'(' => {
            depth += 1;
            false
        }
        b')' if depth > 0 => {
            depth -= 1;
            false
        }
        byte => *byte == b')',
    })?;
    let whole = after[..close].trim();
    let whole = whole.strip_prefix('<').map_or(whole, |inner| inner.trim_end_matches('>'));
    let bare = [" \"", " '", " “"].iter().find_map(|mark| whole.split_once(mark)).map_or(whole, |(address, _)| address);
    let scheme = |name: &str| bare.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    let file = || bare.contains(['.', '/', '?', '=', '#', '%']) && bare.is_ascii();
    let looks = bare.is_empty()
        || bare.starts_with(['/', '#', '.', '?'])
        || bare.contains("://")
        || scheme("mailto:")
        || scheme("javascript:")
        || scheme("tel:")
        || file();
    let broken = bare.contains(char::is_whitespace) && !scheme("javascript:");
    (looks && !broken).then_some((bare, close + 1))
}

fn attribute(value: &str, out: &mut String) {
    let mut rest = value;
    while let Some(at) = memchr::memchr2(b'"', b'&', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        out.push_str(if rest.as_bytes()[at] == b'"' { "&quot;" } else { "&amp;" });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

/// `` `words` `` on one line, with as many signs before as behind.
fn code(here: &str, out: &mut String) -> Option<usize> {
    let signs = here.bytes().take_while(|byte| *byte == b'`').count();
    let inner = &here[signs..];
    let mark = &here[..signs];
    let close = inner.get(..inner.floor_char_boundary(LONGEST_WORDS.min(inner.len())))?.find(mark)?;
    let words = &inner[..close];
    if words.trim().is_empty() || inner[close + signs..].starts_with('`') || signs > 2 {
        return None;
    }
    out.push_str("<code>");
    escape(words.trim(), out);
    out.push_str("</code>");
    Some(2 * signs + close)
}

/// A backslash before a sign that Markdown escapes.
fn escaped(here: &str, out: &mut String) -> Option<usize> {
    let sign = here[1..].chars().next().filter(|c| "\\`*_{}[]()#+-.!|>~<".contains(*c))?;
    escape(&here[1..1 + sign.len_utf8()], out);
    Some(1 + sign.len_utf8())
}

/// `**words**`: a pair of two signs on one line.
fn strong(here: &str, seen: Evidence, out: &mut String) -> Option<usize> {
    let inner = here.strip_prefix("**").filter(|inner| !inner.starts_with(['*', ' ']))?;
    let close = inner.get(..inner.floor_char_boundary(LONGEST_WORDS.min(inner.len())))?.find("**")?;
    if close == 0 {
        return None;
    }
    out.push_str("<b>");
    write_flat(&inner[..close], seen, out);
    out.push_str("</b>");
    Some(close + 4)
}

/// The words of a line that is emphasised as a whole, which needs no other sign of Markdown.
fn unwrapped(line: &str) -> Option<&str> {
    ["**", "__"].iter().find_map(|mark| {
        let inner = line.strip_prefix(mark)?.strip_suffix(mark)?;
        (!inner.is_empty() && !inner.contains(mark) && !inner.starts_with(['*', '_'])).then_some(inner.trim())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn complete_forms_are_read_and_others_are_text() {
        for (from, to) in [
            ("见[扬州网](https://a.example/b)报道", "见<a href=\"https://a.example/b\">扬州网</a>报道"),
            ("![](https://a.example/p.png)", "<img src=\"https://a.example/p.png\" alt=\"\">"),
            ("[![标](/p.png)首页](/)", "<a href=\"/\"><img src=\"/p.png\" alt=\"标\">首页</a>"),
            ("数组a[i](从 0 起)", "数组a[i](从 0 起)"),
            ("**底气 营商环境**", "<b>底气 营商环境</b>"),
            ("2**3**2", "2**3**2"),
            ("用 <table> 元素", "用 &lt;table&gt; 元素"),
            ("<a href=\"/x\">更多</a>", "<a href=\"/\">更多</a>"),
            ("看`a < b`", "看<code>a &lt; b</code>"),
        ] {
            let mut out = String::new();
            write(from, Evidence::default(), &mut out);
            assert_eq!(out, to);
        }
    }
}
