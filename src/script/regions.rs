//! Words that only Taiwan or only Hong Kong uses, for Traditional texts.
//!
//! In: texts. Out: the words found, with counts. Words for everyday things and institutions of the place; not names of
//! places, which news from anywhere has, and not what the mainland says as well.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use std::sync::LazyLock;

#[rustfmt::skip]
const TAIWAN: &[&str] = &[
    "軟體", "硬體", "網路", "滑鼠", "列印", "印表機", "隨身碟", "伺服器", "資料庫", "部落格", "簡訊", "行動電話", "計程車", "公車", "捷運",
    "腳踏車", "高鐵局", "健保", "立委", "立法院", "行政院", "監察院", "總統府", "里長", "國中", "國小", "高中職", "幼稚園", "塑膠", "颱風", "冷氣機", "便當",
    "泡麵", "鳳梨", "馬鈴薯", "新台幣", "新臺幣", "民國一百", "民進黨", "警方獲報", "北市", "新北市", "衛福部", "教育部長", "台幣", "臺幣", "全台", "全臺",
    "台大", "彰化縣", "雲林縣", "解析度", "巨量資料", "人工智慧", "物件導向", "硬碟", "光碟", "寬頻",
];

#[rustfmt::skip]
const HONG_KONG: &[&str] = &[
    "小巴", "港鐵", "特首", "立法會", "區議會", "屋邨", "公屋", "居屋", "警務處", "入境處", "運輸署", "房委會", "醫管局", "廉署", "本港", "港府", "港元",
    "港幣", "港股", "私隱", "紓緩", "質素", "差餉", "強積金", "樓價", "手提電話", "泊車", "冷氣槽", "士多", "豉油", "薯仔", "菠蘿包", "忌廉", "雪櫃",
    "荃灣", "觀塘", "旺角", "銅鑼灣", "裁判法院", "政務司", "財政司", "律政司", "中學文憑試", "警方今日", "衞生", "明報", "東方日報", "信報",
];

struct Regions {
    searcher: AhoCorasick,
}

static REGIONS: LazyLock<Option<Regions>> = LazyLock::new(|| {
    let words = TAIWAN.iter().chain(HONG_KONG);
    let searcher =
        AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).match_kind(MatchKind::LeftmostLongest).build(words);
    searcher.ok().map(|searcher| Regions { searcher })
});

type Counts = Vec<(&'static str, usize)>;

/// The words of Taiwan and those of Hong Kong in `texts`, each with how often it stands there.
pub(super) fn words(texts: &[&str]) -> (Counts, Counts) {
    let mut counts = vec![0; TAIWAN.len() + HONG_KONG.len()];
    if let Some(regions) = REGIONS.as_ref() {
        for text in texts {
            regions.searcher.find_iter(text).for_each(|found| counts[found.pattern().as_usize()] += 1);
        }
    }
    let of = |words: &'static [&'static str], counts: &[usize]| {
        words.iter().copied().zip(counts.iter().copied()).filter(|(_, count)| *count > 0).collect()
    };
    let (taiwan, hong_kong) = counts.split_at(TAIWAN.len());
    (of(TAIWAN, taiwan), of(HONG_KONG, hong_kong))
}
