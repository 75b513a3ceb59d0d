//! A page's table of its own contents, when the page was saved as text.
//!
//! In: the lines. Out: verdicts. Wikis and manuals list their headings above the text; saved as text, 目录 and 1 历史, 2 各地茶馆 stand
//! between two paragraphs. They are told by what follows: each entry comes again further down, as the heading it stands for. The
//! contents of a book, whose chapters are not there, stay.

use super::line::Line;
use super::tail::Verdict;
use std::collections::HashMap;

/// So many entries that come again make a table of contents.
const ENTRIES: usize = 2;

/// Entries that are looked at: a longer list is the text itself.
const MOST: usize = 300;

/// No heading is longer, in code points.
const LONGEST: usize = 40;

/// Drops tables of contents whose headings follow.
pub fn judge(lines: &[Line], verdicts: &mut [Verdict]) {
    let starts = (0..lines.len())
        .filter(|n| is_contents(&lines[*n]) && verdicts[*n].is_none_or(|rule| rule == super::tail::JUDGED));
    let starts: Vec<usize> = starts.collect();
    if starts.is_empty() {
        return;
    }
    let mut last: HashMap<&str, usize> = HashMap::new();
    for (n, line) in lines.iter().enumerate().filter(|(_, line)| line.chars <= LONGEST) {
        last.insert(heading(line.text), n);
    }
    let mut done = 0;
    for start in starts {
        if start < done {
            continue;
        }
        let again = |n: &usize| last.get(heading(lines[*n].text)).is_some_and(|at| at > n);
        let entries = start + 1..(start + 1 + MOST).min(lines.len());
        let entries: Vec<usize> =
            entries.take_while(|n| lines[*n].chars <= LONGEST && (again(n) || is_numbered(&lines[*n]))).collect();
        let found = entries.iter().filter(|n| again(n)).count();
        if found >= ENTRIES && found * 2 >= entries.len() {
            done = start + entries.len() + 1;
            verdicts[start..done].fill(Some("contents"));
        }
    }
}

/// An entry whose heading is not there any more is one by its number: 3 参考文献.
fn is_numbered(line: &Line) -> bool {
    line.text.starts_with(|c: char| c.is_ascii_digit()) && !line.finished()
}

fn is_contents(line: &Line) -> bool {
    matches!(
        line.folded.text.trim_end_matches([']', ':']).trim_end_matches("隐藏").trim_end_matches(['[', ' ']),
        "目录" | "contents"
    )
}

/// A heading's words: its number and 编辑 gone.
fn heading(text: &str) -> &str {
    let text = text.trim_end();
    let text =
        ["[编辑]", "[編輯]", "[edit]"].iter().find_map(|mark| text.strip_suffix(mark)).unwrap_or(text).trim_end();
    let words = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c.is_whitespace());
    if words.is_empty() { text } else { words }
}
