//! Many short words, found wherever they stand in short texts.
//!
//! In: a table of words, once; then texts. Out: which word stands where, letters of ASCII in either case, overlapping or not.
//! An Aho-Corasick automaton would do, but three hundred words take it a millisecond to build, more than the rest of the program's
//! start, and a state look-up for every byte. Here the three bytes at each place are hashed into a bit set, and words are
//! compared only where the bit is there, which is seldom.

/// The words, with what is known of each.
pub struct Needles<T> {
    /// One bit for each hash of the first three bytes of a word. Of fixed size, so that no look-up can miss.
    filter: Box<[u64; 1 << (BITS - 6)]>,
    /// The words by the upper half of that hash.
    buckets: Vec<Vec<(&'static str, T)>>,
}

/// Bits of a hash.
const BITS: u32 = 16;

impl<T: Copy> Needles<T> {
    /// Takes words of two bytes or more, their ASCII letters in lower case.
    pub fn new(words: impl IntoIterator<Item = (&'static str, T)>) -> Needles<T> {
        let mut needles =
            Needles { filter: Box::new([0; 1 << (BITS - 6)]), buckets: std::iter::repeat_n(Vec::new(), 256).collect() };
        for (word, known) in words {
            match *word.as_bytes() {
                [first, second, third, ..] => needles.add([first, second, third], word, known),
                // Anything may follow.
                [first, second] => (0..=255).for_each(|third| needles.add([first, second, third], word, known)),
                _ => {}
            }
        }
        needles
    }

    fn add(&mut self, beginning: [u8; 3], word: &'static str, known: T) {
        let hash = hash(beginning);
        self.filter[hash / 64] |= 1 << (hash % 64);
        let bucket = &mut self.buckets[hash >> 8];
        // Beginnings of a word of two bytes share buckets.
        if word.len() > 2 || bucket.last().is_none_or(|(last, _)| !std::ptr::eq(*last, word)) {
            bucket.push((word, known));
        }
    }

    /// The words whose beginning has this hash; nearly always none.
    #[inline(always)]
    fn bucket(&self, hash: usize) -> &[(&'static str, T)] {
        if self.filter[hash / 64] >> (hash % 64) & 1 == 0 { &[] } else { &self.buckets[hash >> 8] }
    }

    /// Calls `found` with what is known of each word that begins in the first `starts` bytes, and where it begins and ends.
    #[inline]
    pub fn each(&self, text: &str, starts: usize, mut found: impl FnMut(T, usize, usize)) {
        let text = text.as_bytes();
        for (at, hash) in hashes(text).take_while(|(at, _)| *at < starts) {
            for &(word, known) in self.bucket(hash) {
                if stands(text, at, word) {
                    found(known, at, at + word.len());
                }
            }
        }
    }

    /// The first word, the longest of those that begin there: where, and the word.
    pub fn first(&self, text: &str) -> Option<(usize, &'static str)> {
        let text = text.as_bytes();
        hashes(text).find_map(|(at, hash)| {
            let here = self.bucket(hash).iter().map(|(word, _)| *word).filter(|word| stands(text, at, word));
            Some((at, here.max_by_key(|word| word.len())?))
        })
    }
}

/// Where words may begin, and the hash of the three bytes there; the last two bytes are a beginning too.
#[inline(always)]
fn hashes(text: &[u8]) -> impl Iterator<Item = (usize, usize)> {
    let last = text.last_chunk::<2>().map(|&[first, second]| (text.len() - 2, hash([first, second, 0])));
    let all = text.windows(3).enumerate().map(|(at, bytes)| (at, hash([bytes[0], bytes[1], bytes[2]])));
    all.chain(last)
}

/// Whether `word` stands at `at`. Its beginning most likely does, so that its end is asked first: `content` is no `container`.
#[inline]
fn stands(text: &[u8], at: usize, word: &str) -> bool {
    let word = word.as_bytes();
    let last = |bytes: &[u8]| bytes.last().map(u8::to_ascii_lowercase);
    text.get(at..at + word.len()).is_some_and(|here| last(here) == last(word) && here.eq_ignore_ascii_case(word))
}

/// The same for both cases of a letter.
#[inline(always)]
fn hash([first, second, third]: [u8; 3]) -> usize {
    let key = u32::from_le_bytes([first, second, third, 0]) | 0x0020_2020;
    (key.wrapping_mul(0x9E37_79B1) >> (32 - BITS)) as usize
}

#[cfg(test)]
mod tests {
    use super::Needles;
    use proptest::prelude::*;

    const WORDS: &[&str] = &["ad", "©", "add", "来源", "来源：", "by ", "上一页", "nav", "navigation", "r", "文/"];

    /// Every word at every place.
    fn twin(text: &str) -> Vec<(usize, usize, usize)> {
        let lower = text.to_ascii_lowercase();
        let mut found: Vec<_> = WORDS
            .iter()
            .enumerate()
            .filter(|(_, word)| word.len() > 1)
            .flat_map(|(number, word)| {
                let places = (0..lower.len()).filter(|&at| lower.as_bytes()[at..].starts_with(word.as_bytes()));
                places.map(move |at| (at, at + word.len(), number)).collect::<Vec<_>>()
            })
            .collect();
        found.sort_unstable();
        found
    }

    proptest! {
        #[test]
        fn every_word_is_found_where_it_stands(parts in proptest::collection::vec(0..WORDS.len() + 6, 0..12), starts in 0..60usize) {
            let other = ["A", "N", "页", "来", "\u{a0}", "AD"];
            let text: String = parts.iter().map(|&i| *WORDS.iter().chain(&other).nth(i).unwrap()).collect();
            let needles = Needles::new(WORDS.iter().enumerate().map(|(number, word)| (*word, number)));
            let mut found = Vec::new();
            needles.each(&text, starts, |number, start, end| found.push((start, end, number)));
            found.sort_unstable();
            let all = twin(&text);
            let wanted: Vec<_> = all.iter().copied().filter(|(start, ..)| *start < starts).collect();
            prop_assert_eq!(found, wanted);
            let first = all.iter().min_by_key(|(start, end, _)| (*start, usize::MAX - end));
            prop_assert_eq!(needles.first(&text), first.map(|(start, _, number)| (*start, WORDS[*number])));
        }
    }
}
