//! What a page says, by a walk over its tree that takes its time.
//!
//! In: a page. Out: the characters that a reader sees in reading order, the cells of each table, the text of each `pre`.

use scraper::{Html, Node};
use zonetext::extract::parse;

type NodeRef<'a> = ego_tree::NodeRef<'a, Node>;

/// Stands for what another test looks at: the TeX that is made of MathML.
pub const ANYTHING: char = '\u{10ffff}';

/// What the tree of a page says.
#[derive(Default)]
pub struct Page {
    pub text: Vec<char>,
    /// It holds formulas, whose delimiters and dress do not count.
    pub formulas: bool,
    /// The cells of each table in which no other table lies.
    pub tables: Vec<Vec<String>>,
    /// The text of each `pre`, to the space, and whether it stands in a cell.
    pub programs: Vec<(String, bool)>,
}

/// Elements whose text no reader sees: data, and what is shown only where something else fails.
const UNSEEN: &[&str] = &[
    "script", "style", "template", "title", "noframes", "iframe", "object", "embed", "canvas", "audio", "video",
    "noembed", "applet", "meter", "progress",
];

/// Elements of a drawing that draw no text of their own.
const UNDRAWN: &[&str] = &["svg", "g", "defs", "title", "desc", "style", "script", "metadata"];

/// Class names of what MathJax drew beside its script.
const DRAWN: &[&str] = &[
    "MathJax_Preview",
    "MathJax",
    "MathJax_Display",
    "MathJax_SVG",
    "MathJax_SVG_Display",
    "MathJax_CHTML",
    "mjx-chtml",
];

/// Class names of what holds MathML and a drawing of it.
const HOLDERS: &[&str] = &["katex", "katex-display", "mwe-math-element", "mathjax-block"];

pub fn read(page: &str) -> Page {
    let html = parse::parse(page).html;
    let signs = [
        "<math",
        "math/tex",
        "math/latex",
        "data-tex",
        "data-latex",
        "data-formula",
        "\\(",
        "\\[",
        "$",
        "ltx_",
        "eeimg",
    ];
    let formulas = signs.iter().any(|sign| page.contains(sign)) || page.contains("alt=") && page.contains('\\');
    let mut said = String::new();
    said_by(html.tree.root(), &mut said);
    Page {
        text: visible(&said, formulas).chars().collect(),
        formulas,
        tables: tables(&html, formulas),
        programs: programs(&html),
    }
}

/// The text without white space and what has no width; delimiters and dress of formulas are no text where there are formulas.
pub fn visible(text: &str, formulas: bool) -> String {
    let none = |c: &char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' | '\u{2060}' | '\0');
    let text: String = text.chars().filter(|c| !c.is_whitespace() && !none(c)).collect();
    if !formulas {
        return text;
    }
    let dress = ["\\displaystyle", "\\textstyle", "\\scriptstyle", "%<![CDATA[", "%]]>"];
    let bare = dress.iter().fold(text, |text, dress| text.replace(dress, ""));
    bare.chars().filter(|c| !matches!(c, '\\' | '(' | ')' | '[' | ']' | '$' | '{' | '}')).collect()
}

fn name<'a>(node: NodeRef<'a>) -> &'a str {
    node.value().as_element().map_or("", |element| element.name())
}

fn attribute<'a>(node: NodeRef<'a>, name: &str) -> Option<&'a str> {
    node.value().as_element().and_then(|element| element.attr(name))
}

fn has_class(node: NodeRef, names: &[&str]) -> bool {
    attribute(node, "class").is_some_and(|class| class.split_ascii_whitespace().any(|own| names.contains(&own)))
}

fn text_of(node: NodeRef) -> String {
    node.descendants().filter_map(|node| node.value().as_text()).map(|text| &text[..]).collect()
}

/// The TeX of a `math`, or a sign that it has none.
fn tex_of(math: NodeRef) -> String {
    let is_tex = |node: &NodeRef| {
        name(*node) == "annotation"
            && attribute(*node, "encoding").is_some_and(|kind| kind.to_ascii_lowercase().contains("tex"))
    };
    let held = math.descendants().find(is_tex).map(text_of).or_else(|| attribute(math, "alttext").map(str::to_owned));
    held.filter(|tex| !tex.trim().is_empty()).unwrap_or_else(|| ANYTHING.into())
}

/// What a node says that is no text node to walk to: a formula, nothing, or all of a drawing.
fn special(node: NodeRef) -> Option<String> {
    let own = name(node);
    let script = attribute(node, "type").map(str::to_ascii_lowercase).unwrap_or_default();
    if own == "script" && (script.starts_with("math/tex") || script.starts_with("math/latex")) {
        return Some(text_of(node));
    }
    if UNSEEN.contains(&own) {
        return Some(String::new());
    }
    let held = ["data-tex", "data-latex", "data-formula"].iter().find_map(|name| attribute(node, name));
    if let Some(tex) = held.filter(|tex| !tex.trim().is_empty() && own != "img") {
        return Some(tex.to_owned());
    }
    let follows = |node: NodeRef| {
        node.next_siblings()
            .take(4)
            .any(|next| name(next) == "script" && special(next).is_some_and(|tex| !tex.is_empty()))
    };
    if has_class(node, DRAWN) && (follows(node) || node.parent().is_some_and(follows)) {
        return Some(String::new());
    }
    if own == "math" {
        return Some(tex_of(node));
    }
    if has_class(node, &["ql-formula"]) {
        return attribute(node, "data-value").map(str::to_owned);
    }
    if has_class(node, &["ltx_eqn_row"]) {
        return Some(ANYTHING.into());
    }
    if own == "mjx-container" || has_class(node, HOLDERS) || has_class(node, DRAWN) {
        return node.descendants().skip(1).find(|inner| name(*inner) == "math").map(tex_of);
    }
    (own == "img" || own == "picture").then(|| picture(node))
}

/// An image may be a formula or the sign of an emoticon.
fn picture(node: NodeRef) -> String {
    let image = node.children().find(|child| name(*child) == "img").unwrap_or(node);
    let of = |name| attribute(image, name).or_else(|| attribute(node, name)).unwrap_or("");
    let address = ["src", "data-src", "data-actualsrc", "data-original"].map(of).join(" ");
    let drawn =
        ["codecogs.com", "/equation", "latex.php", "/math/render", "/chart"].iter().any(|sign| address.contains(sign));
    let named = has_class(node, &["tex", "latex", "math", "equation", "formula"]) || of("class").contains("mwe-math");
    let sign = of("class").contains("emoji") || of("class").contains("emoticon");
    if drawn || named || sign || of("alt").contains('\\') || attribute(node, "eeimg").is_some() {
        ANYTHING.into()
    } else {
        String::new()
    }
}

fn said_by(root: NodeRef, out: &mut String) {
    let mut stack = vec![(root, false)];
    while let Some((node, drawing)) = stack.pop() {
        if let Some(text) = node.value().as_text() {
            if !drawing || !node.parent().is_some_and(|parent| UNDRAWN.contains(&name(parent))) {
                out.push_str(text);
            }
            continue;
        }
        if !drawing && let Some(special) = special(node) {
            out.push_str(&special);
            continue;
        }
        let drawing = drawing || name(node) == "svg";
        stack.extend(node.children().rev().map(|child| (child, drawing)));
    }
}

fn tables(html: &Html, formulas: bool) -> Vec<Vec<String>> {
    let all = html.tree.nodes().filter(|node| name(*node) == "table");
    let innermost = all.filter(|table| table.descendants().skip(1).all(|node| name(node) != "table"));
    let cells = |table: NodeRef| -> Vec<String> {
        let cells = table.descendants().filter(|node| matches!(name(*node), "td" | "th"));
        let said = |cell| {
            let mut said = String::new();
            said_by(cell, &mut said);
            visible(&said, formulas)
        };
        cells.map(said).collect()
    };
    innermost.map(cells).collect()
}

/// Elements that stand in a line of a program and change nothing of it.
const IN_CODE: &[&str] = &["span", "a", "b", "i", "em", "strong", "font", "br", "u", "mark", "code", "var"];

/// The texts of those `pre` that hold one program and nothing beside it.
fn programs(html: &Html) -> Vec<(String, bool)> {
    let plain = |pre: &NodeRef| {
        let elements = || pre.descendants().skip(1).filter(|node| node.value().is_element());
        elements()
            .all(|node| IN_CODE.contains(&name(node)) && attribute(node, "class").is_none_or(|class| !beside(class)))
            && elements().filter(|node| name(*node) == "code").count() <= 1
    };
    let text = |pre: NodeRef| -> String {
        let mut text = String::new();
        for node in pre.descendants() {
            match node.value() {
                Node::Text(own) => text.push_str(&own.replace('\u{a0}', " ").replace('\0', "")),
                Node::Element(element) if element.name() == "br" => text.push('\n'),
                _ => {}
            }
        }
        let text = text.replace(['\u{2028}', '\u{2029}', '\u{85}', '\u{c}', '\u{b}'], "\n");
        text.strip_suffix('\n').map(str::to_owned).unwrap_or(text)
    };
    let all = html.tree.nodes().filter(|node| name(*node) == "pre").filter(plain);
    // Digits alone are the numbers of lines.
    let says = |text: &str| text.contains(|c: char| !c.is_whitespace() && !c.is_ascii_digit());
    let in_cell = |pre: NodeRef| pre.ancestors().any(|node| matches!(name(node), "td" | "th"));
    all.map(|pre| (text(pre), in_cell(pre))).filter(|(text, _)| says(text)).collect()
}

/// A class that may name line numbers, a button or a style that hides.
fn beside(class: &str) -> bool {
    ["line", "gutter", "num", "copy", "btn", "button", "lang", "tool", "bar", "hidden", "math", "katex"]
        .iter()
        .any(|word| class.contains(word))
}

/// A text whose white space says something, as sentences do not.
pub fn is_program(text: &str) -> bool {
    let han = text.chars().filter(|c| ('\u{3400}'..='\u{9fff}').contains(c)).count();
    han * 4 < text.chars().count()
}
