//! Text of which nothing is to be left out: each file of fixtures/extract/whole says why it looks like something else, and comes out of
//! extract with every line, in order.

use zonetext::extract::{Form, Options, extract};

#[test]
fn what_only_looks_like_a_menu_stays() {
    let files = crate::files("fixtures/extract/whole", "txt");
    assert!(files.len() >= 40, "only {} look-alikes", files.len());
    let wrong: Vec<String> = files
        .iter()
        .filter_map(|file| {
            let case = std::fs::read_to_string(file).unwrap();
            let (why, text) = case.split_once("\n===\n").unwrap();
            missing(text).map(|line| format!("{}: {line:?} is gone. {why}", file.display()))
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// The first line that does not come out in its place.
fn missing(text: &str) -> Option<String> {
    let found = extract(text, &Options { form: Form::Text, ..Options::default() });
    let out: String = found.blocks.iter().map(|block| letters(&block.text)).collect::<Vec<_>>().join("\n");
    let mut rest = out.as_str();
    for line in text.lines() {
        let line = letters(unnumbered(line));
        let Some(at) = rest.find(&line) else { return Some(line) };
        rest = &rest[at + line.len()..];
    }
    None
}

/// What is left of a line when marks of lists and white space are taken off.
fn letters(line: &str) -> String {
    line.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// A line without the number of a list, which is no part of its block's text.
fn unnumbered(line: &str) -> &str {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.strip_prefix(". ").unwrap_or(line)
}
