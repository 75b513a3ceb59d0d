//! Hostile input costs no more than its length.

use std::time::{Duration, Instant};
use zonetext::split::{Options, split};

/// What nests, repeats or makes a rule look far.
const HOSTILE: &[&str] = &[
    "。",
    "“",
    "”",
    "“‘",
    "「",
    "\"",
    "'",
    "（",
    "(",
    "《",
    "[",
    "[1]",
    "①",
    "。①",
    "..",
    ". ",
    "a.",
    "A.",
    "?a",
    "!",
    "…",
    "~",
    "—”",
    "“好！”",
    "“a。",
    "。  ",
    "“好，”说",
    "他说：“好。”",
    "\"!\"A",
    "1.",
    "(.",
    "。(",
    "；",
    "😀",
    "。😀",
    ":)",
    "\u{3000}",
    "。\u{3000}",
    "汉.",
    "汉.\n",
];

fn time(piece: &str, size: usize) -> Duration {
    let text = piece.repeat(size / piece.len());
    let once = || {
        let start = Instant::now();
        let ranges = split(&[&text], &Options::default());
        assert!(!ranges[0].is_empty() || text.trim().is_empty());
        start.elapsed()
    };
    (0..3).map(|_| once()).min().unwrap_or_default()
}

/// Sixteen times the text: a quadratic rule would take 256 times as long, a linear one about 16. The allowance is for a
/// machine that others use as well; the quadratic rules that were here once took 18 seconds.
#[test]
fn time_grows_with_the_length() {
    for piece in HOSTILE {
        let small = time(piece, 16 << 10);
        let large = time(piece, 256 << 10);
        let linear = large < small * 100 || large < Duration::from_secs(2);
        assert!(linear, "{piece:?}: 16 KiB in {small:?}, 256 KiB in {large:?}");
    }
}

/// A prefix of openers and brackets must not be walked again by every stop after it.
#[test]
fn a_long_beginning_is_read_once() {
    for prefix in ["(", " ", "“", "*", "a", "①", "["] {
        let time = |n: usize| {
            let text = prefix.repeat(n) + &"b. C".repeat(n / 4);
            let start = Instant::now();
            split(&[&text], &Options::default());
            start.elapsed()
        };
        let (small, large) = (time(16 << 10), time(256 << 10));
        assert!(large < small * 100 || large < Duration::from_secs(2), "{prefix:?}: {small:?}, {large:?}");
    }
}
