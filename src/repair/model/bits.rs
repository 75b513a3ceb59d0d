//! Reads numbers by bits out of the embedded table. It is our own committed file, rebuilt by a test: a short read means zeros, never a panic.

pub(super) struct Bits<'a> {
    bytes: &'a [u8],
    /// The next byte, and the bits read before it that are not used yet: the lowest `held` of `hold`.
    at: usize,
    hold: u64,
    held: u32,
}

impl<'a> Bits<'a> {
    pub(super) fn of(bytes: &'a [u8]) -> Bits<'a> {
        Bits { bytes, at: 0, hold: 0, held: 0 }
    }

    fn fill(&mut self) {
        while self.held <= 56 {
            self.hold = self.hold << 8 | u64::from(self.bytes.get(self.at).copied().unwrap_or(0));
            self.at += 1;
            self.held += 8;
        }
    }

    /// The next `count` bits, at most 32.
    pub(super) fn take(&mut self, count: u32) -> u32 {
        if self.held < count {
            self.fill();
        }
        self.held -= count;
        (self.hold >> self.held) as u32 & ((1u64 << count) - 1) as u32
    }

    /// A value written with `low` bits below its size: zeros, a one, the bits.
    pub(super) fn take_any(&mut self, low: u32) -> u32 {
        if self.held < 48 {
            self.fill();
        }
        let rest = self.hold << (64 - self.held);
        let size = rest.leading_zeros().min(16);
        self.held -= size + 1;
        (self.take(size + low) + (1 << (size + low))).wrapping_sub(1 << low)
    }
}
