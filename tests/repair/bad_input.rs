//! Bad input: what no encoding explains stands as it is, no line is lost, and the rest is repaired.

use super::mirror::Dice;
use super::repaired;

const BROKEN: &str = "產(chǎn)業(yè)集群是經(jīng)濟(jì)發(fā)展的引擎,只能把產業發展作為出路?!瘪R九圣告訴記者";
const MENDED: &str = "產業集群是經濟發展的引擎,只能把產業發展作為出路。”馬九圣告訴記者";

/// A line of noise: controls, halves of pairs, signs the repair looks at.
fn noise(dice: &mut Dice, length: usize) -> String {
    let signs = [
        '\0',
        '\u{1}',
        '\u{FFFD}',
        '?',
        '(',
        ')',
        '%',
        '\\',
        'u',
        '&',
        '#',
        ';',
        '\u{80}',
        '\u{E863}',
        '€',
        'ā',
        '\u{10FFFF}',
        'ﾃ',
    ];
    (0..length)
        .map(|_| if dice.roll(3) == 0 { char::from(dice.roll(128) as u8) } else { signs[dice.roll(signs.len())] })
        .filter(|c| *c != '\n' && *c != '\r')
        .collect()
}

#[test]
fn half_binary_text_keeps_its_lines_and_the_rest_is_repaired() {
    let mut dice = Dice(77);
    for length in [0, 1, 7, 60, 500, 4000] {
        let lines: Vec<String> =
            (0..40).map(|at| if at % 2 == 0 { BROKEN.to_owned() } else { noise(&mut dice, length) }).collect();
        let out = repaired(&lines.join("\n"));
        let got: Vec<&str> = out.split('\n').collect();
        assert_eq!(got.len(), lines.len(), "lines of noise of {length}");
        assert!(got.iter().step_by(2).all(|line| *line == MENDED), "noise of {length}: {:?}", got[0]);
    }
}

#[test]
fn nul_bytes_and_lone_marks_stay_where_they_are() {
    for text in ["\0\0\0", "中\0文\0", "\u{FFFD}", "a\0?(ā)", "\u{FFFD}\u{FFFD}中文\u{FFFD}"] {
        assert_eq!(repaired(text), text);
    }
}

/// A line of a hundred megabytes, clean and broken: `cargo test --release -- --ignored lines_of_100_megabytes`, half a minute.
#[test]
#[ignore = "slow: run with --release -- --ignored"]
fn lines_of_100_megabytes() {
    let clean = "今天天气很好，我们一起去公园里散步。".repeat(100_000_000 / 54);
    assert!(repaired(&clean) == clean);
    let noted = "產(chǎn)業(yè)集群。".repeat(100_000_000 / 29);
    assert!(repaired(&noted) == "產業集群。".repeat(100_000_000 / 29));
}
