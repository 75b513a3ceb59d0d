//! Settings: files, variables, precedence, and what is said of a wrong one.

use std::path::Path;
use std::process::{Command, Output};

/// Runs the command in `folder` with these variables and no settings of the machine's own.
fn run(line: &str, folder: &Path, variables: &[(&str, &str)]) -> (String, String, Option<i32>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zonetext"));
    command.args(line.split(' ')).current_dir(folder).env_remove("HOME").env("XDG_CONFIG_HOME", folder.join("user"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("ZONETEXT_") {
            command.env_remove(name);
        }
    }
    let Output { stdout, stderr, status } = command.envs(variables.iter().copied()).output().unwrap();
    (String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap(), status.code())
}

fn folder(here: &str, user: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("user/zonetext")).unwrap();
    for (path, text) in [("zonetext.toml", here), ("user/zonetext/zonetext.toml", user)] {
        if !text.is_empty() {
            std::fs::write(folder.path().join(path), text).unwrap();
        }
    }
    std::fs::write(folder.path().join("a.txt"), "汉字。后来发明。").unwrap();
    folder
}

#[test]
fn flags_stand_above_variables_above_the_folder_above_the_user() {
    let user = folder("", "to = \"s2twp\"\nsentences = true\n");
    assert_eq!(run("clean a.txt", user.path(), &[]).0, "漢字。\n後來發明。\n");
    let both = folder("to = \"keep\"\n", "to = \"t\"\nsentences = true\n");
    assert_eq!(run("clean a.txt", both.path(), &[]).0, "汉字。\n后来发明。\n");
    assert_eq!(run("clean a.txt", both.path(), &[("ZONETEXT_TO", "t")]).0, "漢字。\n後來發明。\n");
    assert_eq!(run("clean --to keep a.txt", both.path(), &[("ZONETEXT_TO", "t")]).0, "汉字。\n后来发明。\n");
    assert_eq!(run("clean a.txt", both.path(), &[("ZONETEXT_SENTENCES", "false")]).0, "汉字。后来发明。\n");
    let off = folder("sentences = false\n", "sentences = true\n");
    assert_eq!(run("clean a.txt", off.path(), &[]).0, "汉字。后来发明。\n");
}

#[test]
fn a_flag_for_blocks_is_refused_by_verbs_without_any() {
    let plain = folder("", "");
    for flag in ["--whole", "--bullets none", "--tables html"] {
        for verb in ["decode", "repair", "script", "convert", "split"] {
            let (out, said, code) = run(&format!("{verb} {flag} a.txt"), plain.path(), &[]);
            assert_eq!((out.as_str(), code), ("", Some(2)), "{verb} {flag}: {said}");
            assert!(said.contains("zonetext extract"), "{said}");
        }
        let form = if flag.contains("tables") { "markdown" } else { "text" };
        assert_eq!(run(&format!("extract {flag} -f {form} a.txt"), plain.path(), &[]).2, Some(0), "{flag}");
    }
    let set = folder("whole = true\nbullets = \"none\"\ntables = \"html\"\n", "");
    for verb in ["clean", "decode", "extract", "repair", "script", "split", "inspect", "explain"] {
        assert_eq!(run(&format!("{verb} a.txt"), set.path(), &[]).2, Some(0), "{verb}");
    }
}

#[test]
fn settings_reach_every_verb_and_flags_exclude_their_rivals() {
    let set = folder("drop = [\"title\", \"lists\"]\nformat = \"jsonl\"\nmax-bytes = 64\nthreads = 2\n", "");
    for verb in ["clean", "decode", "extract", "repair", "script", "split"] {
        assert!(run(&format!("{verb} a.txt"), set.path(), &[]).0.starts_with("{\"id\""), "{verb}");
    }
    assert_eq!(run("clean --keep title -f text a.txt", set.path(), &[]).2, Some(0));
    for other in ["completions bash", "config", "schema", "rules", "man pages"] {
        assert_eq!(run(other, set.path(), &[]).2, Some(0), "{other}");
    }
    let markdown = folder("format = \"markdown\"\n", "");
    for verb in ["decode", "repair", "split", "inspect", "explain", "extract"] {
        assert_eq!(run(&format!("{verb} a.txt"), markdown.path(), &[]).2, Some(0), "{verb} has no Markdown to write");
    }
    let copies = folder("dedup = \"documents\"\n", "");
    assert_eq!(run("inspect a.txt", copies.path(), &[]).2, Some(0));
    // A file of words is meant from the folder of the settings that name it.
    let words = folder("", "words = \"mine.tsv\"\nto = \"t\"\n");
    std::fs::write(words.path().join("user/zonetext/mine.tsv"), "汉字\t中文字\n").unwrap();
    assert!(run("clean a.txt", words.path(), &[]).0.starts_with("中文字"));
}

#[test]
fn a_wrong_setting_names_its_place_and_the_nearest_key() {
    let cases = [
        ("setnences = true\n", "zonetext.toml: unknown key setnences (nearest: sentences)"),
        ("to = \"t2z\"\n", "zonetext.toml: to: unknown script \"t2z\""),
        ("format = \"xml\"\n", "zonetext.toml: format: invalid value 'xml'"),
        ("output = \"x\"\n", "zonetext.toml: output belongs to one run"),
        ("sentences = 7\n", "zonetext.toml: sentences: neither true nor false"),
        ("to = { a = 1 }\n", "zonetext.toml: to: neither a string"),
        ("to = \n", "zonetext.toml: TOML parse error at line 1"),
    ];
    for (text, message) in cases {
        let wrong = folder(text, "");
        let (stdout, stderr, status) = run("clean a.txt", wrong.path(), &[]);
        assert_eq!((stdout.as_str(), status), ("", Some(2)), "{text}");
        assert!(stderr.contains(message), "{text}: {stderr}");
    }
    let plain = folder("", "");
    let (_, stderr, status) = run("clean a.txt", plain.path(), &[("ZONETEXT_FORMAT", "xml")]);
    assert_eq!(status, Some(2));
    assert!(stderr.contains("ZONETEXT_FORMAT: format: invalid value 'xml'"), "{stderr}");
    // A variable of that kind may belong to somebody else; `config` tells.
    assert_eq!(run("clean a.txt", plain.path(), &[("ZONETEXT_FROMAT", "xml")]).2, Some(0));
}

#[test]
fn config_tells_what_is_in_force_and_why() {
    let set = folder("to = \"t\"\n", "quiet = true\n");
    let (stdout, _, status) = run("config", set.path(), &[("ZONETEXT_THREADS", "3"), ("ZONETEXT_FROMAT", "x")]);
    assert_eq!(status, Some(0));
    let line =
        |key: &str| stdout.lines().find(|line| line.starts_with(key)).unwrap_or_else(|| panic!("{key}: {stdout}"));
    assert!(line("to = \"t\"").ends_with("# zonetext.toml"));
    assert!(line("quiet = true").ends_with("user/zonetext/zonetext.toml"));
    assert!(line("threads = \"3\"").ends_with("# ZONETEXT_THREADS"));
    assert!(line("punctuation = \"keep\"").ends_with("# default"));
    assert!(line("# charset =").ends_with("# not set"));
    assert!(stdout.contains("ZONETEXT_FROMAT in the environment: unknown key fromat (nearest: format)"), "{stdout}");
    // What it prints is a settings file.
    let again = folder(&stdout, "");
    assert!(run("config", again.path(), &[]).0.contains("to = \"t\""));
}

#[test]
fn versions_short_and_long_completions_and_man_pages() {
    let plain = folder("", "");
    assert_eq!(run("-V", plain.path(), &[]).0, format!("zonetext {}\n", env!("CARGO_PKG_VERSION")));
    let long = run("--version", plain.path(), &[]).0;
    for part in ["record zonetext/1", "OpenCC 1.4.2", "extract forest", "repair  model"] {
        assert!(long.contains(part), "{long}");
    }
    assert_eq!(run("--version", plain.path(), &[]).0, long);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = run(&format!("completions {shell}"), plain.path(), &[]).0;
        assert!(script.contains("zonetext") && script.contains("sentences") && script.contains("dedup"), "{shell}");
    }
    assert_eq!(run("man pages", plain.path(), &[]).2, Some(0));
    let pages: Vec<String> = crate::entries(&plain.path().join("pages").display().to_string())
        .iter()
        .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    for verb in ["", "-clean", "-decode", "-extract", "-repair", "-script", "-split", "-inspect", "-explain", "-config"]
    {
        assert!(pages.contains(&format!("zonetext{verb}.1")), "{pages:?}");
    }
}
