//! The title of a page.
//!
//! In: `<title>`, `og:title`, the lines. Out: the headline as the page shows it. `<title>` carries the site's name behind or
//! before the headline; the part that the page repeats as a line is the headline itself. Where no line repeats it, the site's
//! name is cut off at the separators.

use super::newspaper;
use crate::extract::html::flat::{Flat, flag};
use crate::extract::html::tag::Tag;
use crate::extract::html::words;
use crate::letter::is_letter;

/// The title, and the line it stands in.
#[derive(Debug, Default, Clone)]
pub struct Title {
    pub text: String,
    pub line: Option<u32>,
    /// Where the text was read: the sort of place and its name there.
    pub found: Option<(&'static str, &'static str)>,
}

/// Finds the title.
pub(in crate::extract) fn title(flat: &Flat) -> Title {
    let raw = flat.head.title.as_deref().unwrap_or("");
    let full = tidy(raw);
    let meta =
        ["og:title", "twitter:title", "articletitle", "headline"].iter().find_map(|name| flat.head.meta_value(name));
    let recorded = flat.head.newspaper.title.as_deref();
    let og = meta.or(recorded).map(tidy).unwrap_or_default();
    let source = if meta.is_some() { (super::META, "og:title") } else { (newspaper::PLACE, newspaper::NAME) };
    let site = flat.head.meta_value("og:site_name").unwrap_or("");
    if let Some(index) = repeated(flat, &letters(&full), &letters(&og), &letters(site)) {
        let in_title = letters(&full).contains(&letters(flat.line(index)));
        let found = Some(("line of the page that repeats", if in_title { "title" } else { source.1 }));
        return Title { text: flat.line(index).to_owned(), line: Some(index as u32), found };
    }
    let bare = letters(&full).is_empty();
    let stated = without_site(if bare { &og } else { &full }, site);
    if !letters(&stated).is_empty() {
        let found = if bare { source } else { ("title element", "") };
        return Title { text: stated, line: None, found: Some(found) };
    }
    // No title at all: the only first-level heading, if there is one.
    let mut headings =
        (0..flat.lines.len()).filter(|i| flat.elements[flat.lines[*i].element as usize].tag == Tag::Heading1);
    match (headings.next(), headings.next()) {
        (Some(index), None) => {
            let found = Some(("the only first-level heading", ""));
            Title { text: flat.line(index).to_owned(), line: Some(index as u32), found }
        }
        _ => Title::default(),
    }
}

/// White space as one space, at the edges gone.
fn tidy(text: &str) -> String {
    text.split_whitespace().take(200).collect::<Vec<_>>().join(" ").chars().take(1000).collect()
}

/// Letters and digits in lower case, full-width forms as their ASCII twins: what two spellings of a title share.
pub fn letters(text: &str) -> String {
    folded(text).collect()
}

fn folded(text: &str) -> impl Iterator<Item = char> {
    text.chars()
        .map(|c| match c as u32 {
            code @ 0xff01..=0xff5e => char::from_u32(code - 0xfee0).unwrap_or(c),
            _ => c,
        })
        .filter(|&c| is_letter(c))
        .map(|c| match c {
            '\0'..='\x7F' => c.to_ascii_lowercase(),
            '\u{2E80}'..='\u{A63F}' => c,
            _ => c.to_lowercase().next().unwrap_or(c),
        })
}

/// The runs of one to three letters in a title, as bits of their hashes: enough to see that most lines are no part of it.
struct Runs([u64; 64]);

impl Runs {
    fn new(titles: [&str; 2]) -> Runs {
        let mut bits = [0; 64];
        for title in titles {
            let letters: Vec<char> = title.chars().collect();
            for from in 0..letters.len() {
                for to in from..letters.len().min(from + 3) {
                    let bit = Runs::bit(letters[from..=to].iter().copied());
                    bits[bit / 64] |= 1 << (bit % 64);
                }
            }
        }
        Runs(bits)
    }

    /// Whether the first letters of `line` may stand in a title.
    fn may_begin(&self, line: &str) -> bool {
        let bit = Runs::bit(folded(line).take(3));
        self.0[bit / 64] >> (bit % 64) & 1 != 0
    }

    fn bit(letters: impl Iterator<Item = char>) -> usize {
        let key = letters.fold(0u64, |key, letter| key << 21 | u64::from(letter));
        (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 52) as usize
    }
}

/// The line that best repeats a part of the title.
fn repeated(flat: &Flat, full: &str, og: &str, site: &str) -> Option<usize> {
    let mut best: Option<(i64, usize)> = None;
    let runs = Runs::new([full, og]);
    for (index, line) in flat.lines.iter().enumerate() {
        let tokens = line.counts.tokens;
        if !(2..=100).contains(&tokens) || line.flags & flag::CONTROL != 0 {
            continue;
        }
        let element = &flat.elements[line.element as usize];
        if !runs.may_begin(flat.line(index)) {
            continue;
        }
        let own = letters(flat.line(index));
        if own.len() < 4 || !(full.contains(&own) || og.contains(&own)) {
            continue;
        }
        let level = element.tag.level();
        let named = (element.words | line.words) & words::TITLE != 0;
        let heading = i64::from(level > 0) * (24 - 3 * i64::from(level)) + if named { 6 } else { 0 };
        let head = full.starts_with(&own) || og.starts_with(&own);
        let whole = full == own || og == own;
        // A part at the end of the title is the site's name far more often than the headline.
        let place = if whole {
            24
        } else if head {
            16
        } else {
            -20
        };
        // mdBook's `<h1 class="menu-title">`, and a name that the page itself calls its site's.
        let of_site = !whole && (element.words & words::NAV != 0 && !head || own == site);
        let place = if of_site { place - 80 } else { place };
        let menu = if line.counts.linked * 2 > tokens { -12 } else { 0 };
        let hidden = if line.flags & flag::HIDDEN != 0 { -12 } else { 0 };
        let score = i64::from(tokens.min(40)) * 3 + heading + place + menu + hidden;
        if score >= 16 && best.is_none_or(|(top, _)| score > top) {
            best = Some((score, index));
        }
    }
    best.map(|(_, index)| index)
}

/// Separators between headline and site, the surest first.
const SEPARATORS: &[&str] =
    &["_", "|", "｜", " - ", " – ", " — ", " :: ", " » ", " • ", " · ", "--", "－", "—", " -", "- ", "-"];

/// `headline` of `headline_channel_site`.
fn without_site(full: &str, site: &str) -> String {
    let site = letters(site);
    for separator in SEPARATORS {
        let parts: Vec<&str> = full.split(separator).map(str::trim).filter(|p| !p.is_empty()).collect();
        let [first, .., last] = parts[..] else { continue };
        // A bare hyphen also joins words; it separates only Chinese from what looks like a site.
        if matches!(*separator, "-" | "—" | "－") && !is_site(last) {
            continue;
        }
        let first_is_site = !site.is_empty() && letters(first) == site
            || is_site(first) && !is_site(last) && first.chars().count() < last.chars().count();
        let kept = if first_is_site { last } else { first };
        if letters(kept).chars().count() >= 2 {
            return without_site(kept, "");
        }
    }
    full.to_owned()
}

fn is_site(part: &str) -> bool {
    let short = part.chars().count() <= 12;
    short
        && [
            "网", "網", "新闻", "新聞", "频道", "頻道", "在线", "报", "報", "台", "博客", "论坛", "論壇", "社区",
            "中心", "日报", "首页",
        ]
        .iter()
        .any(|w| part.ends_with(w))
        || part.to_ascii_lowercase().ends_with(".com")
}
