//! Runs over many pages: the same bytes for any number of threads, nothing half done after a kill, and a resumed run that ends like a whole one.

use super::zonetext;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

const PAGES: usize = 300;

/// A folder of small pages of all sorts, some of them no pages at all.
fn pages(folder: &Path) {
    for number in 0..PAGES {
        let path = folder.join(format!("pages/{}/{number}.html", number % 7));
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        let text = "今天天气很好，我们去公园里看花。".repeat(1 + number % 40);
        let bytes = match number % 10 {
            0 => encoding_rs::GBK.encode(&text).0.into_owned(),
            1 => Vec::new(),
            2 => b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10\x08\x02\0\0\0\x90\x91h6".to_vec(),
            3 => "產(chǎn)業(yè)發(fā)展".repeat(number).into_bytes(),
            _ => format!("<html><title>第{number}页</title><body><p>{text}</p></body></html>").into_bytes(),
        };
        std::fs::write(path, bytes).unwrap();
    }
}

/// Every file below a folder with its content, the manifest left out.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok).filter(|e| e.file_type().is_file());
    let named =
        files.map(|e| (e.path().strip_prefix(folder).unwrap().display().to_string(), std::fs::read(e.path()).unwrap()));
    named.filter(|(name, _)| !name.contains("manifest")).collect()
}

fn arguments(line: &str) -> Vec<String> {
    line.split(' ').map(str::to_owned).collect()
}

#[test]
fn one_thread_is_as_many() {
    let folder = tempfile::tempdir().unwrap();
    pages(folder.path());
    for format in ["text", "markdown", "json", "jsonl"] {
        let one = zonetext(&arguments(&format!("clean -f {format} -j1 pages")), b"", folder.path());
        let eight = zonetext(&arguments(&format!("clean -f {format} -j8 pages")), b"", folder.path());
        assert_eq!(one.status.code(), Some(0), "pictures are passed over");
        assert_eq!((one.status, &one.stderr), (eight.status, &eight.stderr), "{format}");
        assert!(one.stdout == eight.stdout && !one.stdout.is_empty(), "{format}");
    }
}

#[test]
fn a_stream_in_many_threads_keeps_its_order() {
    let lines: String =
        (0..2000).map(|n| format!("{{\"id\":{n},\"text\":\"{}\"}}\n", "天气很好。".repeat(n % 50))).collect();
    let one = zonetext(&arguments("clean --input jsonl -j1"), lines.as_bytes(), Path::new("."));
    let eight = zonetext(&arguments("clean --input jsonl -j8"), lines.as_bytes(), Path::new("."));
    assert_eq!(one.stdout.iter().filter(|b| **b == b'\n').count(), 2000);
    assert!(one.stdout == eight.stdout);
}

#[test]
fn a_killed_run_leaves_whole_files_and_resumes() {
    let folder = tempfile::tempdir().unwrap();
    pages(folder.path());
    zonetext(&arguments("clean -q -o whole/ pages"), b"", folder.path());
    let whole = tree(&folder.path().join("whole"));
    let start = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_zonetext"));
        command.args(arguments("clean -q -o cut/ --resume pages")).current_dir(folder.path());
        command.stdin(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    };
    let mut child = start();
    std::thread::sleep(Duration::from_millis(20));
    child.kill().unwrap();
    child.wait().unwrap();
    let cut = tree(&folder.path().join("cut"));
    for (name, bytes) in cut.iter().filter(|(name, _)| name.ends_with(".txt")) {
        assert!(whole.get(name) == Some(bytes), "{name} is half a file");
    }
    // A crash may have cut the last line of the manifest.
    let manifest = folder.path().join("cut/.zonetext-manifest.jsonl");
    if let Ok(text) = std::fs::read_to_string(&manifest) {
        std::fs::write(&manifest, &text[..text.len().saturating_sub(9)]).unwrap();
    }
    start().wait().unwrap();
    let mut resumed = tree(&folder.path().join("cut"));
    resumed.retain(|name, _| name.ends_with(".txt"));
    assert!(resumed == whole);
    let again = zonetext(&arguments("clean -o cut/ --resume --summary summary.json pages"), b"", folder.path());
    let summary: serde_json::Value =
        serde_json::from_slice(&std::fs::read(folder.path().join("summary.json")).unwrap()).unwrap();
    assert_eq!(again.status.code(), Some(0));
    assert_eq!(summary["resumed"], PAGES - PAGES / 10, "all but the pictures were done before");
    assert_eq!(summary["passed_over"], PAGES / 10);
}

#[test]
fn a_page_that_changed_is_done_again() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("pages")).unwrap();
    let (input, output) = (folder.path().join("pages/a.txt"), folder.path().join("out/a.txt"));
    std::fs::write(&input, "一。").unwrap();
    zonetext(&arguments("clean -o out/ pages"), b"", folder.path());
    std::fs::write(&input, "一二。").unwrap();
    zonetext(&arguments("clean -o out/ --resume pages"), b"", folder.path());
    assert_eq!(std::fs::read_to_string(&output).unwrap(), "一二。\n");
    zonetext(&arguments("clean -o out/ --resume --to t pages"), b"", folder.path());
    std::fs::write(&output, "x").unwrap();
    zonetext(&arguments("clean -o out/ --resume --to t pages"), b"", folder.path());
    assert_eq!(std::fs::read_to_string(&output).unwrap(), "一二。\n", "what is not what was written is written again");
    zonetext(&arguments("clean -o out/ --resume --to s pages"), b"", folder.path());
    assert_eq!(std::fs::read_to_string(&output).unwrap(), "一二。\n", "other options, other output");
}

/// Runs a command over pages and a pipe between them, interrupts it once `begun` holds, and gives its exit status and what it said. The pipe says
/// nothing in the middle, which holds the run up, so there is time.
#[cfg(unix)]
fn interrupted(folder: &Path, command_line: &str, begun: impl Fn() -> bool) -> (Option<i32>, String) {
    pages(folder);
    pages(&folder.join("more"));
    let pipe = folder.join("pipe.html");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let mut command = Command::new(env!("CARGO_BIN_EXE_zonetext"));
    command.args(arguments(command_line)).current_dir(folder);
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // Looking into the pipe before the work waits for a writer; the second opening holds nothing, since the pipe was kept.
    let mut writer = std::fs::File::options().write(true).open(&pipe).unwrap();
    std::io::Write::write_all(&mut writer, b"<p>").unwrap();
    while !begun() {
        std::thread::sleep(Duration::from_millis(2));
    }
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    std::thread::sleep(Duration::from_millis(50));
    // The program may be gone already.
    let _ = std::io::Write::write_all(&mut writer, "今天天气很好。</p>".as_bytes());
    drop(writer);
    let output = child.wait_with_output().unwrap();
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

/// Ctrl-C: what is finished stays, whole, and the run says with 130 that it is not over.
#[cfg(unix)]
#[test]
fn an_interrupted_run_keeps_what_is_finished() {
    let folder = tempfile::tempdir().unwrap();
    let manifest = folder.path().join("out/.zonetext-manifest.jsonl");
    let begun = || std::fs::read_to_string(&manifest).is_ok_and(|text| text.lines().count() >= PAGES - PAGES / 10);
    let (status, said) = interrupted(folder.path(), "clean -j2 -f jsonl -o out/ pages pipe.html more", begun);
    assert_eq!(status, Some(130), "{said}");
    assert!(said.contains("interrupted: what was finished is kept, and --resume goes on with it"), "{said}");
    let kept = tree(&folder.path().join("out"));
    assert!((PAGES - PAGES / 10..PAGES + 100).contains(&kept.len()), "{} files", kept.len());
    assert!(
        kept.iter().all(|(name, bytes)| !name.contains(".zonetext-") && (bytes.is_empty() || bytes.ends_with(b"\n")))
    );
}

/// Ctrl-C with one output file: it does not get its name, and what is finished lies beside it.
#[cfg(unix)]
#[test]
fn an_interrupted_run_leaves_no_short_file_under_the_final_name() {
    let folder = tempfile::tempdir().unwrap();
    let begun = || tree(folder.path()).iter().any(|(name, _)| name.starts_with(".zonetext-"));
    let (status, said) = interrupted(folder.path(), "clean -o all.jsonl pages pipe.html more", begun);
    assert_eq!(status, Some(130), "{said}");
    assert!(said.contains("all.jsonl.part: holds what was finished"), "{said}");
    assert!(!folder.path().join("all.jsonl").exists());
    let part = std::fs::read_to_string(folder.path().join("all.jsonl.part")).unwrap();
    assert!(part.is_empty() || part.ends_with("}\n"));
}

#[test]
fn all_cores_are_the_same_as_one() {
    let folder = tempfile::tempdir().unwrap();
    pages(folder.path());
    let run =
        |threads: &str| zonetext(&arguments(&format!("clean -q -f jsonl -j {threads} pages")), b"", folder.path());
    assert!(run("0").stdout == run("1").stdout);
}

/// Without a path and with a terminal there is nothing to do but to help.
#[test]
fn a_terminal_without_a_path_gets_help() {
    let binary = env!("CARGO_BIN_EXE_zonetext");
    let script =
        Command::new("script").args(["-qec", &format!("{binary} clean"), "/dev/null"]).stdin(Stdio::null()).output();
    let Ok(output) = script else {
        println!("skipped: the command script, which makes a terminal, is not here");
        return;
    };
    let said = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("Usage:") && said.contains("--sentences") && said.contains("no input"), "{said}");
}
