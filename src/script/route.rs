//! Which conversion a text takes to a bare target, found out from the text itself.
//!
//! In: a text, the script of its page, the target. Out: edits. A text that is all Simplified or all Traditional goes
//! straight; one that mixes both is looked at sentence by sentence; Japanese and Korean stay as they are.

use super::cantonese;
use super::compose::compose;
use super::detect::Evidence;
use super::engine::Engine;
use super::likely::Likely;
use super::particle;
use super::{Edits, EngineName, Script, Target, tables};
use crate::edit::{Edit, apply};

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

    /// Adds the edits of `text`, a piece that starts at `base` of what `out` is about.
    pub(super) fn edits(self, text: &str, base: usize, who: EngineName, by_words: bool, out: &mut Vec<Edit>) {
        if self.rule == RECONVERT {
            return out.extend(shifted(reconverted(text, self.configs, by_words), base));
        }
        if let [config] = self.configs {
            return step(config, text, base, who, by_words, self.rule, out);
        }
        let mut edits = Vec::new();
        let mut middle: Option<String> = None;
        for config in self.configs {
            let mut more = Vec::new();
            let before = middle.as_deref().unwrap_or(text);
            step(config, before, 0, who, by_words, self.rule, &mut more);
            let after = applied(before, &more);
            edits = if middle.is_some() { compose(text, edits, before, more, self.rule) } else { more };
            middle = Some(after);
        }
        out.extend(shifted(edits, base));
    }
}

fn shifted(edits: Vec<Edit>, base: usize) -> impl Iterator<Item = Edit> {
    edits.into_iter().map(move |e| Edit { range: e.range.start + base..e.range.end + base, ..e })
}

/// One config, by the engine asked for, or the own one where that cannot.
fn step(
    config: &'static str,
    text: &str,
    base: usize,
    who: EngineName,
    by_words: bool,
    rule: &'static str,
    out: &mut Vec<Edit>,
) {
    match who {
        EngineName::Own => {}
        #[cfg(feature = "opencc-cpp")]
        EngineName::OpenCc => {
            if let Some(edits) = super::opencc_cpp::edits(config, text, rule) {
                return out.extend(shifted(edits, base));
            }
        }
    }
    let Some(engine) = Engine::named(config) else { return };
    let mut sink = Edits { edits: out, base, rule };
    match Likely::named(config).filter(|_| by_words) {
        Some(likely) => likely.run(&engine, text, &mut sink),
        None => engine.run(text, &mut sink),
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
            first.push(Edit::of(at..at + c.len_utf8(), simplified, RECONVERT));
        }
    }
    let middle = applied(text, &first);
    let mut second = Vec::new();
    step(forward, &middle, 0, EngineName::Own, by_words, RECONVERT, &mut second);
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
    /// The page is Cantonese.
    cantonese: bool,
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
                // Beside 著, which `particle` decides, tw2s gives what t2s gives on human text, for twice the work.
                let taiwan = if by_words { way!("t2s") } else { way!("tw2s") };
                let way = by_region(way!("t2s"), taiwan, way!("hk2s"));
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
        Some(Ways { from, who, by_words, cantonese: false, to, hans, hant, both })
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

    pub(super) fn on_page(self, cantonese: bool) -> Ways {
        Ways { cantonese, ..self }
    }

    pub(super) fn keep(from: Script, by_words: bool) -> Ways {
        Ways {
            from,
            who: EngineName::Own,
            by_words,
            cantonese: false,
            to: Target::Keep,
            hans: STAY,
            hant: STAY,
            both: STAY,
        }
    }

    /// The last configs of the ways, those from Simplified and to Simplified first.
    pub(super) fn names(&self) -> Vec<&'static str> {
        let pick = if self.from == Script::Hans { [self.hans, self.both] } else { [self.hant, self.both] };
        pick.iter().filter_map(|way| way.configs.last().copied()).collect()
    }

    /// Adds the edits that bring `text`, a piece at `base` that shows `whole`, to the target.
    pub(super) fn edits(&self, text: &str, base: usize, whole: Evidence, out: &mut Vec<Edit>) {
        if whole.simplified == 0 || whole.traditional == 0 {
            return self.plain(text, base, &whole, self.from == Script::Hans, out);
        }
        let mut start = 0;
        for piece in text.split_inclusive(['。', '！', '？', '；', '\n']) {
            self.piece(piece, base + start, &Evidence::sides(piece), whole.simplified > whole.traditional, out);
            start += piece.len();
        }
    }

    /// A text with characters of one side only, or of none: then `hans` says what its surroundings are.
    fn plain(&self, text: &str, base: usize, found: &Evidence, hans: bool, out: &mut Vec<Edit>) {
        match (found.simplified, found.traditional) {
            (0, 0) if hans => self.simplified(text, base, found, out),
            // A stray character in a Traditional page; running Simplified text has three such characters in ten.
            (s, 0) if s > 0 && (hans || s * 10 >= found.han) => self.simplified(text, base, found, out),
            (s, 0) if s > 0 => out.extend(shifted(self.with_strays(text), base)),
            // The same the other way round, such as an old form in a name.
            (0, t) if hans && t * 6 <= found.han && self.to != Target::Simplified => {
                self.hans.edits(text, base, self.who, self.by_words, out);
            }
            _ => self.traditional(self.hant, text, base, out),
        }
    }

    fn simplified(&self, text: &str, base: usize, found: &Evidence, out: &mut Vec<Edit>) {
        let first = out.len();
        self.hans.edits(text, base, self.who, self.by_words, out);
        if (self.cantonese || found.cantonese > 0) && self.by_words && !self.hans.configs.is_empty() {
            cantonese::decided(text, base, out, first, self.hans.rule);
        }
    }

    fn piece(&self, text: &str, base: usize, found: &Evidence, hans: bool, out: &mut Vec<Edit>) {
        match (found.simplified, found.traditional) {
            (0, _) | (_, 0) => self.plain(text, base, found, hans, out),
            (s, t) if s * 8 <= t => out.extend(shifted(self.with_strays(text), base)),
            (s, t) if t * 3 <= s && self.to != Target::Simplified => {
                self.hans.edits(text, base, self.who, self.by_words, out);
            }
            _ => self.traditional(self.both, text, base, out),
        }
    }

    /// Traditional text by `way`, and what OpenCC's configs leave undone on it.
    fn traditional(&self, way: Way, text: &str, base: usize, out: &mut Vec<Edit>) {
        let words = match self.to {
            Target::Simplified if self.by_words => TO_SIMPLIFIED,
            Target::Taiwan | Target::TaiwanPhrases => TO_TAIWAN,
            _ => &[],
        };
        let particle = self.to == Target::Simplified && self.by_words && text.contains('著');
        if !particle && words.iter().all(|(word, _)| !text.contains(word)) {
            return way.edits(text, base, self.who, self.by_words, out);
        }
        let mut edits = Vec::new();
        way.edits(text, 0, self.who, self.by_words, &mut edits);
        for (word, new) in words {
            edits = replaced(text, edits, word, new, way.rule);
        }
        if particle {
            edits = particle::decided(text, edits, way.rule);
        }
        out.extend(shifted(edits, base));
    }

    /// Traditional text with a few Simplified characters: only they, and the words they stand in, are converted from
    /// Simplified; through Simplified and back would change up to 1.4 % of what a person wrote in Traditional.
    fn with_strays(&self, text: &str) -> Vec<Edit> {
        let (mut edits, mut others) = (Vec::new(), Vec::new());
        self.hans.edits(text, 0, EngineName::Own, self.by_words, &mut edits);
        edits.retain(|e| text[e.range.clone()].chars().any(|c| tables::side(u32::from(c)) == tables::SIMPLIFIED));
        let strays = edits.len();
        self.traditional(self.hant, text, 0, &mut others);
        for edit in others {
            let behind = edits[..strays].partition_point(|e| e.range.end <= edit.range.start);
            if edits[..strays].get(behind).is_none_or(|e| e.range.start >= edit.range.end) {
                edits.push(edit);
            }
        }
        edits.sort_by_key(|e| e.range.start);
        edits
    }
}

/// What OpenCC writes in Traditional and does not bring back.
const TO_SIMPLIFIED: &[(&str, &str)] = &[("座標", "坐标"), ("揹", "背")];
/// Hong Kong's 衞 on a page that shows nothing else of Hong Kong: a second run would take the page for Taiwan's and leave it.
const TO_TAIWAN: &[(&str, &str)] = &[("衞", "衛")];

/// `edits` and those that replace each `word`; an edit inside of one gives way, and one that reaches past it keeps its place.
fn replaced(text: &str, edits: Vec<Edit>, word: &str, new: &'static str, rule: &'static str) -> Vec<Edit> {
    let mut out = Vec::with_capacity(edits.len() + 1);
    let mut rest = edits.into_iter().peekable();
    for (start, _) in text.match_indices(word) {
        let end = start + word.len();
        while let Some(edit) = rest.next_if(|e| e.range.end <= start) {
            out.push(edit);
        }
        let mut wider = false;
        while let Some(edit) = rest.next_if(|e| e.range.start < end) {
            if edit.range.start < start || edit.range.end > end {
                wider = true;
                out.push(edit);
            } else if wider {
                out.push(edit);
            }
        }
        if !wider {
            out.push(Edit::of(start..end, new, rule));
        }
    }
    out.extend(rest);
    out
}
