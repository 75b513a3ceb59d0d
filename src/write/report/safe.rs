//! Text of strangers, made harmless for a report.
//!
//! In: any text. Out: HTML or plain text in which nothing is markup, nothing is a control, and nothing turns the reading
//! direction: such characters are shown by their number. A page must not be able to make a report look like something else.

use crate::write::visible::is_unseen;
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

fn is_special(c: char) -> bool {
    matches!(c, '&' | '<' | '>' | '"' | '\'') || is_unseen(c)
}
