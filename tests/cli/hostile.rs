//! Directories as they are: loops, dead links, pipes, names that are no text, full disks; and nothing written outside of the output folder.
#![cfg(unix)]

use super::zonetext;
use serde_json::Value;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn run(line: &str, folder: &Path) -> Output {
    zonetext(&line.split(' ').map(str::to_owned).collect::<Vec<_>>(), b"", folder)
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn folder_of(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

#[test]
fn what_cannot_be_read_is_told_and_counted_and_stops_nothing() {
    let folder = folder_of(&[("in/a.txt", "一。"), ("in/z.txt", "二。")]);
    let inside = folder.path().join("in");
    symlink("..", inside.join("loop")).unwrap();
    symlink("nowhere.html", inside.join("dead.html")).unwrap();
    assert!(Command::new("mkfifo").arg(inside.join("pipe.html")).status().unwrap().success());
    let _socket = std::os::unix::net::UnixListener::bind(inside.join("socket.html")).unwrap();
    let output = run("clean --errors e.jsonl --summary s.json in", folder.path());
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(String::from_utf8_lossy(&output.stdout), "一。\n\n二。\n");
    let said = said(&output);
    assert!(said.contains("in/loop: read: a link that leads back to"), "{said}");
    assert!(said.contains("in/dead.html: read: "), "{said}");
    assert!(said.contains("4 pages: 2 ok, 2 failed, 2 passed over"), "{said}");
    let errors = fs::read_to_string(folder.path().join("e.jsonl")).unwrap();
    let errors: Vec<Value> = errors.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(errors.len(), 2);
    assert!(errors.iter().all(|e| e["code"] == "read" && e["stage"] == "read" && e["offset"] == 0), "{errors:?}");
    let summary: Value = serde_json::from_slice(&fs::read(folder.path().join("s.json")).unwrap()).unwrap();
    assert_eq!((&summary["failed"], &summary["passed_over"]), (&2.into(), &2.into()));
    // What a failure costs is the user's choice.
    assert_eq!(run("clean -q --fail-on 50% in", folder.path()).status.code(), Some(0));
    assert_eq!(run("clean -q --fail-on 49% in", folder.path()).status.code(), Some(3));
    assert_eq!(run("clean -q --fail-on error in", folder.path()).status.code(), Some(3));
}

#[test]
fn a_file_that_may_not_be_read_is_that_files_failure() {
    let folder = folder_of(&[("in/a.txt", "一。"), ("in/b.txt", "二。")]);
    let command = |path: &Path, mode: &str| Command::new("chmod").arg(mode).arg(path).status().unwrap();
    command(&folder.path().join("in/b.txt"), "000");
    command(folder.path(), "755");
    if fs::read(folder.path().join("in/b.txt")).is_ok() {
        // Root may read everything, so somebody else has to try; and that one must be able to start the program.
        let copy = folder.path().join("zonetext");
        fs::copy(env!("CARGO_BIN_EXE_zonetext"), &copy).unwrap();
        let mut other = Command::new("setpriv");
        other.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(&copy).args(["clean", "in"]);
        let Ok(output) = other.current_dir(folder.path()).stdin(Stdio::null()).output() else {
            println!("skipped: this is root, and setpriv is not here");
            return;
        };
        assert_eq!(output.status.code(), Some(3), "{}", said(&output));
        assert!(said(&output).contains("in/b.txt: read: permission denied"), "{}", said(&output));
        return;
    }
    let output = run("clean in", folder.path());
    assert_eq!(output.status.code(), Some(3));
    assert!(said(&output).contains("in/b.txt: read: permission denied"), "{}", said(&output));
}

#[test]
fn a_full_disk_is_fatal_and_named() {
    if !Path::new("/dev/full").exists() {
        println!("skipped: there is no /dev/full");
        return;
    }
    let folder = folder_of(&[("in/a.txt", "一。"), ("in/b.txt", "二。")]);
    for line in ["clean in", "clean -j4 -f jsonl in"] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_zonetext"));
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let child = command.args(line.split(' ')).current_dir(folder.path()).stdin(Stdio::null()).stdout(full);
        let output = child.stderr(Stdio::piped()).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{line}");
        assert!(said(&output).contains("standard output: cannot write: No space left"), "{}", said(&output));
    }
    let output = run("clean -f jsonl -o /dev/full in", folder.path());
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("/dev/full: cannot write"), "{}", said(&output));
    let output = run("clean -q --summary /dev/full in", folder.path());
    assert_eq!(output.status.code(), Some(1));
    assert!(run("clean -q -f jsonl -o /dev/null in", folder.path()).status.success());
    let facts = fs::symlink_metadata("/dev/null").unwrap();
    assert!(!facts.is_file(), "a device is written to, never replaced");
}

#[test]
fn names_that_are_no_text_keep_their_bytes() {
    let folder = folder_of(&[]);
    fs::create_dir(folder.path().join("in")).unwrap();
    for name in [&b"\xb0\xa1.html"[..], b"\xb0\xa2.html", "页\n\u{1b}[31m.html".as_bytes()] {
        fs::write(folder.path().join("in").join(OsStr::from_bytes(name)), "<p>今天天气很好。</p>").unwrap();
    }
    assert!(run("clean -q -o out/ in", folder.path()).status.success());
    for name in [&b"\xb0\xa1.txt"[..], b"\xb0\xa2.txt", "页\n\u{1b}[31m.txt".as_bytes()] {
        assert!(folder.path().join("out").join(OsStr::from_bytes(name)).exists(), "{name:?}");
    }
    let output = run("clean -q -f jsonl in", folder.path());
    let paths: Vec<String> = String::from_utf8(output.stdout).unwrap().lines().map(path_of).collect();
    assert_eq!(paths, ["\\xb0\\xa1.html", "\\xb0\\xa2.html", "页\n\u{1b}[31m.html"].map(String::from));
    // Resuming tells the two apart as well.
    run("clean -q -o out2/ --resume in", folder.path());
    let again = run("clean -o out2/ --resume in", folder.path());
    assert!(said(&again).contains("0 pages: 0 ok, 3 resumed"), "{}", said(&again));
    // A name cannot reach the terminal.
    fs::write(folder.path().join("in").join("页\n\u{1b}[31m.html"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").unwrap();
    let output = run("clean -q in", folder.path());
    assert_eq!(output.status.code(), Some(0), "what nobody named and is no text is passed over");
    let named = folder.path().join("in").join("页\n\u{1b}[31m.html").display().to_string();
    let output = zonetext(&["clean".to_owned(), "-q".to_owned(), named], b"", folder.path());
    assert!(
        said(&output)
            .ends_with("in/页⟨U+000A⟩⟨U+001B⟩[31m.html: decode: no text: a PNG picture (give HTML or plain text)\n")
    );
}

fn path_of(line: &str) -> String {
    let record: Value = serde_json::from_str(line).unwrap();
    record["file_path"].as_str().unwrap().to_owned()
}

/// Every file below `folder` but those of `except`, with its content.
fn tree(folder: &Path, except: &str) -> Vec<(String, Vec<u8>)> {
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    let named = files
        .filter(|e| e.file_type().is_file())
        .map(|e| (e.path().strip_prefix(folder).unwrap().display().to_string(), fs::read(e.path()).unwrap()));
    named.filter(|(name, _)| !name.starts_with(except)).collect()
}

#[test]
fn nothing_is_written_outside_of_the_output_folder() {
    let files =
        [("a/in/x.txt", "一。"), ("a/y.txt", "二。"), ("z.txt", "三。"), ("a/in/.zonetext-manifest.txt", "四。")];
    for line in [
        "clean -q -o out/ in ../z.txt ../a/./y.txt",
        "clean -q -o out/ ../../../../../../../../../../../../../../../etc/hostname ../z.txt",
        "clean -q -f jsonl -o out/ in in/../../z.txt",
        "clean -q -o out/ ..",
        "clean -q -f jsonl -o out/ in/.zonetext-manifest.txt",
    ] {
        let folder = folder_of(&files);
        let before = tree(folder.path(), "a/out/");
        let output = run(line, &folder.path().join("a"));
        assert!(matches!(output.status.code(), Some(0 | 1)), "{line}: {}", said(&output));
        assert_eq!(tree(folder.path(), "a/out/"), before, "{line}");
    }
    let folder = folder_of(&files);
    let absolute = folder.path().join("z.txt").display().to_string();
    assert!(run(&format!("clean -q -o out/ {absolute}"), &folder.path().join("a")).status.success());
    assert!(folder.path().join("a/out").join(absolute.trim_start_matches('/')).exists());
}

#[test]
fn a_link_in_the_output_folder_leads_nowhere_else() {
    let folder =
        folder_of(&[("in/sub/a.txt", "一。"), ("in/b.txt", "二。"), ("else/a.txt", "alt"), ("kept.txt", "alt")]);
    fs::create_dir(folder.path().join("out")).unwrap();
    symlink("../else", folder.path().join("out/sub")).unwrap();
    symlink("../kept.txt", folder.path().join("out/b.txt")).unwrap();
    let output = run("clean -o out/ in", folder.path());
    assert_eq!(output.status.code(), Some(3), "the page whose place is behind a link, and no other");
    assert!(said(&output).contains("a link leads out of the output folder"), "{}", said(&output));
    assert_eq!(fs::read_to_string(folder.path().join("else/a.txt")).unwrap(), "alt");
    assert_eq!(fs::read_to_string(folder.path().join("kept.txt")).unwrap(), "alt", "a link is replaced, not followed");
    // A link that the user names as the one output is meant as what it points to.
    symlink("kept.txt", folder.path().join("named.txt")).unwrap();
    assert!(run("clean -q -o named.txt in/b.txt", folder.path()).status.success());
    assert_eq!(fs::read_to_string(folder.path().join("kept.txt")).unwrap(), "二。\n");
    assert!(fs::symlink_metadata(folder.path().join("named.txt")).unwrap().is_symlink());
}

#[test]
fn what_would_be_overwritten_is_refused_before_any_work() {
    let text = "今天天气很好。";
    let cases = [
        ("clean -o out/ in/a.htm ./in/../in/a.htm ./in/a.htm", "would both write"),
        ("clean -f jsonl -o out/ one two", "would both write out/in/a.htm.jsonl"),
        ("clean --errors one/in/a.htm one", "is an input as well (choose another --errors)"),
        ("clean --summary one/in/../in/a.htm one", "is an input as well (choose another --summary)"),
        ("clean --summary x.json --errors x.json one", "would both write it"),
        ("clean -f jsonl --errors x.json -o x.json one", "would both write it"),
        ("clean -f jsonl -o one/in/a.htm one", "is an input as well"),
        ("clean -o one/in/deep/er/ one", "choose one beside it"),
        ("clean --resume one", "--resume needs an output folder"),
    ];
    for (line, message) in cases {
        let folder =
            folder_of(&[("in/a.htm", text), ("in/a.html", text), ("one/in/a.htm", text), ("two/in/a.htm", text)]);
        let before = tree(folder.path(), "?");
        let output = run(line, folder.path());
        // What cannot be is wrong usage; what would be lost stops the run.
        let status = if line.contains("--resume") { 2 } else { 1 };
        assert_eq!(output.status.code(), Some(status), "{line}: {}", said(&output));
        assert!(said(&output).contains(message), "{line}: {}", said(&output));
        assert_eq!(tree(folder.path(), "?"), before, "{line}");
    }
}

#[test]
fn two_that_would_meet_keep_their_whole_names() {
    let files = [
        ("in/a.htm", "一。"),
        ("in/a.html", "二。"),
        ("in/b.html", "三。"),
        ("in/c.html", "四。"),
        ("in/c.txt/d.html", "五。"),
    ];
    let folder = folder_of(&files);
    let output = run("clean -o out/ --summary s.json in", folder.path());
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(said(&output).contains("3 renamed (they keep their whole input name)"), "{}", said(&output));
    let names: Vec<String> = tree(&folder.path().join("out"), ".").into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["a.htm.txt", "a.html.txt", "b.txt", "c.html.txt", "c.txt/d.txt"]);
    let summary: Value = serde_json::from_slice(&fs::read(folder.path().join("s.json")).unwrap()).unwrap();
    assert_eq!(summary["renamed"], 3);
}

#[test]
fn a_name_that_cannot_be_written_is_one_pages_failure() {
    let folder = folder_of(&[("in/a.html", "一。"), ("in/b.html", "二。"), ("out/a.txt/x", "")]);
    let output = run("clean --errors e.jsonl -o out/ in", folder.path());
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
    assert_eq!(fs::read_to_string(folder.path().join("out/b.txt")).unwrap(), "二。\n");
    assert_eq!(fs::read_to_string(folder.path().join("e.jsonl")).unwrap().matches("\"code\":\"write\"").count(), 1);
    // A NUL in a list: it can be neither read nor written, and is one failure.
    let listed = zonetext(
        &"clean -o out2/ --files-from -".split(' ').map(str::to_owned).collect::<Vec<_>>(),
        b"in/b.html\nin/\0.html\n",
        folder.path(),
    );
    assert_eq!(listed.status.code(), Some(3));
    assert!(said(&listed).contains("2 pages: 1 ok, 1 failed"), "{}", said(&listed));
}

#[test]
fn no_report_is_written_over_an_input_or_through_a_link() {
    let folder = folder_of(&[("site/index.html", "一。"), ("site/a.html", "二。"), ("else/kept", "")]);
    let output = run("explain --html site/ site", folder.path());
    assert_eq!(output.status.code(), Some(1));
    assert!(
        said(&output).contains("site/index.html: is an input as well (choose another --html)"),
        "{}",
        said(&output)
    );
    assert_eq!(fs::read_to_string(folder.path().join("site/index.html")).unwrap(), "一。");
    fs::create_dir(folder.path().join("out")).unwrap();
    symlink("../else", folder.path().join("out/pages")).unwrap();
    let output = run("explain --html out/ site", folder.path());
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert_eq!(fs::read_dir(folder.path().join("else")).unwrap().count(), 1);
}

/// Another name of an input is the input.
#[test]
fn a_hard_link_of_an_input_is_not_overwritten() {
    for line in
        ["clean --errors other in/a.html", "clean --summary other in/a.html", "clean -f jsonl -o other in/a.html"]
    {
        let folder = folder_of(&[("in/a.html", "一。")]);
        fs::hard_link(folder.path().join("in/a.html"), folder.path().join("other")).unwrap();
        let output = run(line, folder.path());
        assert_eq!(output.status.code(), Some(1), "{line}");
        assert!(said(&output).contains("is an input as well"), "{}", said(&output));
        assert_eq!(fs::read_to_string(folder.path().join("in/a.html")).unwrap(), "一。", "{line}");
    }
}

/// Somebody swaps a folder below the output folder for a link again and again while the run writes there.
#[test]
fn a_folder_swapped_for_a_link_leads_nowhere() {
    let folder = folder_of(&[("out/sub/.keep", ""), ("else/.keep", "")]);
    fs::create_dir_all(folder.path().join("in/sub")).unwrap();
    (0..600).for_each(|n| fs::write(folder.path().join(format!("in/sub/{n}.html")), "一。").unwrap());
    let mut command = Command::new(env!("CARGO_BIN_EXE_zonetext"));
    command.args(["clean", "-q", "-o", "out/", "in"]).current_dir(folder.path());
    let mut child = command.stdin(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let (sub, aside) = (folder.path().join("out/sub"), folder.path().join("out/aside"));
    while child.try_wait().unwrap().is_none() {
        if fs::rename(&sub, &aside).is_err() {
            continue;
        }
        // The run may have made the folder anew already.
        let swapped = symlink("../else", &sub).is_ok();
        std::thread::yield_now();
        if swapped {
            fs::remove_file(&sub).unwrap();
        }
        // A folder may have been made in its place meanwhile.
        if fs::rename(&aside, &sub).is_err() {
            fs::remove_dir_all(&sub).ok();
            fs::rename(&aside, &sub).ok();
        }
        if !sub.exists() {
            fs::create_dir(&sub).ok();
        }
        fs::remove_dir_all(&aside).ok();
    }
    assert_eq!(fs::read_dir(folder.path().join("else")).unwrap().count(), 1);
}

/// What is no text is refused by its magic, whatever it is called: passed over in a folder, refused where it was named or piped.
#[test]
fn what_is_no_text_is_refused_by_its_magic() {
    let mut tar = vec![b'a'; 257];
    tar.extend(b"ustar\x0000");
    tar.resize(1024, 0);
    let kinds: [(&[u8], &str); 9] = [
        (&tar, "a tar archive"),
        (b"PAR1\x15\x04", "a Parquet file"),
        (b"ARROW1\0\0", "an Arrow file"),
        (b"OTTO\0\x0b\0\x80", "a font"),
        (b"SQLite format 3\0\x10", "an SQLite database"),
        (b"\xcf\xfa\xed\xfe\x07\0\0\x01", "a program"),
        (b"\0\0\0\x20ftypisom\0\0\x02\0", "an MP4 or HEIF file"),
        (b"FLV\x01\x05", "a Flash film"),
        (b"{\\rtf1\\ansi", "an RTF document"),
    ];
    let folder = folder_of(&[("in/sound.html", "一。")]);
    for (number, (magic, what)) in kinds.iter().enumerate() {
        let bytes = [*magic, "今天天气很好。 text text text".repeat(30).as_bytes()].concat();
        let piped = zonetext(&["clean".to_owned()], &bytes, folder.path());
        assert_eq!(piped.status.code(), Some(1), "{what}");
        assert!(piped.stdout.is_empty() && said(&piped).contains(&format!("no text: {what}")), "{}", said(&piped));
        fs::write(folder.path().join(format!("in/{number}.html")), bytes).unwrap();
    }
    let output = run("clean -o out/ --summary s.json in", folder.path());
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(said(&output).contains("1 pages: 1 ok, 9 passed over"), "{}", said(&output));
    let summary: Value = serde_json::from_slice(&fs::read(folder.path().join("s.json")).unwrap()).unwrap();
    assert_eq!((&summary["passed_over"], &summary["records_passed_over"]["a tar archive"]), (&9.into(), &1.into()));
    assert_eq!(fs::read_dir(folder.path().join("out")).unwrap().count(), 2, "a page and the manifest");
}

/// The text of a page cannot steer the terminal it is shown in; elsewhere it is what it was.
#[test]
fn a_terminal_gets_marks() {
    let folder = folder_of(&[("a.txt", "今天\u{1b}[31m天气\u{202e}很好。")]);
    let shown = Command::new("script")
        .args(["-qec", &format!("{} decode a.txt", env!("CARGO_BIN_EXE_zonetext")), "/dev/null"])
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .output();
    let Ok(output) = shown else {
        println!("skipped: the command script, which makes a terminal, is not here");
        return;
    };
    assert!(String::from_utf8_lossy(&output.stdout).contains("今天⟨U+001B⟩[31m天气⟨U+202E⟩很好。"), "{output:?}");
    let piped = run("decode a.txt", folder.path());
    assert_eq!(String::from_utf8_lossy(&piped.stdout), "今天\u{1b}[31m天气\u{202e}很好。");
}
