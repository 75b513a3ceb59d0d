//! Which bytes a wrong decoder loses: only what it cannot read.

use crate::repair::certainty::{self, Kind};
use crate::repair::codepages::is_gap;
use crate::repair::single_byte;
use std::sync::LazyLock;

/// The decoder that lost the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(in crate::repair) enum Lost {
    /// A single-byte charset, by its number: the bytes that it does not have, and what looks like a space.
    Single(u8),
    /// GBK: a first byte alone, or a pair that is no character.
    #[default]
    Gbk,
    /// Shift_JIS: likewise.
    Jis,
    /// Big5: likewise.
    Big5,
    /// windows-949: likewise.
    Korean,
    /// EUC-JP: likewise.
    EucJp,
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

static GBK: LazyLock<Gaps> = LazyLock::new(|| Gaps::of(|a, b| is_gap(Lost::Gbk, a, b), bit(0x80)));
static JIS: LazyLock<Gaps> = LazyLock::new(|| Gaps::of(|a, b| is_gap(Lost::Jis, a, b), bit(0xA0)));
static BIG5: LazyLock<Gaps> = LazyLock::new(|| Gaps::of(|a, b| is_gap(Lost::Big5, a, b), bit(0x80)));
static KOREAN: LazyLock<Gaps> = LazyLock::new(|| Gaps::of(|a, b| is_gap(Lost::Korean, a, b), bit(0x80)));
static EUC_JP: LazyLock<Gaps> = LazyLock::new(|| Gaps::of(|a, b| is_gap(Lost::EucJp, a, b), bit(0x80)));
static SINGLE: LazyLock<Vec<Gaps>> = LazyLock::new(|| {
    let gaps = |undefined: Vec<u8>| {
        // A no-break space becomes a space, and a soft hyphen nothing.
        let never = undefined.into_iter().chain([0xA0, 0xAD]).filter(|b| b & 0xC0 == 0x80);
        Gaps::of(|_, _| false, never.fold(0, |tails, b| tails | bit(b)))
    };
    single_byte::undefined().map(gaps).collect()
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
    pub(super) fn is_single(self) -> bool {
        matches!(self, Lost::Single(_))
    }

    /// A number below sixteen that tells it from others.
    pub(super) fn number(self) -> u64 {
        match self {
            Lost::Gbk => 0,
            Lost::Jis => 1,
            Lost::Big5 => 2,
            Lost::Korean => 3,
            Lost::EucJp => 4,
            Lost::Single(number) => 5 + u64::from(number).min(10),
        }
    }

    /// How what is guessed of its losses is judged.
    pub(in crate::repair) fn kind(self) -> Kind {
        match self {
            Lost::Single(_) => certainty::WINDOWS,
            Lost::Gbk => certainty::GBK,
            Lost::Jis | Lost::Big5 | Lost::Korean | Lost::EucJp => certainty::DOUBLE,
        }
    }

    pub(super) fn gaps(self) -> &'static Gaps {
        match self {
            Lost::Single(number) => SINGLE.get(usize::from(number)).unwrap_or(&SINGLE[0]),
            Lost::Gbk => &GBK,
            Lost::Jis => &JIS,
            Lost::Big5 => &BIG5,
            Lost::Korean => &KOREAN,
            Lost::EucJp => &EUC_JP,
        }
    }

    /// The continuation bytes that are lost by themselves before `next`: before ASCII, where a pair may have begun, all.
    pub(super) fn alone(self, next: u8) -> Tails {
        let gaps = self.gaps();
        gaps.before(next).unwrap_or(if self.is_single() { gaps.never } else { ALL })
    }
}
