//! The parser gives the trees of `scraper`, and no page is too much for it.

use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};

use html5ever::driver::{ParseOpts, parse_document};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tokenizer::TagKind;
use html5ever::tokenizer::{Token, TokenSink, TokenSinkResult};
use html5ever::tree_builder::TreeBuilderOpts;
use proptest::prelude::*;
use scraper::{Html, HtmlTreeSink};
use serde_json::{Value, json};
use zonetext::extract::parse::tokenizer::{Start, State, tokenize};
use zonetext::extract::parse::{Options, parse, parse_with};

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

/// Collects tokens in the form of the html5lib tests.
#[derive(Default)]
struct Collected(RefCell<Vec<Value>>);

impl Collected {
    fn text(&self, text: &str) {
        let mut tokens = self.0.borrow_mut();
        match tokens.last_mut() {
            Some(Value::Array(last)) if last[0] == "Character" => {
                last[1] = json!(format!("{}{text}", last[1].as_str().unwrap()));
            }
            _ => tokens.push(json!(["Character", text])),
        }
    }
}

impl TokenSink for Collected {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let string = |text: &Option<StrTendril>| text.as_ref().map(|text| text.to_string());
        let token = match token {
            Token::DoctypeToken(d) => {
                json!(["DOCTYPE", string(&d.name), string(&d.public_id), string(&d.system_id), !d.force_quirks])
            }
            Token::TagToken(tag) if tag.kind == TagKind::EndTag => json!(["EndTag", tag.name.to_string()]),
            Token::TagToken(tag) => {
                let attributes = tag.attrs.iter().map(|a| (a.name.local.to_string(), json!(a.value.to_string())));
                let attributes = Value::Object(attributes.collect());
                let mut token = json!(["StartTag", tag.name.to_string(), attributes]);
                if tag.self_closing {
                    token.as_array_mut().unwrap().push(json!(true));
                }
                token
            }
            Token::CommentToken(text) => json!(["Comment", text.to_string()]),
            Token::CharacterTokens(text) => {
                self.text(&text);
                return TokenSinkResult::Continue;
            }
            Token::NullCharacterToken => {
                self.text("\0");
                return TokenSinkResult::Continue;
            }
            Token::EOFToken | Token::ParseError(_) => return TokenSinkResult::Continue,
        };
        self.0.borrow_mut().push(token);
        TokenSinkResult::Continue
    }
}

/// Undoes the second escaping of some html5lib tests; `None` where it gives a lone surrogate, which no text can hold.
fn unescaped(value: &Value) -> Option<Value> {
    Some(match value {
        Value::String(text) => {
            let mut units = Vec::new();
            let mut rest = text.as_str();
            while let Some(at) = rest.find("\\u") {
                units.extend(rest[..at].encode_utf16());
                units.push(u16::from_str_radix(&rest[at + 2..at + 6], 16).unwrap());
                rest = &rest[at + 6..];
            }
            units.extend(rest.encode_utf16());
            json!(String::from_utf16(&units).ok()?)
        }
        Value::Array(items) => Value::Array(items.iter().map(unescaped).collect::<Option<_>>()?),
        Value::Object(items) => {
            let items = items
                .iter()
                .map(|(key, value)| Some((unescaped(&json!(key))?.as_str()?.to_owned(), unescaped(value)?)));
            Value::Object(items.collect::<Option<_>>()?)
        }
        other => other.clone(),
    })
}

fn initial_state(name: &str) -> State {
    match name {
        "Data state" => State::Data,
        "PLAINTEXT state" => State::Plaintext,
        "RCDATA state" => State::Rcdata,
        "RAWTEXT state" => State::Rawtext,
        "Script data state" => State::Script,
        "CDATA section state" => State::Cdata,
        other => panic!("unknown state {other}"),
    }
}

/// Runs a case of html5lib from each of its states; the tokens that differ.
fn html5lib_failure(case: &Value) -> Option<String> {
    let escaped = case["doubleEscaped"] == true;
    let (input, expected) = match escaped {
        true => (unescaped(&case["input"])?, unescaped(&case["output"])?),
        false => (case["input"].clone(), case["output"].clone()),
    };
    let input = input.as_str().unwrap().replace("\r\n", "\n").replace('\r', "\n");
    let states = case["initialStates"].as_array().cloned().unwrap_or(vec![json!("Data state")]);
    states.iter().find_map(|state| {
        let state = initial_state(state.as_str().unwrap());
        let last_start_tag = case["lastStartTag"].as_str().unwrap_or("").into();
        let sink = Collected::default();
        tokenize(&StrTendril::from(&*input), &sink, &Start { state, last_start_tag }, &Options::exact());
        let found = Value::Array(sink.0.take());
        (found != expected).then(|| format!("{} from {state:?}\n  {found}\n  {expected}", case["description"]))
    })
}

#[test]
fn html5lib_tokenizer_tests() {
    let mut ran = 0;
    let mut failures = Vec::new();
    for path in files(Path::new("fixtures/extract/html5lib"), ".test") {
        let file: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        // "xmlViolationTests" expect the names of XML, which no HTML tree has.
        for case in file["tests"].as_array().into_iter().flatten() {
            ran += 1;
            failures.extend(html5lib_failure(case).map(|failure| format!("{}: {failure}", path.display())));
        }
    }
    assert!(ran > 6000, "only {ran} cases");
    assert!(failures.is_empty(), "{} of {ran}:\n{}", failures.len(), failures.join("\n"));
}

/// Pieces of markup that between them reach every state of the tokenizer and most rules of the tree.
const PIECES: &[&str] = &[
    "<p>",
    "</p>",
    "<div class=a>",
    "</div>",
    "<b>",
    "</b>",
    "<i x=1>",
    "</i>",
    "<a href='u?a=1&copy=2&amp;b&lt'>",
    "</a>",
    "<font color=red>",
    "</font>",
    "<table>",
    "</table>",
    "<tr>",
    "<td>",
    "</td>",
    "<caption>",
    "<colgroup>",
    "<col>",
    "<select>",
    "<option>",
    "</option>",
    "</select>",
    "<ul>",
    "<li>",
    "</ul>",
    "<dl><dt>",
    "<dd>",
    "<h1>",
    "</h2>",
    "<br>",
    "</br>",
    "<img src=x alt=\"&nbsp;y\">",
    "<image/>",
    "<hr/>",
    "<input type=hidden>",
    "<input>",
    "<form>",
    "</form>",
    "<button>",
    "</button>",
    "<nobr>",
    "<ruby><rb>",
    "<rt>",
    "<rp>",
    "</ruby>",
    "<object>",
    "</object>",
    "<marquee>",
    "<svg>",
    "</svg>",
    "<svg viewbox=0 xlink:href=a />",
    "<foreignObject>",
    "<desc>",
    "<math>",
    "<mi>",
    "</math>",
    "<annotation-xml encoding=text/html>",
    "<mglyph>",
    "<![CDATA[x]]>",
    "<![CDATA[]]]]>",
    "<![CDATA[\0",
    "<title>",
    "</title>",
    "<textarea>\n",
    "</textarea >",
    "<pre>",
    "<listing>",
    "<pre>&#10",
    "<pre></>\n",
    "<script>",
    "</script>",
    "</script>\u{feff}",
    "<script><!--",
    "<script><!--<script>",
    "<script><!--><script></script>",
    "--></script>",
    "</SCRIPT\t/>",
    "<style>",
    "</style>",
    "<noscript>",
    "</noscript>",
    "<iframe>",
    "</iframe>",
    "<noembed>",
    "<noframes>",
    "</noframes>",
    "<xmp>",
    "</xmp>",
    "<plaintext>",
    "<template>",
    "</template>",
    "<html lang=zh>",
    "</html>",
    "<head>",
    "</head>",
    "<body bgcolor=x>",
    "</body>",
    "<frameset>",
    "<frame>",
    "</frameset>",
    "<meta charset=gbk>",
    "<meta charset=gbk>\u{feff}",
    "<base href=/>",
    "<link>",
    "<meta http-equiv=content-type content='text/html; charset=gbk'>",
    "<!DOCTYPE html>",
    "<!doctype",
    "<!DOCTYPE a PUBLIC \"-//W3C//DTD HTML 3.2//\">",
    "<!DOCTYPE html SYSTEM 'about:legacy-compat' x>",
    "<!DOCTYPE html PUBLIC 'a>",
    "<!-- 中 -->",
    "<!-->",
    "<!--->",
    "<!--a--!>",
    "<!--a--",
    "<!-- <!-- --> -->",
    "<!x>",
    "<?php ?>",
    "</ x>",
    "</>",
    "<>",
    "< ",
    "<",
    "</",
    "<!",
    "&",
    "&amp",
    "&amp;",
    "&ampx",
    "&notit;",
    "&notin;",
    "&nbsp",
    "&#",
    "&#x",
    "&#65",
    "&#x4e2d;",
    "&#0;",
    "&#128;",
    "&#xD800;",
    "&#x110000;",
    "&#13;",
    "&NewLine;",
    "&nGt;",
    "&zz;",
    "\0",
    "\n",
    "\r",
    "\r\n",
    " ",
    "\t",
    "\u{c}",
    "\u{feff}",
    "\u{a0}",
    "文字，内容。",
    "text",
    "-",
    "--",
    "-->",
    ">",
    "]]>",
    "=",
    "\"",
    "'",
    "/",
    "<A HREF=X CLASS=y>",
    "<p a=1 a=2 A=3>",
    "<p a =\n'b' c = d/>",
    "<p =a==b>",
    "<p \0=\0>",
    "<p a=\"\0&#0;\">",
    "<p\u{3000}x>",
    "<P\0>",
    "<p a='b'c=d>",
    "<p/a>",
    "<p /a / >",
    "<p 中=文>",
    "<p a=>",
    "<p a='",
    "<p a",
    "<x-very-long-element data-and-attribute=1>",
    "</x-very-long-element>",
    "<search>",
    "<menu>",
    "<keygen>",
    "<isindex>",
    "<rtc>",
    "<optgroup>",
    "<tbody>",
    "<th>",
    "</tr>",
    "</tbody>",
    "<u>",
    "<s>",
    "<em>",
    "<code>",
    "</code>",
];

fn markup() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..40).prop_map(|pieces| pieces.concat())
}

/// A page that has everything, to be spoiled.
const PAGE: &str = include_str!("../../fixtures/extract/parse/everything.html");

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

/// Shapes that cost other parsers minutes or gigabytes, with the text that must come out and the budget that must speak.
fn hostile(repeats: usize) -> Vec<(&'static str, String, Option<&'static str>)> {
    let n = repeats;
    let numbered = |piece: &dyn Fn(usize) -> String, n: usize| (0..n).map(piece).collect::<String>();
    vec![
        ("nested div", "<div>".repeat(n) + "尾", Some("depth")),
        ("nested div, closed", "<div>".repeat(n) + "中" + &"</div>".repeat(n) + "<p>尾</p>", Some("depth")),
        ("nested lists", "<ul><li>".repeat(n) + "尾", Some("depth")),
        ("distinct fonts", numbered(&|i| format!("<font color=c{i}>x"), n / 10) + "尾", Some("depth")),
        ("attributes", format!("<div {}>尾</div>", numbered(&|i| format!("a{i}=1 "), n)), None),
        ("select", format!("<select>{}</select><p>尾</p>", "<option>x<b>".repeat(n / 10)), Some("depth")),
        ("adoption agency", "<b>x<p>".repeat(n / 10) + "尾", None),
        (
            "fonts in paragraphs",
            numbered(&|i| format!("<p><font class=c{i}>x"), 500) + &"<p>x".repeat(n / 10) + "尾",
            Some("nodes"),
        ),
        ("unclosed links", "<a href=x>y".repeat(n / 10) + "<p>尾</p>", None),
        ("nested tables", "<table><tr><td>".repeat(n / 100) + "尾", Some("depth")),
        ("NULs", format!("<p>{}尾</p>", "\0a".repeat(n)), None),
        ("unclosed comment", format!("<p>尾</p><!--{}", "-".repeat(n)), None),
        ("unclosed script", format!("<p>尾</p><script>{}", "x<".repeat(n)), None),
        ("unclosed title", format!("<p>尾</p><title>{}", "</titl".repeat(n)), None),
        ("references", format!("<p>{}</p><p>尾</p>", "&amp;".repeat(n)), None),
        ("references that are none", format!("<p>{}</p><p>尾</p>", "&aaaaaaaaaaaaaaaaaaaaaaaa".repeat(n / 10)), None),
        ("less than", format!("<p>{}</p><p>尾</p>", "< ".repeat(n)), None),
        ("SVG in MathML", format!("{}<p>尾</p>", "<svg><math>".repeat(n / 10)), Some("depth")),
        ("SVG titles", format!("{}<p>尾</p>", "<svg><style>".repeat(n / 10)), Some("depth")),
        ("templates", format!("<p>尾</p>{}", "<template>".repeat(n / 10)), Some("depth")),
        ("framesets", format!("{}<noframes>尾</noframes>", "<frameset>".repeat(n / 10)), Some("depth")),
        ("CDATA", format!("<svg><![CDATA[{}]]></svg><p>尾", "]]".repeat(n)), None),
        ("doctype", format!("<!doctype a public '{}'><p>尾", "a".repeat(n)), None),
        ("page in a tag", format!("<p>尾<div a=\"{}", "<p>x</p>".repeat(n)), None),
    ]
}

#[test]
fn hostile_pages_cost_no_text_and_little_time() {
    for (name, text, budget) in hostile(if cfg!(debug_assertions) { 50_000 } else { 1_000_000 }) {
        let start = std::time::Instant::now();
        let parsed = parse(&text);
        let took = start.elapsed();
        assert!(characters(&parsed.html).contains(&'尾'), "{name}: text is lost");
        let limit = parsed.limit.unwrap_or_default();
        match budget {
            Some(budget) => assert!(limit.starts_with(budget) && limit.ends_with("text kept"), "{name}: {limit:?}"),
            None => assert_eq!(limit, "", "{name}"),
        }
        // Quadratic behaviour takes minutes; a busy machine takes seconds.
        assert!(took.as_secs() < 10, "{name}: {took:?}");
    }
}

#[test]
fn deep_elements_are_left_out_with_their_end_tags() {
    let (deep, closed) = (3000, 2900);
    let text = format!("{}中{}<p id=after>尾</p>", "<div>".repeat(deep), "</div>".repeat(closed));
    let html = parse(&text).html;
    let after = html.tree.nodes().find(|n| n.value().as_element().is_some_and(|e| e.attr("id") == Some("after")));
    let above = after.unwrap().ancestors().filter(|n| n.value().as_element().is_some_and(|e| e.name() == "div"));
    assert_eq!(above.count(), deep - closed);
}

#[test]
fn too_many_attributes_are_left_out() {
    let attributes = |n: usize| (0..n).map(|i| format!("a{i} ")).collect::<String>();
    let exact = |n: usize| parse_with(&format!("<p {}>尾", attributes(n)), &Options::exact());
    let parsed = exact(1000);
    assert_eq!(parsed.limit.as_deref(), Some("attributes: over 256 in one tag, 744 left out"));
    assert_eq!(exact(256).limit, None);
}
