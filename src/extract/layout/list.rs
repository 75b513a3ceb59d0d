//! Lists: how items are numbered, and the box of a task.
//!
//! In: `ol`, `ul`, `dl` and their items. Out: the number of each item, what the page shows for it, and whether its task is done.

use crate::extract::parse::{Markup, Place};
use crate::page::Container;

/// A list that is open.
#[derive(Debug)]
pub struct List {
    pub number: u32,
    pub ordered: bool,
    next: i32,
    step: i32,
    signs: Signs,
    /// The item that was opened last.
    pub last: Option<Container>,
}

/// How numbers are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Signs {
    Decimal,
    /// a, b … z, aa; whether they are capitals.
    Letters(bool),
    /// i, ii, iii, iv.
    Roman(bool),
}

impl List {
    /// A list that its element opens.
    pub fn new(number: u32, ordered: bool, markup: Markup, place: Place) -> List {
        let reversed = markup.value("reversed").is_some();
        let start = markup.value("start").and_then(|value| value.trim().parse().ok());
        let items = || place.children().filter_map(Place::markup).filter(|child| child.name() == "li").count() as i32;
        let next = start.unwrap_or_else(|| if reversed { items() } else { 1 });
        let signs = if ordered { signs(markup) } else { Signs::Decimal };
        List { number, ordered, next, step: if reversed { -1 } else { 1 }, signs, last: None }
    }

    /// The list of items that stand in none.
    pub fn bare(number: u32) -> List {
        List { number, ordered: false, next: 1, step: 1, signs: Signs::Decimal, last: None }
    }

    /// The number of the next item, which may bring its own.
    pub fn next(&mut self, own: Option<i32>) -> i32 {
        let number = own.filter(|_| self.ordered).unwrap_or(self.next);
        self.next = number.saturating_add(self.step);
        number
    }

    /// What the page shows for a number, where that is no decimal.
    pub fn label(&self, number: i32) -> Option<String> {
        match self.signs {
            Signs::Decimal => None,
            Signs::Letters(capital) => letters(number).map(|label| cased(label, capital)),
            Signs::Roman(capital) => roman(number).map(|label| cased(label, capital)),
        }
    }
}

/// How a list says that it is numbered: `type`, the style, or the class that docutils writes.
fn signs(markup: Markup) -> Signs {
    match markup.value("type").map(str::trim) {
        Some("a") => return Signs::Letters(false),
        Some("A") => return Signs::Letters(true),
        Some("i") => return Signs::Roman(false),
        Some("I") => return Signs::Roman(true),
        _ => {}
    }
    let style = markup.value("style").and_then(|style| style.split_once("list-style"));
    let said = |name: &str, class: &str| {
        style.is_some_and(|(_, rest)| rest.split(';').next().is_some_and(|value| value.contains(name)))
            || markup.value("class").is_some_and(|own| own.split_ascii_whitespace().any(|own| own == class))
    };
    match () {
        () if said("lower-alpha", "loweralpha") || said("lower-latin", "loweralpha") => Signs::Letters(false),
        () if said("upper-alpha", "upperalpha") || said("upper-latin", "upperalpha") => Signs::Letters(true),
        () if said("lower-roman", "lowerroman") => Signs::Roman(false),
        () if said("upper-roman", "upperroman") => Signs::Roman(true),
        () => Signs::Decimal,
    }
}

fn cased(label: String, capital: bool) -> String {
    if capital { label.to_ascii_uppercase() } else { label }
}

/// a to z, then aa; none for what has no letter.
fn letters(number: i32) -> Option<String> {
    let mut rest = u32::try_from(number).ok().filter(|number| *number > 0)?;
    let mut out = Vec::new();
    while rest > 0 {
        out.push(b'a' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    Some(out.into_iter().rev().map(char::from).collect())
}

/// Roman numbers up to 3999, as browsers write them.
fn roman(number: i32) -> Option<String> {
    const SIGNS: [(i32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut rest = Some(number).filter(|number| (1..4000).contains(number))?;
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            out.push_str(sign);
            rest -= value;
        }
    }
    Some(out)
}

/// Elements around a task's box, within its item.
const AROUND: usize = 3;

/// Whether the item's task is done: a box that cannot be ticked stands first in it, or its class says what it is. Menus have boxes too.
pub fn task(item: Markup, place: Place) -> Option<bool> {
    let mut at = place;
    for _ in 0..AROUND {
        at = at.children().find(|child| child.text().is_none_or(|text| !text.trim().is_empty()))?;
        let markup = at.markup()?;
        if markup.name() == "input" {
            let named = item.value("class").is_some_and(|class| class.contains("task"));
            let is_box = markup.value("type").is_some_and(|kind| kind.eq_ignore_ascii_case("checkbox"));
            return (is_box && (named || markup.value("disabled").is_some()))
                .then(|| markup.value("checked").is_some());
        }
    }
    None
}
