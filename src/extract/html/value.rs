//! Values of features: what one byte tells a forest.
//!
//! In: counts. Out: bytes, on scales that tell small counts apart and large ones hardly.

/// A feature's value.
pub type Value = u8;

/// Four times the binary logarithm, in integers: 0, 1, 2, ... for 0, 1, 2, ...
pub(super) fn log(x: u32) -> Value {
    match x {
        0..4 => [0, 1, 3, 5][x as usize],
        _ => {
            let top = 31 - x.leading_zeros();
            (4 * top + (x >> (top - 2) & 3)) as Value - 1
        }
    }
}

/// `part` of `whole` in 64ths.
#[inline]
pub(super) fn share(part: u32, whole: u32) -> Value {
    // Most shares are nothing or everything; dividing takes longer than asking, and twice as wide numbers three times as long.
    match part {
        0 => 0,
        _ if whole == 0 => 0,
        _ if part == whole => 64,
        1..0x0400_0000 => (part * 64 / whole).min(255) as Value,
        _ => (u64::from(part) * 64 / u64::from(whole)).min(255) as Value,
    }
}

pub(super) fn clip(x: usize) -> Value {
    x.min(255) as Value
}
