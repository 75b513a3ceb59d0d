//! The character model: how likely is a character after the two before it?
//!
//! In: the embedded table `model.bin`, opened only when a suspicious place was found: then the vocabulary is read, and each row when it is
//! first asked for (`row`; the readings are in `sounds`). Out: costs, in twelfths of a nat, lower is likelier; the
//! Traditional → Simplified map the costs go through; spelling flags. Interpolated character trigrams from running text and word lists,
//! because a slipped line has to be told from a sound one over spans of a few characters; sources, licences and what
//! each part brings are listed in `tables/repair/about.md`.

mod bits;
mod reader;
mod row;
mod sounds;

pub(super) use row::NONE;

use super::cells::Cells;
use super::pinyin::Sound;
use reader::Reader;
use row::{Row, Thirds};
use sounds::Sounds;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{LazyLock, OnceLock};

/// One nat in the unit of [`Model::step`].
pub(super) const NAT: i32 = 12;

/// Number of the line edge in the vocabulary.
pub(super) const EDGE: u16 = 0;

/// Number of every character that is not in the vocabulary.
pub(super) const UNKNOWN: u16 = 1;

/// The embedded table as it lies there.
pub(crate) static BYTES: &[u8] = include_bytes!("model.bin");
static OPENED: AtomicUsize = AtomicUsize::new(1);
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
    /// Simplified, and no Traditional text has it, but there is more than one that it may stand for: 个, 当. Some converters leave it.
    Ambiguous,
    /// Traditional, but not what its Simplified form mostly stands for: 噹, 曏.
    Second,
}

/// Two characters of context.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context {
    /// The character before the last one.
    pub first: u16,
    pub last: u16,
    /// Place of the pair in the row of its first character; `NONE` if a third character was never seen after it.
    pub pair: u32,
}

/// Contexts with the same future are the same: where nothing is known of the two together, the first one does not matter.
impl PartialEq for Context {
    fn eq(&self, other: &Context) -> bool {
        (self.last, self.pair) == (other.last, other.pair) && (self.pair == NONE || self.first == other.first)
    }
}

impl Context {
    pub(super) const START: Context = Context { first: EDGE, last: EDGE, pair: NONE };
}

/// The opened table. All arrays are in vocabulary order, the commonest characters first.
pub(super) struct Model {
    /// Tells one opened table from another.
    pub serial: usize,
    /// By code point.
    number: Vec<u16>,
    spelling: Vec<u8>,
    /// What a character costs by itself, and what comes on top of that after a character it was never seen after.
    single: Vec<[u8; 2]>,
    /// Where the pairs of a character lie in the table and how many they are.
    places: Vec<(usize, usize)>,
    rows: Vec<OnceLock<Box<Row>>>,
    sounds: OnceLock<Sounds>,
    cells: OnceLock<Cells>,
    /// The rows, and behind them the readings.
    body: &'static [u8],
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
        let row = self.row(context.last);
        let found = row.find(next).map(|at| (at, row.pairs[at]));
        let pair = found.filter(|(_, pair)| pair.goes_on()).map_or(NONE, |(at, _)| at as u32);
        let after = Context { first: context.last, last: next, pair };
        let mut cost = 0;
        if context.pair != NONE {
            let before = self.row(context.first);
            let pair = before.pairs[context.pair as usize];
            if let Some(cost) = before.thirds(pair).cost(next) {
                return (cost, after);
            }
            cost = i32::from(pair.back);
        }
        let alone = || i32::from(self.single[usize::from(context.last)][1]) + self.alone_number(next);
        (cost + found.map_or_else(alone, |(_, pair)| i32::from(pair.cost)), after)
    }

    /// The same for many characters after one context.
    pub(super) fn after(&self, context: Context) -> After<'_> {
        let mut back = 0;
        let mut thirds = Thirds::default();
        if context.pair != NONE {
            let row = self.row(context.first);
            let pair = row.pairs[context.pair as usize];
            back = i32::from(pair.back);
            thirds = row.thirds(pair);
        }
        let alone = back + i32::from(self.single[usize::from(context.last)][1]);
        After { model: self, row: self.row(context.last), thirds, back, alone, last: context.last }
    }

    fn row(&self, number: u16) -> &Row {
        self.rows[usize::from(number)].get_or_init(|| {
            let ((from, count), (to, _)) = (self.places[usize::from(number)], self.places[usize::from(number) + 1]);
            Box::new(Row::read(self.body.get(from..).unwrap_or_default(), to - from, count))
        })
    }

    /// The cost of a character by itself, by its number.
    pub(super) fn alone_number(&self, number: u16) -> i32 {
        i32::from(self.single[usize::from(number)][0])
    }

    /// The cost of a character by itself.
    pub(super) fn alone(&self, c: char) -> i32 {
        self.alone_number(self.number(c))
    }

    /// The vocabulary number of a character, folded and simplified.
    pub(super) fn number(&self, c: char) -> u16 {
        self.number.get(c as usize).copied().unwrap_or(UNKNOWN)
    }

    pub(super) fn spelling(&self, c: char) -> Spelling {
        match self.spelling.get(c as usize) {
            Some(1) => Spelling::Converted,
            Some(2) => Spelling::Variant,
            Some(3) => Spelling::Simplified,
            Some(4) => Spelling::Ambiguous,
            Some(5) => Spelling::Second,
            _ => Spelling::Same,
        }
    }

    /// The characters by their bytes.
    pub(super) fn cells(&self) -> &Cells {
        self.cells.get_or_init(|| Cells::of(self))
    }

    fn sounds(&self) -> &Sounds {
        self.sounds.get_or_init(|| {
            let from = self.places.last().map_or(0, |place| place.0);
            Sounds::read(self.body.get(from..).unwrap_or_default())
        })
    }

    /// The readings of a character as (syllable, syllable without its tone), the commonest first.
    pub(super) fn readings(&self, c: char) -> &[(u16, u16)] {
        self.sounds().readings(c)
    }

    /// The characters that can be read as `sound`, in one tone or another.
    pub(super) fn spoken(&self, sound: Sound) -> &[char] {
        self.sounds().spoken(sound)
    }

    /// The numbers of a syllable of at most six letters.
    pub(super) fn sound(&self, letters: &[char]) -> Sound {
        self.sounds().sound(letters)
    }

    /// Shape, in order: vocabulary, spelling, how many pairs and how many bytes each row has, the rows, the readings.
    pub(super) fn read(bytes: &'static [u8]) -> Model {
        let mut from = Reader { bytes };
        let count = from.number();
        let vocabulary: Vec<u16> = (0..count).map(|_| from.number() as u16).collect();
        let single = from.take(count * 2).as_chunks().0.to_vec();
        let (spelling, simplified) = spelling(&mut from);
        let mut places = Vec::with_capacity(count + 1);
        let mut at = 0;
        for _ in 0..count {
            places.push((at, from.number()));
            at += from.number();
        }
        places.push((at, 0));
        let number = numbers(&vocabulary, &simplified);
        let rows = (0..count).map(|_| OnceLock::new()).collect();
        let serial = OPENED.fetch_add(1, Ordering::Relaxed);
        Model {
            serial,
            number,
            spelling,
            single,
            places,
            rows,
            sounds: OnceLock::new(),
            cells: OnceLock::new(),
            body: from.bytes,
        }
    }
}

/// What may come after one context.
pub(super) struct After<'m> {
    model: &'m Model,
    row: &'m Row,
    thirds: Thirds<'m>,
    back: i32,
    /// What comes on top of a character's own cost where it was never seen here.
    alone: i32,
    last: u16,
}

impl After<'_> {
    /// The numbers of the characters that were seen after the last one, sorted.
    pub(super) fn seconds(&self) -> &[u16] {
        &self.row.seconds
    }

    /// What [`Model::step_number`] gives.
    pub(super) fn step(&self, next: u16) -> (i32, Context) {
        self.seen(next).unwrap_or_else(|| self.unseen(next))
    }

    /// The same, if the character was ever seen after the last one.
    #[inline]
    pub(super) fn seen(&self, next: u16) -> Option<(i32, Context)> {
        let at = self.row.find(next)?;
        let pair = self.row.pairs[at];
        let known = if pair.goes_on() { at as u32 } else { NONE };
        let cost = self.thirds.cost(next).unwrap_or(self.back + i32::from(pair.cost));
        Some((cost, Context { first: self.last, last: next, pair: known }))
    }

    /// The same, where it was not.
    pub(super) fn unseen(&self, next: u16) -> (i32, Context) {
        (self.alone + self.model.alone_number(next), Context { first: self.last, last: next, pair: NONE })
    }
}

/// Spelling flags by code point; characters with their Simplified ones.
fn spelling(from: &mut Reader) -> (Vec<u8>, Vec<(u16, u16)>) {
    let mut spelling = vec![0; 0x10000];
    let mut c = 0;
    for _ in 0..from.number() {
        c += from.number();
        spelling[c & 0xFFFF] = from.byte();
    }
    let mut t = 0;
    let pairs = from.number();
    let pair = |_| {
        t += from.number();
        (t as u16, from.number() as u16)
    };
    (spelling, (0..pairs).map(pair).collect())
}

/// The number of each character by its code point, folded and simplified.
fn numbers(vocabulary: &[u16], simplified: &[(u16, u16)]) -> Vec<u16> {
    let mut number = vec![UNKNOWN; 0x10000];
    for (at, &c) in vocabulary.iter().enumerate() {
        number[usize::from(c)] = at as u16;
    }
    for &(t, s) in simplified {
        number[usize::from(t)] = number[usize::from(s)];
    }
    let folded = (0..0x3100).chain(0xFE00..0x10000).filter_map(char::from_u32).map(|c| (c, fold(c)));
    for (c, folded) in folded.filter(|(c, folded)| c != folded) {
        number[c as usize] = number[folded as usize];
    }
    number
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
