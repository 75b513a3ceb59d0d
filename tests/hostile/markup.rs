//! Markup that nests, floods or does not end.

use super::shape::{MARK, SHAPE, Shape};

const PAGE: &[&str] = &["extract -q", "clean -q"];
const WHOLE: &[&str] = &["extract -q --whole", "extract -q --whole -f markdown"];

fn page(body: String) -> Vec<u8> {
    format!("<html><body>{body}").into_bytes()
}

fn repeated(unit: &str, count: usize, end: &str) -> Vec<u8> {
    page(format!("{}{end}", unit.repeat(count)))
}

fn ended() -> String {
    format!("<p>{MARK}</p>")
}

const TEXT: &[&str] = &["extract --input text --whole -f markdown"];

/// A text, and what has to come out behind it.
fn text(body: String) -> Vec<u8> {
    format!("{body}\n\n{MARK}\n").into_bytes()
}

const fn shape(name: &'static str, input: fn(usize) -> Vec<u8>) -> Shape {
    Shape { name, commands: PAGE, input, ..SHAPE }
}

#[rustfmt::skip]
pub const SHAPES: &[Shape] = &[
    shape("nested div", |n| repeated("<div>", n, MARK)),
    shape("nested ul li", |n| repeated("<ul><li>", n, MARK)),
    shape("nested b", |n| repeated("<b>", n, MARK)),
    shape("nested blockquote pre", |n| repeated("<blockquote><pre>", n, MARK)),
    shape("distinct font", |n| page((0..n / 10).map(|i| format!("<font color=c{i}>x")).collect::<String>() + MARK)),
    shape("attributes", |n| page(format!("<div {}>{MARK}</div>", (0..n).map(|i| format!("a{i}=1 ")).collect::<String>()))),
    shape("one attribute of 10 MB", |n| page(format!("<a href='{}'>{MARK}</a>", "x&amp;".repeat(n)))),
    shape("select option b", |n| page(format!("<select>{}</select>{}", "<option>x<b>".repeat(n / 10), ended()))),
    Shape { per_byte: 120, ..shape("b x p (adoption)", |n| repeated("<b>x<p>", n / 10, MARK)) },
    shape("unclosed a", |n| repeated("<a href=x>y", n / 10, &format!("</a>{}", ended()))),
    shape("nested tables", |n| repeated("<table><tr><td>", n / 100, MARK)),
    // A cell of one letter is a node, a text and a part of a block.
    Shape { per_byte: 96, ..shape("table rows", |n| page(format!("<table>{}</table>{}", "<tr><td>x<td>y".repeat(n / 4), ended()))) },
    Shape { fixed: 64 << 20, per_byte: 8, ..shape("100 MB text node", |n| page(format!("<p>{}{MARK}</p>", "字".repeat(33 * n)))) },
    shape("NULs", |n| page(format!("<p>{}{MARK}</p>", "\0a".repeat(n)))),
    shape("unterminated comment", |n| page(format!("{}<!--{}", ended(), "x".repeat(n)))),
    shape("comment of dashes", |n| page(format!("{}<!--{}", ended(), "--!".repeat(n)))),
    shape("unterminated script", |n| page(format!("{}<script>{}", ended(), "x<".repeat(n)))),
    shape("script of comment heads", |n| page(format!("{}<script>{}", ended(), "<!--<script>".repeat(n / 4)))),
    shape("unterminated CDATA", |n| page(format!("{}<svg><![CDATA[{}", ended(), "]]".repeat(n)))),
    shape("unterminated tag", |n| page(format!("{}<p {}", ended(), "a='".repeat(n)))),
    shape("entities", |n| page(format!("<p>{}</p>{}", "&amp;".repeat(n), ended()))),
    shape("ampersands and semicolons", |n| page(format!("<p>{}</p>{}", "&;&#;&#x;&notit;".repeat(n / 10), ended()))),
    shape("lone <", |n| page(format!("<p>{}</p>{}", "< ".repeat(n), ended()))),
    shape("</ without a name", |n| page(format!("<p>{}</p>{}", "</".repeat(n), ended()))),
    shape("end tags of nothing", |n| page(format!("{}{}", "</p></br></b>".repeat(n / 4), ended()))),
    shape("brackets and quotes", |n| page(format!("<p>{}{MARK}</p>", "“（《「".repeat(n / 4)))),
    shape("question marks (slip search)", |n| page(format!("<p>{}。</p>{}", "中?文)".repeat(n / 4), ended()))),
    shape("pinyin brackets", |n| page(format!("<p>{}</p>{}", "產(chǎn)".repeat(n / 4), ended()))),
    shape("one long line of 。", |n| page(format!("<p>{}</p>{}", "好。".repeat(n / 2), ended()))),
    Shape { per_byte: 60, ..shape("br between letters", |n| page(format!("<p>{}</p>{}", "好<br>".repeat(n / 4), ended()))) },
    Shape { per_byte: 60, ..shape("cells that span", |n| page(format!("<table>{}</table>{}", "<tr><td rowspan=65534 colspan=1000>x<td>y".repeat(n / 40), ended()))) },
    shape("a style sheet of rules", |n| page(format!("<style>{}</style>{}", ".a{display:none} @media x{.b{}}".repeat(n / 4), ended()))),
    shape("a style sheet that does not end", |n| page(format!("<style>{}</style>{}", "@media{".repeat(n), ended()))),
    shape("blocks before code", |n| page(format!("<div>{}{}</div>{}", "<div></div>".repeat(n / 10), "<code>x</code>".repeat(n / 10), ended()))),
    shape("formulas beside bold", |n| page(format!("<p>{}</p>{}", "\\(x\\)<b>好</b>".repeat(n / 10), ended()))),
    shape("formulas that enclose code", |n| page(format!("<p>{}<code>y</code>\\)</p>{}", "\\(x".repeat(n / 4), ended()))),
    Shape { per_byte: 60, ..shape("a long address and line breaks", |n| page(format!("<p><a href='/{}'>{}</a></p>{}", "x".repeat(n / 2), "好<br>".repeat(n / 10), ended()))) },
    Shape { per_byte: 60, ..shape("a long kind of callout", |n| page(format!("<div class=callout data-callout={}>{}</div>{}", "x".repeat(n / 2), "<p>好".repeat(n / 10), ended()))) },
    Shape { commands: WHOLE, per_byte: 60, ..shape("a heading of line breaks", |n| page(format!("<title>好</title><h2>{}</h2>{}", "好<br>".repeat(n / 10), ended()))) },
    Shape { per_byte: 60, ..shape("a program of buttons", |n| page(format!("<pre>{}</pre>{}", "<div>int x;<button>复制</button></div>".repeat(n / 20), ended()))) },
    shape("prose in nested pre", |n| repeated("<pre>", 500, &format!("{}{}", "今天天气很好。".repeat(n / 4), ended()))),
    shape("formulas that do not close", |n| page(format!("<p>{}</p>{}", "\\(x$$y\\[".repeat(n / 4), ended()))),
    shape("MathML that nests", |n| page(format!("<math>{}</math>{}", "<mfrac><mi>x</mi>".repeat(n / 20), ended()))),
    Shape { per_byte: 60, ..shape("notes that point at each other", |n| page(format!("{}{}", "<li id=fn1><a href=#fn1>1</a>".repeat(n / 20), ended()))) },
    Shape { per_byte: 60, ..shape("all of it hidden", |n| page(format!("<div style='display:none'>{}</div>{}", "<p>好".repeat(n / 10), ended()))) },
    shape("names of HTML in svg", |n| page(format!("{}<svg>{}", ended(), "<tr>".repeat(n)))),
    shape("names of HTML in math", |n| page(format!("{}<math>{}", ended(), "<td><section><header>".repeat(n / 3)))),
    Shape { commands: &["extract -q --whole -f markdown"], per_byte: 60, ..shape("links from a long base", |n| page(format!("<base href='http://a.cn/{}'>{}{}", "x/".repeat(n / 50), "<p><a href=../y>今天</a>".repeat(n / 100), ended()))) },
    shape("svg math nesting", |n| repeated("<svg><math>", n / 10, &ended())),
    shape("template nesting", |n| page(format!("{}{}", ended(), "<template>".repeat(n / 10)))),
    shape("meta elements", |n| page(format!("{}{}", "<meta name=author content=x><meta property=og:title content=y>".repeat(n / 20), ended()))),
    shape("JSON-LD that nests", |n| page(format!("<script type='application/ld+json'>{}</script>{}", "{\"a\":[".repeat(n / 4), ended()))),
    shape("headings", |n| page(format!("{}{}", "<h1>今天</h1>".repeat(n / 20), ended()))),
    shape("links in paragraphs", |n| page(format!("{}{}", "<p><a href=/x>今天天气</a></p>".repeat(n / 20), ended()))),
    Shape { commands: &["clean -q --input text"], ..shape("a text of one line", |n| format!("{}{MARK}", "今天天气很好，".repeat(n / 2)).into_bytes()) },
    Shape { commands: &["clean -q --input text"], ..shape("a text of empty lines", |n| format!("今天天气很好。{}{MARK}", "\n".repeat(10 * n)).into_bytes()) },
    Shape { commands: &["clean -q --input text"], per_byte: 60, ..shape("a text of short lines", |n| format!("{}{MARK}", "今天\n".repeat(n / 2)).into_bytes()) },
    Shape { commands: &["clean -q --input text"], per_byte: 120, ..shape("a text of contents", |n| format!("{}{MARK}", "目录\n1 甲\n甲\n".repeat(n / 10)).into_bytes()) },
    Shape { per_byte: 60, ..shape("links into the page", |n| page(format!("<p>{}</p>{}", "<a href=\"#a\">好</a><br>".repeat(n / 4), ended()))) },
    Shape { per_byte: 60, ..shape("short tables of contents", |n| page(format!("<p>{}</p>{}", "好。<br><a href=\"#a\">一</a><br><a href=\"#b\">二</a><br><a href=\"#c\">三</a><br>".repeat(n / 10), ended()))) },
    Shape { per_byte: 80, ..shape("lists in lists", |n| page(format!("{}{}", "<ul><li>一：<li>二".repeat(n / 4), ended()))) },
    Shape { per_byte: 80, ..shape("a feed of open entries", |n| format!("<rss><item><title>a</title></item>{}<item><description>{MARK}</description></item>", "<item><title>好</title></item><items>".repeat(n / 10)).into_bytes()) },
    Shape { per_byte: 60, ..shape("strings in scripts", |n| page(format!("<p>{MARK}</p><script>{}</script><script>{}", "'今天，好。',".repeat(n / 4), "\"{'今天，天气很好。\\".repeat(n / 4)))) },
    Shape { commands: &["clean -q --input text"], per_byte: 48, ..shape("a text of bullets", |n| format!("{}{MARK}", "• 分享\n".repeat(n / 2)).into_bytes()) },
    // Text that somebody extracted: signs of Markdown and tags that open nothing, lines that are all fields of a record.
    Shape { commands: TEXT, ..shape("backticks that open nothing", |n| text(format!("`{}", "`".repeat(n)))) },
    Shape { commands: TEXT, ..shape("brackets that open nothing", |n| text("![".repeat(n / 8))) },
    Shape { commands: TEXT, per_byte: 60, ..shape("bare tags in one line", |n| text("<p>好<b>好".repeat(n / 20))) },
    Shape { commands: TEXT, per_byte: 130, ..shape("lines of one letter", |n| text("好\n".repeat(n / 20))) },
    Shape { commands: TEXT, per_byte: 300, ..shape("rows between bars", |n| text("|a|b|\n".repeat(n / 40))) },
    Shape { commands: TEXT, per_byte: 60, ..shape("lines of dates", |n| text("2024-01-01 来源：好\n".repeat(n / 40))) },
    Shape { commands: TEXT, per_byte: 130, ..shape("fences within fences", |n| text("~~~a\n```b\n".repeat(n / 40))) },
];
