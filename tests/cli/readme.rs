//! The README's examples are commands with their output: each ```console block is run in a shell at the top of the repository.

use std::process::Command;

#[test]
fn the_readme_tells_what_the_commands_print() {
    let readme = std::fs::read_to_string("README.md").unwrap();
    let bin = std::path::Path::new(env!("CARGO_BIN_EXE_zonetext")).parent().unwrap();
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
    // Where cargo builds elsewhere it is not there.
    std::fs::create_dir_all("target").unwrap();
    let mut count = 0;
    for block in readme.split("```console\n").skip(1) {
        let block = block.split("```").next().unwrap();
        for example in block.split("$ ").filter(|part| !part.trim().is_empty()) {
            let (command, want) = example.split_once('\n').unwrap_or((example, ""));
            if command.contains("fixtures/pages") && crate::packaged() {
                println!("skipped, a package holds no whole pages: {command}");
                continue;
            }
            if command.contains("jq ") && Command::new("jq").arg("--version").output().is_err() {
                println!("skipped, jq is not installed: {command}");
                continue;
            }
            let output = Command::new("bash").args(["-c", command]).env("PATH", &path).output().unwrap();
            let got = String::from_utf8(output.stdout).unwrap();
            assert_eq!(got.trim_end(), want.trim_end(), "$ {command}\n{}", String::from_utf8_lossy(&output.stderr));
            count += 1;
        }
    }
    assert!(count >= 5, "only {count} examples found");
}
