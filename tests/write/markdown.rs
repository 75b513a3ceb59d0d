//! Markdown: links and images stay where they stood, whatever the later stages did to the text around them.

use zonetext::write::record::Origin;
use zonetext::write::{Format, Options, write};
use zonetext::{Page, extract, script};

const PAGE: &str = "fixtures/write/markdown/links.html";

fn page(to: &str) -> Page {
    let options = zonetext::Options {
        extract: Some(extract::Options { links: true, ..Default::default() }),
        script: Some(script::Options { to: script::Target::parse(to).unwrap(), ..Default::default() }),
        ..Default::default()
    };
    zonetext::clean(&std::fs::read(PAGE).unwrap(), &options)
}

fn markdown(page: &Page, options: Options) -> String {
    let origin = Origin { url: Some("https://www.example.cn/a/b.html".to_owned()), ..Origin::default() };
    write(page, &origin, &Options { format: Format::Markdown, ..options })
}

#[test]
fn links_and_images_are_written_where_they_stand() {
    let expected = std::fs::read_to_string(PAGE.replace(".html", ".md")).unwrap();
    assert_eq!(markdown(&page("keep"), Options::default()), expected);
}

#[test]
fn without_them_it_is_the_text() {
    let plain = markdown(&page("keep"), Options { drop_links: true, drop_images: true, ..Options::default() });
    assert!(!plain.contains("]("), "{plain}");
    let without = zonetext::clean(&std::fs::read(PAGE).unwrap(), &zonetext::Options::default());
    assert_eq!(plain, markdown(&without, Options::default()));
}

#[test]
fn a_link_moves_with_its_words() {
    for (to, words) in
        [("keep", ["昨天重新开门", "[退休]教师", "老照片"]), ("t", ["昨天重新開門", "[退休]教師", "老照片"])]
    {
        let page = page(to);
        let links = page.blocks.iter().flat_map(|block| {
            block
                .marks
                .iter()
                .filter(|mark| matches!(mark.kind, zonetext::MarkKind::Link { .. }))
                .map(|mark| &block.text[mark.range.clone()])
        });
        assert_eq!(links.collect::<Vec<_>>(), words);
    }
}

#[test]
fn addresses_that_run_are_none() {
    let page = "<article><p>今天天气很好，<a href=' JaVaScRiPt:alert(1)'>我们去公园</a>散步，<a href='java\nscript:a()'>看见</a>了\
                <a href='#top'>很多</a>花。</p><img src='data:image/gif;base64,R0lGOD'><p>他说：明天也会很好，我们再去。</p></article>";
    let options = zonetext::Options {
        extract: Some(extract::Options { links: true, ..Default::default() }),
        ..Default::default()
    };
    let written = markdown(&zonetext::clean(page.as_bytes(), &options), Options::default());
    assert!(!written.contains("]("), "{written}");
    assert!(written.contains("我们去公园散步，看见了很多花。"), "{written}");
}
