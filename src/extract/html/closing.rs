//! Lines around the text that say of themselves that they are none of it.
//!
//! In: the kept lines. Out: fewer of them. The forests know what the pages they grew on taught them; what every newsroom writes below
//! (and a few things it writes above) its articles is known without them: 责任编辑, 免责声明, 未经授权不得转载, calls to follow it on
//! other platforms, buttons for the size of letters. Each row was seen kept on pages of sites that the forests had not seen. A line
//! in the middle of the text is left alone but for what mirrors of novels, players and folded pages put there, and so is a sentence that
//! only mentions such a thing. Links and headings that nothing follows go as well, where the page is no list.

use super::context::Context;
use crate::extract::advert;
use crate::extract::needles::Needles;
use std::sync::LazyLock;

/// Where in the kept text such a line stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Where {
    /// Before an eighth of its prose.
    Above,
    /// After half of its prose.
    Below,
    Either,
    /// Below, with nothing but such lines after it.
    End,
    /// Between any two lines of the text.
    Amid,
}
use Where::{Above, Amid, Below, Either, End};

/// Where in the line the words stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    /// At the start, brackets and bullets aside.
    Start,
    Anywhere,
}
use At::{Anywhere, Start};

/// A line of up to so many tokens (a Chinese character is one) has to be without a stop: 他做了三十年责任编辑。 is a sentence.
const CURT: u32 = 40;

/// Words, where they stand in the line, the most tokens that such a line has, and where it stands in the text.
const CLOSINGS: &[(&str, At, u32, Where)] = &[
    // （责任编辑：刘林源）, [责编：yxj], (编辑：小何)返回搜狐.
    ("责任编辑", Anywhere, 30, Either),
    ("責任編輯", Anywhere, 30, Either),
    ("责编：", Anywhere, 30, Either),
    ("责编:", Anywhere, 30, Either),
    ("責編：", Anywhere, 30, Either),
    ("責編:", Anywhere, 30, Either),
    ("编辑：", Start, 30, Either),
    ("编辑:", Start, 30, Either),
    ("編輯：", Start, 30, Either),
    ("編輯:", Start, 30, Either),
    ("网络编辑", Start, 30, Either),
    ("值班编辑", Start, 30, Either),
    ("值班主任", Start, 30, Either),
    ("校对：", Start, 30, Below),
    ("审核：", Start, 30, Below),
    ("监制：", Start, 30, Below),
    // 来源：新华网 below the text; (本文来源：北京晚报).
    ("来源：", Start, 16, Below),
    ("来源:", Start, 16, Below),
    ("來源：", Start, 16, Below),
    ("來源:", Start, 16, Below),
    ("文章来源", Start, 20, Below),
    ("本文来源", Start, 30, Below),
    ("稿件来源", Start, 20, Below),
    ("信息来源", Start, 20, Below),
    // 【免责声明】本文仅代表作者本人观点, 声明：新浪网登载此文出于传递更多信息之目的, 特别声明：以上内容为自媒体平台用户上传.
    ("免责声明", Start, 250, Below),
    ("免責聲明", Start, 250, Below),
    ("特别声明", Start, 250, Below),
    ("特別聲明", Start, 250, Below),
    ("版权声明", Start, 250, Below),
    ("版權聲明", Start, 250, Below),
    ("郑重声明", Start, 250, Below),
    ("平台声明", Start, 250, Below),
    ("声明：", Start, 120, End),
    ("声明:", Start, 120, End),
    ("聲明：", Start, 120, End),
    ("聲明:", Start, 120, End),
    ("仅代表作者", Anywhere, 60, Below),
    ("僅代表作者", Anywhere, 60, Below),
    ("不代表本", Anywhere, 60, Below),
    // (內容由新浪北京提供。未經授權，不得轉載。), 专稿，未经书面授权请勿转载, (聲明：刊用《中國新聞周刊》稿件務經書面授權).
    ("未经授权不得", Anywhere, 60, Either),
    ("未经授权，不得", Anywhere, 60, Either),
    ("未經授權不得", Anywhere, 60, Either),
    ("未經授權，不得", Anywhere, 60, Either),
    ("未经书面授权", Anywhere, 60, Either),
    ("務經書面授權", Anywhere, 60, Either),
    ("务经书面授权", Anywhere, 60, Either),
    ("未经许可不得", Anywhere, 60, Below),
    ("未经许可，不得", Anywhere, 60, Below),
    ("不得转载", Anywhere, 30, Either),
    ("不得轉載", Anywhere, 30, Either),
    ("禁止转载", Anywhere, 30, Either),
    ("请勿转载", Anywhere, 30, Either),
    ("转载请注明", Anywhere, 60, Below),
    ("转载时请", Anywhere, 60, Below),
    ("转载时务请", Anywhere, 60, Below),
    ("轉載請註明", Anywhere, 60, Below),
    ("转载务请", Anywhere, 60, Below),
    ("版权所有", Anywhere, 40, Below),
    ("版權所有", Anywhere, 40, Below),
    // 香港新浪新聞現已開設Facebook專頁，讓你即時掌握…, 欢迎关注…公众号.
    ("開設facebook專頁", Anywhere, 200, End),
    ("登陸facebook專頁", Anywhere, 200, End),
    ("follow 我們", Anywhere, 60, End),
    ("欢迎关注", Anywhere, 60, End),
    ("歡迎關注", Anywhere, 60, End),
    ("关注我们", Anywhere, 60, End),
    ("扫描二维码", Anywhere, 40, End),
    ("扫一扫", Anywhere, 40, End),
    ("长按识别", Anywhere, 40, End),
    ("长按二维码", Anywhere, 40, End),
    ("长按下方", Anywhere, 40, End),
    ("識別二維碼", Anywhere, 40, End),
    ("点个在看", Anywhere, 30, End),
    ("点个“在看”", Anywhere, 30, End),
    ("点亮在看", Anywhere, 30, End),
    ("点击上方", Start, 30, Above),
    ("点击蓝字", Start, 30, Above),
    ("阅读原文", Start, 12, End),
    ("往期推荐", Start, 12, Below),
    ("往期回顾", Start, 12, Below),
    ("往期精彩", Start, 12, Below),
    ("往期精选", Start, 12, Below),
    ("往期文章", Start, 12, Below),
    ("下载客户端", Anywhere, 40, End),
    // 更多关于…的新闻, 相关阅读：韩美女主播…, and what an article on a portal ends with: 返回搜狐，查看更多.
    ("更多精彩", Start, 40, Below),
    ("更多精采", Start, 40, Below),
    ("更多资讯", Start, 40, Below),
    ("更多新闻", Start, 40, Below),
    ("更多新聞", Start, 40, Below),
    ("更多相关", Start, 40, Below),
    ("相关阅读", Start, 40, Below),
    ("相關閱讀", Start, 40, Below),
    ("相关新闻", Start, 40, Below),
    ("相關新聞", Start, 40, Below),
    ("推荐阅读", Start, 40, Below),
    ("延伸阅读", Start, 40, Below),
    ("查看更多", Anywhere, 30, Below),
    ("分享工具", Start, 12, Below),
    // 【CNML格式】 【大 中 小】 【打 印】, 字級設定：, 發表時間：2012-01-12 11:40.
    ("大 中 小", Anywhere, 30, Either),
    ("【打 印】", Anywhere, 30, Either),
    ("【打印】", Anywhere, 30, Either),
    ("字级设定", Start, 20, Either),
    ("字級設定", Start, 20, Either),
    ("发表时间：", Start, 20, Above),
    ("發表時間：", Start, 20, Above),
    ("发布时间：", Start, 20, Above),
    ("發布時間：", Start, 20, Above),
    // 您现在的位置：首页 >> 政务公开 >> 文件.
    ("您现在的位置", Start, 60, Above),
    ("您的位置", Start, 60, Above),
    ("您当前的位置", Start, 60, Above),
    ("你的位置", Start, 60, Above),
    ("你现在的位置", Start, 60, Above),
    ("当前位置", Start, 60, Above),
    ("當前位置", Start, 60, Above),
    ("目前位置", Start, 60, Above),
    ("您現在的位置", Start, 60, Above),
    // 上一篇：关于开展植树活动的通知.
    ("上一篇", Start, 40, Below),
    ("下一篇", Start, 40, Below),
    ("上一条", Start, 40, Below),
    ("下一条", Start, 40, Below),
    ("上一章", Start, 40, Below),
    ("下一章", Start, 40, Below),
    ("上一則", Start, 40, Below),
    ("下一則", Start, 40, Below),
    // 主办：某某市人民政府办公室 备案号：苏ICP备05000000号, 建议使用1024*768分辨率浏览.
    ("icp备", Anywhere, 80, End),
    ("icp證", Anywhere, 80, End),
    ("icp证", Anywhere, 80, End),
    ("公网安备", Anywhere, 80, End),
    ("备案号", Anywhere, 80, End),
    ("分辨率", Anywhere, 30, End),
    // What mirrors of novels put between paragraphs: 一秒记住【笔趣阁】，精彩小说无弹窗免费阅读！ Each phrase has no other use.
    ("一秒记住【", Anywhere, 60, Amid),
    ("一秒记住，", Anywhere, 60, Amid),
    ("一秒记住本站", Anywhere, 60, Amid),
    ("一秒記住【", Anywhere, 60, Amid),
    ("天才一秒记住", Anywhere, 60, Amid),
    ("无弹窗免费", Anywhere, 60, Amid),
    ("无弹窗阅读", Anywhere, 60, Amid),
    ("无弹窗全文", Anywhere, 60, Amid),
    ("无弹窗小说", Anywhere, 60, Amid),
    ("無彈窗免費", Anywhere, 60, Amid),
    ("首发域名", Anywhere, 60, Amid),
    ("手机用户请浏览", Anywhere, 60, Amid),
    ("手机用户请到", Anywhere, 60, Amid),
    ("手機用戶請瀏覽", Anywhere, 60, Amid),
    ("更优质的阅读体验", Anywhere, 60, Amid),
    ("本章未完，请", Anywhere, 60, Amid),
    ("本章未完，点", Anywhere, 60, Amid),
    ("本章未完,请", Anywhere, 60, Amid),
    ("本章未完,点", Anywhere, 60, Amid),
    ("章节错误，点", Anywhere, 60, Amid),
    ("章节错误,点", Anywhere, 60, Amid),
    ("请大家收藏：", Start, 60, Amid),
    ("请大家收藏:", Start, 60, Amid),
    ("更新速度全网最快", Anywhere, 60, Amid),
    // What taobao.com, tmall.com and 1688.com explain of prices below every product.
    ("划线价格", Start, 10, Amid),
    ("未划线价格", Start, 10, Amid),
    ("价格说明", Start, 10, Amid),
    ("指商品的专柜价", Anywhere, 120, Amid),
    ("指商品的实时标价", Anywhere, 120, Amid),
    ("商家详情页（含主图）", Anywhere, 160, Amid),
    ("此说明仅当出现价格比较时有效", Anywhere, 120, Amid),
    // What a player says: 很抱歉，当前视频播放失败, 您的浏览器不支持 video 标签.
    ("当前视频播放失败", Anywhere, 30, Amid),
    ("视频加载中", Start, 10, Amid),
    ("建议wifi下", Anywhere, 30, Amid),
    ("您的浏览器不支持", Anywhere, 40, Amid),
    ("你的浏览器不支持", Anywhere, 40, Amid),
    ("您的瀏覽器不支援", Anywhere, 40, Amid),
    ("您的浏览器版本过低", Anywhere, 60, Amid),
    ("请升级您的浏览器", Anywhere, 60, Amid),
    // Where a newspaper's page folds: 請繼續往下閱讀..., 点击展开全文.
    ("請繼續往下閱讀", Anywhere, 60, Amid),
    ("请继续往下阅读", Anywhere, 60, Amid),
    ("点击展开全文", Anywhere, 12, Amid),
    ("展开阅读全文", Anywhere, 12, Amid),
];

static NEEDLES: LazyLock<Needles<(At, u32, Where)>> = LazyLock::new(|| {
    Needles::new(CLOSINGS.iter().map(|(words, at, longest, place)| (*words, (*at, *longest, *place))))
});

/// Bytes of a line that are looked at.
const HEAD: usize = 180;

/// No line longer than this is one of them.
const LONGEST: u32 = 250;

/// Tokens of prose that a kept text has to have before something is taken from it.
const LEAST: u32 = 30;

/// Leaves out kept lines that say what they are; their numbers and the rule's name.
pub fn leave_out(context: &Context, keep: &mut [bool]) -> Vec<(usize, &'static str)> {
    let prose = |index: usize| context.sums.good[index + 1] - context.sums.good[index];
    let all: u32 = (0..keep.len()).filter(|i| keep[*i]).map(prose).sum();
    let mut left_out = Vec::new();
    if all < LEAST {
        return left_out;
    }
    let list = is_list(context, keep);
    let (mut after, mut end) = (0, true);
    for index in (0..keep.len()).rev().filter(|i| keep[*i]) {
        after += prose(index);
        let (above, below) = ((all - after) * 8 <= all, (all - after) * 2 >= all);
        let fits = |place: Where| match place {
            Above => above,
            Below => below,
            Either => above || below,
            End => below && end,
            Amid => true,
        };
        let line = context.flat.line(index);
        let bare = is_advertisement(line)
            || end && below && (is_address(line) || is_end(line))
            || end
                && below
                && !list
                && is_chinese(context, index)
                && (is_link(context, index) || is_heading(context, index))
            || above && all - after == 0 && is_menu(context, index);
        let glued = || advert::call(line).is_some();
        if bare || is_closing(context, index, fits) && !glued() {
            left_out.push((index, "closing"));
        } else {
            end = false;
        }
    }
    left_out.reverse();
    for (index, _) in &left_out {
        keep[*index] = false;
    }
    left_out
}

/// The word above a place for an advertisement, between any two paragraphs.
fn is_advertisement(line: &str) -> bool {
    matches!(line, "广告" | "廣告")
        || line.len() < 18 && line.trim_matches(['-', ' ']).eq_ignore_ascii_case("advertisement")
}

/// Three links or more and nothing else, before the text began: 首页|政务公开|办事指南.
fn is_menu(context: &Context, index: usize) -> bool {
    let counts = &context.flat.lines[index].counts;
    counts.links >= 3 && counts.linked * 10 >= counts.tokens * 9 && counts.stops == 0
}

/// A quarter of what is kept is links: they are what the page is for.
fn is_list(context: &Context, keep: &[bool]) -> bool {
    let (mut tokens, mut linked) = (0, 0);
    for (line, _) in context.flat.lines.iter().zip(keep).filter(|(_, keep)| **keep) {
        tokens += line.counts.tokens;
        linked += line.counts.linked;
    }
    linked * 4 > tokens
}

/// —END—, - THE END -.
fn is_end(line: &str) -> bool {
    let word = line.trim_matches(|c: char| !c.is_alphanumeric());
    line.len() <= 40 && (word.eq_ignore_ascii_case("end") || word.eq_ignore_ascii_case("the end"))
}

/// The rules know what Chinese pages write; the last lines of an English manual are its See also.
fn is_chinese(context: &Context, index: usize) -> bool {
    let counts = &context.flat.lines[index].counts;
    counts.cjk * 3 >= counts.tokens
}

/// A link and nothing else.
fn is_link(context: &Context, index: usize) -> bool {
    let counts = &context.flat.lines[index].counts;
    counts.links == 1 && counts.linked == counts.tokens && counts.stops == 0
}

/// A heading with nothing kept below it.
fn is_heading(context: &Context, index: usize) -> bool {
    let line = &context.flat.lines[index];
    context.flat.elements[line.element as usize].tag.level() >= 2 && line.counts.tokens <= 20 && line.counts.stops == 0
}

/// Nothing but an address, as stands below a call to follow.
fn is_address(line: &str) -> bool {
    line.starts_with("http") && line.contains("://") && !line.contains(char::is_whitespace)
}

fn is_closing(context: &Context, index: usize, fits: impl Fn(Where) -> bool) -> bool {
    let counts = &context.flat.lines[index].counts;
    if counts.tokens > LONGEST || !is_chinese(context, index) {
        return false;
    }
    let line = context.flat.line(index);
    let head = &line[..line.floor_char_boundary(HEAD)];
    let start = head.len() - head.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
    let mut found = false;
    NEEDLES.each(head, head.len(), |(at, longest, place), from, _| {
        found |= counts.tokens <= longest
            && (longest > CURT || counts.stops == 0)
            && (at == Anywhere || from <= start)
            && fits(place);
    });
    found
}
