//! Speed of script: `cargo bench --bench script`. Text: OpenCC's official inputs, repeated to 1 MB.

use divan::counter::BytesCount;
use zonetext::script::{Converter, Options, Script, Target, detect, script};

fn main() {
    divan::main();
}

fn text() -> String {
    let cases = include_str!("../fixtures/script/opencc-testcases.jsonl");
    let inputs = cases.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let text: String = inputs.filter_map(|case| Some(format!("{}\n", case["input"].as_str()?))).collect();
    text.repeat(1_000_000 / text.len())
}

#[divan::bench(args = ["s2t", "s2tw", "s2twp", "t2s", "tw2sp", "t2tw", "t2jp"])]
fn convert(bencher: divan::Bencher, config: &str) {
    let converter = Converter::new(config).expect("a known config");
    let text = text();
    bencher.counter(BytesCount::of_str(&text)).bench(|| converter.convert(&text));
}

#[divan::bench(args = ["tw", "s"])]
fn edits(bencher: divan::Bencher, to: &str) {
    let options = Options { to: Target::parse(to).expect("a known target"), ..Options::default() };
    let text = text();
    let texts: Vec<&str> = text.lines().collect();
    bencher.counter(BytesCount::of_str(&text)).bench(|| script(&texts, Script::Mixed, &options));
}

#[divan::bench]
fn detection(bencher: divan::Bencher) {
    let text = text();
    bencher.counter(BytesCount::of_str(&text)).bench(|| detect(&[&text]));
}

/// A first short sentence: what the tables cost before anything is converted.
#[divan::bench]
fn one_sentence(bencher: divan::Bencher) {
    bencher.bench(|| Converter::new("s2twp").expect("a known config").convert("头发里面的软件"));
}
