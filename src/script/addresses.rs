//! Addresses (URLs), inline code and formulas in running text: they name something, so no character of them may change.
//!
//! In: a text. Out: byte ranges. An address runs to the first white space or CJK punctuation. Ideographs belong to it only
//! where the address goes on behind them or ends with them at white space: 见https://a.cn/b这一页 ends before 这.

use memchr::memmem;
use std::ops::Range;

/// What opens and closes inline code (Markdown's) and formulas (TeX's).
const DELIMITERS: [(&str, &str); 4] = [("`", "`"), ("\\(", "\\)"), ("\\[", "\\]"), ("$$", "$$")];
/// The bytes of inline code or of a formula at most.
const LONGEST: usize = 400;

/// Inline code and formulas in `text`, from left to right, each on one line.
pub(super) fn code(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    if memchr::memchr3(b'`', b'\\', b'$', text.as_bytes()).is_none() {
        return found;
    }
    let mut at = 0;
    while let Some(next) = memchr::memchr3(b'`', b'\\', b'$', &text.as_bytes()[at..]) {
        at += next;
        let opened = DELIMITERS.iter().find(|(opening, _)| text[at..].starts_with(opening));
        let inside = opened.map(|(opening, closing)| (at + opening.len(), *closing));
        let closed = inside.and_then(|(start, closing)| {
            let line = text.as_bytes()[start..].iter().take(LONGEST).position(|b| *b == b'\n');
            let length = line.unwrap_or(LONGEST.min(text.len() - start));
            let end = memmem::find(&text.as_bytes()[start..start + length], closing.as_bytes())?;
            (end > 0).then_some(start + end + closing.len())
        });
        match closed {
            Some(end) => {
                found.push(at..end);
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// The addresses in `text`, from left to right.
pub(super) fn addresses(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for at in memmem::find_iter(text.as_bytes(), "://") {
        let scheme = text.as_bytes()[..at].iter().rev().take(12).take_while(|b| b.is_ascii_alphabetic()).count();
        if scheme == 0 || found.last().is_some_and(|last| at < last.end) {
            continue;
        }
        found.push(at - scheme..at + length(&text[at..]));
    }
    found
}

/// The bytes of an address from its `://` on.
fn length(rest: &str) -> usize {
    let mut end = 0;
    // Up to the last character that can only stand in an address; ideographs behind it wait for another one.
    let mut sure = 0;
    for c in rest.chars() {
        let stop = c.is_whitespace() || "，。、；：！？（）「」『』《》【】“”‘’…—<>\"'`".contains(c);
        if stop {
            return if c.is_whitespace() { end } else { sure };
        }
        end += c.len_utf8();
        if c.is_ascii() {
            sure = end;
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::{addresses, code};

    #[test]
    fn code_and_formulas_are_found() {
        let found = |text: &'static str| code(text).into_iter().map(|r| &text[r]).collect::<Vec<_>>();
        assert_eq!(found("用 `发布()` 和 \\(x_里\\)，$$后$$。"), ["`发布()`", "\\(x_里\\)", "$$后$$"]);
        assert_eq!(found("一个 ` 和 $5 与 C:\\发布"), [""; 0]);
        assert_eq!(found("``"), [""; 0]);
    }

    #[test]
    fn ends_are_found() {
        let found = |text: &'static str| addresses(text).into_iter().map(|r| &text[r]).collect::<Vec<_>>();
        assert_eq!(found("见https://a.cn/b这一页。"), ["https://a.cn/b"]);
        assert_eq!(
            found("见 https://zh.wikipedia.org/wiki/简体中文 这一页"),
            ["https://zh.wikipedia.org/wiki/简体中文"]
        );
        assert_eq!(found("https://a.cn/发展/后.html，http://b.cn"), ["https://a.cn/发展/后.html", "http://b.cn"]);
        assert_eq!(found("://没有"), [""; 0]);
    }
}
