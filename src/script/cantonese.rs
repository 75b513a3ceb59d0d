//! Written Cantonese in Simplified characters on its way to Traditional.
//!
//! In: a text with characters that Cantonese alone writes, and its edits so far. Out: the same with what these characters are in
//! Cantonese, where they stand as words of their own: 系 is 係 (to be), 郁 (to move), 晒 (all) and 吓 stay, 嗰只 is 嗰隻.

use super::engine::Engine;
use super::likely::Likely;
use crate::edit::Edit;

/// A character, what it is in Cantonese, and behind which characters; none: behind any.
const WORDS: [(char, &str, &str); 5] =
    [('系', "係", ""), ('郁', "郁", ""), ('晒', "晒", ""), ('吓', "吓", ""), ('只', "隻", "嗰呢哩边")];

/// `edits` are those of `text`, a piece that starts at `base`.
pub(super) fn decided(text: &str, base: usize, edits: &mut Vec<Edit>, first: usize, rule: &'static str) {
    let (Some(engine), Some(likely)) = (Engine::named("s2t"), Likely::named("s2t")) else { return };
    if !text.contains(WORDS.map(|(c, ..)| c)) {
        return;
    }
    let row: Vec<(usize, char)> = text.char_indices().collect();
    let characters: Vec<char> = row.iter().map(|(_, c)| *c).collect();
    let (mut more, mut from) = (Vec::new(), 0);
    for end in likely.words(&engine, &characters) {
        let (at, c) = row[from];
        let before = from.checked_sub(1).map_or(' ', |before| characters[before]);
        let known = WORDS.iter().find(|(word, _, behind)| *word == c && (behind.is_empty() || behind.contains(before)));
        // 系有 is no tying (繫有) here.
        let tied =
            c == '系' && likely.converted(&engine, &characters[from..end].iter().collect::<String>()).starts_with('繫');
        if let Some((_, new, _)) = known.filter(|_| tied || end == from + 1) {
            more.push((at + base..at + base + c.len_utf8(), *new));
        }
        from = end;
    }
    let own = edits.split_off(first);
    let stands = |edit: &&Edit| {
        let behind = more.partition_point(|(range, _)| range.end <= edit.range.start);
        more.get(behind).is_none_or(|(range, _)| range.start >= edit.range.end)
    };
    edits.extend(own.iter().filter(stands).cloned());
    let changed = more.into_iter().filter(|(range, new)| text[range.start - base..range.end - base] != **new);
    edits.extend(changed.map(|(range, new)| Edit::of(range, new, rule)));
    edits[first..].sort_by_key(|e| e.range.start);
}
