//! Which of two readings of the same bytes is language?
//!
//! In: a text. Out: what it costs in model units, comparable between Chinese (the character model), Japanese and Korean
//! (a few constants: the rates of kana, of common and of other syllables).

use super::model::{Context, Model, NAT};
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use std::cell::OnceCell;
use std::sync::LazyLock;

/// The syllables that make up about two thirds of Korean running text.
const SYLLABLES: &str = "이다는에의을가고하지로은기도사한리자서대어나시를인정아일수스있으과부전제보해상그것구장주라여원조마안들관성유무국화중동만공우소년세경면오신연위치게생적개선비실까미모문방물바용회간강진할데와했된되했습니던니행통분체학명내거였때래요업현회";

/// The same, a bit for each syllable.
static USUAL: LazyLock<[u64; 175]> = LazyLock::new(|| {
    let mut usual = [0; 175];
    for at in SYLLABLES.chars().map(|c| c as usize - HANGUL) {
        usual[at / 64] |= 1 << (at % 64);
    }
    usual
});
const HANGUL: usize = 0xAC00;

/// What a text costs, and how many characters that was.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Price {
    pub sum: i32,
    pub chars: i32,
}

impl Price {
    /// Cost of a character on average.
    pub(super) fn mean(self) -> i32 {
        if self.chars == 0 { 0 } else { self.sum / self.chars }
    }
}

pub(super) fn price(model: &Model, text: impl IntoIterator<Item = char>) -> Price {
    let mut price = Price::default();
    let mut context = Context::START;
    for c in text {
        let (cost, after) = model.step(context, c);
        context = after;
        price.sum += rated(c, cost);
        price.chars += 1;
    }
    price
}

/// What a character counts that costs `cost` in the model.
pub(super) fn rated(c: char, cost: i32) -> i32 {
    match c {
        '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FC}' => 4 * NAT,
        _ if is_usual_hangul(c) => 9 * NAT / 2,
        '\u{AC00}'..='\u{D7A3}' => 9 * NAT,
        '\u{FFFD}' | '\u{80}'..='\u{9F}' | '\u{E000}'..='\u{F8FF}' => 16 * NAT,
        _ => cost.min(14 * NAT),
    }
}

/// A line of which stretches are priced: all of them together cost one walk.
pub(super) struct Priced<'l> {
    pub model: &'l Model,
    pub line: &'l [char],
    /// What each character costs in the model, as it stands in the line.
    costs: OnceCell<Vec<i32>>,
}

impl<'l> Priced<'l> {
    pub(super) fn of(model: &'l Model, line: &'l [char]) -> Priced<'l> {
        Priced { model, line, costs: OnceCell::new() }
    }

    pub(super) fn costs(&self) -> &[i32] {
        self.costs.get_or_init(|| {
            let mut context = Context::START;
            let step = |&c: &char| {
                let (cost, after) = self.model.step(context, c);
                context = after;
                cost
            };
            self.line.iter().map(step).collect()
        })
    }

    /// What [`price`] gives for a stretch: its first two characters do not know of what stands before them, the others know of two.
    pub(super) fn price(&self, from: usize, to: usize) -> Price {
        let known = (from + 2).min(to);
        let head = price(self.model, self.line[from..known].iter().copied());
        let tail = self.line[known..to].iter().zip(&self.costs()[known..to]);
        let sum = tail.fold(head.sum, |sum, (&c, &cost)| sum + rated(c, cost));
        Price { sum, chars: (to - from) as i32 }
    }
}

/// Whether a character is what East Asian text is made of.
pub(super) fn is_east(c: char) -> bool {
    matches!(c as u32, 0x2E80..=0x9FFF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF | 0xFE30..=0xFE4F | 0xFF01..=0xFF60 | 0x20000..=0x3FFFF)
}

/// A full-width digit or letter: a poor guess, since the model knows it as ASCII.
#[inline]
pub(super) fn is_wide_latin(c: char) -> bool {
    matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
}

/// A character that the model knows as another one, behind which it costs nothing: full-width letters, digits and signs that Chinese text
/// seldom has, and the wide space. It is a poor guess.
#[inline]
pub(super) fn is_poor(c: char) -> bool {
    match c {
        '，' | '！' | '？' | '；' | '：' | '（' | '）' => false,
        '\u{3000}' | '！'..='～' => true,
        _ => false,
    }
}

pub(super) fn is_kana(c: char) -> bool {
    matches!(c as u32, 0x3041..=0x3096 | 0x30A1..=0x30FA)
}

pub(super) fn is_hangul(c: char) -> bool {
    matches!(c as u32, 0xAC00..=0xD7A3)
}

pub(super) fn is_usual_hangul(c: char) -> bool {
    is_hangul(c) && USUAL[(c as usize - HANGUL) / 64] >> ((c as usize - HANGUL) % 64) & 1 != 0
}

pub(super) fn is_han(c: char) -> bool {
    matches!(c as u32, 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

/// Words of texts that talk about broken characters, code or markup, and so show some on purpose.
const TALK: [&str; 22] = [
    "乱码",
    "亂碼",
    "编码",
    "編碼",
    "字符集",
    "字元集",
    "实体",
    "實體",
    "转义",
    "轉義",
    "正则",
    "正則",
    "文字化け",
    "mojibake",
    "encoding",
    "Unicode",
    "unicode",
    "UTF-8",
    "utf-8",
    "GBK",
    "charset",
    "HTML",
];

static FINDER: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    // With this kind, it looks for all of them at once, sixteen bytes in a step.
    let builder = &mut AhoCorasick::builder();
    builder.match_kind(MatchKind::LeftmostFirst).kind(Some(AhoCorasickKind::NoncontiguousNFA)).build(TALK).ok()
});

/// Whether a line talks about codes.
pub(super) fn talks(line: &str) -> bool {
    FINDER.as_ref().is_some_and(|words| words.is_match(line))
}
