//! Fingerprints: the fast count beside an obvious twin, near copies near, different pages far.

use zonetext::write::fingerprint::{NEAR, distance, simhash};

/// The same sum, a count a bit, nothing rolled and nothing carried.
fn twin(text: &str) -> u64 {
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    let mut counts = [0i64; 64];
    for run in letters.windows(5) {
        let base = 0x9E37_79B9_7F4A_7C15_u64;
        let rolled = run
            .iter()
            .fold(0u64, |sum, c| sum.wrapping_mul(base).wrapping_add(u64::from(c.to_ascii_lowercase() as u32) + 1));
        let once = (rolled ^ (rolled >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let twice = (once ^ (once >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let hash = twice ^ (twice >> 31);
        for (bit, count) in counts.iter_mut().enumerate() {
            *count += if hash >> bit & 1 == 1 { 1 } else { -1 };
        }
    }
    (0..64).filter(|&bit| counts[bit] > 0).fold(0, |bits, bit| bits | 1 << bit)
}

fn texts() -> Vec<String> {
    let folders = crate::pages();
    folders.iter().map(|folder| std::fs::read_to_string(folder.join("expected.txt")).unwrap()).collect()
}

#[test]
fn the_fast_count_is_the_obvious_one() {
    for text in texts() {
        let letters: Vec<char> = text.chars().collect();
        for length in [0, 3, 4, 5, 6, 12, 13, 14, 100, letters.len()] {
            let part: String = letters.iter().take(length).collect();
            assert_eq!(simhash(&part), twin(&part), "{length} characters of {part:.60}");
        }
    }
    assert_eq!(simhash("AbC１２３é，def"), twin("aBc１２３é def"));
}

#[test]
fn near_copies_are_near_and_different_pages_far() {
    let texts = texts();
    for (number, text) in texts.iter().enumerate() {
        let own = simhash(text);
        let spaced = text.replace('，', ", ").replace('\n', "\n\n  ");
        assert_eq!(own, simhash(&spaced), "punctuation and white space do not count");
        let lines: Vec<&str> = text.lines().collect();
        let shorter = lines[..lines.len() - 1].join("\n");
        let left_out = lines[lines.len() - 1].chars().count() as f64 / text.chars().count() as f64;
        if left_out < 0.02 {
            assert!(distance(own, simhash(&shorter)) <= NEAR, "page {number} without its last line");
        }
        for other in &texts[..number] {
            assert!(distance(own, simhash(other)) > 2 * NEAR, "{text:.40} and {other:.40}");
        }
    }
}
