//! Archives: WARC and WET as another program (warcio) writes them, whole and broken, and packed pages and records.
//!
//! `fixtures/cli/archives` was written by `archives.py`; where warcio is installed (`.ci/run` puts it into `target/python`) it is written anew
//! and must give the same output.

use super::zonetext;
use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

const FOLDER: &str = "fixtures/cli/archives";

fn arguments(line: &str) -> Vec<String> {
    line.split(' ').map(str::to_owned).collect()
}

fn records(output: &[u8]) -> Vec<Value> {
    output.split(|b| *b == b'\n').filter(|l| !l.is_empty()).map(|l| serde_json::from_slice(l).unwrap()).collect()
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// The numbers in the titles of the pages that each archive gives, and the offsets of its failures.
type Expected = (&'static str, &'static [usize], &'static [(u64, &'static str)]);
const EXPECTED: &[Expected] = &[
    ("broken.warc.gz", &[1, 2, 4, 5, 6, 7, 10, 12], &[(1121, "record"), (5231, "body"), (6078, "record")]),
    ("dictionary.warc.zst", &[1, 2, 3, 4, 5, 6, 7, 10, 12, 14], &[(2598, "body")]),
    ("long.warc", &[1, 3, 4, 5, 6, 7, 10, 12, 14], &[(918, "record"), (6632, "body")]),
    ("mixed.warc", &[1, 2, 3, 4, 5, 6, 7, 10, 12, 14], &[(6632, "body")]),
    ("mixed.warc.gz", &[1, 2, 3, 4, 5, 6, 7, 10, 12, 14], &[(5231, "body")]),
    ("short.warc", &[1, 3, 4, 5, 6, 7, 10, 12, 14], &[(918, "record"), (6632, "body")]),
];

#[test]
fn each_archive_gives_its_pages_and_tells_its_failures() {
    let folder = tempfile::tempdir().unwrap();
    let root = std::env::current_dir().unwrap().join(FOLDER);
    for (name, pages, failures) in EXPECTED {
        let path = root.join(name).display().to_string();
        let mut line = arguments("clean -q --errors e.jsonl --summary s.json");
        line.push(path.clone());
        let output = zonetext(&line, b"", folder.path());
        assert_eq!(output.status.code(), Some(3), "{name}");
        let found = records(&output.stdout);
        for (record, number) in found.iter().zip(*pages) {
            let text = record["text"].as_str().unwrap();
            assert_eq!(record["title"], format!("第{number}页"), "{name}");
            assert!(text.starts_with(&format!("今天天气很好，我们去公园里看花，这是第{number}页。")), "{name}: {text}");
            let place: usize = record["id"].as_str().unwrap().rsplit('-').next().unwrap().parse().unwrap();
            assert_eq!(record["id"], format!("urn:uuid:00000000-0000-4000-8000-{place:012}"), "{name}");
            assert_eq!(record["url"], format!("http://e.cn/{place}"), "{name}");
            assert_eq!(record["added"], format!("2021-12-09T08:00:{place:02}Z"), "{name}");
            assert_eq!((&record["published"], &record["file_path"]), (&Value::Null, &path.as_str().into()), "{name}");
            let status = if *number == 12 { "partial" } else { "ok" };
            assert_eq!(record["zt"]["status"], status, "{name}");
            assert_eq!(record["zt"]["charset"], if *number == 2 { "gb18030" } else { "utf-8" }, "{name}");
        }
        assert_eq!(found.len(), pages.len(), "{name}");
        let told: Vec<(u64, String)> = records(&std::fs::read(folder.path().join("e.jsonl")).unwrap())
            .iter()
            .map(|line| (line["offset"].as_u64().unwrap(), line["code"].as_str().unwrap().to_owned()))
            .collect();
        let want: Vec<(u64, String)> = failures.iter().map(|(at, code)| (*at, code.to_string())).collect();
        assert_eq!(told, want, "{name}");
        let summary = json(&folder.path().join("s.json"));
        let broken = failures.iter().filter(|(_, code)| *code == "record").count();
        assert_eq!((&summary["passed_over"], &summary["failed"]), (&6.into(), &broken.into()), "{name}: {summary}");
        assert_eq!(summary["records_passed_over"]["image/png"], 1, "{name}");
        assert_eq!(summary["inputs"], pages.len() + broken, "{name}");
    }
}

#[test]
fn wet_is_text_and_stays_text() {
    let path = format!("{FOLDER}/pages.wet.gz");
    let output = zonetext(&["clean".to_owned(), "-q".to_owned(), path], b"", Path::new("."));
    let found = records(&output.stdout);
    assert_eq!(output.status.code(), Some(0));
    let texts: Vec<&str> = found.iter().map(|record| record["text"].as_str().unwrap()).collect();
    assert!(texts.len() == 3 && texts[1].ends_with("今天天气很好，我们去公园里看花，这是第2页。"), "{texts:?}");
}

#[test]
fn a_pipe_a_path_and_any_number_of_threads_give_the_same() {
    for (name, ..) in EXPECTED {
        let bytes = std::fs::read(format!("{FOLDER}/{name}")).unwrap();
        let path = |line: &str| zonetext(&arguments(&format!("{line} {FOLDER}/{name}")), b"", Path::new("."));
        let one = path("clean -j1");
        let bare = |output: &[u8]| {
            let mut found = records(output);
            found.iter_mut().for_each(|record| record["file_path"] = Value::Null);
            found
        };
        for other in ["clean -j8", "clean --input warc -j3"] {
            let other = path(other);
            assert!(other.stdout == one.stdout && other.stderr == one.stderr, "{name}");
        }
        for line in ["clean -j1", "clean -j4 -", "clean --input warc"] {
            let piped = zonetext(&arguments(line), &bytes, Path::new("."));
            assert_eq!(bare(&piped.stdout), bare(&one.stdout), "{name}: {line}");
            assert_eq!(piped.status, one.status, "{name}: {line}");
        }
    }
}

/// Damage anywhere in an archive: every record that it did not touch comes out, nothing panics, nothing hangs.
#[test]
fn no_damage_costs_more_than_it_touches() {
    for name in ["mixed.warc.gz", "dictionary.warc.zst", "mixed.warc"] {
        let whole = std::fs::read(format!("{FOLDER}/{name}")).unwrap();
        let mut state = 5u64;
        for round in 0..12 {
            let mut random = |below: usize| {
                state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                (state >> 33) as usize % below
            };
            let mut bytes = whole.clone();
            // Not in the dictionary, without which nothing can be read.
            let at = whole.len() / 2 + random(whole.len() / 2 - 40);
            match round % 3 {
                0 => bytes[at] ^= 1 << random(8),
                1 => drop(bytes.drain(at..at + 1 + random(30))),
                _ => drop(bytes.splice(at..at, (0..20).map(|n| n * 13))),
            }
            let output = zonetext(&arguments("clean --input warc -q"), &bytes, Path::new("."));
            assert!(matches!(output.status.code(), Some(0 | 3)), "{name} {round}: {:?}", output.status);
            let found = records(&output.stdout).len();
            // A damaged head of an unpacked record may make it no page at all; a damaged length may cost its neighbour.
            assert!((7..=10).contains(&found), "{name} {round} at {at}: {found} pages");
        }
    }
}

#[test]
fn archives_of_another_program_come_out_as_the_committed_ones() {
    let modules = std::env::current_dir().unwrap().join("target/python");
    let python = |arguments: &[&str]| {
        let mut command = Command::new("python3");
        command.args(arguments).env("PYTHONPATH", &modules).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    };
    if !python(&["-c", "import warcio"]) {
        println!("skipped: python3 with warcio is not here (pip install --target target/python warcio)");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    assert!(python(&["tests/cli/archives.py", &folder.path().display().to_string()]));
    let mut count = 0;
    for path in crate::entries(FOLDER) {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if !folder.path().join(&name).exists() {
            println!("skipped, zstd is not installed: {name}");
            continue;
        }
        let line = ["clean".to_owned(), "-q".to_owned(), name.clone()];
        let committed = zonetext(&line, b"", &std::env::current_dir().unwrap().join(FOLDER));
        assert!(zonetext(&line, b"", folder.path()).stdout == committed.stdout, "{name}");
        count += 1;
    }
    assert!(count >= 6);
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(bytes).unwrap();
    gzip.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

#[test]
fn packed_pages_and_packed_records_are_opened() {
    let folder = tempfile::tempdir().unwrap();
    let page = "<html><title>题</title><body><p>今天天气很好，我们去公园里看花。</p></body></html>".as_bytes();
    let plain = zonetext(&arguments("clean"), page, folder.path()).stdout;
    for packed in [gzip(page), zstd(page), [gzip(&page[..40]), gzip(&page[40..])].concat()] {
        assert!(zonetext(&arguments("clean"), &packed, folder.path()).stdout == plain);
    }
    std::fs::create_dir(folder.path().join("pages")).unwrap();
    std::fs::write(folder.path().join("pages/a.html.gz"), gzip(page)).unwrap();
    std::fs::write(folder.path().join("pages/b.html.zst"), zstd(page)).unwrap();
    std::fs::write(folder.path().join("pages/c.tar.gz"), gzip(b"x")).unwrap();
    let output = zonetext(&arguments("clean -o out/ pages"), b"", folder.path());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(std::fs::read(folder.path().join("out/a.txt")).unwrap() == plain);
    assert!(std::fs::read(folder.path().join("out/b.txt")).unwrap() == plain);
    assert!(!folder.path().join("out/c.txt").exists());

    let lines: String = (0..50).map(|n| format!("{{\"id\":{n},\"text\":\"今天天气很好。\"}}\n")).collect();
    let plain = zonetext(&arguments("clean --input jsonl"), lines.as_bytes(), folder.path()).stdout;
    for packed in [gzip(lines.as_bytes()), zstd(lines.as_bytes())] {
        assert!(zonetext(&arguments("clean --input jsonl"), &packed, folder.path()).stdout == plain);
    }
    // What breaks off gives what came before, and is never exit 0.
    let packed = gzip(lines.as_bytes());
    let cut = zonetext(&arguments("clean --input jsonl"), &packed[..packed.len() - 9], folder.path());
    assert_eq!(cut.status.code(), Some(3));
    assert!(!cut.stdout.is_empty() && plain.starts_with(&cut.stdout[..cut.stdout.len() / 2]));
    let page = gzip(&page.repeat(30));
    let cut = zonetext(&arguments("clean -f jsonl"), &page[..page.len() - 9], folder.path());
    assert_eq!((cut.status.code(), &records(&cut.stdout)[0]["zt"]["status"]), (Some(3), &"partial".into()));
}

/// An archive of `count` pages, unpacked.
fn archive(count: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    for number in 0..count {
        let text = "今天天气很好，我们去公园里看花。".repeat(1 + number % 30);
        let body = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><title>第{number}页</title><body><p>{text}</p></body></html>"
        );
        let head = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:{number}>\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        bytes.extend([head.as_bytes(), body.as_bytes(), b"\r\n\r\n"].concat());
    }
    bytes
}

#[test]
fn a_killed_archive_run_goes_on_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("in")).unwrap();
    std::fs::write(folder.path().join("in/a.warc"), archive(8_000)).unwrap();
    std::fs::write(folder.path().join("in/b.warc.gz"), gzip(&archive(300))).unwrap();
    assert!(zonetext(&arguments("clean -q -o whole/ in"), b"", folder.path()).status.success());
    let whole = std::fs::read(folder.path().join("whole/a.jsonl")).unwrap();
    assert_eq!(records(&whole).len(), 8_000);
    let mut child = Command::new(env!("CARGO_BIN_EXE_zonetext"))
        .args(arguments("clean -q -j2 -o cut/ --resume in"))
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .spawn()
        .unwrap();
    let manifest = folder.path().join("cut/.zonetext-manifest.jsonl");
    // Killed as soon as some of it is done.
    while std::fs::read_to_string(&manifest).map_or(0, |text| text.lines().count()) < 2 {
        std::thread::sleep(Duration::from_millis(2));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(!folder.path().join("cut/a.jsonl").exists(), "a half output has no name yet");
    let again = zonetext(&arguments("clean -o cut/ --resume --summary s.json in"), b"", folder.path());
    assert!(again.status.success(), "{}", String::from_utf8_lossy(&again.stderr));
    let summary = json(&folder.path().join("s.json"));
    assert!(summary["resumed_records"].as_u64().unwrap() >= 1000, "{summary}");
    assert_eq!(summary["resumed_records"].as_u64().unwrap() + summary["ok"].as_u64().unwrap(), 8_300, "{summary}");
    assert_eq!(summary["resumed"], 0, "inputs are counted apart");
    for name in ["a.jsonl", "b.jsonl"] {
        let file = |folder_name: &str| std::fs::read(folder.path().join(folder_name).join(name)).unwrap();
        assert!(file("cut") == file("whole"), "{name}");
    }
    let left: Vec<PathBuf> = crate::entries(&folder.path().join("cut").display().to_string());
    assert_eq!(left.len(), 3, "only the outputs and the manifest: {left:?}");
    let third = zonetext(&arguments("clean -o cut/ --resume in"), b"", folder.path());
    assert_eq!(String::from_utf8_lossy(&third.stderr), "zonetext: 0 pages: 0 ok, 2 resumed\n");
}

#[test]
fn an_archive_can_be_text_and_a_directory_holds_both() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("in/sub")).unwrap();
    std::fs::write(folder.path().join("in/sub/a.warc.gz"), gzip(&archive(3))).unwrap();
    std::fs::write(folder.path().join("in/b.html"), "<p>今天天气很好。</p>").unwrap();
    let output = zonetext(&arguments("clean -q -f text -o out/ in"), b"", folder.path());
    assert!(output.status.success());
    let text = std::fs::read_to_string(folder.path().join("out/sub/a.txt")).unwrap();
    assert!(text.starts_with("第0页\n今天天气很好，我们去公园里看花。\n\n第1页\n"), "{text}");
    assert_eq!(std::fs::read_to_string(folder.path().join("out/b.txt")).unwrap(), "今天天气很好。\n");
    // A name says nothing: what is in it counts. Inside a directory only likely names are looked into, and the rest is told.
    std::fs::write(folder.path().join("in/c.html"), archive(2)).unwrap();
    let named = zonetext(&arguments("clean -q in/c.html"), b"", folder.path());
    assert_eq!(records(&named.stdout).len(), 2);
    let walked = zonetext(&arguments("clean -q in"), b"", folder.path());
    assert_eq!(walked.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&walked.stderr).contains("in/c.html: read: an archive that is not named like one"));
    let wrong = zonetext(&arguments("clean --input warc in/b.html"), b"", folder.path());
    assert_eq!(wrong.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("no archive"), "{wrong:?}");
}

#[test]
fn what_a_record_unpacks_to_is_cut_at_the_budget() {
    let bomb = gzip(&vec![b' '; 64 << 20]);
    let mut bytes = archive(1);
    bytes.extend(format!("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {}\r\n\r\n", bomb.len() + 68).bytes());
    bytes.extend(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n");
    bytes.extend(bomb);
    bytes.extend(b"\r\n\r\n");
    bytes.extend(archive(1));
    let output = zonetext(&arguments("clean --max-bytes 1M"), &bytes, Path::new("."));
    let found = records(&output.stdout);
    assert_eq!((output.status.code(), found.len()), (Some(3), 3), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(found[1]["zt"]["status"], "limit");
    // A record that is longer than the budget itself is read over, and the next one is found.
    let small = zonetext(&arguments("clean --max-bytes 200"), &archive(31), Path::new("."));
    let found = records(&small.stdout);
    assert_eq!(found.len(), 31);
    assert_eq!((&found[0]["zt"]["status"], &found[29]["zt"]["status"]), (&"ok".into(), &"limit".into()));
}

/// Of n sound records n come out, whatever stands before, between and behind, and however each is packed.
#[test]
fn junk_around_records_costs_none() {
    let one = archive(1);
    let junk: [&[u8]; 7] = [
        &[0; 512],
        b" ",
        b"junk",
        b"junk\n",
        b"WARC/1.0\r\nContent-Length: 5\r\n\r\n",
        b"\x1f\x8b\x08",
        b"WARC/1.0\r\nWARC-T",
    ];
    for (number, junk) in junk.iter().enumerate() {
        for parts in [
            vec![one.clone(), one.clone(), junk.to_vec()],
            vec![junk.to_vec(), one.clone(), one.clone()],
            vec![one.clone(), junk.to_vec(), one.clone()],
            vec![one.clone(), junk.to_vec(), gzip(&one)],
            vec![gzip(&one), junk.to_vec(), one.clone()],
            vec![zstd(&one), junk.to_vec(), gzip(&one), junk.to_vec()],
        ] {
            let output = zonetext(&arguments("clean -q --input warc"), &parts.concat(), Path::new("."));
            assert_eq!(records(&output.stdout).len(), 2, "junk {number}: {}", String::from_utf8_lossy(&output.stderr));
        }
    }
    let packed = [one.clone(), gzip(&one), zstd(&one), one.clone()].concat();
    let output = zonetext(&arguments("clean -q"), &packed, Path::new("."));
    assert_eq!((output.status.code(), records(&output.stdout).len()), (Some(0), 4));
    // A length of a terabyte, behind the budget of a page.
    let lying = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 1099511627776\r\n\r\n";
    let long = [lying.as_slice(), &[b'x'; 5000], b"\r\n\r\n", &one, &one].concat();
    let output = zonetext(&arguments("clean -q --max-bytes 2K"), &long, Path::new("."));
    assert_eq!((output.status.code(), records(&output.stdout).len()), (Some(3), 2));
}

#[test]
fn what_a_frame_needs_is_said() {
    let window = [b"\x28\xb5\x2f\xfd\x00\xa8".as_slice(), &[0; 9]].concat();
    let dictionary = [b"\x28\xb5\x2f\xfd\x01\x50\x07".as_slice(), &[0; 9]].concat();
    for (bytes, message) in [(window, "needs 2048 MB of memory"), (dictionary, "needs dictionary 7")] {
        let output = zonetext(&arguments("clean --input warc"), &bytes, Path::new("."));
        assert!(String::from_utf8_lossy(&output.stderr).contains(message), "{output:?}");
    }
}
