//! Which script a text is in, and the evidence for it.
//!
//! In: texts. Out: counts, and the script they speak for. Characters that only one side writes are counted; those that
//! may stand on both sides (后, 台, 干) say nothing. Taiwan and Hong Kong are told apart by words and by Cantonese
//! characters, never by character forms: by forms 41 of 50 pages from Hong Kong come out as Taiwan.

use super::{Script, regions, tables};

/// What texts show of their script.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Evidence {
    /// Ideographs.
    pub han: usize,
    /// Of them: written in Simplified only.
    pub simplified: usize,
    /// Of them: written in Traditional only.
    pub traditional: usize,
    /// Of them: written in Cantonese only.
    pub cantonese: usize,
    /// Hiragana and katakana.
    pub kana: usize,
    /// Hangul syllables.
    pub hangul: usize,
    /// Words that Taiwan uses, with their counts; looked for in Traditional texts only, as are those of Hong Kong.
    pub taiwan: Vec<(&'static str, usize)>,
    /// Words that Hong Kong uses, with their counts.
    pub hong_kong: Vec<(&'static str, usize)>,
}

/// The script of a page, from all its texts together.
pub fn detect(texts: &[&str]) -> Script {
    evidence(texts).script()
}

/// The counts behind [`detect`], and the words found.
pub fn evidence(texts: &[&str]) -> Evidence {
    let mut evidence = Evidence::default();
    texts.iter().for_each(|text| evidence.count(text));
    if evidence.traditional > evidence.simplified {
        let (taiwan, hong_kong) = regions::words(texts);
        evidence.taiwan = taiwan;
        evidence.hong_kong = hong_kong;
    }
    evidence
}

impl Script {
    /// The same with what else is known of the page: its declared language (BCP 47) and its address. They only say which
    /// region's Traditional it is, where the words did not.
    pub fn hinted(self, language: Option<&str>, url: Option<&str>) -> Script {
        if self != Script::Hant {
            return self;
        }
        let language = language.unwrap_or_default().to_ascii_lowercase();
        let host = url.unwrap_or_default().split("://").nth(1).unwrap_or_default().split(['/', ':', '?']).next();
        let host = host.unwrap_or_default().to_ascii_lowercase();
        let declared = |region: &str| language.split('-').any(|part| part == region);
        let taiwan = declared("tw") || host.ends_with(".tw");
        let hong_kong =
            ["hk", "mo"].iter().any(|region| declared(region)) || [".hk", ".mo"].iter().any(|end| host.ends_with(end));
        match (taiwan, hong_kong) {
            (true, false) => Script::HantTw,
            (false, true) => Script::HantHk,
            _ => self,
        }
    }
}

impl Evidence {
    /// The counts of characters alone.
    pub(super) fn sides(text: &str) -> Evidence {
        let mut evidence = Evidence::default();
        evidence.count(text);
        evidence
    }

    pub(super) fn sides_of(texts: &[&str]) -> Evidence {
        let mut evidence = Evidence::default();
        texts.iter().for_each(|text| evidence.count(text));
        evidence
    }

    /// The side that more characters speak for, whatever else the text holds.
    pub(super) fn side(&self) -> Script {
        if self.traditional > self.simplified { Script::Hant } else { Script::Hans }
    }

    fn count(&mut self, text: &str) {
        let mut before = '\0';
        for c in text.chars() {
            match c {
                // 么 alone says nothing; in these words it is Simplified.
                '么' if "什怎那这多甚要".contains(before) => {
                    self.han += 1;
                    self.simplified += 1;
                }
                '\u{3400}'..='\u{9FFF}' => {
                    self.han += 1;
                    match tables::side(u32::from(c)) {
                        tables::SIMPLIFIED => self.simplified += 1,
                        tables::TRADITIONAL => self.traditional += 1,
                        tables::CANTONESE => self.cantonese += 1,
                        _ => {}
                    }
                }
                '\0'..='\u{3040}' => {}
                '\u{3041}'..='\u{30FF}' => self.kana += usize::from(c != '・' && c != 'ー'),
                '\u{AC00}'..='\u{D7A3}' => self.hangul += 1,
                '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' => self.han += 1,
                _ => {}
            }
            before = c;
        }
    }

    /// More than 5 % kana.
    fn japanese(&self) -> bool {
        self.kana * 20 > self.kana + self.han
    }

    /// Whether it is written Cantonese.
    pub fn is_cantonese(&self) -> bool {
        self.cantonese >= 2 && self.cantonese * 100 >= self.han
    }

    /// What the evidence speaks for.
    pub fn script(&self) -> Script {
        let (s, t) = (self.simplified, self.traditional);
        if self.japanese() {
            return Script::Jpan;
        }
        if self.han == 0 || self.hangul > self.han {
            return Script::Other;
        }
        // Both sides in some number, and neither a mere quotation in the other.
        if s.min(t) >= 4 && s.min(t) * 5 > s + t {
            return Script::Mixed;
        }
        if t > s { self.region() } else { Script::Hans }
    }

    /// Two different words, or one several times, and clearly more than the other region has.
    fn region(&self) -> Script {
        let sum = |words: &[(&str, usize)]| words.iter().map(|(_, count)| (*count).min(3)).sum::<usize>();
        let (taiwan, mut hong_kong) = (sum(&self.taiwan), sum(&self.hong_kong));
        if self.is_cantonese() {
            hong_kong += 3;
        }
        if taiwan >= 2 && taiwan > 2 * hong_kong {
            Script::HantTw
        } else if hong_kong >= 2 && hong_kong > 2 * taiwan {
            Script::HantHk
        } else {
            Script::Hant
        }
    }
}
