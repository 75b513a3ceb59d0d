//! Walks the embedded table. It is our own committed file, rebuilt by a test: a short read means zeros, never a panic.

pub(super) struct Reader<'a> {
    pub bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(super) fn byte(&mut self) -> u8 {
        match self.bytes.split_first() {
            Some((&b, rest)) => {
                self.bytes = rest;
                b
            }
            None => 0,
        }
    }

    /// A number in base 128, big-endian, the top bit set on all but the last byte.
    pub(super) fn number(&mut self) -> usize {
        let mut value = 0;
        loop {
            let b = self.byte();
            value = value << 7 | usize::from(b & 0x7F);
            if b < 0x80 {
                return value;
            }
        }
    }

    /// The next `count` numbers, each the step from the one before.
    pub(super) fn steps(&mut self, count: usize, into: &mut Vec<u16>) {
        let (mut sum, mut step, mut left, mut read) = (0u16, 0u16, count, 0);
        for &b in self.bytes {
            if left == 0 {
                break;
            }
            read += 1;
            step = step << 7 | u16::from(b & 0x7F);
            if b < 0x80 {
                sum = sum.wrapping_add(step);
                step = 0;
                left -= 1;
                into.push(sum);
            }
        }
        self.take(read);
    }

    /// The next `count` bytes, or what there is of them.
    pub(super) fn take(&mut self, count: usize) -> &'a [u8] {
        let (taken, rest) = self.bytes.split_at(count.min(self.bytes.len()));
        self.bytes = rest;
        taken
    }
}
