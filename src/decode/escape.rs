//! Seven-bit encodings: HZ, and the ISO-2022 family.
//!
//! In: ASCII bytes that hold `~{` or an escape. Out: text, and how many bytes stood for nothing. encoding_rs has ISO-2022-JP
//! alone; the rest are small, and each two-byte set is one of the 8-bit encodings with its high bits off.

use super::guess::double;
use super::label::Charset;
use super::pairs;
use encoding_rs::{EUC_JP, EUC_KR, GB18030};
use memchr::memmem;

/// A text read from a seven-bit encoding.
pub(super) struct Escaped {
    pub charset: &'static str,
    pub text: String,
    pub undecodable: usize,
}

/// Reads the bytes if they are in one of these encodings. `declared` need not name it, but settles doubts.
pub(super) fn read(bytes: &[u8], declared: impl Fn() -> Vec<Charset>) -> Option<Escaped> {
    if let Some(charset) = iso_2022(bytes) {
        let (text, undecodable) = unescape(bytes);
        return Some(Escaped { charset, text, undecodable });
    }
    memmem::find(bytes, b"~{")?;
    (is_hz(bytes) || declared().contains(&Charset::Hz)).then(|| {
        let (text, undecodable) = hz(bytes);
        Escaped { charset: "hz-gb-2312", text, undecodable }
    })
}

/// Which ISO-2022 a page is in, by the first escape that chooses a set of characters.
fn iso_2022(bytes: &[u8]) -> Option<&'static str> {
    memchr::memchr_iter(0x1b, bytes).find_map(|at| match bytes[at + 1..] {
        [b'$', b')', b'C', ..] => Some("iso-2022-kr"),
        [b'$', b')', b'A' | b'G' | b'E', ..] | [b'$', b'*', b'H', ..] => Some("iso-2022-cn"),
        [b'$', b'B' | b'@', ..] | [b'$', b'(', b'D' | b'C', ..] | [b'$', b'A', ..] | [b'(', b'I' | b'J', ..] => {
            Some("iso-2022-jp")
        }
        _ => None,
    })
}

/// A set of characters an escape chooses.
#[derive(Clone, Copy, PartialEq)]
enum Set {
    Ascii,
    Roman,
    Katakana,
    Jis,
    JisSupplement,
    Gb,
    Korean,
    /// CNS 11643, which is EUC-TW's as well.
    Cns(u8),
}

/// All of ISO-2022-JP, -CN and -KR in one: G0 by `ESC ( x` and `ESC $ x`, G1 by `ESC $ ) x` and shifts, G2 by `ESC N`.
fn unescape(bytes: &[u8]) -> (String, usize) {
    let (mut text, mut undecodable) = (String::with_capacity(bytes.len()), 0);
    let (mut g0, mut g1, mut shifted, mut at) = (Set::Ascii, Set::Ascii, false, 0);
    while at < bytes.len() {
        let rest = &bytes[at..];
        let chosen = match rest {
            [0x1b, b'$', b')', b'C', ..] => Some((1, Set::Korean, 4)),
            [0x1b, b'$', b')', b'A' | b'E', ..] => Some((1, Set::Gb, 4)),
            [0x1b, b'$', b')', b'G', ..] => Some((1, Set::Cns(1), 4)),
            [0x1b, b'$', b'*', b'H', ..] => Some((2, Set::Cns(2), 4)),
            [0x1b, b'$', b'(', b'D', ..] => Some((0, Set::JisSupplement, 4)),
            [0x1b, b'$', b'(', b'C', ..] => Some((0, Set::Korean, 4)),
            [0x1b, b'$', b'B' | b'@', ..] => Some((0, Set::Jis, 3)),
            [0x1b, b'$', b'A', ..] => Some((0, Set::Gb, 3)),
            [0x1b, b'(', b'I', ..] => Some((0, Set::Katakana, 3)),
            [0x1b, b'(', b'J', ..] => Some((0, Set::Roman, 3)),
            [0x1b, b'(', b'B', ..] => Some((0, Set::Ascii, 3)),
            [0x1b, b'N', ..] => None,
            [0x0e, ..] => Some((3, Set::Ascii, 1)),
            [0x0f, ..] => Some((4, Set::Ascii, 1)),
            _ => None,
        };
        if let Some((slot, set, length)) = chosen {
            match slot {
                0 => g0 = set,
                1 => g1 = set,
                3 => shifted = true,
                4 => shifted = false,
                _ => {}
            }
            at += length;
            continue;
        }
        let (set, skipped) =
            if rest.starts_with(b"\x1bN") { (Set::Cns(2), 2) } else { (if shifted { g1 } else { g0 }, 0) };
        let rest = &rest[skipped..];
        let (length, missing) = one(set, rest, &mut text);
        if rest.first() == Some(&b'\n') {
            // A line end ends what a lost escape left open.
            (g0, shifted) = (Set::Ascii, false);
        }
        undecodable += missing;
        at += skipped + length.max(usize::from(skipped == 0));
    }
    (text, undecodable)
}

/// Reads one character of `set`; gives the bytes it took and the bytes among them that stood for nothing.
fn one(set: Set, rest: &[u8], text: &mut String) -> (usize, usize) {
    let Some(&first) = rest.first() else { return (0, 0) };
    if !matches!(first, 0x21..=0x7e) || set == Set::Ascii {
        text.push(if first < 0x80 { char::from(first) } else { char::REPLACEMENT_CHARACTER });
        return (1, usize::from(first >= 0x80));
    }
    let single = match set {
        Set::Roman if first == b'\\' => Some('¥'),
        Set::Roman if first == b'~' => Some('‾'),
        Set::Roman => Some(char::from(first)),
        Set::Katakana => char::from_u32(0xff61 + u32::from(first - 0x21)).filter(|c| *c <= '\u{ff9f}'),
        _ => None,
    };
    if let Some(c) = single {
        text.push(c);
        return (1, 0);
    }
    let second = rest.get(1).copied().filter(|byte| matches!(byte, 0x21..=0x7e));
    let Some(second) = second else {
        text.push(char::REPLACEMENT_CHARACTER);
        return (1, 1);
    };
    let (first, second) = (first | 0x80, second | 0x80);
    let step = match set {
        Set::Jis => pairs::of(EUC_JP).and_then(|p| p.step(&[first, second], 0)),
        Set::JisSupplement => pairs::of(EUC_JP).and_then(|p| p.step(&[0x8f, first, second], 0)),
        Set::Korean => pairs::of(EUC_KR).and_then(|p| p.step(&[first, second], 0)),
        Set::Cns(plane) => super::cns::step(plane, first, second),
        _ => pairs::of(GB18030).and_then(|p| p.step(&[first, second], 0)),
    };
    text.push(step.map_or(char::REPLACEMENT_CHARACTER, |step| step.char));
    (2, if step.is_some() { 0 } else { 2 })
}

/// Whether `~{ … ~}` holds Chinese: every stretch is whole pairs of the rows GB 2312 uses, and reads as text.
fn is_hz(bytes: &[u8]) -> bool {
    let mut sample = Vec::new();
    for at in memmem::find_iter(bytes, b"~{").take(200) {
        let rest = &bytes[at + 2..];
        // By pairs: "~" is no first byte, but it is the second one of 二 and 95 others, so that only a pair's begin tells where a stretch ends.
        let pairs =
            rest.chunks(2).take_while(|pair| matches!(pair, [0x21..=0x77, 0x21..=0x7e] | [0x21..=0x77])).count();
        let end = (pairs * 2).min(rest.len());
        let stretch = &rest[..end];
        let closed = rest[end..].starts_with(b"~}");
        let cut = matches!(rest.get(end), None | Some(b'\n' | b'\r'));
        if !(closed || cut) {
            return false;
        }
        sample.extend(stretch.chunks_exact(2).flatten().map(|byte| byte | 0x80));
    }
    let pairs = sample.len() as u32 / 2;
    pairs > 0 && double(GB18030, &sample).is_some_and(|guess| guess.cost <= pairs * 160)
}

/// HZ as RFC 1843 has it: `~{` and `~}` shift, `~~` is a tilde, `~` at a line's end joins lines; a line end shifts back.
fn hz(bytes: &[u8]) -> (String, usize) {
    let (mut text, mut undecodable) = (String::with_capacity(bytes.len()), 0);
    let (mut chinese, mut at) = (false, 0);
    while at < bytes.len() {
        let rest = &bytes[at..];
        match rest {
            [b'~', b'{', ..] => (chinese, at) = (true, at + 2),
            [b'~', b'}', ..] => (chinese, at) = (false, at + 2),
            [b'~', b'~', ..] if !chinese => {
                text.push('~');
                at += 2;
            }
            [b'~', b'\n', ..] => at += 2,
            _ => {
                let set = if chinese && rest[0] != b'\n' { Set::Gb } else { Set::Ascii };
                chinese &= rest[0] != b'\n';
                let (length, missing) = one(set, rest, &mut text);
                undecodable += missing;
                at += length;
            }
        }
    }
    (text, undecodable)
}
