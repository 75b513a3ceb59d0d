//! Mail that was saved as text: its head of fields, quotes marked by `>`, a signature behind `-- ` (RFC 3676, section 4.3).
//!
//! In: the lines of a text. Out: which of them are the head and the signature, and the fields of the record that the head gives. A head
//! stands at the very start and holds who wrote and two fields more: a text about mail, or a talk of two people, holds less.

use super::fields::date;
use super::line::Line;
use crate::extract::metadata::date::first_day;
use crate::page::{Metadata, Source};

/// What a field of a head says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    From,
    Subject,
    Date,
    Other,
}

/// Names of fields, in lower case.
const FIELDS: &[(&str, Field)] = &[
    ("from", Field::From),
    ("发件人", Field::From),
    ("發件人", Field::From),
    ("寄件者", Field::From),
    ("寄件人", Field::From),
    ("subject", Field::Subject),
    ("主题", Field::Subject),
    ("主題", Field::Subject),
    ("主旨", Field::Subject),
    ("date", Field::Date),
    ("sent", Field::Date),
    ("日期", Field::Date),
    ("发送时间", Field::Date),
    ("發送時間", Field::Date),
    ("寄件日期", Field::Date),
    ("to", Field::Other),
    ("收件人", Field::Other),
    ("收件者", Field::Other),
    ("cc", Field::Other),
    ("bcc", Field::Other),
    ("抄送", Field::Other),
    ("副本", Field::Other),
    ("reply-to", Field::Other),
    ("message-id", Field::Other),
    ("in-reply-to", Field::Other),
    ("references", Field::Other),
    ("mime-version", Field::Other),
    ("content-type", Field::Other),
    ("content-transfer-encoding", Field::Other),
    ("received", Field::Other),
    ("return-path", Field::Other),
    ("user-agent", Field::Other),
    ("x-mailer", Field::Other),
    ("delivered-to", Field::Other),
    ("attachments", Field::Other),
    ("附件", Field::Other),
];

/// Fields that a head has at least.
const LEAST: usize = 3;

/// Lines of a head that are looked at.
const MOST: usize = 60;

/// Lines from the end among which a signature begins.
const SIGNATURE: usize = 8;

/// The field that a line of a head is, and its value.
fn field(line: &str) -> Option<(Field, &str)> {
    let (name, value) = line.trim().split_once([':', '：'])?;
    let name = name.trim();
    if name.len() > 30 {
        return None;
    }
    let lower = name.to_ascii_lowercase();
    let known = FIELDS.iter().find(|(known, _)| *known == lower).map(|(_, field)| *field);
    known.or_else(|| lower.starts_with("x-").then_some(Field::Other)).map(|field| (field, value.trim()))
}

/// How many of the first lines are the head of a mail; 0 where there is none.
fn head<'a>(lines: impl Iterator<Item = &'a str>) -> usize {
    let (mut count, mut fields, mut writer, mut other) = (0, 0, false, false);
    for line in lines.take(MOST) {
        match field(line) {
            Some((found, _)) => {
                fields += 1;
                writer |= found == Field::From;
                other |= matches!(found, Field::Subject | Field::Date);
            }
            // A field goes on in a line that is indented.
            None if count > 0 && line.starts_with([' ', '\t']) && !line.trim().is_empty() => {}
            None => break,
        }
        count += 1;
    }
    if writer && other && fields >= LEAST { count } else { 0 }
}

/// Whether lines that begin with `>` are quotes: below the head of a mail, or below a line that says who wrote them.
pub fn has_quotes(lines: &[&str]) -> bool {
    let start = lines.iter().position(|line| !line.trim().is_empty()).unwrap_or(0);
    let says = |line: &str| {
        let line = line.trim_end();
        ["写道：", "写道:", "寫道：", "寫道:", "wrote:"].iter().any(|end| line.ends_with(end))
    };
    let quoted =
        |at: usize| lines[at + 1..].iter().find(|line| !line.trim().is_empty()).is_some_and(|l| l.starts_with('>'));
    head(lines[start..].iter().copied()) > 0 || (0..lines.len()).any(|at| says(lines[at]) && quoted(at))
}

/// Names the lines of the head and of the signature, reads the head's fields, and gives its subject.
pub fn read(lines: &[Line], own: &mut [Option<&'static str>], metadata: &mut Metadata) -> Option<String> {
    let count = head(lines.iter().map(|line| line.text));
    if count == 0 {
        return None;
    }
    let mut subject = None;
    for (line, own) in lines[..count].iter().zip(own.iter_mut()) {
        *own = Some("mail-head");
        let Some((field, value)) = field(line.text).filter(|(_, value)| !value.is_empty()) else { continue };
        match field {
            Field::From => {
                let name = value.split('<').next().unwrap_or_default().trim_matches([' ', '"', '“', '”']);
                metadata.authors.extend((!name.is_empty() && !name.contains('@')).then(|| name.to_owned()));
                metadata.sources.push(Source { field: "author", place: "mail", name: "From" });
            }
            Field::Date => {
                metadata.published = date(value).or_else(|| first_day(value));
                metadata.sources.push(Source { field: "published", place: "mail", name: "Date" });
            }
            Field::Subject => subject = Some(value.to_owned()),
            Field::Other => {}
        }
    }
    let from = lines.len().saturating_sub(SIGNATURE).max(count);
    if let Some(at) = (from..lines.len()).find(|at| lines[*at].text == "--") {
        own[at..].fill(Some("mail-signature"));
    }
    subject
}
