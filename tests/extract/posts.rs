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
<p>茶叶还是山里来的，水还是井里打的，价钱也没有变，老人们都说味道同从前一样，要天天来。</p>\
<p>茶馆开了一百二十年，中间停过两回，一回是打仗，一回是修路，两回都是街坊凑钱把它重新开起来的，墙上还挂着当年凑钱的名单，掌柜每天早上都要擦一遍。</p>\
<p>掌柜姓周，是第四代，他说修房子用了八个月，梁换了两根，瓦换了一半，桌子椅子一张也没有换，就是为了让老人们坐下来的时候还认得自己的位子。</p>\
<p>从今天起茶馆早上六点开门，晚上九点关门，星期一休息，学生来喝茶半价，外地来的客人可以在门口领一张地图，上面标着城里的十座老桥和八口老井。</p>\
<p>县里打算把茶馆前面的巷子也修一修，路灯要换，水沟要清，两边的房子只刷墙不拆，工期两个月，修的时候茶馆照常开门，从后面的院子进去就可以了。</p></article>\
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
