//! What form a text still shows comes out as form.

use zonetext::extract::{Form, Options, extract};
use zonetext::page::{Container, Kind, MarkKind};

fn read(text: &str) -> zonetext::extract::Extracted {
    extract(text, &Options { form: Form::Text, links: true, ..Options::default() })
}

const MARKDOWN: &str = "# 怎样养好一盆兰花

兰花喜欢半阴的地方，夏天要遮去七成的阳光，冬天可以让它多晒一会儿，[土壤](https://example.com/soil)要疏松。

## 浇水

浇水的时候要看盆土的干湿，一般是不干不浇，浇就浇透，水从盆底流出来才算数。

- 春天三天一次
  - 有风的日子多一次
- 夏天每天早晚各一次

| 季节 | 次数 | 水温 |
|---|---|---|
| 春 | 10 |  |
| 夏 | 60 | 常温 |

```python
for day in range(30):
    water(day)
```

按这个办法养，一盆兰花可以开上五六年，每年春天还能分出两三棵小苗来送给朋友。
";

#[test]
fn markdown_is_read_into_blocks() {
    let found = read(MARKDOWN);
    let kinds: Vec<&Kind> = found.blocks.iter().map(|block| &block.kind).collect();
    assert!(kinds.contains(&&Kind::Title) && kinds.contains(&&Kind::Heading { level: 2 }), "{kinds:?}");
    let code = found.blocks.iter().find(|block| matches!(block.kind, Kind::Code { .. })).expect("code");
    assert_eq!(code.text, "for day in range(30):\n    water(day)");
    assert_eq!(code.kind, Kind::Code { language: Some("python".into()) });
    let table = found.blocks.iter().find_map(|block| match &block.kind {
        Kind::Table(grid) => Some((grid, &block.text)),
        _ => None,
    });
    let (grid, text) = table.expect("a table");
    assert_eq!((grid.columns, grid.header_rows, grid.cells.len()), (3, 1, 9));
    assert_eq!(text, "季节\t次数\t水温\n春\t10\t\n夏\t60\t常温");
    let depth = |words: &str| {
        let block = found.blocks.iter().find(|block| block.text == words).expect("an item");
        block.within.iter().filter(|container| matches!(container, Container::Item { .. })).count()
    };
    assert_eq!((depth("春天三天一次"), depth("有风的日子多一次"), depth("夏天每天早晚各一次")), (1, 2, 1));
    let link = found.blocks.iter().flat_map(|block| block.marks.iter().map(move |mark| (block, mark)));
    let links: Vec<(&str, &str)> = link
        .filter_map(|(block, mark)| match &mark.kind {
            MarkKind::Link { target } => Some((&block.text[mark.range.clone()], target.as_str())),
            _ => None,
        })
        .collect();
    assert_eq!(links, [("土壤", "https://example.com/soil")]);
}

#[test]
fn wrapped_lines_are_one_paragraph() {
    let text = "第十二章　归途

　　天色渐渐暗了下来，他背着沉重的行囊，沿着河岸一步一步地往
前走。河面上起了一层薄雾，对岸的灯火时隐时现，像是在眨眼睛。
　　“再走两里就到渡口了。”船夫说，“不过今晚恐怕没有船了，你最
好在村里住一夜。”
　　他点点头，没有说话。
";
    let texts: Vec<String> = read(text).blocks.into_iter().map(|block| block.text).collect();
    assert!(texts.iter().any(|text| text.contains("一步一步地往前走。")), "{texts:?}");
    assert!(texts.iter().any(|text| text.contains("你最好在村里住一夜。”")), "{texts:?}");
    assert!(texts.iter().any(|text| text == "他点点头，没有说话。"), "{texts:?}");
}

#[test]
fn tags_that_were_left_do_not_come_out() {
    let text = "<li><a href=\"/news\">新闻
<h1>老茶馆重新开门</h1>
<p>老茶馆昨天重新开门，门前的长队从清晨一直排到中午，<strong>掌柜</strong>忙得没有时间喝水。
</div><p class=\"lead\">茶馆由六位退休教师合伙经营，房子是镇上免费提供的，一壶茶只要两块钱。<br/>
<img src=\"a.jpg\" alt=\"茶馆\">他们不图赚钱，只想让年轻人有个坐下来说话的地方，<a href=\"/x\" class=\"y
";
    let out: String = read(text).blocks.into_iter().map(|block| block.text + "\n").collect();
    assert!(!out.contains(['<', '>']) && !out.contains("href"), "{out}");
    assert!(out.contains("掌柜忙得没有时间喝水。") && out.contains("说话的地方，"), "{out}");
}

#[test]
fn two_things_in_a_line_are_judged_apart_and_stay_together_where_both_stay() {
    let sentence = "镇上的桥是清朝修的，三个拱，石缝里长着草，每年发大水的时候，老人都要去看一看水到了哪一块石头。";
    let texts = |text: &str| read(text).blocks.into_iter().map(|block| block.text).collect::<Vec<_>>();
    let body = format!("{sentence}\n{sentence}今年也一样。\n");
    let cut = texts(&format!("{body}{sentence}水退了。（责任编辑：张三）\n分享到\n上一篇 下一篇\n"));
    assert!(cut.iter().all(|text| !text.contains("责任编辑") || !text.contains("水退了")), "{cut:?}");
    let whole = texts(&format!("{body}王二 李三 赵四 钱五 孙六 {sentence}\n"));
    assert!(whole.contains(&format!("王二 李三 赵四 钱五 孙六 {sentence}")), "{whole:?}");
    assert!(whole.iter().all(|text| !text.contains('\u{fdd0}')), "{whole:?}");
}
