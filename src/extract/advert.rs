//! Calls of mirror sites that are glued to the end of a sentence: `…只有雨声。（本章未完，请点击下一页继续阅读）`.
//!
//! In: the words of a paragraph. Out: where the call begins. The sentence before it stays; a line that is nothing but a call is left out
//! as a line (`html/closing`, `plain/rules`).

/// How a call begins. Each phrase has no other use.
const CALLS: [&str; 14] = [
    "本章未完，请",
    "本章未完,请",
    "本章未完，点",
    "本章未完,点",
    "本章未完!点",
    "本章未完！点",
    "手机用户请浏览",
    "手机用户请到",
    "手機用戶請瀏覽",
    "天才一秒记住",
    "一秒记住【",
    "一秒記住【",
    "请记住本书首发域名",
    "更新速度全网最快",
];

/// The longest call, in code points: what goes on longer is a sentence about such sites.
const LONGEST: usize = 60;

/// Bytes from the end of a paragraph that are looked at.
const TAIL: usize = 300;

/// Where the call begins that a paragraph ends with, if a sentence ends before it.
pub fn glued(text: &str) -> Option<usize> {
    let from = text.ceil_char_boundary(text.len().saturating_sub(TAIL));
    let tail = &text[from..];
    let at = CALLS.iter().filter_map(|call| tail.find(call)).min()?;
    let before = tail[..at].trim_end_matches(['（', '(', '【', '[', ' ', '\u{3000}', '\u{a0}']);
    let ends = before.ends_with(['。', '！', '？', '…', '”', '」', '』', '!', '?']);
    (ends && tail[before.len()..].chars().nth(LONGEST).is_none()).then_some(from + before.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_cut_behind_a_sentence_only() {
        for (text, kept) in [
            ("没有人回答，只有雨声。（本章未完，请点击下一页继续阅读）", Some("没有人回答，只有雨声。")),
            ("火光在晃动。手机用户请浏览m.example.cc阅读，更优质的阅读体验。", Some("火光在晃动。")),
            ("天才一秒记住本站地址：www.example.cc", None),
            ("本站域名已更换。最新网址：www.example.com", None),
            ("他在文章里写，手机用户请浏览这样的话到处都是。", None),
        ] {
            assert_eq!(glued(text).map(|at| &text[..at]), kept, "{text}");
        }
    }
}
