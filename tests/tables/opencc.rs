//! OpenCC's dictionaries and its algorithm, slow and obvious: the twin the engine is held against, and what the generator
//! of its tables computes with.

use std::collections::HashMap;
use std::path::Path;

pub type Dict = HashMap<String, String>;

/// Dictionaries in order of precedence: the first that has any match decides, and within it the longest match.
#[derive(Clone)]
pub struct Group {
    pub ranks: Vec<Dict>,
    /// The longest key that starts with a character, in characters.
    longest: HashMap<char, usize>,
}

impl Group {
    fn of(ranks: &[&[&str]]) -> Group {
        let ranks: Vec<Dict> = ranks.iter().map(|names| union(names)).collect();
        let mut longest = HashMap::new();
        for key in ranks.iter().flat_map(|d| d.keys()) {
            let most = longest.entry(key.chars().next().expect("a key")).or_default();
            *most = key.chars().count().max(*most);
        }
        Group { ranks, longest }
    }

    /// Length in characters and value of the match at the start of `text`.
    pub fn matched(&self, text: &[char]) -> Option<(usize, &str)> {
        let most = (*self.longest.get(text.first()?)?).min(text.len());
        for dict in &self.ranks {
            for length in (1..=most).rev() {
                if let Some(value) = dict.get(&text[..length].iter().collect::<String>()) {
                    return Some((length, value));
                }
            }
        }
        None
    }

    /// Replaces every match from left to right; what no key matches stays.
    pub fn convert(&self, text: &str) -> String {
        let text: Vec<char> = text.chars().collect();
        let mut out = String::new();
        let mut at = 0;
        while at < text.len() {
            match self.matched(&text[at..]) {
                Some((length, value)) => {
                    out.push_str(value);
                    at += length;
                }
                None => {
                    let length = description(&text[at..]).unwrap_or(1);
                    out.extend(&text[at..at + length]);
                    at += length;
                }
            }
        }
        out
    }
}

/// The length of the ideographic description sequence at the start of `text`, which OpenCC passes over whole.
pub fn description(text: &[char]) -> Option<usize> {
    fn consume(text: &[char], at: &mut usize, depth: usize) -> bool {
        if depth == 0 || *at >= 64 {
            return false;
        }
        let Some(&c) = text.get(*at) else { return false };
        *at += 1;
        (0..arity(c)).all(|_| consume(text, at, depth - 1))
    }
    let mut at = 0;
    (arity(*text.first()?) > 0 && consume(text, &mut at, 16)).then_some(at)
}

fn arity(c: char) -> usize {
    match c {
        '⿲' | '⿳' => 3,
        '\u{2FFE}' | '\u{2FFF}' => 1,
        '⿰'..='\u{2FFD}' => 2,
        _ => 0,
    }
}

/// One of OpenCC's configs, as its JSON file says.
#[derive(Clone)]
pub struct Config {
    pub normalization: Group,
    pub segmentation: Option<Group>,
    pub chain: Vec<Group>,
}

impl Config {
    pub fn convert(&self, text: &str) -> String {
        let text = self.normalization.convert(text);
        let Some(segmentation) = &self.segmentation else { return self.through(&text) };
        let text: Vec<char> = text.chars().collect();
        let (mut out, mut run, mut at) = (String::new(), String::new(), 0);
        while at < text.len() {
            if let Some((length, _)) = segmentation.matched(&text[at..]) {
                out.push_str(&self.through(&std::mem::take(&mut run)));
                out.push_str(&self.through(&text[at..at + length].iter().collect::<String>()));
                at += length;
            } else {
                let length = description(&text[at..]).unwrap_or(1);
                run.extend(&text[at..at + length]);
                at += length;
            }
        }
        out.push_str(&self.through(&run));
        out
    }

    /// One segment through the whole chain.
    pub fn through(&self, segment: &str) -> String {
        self.chain.iter().fold(segment.to_owned(), |text, group| group.convert(&text))
    }
}

const ST_PHRASES: &[&str] = &["STPhrases", "STPhrases_GeneratedFromRegionalPhrases"];

/// The dictionaries of one side of a config, in order of precedence.
pub fn group(name: &str) -> Group {
    let ranks: &[&[&str]] = match name {
        "compatibility" => &[&["CJK_Compatibility_Ideographs"]],
        "st-phrases" => &[ST_PHRASES],
        "ts-phrases" => &[&["TSPhrases"]],
        "st" => &[ST_PHRASES, &["STCharacters"]],
        "ts" => &[&["TSPhrases"], &["TSCharactersExt"], &["TSCharacters"]],
        "tw" => &[&["TWVariantsPhrases"], &["TWVariants"]],
        "twp" => &[&["TWPhrases"], &["TWVariantsPhrases"], &["TWVariants"]],
        "hk" => &[&["HKVariantsPhrases"], &["HKVariants"]],
        "hkp" => &[&["HKPhrases"], &["HKVariantsPhrases"], &["HKVariants"]],
        "tw-rev" => &[&["TWVariantsRevPhrases"], &["TWVariantsRev"]],
        "twp-rev" => &[&["TWPhrasesRev"], &["TWVariantsRevPhrases"], &["TWVariantsRev"]],
        "hk-rev" => &[&["HKVariantsRevPhrases"], &["HKVariantsRev"]],
        "hkp-rev" => &[&["HKPhrasesRev"], &["HKVariantsRevPhrases"], &["HKVariantsRev"]],
        "jp" => &[&["JPShinjitaiCharactersRev"]],
        "jp-rev" => &[&["JPShinjitaiPhrases"], &["JPShinjitaiCharacters"]],
        _ => panic!("no group {name}"),
    };
    Group::of(ranks)
}

/// Config name, segmentation, conversion chain.
pub const CONFIGS: [(&str, Option<&str>, &[&str]); 16] = [
    ("s2t", None, &["st"]),
    ("s2tw", Some("st-phrases"), &["st", "tw"]),
    ("s2twp", Some("st-phrases"), &["st", "twp"]),
    ("s2hk", Some("st-phrases"), &["st", "hk"]),
    ("s2hkp", Some("st-phrases"), &["st", "hkp"]),
    ("t2s", None, &["ts"]),
    ("tw2s", Some("ts-phrases"), &["tw-rev", "ts"]),
    ("tw2sp", Some("ts-phrases"), &["twp-rev", "ts"]),
    ("hk2s", Some("ts-phrases"), &["hk-rev", "ts"]),
    ("hk2sp", Some("ts-phrases"), &["hkp-rev", "ts"]),
    ("t2tw", None, &["tw"]),
    ("t2hk", None, &["hk"]),
    ("tw2t", None, &["tw-rev"]),
    ("hk2t", None, &["hk-rev"]),
    ("t2jp", None, &["jp"]),
    ("jp2t", None, &["jp-rev"]),
];

pub fn config(name: &str) -> Config {
    let (_, segmentation, chain) = CONFIGS.iter().find(|(n, ..)| *n == name).expect("one of the sixteen");
    Config {
        normalization: group("compatibility"),
        segmentation: segmentation.map(group),
        chain: chain.iter().map(|name| group(name)).collect(),
    }
}

fn union(names: &[&str]) -> Dict {
    let mut all = Dict::new();
    for name in names {
        for (key, value) in read(name) {
            all.entry(key).or_insert(value);
        }
    }
    all
}

/// The entries of a committed dictionary file; the first of several values counts.
pub fn read(name: &str) -> Vec<(String, String)> {
    read_all(name).into_iter().map(|(key, values)| (key, values[0].clone())).collect()
}

/// The same with all values.
pub fn read_all(name: &str) -> Vec<(String, Vec<String>)> {
    // The fuzz targets, a package of their own inside this one, have the twin too.
    let mut folders = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|root| root.join("tables/script/opencc"));
    let path = folders.find(|folder| folder.is_dir()).expect("the dictionaries are there").join(format!("{name}.txt"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    lines
        .map(|line| {
            let (key, values) = line.split_once('\t').expect("key, tab, values");
            (key.to_owned(), values.split(' ').map(str::to_owned).collect())
        })
        .collect()
}
