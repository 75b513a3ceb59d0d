//! ASCII punctuation in Chinese text made full-width, when asked for.
//!
//! In: a text and its edits so far. Out: the same edits and those of punctuation, in order. A mark changes only where an
//! ideograph stands right before it, and what follows is not a digit or letter (3.14, a.cn and 12:30 stay); brackets only
//! in pairs. Addresses and protected names stay.

use super::{Options, addresses};
use crate::edit::Edit;

const MARKS: [(char, &str); 6] = [(',', "，"), ('.', "。"), (':', "："), (';', "；"), ('?', "？"), ('!', "！")];

/// The rule's name in `explain`.
const RULE: &str = "punctuation";

pub(super) fn widened(text: &str, mut edits: Vec<Edit>, options: &Options) -> Vec<Edit> {
    let mut stays = addresses::addresses(text);
    stays.extend(options.protect.matches(text).map(|(range, _)| range));
    stays.extend(edits.iter().map(|e| e.range.clone()));
    stays.sort_by_key(|range| range.start);
    let mut end = 0;
    stays.retain(|range| {
        let apart = range.start >= end;
        end = end.max(range.end);
        apart
    });
    let free = |at: usize| {
        let behind = stays.partition_point(|range| range.end <= at);
        stays.get(behind).is_none_or(|range| range.start > at)
    };
    let found: Vec<Edit> = marks(text).into_iter().filter(|e| free(e.range.start)).collect();
    if !found.is_empty() {
        edits.extend(found);
        edits.sort_by_key(|e| e.range.start);
    }
    edits
}

fn marks(text: &str) -> Vec<Edit> {
    let mut found = Vec::new();
    // Brackets that wait for their other half, innermost last: whether it becomes wide.
    let mut open: Vec<bool> = Vec::new();
    let mut before = '\0';
    for (at, c) in text.char_indices().filter(|(_, c)| !c.is_control() || *c == '\n') {
        let mut change = |new: &'static str| found.push(Edit::of(at..at + 1, new, RULE));
        match c {
            '\n' => open.clear(),
            '(' if open.len() < 16 => {
                let changes = wide(before) || text[at + 1..].starts_with(wide);
                if changes {
                    change("（");
                }
                open.push(changes);
            }
            ')' if open.pop() == Some(true) => change("）"),
            _ => {
                let mark = MARKS.iter().find(|(mark, _)| *mark == c).filter(|_| wide(before));
                if let Some((_, new)) = mark.filter(|_| ends(&text[at + 1..], c)) {
                    change(new);
                }
            }
        }
        before = c;
    }
    paired(found)
}

/// Without opening brackets that found no closing one.
fn paired(found: Vec<Edit>) -> Vec<Edit> {
    let mut keep = vec![true; found.len()];
    let mut open = Vec::new();
    for (number, edit) in found.iter().enumerate() {
        match &*edit.new {
            "（" => open.push(number),
            "）" => drop(open.pop()),
            _ => {}
        }
    }
    open.into_iter().for_each(|number| keep[number] = false);
    found.into_iter().zip(keep).filter(|(_, keep)| *keep).map(|(edit, _)| edit).collect()
}

/// An ideograph, or what closes a phrase of them.
fn wide(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}' | '」' | '』' | '》' | '）' | '”' | '’' | '】')
}

/// Whether a mark can end a phrase before `rest`: an ASCII letter or digit behind it makes it part of a number or name.
fn ends(rest: &str, mark: char) -> bool {
    let next = rest.chars().next();
    next.is_none_or(|c| !(c.is_ascii_alphanumeric() && mark == '.') && c != mark && !(mark == ':' && c == '/'))
}
