//! Recipes by host, from a file.
//!
//! In: TOML, a table for each recipe whose name is its host, or its hosts with blanks or commas between. Out: [`Sites`]. A host stands
//! for the hosts below it as well; of several that fit the longest counts.
//!
//! ```toml
//! ["news.example.cn m.example.cn"]
//! content = "div.article"
//! drop = [".share", ".related"]
//! title = "h1"
//! date = ".pubtime"
//! author = ".byline .name"
//! ```

use super::{Field, Recipe};
use crate::error::Error;
use std::collections::HashMap;
use std::sync::Arc;
use toml::de::{DeTable, DeValue};

/// Recipes by host. A copy shares them.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Sites(Arc<HashMap<String, Recipe>>);

impl std::fmt::Debug for Sites {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut hosts: Vec<_> = self.0.iter().collect();
        hosts.sort_by_key(|(host, _)| *host);
        f.debug_map().entries(hosts).finish()
    }
}

impl Sites {
    /// Reads a file of recipes.
    pub fn parse(text: &str) -> Result<Sites, Error> {
        let line = |at: usize| text[..text.floor_char_boundary(at)].matches('\n').count() + 1;
        let wrong = |at: usize, problem: String| Error::Sites { line: line(at), problem };
        let table = DeTable::parse(text)
            .map_err(|error| wrong(error.span().map_or(0, |span| span.start), error.message().to_owned()))?;
        let mut sites = Sites::default();
        for (hosts, recipe) in table.into_inner() {
            let at = hosts.span().start;
            let DeValue::Table(parts) = recipe.get_ref() else {
                return Err(wrong(
                    at,
                    format!("{} is no table; a recipe begins with its host: [\"example.cn\"]", hosts.get_ref()),
                ));
            };
            let mut made = Recipe::default();
            for (name, value) in parts {
                let fault = |problem: String| wrong(value.span().start, format!("{}: {problem}", name.get_ref()));
                let field = Field::ALL.into_iter().find(|field| field.name() == name.get_ref());
                let Some(field) = field else {
                    let known = Field::ALL.map(Field::name).join(", ");
                    return Err(wrong(name.span().start, format!("unknown key {} (known: {known})", name.get_ref())));
                };
                let selectors = selectors(value.get_ref())
                    .ok_or_else(|| fault("neither a selector nor a list of them".to_owned()))?;
                for selector in selectors {
                    made.add(field, selector).map_err(|error| fault(error.to_string()))?;
                }
            }
            sites.add(hosts.get_ref(), made).map_err(|problem| wrong(at, problem))?;
        }
        Ok(sites)
    }

    /// Adds a recipe for a host, or for several with blanks or commas between. A message says which has one already.
    pub fn add(&mut self, hosts: &str, recipe: Recipe) -> Result<(), String> {
        let sites = Arc::make_mut(&mut self.0);
        let mut hosts = hosts.split([' ', ',', '\t', '\n']).filter(|host| !host.is_empty()).peekable();
        if hosts.peek().is_none() {
            return Err("a recipe without a host".to_owned());
        }
        for host in hosts {
            if host.contains(['/', ':', '*', '@']) {
                return Err(format!("{host} is no host (it stands for the hosts below it too: example.cn)"));
            }
            if sites.insert(host.trim_matches('.').to_ascii_lowercase(), recipe.clone()).is_some() {
                return Err(format!("{host} has two recipes"));
            }
        }
        Ok(())
    }

    /// There are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The recipe for a page of this address.
    pub fn of(&self, address: &str) -> Option<&Recipe> {
        let host = host(address)?.to_ascii_lowercase();
        let mut rest = host.as_str();
        loop {
            match self.0.get(rest) {
                Some(recipe) => return Some(recipe),
                None => rest = rest.split_once('.')?.1,
            }
        }
    }
}

/// One selector or a list of them.
fn selectors<'a>(value: &'a DeValue<'_>) -> Option<Vec<&'a str>> {
    match value {
        DeValue::String(one) => Some(vec![one]),
        DeValue::Array(many) => many.iter().map(|one| one.get_ref().as_str()).collect(),
        _ => None,
    }
}

/// The host of an address: `https://user@News.example.cn:8080/a` and `//news.example.cn/a` both name news.example.cn.
fn host(address: &str) -> Option<&str> {
    let (_, behind) = address.split_once("//")?;
    let host = behind.split(['/', '?', '#', '\\']).next()?;
    let host = host.rsplit('@').next()?;
    let host = host.split(':').next()?.trim_end_matches('.');
    (!host.is_empty()).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"
["news.example.cn, m.example.cn"]
content = "div.article"
drop = [".share", ".related"]

["example.cn"]
title = "h1"
"#;

    #[test]
    fn a_host_stands_for_those_below_it_and_the_longest_counts() {
        let sites = Sites::parse(FILE).unwrap();
        let content = |address: &str| {
            sites.of(address).map(|recipe| !recipe.unfound().iter().all(|part| part.field != Field::Content))
        };
        assert_eq!(content("https://news.example.cn/2026/1.html"), Some(true));
        assert_eq!(content("http://user@M.EXAMPLE.CN:8080/1.html"), Some(true));
        assert_eq!(content("//a.b.news.example.cn"), Some(true));
        assert_eq!(content("https://www.example.cn/"), Some(false));
        assert_eq!(content("https://badexample.cn/"), None);
        assert_eq!(content("news.example.cn"), None);
    }

    #[test]
    fn what_is_wrong_in_a_file_is_told_with_its_line() {
        for (file, line, words) in [
            ("[\"a.cn\"]\ncontent = \"div[\"", 2, "column 5"),
            ("[\"a.cn\"]\n\nbody = \"div\"", 3, "unknown key body"),
            ("[\"a.cn\"]\ntitle = 3", 2, "neither a selector"),
            ("content = \"div\"", 1, "no table"),
            ("[\"a.cn\"]\ntitle = \"h1\"\n[\"b.cn a.cn\"]\ntitle = \"h1\"", 3, "a.cn has two recipes"),
            ("[\"https://a.cn/\"]\ntitle = \"h1\"", 1, "no host"),
            ("[\"a.cn\"]\ntitle = ", 2, ""),
        ] {
            match Sites::parse(file) {
                Err(Error::Sites { line: found, problem }) => {
                    assert_eq!(found, line, "{file}: {problem}");
                    assert!(problem.contains(words), "{file}: {problem}");
                }
                other => panic!("{file}: {other:?}"),
            }
        }
    }
}
