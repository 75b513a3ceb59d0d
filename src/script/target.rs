//! What to convert to, by the names people use for it.

use crate::error::Error;

/// OpenCC's configs.
pub const CONFIGS: [&str; 16] = [
    "s2t", "s2tw", "s2twp", "s2hk", "s2hkp", "t2s", "tw2s", "tw2sp", "hk2s", "hk2sp", "t2tw", "t2hk", "tw2t", "hk2t",
    "t2jp", "jp2t",
];

/// The targets that find out themselves what they convert from.
const BARE: [&str; 8] = ["keep", "s", "t", "tw", "twp", "hk", "hkp", "jp"];

/// What to convert to. A bare target looks at the text first; a config converts whatever it is given, as OpenCC does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Target {
    /// Change nothing.
    #[default]
    Keep,
    /// Simplified.
    Simplified,
    /// Traditional, OpenCC's standard forms.
    Traditional,
    /// Traditional with Taiwan's character forms.
    Taiwan,
    /// The same with Taiwan's words (软件 → 軟體).
    TaiwanPhrases,
    /// Traditional with Hong Kong's character forms.
    HongKong,
    /// The same with Hong Kong's words.
    HongKongPhrases,
    /// Japanese new character forms, from Traditional.
    Japanese,
    /// An OpenCC config, by its name.
    Config(&'static str),
}

impl Target {
    /// The names of all targets, the bare ones first.
    pub fn names() -> Vec<&'static str> {
        [BARE.as_slice(), &CONFIGS].concat()
    }

    /// The config from Simplified in whose forms a misspelt character of Traditional text is mended on its way here.
    pub(super) fn mended_by(self) -> Option<&'static str> {
        match self {
            Target::Keep | Target::Taiwan | Target::TaiwanPhrases => Some("s2tw"),
            Target::Traditional => Some("s2t"),
            Target::HongKong | Target::HongKongPhrases => Some("s2hk"),
            Target::Simplified | Target::Japanese | Target::Config(_) => None,
        }
    }

    /// The target of this name: keep, s, t, tw, twp, hk, hkp, jp or one of [`CONFIGS`].
    pub fn parse(name: &str) -> Result<Target, Error> {
        let bare = [
            Target::Keep,
            Target::Simplified,
            Target::Traditional,
            Target::Taiwan,
            Target::TaiwanPhrases,
            Target::HongKong,
            Target::HongKongPhrases,
            Target::Japanese,
        ];
        if let Some(number) = BARE.iter().position(|known| *known == name) {
            return Ok(bare[number]);
        }
        match CONFIGS.iter().find(|known| **known == name) {
            Some(config) => Ok(Target::Config(config)),
            None => Err(unknown(name, &Target::names())),
        }
    }
}

impl std::str::FromStr for Target {
    type Err = Error;

    fn from_str(name: &str) -> Result<Target, Error> {
        Target::parse(name)
    }
}

/// The error for a name that is none of `known`.
pub(super) fn unknown(name: &str, known: &[&str]) -> Error {
    let nearest = known.iter().min_by_key(|candidate| distance(name, candidate)).copied().unwrap_or_default();
    Error::Script { name: name.to_owned(), nearest: nearest.to_owned(), known: known.join(", ") }
}

/// How many letters differ between two names (Levenshtein). A long name is compared by its beginning only.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().take(32).enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(x != *y && !x.eq_ignore_ascii_case(y));
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}
