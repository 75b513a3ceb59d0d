//! Formulas as TeX, whoever drew them.
//!
//! In: an element that may be a formula. Out: its TeX, and whether it stands by itself. TeX that the page holds (an annotation, a script, an
//! attribute, an address) is taken as it is; MathML without it is converted (`mathml`).

use super::seen::Seen;
use super::{code, mathml};
use crate::extract::parse::{Markup, Place};

/// A formula.
#[derive(Debug, PartialEq, Eq)]
pub struct Formula {
    pub tex: String,
    pub display: bool,
}

/// What an element is to a formula.
#[derive(Debug, PartialEq, Eq)]
pub enum Role {
    None,
    /// It is one.
    Formula(Formula),
    /// A drawing of one whose TeX stands in the script that follows.
    Drawing,
}

/// Class names of MathJax 2's drawings, previews among them.
const DRAWINGS: [&str; 7] = [
    "MathJax_Preview",
    "MathJax",
    "MathJax_Display",
    "MathJax_SVG",
    "MathJax_SVG_Display",
    "MathJax_CHTML",
    "mjx-chtml",
];

/// Class names of elements that hold MathML with its TeX and a drawing of it.
const HOLDERS: [&str; 4] = ["katex", "katex-display", "mwe-math-element", "mathjax-block"];

/// What an element other than an image is.
pub fn role(markup: Markup, place: Place, seen: &Seen) -> Role {
    if markup.name() == "math" {
        return math(place, false).map_or(Role::None, Role::Formula);
    }
    let class = seen.class.unwrap_or("");
    if let Some(tex) = seen.held {
        let display = class.contains("display") || class.contains("block") || tex.trim_start().starts_with("$$");
        return formula(tex, display);
    }
    if class.is_empty() && markup.name() != "mjx-container" {
        return Role::None;
    }
    let has = |names: &[&str]| class.split_ascii_whitespace().any(|name| names.contains(&name));
    if has(&DRAWINGS) && script_follows(place) {
        return Role::Drawing;
    }
    // LaTeXML lays a formula out in the cells of a row.
    if has(&["ltx_eqn_row"]) {
        let parts: Vec<String> =
            all_inside(place).into_iter().filter_map(|part| math(part, true)).map(|part| part.tex).collect();
        return formula(&parts.join(" "), true);
    }
    if has(&["ql-formula"])
        && let Some(tex) = markup.value("data-value")
    {
        return formula(tex, false);
    }
    if markup.name() == "mjx-container" || has(&HOLDERS) || has(&DRAWINGS) {
        let display = has(&["katex-display", "MathJax_Display", "MathJax_SVG_Display"])
            || markup.value("display") == Some("true");
        return inside(place).and_then(|math_place| math(math_place, display)).map_or(Role::None, Role::Formula);
    }
    Role::None
}

/// Whether a `math`, or a `script` that a program draws, is a formula by its name alone.
pub fn is_held(markup: Markup) -> bool {
    let program = |kind: &str| kind.starts_with("math/tex") || kind.starts_with("math/latex");
    markup.name() == "math" || markup.name() == "script" && markup.value("type").is_some_and(program)
}

/// The number that LaTeXML sets beside a formula, in a cell of the same row.
pub fn number(place: Place, class: Option<&str>) -> Option<String> {
    class.filter(|class| class.split_ascii_whitespace().any(|name| name == "ltx_eqn_row"))?;
    let is_cell = |node: &Place| {
        let class = node.markup().and_then(|markup| markup.value("class"));
        class.is_some_and(|class| class.split_ascii_whitespace().any(|name| name == "ltx_eqn_eqno"))
    };
    place.descendants().find(is_cell).map(code::text_of).filter(|number| !number.is_empty())
}

/// The formula of a `script`, if it holds one.
pub fn script(markup: Markup, place: Place) -> Option<Formula> {
    let kind = markup.value("type")?;
    let kind = kind.to_ascii_lowercase();
    if kind.starts_with("math/mml") {
        return None;
    }
    if !kind.starts_with("math/tex") && !kind.starts_with("math/latex") {
        return None;
    }
    let tex: String = place.children().filter_map(Place::text).collect();
    let display = kind.contains("display");
    let tex = tex.trim();
    let tex = tex.strip_prefix("% <![CDATA[").unwrap_or(tex).trim();
    let tex = tex.strip_suffix("%]]>").unwrap_or(tex);
    cleaned(tex, display)
}

/// The formula that an image draws.
pub fn image(markup: Markup) -> Option<Formula> {
    let alt = markup.value("alt").unwrap_or("").trim();
    let class = markup.value("class").unwrap_or("");
    let has = |name: &str| class.split_ascii_whitespace().any(|own| own == name);
    let source =
        ["data-src", "data-actualsrc", "data-original", "src"].iter().find_map(|name| markup.value(name)).unwrap_or("");
    if let Some(tex) = of_address(source) {
        let alone = markup.value("eeimg") == Some("2");
        return cleaned(if alt.contains('\\') || alt.len() >= tex.len() { alt } else { &tex }, alone);
    }
    let named =
        markup.value("eeimg").is_some() || ["tex", "latex", "math", "equation", "formula"].iter().any(|name| has(name));
    let wiki = class.contains("mwe-math-fallback");
    (named || wiki || is_tex(alt))
        .then(|| cleaned(alt, class.contains("fallback-image-display") || has("display")))
        .flatten()
}

/// Words for an image that are TeX: a command with letters, and what commands work on.
fn is_tex(alt: &str) -> bool {
    let command = alt.split('\\').skip(1).any(|part| part.bytes().take_while(u8::is_ascii_alphabetic).count() > 1);
    command && alt.contains(['{', '^', '_', '=']) && !alt.contains(":\\")
}

/// The TeX in the address of a program that draws it.
fn of_address(source: &str) -> Option<String> {
    let (host, query) = source.split_once('?')?;
    let draws = host.contains("codecogs.com")
        || host.ends_with("/equation")
        || host.contains("latex.php")
        || host.ends_with("/math/render")
        || host.ends_with("/chart") && query.contains("cht=tx");
    if !draws {
        return None;
    }
    let coded = query.split('&').find_map(|part| {
        part.strip_prefix("tex=").or_else(|| part.strip_prefix("latex=")).or_else(|| part.strip_prefix("chl="))
    });
    let coded = coded.unwrap_or(query);
    let plus = coded.replace('+', if coded.contains("%20") { "+" } else { " " });
    let tex = decoded(&plus);
    let tex = ["\\dpi{", "\\bg_", "\\large", "\\inline"].iter().fold(tex.as_str(), |tex, dress| {
        match tex.strip_prefix(dress) {
            Some(rest) if dress.ends_with('{') => rest.split_once('}').map_or(tex, |(_, rest)| rest.trim_start()),
            Some(rest) if dress.ends_with('_') => rest.split_once(' ').map_or(tex, |(_, rest)| rest.trim_start()),
            Some(rest) if !rest.starts_with(char::is_alphabetic) => rest.trim_start(),
            _ => tex,
        }
    });
    Some(tex.to_owned())
}

/// Percent-encoding undone.
fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = bytes
            .get(at + 1..at + 3)
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match (bytes[at], code) {
            (b'%', Some(code)) => {
                out.push(code);
                at += 3;
            }
            (byte, _) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Siblings after a drawing among which its script stands.
const NEAR: usize = 4;

fn script_follows(place: Place) -> bool {
    let next = std::iter::successors(place.next_sibling(), |sibling| sibling.next_sibling());
    let here = next.take(NEAR).filter_map(Place::markup).any(is_script);
    // The preview stands beside the script, a display around the drawing does too.
    here || place.parent().is_some_and(|parent| {
        let next = std::iter::successors(parent.next_sibling(), |sibling| sibling.next_sibling());
        next.take(NEAR).filter_map(Place::markup).any(is_script)
    })
}

fn is_script(markup: Markup) -> bool {
    markup.name() == "script" && markup.value("type").is_some_and(|kind| kind.starts_with("math/tex"))
}

/// Nodes that are looked at for the `math` in a drawing.
const SEARCHED: usize = 4000;

fn is_math(place: &Place) -> bool {
    place.markup().is_some_and(|markup| markup.name() == "math")
}

/// The `math` elements in a row.
fn all_inside(place: Place) -> Vec<Place> {
    place.descendants().filter(is_math).collect()
}

/// The first `math` in an element.
fn inside(place: Place) -> Option<Place> {
    place.descendants().skip(1).take(SEARCHED).find(is_math)
}

/// The formula of a `math` element: its annotation, else its `alttext`, else converted.
fn math(place: Place, display: bool) -> Option<Formula> {
    let markup = place.markup()?;
    let display = display || markup.value("display") == Some("block");
    let is_tex = |markup: Markup| {
        let kind = markup.value("encoding").unwrap_or("");
        markup.name() == "annotation" && kind.to_ascii_lowercase().contains("tex")
    };
    let annotation = place.descendants().find(|node| node.markup().is_some_and(is_tex)).map(code::text_of);
    let held = annotation.or_else(|| markup.value("alttext").map(str::to_owned)).filter(|tex| !tex.trim().is_empty());
    match held {
        Some(tex) => cleaned(&tex, display),
        None => cleaned(&mathml::tex(place), display),
    }
}

fn formula(tex: &str, display: bool) -> Role {
    cleaned(tex, display).map_or(Role::None, Role::Formula)
}

/// TeX on one line, without delimiters or the dress that MediaWiki puts around it.
fn cleaned(tex: &str, display: bool) -> Option<Formula> {
    let mut tex = tex.trim();
    let mut display = display;
    for (open, close, alone) in [("$$", "$$", true), ("\\[", "\\]", true), ("\\(", "\\)", false), ("$", "$", false)] {
        if let Some(inner) = tex.strip_prefix(open).and_then(|rest| rest.strip_suffix(close)) {
            tex = inner.trim();
            display |= alone;
            break;
        }
    }
    for dress in ["{\\displaystyle ", "{\\textstyle ", "{\\scriptstyle "] {
        if let Some(inner) = tex.strip_prefix(dress).and_then(|rest| rest.strip_suffix('}'))
            && balanced(inner)
        {
            tex = inner.trim();
        }
    }
    let text: String =
        tex.split(['\n', '\r', '\t']).map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(Formula { tex: text, display })
}

/// Its braces close in it.
fn balanced(tex: &str) -> bool {
    let mut depth = 0i64;
    let mut escaped = false;
    for byte in tex.bytes() {
        match byte {
            b'\\' if !escaped => {
                escaped = true;
                continue;
            }
            b'{' if !escaped => depth += 1,
            b'}' if !escaped => depth -= 1,
            _ => {}
        }
        escaped = false;
        if depth < 0 {
            return false;
        }
    }
    depth == 0
}
