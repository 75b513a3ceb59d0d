//! The character model: how likely is a character after the two before it?
//!
//! In: the embedded table `model.bin`, read once, and only when a suspicious place was found (a few milliseconds). Out:
//! costs, in twelfths of a nat, lower is likelier; the Traditional → Simplified map the costs go through; spelling
//! flags. Interpolated character trigrams from running text and word lists, because a slipped line has to be told from a
//! sound one over spans of a few characters; sources and licences are listed in `tables/repair/`.

use super::pinyin::{Sound, plain};
use std::sync::LazyLock;

/// One nat in the unit of [`Model::step`].
pub(super) const NAT: i32 = 12;

/// Number of the line edge in the vocabulary.
pub(super) const EDGE: u16 = 0;

/// Number of every character that is not in the vocabulary.
const UNKNOWN: u16 = 1;

/// The embedded table as it lies there.
pub(crate) static BYTES: &[u8] = include_bytes!("model.bin");
static MODEL: LazyLock<Model> = LazyLock::new(|| Model::read(BYTES));

/// The opened model; the first call decodes the table.
pub(super) fn model() -> &'static Model {
    &MODEL
}

/// How a character is written, seen from a page that was converted to Traditional.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spelling {
    /// The same in both scripts, or one that converters keep.
    Same,
    /// What Simplified → Traditional conversion writes: 產, 業.
    Converted,
    /// Traditional, but no converter's choice: 産, 裏.
    Variant,
    /// Never left by a converter: 产, 业.
    Simplified,
}

/// Two characters of context.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context {
    /// The character before the last one.
    pub first: u16,
    pub last: u16,
    /// Row of the last two characters among the bigrams, `NONE` if they were never seen together.
    pub pair: u32,
}

pub(super) const NONE: u32 = u32::MAX;

/// Contexts with the same future are the same: where two characters were never seen together, the first one does not matter.
impl PartialEq for Context {
    fn eq(&self, other: &Context) -> bool {
        (self.last, self.pair) == (other.last, other.pair)
    }
}

impl Context {
    pub(super) const START: Context = Context { first: EDGE, last: EDGE, pair: NONE };
}

/// The decoded table. All arrays are in vocabulary order; rows are sorted so that a lookup is a binary search.
pub(super) struct Model {
    number: Vec<u16>,
    spelling: Vec<u8>,
    single: Vec<[u8; 2]>,
    row: Vec<u32>,
    second: Vec<u16>,
    double: Vec<[u8; 2]>,
    tail: Vec<u32>,
    third: Vec<u16>,
    triple: Vec<u8>,
    /// Key, number and number of the bare form of each syllable, sorted.
    syllables: Vec<(u128, u16, u16)>,
    /// Keys of the syllables without their tones, sorted.
    bares: Vec<u128>,
    reading_at: Vec<u32>,
    /// Numbers of the syllable and of its bare form.
    readings: Vec<(u16, u16)>,
    /// The characters that can be read as each bare syllable.
    spoken: Vec<Vec<char>>,
}

impl Model {
    /// The cost of `next` after `context`, and the context after it. Runs of digits, of letters and of spaces are one
    /// character to the model.
    pub(super) fn step(&self, context: Context, next: char) -> (i32, Context) {
        let number = self.number(next);
        if number == context.last && (next.is_ascii_alphanumeric() || next == ' ') {
            return (0, context);
        }
        self.step_number(context, number)
    }

    pub(super) fn step_number(&self, context: Context, next: u16) -> (i32, Context) {
        let last = context.last as usize;
        let (from, to) = (self.row[last] as usize, self.row[last + 1] as usize);
        let pair = match self.second[from..to].binary_search(&next) {
            Ok(at) => (from + at) as u32,
            Err(_) => NONE,
        };
        let after = Context { first: context.last, last: next, pair };
        let mut cost = 0;
        if context.pair != NONE {
            let at = context.pair as usize;
            let (from, to) = (self.tail[at] as usize, self.tail[at + 1] as usize);
            if let Ok(found) = self.third[from..to].binary_search(&next) {
                return (i32::from(self.triple[from + found]), after);
            }
            cost += i32::from(self.double[at][1]);
        }
        if pair != NONE {
            return (cost + i32::from(self.double[pair as usize][0]), after);
        }
        (cost + i32::from(self.single[last][1]) + i32::from(self.single[next as usize][0]), after)
    }

    /// Gives `take` the number, the cost and the pair of each character that was seen after `context`; then those seen after its two
    /// characters, with a cost that takes the place of the first one and no pair;
    /// returns what comes on top of the cost alone for all others.
    pub(super) fn spread(&self, context: Context, mut take: impl FnMut(u16, i32, Option<u32>)) -> i32 {
        let last = context.last as usize;
        let (from, to) = (self.row[last] as usize, self.row[last + 1] as usize);
        let mut back = 0;
        if context.pair != NONE {
            back = i32::from(self.double[context.pair as usize][1]);
        }
        for (at, (&next, double)) in self.second[from..to].iter().zip(&self.double[from..to]).enumerate() {
            take(next, back + i32::from(double[0]), Some((from + at) as u32));
        }
        if context.pair != NONE {
            let at = context.pair as usize;
            let (from, to) = (self.tail[at] as usize, self.tail[at + 1] as usize);
            for (&next, &cost) in self.third[from..to].iter().zip(&self.triple[from..to]) {
                take(next, i32::from(cost), None);
            }
        }
        back + i32::from(self.single[last][1])
    }

    /// How many characters it knows.
    pub(super) fn size(&self) -> usize {
        self.single.len()
    }

    /// The cost of a character by itself, by its number.
    pub(super) fn alone_number(&self, number: u16) -> i32 {
        i32::from(self.single[number as usize][0])
    }

    /// The cost of a character by itself.
    pub(super) fn alone(&self, c: char) -> i32 {
        i32::from(self.single[self.number(c) as usize][0])
    }

    /// The vocabulary number of a character, folded and simplified.
    pub(super) fn number(&self, c: char) -> u16 {
        let c = fold(c) as usize;
        if c < 0x10000 { self.number[c] } else { UNKNOWN }
    }

    pub(super) fn knows(&self, c: char) -> bool {
        self.number(c) != UNKNOWN
    }

    pub(super) fn spelling(&self, c: char) -> Spelling {
        match self.spelling.get(c as usize) {
            Some(1) => Spelling::Converted,
            Some(2) => Spelling::Variant,
            Some(3) => Spelling::Simplified,
            _ => Spelling::Same,
        }
    }

    /// The readings of a character as (syllable, syllable without its tone), the commonest first.
    pub(super) fn readings(&self, c: char) -> &[(u16, u16)] {
        let at = c as usize;
        match (self.reading_at.get(at), self.reading_at.get(at + 1)) {
            (Some(&from), Some(&to)) => &self.readings[from as usize..to as usize],
            _ => &[],
        }
    }

    /// The characters that can be read as `sound`, in one tone or another.
    pub(super) fn spoken(&self, sound: Sound) -> &[char] {
        sound.bare.and_then(|bare| self.spoken.get(usize::from(bare))).map_or(&[], Vec::as_slice)
    }

    /// The numbers of a syllable of at most six letters.
    pub(super) fn sound(&self, letters: &[char]) -> Sound {
        let key = key(letters.iter().copied());
        match self.syllables.binary_search_by_key(&key, |s| s.0) {
            Ok(at) => Sound { exact: Some(self.syllables[at].1), bare: Some(self.syllables[at].2) },
            Err(_) => {
                let bare = self.bares.binary_search(&self::key(letters.iter().map(|&c| plain(c))));
                Sound { exact: None, bare: bare.ok().map(|at| at as u16) }
            }
        }
    }

    fn read(bytes: &[u8]) -> Model {
        let mut from = Reader { bytes };
        let (vocabulary, single) = from.vocabulary();
        let (spelling, simplified) = from.spelling();
        let mut number = vec![UNKNOWN; 0x10000];
        for (at, &c) in vocabulary.iter().enumerate() {
            number[c as usize] = at as u16;
        }
        for (t, &s) in simplified.iter().enumerate() {
            if s != 0 {
                number[t] = number[s as usize];
            }
        }
        let mut model = Model {
            number,
            spelling,
            single,
            row: vec![0],
            second: Vec::new(),
            double: Vec::new(),
            tail: vec![0],
            third: Vec::new(),
            triple: Vec::new(),
            syllables: Vec::new(),
            bares: Vec::new(),
            reading_at: vec![0],
            readings: Vec::new(),
            spoken: Vec::new(),
        };
        from.grams(&mut model, vocabulary.len());
        from.pinyin(&mut model);
        model
    }
}

/// Walks the table. It is our own committed file, rebuilt by a test: a short read means zeros, never a panic.
struct Reader<'a> {
    bytes: &'a [u8],
}

impl Reader<'_> {
    fn byte(&mut self) -> u8 {
        match self.bytes.split_first() {
            Some((&b, rest)) => {
                self.bytes = rest;
                b
            }
            None => 0,
        }
    }

    fn number(&mut self) -> usize {
        let mut value = 0;
        loop {
            let b = self.byte();
            value = value << 7 | usize::from(b & 0x7F);
            if b < 0x80 {
                return value;
            }
        }
    }

    fn vocabulary(&mut self) -> (Vec<u16>, Vec<[u8; 2]>) {
        let n = self.number();
        let chars = (0..n).map(|_| self.number() as u16).collect();
        (chars, (0..n).map(|_| [self.byte(), self.byte()]).collect())
    }

    fn spelling(&mut self) -> (Vec<u8>, Vec<u16>) {
        let (mut spelling, mut simplified) = (vec![0; 0x10000], vec![0; 0x10000]);
        let mut c = 0;
        for _ in 0..self.number() {
            c += self.number();
            spelling[c & 0xFFFF] = self.byte();
        }
        let mut t = 0;
        for _ in 0..self.number() {
            t += self.number();
            simplified[t & 0xFFFF] = self.number() as u16;
        }
        (spelling, simplified)
    }

    fn grams(&mut self, into: &mut Model, vocabulary: usize) {
        let (pairs, triples) = (self.number(), self.number());
        into.second.reserve(pairs);
        into.double.reserve(pairs);
        into.tail.reserve(pairs);
        into.third.reserve(triples);
        into.triple.reserve(triples);
        for _ in 0..vocabulary {
            let mut second = 0;
            for _ in 0..self.number() {
                second += self.number();
                into.second.push(second as u16);
                let (cost, len) = (self.byte(), self.number());
                into.double.push([cost, if len > 0 { self.byte() } else { 0 }]);
                let mut third = 0;
                for _ in 0..len {
                    third += self.number();
                    into.third.push(third as u16);
                    into.triple.push(self.byte());
                }
                into.tail.push(into.third.len() as u32);
            }
            into.row.push(into.second.len() as u32);
        }
    }

    fn pinyin(&mut self, into: &mut Model) {
        let (mut keys, mut bares) = (Vec::new(), Vec::new());
        for _ in 0..self.number() {
            let len = self.number();
            let bytes = (0..len).map(|_| self.byte()).collect();
            let syllable = String::from_utf8(bytes).unwrap_or_default();
            keys.push(key(syllable.chars()));
            bares.push(key(syllable.chars().map(plain)));
        }
        into.bares = bares.clone();
        into.bares.sort_unstable();
        into.bares.dedup();
        let number = |bare: &u128| into.bares.binary_search(bare).map_or(0, |at| at as u16);
        let toneless: Vec<u16> = bares.iter().map(number).collect();
        let rows = keys.iter().zip(&toneless).enumerate();
        into.syllables = rows.map(|(at, (&key, &bare))| (key, at as u16, bare)).collect();
        into.syllables.sort_unstable();
        into.spoken = vec![Vec::new(); into.bares.len()];
        into.reading_at = vec![0; 0x10001];
        let mut c = 0;
        for _ in 0..self.number() {
            let before = c;
            c += self.number();
            let start = into.readings.len() as u32;
            into.reading_at[before + 1..=c].fill(start);
            for _ in 0..self.number() {
                let syllable = self.number();
                let bare = toneless.get(syllable).copied().unwrap_or(0);
                into.readings.push((syllable as u16, bare));
                if let (Some(list), Some(c)) = (into.spoken.get_mut(usize::from(bare)), char::from_u32(c as u32))
                    && list.last() != Some(&c)
                {
                    list.push(c);
                }
            }
        }
        let end = into.readings.len() as u32;
        into.reading_at[c + 1..].fill(end);
    }
}

/// A syllable of at most six letters as one number: no letter of pinyin lies beyond U+1FFF.
fn key(letters: impl Iterator<Item = char>) -> u128 {
    letters.fold(0, |key, c| key << 13 | (c as u128 & 0x1FFF))
}

/// The class the model counts a character in: digits are one, Latin letters are one, full-width forms are their narrow
/// selves, quotation marks of all styles are one pair. Traditional characters are mapped by the table, not here.
pub fn fold(c: char) -> char {
    match c {
        '0'..='9' => '0',
        'a'..='z' | 'A'..='Z' => 'a',
        '\u{FF10}'..='\u{FF19}' => '0',
        '\u{FF21}'..='\u{FF3A}' | '\u{FF41}'..='\u{FF5A}' => 'a',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\t' | '\r' | '\u{A0}' | '\u{3000}' => ' ',
        '「' | '『' => '“',
        '」' | '』' => '”',
        '﹒' | '·' | '•' | '‧' | '・' => '·',
        _ => c,
    }
}
