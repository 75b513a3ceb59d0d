//! The words that decide, in tables. All are in folded spelling (see [`super::line`]): Simplified, half-width, lower case.
//!
//! A rule here may only look at one line. What a line means where it stands is judged in `head` and `tail`.

use super::line::{Line, Mark, is_han};
use super::tag;
use crate::extract::advert;
use crate::extract::needles::Needles;
use std::sync::LazyLock;

/// A line that a rule can recognise, and how.
#[derive(Debug, Clone, Copy)]
pub enum Test {
    /// The whole line, a closing colon or `>>` aside.
    Whole,
    /// The line's beginning.
    Start,
    /// Anywhere in the line.
    Part,
}

/// A kind of line that stands after the end of an article.
#[derive(Debug)]
pub struct Marker {
    /// The rule's name in `explain`.
    pub rule: &'static str,
    pub test: Test,
    /// Longest line, in code points, that can be such a line: look-alikes are sentences.
    pub longest: usize,
    /// Enough by itself to end an article; a weak one needs nothing but its like after it.
    pub strong: bool,
    pub words: &'static [&'static str],
}

/// Every rule that drops a line of text, by its name, with what `zonetext rules` says of it. `menu` is told with its twin for markup.
#[rustfmt::skip]
pub const RULES: &[(&str, &str)] = &[
    ("tag-litter", "<li id=\"a\"></li>: nothing but tags"),
    ("lone-mark", "a line of one or two punctuation marks"),
    ("account-id", "ID: abc_123 of a public account"),
    ("novel-call", "what mirrors of novels put between paragraphs: 一秒记住…无弹窗免费阅读"),
    ("mail-head", "From, Subject, Date above a mail, read as metadata"),
    ("mail-signature", "what stands below the -- of a mail"),
    ("dateline", "发布时间, 来源 and nothing else, read as metadata"),
    ("tag-line", "标签, 关键词 and nothing else, read as metadata"),
    ("title-again", "the title said once more"),
    ("title-as-caption", "the title with a picture's number"),
    ("tail-related", "相关阅读 below the text, and what follows it"),
    ("tail-ranking", "热门排行 below the text, and what follows it"),
    ("tail-comments", "网友评论 below the text, and what follows it"),
    ("tail-neighbour", "上一篇, 下一篇"),
    ("tail-tags", "a box of tags below the text"),
    ("tail-disclaimer", "免责声明, 本文来自, 侵权请联系"),
    ("tail-footer", "版权所有, ICP备: the page's foot"),
    ("tail-share", "分享, 扫一扫, 长按二维码"),
    ("related-box", "相关阅读 and its links between two paragraphs"),
];

/// Lines after which an article is over, if no article follows (see `tail`). Look-alikes kept apart in fixtures/extract/text.
pub const MARKERS: &[Marker] = &[
    // "相关阅读" and a list of teasers: seed 004 and most portals.
    Marker {
        rule: "tail-related",
        test: Test::Whole,
        longest: 16,
        strong: true,
        words: &[
            "相关阅读",
            "相关新闻",
            "相关链接",
            "相关文章",
            "相关报道",
            "相关推荐",
            "相关专题",
            "相关内容",
            "相关资讯",
            "相关稿件",
            "相关主题",
            "延伸阅读",
            "推荐阅读",
            "阅读推荐",
            "更多阅读",
            "精彩推荐",
            "热门推荐",
            "为您推荐",
            "为你推荐",
            "猜你喜欢",
            "猜您喜欢",
            "你可能喜欢",
            "您可能感兴趣",
            "你可能感兴趣",
            "您可能感兴趣的文章",
            "大家都在看",
            "大家还在看",
            "编辑推荐",
            "今日推荐",
            "推荐新闻",
            "热点推荐",
            "推荐文章",
            "更多新闻",
            "更多文章",
            "更多精彩",
            "你可能还喜欢",
            "其他人还看了",
            "看了又看",
            "同类文章",
            "本栏目更多",
            "本类推荐",
            "图文推荐",
            "图片推荐",
            "视频推荐",
            "最新推荐",
            "站内推荐",
            "友情链接",
            "延伸阅读文章",
            "继续阅读",
            "接下来看",
        ],
    },
    // "点击排行" with ten numbered headlines, "热门图集": seed 004.
    Marker {
        rule: "tail-ranking",
        test: Test::Whole,
        longest: 16,
        strong: true,
        words: &[
            "点击排行",
            "点击排行榜",
            "阅读排行",
            "阅读排行榜",
            "热门排行",
            "新闻排行",
            "新闻排行榜",
            "排行榜",
            "点击榜",
            "热点排行",
            "本周热点",
            "热门文章",
            "热门图集",
            "热门新闻",
            "热门话题",
            "热门标签",
            "热点新闻",
            "热点专题",
            "最新文章",
            "最新新闻",
            "最新消息",
            "今日热点",
            "今日要闻",
            "24小时热文",
            "24小时排行",
            "48小时点击排行",
            "一周热门",
            "一周排行",
            "热文排行",
            "最热文章",
            "周排行",
            "月排行",
            "日排行",
            "精彩图片",
            "图片新闻",
            "高清图集",
            "图说天下",
            "人气排行",
            "本周热门",
            "热搜榜",
            "热门视频",
            "热评文章",
            "评论排行",
            "即时新闻",
            "滚动新闻",
            "最新更新",
        ],
    },
    Marker {
        rule: "tail-comments",
        test: Test::Whole,
        longest: 20,
        strong: true,
        words: &[
            "网友评论",
            "发表评论",
            "我要评论",
            "最新评论",
            "热门评论",
            "全部评论",
            "查看全部评论",
            "暂无评论",
            "精彩评论",
            "我来说两句",
            "网友热评",
            "用户评论",
            "参与评论",
            "发表回复",
            "写评论",
            "登录后评论",
            "请登录后发表评论",
            "网友跟帖",
            "发表我的评论",
            "取消回复",
            "读者评论",
            "评论列表",
        ],
    },
    Marker {
        rule: "tail-neighbour",
        test: Test::Start,
        longest: 80,
        strong: true,
        words: &[
            "上一篇:",
            "下一篇:",
            "上一篇 ",
            "下一篇 ",
            "上一条:",
            "下一条:",
            "上一页 ",
            "下一页 ",
            "上一则:",
            "下一则:",
            "<上一篇",
            ">下一篇",
            "上一章 ",
            "下一章 ",
            "前一篇:",
            "后一篇:",
            "上篇:",
            "下篇:",
        ],
    },
    // "关键词:" opens the tag box below the credit line: seeds 000 and 001.
    Marker {
        rule: "tail-tags",
        test: Test::Start,
        longest: 80,
        strong: true,
        words: &[
            "关键词:",
            "关键字:",
            "标签:",
            "tags:",
            "tag:",
            "本文标签:",
            "文章标签:",
            "相关标签:",
            "热门标签:",
            "分类标签:",
        ],
    },
    // 免责声明 boxes: seeds 002 and 004. "声明" in a sentence of the article is longer or stands elsewhere.
    Marker {
        rule: "tail-disclaimer",
        test: Test::Start,
        longest: 400,
        strong: true,
        words: &[
            "免责声明",
            "版权声明:",
            "版权声明 ",
            "版权说明:",
            "特别声明:",
            "郑重声明:",
            "本站声明",
            "本网声明",
            "转载声明",
            "作品声明:",
            "声明:本文",
            "声明:本站",
            "声明:本网",
            "声明:转载",
            "声明:该文",
            "声明:文章",
            "声明:以上",
            "声明:凡",
            "本文仅代表作者",
            "本文为作者独立观点",
            "以上内容仅代表作者",
            "文章内容仅供参考",
            "本内容来源于网络",
            "本文来源于网络",
            "本文来自",
            "本文转载自",
            "本文内容转载自",
            "本文内容来自网络",
            "本站部分内容",
            "本站所有文章",
            "凡本网注明",
            "凡本站注明",
            "凡注明",
            "如涉及版权",
            "如有侵权",
            "如侵权",
            "未经授权",
            "未经许可",
            "未经本网",
            "未经本站",
            "未经书面授权",
            "转载请注明",
            "欢迎转载",
            "举报/反馈",
            "文章纠错",
            "我要纠错",
            "侵权联系",
            "内容如有",
            "平台声明",
            "风险提示:本",
            "原创文章,",
            "著作权归",
            "图片来源于网络",
            "以上为",
            "本文由",
        ],
    },
    // A line that is nothing but the heading of such a box.
    Marker {
        rule: "tail-disclaimer",
        test: Test::Whole,
        longest: 10,
        strong: true,
        words: &[
            "声明",
            "版权声明",
            "版权说明",
            "特别声明",
            "郑重声明",
            "特别提示",
            "特别提醒",
            "转载声明",
            "法律声明",
            "版权与免责声明",
            "版权",
        ],
    },
    Marker {
        rule: "tail-footer",
        test: Test::Part,
        longest: 160,
        strong: true,
        words: &[
            "版权所有",
            // The foot of every page of a wiki.
            "本页面最后修订于",
            "本页最后修订于",
            "all rights reserved",
            "copyright ©",
            "copyright(c)",
            "copyright (c)",
            "©20",
            "© 20",
            "icp备",
            "icp证",
            "公网安备",
            "网络文化经营许可证",
            "增值电信业务",
            "信息网络传播视听节目许可证",
            "不良信息举报",
            "有害信息举报",
            "广播电视节目制作经营许可证",
            "互联网新闻信息服务许可证",
            "网上有害信息",
        ],
    },
    Marker {
        rule: "tail-footer",
        test: Test::Start,
        longest: 80,
        strong: true,
        words: &[
            "关于我们 ",
            "关于我们|",
            "关于本站 ",
            "联系我们 ",
            "网站地图 ",
            "友情链接:",
            "网站简介 ",
            "服务条款 ",
            "广告服务 ",
            "设为首页 ",
        ],
    },
    // Buttons. Each of these words may also be a heading or a line of a poem, so they need their like after them.
    Marker {
        rule: "tail-share",
        test: Test::Whole,
        longest: 14,
        strong: false,
        words: &[
            "分享",
            "分享到",
            "分享至",
            "分享给朋友",
            "一键分享",
            "收藏",
            "收藏本文",
            "打印",
            "打印本页",
            "打印本文",
            "关闭",
            "关闭窗口",
            "关闭本页",
            "返回顶部",
            "回到顶部",
            "投诉",
            "举报",
            "点赞",
            "赞",
            "踩",
            "首页",
            "返回首页",
            "返回列表",
            "返回",
            "更多",
            "更多>>",
            "查看更多",
            "展开全文",
            "阅读全文",
            "查看原文",
            "阅读原文",
            "[详细]",
            "[打印]",
            "[关闭]",
            "【打印】",
            "【关闭】",
            "【返回】",
            "微信",
            "微博",
            "新浪微博",
            "qq空间",
            "qq好友",
            "朋友圈",
            "扫一扫",
            "微信扫一扫",
            "扫码关注",
            "扫码下载",
            "下载app",
            "客户端",
            "字号",
            "大 中 小",
            "关于我们",
            "联系我们",
            "网站地图",
            "广告合作",
            "登录",
            "注册",
            "评论",
            "回复",
            "纠错",
            "回顶部",
            "加入收藏",
            "复制链接",
            "手机看",
            "海报分享",
            "赏",
            "打赏",
            "转发",
            "在看",
            "写留言",
            "关注",
            "+关注",
            "已关注",
            "取消",
            "确定",
            "发送",
            "提交",
        ],
    },
    Marker {
        rule: "tail-share",
        test: Test::Start,
        longest: 60,
        strong: false,
        words: &[
            "分享到:",
            "分享:",
            "分享至:",
            "扫一扫",
            "扫描二维码",
            "扫码",
            "长按",
            "关注公众号",
            "微信扫",
            "下载客户端",
            "打开微信",
            "用微信扫描",
            "点击关注",
            "欢迎关注",
            "更多精彩内容",
            "点击查看更多",
            "(责任编辑",
            "责任编辑:",
            "责编:",
            "(责编:",
            "(编辑:",
            "编辑:",
            "校对:",
            "审核:",
            "审校:",
            "值班编委",
            "来源:",
            "文章来源:",
            "稿源:",
            "作者:",
            "投稿邮箱",
            "浏览次数",
            "阅读次数",
            "点击数",
            "点击次数",
            "阅读量",
            "发布时间",
            "更新时间",
            "id:",
            "邮箱:",
            "电话:",
            "地址:",
            "邮编:",
        ],
    },
];

/// Words of a disclaimer. Three of them in one line make it one, wherever it begins.
const DISCLAIMER_WORDS: &[&str] = &[
    "仅代表作者",
    "不代表本",
    "与本站无关",
    "与本网无关",
    "版权归",
    "侵权",
    "联系我们删除",
    "联系删除",
    "及时删除",
    "投诉邮箱",
    "不作任何保证",
    "仅供参考",
    "自行核实",
    "转载",
    "原作者",
    "法律责任",
    "未经授权",
    "独立观点",
    "信息发布",
    "不构成",
    "原创性",
    "真实性",
    "信息存储空间",
    "文责自负",
    "著作权",
    "责任自负",
    "本站立场",
    "平台立场",
];

/// The marker that a line is, if any.
pub fn marker(line: &Line) -> Option<&'static Marker> {
    if line.chars > DISCLAIMER.longest {
        return None;
    }
    let folded = line.folded.text.as_str();
    let bare = folded.trim_matches(['>', '<', ':', ' ', '·', '|', '-', '—', '◆', '■', '●', '▼', '…', '.', '*', '#']);
    let from = bare.as_ptr() as usize - folded.as_ptr() as usize;
    let (mut best, mut disclaimer) = (usize::MAX, 0u64);
    NEEDLES.each(folded, folded.len(), |known, at, end| match known {
        Word::Disclaimer(number) => disclaimer |= 1 << number,
        Word::Marker(number) => {
            let fits = match MARKERS[number].test {
                Test::Whole => (at, end) == (from, from + bare.len()) || (at, end) == (0, folded.len()),
                Test::Start => at == 0 || at == from,
                Test::Part => true,
            };
            if fits && line.chars <= MARKERS[number].longest {
                best = best.min(number);
            }
        }
    });
    MARKERS.get(best).or_else(|| (disclaimer.count_ones() >= 3).then_some(&DISCLAIMER))
}

const DISCLAIMER: Marker = Marker { rule: "tail-disclaimer", test: Test::Part, longest: 600, strong: true, words: &[] };

/// A word of a marker, by the number of the marker, or one of a disclaimer, by its own.
#[derive(Debug, Clone, Copy)]
enum Word {
    Marker(usize),
    Disclaimer(usize),
}

static NEEDLES: LazyLock<Needles<Word>> = LazyLock::new(|| {
    let words =
        |(number, marker): (usize, &'static Marker)| marker.words.iter().map(move |word| (*word, Word::Marker(number)));
    let markers = MARKERS.iter().enumerate().flat_map(words);
    Needles::new(
        markers.chain(DISCLAIMER_WORDS.iter().enumerate().map(|(number, word)| (*word, Word::Disclaimer(number)))),
    )
});

/// What mirrors of novels put between the paragraphs. Each phrase has no other use (`Amid` in html/closing.rs has the same).
const CALLS: &[&str] = &[
    "一秒记住【",
    "一秒记住[",
    "一秒记住,",
    "一秒记住本站",
    "天才一秒记住",
    "无弹窗免费",
    "无弹窗阅读",
    "无弹窗全文",
    "无弹窗小说",
    "首发域名",
    "手机用户请浏览",
    "手机用户请到",
    "更优质的阅读体验",
    "本章未完,请",
    "本章未完,点",
    "章节错误,点",
    "请大家收藏:",
    "更新速度全网最快",
];

static CALL_NEEDLES: LazyLock<Needles<()>> = LazyLock::new(|| Needles::new(CALLS.iter().map(|call| (*call, ()))));

/// The longest such line, in code points: an article about such sites has longer sentences.
const LONGEST_CALL: usize = 60;

/// Lines that are never text, whatever stands around them.
pub fn litter(line: &Line) -> Option<&'static str> {
    if line.mark == Mark::Code {
        return None;
    }
    let text = line.text;
    if tag::is_tags(text) {
        return Some("tag-litter");
    }
    if text.chars().count() <= 2 && text.chars().all(|c| ",.;:|·•,，。、；：>-_*".contains(c)) {
        return Some("lone-mark");
    }
    let call = || CALL_NEEDLES.first(&line.folded.text).is_some() && advert::glued(line.text).is_none();
    if line.chars <= LONGEST_CALL && call() {
        return Some("novel-call");
    }
    // Below the title of each page of a wiki.
    if matches!(line.folded.text.as_str(), "跳转到导航 跳转到搜索" | "跳转到导航跳转到搜索" | "跳转至导航 跳转至搜索")
    {
        return Some("menu");
    }
    (text.starts_with("id:") || text.starts_with("ID:") || text.starts_with("ID："))
        .then(|| text[2..].trim_start_matches([':', '：', ' ']))
        .filter(|id| {
            !id.is_empty() && id.len() <= 24 && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
        })
        .map(|_| "account-id")
}

/// The longest caption, and the longest line of credits, in code points.
pub const LONGEST_CAPTION: usize = 80;

/// A caption: `△…摄`, `图为…`, `(图/…)`, `…供图`.
pub fn is_caption(line: &Line) -> bool {
    if line.chars > LONGEST_CAPTION {
        return false;
    }
    let folded = line.folded.text.as_str();
    let bare = folded.trim_end_matches([')', '】', ']', '。', ' ']);
    let starts =
        ["△", "▲", "▽", "▼", "图为", "图:", "(图", "图片说明", "图/"].iter().any(|mark| folded.starts_with(mark));
    // "张三 摄": a name of two to four characters, alone or after a space or stop.
    let ends = ["摄", "供图", "图片提供", "资料图片", "资料图", "摄影"].iter().any(|word| {
        bare.strip_suffix(word).is_some_and(|before| {
            let name = before.trim_end().rsplit([' ', '。', '/', '(', '、', '】', ':']).next().unwrap_or_default();
            (1..=8).contains(&name.chars().count()) && name.chars().all(is_han)
        })
    });
    starts || ends
}
