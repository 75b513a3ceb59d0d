//! The scored sets of the optional folder ../shared: no score may fall under its floor.

use super::{cuts, sentences};
use serde::Deserialize;
use std::path::PathBuf;
use zonetext::split::Options;

#[derive(Deserialize)]
struct Case {
    text: String,
    sents: Vec<String>,
    #[serde(default)]
    alts: Vec<Vec<String>>,
}

/// Set, floor of the boundary F, floor of the cases right as a whole (strict).
const FLOORS: &[(&str, f64, f64)] = &[
    ("hard_cases", 0.99, 0.97),
    ("gsd-simp", 0.999, 0.98),
    ("gsd-trad", 0.999, 0.98),
    ("gsd-footnote", 0.999, 0.98),
    ("gsd-ascii", 0.999, 0.98),
    ("gsd-ascii-sp", 0.999, 0.98),
    ("cfl", 0.995, 0.9),
    ("ewt", 0.888, 0.84),
];

fn folder() -> Option<PathBuf> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/sentences");
    if path.is_dir() {
        return Some(path);
    }
    eprintln!("skipped: ../shared/data/sentences is absent");
    None
}

fn load(file: &str) -> Option<Vec<Case>> {
    let text = std::fs::read_to_string(folder()?.join(format!("{file}.jsonl"))).unwrap();
    Some(text.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

/// Boundary F, share of cases strictly right, share of cases right by one of their readings.
fn score(cases: &[Case]) -> (f64, f64, f64) {
    let (mut hit, mut got_cuts, mut gold_cuts, mut strict, mut accepted) = (0, 0, 0, 0, 0);
    for case in cases {
        let (got, gold) = (cuts(&sentences(&case.text, &Options::default())), cuts(&case.sents));
        hit += got.intersection(&gold).count();
        got_cuts += got.len();
        gold_cuts += gold.len();
        strict += usize::from(got == gold);
        accepted += usize::from(got == gold || case.alts.iter().any(|alt| got == cuts(alt)));
    }
    let share = |n: usize| n as f64 / cases.len().max(1) as f64;
    (2.0 * hit as f64 / (got_cuts + gold_cuts).max(1) as f64, share(strict), share(accepted))
}

#[test]
fn scores_keep_their_floors() {
    for (name, f_floor, strict_floor) in FLOORS {
        let Some(cases) = load(name) else { return };
        let (f, strict, accepted) = score(&cases);
        assert!(
            f >= *f_floor && strict >= *strict_floor,
            "{name}: F {f:.4}, strict {strict:.4}, accepted {accepted:.4}"
        );
    }
}

/// The same gold sentences as careless pages write them.
#[test]
fn web_dresses_keep_their_boundaries() {
    type Dress = fn(&str) -> String;
    let dresses: &[(&str, Dress)] = &[
        ("straight quotes", |s| s.replace(['“', '”', '「', '」'], "\"")),
        ("spaced stops", |s| s.replace('。', " 。 ").replace('！', " ！ ").replace('？', " ？ ").replace('”', " ” ")),
        ("spaces before stops", |s| s.replace('。', " 。").replace('！', " ！").replace('？', " ？")),
        ("full-width dots", |s| s.replace('。', "．")),
        ("ASCII dots alone", |s| s.replace('。', ".")),
        ("circled notes", |s| format!("{s}③")),
    ];
    for set in ["gsd-simp", "gsd-trad"] {
        let Some(cases) = load(set) else { return };
        for (name, dress) in dresses {
            let dressed: Vec<Case> = cases
                .iter()
                .map(|case| case.sents.iter().map(|s| dress(s)).collect::<Vec<_>>())
                .map(|sents| Case { text: sents.concat(), sents, alts: Vec::new() })
                .collect();
            let (f, ..) = score(&dressed);
            assert!(f >= 0.99, "{set} in {name}: F {f:.4}");
        }
    }
}
