//! Conservation: what a reader of the page can see stands in a kept block or in a dropped one, once; so does every cell and every line of
//! code. A slow, obvious twin walks the tree.

use scraper::{Html, Node};
use std::collections::BTreeMap;
use zonetext::Kind;
use zonetext::extract::{Extracted, Form, Options, extract, parse};

/// Elements whose text no reader sees, or which stand for a picture.
const SKIPPED: &[&str] = &[
    "script", "style", "template", "title", "noframes", "textarea", "svg", "math", "iframe", "object", "embed",
    "canvas", "audio", "video", "rt", "rp", "rtc", "noembed", "map", "applet", "meter", "progress",
];

/// The letters of a page, each as often as it stands there.
fn letters(text: &str, into: &mut BTreeMap<char, i64>) {
    text.chars().filter(|c| c.is_alphanumeric()).for_each(|c| *into.entry(c).or_default() += 1);
}

fn of_tree(html: &Html) -> BTreeMap<char, i64> {
    let mut found = BTreeMap::new();
    let mut stack = vec![html.tree.root()];
    while let Some(node) = stack.pop() {
        match node.value() {
            Node::Text(text) => letters(text, &mut found),
            Node::Element(element) if SKIPPED.contains(&element.name()) => continue,
            _ => {}
        }
        stack.extend(node.children());
    }
    found
}

fn of_blocks(found: &Extracted) -> BTreeMap<char, i64> {
    let mut letters_of = BTreeMap::new();
    found
        .blocks
        .iter()
        .filter(|block| block.kind != Kind::Title)
        .for_each(|block| letters(&block.text, &mut letters_of));
    found.dropped.iter().for_each(|dropped| letters(&dropped.text, &mut letters_of));
    letters_of
}

fn check(page: &str, name: &str) {
    let want = of_tree(&parse::parse(page).html);
    for whole in [false, true] {
        let have = of_blocks(&extract(page, &Options { form: Form::Html, whole, ..Options::default() }));
        let differ: String = want
            .iter()
            .filter(|(c, n)| have.get(c) != Some(n))
            .map(|(c, _)| *c)
            .chain(have.keys().filter(|c| !want.contains_key(c)).copied())
            .collect();
        assert!(want == have, "{name} (whole: {whole}): the page and the blocks differ in {differ:?}");
    }
}

/// Pages that show nothing are read from the data they carry, formulas are drawn from their TeX: what they say is not what the tree holds.
fn is_plain(page: &str) -> bool {
    let shown = extract(page, &Options { form: Form::Html, ..Options::default() });
    let formulas =
        |text: &str| ["<math", "math/tex", "katex", "data-tex", "\\("].iter().any(|sign| text.contains(sign));
    !shown.blocks.is_empty() && !formulas(page) && shown.metadata.sources.iter().all(|source| source.place != "feed")
}

/// Pages by folder whose text comes from data.
const CARRIED: &[&str] = &[
    "discourse-preloaded",
    "feed-atom",
    "feed-rss",
    "json-ld-only",
    "next-data",
    "render-data",
    "state-in-script",
    "only-scripts",
    "frameset",
];

#[test]
fn nothing_of_a_page_is_lost_or_said_twice() {
    let mut count = 0;
    for entry in walkdir::WalkDir::new("fixtures/extract/html").sort_by_file_name().into_iter().filter_map(Result::ok) {
        let path = entry.path().to_string_lossy().into_owned();
        if !path.ends_with("input.html") || CARRIED.iter().any(|name| path.contains(&format!("/{name}/"))) {
            continue;
        }
        let page = std::fs::read_to_string(entry.path()).unwrap();
        if !is_plain(&page) {
            continue;
        }
        check(&page, &path);
        for cut in (0..page.len()).step_by(397).filter(|cut| page.is_char_boundary(*cut) && *cut * 3 > page.len()) {
            // A page cut before its text shows nothing, and is read from what it carries.
            if is_plain(&page[..cut]) && !page[..cut].contains("<script") {
                check(&page[..cut], &format!("{path} cut at {cut}"));
            }
        }
        count += 1;
    }
    assert!(count >= 30, "only {count} pages");
}
