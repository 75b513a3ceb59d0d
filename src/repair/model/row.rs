//! What was seen after one character, and after each pair that begins with it.
//!
//! In: the bytes of one row of the table. Out: lookups by the number of the next character. Rows are decoded when they are
//! first asked for, because a page asks for a few hundred of the thousands there are.

use super::reader::Reader;

/// No pair, or none that tells more than its second character alone.
pub(in crate::repair) const NONE: u32 = u32::MAX;

/// Rows with at least so many pairs are looked up by a bit for each character, the others by halving.
const LONG: usize = 32;

/// A pair of characters.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Pair {
    /// Of the second character after the first.
    pub cost: u8,
    /// What comes on top for a third character that was never seen after both.
    pub back: u8,
    /// Where the third characters begin, and how many they are.
    from: u32,
    len: u16,
}

#[derive(Debug, Default)]
pub(super) struct Row {
    /// Numbers of the second characters, sorted; each with its pair.
    pub seconds: Vec<u16>,
    pub pairs: Vec<Pair>,
    /// Numbers of the third characters, sorted for each pair, and what each costs.
    thirds: Vec<u16>,
    costs: Vec<u8>,
    /// Of a long row: a bit for each character, and how many stand before each 64.
    bits: Vec<u64>,
    before: Vec<u16>,
}

impl Row {
    /// Shape: how many pairs; a bit for each that has third characters; the steps from one second character to the next; the costs; then
    /// for each pair with third characters the cost on top, how many they are, their steps and their costs.
    pub(super) fn read(bytes: &[u8], count: usize) -> Row {
        let size = bytes.len();
        let mut from = Reader { bytes };
        let flags = from.take(count.div_ceil(8));
        let mut seconds = Vec::with_capacity(count);
        from.steps(count, &mut seconds);
        let mut pairs: Vec<Pair> = from.take(count).iter().map(|&cost| Pair { cost, ..Pair::default() }).collect();
        pairs.resize(seconds.len(), Pair::default());
        let mut row = Row { seconds, pairs, ..Row::default() };
        // Of what is left, each third character takes two bytes or three.
        row.thirds.reserve(size.saturating_sub(count * 2) / 2);
        row.costs.reserve(size.saturating_sub(count * 2) / 2);
        for (at, pair) in row.pairs.iter_mut().enumerate() {
            if flags.get(at / 8).is_some_and(|flag| flag >> (at % 8) & 1 != 0) {
                let (back, len) = (from.byte(), from.number());
                *pair = Pair { back, from: row.thirds.len() as u32, len: len as u16, ..*pair };
                from.steps(len, &mut row.thirds);
                row.costs.extend_from_slice(from.take(len));
            }
        }
        row.index();
        row
    }

    fn index(&mut self) {
        let Some(&last) = self.seconds.last().filter(|_| self.seconds.len() >= LONG) else { return };
        self.bits = vec![0; usize::from(last) / 64 + 1];
        self.seconds.iter().for_each(|&number| self.bits[usize::from(number) / 64] |= 1 << (number % 64));
        let mut sum = 0;
        self.before.extend(self.bits.iter().map(|bits| {
            sum += bits.count_ones() as u16;
            sum - bits.count_ones() as u16
        }));
    }

    /// The place of the pair that ends with this character.
    pub(super) fn find(&self, next: u16) -> Option<usize> {
        if self.bits.is_empty() {
            return self.seconds.binary_search(&next).ok();
        }
        let word = usize::from(next) / 64;
        let (bits, before) = (*self.bits.get(word)?, *self.before.get(word)?);
        let below = bits & ((1 << (next % 64)) - 1);
        (bits >> (next % 64) & 1 != 0).then(|| usize::from(before) + below.count_ones() as usize)
    }

    /// The cost of a third character that was seen after a pair.
    pub(super) fn third(&self, pair: Pair, next: u16) -> Option<u8> {
        let (thirds, costs) = self.thirds(pair);
        let at = if thirds.len() <= 4 {
            thirds.iter().position(|&third| third == next)?
        } else {
            thirds.binary_search(&next).ok()?
        };
        costs.get(at).copied()
    }

    /// The third characters of a pair with their costs.
    pub(super) fn thirds(&self, pair: Pair) -> (&[u16], &[u8]) {
        let range = pair.from as usize..pair.from as usize + usize::from(pair.len);
        (self.thirds.get(range.clone()).unwrap_or_default(), self.costs.get(range).unwrap_or_default())
    }
}

impl Pair {
    /// Whether a third character can make a difference.
    pub(super) fn goes_on(self) -> bool {
        self.len > 0
    }
}
