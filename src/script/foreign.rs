//! Japanese and Korean inside Chinese text: a quoted title, a name, a sentence. They stay as they are, the rest converts.
//!
//! In: a text, and whether its page is Japanese as a whole. Out: byte ranges that no conversion may touch. A sentence is
//! Japanese by its kana where nothing in it is Chinese alone; else only a bracket with kana stays, and a run of kana with the
//! ideographs that belong to it. A sentence without kana says little: there the page decides.

use super::engine::Engine;
use super::tables;
use std::ops::Range;
use std::sync::LazyLock;

/// Words of grammar that Chinese alone writes, in both scripts.
const CHINESE: &str = "这那哪们你您妳她它牠吗嗎吧呢么麼很没沒這們啊嘛啦咱俺谁誰甭嘅咗唔佢哋喺";
/// Where a run of kana ends its hold on the ideographs beside it, though Japanese writes these too.
const EDGES: &str = "的是了在和与與叫作为為爲及或等有被把从從于於由就都也说說看听聽唱出上下中里裡裏后後来來去会會能可";
/// The ideographs on one side of a run of kana that may belong to it.
const REACH: usize = 8;
const OPENING: &str = "「『《〈（(“‘【［[";
const CLOSING: &str = "」』》〉）)”’】］]";

/// The parts of `text` that stay, from left to right.
pub(super) fn foreign(text: &str, japanese_page: bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for sentence in text.split_inclusive(['。', '！', '？', '；', '\n']) {
        let parts = in_sentence(sentence, japanese_page);
        found.extend(parts.into_iter().map(|part| part.start + start..part.end + start));
        start += sentence.len();
    }
    found
}

/// What a stretch of text shows of its language.
#[derive(Default)]
struct Signs {
    han: usize,
    kana: usize,
    hangul: usize,
    /// Characters that Chinese alone writes.
    chinese: usize,
}

impl Signs {
    fn of(text: impl Iterator<Item = char>) -> Signs {
        let mut signs = Signs::default();
        for c in text {
            signs.kana += usize::from(is_kana(c));
            signs.hangul += usize::from(is_hangul(c));
            signs.han += usize::from(is_han(c));
            signs.chinese += usize::from(is_chinese(c));
        }
        signs
    }

    fn is_japanese(&self) -> bool {
        let enough = self.kana > 2 || self.kana * 4 > self.han;
        self.kana > 0 && enough && self.kana * 20 > self.kana + self.han && self.chinese * 6 <= self.kana
    }

    fn is_korean(&self) -> bool {
        self.hangul * 2 > self.han
    }
}

fn in_sentence(sentence: &str, japanese_page: bool) -> Vec<Range<usize>> {
    let all = Signs::of(sentence.chars());
    let whole = || std::iter::once(0..sentence.len()).collect();
    if all.kana == 0 && all.hangul == 0 {
        return if japanese_page && all.chinese == 0 && all.han > 0 { whole() } else { Vec::new() };
    }
    let mut stays = brackets(sentence);
    let rest = Signs::of(sentence.char_indices().filter(|(at, _)| is_outside(&stays, &(*at..at + 1))).map(|(_, c)| c));
    if rest.is_japanese() || rest.is_korean() {
        return whole();
    }
    let more: Vec<Range<usize>> = runs(sentence).into_iter().filter(|run| is_outside(&stays, run)).collect();
    stays.extend(more);
    stays.sort_by_key(|range| range.start);
    stays
}

/// Whether `place` touches none of the sorted `stays`.
fn is_outside(stays: &[Range<usize>], place: &Range<usize>) -> bool {
    let behind = stays.partition_point(|range| range.end <= place.start);
    stays.get(behind).is_none_or(|range| range.start >= place.end)
}

/// The innermost brackets that hold Japanese.
fn brackets(sentence: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open = None;
    for (at, c) in sentence.char_indices() {
        if OPENING.contains(c) {
            open = Some(at + c.len_utf8());
        } else if let Some(start) = open.filter(|_| CLOSING.contains(c)) {
            let signs = Signs::of(sentence[start..at].chars());
            if signs.kana > 0 && signs.chinese == 0 && (signs.kana > 1 || signs.han < 4) {
                found.push(start..at);
            }
            open = None;
        }
    }
    found
}

/// Runs of two and more kana, each with the ideographs beside it that may belong to it, joined where they meet.
fn runs(sentence: &str) -> Vec<Range<usize>> {
    let characters: Vec<(usize, char)> = sentence.char_indices().collect();
    let place = |number: usize| characters.get(number).map_or(sentence.len(), |(at, _)| *at);
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut number = 0;
    while number < characters.len() {
        let length = characters[number..].iter().take_while(|(_, c)| is_kana(*c) || *c == 'ー' || *c == '・').count();
        if length < 2 {
            number += length.max(1);
            continue;
        }
        let belongs = |(_, c): &&(usize, char)| is_han(*c) && !is_chinese(*c) && !EDGES.contains(*c);
        let left = characters[..number].iter().rev().take(REACH).take_while(belongs).count();
        let right = characters[number + length..].iter().take(REACH).take_while(belongs).count();
        let range = place(number - left)..place(number + length + right);
        match found.last_mut().filter(|last| last.end >= range.start) {
            Some(last) => last.end = range.end,
            None => found.push(range),
        }
        number += length;
    }
    found
}

fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30FF}' if c != '・' && c != 'ー')
}

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{AC00}'..='\u{D7A3}')
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' | '々')
}

/// A word of Chinese grammar, a Simplified form that Japanese has not, or an old form that Japanese has given up.
fn is_chinese(c: char) -> bool {
    static FORMS: LazyLock<Option<(Engine, Engine)>> =
        LazyLock::new(|| Some((Engine::named("jp2t")?, Engine::named("t2jp")?)));
    if !is_han(c) {
        return false;
    }
    let Some((new_forms, old_forms)) = FORMS.as_ref() else { return CHINESE.contains(c) };
    CHINESE.contains(c)
        || tables::side(u32::from(c)) == tables::SIMPLIFIED && new_forms.single(c).is_none()
        || old_forms.single(c).is_some_and(|new| !new.starts_with(c))
}
