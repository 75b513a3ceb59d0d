//! Room of decode: fixtures, kinds of damaged pages with their rates, short inputs, laws.

mod fixtures;
mod kinds;
mod laws;
mod pages;
mod short;
mod texts;

use encoding_rs::Encoding;

/// A small generator of numbers, the same on every machine.
pub struct Numbers(pub u64);

impl Numbers {
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        ((self.0 >> 33) as usize) % limit.max(1)
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

/// Text as bytes of an encoding; UTF-16 included, which encoding_rs does not write.
pub fn encode(text: &str, encoding: &'static Encoding) -> Vec<u8> {
    match encoding.name() {
        "UTF-16LE" => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        "UTF-16BE" => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        _ => {
            let (bytes, _, unmappable) = encoding.encode(text);
            assert!(!unmappable, "{} cannot write {text:?}", encoding.name());
            bytes.into_owned()
        }
    }
}

pub fn decode(bytes: &[u8]) -> (String, zonetext::decode::Found) {
    let decoded = zonetext::decode::decode(bytes, &Default::default());
    (decoded.text.into_owned(), decoded.found)
}
