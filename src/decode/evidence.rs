//! What the bytes show: how much of them is UTF-8, and a sample of the rest.
//!
//! In: bytes that are not UTF-8 as a whole. Out: two counts and at most 4 KiB of the words that are not UTF-8. Only words
//! with bytes above ASCII are taken, so tags, scripts and attributes fall away by themselves.

/// Enough for any statistics; more only costs time.
const SAMPLE: usize = 4 << 10;

use encoding_rs::Encoding;

/// What was seen.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    /// Bytes above ASCII in valid UTF-8, as far as was looked.
    pub utf8: usize,
    /// Bytes above ASCII that are not, as far as was looked.
    pub other: usize,
    /// Words that are not UTF-8, a blank between them.
    pub sample: Vec<u8>,
}

/// Whether a byte can be no part of a character of several bytes in any encoding, so that reading can start afresh at it.
pub(super) fn is_sync(byte: u8) -> bool {
    byte < 0x30 || matches!(byte, 0x3a..=0x3f)
}

/// Walks the page until the sample is full.
pub(super) fn collect(bytes: &[u8]) -> Evidence {
    let mut evidence = Evidence::default();
    let (mut at, mut last) = (0, 0);
    while evidence.sample.len() < SAMPLE {
        at += Encoding::ascii_valid_up_to(&bytes[at..]);
        if at == bytes.len() {
            break;
        }
        let word = word_around(bytes, at);
        let (start, end) = (word.start.max(last), word.end);
        match str::from_utf8(&bytes[start..end]) {
            Ok(_) => evidence.utf8 += high(&bytes[start..end]),
            // The page ends inside a character, and all before was UTF-8.
            Err(error) if end == bytes.len() && error.error_len().is_none() && evidence.sample.is_empty() => {
                evidence.utf8 += high(&bytes[start..end]);
            }
            Err(_) => take(&bytes[start..end], &mut evidence),
        }
        (at, last) = (end, end);
    }
    if evidence.utf8 == 0 && bytes.len() <= 4096 && !bytes.contains(&b'<') {
        // A short plain text: every word of it helps to tell the language.
        evidence.sample = bytes.to_vec();
    }
    evidence
}

/// The word that holds the byte at `at`; empty at the end of the bytes. Long runs without a break are cut, so that every byte
/// is looked at a bounded number of times.
pub(super) fn word_around(bytes: &[u8], at: usize) -> std::ops::Range<usize> {
    const LONGEST: usize = 4096;
    if at >= bytes.len() {
        return bytes.len()..bytes.len();
    }
    let low = at.saturating_sub(LONGEST);
    let start = bytes[low..at].iter().rposition(|&byte| is_sync(byte)).map_or(low, |p| low + p + 1);
    let high = (at + LONGEST).min(bytes.len());
    let end =
        bytes[at + 1..high.max(at + 1)].iter().position(|&byte| is_sync(byte)).map_or(high.max(at + 1), |p| at + 1 + p);
    start..end
}

fn high(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte >= 0x80).count()
}

/// Counts one word that is not UTF-8 as a whole. Runs of two and more UTF-8 characters of three bytes are UTF-8 all the same;
/// what stands beside such a run is a sample of something else only when it is longer than a damaged character.
fn take(word: &[u8], evidence: &mut Evidence) {
    let (mut at, mut kept, mut has_run) = (0, 0, false);
    while at < word.len() {
        let run = utf8_run(&word[at..]);
        if run >= 6 {
            keep(&word[kept..at], 6, evidence);
            evidence.utf8 += run;
            (kept, has_run) = (at + run, true);
        }
        at += run.max(1);
    }
    keep(&word[kept..], if has_run { 6 } else { 1 }, evidence);
}

fn keep(piece: &[u8], least: usize, evidence: &mut Evidence) {
    let count = high(piece);
    if count >= least {
        evidence.other += count;
        evidence.sample.extend_from_slice(piece);
        evidence.sample.push(b' ');
    }
}

/// Length of the run of three-byte UTF-8 characters at the start.
fn utf8_run(bytes: &[u8]) -> usize {
    let is_char = |c: &[u8]| matches!(c, [0xe2..=0xef, 0x80..=0xbf, 0x80..=0xbf]);
    bytes.chunks_exact(3).take_while(|c| is_char(c)).count() * 3
}
