//! Which brackets and quotation marks are open: of several characters that explain the bytes, the one that closes what is open is likelier.

use crate::repair::model::NAT;

/// How many of each kind are open, three bits each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::repair) struct Open(u32);

const OPENING: [char; 8] = ['“', '‘', '《', '（', '「', '『', '【', '〈'];
const CLOSING: [char; 8] = ['”', '’', '》', '）', '」', '』', '】', '〉'];

impl Open {
    /// Whether a quotation is open.
    pub(super) fn quotes(self) -> bool {
        [0, 1, 4, 5].into_iter().any(|at| self.0 >> (at * 3) & 7 > 0)
    }

    /// The state after `c`, and what it costs: closing what is not open, opening what is.
    pub(in crate::repair) fn after(self, c: char) -> (Open, i32) {
        // All of them stand in three small ranges.
        if !matches!(c, '\u{2018}'..='\u{201D}' | '\u{3008}'..='\u{3011}' | '（' | '）') {
            return (self, 0);
        }
        if let Some(at) = OPENING.iter().position(|&o| o == c) {
            let n = self.0 >> (at * 3) & 7;
            let price = if n > 0 && at != 3 { 2 * NAT } else { 0 };
            return if n < 7 { (Open(self.0 + (1 << (at * 3))), price) } else { (self, price) };
        }
        if let Some(at) = CLOSING.iter().position(|&o| o == c) {
            let n = self.0 >> (at * 3) & 7;
            return if n > 0 { (Open(self.0 - (1 << (at * 3))), 0) } else { (self, 5 * NAT) };
        }
        (self, 0)
    }
}
