//! Which conversion a text takes to a bare target, found out from the text itself.
//!
//! In: a text, the script of its page, the target. Out: edits. A text that is all Simplified or all Traditional goes
//! straight; one that mixes both is looked at sentence by sentence; Japanese and Korean stay as they are.

use super::compose::compose;
use super::detect::Evidence;
use super::engine::Engine;
use super::likely::Likely;
use super::particle;
use super::{Edits, EngineName, Script, Target, tables};
use crate::edit::{Edit, Loss, apply};

/// One or more configs, one after the other, and the rule's name for `explain`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Way {
    configs: &'static [&'static str],
    rule: &'static str,
}

/// The rule of what mends a page that a character-by-character converter made.
const RECONVERT: &str = "reconvert";

const STAY: Way = Way { configs: &[], rule: "" };

macro_rules! way {
    ($one:literal) => {
        Way { configs: &[$one], rule: $one }
    };
    ($one:literal, $two:literal) => {
        Way { configs: &[$one, $two], rule: concat!($one, "+", $two) }
    };
    ($one:literal, $two:literal, $three:literal) => {
        Way { configs: &[$one, $two, $three], rule: concat!($one, "+", $two, "+", $three) }
    };
}

impl Way {
    /// The way of an OpenCC config by its name.
    pub(super) fn config(name: &'static str) -> Way {
        let known = [
            way!("s2t"),
            way!("s2tw"),
            way!("s2twp"),
            way!("s2hk"),
            way!("s2hkp"),
            way!("t2s"),
            way!("tw2s"),
            way!("tw2sp"),
            way!("hk2s"),
            way!("hk2sp"),
            way!("t2tw"),
            way!("t2hk"),
            way!("tw2t"),
            way!("hk2t"),
            way!("t2jp"),
            way!("jp2t"),
        ];
        known.into_iter().find(|way| way.rule == name).unwrap_or(STAY)
    }

    pub(super) fn edits(self, text: &str, who: EngineName, by_words: bool) -> Vec<Edit> {
        if self.rule == RECONVERT {
            return reconverted(text, self.configs, by_words);
        }
        let mut edits = Vec::new();
        let mut middle: Option<String> = None;
        for config in self.configs {
            let Some(before) = &middle else {
                edits = step(config, text, who, by_words, self.rule);
                middle = (self.configs.len() > 1).then(|| applied(text, &edits));
                continue;
            };
            let more = step(config, before, who, by_words, self.rule);
            let after = applied(before, &more);
            edits = compose(text, edits, before, more, self.rule);
            middle = Some(after);
        }
        edits
    }
}

/// One config, by the engine asked for, or the own one where that cannot.
fn step(config: &'static str, text: &str, who: EngineName, by_words: bool, rule: &'static str) -> Vec<Edit> {
    match who {
        EngineName::Own => {}
        #[cfg(feature = "opencc-cpp")]
        EngineName::OpenCc => {
            if let Some(edits) = super::opencc_cpp::edits(config, text, rule) {
                return edits;
            }
        }
    }
    let Some(engine) = Engine::named(config) else { return Vec::new() };
    match Likely::named(config).filter(|_| by_words) {
        Some(likely) => Edits::likely(&likely, &engine, text, rule),
        None => Edits::of(&engine, text, rule),
    }
}

/// A character-by-character converter undone, then the last config by words. Only characters that such a converter makes go
/// back; 乾 in 乾隆, 著, 脩 it cannot make, so they stood in its input and stay.
fn reconverted(text: &str, configs: &[&'static str], by_words: bool) -> Vec<Edit> {
    let known = (Engine::named("t2s"), Engine::named("s2t"), Engine::named("s2tw"), Engine::named("s2hk"));
    let (Some(back), Some(standard), Some(taiwan), Some(hong_kong)) = known else { return Vec::new() };
    let Some(forward) = configs.last() else { return Vec::new() };
    let mut first = Vec::new();
    for (at, c) in text.char_indices() {
        let Some(simplified) = back.single(c).filter(|s| !s.starts_with(c)) else { continue };
        let Some(s) = simplified.chars().next() else { continue };
        if [standard, taiwan, hong_kong].iter().any(|engine| engine.single(s).is_some_and(|t| t.starts_with(c))) {
            first.push(Edit {
                range: at..at + c.len_utf8(),
                new: simplified.into(),
                rule: RECONVERT,
                lost: Loss::Nothing,
            });
        }
    }
    let middle = applied(text, &first);
    let second = step(forward, &middle, EngineName::Own, by_words, RECONVERT);
    compose(text, first, &middle, second, RECONVERT)
}

fn applied(text: &str, edits: &[Edit]) -> String {
    let mut text = text.to_owned();
    apply(&mut text, edits);
    text
}

/// The ways to a bare target from text that is Simplified, Traditional, or both.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ways {
    from: Script,
    who: EngineName,
    /// Simplified is cut into words by likelihood, not by longest match.
    by_words: bool,
    to: Target,
    hans: Way,
    hant: Way,
    both: Way,
}

impl Ways {
    /// `None` for a target that is not bare.
    pub(super) fn new(to: Target, from: Script, who: EngineName, by_words: bool) -> Option<Ways> {
        use Script::{HantHk, HantTw};
        let by_region = |plain, taiwan, hong_kong| match from {
            HantTw => taiwan,
            HantHk => hong_kong,
            _ => plain,
        };
        let (hans, hant, both) = match to {
            Target::Keep | Target::Config(_) => return None,
            Target::Simplified => {
                let way = by_region(way!("t2s"), way!("tw2s"), way!("hk2s"));
                (STAY, way, way)
            }
            Target::Traditional => (way!("s2t"), STAY, way!("t2s", "s2t")),
            Target::Taiwan => {
                let hant = by_region(way!("t2tw"), way!("t2tw"), way!("hk2t", "t2tw"));
                (way!("s2tw"), hant, way!("t2s", "s2tw"))
            }
            Target::TaiwanPhrases => {
                let hant = by_region(way!("t2twp"), way!("t2tw"), way!("hk2t", "t2twp"));
                (way!("s2twp"), hant, way!("t2s", "s2twp"))
            }
            Target::HongKong => {
                let hant = by_region(way!("t2hk"), way!("tw2t", "t2hk"), way!("t2hk"));
                (way!("s2hk"), hant, way!("t2s", "s2hk"))
            }
            Target::HongKongPhrases => {
                let hant = by_region(way!("t2hkp"), way!("tw2t", "t2hkp"), way!("t2hk"));
                (way!("s2hkp"), hant, way!("t2s", "s2hkp"))
            }
            Target::Japanese => {
                let hant = by_region(way!("t2jp"), way!("tw2t", "t2jp"), way!("hk2t", "t2jp"));
                (way!("s2t", "t2jp"), hant, way!("t2s", "s2t", "t2jp"))
            }
        };
        Some(Ways { from, who, by_words, to, hans, hant, both })
    }

    /// The same where Traditional text is the work of a character-by-character converter: back, and forward by words.
    pub(super) fn reconverted(self, to: Target) -> Ways {
        let mut way = match to {
            Target::Simplified => return self,
            Target::Keep => way!("t2s", "s2tw"),
            _ => self.both,
        };
        way.rule = RECONVERT;
        Ways { hant: way, both: way, ..self }
    }

    pub(super) fn keep(from: Script, by_words: bool) -> Ways {
        Ways { from, who: EngineName::Own, by_words, to: Target::Keep, hans: STAY, hant: STAY, both: STAY }
    }

    /// The last configs of the ways, those from Simplified and to Simplified first.
    pub(super) fn names(&self) -> Vec<&'static str> {
        let pick = if self.from == Script::Hans { [self.hans, self.both] } else { [self.hant, self.both] };
        pick.iter().filter_map(|way| way.configs.last().copied()).collect()
    }

    /// The edits that bring `text` to the target.
    pub(super) fn edits(&self, text: &str) -> Vec<Edit> {
        let whole = Evidence::sides(text);
        if whole.simplified == 0 || whole.traditional == 0 {
            return self.plain(text, &whole, self.from == Script::Hans);
        }
        let mut edits = Vec::new();
        let mut start = 0;
        for piece in text.split_inclusive(['。', '！', '？', '；', '\n']) {
            let found = Evidence::sides(piece);
            let more = self.piece(piece, &found, whole.simplified > whole.traditional);
            edits.extend(more.into_iter().map(|e| Edit { range: e.range.start + start..e.range.end + start, ..e }));
            start += piece.len();
        }
        edits
    }

    /// A text with characters of one side only, or of none: then `hans` says what its surroundings are.
    fn plain(&self, text: &str, found: &Evidence, hans: bool) -> Vec<Edit> {
        match (found.simplified, found.traditional) {
            (0, 0) if hans => self.hans.edits(text, self.who, self.by_words),
            // A stray character in a Traditional page; running Simplified text has three such characters in ten.
            (s, 0) if s > 0 && (hans || s * 10 >= found.han) => self.hans.edits(text, self.who, self.by_words),
            (s, 0) if s > 0 => self.with_strays(text),
            _ => self.traditional(self.hant, text),
        }
    }

    fn piece(&self, text: &str, found: &Evidence, hans: bool) -> Vec<Edit> {
        match (found.simplified, found.traditional) {
            (0, _) | (_, 0) => self.plain(text, found, hans),
            (s, t) if s * 8 <= t => self.with_strays(text),
            _ => self.traditional(self.both, text),
        }
    }

    /// Traditional text by `way`, and what OpenCC's configs leave undone on it.
    fn traditional(&self, way: Way, text: &str) -> Vec<Edit> {
        let mut edits = way.edits(text, self.who, self.by_words);
        match self.to {
            Target::Simplified if self.by_words => particle::decided(text, edits, way.rule),
            // Hong Kong's 衞 on a page that shows nothing else of Hong Kong; a second run would find it Taiwan's and stop there.
            Target::Taiwan | Target::TaiwanPhrases if text.contains('衞') => {
                let apart = |at: usize| {
                    let behind = edits.partition_point(|e| e.range.end <= at);
                    edits.get(behind).is_none_or(|e| e.range.start > at)
                };
                let places = text.match_indices('衞').map(|(at, _)| at).filter(|at| apart(*at)).collect::<Vec<_>>();
                let edit = |at| Edit { range: at..at + '衞'.len_utf8(), new: "衛".into(), rule: way.rule, lost: Loss::Nothing };
                edits.extend(places.into_iter().map(edit));
                edits.sort_by_key(|e| e.range.start);
                edits
            }
            _ => edits,
        }
    }

    /// Traditional text with a few Simplified characters: only they, and the words they stand in, are converted from
    /// Simplified; through Simplified and back would change up to 1.4 % of what a person wrote in Traditional.
    fn with_strays(&self, text: &str) -> Vec<Edit> {
        let mut edits = self.hans.edits(text, EngineName::Own, self.by_words);
        edits.retain(|e| text[e.range.clone()].chars().any(|c| tables::side(u32::from(c)) == tables::SIMPLIFIED));
        let strays = edits.len();
        for edit in self.hant.edits(text, EngineName::Own, self.by_words) {
            let behind = edits[..strays].partition_point(|e| e.range.end <= edit.range.start);
            if edits[..strays].get(behind).is_none_or(|e| e.range.start >= edit.range.end) {
                edits.push(edit);
            }
        }
        edits.sort_by_key(|e| e.range.start);
        edits
    }
}
