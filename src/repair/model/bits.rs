//! Reads numbers by bits out of the embedded table. It is our own committed file, rebuilt by a test: a short read means zeros, never a panic.

pub(super) struct Bits<'a> {
    bytes: &'a [u8],
    /// The bits that are read.
    at: usize,
}

impl<'a> Bits<'a> {
    pub(super) fn of(bytes: &'a [u8]) -> Bits<'a> {
        Bits { bytes, at: 0 }
    }

    /// The next bits, the first one highest: 57 of them at least.
    fn peek(&self) -> u64 {
        let from = self.at / 8;
        let word = match self.bytes.get(from..from + 8).and_then(|bytes| bytes.first_chunk()) {
            Some(word) => u64::from_be_bytes(*word),
            None => self.last(from),
        };
        word << (self.at % 8)
    }

    /// What is left near the end, with zeros behind it.
    #[cold]
    fn last(&self, from: usize) -> u64 {
        let rest = self.bytes.get(from..).unwrap_or_default();
        rest.iter().zip([56, 48, 40, 32, 24, 16, 8]).map(|(&b, up)| u64::from(b) << up).sum()
    }

    /// The next `count` bits, one at least and 32 at most.
    pub(super) fn take(&mut self, count: u32) -> u32 {
        let bits = self.peek() >> (64 - count);
        self.at += count as usize;
        bits as u32
    }

    /// A value written with `low` bits below its size (zeros, a one, the bits), and the `count` bits behind it, eight at most.
    pub(super) fn take_any(&mut self, low: u32, count: u32) -> (u32, u32) {
        let word = self.peek();
        let size = word.leading_zeros().min(16);
        let taken = 2 * size + 1 + low;
        self.at += (taken + count) as usize;
        (((word >> (64 - taken)) as u32).wrapping_sub(1 << low), (word << taken >> 1 >> (63 - count)) as u32)
    }
}
