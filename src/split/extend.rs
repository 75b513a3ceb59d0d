//! What belongs to a stop: the rest of its run, closers, footnote marks, emoji.
//!
//! In: a line, its marks and the mark where a stop begins. Out: a [`Stop`] that says how strong it is, what it closed and
//! where the sentence would end. Nothing is decided here.

use super::chinese::is_closed_mark;
use super::evidence::is_han;
use super::judge::{Line, State};
use super::pair::ALONE;
use super::scan::{Mark, Pair, Sign};
use super::words::{EDITOR_NOTES, EMOTICONS};

/// How much a stop says by itself. Ordered: in a run the strongest mark wins (……！ is a shout, not a trailing off).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Force {
    /// —— before a closing quote.
    Break,
    /// ~~~
    Wave,
    /// …… ... ..
    Trail,
    /// One . or ．
    Dot,
    /// ASCII ! or ?
    Mark,
    /// ； when asked for.
    Semicolon,
    /// 。！？
    Full,
}

/// What the closers after a stop closed; the outermost counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Closed {
    Nothing,
    /// A closer without opener.
    Stray,
    /// Index of the opening mark.
    Pair(u32),
}

#[derive(Debug, Clone)]
pub(super) struct Stop {
    /// Index of the first mark that is not part of the stop.
    pub next: usize,
    /// Where the stop began.
    pub at: usize,
    /// Where its last run of stop characters begins: what stands before it is the last word.
    pub body: usize,
    /// Where that run ends.
    pub body_end: usize,
    /// Where the sentence would end.
    pub end: usize,
    pub force: Force,
    pub closed: Closed,
}

/// Longest white space (bytes) between a stop and the closer or stop that belongs to it.
const STRAY_SPACE: usize = 6;

pub(super) fn force(mark: &Mark) -> Option<Force> {
    Some(match mark.sign {
        Sign::Full => Force::Full,
        Sign::Mark => Force::Mark,
        Sign::Dot if mark.end - mark.at > 1 => Force::Trail,
        Sign::WideDot if mark.end - mark.at > 3 => Force::Trail,
        Sign::Dot | Sign::WideDot => Force::Dot,
        Sign::Ellipsis => Force::Trail,
        Sign::Wave => Force::Wave,
        Sign::Dash => Force::Break,
        Sign::Semicolon => Force::Semicolon,
        _ => return None,
    })
}

impl Line<'_> {
    /// Everything that belongs to the stop at mark `first`; pairs that its closers close are left in `state`.
    pub(super) fn extend(&self, first: usize, force: Force, state: &mut State) -> Stop {
        let mark = &self.marks[first];
        let (at, end) = (mark.start(), mark.stop());
        let mut stop = Stop { next: first + 1, at, body: at, body_end: end, end, force, closed: Closed::Nothing };
        while self.take_mark(&mut stop, state) || self.take_text(&mut stop, state) {}
        stop
    }

    fn take_mark(&self, stop: &mut Stop, state: &mut State) -> bool {
        let Some(mark) = self.marks.get(stop.next) else { return false };
        let gap = &self.text[stop.end..mark.start()];
        if gap.len() > STRAY_SPACE || !gap.trim().is_empty() {
            return false;
        }
        let taken = match (mark.sign, force(mark)) {
            (Sign::Close(pair), _) => self.take_closer(stop, state, pair, gap.is_empty()),
            (Sign::Semicolon, _) | (_, None) => false,
            (_, Some(force)) if gap.is_empty() || force == Force::Full => {
                join(stop, mark, force);
                true
            }
            (_, Some(force)) => self.take_spaced_stop(stop, mark, force),
        };
        if taken {
            stop.end = mark.stop();
            stop.next += 1;
        }
        taken
    }

    /// `. . .` and `？ ！`: the same kind of stop after a space, unless a word begins with it (`. .NET`).
    fn take_spaced_stop(&self, stop: &mut Stop, mark: &Mark, force: Force) -> bool {
        let kind = |force: Force| if force == Force::Dot { Force::Trail } else { force };
        let glued = self.text[mark.stop()..].starts_with(|c: char| c.is_alphanumeric());
        if stop.closed != Closed::Nothing || kind(stop.force) != kind(force) || glued {
            return false;
        }
        stop.force = kind(force);
        stop.body_end = mark.stop();
        true
    }

    fn take_closer(&self, stop: &mut Stop, state: &mut State, pair: Pair, direct: bool) -> bool {
        let partner = self.partners[stop.next];
        if !direct && partner == ALONE && (pair == Pair::Straight || !pair.is_quote()) {
            return false;
        }
        if partner == ALONE {
            if stop.closed == Closed::Nothing {
                stop.closed = Closed::Stray;
            }
        } else {
            state.leave(self);
            stop.closed = Closed::Pair(partner);
        }
        true
    }

    fn take_text(&self, stop: &mut Stop, state: &mut State) -> bool {
        let rest = &self.text[stop.end..];
        let Some(first) = rest.chars().next() else { return false };
        if is_han(first) {
            return false;
        }
        let length = self
            .apostrophe(rest, stop)
            .or_else(|| self.footnote(rest, stop, state))
            .or_else(|| emoji(rest, stop.force))
            .or_else(|| ornament(rest))
            .unwrap_or(0);
        stop.end += length;
        while self.marks.get(stop.next).is_some_and(|mark| mark.start() < stop.end) {
            stop.next += 1;
        }
        length > 0
    }

    /// `'` right after a stop closes a quote if no word goes on after it.
    fn apostrophe(&self, rest: &str, stop: &mut Stop) -> Option<usize> {
        let after = rest.strip_prefix('\'')?;
        if after.starts_with(|c: char| c.is_ascii_alphanumeric()) {
            return None;
        }
        if stop.closed == Closed::Nothing {
            stop.closed = Closed::Stray;
        }
        Some(1)
    }

    fn footnote(&self, rest: &str, stop: &Stop, state: &mut State) -> Option<usize> {
        if stop.force < Force::Dot {
            return None;
        }
        let text = rest.strip_prefix(' ').unwrap_or(rest);
        let length = footnote(text)?;
        let spaced = text.len() < rest.len();
        let circled = text.starts_with(is_circled);
        if spaced && (circled || !text.starts_with('[')) || self.marks_are_items(circled, state) {
            return None;
        }
        Some(length + usize::from(spaced))
    }

    /// Do the numbers of this line begin its items (①坚持原则。②实事求是。) instead of ending its sentences?
    fn marks_are_items(&self, circled: bool, state: &mut State) -> bool {
        let known = if circled { &mut state.circled_items } else { &mut state.bracketed_items };
        *known.get_or_insert_with(|| if circled { circled_items(self.text) } else { bracketed_items(self.text) })
    }
}

/// The next mark of a run: the strongest counts, but after a closer the run begins anew (“……”。).
fn join(stop: &mut Stop, mark: &Mark, force: Force) {
    if stop.closed == Closed::Nothing {
        let dots = stop.force == Force::Dot && force == Force::Dot;
        stop.force = if dots { Force::Trail } else { stop.force.max(force) };
        if stop.force == Force::Dot && force < Force::Dot {
            stop.force = Force::Trail;
        }
    } else {
        stop.force = force;
        stop.closed = Closed::Nothing;
        stop.body = mark.start();
    }
    stop.body_end = mark.stop();
}

fn bracketed_items(line: &str) -> bool {
    let listed = ["：[", ":[", "： [", ": ["].iter().filter_map(|colon| line.find(colon)).min();
    let first = listed.and_then(|at| line[at..].find('[').map(|open| at + open));
    footnote(line.trim_start()).is_some() || first.is_some_and(|at| footnote(&line[at..]).is_some())
}

fn circled_items(line: &str) -> bool {
    let (mut after_stop, mut first) = (0, true);
    let mut last = ' ';
    for c in line.chars() {
        if is_circled(c) {
            if first && matches!(last, ' ' | '：' | ':') {
                return true;
            }
            first = false;
            after_stop += usize::from(is_closed_mark(last));
        }
        if !c.is_whitespace() {
            last = c;
        }
    }
    after_stop >= 2 && !is_circled(last)
}

pub(super) fn is_circled(c: char) -> bool {
    matches!(c, '\u{2460}'..='\u{2473}' | '\u{24EA}'..='\u{24FF}' | '\u{2776}'..='\u{2793}' | '\u{3251}'..='\u{325F}')
}

/// Bytes of a footnote mark at the head of `text`: `[12]`, ［3］, [注 1], [来源请求], ①, ¹².
fn footnote(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    if is_circled(first) {
        return Some(first.len_utf8());
    }
    let superscript = |c: char| matches!(c, '\u{B9}' | '\u{B2}' | '\u{B3}' | '\u{2070}'..='\u{2079}');
    if superscript(first) {
        return text.find(|c| !superscript(c)).or(Some(text.len()));
    }
    let close = match first {
        '[' => ']',
        '［' => '］',
        '〔' => '〕',
        '【' => '】',
        _ => return None,
    };
    let inner = &text[first.len_utf8()..];
    let (length, _) = inner.char_indices().take(LONGEST_NOTE).find(|(_, c)| *c == close)?;
    is_note(&inner[..length], first).then_some(first.len_utf8() + length + close.len_utf8())
}

/// Longest footnote mark between its brackets, in characters: [永久失效連結], [citation needed].
const LONGEST_NOTE: usize = 24;

fn is_note(note: &str, open: char) -> bool {
    if open == '[' && (EDITOR_NOTES.contains(&note) || is_sticker(note)) {
        return true;
    }
    let number =
        ["注", "註", "note ", "n. ", "n "].iter().find_map(|word| note.strip_prefix(word)).unwrap_or(note).trim();
    let digits = number.chars().filter(char::is_ascii_digit).count();
    let only = number.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '–' | ',' | ' ' | '、'));
    let letter = open == '[' && number.len() == 1 && number.starts_with(|c: char| c.is_ascii_lowercase());
    digits > 0 && only && digits <= 12 || letter
}

/// Weibo writes its stickers as [哈哈] or [笑cry].
fn is_sticker(note: &str) -> bool {
    let count = note.chars().count();
    (1..=4).contains(&count) && note.starts_with(is_han) && note.chars().all(|c| is_han(c) || c.is_ascii_lowercase())
}

/// Bytes of emoji or an emoticon at the head of `text`; a space may stand before it.
fn emoji(text: &str, force: Force) -> Option<usize> {
    if force < Force::Trail {
        return None;
    }
    let body = text.trim_start_matches([' ', '\u{A0}']);
    let space = text.len() - body.len();
    let end = body.find(|c| !is_pictograph(c)).unwrap_or(body.len());
    if end > 0 {
        return (space == 0 || body.starts_with(|c: char| c > '\u{FFFF}')).then_some(space + end);
    }
    if !body.starts_with([':', ';', '=', '^', 'X', '<', 'T', 'Q', 'o', 'O', '→']) {
        return None;
    }
    let face = EMOTICONS.iter().find(|face| body.starts_with(**face))?;
    let after = &body[face.len()..];
    (!after.starts_with(|c: char| c.is_ascii_alphanumeric())).then_some(space + face.len())
}

/// Longest ornament (bytes): 。■ ！↓↓↓
const LONGEST_ORNAMENT: usize = 24;

/// Signs that close a line; in the middle of one they are the bullets of the next item.
fn ornament(rest: &str) -> Option<usize> {
    let short = rest.len() <= LONGEST_ORNAMENT && !rest.is_empty();
    (short && rest.chars().all(is_ornament)).then_some(rest.len())
}

fn is_ornament(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{21FF}' | '\u{2500}'..='\u{27BF}' | '\u{3012}'..='\u{3013}') && !is_circled(c)
}

/// Emoji, their joiners and selectors, and characters of no width.
fn is_pictograph(c: char) -> bool {
    matches!(c, '\u{1F000}'..='\u{1FAFF}' | '\u{2600}'..='\u{2604}' | '\u{2607}'..='\u{2775}' | '\u{2794}'..='\u{27BF}' | '\u{2B05}'..='\u{2B55}'
        | '\u{FE0E}' | '\u{FE0F}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' | '\u{20E3}')
}
