//! The listed cases: damage that is mended, look-alikes that stay, failures that are known.

use super::{repaired, repaired_with};
use zonetext::edit::Loss;
use zonetext::repair::{Options, classes, lost, repair};

fn rows(name: &str) -> Vec<serde_json::Value> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/repair").join(name);
    let text = std::fs::read_to_string(path).expect("the fixture is committed");
    text.lines().map(|l| serde_json::from_str(l).unwrap_or_else(|e| panic!("{name}: {e}: {l}"))).collect()
}

fn field<'a>(row: &'a serde_json::Value, name: &str) -> &'a str {
    row[name].as_str().unwrap_or_else(|| panic!("{row} has no {name}"))
}

#[test]
fn wild_cases_are_mended() {
    for row in rows("wild.jsonl") {
        assert_eq!(repaired(field(&row, "seen")), field(&row, "meant"), "{}", field(&row, "about"));
        let found = classes(&[field(&row, "seen")]);
        assert!(found.contains_key(field(&row, "rule")), "{} found as {found:?}", field(&row, "about"));
    }
}

#[test]
fn look_alikes_stay() {
    for row in rows("negative.jsonl") {
        assert_eq!(repaired(field(&row, "text")), field(&row, "text"), "{}", field(&row, "about"));
    }
}

#[test]
fn known_failures_still_fail() {
    for row in rows("known-failures.jsonl") {
        let right = repaired(field(&row, "seen")) == field(&row, "meant");
        assert!(!right, "{} is mended now: move it to wild.jsonl", field(&row, "about"));
    }
}

#[test]
fn repair_twice_is_once() {
    let seen = rows("wild.jsonl").into_iter().map(|r| field(&r, "seen").to_owned());
    let clean = rows("negative.jsonl").into_iter().map(|r| field(&r, "text").to_owned());
    let all: Vec<String> = seen.chain(clean).collect();
    for guess_lost in [false, true] {
        let options = Options { guess_lost, ..Options::default() };
        for text in all.iter().chain([&all.join("\n")]) {
            let once = repaired_with(text, &options);
            assert_eq!(repaired_with(&once, &options), once, "guess_lost {guess_lost}");
        }
    }
}

/// Nor do documents of broken and sound lines in any order, with signs of damage sprinkled over them: what one line shows of its document
/// may be gone once it is mended.
#[test]
fn repaired_documents_need_no_repair() {
    const SIGNS: &str = "\u{FFFD}\u{FFFD}\u{FFFD}??((,!€@|~ǎāa)ﾃ，。、聽的專\u{80}";
    let signs: Vec<char> = SIGNS.chars().collect();
    let mut lines: Vec<String> = rows("wild.jsonl").iter().map(|r| field(r, "seen").to_owned()).collect();
    for class in [
        "utf8 as gbk, question marks",
        "utf8 as gbk, python",
        "gbk as cp1252",
        "gbk, lead lost as ?",
        "gbk, trail gone",
    ] {
        lines.extend(super::classes::sample(class).into_iter().take(20).map(|(seen, _)| seen));
    }
    lines.extend(super::clean("traditional").into_iter().take(40));
    let mut dice = super::mirror::Dice(0x5EED_0FD0);
    for _ in 0..400 {
        let mut document = Vec::new();
        for _ in 0..1 + dice.roll(4) {
            let mut line: Vec<char> = lines[dice.roll(lines.len())].chars().collect();
            for _ in 0..dice.roll(6) {
                line.insert(dice.roll(line.len() + 1), signs[dice.roll(signs.len())]);
            }
            document.push(String::from_iter(line));
        }
        let document = document.join("\n");
        let once = repaired(&document);
        assert_eq!(repaired(&once), once, "{document}");
    }
}

#[test]
fn what_is_gone_is_counted_not_guessed() {
    let text = "锟斤拷锟斤拷，\u{FFFD}\u{FFFD}\u{FFFD}的\u{FFFD}";
    assert_eq!(lost(&[text]).into_iter().collect::<Vec<_>>(), [("gbk-as-utf8", 3), ("replacement", 1)]);
    assert!(lost(&["没有"]).is_empty());
    assert!(repair(&["锟斤拷锟斤拷"], &Options::default())[0].is_empty());
}

#[test]
fn full_width_letters_are_narrowed_when_asked() {
    let options = Options { narrow_latin: true, ..Options::default() };
    let mut text = "ＡＢＣ公司第１２３號".to_owned();
    let edits = repair(&[&text], &options);
    zonetext::edit::apply(&mut text, &edits[0]);
    assert_eq!(text, "ABC公司第123號");
}

#[test]
fn hostile_text_is_harmless() {
    let long = "中?文)".repeat(20_000);
    let noted = "產(chǎn)".repeat(20_000);
    let halves = "?".repeat(50_000);
    let rare = "鎴戜滑?".repeat(10_000);
    let quads = "?6?1".repeat(10_000);
    for text in [&long, &noted, &halves, &rare, &quads, "\0\0?\0(a)\0", "?)", "(a)", "", "\n\n", "?(ā)"] {
        let once = repaired(text);
        assert!(once.len() <= text.len() * 2 + 16);
    }
    assert_eq!(repaired(&noted), "產".repeat(20_000));
}

/// What a change lost, for each kind of damage: bytes that are all there, bytes that had to be guessed, a digit that is gone.
#[test]
fn a_change_says_what_it_lost() {
    let rows = [
        ("產(chǎn)業(yè)集群是經(jīng)濟(jì)引擎", Loss::Nothing),
        ("ÖÐ»ªÈËÃñ¹²ºÍ¹ú", Loss::Nothing),
        ("&amp;#21512;&amp;#21516;&amp;#26080;&amp;#25928;", Loss::Nothing),
        ("只能把產業發展作為出路?!瘪R九圣告訴記者", Loss::Guessed),
        ("å½“äº‹äººä¸€æ–¹ä¸å±¥è¡ŒåˆåŒã€‚", Loss::Guessed),
    ];
    for (seen, lost) in rows {
        let edits = repair(&[seen], &Options::default()).remove(0);
        assert_eq!(edits.iter().map(|e| e.lost).max(), Some(lost), "{seen}: {edits:?}");
    }
}
