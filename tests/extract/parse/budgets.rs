//! No page costs more than its length, and no budget costs text.

use zonetext::extract::parse::{Options, parse, parse_with};

use super::characters;

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
