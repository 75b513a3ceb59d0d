//! HTML, or text that was extracted before?
//!
//! In: decoded text. Out: whether to build a tree. Extracted text may hold stray tags (seed 000 begins with twelve), so a tag
//! somewhere proves nothing: the input must begin like a document or a fragment, or be dense with tags.

/// Beginnings of a document.
const DOCUMENT: &[&str] = &["<!doctype", "<html", "<head", "<body", "<frameset", "<?xml", "<rss", "<feed", "<rdf:rdf"];

/// Tags that carry the layout of pages. Each counts where it is opened.
const TAGS: &[&str] = &[
    "a",
    "article",
    "b",
    "blockquote",
    "body",
    "br",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "font",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "head",
    "html",
    "iframe",
    "img",
    "input",
    "li",
    "link",
    "meta",
    "ol",
    "option",
    "p",
    "pre",
    "ruby",
    "script",
    "section",
    "select",
    "span",
    "strong",
    "style",
    "svg",
    "table",
    "tbody",
    "td",
    "template",
    "th",
    "title",
    "tr",
    "ul",
    "main",
    "header",
    "footer",
    "nav",
    "noscript",
    "h5",
    "h6",
];

/// One known tag for at most this many bytes of text makes a dense page. HTML pages have one for 20 to 60 bytes; seed 000, which is text, has one for 700.
const DENSE: usize = 200;

/// How much of a page is looked at.
const SAMPLE: usize = 64 << 10;

/// What makes the input HTML, in words; None where it is text.
pub fn html(input: &str) -> Option<String> {
    let start = skip_comments(input);
    if let Some(mark) = DOCUMENT.iter().find(|mark| starts_with(start, mark)) {
        return Some(format!("begins with {mark}"));
    }
    let sample = &input[..input.floor_char_boundary(SAMPLE.min(input.len()))];
    let tags = memchr::memchr_iter(b'<', sample.as_bytes()).filter(|at| is_tag(&sample[at + 1..])).count();
    let fragment = is_tag(start.strip_prefix('<').unwrap_or_default());
    let document =
        memchr::memmem::find(sample.as_bytes(), b"<html").or_else(|| memchr::memmem::find(sample.as_bytes(), b"<HTML"));
    if document.is_some_and(|at| at < 4096) {
        return Some("holds <html".to_owned());
    }
    let dense = tags > 2 && tags * DENSE >= sample.len() || fragment && closes(start, tags);
    dense.then(|| format!("{tags} tags in {} bytes", sample.len()))
}

/// A short fragment: begins with a tag and ends with one, or is dense for what it is.
fn closes(start: &str, tags: usize) -> bool {
    start.trim_end().ends_with('>') || tags * DENSE * 2 >= start.len()
}

/// Leading space, byte order marks and comments are no evidence.
fn skip_comments(input: &str) -> &str {
    let mut rest = input;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\0');
        match rest.strip_prefix("<!--").and_then(|inner| inner.find("-->").map(|end| &inner[end + 3..])) {
            Some(after) => rest = after,
            None => return rest,
        }
    }
}

fn starts_with(text: &str, beginning: &str) -> bool {
    text.get(..beginning.len()).is_some_and(|head| head.eq_ignore_ascii_case(beginning))
}

/// What follows a `<` is a known tag's name, opening or closing.
fn is_tag(after: &str) -> bool {
    let name = after.strip_prefix('/').unwrap_or(after);
    let length = name.bytes().take(12).take_while(u8::is_ascii_alphanumeric).count();
    let ends = name.as_bytes().get(length).is_none_or(|b| b" \t\r\n/>".contains(b));
    ends && TAGS.iter().any(|tag| tag.eq_ignore_ascii_case(&name[..length]))
}

#[cfg(test)]
mod tests {
    use super::html;

    #[test]
    fn markup_is_told_from_text_with_stray_tags() {
        for page in [
            "<p>今天</p>",
            "  <!-- x --><HTML><body>今天",
            "<div><br>好<br>好",
            "\u{feff}<!DOCTYPE html>",
            "<rss version=\"2.0\"><channel>今天",
            "<feed xmlns=\"http://www.w3.org/2005/Atom\">今天",
            "今天<br>好<br>天气<br>很好<br>",
        ] {
            assert!(html(page).is_some(), "{page}");
        }
        let seed =
            format!("• <li id=\"a\"><button id=\"a\"></button></li>\n{}", "维扬经济开发区一路争先进位。".repeat(60));
        for text in ["今天天气很好。", seed.as_str(), "if a < b and c > d", "用<p>标签表示段落。", "<3 我爱你", ""]
        {
            assert!(html(text).is_none(), "{text}");
        }
    }
}
