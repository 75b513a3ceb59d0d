//! Names in running text: the labels they stand behind, and what can be a name.
//!
//! In: a text. Out: the names in it. A name without a colon before it must begin with a surname and be no word: 记者获悉.

use crate::extract::needles::Needles;
use std::sync::LazyLock;

/// Labels of those who wrote, the longest of a family first.
pub(super) const WRITERS: &[&str] = &[
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
    // 文｜张晓明 编辑｜李红: any of four strokes.
    "文｜",
    "文|",
    "文丨",
    "文∣",
    "文 | ",
    "文 ｜",
    "文 丨",
    "文 / ",
    "采写",
    "採寫",
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
pub(super) struct Labels {
    pub writers: Needles<()>,
    pub editors: Needles<()>,
    pub posters: Needles<()>,
}

pub(super) static LABELS: LazyLock<Labels> = LazyLock::new(|| {
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

/// Takes the names after each label in `text`.
pub(super) fn labelled(text: &str, labels: &Needles<()>, found: &mut Vec<String>) {
    // No label is ASCII.
    let mut rest = if text.is_ascii() { "" } else { text };
    while let Some((at, label)) = labels.first(rest) {
        let before = rest[..at].chars().next_back();
        rest = &rest[at + label.len()..];
        // 文 is a label only where a line or a word begins with it.
        if label.starts_with('文') && before.is_some_and(|c| c.is_alphanumeric()) {
            continue;
        }
        // 只看该作者 is a button of a thread.
        if before.is_some_and(|c| matches!(c, '该' | '該')) {
            continue;
        }
        let announced = label.ends_with(['：', ':', '/', '／', '|', '｜', '丨', '∣', ' ']) || POSTERS.contains(&label);
        rest = names(rest, announced, found);
    }
}

/// Takes names from the front of `text`; what is left.
fn names<'a>(text: &'a str, announced: bool, found: &mut Vec<String>) -> &'a str {
    let opened = text.trim_start_matches([' ', '\u{3000}', '\u{a0}', '】', ']']);
    let mut rest = opened.trim_start_matches(['：', ':', '/', '／', '|', '｜', '丨', '∣', ' ', '\u{3000}', '\u{a0}']);
    let colon = announced || opened.starts_with(['：', ':', '/', '／', '|', '｜', '丨', '∣']);
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
pub(super) fn is_chinese_name(name: &str) -> bool {
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
pub(super) fn is_person(name: &str) -> bool {
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
