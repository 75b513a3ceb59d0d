//! What the head of a page says: title, meta elements, structured data, canonical address.
//!
//! In: the elements as the walk meets them. Out: [`Head`], raw values; which of them to believe is left to `metadata`.

use ego_tree::NodeRef;
use scraper::Node;
use scraper::node::Element as Markup;

/// Raw values of a page's head.
#[derive(Debug, Default)]
pub struct Head {
    pub title: Option<String>,
    /// `name`, `property` or `itemprop` in lower case, with `content`; in order.
    pub metas: Vec<(String, String)>,
    /// Bodies of `application/ld+json` scripts.
    pub json: Vec<String>,
    pub canonical: Option<String>,
    /// The first `lang` attribute.
    pub language: Option<String>,
    /// `datetime` attributes of `time` elements, in order.
    pub times: Vec<String>,
}

impl Head {
    /// A `script` element.
    pub fn script(&mut self, markup: &Markup, node: &NodeRef<'_, Node>) {
        if attribute(markup, "type").is_some_and(|t| t.trim().eq_ignore_ascii_case("application/ld+json")) {
            self.json.push(text_of(node));
        }
    }

    /// A `title` element; the first with text counts.
    pub fn title(&mut self, node: &NodeRef<'_, Node>) {
        if self.title.as_deref().is_none_or(|t| t.trim().is_empty()) {
            self.title = Some(text_of(node));
        }
    }

    /// A `meta` element.
    pub fn meta(&mut self, markup: &Markup) {
        let (mut name, mut content) = (None, None);
        for (key, value) in markup.attrs() {
            match key {
                "name" | "property" | "itemprop" => name = name.or(Some(value)),
                "content" => content = Some(value),
                _ => {}
            }
        }
        if let (Some(name), Some(content)) = (name, content)
            && !content.trim().is_empty()
        {
            self.metas.push((name.trim().to_ascii_lowercase(), content.trim().to_owned()));
        }
    }

    /// A `link` element.
    pub fn link(&mut self, markup: &Markup) {
        if attribute(markup, "rel").is_some_and(|r| r.eq_ignore_ascii_case("canonical")) {
            self.canonical = self.canonical.take().or_else(|| attribute(markup, "href").map(str::to_owned));
        }
    }

    /// The content of the first meta element of this name.
    pub fn meta_value(&self, name: &str) -> Option<&str> {
        self.metas.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }
}

/// The value of an attribute.
pub(super) fn attribute<'a>(markup: &'a Markup, name: &str) -> Option<&'a str> {
    markup.attrs().find(|(n, _)| *n == name).map(|(_, v)| v)
}

fn text_of(node: &NodeRef<'_, Node>) -> String {
    node.children().filter_map(|child| child.value().as_text().map(|t| &**t)).collect()
}
