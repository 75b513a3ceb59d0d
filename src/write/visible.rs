//! Text of strangers for a terminal or an attribute: what nobody could see is shown by its number.
//!
//! A page that holds escape sequences must not steer the terminal it is shown in, and one that holds marks of reading
//! direction must not turn what stands around it.

use std::fmt::Write;

/// The text with `⟨U+202E⟩` for what nobody could see. It is not escaped for any markup.
pub fn visible(text: &str) -> String {
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

/// The same for a message: line ends and tabs are shown as well, so that no name can pretend to be another message.
pub fn on_one_line(text: &str) -> String {
    visible(text).replace('\n', "⟨U+000A⟩").replace('\t', "⟨U+0009⟩")
}

/// The text on one line, its middle left out where it is longer than `most` code points.
pub fn short(text: &str, most: usize) -> String {
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

/// Controls but line ends and tabs, the marks of reading direction (UAX #9), line and paragraph separators, byte order marks,
/// tag characters.
pub fn is_unseen(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
        || matches!(c, '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}
