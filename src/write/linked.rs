//! A block's text with its links and images written out as Markdown.
//!
//! In: a block and those of its links that are wanted. Out: the text, and the images that stand before and after it as paragraphs of
//! their own. Nothing of the text itself is touched but square brackets inside a link.

use super::record::Origin;
use crate::page::{Block, Kind, Link, Page};
use iri_string::types::{IriAbsoluteString, IriReferenceStr, IriStr};

/// A block in Markdown, without the mark of its kind.
#[derive(Default)]
pub struct Linked {
    pub before: Vec<String>,
    pub text: String,
    pub after: Vec<String>,
}

/// The block with these links.
pub fn linked<'a>(block: &Block, links: impl Iterator<Item = &'a Link>, base: &Base) -> Linked {
    let mut out = Linked::default();
    let text = block.text.as_str();
    if block.kind == Kind::Code {
        out.text = text.to_owned();
        return out;
    }
    let apart = !matches!(block.kind, Kind::Item | Kind::Row);
    let mut from = 0;
    for link in links {
        // Edits may have moved two links onto one place; what does not fit any more is text.
        let (Some(kept), Some(words)) = (text.get(from..link.range.start), text.get(link.range.clone())) else {
            continue;
        };
        let target = target(&base.resolved(&link.target));
        let written = match &link.image {
            Some(alt) => format!("![{}]({target})", bracketed(alt)),
            None if words.trim().is_empty() => continue,
            None => format!("[{}]({target})", bracketed(words)),
        };
        match link.image {
            Some(_) if apart && link.range.start == 0 => out.before.push(written),
            Some(_) if apart && link.range.start == text.len() => out.after.push(written),
            _ => {
                out.text.push_str(kept);
                out.text.push_str(&written);
                from = link.range.end;
            }
        }
    }
    out.text.push_str(&text[from..]);
    out
}

/// Brackets inside a link's words must not end it (CommonMark 0.31, 6.3).
fn bracketed(words: &str) -> String {
    words.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]").replace(['\n', '\t'], " ")
}

/// An address with white space or brackets stands between angle brackets (CommonMark 0.31, 6.3).
fn target(address: &str) -> String {
    let address = address.replace('<', "%3C").replace('>', "%3E");
    if address.contains([' ', '(', ')']) { format!("<{address}>") } else { address }
}

/// What relative addresses start from: the markup's `base` over the page's own address; nothing where neither is known.
pub struct Base(Option<IriAbsoluteString>);

impl Base {
    pub fn new(page: &Page, origin: &Origin) -> Base {
        let own = origin.url.as_deref().or(page.metadata.url.as_deref());
        let own = Base(own.and_then(|url| IriStr::new(url).ok()).map(|url| url.to_absolute().to_owned()));
        match &page.base {
            Some(base) => {
                let resolved = own.resolved(base);
                Base(IriStr::new(&resolved).ok().map(|url| url.to_absolute().to_owned()).or(own.0))
            }
            None => own,
        }
    }

    /// The address from the base (RFC 3986, section 5); as it is where it cannot be told.
    fn resolved(&self, address: &str) -> String {
        let tidy = address.replace(' ', "%20");
        match (&self.0, IriReferenceStr::new(&tidy)) {
            (Some(base), Ok(reference)) => reference.resolve_against(base).to_string(),
            _ => address.to_owned(),
        }
    }
}
