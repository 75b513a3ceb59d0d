//! Marked texts: they cover what was and what is, from end to end, and differ only where a change says so.

use super::{INPUTS, explained, options};
use proptest::prelude::*;
use zonetext::write::marked::{Marked, marked};
use zonetext::{Options, Page, clean};

#[test]
fn the_fixtures_are_marked_as_they_were_changed() {
    for to in ["twp", "s", "keep"] {
        INPUTS.iter().for_each(|bytes| check(bytes, to));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_marked_as_it_was_changed(text in "(\\PC|產(chǎn)業(yè)|头发发现|鎴戜滑|&#20013;|[<>。，“”\n]){0,200}") {
        check(text.as_bytes(), "twp");
    }
}

fn check(bytes: &[u8], to: &str) {
    let page = explained(bytes, to);
    let raw = clean(bytes, &Options { repair: None, script: None, split: None, ..options(to) });
    let (texts, came) = (page.all_texts(), raw.all_texts());
    for ((text, came), marked) in texts.iter().zip(came).zip(marked(&page)) {
        assert_eq!(marked.before, came, "what stood there is what was extracted");
        covers(&marked, text, &page);
    }
}

/// The pieces follow each other without gaps, and those without a change say the same on both sides.
fn covers(marked: &Marked, text: &str, page: &Page) {
    let (mut was, mut now) = (0, 0);
    for piece in &marked.pieces {
        assert_eq!((piece.before.start, piece.after.start), (was, now));
        (was, now) = (piece.before.end, piece.after.end);
        let (before, after) = (&marked.before[piece.before.clone()], &text[piece.after.clone()]);
        if piece.changes.is_empty() {
            assert_eq!(before, after, "nothing says that it changed");
        } else if let [one] = piece.changes[..]
            && piece.uncertain.is_empty()
        {
            let change = &page.changes[one];
            assert_eq!((before, after), (change.before.as_str(), change.after.as_str()), "the change tells the piece");
        }
    }
    assert_eq!((was, now), (marked.before.len(), text.len()));
}
