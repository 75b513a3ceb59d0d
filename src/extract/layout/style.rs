//! What styles hide from the reader.
//!
//! In: `style` attributes, and the page's own `<style>` sheets. Out: whether an element is seen. Of a sheet, rules count whose selectors are
//! one element, class or id: jammers of forums and novel sites are hidden so. Rules within `@media` and the like do not count.

use super::seen::Seen;
use memchr::memmem;
use std::borrow::Cow;
use std::collections::HashMap;

/// Classes that mean "for screen readers only" wherever they stand.
const UNSEEN: &[&str] =
    &["sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "screen-reader-only", "u-visually-hidden"];

/// What the page's sheets hide, by selector (`p`, `.x`, `#x`).
#[derive(Debug)]
pub struct Sheet {
    elements: HashMap<String, bool>,
    classes: HashMap<String, bool>,
    ids: HashMap<String, bool>,
    is_empty: bool,
}

impl Default for Sheet {
    fn default() -> Sheet {
        Sheet { elements: HashMap::new(), classes: HashMap::new(), ids: HashMap::new(), is_empty: true }
    }
}

/// A sheet without any of these hides nothing.
const SIGNS: [&str; 7] = ["none", "hidden", "collapse", "-9", "opacity", "font-size:0", "font-size: 0"];

impl Sheet {
    /// Reads one `<style>`.
    pub fn read(&mut self, css: &str) {
        if !SIGNS.iter().any(|sign| memmem::find(css.as_bytes(), sign.as_bytes()).is_some()) {
            return;
        }
        let mut rest = css;
        while let Some(brace) = memchr::memchr(b'{', rest.as_bytes()) {
            let before = without_comments(&rest[..brace]);
            let from = memchr::memrchr2(b'}', b';', before.as_bytes()).map_or(0, |at| at + 1);
            let selectors = before[from..].trim();
            if selectors.starts_with('@') {
                rest = after_block(&rest[brace..]);
                continue;
            }
            let body = &rest[brace + 1..];
            let end = memchr::memchr(b'}', body.as_bytes()).unwrap_or(body.len());
            self.rule(selectors, &body[..end]);
            rest = body.get(end + 1..).unwrap_or("");
        }
    }

    fn rule(&mut self, selectors: &str, declarations: &str) {
        let Some(hidden) = says(declarations) else { return };
        // A rule that shows matters only where one has hidden.
        if !hidden && self.is_empty {
            return;
        }
        for selector in selectors.split(',').map(str::trim) {
            let (rules, name) = match selector.as_bytes().first() {
                Some(b'.') => (&mut self.classes, &selector[1..]),
                Some(b'#') => (&mut self.ids, &selector[1..]),
                _ => (&mut self.elements, selector),
            };
            let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_') || b >= 0x80;
            if !name.is_empty() && name.bytes().all(plain) && (hidden || rules.contains_key(name)) {
                rules.insert(name.to_owned(), hidden);
                self.is_empty = false;
            }
        }
    }

    /// Whether the sheets hide an element.
    fn hides(&self, name: &str, seen: &Seen) -> bool {
        let hidden = |rules: &HashMap<String, bool>, name: &str| rules.get(name) == Some(&true);
        hidden(&self.elements, name)
            || seen.class.is_some_and(|class| class.split_ascii_whitespace().any(|name| hidden(&self.classes, name)))
            || seen.id.is_some_and(|id| hidden(&self.ids, id))
    }

    /// Whether an element is hidden by itself.
    pub fn is_hidden(&self, name: &str, seen: &Seen) -> bool {
        seen.hidden
            || seen.style.is_some_and(|style| says(style) == Some(true))
            || seen.class.is_some_and(|class| class.split_ascii_whitespace().any(|name| UNSEEN.contains(&name)))
            || !self.is_empty && self.hides(name, seen)
    }
}

/// What follows a block and the blocks in it.
fn after_block(css: &str) -> &str {
    let mut depth = 0;
    for (at, byte) in css.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 1 => return &css[at + 1..],
            b'}' => depth -= 1,
            _ => {}
        }
    }
    ""
}

fn without_comments(css: &str) -> Cow<'_, str> {
    if memchr::memchr(b'/', css.as_bytes()).is_none() {
        return Cow::Borrowed(css);
    }
    let mut out = String::new();
    let mut rest = css;
    while let Some(at) = rest.find("/*") {
        out.push_str(&rest[..at]);
        rest = rest[at..].find("*/").map_or("", |end| &rest[at + end + 2..]);
    }
    Cow::Owned(out + rest)
}

/// Whether declarations hide what they are for, or show it; `None` where they say nothing of it. A sheet holds thousands of
/// declarations, so the name is looked at before the value.
fn says(declarations: &str) -> Option<bool> {
    let (mut answer, mut flat, mut clipped, mut away) = (None, false, false, false);
    let mut rest = declarations;
    while !rest.is_empty() {
        let end = memchr::memchr(b';', rest.as_bytes()).unwrap_or(rest.len());
        let one = &rest[..end];
        rest = rest.get(end + 1..).unwrap_or("");
        let Some(colon) = one.bytes().position(|b| b == b':') else { continue };
        let (name, value) = (one[..colon].trim(), &one[colon + 1..]);
        match name {
            "display" | "DISPLAY" | "Display" => {
                answer = Some(is(value, "none") || answer == Some(true) && !is(value, "block"));
            }
            "visibility" if is(value, "hidden") || is(value, "collapse") => answer = Some(true),
            "opacity" | "font-size" if is_zero(value) => answer = Some(true),
            "text-indent" | "left" | "top" => away |= number(value).is_some_and(|n| n <= -900.0),
            "height" | "max-height" | "width" => flat |= is_zero(value),
            "overflow" => clipped |= is(value, "hidden"),
            _ => {}
        }
    }
    if away || flat && clipped { Some(true) } else { answer }
}

/// A value without what stands around it.
fn bare(value: &str) -> &str {
    value.trim().trim_end_matches("!important").trim()
}

fn is(value: &str, word: &str) -> bool {
    bare(value).eq_ignore_ascii_case(word)
}

fn is_zero(value: &str) -> bool {
    number(value) == Some(0.0)
}

/// The number a value begins with. Most that are asked for are neither below zero nor zero, which their first sign tells.
fn number(value: &str) -> Option<f32> {
    let value = value.trim();
    if !value.starts_with(['0', '-', '.', '+']) {
        return None;
    }
    let end = value.find(|c: char| !(c.is_ascii_digit() || matches!(c, '-' | '.' | '+'))).unwrap_or(value.len());
    value[..end].parse().ok()
}
