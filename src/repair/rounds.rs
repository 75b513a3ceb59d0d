//! A document is repaired until nothing is left to repair in it.
//!
//! In: texts, and what one round finds in them. Out: the edits of all rounds as one list for each text. What one round mends tells the
//! next more: its words, or that a program annotated some lines, but not those that stand beside them. So whoever repairs what was
//! repaired finds nothing more.

use crate::edit::{Edit, apply, compose};

/// Rounds at most. Of forty thousand documents put together at random from broken lines, three had need of more than two.
const ROUNDS: usize = 6;

/// The edits of as many rounds as find something. A round is told which texts changed in the one before.
pub(super) fn all(texts: &[&str], mut round: impl FnMut(&[&str], &[bool]) -> Vec<Vec<Edit>>) -> Vec<Vec<Edit>> {
    let mut edits = round(texts, &vec![true; texts.len()]);
    if edits.iter().all(Vec::is_empty) {
        return edits;
    }
    let mut now: Vec<String> = texts.iter().map(|&text| text.to_owned()).collect();
    let mut changed = applied(&mut now, &edits);
    for _ in 1..ROUNDS {
        let middle: Vec<&str> = now.iter().map(String::as_str).collect();
        let more = round(&middle, &changed);
        if more.iter().all(Vec::is_empty) {
            break;
        }
        let each = edits.iter_mut().zip(texts).zip(middle).zip(&more);
        for (((edits, text), middle), more) in each.filter(|(_, more)| !more.is_empty()) {
            *edits = compose(text, edits, middle, more);
        }
        changed = applied(&mut now, &more);
    }
    edits
}

/// Does the edits of each text; which texts have any.
fn applied(texts: &mut [String], edits: &[Vec<Edit>]) -> Vec<bool> {
    let each = texts.iter_mut().zip(edits).map(|(text, edits)| {
        apply(text, edits);
        !edits.is_empty()
    });
    each.collect()
}
