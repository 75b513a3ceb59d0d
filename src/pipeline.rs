//! The order of the stages, and the only place that knows it.

use crate::edit::{Change, Loss, Stage};
use crate::page::{Block, Kind, Page, Status};
use crate::{decode, extract, repair, script, split};
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What to do with a page. A stage that is `None` is left out.
#[derive(Debug, Clone)]
pub struct Options {
    /// Bytes to text; cannot be left out.
    pub decode: decode::Options,
    /// Main text and metadata. Left out, the decoded text is kept line for line.
    pub extract: Option<extract::Options>,
    /// Undo mojibake, byte slips, pinyin annotation. Changes only what is known to be broken.
    pub repair: Option<repair::Options>,
    /// Simplified ⇄ Traditional; by default the script is kept.
    pub script: Option<script::Options>,
    /// Sentence ranges; changes no character.
    pub split: Option<split::Options>,
    /// Keep each change and each dropped block. Costs memory, changes nothing else.
    pub explain: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            decode: decode::Options::default(),
            extract: Some(extract::Options::default()),
            repair: Some(repair::Options::default()),
            script: Some(script::Options::default()),
            split: None,
            explain: false,
        }
    }
}

/// Cleans one page. Total: any bytes give a page, an empty one at worst.
pub fn clean(bytes: &[u8], options: &Options) -> Page {
    let decoded = decode::decode(bytes, &options.decode);
    let mut page = match &options.extract {
        Some(extract) => taken(extract::extract(&decoded.text, extract), options.explain),
        None => Page { blocks: pieces(&decoded.text), verbatim: true, ..Page::default() },
    };
    page.chars_in = decoded.text.chars().count();
    let cut = decoded.limit.is_some();
    page.limit = decoded.limit.or(page.limit);
    page.charset = decoded.found;
    if let Some(repair) = &options.repair {
        let repair::Mended { edits, left } = repair::mend(&page.texts(), repair, &decoded.text, &decoded.holes);
        page.edit(Stage::Repair, &edits, options.explain);
        page.left = left;
        if repair.guesses == repair::Guesses::Keep {
            page.blocks.iter_mut().for_each(|block| block.guesses = Default::default());
        }
    }
    page.evidence = script::evidence(&page.texts());
    page.script = page.evidence.script().hinted(page.metadata.language.as_deref(), page.metadata.url.as_deref());
    if let Some(script) = &options.script {
        if options.explain {
            page.uncertain = script::uncertain(&page.texts(), page.script, script);
        }
        let edits = script::script(&page.texts(), page.script, script);
        page.edit(Stage::Script, &edits, options.explain);
    }
    if let Some(split) = &options.split {
        cut_sentences(&mut page, split, options.explain);
    }
    page.status = status(&page, cut);
    page
}

/// Sentences of each block, and the stops where they are to be explained. A cell is a text of its own; each line of
/// code is a sentence, and no sentence ends within a formula of a text.
fn cut_sentences(page: &mut Page, options: &split::Options, explain: bool) {
    let pieces: Vec<(usize, Range<usize>)> = page
        .blocks
        .iter()
        .enumerate()
        .flat_map(|(number, block)| block.pieces().into_iter().map(move |p| (number, p)))
        .collect();
    let texts: Vec<&str> = pieces.iter().map(|(number, piece)| &page.blocks[*number].text[piece.clone()]).collect();
    let found = split::split(&texts, options);
    let stops = if explain { split::explain(&texts, options) } else { Vec::new() };
    let mut sentences: Vec<Vec<Range<usize>>> = page.blocks.iter().map(Block::literal_sentences).collect();
    for ((number, piece), ranges) in pieces.iter().zip(found) {
        sentences[*number].extend(ranges.iter().map(|range| range.start + piece.start..range.end + piece.start));
    }
    if explain {
        page.stops = vec![Vec::new(); page.blocks.len()];
        let literals: Vec<_> = page.blocks.iter().map(Block::literals).collect();
        for ((number, piece), stops) in pieces.iter().zip(stops) {
            let moved = |stop: split::Decision| split::Decision {
                at: stop.at + piece.start,
                end: stop.end + piece.start,
                ..stop
            };
            let literal = |stop: &split::Decision| literals[*number].hold(stop.end);
            page.stops[*number].extend(stops.into_iter().map(moved).filter(|stop| !literal(stop)));
        }
    }
    for (block, ranges) in page.blocks.iter_mut().zip(sentences) {
        block.sentences = block.whole_literals(ranges);
    }
}

/// As [`clean`], for hosts that must outlive a fault of ours (a record stream, a Python process): a panic comes back as a message.
pub fn caught(bytes: &[u8], options: &Options) -> Result<Page, String> {
    catch_unwind(AssertUnwindSafe(|| clean(bytes, options))).map_err(|panic| {
        let message =
            panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
        let message = message.unwrap_or("no message");
        format!("a fault in zonetext itself: {message} (please report it with this input)")
    })
}

/// The extracted blocks as a page; what was dropped becomes changes.
fn taken(found: extract::Extracted, explain: bool) -> Page {
    let mut page = Page {
        blocks: found.blocks,
        metadata: found.metadata,
        readings: found.readings,
        sort: Some(found.sort),
        confidence: Some(found.confidence),
        limit: found.limit,
        base: found.base,
        selected: found.selected,
        ..Page::default()
    };
    if explain {
        page.changes.extend(found.dropped.into_iter().map(|d| Change {
            stage: Stage::Extract,
            rule: d.rule,
            also: Vec::new(),
            block: d.before,
            at: d.at,
            before: d.text,
            after: String::new(),
            lost: Loss::Nothing,
        }));
    }
    page
}

/// A text as consecutive pieces that end at line ends, each about 64 KiB: applying edits to one huge string is several
/// times slower than to pieces of this size.
fn pieces(text: &str) -> Vec<Block> {
    const PIECE: usize = 64 << 10;
    let mut blocks = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let cut = rest.as_bytes().get(PIECE..).and_then(|tail| memchr::memchr(b'\n', tail));
        let (piece, tail) = rest.split_at(cut.map_or(rest.len(), |at| PIECE + at + 1));
        blocks.push(Block::new(Kind::Paragraph, piece));
        rest = tail;
    }
    blocks
}

/// A budget of depth or nodes is told in `limit` and costs no text, so only a cut input is not whole.
fn status(page: &Page, cut: bool) -> Status {
    if cut {
        Status::Limit
    } else if page.blocks.iter().all(|b| b.text.trim().is_empty()) {
        Status::Empty
    } else if page.charset.undecodable > 0 {
        Status::Partial
    } else {
        Status::Ok
    }
}
