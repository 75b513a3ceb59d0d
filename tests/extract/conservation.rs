//! Conservation: what a reader of the page can see stands in a kept block or in a dropped one, once, in reading order; so does every cell,
//! the white space of every line of code and the TeX of every formula. A slow, obvious twin walks the tree.
//!
//! What may differ, and who takes it:
//!
//! | what | who |
//! |---|---|
//! | white space outside of code, characters without width | HTML's folding, `Writer` |
//! | delimiters of formulas, and what MediaWiki and MathJax dress TeX in | `layout::tex`, `layout::formula` |
//! | the TeX of MathML that has none | `layout::mathml`, which has tests of its own |
//! | a drawing of a formula whose TeX the page holds | `layout::formula` |
//! | what browsers show only where something else fails (`iframe`, `object`, `noframes` …) | nobody sees it |
//!
//! All else that goes is a dropped block with its rule. `ZONETEXT_CONSERVATION=all` takes every page of ../shared/data, not a sample.

use super::twin;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use zonetext::Kind;
use zonetext::extract::{Extracted, Form, Options, extract};

/// Rules of what stands inside of a kept block and is named before it.
const WITHIN: [&str; 10] = [
    "hidden",
    "noscript",
    "text-box",
    "heading-link",
    "note-link",
    "line-numbers",
    "code-buttons",
    "ruby",
    "drawing",
    "equation-number",
];

/// The page as it came out: blocks and dropped blocks by place.
#[derive(Default)]
struct Told {
    text: Vec<char>,
    /// Characters named before the block they stand in, and from where to where in `text` they may stand.
    within: Vec<(char, usize, usize)>,
}

fn told(found: &Extracted, formulas: bool) -> Told {
    let mut told = Told::default();
    let mut pending = 0;
    let mut dropped = found.dropped.iter().peekable();
    let (mut before_last, mut last) = (0, 0);
    for number in 0..=found.blocks.len() {
        while let Some(one) = dropped.next_if(|one| one.before <= number) {
            let said = twin::visible(&one.text, formulas);
            // A hidden table or program has its own place; a hidden word has that of its sentence.
            if WITHIN.contains(&one.rule) && !one.text.contains(['\t', '\n']) {
                told.within.extend(said.chars().map(|c| (c, before_last, usize::MAX)));
            } else {
                told.text.extend(said.chars());
            }
        }
        if let Some(block) = found.blocks.get(number).filter(|block| block.kind != Kind::Title) {
            told.text.extend(twin::visible(&block.text, formulas).chars());
        }
        let end = told.text.len();
        told.within[pending..].iter_mut().for_each(|(.., to)| *to = end);
        pending = told.within.len();
        (before_last, last) = (last, end);
    }
    told
}

/// Whether the page is the told text with what stands within put in, each in its order and near its place.
fn is_told(page: &[char], told: &Told) -> Result<(), String> {
    let mut seen = HashSet::new();
    let mut stack = vec![(0, 0, 0)];
    let mut farthest = (0, 0, 0);
    while let Some((at, text, within)) = stack.pop() {
        farthest = farthest.max((at, text, within));
        if (at, text, within) == (page.len(), told.text.len(), told.within.len()) {
            return Ok(());
        }
        let inner = told.within.get(within).filter(|(_, from, to)| (*from..=*to).contains(&text)).map(|(c, ..)| *c);
        let outer = told.text.get(text).copied();
        let mut ways = Vec::new();
        match page.get(at) {
            Some(&twin::ANYTHING) => {
                ways.extend(inner.map(|_| (at, text, within + 1)));
                ways.extend(outer.map(|_| (at, text + 1, within)));
                ways.push((at + 1, text, within));
            }
            c => {
                ways.extend(outer.filter(|outer| c == Some(outer)).map(|_| (at + 1, text + 1, within)));
                ways.extend(inner.filter(|inner| c == Some(inner)).map(|_| (at + 1, text, within + 1)));
            }
        }
        let fork = ways.len() > 1;
        stack.extend(ways.into_iter().filter(|way| !fork || seen.insert(*way)));
        if seen.len() > 3_000_000 {
            return Err("too many ways".to_owned());
        }
    }
    let (at, text, within) = farthest;
    let show = |chars: Vec<char>| chars.into_iter().take(60).collect::<String>();
    Err(format!(
        "the page says\n  {}\nbut told is\n  {}\nand within it\n  {}",
        show(page[at..].to_vec()),
        show(told.text[text..].to_vec()),
        show(told.within[within..].iter().map(|(c, ..)| *c).collect())
    ))
}

/// Every table whose cells came out is one of the page, with all of its cells; every plain program is there to the space.
fn check_form(twin: &twin::Page, found: &Extracted, name: &str) {
    let squeezed = |text: &str| twin::visible(text, twin.formulas);
    let hidden: String =
        found.dropped.iter().filter(|one| WITHIN.contains(&one.rule)).map(|one| squeezed(&one.text)).collect();
    // Words of a cell, whole cells and rows may be hidden.
    let is = |own: &String, cell: &String| {
        own == cell || own.contains(twin::ANYTHING) || !hidden.is_empty() && is_within(cell, own)
    };
    let mut at = 0;
    for block in found.blocks.iter().filter(|block| matches!(block.kind, Kind::Table(_))) {
        let cells: Vec<String> = block.cells().iter().map(|cell| squeezed(&block.text[cell.range.clone()])).collect();
        let same = |table: &Vec<String>| {
            let mut left = cells.iter().peekable();
            let gone = table.iter().filter(|own| left.next_if(|cell| is(own, cell)).is_none());
            let gone = gone.filter(|own| hidden.is_empty() || !hidden.contains(own.as_str())).count();
            gone == 0 && left.next().is_none()
        };
        let place = twin.tables[at..].iter().position(same);
        at += place.unwrap_or_else(|| {
            panic!("{name}: no table of the page has the cells {cells:?}, one of {:?}", twin.tables)
        }) + 1;
    }
    let blocks = found.blocks.iter().map(|block| &block.text);
    let told: Vec<&String> = blocks.chain(found.dropped.iter().map(|dropped| &dropped.text)).collect();
    let exact: HashSet<&str> = told.iter().map(|text| text.as_str()).collect();
    for (program, in_cell) in &twin.programs {
        // Prose in `pre` and a program in a cell have no block of their own: each line stands in one.
        let apart = || {
            program
                .lines()
                .map(str::trim_end)
                .all(|line| told.iter().any(|text| text.contains(if *in_cell { line } else { line.trim() })))
        };
        let is_program = twin::is_program(program) && !in_cell;
        let is_hidden = || hidden.contains(&squeezed(program));
        assert!(
            exact.contains(program.as_str()) || !is_program && apart() || is_hidden(),
            "{name}: a program is lost:\n{program}"
        );
    }
}

/// The characters of one text stand in the other in this order.
fn is_within(part: &str, all: &str) -> bool {
    let mut all = all.chars();
    part.chars().all(|c| all.any(|own| own == c))
}

fn check(page: &str, name: &str) {
    let twin = twin::read(page);
    for whole in [false, true] {
        let found = extract(page, &Options { form: Form::Html, whole, ..Options::default() });
        if is_carried(page, &twin, &found) {
            return;
        }
        let told = told(&found, twin.formulas);
        if let Err(message) = is_told(&twin.text, &told) {
            panic!("{name} (whole: {whole}): {message}");
        }
        check_form(&twin, &found, &format!("{name} (whole: {whole})"));
    }
}

/// Pages that show nothing are read from the data they carry, feeds from their entries: what they say is not what the tree holds.
fn is_carried(page: &str, twin: &twin::Page, found: &Extracted) -> bool {
    if page.contains("data-preloaded") {
        return true;
    }
    let carries = ["<script", "<frameset", "<?xml", "<rss", "data-preloaded"].iter().any(|sign| page.contains(sign));
    let body = || found.blocks.iter().filter(|block| block.kind != Kind::Title);
    let first: String =
        body().map(|block| twin::visible(&block.text, twin.formulas)).find(|text| !text.is_empty()).unwrap_or_default();
    let first: Vec<char> = first.chars().take(12).collect();
    carries && (first.is_empty() || !twin.text.windows(first.len()).any(|window| window == first))
}

fn pages(folder: &str) -> Vec<PathBuf> {
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    let html = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "html");
    files.map(walkdir::DirEntry::into_path).filter(html).collect()
}

/// The decoded page.
fn text(path: &Path) -> String {
    let bytes = std::fs::read(path).unwrap();
    zonetext::decode::decode(&bytes, &zonetext::decode::Options::default()).text.into_owned()
}

#[test]
fn nothing_of_a_page_is_lost_or_said_twice() {
    let all = pages("fixtures/extract");
    check_all(all.iter());
    assert!(all.len() >= 40, "only {} pages", all.len());
}

/// Pages cut short, and pages with a piece taken out or said twice.
#[test]
fn nothing_of_a_broken_page_is_lost() {
    for path in pages("fixtures/extract") {
        let page = text(&path);
        let near = |at: usize| page.floor_char_boundary(at);
        for at in (page.len() / 3..page.len()).step_by(397) {
            let (start, end) = (near(at), near((at + 61).min(page.len())));
            let cut = page[..start].to_owned();
            let without = format!("{}{}", &page[..start], &page[end..]);
            let twice = format!("{}{}", &page[..end], &page[start..]);
            for (broken, how) in [(cut, "cut"), (without, "without"), (twice, "twice")] {
                check(&broken, &format!("{} {how} at {at}", path.display()));
            }
        }
    }
}

/// One page in this many of ../shared/data.
const SAMPLE: usize = 60;

#[test]
fn nothing_of_a_real_page_is_lost() {
    let data = Path::new("../shared/data");
    if !data.exists() {
        eprintln!("skipped: {} is not there", data.display());
        return;
    }
    let all = std::env::var("ZONETEXT_CONSERVATION").is_ok_and(|value| value == "all");
    check_all(pages("../shared/data").iter().step_by(if all { 1 } else { SAMPLE }));
}

fn check_all<'a>(paths: impl Iterator<Item = &'a PathBuf>) {
    let mut wrong = Vec::new();
    for path in paths {
        let page = text(path);
        let name = path.display().to_string();
        if let Err(cause) = std::panic::catch_unwind(|| check(&page, &name)) {
            wrong.push(cause.downcast_ref::<String>().cloned().unwrap_or(name));
        }
    }
    assert!(wrong.is_empty(), "{} pages: {}", wrong.len(), wrong.join("\n\n"));
}
