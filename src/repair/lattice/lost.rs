//! Which bytes a wrong decoder loses: only what it cannot read.

use crate::repair::gbk;
use std::sync::LazyLock;

/// The decoder that lost the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(in crate::repair) enum Lost {
    /// windows-1252: five bytes, and what looks like a space.
    Windows,
    /// GBK: a first byte alone, or a pair that is no character.
    #[default]
    Gbk,
    /// Shift_JIS: likewise.
    Jis,
}

/// How a decoder marks what it loses, as far as a line tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(super) enum Style {
    #[default]
    Unknown,
    /// A mark for each byte: Python.
    Single,
    /// A mark for a pair, or for a first byte before ASCII: Windows, browsers.
    Pair,
}

/// The continuation bytes of UTF-8, 80 to BF, as bits.
pub(super) type Tails = u64;

pub(super) const ALL: Tails = !0;

/// The bit of a continuation byte.
fn bit(b: u8) -> Tails {
    1 << (b & 0x3F)
}

/// What a decoder loses of UTF-8.
pub(super) struct Gaps {
    /// By first byte, 80 to FF: the continuation bytes that make a lost pair with it.
    pairs: Vec<Tails>,
    /// By second byte, 80 to FF: the continuation bytes that are lost by themselves before it.
    alone: Vec<Tails>,
    /// Lost whatever stands behind them.
    pub never: Tails,
    /// The first of some lost pair.
    pub begin: Tails,
    /// Some byte makes a lost pair with it, or it is lost before a first byte.
    pub any: Tails,
}

static GBK: LazyLock<Gaps> =
    LazyLock::new(|| Gaps::of(|a, b| (0x81..0xFF).contains(&a) && gbk::char_of(a, b).is_none(), bit(0x80)));
static JIS: LazyLock<Gaps> = LazyLock::new(|| {
    let gap = |a: u8, b: u8| {
        let alone = matches!(a, 0x80 | 0xA0..=0xDF | 0xFD..);
        !alone && encoding_rs::SHIFT_JIS.decode_without_bom_handling(&[a, b]).1
    };
    Gaps::of(gap, bit(0xA0))
});
static WINDOWS: LazyLock<Gaps> = LazyLock::new(|| {
    let never = [0x81, 0x8D, 0x8F, 0x90, 0x9D, 0xA0, 0xAD].into_iter().map(bit).sum();
    Gaps::of(|_, _| false, never)
});

impl Gaps {
    fn of(gap: impl Fn(u8, u8) -> bool, never: Tails) -> Gaps {
        let tails = |test: &dyn Fn(u8) -> bool| (0x80..=0xBFu8).filter(|&b| test(b)).map(bit).sum::<Tails>();
        let pairs: Vec<Tails> = (0x80..=0xFFu8).map(|a| tails(&|b| gap(a, b))).collect();
        let alone: Vec<Tails> = (0x80..=0xFFu8).map(|b| never | tails(&|a| gap(a, b))).collect();
        let leads = 0xE2..=0xEFu8;
        let begin = tails(&|a| pairs[usize::from(a) - 0x80] != 0 || leads.clone().any(|b| gap(a, b)));
        let any = never | begin;
        Gaps { pairs, alone, never, begin, any }
    }

    /// The continuation bytes that are lost together with `first` before them.
    pub(super) fn after(&self, first: u8) -> Tails {
        self.pairs.get(usize::from(first).wrapping_sub(0x80)).copied().unwrap_or(0)
    }

    /// The continuation bytes that are lost by themselves before `next` (below 80: the end, ASCII, or another hole).
    pub(super) fn before(&self, next: u8) -> Option<Tails> {
        self.alone.get(usize::from(next).wrapping_sub(0x80)).copied()
    }
}

impl Lost {
    pub(super) fn gaps(self) -> &'static Gaps {
        match self {
            Lost::Windows => &WINDOWS,
            Lost::Gbk => &GBK,
            Lost::Jis => &JIS,
        }
    }

    /// The continuation bytes that are lost by themselves before `next`: before ASCII, where a pair may have begun, all.
    pub(super) fn alone(self, next: u8) -> Tails {
        let gaps = self.gaps();
        gaps.before(next).unwrap_or(if self == Lost::Windows { gaps.never } else { ALL })
    }
}
