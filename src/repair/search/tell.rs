//! The winner as faults.

use super::*;
use crate::repair::certainty::{BARE_SLIP, FAR, Rival, SLIP, weigh};

impl Search<'_, '_> {
    /// The best hypothesis that ends in step, as faults.
    pub(super) fn told(&mut self) -> Vec<Fault> {
        let len = self.line.len();
        let end = self.room.places.0[len % REACH].as_slice();
        let ended = |h: &&Hypothesis| h.cost + self.model.step_number(h.context, EDGE).0;
        let Some(best) = end.iter().filter(|h| h.pending == Pending::None).min_by_key(ended) else {
            return Vec::new();
        };
        let node = best.node;
        let others = end.iter().filter(|h| h.pending == Pending::None && h.node != node);
        let rivals = others.map(|h| Rival { of: node, other: h.node, more: ended(&h) - ended(&best) });
        self.room.pruner.rivals.extend(rivals.filter(|rival| rival.more < FAR));
        self.tell(node);
        std::mem::take(&mut self.told)
    }

    /// Turns the way to a node into faults, behind those told already.
    pub(super) fn tell(&mut self, node: u32) {
        let mut path = Vec::new();
        let mut at = node;
        while at != 0 {
            path.push(at);
            at = self.room.nodes[at as usize].before;
        }
        path.reverse();
        let known = |at: u32| self.room.nodes[at as usize];
        let same = |own: u32, other: &[u32], _: usize| {
            let (to, said) = (known(own).to, known(own).said);
            other.iter().any(|&node| known(node).to == to && known(node).said == said)
        };
        let others = weigh(&path, &self.room.pruner.rivals, |at| known(at).before, same);
        let mut faults = std::mem::take(&mut self.told);
        let (mut from, mut inside, narrow) = (self.base, false, self.narrow);
        // The characters of the last fault, and whether one of them is not certain enough.
        let (mut count, mut doubtful) = (0, false);
        let kind = if self.evidence.annotated { SLIP } else { BARE_SLIP };
        for (&node, others) in path.iter().zip(others) {
            let node = known(node);
            let to = node.to as usize;
            if !inside && doubtful {
                faults.pop();
                self.refused += 1;
            }
            doubtful &= inside;
            match node.kind {
                Kind::Kept => inside = false,
                Kind::Note => faults.push(Fault::whole(from, to, "", "pinyin")),
                Kind::Slip | Kind::Back => {
                    if !inside {
                        count = 0;
                        faults.push(Fault { lost: Loss::Guessed, ..Fault::whole(from, to, "", "byte-slip") });
                    }
                    if let Some(fault) = faults.last_mut() {
                        fault.to = to;
                        // A swallowed digit: see `swallowed`.
                        fault.lost = if node.said[1] == '?' { Loss::Gone } else { fault.lost };
                        let said = node.said.iter().filter(|&&c| c != NOTHING);
                        // That the line is out of step here was chosen too, by the same weights.
                        let certainty = kind.percent(others);
                        fault.guesses.list().extend(said.clone().enumerate().map(|(at, _)| (count + at, certainty)));
                        doubtful |=
                            node.guess && !self.evidence.guess && said.clone().any(|&c| !kind.allows(c, certainty));
                        count += said.clone().count();
                        fault.new.extend(said.map(|&c| if narrow { narrowed(c) } else { c }));
                    }
                    inside = node.kind == Kind::Slip;
                }
            }
            from = to;
        }
        if doubtful {
            faults.pop();
            self.refused += 1;
        }
        self.base = from;
        self.told = faults;
    }
}

/// A full-width mark as later programs fold it.
fn narrowed(c: char) -> char {
    match c {
        '，' => ',',
        '！' => '!',
        '？' => '?',
        '；' => ';',
        '：' => ':',
        '（' => '(',
        '）' => ')',
        _ => c,
    }
}
