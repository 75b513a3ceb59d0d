//! The parser gives the trees of `scraper`, its arena the same nodes, and no page is too much for it.

mod budgets;
mod html5lib;
mod pieces;

use std::fs;
use std::path::{Path, PathBuf};

use html5ever::driver::{ParseOpts, parse_document};
use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use pieces::PIECES;
use proptest::prelude::*;
use scraper::{Html, HtmlTreeSink, Node};
use zonetext::extract::parse::{Content, Options, arena, parse, parse_with};

/// The slow, obvious twin: html5ever from end to end.
fn twin(text: &str, scripting: bool) -> Html {
    let tree_builder = TreeBuilderOpts { scripting_enabled: scripting, ..TreeBuilderOpts::default() };
    let options = ParseOpts { tree_builder, ..ParseOpts::default() };
    parse_document(HtmlTreeSink::new(Html::new_document()), options).one(text)
}

fn ours(text: &str, scripting: bool) -> Html {
    let parsed = parse_with(text, &Options { scripting, ..Options::exact() });
    assert_eq!(parsed.limit, None);
    parsed.html
}

/// Where two trees part, for a message that fits a screen.
fn difference(ours: &Html, twin: &Html) -> String {
    let places = ours.tree.values().zip(twin.tree.values()).enumerate();
    match places.into_iter().find(|(_, (a, b))| a != b) {
        Some((at, (a, b))) => format!("node {at}: ours {a:?}, twin {b:?}"),
        None => format!("{} nodes, twin {}, or other parents", ours.tree.values().len(), twin.tree.values().len()),
    }
}

fn assert_same_tree(text: &str, what: &str) {
    for scripting in [true, false] {
        let (ours, twin) = (ours(text, scripting), twin(text, scripting));
        assert!(ours == twin, "{what} (scripting {scripting}): {}", difference(&ours, &twin));
    }
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    entries.map(|entry| entry.into_path()).filter(|path| path.to_string_lossy().ends_with(ending)).collect()
}

/// Decoded well enough to be markup.
fn decoded(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::GB18030.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

#[test]
fn real_pages_give_the_same_trees() {
    let folder = Path::new("../shared/data/extract");
    let pages = files(folder, ".html");
    if pages.is_empty() {
        return eprintln!("skipped: no pages in {}", folder.display());
    }
    std::thread::scope(|scope| {
        for half in pages.chunks(pages.len().div_ceil(2)) {
            scope.spawn(move || {
                for path in half {
                    let text = decoded(&fs::read(path).unwrap());
                    // The other setting differs in <noscript> alone, which the generated markup covers.
                    let (ours, twin) = (ours(&text, true), Html::parse_document(&text));
                    assert!(ours == twin, "{}: {}", path.display(), difference(&ours, &twin));
                }
            });
        }
    });
}

fn markup() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..40).prop_map(|pieces| pieces.concat())
}

/// A page that has everything, to be spoiled.
const PAGE: &str = include_str!("../../../fixtures/extract/parse/everything.html");

/// The last place up to `at` where `text` can be cut.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// `PAGE` after a few cuts, copies and insertions at random places.
fn mutated() -> impl Strategy<Value = String> {
    let edit = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), prop::sample::select(PIECES), 0..4_u8);
    prop::collection::vec(edit, 1..12).prop_map(|edits| {
        edits.into_iter().fold(PAGE.to_owned(), |text, (one, other, piece, kind)| {
            let one = boundary(&text, one.index(text.len() + 1));
            let other = boundary(&text, other.index(text.len() + 1));
            let (start, end) = (one.min(other), one.max(other));
            match kind {
                0 => format!("{}{piece}{}", &text[..start], &text[start..]),
                // Near cuts break tokens; far ones would leave nothing.
                1 => format!("{}{}", &text[..start], &text[boundary(&text, end.min(start + 20))..]),
                2 => text[..boundary(&text, text.len() - (text.len() - end) / 8)].to_owned(),
                _ => format!("{}{}{}", &text[..end], &text[start..boundary(&text, end.min(start + 60))], &text[end..]),
            }
        })
    })
}

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases(3000))]

    #[test]
    fn generated_markup_gives_the_same_trees(text in markup()) {
        assert_same_tree(&text, &text);
    }

    #[test]
    fn mutated_pages_give_the_same_trees(text in mutated()) {
        assert_same_tree(&text, &text);
    }
}

#[test]
fn each_piece_of_markup_at_the_end_of_each_other() {
    for first in PIECES {
        for second in PIECES {
            let text = format!("{first}{second}");
            let (ours, twin) = (ours(&text, true), twin(&text, true));
            assert!(ours == twin, "{text:?}: {}", difference(&ours, &twin));
        }
    }
}

#[test]
fn own_page_gives_the_same_tree() {
    assert_same_tree(PAGE, "everything.html");
    assert_same_tree(&PAGE.replace('\n', "\r\n"), "everything.html with CR LF");
}

/// The arena has the nodes of the tree, in the same order.
fn assert_same_arena(text: &str, what: &str) {
    let (arena, limit) = arena(text);
    let parsed = parse(text);
    assert_eq!(limit, parsed.limit, "{what}");
    assert_eq!(arena.len(), parsed.html.tree.values().len(), "{what}");
    let mut pairs = vec![(arena.root(), parsed.html.tree.root())];
    while let Some((ours, twin)) = pairs.pop() {
        match (ours.content(), twin.value()) {
            (Content::Text(ours), Node::Text(twin)) => assert_eq!(**ours, **twin, "{what}"),
            (Content::Element { .. }, Node::Element(twin)) => {
                let ours = ours.markup().unwrap();
                assert_eq!(ours.name(), twin.name(), "{what}");
                assert!(ours.attributes().eq(twin.attrs()), "{what}: {twin:?}");
            }
            (Content::Document, Node::Document) | (Content::Fragment, Node::Fragment) => {}
            (Content::Other, Node::Doctype(_) | Node::Comment(_) | Node::ProcessingInstruction(_)) => {}
            (ours, twin) => panic!("{what}: ours {ours:?}, twin {twin:?}"),
        }
        assert_eq!(ours.children().count(), twin.children().count(), "{what}: {:?}", twin.value());
        pairs.extend(ours.children().zip(twin.children()));
    }
}

#[test]
fn real_pages_give_the_same_nodes_in_an_arena() {
    let folder = Path::new("../shared/data/extract");
    for path in files(folder, ".html").into_iter().step_by(4) {
        assert_same_arena(&decoded(&fs::read(&path).unwrap()), &path.display().to_string());
    }
    assert_same_arena(PAGE, "everything.html");
}

proptest! {
    #![proptest_config(cases(1500))]

    #[test]
    fn generated_markup_gives_the_same_nodes_in_an_arena(text in markup()) {
        assert_same_arena(&text, &text);
    }

    #[test]
    fn mutated_pages_give_the_same_nodes_in_an_arena(text in mutated()) {
        assert_same_arena(&text, &text);
    }
}

/// All characters of the tree but white space, in the order of their values: what broken markup moves may move elsewhere.
fn characters(html: &Html) -> Vec<char> {
    let texts = html.tree.root().descendants().filter_map(|node| node.value().as_text());
    let mut characters: Vec<char> = texts.flat_map(|text| text.chars()).filter(|c| !c.is_whitespace()).collect();
    characters.sort_unstable();
    characters
}

proptest! {
    #![proptest_config(cases(500))]

    /// What the default leaves out, comments, blank text and unread attributes, costs no text.
    #[test]
    fn the_default_keeps_all_text(text in mutated()) {
        let exact = parse_with(&text, &Options { scripting: false, ..Options::exact() });
        prop_assert_eq!(characters(&parse(&text).html), characters(&exact.html));
    }
}

#[test]
fn white_space_stays_where_it_parts_words() {
    let shown = |text: &str| {
        let html = parse(text).html;
        html.tree
            .root()
            .descendants()
            .filter_map(|node| node.value().as_text().map(|t| t.to_string()))
            .collect::<String>()
    };
    for (text, expected) in [
        ("<head>\n<meta name=a>\n</head>\n<body>\n<div>\n<p>a</p>\n \n<p>b</p>\n</div>", "ab"),
        ("<p><b>a</b> <i>b</i> <br> c", "a b c"),
        ("<p>a<!-- --> <b>b</b>", "a b"),
        ("<p><b>a</b> <!-- --> <b>b</b>", "a  b"),
        ("<p><b>a</b> <script></script> <b>b</b>", "a  b"),
        ("<p><b>a</b>\n<link rel=x>\n<b>b</b>", "a\n\nb"),
        ("<pre><b>a</b>\n<br>\n</pre>\n<p>b", "a\n\nb"),
        ("<p>&nbsp;<b>a</b> <p>\u{3000}<p> <b>b</b>", "\u{a0}a\u{3000}b"),
        ("<p><b>a</b> <", "a <"),
        ("<p><b>a</b> </p", "a"),
        ("<p><b>a</b> <i", "a "),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
}
