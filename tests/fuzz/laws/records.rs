//! One line in, one line out: whatever a line is, it gets an answer, and a good record keeps its id and the keys that are not ours.

use super::dribble::Dribble;
use super::given;
use super::lines::{Line, Lines};
use super::open::Opened;
use serde_json::{Map, Value};
use zonetext::write::record::{self, Origin};
use zonetext::{Options, Page, write};

/// The keys that are read.
const OURS: [&str; 6] = ["html_b64", "html", "text", "id", "url", "charset"];

/// The law: two bytes choose budget and reading, the others are the stream.
pub fn any(bytes: &[u8]) {
    let ([budget, step], stream) = super::choice::<2>(bytes);
    let most = if budget == 0 { 1 << 20 } else { usize::from(budget) };
    let (whole, flaw) = lines(stream, most, usize::MAX);
    let (dribbled, _) = lines(stream, most, usize::from(step));
    assert_eq!(whole.len(), dribbled.len(), "the lines depend on how they are read");
    for (one, other) in whole.iter().zip(&dribbled) {
        assert_eq!(
            (&one.bytes, one.offset, one.cut, one.number),
            (&other.bytes, other.offset, other.cut, other.number)
        );
    }
    if !is_packed(stream) {
        assert!(flaw.is_none());
        counted(stream, &whole, most);
    }
    whole.iter().for_each(|line| answered(line, most));
}

fn lines(stream: &[u8], most: usize, step: usize) -> (Vec<Line>, Option<String>) {
    let opened = Opened::new(Box::new(Dribble::new(stream, step))).expect("no error of the system");
    let mut lines = Lines::new(opened, most);
    let mut found = Vec::new();
    while let Some(line) = lines.line() {
        found.push(line);
        assert!(found.len() <= lines.read, "counts differ");
    }
    (found, lines.flaw)
}

/// It may be unpacked, so that its lines are not those that lie there.
fn is_packed(stream: &[u8]) -> bool {
    let skippable = matches!(stream, [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..]);
    skippable || stream.starts_with(b"\x1f\x8b\x08") || stream.starts_with(b"\x28\xb5\x2f\xfd")
}

/// The slow, obvious lines.
fn counted(stream: &[u8], found: &[Line], most: usize) {
    let mut twin: Vec<&[u8]> = stream.split(|byte| *byte == b'\n').collect();
    twin.pop_if(|last| last.is_empty());
    assert_eq!(twin.len(), found.len(), "a line is lost");
    let mut offset = 0;
    for (number, (twin, line)) in twin.iter().zip(found).enumerate() {
        assert_eq!((number + 1, offset), (line.number, line.offset));
        assert_eq!(line.cut, twin.len() > most);
        assert_eq!(line.bytes, twin[..twin.len().min(most + 1)]);
        offset += twin.len() as u64 + 1;
    }
}

/// The answer to a line is a record.
fn answered(line: &Line, most: usize) {
    let mut origin = Origin::default();
    let given = given::read(line, most, &mut origin);
    assert_eq!(origin.sha1.len(), 40);
    let page = given.as_ref().map(|input| zonetext::clean(&input.bytes, &input.options(&Options::default(), None)));
    let (out, failed) = match page {
        Ok(page) => (record::record(&page, &origin, &write::Options::default()).line(), false),
        Err(failure) => {
            let empty = Page::default();
            (record::failed(&empty, &origin, &write::Options::default(), failure.clone()).line(), true)
        }
    };
    let Some(answer) = super::clean::is_record(&out) else { return };
    assert_eq!(answer["zt"]["status"] == "error", failed, "{out}");
    assert!(!line.cut || answer["zt"]["error"]["code"] == "limit", "{out}");
    if let Ok(record) = serde_json::from_slice::<Map<String, Value>>(line.bare())
        && !line.cut
    {
        kept(&record, &answer, failed);
    }
}

/// What comes back of a line that is JSON to other readers as well.
fn kept(record: &Map<String, Value>, answer: &Value, failed: bool) {
    match record.get("id").filter(|id| !id.is_null()) {
        Some(id) => assert_eq!(&answer["id"], id),
        None => assert!(answer["id"].as_str().is_some_and(|id| id.starts_with("sha1:")), "{answer}"),
    }
    let others: Map<String, Value> =
        record.iter().filter(|(key, _)| !OURS.contains(&key.as_str())).map(|(k, v)| (k.clone(), v.clone())).collect();
    assert_eq!(answer["metadata"], Value::Object(others));
    let string = |key: &str| record.get(key).is_none_or(|value| value.is_string() || value.is_null());
    let page = ["html", "text"].iter().any(|key| record.get(*key).is_some_and(Value::is_string));
    let coded = record.get("html_b64").is_some_and(|value| !value.is_null());
    if !coded && page && OURS[1..].iter().filter(|key| **key != "id").all(|key| string(key)) {
        assert!(!failed, "a good record failed: {answer}");
    }
}
