//! Text of strangers, made harmless for a report.
//!
//! In: any text. Out: HTML or plain text in which nothing is markup, nothing is a control, and nothing turns the reading
//! direction: such characters are shown by their number. A page must not be able to make a report look like something else.

use maud::Render;
use std::fmt::Write;

/// A text to be shown as it is; what nobody could see is shown by its number, small.
pub(super) struct Shown<'a>(pub &'a str);

impl Render for Shown<'_> {
    fn render_to(&self, out: &mut String) {
        let mut from = 0;
        for (at, c) in self.0.char_indices().filter(|(_, c)| is_special(*c)) {
            out.push_str(&self.0[from..at]);
            from = at + c.len_utf8();
            match c {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '"' => out.push_str("&quot;"),
                '\'' => out.push_str("&#39;"),
                // A string cannot refuse to be written to.
                _ => {
                    let _ = write!(out, "<b class=\"ctl\">{:04X}</b>", u32::from(c));
                }
            }
        }
        out.push_str(&self.0[from..]);
    }
}

/// The text for attributes and titles: not escaped yet, what nobody could see as `⟨U+202E⟩`.
pub(super) fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_unseen(c) {
            let _ = write!(out, "⟨U+{:04X}⟩", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

/// The text on one line, its middle left out where it is longer than `most` code points.
pub(super) fn short(text: &str, most: usize) -> String {
    let flat: String = text.chars().take(most * 8).map(|c| if c == '\n' { '⏎' } else { c }).collect();
    let length = flat.chars().count();
    if length <= most {
        return flat;
    }
    let head: String = flat.chars().take(most * 2 / 3).collect();
    let all = text.chars().count();
    let tail: String =
        text.chars().skip(all.saturating_sub(most / 3)).map(|c| if c == '\n' { '⏎' } else { c }).collect();
    format!("{head} … {tail}")
}

fn is_special(c: char) -> bool {
    matches!(c, '&' | '<' | '>' | '"' | '\'') || is_unseen(c)
}

/// Controls but line ends and tabs, the marks of reading direction (UAX #9), line and paragraph separators, byte order marks,
/// tag characters.
fn is_unseen(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
        || matches!(c, '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}
