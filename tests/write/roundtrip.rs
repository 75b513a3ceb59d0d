//! Markdown read back by an independent parser: the same blocks in the same containers, the same text, the same links, and nothing else.

use proptest::prelude::*;
use pulldown_cmark::{CodeBlockKind, Event, Options as Reading, Parser, Tag, TagEnd};
use zonetext::write::record::Origin;
use zonetext::write::{Format, Options, Tables, write};
use zonetext::{Block, Container, Grid, Kind, Mark, MarkKind, Page, extract};

/// Blocks as lines: containers, kind, text; then the targets of links and images.
#[derive(Debug, PartialEq, Eq, Default)]
struct Read {
    blocks: Vec<String>,
    targets: Vec<String>,
    html: Vec<String>,
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What the page says.
fn said(page: &Page) -> Read {
    let mut read = Read::default();
    let labels: Vec<&String> = page
        .blocks
        .iter()
        .flat_map(|b| &b.within)
        .filter_map(|c| if let Container::Note { label } = c { Some(label) } else { None })
        .collect();
    let mut last: Option<&Block> = None;
    for block in &page.blocks {
        let begins = |depth: usize| last.is_none_or(|last| last.within.get(..=depth) != block.within.get(..=depth));
        let task = match block.within.last() {
            Some(Container::Item { done: Some(done), .. }) if begins(block.within.len() - 1) => {
                if *done {
                    "[x] "
                } else {
                    "[ ] "
                }
            }
            _ => "",
        };
        let within: String = block
            .within
            .iter()
            .map(|container| match container {
                Container::Quote | Container::Callout { .. } => "quote/".to_owned(),
                Container::Item { ordered: true, number, .. } if *number >= 0 => format!("{number}/"),
                Container::Item { .. } => "-/".to_owned(),
                Container::Note { label } => format!("[{label}]/"),
                Container::Comment { .. } => String::new(),
                other => panic!("{other:?} has no form here yet"),
            })
            .collect();
        let text = match &block.kind {
            Kind::Code { .. } => block.text.clone(),
            Kind::Table(grid) => rows(block, grid),
            _ => squeezed(&without_references(block, &labels)),
        };
        let kind = match &block.kind {
            Kind::Title => "h1".to_owned(),
            Kind::Heading { level } => format!("h{level}"),
            Kind::Code { language } => format!("code {}", language.as_deref().unwrap_or("")),
            Kind::Table(_) => "table".to_owned(),
            Kind::Formula => "formula".to_owned(),
            Kind::Rule => "rule".to_owned(),
            Kind::Paragraph | Kind::Caption | Kind::Byline => "p".to_owned(),
            other => panic!("{other:?} has no form here yet"),
        };
        let images = block.marks.iter().any(|mark| matches!(mark.kind, MarkKind::Image { .. }));
        if !text.is_empty() || images || block.kind == Kind::Rule {
            let task = if kind == "p" { task } else { "" };
            let task = if text.is_empty() { task.trim_end() } else { task };
            read.blocks.push(format!("{within}{kind}: {task}{text}"));
        }
        last = Some(block);
        for mark in &block.marks {
            if let MarkKind::Link { target } | MarkKind::Image { target, .. } = &mark.kind {
                read.targets.push(target.clone());
            }
        }
    }
    read.targets.sort();
    read
}

/// A block's text; a reference to a note that is there is its mark alone.
fn without_references(block: &Block, labels: &[&String]) -> String {
    let mut text = block.text.clone();
    for mark in block.marks.iter().rev() {
        if matches!(&mark.kind, MarkKind::NoteRef { label } if labels.contains(&label)) {
            text.replace_range(mark.range.clone(), "");
        }
    }
    text
}

fn rows(block: &Block, grid: &Grid) -> String {
    let mut rows: Vec<Vec<String>> = Vec::new();
    for cell in &grid.cells {
        for row in cell.row..cell.row + cell.row_span {
            rows.resize(rows.len().max(row as usize + 1), Vec::new());
            let row = &mut rows[row as usize];
            row.resize(row.len().max(cell.column as usize + 1), String::new());
            row[cell.column as usize] = squeezed(&block.text[cell.range.clone()]);
        }
    }
    rows.iter().map(|row| row.join("\t").trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

/// What the parser reads.
fn read(markdown: &str) -> Read {
    let extensions = Reading::ENABLE_TABLES
        | Reading::ENABLE_FOOTNOTES
        | Reading::ENABLE_STRIKETHROUGH
        | Reading::ENABLE_MATH
        | Reading::ENABLE_GFM;
    let mut read = Read::default();
    // Containers, and for ordered lists the next number.
    let mut lists: Vec<Option<u64>> = Vec::new();
    let mut within: Vec<String> = Vec::new();
    let mut text = String::new();
    let mut kind: Option<String> = None;
    let (mut image, mut display) = (0, false);
    let mut row: Vec<String> = Vec::new();
    let mut table: Vec<String> = Vec::new();
    macro_rules! end {
        () => {
            if let Some(kind) = kind.take() {
                let code = kind.starts_with("code");
                let text = if code { text.strip_suffix('\n').unwrap_or(&text).to_owned() } else { squeezed(&text) };
                let kind = if kind == "p" && display { "formula".to_owned() } else { kind };
                read.blocks.push(format!("{}{kind}: {text}", within.concat()));
            }
            text.clear();
            display = false;
        };
    }
    for event in Parser::new_ext(markdown, extensions) {
        match event {
            Event::Start(tag) => match tag {
                Tag::Paragraph => kind = Some("p".to_owned()),
                Tag::Heading { level, .. } => kind = Some(format!("h{}", level as u8)),
                Tag::BlockQuote(_) => within.push("quote/".to_owned()),
                Tag::CodeBlock(CodeBlockKind::Fenced(info)) => kind = Some(format!("code {info}")),
                Tag::CodeBlock(CodeBlockKind::Indented) => kind = Some("indented code".to_owned()),
                Tag::List(start) => {
                    end!();
                    lists.push(start);
                }
                Tag::Item => {
                    within.push(match lists.last_mut() {
                        Some(Some(number)) => {
                            *number += 1;
                            format!("{}/", *number - 1)
                        }
                        _ => "-/".to_owned(),
                    });
                    kind = None;
                }
                Tag::FootnoteDefinition(label) => within.push(format!("[{label}]/")),
                Tag::Table(_) => table.clear(),
                Tag::TableHead | Tag::TableRow => row.clear(),
                Tag::TableCell => text.clear(),
                Tag::Link { dest_url, .. } => {
                    kind.get_or_insert_with(|| "p".to_owned());
                    read.targets.push(dest_url.to_string());
                }
                Tag::Image { dest_url, .. } => {
                    kind.get_or_insert_with(|| "p".to_owned());
                    read.targets.push(dest_url.to_string());
                    image += 1;
                }
                Tag::Emphasis | Tag::Strong | Tag::Strikethrough => {
                    kind.get_or_insert_with(|| "p".to_owned());
                }
                Tag::HtmlBlock => {}
                other => panic!("{other:?} in {markdown}"),
            },
            Event::End(tag) => match tag {
                TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock => {
                    end!();
                }
                TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition => drop(within.pop()),
                TagEnd::List(_) => drop(lists.pop()),
                TagEnd::Item => {
                    end!();
                    within.pop();
                }
                TagEnd::TableCell => row.push(squeezed(&text)),
                TagEnd::TableHead | TagEnd::TableRow => table.push(row.join("\t").trim_end().to_owned()),
                TagEnd::Table => {
                    text.clear();
                    read.blocks.push(format!("{}table: {}", within.concat(), table.join("\n")));
                }
                TagEnd::Image => image -= 1,
                _ => {}
            },
            Event::Text(words) | Event::Code(words) | Event::InlineMath(words) if image == 0 => {
                kind.get_or_insert_with(|| "p".to_owned());
                text.push_str(&words);
            }
            Event::DisplayMath(words) => {
                display = true;
                text.push_str(&words);
            }
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            Event::InlineHtml(tag)
                if [
                    "<br>",
                    "<sup>",
                    "</sup>",
                    "<sub>",
                    "</sub>",
                    "<strong>",
                    "</strong>",
                    "<em>",
                    "</em>",
                    "<del>",
                    "</del>",
                ]
                .contains(&&*tag) =>
            {
                kind.get_or_insert_with(|| "p".to_owned());
                text.push_str(if &*tag == "<br>" { " " } else { "" });
            }
            Event::InlineHtml(tag) | Event::Html(tag) => read.html.push(tag.to_string()),
            Event::Rule => read.blocks.push(format!("{}rule: ", within.concat())),
            _ => {}
        }
    }
    read.targets.sort();
    read
}

fn markdown(page: &Page) -> String {
    write(page, &Origin::default(), &Options { format: Format::Markdown, tables: Tables::Pipe, ..Options::default() })
}

#[test]
fn every_page_of_the_fixtures_is_read_back() {
    let mut pages: Vec<_> =
        walkdir::WalkDir::new("fixtures").sort_by_file_name().into_iter().filter_map(Result::ok).collect();
    pages.retain(|entry| entry.path().extension().is_some_and(|end| end == "html"));
    let mut wrong = Vec::new();
    for entry in &pages {
        for whole in [false, true] {
            let options = zonetext::Options {
                extract: Some(extract::Options { links: true, whole, ..Default::default() }),
                ..Default::default()
            };
            let page = zonetext::clean(&std::fs::read(entry.path()).unwrap(), &options);
            let page = Page { base: None, metadata: Default::default(), ..page };
            let written = markdown(&page);
            let (want, have) = (said(&page), read(&written));
            if want != have {
                let at = want.blocks.iter().zip(&have.blocks).position(|(a, b)| a != b);
                let first = at.map(|at| format!("\n{}\n{}", want.blocks[at], have.blocks[at]));
                wrong.push(format!(
                    "{} (whole: {whole}){}\n{:?}\n{:?}",
                    entry.path().display(),
                    first.unwrap_or_default(),
                    want.targets,
                    have.targets
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{} pages:\n{}", wrong.len(), wrong.join("\n"));
    assert!(pages.len() > 40);
}

const PIECES: &[&str] = &[
    "*",
    "**",
    "_",
    "__",
    "`",
    "```",
    "[",
    "]",
    "(",
    ")",
    "](",
    "<script>",
    "<",
    ">",
    "</b>",
    "<!--",
    "&amp;",
    "&",
    "&#35;",
    "#",
    " ",
    " ",
    "1.",
    "2)",
    "-",
    "+",
    "~",
    "~~",
    "$",
    "$$",
    "|",
    "\\",
    "\\\\",
    "!",
    "![",
    "字",
    "词。",
    "a",
    "b1",
    ":",
    "=",
    "---",
    "===",
    "javascript:x",
    "[^1]",
    "[x]:",
    "“",
    "”",
    "https://e.cn/a",
];

fn hostile() -> impl Strategy<Value = String> {
    proptest::collection::vec(0..PIECES.len(), 1..14).prop_map(|pieces| {
        let text: String = pieces.into_iter().map(|piece| PIECES[piece]).collect();
        squeezed(&text)
    })
}

fn within() -> impl Strategy<Value = Vec<Container>> {
    let item = |ordered, number| Container::Item {
        list: 1 + u32::from(ordered),
        ordered,
        number,
        label: None,
        done: [None, Some(true), Some(false)][number.unsigned_abs() as usize % 3],
    };
    prop_oneof![
        Just(vec![]),
        Just(vec![Container::Quote]),
        (0..4i32).prop_map(move |number| vec![item(true, number)]),
        (0..4i32).prop_map(move |number| vec![item(false, number)]),
        (0..3i32).prop_map(move |number| vec![item(false, 1), item(true, number)]),
        Just(vec![Container::Note { label: "1".to_owned() }]),
    ]
}

fn block() -> impl Strategy<Value = Block> {
    let kind = prop_oneof![
        4 => Just(Kind::Paragraph),
        1 => Just(Kind::Heading { level: 2 }),
        1 => Just(Kind::Code { language: Some("c++".to_owned()) }),
        1 => Just(Kind::Rule),
    ];
    (kind, hostile(), within()).prop_map(|(kind, text, mut within)| {
        let text = if kind == Kind::Rule { String::new() } else { text };
        // The box of an item without text goes to the next block of the item.
        for container in &mut within {
            if let Container::Item { done, .. } = container {
                *done = done.filter(|_| !text.trim().is_empty());
            }
        }
        Block { within, ..Block::new(kind, text) }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn hostile_text_means_nothing(blocks in proptest::collection::vec(block(), 1..6)) {
        let page = Page { blocks, ..Page::default() };
        let written = markdown(&page);
        let (mut want, have) = (said(&page), read(&written));
        // An item of no text cannot be told from none.
        want.blocks.retain(|block| !block.ends_with("p: "));
        prop_assert_eq!(want, have, "{}", written);
    }

    #[test]
    fn marked_text_is_read_back(text in hostile(), cuts in proptest::collection::vec(any::<proptest::sample::Index>(), 4), which in 0..6usize) {
        let mut places: Vec<usize> = cuts.iter().map(|cut| text.floor_char_boundary(cut.index(text.len() + 1))).collect();
        places.sort_unstable();
        let kind = |which: usize| match which % 6 {
            0 => MarkKind::Strong,
            1 => MarkKind::Link { target: "https://e.cn/a_(b)?c=1&copy;d".to_owned() },
            2 => MarkKind::Emphasis,
            3 => MarkKind::Superscript,
            4 => MarkKind::Code,
            _ => MarkKind::Strike,
        };
        let mark = |range: std::ops::Range<usize>, which| {
            let words = text[range.clone()].trim();
            let start = range.start + text[range.clone()].len() - text[range.clone()].trim_start().len();
            Mark { range: start..start + words.len(), kind: kind(which) }
        };
        let mut marks = vec![mark(places[0]..places[2], which), mark(places[1]..places[3], which + 1)];
        marks.retain(|mark| !mark.range.is_empty());
        marks.sort_by_key(|mark| (mark.range.start, std::cmp::Reverse(mark.range.end)));
        let page = Page { blocks: vec![Block { marks, ..Block::new(Kind::Paragraph, text.as_str()) }], ..Page::default() };
        let written = markdown(&page);
        let (want, have) = (said(&page), read(&written));
        prop_assert_eq!(want.blocks, have.blocks, "{}", written);
        prop_assert!(have.html.is_empty(), "{:?} in {}", have.html, written);
    }
}
