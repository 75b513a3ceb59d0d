//! The peers that are Rust libraries, measured in process: `peers TOOL ROUNDS FILE…` prints the CPU seconds of the best round, the bytes
//! read and the characters given, as JSON.

use cpu_time::ProcessTime;
use dom_smoothie::{Config, Readability};
use icu_segmenter::SentenceSegmenter;
use icu_segmenter::options::SentenceBreakInvariantOptions;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [tool, rounds, files @ ..] = arguments.as_slice() else { panic!("usage: peers TOOL ROUNDS FILE…") };
    let texts: Vec<String> = files.iter().map(|file| std::fs::read_to_string(file).expect(file)).collect();
    let segmenter = SentenceSegmenter::new(SentenceBreakInvariantOptions::default());
    let work = |text: &str| match tool.as_str() {
        "dom_smoothie" => Readability::new(text, None, Some(Config::default()))
            .and_then(|mut reader| reader.parse())
            .map_or(0, |article| article.text_content.chars().count()),
        "icu4x" => segmenter.segment_str(text).count(),
        other => panic!("{other}: not a peer"),
    };
    let mut best = f64::INFINITY;
    let mut given = 0;
    for _ in 0..rounds.parse().expect("a number of rounds") {
        let start = ProcessTime::now();
        given = texts.iter().map(|text| work(text)).sum();
        best = best.min(start.elapsed().as_secs_f64());
    }
    let bytes: usize = texts.iter().map(String::len).sum();
    println!("{}", serde_json::json!({"seconds": best, "bytes": bytes, "given": given}));
}
