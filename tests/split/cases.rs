//! The cases of fixtures/split: each is a text with its sentences and the reason for them.
//!
//! `wild` has to be cut, `negative` must be left in one piece, `known-failures` come out wrong today.

use super::{cuts, sentences};
use serde::Deserialize;
use std::collections::BTreeSet;
use zonetext::split::{Options, Quotes, RULES, explain};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    pub id: String,
    pub text: String,
    pub sents: Vec<String>,
    /// Other readings that a reader would accept.
    #[serde(default)]
    pub alts: Vec<Vec<String>>,
    pub why: String,
}

pub fn cases(name: &str) -> Vec<Case> {
    let file = format!("fixtures/split/{name}.jsonl");
    let text = std::fs::read_to_string(&file).unwrap_or_else(|e| panic!("{file}: {e}"));
    let parse = |line: &str| serde_json::from_str(line).unwrap_or_else(|e| panic!("{file}: {e} in {line}"));
    text.lines().map(parse).collect()
}

fn wrong(case: &Case) -> Option<String> {
    let got = sentences(&case.text, &Options::default());
    let right = cuts(&got) == cuts(&case.sents);
    (!right).then(|| format!("{} ({}): {}", case.id, case.why, got.join(" ‖ ")))
}

#[test]
fn each_case_is_cut_as_its_gold_says() {
    for (name, least) in [("wild", 190), ("negative", 50)] {
        let cases = cases(name);
        assert!(cases.len() >= least, "only {} cases in {name}", cases.len());
        let wrong: Vec<_> = cases.iter().filter_map(wrong).collect();
        assert!(wrong.is_empty(), "{name}:\n{}", wrong.join("\n"));
    }
}

#[test]
fn known_failures_still_fail() {
    let passing = |case: &Case| {
        let got = cuts(&sentences(&case.text, &Options::default()));
        got == cuts(&case.sents) || case.alts.iter().any(|alt| got == cuts(alt))
    };
    let passing: Vec<_> = cases("known-failures").into_iter().filter(passing).map(|case| case.id).collect();
    assert!(passing.is_empty(), "these pass now, move them to wild or negative: {passing:?}");
}

#[test]
fn cases_are_well_formed() {
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    let (mut ids, mut texts) = (BTreeSet::new(), BTreeSet::new());
    for case in ["wild", "negative", "known-failures"].iter().flat_map(|name| cases(name)) {
        assert!(ids.insert(case.id.clone()), "{} twice", case.id);
        assert!(texts.insert(case.text.clone()), "{} has the text of another case", case.id);
        assert!(!case.why.is_empty(), "{} without a reason", case.id);
        for sents in std::iter::once(&case.sents).chain(&case.alts) {
            assert_eq!(bare(&sents.concat()), bare(&case.text), "{} loses text", case.id);
        }
    }
    assert!(cases("negative").iter().all(|case| case.sents.len() == 1));
    assert!(cases("wild").iter().all(|case| case.sents.len() > 1));
}

/// Every rule has a case that shows it, and what a rule does is what its row says.
#[test]
fn each_rule_has_a_case() {
    let mut seen = BTreeSet::new();
    let variants = [
        Options::default(),
        Options { quotes: Quotes::Whole, ..Options::default() },
        Options { semicolons: true, ..Options::default() },
    ];
    for (case, options) in ["wild", "negative"].iter().flat_map(|name| cases(name)).flat_map(|c| {
        let text = c.text;
        variants.iter().map(move |options| (text.clone(), options))
    }) {
        for decision in explain(&[&case], options).remove(0) {
            let rule = RULES.iter().find(|rule| rule.name == decision.rule);
            let rule = rule.unwrap_or_else(|| panic!("{} has no row", decision.rule));
            assert_eq!(rule.cut, decision.cut, "{} in {case}", rule.name);
            seen.insert(rule.name);
        }
    }
    let unseen: Vec<_> = RULES.iter().map(|rule| rule.name).filter(|name| !seen.contains(name)).collect();
    assert!(unseen.is_empty(), "no case shows {unseen:?}");
}

#[test]
fn whole_quotes_are_kept_in_one_piece() {
    let options = Options { quotes: Quotes::Whole, ..Options::default() };
    let text = "李明说：“我来了。我看到了。我很高兴。”随后他坐下。\"Go. Run.\" He ran.";
    let got = sentences(text, &options);
    assert_eq!(got, ["李明说：“我来了。我看到了。我很高兴。”", "随后他坐下。", "\"Go. Run.\"", "He ran."]);
    let split = sentences(text, &Options::default());
    assert_eq!(split.len(), got.len() + 3);
}

#[test]
fn semicolons_cut_when_asked() {
    let text = "有的人唱歌；有的人跳舞；（一）甲；（二）乙（丙；丁）。";
    let options = Options { semicolons: true, ..Options::default() };
    assert_eq!(sentences(text, &options), ["有的人唱歌；", "有的人跳舞；", "（一）甲；", "（二）乙（丙；丁）。"]);
    assert_eq!(sentences(text, &Options::default()), [text]);
}

#[test]
fn evidence_is_gathered_over_the_whole_document() {
    let (name, body) = ("亚当.斯密传", "我们走了,他没来.大家都知道.");
    let cut = zonetext::split::split(&[name, body], &Options::default());
    assert_eq!(cut[1].len(), 2, "汉.汉 is this document's stop");
    let full = "他写了《国富论》。影响很大。";
    let kept = zonetext::split::split(&[name, full], &Options::default());
    assert_eq!((kept[0].len(), kept[1].len()), (1, 2), "with 。 elsewhere it is an interpunct");
}

#[test]
fn the_spans_of_the_documentation() {
    let ranges = zonetext::split::split(&["今天天气很好。\u{3000}我们出门吧！"], &Options::default());
    assert_eq!(ranges, [[0..21, 24..42]]);
}
