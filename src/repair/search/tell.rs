//! The winner as faults.

use super::*;

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
        self.tell(node);
        std::mem::take(&mut self.told)
    }

    /// Turns the way to a node into faults, behind those told already.
    pub(super) fn tell(&mut self, node: u32) {
        let mut path = Vec::new();
        let mut at = node;
        while at != 0 {
            path.push(self.room.nodes[at as usize]);
            at = self.room.nodes[at as usize].before;
        }
        let mut faults = std::mem::take(&mut self.told);
        let (mut from, mut inside, narrow) = (self.base, false, self.narrow);
        for node in path.iter().rev() {
            let to = node.to as usize;
            match node.kind {
                Kind::Kept => inside = false,
                Kind::Note => faults.push(Fault { from, to, new: String::new(), rule: "pinyin", lost: Loss::Nothing }),
                Kind::Slip | Kind::Back => {
                    if !inside {
                        faults.push(Fault { from, to, new: String::new(), rule: "byte-slip", lost: Loss::Guessed });
                    }
                    if let Some(fault) = faults.last_mut() {
                        fault.to = to;
                        // A swallowed digit: see `swallowed`.
                        fault.lost = if node.said[1] == '?' { Loss::Gone } else { fault.lost };
                        let said = node.said.iter().filter(|&&c| c != NOTHING);
                        fault.new.extend(said.map(|&c| if narrow { narrowed(c) } else { c }));
                    }
                    inside = node.kind == Kind::Slip;
                }
            }
            from = to;
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
