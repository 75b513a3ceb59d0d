//! What words cost in a segmentation by likelihood: the committed counts as eighths of a bit.
//!
//! In: `tables/script/words.tsv` (word, count) and `own.tsv` (word, what it becomes, count). Out: a cost for each word. A word
//! that the dictionaries list never costs more than the words inside it: the dictionary knew it as one.

use super::opencc;
use std::collections::BTreeMap;
use std::path::Path;

/// The cost of a character that was never counted.
pub const MOST: u8 = 250;

pub struct Words {
    /// The project's own words with what they become in OpenCC's standard Traditional.
    pub own: BTreeMap<String, String>,
    pub costs: BTreeMap<String, u8>,
}

impl Words {
    pub fn read() -> Words {
        let (mut counts, mut total) = (BTreeMap::new(), 0u64);
        for line in lines("words.tsv") {
            let (word, count) = line.split_once('\t').expect("word, tab, count");
            let count: u64 = count.parse().expect("a count");
            match word {
                "# total" => total = count,
                _ => drop(counts.insert(word.to_owned(), count)),
            }
        }
        let mut own = BTreeMap::new();
        for line in lines("own.tsv").filter(|line| !line.starts_with('#')) {
            let mut fields = line.split('\t').map(str::to_owned);
            let (word, value) = (fields.next().expect("a word"), fields.next().expect("a value"));
            if let Some(count) = fields.next() {
                counts.insert(word.clone(), count.parse().expect("a count"));
            }
            own.insert(word, value);
        }
        let mut words = Words { own, costs: BTreeMap::new() };
        words.costs = counts.iter().map(|(word, count)| (word.clone(), cost(total, *count))).collect();
        words.trust_dictionaries(cost(total, 0));
        words
    }

    /// Every word.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.costs.keys().chain(self.own.keys()).map(String::as_str)
    }

    /// A key costs at most one less than the cheapest row of words inside it. Short keys come first.
    fn trust_dictionaries(&mut self, unseen: u8) {
        let phrases = opencc::group("st-phrases");
        let mut keys: Vec<String> = phrases.ranks.iter().flat_map(|dict| dict.keys().cloned()).collect();
        keys.extend(self.own.keys().cloned());
        // What a region's step looks for, as it reads in Simplified: 字段 is 欄位 in Taiwan, and rarer than 字 beside 段.
        let back = opencc::group("ts");
        for name in ["TWPhrases", "HKPhrases", "TWVariantsPhrases", "HKVariantsPhrases"] {
            let forms = opencc::read(name).into_iter().map(|(word, _)| back.convert(&word));
            keys.extend(forms.filter(|form| self.costs.contains_key(form)));
        }
        keys.sort_by_cached_key(|key| (key.chars().count(), key.clone()));
        keys.dedup();
        for key in keys.into_iter().filter(|key| key.chars().nth(1).is_some()) {
            let own = self.costs.get(&key).copied().unwrap_or(unseen);
            let inside = self.inside(&key).saturating_sub(1).min(u32::from(u8::MAX)) as u8;
            self.costs.insert(key, own.min(inside));
        }
    }

    /// The cheapest row of two or more words that makes up `key`.
    fn inside(&self, key: &str) -> u32 {
        let ends: Vec<usize> = key.char_indices().map(|(at, _)| at).chain([key.len()]).collect();
        let mut best = vec![u32::MAX; ends.len()];
        best[0] = 0;
        for i in 0..ends.len() {
            for j in i + 1..ends.len() {
                if (i, j) == (0, ends.len() - 1) {
                    continue;
                }
                let known = self.costs.get(&key[ends[i]..ends[j]]).copied();
                let Some(cost) = known.or((j == i + 1).then_some(MOST)) else { continue };
                best[j] = best[j].min(best[i] + u32::from(cost));
            }
        }
        best[ends.len() - 1]
    }
}

fn lines(name: &str) -> impl Iterator<Item = String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tables/script").join(name);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    text.lines().map(str::to_owned).collect::<Vec<_>>().into_iter()
}

/// Eight times the logarithm to base 2 of how many words stand there for each of this one, in whole numbers.
fn cost(total: u64, count: u64) -> u8 {
    // In 32 bits behind the point; half a word is added to every count.
    let mut ratio = (u128::from(total) << 33) / u128::from(2 * count + 1);
    let whole = ratio.ilog2().saturating_sub(32);
    ratio >>= whole;
    let mut eighths = whole;
    for _ in 0..3 {
        ratio = (ratio * ratio) >> 32;
        let carry = u32::from(ratio >> 33 != 0);
        ratio >>= carry;
        eighths = eighths * 2 + carry;
    }
    eighths.min(u32::from(MOST)) as u8
}
