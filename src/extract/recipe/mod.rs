//! What a user says of a site's pages: where the text stands, what is none of it, where title, date and author are.
//!
//! In: CSS selectors (crate scraper), by hand or by host from a file. Out: a [`Recipe`]; `applied` finds in a page what it selects.
//! A page without a recipe costs nothing. A page with one is parsed a second time, into the tree that scraper's selectors expect.

mod applied;
mod sites;

pub(super) use applied::{Applied, PRUNED, UNSELECTED, apply};
pub use sites::Sites;

use crate::error::Error;
use scraper::Selector;

/// What a part of a recipe is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Field {
    /// The text: what it selects is kept whole, and nothing else is.
    Content,
    /// None of the text.
    Drop,
    /// The title.
    Title,
    /// The publication date.
    Date,
    /// Who wrote it.
    Author,
}

impl Field {
    /// All, in the order in which they are told.
    pub const ALL: [Field; 5] = [Field::Content, Field::Drop, Field::Title, Field::Date, Field::Author];

    /// The word in files of recipes and in records.
    pub fn name(self) -> &'static str {
        match self {
            Field::Content => "content",
            Field::Drop => "drop",
            Field::Title => "title",
            Field::Date => "date",
            Field::Author => "author",
        }
    }
}

/// Where things stand in a page. The parts that are not given are found as usual.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Recipe {
    parts: Vec<Part>,
}

/// A selector and what it is for.
#[derive(Clone, PartialEq, Eq)]
struct Part {
    field: Field,
    /// As it was written.
    written: String,
    selector: Selector,
}

impl std::fmt::Debug for Recipe {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_map().entries(self.parts.iter().map(|part| (part.field.name(), &part.written))).finish()
    }
}

/// What a part of a recipe found in a page.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Selected {
    /// What it is for.
    pub field: Field,
    /// As it was written.
    pub selector: String,
    /// How many elements it selects. Where it is 0, the page is read as if the part were not there.
    pub elements: usize,
}

impl Recipe {
    /// Adds a selector; several for one field select what any of them does, `title` and `date` the first that finds something.
    pub fn add(&mut self, field: Field, selector: &str) -> Result<(), Error> {
        let parsed = Selector::parse(selector).map_err(|_| fault(selector))?;
        self.parts.push(Part { field, written: selector.to_owned(), selector: parsed });
        Ok(())
    }

    /// Nothing is asked for.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// This recipe, and of another the fields that this one lacks; what either drops is dropped.
    pub fn over(&self, other: &Recipe) -> Recipe {
        let lacks = |field: Field| field == Field::Drop || self.parts.iter().all(|part| part.field != field);
        let more = other.parts.iter().filter(|part| lacks(part.field));
        Recipe { parts: self.parts.iter().chain(more).cloned().collect() }
    }

    /// All parts with no element found, for a page that has none.
    pub(super) fn unfound(&self) -> Vec<Selected> {
        let unfound = |part: &Part| Selected { field: part.field, selector: part.written.clone(), elements: 0 };
        self.parts.iter().map(unfound).collect()
    }
}

/// What may follow a piece of a selector, so that it becomes a whole one.
const ENDINGS: [&str; 14] = ["", "a", "]", "a]", "=a]", "\"]", "']", ")", "a)", "1)", "is(a)", ")a", "a])", "]) "];

/// Characters of a selector that are looked at for the place of its fault.
const LONGEST: usize = 300;

/// Where a selector goes wrong: behind the longest beginning that could still become one. The crate's errors have no place.
fn fault(selector: &str) -> Error {
    let ends = selector.char_indices().map(|(at, c)| at + c.len_utf8()).take(LONGEST);
    let sound =
        |end: &usize| ENDINGS.iter().any(|more| Selector::parse(&format!("{}{more}", &selector[..*end])).is_ok());
    let at = ends.filter(sound).last().unwrap_or(0);
    let rest = &selector[at..];
    let problem = match rest.chars().next() {
        None => "it ends too soon".to_owned(),
        Some(_) => format!("{:?} cannot stand here", rest.chars().take(20).collect::<String>()),
    };
    Error::Selector { selector: selector.to_owned(), column: selector[..at].chars().count() + 1, problem }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_selector_is_told_with_its_place() {
        for (selector, place) in [
            ("div[", 5),
            ("div >> p", 6),
            (".a..b", 4),
            ("p:frobnicate", 3),
            ("", 1),
            ("a, , b", 4),
            ("article )", 9),
            ("h1:not(.a", 0),
            ("正文 > p", 0),
        ] {
            let found = Recipe::default().add(Field::Content, selector);
            match found {
                Ok(()) => assert_eq!(place, 0, "{selector} is sound"),
                Err(Error::Selector { column, .. }) => assert_eq!(column, place, "{selector}"),
                Err(other) => panic!("{other}"),
            }
        }
    }

    #[test]
    fn what_the_user_types_stands_above_the_file() {
        let recipe = |parts: &[(Field, &str)]| {
            let mut recipe = Recipe::default();
            parts.iter().for_each(|(field, selector)| recipe.add(*field, selector).unwrap());
            recipe
        };
        let typed = recipe(&[(Field::Content, "main"), (Field::Drop, ".ad")]);
        let file = recipe(&[(Field::Content, "article"), (Field::Drop, ".share"), (Field::Title, "h1")]);
        let both =
            recipe(&[(Field::Content, "main"), (Field::Drop, ".ad"), (Field::Drop, ".share"), (Field::Title, "h1")]);
        assert_eq!(typed.over(&file), both);
    }
}
