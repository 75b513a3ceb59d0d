//! Repair of records: text that is no whole Unicode costs no record and no line.

use std::io::Write;
use std::process::{Command, Stdio};

/// What `zonetext repair` makes of a stream of records.
fn records(lines: &str) -> Vec<serde_json::Value> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zonetext"));
    let command = command.args(["repair", "--input", "jsonl", "-f", "jsonl", "-q"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the binary runs");
    child.stdin.take().expect("its input").write_all(lines.as_bytes()).expect("it reads");
    let out = child.wait_with_output().expect("it ends").stdout;
    String::from_utf8(out).expect("UTF-8").lines().map(|l| serde_json::from_str(l).expect("a record")).collect()
}

/// Halves of surrogate pairs, as scripts leave them that cut a text between the two.
#[test]
fn lone_surrogates_cost_nothing_else() {
    let broken = "產(chǎn)業(yè)集群是經(jīng)濟(jì)發(fā)展的引擎";
    let mended = "產業集群是經濟發展的引擎";
    let surrogates = [r"\ud800", r"\udc00", r"\ud83d", r"\udbff\ud800", r"\ude00\ud83d"];
    let text = |lone: &str| format!(r#"{{"id":"{}","text":"甲{lone}乙\n{broken}\n{lone}{broken}"}}"#, lone.len());
    let rows: Vec<String> = surrogates.iter().map(|lone| text(lone)).collect();
    let got = records(&(rows.join("\n") + "\n"));
    assert_eq!(got.len(), surrogates.len());
    for (record, lone) in got.iter().zip(surrogates) {
        let lines: Vec<&str> = record["text"].as_str().expect("a text").split('\n').collect();
        assert_eq!(lines.len(), 3, "{lone}: {record}");
        assert!(lines[0].starts_with('甲') && lines[0].ends_with('乙'), "{lone}: {record}");
        assert_eq!(lines[1], mended, "{lone}");
        assert!(lines[2].ends_with(mended), "{lone}: {}", lines[2]);
    }
}
