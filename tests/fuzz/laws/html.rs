//! The tree is html5ever's, and no budget costs text.

use html5ever::driver::{ParseOpts, parse_document};
use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use scraper::{Html, HtmlTreeSink};
use zonetext::extract::parse::{Budget, Options, parse, parse_with};

/// The law: one byte chooses scripting and budgets, the others are the page.
pub fn any(bytes: &[u8]) {
    let ([chosen], page) = super::choice::<1>(bytes);
    let text = String::from_utf8_lossy(page);
    let scripting = chosen & 1 == 1;
    let twin = twin(&text, scripting);
    let exact = parse_with(&text, &Options { scripting, ..Options::exact() });
    match &exact.limit {
        None => assert!(exact.html == twin, "another tree: {}", difference(&exact.html, &twin)),
        Some(_) if has_raw_text(&text) => {}
        // What a budget flattens, stands elsewhere; it does not get lost.
        Some(limit) => assert_eq!(characters(&exact.html), characters(&twin), "{limit}"),
    }
    if !scripting && (exact.limit.is_none() || !has_raw_text(&text)) {
        assert_eq!(characters(&parse(&text).html), characters(&twin), "the default loses text");
    }
    if chosen >> 1 & 1 == 1 && !has_raw_text(&text) {
        let depth = usize::from(chosen >> 2) + 2;
        let budget = Budget { depth, nodes_per_tag: 2, free_nodes: 40, nodes: 120, attributes: 4 };
        let small = parse_with(&text, &Options { scripting, budget, ..Options::exact() });
        assert_eq!(characters(&small.html), characters(&twin), "a small budget costs text: {:?}", small.limit);
    }
}

/// It may have an element whose content is no markup, or what SVG and MathML alone read as text: CDATA, and NUL, which is U+FFFD there.
/// Where a budget leaves the element out, its content is read as any other.
fn has_raw_text(text: &str) -> bool {
    const NAMES: [&str; 12] = [
        "\0",
        "<![cdata[",
        "<title",
        "<textarea",
        "<script",
        "<style",
        "<xmp",
        "<iframe",
        "<noembed",
        "<noframes",
        "<noscript",
        "<plaintext",
    ];
    let text = text.to_ascii_lowercase();
    NAMES.iter().any(|name| text.contains(name))
}

/// The slow, obvious twin: html5ever from end to end.
pub fn twin(text: &str, scripting: bool) -> Html {
    let tree_builder = TreeBuilderOpts { scripting_enabled: scripting, ..TreeBuilderOpts::default() };
    let options = ParseOpts { tree_builder, ..ParseOpts::default() };
    parse_document(HtmlTreeSink::new(Html::new_document()), options).one(text)
}

/// Where two trees part, for a message that fits a screen.
fn difference(ours: &Html, twin: &Html) -> String {
    let mut places = ours.tree.values().zip(twin.tree.values()).enumerate();
    match places.find(|(_, (a, b))| a != b) {
        Some((at, (a, b))) => format!("node {at}: ours {a:?}, twin {b:?}"),
        None => format!("{} nodes, twin {}, or other parents", ours.tree.values().len(), twin.tree.values().len()),
    }
}

/// All characters of a tree but white space, in the order of their values: what broken markup moves may move elsewhere.
fn characters(html: &Html) -> Vec<char> {
    let texts = html.tree.root().descendants().filter_map(|node| node.value().as_text());
    let mut characters: Vec<char> = texts.flat_map(|text| text.chars()).filter(|c| !c.is_whitespace()).collect();
    characters.sort_unstable();
    characters
}
