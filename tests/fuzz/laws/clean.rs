//! Any bytes, under any options, give a page that obeys: explaining changes nothing, the changes replayed give the page, sentences cover it,
//! spans lie in its record, and it is no bigger than its input allows.

use super::{choice, split};
use zonetext::edit::{Edit, Stage};
use zonetext::extract::Form;
use zonetext::extract::recipe::Field;
use zonetext::script::{CONFIGS, Punctuation, Target};
use zonetext::split::Quotes;
use zonetext::write::record::{Origin, record};
use zonetext::write::{self, Format};
use zonetext::{Block, Kind, MarkKind, Options, Page, decode, extract, repair, script, split as cut};

/// The law: four bytes choose the options, the others are the page.
pub fn any(bytes: &[u8]) {
    let (chosen, page) = choice::<4>(bytes);
    let found = obeyed(page, &options(chosen));
    written(&found, chosen[3]);
}

/// Options drawn from four bytes. Zeros are the default.
pub fn options([stages, decoding, target, _]: [u8; 4]) -> Options {
    let has = |bit: u8| stages >> bit & 1 == 1;
    let labels: [&[u8]; 8] = [b"", b"gbk", b"big5", b"utf-8", b"euc-kr", b"utf-16le", b"shift_jis", b"windows-1252"];
    let label = labels[usize::from(decoding & 7)];
    let to = match target % 24 {
        0..=7 => Target::parse(["keep", "s", "t", "tw", "twp", "hk", "hkp", "jp"][usize::from(target % 24)]),
        number => Target::parse(CONFIGS[usize::from(number) - 8]),
    };
    Options {
        decode: decode::Options {
            charset: decode::label(str::from_utf8(label).unwrap_or_default()).ok(),
            text: decoding >> 3 & 1 == 1,
            max_bytes: if decoding >> 4 & 7 == 7 { 300 } else { 256 << 20 },
        },
        extract: (!has(0)).then(|| extract::Options {
            form: [Form::Auto, Form::Html, Form::Text, Form::Auto][usize::from(stages >> 1 & 3)],
            links: has(3),
            whole: decoding >> 3 & 2 == 2,
            recipe: recipe(stages, target),
            ..Default::default()
        }),
        repair: (!has(4)).then(|| repair::Options {
            narrow_latin: has(5),
            guess_lost: decoding >> 7 == 1,
            ..Default::default()
        }),
        script: Some(script::Options {
            to: to.expect("a known name"),
            reconvert: has(6),
            punctuation: if target >= 128 { Punctuation::Full } else { Punctuation::Keep },
            ..Default::default()
        }),
        split: Some(cut::Options { quotes: if has(7) { Quotes::Whole } else { Quotes::Split }, semicolons: has(7) }),
        explain: true,
    }
}

/// All laws of one page. Returns it, explained.
pub fn obeyed(bytes: &[u8], options: &Options) -> Page {
    let page = zonetext::clean(bytes, &Options { explain: true, ..options.clone() });
    let silent = zonetext::clean(bytes, &Options { explain: false, ..options.clone() });
    assert_eq!(page.blocks, silent.blocks, "explain changes the blocks");
    assert_eq!(page.metadata, silent.metadata, "explain changes the metadata");
    assert!(silent.changes.is_empty() && silent.stops.is_empty() && silent.uncertain.is_empty());
    replays(bytes, options, &page);
    if let Some(options) = &options.split {
        for (block, stops) in page.blocks.iter().zip(&page.stops) {
            split::covered(&block.text, &block.sentences);
            if is_plain(block) {
                split::cut_where_said(&block.text, stops, &block.sentences);
            }
            let edges = block.cells().iter().flat_map(|cell| [cell.range.start, cell.range.end]);
            let torn = |at: &usize| block.sentences.iter().any(|sentence| sentence.start < *at && *at < sentence.end);
            assert!(edges.into_iter().all(|at| !torn(&at)), "a sentence crosses a cell: {block:?}");
        }
        if page.blocks.iter().all(is_plain) {
            let texts: Vec<&str> = page.blocks.iter().map(|block| block.text.as_str()).collect();
            assert_eq!(cut::explain(&texts, options), page.stops);
        }
    }
    bounded(bytes, &page);
    page
}

/// A block whose text is cut as one.
fn is_plain(block: &Block) -> bool {
    let literal = block.marks.iter().any(|mark| matches!(mark.kind, MarkKind::Code | MarkKind::Formula));
    !literal && !matches!(block.kind, Kind::Table(_) | Kind::Code { .. } | Kind::Formula)
}

/// The cells of a table are in order, hold no edge of a cell, and what is between them is edges alone.
fn cells_hold(block: &Block) {
    let mut last = 0;
    for cell in block.cells() {
        assert!(last <= cell.range.start, "cells overlap in {block:?}");
        assert!(
            block.text[last..cell.range.start].chars().all(|c| matches!(c, '\t' | '\n')),
            "text between cells of {block:?}"
        );
        assert!(!block.text[cell.range.clone()].contains(['\t', '\n']), "an edge in a cell of {block:?}");
        last = cell.range.end;
    }
}

/// The changes, replayed on what `extract` gave, give the page.
fn replays(bytes: &[u8], options: &Options, page: &Page) {
    let mut start = zonetext::clean(bytes, &Options { repair: None, script: None, explain: false, ..options.clone() });
    let texts = start.texts().len();
    for stage in [Stage::Repair, Stage::Script] {
        let mut edits = vec![Vec::new(); texts];
        for change in page.changes.iter().filter(|change| change.stage == stage) {
            let range = change.at..change.at + change.before.len();
            let was = start.texts()[change.block].get(range.clone());
            assert_eq!(was, Some(change.before.as_str()), "a change tells what was there");
            let new = change.after.clone();
            edits[change.block].push(Edit { lost: change.lost, ..Edit::of(range, new, change.rule) });
        }
        start.edit(stage, &edits, false);
    }
    assert_eq!(start.texts(), page.texts(), "the changes do not give the page");
    let dropped = page.changes.iter().filter(|change| change.stage == Stage::Extract);
    dropped.for_each(|change| assert!(!change.rule.is_empty() && change.block <= page.blocks.len(), "{change:?}"));
}

/// Links lie in their blocks, a title comes first, and no text comes from nowhere.
fn bounded(bytes: &[u8], page: &Page) {
    for block in &page.blocks {
        let inside = |range: &std::ops::Range<usize>| block.text.get(range.clone()).is_some();
        assert!(block.marks.iter().all(|mark| inside(&mark.range)), "a mark lies outside of {block:?}");
        cells_hold(block);
    }
    assert!(
        page.blocks.iter().skip(1).all(|block| block.kind != Kind::Title),
        "a title that is not first: {:?}",
        page.blocks
    );
    // A byte becomes one character of three bytes at most (U+FFFD, GBK); one that is converted by words, a few more. The title may come twice.
    let length: usize = page.texts().iter().map(|text| text.len()).sum();
    assert!(length <= 16 * bytes.len() + 64, "{} bytes became {length}", bytes.len());
    assert!(page.chars_in <= bytes.len(), "{} characters in {} bytes", page.chars_in, bytes.len());
}

/// Every form of output can be written; a record is one line of JSON whose spans lie in its text.
fn written(page: &Page, which: u8) {
    let origin = Origin { sha1: "0".repeat(40), script_to: "keep".to_owned(), ..Origin::default() };
    let line = record(page, &origin, &write::Options::default()).line();
    is_record(&line);
    match which % 8 {
        0 => drop(write::report::report(page, &origin)),
        1 => drop(write::inspect::inspect(page, &origin, &write::Options::default(), which > 128)),
        2 => drop(write::explain::explain(page, &origin, &write::Options::default(), &write::explain::View::default())),
        3 => drop(write::write(page, &origin, &write::Options { format: Format::Markdown, ..Default::default() })),
        4 => drop(write::write(page, &origin, &write::Options { format: Format::Json, ..Default::default() })),
        _ => drop(write::write(page, &origin, &write::Options { sentences: which > 128, ..Default::default() })),
    }
}

/// One line, and what the record promises of it. `None` if it holds a number that is too much for this reader, as the input may.
pub fn is_record(line: &str) -> Option<serde_json::Value> {
    let odd = ['\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];
    assert!(line.ends_with('\n') && line.matches('\n').count() == 1 && !line.contains(odd), "not one line: {line:?}");
    let record: serde_json::Value = match serde_json::from_str(line) {
        Err(error) if error.to_string().starts_with("number out of range") => return None,
        record => record.unwrap_or_else(|e| panic!("{e}: {line}")),
    };
    let length = record["text"].as_str().expect("text is a string").chars().count() as u64;
    let spans = record["blocks"].as_array().into_iter().flatten().map(|block| &block["span"]);
    for spans in [spans.collect::<Vec<_>>(), record["sentences"].as_array().into_iter().flatten().collect()] {
        let mut last = 0;
        for span in spans {
            let (start, end) = (span[0].as_u64().expect("a number"), span[1].as_u64().expect("a number"));
            assert!(last <= start && start <= end && end <= length, "{span} after {last} of {length}: {line}");
            last = end;
        }
    }
    assert_eq!(record["zt"]["chars"].as_u64(), Some(length), "{line}");
    Some(record)
}

/// Some of what a user may select.
fn recipe(stages: u8, target: u8) -> extract::recipe::Recipe {
    let mut recipe = extract::recipe::Recipe::default();
    let parts =
        [(Field::Content, "div, p"), (Field::Drop, "span, li, td"), (Field::Title, "h1"), (Field::Date, "time, p")];
    for (_, (field, selector)) in
        parts.into_iter().enumerate().filter(|(bit, _)| stages & 0xf6 == 0xf6 && target >> bit & 1 == 1)
    {
        recipe.add(field, selector).expect("these are selectors");
    }
    recipe
}
