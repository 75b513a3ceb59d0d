//! Who published the page, and its tags.

use super::json::{Facts, split};
use super::{Found, JSON, META, meta};
use crate::extract::html::flat::Flat;
use std::ops::Range;

const LABELS: &[&str] =
    &["来源：", "来源:", "來源：", "來源:", "信息来源", "稿件来源", "文章来源", "来源", "來源", "出处：", "出处:"];

/// The source: what the byline names, or what the page calls itself.
pub(super) fn site(flat: &Flat, head: Range<usize>, facts: &Facts) -> Option<Found<String>> {
    let visible = head.filter(|i| flat.lines[*i].counts.tokens <= 80).find_map(|index| source(flat.line(index)));
    let visible = visible.map(|name| (name, "line near the headline", "来源"));
    visible
        .or_else(|| meta(flat, &["og:site_name"]))
        .or_else(|| Some((facts.publisher.clone()?, JSON, "publisher")))
        .or_else(|| meta(flat, &["application-name", "source", "mediaid", "publisher"]))
}

/// `来源：新华网` gives `新华网`.
fn source(line: &str) -> Option<String> {
    // Every label holds one of these.
    if !line.contains('源') && !line.contains('处') {
        return None;
    }
    let (label, at) = LABELS.iter().find_map(|label| line.find(label).map(|at| (label, at)))?;
    let rest = &line[at + label.len()..];
    let labelled = label.ends_with(['：', ':']) || rest.starts_with(['：', ':', ' ', '\u{3000}']);
    let rest = rest.trim_start_matches(['：', ':', ' ', '\u{3000}', '【', '[']);
    let end = rest.find(|c: char| c.is_whitespace() || "|｜（([]】，,。；;　".contains(c)).unwrap_or(rest.len());
    let mut name = &rest[..end];
    for next in ["作者", "编辑", "編輯", "责任编辑", "发布", "时间", "時間", "日期", "点击", "浏览", "字号", "字體"]
    {
        name = name.split(next).next().unwrap_or(name);
    }
    let name = name.trim();
    let length = name.chars().count();
    (labelled && (2..=24).contains(&length) && name.chars().any(char::is_alphabetic)).then(|| name.to_owned())
}

/// Tags: what machines are told, as the page lists it.
pub(super) fn tags(flat: &Flat, facts: &Facts) -> Option<Found<Vec<String>>> {
    let mut place = (META, "article:tag");
    let mut tags: Vec<String> =
        flat.head.metas.iter().filter(|(n, _)| n == "article:tag").flat_map(|(_, v)| split(v)).collect();
    if tags.is_empty() {
        tags = facts.keywords.clone();
        place = (JSON, "keywords");
    }
    if tags.is_empty() {
        tags = flat.head.meta_value("keywords").map(split).unwrap_or_default();
        place = (META, "keywords");
    }
    let mut seen = std::collections::HashSet::new();
    tags.retain(|tag| tag.chars().count() <= 40 && seen.insert(tag.clone()));
    tags.truncate(24);
    (!tags.is_empty()).then_some((tags, place.0, place.1))
}
