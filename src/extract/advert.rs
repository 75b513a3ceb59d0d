//! Calls of mirror sites that are glued to a sentence: `…只有雨声。（本章未完，请点击下一页继续阅读）`, `一秒记住【某阁】，无弹窗免费阅读！他推开门。`
//!
//! In: the words of a paragraph. Out: where the call stands. The sentence beside it stays; a line that is nothing but a call is left out
//! as a line (`html/closing`, `plain/rules`).

use std::ops::Range;

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

/// Where a call stands that a paragraph ends or begins with.
pub fn call(text: &str) -> Option<Range<usize>> {
    glued(text).map(|at| at..text.len()).or_else(|| leading(text).map(|end| 0..end))
}

/// Letters of the sentence that follows a call at the least.
const SENTENCE: usize = 6;

/// Where the call ends that a paragraph begins with, if a sentence follows it.
fn leading(text: &str) -> Option<usize> {
    let bare = text.trim_start_matches(['（', '(']);
    let call = CALLS.iter().find(|call| bare.starts_with(**call))?;
    let ends: &[char] = if bare.len() < text.len() { &['）', ')'] } else { &['。', '！', '!'] };
    let from = text.len() - bare.len() + call.len();
    let at = from
        + text[from..].char_indices().take(LONGEST).find(|(_, c)| ends.contains(c)).map(|(at, c)| at + c.len_utf8())?;
    let rest = text[at..].trim_start();
    let letters = rest.chars().filter(|c| c.is_alphanumeric()).take(SENTENCE).count();
    let sentence = rest.ends_with(['。', '！', '？', '…', '”', '」', '』', '!', '?', '，', '：']);
    (letters == SENTENCE && sentence && !CALLS.iter().any(|call| rest.contains(call)) && !rest.contains("无弹窗"))
        .then_some(text.len() - rest.len())
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

    #[test]
    fn a_call_is_cut_before_a_sentence_too() {
        for (text, kept) in [
            (
                "一秒记住【某某阁】，精彩小说无弹窗免费阅读！他推开门，看见桌上还有一碗茶。",
                Some("他推开门，看见桌上还有一碗茶。"),
            ),
            (
                "（本章未完，请点击下一页继续阅读）他推开门，看见桌上还有一碗茶。",
                Some("他推开门，看见桌上还有一碗茶。"),
            ),
            ("一秒记住【某某阁】，精彩小说无弹窗免费阅读！", None),
            ("天才一秒记住本站地址！最新章节请到某某阁。更新速度全网最快！", None),
            ("他一秒记住【某某阁】这个名字！然后推开门走了出去。", None),
        ] {
            assert_eq!(leading(text).map(|at| &text[at..]), kept, "{text}");
        }
    }
}
