//! Chinese context: is a quote part of a longer sentence, is the clause after it only its tag, does a new thought begin?
//!
//! In: a line and a place in it. Out: yes or no. Word lists are in `words`; each look takes a bounded window.

use super::evidence::is_han;
use super::extend::Stop;
use super::judge::{Line, Verdict};
use super::pair::ALONE;
use super::scan::Sign;
use super::words::*;

/// How a quote is brought in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Intro {
    /// After a line start or a stop: it begins its sentence.
    Start,
    /// After a colon or a comma: it stands as speech.
    Apart,
    /// After a verb of speech: 他大喊“……”.
    Verb,
    /// In the middle of a clause: 这句“……”.
    Embedded,
}

/// Quotes in a row that are looked at together (“禁止吸烟！”“注意安全！”等标语).
const CHAIN: usize = 8;

/// Characters of an embedded quote that is a name or slogan and is never cut inside.
const SHORT_QUOTE: usize = 20;

impl Line<'_> {
    /// Does the sentence go on after the quote that ends at `end`? `open` is its opening mark, if it has one.
    pub(super) fn runs_on(&self, open: Option<usize>, end: usize, full: bool) -> bool {
        let rest = self.text[end..].trim_start();
        if let Some(answer) = self.chained(rest, end) {
            return answer;
        }
        let intro = open.map_or(Intro::Start, |open| self.intro(open));
        let weak = || starts_with(rest, WEAK_CONTINUATIONS, WEAK_EXCEPTIONS);
        let strong = starts_with(rest, STRONG_CONTINUATIONS, STRONG_EXCEPTIONS) || joins(rest);
        match intro {
            Intro::Apart => strong,
            Intro::Start => strong || is_subject(rest, full),
            Intro::Verb => strong || weak(),
            Intro::Embedded if full => strong || weak(),
            Intro::Embedded => rest.starts_with(|c: char| c.is_alphanumeric()) && !self.is_bare_tag(rest),
        }
    }

    /// A quote that follows directly decides for the one before it.
    fn chained(&self, rest: &str, end: usize) -> Option<bool> {
        let at = self.text.len() - rest.len();
        if at != end || !rest.starts_with(is_opener) {
            return None;
        }
        let mut open = self.marks.partition_point(|mark| mark.start() < at);
        for _ in 0..CHAIN {
            let close = *self.partners.get(open)?;
            if close == ALONE {
                return None;
            }
            let end = self.marks[close as usize].stop();
            let rest = &self.text[end..];
            if !rest.starts_with(is_opener) {
                let strong = starts_with(rest, STRONG_CONTINUATIONS, STRONG_EXCEPTIONS);
                let embedded = !matches!(self.intro(open), Intro::Apart | Intro::Start)
                    && starts_with(rest, WEAK_CONTINUATIONS, WEAK_EXCEPTIONS);
                return Some(strong || embedded || rest.starts_with(['，', '、', ',']));
            }
            open = close as usize + 1;
        }
        None
    }

    /// Is this quote (marks `open` and `close`) one part of a sentence, so that stops inside it do not count?
    pub(super) fn quote_is_part(&self, open: usize, close: usize) -> bool {
        let (start, end) = (self.marks[open].stop(), self.marks[close].start());
        let inner = self.text[start..end].trim_end();
        let after = self.marks[close].stop();
        let rest = self.text[after..].trim_start();
        let last = inner.chars().next_back().unwrap_or(' ');
        if matches!(last, '，' | ',' | '、') && !rest.is_empty() {
            return true;
        }
        if rest.starts_with(['，', '、', ',', '；', '：']) {
            return true;
        }
        let short = inner.chars().take(SHORT_QUOTE + 1).count() <= SHORT_QUOTE;
        if short && self.intro(open) == Intro::Embedded {
            return true;
        }
        if is_closed_mark(last) {
            return self.runs_on(Some(open), after, matches!(last, '。' | '.' | '．' | '｡'));
        }
        // No stop at its end: a phrase, unless the clause after it is its tag or the sentence ends there.
        rest.starts_with(|c: char| c.is_alphanumeric()) && !self.is_bare_tag(rest)
    }

    fn intro(&self, mut open: usize) -> Intro {
        for _ in 0..CHAIN {
            let at = self.marks[open].start();
            match open.checked_sub(1).map(|i| (self.marks[i], self.partners[i])) {
                Some((mark, partner))
                    if matches!(mark.sign, Sign::Close(_)) && mark.stop() == at && partner != ALONE =>
                {
                    open = partner as usize;
                }
                _ => break,
            }
        }
        let before = self.text[..self.marks[open].start()].trim_end();
        let Some(last) = before.chars().next_back() else { return Intro::Start };
        if is_closed_mark(last) || is_closer(last) || matches!(last, '—' | '-') {
            Intro::Start
        } else if matches!(last, '：' | ':' | '，' | ',' | '；' | ';') {
            Intro::Apart
        } else if ends_with(before, SPEECH_BEFORE).is_some() {
            Intro::Verb
        } else {
            Intro::Embedded
        }
    }

    /// Does a bracket at `at` stand by itself: at the beginning of a sentence, or after a colon? One that opened in an earlier sentence
    /// does not.
    pub(super) fn begins_sentence(&self, at: usize, sentence: usize) -> bool {
        let Some(before) = self.text.get(sentence..at).map(str::trim_end) else { return false };
        before.is_empty() || before.ends_with(['：', ':', '。', '！', '？'])
    }

    /// A clause that only says who spoke: 我说。 王教授问道。 or, between two halves of a quote, 她说，“
    pub(super) fn is_bare_tag(&self, rest: &str) -> bool {
        let end = rest.char_indices().take(LONGEST_TAG).find(|&(_, c)| !is_in_clause(c));
        let (length, mark) = match end {
            Some((length, mark)) => (length, mark),
            None if rest.chars().take(LONGEST_TAG).count() < LONGEST_TAG => (rest.len(), '。'),
            None => return false,
        };
        let after = rest[length..].chars().nth(1);
        let ends = match mark {
            '。' | '！' | '!' | '.' | '…' | '．' | '｡' => true,
            '，' | ',' => after.is_some_and(is_opener) || after == Some('"'),
            c => is_closer(c),
        };
        ends && is_tag_clause(rest[..length].trim())
    }

    /// …… is a pause unless a new thought evidently begins, or a quote ends with it.
    pub(super) fn trail(&self, stop: &Stop, next: &str) -> Verdict {
        let Some(first) = next.chars().next() else { return ("line-end", true) };
        if first.is_ascii_alphanumeric() {
            return self.english_trail(stop, next);
        }
        if stop.closed != super::extend::Closed::Nothing {
            return ("trail-closes", true);
        }
        let restart = starts_with(next, RESTARTS, &[]);
        if restart { ("restart", true) } else { ("trail", false) }
    }

    /// 哈哈哈~~~ ends softly: only Chinese text cuts there.
    pub(super) fn wave(&self, stop: &Stop, next: &str) -> Verdict {
        let before = self.text[..stop.at].chars().next_back();
        if before.is_some_and(is_han) && next.starts_with(is_han) { ("wave", true) } else { ("trail", false) }
    }
}

/// Letters, and what a name may hold. The common marks are asked first: the tables of Unicode are slow.
fn is_in_clause(c: char) -> bool {
    is_han(c)
        || !matches!(c, '。' | '，' | '！' | '？' | '：' | '“' | '”') && (c.is_alphanumeric() || matches!(c, ' ' | '·'))
}

/// Longest tag in characters: 北京市消费者协会的负责人对记者说.
const LONGEST_TAG: usize = 16;

fn is_tag_clause(clause: &str) -> bool {
    let says = |text: &str| ends_with(text, TAG_VERBS).is_some() && ends_with(text, NOT_TAG_VERBS).is_none();
    let body = ends_with(clause, TAG_TAILS).and_then(|tail| clause.strip_suffix(tail));
    (says(clause) || body.is_some_and(says)) && !clause.char_indices().any(|(at, _)| begins_with(&clause[at..], NO_TAG))
}

/// Does a quote at the beginning of its sentence go on as its subject?
fn is_subject(rest: &str, full: bool) -> bool {
    let words: &[&[&str]] =
        if full { &[SUBJECT_CONTINUATIONS] } else { &[SUBJECT_CONTINUATIONS, POINTING_CONTINUATIONS] };
    words.iter().any(|words| starts_with(rest, words, STRONG_EXCEPTIONS))
}

/// A conjunction and another quote or title.
fn joins(rest: &str) -> bool {
    begins_with(rest, CONJUNCTIONS)
        && rest.chars().skip(1).take(2).any(|c| is_opener(c) || c == '《' || c == '"')
        && !rest.chars().nth(1).is_some_and(is_closer)
}

fn starts_with(text: &str, words: &[&str], except: &[&str]) -> bool {
    begins_with(text, words) && !begins_with(text, except)
}

pub(super) fn is_opener(c: char) -> bool {
    matches!(c, '“' | '‘' | '「' | '『' | '﹁' | '﹃')
}

pub(super) fn is_closer(c: char) -> bool {
    matches!(c, '”' | '’' | '」' | '』' | '﹂' | '﹄' | '"' | '\'' | '）' | ')' | '】' | '》')
}

/// A character that ends a sentence, or a closer right behind one.
pub(super) fn is_closed_mark(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '｡' | '.' | '!' | '?' | '…' | '．')
}
