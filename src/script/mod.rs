//! Simplified ⇄ Traditional, and which of them a text is.
//!
//! In: block texts. Out: edits. OpenCC's dictionaries and exact output; region wording only when asked for. A config by its
//! name is OpenCC to the byte; a bare target (`tw`) looks at the text first and leaves Japanese, Korean and addresses alone.

mod addresses;
mod cantonese;
mod chain;
mod compose;
mod convert;
mod converted;
mod detect;
mod engine;
mod foreign;
mod likely;
mod misspelt;
#[cfg(feature = "opencc-cpp")]
mod opencc_cpp;
mod particle;
mod punctuation;
mod regions;
mod route;
mod rules;
mod tables;
mod target;
mod uncertain;
mod words;

pub use convert::{Converter, convert};
pub use converted::{Converted, converted};
pub use detect::{Evidence, detect, evidence};
pub use rules::RULES;
pub(crate) use tables::embedded;
pub use target::{CONFIGS, Target};
pub use uncertain::{Uncertain, uncertain};
pub use words::Words;

use crate::edit::Edit;
use crate::error::Error;
use engine::Sink;
use route::{Way, Ways};

/// The script of a page. The record's `script`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub enum Script {
    /// Simplified.
    Hans,
    /// Traditional, of no particular region.
    Hant,
    /// Traditional with words of Taiwan.
    #[serde(rename = "Hant-TW")]
    HantTw,
    /// Traditional with words of Hong Kong, or Cantonese.
    #[serde(rename = "Hant-HK")]
    HantHk,
    /// Simplified and Traditional side by side.
    #[serde(rename = "mixed")]
    Mixed,
    /// Japanese.
    Jpan,
    /// Neither Chinese nor Japanese, or too little to tell.
    #[default]
    #[serde(rename = "other")]
    Other,
}

/// What to convert to.
#[derive(Debug, Clone)]
pub struct Options {
    /// The wanted script; kept as it is unless asked for.
    pub to: Target,
    /// Mend Traditional pages that a character-by-character converter made (后備, 制造). Only pages that show such errors
    /// are touched; those go through Simplified and back, which would harm a page that a person wrote.
    pub reconvert: bool,
    /// The user's dictionary, above all others.
    pub words: Words,
    /// Names that must not change, above the user's dictionary.
    pub protect: Words,
    /// ASCII punctuation beside ideographs; kept unless asked for.
    pub punctuation: Punctuation,
    /// Who converts. The output is the same.
    pub engine: EngineName,
    /// Cut Simplified text into words by likelihood where longest match may err (被|发明, 少数|组织, 政府|干预). For bare
    /// targets only; a config by its name stays OpenCC.
    pub mend_boundaries: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            to: Target::Keep,
            reconvert: false,
            words: Words::default(),
            punctuation: Punctuation::Keep,
            engine: EngineName::Own,
            protect: Words::default(),
            mend_boundaries: true,
        }
    }
}

/// What becomes of ASCII punctuation in Chinese text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Punctuation {
    /// As it is.
    #[default]
    Keep,
    /// `,` `.` `:` `;` `?` `!` and brackets become full-width where they stand beside ideographs.
    Full,
}

/// Who converts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EngineName {
    /// The embedded tables.
    #[default]
    Own,
    /// OpenCC's own C++ library by the `opencc-rust` package. Slower, one conversion at a time,
    /// and a text with NUL goes to the own engine.
    #[cfg(feature = "opencc-cpp")]
    OpenCc,
}

impl EngineName {
    /// The engine of this name: own or opencc. The latter must be built in, and its library and dictionaries installed.
    pub fn parse(name: &str) -> Result<EngineName, Error> {
        let missing = |problem: &str| Err(Error::Engine { name: name.to_owned(), problem: problem.to_owned() });
        match name {
            "own" => Ok(EngineName::Own),
            #[cfg(feature = "opencc-cpp")]
            "opencc" => opencc_cpp::check().map(|()| EngineName::OpenCc),
            #[cfg(not(feature = "opencc-cpp"))]
            "opencc" => missing("this program was built without the cargo feature opencc-cpp"),
            _ => missing("unknown"),
        }
    }
}

/// The edits that bring `texts`, whose script as a page is `from`, into the wanted script, a list for each text.
///
/// ```
/// use zonetext::{edit, script};
/// let mut text = "鼠标里面的软件".to_owned();
/// let options = script::Options { to: script::Target::parse("twp")?, ..script::Options::default() };
/// let edits = script::script(&[&text], script::detect(&[&text]), &options);
/// edit::apply(&mut text, &edits[0]);
/// assert_eq!(text, "滑鼠裡面的軟體");
/// # Ok::<(), zonetext::Error>(())
/// ```
pub fn script(texts: &[&str], from: Script, options: &Options) -> Vec<Vec<Edit>> {
    let course = Course::new(texts, from, options);
    let full = options.punctuation == Punctuation::Full && from != Script::Jpan;
    let edits = texts.iter().map(|text| {
        let edits = course.as_ref().map(|course| course.edits(text)).unwrap_or_default();
        if full { punctuation::widened(text, edits, options) } else { edits }
    });
    edits.collect()
}

/// What is to be done with the texts of one page.
struct Course<'a> {
    options: &'a Options,
    route: Route,
    /// The config from Simplified in whose forms misspelt characters are mended.
    misspelt: Option<&'static str>,
}

enum Route {
    Exact(Way),
    /// And whether the page is Japanese as a whole.
    Found(Ways, bool),
}

impl Course<'_> {
    /// `None` where nothing is asked for.
    fn new<'a>(texts: &[&str], from: Script, options: &'a Options) -> Option<Course<'a>> {
        let traditional = matches!(from, Script::Hant | Script::HantTw | Script::HantHk);
        let reconvert = options.reconvert && traditional && converted(texts).by_characters();
        let misspelt = options.to.mended_by().filter(|_| options.reconvert && traditional);
        let misspelt = misspelt.filter(|config| reconvert || is_misspelt(texts, config));
        // What is Chinese in a page of another language is converted all the same; more of one side decides what the rest is.
        let japanese = from == Script::Jpan;
        let side = match from {
            Script::Jpan | Script::Other => Evidence::sides_of(texts).side(),
            known => known,
        };
        let route = match options.to {
            Target::Config(name) => Route::Exact(Way::config(name)),
            Target::Keep if options.words.is_empty() && !reconvert && misspelt.is_none() => return None,
            Target::Keep => Route::Found(Ways::keep(from, options.mend_boundaries), japanese),
            to => {
                let ways = Ways::new(to, side, options.engine, options.mend_boundaries)?;
                Route::Found(ways.on_page(is_cantonese(texts)), japanese)
            }
        };
        let route = match route {
            Route::Found(ways, _) if reconvert => Route::Found(ways.reconverted(options.to), japanese),
            route => route,
        };
        Some(Course { options, route, misspelt })
    }

    fn edits(&self, text: &str) -> Vec<Edit> {
        let found = Evidence::sides(text);
        // One character in three changes at most in most texts; more grows the list.
        let mut edits = Vec::with_capacity(found.han.div_ceil(3));
        let mut at = 0;
        for fixed in self.fixed(text, &found) {
            self.gap(text, at, fixed.start, None, &mut edits);
            let Fixed { start, end, new, rule } = fixed;
            if let Some(new) = new.filter(|new| *new != text[start..end]) {
                edits.push(Edit::of(start..end, new, rule));
            }
            at = end;
        }
        let whole = Some(found).filter(|_| at == 0);
        self.gap(text, at, text.len(), whole, &mut edits);
        edits
    }

    /// Converts what lies between two fixed places; `found` is its evidence where that is known.
    fn gap(&self, text: &str, start: usize, end: usize, found: Option<Evidence>, edits: &mut Vec<Edit>) {
        if start < end {
            let piece = &text[start..end];
            match &self.route {
                Route::Exact(way) => way.edits(piece, start, self.options.engine, false, edits),
                Route::Found(ways, _) => {
                    ways.edits(piece, start, found.unwrap_or_else(|| Evidence::sides(piece)), edits);
                }
            };
        }
    }

    /// The places that no dictionary match may touch or cross, in order and without overlap. Of two that overlap, a name
    /// stands before an address, an address before Japanese, Japanese before a word.
    fn fixed(&self, text: &str, found: &Evidence) -> Vec<Fixed> {
        let (bare, japanese) = match self.route {
            Route::Exact(_) => (false, false),
            Route::Found(_, japanese) => (true, japanese),
        };
        let mut fixed = Vec::new();
        let names = self.options.protect.matches(text).map(|(range, _)| Fixed::new(range, None));
        add(&mut fixed, names);
        if bare {
            add(&mut fixed, addresses::addresses(text).into_iter().map(|range| Fixed::new(range, None)));
            add(&mut fixed, addresses::code(text).into_iter().map(|range| Fixed::new(range, None)));
        }
        if bare && self.options.to != Target::Keep && (japanese || found.kana + found.hangul > 0) {
            add(&mut fixed, foreign::foreign(text, japanese).into_iter().map(|range| Fixed::new(range, None)));
        }
        let words = self.options.words.matches(text).map(|(range, new)| Fixed::new(range, new.map(str::to_owned)));
        add(&mut fixed, words);
        if let Some(config) = self.misspelt {
            let places = misspelt::misspelt(text, config).into_iter();
            add(&mut fixed, places.map(|m| Fixed { rule: "reconvert", ..Fixed::new(m.at, Some(m.new)) }));
        }
        fixed
    }
}

struct Fixed {
    start: usize,
    end: usize,
    new: Option<String>,
    rule: &'static str,
}

impl Fixed {
    fn new(range: std::ops::Range<usize>, new: Option<String>) -> Fixed {
        Fixed { start: range.start, end: range.end, new, rule: "words" }
    }
}

/// Whether a page is written Cantonese. Most pages have no 嘅, and are not looked at any further.
fn is_cantonese(texts: &[&str]) -> bool {
    texts.iter().any(|text| text.contains('嘅')) && Evidence::sides_of(texts).is_cantonese()
}

/// Whether a bad converter spelt two words or more of a page with characters that cannot stand there.
fn is_misspelt(texts: &[&str], config: &str) -> bool {
    let words = texts.iter().flat_map(|text| misspelt::misspelt(text, config)).map(|misspelt| misspelt.word);
    words.collect::<std::collections::BTreeSet<String>>().len() >= 2
}

/// Adds those of `more` that overlap none of `fixed`; both are sorted.
fn add(fixed: &mut Vec<Fixed>, more: impl Iterator<Item = Fixed>) {
    let stands = fixed.len();
    for new in more {
        let behind = fixed[..stands].partition_point(|f| f.end <= new.start);
        if fixed[..stands].get(behind).is_none_or(|f| f.start >= new.end) {
            fixed.push(new);
        }
    }
    if stands > 0 && fixed.len() > stands {
        fixed.sort_by_key(|f| (f.start, f.end));
    }
}

/// Collects replacements as edits of a text in which the converted piece starts at `base`.
struct Edits<'a> {
    edits: &'a mut Vec<Edit>,
    base: usize,
    rule: &'static str,
}

impl Sink for Edits<'_> {
    #[inline(always)]
    fn replace(&mut self, start: usize, end: usize, new: &'static str) {
        let range = start + self.base..end + self.base;
        self.edits.push(Edit::of(range, new, self.rule));
    }

    fn replace_with(&mut self, start: usize, end: usize, new: &str) {
        let range = start + self.base..end + self.base;
        self.edits.push(Edit::of(range, new.to_owned(), self.rule));
    }
}
