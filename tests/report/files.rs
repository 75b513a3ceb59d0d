//! Reports as files: all of them there, each whole, and an exit status that tells.

use std::path::Path;
use std::process::{Command, Output};

fn zonetext(args: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_zonetext")).args(args).current_dir(folder).output().unwrap()
}

/// The files below a folder, as sorted relative paths.
fn below(folder: &Path) -> Vec<String> {
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    let files = files.filter(|entry| entry.file_type().is_file());
    files.map(|entry| entry.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned()).collect()
}

#[test]
fn a_folder_of_pages_becomes_a_folder_of_reports() {
    let place = tempfile::tempdir().unwrap();
    let input = place.path().join("in");
    std::fs::create_dir_all(input.join("index.html")).unwrap();
    std::fs::write(input.join("a.html"), "<title>天气</title><p>今天天气很好，我们去公园散步。</p>").unwrap();
    std::fs::write(input.join("a.txt"), "").unwrap();
    std::fs::write(input.join("index.html/b #1.txt"), "突出產(chǎn)業(yè)招商").unwrap();
    let output = zonetext(&["explain", "in", "--html", "out/", "-j", "2"], place.path());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stdout.is_empty());
    let out = place.path().join("out");
    assert_eq!(below(&out), ["index.html", "pages/a.html.html", "pages/a.txt.html", "pages/index.html/b #1.txt.html"]);
    let index = std::fs::read_to_string(out.join("index.html")).unwrap();
    for link in ["./pages/a.html.html", "./pages/a.txt.html", "./pages/index.html/b%20%231.txt.html"] {
        assert!(index.contains(&format!("href=\"{link}\"")), "{link} is not in the index");
    }
    let again = zonetext(&["explain", "in", "--html", "again/", "-j", "1"], place.path());
    assert_eq!(again.status.code(), Some(0));
    for file in below(&out) {
        let (one, other) = (std::fs::read(out.join(&file)), std::fs::read(place.path().join("again").join(&file)));
        assert_eq!(one.unwrap(), other.unwrap(), "{file} differs with the number of threads");
    }
}

#[test]
fn one_page_becomes_one_file() {
    let place = tempfile::tempdir().unwrap();
    std::fs::write(place.path().join("a.txt"), "突出產(chǎn)業(yè)招商").unwrap();
    let output = zonetext(&["explain", "a.txt", "--html", "report.html"], place.path());
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(below(place.path()), ["a.txt", "report.html"]);
    let same = zonetext(&["explain", "a.txt", "--html", "a.txt"], place.path());
    assert_eq!(same.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&same.stderr).contains("is an input as well"));
    assert_eq!(std::fs::read_to_string(place.path().join("a.txt")).unwrap(), "突出產(chǎn)業(yè)招商");
}

#[test]
fn what_cannot_be_opened_has_a_report_that_says_so() {
    let place = tempfile::tempdir().unwrap();
    std::fs::write(place.path().join("a.txt"), "今天天气很好。").unwrap();
    let output = zonetext(&["explain", "a.txt", "gone.html", "--html", "out"], place.path());
    assert_eq!(output.status.code(), Some(3));
    let report = std::fs::read_to_string(place.path().join("out/pages/gone.html.html")).unwrap();
    assert!(report.contains("There is nothing to show.") && report.contains("no such file"));
    let index = std::fs::read_to_string(place.path().join("out/index.html")).unwrap();
    assert!(index.contains("no such file") && index.contains("failed"));
}

#[test]
fn what_a_budget_cut_says_so_in_report_and_index() {
    let place = tempfile::tempdir().unwrap();
    std::fs::write(place.path().join("a.txt"), "今天天气很好，我们去公园散步。".repeat(50)).unwrap();
    let output = zonetext(&["explain", "a.txt", "--max-bytes", "300", "--html", "out/"], place.path());
    assert_ne!(output.status.code(), Some(0));
    let report = std::fs::read_to_string(place.path().join("out/pages/a.txt.html")).unwrap();
    assert!(report.contains("The page was cut by a budget."));
    assert!(std::fs::read_to_string(place.path().join("out/index.html")).unwrap().contains("raise --max-bytes"));
}

#[test]
fn an_archive_becomes_a_folder_of_reports() {
    let place = tempfile::tempdir().unwrap();
    std::fs::copy("fixtures/cli/archives/broken.warc.gz", place.path().join("broken.warc.gz")).unwrap();
    let output = zonetext(&["explain", "broken.warc.gz", "--html", "out", "-j", "2"], place.path());
    assert_eq!(output.status.code(), Some(3), "{}", String::from_utf8_lossy(&output.stderr));
    let out = place.path().join("out");
    let files = below(&out);
    assert!(files.contains(&"pages/broken.warc.gz.records/000002.html".to_owned()), "{files:?}");
    assert!(files.len() > 8, "a report for each page and each broken record, and the index: {files:?}");
    let index = std::fs::read_to_string(out.join("index.html")).unwrap();
    assert!(index.contains("broken.warc.gz:record 2<") && index.contains("a broken record"), "{index}");
    for file in files.iter().filter(|file| file.starts_with("pages/")) {
        assert!(index.contains(&format!("href=\"./{file}\"")), "{file} is not in the index");
    }
}
