//! What sort of page it is, judged by what was kept.

use super::features::Context;
use super::words;
use crate::extract::Sort;

/// The sort of the page.
pub fn sort(context: &Context, keep: &[bool]) -> Sort {
    let flat = context.flat;
    let (mut tokens, mut linked, mut posts) = (0u64, 0u64, 0u64);
    for (line, _) in flat.lines.iter().zip(keep).filter(|(_, keep)| **keep) {
        tokens += u64::from(line.counts.tokens);
        linked += u64::from(line.counts.linked);
        if context.near_words(line.element) & words::FORUM != 0 && context.is_repeated(line.element) {
            posts += u64::from(line.counts.tokens);
        }
    }
    let says = |word: &str| flat.head.json.iter().any(|json| json.contains(word));
    let kind = flat.head.meta_value("og:type").unwrap_or("");
    if posts * 2 > tokens || says("DiscussionForumPosting") || says("\"QAPage\"") {
        Sort::Forum
    } else if linked * 5 > tokens * 2 || says("\"CollectionPage\"") && linked * 5 > tokens {
        Sort::List
    } else if kind.contains("product") || says("\"Product\"") || tokens == 0 {
        Sort::Other
    } else {
        Sort::Article
    }
}
