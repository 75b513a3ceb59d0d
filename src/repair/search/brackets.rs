//! Which brackets and quotation marks are open: of several characters that explain the bytes, the one that closes what is open is likelier,
//! and so is the one that opens what the rest of the line closes.

use crate::repair::model::NAT;

/// How many of each kind are open, three bits each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::repair) struct Open(u32);

const OPENING: [char; 8] = ['“', '‘', '《', '（', '「', '『', '【', '〈'];
const CLOSING: [char; 8] = ['”', '’', '》', '）', '」', '』', '】', '〉'];

/// Characters that are looked at for what closes a bracket.
const REACH: usize = 160;

/// What a bracket earns that fits the rest of the line, and what one costs that does not.
const FITS: i32 = 4 * NAT;
const MISFITS: i32 = 2 * NAT;

pub(in crate::repair) fn is_bracket(c: char) -> bool {
    kind(c).is_some()
}

/// The kind of a bracket, and whether it closes.
#[inline]
fn kind(c: char) -> Option<(usize, bool)> {
    // Han characters are told at once.
    if ('\u{3012}'..'\u{FF00}').contains(&c) { None } else { kind_of(c) }
}

fn kind_of(c: char) -> Option<(usize, bool)> {
    // Most of them stand in two small ranges.
    if !matches!(c, '\u{2018}'..='\u{201D}' | '\u{3008}'..='\u{3011}' | '（' | '）' | '(' | ')') {
        return None;
    }
    let c = match c {
        '(' => '（',
        ')' => '）',
        _ => c,
    };
    let opening = OPENING.iter().position(|&o| o == c).map(|at| (at, false));
    opening.or_else(|| CLOSING.iter().position(|&o| o == c).map(|at| (at, true)))
}

impl Open {
    /// Whether a quotation is open.
    pub(super) fn quotes(self) -> bool {
        [0, 1, 4, 5].into_iter().any(|at| self.count(at) > 0)
    }

    fn count(self, kind: usize) -> u32 {
        self.0 >> (kind * 3) & 7
    }

    /// The state after `c`, and what it costs: closing what is not open, opening what is. Latin brackets are no matter.
    pub(in crate::repair) fn after(self, c: char) -> (Open, i32) {
        if c.is_ascii() { (self, 0) } else { self.moved(c, 5 * NAT) }
    }

    /// The same for a line of a mirror page, which begins inside a quotation now and then. Brackets may
    /// have been folded there.
    pub(super) fn step(self, c: char) -> (Open, i32) {
        self.moved(c, 3 * NAT)
    }

    fn moved(self, c: char, unopened: i32) -> (Open, i32) {
        let Some((kind, closes)) = kind(c) else { return (self, 0) };
        let n = self.count(kind);
        if closes {
            return if n > 0 { (Open(self.0 - (1 << (kind * 3))), 0) } else { (self, unopened) };
        }
        let price = if n > 0 && kind != 3 { 2 * NAT } else { 0 };
        if n < 7 { (Open(self.0 + (1 << (kind * 3))), price) } else { (self, price) }
    }
}

/// What a line shows of brackets behind a place: of each kind, whether the first one closes.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::repair) struct Rest([Option<bool>; 8]);

impl Rest {
    pub(in crate::repair) fn of(rest: impl Iterator<Item = char>) -> Rest {
        let mut found = Rest::default();
        for (kind, closes) in rest.take(REACH).filter_map(kind) {
            found.0[kind].get_or_insert(closes);
        }
        found
    }

    /// What `c`, guessed before this rest of a line, costs more than another character, where `open` is open.
    pub(in crate::repair) fn price(self, open: Open, c: char) -> i32 {
        let Some((kind, closes)) = kind(c) else { return 0 };
        let closed = self.0[kind] == Some(true);
        match (closes, open.count(kind) > 0) {
            (false, true) => 0,
            (false, false) => {
                if closed {
                    -FITS
                } else {
                    MISFITS
                }
            }
            (true, true) => {
                if closed {
                    MISFITS
                } else {
                    -FITS
                }
            }
            (true, false) => 0,
        }
    }
}
