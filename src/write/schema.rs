//! The record under the names that other tools read. Pure renaming: what a schema has no place for stays under our names in its
//! metadata, nothing is invented, and what is unknown is `null`.
//!
//! In: the JSON of a record `zonetext/1`. Out: the same values, placed by the tables below. The values are moved as they are
//! written, so that a number of forty digits in the metadata of an input stays what it was.

use super::pairs::Pairs;
use serde::ser::{Serialize, Serializer};
use serde_json::value::RawValue;

/// Whose names a record bears.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Schema {
    /// `zonetext/1` itself.
    #[default]
    Zonetext,
    /// What datatrove's `JsonlReader` reads: `text`, `id`, everything else in `metadata`.
    Datatrove,
    /// Documents of the Dolma toolkit: `id`, `text`, `source`, `added`, `created`, the rest in `metadata`. Ids are strings.
    Dolma,
    /// OSCAR 22.01 and later: `content`, `warc_headers`, `metadata.identification`.
    Oscar,
    /// The keys of trafilatura's JSON output; what it lacks stands under `zonetext`.
    Trafilatura,
}

impl std::str::FromStr for Schema {
    type Err = crate::Error;

    fn from_str(name: &str) -> Result<Schema, crate::Error> {
        match name {
            "zonetext" => Ok(Schema::Zonetext),
            "datatrove" => Ok(Schema::Datatrove),
            "dolma" => Ok(Schema::Dolma),
            "oscar" => Ok(Schema::Oscar),
            "trafilatura" => Ok(Schema::Trafilatura),
            _ => Err(crate::Error::Name {
                name: name.to_owned(),
                known: "zonetext, datatrove, dolma, oscar, trafilatura",
            }),
        }
    }
}

/// JSON Schema (2020-12) of the record `zonetext/1`, as `zonetext schema` prints it.
pub const ZONETEXT_1: &str = include_str!("zonetext-1.schema.json");

/// Where a value goes and what becomes of its shape on the way.
enum Shape {
    AsIs,
    /// A string, whatever JSON it was; `null` becomes the empty string.
    Text,
    /// The elements of a list of strings with this between them; an empty list is `null`.
    Joined(&'static str),
    /// The host of an address.
    Host,
}

/// Path in the new record, key in ours (or in our `zt`), shape. A path of more names is an object in the object.
type Row = (&'static [&'static str], &'static str, Shape);

const DATATROVE: &[Row] = &[(&["text"], "text", Shape::AsIs), (&["id"], "id", Shape::AsIs)];

const DOLMA: &[Row] = &[
    (&["id"], "id", Shape::Text),
    (&["text"], "text", Shape::AsIs),
    (&["source"], "source", Shape::Text),
    (&["added"], "added", Shape::Text),
    (&["created"], "created", Shape::Text),
];

const OSCAR: &[Row] = &[
    (&["content"], "text", Shape::AsIs),
    (&["warc_headers", "warc-record-id"], "id", Shape::Text),
    (&["warc_headers", "warc-target-uri"], "url", Shape::AsIs),
    (&["warc_headers", "warc-date"], "added", Shape::AsIs),
    (&["metadata", "identification", "label"], "language", Shape::AsIs),
];

const TRAFILATURA: &[Row] = &[
    (&["title"], "title", Shape::AsIs),
    (&["author"], "author", Shape::Joined("; ")),
    (&["hostname"], "url", Shape::Host),
    (&["date"], "published", Shape::AsIs),
    (&["fingerprint"], "simhash", Shape::AsIs),
    (&["id"], "id", Shape::AsIs),
    (&["license"], "license", Shape::AsIs),
    (&["comments"], "comments", Shape::Text),
    (&["raw_text"], "text", Shape::AsIs),
    (&["text"], "text", Shape::AsIs),
    (&["language"], "language", Shape::AsIs),
    (&["image"], "image", Shape::AsIs),
    (&["pagetype"], "page", Shape::AsIs),
    (&["filedate"], "added", Shape::AsIs),
    (&["source"], "url", Shape::AsIs),
    (&["source-hostname"], "site", Shape::AsIs),
    (&["excerpt"], "description", Shape::AsIs),
    (&["categories"], "categories", Shape::Text),
    (&["tags"], "tags", Shape::Joined(";")),
];

impl Schema {
    /// The table, and where everything goes that the table does not name.
    fn table(self) -> (&'static [Row], &'static [&'static str]) {
        match self {
            Schema::Zonetext => (&[], &[]),
            Schema::Datatrove => (DATATROVE, &["metadata"]),
            Schema::Dolma => (DOLMA, &["metadata"]),
            Schema::Oscar => (OSCAR, &["metadata", "zonetext"]),
            Schema::Trafilatura => (TRAFILATURA, &["zonetext"]),
        }
    }
}

/// A record under other names, as something to be written. `json` is a record as [`super::record::Record`] writes it.
pub fn renamed(json: &str, schema: Schema) -> serde_json::Result<Node> {
    let record: Pairs = serde_json::from_str(json)?;
    let state: Pairs = record.get("zt").map_or(Ok(Pairs::default()), |zt| serde_json::from_str(zt.get()))?;
    let (table, rest) = schema.table();
    let mut whole = Node::Object(Vec::new());
    for (path, key, shape) in table {
        whole.put(path, shape.of(record.get(key).or(state.get(key)).map(|raw| raw.get()))?);
    }
    for (key, value) in record.0 {
        if !table.iter().any(|(_, taken, _)| *taken == key) {
            let path: Vec<&str> = rest.iter().copied().chain([key.as_str()]).collect();
            whole.put(&path, value);
        }
    }
    Ok(whole)
}

impl Shape {
    /// The value in this shape; `json` is `None` where our record lacks the key.
    fn of(&self, json: Option<&str>) -> serde_json::Result<Box<RawValue>> {
        let json = json.unwrap_or("null");
        let string = serde_json::from_str::<Option<String>>(json).ok().flatten();
        let value = match self {
            Shape::AsIs => return RawValue::from_string(json.to_owned()),
            Shape::Text if json.starts_with('"') => return RawValue::from_string(json.to_owned()),
            Shape::Text => Some(if json == "null" { String::new() } else { json.to_owned() }),
            Shape::Joined(between) => {
                let list: Vec<String> = serde_json::from_str(json)?;
                (!list.is_empty()).then(|| list.join(between))
            }
            Shape::Host => string.as_deref().and_then(host).map(str::to_owned),
        };
        serde_json::value::to_raw_value(&value)
    }
}

/// What stands between `//` and the path, user and port left out.
fn host(url: &str) -> Option<&str> {
    let authority = url.split_once("//")?.1.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?;
    let host = if host.starts_with('[') { host.split_inclusive(']').next()? } else { host.split(':').next()? };
    (!host.is_empty()).then_some(host)
}

/// An object under construction.
pub enum Node {
    /// A value as it is written.
    Leaf(Box<RawValue>),
    /// Keys in the order in which they are written.
    Object(Vec<(String, Node)>),
}

impl Node {
    fn put(&mut self, path: &[&str], value: Box<RawValue>) {
        let (Node::Object(pairs), [name, rest @ ..]) = (self, path) else { return };
        if rest.is_empty() {
            return pairs.push(((*name).to_owned(), Node::Leaf(value)));
        }
        let place = pairs.iter().position(|(key, _)| key == name).unwrap_or(pairs.len());
        if place == pairs.len() {
            pairs.push(((*name).to_owned(), Node::Object(Vec::new())));
        }
        pairs[place].1.put(rest, value);
    }
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Node::Leaf(value) => value.serialize(to),
            Node::Object(pairs) => to.collect_map(pairs.iter().map(|(key, node)| (key, node))),
        }
    }
}
