//! Undo what was done to the characters: mojibake, byte slips, pinyin annotation, escapes.
//!
//! In: the texts of one page, all at once, because evidence is pooled over the document. Out: edits, a list for each text.
//! What is merely ugly is left alone; when in doubt nothing changes. One scan finds the lines where anything could be
//! wrong (`scan`), a second look takes back most of those of sound text (`doubt`); only then the character model is opened, and each
//! kind of damage has its module. A document is gone through until nothing is left to repair (`rounds`).

mod alphabet;
mod cells;
mod certainty;
mod codepages;
mod compatibility;
mod doubt;
mod escape;
mod gbk;
mod han;
mod holes;
mod judge;
mod language;
mod lattice;
mod left;
mod line;
mod mirror;
mod missing;
mod model;
mod noise;
mod pinyin;
mod private;
mod report;
mod rounds;
mod rules;
mod scan;
mod search;
mod single_byte;

pub(crate) use model::BYTES as MODEL;
pub use model::fold;
pub use report::{classes, lost};
pub use rules::RULES;

use crate::edit::Edit;
use crate::hole::Hole;
use left::Left;
use model::Model;
use search::{Desk, Evidence, Words};
use std::cell::LazyCell;
use std::collections::BTreeMap;

/// What to repair.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Narrow full-width Latin letters and digits (ＡＢＣ１２３). Risks style: many clean pages write them on purpose.
    pub narrow_latin: bool,
    /// Write characters for Kangxi radicals and compatibility forms (⼀⽇⼈ as 一日人). Risks what a page about radicals says.
    pub normalize_cjk: bool,
    /// Write the likeliest characters for lost bytes also where they are not certain enough: more lines come back, and of the guessed
    /// characters of some kinds one of four is wrong. More clean lines are changed by it.
    pub guess_lost: bool,
    /// What becomes of characters that were chosen by likelihood.
    pub guesses: Guesses,
}

/// What becomes of characters that were chosen by likelihood.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Guesses {
    /// They are written, and the record does not name them.
    Keep,
    /// They are written, and the record names them (`zt.guessed`).
    #[default]
    Mark,
    /// U+FFFD stands in their place.
    Drop,
}

/// What [`mend`] finds.
#[derive(Debug, Clone, Default)]
pub struct Mended {
    /// The edits of each text.
    pub edits: Vec<Vec<Edit>>,
    /// What was left as it came although it is damaged, by reason: `too-much-lost` and `uncertain-slip` count lines, `uncertain`,
    /// `dropped` and `private-font` count characters.
    pub left: BTreeMap<&'static str, usize>,
}

/// Looks at the texts of one page (each may hold several lines) and returns the edits that mend them, a list for each.
///
/// ```
/// use zonetext::{edit, repair};
/// let mut text = "項目論證專家?guī)?,突出產(chǎn)業(yè)招商".to_owned();
/// let edits = repair::repair(&[&text], &repair::Options::default());
/// edit::apply(&mut text, &edits[0]);
/// assert_eq!(text, "項目論證專家庫,突出產業招商");
/// ```
pub fn repair(texts: &[&str], options: &Options) -> Vec<Vec<Edit>> {
    judged(texts, options, model::model, Without::default(), None).edits
}

/// As [`repair`], for texts out of a page that was decoded: `holes` are the U+FFFD of its text `page` that stand for known bytes (see
/// [`crate::decode::Decoded`]), and where the texts have them, they are filled in where 95 of 100 like it are right, or as is likeliest where
/// [`Options::guess_lost`] asks for it.
///
/// ```
/// use zonetext::{decode, edit, repair};
/// // The first byte of 气 is gone.
/// let bytes = b"\xbd\xf1\xcc\xec\xcc\xec\xf8\xba\xdc\xba\xc3\xa3\xac\xce\xd2\xc3\xc7\xc8\xa5\xb9\xab\xd4\xb0\xa1\xa3";
/// let page = decode::decode(bytes, &decode::Options::default());
/// let mut text = page.text.to_string();
/// assert_eq!(text, "今天天\u{FFFD}很好，我们去公园。");
/// let options = repair::Options { guess_lost: true, ..repair::Options::default() };
/// let edits = repair::repair_decoded(&[&text], &options, &page.text, &page.holes);
/// edit::apply(&mut text, &edits[0]);
/// assert_eq!(text, "今天天气很好，我们去公园。");
/// ```
pub fn repair_decoded(texts: &[&str], options: &Options, page: &str, holes: &[Hole]) -> Vec<Vec<Edit>> {
    mend(texts, options, page, holes).edits
}

/// As [`repair_decoded`], with what was left as it came.
pub fn mend(texts: &[&str], options: &Options, page: &str, holes: &[Hole]) -> Mended {
    judged(texts, options, model::model, Without::default(), Some((page, holes)))
}

/// What to leave out, to measure what it brings.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, Default)]
pub struct Without {
    /// The pairs and triples of characters the document shows.
    pub words: bool,
    /// The list of characters the line annotates.
    pub list: bool,
    /// Which brackets are open.
    pub brackets: bool,
}

/// An opened table, for the same purpose.
#[doc(hidden)]
pub struct Table(Model);

impl Table {
    pub fn open(bytes: &'static [u8]) -> Table {
        Table(Model::read(bytes))
    }

    pub fn repair(&self, texts: &[&str], options: &Options, without: Without) -> Vec<Vec<Edit>> {
        judged(texts, options, || &self.0, without, None).edits
    }
}

fn judged<'m>(
    texts: &[&str],
    options: &Options,
    model: impl FnOnce() -> &'m Model,
    without: Without,
    holes: Option<(&str, &[Hole])>,
) -> Mended {
    let model = LazyCell::new(model);
    let (mut known, mut left) = (None, Left::of(texts));
    let mut holes = holes.filter(|(_, holes)| holes::any(texts, holes));
    let edits = rounds::all(texts, |texts, changed| {
        // What is filled in makes sound lines of those, so it comes first.
        if let Some((page, holes)) = holes.take() {
            let edits = holes::edits(&model, texts, page, holes, options.guess_lost);
            if edits.iter().any(|edits| !edits.is_empty()) {
                return edits;
            }
        }
        let mut edits = round(texts, changed, options, &model, (without, &mut left), &mut known);
        if options.narrow_latin || options.normalize_cjk {
            let found = edits.iter().map(Vec::len).sum::<usize>();
            for (text, edits) in texts.iter().zip(&mut edits) {
                respelt(text, options, edits);
            }
            // Lines that are narrowed are new ones.
            known.take_if(|_| edits.iter().map(Vec::len).sum::<usize>() > found);
        }
        edits
    });
    left.counted(texts, edits, options.guesses == Guesses::Drop)
}

/// What is known of a document from the round before. Where it shows the same again, there is the same to find in the lines that stay as
/// they were, and nothing in those that were mended.
struct Known {
    annotated: bool,
    narrow: bool,
    words: Words,
    /// Lines were joined: those are new ones.
    joined: bool,
    marks: Marks,
}

/// The lines of each text that deserve a look.
struct Marks {
    lines: Vec<Vec<scan::Mark>>,
    /// A program may have annotated them. If not, a second look was taken, and those are idle in which it found nothing to repair.
    noted: bool,
}

/// What one round finds in a document; where a round went before it, some texts have not changed since.
fn round<'m, F: FnOnce() -> &'m Model>(
    texts: &[&str],
    changed: &[bool],
    options: &Options,
    model: &LazyCell<&'m Model, F>,
    (without, left): (Without, &mut Left),
    known: &mut Option<Known>,
) -> Vec<Vec<Edit>> {
    let mut edits = vec![Vec::new(); texts.len()];
    let before = known.take();
    let marks = Marks::of(texts, changed, before.as_ref().map(|known| &known.marks), options);
    if marks.lines.iter().flatten().all(|m| m.idle) {
        return edits;
    }
    let model: &Model = model;
    let evidence =
        Evidence { guess: options.guess_lost, font: left.font > 0, without, ..evidence(model, texts, &marks) };
    let broken = evidence.annotated || evidence.guess || marks.lines.iter().flatten().any(|m| m.mirror && !m.idle);
    let words = if broken && !without.words {
        Words::of(model, texts.iter().flat_map(|t| t.lines()))
    } else {
        Words::default()
    };
    let same = |known: Known| {
        (known.annotated, known.narrow, known.joined) == (evidence.annotated, evidence.narrow, false)
            && known.words == words
    };
    if before.is_some_and(same) {
        return edits;
    }
    let mut desk = Desk::of(model, words);
    desk.asked = options.guess_lost;
    for ((text, marks), edits) in texts.iter().zip(&marks.lines).zip(&mut edits) {
        *edits = line::mend(&mut desk, text, marks, evidence);
    }
    left.refused.extend(desk.refused.drain());
    let joins = |(text, edits): (&&str, &Vec<Edit>)| edits.iter().any(|e| text[e.range.clone()].contains('\n'));
    let joined = texts.iter().zip(&edits).any(joins);
    let (annotated, narrow) = (evidence.annotated, evidence.narrow);
    *known = Some(Known { annotated, narrow, words: desk.words, joined, marks });
    edits
}

impl Marks {
    /// The marks of the texts; those that have not changed keep theirs.
    fn of(texts: &[&str], changed: &[bool], known: Option<&Marks>, options: &Options) -> Marks {
        let known = known.filter(|known| !known.noted);
        let kept = |at: usize| known.filter(|_| !changed[at]).map(|known| known.lines[at].clone());
        let mut lines: Vec<Vec<scan::Mark>> =
            texts.iter().enumerate().map(|(at, text)| kept(at).unwrap_or_else(|| scan::scan(text))).collect();
        let marked = texts.iter().zip(&lines);
        let noted = doubt::annotated(
            marked.flat_map(|(text, lines)| lines.iter().filter(|m| m.mirror).map(|m| &text[m.from..m.to])),
        );
        if noted {
            // Then a second look takes nothing back.
            if known.is_some() {
                lines = texts.iter().map(|text| scan::scan(text)).collect();
            }
            return Marks { lines, noted };
        }
        let marked = texts.iter().zip(&lines);
        let toneless = noise::may_be_toneless(
            marked.flat_map(|(text, lines)| lines.iter().filter(|m| m.mirror).map(|m| &text[m.from..m.to])),
        );
        let mut chars = Vec::new();
        for ((text, marks), changed) in texts.iter().zip(&mut lines).zip(changed) {
            for mark in marks.iter_mut().filter(|_| *changed || known.is_none()) {
                spread(&text[mark.from..mark.to], &mut chars);
                doubt::look(&chars, mark, options.guess_lost);
                if toneless && noise::has_bracket(&chars) {
                    (mark.noise, mark.idle) = (true, false);
                }
            }
        }
        Marks { lines, noted }
    }
}

/// What the document shows about mirror programs.
fn evidence(model: &Model, texts: &[&str], marks: &Marks) -> Evidence {
    let mut signs = mirror::Signs::default();
    let lines = || {
        let marked = texts.iter().zip(&marks.lines).flat_map(|(t, m)| m.iter().map(move |m| (*t, m)));
        marked.filter(|(_, m)| m.mirror).map(|(t, m)| &t[m.from..m.to])
    };
    let mut chars = Vec::new();
    for line in lines() {
        spread(line, &mut chars);
        // Where there are too few annotations to tell, the readings need not be opened for them.
        chars.retain(|&c| marks.noted || !matches!(c, '(' | '?' | '\u{FFFD}'));
        signs.add(model, &chars);
    }
    let mut toneless = noise::Toneless::default();
    if marks.lines.iter().flatten().any(|m| m.noise && m.mirror) {
        for (text, marks) in texts.iter().zip(&marks.lines) {
            for mark in marks.iter().filter(|m| m.noise && m.mirror) {
                spread(&text[mark.from..mark.to], &mut chars);
                toneless.add(model, &chars);
            }
        }
    }
    if signs.few() {
        for line in lines() {
            spread(line, &mut chars);
            signs.add_alone(&chars);
        }
    }
    Evidence { toneless: toneless.is_dense(), ..signs.evidence() }
}

/// The characters of a line, in a list that is filled again and again.
fn spread(line: &str, into: &mut Vec<char>) {
    into.clear();
    into.reserve(line.len());
    into.extend(line.chars());
}

/// Adds the forms that were asked for where no other edit stands.
fn respelt(text: &str, options: &Options, edits: &mut Vec<Edit>) {
    let narrow = |c: char| char::from_u32(c as u32 - 0xFEE0).unwrap_or(c);
    let meant = |c: char| match c {
        _ if options.narrow_latin && judge::is_wide_latin(c) => Some((narrow(c), "full-width-latin")),
        _ if options.normalize_cjk => compatibility::meant(c).map(|meant| (meant, "compatibility-form")),
        _ => None,
    };
    let (mut added, mut next) = (Vec::new(), 0);
    for (at, c) in text.char_indices() {
        let Some((new, rule)) = meant(c) else { continue };
        // The edits are in order: those before this place are done with.
        next += edits[next..].iter().take_while(|e| e.range.end <= at).count();
        if edits.get(next).is_none_or(|e| e.range.start >= at + c.len_utf8()) {
            added.push(Edit::of(at..at + c.len_utf8(), new.to_string(), rule));
        }
    }
    edits.extend(added);
    edits.sort_by_key(|e| e.range.start);
}
