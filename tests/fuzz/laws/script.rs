//! The engine gives what OpenCC's algorithm gives, slow and obvious, on OpenCC's own dictionaries; edits apply.

use super::super::opencc::{self, Config};
use std::sync::OnceLock;
use zonetext::script::{
    CONFIGS, Options, Punctuation, RULES, Script, Target, Words, convert, detect, script, uncertain,
};

/// The law: two bytes choose target and options, the others are the texts of a document.
pub fn any(bytes: &[u8]) {
    let ([name, more], text) = super::choice::<2>(bytes);
    let text = String::from_utf8_lossy(text);
    let texts = super::texts(&text);
    let config = usize::from(name) % CONFIGS.len();
    like_the_twin(&text, config);
    let to = match more & 3 {
        0 => Target::Config(CONFIGS[config]),
        _ => Target::parse(["s", "t", "tw", "twp", "hk", "hkp", "jp", "keep"][config % 8]).expect("a known name"),
    };
    let options = Options {
        to,
        reconvert: more & 4 != 0,
        punctuation: if more & 8 != 0 { Punctuation::Full } else { Punctuation::Keep },
        mend_boundaries: more & 16 == 0,
        ..Options::default()
    };
    let found = detect(&texts);
    for from in [found, Script::Hans, Script::HantHk, Script::Mixed] {
        let edits = script(&texts, from, &options);
        assert_eq!(edits.len(), texts.len());
        for (text, edits) in texts.iter().zip(&edits) {
            super::edited(text, edits, |rule| RULES.iter().any(|(known, _)| *known == rule));
        }
    }
    for spot in uncertain(&texts, found, &options) {
        assert!(spot.text < texts.len(), "{spot:?}");
    }
    if more & 32 != 0 {
        with_words(&text, to);
    }
}

/// What the whole and its slow twin make of a text, and what the edits of the config say.
fn like_the_twin(text: &str, config: usize) {
    static TWINS: [OnceLock<Config>; 16] = [const { OnceLock::new() }; 16];
    let twin = TWINS[config].get_or_init(|| opencc::config(CONFIGS[config])).convert(text);
    let name = CONFIGS[config];
    assert_eq!(convert(text, name).expect("a known name"), twin, "{name}: {text:?}");
    let options = Options { to: Target::Config(name), ..Options::default() };
    let edits = script(&[text], Script::Hans, &options).remove(0);
    assert_eq!(super::edited(text, &edits, |_| true), twin, "{name}: {text:?}");
}

/// A user's dictionary and protected names, taken from the text itself.
fn with_words(text: &str, to: Target) {
    let mut lines = text.lines();
    let (words, protect) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    let (Ok(words), Ok(protect)) = (Words::parse(words), Words::names(protect)) else { return };
    let rest: String = lines.collect();
    let options = Options { to, words, protect, ..Options::default() };
    let edits = script(&[&rest], detect(&[&rest]), &options).remove(0);
    super::edited(&rest, &edits, |_| true);
}
