//! What one character of the line can mean to one hypothesis: the moves of the search.
//!
//! In step a character is itself, an annotation, or the start of a slip; out of step it gives the second byte of a true character and
//! the first of the next. Each move is put with its price; the beam in `search` prunes.

use super::*;

impl Search<'_> {
    pub(super) fn in_step(&mut self, at: usize, h: Hypothesis) {
        let c = self.line[at];
        if c == '('
            && self.evidence.annotated
            && let Some(syllable) = pinyin::syllable(&self.line[at + 1..])
            && let Some(fit) = self.read_as(h, syllable.letters())
        {
            let mut dropped = h;
            dropped.cost += fit * NAT;
            return self.put(at + 1 + syllable.len, dropped, [NOTHING; 2], Kind::Note);
        }
        let mut kept = self.say(h, c);
        if c != '(' && self.listed.binary_search(&c).is_ok() && self.line.get(at + 1) != Some(&'(') {
            kept.cost += 2 * NAT;
        }
        self.put(at + 1, kept, [c, NOTHING], Kind::Kept);
        if self.suspect.get(at) == Some(&true) {
            self.gone(at, h);
        }
        if c != '?' && c != '\u{FFFD}' {
            return;
        }
        if c == '\u{FFFD}' {
            self.any_mark(at, h);
        }
        let mut slip = h;
        if let Some(syllable) = pinyin::syllable(&self.line[at + 1..]) {
            for first in 0x81..=0xFEu8 {
                let Some(listed) = gbk::char_of(slip.byte, first) else { continue };
                if let Some(fit) = pinyin::fit(self.model, listed, syllable.letters()) {
                    slip.cost = h.cost + (2 + 2 * fit) * NAT + self.unlisted(listed);
                    slip.pending = Pending::Byte(first);
                    self.put(at + 1 + syllable.len, slip, [NOTHING; 2], Kind::Slip);
                }
            }
        } else {
            slip.cost += self.evidence.price;
            slip.pending = Pending::Any;
            self.put(at + 1, slip, [NOTHING; 2], Kind::Slip);
        }
    }

    /// U+FFFD for the second byte of a character whose first is gone: only the commonest can be known by context alone.
    fn any_mark(&mut self, at: usize, h: Hypothesis) {
        for c in "年月日。，、的人个個）”".chars() {
            let mut on = self.restore(h, c, false);
            on.cost += self.evidence.price;
            self.put(at + 1, on, [c, NOTHING], Kind::Back);
        }
    }

    /// A byte is gone without a trace here: the first of a character, or the second of the one seen.
    fn gone(&mut self, at: usize, h: Hypothesis) {
        let mut slip = h;
        slip.cost += self.evidence.price;
        slip.pending = Pending::Any;
        self.out_of_step(at, slip);
        let Some((first, next)) = gbk::wide_pair_of(self.line[at]) else { return };
        if next < 0x81 || next == 0xFF {
            return;
        }
        let mut slip = h;
        slip.cost += self.evidence.price;
        for (_, c) in self.likely(h, first) {
            let mut on = self.restore(slip, c, false);
            on.pending = Pending::Byte(next);
            self.put(at + 1, on, [c, NOTHING], Kind::Slip);
        }
    }

    /// The likeliest characters with this first byte.
    fn likely(&self, h: Hypothesis, first: u8) -> Vec<(i32, char)> {
        let chars = (0x40..=0xFEu8).filter_map(|second| gbk::char_of(first, second));
        let mut found: Vec<(i32, char)> = chars.map(|c| (self.restore(h, c, false).cost, c)).collect();
        found.sort_unstable();
        found.truncate(12);
        found
    }

    /// The second byte that was still due is gone, too: at a line end, or before ASCII.
    pub(super) fn cut_short(&self, h: Hypothesis) -> Vec<(Hypothesis, char)> {
        let Pending::Byte(first) = h.pending else { return Vec::new() };
        let closed = |(_, c): (i32, char)| {
            let mut on = self.restore(h, c, false);
            on.cost += NAT;
            on.pending = Pending::None;
            (on, c)
        };
        self.likely(h, first).into_iter().take(5).map(closed).collect()
    }

    /// A character that converters never write is a poor guess for one that a mirror annotates.
    fn unlisted(&self, c: char) -> i32 {
        match self.model.spelling(c) {
            Spelling::Converted => 0,
            Spelling::Variant => NAT,
            Spelling::Same | Spelling::Simplified => 2 * NAT,
        }
    }

    pub(super) fn out_of_step(&mut self, at: usize, h: Hypothesis) {
        let c = self.line[at];
        if self.evidence.lost && (c < '@' || (!c.is_ascii() && gbk::wide_pair_of(c).is_none() && c != '\u{FFFD}')) {
            for (mut on, c) in self.cut_short(h) {
                self.nodes.push(Node { before: on.node, to: at as u32, said: [c, NOTHING], kind: Kind::Back });
                on.node = self.nodes.len() as u32 - 1;
                let kept = self.say(on, self.line[at]);
                self.put(at + 1, kept, [self.line[at], NOTHING], Kind::Kept);
            }
        }
        match c {
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
        let price =
            if self.listed.binary_search(&c).is_ok() && self.line.get(at + 1) != Some(&'(') { 3 * NAT } else { 0 };
        for first in firsts(h.pending) {
            let Some(true_char) = gbk::char_of(first, second) else { continue };
            let mut on = self.restore(h, true_char, false);
            on.cost += price;
            // 。 before another mark (A1 A3 | A1 …) is by far the commonest place where bytes are cut at "！".
            if h.pending == Pending::Any && true_char == '。' {
                on.cost -= 5 * NAT;
            }
            on.pending = Pending::Byte(next);
            self.put(at + 1, on, [true_char, NOTHING], Kind::Slip);
        }
    }

    /// The pending byte with `second` is a true character, `then` follows, and the line is in step again.
    fn close(&mut self, to: usize, h: Hypothesis, second: u8, then: char) {
        for first in firsts(h.pending) {
            let Some(true_char) = gbk::char_of(first, second) else { continue };
            let mut on = self.restore(h, true_char, self.line.get(to) == Some(&'('));
            if then != NOTHING {
                on = self.say(on, then);
            }
            on.pending = Pending::None;
            self.put(to, on, [true_char, then], Kind::Back);
        }
    }

    /// "?" while out of step: a second byte that was lost, alone, with what it swallowed, or as half of an undefined pair.
    /// U+FFFD (`bare`) swallows nothing.
    fn question(&mut self, at: usize, h: Hypothesis, bare: bool) {
        if let Some(syllable) = pinyin::syllable(&self.line[at + 1..]) {
            for first in firsts(h.pending) {
                for second in 0x80..=0xFEu8 {
                    let Some(c) = gbk::char_of(first, second) else { continue };
                    if let Some(fit) = pinyin::fit(self.model, c, syllable.letters()) {
                        let mut on = self.restore(h, c, true);
                        on.cost += 2 * fit * NAT + self.unlisted(c);
                        on.pending = Pending::None;
                        self.put(at + 1 + syllable.len, on, [c, NOTHING], Kind::Back);
                    }
                }
            }
            return;
        }
        if h.pending == Pending::Any {
            return self.mark_lost(at, h);
        }
        let next = self.line.get(at + 1).copied().unwrap_or('\n');
        let cut = next == '\n' || folded(next).is_some() || "，！？；：".contains(next);
        let mut found: Vec<(Hypothesis, u8, char)> = Vec::new();
        for first in firsts(h.pending) {
            for second in 0x80..=0xFEu8 {
                let Some(c) = gbk::char_of(first, second) else { continue };
                let on = self.restore(h, c, false);
                if on.cost <= h.cost + 14 * NAT {
                    found.push((on, second, c));
                }
            }
        }
        found.sort_by_key(|f| f.0.cost);
        let mut closings = 0;
        for (on, second, c) in found {
            // Some decoders give up one byte of an undefined pair and are in step again.
            let alone = gbk::pair_of(next).is_some_and(|(b, _)| gbk::char_of(second, b).is_none());
            if closings < 16 && (cut || next.is_ascii() || alone) {
                let mut closed = on;
                closed.pending = Pending::None;
                closed.cost += match (cut, alone) {
                    (true, _) => 0,
                    _ if bare => 0,
                    (false, true) => 2 * NAT,
                    (false, false) => 5 * NAT,
                };
                self.put(at + 1, closed, [c, NOTHING], Kind::Back);
            }
            closings += 1;
            if second >= 0x81 {
                if !bare && closings < 8 {
                    self.swallowed(at, on, c);
                }
                if undefined_lead(second) && closings < 64 {
                    let mut on = on;
                    on.pending = Pending::After(second);
                    on.cost += 2 * NAT;
                    self.put(at + 1, on, [c, NOTHING], Kind::Slip);
                }
            }
        }
    }

    /// Both bytes of the last mark of a line were lost, each by itself.
    fn mark_lost(&mut self, at: usize, h: Hypothesis) {
        if at + 1 == self.line.len() {
            for c in "。！？”」…".chars() {
                let mut on = self.say(h, c);
                on.pending = Pending::None;
                self.put(at + 1, on, [c, NOTHING], Kind::Back);
            }
        }
    }

    /// A lone first byte took the ASCII character after it along.
    fn swallowed(&mut self, at: usize, h: Hypothesis, c: char) {
        let after: String = self.line[at + 1..].iter().take(4).collect();
        let twenty = after.starts_with("0世") || after.starts_with('0') && after.ends_with('年');
        // Which other digit it was nobody can know: a wrong number is worse than a mark that says that one is missing.
        let digit = if twenty { '2' } else { '?' };
        let before_digit = after.starts_with(|c: char| c.is_ascii_digit());
        for ascii in [' ', digit, '(', ')', '.', '-', '/', '<', '"', '%', ',', ':'] {
            let mut on = self.say(h, ascii);
            on.cost += if before_digit && ascii != digit { 4 * NAT } else { NAT };
            on.pending = Pending::None;
            self.put(at + 1, on, [c, ascii], Kind::Back);
        }
    }

    /// A whole annotation inside a slip: it belongs to the character seen before it.
    fn note_inside(&mut self, at: usize, h: Hypothesis) {
        let Some(syllable) = pinyin::syllable(&self.line[at + 1..]) else { return };
        let before = self.line[at.saturating_sub(1)];
        if let Some(fit) = pinyin::fit(self.model, before, syllable.letters()) {
            let mut on = h;
            on.cost += fit * NAT;
            self.put(at + 1 + syllable.len, on, [NOTHING; 2], Kind::Slip);
        }
    }
}
