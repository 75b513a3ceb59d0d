//! Pages with gold texts beside the repository.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use zonetext::extract::html::learn;

/// The sets, in the order the trainer reads them.
pub const SETS: [&str; 6] = ["cwced", "daniel_zh", "magic_zh", "magic_forum_zh", "magic_other", "wcxb_dev"];

/// The sets that the trainer reads, in order: [`SETS`], and those that are there only to learn from.
pub const LEARNED: [&str; 8] =
    ["cwced", "daniel_zh", "magic_zh", "magic_forum_zh", "magic_other", "wcxb_dev", "wcxb_more", "real_train"];

/// A page and what should come out of it.
pub struct Page {
    pub html: String,
    pub text: String,
    /// The registered name of its host, by its address or by what it links to; empty where neither tells.
    pub site: String,
    /// `article`, `forum`, ... where the gold tells.
    pub kind: String,
}

/// The pages of a set in the order of their names; None where the folder is absent.
pub fn pages(set: &str) -> Option<Vec<Page>> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let folder = if set == "real_train" { data.join(set) } else { data.join("extract").join(set) };
    let page = |path: &PathBuf| {
        let gold: serde_json::Value =
            serde_json::from_slice(&std::fs::read(path.with_extension("json")).unwrap()).unwrap();
        let html = decoded(path);
        let field = |name: &str| gold[name].as_str().unwrap_or("").to_owned();
        let site = match site(&field("url")) {
            Some(site) => site,
            None if gold["repo"].is_string() => field("repo"),
            None => linked_site(&html),
        };
        let text = std::fs::read_to_string(path.with_extension("txt")).unwrap_or_else(|_| field("text"));
        Page { html, text, site, kind: field("kind") }
    };
    Some(entries(&folder, "html")?.iter().map(page).collect())
}

/// More pages to learn from, out of packages that ship them (tables/extract/README.md): below the folder ZONETEXT_PAGES,
/// `source.html` beside `expected.html`, and `html/NAME.html` beside `txt/NAME.txt`. Those that say too little or whose gold
/// text is not in the page are left out.
pub fn more_pages() -> Vec<Page> {
    let Some(root) = std::env::var_os("ZONETEXT_PAGES") else { return Vec::new() };
    let mut paths: Vec<PathBuf> = walkdir::WalkDir::new(root).into_iter().map(|e| e.unwrap().into_path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == "html"));
    paths.sort();
    let mut found = Vec::new();
    for path in paths {
        let expected = path.with_file_name("expected.html");
        let text = path
            .parent()
            .and_then(Path::parent)
            .map(|up| up.join("txt").join(path.with_extension("txt").file_name().unwrap_or_default()));
        let text = if path.ends_with("source.html") && expected.exists() {
            learn::Page::new(&decoded(&expected)).lines().join("\n")
        } else if let Some(text) = text.filter(|t| t.exists()) {
            decoded(&text)
        } else {
            continue;
        };
        let html = decoded(&path);
        let site = path.to_string_lossy().into_owned();
        found.push(Page { html, text, site, kind: "article".to_owned() });
    }
    found
}

/// Files of a folder with this ending, sorted.
fn entries(folder: &Path, ending: &str) -> Option<Vec<PathBuf>> {
    let mut files: Vec<_> = std::fs::read_dir(folder).ok()?.map(|e| e.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == ending));
    files.sort();
    Some(files)
}

fn decoded(path: &Path) -> String {
    let bytes = std::fs::read(path).unwrap();
    zonetext::decode::decode(&bytes, &Default::default()).text.into_owned()
}

/// `news.example.com.cn` and `www.example.com.cn` are one site: `example.com.cn`.
fn site(url: &str) -> Option<String> {
    let host = url.split_once("//")?.1.split(['/', ':', '?', '#']).next()?.to_ascii_lowercase();
    let labels: Vec<&str> = host.split('.').collect();
    let second = labels.len().checked_sub(2).map(|at| labels[at])?;
    let wide = matches!(second, "com" | "co" | "net" | "org" | "gov" | "edu" | "ac" | "ne" | "or");
    let keep = if wide { 3 } else { 2 };
    Some(labels[labels.len().saturating_sub(keep)..].join("."))
}

/// The site most links of a page lead to.
fn linked_site(html: &str) -> String {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for (at, _) in html.match_indices("href=") {
        let value = html[at + 5..].trim_start_matches(['"', '\'']);
        let end = value.find(['"', '\'', '>', ' ']).unwrap_or(0);
        if value.starts_with("http")
            && let Some(site) = site(&value[..end])
        {
            *counts.entry(site).or_default() += 1;
        }
    }
    counts.into_iter().max_by(|a, b| (a.1, &b.0).cmp(&(b.1, &a.0))).map_or(String::new(), |(site, _)| site)
}
