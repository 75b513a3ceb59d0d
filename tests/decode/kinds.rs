//! The kinds of damaged and mislabelled page, made by their causes.
//!
//! Each kind takes lines of clean text and gives the bytes a server would send. The truth is the text before the damage.

use super::{Numbers, encode};
use encoding_rs::*;

/// Lines of one page in both scripts, and its numbers.
pub struct Source<'a> {
    pub hans: Vec<&'a str>,
    pub hant: Vec<&'a str>,
    pub numbers: Numbers,
}

/// A page as it is sent, and the text it was made from.
pub struct Made {
    pub bytes: Vec<u8>,
    pub truth: String,
}

pub type Kind = fn(&mut Source<'_>) -> Made;

/// A page of paragraphs with a declaration (a whole tag, or nothing) at its usual place.
pub fn html(lines: &[&str], declaration: &str) -> String {
    let mut page = format!("<!DOCTYPE html>\n<html>\n<head>\n{declaration}\n<title>{}</title>\n", lines[0]);
    page.push_str("<script type=\"text/javascript\">var a = {\"b\": 1}; function f(x) { return x % 2; }</script>\n");
    page.push_str("<style>.main { color: #333; width: 960px }</style>\n</head>\n<body>\n<div class=\"main\">\n");
    for line in lines {
        page.push_str(&format!("<p class=\"text\">{line}</p>\n"));
    }
    page.push_str("</div>\n<div id=\"foot\">Copyright 2009</div>\n</body>\n</html>\n");
    page
}

fn meta(label: &str) -> String {
    format!("<meta http-equiv=\"Content-Type\" content=\"text/html; charset={label}\">")
}

fn page(lines: &[&str], label: &str, encoding: &'static Encoding) -> Made {
    let declaration = if label.is_empty() { String::new() } else { meta(label) };
    let truth = html(lines, &declaration);
    Made { bytes: encode(&truth, encoding), truth }
}

/// A place among the bytes of the paragraphs whose byte is above ASCII.
fn high_place(bytes: &[u8], numbers: &mut Numbers) -> usize {
    let body = bytes.windows(6).position(|w| w == b"<body>").unwrap();
    let places: Vec<usize> = (body..bytes.len() - 40).filter(|&at| bytes[at] >= 0x80).collect();
    *numbers.pick(&places)
}

/// Cuts after a byte above ASCII that the next one follows: inside a character, most times.
fn cut_at_end(mut made: Made, size: usize) -> Made {
    let at = made.bytes.iter().rposition(|byte| *byte >= 0x80).unwrap();
    made.bytes.truncate(at);
    let whole = made.truth.char_indices().rev().find(|(_, c)| !c.is_ascii()).unwrap().0;
    made.truth.truncate(whole);
    // What is left of the last character is one U+FFFD, as browsers show it.
    made.truth.push_str(if size > 1 { "\u{fffd}" } else { "" });
    made
}

/// A page of one encoding with a block of another in the middle of its paragraphs.
fn block(outer: &'static Encoding, inner: &'static Encoding, lines: &[&str], label: &str) -> Made {
    let truth = html(lines, &meta(label));
    let third = lines.len() / 3;
    let (from, to) = (format!("<p class=\"text\">{}", lines[third]), format!("<p class=\"text\">{}", lines[2 * third]));
    let start = truth.find(&from).unwrap();
    let end = start + truth[start..].find(&to).unwrap();
    let mut bytes = encode(&truth[..start], outer);
    bytes.extend(encode(&truth[start..end], inner));
    bytes.extend(encode(&truth[end..], outer));
    Made { bytes, truth }
}

fn hz(text: &str) -> Vec<u8> {
    let (mut out, mut chinese) = (Vec::new(), false);
    for c in text.chars() {
        if c.is_ascii() {
            if chinese {
                out.extend(b"~}");
            }
            out.extend(if c == '~' { b"~~".to_vec() } else { vec![c as u8] });
            chinese = false;
        } else {
            if !chinese {
                out.extend(b"~{");
            }
            out.extend(encode(&c.to_string(), GBK).iter().map(|byte| byte & 0x7f));
            chinese = true;
        }
    }
    out
}

/// ISO-2022-CN or -KR: a designation in each line that needs one, shifts around what is not ASCII.
fn shifted(text: &str, designation: &[u8], encoding: &'static Encoding, each_line: bool) -> Vec<u8> {
    let mut out = if each_line { Vec::new() } else { designation.to_vec() };
    for line in text.split_inclusive('\n') {
        if each_line && !line.is_ascii() {
            out.extend(designation);
        }
        let mut is_shifted = false;
        for c in line.chars() {
            if c.is_ascii() == is_shifted {
                out.push(if is_shifted { 0x0f } else { 0x0e });
                is_shifted = !is_shifted;
            }
            let bytes = if c.is_ascii() { vec![c as u8] } else { encode(&c.to_string(), encoding) };
            out.extend(bytes.iter().map(|byte| byte & 0x7f));
        }
    }
    out
}

/// Lines whose characters are all in GB 2312.
fn in_gb2312<'a>(lines: &[&'a str]) -> Vec<&'a str> {
    let in_set = |c: char| c.is_ascii() || encode(&c.to_string(), GB18030).iter().all(|byte| *byte >= 0xa1);
    let kept: Vec<&str> = lines.iter().filter(|line| line.chars().all(in_set)).copied().collect();
    assert!(kept.len() > 2);
    kept
}

const ODD_LABELS: &[&str] = &[
    "gb_2312-80",
    "x-gbk",
    "GB2312",
    "gb2312-80",
    "cp936",
    "gb18030-2000",
    "\"charset=gb2312\"",
    "gbk2312",
    "GBK;",
    "chinese",
];

/// The kinds: name, maker.
pub const KINDS: &[(&str, Kind)] = &[
    ("utf8-meta", |s| page(&s.hans, "utf-8", UTF_8)),
    ("utf8-bare", |s| page(&s.hant, "", UTF_8)),
    ("utf8-bom", |s| {
        let made = page(&s.hans, "utf-8", UTF_8);
        Made { bytes: [b"\xef\xbb\xbf", made.bytes.as_slice()].concat(), ..made }
    }),
    ("utf8-says-gb2312", |s| page(&s.hans, "gb2312", UTF_8)),
    ("utf8-says-latin1", |s| page(&s.hant, "iso-8859-1", UTF_8)),
    ("utf8-says-big5", |s| page(&s.hant, "big5", UTF_8)),
    ("utf8-cut", |s| cut_at_end(page(&s.hans, "utf-8", UTF_8), 3)),
    ("utf8-bad-byte", |s| {
        let mut made = page(&s.hans, "utf-8", UTF_8);
        let at = high_place(&made.bytes, &mut s.numbers);
        made.bytes.insert(at, 0xff);
        made
    }),
    ("utf8-lost-byte", |s| {
        let mut made = page(&s.hant, "utf-8", UTF_8);
        let at = high_place(&made.bytes, &mut s.numbers);
        made.bytes.remove(at);
        made
    }),
    ("gbk-says-gb2312", |s| page(&s.hans, "gb2312", GBK)),
    ("gbk-traditional-says-gb2312", |s| page(&s.hant, "gb2312", GBK)),
    ("gbk-bare", |s| page(&s.hans, "", GBK)),
    ("gbk-traditional-bare", |s| page(&s.hant, "", GBK)),
    ("gbk-says-utf8", |s| page(&s.hans, "utf-8", GBK)),
    ("gbk-says-latin1", |s| page(&s.hans, "iso-8859-1", GBK)),
    ("gbk-says-big5", |s| page(&s.hans, "big5", GBK)),
    ("gbk-late-meta", |s| {
        let late = format!("<!-- {} -->\n{}", "padding ".repeat(200), meta("gbk"));
        let truth = html(&s.hans, &late);
        Made { bytes: encode(&truth, GBK), truth }
    }),
    ("gbk-odd-label", |s| {
        let label = *s.numbers.pick(ODD_LABELS);
        page(&s.hans, label, GBK)
    }),
    ("gbk-xml-prolog", |s| {
        let truth = format!("<?xml version=\"1.0\" encoding=\"gb2312\"?>\n{}", html(&s.hans, ""));
        Made { bytes: encode(&truth, GBK), truth }
    }),
    ("gb18030-four-bytes", |s| {
        let mut lines = s.hans.clone();
        lines.insert(1, "价目：• 茶㑇 5€ • 㐂字 • é 𠮷野家");
        page(&lines, "gb2312", GB18030)
    }),
    ("gbk-bad-byte", |s| {
        let mut made = page(&s.hans, "gb2312", GBK);
        let at = high_place(&made.bytes, &mut s.numbers);
        made.bytes.insert(at, 0xff);
        made
    }),
    ("gbk-lost-byte", |s| {
        let mut made = page(&s.hans, "gb2312", GBK);
        let at = high_place(&made.bytes, &mut s.numbers);
        made.bytes.remove(at);
        made
    }),
    ("gbk-cut", |s| cut_at_end(page(&s.hans, "gbk", GBK), 2)),
    ("gbk-behind-utf8-bom", |s| {
        let made = page(&s.hans, "gbk", GBK);
        Made { bytes: [b"\xef\xbb\xbf", made.bytes.as_slice()].concat(), ..made }
    }),
    ("big5-says-big5", |s| page(&s.hant, "big5", BIG5)),
    ("big5-bare", |s| page(&s.hant, "", BIG5)),
    ("big5-says-utf8", |s| page(&s.hant, "utf-8", BIG5)),
    ("big5-says-gb2312", |s| page(&s.hant, "gb2312", BIG5)),
    ("big5-hkscs", |s| {
        let mut lines = s.hant.clone();
        lines.insert(1, "佢哋喺嗰度食咗飯，唔知啲嘢係咪好嘅。");
        // encoding_rs writes no HKSCS pairs; these are 嗰 (9dc4), 咗 (fdef) and so on where Big5 has none.
        let truth = html(&lines, &meta("big5"));
        let bytes = truth.chars().flat_map(hkscs).collect();
        Made { bytes, truth }
    }),
    ("utf16le-bom", |s| {
        let made = page(&s.hans, "utf-16", UTF_16LE);
        Made { bytes: [b"\xff\xfe", made.bytes.as_slice()].concat(), ..made }
    }),
    ("utf16be-bom", |s| {
        let made = page(&s.hant, "utf-16", UTF_16BE);
        Made { bytes: [b"\xfe\xff", made.bytes.as_slice()].concat(), ..made }
    }),
    ("utf16le-bare", |s| page(&s.hans, "", UTF_16LE)),
    ("utf16be-bare", |s| page(&s.hant, "", UTF_16BE)),
    ("hz", |s| {
        let truth = html(&in_gb2312(&s.hans), &meta("hz-gb-2312"));
        Made { bytes: hz(&truth), truth }
    }),
    ("iso-2022-cn", |s| {
        let truth = html(&in_gb2312(&s.hans), &meta("iso-2022-cn"));
        Made { bytes: shifted(&truth, b"\x1b$)A", GBK, true), truth }
    }),
    ("iso-2022-kr", |_| {
        let truth = html(super::texts::KOREAN, &meta("iso-2022-kr"));
        Made { bytes: shifted(&truth, b"\x1b$)C", EUC_KR, false), truth }
    }),
    ("iso-2022-jp", |_| page(super::texts::JAPANESE, "iso-2022-jp", ISO_2022_JP)),
    ("shift-jis-bare", |_| page(super::texts::JAPANESE, "", SHIFT_JIS)),
    ("euc-jp-says-gb2312", |_| page(super::texts::JAPANESE, "gb2312", EUC_JP)),
    ("euc-kr-says-gb2312", |_| page(super::texts::KOREAN, "gb2312", EUC_KR)),
    ("utf8-page-gbk-block", |s| block(UTF_8, GBK, &s.hans, "utf-8")),
    ("gbk-page-utf8-block", |s| block(GBK, UTF_8, &s.hans, "gb2312")),
    ("utf8-page-big5-block", |s| block(UTF_8, BIG5, &s.hant, "utf-8")),
    ("big5-page-utf8-block", |s| block(BIG5, UTF_8, &s.hant, "big5")),
    ("zeros", |s| {
        let mut made = page(&s.hans, "utf-8", if s.numbers.below(2) == 0 { UTF_8 } else { GBK });
        for _ in 0..20 {
            let at = s.numbers.below(made.bytes.len());
            made.bytes.insert(at, 0);
        }
        made
    }),
    ("stray-bom-utf8", |s| {
        let made = page(&s.hans, "utf-8", UTF_8);
        let inside = made.truth.replace("<p", "\u{feff}<p");
        Made { bytes: inside.into_bytes(), ..made }
    }),
    ("stray-bom-gbk", |s| {
        let made = page(&s.hans, "gbk", GBK);
        let at = made.bytes.windows(2).position(|w| w == b"<p").unwrap();
        let bytes = [&made.bytes[..at], b"\xef\xbb\xbf", &made.bytes[at..]].concat();
        Made { bytes, ..made }
    }),
    ("utf8-lone-latin1", |s| {
        let mut lines = s.hans.clone();
        lines.insert(1, "It\u{2019}s a caf\u{e9} \u{a9} 2009");
        let made = page(&lines, "utf-8", UTF_8);
        let bytes = made.truth.chars().flat_map(|c| match c {
            '\u{2019}' => vec![0x92],
            '\u{e9}' => vec![0xe9],
            '\u{a9}' => vec![0xa9],
            c => c.to_string().into_bytes(),
        });
        Made { bytes: bytes.collect(), ..made }
    }),
];

/// A character as Big5-HKSCS: the pair encoding_rs reads as it, looked for among all.
fn hkscs(c: char) -> Vec<u8> {
    let text = c.to_string();
    let (bytes, _, unmappable) = BIG5.encode(&text);
    if !unmappable {
        return bytes.into_owned();
    }
    let pairs = (0x87..=0xfe_u8).flat_map(|lead| (0x40..=0xfe_u8).map(move |trail| [lead, trail]));
    let mut found = pairs.filter(|pair| BIG5.decode_without_bom_handling(pair).0.chars().eq([c]));
    found.next().unwrap_or_else(|| panic!("Big5-HKSCS has no {c}")).to_vec()
}
