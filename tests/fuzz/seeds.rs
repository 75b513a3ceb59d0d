//! Seeds: inputs that are like real ones, made of the fixtures.

use serde_json::Value;
use std::fs;

/// What the first bytes of a seed for `clean` choose: the defaults, other targets, text, no extraction, links, guesses.
const CHOICES: [[u8; 4]; 6] =
    [[0, 0, 0, 0], [0, 0, 3, 1], [1, 0, 10, 5], [0x10, 8, 130, 3], [8, 1, 1, 0], [0x60, 0x80, 5, 2]];

/// The seeds of a target.
pub fn seeds(law: &str) -> Vec<Vec<u8>> {
    match law {
        "clean" => numbered(&pages(), |number, page| [&CHOICES[number % CHOICES.len()], page].concat()),
        "html" => numbered(&pages(), |number, page| [&[number as u8 % 4], page].concat()),
        "repair" => numbered(&strings("repair", &["seen", "text", "meant"]), |number, text| {
            [&[number as u8 % 2], text].concat()
        }),
        "script" => numbered(&strings("script", &["text", "input"]), |number, text| {
            [&[number as u8 % 16, number as u8 % 64], text].concat()
        }),
        "split" => numbered(&strings("split", &["text"]), |number, text| [&[number as u8 % 4], text].concat()),
        "records" => records(),
        "warc" => archives(),
        _ => panic!("no seeds for {law}"),
    }
}

fn numbered(all: &[Vec<u8>], make: impl Fn(usize, &[u8]) -> Vec<u8>) -> Vec<Vec<u8>> {
    all.iter().enumerate().map(|(number, one)| make(number, one)).collect()
}

/// Input pages of the fixtures that are small.
fn pages() -> Vec<Vec<u8>> {
    let walk = walkdir::WalkDir::new("fixtures").sort_by_file_name().into_iter().filter_map(Result::ok);
    let is_page = |path: &str| {
        let texts = path.contains("extract/text/") || path.contains("extract/parse/") || path.contains("report/");
        path.contains("/input.") || texts && (path.ends_with(".txt") || path.ends_with(".html"))
    };
    let pages = walk.filter(|e| e.file_type().is_file() && is_page(&e.path().to_string_lossy()));
    pages.map(|page| fs::read(page.path()).unwrap()).filter(|page| page.len() < 9000).collect()
}

/// The values of some keys in the fixtures of a stage.
fn strings(stage: &str, keys: &[&str]) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for file in crate::files(&format!("fixtures/{stage}"), "jsonl") {
        for line in fs::read_to_string(file).unwrap().lines() {
            let row: Value = serde_json::from_str(line).unwrap();
            let strings = keys.iter().filter_map(|key| row[key].as_str());
            found.extend(strings.map(|text| text.as_bytes().to_vec()));
        }
    }
    found
}

fn records() -> Vec<Vec<u8>> {
    let texts = strings("split", &["text"]);
    let line = |number: usize, text: &[u8]| {
        let record = serde_json::json!({ "id": number, "text": String::from_utf8_lossy(text), "k": [number] });
        format!("{record}\n").into_bytes()
    };
    let mut seeds: Vec<Vec<u8>> =
        texts.chunks(3).take(30).map(|texts| [&[0, 3][..], &numbered(texts, line).concat()].concat()).collect();
    let odd: [&[u8]; 4] = [
        b"\0\x03{\"html\":\"<p>a<b>b</b>\",\"url\":\"http://a.cn/\",\"charset\":\"gbk\"}\n{\"html_b64\":\"xOO6ww==\",\"x\":{\"a\":[1,2,null]}}\n",
        b"\0\x01\xef\xbb\xbf{\"id\":\"a\",\"text\":\"\\ud83d\\u0000\"}\r\n\r\n{\n[]\nnull\n{\"text\":5}",
        b"\x14\x02{\"text\":\"a\",\"text\":\"b\",\"n\":12345678901234567890123,\"z\":1.0e400}",
        b"\0\0{\"text\":\"a\xe2\x80\xa8b\",\"\xc2\x85\":\"\xe2\x80\xa9\"}\n\n",
    ];
    seeds.extend(odd.map(<[u8]>::to_vec));
    seeds
}

fn archives() -> Vec<Vec<u8>> {
    let choices: [[u8; 2]; 3] = [[14, 7], [31, 200], [4, 1]];
    let archives = crate::entries("fixtures/cli/archives").into_iter().map(|path| fs::read(path).unwrap());
    archives.flat_map(|archive| choices.map(|choice| [&choice[..], &archive].concat())).collect()
}
