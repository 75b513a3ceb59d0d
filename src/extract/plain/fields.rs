//! Metadata that stands in lines of its own: `发布时间:2021-12-09 10:43:11 文章来源:新华日报`, `来源:扬州发布`, `标签: 产业集群 人大代表`.
//!
//! Such lines become metadata and are dropped from the text; credit lines stay as bylines.

use super::credits;
use super::line::{Line, Mark};
use crate::page::{Metadata, Source};

/// What a label announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Date,
    Site,
    Author,
    Tags,
    /// Known, and of no use.
    Other,
}

/// Labels in folded spelling, longer ones before those they contain.
const LABELS: &[(&str, Field)] = &[
    ("发布时间", Field::Date),
    ("发布日期", Field::Date),
    ("发表时间", Field::Date),
    ("发表日期", Field::Date),
    ("发布于", Field::Date),
    ("发表于", Field::Date),
    ("时间", Field::Date),
    ("日期", Field::Date),
    ("文章来源", Field::Site),
    ("信息来源", Field::Site),
    ("新闻来源", Field::Site),
    ("稿件来源", Field::Site),
    ("内容来源", Field::Site),
    ("本文来源", Field::Site),
    ("资料来源", Field::Site),
    ("来源", Field::Site),
    ("稿源", Field::Site),
    ("出处", Field::Site),
    ("作者", Field::Author),
    ("撰文", Field::Author),
    ("标签", Field::Tags),
    ("关键词", Field::Tags),
    ("关键字", Field::Tags),
    ("tags", Field::Tags),
    ("更新时间", Field::Other),
    ("责任编辑", Field::Other),
    ("编辑", Field::Other),
    ("浏览次数", Field::Other),
    ("浏览量", Field::Other),
    ("浏览", Field::Other),
    ("阅读次数", Field::Other),
    ("阅读量", Field::Other),
    ("阅读", Field::Other),
    ("点击数", Field::Other),
    ("点击", Field::Other),
    ("评论", Field::Other),
    ("字号", Field::Other),
    ("字体", Field::Other),
];

/// How far from the text a line of credits may stand and still be the text's, in lines.
const BESIDE: usize = 3;

/// Lines longer than this are sentences, whatever they begin with.
const LONGEST: usize = 90;

/// Reads the lines that are nothing but fields, and says so in `own`.
pub fn read(lines: &[Line], own: &mut [Option<&'static str>], metadata: &mut Metadata) {
    for (line, own) in lines.iter().zip(own) {
        if own.is_some() || matches!(line.mark, Mark::Code | Mark::Heading) || line.chars > LONGEST {
            continue;
        }
        let fields = fields_of(line);
        if fields.is_empty() {
            continue;
        }
        for (field, label, value) in &fields {
            take(*field, label, value, metadata);
        }
        let tags = fields.iter().any(|(field, ..)| *field == Field::Tags);
        *own = Some(if tags { "tag-line" } else { "dateline" });
    }
}

/// Reads what stands in kept lines (credits, a signature) and, where the fields gave none, in the disclaimer: 本文内容转载自:扬州网.
pub fn finish(lines: &[Line], keep: &[bool], metadata: &mut Metadata) {
    let kept = || lines.iter().zip(keep).filter(|(_, keep)| **keep).map(|(line, _)| line);
    for name in kept().flat_map(credits::writers) {
        add(&mut metadata.authors, name);
        note("author", "credits in the text", "", metadata);
    }
    if metadata.authors.is_empty() {
        let beside =
            |number: usize| keep[number.saturating_sub(BESIDE)..].iter().take(2 * BESIDE + 1).any(|keep| *keep);
        let credits =
            lines.iter().enumerate().filter(|(number, line)| credits::is_credit_line(line) && beside(*number));
        credits.flat_map(|(_, line)| credits::writers(line)).for_each(|name| add(&mut metadata.authors, name));
        note("author", "credits beside the text", "", metadata);
    }
    if metadata.authors.is_empty() {
        let last = kept().rfind(|line| line.prose && line.mark == Mark::None);
        metadata.authors.extend(last.and_then(credits::signature));
        note("author", "signature behind the last paragraph", "", metadata);
    }
    if metadata.authors.is_empty() {
        lines.iter().for_each(|line| metadata.authors.extend(credits::editors(line)));
        note("author", "editors' credits", "", metadata);
    }
    if metadata.site.is_none() {
        metadata.site = lines.iter().find_map(origin).map(|site| site.to_owned());
        note("site", "disclaimer that names the source", "", metadata);
    }
}

/// The source that a disclaimer names: `本文内容转载自:扬州网,…`, `本文来自【扬州发布】`.
fn origin<'a>(line: &'a Line) -> Option<&'a str> {
    let folded = line.folded.text.as_str();
    let starts = ["本文内容转载自", "本文转载自", "本文来自", "文章来源于", "转载自", "转自", "本文来源"];
    // The heading of the box may stand on the same line: 声明:本文转载自….
    let body = folded.split_once(':').filter(|(heading, _)| heading.ends_with("声明")).map_or(folded, |(_, body)| body);
    let after = starts.iter().find_map(|start| body.trim_start().strip_prefix(start))?;
    let value = after.trim_start_matches([':', ' ']);
    let end = value.find([',', '。', '，', ' ', ';', '(']).unwrap_or(value.len());
    let start = folded.len() - value.len();
    Some(bare(line.original(start..start + end))).filter(|site| (2..=20).contains(&site.chars().count()))
}

/// The fields of a line, with their values in the original spelling; empty unless labels, dates and values fill the whole line.
fn fields_of(line: &Line) -> Vec<(Field, &'static str, String)> {
    let folded = line.folded.text.as_str();
    if !folded.contains(':') && !folded.starts_with(|c: char| c.is_ascii_digit() || "|([【".contains(c)) {
        return Vec::new();
    }
    let mut labels = Vec::new();
    let mut from = 0;
    for (colon, _) in folded.match_indices(':') {
        let before = folded[from..colon].trim_end();
        let longest = LABELS.iter().filter(|(word, _)| before.ends_with(word)).max_by_key(|(word, _)| word.len());
        if let Some((word, field)) = longest {
            labels.push((from + before.len() - word.len(), colon + 1, *field, *word));
            from = colon + 1;
        }
    }
    let before = labels.first().map_or(folded, |first| &folded[..first.0]);
    let dated = date(before).is_some() && before.chars().count() <= 40 && only_date(before);
    if (labels.is_empty() && !(dated && line.mark == Mark::None))
        || !(before.trim_matches([' ', '|', '(', '【', '[']).is_empty() || dated)
    {
        return Vec::new();
    }
    let mut fields = Vec::new();
    if dated {
        fields.push((Field::Date, "", before.to_owned()));
    }
    for (number, (_, from, field, label)) in labels.iter().enumerate() {
        let to = labels.get(number + 1).map_or(folded.len(), |next| next.0);
        let value = bare(line.original(*from..to)).to_owned();
        // 来源：…… followed by a sentence is text that begins with a label.
        if value.chars().count() > 50 || (*field != Field::Tags && value.contains(['。', '，'])) {
            return Vec::new();
        }
        fields.push((*field, label, value));
    }
    // 时间：三月十二日下午两点 in the minutes of a meeting is text: it names no day that a record could hold.
    let undated = |(field, _, value): &(Field, &str, String)| *field == Field::Date && date(value).is_none();
    if fields.iter().all(undated) { Vec::new() } else { fields }
}

/// Nothing but digits and the words of a date: `2021年12月09日 10:43 星期四`.
fn only_date(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit() || " -/.:年月日时分秒星期一二三四五六天上下午".contains(c))
}

fn take(field: Field, label: &'static str, value: &str, metadata: &mut Metadata) {
    match field {
        Field::Date if metadata.published.is_none() => metadata.published = date(value),
        Field::Site if metadata.site.is_none() && !value.is_empty() && value.chars().count() <= 30 => {
            metadata.site = Some(value.to_owned());
        }
        Field::Author => value
            .split([' ', '、', ',', '，', '/', '\u{3000}'])
            .map(bare)
            .for_each(|name| add(&mut metadata.authors, name.to_owned())),
        Field::Tags => value
            .split([' ', '、', ',', '，', ';', '；', '|', '/', '\u{3000}'])
            .map(bare)
            .for_each(|tag| add(&mut metadata.tags, tag.to_owned())),
        _ => {}
    }
    let name = match field {
        Field::Date => "published",
        Field::Site => "site",
        Field::Author => "author",
        Field::Tags => "tags",
        Field::Other => return,
    };
    note(name, "line", label, metadata);
}

/// Notes where a field was read, if it has a value and was not read before.
fn note(field: &'static str, place: &'static str, name: &'static str, metadata: &mut Metadata) {
    let read = match field {
        "published" => metadata.published.is_some(),
        "site" => metadata.site.is_some(),
        "author" => !metadata.authors.is_empty(),
        _ => !metadata.tags.is_empty(),
    };
    if read && metadata.source(field).is_none() {
        metadata.sources.push(Source { field, place, name });
    }
}

fn add(list: &mut Vec<String>, name: String) {
    if !name.is_empty() && !list.contains(&name) {
        list.push(name);
    }
}

/// A value without the marks and brackets around it. A bracket that closes one inside stays: 晨報(bào) is still to be repaired.
fn bare(value: &str) -> &str {
    let pairs = [('【', '】'), ('[', ']'), ('(', ')'), ('（', '）'), ('《', '》')];
    let mut value = value;
    loop {
        let trimmed = value.trim_matches(|c: char| c.is_whitespace() || "|：:".contains(c));
        let inside = pairs.iter().find_map(|&(open, close)| {
            let opened = trimmed.strip_prefix(open).filter(|rest| !rest.contains(close) || rest.ends_with(close));
            opened.or_else(|| trimmed.strip_suffix(close).filter(|rest| !rest.contains(open)))
        });
        match inside {
            Some(inside) => value = inside,
            None => return trimmed,
        }
    }
}

/// The first full date in a text, as `YYYY-MM-DD`: `2021-12-09`, `2021/12/9`, `2021.12.09`, `2021年12月9日`. Years 1990 to 2099.
pub fn date(text: &str) -> Option<String> {
    let starts = text
        .char_indices()
        .filter(|(at, c)| c.is_ascii_digit() && !text[..*at].ends_with(|p: char| p.is_ascii_digit()));
    starts.map(|(at, _)| &text[at..]).find_map(|rest| {
        let (year, rest) = number(rest, 4)?;
        let (month, rest) = number(rest.strip_prefix(['-', '/', '.', '年'])?, 2)?;
        let (day, _) = number(rest.strip_prefix(['-', '/', '.', '月'])?, 2)?;
        let right = (1990..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
        right.then(|| format!("{year:04}-{month:02}-{day:02}"))
    })
}

/// A number of at most `digits` digits that is not part of a longer one.
fn number(text: &str, digits: usize) -> Option<(u32, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    if length == 0 || length > digits { None } else { Some((text[..length].parse().ok()?, &text[length..])) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_every_spelling() {
        for text in ["2021-12-09 10:43", "2021/12/9", "于2021年12月9日发布", "2021.12.09"] {
            assert_eq!(date(text).as_deref(), Some("2021-12-09"), "{text}");
        }
        for text in ["12-09", "2021-13-09", "120211-12-09", "1.2.3", "2021年"] {
            assert_eq!(date(text), None, "{text}");
        }
    }
}
