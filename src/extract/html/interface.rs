//! Parts of the page's interface that stand among its text: tables of contents, indexes of replies, buttons in words.
//!
//! In: the kept lines. Out: fewer of them. A wiki, a manual or a long article lists its own headings above the text, links to places
//! further down; an old board lists the replies to a post below it; a question page has 赞 56 踩 2 评论 分享 below each answer. All stand
//! in the middle of what is kept, in a page's own containers, and are told by what they are made of: links into the page, links with
//! a time of day, and words that name nothing but what a click does.

use super::context::Context;
use super::flat::flag;

/// So many links in a row into the page itself are a table of its contents.
const ENTRIES: usize = 3;

/// What stands above a table of contents.
const CONTENTS: &[&str] = &[
    "目录",
    "目錄",
    "本文目录",
    "文章目录",
    "页面目录",
    "内容目录",
    "内容导航",
    "文章导航",
    "快速导航",
    "contents",
    "table of contents",
    "on this page",
    "in this article",
];

/// What a click does, longer words first where one begins another.
#[rustfmt::skip]
const BUTTONS: &[&str] = &[
    "编辑本段", "编辑", "編輯本段", "編輯", "讨论", "討論", "举报", "舉報", "收藏本文", "收藏", "分享到", "分享", "点赞", "點讚", "赞同", "赞", "讚", "踩",
    "反对", "回复", "回覆", "评论", "評論", "转发", "轉發", "喜欢", "打赏", "复制链接", "复制", "打印", "列印", "展开全文", "展开", "展開", "收起", "返回顶部",
    "返回列表", "返回", "上一页", "下一页", "上一頁", "下一頁", "上一章", "下一章", "上一篇", "下一篇", "关注", "關注", "私信", "只看楼主", "只看该作者", "倒序浏览",
    "关闭窗口", "关闭", "關閉", "加入书签", "投推荐票", "章节目录", "登录", "登入", "注册", "註冊", "引用", "顶端", "置顶", "发消息", "加好友", "使用道具", "查看全部",
];

/// What a thread shows in place of a post that is gone; a sentence that says more is text. From a page of magic_forum_zh.
const GONE: &[&str] = &[
    "该评论已删除",
    "该评论已被删除",
    "此评论已删除",
    "此评论已被删除",
    "该回复已删除",
    "该回复已被删除",
    "此回复已被删除",
    "该回答已被删除",
    "该楼层已被删除",
    "該評論已刪除",
    "該回覆已刪除",
    "該留言已被刪除",
];

/// No line of buttons is longer, in tokens and in bytes.
const SHORT: (u32, usize) = (24, 120);

/// Leaves out kept lines that are interface; their numbers, in order, and the rule's name.
pub fn leave_out(context: &Context, keep: &mut [bool]) -> Vec<(usize, &'static str)> {
    let mut left_out = contents(context, keep);
    left_out.extend(replies(context, keep));
    for (index, keep) in keep.iter_mut().enumerate().filter(|(_, keep)| **keep) {
        if is_button(context, index) {
            *keep = false;
            left_out.push((index, "buttons"));
        }
    }
    left_out.sort_unstable();
    left_out
}

/// Whether the line is made of buttons and nothing else. One word that nobody can click is none.
pub fn is_button(context: &Context, index: usize) -> bool {
    let line = &context.flat.lines[index];
    let text = context.flat.line(index);
    if line.counts.tokens <= SHORT.0 && GONE.contains(&text.trim_end_matches(['。', '！', '.', '!'])) {
        return true;
    }
    let pressed = line.counts.linked * 2 >= line.counts.tokens || line.flags & flag::CONTROL != 0;
    line.counts.tokens <= SHORT.0 && buttons(text) >= if pressed { 1 } else { 2 }
}

/// The page's own table of contents: a row of links into the page, and the word above it.
fn contents(context: &Context, keep: &mut [bool]) -> Vec<(usize, &'static str)> {
    let flat = context.flat;
    let is_entry = |index: usize| {
        let line = &flat.lines[index];
        line.flags & flag::FRAGMENT != 0 && line.counts.linked * 4 >= line.counts.tokens * 3
    };
    let tokens = |lines: std::ops::Range<usize>, keep: &[bool]| -> u32 {
        lines.filter(|index| keep[*index]).map(|index| flat.lines[index].counts.tokens).sum()
    };
    let all = tokens(0..keep.len(), keep);
    let mut left_out = Vec::new();
    let mut at = 0;
    while at < keep.len() {
        let from = at;
        while at < keep.len() && is_entry(at) {
            at += 1;
        }
        // Where little else is kept, the page is a list and this is it.
        if at - from >= ENTRIES && tokens(from..at, keep) * 2 <= all {
            let from = from - usize::from(from > 0 && is_contents(flat.line(from - 1)));
            left_out
                .extend((from..at).filter(|index| std::mem::take(&mut keep[*index])).map(|index| (index, "contents")));
        } else if at == from {
            // The word alone, where the list below it went by the model's own judgement.
            if keep[at] && at + 1 < keep.len() && !keep[at + 1] && is_contents(flat.line(at)) {
                keep[at] = false;
                left_out.push((at, "contents"));
            }
            at += 1;
        }
    }
    left_out
}

/// So many replies in a row are an index of them.
const REPLIES: usize = 5;

/// Tokens of prose that a page must keep besides: a board's list of threads is what the page is for.
const POST: u32 = 60;

/// The index of the replies to a post, whose texts stand on pages of their own: 一把辛酸泪啊。【皮皮说话】08-11 17:15 80字 [176/0].
fn replies(context: &Context, keep: &mut [bool]) -> Vec<(usize, &'static str)> {
    let flat = context.flat;
    let is_reply = |index: usize| {
        let counts = &flat.lines[index].counts;
        // A long headline with two stops is not counted as linked (see `flat`).
        let linked = counts.linked * 3 >= counts.tokens || counts.linked == 0 && counts.stops >= 2;
        counts.links > 0 && linked && counts.digits >= 4 && counts.tokens <= 150 && has_clock(flat.line(index))
    };
    let mut runs: Vec<std::ops::Range<usize>> = Vec::new();
    for index in (0..keep.len()).filter(|index| is_reply(*index)) {
        match runs.last_mut() {
            Some(run) if run.end == index => run.end += 1,
            _ => runs.push(index..index + 1),
        }
    }
    runs.retain(|run| run.len() >= REPLIES);
    let prose = |index: usize| context.sums.good[index + 1] - context.sums.good[index];
    let all: u32 = (0..keep.len()).filter(|index| keep[*index]).map(prose).sum();
    let inside: u32 = runs.iter().cloned().flatten().filter(|index| keep[*index]).map(prose).sum();
    if runs.is_empty() || all - inside < POST {
        return Vec::new();
    }
    let found = runs.into_iter().flatten().filter(|index| std::mem::take(&mut keep[*index]));
    found.map(|index| (index, "replies")).collect()
}

/// Whether a time of day stands in the line.
fn has_clock(line: &str) -> bool {
    line.as_bytes()
        .windows(4)
        .any(|w| w[0].is_ascii_digit() && w[1] == b':' && w[2].is_ascii_digit() && w[3].is_ascii_digit())
}

fn is_contents(line: &str) -> bool {
    let word = line.trim_matches(|c: char| !c.is_alphanumeric());
    line.len() <= 40
        && CONTENTS.iter().any(|known| {
            // 目录 [隐藏], 目录（折叠）.
            word.get(..known.len()).is_some_and(|head| head.eq_ignore_ascii_case(known))
                && word[known.len()..].chars().next().is_none_or(|c| !c.is_alphabetic())
        })
}

/// How many buttons the line is made of; 0 where it says anything else. Numbers (赞 56) and signs do not count.
fn buttons(line: &str) -> usize {
    if line.len() > SHORT.1 {
        return 0;
    }
    let mut found = 0;
    let mut rest = line.trim_start_matches(|c: char| !c.is_alphabetic());
    while !rest.is_empty() {
        let Some(after) = BUTTONS.iter().find_map(|button| rest.strip_prefix(button)) else { return 0 };
        found += 1;
        rest = after.trim_start_matches(|c: char| !c.is_alphabetic());
    }
    found
}
