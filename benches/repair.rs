//! Speed of repair: `cargo bench --bench repair`. Clean text, a mirror page, hostile lines.

use divan::counter::CharsCount;
use divan::{Bencher, black_box};
use zonetext::repair::{Options, repair};

const CLEAN: &str = include_str!("../fixtures/repair/clean-simplified.txt");
const CLEAN_TRADITIONAL: &str = include_str!("../fixtures/repair/clean-traditional.txt");
const MIRROR: &str = "產(chǎn)業(yè)項(xiàng)目論證專(zhuān)家?guī)?,突出產(chǎn)業(yè)招商,看重這(zhè)片熱(rè)土的發(fā)展?jié)摿?,紛(fēn)紛(fēn)選擇(zé)落戶\n";

#[path = "../tests/repair/forward.rs"]
mod forward;

/// The committed sample as a mirror shows it that annotates every fifth of the characters it converted.
fn mirrored(cuts: bool) -> String {
    let readings = forward::readings();
    let mut listed: Vec<char> = forward::unambiguous().values().copied().filter(|c| readings.contains_key(c)).collect();
    listed.sort_unstable();
    let listed = listed.into_iter().step_by(5).collect();
    let cuts = if cuts { forward::MARKS.to_vec() } else { Vec::new() };
    let site = forward::Site { listed, cuts, folds: true };
    let lines: Vec<String> = CLEAN_TRADITIONAL.lines().filter_map(|l| forward::seen(l, &site, &readings)).collect();
    lines.join("\n")
}

fn main() {
    divan::main();
}

fn measure(bencher: Bencher, text: &str) {
    let options = Options::default();
    repair(&[MIRROR], &options);
    bencher.counter(CharsCount::of_str(text)).bench(|| repair(black_box(&[text]), &options));
}

#[divan::bench]
fn clean(bencher: Bencher) {
    measure(bencher, CLEAN);
}

#[divan::bench]
fn clean_traditional(bencher: Bencher) {
    measure(bencher, CLEAN_TRADITIONAL);
}

#[divan::bench]
fn annotated(bencher: Bencher) {
    measure(bencher, &"產(chǎn)業(yè)集群是經(jīng)濟(jì)發(fā)展的引擎。\n".repeat(100));
}

#[divan::bench]
fn slipped(bencher: Bencher) {
    measure(bencher, &MIRROR.repeat(50));
}

/// A page as mirrors make them: annotations, and a slip in one line of four.
#[divan::bench]
fn mirror(bencher: Bencher) {
    measure(bencher, &mirrored(false));
}

/// The same, cut at punctuation.
#[divan::bench]
fn mirror_cut(bencher: Bencher) {
    measure(bencher, &mirrored(true));
}

#[divan::bench]
fn mojibake(bencher: Bencher) {
    let broken: String = CLEAN.bytes().map(|b| if b == b'\n' { '\n' } else { b as char }).collect();
    measure(bencher, &broken);
}

/// Every line slipped.
#[divan::bench]
fn mirror_slips(bencher: Bencher) {
    let (clean, seen) = (mirrored(false), mirrored(true));
    let slips: Vec<&str> = seen.lines().zip(clean.lines()).filter(|(a, b)| a != b).map(|(a, _)| a).collect();
    measure(bencher, &slips.join("\n").repeat(8));
}

/// UTF-8 read as GBK, what is no character marked.
#[divan::bench]
fn utf8_as_gbk(bencher: Bencher) {
    let lines = CLEAN.lines().map(|line| encoding_rs::GBK.decode_without_bom_handling(line.as_bytes()).0);
    measure(bencher, &lines.collect::<Vec<_>>().join("\n"));
}

/// UTF-8 read as Shift_JIS.
#[divan::bench]
fn utf8_as_shift_jis(bencher: Bencher) {
    let lines = CLEAN.lines().map(|line| encoding_rs::SHIFT_JIS.decode_without_bom_handling(line.as_bytes()).0);
    measure(bencher, &lines.collect::<Vec<_>>().join("\n"));
}

/// UTF-8 read as windows-1252, five bytes lost.
#[divan::bench]
fn utf8_with_holes(bencher: Bencher) {
    let seen = |b: u8| match b {
        b'\n' => "\n".into(),
        0x81 | 0x8D | 0x8F | 0x90 | 0x9D => "\u{FFFD}".into(),
        _ => encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[b]).0.into_owned(),
    };
    measure(bencher, &CLEAN.bytes().map(seen).collect::<String>());
}

/// GBK read as Latin-1.
#[divan::bench]
fn gbk_as_latin1(bencher: Bencher) {
    measure(bencher, &encoding_rs::GBK.encode(CLEAN).0.iter().map(|&b| b as char).collect::<String>());
}

/// Big5 read as GBK.
#[divan::bench]
fn big5_as_gbk(bencher: Bencher) {
    let lines = CLEAN_TRADITIONAL.lines().map(|line| encoding_rs::BIG5.encode(line).0.into_owned());
    let seen = lines.map(|line| encoding_rs::GBK.decode_without_bom_handling(&line).0.into_owned());
    measure(bencher, &seen.collect::<Vec<_>>().join("\n"));
}

/// GBK of which every line lost a byte.
#[divan::bench]
fn gbk_lost_byte(bencher: Bencher) {
    let lines = CLEAN.lines().enumerate().map(|(at, line)| {
        let mut bytes = encoding_rs::GBK.encode(line).0.into_owned();
        let wide: Vec<usize> = (0..bytes.len()).filter(|&at| bytes[at] >= 0x80).collect();
        if let Some(&gone) = wide.get(at * 7919 % wide.len().max(1)) {
            bytes.remove(gone);
        }
        encoding_rs::GBK.decode_without_bom_handling(&bytes).0.into_owned()
    });
    measure(bencher, &lines.collect::<Vec<_>>().join("\n"));
}

#[divan::bench]
fn hostile_line(bencher: Bencher) {
    measure(bencher, &"產(chǎn)".repeat(10_000));
}
