//! Credit lines: who wrote, filmed, edited. `通讯员 陈俊 袁长明 本报记者 李源` is labels and names and nothing else.

use super::line::{Line, is_han};
use std::ops::Range;

/// What a label says of the names after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Writer,
    Editor,
    Pictures,
}

/// Labels in folded spelling, the longest of a family first.
const LABELS: &[(&str, Role)] = &[
    ("本报首席记者", Role::Writer),
    ("本报特约记者", Role::Writer),
    ("本报见习记者", Role::Writer),
    ("本报实习记者", Role::Writer),
    ("本报通讯员", Role::Writer),
    ("本报记者", Role::Writer),
    ("本刊记者", Role::Writer),
    ("本网记者", Role::Writer),
    ("本台记者", Role::Writer),
    ("本社记者", Role::Writer),
    ("首席记者", Role::Writer),
    ("特约记者", Role::Writer),
    ("特派记者", Role::Writer),
    ("见习记者", Role::Writer),
    ("实习记者", Role::Writer),
    ("全媒体记者", Role::Writer),
    ("实习生", Role::Writer),
    ("通讯员", Role::Writer),
    ("特约撰稿", Role::Writer),
    ("撰稿", Role::Writer),
    ("撰文", Role::Writer),
    ("文字", Role::Writer),
    ("记者", Role::Writer),
    ("作者", Role::Writer),
    ("文/图", Role::Writer),
    ("图/文", Role::Writer),
    ("文", Role::Writer),
    ("责任编辑", Role::Editor),
    ("本文编辑", Role::Editor),
    ("编辑", Role::Editor),
    ("责编", Role::Editor),
    ("校对", Role::Editor),
    ("审核", Role::Editor),
    ("审校", Role::Editor),
    ("监制", Role::Editor),
    ("图片提供", Role::Pictures),
    ("摄影报道", Role::Pictures),
    ("摄影", Role::Pictures),
    ("供图", Role::Pictures),
    ("图片", Role::Pictures),
    ("图", Role::Pictures),
    ("视频", Role::Pictures),
    ("制图", Role::Pictures),
];

/// A name in a credit, where it stands in the folded line.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Name {
    part: Range<usize>,
    role: Role,
}

/// Surnames that carry about nine tenths of all names (Ministry of Public Security name reports 2019–2021), in both scripts: the
/// evidence asked of a name that no label announces.
const SURNAMES: &str = "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林高罗羅郑鄭梁谢謝宋唐许許韩韓邓鄧冯馮曹彭曾肖蕭田董潘袁蔡蒋蔣余于杜叶葉程魏苏蘇吕呂丁任卢盧姚沈钟鍾姜崔谭譚陆陸范汪廖石金韦韋贾賈夏付傅方邹鄒熊白孟秦邱侯江尹薛闫段雷龙龍黎史陶贺賀毛郝顾顧龚龔邵万萬覃武钱錢戴严嚴莫孔向常汤湯康易乔喬赖賴文";

/// The line is nothing but credits, brackets around it passed over.
pub fn is_credit_line(line: &Line) -> bool {
    line.chars <= 80 && names(inside_brackets(&line.folded.text), 0).is_some_and(|(names, _)| !names.is_empty())
}

/// Names of the writers that a line of credits or a bracket at a paragraph's start gives; editors only where asked.
pub fn writers(line: &Line) -> Vec<String> {
    of_role(line, Role::Writer)
}

/// Names of the editors in a credit line.
pub fn editors(line: &Line) -> Vec<String> {
    of_role(line, Role::Editor)
}

fn of_role(line: &Line, role: Role) -> Vec<String> {
    let folded = line.folded.text.as_str();
    let found = if line.chars <= 80 {
        let inner = inside_brackets(folded);
        let offset = inner.as_ptr() as usize - folded.as_ptr() as usize;
        names(inner, offset)
    } else {
        None
    };
    let names = found.or_else(|| bracketed(folded)).map(|(names, _)| names).unwrap_or_default();
    names.into_iter().filter(|name| name.role == role).map(|name| line.original(name.part).to_owned()).collect()
}

/// The name that stands alone behind the last stop of a paragraph: `…胜利召开。汪莹` (seed 003). It must begin with a surname.
pub fn signature(line: &Line) -> Option<String> {
    let folded = line.folded.text.as_str();
    let stop = folded.rfind(['。', '！', '？', '”', '」']).filter(|_| line.prose)?;
    let after = &folded[stop..];
    let mut name = after.trim_start_matches(['。', '！', '？', '”', '」', ' ', '(']).trim_end_matches([')', ' ']);
    name = name.strip_prefix("记者").unwrap_or(name).trim();
    let original = line.original(at_of(folded, name));
    let mut letters = original.chars();
    let surname = letters.next().is_some_and(|first| SURNAMES.contains(first));
    let length = name.chars().count();
    (surname && (2..=3).contains(&length) && name.chars().all(is_han) && !NO_NAMES.contains(&name))
        .then(|| original.to_owned())
}

/// Short closing words that begin like a surname.
const NO_NAMES: &[&str] = &[
    "完",
    "全文完",
    "完毕",
    "谢谢",
    "谢谢您",
    "谢谢你",
    "高兴",
    "万岁",
    "方法",
    "文章",
    "于是",
    "任何",
    "常见",
    "严重",
    "向前",
    "文中",
    "康复",
    "金钱",
    "段落",
];

fn at_of(whole: &str, part: &str) -> Range<usize> {
    let start = part.as_ptr() as usize - whole.as_ptr() as usize;
    start..start + part.len()
}

fn inside_brackets(text: &str) -> &str {
    let text = text.trim();
    let pairs = [('(', ')'), ('【', '】'), ('[', ']')];
    pairs.iter().find_map(|(open, close)| text.strip_prefix(*open)?.strip_suffix(*close)).unwrap_or(text).trim()
}

/// A bracket of credits near the start (`扬州网讯(见习记者 朱季晨 记者 李仁辂) 昨天`) or at the very end (`…。(记者 张三)`).
fn bracketed(folded: &str) -> Option<(Vec<Name>, usize)> {
    let near = folded.char_indices().take(40).find(|(_, c)| *c == '(').map(|(at, _)| at);
    let last = folded.ends_with(')').then(|| folded.rfind('(')).flatten();
    near.into_iter().chain(last).find_map(|open| {
        let close = folded[open..].find(')')? + open;
        let (names, end) = names(&folded[open + 1..close], open + 1)?;
        (!names.is_empty()).then_some((names, end))
    })
}

/// Reads labels and names; `None` where anything else stands in `text`. `offset` is added to each place.
fn names(text: &str, offset: usize) -> Option<(Vec<Name>, usize)> {
    let (mut names, mut at, mut role) = (Vec::new(), 0, None);
    loop {
        let gap = text[at..].find(|c: char| !" :、/,;|.·-和".contains(c)).unwrap_or(text.len() - at);
        at += gap;
        let rest = &text[at..];
        if rest.is_empty() {
            return role.map(|_| (names, offset + at));
        }
        if let Some((label, means)) = label(rest) {
            role = Some(*means);
            at += label.len();
            continue;
        }
        let length = rest.find(|c: char| !is_han(c) && c != '·').unwrap_or(rest.len());
        let word = &rest[..length];
        let chars = word.chars().count();
        let role = role?;
        // "张三摄": the label may follow its name.
        let bare = word.strip_suffix('摄').filter(|b| b.chars().count() >= 2).unwrap_or(word);
        if !(2..=8).contains(&chars) || (chars > 4 && !word.contains('·')) || NOT_A_NAME.contains(&word) {
            return None;
        }
        let means = if bare.len() < word.len() { Role::Pictures } else { role };
        names.push(Name { part: offset + at..offset + at + bare.len(), role: means });
        at += length;
    }
}

/// Words that follow a label as often as names do: 编辑推荐, 图片新闻, 记者手记.
const NOT_A_NAME: &[&str] = &[
    "推荐", "精选", "新闻", "报道", "中心", "部门", "声明", "整理", "综合", "手记", "观察", "调查", "获悉", "专栏",
    "专访", "来源", "列表", "频道", "评论", "登录", "注册", "简介", "资料", "信息", "投稿", "热线", "邮箱", "电话",
    "姓名", "其他", "更多", "全部", "协会", "集锦", "故事", "在线", "日记", "站", "述评", "素材",
];

/// The label that a text begins with. Its first three bytes are asked first: nearly no text begins with one.
fn label(text: &str) -> Option<&'static (&'static str, Role)> {
    let first = |text: &str| text.as_bytes().first_chunk::<3>().copied();
    let own = first(text)?;
    LABELS.iter().find(|(label, _)| first(label) == Some(own) && is_label(text, label))
}

/// `文` and `图` are labels only before a mark: 文明 and 图雅 are names.
fn is_label(rest: &str, label: &str) -> bool {
    let short = label.chars().count() == 1;
    rest.strip_prefix(label).is_some_and(|after| !short || after.starts_with([':', '/', ' ', '|']))
}

#[cfg(test)]
mod tests {
    use super::super::line::Mark;
    use super::*;

    fn writers_of(text: &str) -> Vec<String> {
        writers(&Line::new(text, Mark::None))
    }

    #[test]
    fn names_are_told_from_labels() {
        assert_eq!(writers_of("通訊員 陳俊 袁長明 本報記者 李源"), ["陳俊", "袁長明", "李源"]);
        assert_eq!(writers_of("(记者罗沙 通讯员王五)"), ["罗沙", "王五"]);
        assert_eq!(
            writers_of("扬州网讯(见习记者 朱季晨 记者 李仁辂 王荣斌) 昨天,发布会举行。"),
            ["朱季晨", "李仁辂", "王荣斌"]
        );
        assert_eq!(writers_of("图片提供 经开轩 吴忠祥"), [""; 0]);
        assert_eq!(writers_of("记者了解到,这一项目已经开工。"), [""; 0]);
        assert_eq!(writers_of("文/李明 图/王芳"), ["李明"]);
    }

    #[test]
    fn a_signature_needs_a_surname() {
        let of = |text: &str| signature(&Line::new(text, Mark::None));
        assert_eq!(of("用实际行动迎接大会胜利召开,奋力开创高质量发展的新局面。汪莹").as_deref(), Some("汪莹"));
        assert_eq!(of("我们将继续为大家报道这次会议的最新消息,敬请关注。谢谢"), None);
        assert_eq!(of("我们将继续为大家报道这次会议的最新消息,敬请关注。明天见"), None);
    }
}
