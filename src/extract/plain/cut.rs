//! Lines that hold two things: a menu and a sentence, a last sentence and who edited it.
//!
//! In: the words of a line. Out: its parts, which are judged apart. Parts that are both kept are one block again, character for
//! character: [`SEAM`] stands between them until then.

use crate::page::{Block, Mark};

/// Stands before a part that was cut from the one before: two noncharacters, which no text has in this order.
pub const SEAM: &str = "\u{fdd0}\u{fdd1}";

/// What a line says behind its last sentence, once it is over: labels, and how many code points may follow.
const AFTER: [(&str, usize); 19] = [
    ("责任编辑", 30),
    ("責任編輯", 30),
    ("责编", 30),
    ("責編", 30),
    ("编辑：", 30),
    ("编辑:", 30),
    ("編輯：", 30),
    ("本文编辑", 30),
    ("分享到", 40),
    ("分享至", 40),
    ("上一篇", 80),
    ("下一篇", 80),
    ("上一章", 80),
    ("相关阅读", 200),
    ("相关新闻", 200),
    ("延伸阅读", 200),
    ("延伸閱讀", 200),
    ("推荐阅读", 200),
    ("关注我们", 60),
];

/// Words of a menu before a sentence.
const WORDS: usize = 5;

/// Code points that a sentence behind a menu has at least.
const SENTENCE: usize = 25;

/// The parts of a line, mostly one.
pub fn parts(words: &str) -> impl Iterator<Item = &str> {
    let menu = menu(words);
    let (head, rest) = words.split_at(menu);
    let end = tail(rest);
    let (body, tail) = rest.split_at(end);
    [head, body, tail].into_iter().filter(|part| !part.is_empty())
}

/// The bytes of a menu at the start of a line with a sentence: `首页 新闻 财经 体育 娱乐 本报讯（记者…`.
fn menu(words: &str) -> usize {
    let mut count = 0;
    for word in words.split(' ') {
        let at = word.as_ptr() as usize - words.as_ptr() as usize;
        if word.is_empty() {
            continue;
        }
        let short = word.chars().nth(6).is_none() && !word.contains(['，', '。', '、', '！', '？', '：', ',', '.']);
        if short
            && word.chars().all(|c| c >= '\u{2e80}' || c.is_ascii_alphabetic())
            && word.contains(|c| c >= '\u{2e80}')
        {
            count += 1;
            continue;
        }
        let sentence = word.chars().nth(SENTENCE).is_some() && word.contains(['，', '。']);
        return if count >= WORDS && sentence { words[..at].trim_end().len() } else { 0 };
    }
    0
}

/// Where the text of a line ends and what is said behind it begins.
fn tail(words: &str) -> usize {
    let from = words.char_indices().rev().nth(220).map_or(0, |(at, _)| at);
    let window = &words[from..];
    for (stop, _) in window.match_indices(['。', '！', '？', '”', '」', '…', '）']) {
        let after = &window[stop..];
        let rest = after.trim_start_matches(['。', '！', '？', '”', '」', '…', '）']);
        let label = rest.trim_start_matches(['（', '(', '【', '[', '\u{3000}', '\u{a0}', ' ', '■', '>']);
        let is_end = |(word, longest): &(&str, usize)| label.starts_with(word) && label.chars().nth(*longest).is_none();
        if AFTER.iter().any(is_end) {
            return words.len() - rest.len();
        }
    }
    words.len()
}

/// Makes one block again of parts that are both there, and takes the seams away.
pub fn join(blocks: &mut Vec<Block>) {
    if !blocks.iter().any(|block| block.text.starts_with(SEAM)) {
        return;
    }
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    for mut block in blocks.drain(..) {
        let Some(rest) = block.text.strip_prefix(SEAM) else {
            out.push(block);
            continue;
        };
        let whole = out.last().is_some_and(|last| last.kind == block.kind && last.within == block.within);
        let rest = if whole { rest } else { rest.trim_start() };
        let gone = block.text.len() - rest.len();
        let by = if whole { out.last().map_or(0, |last| last.text.len()) } else { 0 };
        let moved = |at: usize| at.saturating_sub(gone) + by;
        let marks = block.marks.into_iter();
        block.marks =
            marks.map(|mark| Mark { range: moved(mark.range.start)..moved(mark.range.end), ..mark }).collect();
        block.text = rest.to_owned();
        match out.last_mut() {
            Some(last) if whole => {
                last.text.push_str(&block.text);
                last.marks.extend(block.marks);
            }
            _ => out.push(block),
        }
    }
    *blocks = out;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_cut_where_it_says_another_thing() {
        let sentence = "本报讯（记者林晓）老茶馆昨天重新开门，门前的长队从清晨一直排到中午。";
        let cut = |text: &str| parts(text).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(
            cut(&format!("首页 新闻 财经 体育 娱乐 {sentence}")),
            ["首页 新闻 财经 体育 娱乐".to_owned(), format!(" {sentence}")]
        );
        assert_eq!(cut(&format!("{sentence}（责任编辑：张三）")), [sentence, "（责任编辑：张三）"]);
        for whole in
            ["责任编辑说，稿子要改三遍。他改了。", "他问：“编辑：是谁？”没有人答。", "一 二 三 四 五", sentence]
        {
            assert_eq!(cut(whole), [whole]);
        }
    }
}
