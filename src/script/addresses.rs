//! Addresses (URLs) in running text: they name something, so no character of them may change.
//!
//! In: a text. Out: byte ranges. An address runs to the first white space or CJK punctuation. Ideographs belong to it only
//! where the address goes on behind them or ends with them at white space: 见https://a.cn/b这一页 ends before 这.

use memchr::memmem;
use std::ops::Range;

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
    use super::addresses;

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
