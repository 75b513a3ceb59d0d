//! Traditional pages that a character-by-character converter made from Simplified: 后備 for 後備, 制造 for 製造.
//!
//! In: the texts of a page. Out: whether such a converter made them, with the counts behind it. Such a page has 0.6 % wrong
//! characters; back to Simplified and forward again by words leaves 0.002–0.005 %. A page that a person wrote would lose
//! 0.4–1.4 % by that, so it takes two errors that nobody makes, and more of them than characters no such converter makes.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use std::sync::LazyLock;

/// Words as only such converters write them. The first rows keep a Simplified character that is also a Traditional one
/// (seen in mirrored news pages: 后備, 范疇, 領先于); the last rows always take the same Traditional one for it (批準, 公裏).
/// Left out is what people write as well: 發布, 占領, 銷毀, 咨詢, 回復, 游戲, 老板.
#[rustfmt::skip]
const SIGNATURES: &[&str] = &[
    // 后 for 後
    "以后", "之后", "最后", "然后", "今后", "此后", "前后", "先后", "落后", "背后", "随后", "隨后", "后來", "后者", "后期",
    "后面", "后果", "后續", "后備", "售后", "戰后", "災后", "書后", "幕后", "午后", "日后", "而后", "過后", "身后", "后臺",
    "后台", "突破后", "飯后", "畢業后", "后代", "后悔", "后勤", "后退", "后方", "后世",
    // 里 for 裡, 裏
    "這里", "那里", "哪里", "家里", "心里", "手里", "城里", "夜里", "眼里", "屋里", "里面", "里邊", "嘴里", "懷里", "廟里",
    // 于 for 於
    "由于", "關于", "對于", "位于", "屬于", "終于", "至于", "于是", "用于", "等于", "大于", "小于", "低于", "高于", "基于",
    "鑒于", "在于", "處于", "過于", "歸于", "樂于", "難于", "相當于", "隸屬于", "有利于", "來源于", "有助于", "立足于",
    // 制 for 製
    "制造", "制作", "制品", "制成", "研制", "制劑", "復制", "攝制", "印制", "監制", "自制", "精制", "煉制", "制藥",
    // 干 for 乾, 幹
    "干部", "干燥", "干凈", "干淨", "骨干", "主干", "實干", "苦干", "能干", "餅干", "干旱", "干活", "樹干",
    // 范, 采, 征, 余, 云, 准
    "范圍", "范疇", "規范", "示范", "模范", "典范", "防范", "師范", "風范", "采用", "采取", "采訪", "采集", "采購", "采礦",
    "采納", "開采", "特征", "象征", "征收", "征求", "征集", "征兵", "其余", "剩余", "業余", "多余", "余額", "云計算", "云南",
    "標准", "准備", "准則", "准確", "水准", "瞄准",
    // 系, 復, 發, 斗, 面, 郁, 圣, 朴, 谷, 涂, 仆, 丑, 志, 御, 歷, 症, 杰, 吁, 盡, 松, 獲
    "關系", "維系", "復雜", "重復", "復習", "頭發", "理發", "毛發", "白發", "戰斗", "奮斗", "斗爭", "搏斗",
    "面條", "面粉", "面包", "方便面", "憂郁", "郁悶", "抑郁", "神圣", "圣誕", "圣人", "圣地", "圣旨", "朴素", "朴實", "谷物",
    "稻谷", "五谷", "涂料", "糊涂", "涂抹", "仆人", "丑陋", "丑聞", "丑惡", "雜志", "標志", "防御", "抵御", "日歷",
    "歷法", "農歷", "呼吁", "放松", "輕松", "生姜", "收獲", "詞匯", "并且", "并非", "并不", 
    "憑借", "刮胡子", "駐扎", 
    // Characters that were not converted at all.
    "這种", "种類", "一种", "各种", "兩种", "證据", "數据", "根据", "規划", "計划", "評价", "价格", "确認", "确實", "确定",
    "明确", "积極", "极為", "极其", "几個", "几乎", "几年", "厂長", "工厂", "戰胜", "胜利", "万歲", "共產党", "机會", "机關",
    // Always the same Traditional character.
    "批準", "準許", "核準", "準予", "皇後", "太後", "王後", "公裏", "公裡", "十裏", "十裡", "百裏", "百裡", "千裏", "千裡",
    "單於", "若幹", "幹擾", "幹預", "幹涉", "幹旱", "幹燥", "幹淨", "徵討", "徵伐", "徵服", "長徵", "出徵", "籤訂", "籤名",
    "籤署", "籤字", "籤約", "籤證", "籤發", "佔卜", "上遊", "下遊", "五髒", "心髒", "內髒", "鹹陽", "北鬥", "漏鬥", "山穀",
    "峽穀", "麵積", "表麵", "方麵", "見麵", "髮展", "出髮", "髮現", "隻有", "隻是", "隻能", "係統", "係列", "體係", "製度",
    "限製", "控製", "體製", "合並", "吞並", "兼並", "曆史", "經曆", "同誌", "意誌", "為瞭", "到瞭", "子醜", "嶽飛", "黃鍾",
    "復議", "萬裡", "萬裏", "三裡", "三裏", "範陽", "萬歷", "獲準", "文採", "風採", "神採", "鬆柏", "鬆樹", "武鬆", "鬥笠", "鬥篷", "淳於", "於謙", "範仲淹", "範蠡",
    "鄉裏", "鄉裡", "鄰裏", "鄰裡", "裏程", "裡程", "一裏", "一裡", "多裏", "多裡", "後妃", "母後", "帝後", "呂後", "武後",
    "徵戰", "遠徵", "親徵", "南徵", "北徵", "東徵", "西徵", "徵西", "徵東", "嶽父", "嶽母", "佔星", "乙醜", "丁醜", "辛醜",
    "癸醜", "己醜", "茶幾", "濃鬱", "馥鬱", "一並", "阿裏", "阿裡", "盡管", "聯系方式", "利害關系",
];

/// Characters that take a word to choose: a page that has them was not made character by character.
const CHOSEN: &str = "製係髮乾複繫鬍薑麵颱穫誌闆錶彙曆鞦韆";

static SEARCHER: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).match_kind(MatchKind::LeftmostFirst).build(SIGNATURES).ok()
});

/// What speaks for and against a converter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Converted {
    /// Words as only a character-by-character converter writes them.
    pub errors: usize,
    /// Characters such a converter cannot make.
    pub chosen: usize,
}

impl Converted {
    /// Whether a character-by-character converter made the page.
    pub fn by_characters(&self) -> bool {
        self.errors >= 2 && self.errors > self.chosen
    }
}

/// Counts over all texts of a Traditional page.
pub fn converted(texts: &[&str]) -> Converted {
    let mut found = Converted::default();
    for text in texts {
        if let Some(searcher) = SEARCHER.as_ref() {
            found.errors += searcher.find_iter(text).count();
        }
        found.chosen += text.chars().filter(|c| CHOSEN.contains(*c)).count();
    }
    found
}
