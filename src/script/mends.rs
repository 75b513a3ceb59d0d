//! Boundaries that longest match sets wrong: 被发明 is taken for 被发 + 明 and comes out as 被髮明.
//!
//! In: a text. Out: places where no dictionary match may reach across. A row is cut at its bar; what stands left and right
//! is converted by the same engine, so a row holds for every config from Simplified. Only for bare targets: a config asked
//! for by name is OpenCC to the byte.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use std::sync::LazyLock;

/// The rule's name in `explain`; a cut alone is no edit, so it shows in the edits around it.
/// Seen, unless a row says otherwise, in national statutes and in modern narrative text, each there more than once.
#[rustfmt::skip]
const ROWS: &[&str] = &[
    // The three that the design names; 被发 is "with loose hair".
    "被|发明", "被|发现", "被|发送", "被|发布", "被|发表", "被|发放", "被|发起", "被|发动", "被|发往", "被|发到", "被|发给", "被|发回", "被|发射",
    "被|发掘", "被|发觉", "被|发配", "被|发展", "被|发出", "被|发行", "参与|制", "少数|组", "多数|组",
    // 换发 is taken for a change of hair; news say 换发 of papers and of new life.
    "换|发新", "换|发了", "换|发出", "换|发证", "补发、换|发", "申请换|发", "予以换|发", "换|发营业", "换|发许可",
    // 人参 is ginseng.
    "人|参加", "人|参与", "人|参观", "人|参照", "人|参赛", "人|参考",
    // 定制, 试制, 人制, 自制, 后制, 内制, 法制: "make", where 制定, 制度, 制造, 制作 follow.
    "规定|制定", "规定|制度", "决定|制度", "决定|制定", "确定|制度", "考试|制度", "单位|制作", "单位|制定", "人|制造", "人|制作", "人|制成", "自|制造",
    "后|制定", "内|制定", "外|制定", "非法|制造", "无法|制造", "新|制定", "新|制造", "新|制作",
    // 有采, 得采: an old word, unchanged.
    "有|采纳", "有|采用", "有|采取", "有|采购", "得|采用", "得|采取", "得|采矿", "得|采纳", "得|采购", "多|采用",
    // 定准, 不准, 官准.
    "裁定|准许", "裁定|准予", "不|准予", "官|准备", "官|准许",
    // 的历: 的歷.
    "的|历法", "的|历书", "的|历元", "请|回避", "要|回避", "南|回到", "四|周岁", "四|周年", "河|干流", "江|干流", "河|干支流", "江|干支流",
    "大|干旱",
    // 关注, 关征: the office (海关, 机关) and what it does.
    "海关|注", "机关|注", "海关|征", "机关|征",
    // 发 as hair: 乱发, 额发, 护发, 金发, 白发, 生发.
    "乱|发生", "限额|发", "足额|发", "保护|发", "资金|发", "基金|发", "空白|发", "学生|发", "民生|发", "卫生|发", "一|出现", "一|出门", "一|出生",
    "一|出来", "一|出手", "一|出场", "互相|冲突",
    // 手表 is a watch.
    "选手|表示", "选手|表现", "选手|表演", "对手|表示", "对手|表现", "歌手|表示", "歌手|表演", "助手|表示", "高手|表示", "高手|表演",
    // 行复, 上签, 书签, 和面, 在核, 是只.
    "进行|复", "上|签章", "上|签字", "上|签名", "上|签注", "上|签署", "证书|签", "文书|签", "和|面积", "在|核心", "是|只有",
];

struct Mends {
    searcher: AhoCorasick,
    /// For each row the bytes before its bar.
    cuts: Vec<usize>,
}

static MENDS: LazyLock<Option<Mends>> = LazyLock::new(|| {
    let cuts = ROWS.iter().filter_map(|row| row.find('|')).collect();
    let words = ROWS.iter().map(|row| row.replace('|', ""));
    let searcher =
        AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).match_kind(MatchKind::LeftmostLongest).build(words);
    searcher.ok().map(|searcher| Mends { searcher, cuts })
});

/// Where `text` must be cut, in bytes, from left to right.
pub(super) fn cuts(text: &str) -> impl Iterator<Item = usize> {
    MENDS.iter().flat_map(move |mends| {
        mends.searcher.find_iter(text).map(|found| found.start() + mends.cuts[found.pattern().as_usize()])
    })
}
