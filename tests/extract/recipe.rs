//! Recipes: what the user selects is the text, what is dropped goes, and no character is lost in silence.

use zonetext::extract::recipe::{Field, Recipe, Sites};
use zonetext::extract::{Extracted, Form, Options, extract};

const PAGE: &str = r#"<html><head><title>茶馆 - 某某网</title><meta name="by" content="李明"></head><body>
<div class="menu"><a href="/">首页</a> <a href="/n">新闻</a></div>
<h2 class="t">老茶馆重新开门</h2><p class="by">作者：王小红、李明 <span data-when="2026-03-04">三月四日</span> 2026-03-04</p>
<div class="a"><p>老茶馆昨天重新开门，<span class="ad">扫码领券，</span>门前排起了长队。</p><pre>fn main() {}</pre>
<ul class="share"><li>分享到微博</li></ul><table class="t1"><tr><td>甲</td><td>一</td></tr><tr><td>乙</td><td>二</td></tr></table></div>
<div class="b"><p>掌柜说，茶叶还是山里来的，水还是井里打的，价钱也没有变。</p></div>
<p>版权所有</p></body></html>"#;

fn recipe(parts: &[(Field, &str)]) -> Recipe {
    let mut recipe = Recipe::default();
    parts.iter().for_each(|(field, selector)| recipe.add(*field, selector).unwrap());
    recipe
}

fn read(page: &str, parts: &[(Field, &str)]) -> Extracted {
    extract(page, &Options { form: Form::Html, recipe: recipe(parts), ..Options::default() })
}

fn texts(found: &Extracted) -> Vec<&str> {
    found.blocks.iter().map(|block| block.text.as_str()).collect()
}

/// Kept and dropped characters of a page, sorted.
fn all(found: &Extracted) -> Vec<char> {
    let kept = found.blocks.iter().filter(|block| block.kind != zonetext::Kind::Title).map(|block| &block.text);
    let mut all: Vec<char> =
        kept.chain(found.dropped.iter().map(|one| &one.text)).flat_map(|text| text.chars()).collect();
    all.retain(|c| !c.is_whitespace());
    all.sort_unstable();
    all
}

#[test]
fn what_is_selected_is_the_text_and_nothing_else() {
    let found = read(PAGE, &[(Field::Content, ".b, .share")]);
    assert_eq!(texts(&found)[1..], ["分享到微博", "掌柜说，茶叶还是山里来的，水还是井里打的，价钱也没有变。"]);
    assert!(found.dropped.iter().any(|one| one.rule == "unselected" && one.text == "首页 新闻"));
    assert_eq!(found.selected[0].elements, 2);
    assert_eq!(found.confidence, 1.0);
}

#[test]
fn a_piece_of_a_sentence_can_be_selected_and_dropped() {
    let found = read(PAGE, &[(Field::Content, ".a"), (Field::Drop, ".ad, pre, .share, .t1")]);
    assert_eq!(texts(&found)[1..], ["老茶馆昨天重新开门，门前排起了长队。"]);
    let pruned: Vec<&str> =
        found.dropped.iter().filter(|one| one.rule == "pruned").map(|one| one.text.trim()).collect();
    assert_eq!(pruned, ["扫码领券，", "fn main() {}", "分享到微博", "甲一乙二"]);
    let found = read(PAGE, &[(Field::Content, "span")]);
    assert_eq!(texts(&found)[1..], ["三月四日", "扫码领券，"]);
}

#[test]
fn a_recipe_loses_no_character() {
    let usual = all(&read(PAGE, &[]));
    for parts in [
        vec![(Field::Content, ".a")],
        vec![(Field::Content, "span")],
        vec![(Field::Content, "td")],
        vec![(Field::Drop, "body")],
        vec![(Field::Drop, ".ad, td:first-child, li")],
        vec![(Field::Content, "body"), (Field::Drop, "p, pre")],
        vec![(Field::Content, "div"), (Field::Drop, "div div, span")],
    ] {
        let mut found = read(PAGE, &parts);
        let mut expected = usual.clone();
        // A title above the text is said once either way.
        found.blocks.retain(|block| block.kind != zonetext::Kind::Title);
        assert_eq!(all(&found), std::mem::take(&mut expected), "{parts:?}");
    }
}

#[test]
fn title_date_and_authors_are_read_where_the_recipe_says() {
    let found = read(PAGE, &[(Field::Title, "h2.t"), (Field::Date, "p.by"), (Field::Author, "meta[name=by]")]);
    assert_eq!(found.blocks[0].text, "老茶馆重新开门");
    assert_eq!(found.metadata.published.as_deref(), Some("2026-03-04"));
    assert_eq!(found.metadata.authors, ["李明"]);
    assert_eq!(found.metadata.source("author").unwrap().place, "selector of the user");
    // Attributes that extraction itself never reads can be asked for.
    let found = read(PAGE, &[(Field::Content, "[data-when]")]);
    assert_eq!(texts(&found)[1..], ["三月四日"]);
}

#[test]
fn where_nothing_is_selected_the_usual_choice_is_made_and_told() {
    let usual = read(PAGE, &[]);
    for parts in [vec![(Field::Content, ".nothing")], vec![(Field::Drop, "#no"), (Field::Title, "h6")]] {
        let found = read(PAGE, &parts);
        assert_eq!(found.blocks, usual.blocks);
        assert_eq!(found.dropped, usual.dropped);
        assert!(found.selected.iter().all(|part| part.elements == 0));
    }
    // What is there and has no text is no text.
    let empty = PAGE.replace("<div class=\"b\">", "<div class=\"c\"> </div><div class=\"b\">");
    assert_eq!(read(&empty, &[(Field::Content, ".c")]).blocks, usual.blocks);
    // A text has no elements.
    let options = Options { recipe: recipe(&[(Field::Content, "p")]), ..Options::default() };
    assert_eq!(extract("老茶馆昨天重新开门。", &options).selected[0].elements, 0);
}

#[test]
fn a_site_has_the_recipe_of_its_host() {
    let sites = Sites::parse(
        "[\"news.example.cn, m.example.cn\"]\ncontent = \".b\"\n[\"example.cn\"]\ncontent = [\".share\"]\n",
    )
    .unwrap();
    let content = |url: Option<&str>, page: &str| {
        let options =
            Options { form: Form::Html, sites: sites.clone(), url: url.map(str::to_owned), ..Options::default() };
        extract(page, &options).selected.first().map(|part| part.selector.clone())
    };
    let chosen = |selector: &str| Some(selector.to_owned());
    assert_eq!(content(Some("https://news.example.cn/1"), PAGE), chosen(".b"));
    assert_eq!(content(Some("https://m.example.cn/1"), PAGE), chosen(".b"));
    assert_eq!(content(Some("https://www.example.cn/1"), PAGE), chosen(".share"));
    assert_eq!(content(Some("https://example.com/1"), PAGE), None);
    assert_eq!(content(None, PAGE), None);
    let canonical = PAGE.replace("<head>", "<head><link rel=\"canonical\" href=\"https://m.example.cn/1\">");
    assert_eq!(content(None, &canonical), chosen(".b"));
    assert_eq!(content(Some("https://other.example.com/"), &canonical), None);
}

#[test]
fn a_page_of_elements_in_elements_takes_linear_time() {
    let page = "<div class=x><div class=x>".repeat(100) + &"<p class=x>茶<i class=y>水</i></p>".repeat(30_000);
    let found = read(&page, &[(Field::Content, ".x"), (Field::Drop, ".y"), (Field::Author, ".z")]);
    assert_eq!(found.selected[0].elements, 30_200);
    assert_eq!(found.blocks.iter().filter(|block| block.text == "茶").count(), 30_000);
}
