//! Which hypotheses go on: the best of each state, within limits of number and of cost.

use super::*;

/// Hypotheses kept at each place, and how far (in model units) behind the best they may fall.
const WIDTH: usize = 24;
const DEPTH: i32 = 10 * NAT;

/// Of those, at most so many that hold half of an undefined pair: they are many, and cheap until their next character is seen.
const HALVES: usize = 16;

/// The best of each state, the best of those.
pub(super) fn prune(here: &mut Vec<Hypothesis>) {
    if here.len() < 2 {
        return;
    }
    let best = here.iter().map(|h| h.cost).min().unwrap_or(0);
    let sound = here.iter().filter(|h| h.pending == Pending::None).min_by_key(|h| (h.cost, h.node)).copied();
    here.retain(|h| h.cost <= best + DEPTH);
    here.sort_unstable_by_key(|h| (h.cost, h.node));
    let (mut kept, mut halves) = (0, 0);
    for at in 0..here.len() {
        let h = here[at];
        if matches!(h.pending, Pending::After(_)) {
            halves += 1;
            if halves > HALVES {
                continue;
            }
        }
        if kept == WIDTH {
            break;
        }
        let same = |k: &Hypothesis| {
            k.context == h.context && k.pending == h.pending && k.byte == h.byte && k.last == h.last && k.open == h.open
        };
        if !here[..kept].iter().any(same) {
            here[kept] = h;
            kept += 1;
        }
    }
    here.truncate(kept);
    if let Some(sound) = sound
        && !here.iter().any(|h| h.pending == Pending::None)
    {
        here.push(sound);
    }
}
