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
    "稿源",
    "受访者",
    "文字",
    "字号",
    "字體",
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
        // 待楼主反馈 and “发言人出差” are words of a sentence; 本贴由 needs no sign behind it.
        let poster = POSTERS.contains(&label);
        let apart = rest.starts_with(['：', ':', ' ', '\u{3000}', '\u{a0}', '【', '】', ']']);
        if poster && !(apart || label.ends_with('由')) {
            continue;
        }
        let announced = label.ends_with(['：', ':', '/', '／', '|', '｜', '丨', '∣', ' ']) || poster;
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
        let mut word = if colon { &rest[..latin(rest).unwrap_or(end)] } else { &rest[..end] };
        if let Some(stop) = STOPS.iter().filter_map(|s| word.find(s)).min() {
            word = &word[..stop];
        }
        let name = word.trim_matches(['·', '•', '-', '_', '.']);
        // （记者 格桑边觉）: four characters where nothing else stands behind the label.
        let alone = || first && rest == word && name.chars().count() == 4 && name.starts_with(|c| SURNAMES.contains(c));
        let chinese = is_chinese_name(name) || alone() && is_chinese_name(&name[..name.len() / 2]);
        let pen = colon
            && first
            && (2..=24).contains(&name.chars().count())
            && name.chars().any(char::is_alphabetic)
            && !name.starts_with(|c: char| c.is_ascii_digit())
            && !NOBODY.contains(&name);
        let foreign = colon && word.contains(' ');
        if !(chinese || foreign || pen && (name.is_ascii() || name.chars().count() <= 8)) {
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

/// Where a name in Latin letters ends that has several words, each with a capital: Gretchen Gavett, Ayşe Çetinel.
fn latin(text: &str) -> Option<usize> {
    let (mut end, mut words) = (0, 0);
    for word in text.split(' ').take(4) {
        let letters = word
            .find(|c: char| !(c.is_alphabetic() && (c as u32) < 0x2e80 || "-.'’".contains(c)))
            .unwrap_or(word.len());
        if letters == 0 || !word.starts_with(char::is_uppercase) {
            break;
        }
        end += letters + usize::from(words > 0);
        words += 1;
        if letters < word.len() {
            break;
        }
    }
    (words > 1).then_some(end)
}

/// What stands behind 作者 where nobody is named.
const NOBODY: &[&str] = &[
    "佚名",
    "匿名",
    "无名氏",
    "未知",
    "不详",
    "不詳",
    "网络",
    "互联网",
    "本站",
    "原创",
    "转载",
    "小编",
    "編輯",
    "编辑",
    "管理员",
    "简介",
    "簡介",
    "介绍",
    "投稿",
    "其他",
    "作者",
    "所有",
    "声明",
    "專欄",
    "专栏",
    "名单",
    "列表",
    "信息",
    "权益",
    "服务",
    "登录",
];

/// Surnames of two characters that somebody bears today; with any other, a name has three characters at most.
const DOUBLE: &[&str] = &[
    "欧阳", "歐陽", "司马", "司馬", "诸葛", "諸葛", "上官", "皇甫", "尉迟", "尉遲", "令狐", "慕容", "东方", "東方",
    "司徒", "夏侯", "公孙", "公孫", "长孙", "長孫", "端木", "百里", "南宫", "南宮", "独孤", "獨孤", "宇文", "轩辕",
    "軒轅", "淳于", "万俟", "闻人", "聞人", "申屠", "太史", "赫连", "赫連", "澹台",
];

/// Two or three characters that begin with a surname, four with a surname of two, or a name with a middle dot.
pub(super) fn is_chinese_name(name: &str) -> bool {
    // A line may have any length; a name has twelve characters at the most.
    let count = name.chars().take(13).count();
    let han = count < 13 && name.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c) || c == '·' || c == '•');
    let first = name.chars().next().is_some_and(|c| SURNAMES.contains(c));
    let western = name.contains('·') && (4..=12).contains(&count);
    let double = (3..=4).contains(&count) && DOUBLE.iter().any(|surname| name.starts_with(surname));
    han && ((2..=3).contains(&count) && first || double || western) && !WORDS.contains(&name)
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

/// Ideographs of a name at most, pen names of firms among them: the longest seen has eleven.
const LONGEST: usize = 12;

/// Words of a page's interface that stand where names stand: 点击登录, 5天前, 等风2023 年度新知答主关注.
const NO_PERSON: &[&str] = &[
    "登录",
    "登錄",
    "登陆",
    "登入",
    "注册",
    "註冊",
    "关注",
    "關注",
    "天前",
    "小时前",
    "小時前",
    "分钟前",
    "分鐘前",
    "刚刚",
    "贡献者",
    "貢獻者",
    "文字大小",
    "点击",
    "點擊",
    "设置",
    "頭像",
    "头像",
    "返回",
    "首页",
    "首頁",
    "更多",
    "阅读",
    "閱讀",
    "发表于",
    "發表於",
    "楼主",
    "樓主",
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
        && name.chars().any(char::is_alphabetic)
        && !name.starts_with('【')
        && name.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count() <= LONGEST
        && !["discuz", "comsenz", "phpwind", "dedecms", "username"].iter().any(|word| lower.contains(word))
        && !NOBODY.contains(&name)
        && !NO_PERSON.iter().any(|word| name.contains(word))
        && !["网", "網", "公司", "频道", "编辑部", "新闻", "新聞", "报社", "期刊", "出版", "编辑"]
            .iter()
            .any(|w| name.contains(w))
}
