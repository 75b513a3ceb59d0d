//! What was seen after one character, and after each pair that begins with it.
//!
//! In: the bytes of one row of the table. Out: lookups by the number of the next character. Rows are decoded when they are
//! first asked for, because a page asks for a few hundred of the thousands there are.

use super::bits::Bits;

/// No pair, or none that tells more than its second character alone.
pub(in crate::repair) const NONE: u32 = u32::MAX;

/// Rows with at least so many pairs are looked up by a bit for each character, the others by halving.
const LONG: usize = 32;

/// The steps of costs, in twelfths of a nat: of pairs, of triples, of what comes on top for the unseen.
const STEPS: (u32, u32, u32) = (5, 6, 3);

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
    /// The third characters, sorted for each pair: number, and what it costs in the lowest byte.
    thirds: Vec<u32>,
    /// Of a long row: a bit for each character, and how many stand before each 64.
    bits: Vec<u64>,
    before: Vec<u16>,
}

impl Row {
    /// Shape, by bits: the size of steps from one second character to the next and from one third to the next, four bits each; then for each
    /// pair its step, its cost, and whether it has third characters; for those the cost on top, how many they are, and the step and cost of
    /// each.
    ///
    /// Behind the `size` bytes of the row others may follow: so the last ones can be read like all.
    pub(super) fn read(bytes: &[u8], size: usize, count: usize) -> Row {
        let mut from = Bits::of(bytes);
        let (low, low_tail) = (from.take(4), from.take(4));
        let mut row = Row { seconds: Vec::with_capacity(count), pairs: Vec::with_capacity(count), ..Row::default() };
        // A third character takes some fourteen bits.
        let thirds = size.saturating_sub(count) * 4 / 7;
        row.thirds.reserve(thirds);
        let mut second = 0u16;
        for _ in 0..count {
            let (step, cost) = from.take_any(low, 6);
            second = second.wrapping_add(step as u16);
            row.seconds.push(second);
            second = second.wrapping_add(1);
            let mut pair = Pair { cost: ((cost >> 1) * STEPS.0) as u8, ..Pair::default() };
            if cost & 1 != 0 {
                pair.back = (from.take(4) * STEPS.2) as u8;
                pair.from = row.thirds.len() as u32;
                pair.len = from.take_any(1, 0).0 as u16 + 1;
                let mut third = 0u16;
                row.thirds.extend((0..pair.len).map(|_| {
                    let (step, cost) = from.take_any(low_tail, 4);
                    let this = third.wrapping_add(step as u16);
                    third = this.wrapping_add(1);
                    u32::from(this) << 8 | (cost * STEPS.1)
                }));
            }
            row.pairs.push(pair);
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
    #[inline]
    pub(super) fn find(&self, next: u16) -> Option<usize> {
        if self.bits.is_empty() {
            return self.seconds.binary_search(&next).ok();
        }
        let word = usize::from(next) / 64;
        let below = self.bits.get(word)? << (63 - next % 64);
        if below >> 63 == 0 {
            return None;
        }
        // The place counts the bits up to this one, which is among them.
        self.before.get(word).map(|&before| usize::from(before) + below.count_ones() as usize - 1)
    }

    /// The third characters of a pair.
    pub(super) fn thirds(&self, pair: Pair) -> Thirds<'_> {
        let range = pair.from as usize..pair.from as usize + usize::from(pair.len);
        Thirds(self.thirds.get(range).unwrap_or_default())
    }
}

/// The third characters of a pair with their costs.
#[derive(Clone, Copy, Default)]
pub(super) struct Thirds<'r>(&'r [u32]);

impl Thirds<'_> {
    /// What a third character costs; nothing where it was never seen there.
    pub(super) fn cost(self, next: u16) -> Option<i32> {
        let at = match self.0.len() {
            ..=4 => self.0.iter().position(|third| third >> 8 == u32::from(next))?,
            _ => self.0.binary_search_by_key(&u32::from(next), |third| third >> 8).ok()?,
        };
        self.0.get(at).map(|third| (third & 0xFF) as i32)
    }
}

impl Pair {
    /// Whether a third character can make a difference.
    pub(super) fn goes_on(self) -> bool {
        self.len > 0
    }
}
