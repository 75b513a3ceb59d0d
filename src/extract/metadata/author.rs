//! Authors, each name by itself.
//!
//! In: structured data, the lines around the headline, the head and tail of the text. Out: names in the order of the page. In
//! Chinese the label comes first (作者：, 记者, 文/) and names have two to four characters; a name without a colon before it
//! must begin with a surname, since 记者 is also a word of running text (记者获悉).

use super::json::Facts;
use super::{Found, JSON, META};
use crate::extract::html::flat::{Flat, flag};
use crate::extract::html::words;
use crate::extract::needles::Needles;
use std::ops::Range;
use std::sync::LazyLock;

/// Labels of those who wrote, the longest of a family first.
const WRITERS: &[&str] = &[
    "特约记者",
    "特派记者",
    "见习记者",
    "見習記者",
    "实习记者",
    "實習記者",
    "首席记者",
    "本报记者",
    "本報記者",
    "本刊记者",
    "通讯员",
    "通訊員",
    "实习生",
    "實習生",
    "记者",
    "記者",
    "作者",
    "撰稿人",
    "执笔人",
    "撰稿",
    "撰文",
    "执笔",
    "作家",
    "文/",
    "文／",
    "文：",
    "文:",
    "整理/",
    "编译/",
    "發稿",
    "特派員",
];

/// Labels of those who edited; believed where nobody is named as writer.
const EDITORS: &[&str] = &[
    "责任编辑",
    "責任編輯",
    "网络编辑",
    "本文编辑",
    "编辑",
    "編輯",
    "责编",
    "責編",
    "楼主",
    "樓主",
    "發言人",
    "发言人",
    "发帖人",
    "发布者",
    "发布人",
    "本贴由",
    "本帖由",
    "发帖",
    "贴者",
];

/// Those of them who posted: any name may follow, with or without a colon.
const POSTERS: &[&str] =
    &["楼主", "樓主", "發言人", "发言人", "发帖人", "发布者", "发布人", "本贴由", "本帖由", "发帖", "贴者"];

/// The labels, to be found in a line.
struct Labels {
    writers: Needles<()>,
    editors: Needles<()>,
    posters: Needles<()>,
}

static LABELS: LazyLock<Labels> = LazyLock::new(|| {
    let needles = |labels: &[&'static str]| Needles::new(labels.iter().map(|label| (*label, ())));
    Labels { writers: needles(WRITERS), editors: needles(EDITORS), posters: needles(POSTERS) }
});

/// Surnames that carry about nineteen twentieths of all names (counts of the Ministry of Public Security), both scripts.
const SURNAMES: &str = "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林高罗羅郑鄭梁谢謝宋唐许許韩韓邓鄧冯馮曹彭曾肖蕭田董潘袁蔡蒋蔣余于杜叶葉程魏苏蘇吕呂丁任卢盧姚沈钟鍾鐘姜崔谭譚陆陸范汪廖石金韦韋贾賈夏付傅方邹鄒熊白孟秦邱侯江尹薛闫閆阎閻段雷龙龍黎史陶贺賀毛郝顾顧龚龔邵万萬覃武钱錢戴严嚴莫孔向常汤湯康易乔喬赖賴文樊惠翁洪施牛齐齊俞樂柯庄莊章鲁魯葛殷岳聂聶辛耿关關左盛冉温溫季焦包司游甘祝霍鮑鲍房尚骆駱单單詹穆涂凌申翟管滕缪繆卞裴屈仲佟舒祁柴阮靳欧歐阳陽宁寧童卫衛解路席卓谷麦麥蓝藍闵閔费費吉项項甄瞿鄢迟遲格米景仇成欣车車邢古华華伍倪兰蘭宗栾欒饶饒郎苗应應楚褚娄婁池敖沙全冷邬鄔鞠匡燕晏边邊卜国國刁";

/// Words that end a list of names.
const STOPS: &[&str] = &[
    "报道",
    "報道",
    "報導",
    "摄",
    "攝",
    "发自",
    "综合",
    "整理",
    "图",
    "电",
    "訊",
    "讯",
    "實習",
    "实习",
    "从",
    "了解",
    "获悉",
    "采访",
    "在",
    "通讯员",
    "通訊員",
    "记者",
    "記者",
    "编辑",
    "編輯",
    "来源",
    "時間",
    "时间",
    "发布",
    "发表",
    "于20",
    "责任",
    "責任",
    "见习",
    "本报",
    "本報",
    "供图",
    "责编",
    "文/",
    "阅读",
    "点击",
];

/// Finds the authors.
pub(super) fn authors(
    flat: &Flat,
    title: Option<u32>,
    head: Range<usize>,
    keep: &[bool],
    facts: &Facts,
) -> Option<Found<Vec<String>>> {
    let mut found = Vec::new();
    let mut place = ("line near the headline", "");
    for index in head.clone() {
        let line = &flat.lines[index];
        if line.counts.tokens <= 90 && line.flags & flag::HIDDEN == 0 {
            labelled(flat.line(index), &LABELS.writers, &mut found);
        }
    }
    // A name alone in one of the lines after the headline, or at the head of the text where there is none.
    let after = title.map_or_else(|| keep.iter().position(|k| *k).unwrap_or(0), |line| line as usize + 1);
    if found.is_empty()
        && let Some(name) =
            (after..(after + 3).min(flat.lines.len())).map(|i| flat.line(i).trim()).find(|t| is_chinese_name(t))
    {
        found.push(name.to_owned());
    }
    if found.is_empty() {
        place = ("credits in the text", "");
    }
    in_text(flat, keep, &mut found);
    if found.is_empty() {
        place = (JSON, "author");
        found = facts.authors.iter().filter(|n| is_person(n)).cloned().collect();
    }
    if found.is_empty() {
        let (names, name) = in_metas(flat);
        place = (META, name);
        found = names;
    }
    if found.is_empty() {
        place = ("line near the headline", "By");
        found = english(flat, head.clone());
    }
    if found.is_empty() {
        place = ("line", "编辑");
        let tail = keep.iter().rposition(|k| *k).map_or(0..0, |last| last..(last + 8).min(flat.lines.len()));
        for index in head.clone().chain(tail) {
            if flat.lines[index].counts.tokens <= 60 {
                labelled(flat.line(index), &LABELS.editors, &mut found);
            }
        }
    }
    if found.is_empty() {
        place = ("line of the first post", "");
        found.extend(first_poster(flat, keep));
    }
    if found.is_empty() {
        place = ("element whose class speaks of an author", "");
        found = marked(flat, head);
    }
    // `赵  培` is one name set wide.
    for name in &mut found {
        if name.chars().all(|c| c.is_whitespace() || ('\u{4e00}'..='\u{9fff}').contains(&c))
            && name.chars().filter(|c| !c.is_whitespace()).count() <= 4
        {
            name.retain(|c| !c.is_whitespace());
        }
    }
    let mut seen = std::collections::HashSet::new();
    found.retain(|name| seen.insert(name.clone()));
    found.truncate(12);
    (!found.is_empty()).then_some((found, place.0, place.1))
}

/// Names in brackets at the head and the tail of the text: `新华社北京12月9日电（记者罗沙）`, `…区别。（仲崇山）`.
fn in_text(flat: &Flat, keep: &[bool], found: &mut Vec<String>) {
    let kept: Vec<usize> = (0..keep.len()).filter(|i| keep[*i]).collect();
    let edge = 4.min(kept.len());
    for &index in &kept[..edge] {
        let text = cut(flat.line(index), 240);
        for part in brackets(text) {
            labelled(part, &LABELS.writers, found);
        }
    }
    for &index in &kept[kept.len().saturating_sub(6)..] {
        let text = flat.line(index);
        // The end of it: a line may have any length.
        for part in brackets(&text[text.ceil_char_boundary(text.len().saturating_sub(16 << 10))..]) {
            labelled(part, &LABELS.writers, found);
        }
        if flat.lines[index].counts.tokens <= 40 {
            labelled(text, &LABELS.writers, found);
        }
    }
    // A label and a name in a line of their own, wherever it stands.
    if found.is_empty() {
        let short = kept.iter().filter(|i| flat.lines[**i].counts.tokens <= 14 && flat.lines[**i].counts.stops == 0);
        for text in short.map(|i| flat.line(*i)).filter(|text| WRITERS.iter().any(|label| text.starts_with(label))) {
            labelled(text, &LABELS.writers, found);
        }
    }
    if let Some(&last) = kept.last()
        && found.is_empty()
        && let Some(name) =
            flat.line(last).trim_end().strip_suffix(['）', ')']).and_then(|t| t.rsplit(['（', '(']).next())
        && let Some(name) = name.split_whitespace().next()
        && is_chinese_name(name)
    {
        found.push(name.to_owned());
    }
}

/// The writer of the first post: `本贴由大卫于2005年8月12日16:12:21…`, `发布时间 2005/05/17 22:11:42 by 眉间尺`.
fn first_poster(flat: &Flat, keep: &[bool]) -> Option<String> {
    let from = keep.iter().position(|k| *k)?;
    let to = keep.iter().rposition(|k| *k)?;
    let dated = |i: &usize| (6..=40).contains(&flat.lines[*i].counts.digits) && flat.lines[*i].counts.tokens <= 50;
    let short = (from..(to + 3).min(flat.lines.len())).filter(dated);
    short.map(|i| flat.line(i)).find_map(|text| {
        let date = super::date::dates(text).first()?.0;
        let mut found = Vec::new();
        labelled(&text[..date], &LABELS.posters, &mut found);
        let time = |between: &str| between.chars().all(|c| c.is_ascii_digit() || "-/:. 年月日".contains(c));
        if let Some((_, after)) = text[date..].split_once(" by ").filter(|(t, _)| found.is_empty() && time(t)) {
            let name = after.trim_matches(|c: char| !c.is_alphanumeric());
            let words = name.split_whitespace().count();
            found.extend(((1..=3).contains(&words) && name.chars().count() <= 24).then(|| name.to_owned()));
        }
        found.into_iter().next()
    })
}

fn cut(text: &str, bytes: usize) -> &str {
    let mut end = text.len().min(bytes);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The insides of round brackets.
fn brackets(text: &str) -> impl Iterator<Item = &str> {
    text.split(['（', '(', '【', '['])
        .skip(1)
        .map(|part| part.split(['）', ')', '】', ']']).next().unwrap_or(part))
        .filter(|part| part.len() < 120)
}

/// Takes the names after each label in `text`.
fn labelled(text: &str, labels: &Needles<()>, found: &mut Vec<String>) {
    // No label is ASCII.
    let mut rest = if text.is_ascii() { "" } else { text };
    while let Some((at, label)) = labels.first(rest) {
        let before = rest[..at].chars().next_back();
        rest = &rest[at + label.len()..];
        // 文 is a label only where a line or a word begins with it.
        if label.starts_with('文') && before.is_some_and(|c| c.is_alphanumeric()) {
            continue;
        }
        let announced = label.ends_with(['：', ':', '/', '／']) || POSTERS.contains(&label);
        rest = names(rest, announced, found);
    }
}

/// Takes names from the front of `text`; what is left.
fn names<'a>(text: &'a str, announced: bool, found: &mut Vec<String>) -> &'a str {
    let opened = text.trim_start_matches([' ', '\u{3000}', '\u{a0}', '】', ']']);
    let mut rest = opened.trim_start_matches(['：', ':', '/', '／', '|', '｜', ' ', '\u{3000}', '\u{a0}']);
    let colon = announced || opened.starts_with(['：', ':', '/', '／', '|', '｜']);
    let mut first = true;
    loop {
        let end = rest.find(|c: char| !(c.is_alphanumeric() || "·•-_.".contains(c))).unwrap_or(rest.len());
        let mut word = &rest[..end];
        if let Some(stop) = STOPS.iter().filter_map(|s| word.find(s)).min() {
            word = &word[..stop];
        }
        let name = word.trim_matches(['·', '•', '-', '_', '.']);
        let chinese = is_chinese_name(name);
        let pen = colon
            && first
            && (2..=24).contains(&name.chars().count())
            && name.chars().any(char::is_alphabetic)
            && !name.starts_with("20");
        if !(chinese || pen && (name.is_ascii() || name.chars().count() <= 8)) {
            return rest;
        }
        found.push(name.to_owned());
        rest = &rest[word.len()..];
        let next =
            rest.trim_start_matches([' ', '\u{3000}', '\u{a0}', '、', '，', ',', '/', '／', '&', ';', '；', '|']);
        if next.len() == rest.len() {
            return rest;
        }
        rest = next;
        first = false;
    }
}

/// Two or three characters after a surname at most, or a name with a middle dot.
fn is_chinese_name(name: &str) -> bool {
    // A line may have any length; a name has twelve characters at the most.
    let count = name.chars().take(13).count();
    let han = count < 13 && name.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c) || c == '·' || c == '•');
    let first = name.chars().next().is_some_and(|c| SURNAMES.contains(c));
    let western = name.contains('·') && (4..=12).contains(&count);
    han && ((2..=4).contains(&count) && first || western) && !WORDS.contains(&name)
}

/// Words that begin like a surname.
const WORDS: &[&str] = &[
    "文章",
    "全文",
    "方面",
    "高度",
    "国际",
    "国内",
    "全国",
    "華視",
    "关注",
    "金融",
    "史上",
    "成为",
    "于是",
    "何时",
    "时间",
    "向前",
    "马上",
    "单位",
    "管理",
    "全部",
    "全体",
    "国家",
    "解放",
    "解放军",
    "路透",
    "路透社",
    "华社",
    "任何",
    "常见",
    "全球",
    "经济",
    "单独",
    "谢谢",
    "方便",
    "文化",
    "文汇",
    "文汇报",
    "古今",
    "国务院",
];

/// A person rather than a site: no address, no web word.
fn is_person(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let count = name.chars().count();
    (2..=60).contains(&count)
        && !lower.contains("http")
        && !lower.contains("www.")
        && !lower.contains(".com")
        && !["admin", "administrator", "editor", "webmaster", "root", "author", "undefined", "null"]
            .contains(&lower.as_str())
        && !["网", "網", "公司", "频道", "编辑部", "新闻", "新聞", "报社", "期刊", "出版", "编辑"]
            .iter()
            .any(|w| name.contains(w))
}

/// The names in the first meta element that has a person's, and the element's name.
fn in_metas(flat: &Flat) -> (Vec<String>, &'static str) {
    let labelled = flat.head.meta_value("twitter:label1").is_some_and(|l| l.eq_ignore_ascii_case("written by"));
    let written = if labelled { flat.head.meta_value("twitter:data1") } else { None };
    [
        "author",
        "article:author",
        "og:article:author",
        "dc.creator",
        "dcterms.creator",
        "parsely-author",
        "sailthru.author",
        "byl",
        "citation_author",
        "bytedance:author",
        "xgplayer:author",
    ]
    .iter()
    .filter_map(|key| Some((flat.head.meta_value(key)?, *key)))
    .chain(written.map(|name| (name, "twitter:data1")))
    .find(|(name, _)| is_person(name))
    .map(|(name, key)| {
        let name = name.strip_prefix("By ").or_else(|| name.strip_prefix("by ")).unwrap_or(name);
        let label = WRITERS
            .iter()
            .find_map(|l| name.strip_prefix(l))
            .map(|n| n.trim_start_matches(['：', ':', ' ']))
            .unwrap_or(name);
        (super::json::split(label), key)
    })
    .unwrap_or_default()
}

/// `By Jane Doe`, `Written by Jane Doe and John Roe`.
fn english(flat: &Flat, head: Range<usize>) -> Vec<String> {
    for index in head {
        let line = &flat.lines[index];
        if line.counts.tokens > 30 || line.counts.cjk > 4 {
            continue;
        }
        let text = flat.line(index);
        let Some(rest) = ["By ", "BY ", "by ", "Written by ", "Posted by ", "Author: ", "By: "]
            .iter()
            .find_map(|l| text.strip_prefix(l))
        else {
            continue;
        };
        let names: Vec<String> = rest
            .split([',', '|', '•', '·', '—', '–', '(', '&'])
            .next()
            .unwrap_or("")
            .split(" and ")
            .map(|name| {
                name.split_whitespace()
                    .take_while(|w| w.chars().next().is_some_and(char::is_uppercase) && !MONTHS.contains(&cut(w, 3)))
                    .take(4)
                    .collect::<Vec<_>>()
                    .join(" ")
            })
            .filter(|name| name.len() > 2)
            .collect();
        if !names.is_empty() {
            return names;
        }
    }
    Vec::new()
}

const MONTHS: [&str; 14] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Pub", "Upd"];

/// The first short text near the headline whose class speaks of an author.
fn marked(flat: &Flat, head: Range<usize>) -> Vec<String> {
    let end = (head.end + 8) as u32;
    flat.marks
        .iter()
        .filter(|mark| {
            mark.words & words::AUTHOR != 0
                && mark.line >= head.start as u32
                && mark.line < end
                && mark.end > mark.start
        })
        .filter_map(|mark| flat.text.get(mark.start as usize..mark.end as usize))
        .map(|text| text.trim().trim_start_matches(['@', ':', '：']).trim())
        .find(|text| {
            (2..=30).contains(&text.chars().count())
                && !text.contains('\n')
                && text.chars().any(char::is_alphabetic)
                && is_person(text)
                && !text.contains(['：', ':', '，', '。', '/', '|'])
        })
        .map(|text| vec![text.strip_prefix("By ").unwrap_or(text).to_owned()])
        .unwrap_or_default()
}
