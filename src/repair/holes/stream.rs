//! What stands around a hole, as bytes again.
//!
//! In: a line and the place of a hole in it. Out: the bytes of the characters beside it, up to what begins afresh in any case, and how they
//! read from any of them on. In a two-byte encoding everything between is either in step with what stands before or with what stands
//! behind.

use crate::repair::model::Model;
use encoding_rs::{Encoding, GB18030, UTF_8};
use std::ops::Range;

/// Characters that are looked at on each side.
const REACH: usize = 24;

/// The bytes around a hole.
pub(super) struct Stream {
    /// The characters of the line they stand for; one of them is the U+FFFD.
    pub chars: Range<usize>,
    pub bytes: Vec<u8>,
    /// Which of them are left of the lost character.
    pub hole: Range<usize>,
    pub encoding: &'static Encoding,
}

impl Stream {
    /// The bytes around a hole that shows as these characters, none from before `floor`; nothing where the encoding is none of Chinese.
    pub(super) fn of(
        line: &[char],
        floor: usize,
        chars: Range<usize>,
        left: &[u8],
        encoding: &'static Encoding,
    ) -> Option<Stream> {
        if encoding == UTF_8 {
            return Some(Stream { chars, bytes: left.to_vec(), hole: 0..left.len(), encoding });
        }
        Some(Stream::around(line, floor, chars, left, chinese(encoding)?))
    }

    /// The bytes around a character that may be half of another one; nothing where it can be none.
    pub(super) fn beside(line: &[char], floor: usize, at: usize, encoding: &'static Encoding) -> Option<Stream> {
        let byte = match line[at] {
            '€' => 0x80,
            sign @ '@'..='~' => sign as u8,
            _ => return None,
        };
        Some(Stream::around(line, floor, at..at + 1, &[byte], encoding))
    }

    /// The bytes around some characters that stand for others.
    fn around(line: &[char], floor: usize, chars: Range<usize>, left: &[u8], encoding: &'static Encoding) -> Stream {
        let mut before = Vec::new();
        let mut from = chars.start;
        while from > floor.max(chars.start.saturating_sub(REACH)) {
            let c = line[from - 1];
            // "?" may stand for a lost byte, too.
            if c == '?' {
                before.push(vec![b'?']);
                from -= 1;
                break;
            }
            let Some(bytes) = bytes(encoding, c) else { break };
            before.push(bytes);
            from -= 1;
        }
        let mut stream: Vec<u8> = before.into_iter().rev().flatten().collect();
        let hole = stream.len()..stream.len() + left.len();
        stream.extend_from_slice(left);
        let mut to = chars.end;
        while to < line.len().min(chars.end + REACH) {
            let Some(bytes) = bytes(encoding, line[to]) else { break };
            stream.extend_from_slice(&bytes);
            to += 1;
        }
        Stream { chars: from..to, bytes: stream, hole, encoding }
    }

    /// The character at a byte, and how many bytes it has.
    pub(super) fn read(&self, at: usize) -> Option<(char, usize)> {
        // In UTF-8 the bytes are those of one character.
        let first = *self.bytes.get(at).filter(|_| self.encoding != UTF_8)?;
        if first <= 0x80 {
            return Some((if first == 0x80 { '€' } else { char::from(first) }, 1));
        }
        Some((pair(self.encoding, first, *self.bytes.get(at + 1)?)?, 2))
    }

    /// The characters of which these bytes may be left.
    pub(super) fn candidates(&self, model: &Model, left: Range<usize>) -> Vec<char> {
        match self.bytes[left] {
            // The first byte became "?".
            [b'?', byte] => self.with_trail(model, byte),
            [byte @ 0x40..=0xFF] => {
                let mut found = self.with_trail(model, byte);
                found.extend(self.with_lead(model, byte));
                found
            }
            [first @ 0xE0..=0xEF, byte] => {
                let threes = (0x80..=0xBF).flat_map(|lost| [[first, byte, lost], [first, lost, byte]]);
                threes.filter_map(unicode).collect()
            }
            [second @ 0x80..=0xBF, third] => {
                (0xE0..=0xEF).filter_map(|first| unicode([first, second, third])).collect()
            }
            _ => Vec::new(),
        }
    }

    fn with_trail(&self, model: &Model, trail: u8) -> Vec<char> {
        if self.encoding == GB18030 {
            return model.cells().with_trail(trail).iter().map(|cell| cell.c).collect();
        }
        (0x81..=0xFE).filter_map(|lead| pair(self.encoding, lead, trail)).filter(is_meant).collect()
    }

    fn with_lead(&self, model: &Model, lead: u8) -> Vec<char> {
        if lead <= 0x80 || lead == 0xFF {
            return Vec::new();
        }
        if self.encoding == GB18030 {
            return model.cells().with_lead(lead).iter().map(|cell| cell.c).collect();
        }
        (0x40..=0xFE).filter_map(|trail| pair(self.encoding, lead, trail)).filter(is_meant).collect()
    }
}

/// A character of three bytes in UTF-8.
fn unicode(bytes: [u8; 3]) -> Option<char> {
    str::from_utf8(&bytes).ok()?.chars().next().filter(is_meant)
}

/// Whether a character may be filled in: private use is what pairs are that mean nothing.
fn is_meant(c: &char) -> bool {
    !('\u{E000}'..='\u{F8FF}').contains(c)
}

/// The encoding as it is read, if it is one of Chinese.
pub(super) fn chinese(encoding: &'static Encoding) -> Option<&'static Encoding> {
    match encoding.name() {
        "gb18030" | "GBK" => Some(GB18030),
        "Big5" => Some(encoding),
        _ => None,
    }
}

/// The character of a pair.
fn pair(encoding: &'static Encoding, lead: u8, trail: u8) -> Option<char> {
    if !(0x81..=0xFE).contains(&lead) || trail < 0x40 {
        return None;
    }
    let pair = [lead, trail];
    let text = encoding.decode_without_bom_handling_and_without_replacement(&pair)?;
    let mut chars = text.chars();
    let c = chars.next()?;
    chars.next().is_none().then_some(c)
}

/// The bytes of a character that may be read out of step: a pair, or what may be the second byte of one.
fn bytes(encoding: &'static Encoding, c: char) -> Option<Vec<u8>> {
    if c.is_ascii() {
        return matches!(c, '@'..='~').then(|| vec![c as u8]);
    }
    if c == '€' && encoding == GB18030 {
        return Some(vec![0x80]);
    }
    let mut buffer = [0; 4];
    let (bytes, _, lost) = encoding.encode(c.encode_utf8(&mut buffer));
    let whole = !lost && bytes.len() == 2 && pair(encoding, bytes[0], bytes[1]) == Some(c);
    whole.then(|| bytes.into_owned())
}
