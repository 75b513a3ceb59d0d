//! Room of the command line: each case in fixtures/cli/*.toml is a command, run in a fresh folder, with what it must print and leave.

mod archives;
mod batch;
mod dedup;
mod hostile;
mod readme;
mod settings;
mod stream;

use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    args: Vec<String>,
    #[serde(default)]
    stdin: String,
    /// Bytes for standard input in hexadecimal, where they are no text.
    stdin_hex: Option<String>,
    /// Files to lay out before: path → content (`hex:` and digits for bytes that are no text).
    #[serde(default)]
    files: BTreeMap<String, String>,
    #[serde(default)]
    exit: i32,
    /// Whole standard output.
    stdout: Option<String>,
    #[serde(default)]
    stdout_has: Vec<String>,
    /// Whole standard error.
    stderr: Option<String>,
    #[serde(default)]
    stderr_has: Vec<String>,
    /// Files that must be there afterwards, with their content; an empty folder must not hold anything else.
    #[serde(default)]
    leaves: BTreeMap<String, String>,
    /// Paths that must not be there afterwards.
    #[serde(default)]
    lacks: Vec<String>,
}

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[test]
fn each_command_prints_and_leaves_what_its_case_says() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for file in crate::files("fixtures/cli", "toml") {
        let text = std::fs::read_to_string(&file).unwrap();
        let cases: Cases = toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        for case in &cases.case {
            count += 1;
            wrong.extend(run(case).into_iter().map(|w| format!("{}: {}: {w}", file.display(), case.name)));
        }
    }
    assert!(count >= 30, "only {count} cases found");
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn run(case: &Case) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    for (path, content) in &case.files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        let bytes = content.strip_prefix("hex:").map_or_else(|| content.as_bytes().to_vec(), unhex);
        std::fs::write(path, bytes).unwrap();
    }
    let stdin = case.stdin_hex.as_deref().map_or_else(|| case.stdin.as_bytes().to_vec(), unhex);
    let output = zonetext(&case.args, &stdin, folder.path());
    let stdout = String::from_utf8_lossy(&output.stdout);
    let stderr = String::from_utf8_lossy(&output.stderr);
    let mut wrong = Vec::new();
    if output.status.code() != Some(case.exit) {
        wrong.push(format!("exit {:?}, not {}; stderr {stderr}", output.status.code(), case.exit));
    }
    for (name, got, want) in [("stdout", &stdout, &case.stdout), ("stderr", &stderr, &case.stderr)] {
        if want.as_ref().is_some_and(|want| want != got) {
            wrong.push(format!("{name} is\n{got}\nnot\n{}", want.as_deref().unwrap_or_default()));
        }
    }
    for (name, got, parts) in [("stdout", &stdout, &case.stdout_has), ("stderr", &stderr, &case.stderr_has)] {
        wrong.extend(
            parts.iter().filter(|part| !got.contains(*part)).map(|part| format!("{name} lacks {part:?}: {got}")),
        );
    }
    for (path, want) in &case.leaves {
        match std::fs::read_to_string(folder.path().join(path)) {
            Ok(got) if got == *want => {}
            other => wrong.push(format!("{path} holds {other:?}, not {want:?}")),
        }
    }
    wrong.extend(
        case.lacks.iter().filter(|path| folder.path().join(path).exists()).map(|path| format!("{path} is there")),
    );
    wrong
}

fn unhex(digits: &str) -> Vec<u8> {
    let digits: Vec<u8> = digits.bytes().filter(u8::is_ascii_hexdigit).collect();
    digits.chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

/// Runs the command with `stdin` in `folder`.
pub fn zonetext(args: &[String], stdin: &[u8], folder: &Path) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_zonetext"))
        .args(args)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut pipe = child.stdin.take().unwrap();
    let bytes = stdin.to_vec();
    // A command that reads nothing closes the pipe; that is its right.
    let writer = std::thread::spawn(move || pipe.write_all(&bytes).ok());
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}
