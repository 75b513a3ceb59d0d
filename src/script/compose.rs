//! Two conversions, one after the other, as edits of the first text.
//!
//! In: the edits of the first conversion, the text between, the edits of the second. Out: edits that do both at once, and
//! none where the second undoes the first.

use crate::edit::Edit;

/// `first` are edits of `text` that give `middle`, `second` edits of `middle`; both sorted, without overlap.
pub(super) fn compose(text: &str, first: Vec<Edit>, middle: &str, second: Vec<Edit>, rule: &'static str) -> Vec<Edit> {
    let mut out = Vec::with_capacity(first.len().max(second.len()));
    let (mut first, mut second) = (first.into_iter().peekable(), second.into_iter().peekable());
    // What lies behind `middle` at a place is, in `text`, that place + shift.
    let mut shift = 0isize;
    let at = |place: usize, shift: isize| (place as isize + shift) as usize;
    loop {
        let next_first = first.peek().map(|e| at(e.range.start, -shift));
        let next_second = second.peek().map(|e| e.range.start);
        let Some(start) = next_first.into_iter().chain(next_second).min() else { return out };
        // A cluster: edits of both sides that overlap in `middle`.
        let (source, mut end, mut new, mut used) = (at(start, shift), start, String::new(), start);
        let mut alone = None;
        let mut members = 0;
        loop {
            if let Some(edit) = first.next_if(|e| at(e.range.start, -shift) < end.max(start + 1)) {
                end = end.max(at(edit.range.start, -shift) + edit.new.len());
                shift += edit.range.len() as isize - edit.new.len() as isize;
                members += 1;
                continue;
            }
            let Some(edit) = second.next_if(|e| e.range.start < end.max(start + 1)) else { break };
            new.push_str(&middle[used..edit.range.start]);
            new.push_str(&edit.new);
            used = edit.range.end;
            end = end.max(edit.range.end);
            members += 1;
            alone = Some(edit.new);
        }
        new.push_str(&middle[used..end]);
        let range = source..at(end, shift);
        if text.get(range.clone()) != Some(new.as_str()) {
            let new = alone.filter(|alone| members == 1 && **alone == *new).unwrap_or(new.into());
            out.push(Edit::of(range, new, rule));
        }
    }
}
