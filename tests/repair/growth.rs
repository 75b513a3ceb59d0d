//! Work grows with the text: short patterns over signs that the repair looks at, doubled again and again.

use super::mirror::Dice;
use super::repaired;
use std::time::{Duration, Instant};

/// Pieces of which damage is made, and of what looks like it.
const PIECES: [&str; 32] = [
    "?", "\u{FFFD}", "①", "②", "(", "ā)", "chǎn)", "%u4e2d", "&#", "\\u4e2d", "烫", "*", "《", "\u{E863}", "鎴", "戜",
    "滑", "Ã", "©", "â€", "ﾃ", "｣", "Ð", "┌", "ε", "€", "中", "文", "，", "\n", "\u{200B}", "\u{80}",
];

/// The quickest of three, which is the one that was not disturbed.
fn spent(text: &str) -> Duration {
    let run = || {
        let start = Instant::now();
        repaired(text);
        start.elapsed()
    };
    (0..3).map(|_| run()).min().unwrap_or_default()
}

/// Twice the text takes no more than about twice the time: what is quadratic takes four times as much, three times in a row.
#[test]
fn no_pattern_grows_faster_than_its_text() {
    const FIRST: usize = 6_000;
    let mut dice = Dice(0x6_1207);
    let mut failed = Vec::new();
    for _ in 0..60 {
        let pattern: String = (0..1 + dice.roll(4)).map(|_| PIECES[dice.roll(PIECES.len())]).collect();
        let text = |length: usize| pattern.repeat(length / pattern.len().max(1) + 1);
        let times = [1, 2, 4, 8].map(|times| spent(&text(FIRST * times)));
        // A short time is all noise, and so is a single leap.
        let grows = times.windows(2).all(|two| two[1] * 10 > two[0] * 28);
        if times[3] > Duration::from_millis(60) && grows {
            failed.push((pattern, times));
        }
    }
    assert!(failed.is_empty(), "more than linear: {failed:?}");
}

/// What took 8 seconds and 1.5 GB once, and signs that fill a line.
#[test]
fn a_line_of_one_sign_takes_its_time_and_no_more() {
    for pattern in ["①?", "①??", "②?", "\"\u{FFFD}\n", "\u{E863}?", "%u4e2d?烫*", "?《", "皜祈?"] {
        let text = pattern.repeat(100_000);
        let start = Instant::now();
        repaired(&text);
        let spent = start.elapsed();
        // A tenth of what is reached on one core of a small machine, other tests beside it.
        assert!(spent < Duration::from_secs(10), "{pattern} × 100,000: {spent:?}");
    }
}

/// The 256 characters of every single-byte charset, in any order.
#[test]
fn all_characters_of_single_byte_charsets_are_harmless() {
    use encoding_rs::*;
    let charsets =
        [WINDOWS_1252, WINDOWS_1250, WINDOWS_1251, WINDOWS_1253, WINDOWS_1254, WINDOWS_1257, KOI8_R, IBM866, MACINTOSH];
    let mut dice = Dice(0x256);
    for charset in charsets {
        let mut bytes: Vec<u8> = (0..=255).filter(|byte| !matches!(byte, b'\n' | b'\r')).collect();
        for _ in 0..20 {
            for at in (1..bytes.len()).rev() {
                bytes.swap(at, dice.roll(at + 1));
            }
            let line = charset.decode_without_bom_handling(&bytes).0.into_owned();
            let once = repaired(&line);
            assert_eq!(once.lines().count(), line.lines().count(), "{}", charset.name());
        }
    }
}
