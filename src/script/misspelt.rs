//! Traditional words that a bad converter spelt with another counterpart of a character: 不斷髮展, 後麵, 乾部.
//!
//! In: a Traditional text. Out: the characters that cannot stand where they stand, with the ones that can. The text is taken
//! back to Simplified and cut into words by likelihood; a word of the table below is misspelt, unless some other word explains
//! the character. Only rarer counterparts are looked at: a common one for a rare one (關系, 標准) is what people write as well.

use super::convert::converted;
use super::engine::Engine;
use super::likely::Likely;
use std::ops::Range;

/// A rarer counterpart, in Taiwan's forms, and words in which nobody writes it. Seen on mirrors of news and novels (後麵, 裏麵,
/// 不斷髮展, 乾部, 隻是). Left out are words that people spell both ways (編製, 儀錶, 繫結) and what Cantonese writes (係).
#[rustfmt::skip]
const RARE: &[(char, &str)] = &[
    ('髮', "发展 发生 发现 发表 发布 出发 开发 发达 发动 发言 发行 发明 发送 发出 发挥 启发 沙发 发票 发射 爆发 研发 引发 发起 触发 分发 发热 发烧"),
    ('麵', "面对 面对面 面前 面积 方面 后面 前面 里面 外面 上面 下面 表面 见面 对面 全面 面临 面子 平面 地面 页面 界面 面试 正面 反面 一面 水面 书面 层面 局面 侧面 画面 面目 面色 面具 面板 桌面 片面 当面 迎面 面向 面貌 另一方面 另一面"),
    ('乾', "干部 干预 干扰 干涉 骨干 树干 主干 才干 能干 干什么 干活 干劲 若干 相干"),
    ('幹', "干扰 干预 干涉 若干 干燥 干净 干旱 饼干 干杯 相干 干脆"),
    ('隻', "只是 只有 只能 只要 只得 只会 不只 只需 只不过 只想 只需要 只可 只怕"),
    ('製', "制度 制定 制约 制裁 制止 制订 体制 限制 控制 机制 强制 抑制 管制 压制 专制 法制 制度化 牵制 节制"),
    ('係', "系统 系列 系数 派系 太阳系"),
    ('繫', "系统 系列 关系 系数"),
    ('曆', "历史 经历 历来 学历 历程 来历 简历 历代 阅历 历经 历时 历史性 历史上"),
    ('鬥', "北斗 漏斗 斗篷 斗笠 熨斗"),
    ('穀', "山谷 峡谷 谷歌 低谷 河谷 谷底"),
    ('鬱', "浓郁 馥郁"),
    ('醜', "小丑 子丑 乙丑 丁丑 辛丑 癸丑 己丑"),
    ('嶽', "岳父 岳母 岳飞 岳阳"),
    ('範', "范仲淹 范蠡 范阳"),
    ('徵', "长征 征服 征程 远征 征途 征战 出征 征讨 征伐"),
    ('籤', "签名 签字 签署 签订 签约 签证 签发"),
    ('鬆', "松树 松鼠 松柏 松林"),
    ('衝', "冲洗 冲刷 冲泡 冲淡"),
    ('鹹', "咸阳"),
    ('齣', "出现 出来 出发 出去 出版 出口 出生 出席 提出 发出 指出 演出 推出 突出 付出 出色 退出 输出 支出 做出 作出 得出 出售 出版社 给出 列出 导出 出了 出于"),
    ('嚮', "方向 向前 一向 倾向 转向 面向 走向 向上 向下"),
    ('捨', "宿舍 校舍"),
    ('傢', "家庭 国家 大家 专家 家人 作家 家乡 回家 家长 科学家 企业家 画家 全家 厂家 一家 在家 家里"),
    ('鬍', "胡同 胡说 胡椒 胡萝卜"),
    ('錶', "表面 表示 表现 表达 代表 发表 表明 表演 图表 列表 外表 表格 表情 代表团"),
    ('瞭', "为了 除了 到了 了不起 成了 有了 了一"),
    ('後', "皇后 太后 王后 皇太后 母后 后妃"),
    ('裡', "公里 里程 邻里 故里 英里 海里 里程碑 平方公里 万里 千里 百里"),
    ('檯', "平台 台湾 电台 台风 舞台 后台 阳台 窗台 电视台"),
    ('颱', "平台 台湾 电台 舞台 后台 阳台 电视台"),
    ('闆', "木板 地板 黑板 面板 平板 模板 主板"),
    ('鐘', "钟情 钟爱"),
    ('餘', "余姚"),
    ('穫', "获得 获奖 获取 获准"),
    ('彙', "汇报 汇率 汇款 外汇"),
    ('儘', "尽力 详尽 尽头 尽情 耗尽 无穷无尽 用尽"),
    ('嚐', "尝试 未尝 何尝"),
    ('噁', "恶化 恶劣 可恶 罪恶 凶恶 恶魔 恶意 善恶"),
];

/// By how much a row of words may cost more and still be meant: five bits.
const FAR_FETCHED: u32 = 40;
/// Characters on each side that such rows are made of.
const AROUND: usize = 12;

/// A character that cannot stand where it stands.
pub(super) struct Misspelt {
    pub at: Range<usize>,
    /// In Simplified: the word it stands in.
    pub word: String,
    /// What stands there in the forms asked for.
    pub new: String,
}

struct Engines {
    back: Engine,
    forward: Engine,
    taiwan: Engine,
    own: Engine,
    likely: Likely,
}

impl Engines {
    fn new(config: &str) -> Option<Engines> {
        let [back, taiwan, own] = [Engine::named("t2s"), Engine::named("t2tw"), Engine::named("s2tw")];
        let (back, taiwan, own) = (back?, taiwan?, own?);
        Some(Engines { back, forward: Engine::named(config)?, taiwan, own, likely: Likely::named("s2tw")? })
    }
}

/// The misspelt characters of `text`, each with what the config (from Simplified) writes there.
pub(super) fn misspelt(text: &str, config: &str) -> Vec<Misspelt> {
    let mut found = Vec::new();
    if !text.chars().any(is_rare) {
        return found;
    }
    let Some(engines) = Engines::new(config) else { return found };
    let mut start = 0;
    for (end, c) in text.char_indices().chain([(text.len(), '。')]) {
        if !matches!(c, '\u{3400}'..='\u{9FFF}') {
            in_run(&engines, text, start..end, &mut found);
            start = end + c.len_utf8();
        }
    }
    found
}

fn is_rare(c: char) -> bool {
    RARE.iter().any(|(rare, _)| *rare == c) || matches!(c, '麪' | '裏')
}

/// Whether nobody writes `c` at the byte `at` of the Simplified `word`, which may hold words of the table.
fn is_wrong(c: char, word: &str, at: usize) -> bool {
    let covers = |w: &str| word.match_indices(w).any(|(start, _)| (start..start + w.len()).contains(&at));
    RARE.iter().any(|(rare, words)| *rare == c && words.split(' ').any(covers))
}

fn in_run(engines: &Engines, text: &str, run: Range<usize>, found: &mut Vec<Misspelt>) {
    let Some(piece) = text.get(run.clone()).filter(|piece| piece.chars().any(is_rare)) else { return };
    let alone = |engine: &Engine, c: char| engine.single(c).and_then(|new| new.chars().next()).unwrap_or(c);
    let row: Vec<char> = piece.chars().map(|c| alone(&engines.back, c)).collect();
    let there: Vec<(usize, char)> =
        piece.char_indices().map(|(at, c)| (at + run.start, alone(&engines.taiwan, c))).collect();
    let mut from = 0;
    for end in engines.likely.words(&engines.own, &row) {
        let word: String = row[from..end].iter().collect();
        let places = from..end;
        from = end;
        if places.len() < 2 {
            continue;
        }
        let spelt: Vec<char> = converted(&engines.own, &word).chars().collect();
        let new: Vec<char> = converted(&engines.forward, &word).chars().collect();
        if spelt.len() != places.len() || new.len() != places.len() {
            continue;
        }
        for (place, number) in places.enumerate() {
            let (at, c) = there[number];
            if c != spelt[place]
                && word.len() == 3 * spelt.len()
                && is_wrong(c, &word, 3 * place)
                && !explained(engines, &row, number, c)
            {
                let stands = text[at..].chars().next().map_or(0, char::len_utf8);
                found.push(Misspelt { at: at..at + stands, word: word.clone(), new: new[place].to_string() });
            }
        }
    }
}

/// Whether some word of the dictionaries that covers the place has the character there, and is not far-fetched.
fn explained(engines: &Engines, row: &[char], place: usize, c: char) -> bool {
    let before = place.saturating_sub(AROUND);
    let (row, place) = (&row[before..row.len().min(place + AROUND)], place - before);
    let text: String = row.iter().collect();
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let cost = |part: &[char]| if part.is_empty() { 0 } else { engines.likely.cost(&engines.own, part) };
    let best = cost(row);
    (place.saturating_sub(6)..=place).any(|from| {
        let Some((end, new)) = engines.own.step_at(&text, starts[from]) else { return false };
        let length = text[starts[from]..end].chars().count();
        let covers = length > 1 && from + length > place && new.chars().count() == length;
        covers && new.chars().nth(place - from) == Some(c) && {
            let to = from + length;
            cost(&row[..from]) + cost(&row[from..to]) + cost(&row[to..]) <= best + FAR_FETCHED
        }
    })
}
