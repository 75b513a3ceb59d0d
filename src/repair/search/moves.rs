//! What one character of the line can mean to one hypothesis: the moves of the search.
//!
//! In step a character is itself, an annotation, or the start of a slip; out of step it gives the second byte of a true character and
//! the first of the next. Each move is put with its price; the beam in `search` prunes.

use super::group::Wanted;
use super::*;
use crate::repair::cells::Cell;
use crate::repair::judge::is_han;

/// What it costs that an ASCII character was swallowed.
const SPACE: i32 = NAT;
const DIGIT: i32 = NAT;
const DIGIT_LETTER: i32 = 4 * NAT;
const SAME: i32 = 2 * NAT;
const PAREN: i32 = 3 * NAT;
const QUOTE: i32 = 4 * NAT;
const STOP: i32 = 3 * NAT;
const DASH: i32 = 3 * NAT;
const SLASH: i32 = 3 * NAT;

/// What 。 earns where bytes were cut at "！", and what it earns at the end of a line without a quotation to close.
const STOPS: i32 = 5 * NAT;
const LAST_STOPS: i32 = 2 * NAT;

/// What an annotation that cannot be one costs in a document where a program put them in.
const NO_NOTE: i32 = 10 * NAT;

impl Search<'_, '_> {
    pub(super) fn in_step(&mut self, at: usize, h: Hypothesis) {
        let c = self.line[at];
        let mut kept = self.say(h, c);
        if c == '('
            && self.evidence.annotated
            && let Some(syllable) = self.notes.at(at)
        {
            if let Some(fit) = self.read_as(h, syllable.sound) {
                let mut dropped = h;
                dropped.cost += fit * NAT;
                return self.put(at + 1 + syllable.len, dropped, [NOTHING; 2], Kind::Note);
            }
            kept.cost += NO_NOTE;
        }
        if c != '(' && self.listed.has(c) && self.line.get(at + 1) != Some(&'(') {
            kept.cost += 2 * NAT;
        }
        self.put(at + 1, kept, [c, NOTHING], Kind::Kept);
        if matches!(c, '?' | '\u{FFFD}') && !self.gone_for_good(at) {
            self.slip(at, h);
        }
    }

    /// "?" as the lone first byte of a true character: an annotation follows, or a mark at which the bytes were cut.
    fn slip(&mut self, at: usize, h: Hypothesis) {
        let mut slip = h;
        if let Some(syllable) = self.notes.at(at) {
            for &listed in self.model.spoken(syllable.sound) {
                let Some((_, first)) = gbk::pair_of(listed).filter(|&(lead, _)| lead == h.byte) else { continue };
                let fit = pinyin::fit(self.model, listed, syllable.sound).unwrap_or(1);
                if first >= 0x81 {
                    slip.cost = h.cost + (2 + 2 * fit) * NAT + self.unlisted(listed);
                    slip.pending = Pending::Byte(first);
                    self.put(at + 1 + syllable.len, slip, [NOTHING; 2], Kind::Slip);
                }
            }
            return;
        }
        slip.cost += self.evidence.price;
        let mark = self.line.get(at + 1).and_then(|&c| cut_at(c));
        // Without a mark no mirror program began a slip here; but some other program may have lost a first byte.
        if mark.is_none() && !self.evidence.annotated {
            slip.pending = Pending::Any;
            return self.put(at + 1, slip, [NOTHING; 2], Kind::Slip);
        }
        let Some(mark) = mark else { return };
        // 。 before another mark (A1 A3 | A1 …) is by far the commonest place where bytes are cut at "！".
        let stop = mark == 0xA1 && (is_han(h.last) || h.last.is_ascii_alphanumeric() || "”）》…".contains(h.last));
        let next = self.due(at + 2, mark);
        // At the line end 。” is what the mark was cut out of, and without a quotation to close there is none.
        let favoured = if at + 3 < self.line.len() || h.open.quotes() { STOPS } else { LAST_STOPS };
        let favour = (stop && !next.is_some_and(|c| "。，、".contains(c))).then_some(('。', favoured));
        let wanted = Wanted { keep: 12, to: at + 2, next, favour };
        let ways = self.best(slip, self.cells.with_trail(0xA3), gbk::LEADS, wanted);
        self.put_slips(at + 2, ways, Pending::Byte(mark));
    }

    /// The true character that begins with `first` and is completed at a place, if what stands there tells.
    fn due(&self, at: usize, first: u8) -> Option<char> {
        match self.line.get(at)? {
            '€' => gbk::char_of(first, 0x80),
            '?' | '\u{FFFD}' => None,
            c if c.is_ascii() => match folded(*c) {
                Some((second, _)) => gbk::char_of(first, second),
                None => gbk::char_of(first, *c as u8),
            },
            c => gbk::char_of(first, gbk::wide_pair_of(*c)?.0),
        }
    }

    /// A character that converters never write is a poor guess for one that a mirror annotates.
    fn unlisted(&self, c: char) -> i32 {
        match self.model.spelling(c) {
            Spelling::Converted | Spelling::Second => 0,
            Spelling::Variant => NAT,
            Spelling::Same | Spelling::Ambiguous | Spelling::Simplified => 2 * NAT,
        }
    }

    pub(super) fn out_of_step(&mut self, at: usize, h: Hypothesis) {
        let c = self.line[at];
        match c {
            '?' | '\u{FFFD}' if self.gone_for_good(at) && !self.few_marks(at) => return,
            '?' | '\u{FFFD}' => self.question(at, h, c == '\u{FFFD}'),
            '(' => self.note_inside(at, h),
            '€' => self.close(at + 1, h, 0x80, NOTHING),
            '@'..='~' => self.close(at + 1, h, c as u8, NOTHING),
            _ => {}
        }
        let pair = if c.is_ascii() { folded(c) } else { gbk::wide_pair_of(c) };
        let Some((second, next)) = pair else { return };
        if next <= 0x80 {
            if next < 0x7F && next != 0x80 {
                self.close(at + 1, h, second, next as char);
            }
            return;
        }
        if next == 0xFF {
            return;
        }
        let price = if self.listed.has(c) && self.line.get(at + 1) != Some(&'(') { 3 * NAT } else { 0 };
        let mut h = h;
        h.cost += price;
        if let Pending::Byte(first) = h.pending {
            let Some(c) = gbk::char_of(first, second) else { return };
            let mut on = self.restore(h, c, false);
            on.cost += self.fits(at + 1, h.open, c);
            on.pending = Pending::Byte(next);
            return self.put(at + 1, on, [c, NOTHING], Kind::Slip);
        }
        let wanted = Wanted { keep: 16, to: at + 1, next: self.due(at + 1, next), favour: None };
        let ways = self.best(h, self.cells.with_trail(second), h.pending.leads(), wanted);
        self.put_slips(at + 1, ways, Pending::Byte(next));
    }

    /// Puts what was found of a group, and gives the list back.
    fn put_slips(&mut self, at: usize, ways: Vec<Way>, pending: Pending) {
        for &(_, mut on, cell) in &ways {
            on.guess = true;
            on.pending = pending;
            self.put(at, on, [cell.c, NOTHING], Kind::Slip);
        }
        self.room.ways = ways;
    }

    /// The pending byte with `second` is a true character, `then` follows, and the line is in step again.
    fn close(&mut self, to: usize, h: Hypothesis, second: u8, then: char) {
        let note = if self.line.get(to) == Some(&'(') { self.notes.at(to) } else { None };
        if let Pending::Byte(first) = h.pending {
            let Some(c) = gbk::char_of(first, second) else { return };
            let mut on = self.restore(h, c, note.is_some());
            on.cost += self.fits(to, h.open, c);
            return self.put_closed(to, on, c, then);
        }
        if let Some(note) = note {
            let leads = h.pending.leads();
            let cells = self.cells.with_trail(second).iter().filter(|cell| leads >> (cell.lead - 0x81) & 1 != 0);
            let mut cells: Vec<&Cell> = cells.collect();
            cells.sort_unstable_by_key(|cell| cell.lead);
            for cell in cells {
                let Some(fit) = pinyin::fit(self.model, cell.c, note.sound) else { continue };
                let mut on = self.restore(h, cell.c, true);
                on.cost += fit * 2 * NAT + self.unlisted(cell.c);
                on.guess = true;
                self.put_closed(to, on, cell.c, then);
            }
            return;
        }
        let next = if then != NOTHING { Some(then) } else { self.seen_next(to) };
        let wanted = Wanted { keep: 8, to, next, favour: None };
        let ways = self.best(h, self.cells.with_trail(second), h.pending.leads(), wanted);
        for &(_, on, cell) in &ways {
            self.put_closed(to, Hypothesis { guess: true, ..on }, cell.c, then);
        }
        self.room.ways = ways;
    }

    fn put_closed(&mut self, to: usize, mut on: Hypothesis, c: char, then: char) {
        if then != NOTHING {
            on = self.say(on, then);
        }
        on.pending = Pending::None;
        self.put(to, on, [c, then], Kind::Back);
    }

    /// The character seen at a place, when a line in step goes on with it.
    fn seen_next(&self, at: usize) -> Option<char> {
        match self.line.get(at) {
            None => Some('\n'),
            Some('?' | '\u{FFFD}' | '(') => None,
            Some(&c) => Some(c),
        }
    }

    /// "?" while out of step: a second byte that was lost, alone, with what it swallowed, or as half of an undefined pair.
    /// U+FFFD (`bare`) swallows nothing.
    fn question(&mut self, at: usize, h: Hypothesis, bare: bool) {
        if let Some(syllable) = self.notes.at(at) {
            return self.noted(at, h, syllable);
        }
        match h.pending {
            Pending::Any => self.mark_lost(at, h),
            _ => self.lone(at, h, bare),
        }
    }

    /// The second byte took the bracket of its character's annotation along.
    fn noted(&mut self, at: usize, h: Hypothesis, syllable: pinyin::Syllable) {
        let leads = h.pending.leads();
        let fits = |&(first, _): &(u8, u8)| leads >> (first - 0x81) & 1 != 0;
        for &c in self.model.spoken(syllable.sound) {
            let Some((_, second)) = gbk::pair_of(c).filter(fits) else { continue };
            if second >= 0x80 {
                let fit = pinyin::fit(self.model, c, syllable.sound).unwrap_or(1);
                let mut on = self.restore(h, c, true);
                on.cost += 3 * fit * NAT + self.unlisted(c);
                on.guess = true;
                on.pending = Pending::None;
                self.put(at + 1 + syllable.len, on, [c, NOTHING], Kind::Back);
            }
        }
    }

    /// The second byte is lost.
    fn lone(&mut self, at: usize, h: Hypothesis, bare: bool) {
        let next = self.line.get(at + 1).copied().unwrap_or('\n');
        let cut = next == '\n' || cut_at(next).is_some() || matches!(next, '(' | ')' | '（' | '）');
        let pair = if next.is_ascii() { None } else { gbk::pair_of(next) };
        let wanted = Wanted { keep: 8, to: at + 1, next: self.seen_next(at + 1), favour: None };
        // The next true character begins with the other half of an undefined pair.
        let goes_on = next >= '@' || cut_at(next).is_some() || next == '?';
        let keep = if matches!(h.pending, Pending::Byte(_)) { 10 } else { 16 };
        let begun = Wanted { keep, to: at + 1, next: None, favour: None };
        let (near, halves) = self.lost(h, wanted.tried(), goes_on.then_some(begun.tried()));
        let ways = self.chosen(h, near, wanted);
        for (rank, &(_, on, cell)) in ways.iter().enumerate() {
            // Some decoders give up one byte of an undefined pair and are in step again.
            let alone = pair.is_some_and(|(lead, _)| gbk::char_of(cell.trail, lead).is_none());
            if cut || next.is_ascii() || alone {
                let mut closed = Hypothesis { guess: true, ..on };
                closed.pending = Pending::None;
                closed.cost += match (cut, alone) {
                    (true, _) => 0,
                    _ if bare => 0,
                    (false, true) => 2 * NAT,
                    (false, false) => 6 * NAT,
                };
                self.put(at + 1, closed, [cell.c, NOTHING], Kind::Back);
            }
            if !bare && rank < 4 && cell.trail >= 0x81 {
                self.swallowed(at, on, cell.c);
            }
        }
        self.room.ways = ways;
        if let Some(halves) = halves {
            let ways = self.chosen(h, halves, begun);
            for &(_, mut on, cell) in &ways {
                on.guess = true;
                on.pending = Pending::After(cell.trail);
                self.put(at + 1, on, [cell.c, NOTHING], Kind::Slip);
            }
            self.room.ways = ways;
        }
    }

    /// Both bytes of the last mark of a line were lost, each by itself.
    fn mark_lost(&mut self, at: usize, h: Hypothesis) {
        if at + 1 == self.line.len() {
            for c in "。！？”」…".chars() {
                let mut on = self.say(h, c);
                on.guess = true;
                on.pending = Pending::None;
                self.put(at + 1, on, [c, NOTHING], Kind::Back);
            }
        }
    }

    /// A lone first byte took the ASCII character after it along.
    fn swallowed(&mut self, at: usize, h: Hypothesis, c: char) {
        let digit = forced(&self.line[at + 1..]);
        let next = self.line.get(at + 1).copied().unwrap_or('\n');
        let same = if next.is_ascii_punctuation() { next } else { '-' };
        let before_letter = next.is_ascii_alphabetic();
        for (ascii, price) in [
            (same, SAME),
            (' ', SPACE),
            (digit, if before_letter { DIGIT_LETTER } else { DIGIT }),
            ('(', PAREN),
            (')', PAREN),
            ('"', QUOTE),
            ('.', STOP),
            ('-', DASH),
            ('/', SLASH),
        ] {
            // A digit that is not told stands as "?", and costs what a digit costs.
            let mut on = self.say(h, if ascii == '?' { '0' } else { ascii });
            on.cost += price + self.fits(at + 1, h.open, ascii);
            on.guess = true;
            on.pending = Pending::None;
            self.put(at + 1, on, [c, ascii], Kind::Back);
        }
    }

    /// A whole annotation inside a slip: it belongs to the character seen before it.
    fn note_inside(&mut self, at: usize, h: Hypothesis) {
        let Some(syllable) = self.notes.at(at) else { return };
        let before = self.line[at.saturating_sub(1)];
        if let Some(fit) = pinyin::fit(self.model, before, syllable.sound) {
            let mut on = h;
            on.cost += fit * NAT;
            self.put(at + 1 + syllable.len, on, [NOTHING; 2], Kind::Slip);
        }
    }
}

/// The digit that was swallowed before `rest`, where only one can have been; else "?". A wrong number is worse than a mark that says that
/// one is missing.
fn forced(rest: &[char]) -> char {
    let digits = rest.iter().take_while(|c| c.is_ascii_digit()).count();
    let behind = |word: &str| rest[digits..].iter().take(word.chars().count()).copied().eq(word.chars());
    match (digits, rest.first()) {
        // No page tells of the years 2500 to 2999, nor of 1000 to 1039.
        (3, Some('5'..='9')) if behind("年") => '1',
        (3, Some('0')) if behind("年") && rest[1] <= '3' => '2',
        // There are twelve months.
        (1, Some('0' | '1' | '2')) if behind("月") && !behind("月前") => '1',
        (1, Some('0')) if behind("世紀") || behind("世纪") => '2',
        (1, Some('2'..='9')) if behind("世紀") || behind("世纪") => '1',
        _ => '?',
    }
}
