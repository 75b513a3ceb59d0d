//! The title of a page.

use crate::extract::html::flat::Flat;

/// The title, and the line it stands in.
#[derive(Debug, Default)]
pub struct Title {
    pub text: String,
    pub line: Option<u32>,
}

/// Finds the title.
pub(in crate::extract) fn title(flat: &Flat) -> Title {
    let full = flat.head.title.as_deref().unwrap_or("").trim();
    let og = flat.head.meta_value("og:title").unwrap_or("");
    let mut best: Option<(u32, usize)> = None;
    for (index, line) in flat.lines.iter().enumerate() {
        let element = &flat.elements[line.element as usize];
        let text = flat.line(index);
        let mut score = 0;
        if line.counts.tokens < 2 || line.counts.tokens > 120 {
            continue;
        }
        if full.contains(text) || og.contains(text) {
            score += line.counts.tokens * 4;
        }
        let level = u32::from(element.tag.level());
        if level > 0 {
            score += 7 - level;
            if level == 1 {
                score += 20;
            }
        } else if full.contains(text) {
            score = score.saturating_sub(4);
        }
        if score > 12 && best.is_none_or(|(s, _)| score > s) {
            best = Some((score, index));
        }
    }
    match best {
        Some((_, index)) => Title { text: flat.line(index).to_owned(), line: Some(index as u32) },
        None => Title { text: full.to_owned(), line: None },
    }
}
