//! What an input is taken for: `auto` tells pages, feeds, mail, Markdown, text with tags, JSON and mixtures, and says by what.

use zonetext::extract::{Extracted, Form, Options, extract};
use zonetext::page::Kind;

const PAGE: &str = "<html><head><title>茶馆 - 某网</title></head><body><p>老茶馆昨天重新开门，门前排起了长队。</p>\
<p>人们说，这里的茶还是从前的味道，一直到天黑也没有人离开。</p></body></html>";

const TEXT: &str = "从前有一座山，山上有一座庙。\n庙里有一个和尚。\n和尚在讲故事。\n";

fn auto(input: &str) -> Extracted {
    extract(input, &Options::default())
}

fn forms(found: &Extracted) -> Vec<&'static str> {
    found.readings.iter().map(|reading| reading.form).collect()
}

fn lines(found: &Extracted) -> Vec<&str> {
    found.blocks.iter().map(|block| block.text.as_str()).collect()
}

#[test]
fn each_form_is_told() {
    let feed = "<rss version=\"2.0\"><channel><title>某网</title><item><title>茶馆</title><description>老茶馆昨天重新开门。</description></item></channel></rss>";
    let markdown =
        "# 茶馆\n\n老茶馆昨天重新开门，[门前](https://example.com)排起了长队。\n\n## 茶\n\n还是从前的味道。\n";
    let tags = format!("{}</div></div>\n<p class=\"a\">茶</p>\n", "老茶馆昨天重新开门，门前排起了长队。\n".repeat(40));
    let mail = "From: 林晓 <a@example.com>\nTo: 周明\nSubject: 茶馆\n\n下周三上午可以谈。\n";
    let about_html = "用 <table> 元素写表格，用 <tr> 元素写一行，每一行里再放几个格子，这样一张表就写好了。\n写完以后在浏览器里看一看。\n";
    for (input, form) in [
        (PAGE, "html"),
        (feed, "feed"),
        (markdown, "markdown"),
        (&tags, "text with tags"),
        (mail, "mail"),
        (TEXT, "text"),
        (about_html, "text"),
    ] {
        let found = auto(input);
        assert_eq!(forms(&found), [form], "{input}");
        assert!(!found.readings[0].evidence.is_empty(), "{input}");
    }
}

#[test]
fn text_around_a_page_keeps_its_lines() {
    let found = auto(&format!("{TEXT}\n{PAGE}\n第二天他又来了，带着一壶新茶。\n第三天他没有来。\n"));
    assert_eq!(forms(&found), ["text", "html", "text"]);
    assert_eq!(found.blocks[0].kind, Kind::Title);
    let wanted: Vec<&str> = ["茶馆"]
        .into_iter()
        .chain(TEXT.lines())
        .chain(["老茶馆昨天重新开门，门前排起了长队。", "人们说，这里的茶还是从前的味道，一直到天黑也没有人离开。"])
        .chain(["第二天他又来了，带着一壶新茶。", "第三天他没有来。"])
        .collect();
    assert_eq!(lines(&found), wanted);
    for alone in [
        format!("HTTP/1.1 200 OK\nContent-Type: text/html\n\n{PAGE}"),
        format!("{PAGE}\n一行\n"),
        format!("\u{feff}\n{PAGE}"),
    ] {
        assert_eq!(forms(&auto(&alone)), ["html"], "{alone}");
    }
}

#[test]
fn a_page_within_json_is_read() {
    let escaped = serde_json::to_string(PAGE).unwrap();
    let object = format!("{{\"title\":\"另一个名字\",\"time\":\"2021-03-05\",\"html\":{escaped},\"id\":\"a-17\"}}");
    let plain: Vec<String> = lines(&auto(PAGE)).into_iter().map(str::to_owned).collect();
    for (json, dropped) in [(escaped.replace('/', "\\/"), vec![]), (object, vec!["title: 另一个名字", "id: a-17"])]
    {
        let found = auto(&json);
        assert_eq!(forms(&found), ["json", "html"], "{json}");
        assert_eq!(lines(&found), plain, "{json}");
        let told: Vec<&str> =
            found.dropped.iter().filter(|d| d.rule == "json-field").map(|d| d.text.as_str()).collect();
        assert_eq!(told.len(), dropped.len(), "{told:?}");
        assert!(dropped.iter().all(|field| told.contains(field)), "{told:?}");
    }
}

#[test]
fn text_that_is_text_is_read_the_same_by_auto_and_by_text() {
    for text in [TEXT, "# 茶馆\n\n- 一\n- 二\n", "\"今天天气很好。\"", "{\"a\": 1, \"b\": [2, 3]}"] {
        let asked = extract(text, &Options { form: Form::Text, ..Options::default() });
        assert_eq!(lines(&auto(text)), lines(&asked), "{text}");
    }
}

#[test]
fn a_text_of_several_parts_keeps_its_order() {
    let line = |number: usize| format!("第{number}天，他又到河边去看船，船还没有来，他坐下来等到天黑。");
    let mut text: Vec<String> = (0..30_000).map(line).collect();
    text[20_000] = "# 第二部分".to_owned();
    let found = auto(&text.join("\n"));
    assert_eq!(found.readings.len(), 1, "{:?}", found.readings);
    let wanted: Vec<&str> = text.iter().map(|line| line.trim_start_matches("# ")).collect();
    assert!(lines(&found) == wanted, "{} blocks", found.blocks.len());
}
