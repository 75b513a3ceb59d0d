//! Markdown that was left in extracted text: pictures, links, emphasis. Only complete, unmistakable forms are undone.

use std::borrow::Cow;

/// The text without Markdown: `![alt](address)` goes, `[words](address)` becomes its words, `**words**` around a whole line its words.
pub fn plain(text: &str) -> Cow<'_, str> {
    let text = unwrapped(text);
    if !text.contains("](") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(middle) = rest.find("](") {
        let (before, after) = (&rest[..middle], &rest[middle + 2..]);
        let open = before.rfind('[');
        let close = address_end(after);
        match (open, close) {
            (Some(open), Some(close)) => {
                let picture = before[..open].ends_with('!');
                out.push_str(if picture { &before[..open - 1] } else { &before[..open] });
                if !picture {
                    out.push_str(&before[open + 1..]);
                }
                rest = &after[close..];
            }
            _ => {
                out.push_str(&rest[..middle + 2]);
                rest = after;
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out.trim().to_owned())
}

/// Where a link's address ends, its bracket included: an address has no space in it, so `f[i](第一 次)` is no link.
fn address_end(after: &str) -> Option<usize> {
    let close = after.find(')')?;
    let address = &after[..close];
    let bare = address.split_once(" \"").map_or(address, |(address, _)| address);
    let looks =
        bare.is_empty() || bare.starts_with(['/', '#', '.']) || bare.contains("://") || bare.starts_with("mailto:");
    (looks && !bare.contains(char::is_whitespace)).then_some(close + 1)
}

fn unwrapped(text: &str) -> &str {
    ["**", "__"]
        .iter()
        .find_map(|mark| {
            let inner = text.strip_prefix(mark)?.strip_suffix(mark)?;
            (!inner.is_empty() && !inner.contains(mark)).then_some(inner.trim())
        })
        .unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_complete_links_are_undone() {
        for (from, to) in [
            ("见[扬州网](https://a.example/b)报道", "见扬州网报道"),
            ("![](https://a.example/p.png)", ""),
            ("![标志](/p.png \"题\")正文", "正文"),
            ("数组a[i](从 0 起)", "数组a[i](从 0 起)"),
            ("**底气 营商环境**", "底气 营商环境"),
            ("2**3**2", "2**3**2"),
        ] {
            assert_eq!(plain(from), to);
        }
    }
}
