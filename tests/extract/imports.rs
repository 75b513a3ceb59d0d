//! No file of `src/extract` imports a file that imports it, however many stand between: what a file needs can be read before it.
//!
//! A folder's own face (`mod.rs`), which names what its files share, does not count for the files in it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

type Name = Vec<String>;

/// The files by their module paths.
fn files() -> BTreeMap<Name, String> {
    let root = Path::new("src/extract");
    let all = walkdir::WalkDir::new(root).into_iter().filter_map(Result::ok);
    let rust = all.filter(|entry| entry.path().extension().is_some_and(|extension| extension == "rs"));
    let named = rust.map(|entry| {
        let path = entry.path().strip_prefix(root).unwrap().with_extension("");
        let mut name: Name = path.iter().map(|part| part.to_string_lossy().into_owned()).collect();
        name.pop_if(|last| last == "mod");
        let text = std::fs::read_to_string(entry.path()).unwrap();
        (name, text.split("#[cfg(test)]").next().unwrap_or_default().to_owned())
    });
    named.collect()
}

/// The paths of one `use`, its braces opened.
fn opened(path: &str) -> Vec<String> {
    let Some((start, rest)) = path.split_once('{') else {
        return vec![path.split(" as ").next().unwrap_or_default().trim().to_owned()];
    };
    let inner = rest.rsplit_once('}').map_or(rest, |(inner, _)| inner);
    let (mut parts, mut depth) = (vec![String::new()], 0);
    for c in inner.chars() {
        depth += i32::from(c == '{') - i32::from(c == '}');
        if c == ',' && depth == 0 {
            parts.push(String::new());
        } else if let Some(last) = parts.last_mut() {
            last.push(c);
        }
    }
    let parts = parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty());
    parts.flat_map(|part| opened(&format!("{}{part}", start.trim()))).collect()
}

/// The file that a path leads to, seen from a file.
fn led_to(path: &str, from: &Name, files: &BTreeMap<Name, String>) -> Option<Name> {
    let mut parts: Vec<&str> = path.split("::").map(str::trim).collect();
    let mut at = from.clone();
    match parts[0] {
        "crate" if parts.get(1) == Some(&"extract") => {
            at.clear();
            parts.drain(..2);
        }
        "self" => drop(parts.remove(0)),
        "super" => {
            while parts.first() == Some(&"super") {
                at.pop()?;
                parts.remove(0);
            }
        }
        first if files.contains_key(&[at.as_slice(), &[first.to_owned()]].concat()) => {}
        _ => return None,
    }
    for part in parts {
        at.push(part.to_owned());
        if !files.contains_key(&at) {
            at.pop();
            break;
        }
    }
    Some(at)
}

fn imports(files: &BTreeMap<Name, String>) -> BTreeMap<&Name, BTreeSet<Name>> {
    let of = |(name, text): (&Name, &String)| -> BTreeSet<Name> {
        let starts = ["use ", "pub use ", "pub(super) use ", "pub(crate) use "];
        let mut found = BTreeSet::new();
        for statement in text.split(';') {
            let line =
                statement.trim_start().lines().skip_while(|line| !starts.iter().any(|start| line.starts_with(start)));
            let statement = line.collect::<Vec<_>>().join(" ");
            let Some(path) = starts.iter().find_map(|start| statement.strip_prefix(start)) else { continue };
            let led = opened(path).into_iter().filter_map(|path| led_to(&path, name, files));
            found.extend(led.filter(|to| !name.starts_with(to)));
        }
        found
    };
    files.iter().map(|file| (file.0, of(file))).collect()
}

#[test]
fn no_file_imports_one_that_imports_it() {
    let files = files();
    let imports = imports(&files);
    let count: usize = imports.values().map(BTreeSet::len).sum();
    assert!(files.len() > 60 && count > 150, "{} files with {count} imports", files.len());
    let mut circles = Vec::new();
    for start in files.keys() {
        let mut seen = BTreeSet::new();
        let mut next: Vec<&Name> = imports[start].iter().collect();
        while let Some(name) = next.pop().filter(|name| *name != start) {
            if seen.insert(name) {
                next.extend(&imports[name]);
            }
        }
        if imports[start].contains(start) || seen.iter().any(|name| imports[*name].contains(start)) {
            circles.push(start.join("/"));
        }
    }
    assert!(circles.is_empty(), "these lie in circles of imports: {circles:?}");
}
