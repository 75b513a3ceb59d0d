//! Units of an article: lists, programs and tables go whole, at its end too, and small edits elsewhere in the article change no verdict.

use zonetext::extract::{Form, Options, extract};

const HEAD: &str = "<html><head><title>沏茶的步骤 - 清河茶事</title></head><body><ul class=\"nav\"><li><a href=/>首页</a></li><li><a href=/a>茶叶</a></li>\
<li><a href=/b>茶具</a></li></ul><main><h1>沏茶的步骤</h1>";
const FOOT: &str = "</main><div class=\"footer\"><p><a href=/about>关于我们</a> <a href=/map>网站地图</a></p><p>版权所有 清河茶事</p></div></body></html>";

/// Articles with one unit each, and words that have to come out with it.
const ARTICLES: [(&str, &[&str]); 4] = [
    (
        "<p>沏一壶好茶不难，用 <code>95 ℃</code> 的水就够了，按下面三步来做，每一步都不要着急。</p>\
         <ol><li>先用热水把壶和杯子都烫一遍</li><li>放入五克茶叶，再注水到八分满</li><li>等三分钟，倒出第一杯茶</li></ol>",
        &["先用热水把壶和杯子都烫一遍", "放入五克茶叶，再注水到八分满", "等三分钟，倒出第一杯茶"],
    ),
    (
        "<p>老茶馆的账目是用程序算的，掌柜写得不长，每天晚上运行一次，算完就关门回家。</p><p>程序是这样写的：</p>\
         <pre><code>let total = cups * 3;\nprintln!(\"{total}\");</code></pre>",
        &["let total = cups * 3;\nprintln!(\"{total}\");"],
    ),
    (
        "<p>茶馆一年四季卖的茶不一样，春天的最贵，冬天的最便宜，价钱写在门口的木牌上。</p><p>价钱如下：</p>\
         <table><tr><th>季节</th><th>价钱</th></tr><tr><td>春</td><td>八元</td></tr><tr><td>夏</td><td>六元</td></tr><tr><td>冬</td><td>三元</td></tr></table>",
        &["季节\t价钱\n春\t八元\n夏\t六元\n冬\t三元"],
    ),
    (
        "<p>掌柜说，茶叶还是山里来的，水还是井里打的，价钱也没有变，老人们都说味道同从前一样。</p><p>下面是几个问题：</p>\
         <ul><li>为什么井水比河水更适合沏茶？请说说你的看法。</li><li>如果茶叶放了两年，还能不能喝？怎么看得出来？</li></ul>",
        &["为什么井水比河水更适合沏茶？请说说你的看法。", "如果茶叶放了两年，还能不能喝？怎么看得出来？"],
    ),
];

/// Small edits of an article that leave its unit alone.
fn edited(article: &str) -> Vec<String> {
    let end = article.find("</p>").unwrap();
    vec![
        article.to_owned(),
        article.replacen("<code>95 ℃</code>", "九十五度", 1),
        article.replacen("<p>", "<p>　　", 1),
        article.replacen("，", "、", 1),
        format!("{}<b>记住</b>这一点。{}", &article[..end], &article[end..]),
        format!("<p>本文写给第一次沏茶的人，看完以后就可以自己动手试一试，不会也没有关系。</p>{article}"),
        article.replacen("<p>", "<p class=\"x1\">", 1),
        format!("<div>{article}</div>"),
    ]
}

fn lines(page: &str) -> Vec<String> {
    let found = extract(page, &Options { form: Form::Html, ..Options::default() });
    found.blocks.into_iter().map(|block| block.text).collect()
}

#[test]
fn small_edits_change_no_verdict_on_a_unit() {
    let mut wrong = Vec::new();
    for (article, unit) in ARTICLES {
        for (number, edit) in edited(article).iter().enumerate() {
            let found = lines(&format!("{HEAD}{edit}{FOOT}"));
            let lost = unit.iter().filter(|wanted| !found.iter().any(|line| line == *wanted));
            wrong.extend(lost.map(|lost| format!("edit {number} loses {lost:?}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_follows_a_text_and_is_no_part_of_it_stays_out() {
    let text = "<p>清河镇的老茶馆昨天重新开门，门前排起了长队，镇上的人都来了，掌柜忙得没有时间坐下来喝一口水。</p>\
                <p>茶叶还是山里来的，水还是井里打的，价钱也没有变，老人们都说味道同从前一样，要天天来。</p>";
    for (after, words) in [
        (
            "<ul><li><a href=/1>清河镇下了一场大雨，街上的水半天才退</a></li><li><a href=/2>新桥通车，两岸的人走了半个月的路</a></li></ul>",
            "新桥通车",
        ),
        ("<ul><li>分享到微博</li><li>分享到微信</li><li>打印</li></ul>", "打印"),
        ("<ul class=\"tags\"><li>茶馆</li><li>清河镇</li></ul>", "清河镇"),
        ("<ul><li>电话：010-0000000</li><li>传真：010-0000001</li><li>邮编：100000</li></ul>", "传真"),
    ] {
        let found = lines(&format!("{HEAD}{text}{after}{FOOT}"));
        assert!(!found.iter().any(|line| line.contains(words) && line.chars().count() < 30), "{words}: {found:?}");
    }
}

#[test]
fn facts_of_which_one_is_kept_are_kept_together() {
    let page = "<html><head><title>紫砂壶 - 某某商城</title></head><body><div class=\"nav\"><a href=/>首页</a><a href=/c>购物车</a></div><h1>紫砂壶</h1>\
        <div class=\"attributes\"><ul><li>产品名称：清河紫砂壶，由镇上三代匠人手工制作</li><li>容量: 200毫升</li><li>颜色: 红色 紫色</li><li>产地: 清河镇</li>\
        <li>货号: 0017</li></ul></div></body></html>";
    let found = lines(page);
    for fact in ["容量: 200毫升", "颜色: 红色 紫色", "产地: 清河镇", "货号: 0017"] {
        assert!(found.iter().any(|line| line == fact), "{fact}: {found:?}");
    }
}
