//! Going on over sound text: with one hypothesis left and nothing that may begin, no model is needed.

use super::*;

/// Nodes kept before a line is settled up to the place it has come to.
const ENOUGH_NODES: usize = 100_000;

/// So many "?" in a row can be what a slip left.
const MARKS: usize = 4;

impl Search<'_, '_> {
    /// Goes on from the only hypothesis, in step, to the next place where something may begin, which may be here.
    pub(super) fn walked(&mut self, at: usize, h: Hypothesis) -> (usize, Hypothesis) {
        let h = if self.room.nodes.len() > ENOUGH_NODES { self.settle(at, h) } else { h };
        let (to, on) = self.walk(at, h);
        if to > at {
            self.put(to, on, [NOTHING; 2], Kind::Kept);
        }
        (to, on)
    }

    /// With one hypothesis left, what was found so far stands: the way to it is forgotten, or a line of many megabytes
    /// would keep all of them.
    fn settle(&mut self, at: usize, mut h: Hypothesis) -> Hypothesis {
        self.tell(h.node);
        self.base = at;
        self.room.nodes.truncate(1);
        self.room.pruner.rivals.clear();
        h.node = 0;
        h
    }

    /// The next place where something may begin, and the hypothesis there. Annotations are dropped on the way.
    fn walk(&mut self, from: usize, mut h: Hypothesis) -> (usize, Hypothesis) {
        let (mut at, mut tail) = (from, [NOTHING; 2]);
        while at < self.line.len() && !self.trigger(at) {
            let c = self.line[at];
            if c == '('
                && self.evidence.annotated
                && let Some(syllable) = self.notes.at(at)
                && self.read_as(bytes(h, tail), syllable.sound).is_some()
            {
                for (to, kind) in [(at, Kind::Kept), (at + 1 + syllable.len, Kind::Note)] {
                    self.room.nodes.push(Node {
                        before: h.node,
                        to: to as u32,
                        said: [NOTHING; 2],
                        kind,
                        guess: false,
                    });
                    h.node = self.room.nodes.len() as u32 - 1;
                    at = to;
                }
                continue;
            }
            h.open = h.open.step(c).0;
            h.last = c;
            tail = [tail[1], c];
            at += 1;
        }
        // The context is the last two characters: with both of them new, where it came from does not matter.
        h.context = tail.iter().filter(|&&c| c != NOTHING).fold(h.context, |context, &c| self.model.step(context, c).1);
        h.fresh = 0;
        (at, bytes(h, tail))
    }

    /// Whether something may begin at a place.
    pub(super) fn trigger(&self, at: usize) -> bool {
        match self.line[at] {
            '?' | '\u{FFFD}' if self.gone_for_good(at) => false,
            '?' => self.evidence.annotated || !self.sounds(at),
            '\u{FFFD}' => true,
            _ => false,
        }
    }

    /// Marks that no mirror program wrote one byte out of step: U+FFFD stands for bytes that are gone (GBK read as UTF-8), and three
    /// marks in a row leave nothing to tell what they were. A page of such runs got whole sentences of guesses, 但他,但他.
    pub(super) fn gone_for_good(&self, at: usize) -> bool {
        let mark = |at: usize| matches!(self.line.get(at), Some('?' | '\u{FFFD}'));
        let before = (1..=2).take_while(|back| at >= *back && mark(at - back)).count();
        let after = (1..=2).take_while(|on| mark(at + on)).count();
        mark(at) && (self.line[at] == '\u{FFFD}' || before + 1 + after >= 3)
    }

    /// Whether a "?" is one of three or four in a row and no more, in a document that a mirror program annotated: out of step those are
    /// pairs that no character has: in 熱(rè)?jīn)В???镜臇| for 熱帶，但冬季的東 they are AC B5, AB B6 and AC BC.
    pub(super) fn few_marks(&self, at: usize) -> bool {
        let mark = |at: usize| matches!(self.line.get(at), Some('?' | '\u{FFFD}'));
        let from = at - (1..=at.min(MARKS)).take_while(|back| mark(at - back)).count();
        let to = at + (0..=MARKS).take_while(|on| mark(at + on)).count();
        self.evidence.annotated && to - from <= MARKS && self.line[from..to].iter().all(|&c| c == '?')
    }

    /// Whether what follows a "?" is language as it stands.
    fn sounds(&self, at: usize) -> bool {
        let next = &self.line[at + 1..self.line.len().min(at + 5)];
        let (mut context, mut sum) = (self.model.step(Context::START, '?').1, 0);
        for &c in next {
            let (cost, after) = self.model.step(context, c);
            (sum, context) = (sum + cost, after);
        }
        // "?!?" is what is left of 。” at a line end.
        next.is_empty() || (next.len() > 1 && !"!！".contains(next[0]) && sum <= 7 * NAT * next.len() as i32)
    }
}

/// `h` with the last bytes of what was walked over: its last two characters, if there were as many.
fn bytes(mut h: Hypothesis, tail: [char; 2]) -> Hypothesis {
    for &c in tail.iter().filter(|&&c| c != NOTHING) {
        (h.before, h.byte) = gbk::pair_of(c).or(folded(c)).unwrap_or((h.byte, c as u8 & 0x7F));
    }
    h
}
