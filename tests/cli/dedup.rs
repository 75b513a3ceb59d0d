//! `--dedup`: what came before in the run is left out, decided in the order of the inputs whatever the number of threads.

use super::zonetext;
use serde_json::Value;
use std::path::Path;

fn run(line: &str, input: &str, folder: &Path) -> (Vec<Value>, String, Option<i32>) {
    let arguments: Vec<String> = line.split(' ').map(str::to_owned).collect();
    let output = zonetext(&arguments, input.as_bytes(), folder);
    let text = String::from_utf8(output.stdout).unwrap();
    let records = text.lines().filter(|line| line.starts_with('{')).map(|line| serde_json::from_str(line).unwrap());
    (records.collect(), String::from_utf8(output.stderr).unwrap(), output.status.code())
}

/// An article of 40 sentences; other seeds share no sentence with it.
fn article(seed: usize) -> Vec<String> {
    let words =
        ["天气", "公园", "经济", "发展", "人民", "科技", "农村", "教育", "体育", "文化", "海洋", "铁路", "医院"];
    let word = |n: usize| words[(n * 7919 + n / 13 + seed * 31) % words.len()];
    (0..40)
        .map(|n| format!("第{}条说{}和{}比去年多了{}。", seed * 100 + n, word(n * 3), word(n * 5 + seed), n * seed))
        .collect()
}

fn line(id: &str, text: &str) -> String {
    format!("{}\n", serde_json::json!({"id": id, "text": text}))
}

#[test]
fn exact_and_near_copies_keep_their_record_and_lose_their_text() {
    let original = article(3).concat();
    let mut near = article(3);
    near.remove(20);
    let input = [
        line("a", &original),
        line("b", &article(4).concat()),
        line("exact", &original),
        line("near", &near.concat()),
        line("part", &article(3)[..10].concat()),
        line("empty", ""),
        line("empty too", ""),
        line("short", "今天很好。"),
        line("short too", "今天很好。"),
        "{\n".to_owned(),
    ];
    for threads in ["-j1", "-j8"] {
        let (records, said, status) =
            run(&format!("clean --input jsonl --dedup documents {threads}"), &input.concat(), Path::new("."));
        assert_eq!((records.len(), status), (10, Some(0)), "one line in, one line out");
        let of = |n: usize| records[n]["zt"]["duplicate_of"].clone();
        let originals: Vec<Value> = (0..9).map(of).collect();
        let null = Value::Null;
        let want = [
            null.clone(),
            null.clone(),
            "a".into(),
            "a".into(),
            null.clone(),
            null.clone(),
            null.clone(),
            null,
            "short".into(),
        ];
        assert_eq!(originals, want);
        for record in records.iter().filter(|record| record["zt"]["duplicate_of"].is_string()) {
            assert_eq!((&record["text"], &record["zt"]["status"]), (&"".into(), &"empty".into()));
            assert_eq!((&record["blocks"], &record["sentences"]), (&Value::Array(vec![]), &Value::Array(vec![])));
        }
        assert!(said.contains("10 records: 4 ok, 2 empty, 1 failed, 3 duplicate"), "{said}");
    }
}

#[test]
fn lines_of_earlier_pages_go_and_a_pages_own_repeats_stay() {
    let folder = tempfile::tempdir().unwrap();
    let pages = [
        (
            "a.html",
            "<p>今天天气很好，我们去公园看花。</p><p>本文仅代表作者个人观点。</p><p>答：</p><p>花开得很好，大家都很高兴。</p><p>花开得很好，大家都很高兴。</p>",
        ),
        (
            "b.html",
            "<p>昨天下雨了，我们在家里看书写字。</p><p>答：</p><p>本文仅代表作者个人观点。</p><p>书里讲了很多有趣的故事。</p>",
        ),
        ("c.html", "<p>本文仅代表作者个人观点。</p>"),
    ];
    std::fs::create_dir(folder.path().join("in")).unwrap();
    for (name, body) in pages {
        std::fs::write(folder.path().join("in").join(name), format!("<html><body>{body}</body></html>")).unwrap();
    }
    for threads in ["-j1", "-j4"] {
        let (records, said, _) =
            run(&format!("clean -f jsonl --skip extract --dedup lines {threads} in"), "", folder.path());
        assert_eq!(records.len(), 3, "{said}");
        let (records, said, _) =
            run(&format!("clean -f jsonl --dedup lines {threads} --summary s.json in"), "", folder.path());
        let first = records[0]["text"].as_str().unwrap();
        assert_eq!(first.matches("花开得很好").count(), 2, "{first}");
        let second = records[1]["text"].as_str().unwrap();
        assert!(second.contains("昨天下雨了") && second.contains("有趣的故事"), "{second}");
        assert!(!second.contains("本文仅代表"), "{second}");
        let chars: Vec<char> = second.chars().collect();
        let sentences: Vec<String> = records[1]["sentences"]
            .as_array()
            .unwrap()
            .iter()
            .map(|s| chars[s[0].as_u64().unwrap() as usize..s[1].as_u64().unwrap() as usize].iter().collect())
            .collect();
        assert!(sentences.contains(&"书里讲了很多有趣的故事。".to_owned()), "{sentences:?}");
        assert_eq!((&records[2]["text"], &records[2]["zt"]["status"]), (&"".into(), &"empty".into()));
        assert!(said.contains("2 repeated lines dropped"), "{said}");
        let summary: Value = serde_json::from_slice(&std::fs::read(folder.path().join("s.json")).unwrap()).unwrap();
        assert_eq!((&summary["repeated_lines"], &summary["duplicates"]), (&2.into(), &0.into()));
    }
}

#[test]
fn text_that_is_passed_line_for_line_loses_lines_only() {
    let input =
        [line("a", "甲乙丙丁戊己。\n子丑寅卯辰巳。\n"), line("b", "子丑寅卯辰巳。\r\n一二三四五六。七八九十。\n")]
            .concat();
    let (records, ..) = run("split --input jsonl --dedup lines", &input, Path::new("."));
    assert_eq!(records[1]["text"], "一二三四五六。七八九十。\n");
    assert_eq!(records[1]["sentences"], serde_json::json!([[0, 7], [7, 12]]));
    assert_eq!(records[1]["zt"]["repeated_lines"], 1);
}

#[test]
fn copies_write_no_file_of_text_and_what_does_not_fit_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("in")).unwrap();
    for name in ["a.txt", "b.txt", "c.txt"] {
        std::fs::write(folder.path().join("in").join(name), article(usize::from(name == "c.txt")).concat()).unwrap();
    }
    let (_, said, status) = run("clean --dedup documents,lines -o out/ in", "", folder.path());
    assert_eq!(status, Some(0));
    assert!(said.contains("3 pages: 2 ok, 1 duplicate"), "{said}");
    assert!(folder.path().join("out/a.txt").exists() && !folder.path().join("out/b.txt").exists());
    for line in ["clean --dedup documents --resume -o out/ in", "explain --dedup lines in"] {
        assert_eq!(run(line, "", folder.path()).2, Some(2), "{line}");
    }
}
