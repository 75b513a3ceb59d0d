//! Tags that somebody left in a text.
//!
//! In: text that begins with `<`. Out: the tag and its length. A tag may have lost its end: attributes that are cut off by the end of the
//! line are a tag still.

/// A tag as it stands in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tag {
    /// One of [`NAMES`].
    pub name: &'static str,
    pub end: bool,
    /// Has no attribute.
    pub bare: bool,
    /// Its `>` is missing.
    pub cut: bool,
}

/// Elements whose tags are left in texts, sorted.
#[rustfmt::skip]
const NAMES: [&str; 113] = [
    "a", "abbr", "acronym", "area", "article", "aside", "audio", "b", "base", "bdo", "big", "blockquote", "body", "br", "button",
    "canvas", "caption", "center", "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "dir", "div", "dl", "dt",
    "em", "embed", "fieldset", "figcaption", "figure", "font", "footer", "form", "frame", "frameset", "h1", "h2", "h3", "h4",
    "h5", "h6", "head", "header", "hr", "html", "i", "iframe", "img", "input", "ins", "kbd", "label", "legend", "li", "link",
    "main", "map", "mark", "marquee", "meta", "nav", "nobr", "noframes", "noscript", "object", "ol", "optgroup", "option", "p",
    "param", "path", "picture", "pre", "q", "rp", "rt", "ruby", "s", "samp", "script", "section", "select", "small", "source",
    "span", "strike", "strong", "style", "sub", "summary", "sup", "svg", "table", "tbody", "td", "template", "textarea", "tfoot",
    "th", "thead", "time", "title", "tr", "u", "ul", "var", "video", "wbr",
];

/// No tag is longer, in bytes.
const LONGEST: usize = 1_000;

/// The tag that a text begins with, and its bytes.
pub fn at_start(text: &str) -> Option<(Tag, usize)> {
    let inner = text.strip_prefix('<')?;
    let (end, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
    let width = inner.bytes().take_while(u8::is_ascii_alphanumeric).count();
    if width == 0 || width > 10 {
        return None;
    }
    let lower = inner[..width].to_ascii_lowercase();
    let name = NAMES[NAMES.binary_search(&lower.as_str()).ok()?];
    let rest = &inner[width..];
    if !rest.starts_with(['>', '/', ' ', '\t']) {
        return None;
    }
    let window = &rest[..rest.floor_char_boundary(LONGEST.min(rest.len()))];
    let close = memchr::memchr(b'>', window.as_bytes());
    let next = memchr::memchr(b'<', window.as_bytes());
    let (attributes, length, cut) = match (close, next) {
        (Some(close), None) => (&rest[..close], close + 1, false),
        (Some(close), Some(next)) if close < next => (&rest[..close], close + 1, false),
        (_, _) if window.len() == rest.len() && rest.contains("=\"") => (rest, rest.len(), true),
        _ => return None,
    };
    let bare = attributes.trim_matches(['/', ' ', '\t']).is_empty();
    if !bare && !attributes.contains('=') && !is_valueless(attributes) {
        return None;
    }
    Some((Tag { name, end, bare, cut }, text.len() - rest.len() + length))
}

/// `<input disabled>`: words without a value.
fn is_valueless(attributes: &str) -> bool {
    attributes.trim_matches(['/', ' ']).bytes().all(|byte| byte.is_ascii_lowercase() || byte == b' ' || byte == b'-')
}

/// Whether a tag was left over, rather than written about. An end tag and a tag with attributes are; a bare one where the text has more
/// of them, or where it stands beside its like.
pub fn is_left_over(tag: &Tag, before: &str, after: &str, tags: bool) -> bool {
    if is_quoted(before, after) || tag.bare && !tag.end && is_named(after) {
        return false;
    }
    let near = &after[..after.floor_char_boundary(LONGEST.min(after.len()))];
    let behind = &before[before.ceil_char_boundary(before.len().saturating_sub(LONGEST))..];
    tags || tag.cut || !tag.bare || (tag.end && behind.contains('<')) || (!tag.end && near.contains("</"))
}

/// What a text about tags calls them.
const NOUNS: [&str; 10] = ["标签", "標籤", "元素", "标记", "標記", "属性", "屬性", "节点", "tag", "element"];

/// `<tr>、<td> 元素`: named by the word behind it, others of its kind between.
fn is_named(after: &str) -> bool {
    let mut rest = after.trim_start();
    for _ in 0..8 {
        if NOUNS.iter().any(|noun| rest.starts_with(noun)) {
            return true;
        }
        let next = rest.trim_start_matches(['、', '，', ',', '/', '和', '与', '或', ' ']);
        let Some((_, length)) = at_start(next).filter(|(tag, _)| tag.bare && next.len() < rest.len()) else {
            return false;
        };
        rest = next[length..].trim_start();
    }
    false
}

/// Between quotation marks or backticks: `“<br>”`.
fn is_quoted(before: &str, after: &str) -> bool {
    before.ends_with(['`', '"', '“', '‘', '「', '\'']) && after.starts_with(['`', '"', '”', '’', '」', '\''])
}

/// Nothing but tags, comments and entities of spaces: `<li id="yeaqi"><button id="yeaqi"></button></li>` (seed 000). A line with a word
/// between its tags stays, and so does `<p>` in a lesson about HTML, where words stand around it.
pub fn is_tags(text: &str) -> bool {
    let mut rest = text;
    let mut tags = 0;
    loop {
        rest = rest.trim_start_matches("&nbsp;").trim_start();
        let Some(after) = rest.strip_prefix('<') else { break };
        let name = after.trim_start_matches(['/', '!']);
        let Some(end) = after.find('>').filter(|_| name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-'))
        else {
            break;
        };
        rest = &after[end + 1..];
        tags += 1;
    }
    // A single bare tag may be what a lesson shows; litter has attributes or comes in pairs.
    rest.is_empty() && (tags > 1 || text.contains('=') || text.starts_with("</") || text.starts_with("<!"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_known_names_that_end_or_are_cut_off() {
        assert!(NAMES.is_sorted());
        for (text, found) in [
            ("<li>甲", Some(("li", 4))),
            ("</DIV >乙", Some(("div", 7))),
            ("<a href=\"/x\" class=\"y", Some(("a", 21))),
            ("<a 比 b 小>", None),
            ("<b,c>", None),
            ("<p", None),
            ("<vector>", None),
            ("< 5", None),
        ] {
            assert_eq!(at_start(text).map(|(tag, length)| (tag.name, length)), found, "{text}");
        }
    }
}
