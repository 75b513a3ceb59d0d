//! Where the text ends: the first marker after which no text follows.
//!
//! A marker (相关阅读, 免责声明, 版权所有 …) alone proves nothing: an article about disclaimers has 声明 in its middle, and a box of
//! related links may stand between two paragraphs. So what stands after a marker is weighed: prose that looks like an article's, not
//! like a teaser's.

use super::credits;
use super::line::{Line, Mark};
use super::rules::{Marker, marker};

/// What was judged of a line: kept, or left out by a rule.
pub type Verdict = Option<&'static str>;

/// Left out by the forests, which give no reason.
pub const JUDGED: &str = "";

/// Share of the article's prose that may stand after a strong marker and still count as left-over.
const LEFT_OVER: usize = 5;

/// Leaves out what stands after the end, and boxes in the middle.
pub fn judge(lines: &[Line], verdicts: &mut [Verdict], title: Option<usize>) {
    let start = title.map_or(0, |n| n + 1);
    let prose = article_prose(lines, verdicts);
    let total: usize = prose.iter().sum();
    if total == 0 {
        return;
    }
    let markers: Vec<Option<&Marker>> =
        lines.iter().zip(verdicts.iter()).map(|(line, v)| is_open(line, *v).then(|| marker(line)).flatten()).collect();
    // Prose in lines that are themselves markers (a long disclaimer) is no article.
    let weight = |n: usize| if markers[n].is_some_and(|m| m.strong) { 0 } else { prose[n] };
    let mut before = 0;
    let mut after: usize = (0..lines.len()).map(weight).sum();
    for n in 0..lines.len() {
        let here = weight(n);
        if let Some(marker) = markers[n].filter(|_| n >= start && before > 0) {
            let over = if marker.strong {
                after * LEFT_OVER <= before
            } else {
                after == 0 && only_short(lines, verdicts, &markers, n)
            };
            if over {
                drop_from(lines, verdicts, &markers, n, marker.rule);
                break;
            }
            if marker.strong {
                drop_box(lines, verdicts, n, marker.rule);
            }
        }
        before += here;
        after -= here;
    }
}

/// Code and what is already dropped are no markers.
fn is_open(line: &Line, verdict: Verdict) -> bool {
    line.mark != Mark::Code && matches!(verdict, None | Some("tag-line" | JUDGED))
}

/// Code points of each line that count as an article's prose. Teasers do not: items of a list, and a summary under its own headline,
/// which such lists give twice, whole and cut short (seed 000), or whose last sentence is cut.
fn article_prose(lines: &[Line], verdicts: &[Verdict]) -> Vec<usize> {
    (0..lines.len())
        .map(|n| {
            let line = &lines[n];
            let teaser = line.mark == Mark::Item
                || (n >= 2 && cut_short(lines[n - 2].text, lines[n - 1].text))
                || (line.chars < 120 && !line.finished());
            if line.prose && !teaser && verdicts[n].is_none() { line.chars } else { 0 }
        })
        .collect()
}

/// `short` is the beginning of `whole`, or both are the same headline.
fn cut_short(whole: &str, short: &str) -> bool {
    let short = short.trim_end_matches(['.', '…']);
    short.chars().count() >= 6 && whole.starts_with(short)
}

/// Buttons end a text only where nothing but buttons and links follow: no line longer than a headline, no finished sentence.
fn only_short(lines: &[Line], verdicts: &[Verdict], markers: &[Option<&Marker>], from: usize) -> bool {
    let rest = (from + 1..lines.len()).filter(|&n| verdicts[n].is_none());
    let mut others = 0;
    for n in rest {
        if markers[n].is_some() {
            continue;
        }
        others += 1;
        if lines[n].chars > 40
            || lines[n].finished()
            || lines[n].mark == Mark::Heading
            || credits::is_credit_line(&lines[n])
        {
            return false;
        }
    }
    others <= 30 && (others > 0 || markers[from].is_some())
}

fn drop_from(lines: &[Line], verdicts: &mut [Verdict], markers: &[Option<&Marker>], from: usize, rule: &'static str) {
    let mut rule = rule;
    for n in from..lines.len() {
        // A byline below the box of tags is still the article's.
        if verdicts[n].is_none() && n <= from + 2 && markers[n].is_none() && credits::is_credit_line(&lines[n]) {
            continue;
        }
        if let Some(marker) = markers[n] {
            rule = marker.rule;
        }
        if matches!(verdicts[n], None | Some(JUDGED)) {
            verdicts[n] = Some(rule);
        }
    }
}

/// A box between paragraphs: the marker and the links under it, up to the next prose.
fn drop_box(lines: &[Line], verdicts: &mut [Verdict], from: usize, rule: &'static str) {
    const LONGEST_BOX: usize = 12;
    let end = (from + 1..lines.len())
        .find(|&n| lines[n].prose || lines[n].finished() || lines[n].mark == Mark::Heading && verdicts[n].is_none());
    let links = end.is_some_and(|end| (2..=LONGEST_BOX).contains(&(end - from)));
    if !rule.starts_with("tail-related") && !rule.starts_with("tail-ranking") || !links {
        return;
    }
    for verdict in &mut verdicts[from..end.unwrap_or(from)] {
        if verdict.is_none() {
            *verdict = Some("related-box");
        }
    }
}
