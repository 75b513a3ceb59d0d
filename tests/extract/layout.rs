//! Form: each page of fixtures/extract/layout, laid out whole, gives the Markdown beside it.

use zonetext::extract::{Form, Options, extract};
use zonetext::write::record::Origin;
use zonetext::write::{Format, write};
use zonetext::{Kind, Page, extract as stage};

fn page(html: &str) -> Page {
    let options = stage::Options { form: Form::Html, links: true, whole: true, ..Default::default() };
    let options = zonetext::Options { extract: Some(options), ..Default::default() };
    zonetext::clean(html.as_bytes(), &options)
}

fn markdown(page: &Page) -> String {
    write(page, &Origin::default(), &zonetext::write::Options { format: Format::Markdown, ..Default::default() })
}

#[test]
fn pages_keep_their_form() {
    let files = crate::files("fixtures/extract/layout", "html");
    let mut wrong = Vec::new();
    for file in &files {
        let (want, have) = (
            std::fs::read_to_string(file.with_extension("md")).unwrap(),
            markdown(&page(&std::fs::read_to_string(file).unwrap())),
        );
        if want != have {
            wrong.push(format!("{}\n--- expected\n{want}--- got\n{have}", file.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(files.len() >= 12, "only {} pages", files.len());
}

/// A cell's text, by row and column.
#[test]
fn an_empty_cell_moves_no_value() {
    let page = page("<table><tr><th>甲</th><th>乙</th><th>丙</th></tr><tr><td>1</td><td></td><td>3</td></tr></table>");
    let block = page.blocks.iter().find(|block| matches!(block.kind, Kind::Table(_))).unwrap();
    let cell = |row, column| {
        block.cells().iter().find(|c| (c.row, c.column) == (row, column)).map(|c| &block.text[c.range.clone()])
    };
    assert_eq!((cell(1, 0), cell(1, 1), cell(1, 2)), (Some("1"), Some(""), Some("3")));
    assert_eq!(block.text, "甲\t乙\t丙\n1\t\t3");
}

/// Spans and nesting that no page means make no more of it than a few times its length.
#[test]
fn no_markup_makes_much_of_little() {
    let shapes = [
        "<table>".to_owned() + &"<tr><td rowspan=65534 colspan=1000>甲<td>乙".repeat(2000),
        "<table>".to_owned() + &"<tr><td rowspan=65534>甲<td colspan=999999999>乙<td>丙".repeat(2000),
        "<ul><li>甲".repeat(10_000),
        "<blockquote><p>甲".repeat(10_000),
        "<b><i><a href=x><sup>".repeat(10_000) + "甲",
        "<p>\\(".repeat(10_000),
        "<p>".to_owned() + &"$$".repeat(50_001),
        "<math>".to_owned() + &"<mfrac><mi>".repeat(5_000),
        format!("<style>{}</style><p>甲", ".a{color:red}".repeat(100_000)),
        "<a href=#fn1>1</a><li id=fn1><a href=#fn1>1</a>".repeat(5_000),
        "<pre>".to_owned() + &"<div>甲".repeat(10_000),
        "<td>甲<th>".repeat(10_000),
        format!("<p style=display:none>{}", "甲".repeat(10_000)),
    ];
    for shape in shapes {
        let start = std::time::Instant::now();
        let page = page(&shape);
        assert!(
            page.blocks.iter().any(|block| block.text.contains(['甲', '1', '(', '$'])) || !shape.contains('甲'),
            "{} lost its text",
            &shape[..40]
        );
        for format in [Format::Text, Format::Markdown, Format::Jsonl] {
            let written = write(&page, &Origin::default(), &zonetext::write::Options { format, ..Default::default() });
            assert!(
                written.len() <= 20 * shape.len() + 4096,
                "{:?}: {} became {}",
                format,
                &shape[..shape.floor_char_boundary(40)],
                written.len()
            );
        }
        assert!(
            start.elapsed().as_secs() < 20,
            "{} takes {:?}",
            &shape[..shape.floor_char_boundary(40)],
            start.elapsed()
        );
    }
}

/// What hides nothing else is shown; the text that a whole page hides comes out.
#[test]
fn a_page_that_hides_everything_says_it_all_the_same() {
    let found = extract(
        "<div style='visibility:hidden'><p>文章先藏起来，再由脚本显示。</p></div>",
        &Options { form: Form::Html, whole: true, ..Options::default() },
    );
    assert!(found.blocks.iter().any(|block| block.text == "文章先藏起来，再由脚本显示。"), "{:?}", found.blocks);
}
