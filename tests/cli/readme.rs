//! What README and docs show is what happens: each ```console block is run in a shell at the top of the repository, and each command that is
//! only named must be one that the program understands.

use std::path::PathBuf;
use std::process::Command;

fn pages() -> Vec<PathBuf> {
    let mut pages = vec!["README.md".into(), "README.zh-CN.md".into()];
    pages.extend(crate::files("docs", "md"));
    pages
}

#[test]
fn the_examples_print_what_the_pages_say() {
    let bin = std::path::Path::new(env!("CARGO_BIN_EXE_zonetext")).parent().unwrap();
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
    let url = format!("file://{}", std::fs::canonicalize("fixtures/readme/page.html").unwrap().display());
    // Where cargo builds elsewhere it is not there.
    std::fs::create_dir_all("target").unwrap();
    let mut count = 0;
    for page in pages() {
        let text = std::fs::read_to_string(&page).unwrap();
        for block in text.split("```console\n").skip(1) {
            let block = block.split("```").next().unwrap();
            for example in block.split("$ ").filter(|part| !part.trim().is_empty()) {
                let (command, want) = example.split_once('\n').unwrap_or((example, ""));
                if command.contains("fixtures/pages") && crate::packaged() {
                    println!("skipped, a package holds no whole pages: {command}");
                    continue;
                }
                let tools = ["jq", "curl"].iter().filter(|tool| command.contains(&format!("{tool} ")));
                if let Some(tool) = tools.into_iter().find(|tool| Command::new(tool).arg("--version").output().is_err())
                {
                    println!("skipped, {tool} is not installed: {command}");
                    continue;
                }
                let shell =
                    Command::new("bash").args(["-c", command]).env("PATH", &path).env("URL", &url).output().unwrap();
                let got = String::from_utf8(shell.stdout).unwrap();
                let said = String::from_utf8_lossy(&shell.stderr);
                assert_eq!(got.trim_end(), want.trim_end(), "{}: $ {command}\n{said}", page.display());
                count += 1;
            }
        }
    }
    assert!(count >= 30, "only {count} examples found");
}

#[test]
fn commands_that_pages_name_are_understood() {
    let verbs = ["clean", "decode", "extract", "repair", "script", "split", "inspect", "explain"];
    let mut count = 0;
    for page in pages() {
        let text = std::fs::read_to_string(&page).unwrap();
        for span in text.split('`').skip(1).step_by(2) {
            let words: Vec<&str> = span.split_whitespace().collect();
            let plain = !span.contains(['|', '<', '>', '"', '\'', '\n', '…', '$', '(']);
            let [program, verb, arguments @ ..] = words.as_slice() else { continue };
            if *program != "zonetext" || !verbs.contains(verb) || !plain || arguments.contains(&"-h") {
                continue;
            }
            let place = tempfile::tempdir().unwrap();
            let mut command = Command::new(env!("CARGO_BIN_EXE_zonetext"));
            let output = command.arg(verb).args(arguments).arg("--dry-run").current_dir(place.path());
            let output = output.stdin(std::process::Stdio::null()).output().unwrap();
            let said = String::from_utf8_lossy(&output.stderr);
            assert_ne!(output.status.code(), Some(2), "{}: {span}: {said}", page.display());
            count += 1;
        }
    }
    assert!(count >= 15, "only {count} commands found");
}
