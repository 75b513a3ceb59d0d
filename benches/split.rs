//! Speed of split: `cargo bench --bench split`.
//!
//! Plain and dialogue text are made from a few sentences with changing words, so that nothing outside the repository is
//! needed; the hostile inputs are the ones that cost other splitters their stack or their afternoon.

use divan::Bencher;
use divan::counter::BytesCount;
use zonetext::split::{Options, split};

fn main() {
    divan::main();
}

const SIZE: usize = 4 << 20;

/// A text of about `SIZE` bytes in paragraphs of some 200 characters.
fn text(sentences: &[&str]) -> String {
    let mut text = String::with_capacity(SIZE + 1024);
    let mut paragraph = 0;
    for (i, sentence) in sentences.iter().cycle().enumerate() {
        if text.len() >= SIZE {
            break;
        }
        text.extend(char::from_u32(0x4E00 + (i as u32 * 37) % 20000));
        text.push_str(sentence);
        paragraph += sentence.len();
        if paragraph > 600 {
            text.push('\n');
            paragraph = 0;
        }
    }
    text
}

const PLAIN: &[&str] = &[
    "年以来，全市经济运行稳中有进，主要指标好于预期，居民收入稳步增长。",
    "政府工作报告提出，要坚持把发展经济的着力点放在实体经济上，推动传统产业转型升级，培育新的增长点！",
    "是当地最大的湖泊，湖面海拔1280米，面积约为346.8平方公里，每年吸引大量游客前来观光。",
    "什么时候才能完工？",
    "据介绍，该项目总投资3.2亿元，由省建设集团承建，预计2021年12月9日前全部完成并投入使用。",
];

const DIALOGUE: &[&str] = &[
    "说：“今天不去了。”大家都很失望。",
    "小声问：“谁来回答？老师在等我们。”没有人举手……",
    "看了《爱情来了！》这部电影（非常感人！），回家的路上一直在想。",
    "“太好了！”我说。他点了点头，说：“那就这样。”",
];

const ENGLISH: &[&str] = &[
    " Dr. Smith moved to the U.S. in 1998, where he worked for Acme Corp. until 2004. ",
    "He said, \"It was cold. We were lost.\" Nobody answered. ",
    "See Fig. 3 and Sec. 2.1 for details (cf. Jones et al. 2010), or visit www.example.com/a?b=c. ",
];

#[divan::bench]
fn plain(bencher: Bencher) {
    run(bencher, text(PLAIN));
}

#[divan::bench]
fn dialogue(bencher: Bencher) {
    run(bencher, text(DIALOGUE));
}

#[divan::bench]
fn english(bencher: Bencher) {
    run(bencher, text(ENGLISH));
}

#[divan::bench]
fn ascii_stops(bencher: Bencher) {
    run(bencher, text(PLAIN).replace('。', ".").replace('，', ","));
}

#[divan::bench(args = ["。", "“", "”", "“‘", "\"", "（", "《", "..", "?a", "①", "。①", "“好！”", "。 ", "“a。"])]
fn hostile(bencher: Bencher, piece: &str) {
    run(bencher, piece.repeat((10 << 20) / piece.len()));
}

fn run(bencher: Bencher, text: String) {
    bencher.counter(BytesCount::of_str(&text)).bench(|| split(&[&text], &Options::default()));
}
