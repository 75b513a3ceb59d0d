//! JSON-LD: the facts that articles, posts and products state.

use serde_json::Value;

/// What was stated, the first of each.
#[derive(Debug, Default, Clone)]
pub struct Facts {
    pub headline: Option<String>,
    pub published: Option<String>,
    pub modified: Option<String>,
    pub authors: Vec<String>,
    pub publisher: Option<String>,
    pub description: Option<String>,
    pub keywords: Vec<String>,
    pub body: Option<String>,
}

/// Types that speak of the page's main matter.
const TYPES: &[&str] =
    &["Article", "Posting", "Report", "Question", "Recipe", "Review", "VideoObject", "Book", "Thesis"];

impl Facts {
    /// Reads all scripts.
    pub fn read(scripts: &[String]) -> Facts {
        let mut strong = Facts::default();
        let mut weak = Facts::default();
        for script in scripts {
            let Some(value) = parse(script) else { continue };
            let mut stack = vec![&value];
            while let Some(value) = stack.pop() {
                match value {
                    Value::Array(items) => stack.extend(items.iter().rev()),
                    Value::Object(map) => {
                        let kind = kind(value);
                        let facts = if TYPES.iter().any(|t| kind.contains(t)) { &mut strong } else { &mut weak };
                        if kind != "Comment" && kind != "Answer" {
                            facts.take(value);
                        }
                        // `@graph`, `mainEntity` and the like; persons and comments are no pages.
                        let deeper = map.iter().filter(|(key, v)| {
                            (v.is_object() || v.is_array())
                                && matches!(
                                    key.as_str(),
                                    "@graph" | "mainEntity" | "mainEntityOfPage" | "itemListElement" | "item"
                                )
                        });
                        stack.extend(deeper.map(|(_, v)| v).collect::<Vec<_>>().into_iter().rev());
                    }
                    _ => {}
                }
            }
        }
        strong.complete(weak)
    }

    fn take(&mut self, value: &Value) {
        let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::trim).filter(|t| !t.is_empty());
        fill(&mut self.headline, text("headline").or_else(|| text("name")));
        fill(&mut self.published, text("datePublished").or_else(|| text("dateCreated")).or_else(|| text("uploadDate")));
        fill(&mut self.modified, text("dateModified"));
        fill(&mut self.description, text("description"));
        fill(&mut self.body, text("articleBody"));
        fill(&mut self.publisher, value.get("publisher").and_then(name));
        if self.authors.is_empty() {
            self.authors = value.get("author").or_else(|| value.get("creator")).map(names).unwrap_or_default();
        }
        if self.keywords.is_empty() {
            self.keywords = match value.get("keywords") {
                Some(Value::String(s)) => split(s),
                Some(Value::Array(a)) => a.iter().filter_map(Value::as_str).flat_map(split).collect(),
                _ => Vec::new(),
            };
        }
    }

    /// Fills what is missing; authors, headline and body of what is no article are not believed.
    fn complete(mut self, weak: Facts) -> Facts {
        self.published = self.published.or(weak.published);
        self.modified = self.modified.or(weak.modified);
        self.publisher = self.publisher.or(weak.publisher);
        self.description = self.description.or(weak.description);
        self
    }
}

fn fill(slot: &mut Option<String>, value: Option<&str>) {
    if slot.is_none() {
        *slot = value.map(str::to_owned);
    }
}

fn kind(value: &Value) -> &str {
    match value.get("@type") {
        Some(Value::String(kind)) => kind,
        Some(Value::Array(kinds)) => kinds.first().and_then(Value::as_str).unwrap_or(""),
        _ => "",
    }
}

fn name(value: &Value) -> Option<&str> {
    match value {
        Value::String(name) => Some(name.trim()),
        Value::Object(_) => value.get("name").and_then(Value::as_str).map(str::trim),
        Value::Array(items) => items.first().and_then(|v| v.get("name").unwrap_or(v).as_str()),
        _ => None,
    }
    .filter(|name| !name.is_empty())
}

fn names(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().filter_map(name).map(str::to_owned).collect(),
        other => name(other).map(str::to_owned).into_iter().collect(),
    }
}

/// A list of words as pages write it.
pub fn split(list: &str) -> Vec<String> {
    list.split([',', '，', ';', '；', '、', '|']).map(str::trim).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// Parses a script; raw line breaks inside strings are common and forgiven.
fn parse(script: &str) -> Option<Value> {
    let script = script.trim().trim_start_matches("<!--").trim_end_matches("-->").trim_end_matches(';');
    serde_json::from_str(script).ok().or_else(|| {
        let clean: String = script.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(clean.trim()).ok()
    })
}
