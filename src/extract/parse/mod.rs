//! HTML to a tree.

/// A parsed page.
pub struct Parsed {
    pub html: scraper::Html,
    /// What a budget (depth, nodes) changed, in words.
    pub limit: Option<String>,
}

/// Parses `text`. Total.
pub fn parse(text: &str) -> Parsed {
    Parsed { html: scraper::Html::parse_document(text), limit: None }
}
