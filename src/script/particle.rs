//! 著 on its way to Simplified: the particle becomes 着 (看著 → 看着), the verb and its words stay (著名, 所著).
//!
//! In: Traditional text and the edits to Simplified so far. Out: the same with each 著 decided by the likelier row of words,
//! where OpenCC's t2s keeps every 著 and its tw2s knows a list.

use super::engine::Engine;
use super::likely::Likely;
use crate::edit::Edit;

/// Characters looked at on each side.
const REACH: usize = 6;

pub(super) fn decided(text: &str, mut edits: Vec<Edit>, rule: &'static str) -> Vec<Edit> {
    let places: Vec<usize> = text.match_indices('著').map(|(at, _)| at).collect();
    let known = (Engine::named("t2s"), Engine::named("s2t"), Likely::named("s2t"));
    let (Some(simplified), Some(engine), Some(likely)) = known else { return edits };
    if places.is_empty() {
        return edits;
    }
    let (mut more, mut gone) = (Vec::new(), Vec::new());
    for at in places {
        let (own, end) = (at..at + '著'.len_utf8(), at + '著'.len_utf8());
        let covering = edits.partition_point(|e| e.range.end <= at);
        let wider = edits.get(covering).is_some_and(|e| e.range.start < end && e.range != own);
        if wider {
            continue;
        }
        if edits.get(covering).is_some_and(|e| e.range == own) {
            gone.push(at);
        }
        if !text[end..].starts_with(['《', '「', '〈']) && is_particle(text, at, &simplified, &engine, &likely) {
            more.push(Edit::of(own, "着", rule));
        }
    }
    edits.retain(|e| gone.binary_search(&e.range.start).is_err());
    edits.extend(more);
    edits.sort_by_key(|e| e.range.start);
    edits
}

/// Whether the words around are likelier with 着 than with 著.
fn is_particle(text: &str, at: usize, simplified: &Engine, engine: &Engine, likely: &Likely) -> bool {
    let to_simplified = |c: char| match c {
        '著' => '着',
        c => simplified.single(c).and_then(|new| new.chars().next()).unwrap_or(c),
    };
    let before: Vec<char> = text[..at].chars().rev().take(REACH).map(to_simplified).collect();
    let after = text[at..].chars().skip(1).take(REACH).map(to_simplified);
    let mut row: Vec<char> = before.into_iter().rev().collect();
    let place = row.len();
    row.push('着');
    row.extend(after);
    let particle = likely.cost(engine, &row);
    row[place] = '著';
    particle <= likely.cost(engine, &row)
}
