//! Edits apply, lines stay lines, and what was repaired needs no repair.

use zonetext::Edit;
use zonetext::repair::{Options, RULES, classes, lost, repair};

/// The law: one byte chooses the options, the others are the texts of a document.
pub fn any(bytes: &[u8]) {
    let ([chosen], text) = super::choice::<1>(bytes);
    let text = String::from_utf8_lossy(text);
    let texts = super::texts(&text);
    let options = Options { narrow_latin: chosen & 1 == 1, guess_lost: chosen & 6 == 6, ..Default::default() };
    let once = applied(&texts, &repair(&texts, &options));
    let again: Vec<&str> = once.iter().map(String::as_str).collect();
    let edits = repair(&again, &options);
    assert!(edits.iter().all(Vec::is_empty), "{texts:?} became {again:?}, and then {edits:?}");
    let found = classes(&texts);
    assert!(found.keys().all(|name| is_rule(name)), "{found:?}");
    lost(&texts);
}

fn applied(texts: &[&str], edits: &[Vec<Edit>]) -> Vec<String> {
    assert_eq!(texts.len(), edits.len());
    let mut after = Vec::new();
    for (text, edits) in texts.iter().zip(edits) {
        after.push(super::edited(text, edits, is_rule));
        let lines = |text: &str| text.matches('\n').count();
        // The soft line ends of quoted-printable are none of the text.
        let soft = |edit: &Edit| {
            ["=\n", "=\r\n"].map(|end| text[edit.range.clone()].matches(end).count()).iter().sum::<usize>()
        };
        let least = lines(text) - edits.iter().map(soft).sum::<usize>();
        let now = after.last().expect("just put there");
        assert!((least..=lines(text)).contains(&lines(now)), "{text:?} became {now:?}");
    }
    after
}

fn is_rule(name: &str) -> bool {
    RULES.iter().any(|(known, _)| *known == name)
}
