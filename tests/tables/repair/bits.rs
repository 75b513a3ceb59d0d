//! Writes numbers by bits, as `src/repair/model/bits.rs` reads them.

#[derive(Default)]
pub struct Bits {
    bytes: Vec<u8>,
    /// Bits of the last byte that are taken.
    taken: u32,
}

impl Bits {
    /// The low `count` bits of a value, the highest first.
    pub fn put(&mut self, value: u32, count: u32) {
        for at in (0..count).rev() {
            if self.taken == 0 {
                self.bytes.push(0);
                self.taken = 8;
            }
            self.taken -= 1;
            let last = self.bytes.len() - 1;
            self.bytes[last] |= ((value >> at & 1) as u8) << self.taken;
        }
    }

    /// A value of any size, small ones short (Elias and Golomb): its size above `low` bits in zeros, a one, the bits below.
    pub fn put_any(&mut self, value: u32, low: u32) {
        let size = 31 - ((value >> low) + 1).leading_zeros();
        self.put(0, size);
        self.put(1, 1);
        self.put(value + (1 << low) - (1 << (size + low)), size + low);
    }

    pub fn finish(self) -> Vec<u8> {
        self.bytes
    }
}

/// Bits of a value written with `low`.
pub fn length(value: u32, low: u32) -> u32 {
    let size = 31 - ((value >> low) + 1).leading_zeros();
    2 * size + 1 + low
}

/// The `low` with which some values are shortest.
pub fn best_low(values: &[u32]) -> u32 {
    (0..12).min_by_key(|&low| values.iter().map(|&value| length(value, low)).sum::<u32>()).unwrap_or(0)
}
