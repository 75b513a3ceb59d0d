//! Reports: whatever the page holds, a report has the elements of a report and no others, its ids are its own, and its policy
//! names exactly its own style and script.

use super::{INPUTS, explained};
use base64::Engine;
use proptest::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use zonetext::extract;
use zonetext::write::record::{Failure, Origin};
use zonetext::write::report::{self, Summary};

/// The elements that reports are made of.
const ELEMENTS: &[&str] = &[
    "a", "b", "bdi", "body", "button", "caption", "code", "dd", "del", "details", "div", "dl", "dt", "fieldset",
    "footer", "h1", "h2", "head", "header", "html", "i", "input", "ins", "label", "legend", "li", "main", "mark",
    "meta", "meter", "p", "rect", "script", "section", "span", "style", "summary", "svg", "table", "tbody", "td", "th",
    "thead", "title", "tr", "ul",
];

#[test]
fn the_fixtures_make_harmless_reports() {
    for bytes in INPUTS.iter().filter(|bytes| bytes.len() < 200_000) {
        harmless(&report_of(bytes, "twp"));
    }
}

#[test]
fn hostile_pages_are_only_text() {
    for file in ["hostile.html", "hostile.txt"] {
        let mut options = super::options("keep");
        let form = if file.ends_with("txt") { extract::Form::Text } else { extract::Form::Html };
        options.extract = Some(extract::Options { form, ..Default::default() });
        let bytes = std::fs::read(format!("fixtures/report/{file}")).unwrap();
        let html = report::report(&zonetext::clean(&bytes, &options), &Origin::default());
        harmless(&html);
        // Tags that are left in a text are taken off, what stands between them is text.
        let shown = if file.ends_with("txt") { "alert(" } else { "&lt;script&gt;alert(" };
        assert!(html.contains(shown), "{file}: its text is shown");
        assert!(html.contains("<b class=\"ctl\">202E</b>"), "{file}: what turns the direction is shown by its number");
    }
}

/// Bytes of this line are gone, and the characters they belonged to are guessed.
#[test]
fn what_was_guessed_says_so() {
    let html = report_of("只能把產業發展作為出路?!瘪R九圣告訴記者".as_bytes(), "keep");
    assert!(html.contains("(guessed)") && html.contains("guessed or gone"), "{html}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_make_a_harmless_report(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        harmless(&report_of(&bytes, "keep"));
    }

    #[test]
    fn any_text_makes_a_harmless_report(text in "(\\PC|\\p{Cc}|[\u{202a}-\u{202e}]|</?(script|style|title|a href=x)>|產(chǎn)業(yè)|[<>&\"'=。\n]){0,200}") {
        harmless(&report_of(text.as_bytes(), "tw"));
    }

    #[test]
    fn any_names_make_a_harmless_index(path in "\\PC{0,40}", title in "(\\PC|[<>&\"']){0,40}", message in "(\\PC|<b>){0,40}") {
        let page = explained(format!("<title>{title}</title><p>今天天气很好。</p>").as_bytes(), "keep");
        let failure = Failure { code: "read", stage: "read", message };
        let pages = vec![
            Summary::of(&page, path.clone(), path.clone()),
            Summary::failed(&failure, path.clone(), path.clone()),
        ];
        harmless(&report::index(&path, pages));
        harmless(&report::failed(&Origin { file_path: Some(path), ..Origin::default() }, &failure));
    }
}

#[test]
fn the_worst_pages_come_first() {
    let failure = Failure { code: "read", stage: "read", message: "permission denied".into() };
    let of = |text: &str, name: &str| Summary::of(&explained(text.as_bytes(), "keep"), name.into(), name.into());
    let good = "<p>今天天气很好，我们去公园散步，看到很多花。</p>".repeat(5);
    let pages = vec![
        of(&good, "good"),
        of("", "empty"),
        Summary::failed(&failure, "unread".into(), "unread".into()),
        of("\u{89}PNG\r\n\u{1a}\n\0\0\0\rIHDR", "picture"),
    ];
    let index = report::index("pages", pages);
    let at = |name: &str| index.find(&format!("<bdi>{name}</bdi>")).unwrap_or_else(|| panic!("{name} is not there"));
    assert!(at("unread") < at("empty") && at("empty") < at("good"), "{index}");
    assert!(index.contains("permission denied"));
}

#[test]
fn what_is_empty_or_cut_says_so() {
    let empty = report_of(b"", "keep");
    assert!(empty.contains("No text was found."));
    let mut options = super::options("keep");
    options.decode.max_bytes = 40;
    let page = zonetext::clean("今天天气很好，我们去公园散步。".repeat(9).as_bytes(), &options);
    let cut = report::report(&page, &Origin::default());
    assert!(cut.contains("The page was cut by a budget.") && cut.contains("--max-bytes"), "{cut}");
    harmless(&cut);
}

fn report_of(bytes: &[u8], to: &str) -> String {
    let origin = Origin { file_path: Some("a/<b>\u{202e}.html".into()), ..Origin::default() };
    report::report(&explained(bytes, to), &origin)
}

/// Everything that a report must never have, whatever it is made from.
fn harmless(html: &str) {
    let unseen = |c: char| {
        (c.is_control() && c != '\n' && c != '\t') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    assert!(!html.contains(unseen), "a control stands in it");
    let (style, script) = (between(html, "<style>", "</style>"), between(html, "<script>", "</script>"));
    let policy = between(html, "http-equiv=\"Content-Security-Policy\" content=\"", "\"");
    let wanted = format!(
        "default-src 'none'; script-src '{}'; style-src '{}'; base-uri 'none'; form-action 'none'",
        hash(script),
        hash(style)
    );
    assert_eq!(policy.replace("&#39;", "'"), wanted);
    let rest = html.replacen(style, "", 1).replacen(script, "", 1);
    let mut ids = HashSet::new();
    let mut targets = Vec::new();
    for tag in rest.split('<').skip(1) {
        let tag = tag.split('>').next().unwrap();
        let name = tag.trim_start_matches('/').split([' ', '\n']).next().unwrap();
        assert!(ELEMENTS.contains(&name) || name == "!DOCTYPE", "<{name}> in a report");
        for (key, value) in attributes(tag) {
            assert!(
                !key.starts_with("on") && !["style", "src", "srcset", "srcdoc", "action"].contains(&key),
                "{key} in <{tag}>"
            );
            match key {
                "href" => targets.push(value),
                "id" => assert!(ids.insert(value), "{value} is there twice"),
                _ => {}
            }
        }
    }
    assert_eq!(rest.matches("<script").count(), 1);
    for target in targets {
        match target.strip_prefix('#') {
            Some(id) => assert!(ids.contains(id), "#{id} leads nowhere"),
            None => assert!(target.starts_with("./"), "{target} leads out"),
        }
    }
}

/// The attributes of a tag, by a plain walk: `key="value"` and bare keys.
fn attributes(tag: &str) -> Vec<(&str, &str)> {
    let mut rest = tag.split_once(' ').map_or("", |(_, rest)| rest);
    let mut found = Vec::new();
    while !rest.trim_start().is_empty() {
        rest = rest.trim_start();
        let end = rest.find([' ', '=']).unwrap_or(rest.len());
        let key = &rest[..end];
        rest = &rest[end..];
        match rest.strip_prefix("=\"") {
            Some(value) => {
                let (value, after) = value.split_once('"').unwrap();
                found.push((key, value));
                rest = after;
            }
            None => found.push((key, "")),
        }
    }
    found
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let (_, rest) = text.split_once(start).unwrap_or_else(|| panic!("no {start}"));
    rest.split_once(end).unwrap().0
}

fn hash(text: &str) -> String {
    format!("sha256-{}", base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text)))
}
