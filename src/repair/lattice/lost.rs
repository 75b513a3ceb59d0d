//! Which bytes a wrong decoder loses: only what it cannot read.

use crate::repair::gbk;
use std::sync::LazyLock;

/// The decoder that lost the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::repair) enum Lost {
    /// windows-1252: five bytes, and what looks like a space.
    Windows,
    /// GBK: a first byte alone, or a pair that is no character.
    Gbk,
    /// Shift_JIS: likewise.
    Jis,
}

/// Pairs Shift_JIS does not have, by first and second byte.
static JIS: LazyLock<Vec<bool>> = LazyLock::new(|| {
    let mut gaps = vec![false; 0x10000];
    for a in 0x81..=0xFCu8 {
        for b in (0x80..=0xFFu8).filter(|_| !(0xA0..=0xDF).contains(&a)) {
            gaps[usize::from(a) << 8 | usize::from(b)] = encoding_rs::SHIFT_JIS.decode_without_bom_handling(&[a, b]).1;
        }
    }
    gaps
});

impl Lost {
    /// Whether a byte above ASCII can be lost by itself before `next` (0: the end, or ASCII).
    pub(super) fn alone(self, b: u8, next: u8) -> bool {
        match self {
            Lost::Windows => matches!(b, 0x81 | 0x8D | 0x8F | 0x90 | 0x9D | 0xA0 | 0xAD),
            Lost::Gbk => next < 0x80 || b == 0x80 || gbk::char_of(b, next).is_none(),
            Lost::Jis => b == 0xA0 || next < 0x80 || self.pair(b, next),
        }
    }

    /// Whether a pair can be lost.
    pub(super) fn pair(self, a: u8, b: u8) -> bool {
        match self {
            Lost::Windows => false,
            Lost::Gbk => a > 0x80 && gbk::char_of(a, b).is_none(),
            Lost::Jis => JIS[usize::from(a) << 8 | usize::from(b)],
        }
    }

    /// Whether some pair that begins so, with a byte of UTF-8 behind it, can be lost.
    pub(super) fn begins(self, a: u8) -> bool {
        (0x80..=0xBF).chain(0xE2..=0xEF).any(|b| self.pair(a, b))
    }
}
