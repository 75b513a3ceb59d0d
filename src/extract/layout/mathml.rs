//! MathML to TeX, for pages that hold no TeX of their own.
//!
//! In: a `math` element. Out: TeX that says the same. Signs go by a table (Unicode to command), elements by what they do with their
//! children. What is not known gives its children's TeX one after the other, so no sign is lost.

use crate::extract::parse::{Content, Place};

/// Signs and their commands. A letter may follow a command only after a blank, which [`push`] puts.
#[rustfmt::skip]
const SIGNS: &[(&str, &str)] = &[
    ("α", "\\alpha"), ("β", "\\beta"), ("γ", "\\gamma"), ("δ", "\\delta"), ("ε", "\\varepsilon"), ("ϵ", "\\epsilon"), ("ζ", "\\zeta"),
    ("η", "\\eta"), ("θ", "\\theta"), ("ϑ", "\\vartheta"), ("ι", "\\iota"), ("κ", "\\kappa"), ("λ", "\\lambda"), ("μ", "\\mu"), ("ν", "\\nu"),
    ("ξ", "\\xi"), ("π", "\\pi"), ("ρ", "\\rho"), ("σ", "\\sigma"), ("ς", "\\varsigma"), ("τ", "\\tau"), ("υ", "\\upsilon"), ("φ", "\\varphi"),
    ("ϕ", "\\phi"), ("χ", "\\chi"), ("ψ", "\\psi"), ("ω", "\\omega"), ("Γ", "\\Gamma"), ("Δ", "\\Delta"), ("Θ", "\\Theta"), ("Λ", "\\Lambda"),
    ("Ξ", "\\Xi"), ("Π", "\\Pi"), ("Σ", "\\Sigma"), ("Φ", "\\Phi"), ("Ψ", "\\Psi"), ("Ω", "\\Omega"),
    ("∑", "\\sum"), ("∏", "\\prod"), ("∫", "\\int"), ("∬", "\\iint"), ("∭", "\\iiint"), ("∮", "\\oint"), ("∂", "\\partial"), ("∇", "\\nabla"),
    ("√", "\\surd"), ("∞", "\\infty"), ("±", "\\pm"), ("∓", "\\mp"), ("×", "\\times"), ("÷", "\\div"), ("⋅", "\\cdot"), ("·", "\\cdot"),
    ("∗", "*"), ("−", "-"), ("≤", "\\leq"), ("≥", "\\geq"), ("≠", "\\neq"), ("≈", "\\approx"), ("≡", "\\equiv"), ("∼", "\\sim"), ("≃", "\\simeq"),
    ("≅", "\\cong"), ("∝", "\\propto"), ("≪", "\\ll"), ("≫", "\\gg"), ("→", "\\to"), ("←", "\\leftarrow"), ("↔", "\\leftrightarrow"),
    ("⇒", "\\Rightarrow"), ("⇐", "\\Leftarrow"), ("⇔", "\\Leftrightarrow"), ("↦", "\\mapsto"), ("⟶", "\\longrightarrow"), ("⟹", "\\Longrightarrow"),
    ("∈", "\\in"), ("∉", "\\notin"), ("∋", "\\ni"), ("⊂", "\\subset"), ("⊃", "\\supset"), ("⊆", "\\subseteq"), ("⊇", "\\supseteq"),
    ("∪", "\\cup"), ("∩", "\\cap"), ("⋃", "\\bigcup"), ("⋂", "\\bigcap"), ("∅", "\\emptyset"), ("∀", "\\forall"), ("∃", "\\exists"), ("¬", "\\neg"),
    ("∧", "\\land"), ("∨", "\\lor"), ("⊕", "\\oplus"), ("⊗", "\\otimes"), ("⊥", "\\perp"), ("∥", "\\parallel"), ("∠", "\\angle"), ("△", "\\triangle"),
    ("∘", "\\circ"), ("°", "^\\circ"), ("′", "'"), ("″", "''"), ("…", "\\ldots"), ("⋯", "\\cdots"), ("⋮", "\\vdots"), ("⋱", "\\ddots"),
    ("⟨", "\\langle"), ("⟩", "\\rangle"), ("⌊", "\\lfloor"), ("⌋", "\\rfloor"), ("⌈", "\\lceil"), ("⌉", "\\rceil"), ("‖", "\\|"), ("∣", "\\mid"),
    ("ℝ", "\\mathbb{R}"), ("ℕ", "\\mathbb{N}"), ("ℤ", "\\mathbb{Z}"), ("ℚ", "\\mathbb{Q}"), ("ℂ", "\\mathbb{C}"), ("ℓ", "\\ell"), ("ℏ", "\\hbar"),
    ("{", "\\{"), ("}", "\\}"), ("%", "\\%"), ("#", "\\#"), ("&", "\\&"), ("$", "\\$"), ("_", "\\_"),
    ("\u{2061}", ""), ("\u{2062}", ""), ("\u{2063}", ""), ("\u{2064}", ""), ("\u{200b}", ""), ("\u{a0}", "\\ "),
];

/// Names that TeX sets upright with a command of their own.
const NAMES: &[&str] = &[
    "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "exp", "log", "ln",
    "lg", "lim", "max", "min", "sup", "inf", "det", "dim", "ker", "gcd", "deg", "arg", "Pr", "limsup", "liminf", "mod",
];

/// Signs above or below, and their commands.
const ACCENTS: &[(&str, &str)] = &[
    ("^", "\\hat"),
    ("ˆ", "\\hat"),
    ("¯", "\\bar"),
    ("‾", "\\overline"),
    ("―", "\\overline"),
    ("~", "\\tilde"),
    ("˜", "\\tilde"),
    ("→", "\\vec"),
    ("⃗", "\\vec"),
    ("˙", "\\dot"),
    (".", "\\dot"),
    ("¨", "\\ddot"),
    ("⏞", "\\overbrace"),
    ("_", "\\underline"),
    ("⏟", "\\underbrace"),
];

/// An element whose children are being converted.
struct Frame<'a> {
    place: Place<'a>,
    parts: Vec<String>,
}

/// The TeX of a `math` element. Iterative: its depth is the page's choice.
pub fn tex(math: Place) -> String {
    let mut stack = vec![Frame { place: math, parts: Vec::new() }];
    let mut next = math.first_child();
    loop {
        if let Some(place) = next {
            match place.content() {
                Content::Element { .. } => {
                    stack.push(Frame { place, parts: Vec::new() });
                    next = place.first_child();
                }
                _ => {
                    if let (Some(text), Some(frame)) = (place.text(), stack.last_mut())
                        && !text.trim().is_empty()
                    {
                        frame.parts.push(text.trim().to_owned());
                    }
                    next = place.next_sibling();
                }
            }
            continue;
        }
        let Some(Frame { place, parts }) = stack.pop() else { return String::new() };
        let done = element(place, parts);
        match stack.last_mut() {
            Some(frame) => frame.parts.push(done),
            None => return done,
        }
        next = place.next_sibling();
    }
}

/// The TeX of an element from that of its children.
fn element(place: Place, mut parts: Vec<String>) -> String {
    let Some(markup) = place.markup() else { return String::new() };
    let count = parts.len();
    let mut part = |at: usize| std::mem::take(parts.get_mut(at).unwrap_or(&mut String::new()));
    match (markup.name(), count) {
        ("annotation" | "annotation-xml" | "mphantom", _) => String::new(),
        ("mi" | "mo" | "mn", _) => token(&parts.concat()),
        ("mtext" | "ms", _) => format!("\\text{{{}}}", parts.concat()),
        ("mspace", _) => "\\ ".to_owned(),
        ("mfrac", 2) => format!("\\frac{{{}}}{{{}}}", part(0), part(1)),
        ("msqrt", _) => format!("\\sqrt{{{}}}", joined(&parts)),
        ("mroot", 2) => format!("\\sqrt[{1}]{{{0}}}", part(0), part(1)),
        ("msup", 2) => format!("{}^{}", part(0), group(&part(1))),
        ("msub", 2) => format!("{}_{}", part(0), group(&part(1))),
        ("msubsup" | "munderover", 3) => format!("{}_{}^{}", part(0), group(&part(1)), group(&part(2))),
        ("mover", 2) => accent(&part(0), &part(1), "^"),
        ("munder", 2) => accent(&part(0), &part(1), "_"),
        ("mtable", _) => format!("\\begin{{matrix}}{}\\end{{matrix}}", parts.join(" \\\\ ")),
        ("mtr" | "mlabeledtr", _) => parts.join(" & "),
        ("mfenced", _) => {
            let (open, close) = (markup.value("open").unwrap_or("("), markup.value("close").unwrap_or(")"));
            let comma = markup.value("separators").map_or(",", |marks| marks.get(..1).unwrap_or(""));
            format!("\\left{}{}\\right{}", fence(open), parts.join(comma), fence(close))
        }
        _ => joined(&parts),
    }
}

/// Children one after the other.
fn joined(parts: &[String]) -> String {
    let mut out = String::new();
    parts.iter().for_each(|part| push(&mut out, part));
    out
}

/// Appends TeX, parted by a blank where a command would run into a letter.
fn push(out: &mut String, part: &str) {
    let command =
        out.rfind('\\').is_some_and(|at| out.len() > at + 1 && out[at + 1..].bytes().all(|b| b.is_ascii_alphabetic()));
    if command && part.starts_with(|c: char| c.is_ascii_alphabetic()) {
        out.push(' ');
    }
    out.push_str(part);
}

fn token(text: &str) -> String {
    if NAMES.contains(&text) {
        return format!("\\{text}");
    }
    if text.len() > 1 && text.bytes().all(|b| b.is_ascii_alphabetic()) {
        return format!("\\mathrm{{{text}}}");
    }
    let mut out = String::new();
    for c in text.chars() {
        let mut buffer = [0; 4];
        let sign: &str = c.encode_utf8(&mut buffer);
        push(&mut out, SIGNS.iter().find(|(known, _)| *known == sign).map_or(sign, |(_, command)| command));
    }
    out
}

/// In braces, unless it is one sign.
fn group(tex: &str) -> String {
    let mut chars = tex.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) if c != '\\' => tex.to_owned(),
        _ => format!("{{{tex}}}"),
    }
}

/// A sign above or below: an accent's command, else a limit.
fn accent(base: &str, sign: &str, place: &str) -> String {
    let own = |known: &str| known == sign || SIGNS.iter().any(|(raw, command)| *raw == known && *command == sign);
    match ACCENTS.iter().find(|(known, _)| own(known)) {
        Some((_, command)) if command.starts_with("\\under") == (place == "_") => format!("{command}{{{base}}}"),
        _ => format!("{base}{place}{}", group(sign)),
    }
}

fn fence(sign: &str) -> String {
    match sign.trim() {
        "" => ".".to_owned(),
        "{" => "\\{".to_owned(),
        "}" => "\\}".to_owned(),
        other => token(other),
    }
}
