//! Speed of decode: `cargo bench --bench decode`. The same page in several encodings, declared and not.

use divan::counter::BytesCount;
use encoding_rs::{BIG5, Encoding, GBK, UTF_8};

fn main() {
    divan::main();
}

/// A page of about 100 KB, a third of it Chinese.
fn page(declared: &str) -> String {
    let line = "镇上的小图书馆周末开放，借书不用押金。老人们在河边下棋，一坐就是一个下午。";
    let paragraph = format!("<p class=\"text\" style=\"margin: 0\"><a href=\"/view/1024.html\">more</a>{line}</p>\n");
    format!("<html><head><meta charset=\"{declared}\"></head><body>\n{}</body></html>\n", paragraph.repeat(550))
}

fn measure(bencher: divan::Bencher<'_, '_>, declared: &str, encoding: &'static Encoding) {
    let text = page(declared);
    let text = if encoding == BIG5 { text.replace(|c: char| BIG5.encode(&c.to_string()).2, "的") } else { text };
    let (bytes, _, unmappable) = encoding.encode(&text);
    assert!(!unmappable);
    let options = zonetext::decode::Options::default();
    bencher
        .counter(BytesCount::new(bytes.len()))
        .bench(|| zonetext::decode::decode(divan::black_box(&bytes), &options).text.len());
}

#[divan::bench]
fn utf8(bencher: divan::Bencher<'_, '_>) {
    measure(bencher, "utf-8", UTF_8);
}

#[divan::bench]
fn gbk_declared(bencher: divan::Bencher<'_, '_>) {
    measure(bencher, "gbk", GBK);
}

#[divan::bench]
fn gbk_undeclared(bencher: divan::Bencher<'_, '_>) {
    measure(bencher, "", GBK);
}

#[divan::bench]
fn gbk_says_utf8(bencher: divan::Bencher<'_, '_>) {
    measure(bencher, "utf-8", GBK);
}

#[divan::bench]
fn big5_declared(bencher: divan::Bencher<'_, '_>) {
    measure(bencher, "big5", BIG5);
}

/// encoding_rs alone, to compare.
#[divan::bench]
fn gbk_plain_encoding_rs(bencher: divan::Bencher<'_, '_>) {
    let (bytes, ..) = GBK.encode(Box::leak(page("gbk").into_boxed_str()));
    bencher.counter(BytesCount::new(bytes.len())).bench(|| GBK.decode(divan::black_box(&bytes)).0.len());
}
