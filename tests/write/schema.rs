//! Records against their JSON Schema, made strict: a key that the schema does not describe is a fault too.

use serde_json::{Value, json};
use zonetext::write::record::{Failure, Origin, failed, record};
use zonetext::write::{Options, schema};
use zonetext::{Page, split};

/// A schema in which every object that lists properties allows no others.
fn strict(schema: &mut Value) {
    if let Value::Object(object) = schema {
        if object.contains_key("properties") {
            object.insert("additionalProperties".to_owned(), json!(false));
        }
        object.values_mut().for_each(strict);
    } else if let Value::Array(list) = schema {
        list.iter_mut().for_each(strict);
    }
}

fn inputs() -> Vec<Vec<u8>> {
    let mut inputs: Vec<Vec<u8>> = vec![Vec::new(), b"\xff\xfe\0".to_vec(), b"<p>\xd6\xd0\xce\xc4\xff</p>".to_vec()];
    for folder in crate::pages() {
        inputs.push(std::fs::read(folder.join("input.txt")).unwrap());
    }
    for folder in crate::entries("fixtures/extract/html") {
        inputs.push(std::fs::read(folder.join("input.html")).unwrap());
    }
    inputs
}

fn origin() -> Origin {
    let raw = |json: &str| serde_json::value::RawValue::from_string(json.to_owned()).unwrap();
    Origin {
        id: Some(raw("12345678901234567890123456789012345678901")),
        sha1: zonetext::write::record::sha1(b""),
        url: Some("https://user@news.example.cn:8080/a?b#c".to_owned()),
        metadata: vec![("数".to_owned(), raw("0.10000000000000000000000000001")), ("title".to_owned(), raw("[null]"))],
        surrogates: 1,
        script_to: "keep".to_owned(),
        ..Origin::default()
    }
}

fn pages() -> Vec<Page> {
    let options = zonetext::Options { split: Some(split::Options::default()), ..zonetext::Options::default() };
    let mut small = options.clone();
    small.decode.max_bytes = 10;
    inputs().iter().flat_map(|bytes| [zonetext::clean(bytes, &options), zonetext::clean(bytes, &small)]).collect()
}

#[test]
fn every_record_is_what_the_schema_says_and_no_more() {
    let mut json: Value = serde_json::from_str(schema::ZONETEXT_1).unwrap();
    assert!(jsonschema::meta::is_valid(&json), "the schema is a schema");
    strict(&mut json);
    let schema = jsonschema::validator_for(&json).unwrap();
    let failure = Failure { code: "json", stage: "read", message: "broken".to_owned() };
    let empty = Page::default();
    let mut lines = vec![failed(&empty, &Origin::default(), &Options::default(), failure).line()];
    lines.extend(pages().iter().map(|page| record(page, &origin(), &Options::default()).line()));
    assert!(lines.len() > 40);
    for line in lines {
        let value: Value = serde_json::from_str(&line).unwrap();
        let faults: Vec<String> =
            schema.iter_errors(&value).map(|e| format!("{} at {}", e, e.instance_path())).collect();
        assert!(faults.is_empty(), "{}\n{line}", faults.join("\n"));
    }
}

#[test]
fn another_schema_moves_values_and_changes_none() {
    let page = zonetext::clean(
        "<html lang=zh><title>标题 - 某网</title><meta name=author content='张三'><meta name=description content='摘要'>\
         <article><h1>标题</h1><p>今天天气很好，我们去公园散步。他说：“明天见。”</p></article>"
            .as_bytes(),
        &zonetext::Options::default(),
    );
    let origin = origin();
    let under = |schema| record(&page, &origin, &Options { schema, ..Options::default() }).line();
    let own: Value = serde_json::from_str(&under(schema::Schema::Zonetext)).unwrap();

    let line = under(schema::Schema::Datatrove);
    assert!(line.contains(r#""id":12345678901234567890123456789012345678901,"#), "{line}");
    assert!(line.contains(r#""数":0.10000000000000000000000000001"#), "{line}");
    let value: Value = serde_json::from_str(&line).unwrap();
    assert_eq!(keys(&value), ["text", "id", "metadata"]);
    assert_eq!(value["metadata"]["zt"], own["zt"]);
    assert_eq!(value["metadata"]["metadata"], own["metadata"], "the input's own keys cannot hide ours");

    let value: Value = serde_json::from_str(&under(schema::Schema::Dolma)).unwrap();
    assert_eq!(keys(&value), ["id", "text", "source", "added", "created", "metadata"]);
    assert_eq!(value["id"], "12345678901234567890123456789012345678901");
    assert_eq!((&value["source"], &value["text"]), (&json!(""), &own["text"]));

    let value: Value = serde_json::from_str(&under(schema::Schema::Oscar)).unwrap();
    assert_eq!(keys(&value), ["content", "warc_headers", "metadata"]);
    assert_eq!(value["content"], own["text"]);
    assert_eq!(value["warc_headers"]["warc-target-uri"], own["url"]);
    assert_eq!(value["metadata"]["identification"], json!({"label": "zh"}));
    assert_eq!(value["metadata"]["zonetext"]["blocks"], own["blocks"]);

    let value: Value = serde_json::from_str(&under(schema::Schema::Trafilatura)).unwrap();
    assert_eq!((&value["title"], &value["author"]), (&json!("标题"), &json!("张三")));
    assert_eq!((&value["hostname"], &value["excerpt"]), (&json!("news.example.cn"), &json!("摘要")));
    assert_eq!((&value["fingerprint"], &value["pagetype"]), (&own["zt"]["simhash"], &own["zt"]["page"]));
    assert_eq!((&value["tags"], &value["license"]), (&Value::Null, &Value::Null));
    for line in [under(schema::Schema::Oscar), under(schema::Schema::Dolma)] {
        assert_eq!(line.matches('\n').count(), 1, "one line a record");
    }
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}
