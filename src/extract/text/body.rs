//! Where the main text of a dump lies: a page saved as text with all its menus and headline lists (a WET record, select-all and copy).
//!
//! The lines are weighed, prose for and headlines against, and the heaviest stretch is the text (Pasternack and Roth 2009, maximum
//! subsequence segmentation). Only where so many headline-like lines stand outside of it that the page can be nothing but a dump;
//! any other text keeps all its lines.

use super::Role;
use super::Verdict;
use super::line::{Line, Mark, is_han};
use super::rules::marker;
use std::ops::Range;

/// So many headline-like lines outside the stretch make a dump. Seed 000, with a teaser list of 30, is decided by its markers.
const HEADLINES: usize = 15;

/// A stretch of fewer code points than this may be a cookie notice; then the whole page is kept.
const LEAST: i64 = 200;

/// What a headline costs, in code points of prose: five of them outweigh a sentence of a hundred.
const HEADLINE: i64 = 20;

/// The lines of the main text, if this is a dump.
pub fn stretch(lines: &[Line], verdicts: &[Verdict]) -> Option<Range<usize>> {
    let mut weights: Vec<i64> = lines.iter().zip(verdicts).map(|(line, verdict)| weight(line, *verdict)).collect();
    if let Some(first) = verdicts.iter().position(|verdict| *verdict == Verdict::Drop("dateline")) {
        weights[first] = DATELINE;
    }
    let stretch = heaviest(&weights).filter(|_| !is_thread(lines))?;
    let headlines = |range: Range<usize>| weights[range].iter().filter(|weight| **weight == -HEADLINE).count();
    let inside = headlines(stretch.clone());
    let outside = headlines(0..lines.len()) - inside;
    let prose: i64 = weights.iter().filter(|weight| **weight > 0).sum();
    let held: i64 = weights[stretch.clone()].iter().filter(|weight| **weight > 0).sum();
    let enough = held >= LEAST;
    // A thread or a list has its prose all over the page: then no stretch is the text.
    (enough && outside >= HEADLINES && outside >= 2 * inside && held * 2 >= prose).then_some(stretch)
}

/// What the first dateline speaks for the lines after it: 来源 and 时间 stand right above the text. Later ones may date each teaser.
const DATELINE: i64 = 60;

fn weight(line: &Line, verdict: Verdict) -> i64 {
    let chars = line.chars.min(400) as i64;
    match verdict {
        Verdict::Drop(_) => -2,
        Verdict::Keep(Role::Code | Role::Row | Role::Quote) => chars,
        Verdict::Keep(Role::Caption | Role::Byline) => 0,
        Verdict::Keep(_) if marker(line).is_some() => -HEADLINE,
        Verdict::Keep(_) if is_cut(line) => -HEADLINE,
        // A headline may be long and end in ！; only a sentence of the text has a 。 in it.
        Verdict::Keep(_) if line.text.contains(['。', '．']) => {
            if line.prose {
                chars
            } else {
                chars / 2
            }
        }
        Verdict::Keep(_) if line.prose && line.finished() && !line.text.contains(is_han) => chars,
        Verdict::Keep(_) if line.prose && line.mark == Mark::None => chars / 4,
        Verdict::Keep(_) if line.finished() => 0,
        Verdict::Keep(Role::Heading) => -2,
        Verdict::Keep(_) => -HEADLINE,
    }
}

/// A teaser's summary: it breaks off with dots.
fn is_cut(line: &Line) -> bool {
    let bare = line.text.trim_end_matches(['[', ']', '【', '】', '详', '细', ' ', '>']);
    line.chars < 200 && !bare.ends_with("……") && (bare.ends_with('…') || bare.ends_with("..."))
}

/// Words that stand at each post of a thread. Three such lines make one: its posts lie all over the page, between the names and numbers of their writers.
const POSTS: &[&str] = &[
    "发表于",
    "楼主",
    "只看该作者",
    "回复本楼",
    "引用回复",
    "使用道具",
    "沙发",
    "板凳",
    "地板",
    "分享淘帖",
    "复制链接",
    "回帖",
    "积分",
    "注册时间",
    "在线时间",
];

fn is_thread(lines: &[Line]) -> bool {
    let post = |line: &&Line| line.chars <= 60 && POSTS.iter().any(|word| line.folded.text.contains(word));
    lines.iter().filter(post).take(3).count() == 3
}

/// The stretch with the greatest sum, the shortest of equals (Kadane's algorithm). `None` where no line has any weight.
fn heaviest(weights: &[i64]) -> Option<Range<usize>> {
    let (mut best, mut best_sum) = (None, 0);
    let (mut start, mut sum) = (0, 0);
    for (n, weight) in weights.iter().enumerate() {
        if sum <= 0 {
            (start, sum) = (n, 0);
        }
        sum += weight;
        if sum > best_sum {
            (best, best_sum) = (Some(start..n + 1), sum);
        }
    }
    best
}

/// Drops what stands outside the stretch, the title aside.
pub fn keep_only(stretch: &Range<usize>, title: Option<usize>, verdicts: &mut [Verdict]) {
    for (n, verdict) in verdicts.iter_mut().enumerate() {
        if !stretch.contains(&n) && Some(n) != title && matches!(verdict, Verdict::Keep(_)) {
            *verdict = Verdict::Drop("outside-text");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::heaviest;

    #[test]
    fn the_heaviest_stretch_is_found_as_by_trying_all() {
        let lists: [&[i64]; 5] = [&[-1, 5, -2, 4, -9, 6], &[-3, -1], &[], &[2], &[0, 1, -1, 1, 0, 3, -8, 4]];
        for weights in lists {
            let all = (0..weights.len()).flat_map(|from| (from + 1..=weights.len()).map(move |to| from..to));
            let most = all.map(|range| weights[range].iter().sum::<i64>()).max().unwrap_or(0).max(0);
            assert_eq!(heaviest(weights).map_or(0, |range| weights[range].iter().sum()), most, "{weights:?}");
        }
    }
}
