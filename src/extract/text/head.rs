//! The beginning of a text: its title, the menu before it, the title said twice.

use super::Role;
use super::Verdict;
use super::line::{Line, Mark};

/// Longest title, in code points. The longest headline in the development pages has 58.
const LONGEST_TITLE: usize = 80;

/// Finds the title, drops the menu before it and its repetitions. `start` is the first line of the text where that is known.
/// Returns the number of the title's line.
pub fn judge(lines: &[Line], verdicts: &mut [Verdict], start: Option<usize>) -> Option<usize> {
    let is_text = |n: &usize| lines[*n].prose && kept(verdicts[*n]) && lines[*n].mark != Mark::Bullet;
    let first = start.or_else(|| (0..lines.len()).find(is_text))?;
    drop_menu(lines, verdicts, first);
    let title = title(lines, verdicts, first)?;
    verdicts[title] = Verdict::Keep(Role::Title);
    // Before a title there are menus and site names; a long line there is something else, and stays.
    for n in (0..title).filter(|&n| lines[n].chars <= 20) {
        if kept(verdicts[n]) {
            verdicts[n] = Verdict::Drop("before-title");
        }
    }
    let text = lines[title].text.to_string();
    for n in title + 1..lines.len() {
        if kept(verdicts[n]) && repeats(&lines[n].text, &text) {
            verdicts[n] = Verdict::Drop(if lines[n].text == text { "title-again" } else { "title-as-caption" });
        }
    }
    Some(title)
}

fn kept(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Keep(_))
}

/// The title itself, or the title and a picture's number: `…(1)` (seed 002). A line that goes on is text.
fn repeats(text: &str, title: &str) -> bool {
    text.strip_prefix(title).is_some_and(|rest| {
        let number = rest.trim().trim_matches(['(', ')', '（', '）', '_', '-', '图']);
        rest.is_empty() || (number.len() <= 3 && !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
    })
}

/// `首页 > 新闻 > 正文`, and runs of at least four short lines without any punctuation before the text.
fn drop_menu(lines: &[Line], verdicts: &mut [Verdict], first_prose: usize) {
    let mut run: Vec<usize> = Vec::new();
    for n in 0..=first_prose {
        let folded = lines[n].folded.text.as_str();
        if n < first_prose && kept(verdicts[n]) && is_breadcrumb(folded) {
            verdicts[n] = Verdict::Drop("breadcrumb");
        } else if n < first_prose
            && lines[n].text.matches(['|', '│', '｜']).count() >= 4
            && is_word_list(&lines[n].text)
        {
            verdicts[n] = Verdict::Drop("menu");
        } else if n < first_prose && is_menu_item(&lines[n]) {
            run.push(n);
        } else {
            // The last short line before the text may be its title or heading.
            if let [menu @ .., last] = &run[..]
                && run.len() >= 4
            {
                let title = lines[*last].chars > 6 || lines[*last].mark == Mark::Heading;
                menu.iter().chain((!title).then_some(last)).for_each(|&m| verdicts[m] = Verdict::Drop("menu"));
            }
            run.clear();
        }
    }
}

fn is_breadcrumb(folded: &str) -> bool {
    let starts =
        ["您的位置", "当前位置", "你的位置", "您现在的位置", "您当前的位置", "所在位置", "位置:", "首页>", "首页 >"];
    // Three places or more, each a few words: a > b in a formula has two, a tag has none.
    let mut places = folded.split('>').map(str::trim);
    let path = folded.matches('>').count() >= 2
        && folded.chars().count() <= 60
        && places.all(|place| (1..=16).contains(&place.chars().count()) && !place.contains('<'));
    path || starts.iter().any(|start| folded.starts_with(start))
}

fn is_menu_item(line: &Line) -> bool {
    let marked = line.text.contains(['，', '。', '！', '？', '；', '、', ',', '…', '“', '：', ':']);
    (line.chars <= 6 && !marked && line.mark != Mark::Number) || (line.chars <= 60 && is_word_list(&line.text))
}

/// `首页 新闻 财经 体育 娱乐`: at least four short words between spaces or bars.
fn is_word_list(text: &str) -> bool {
    let words: Vec<&str> = text.split([' ', '|', '│', '｜', '\u{3000}', '·']).filter(|word| !word.is_empty()).collect();
    words.len() >= 4 && words.iter().all(|word| word.chars().count() <= 6) && !text.contains(['，', '。', '；', '：'])
}

/// The title, if the lines before the text show that there is one. A first line that merely stands first is no title: a letter begins
/// with 您好, a dialogue with a short sentence.
fn title(lines: &[Line], verdicts: &[Verdict], first_prose: usize) -> Option<usize> {
    let candidate = |n: &usize| {
        matches!(verdicts[*n], Verdict::Keep(Role::Paragraph | Role::Heading)) && could_be_title(&lines[*n])
    };
    // Marked as a heading.
    if let Some(n) = (0..first_prose).filter(candidate).find(|&n| lines[n].mark == Mark::Heading) {
        return Some(n);
    }
    // Said in the first line with the site's name behind it, which was the page's <title>: 标题_网易新闻中心.
    let longer = |n: &usize| {
        *n > 0
            && lines[*n].chars >= 5
            && lines[0].text.starts_with(lines[*n].text.as_ref())
            && lines[0].chars > lines[*n].chars
    };
    if let Some(n) = (0..=first_prose.min(lines.len() - 1)).filter(candidate).find(longer) {
        return Some(n);
    }
    // Said again later, alone or with a picture's number.
    let again = |n: &usize| lines[n + 1..].iter().any(|line| repeats(&line.text, &lines[*n].text));
    if let Some(n) = (0..=first_prose).filter(candidate).find(|n| lines[*n].chars >= 5 && again(n)) {
        return Some(n);
    }
    // Right before a dateline or a credit line.
    let dateline = |n: usize| matches!(verdicts.get(n), Some(Verdict::Drop("dateline") | Verdict::Keep(Role::Byline)));
    if let Some(n) = (0..first_prose).filter(candidate).rfind(|&n| dateline(n + 1)) {
        return Some(n);
    }
    // The only line before the text, and long enough to say something.
    let before: Vec<usize> = (0..first_prose).filter(|&n| kept(verdicts[n])).collect();
    match before[..] {
        [only]
            if candidate(&only)
                && lines[only].chars >= 6
                && !lines[only].text.ends_with([':', '：', '，', ',', '、']) =>
        {
            Some(only)
        }
        _ => None,
    }
}

/// Short, and no sentence: no stop at its end, no comma-and-stop inside.
fn could_be_title(line: &Line) -> bool {
    (2..=LONGEST_TITLE).contains(&line.chars)
        && !line.text.ends_with(['。', '；', ';', '，', '、', ','])
        && !line.text.contains('。')
}
