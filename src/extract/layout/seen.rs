//! What the attributes of an element say to the layout.
//!
//! In: an element as the walk meets it. Out: [`Seen`]. What a page writes in them is read once, whoever asks.

use crate::extract::parse::Markup;

/// What the attributes that many rules ask for say, read in one pass.
#[derive(Debug, Clone, Copy, Default)]
pub struct Seen<'a> {
    pub class: Option<&'a str>,
    pub id: Option<&'a str>,
    pub style: Option<&'a str>,
    pub hidden: bool,
    /// TeX that an attribute holds: Zhihu, WeChat, MathJax 3.
    pub held: Option<&'a str>,
}

impl<'a> Seen<'a> {
    pub fn of(markup: Markup<'a>) -> Seen<'a> {
        let mut seen = Seen::default();
        for (name, value) in markup.attributes() {
            match name {
                "class" => seen.class = Some(value),
                "id" => seen.id = Some(value),
                "style" => seen.style = Some(value),
                "hidden" => seen.hidden = true,
                "data-tex" | "data-latex" | "data-formula" if !value.trim().is_empty() => {
                    seen.held = seen.held.or(Some(value))
                }
                _ => {}
            }
        }
        seen
    }
}
