//! The title of a text.
//!
//! In: its lines, and which of them were kept. Out: the title, if the lines show that there is one. A first line that merely stands first
//! is no title: a letter begins with 您好, a dialogue with a short sentence.

use super::line::{Line, Mark};
use crate::extract::html::flat::Flat;
use crate::extract::metadata::title::Title;

/// Longest title, in code points. The longest headline in the development pages has 58.
const LONGEST_TITLE: usize = 80;

/// Lines that are looked at for a repetition of the first.
const NEAR: usize = 400;

/// How far below even chances a line may lie and still be the title, in 1/1024ths of log odds.
const DOUBT: i32 = 2_500;

/// Lines above the text among which a title that no sign shows is looked for.
const ABOVE: usize = 8;

/// The first line, where a later one repeats its beginning: it was the page's `<title>`, the site's name behind it.
pub fn in_first_line(flat: &Flat) -> Option<String> {
    let first = (!flat.lines.is_empty()).then(|| flat.line(0))?;
    let longest = first.chars().count();
    let begins = |number: usize| {
        let line = flat.line(number);
        line.len() <= first.len() && first.starts_with(line) && line.chars().nth(4).is_some()
    };
    (!first.starts_with('<') && longest <= 2 * LONGEST_TITLE && (1..flat.lines.len().min(NEAR)).any(begins))
        .then(|| first.to_owned())
}

/// The title among the lines before the first kept prose.
pub fn among(lines: &[Line], own: &[Option<&'static str>], keep: &[bool], scores: &[i32]) -> Title {
    let is_text = |n: &usize| lines[*n].prose && keep[*n] && lines[*n].mark != Mark::Item;
    let Some(first) = (0..lines.len()).find(is_text) else { return Title::default() };
    let found = find(lines, own, keep, first).or_else(|| likeliest(lines, own, keep, scores, first));
    found.map_or_else(Title::default, |line| Title {
        text: lines[line].text.to_owned(),
        line: Some(line as u32),
        found: Some(("line above the text", "")),
    })
}

fn find(lines: &[Line], own: &[Option<&'static str>], keep: &[bool], first: usize) -> Option<usize> {
    let from = first.saturating_sub(NEAR);
    let candidate = |n: &usize| {
        let line = &lines[*n];
        matches!(line.mark, Mark::None | Mark::Heading)
            && own[*n].is_none()
            && could_be_title(line)
            && !is_word_list(line.text)
    };
    // The first line marked as a heading that is kept, else the first of the headings right above the text.
    let heading = |n: &usize| lines[*n].mark == Mark::Heading && candidate(n);
    let nearest = || (from..first).rfind(heading);
    let topmost = |n: usize| (from..=n).rev().take_while(heading).last().unwrap_or(n);
    if let Some(n) = (from..first).filter(heading).find(|n| keep[*n]).or_else(|| nearest().map(topmost)) {
        return Some(n);
    }
    // Said again later, alone or with a picture's number.
    let until = (first + NEAR).min(lines.len());
    let again = |n: &usize| lines[n + 1..until].iter().any(|line| repeats(line.text, lines[*n].text));
    if let Some(n) = (from..=first).filter(|n| candidate(n) && lines[*n].chars >= 5 && keep[*n]).find(again) {
        return Some(n);
    }
    // Right before a dateline or a credit line.
    let dateline =
        |n: usize| own.get(n) == Some(&Some("dateline")) || lines.get(n).is_some_and(super::credits::is_credit_line);
    if let Some(n) = (from..first).filter(candidate).rfind(|&n| dateline(n + 1)) {
        return Some(n);
    }
    // The first line of all, with no more than one line between it and the text; or whatever the text begins with itself.
    let opens = |n: usize| candidate(&n) && (lines[n].chars >= 6 || lines[first].text.starts_with(lines[n].text));
    let between = (1..first).filter(|n| own[*n].is_none()).count();
    if first > 0 && between <= 1 && opens(0) && !lines[0].text.ends_with([':', '：']) {
        return Some(0);
    }
    // The only kept line before the text, and long enough to say something.
    let mut before = (from..first).filter(|&n| keep[n]);
    match (before.next(), before.next()) {
        (Some(only), None)
            if candidate(&only)
                && lines[only].chars >= 6
                && !lines[only].text.ends_with([':', '：', '，', ',', '、']) =>
        {
            Some(only)
        }
        _ => None,
    }
}

/// The likeliest of the lines above the first kept one.
fn likeliest(
    lines: &[Line],
    own: &[Option<&'static str>],
    keep: &[bool],
    scores: &[i32],
    first: usize,
) -> Option<usize> {
    let start = keep[..first].iter().position(|keep| *keep).unwrap_or(first);
    let above = start.saturating_sub(ABOVE)..start;
    let could = |n: &usize| {
        let line = &lines[*n];
        own[*n].is_none()
            && matches!(line.mark, Mark::None | Mark::Heading)
            && could_be_title(line)
            && line.chars >= 8
            && scores[*n] > -DOUBT
    };
    above.filter(could).max_by_key(|n| (scores[*n], *n))
}

/// Leaves out lines that say the title once more, alone or with a picture's number.
pub fn said_again(lines: &[Line], title: &Title, own: &mut [Option<&'static str>]) {
    // Verse says its lines again.
    if title.text.chars().nth(4).is_none() || !lines.iter().any(|line| line.prose) {
        return;
    }
    for (number, (line, own)) in lines.iter().zip(own).enumerate() {
        let other = title.line != Some(number as u32) && own.is_none();
        if other && line.mark == Mark::None && repeats(line.text, &title.text) {
            *own = Some(if line.text == title.text { "title-again" } else { "title-as-caption" });
        }
    }
}

/// The title itself, or the title and a picture's number: `…(1)` (seed 002). A line that goes on is text.
fn repeats(text: &str, title: &str) -> bool {
    text.strip_prefix(title).is_some_and(|rest| {
        let number = rest.trim().trim_matches(['(', ')', '（', '）', '_', '-', '图']);
        rest.is_empty() || (number.len() <= 3 && !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
    })
}

/// Short, and no sentence: no stop at its end, no comma-and-stop inside.
fn could_be_title(line: &Line) -> bool {
    (2..=LONGEST_TITLE).contains(&line.chars)
        && !line.text.ends_with(['。', '；', ';', '，', '、', ','])
        && !line.text.contains('。')
}

/// `首页 新闻 财经 体育 娱乐`: at least four short words between blanks or bars, which is no title but a menu.
pub fn is_word_list(text: &str) -> bool {
    let mut words = text.split([' ', '|', '│', '｜', '\u{3000}', '·']).filter(|word| !word.is_empty());
    let mut count = 0;
    words.all(|word| {
        count += 1;
        word.chars().nth(6).is_none()
    }) && count >= 4
        && !text.contains(['，', '。', '；', '：'])
}
