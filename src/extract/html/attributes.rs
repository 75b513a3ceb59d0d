//! What the attributes of an element say.
//!
//! In: an element as the walk meets it. Out: [`Seen`], and what the page says of itself by the way (languages, times, data). What
//! it means for the lines in the element is left to the walk.

use super::head::Head;
use super::tag::Tag;
use super::words::{self, Words};
use crate::extract::parse::Markup;

/// Bytes of a class attribute that names more than the element.
const LONG_CLASS: usize = 100;

/// What the attributes say, in one pass over them.
pub(super) fn attributes(
    tag: Tag,
    markup: Markup,
    cache: &mut words::Cache,
    head: &mut Head,
    preloaded: &mut Vec<String>,
) -> Seen {
    let mut seen = Seen { shape: tag as u32, ..Seen::default() };
    for (name, value) in markup.attributes() {
        match name {
            "class" => {
                let (mut words, hash) = cache.words(value);
                // A long list of classes tells what a script may do with the element (`filterNonGdprConsent`), not what it is.
                if value.len() > LONG_CLASS {
                    words &= !words::NOTICE;
                }
                seen.words |= words;
                seen.shape = seen.shape.wrapping_mul(31).wrapping_add(hash);
            }
            "id" => seen.words |= cache.words(value).0,
            "role" => match value {
                "navigation" | "menu" | "menubar" | "tablist" => seen.words |= words::NAV,
                "complementary" => seen.words |= words::SIDE,
                "contentinfo" => seen.words |= words::FOOT,
                "banner" => seen.words |= words::HEAD,
                "dialog" | "alertdialog" => seen.words |= words::FORM | words::NOTICE,
                "search" | "alert" => seen.words |= words::FORM,
                "main" | "article" => seen.words |= words::ARTICLE,
                _ => {}
            },
            "itemprop" => match value {
                "articleBody" => seen.words |= words::BODY,
                "author" => seen.words |= words::AUTHOR,
                "datePublished" => seen.words |= words::DATE,
                "headline" => seen.words |= words::TITLE,
                "description" => seen.words |= words::SUMMARY,
                _ => {}
            },
            "data-preloaded" => preloaded.push(value.to_owned()),
            // 11 of 436 pages mark something so, 34 open a dialog: not one sentence of a gold text in them.
            "data-nosnippet" => seen.words |= words::NOTICE,
            "aria-modal" if value == "true" => seen.words |= words::NOTICE,
            "hidden" => seen.hidden = true,
            "data-tex" | "data-latex" | "data-formula" => seen.formula = true,
            "style" => seen.hidden |= hides(value),
            "href" => {
                seen.href = !value.is_empty();
                seen.fragment = value.len() > 1 && value.starts_with('#');
            }
            "rel" => seen.author = value.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("author")),
            "lang" if head.language.is_none() => head.language = Some(value.to_owned()),
            "datetime" if tag == Tag::Time => head.times.push(value.to_owned()),
            "start" => seen.start = value.trim().parse().ok(),
            "value" if tag == Tag::Li => seen.value = value.trim().parse().ok(),
            _ => {}
        }
    }
    seen
}

/// What was read.
#[derive(Default)]
pub(super) struct Seen {
    /// What class, id, role and itemprop say.
    pub(super) words: Words,
    /// Equal for elements made by the same template.
    pub(super) shape: u32,
    pub(super) hidden: bool,
    /// An attribute holds a formula.
    pub(super) formula: bool,
    /// It leads somewhere.
    pub(super) href: bool,
    /// To another place in the page.
    pub(super) fragment: bool,
    /// A link to who wrote the page (HTML, link type `author`).
    pub(super) author: bool,
    pub(super) start: Option<u32>,
    pub(super) value: Option<u32>,
}

/// Whether an inline style takes the element out of sight. `visibility: hidden` does not count: WeChat delivers the whole
/// article so and shows it by script.
fn hides(style: &str) -> bool {
    let Some(at) = style.find("display") else { return false };
    style[at + 7..].trim_start().strip_prefix(':').is_some_and(|rest| rest.trim_start().starts_with("none"))
}
