//! Threads and comments: each post in a container of its own with who wrote it and when.

use zonetext::extract::{Extracted, Form, Options, extract};
use zonetext::page::Container;

fn read(page: &str, comments: bool) -> Extracted {
    extract(page, &Options { form: Form::Html, comments, ..Options::default() })
}

/// Writer, time and text of each block in a comment.
fn posts(found: &Extracted) -> Vec<(u32, Option<&str>, Option<&str>, &str)> {
    let of = |block: &'_ zonetext::Block| match block.within.first() {
        Some(Container::Comment { number, author, date }) => Some((*number, author.clone(), date.clone())),
        _ => None,
    };
    let told = found.blocks.iter().filter(|block| of(block).is_some());
    told.map(|block| match &block.within[0] {
        Container::Comment { number, author, date } => {
            (*number, author.as_deref(), date.as_deref(), block.text.as_str())
        }
        _ => unreachable!("these are comments"),
    })
    .collect()
}

const ARTICLE: &str = "<title>老茶馆重新开门</title><article><h1>老茶馆重新开门</h1><p>老茶馆昨天重新开门，门前排起了长队，镇上的人都来了，掌柜忙得没有时间坐下。</p>\
<p>茶叶还是山里来的，水还是井里打的，价钱也没有变，老人们都说味道同从前一样，要天天来。</p></article>\
<ul class=\"comment-list\"><li><span class=\"author\">小林</span> <span class=\"date\">2026-03-04</span><p>我小时候天天跟着爷爷去，那时候一碗茶只要两分钱。</p></li>\
<li><span class=\"author\">过路人</span> <span class=\"date\">2026-03-05</span><p>昨天排了半个小时，茶不错，就是人太多。</p></li></ul>";

#[test]
fn comments_under_an_article_are_kept_only_when_asked_for() {
    let dropped = read(ARTICLE, false);
    assert!(posts(&dropped).is_empty());
    assert!(!dropped.blocks.iter().any(|block| block.text.contains("两分钱")));
    let kept = read(ARTICLE, true);
    assert_eq!(
        posts(&kept),
        [
            (1, Some("小林"), Some("2026-03-04"), "我小时候天天跟着爷爷去，那时候一碗茶只要两分钱。"),
            (2, Some("过路人"), Some("2026-03-05"), "昨天排了半个小时，茶不错，就是人太多。"),
        ]
    );
    let text = |found: &Extracted| {
        found.blocks.iter().filter(|b| b.within.is_empty()).map(|b| b.text.clone()).collect::<Vec<_>>()
    };
    assert_eq!(text(&kept), text(&dropped));
}

#[test]
fn a_page_that_is_one_comment_is_not_empty() {
    let page = "<div class=\"comment\"><span class=\"author\">小林</span><p>我小时候天天跟着爷爷去，那时候一碗茶只要两分钱。</p></div>";
    for comments in [false, true] {
        let found = read(page, comments);
        assert!(found.blocks.iter().any(|block| block.text.contains("两分钱")), "{comments}");
    }
}

#[test]
fn a_hundred_thousand_posts_take_linear_time() {
    let post = "<div class=\"post thread\"><span class=\"author\">小林</span><p>我小时候天天跟着爷爷去，那时候一碗茶只要两分钱，现在要八元。</p></div>";
    let found = read(&("<title>茶馆</title>".to_owned() + &post.repeat(100_000)), true);
    assert!(found.blocks.len() > 1);
}
