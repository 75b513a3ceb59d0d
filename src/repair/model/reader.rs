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

    /// The next `count` bytes, or what there is of them.
    pub(super) fn take(&mut self, count: usize) -> &'a [u8] {
        let (taken, rest) = self.bytes.split_at(count.min(self.bytes.len()));
        self.bytes = rest;
        taken
    }
}
