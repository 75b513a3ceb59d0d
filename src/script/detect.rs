//! Which script a text is in, and the evidence for it.
//!
//! In: texts. Out: counts, and the script they speak for. Characters that only one side writes are counted; those that
//! may stand on both sides (后, 台, 干) say nothing.

use super::{Script, tables};

/// What a text shows of its script.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Evidence {
    /// Ideographs.
    pub han: usize,
    /// Of them: written in Simplified only.
    pub simplified: usize,
    /// Of them: written in Traditional only.
    pub traditional: usize,
    /// Hiragana and katakana.
    pub kana: usize,
    /// Hangul syllables.
    pub hangul: usize,
}

/// The script of a page, from all its texts together.
pub fn detect(texts: &[&str]) -> Script {
    evidence(texts).script()
}

/// The counts behind [`detect`].
pub fn evidence(texts: &[&str]) -> Evidence {
    let mut evidence = Evidence::default();
    texts.iter().for_each(|text| evidence.count(text));
    evidence
}

impl Evidence {
    fn count(&mut self, text: &str) {
        for c in text.chars().filter(|c| *c >= '\u{3000}') {
            match c {
                '\u{3041}'..='\u{30FF}' => self.kana += 1,
                '\u{AC00}'..='\u{D7A3}' => self.hangul += 1,
                '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' => {
                    self.han += 1;
                    match tables::side(u32::from(c)) {
                        1 => self.simplified += 1,
                        2 => self.traditional += 1,
                        _ => {}
                    }
                }
                '\u{20000}'..='\u{3FFFF}' => self.han += 1,
                _ => {}
            }
        }
    }

    /// What the evidence speaks for.
    pub fn script(&self) -> Script {
        let (s, t) = (self.simplified, self.traditional);
        if self.kana * 20 > self.kana + self.han {
            return Script::Jpan;
        }
        if self.han == 0 || self.hangul > self.han {
            return Script::Other;
        }
        if s.min(t) >= 4 && s.min(t) * 5 > s + t {
            return Script::Mixed;
        }
        if t > s { Script::Hant } else { Script::Hans }
    }
}
