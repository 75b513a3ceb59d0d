//! What holds for any text: edits are in order and apply, exact targets equal the converter, bad names are told.

use super::official;
use super::twin::Dice;
use zonetext::Error;
use zonetext::edit::{Edit, apply};
use zonetext::script::{CONFIGS, Converter, Options, Script, Target, Words, convert, detect, script, uncertain};

const BARE: [&str; 8] = ["keep", "s", "t", "tw", "twp", "hk", "hkp", "jp"];

/// Official inputs cut, joined and mixed with odd characters.
fn texts(count: usize) -> Vec<String> {
    const ODD: [&str; 10] = ["。", "\n", "https://a.cn/后", "⿰", "\0", "の", "\u{10FFFF}", "豈", "，", " abc "];
    let inputs: Vec<Vec<char>> = official::cases().map(|(_, input, _)| input.chars().collect()).collect();
    let mut dice = Dice(0x2545_F491_4F6C_DD1D);
    (0..count)
        .map(|_| {
            let mut text = String::new();
            for _ in 0..1 + dice.below(5) {
                let input = &inputs[dice.below(inputs.len())];
                let from = dice.below(input.len());
                text.extend(&input[from..from + dice.below(input.len() - from + 1)]);
                text.push_str(ODD[dice.below(ODD.len())]);
            }
            text
        })
        .collect()
}

fn edited(text: &str, edits: &[Edit]) -> String {
    let mut out = text.to_owned();
    assert_eq!(apply(&mut out, edits).len(), edits.len(), "an edit was out of order or off a boundary: {text}");
    out
}

#[test]
fn edits_apply_and_exact_targets_equal_the_converter() {
    for text in texts(100) {
        for name in BARE {
            let options = Options { to: Target::parse(name).unwrap(), ..Options::default() };
            for from in [detect(&[&text]), Script::Hans, Script::HantHk, Script::Mixed] {
                edited(&text, &script(&[&text], from, &options)[0]);
            }
            uncertain(&[&text], Script::Hans, &options);
        }
        for name in CONFIGS {
            let options = Options { to: Target::parse(name).unwrap(), ..Options::default() };
            let out = edited(&text, &script(&[&text], Script::Hans, &options)[0]);
            assert_eq!(out, convert(&text, name).unwrap(), "{name}");
        }
    }
}

#[test]
fn two_steps_equal_one_after_the_other() {
    let options = Options { to: Target::Japanese, mend_boundaries: false, ..Options::default() };
    for (_, input, _) in official::cases() {
        if detect(&[&input]) != Script::Hans || input.contains("://") {
            continue;
        }
        let counts = zonetext::script::evidence(&[&input]);
        if counts.traditional == 0 && counts.kana == 0 && counts.han > 0 {
            let both = convert(&convert(&input, "s2t").unwrap(), "t2jp").unwrap();
            assert_eq!(edited(&input, &script(&[&input], Script::Hans, &options)[0]), both, "{input}");
        }
    }
}

#[test]
fn mended_boundaries_lose_no_official_case() {
    let bare = [("s2t", "t"), ("s2tw", "tw"), ("s2twp", "twp"), ("s2hk", "hk"), ("s2hkp", "hkp")];
    let mut seen = 0;
    for (_, input, expected) in official::cases() {
        for (config, to) in bare {
            let counts = zonetext::script::evidence(&[&input]);
            let Some(expected) = expected.get(config).filter(|_| counts.traditional == 0) else { continue };
            let options = Options { to: Target::parse(to).unwrap(), ..Options::default() };
            seen += 1;
            assert_eq!(edited(&input, &script(&[&input], Script::Hans, &options)[0]), *expected, "{to}: {input}");
        }
    }
    assert!(seen > 100, "{seen}");
}

#[test]
fn hostile_texts_take_linear_time() {
    // Each was made to look for long matches everywhere: parts of keys, open descriptions, pairs of both groups.
    for part in [
        "SQL",
        "⿰",
        "数",
        "信息",
        "乾",
        "被发",
        "计算机科",
        "後",
        "://",
        "(",
        "里里外外",
        "著",
        "衞",
        "の",
        "「アの",
        "不断髮展",
        "`",
        "\\(",
        "$$后",
        "一只",
    ] {
        let text = part.repeat(50_000 / part.len());
        for name in CONFIGS {
            assert!(!convert(&text, name).unwrap().is_empty());
        }
        for name in BARE {
            let options = Options { to: Target::parse(name).unwrap(), reconvert: true, ..Options::default() };
            edited(&text, &script(&[&text], Script::Hant, &options)[0]);
        }
    }
}

#[test]
fn bad_names_and_lines_are_told() {
    let Err(Error::Script { nearest, known, .. }) = Target::parse("s2wt") else { panic!("no such target") };
    assert!(["s2t", "s2tw"].contains(&nearest.as_str()) && known.contains("tw2sp") && known.contains("keep"));
    assert!(Converter::new("t2twp").is_err(), "an internal name");
    assert!(Target::parse(&"s".repeat(100_000)).is_err());
    let line = |text| match Words::parse(text) {
        Err(Error::Words { line, .. }) => line,
        other => panic!("{other:?}"),
    };
    assert_eq!(line("# 说明\n\n软件\t軟體\n无效"), 4);
    assert_eq!(line("软件\t"), 1);
    assert_eq!(line("软件\t軟體\r\n软件\t軟件"), 2);
    assert!(Words::parse("\u{FEFF}# 空\r\n").unwrap().is_empty());
}

#[test]
fn uncertain_places_have_their_offset() {
    let options = Options { to: Target::Config("s2t"), ..Options::default() };
    let found = uncertain(&["他发，少数组织"], Script::Hans, &options);
    let seen: Vec<_> = found.iter().map(|u| (u.rule, u.at.clone(), u.before.as_str())).collect();
    assert!(seen.contains(&("character", 3..6, "发")), "{seen:?}");
    assert!(found.iter().all(|u| u.others.iter().all(|other| *other != u.after)));
}
