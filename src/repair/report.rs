//! What is wrong with some texts, by kind and number.
//!
//! In: texts. Out: counts. Nothing is changed here.

use super::{Options, repair};
use std::collections::BTreeMap;

/// Characters that are gone for good, by what shows it: GBK read as UTF-8 ("gbk-as-utf8": runs of U+FFFD, 锟斤拷) and single
/// replacement characters ("replacement").
pub fn lost(texts: &[&str]) -> BTreeMap<&'static str, usize> {
    let mut found = BTreeMap::new();
    for text in texts {
        let kun = text.matches("锟斤拷").count() + text.matches("錕斤拷").count();
        let mut run = 0;
        let (mut runs, mut single) = (kun, 0);
        for c in text.chars().chain(['\n']) {
            if c == '\u{FFFD}' {
                run += 1;
                continue;
            }
            if run == 1 {
                single += 1;
            } else if run > 1 {
                runs += 1;
            }
            run = 0;
        }
        for (name, n) in [("gbk-as-utf8", runs), ("replacement", single)] {
            if n > 0 {
                *found.entry(name).or_insert(0) += n;
            }
        }
    }
    found
}

/// The kinds of damage that [`super::repair`] would mend, with the number of places.
pub fn classes(texts: &[&str]) -> BTreeMap<&'static str, usize> {
    let mut found = BTreeMap::new();
    for edit in repair(texts, &Options::default()).iter().flatten() {
        *found.entry(edit.rule).or_insert(0) += 1;
    }
    found
}
