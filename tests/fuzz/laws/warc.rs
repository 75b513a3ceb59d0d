//! The reader of archives ends, keeps no more than its budget, and gives the same records however the bytes come: at once, a few at a time, in
//! a packed member.

use super::archive::{Found, Item, Records, found};
use super::dribble::Dribble;
use super::open::{Opened, holds_a_member};
use std::io::{Cursor, Read, Write};
use zonetext::Options;

/// The law: two bytes choose budget and reading, the others are the archive.
pub fn any(bytes: &[u8]) {
    let ([budget, step], archive) = super::choice::<2>(bytes);
    let most = 1 << (budget & 15);
    let whole = items(Box::new(Cursor::new(archive.to_vec())), archive.len(), most);
    let dribbled = items(Box::new(Dribble::new(archive, usize::from(step))), archive.len(), most);
    assert!(whole == dribbled, "the records depend on how they are read: {}", difference(&whole, &dribbled));
    // Between records that are not packed there may be packed ones; within packed ones there are none.
    if budget & 16 == 16 && !is_packed(archive) && !holds_a_member(archive) {
        let packed = gzip(archive, usize::from(step));
        let mut opened = Opened::new(Box::new(Cursor::new(packed.clone()))).expect("no error of the system");
        let mut back = Vec::new();
        opened.read_to_end(&mut back).expect("whole members");
        assert_eq!(back, archive, "unpacking changes bytes");
        let unpacked = items(Box::new(Cursor::new(packed)), archive.len(), most);
        let (one, other) = (without_offsets(whole), without_offsets(unpacked));
        assert!(one == other, "the records depend on the packing: {}", difference(&one, &other));
    }
}

/// Where two lists part, for a message that fits a screen.
fn difference(one: &[Told], other: &[Told]) -> String {
    let at = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    format!("{} and {}, at {at}: {:?} and {:?}", one.len(), other.len(), one.get(at), other.get(at))
}

/// What is compared of a record: offset, kind, address, block. Of a broken one not why, which is the unpacker's wording.
type Told = (u64, String, Option<String>, Option<Vec<u8>>);

fn without_offsets(items: Vec<Told>) -> Vec<Told> {
    items.into_iter().map(|(_, kind, url, block)| (0, kind, url, block)).collect()
}

/// All records. A packed archive may hold more than its own length, so much that the budget of each record is what counts.
fn items(reader: Box<dyn Read + Send>, length: usize, most: usize) -> Vec<Told> {
    let mut told: Vec<Told> = Vec::new();
    let Ok(mut records) = Records::new(Opened::new(reader).expect("no error of the system"), most) else { return told };
    while let Some(item) = records.next().expect("no error of the system") {
        told.push(match item {
            Item::Record(record) => {
                assert!(record.block.len() <= most + 1, "{} bytes of {most} kept", record.block.len());
                assert_eq!(record.cut, record.block.len() > most);
                if let Found::Page(input) = found(&record, most) {
                    assert!(input.bytes.len() <= most + 1, "{} bytes of {most} unpacked", input.bytes.len());
                    input.options(&Options::default(), None);
                }
                (record.head.offset, record.head.kind, record.head.url, Some(record.block))
            }
            Item::Broken(head, _) => (head.offset, head.kind, head.url, None),
        });
        assert!(told.len() <= 2000 * (length + 1), "no end of records");
        assert!(told.last().is_some_and(|last| last.0 <= length as u64 + 10_000), "an offset past the end");
    }
    told
}

fn is_packed(bytes: &[u8]) -> bool {
    let skippable = matches!(bytes, [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..]);
    skippable || bytes.starts_with(b"\x1f\x8b\x08") || bytes.starts_with(b"\x28\xb5\x2f\xfd")
}

/// Two members, cut at `at`.
fn gzip(bytes: &[u8], at: usize) -> Vec<u8> {
    let (one, two) = bytes.split_at(at.min(bytes.len()));
    let mut packed = Vec::new();
    for part in [one, two] {
        let mut member = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        member.write_all(part).expect("memory takes it");
        packed.extend(member.finish().expect("memory takes it"));
    }
    packed
}
