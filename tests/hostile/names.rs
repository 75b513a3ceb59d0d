//! Names that want to lead somewhere else, or that a system does not like: nothing is written outside of the output folder, and a name that
//! cannot be written is that page's failure. More of the kind is in `cli::hostile`.
#![cfg(unix)]

use crate::cli::zonetext;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Output;

const PAGE: &str = "<p>今天天气很好。</p>";

/// Names that are devices, switches, commands or paths to somebody.
const NAMES: &[&str] = &[
    "CON.html",
    "nul",
    "aux.htm",
    "com1.txt",
    "prn.",
    " .html",
    "...html",
    "-o.html",
    "--help.html",
    "~.html",
    "$(touch pwned).html",
    "`touch pwned`.html",
    "a;touch pwned.html",
    "a|b.html",
    "a\\..\\..\\b.html",
    "C:\\b.html",
    "%2e%2e%2fb.html",
    "a\nb.html",
    "a\u{202e}b.html",
    "..%c0%afb.html",
    "*.html",
    "?.html",
    "'.html",
    "\".html",
    "..b.html",
];

fn run(line: &str, input: &[u8], folder: &Path) -> Output {
    zonetext(&line.split(' ').map(str::to_owned).collect::<Vec<_>>(), input, folder)
}

/// All paths below a folder but those of the output, with the bytes of files.
fn around(folder: &Path) -> Vec<(String, Option<Vec<u8>>)> {
    let found = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    let told = found.map(|e| (e.path().strip_prefix(folder).unwrap().display().to_string(), fs::read(e.path()).ok()));
    told.filter(|(path, _)| !path.starts_with("work/out")).collect()
}

/// `work/in` with these pages, and things around it that must stay as they are.
fn laid_out(names: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("work/in")).unwrap();
    fs::create_dir(folder.path().join("else")).unwrap();
    fs::write(folder.path().join("kept"), "alt").unwrap();
    names.iter().for_each(|name| fs::write(folder.path().join("work/in").join(name), PAGE).unwrap());
    folder
}

#[test]
fn odd_names_are_names() {
    let folder = laid_out(NAMES);
    let before = around(folder.path());
    for (line, ending) in [
        ("clean -q -o out/ in", "txt"),
        ("clean -q -f jsonl -o out2/ in", "jsonl"),
        ("clean -q -f json -j4 -o out3/ in", "json"),
    ] {
        let output = run(line, b"", &folder.path().join("work"));
        assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
        let out = folder.path().join("work").join(line.split(' ').rev().nth(1).unwrap());
        let written =
            walkdir::WalkDir::new(&out).into_iter().filter_map(Result::ok).filter(|e| e.file_type().is_file());
        let pages = written
            .filter(|e| e.path().extension().is_some_and(|e| e == ending))
            .filter(|e| e.file_name() != ".zonetext-manifest.jsonl");
        // A name that begins with a dot is hidden, and passed over.
        assert_eq!(pages.count(), NAMES.iter().filter(|name| !name.starts_with('.')).count(), "{line}");
    }
    let output = run("explain -q --html out4 in", b"", &folder.path().join("work"));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(around(folder.path()) == before, "something else was written");
}

#[test]
fn a_name_that_cannot_be_written_is_that_pages_failure() {
    // 255 bytes are the most; with a longer ending there is no room for the output's name.
    let long = format!("{}.htm", "x".repeat(251));
    let folder = laid_out(&["a.html", &long, "z.html"]);
    let output = run("clean -q -f jsonl -o out/ in", b"", &folder.path().join("work"));
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(said.contains("File name too long"), "{said}");
    assert!(
        folder.path().join("work/out/a.jsonl").exists() && folder.path().join("work/out/z.jsonl").exists(),
        "{said}"
    );
    let short = format!("{}.html", "x".repeat(250));
    let folder = laid_out(&[&short]);
    assert!(run("clean -q -o out/ in", b"", &folder.path().join("work")).status.success());
}

#[test]
fn what_records_call_themselves_is_no_path() {
    let folder = laid_out(&[]);
    let work = folder.path().join("work");
    let mut archive = Vec::new();
    for name in ["../../evil", "/tmp/evil", "file:///etc/passwd", "CON", "a\0b", "..\\..\\evil"] {
        let body = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Disposition: attachment; filename=\"{name}\"\r\n\r\n{PAGE}"
        );
        let fields = format!(
            "WARC-Record-ID: <{name}>\r\nWARC-Target-URI: {name}\r\nWARC-Filename: {name}\r\nWARC-Date: {name}\r\n"
        );
        archive.extend(
            format!("WARC/1.0\r\nWARC-Type: response\r\n{fields}Content-Length: {}\r\n\r\n{body}\r\n\r\n", body.len())
                .bytes(),
        );
    }
    fs::write(work.join("in/a.warc"), archive).unwrap();
    let lines: String = ["../../evil", "/tmp/evil", "CON"]
        .map(|name| format!("{{\"id\":\"{name}\",\"file_path\":\"{name}\",\"text\":\"好。\"}}\n"))
        .concat();
    fs::write(work.join("in/b.jsonl"), lines).unwrap();
    let before = around(folder.path());
    for line in
        ["clean -q -o out/ in/a.warc", "explain -q --html out2 in/a.warc", "clean -q --input jsonl -o out3/ in/b.jsonl"]
    {
        let output = run(line, b"", &work);
        assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
    }
    assert!(around(folder.path()) == before, "something else was written");
    let reports = walkdir::WalkDir::new(work.join("out2")).into_iter().filter_map(Result::ok);
    assert_eq!(reports.filter(|entry| entry.path().extension().is_some_and(|ending| ending == "html")).count(), 7);
}

#[test]
fn links_that_lie_in_the_output_folder_are_not_followed() {
    for (link, to) in [
        ("b.txt", "../../kept"),
        ("sub", "../../else"),
        (".zonetext-manifest.jsonl", "../../kept"),
        ("b.txt", "../../pipe"),
    ] {
        let folder = laid_out(&["b.html"]);
        let work = folder.path().join("work");
        fs::create_dir_all(work.join("in/sub/deep")).unwrap();
        fs::write(work.join("in/sub/deep/c.html"), PAGE).unwrap();
        fs::create_dir(work.join("out")).unwrap();
        symlink(to, work.join("out").join(link)).unwrap();
        // A pipe that nobody reads would hold up whoever opened it.
        assert!(std::process::Command::new("mkfifo").arg(folder.path().join("pipe")).status().unwrap().success());
        let before =
            (fs::read(folder.path().join("kept")).unwrap(), fs::read_dir(folder.path().join("else")).unwrap().count());
        let output = run("clean -q -o out/ in", b"", &work);
        let after =
            (fs::read(folder.path().join("kept")).unwrap(), fs::read_dir(folder.path().join("else")).unwrap().count());
        assert_eq!(before, after, "{link} to {to} was followed");
        let replaced = link == "b.txt";
        assert_eq!(
            output.status.code(),
            Some(match link {
                "b.txt" => 0,
                // The page behind it fails; without a manifest nothing is begun.
                "sub" => 3,
                _ => 1,
            }),
            "{link}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        assert!(!replaced || fs::symlink_metadata(work.join("out/b.txt")).unwrap().is_file());
    }
}

#[test]
fn a_list_of_files_leads_nowhere() {
    let folder = laid_out(&["a.html"]);
    let work = folder.path().join("work");
    fs::write(folder.path().join("z.html"), PAGE).unwrap();
    let before = around(folder.path());
    let list = format!("../z.html\0in/../../work/in/a.html\0{}\0", folder.path().join("kept").display());
    let output = run("clean -q -o out/ --files-from - -0", list.as_bytes(), &work);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(around(folder.path()) == before, "something else was written");
}
