//! Speed of repair: `cargo bench --bench repair`. Clean text, a mirror page, hostile lines.

use divan::counter::CharsCount;
use divan::{Bencher, black_box};
use zonetext::repair::{Options, repair};

const CLEAN: &str = include_str!("../fixtures/repair/clean-simplified.txt");
const CLEAN_TRADITIONAL: &str = include_str!("../fixtures/repair/clean-traditional.txt");
const MIRROR: &str = "產(chǎn)業(yè)項(xiàng)目論證專(zhuān)家?guī)?,突出產(chǎn)業(yè)招商,看重這(zhè)片熱(rè)土的發(fā)展?jié)摿?,紛(fēn)紛(fēn)選擇(zé)落戶\n";

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

#[divan::bench]
fn mojibake(bencher: Bencher) {
    let broken: String = CLEAN.bytes().map(|b| if b == b'\n' { '\n' } else { b as char }).collect();
    measure(bencher, &broken);
}

#[divan::bench]
fn hostile_line(bencher: Bencher) {
    measure(bencher, &"產(chǎn)".repeat(10_000));
}
