//! Signs that may be the second byte of a character.
//!
//! In: the texts of a page of which bytes are lost. Out: its sound-looking lines with letters and signs of ASCII that stand alone between
//! characters, if they are few.

use super::{is_chinese, next_mark};
use encoding_rs::{BIG5, Encoding};
use memchr::memmem;

/// A line that has some.
pub(super) struct Line {
    /// Which text it stands in, and from which byte on.
    pub text: usize,
    pub from: usize,
    pub chars: Vec<char>,
    /// Where the signs stand among them.
    pub signs: Vec<usize>,
}

/// How many such signs the loss of bytes makes for each hole at most: in GBK four of ten lost bytes show as one, in Big5 eight of ten, and in
/// some page more.
pub(super) fn share(encoding: &Encoding) -> usize {
    if encoding == BIG5 { 5 } else { 2 }
}

/// The lines of some texts; nothing where they have more than `most` signs.
pub(super) fn lines(texts: &[&str], most: usize) -> Option<Vec<Line>> {
    let (mut found, mut left) = (Vec::new(), most);
    for (number, text) in texts.iter().enumerate() {
        let mut from = 0;
        for line in text.split_inclusive('\n') {
            if next_mark(line, 0).is_none() && has_sign(line.as_bytes()) {
                let chars: Vec<char> = line.trim_end_matches(['\n', '\r']).chars().collect();
                let signs: Vec<usize> = (0..chars.len()).filter(|&at| stands_alone(&chars, at)).collect();
                left = left.checked_sub(signs.len())?;
                if !signs.is_empty() && is_chinese(&chars) {
                    found.push(Line { text: number, from, chars, signs });
                }
            }
            from += line.len();
        }
    }
    Some(found)
}

/// Brackets of a pair stand no further from each other.
const NEAR: usize = 64;

/// Whether any sign may stand in a line.
fn has_sign(line: &[u8]) -> bool {
    let sign = |pair: &[u8]| matches!(pair[1], b'@'..=b'~') && (pair[0] >= 0x80 || pair[0] == b'?');
    line.first().is_some_and(|byte| matches!(byte, b'@'..=b'~'))
        || line.windows(2).any(sign)
        || memmem::find(line, "€".as_bytes()).is_some()
}

/// Whether a character is such a sign, no letter of a word or a number, and no bracket of a pair.
fn stands_alone(line: &[char], at: usize) -> bool {
    let paired = match line[at] {
        '[' => line[at..line.len().min(at + NEAR)].contains(&']'),
        '{' => line[at..line.len().min(at + NEAR)].contains(&'}'),
        ']' => line[at.saturating_sub(NEAR)..at].contains(&'['),
        '}' => line[at.saturating_sub(NEAR)..at].contains(&'{'),
        _ => false,
    };
    !paired
        && matches!(line[at], '@'..='~' | '€')
        && !line.get(at + 1).is_some_and(char::is_ascii_alphanumeric)
        && at.checked_sub(1).is_none_or(|before| !line[before].is_ascii() || line[before] == '?')
}
