//! Raw Chinese web pages in, clean text out.
//!
//! ```text
//! bytes → decode → extract → repair → script → split → write → text / JSON
//! ```
//!
//! Each stage is a folder of plain functions, and the folders sort in the order of the flow. [`clean`] runs them all on one
//! page and cannot fail: any bytes give a [`Page`]. `repair` and `script` never rewrite text; they return [`Edit`]s, which
//! one function applies and, when asked, keeps as [`Change`]s, so that an explanation is the run itself.
//!
//! ```
//! use zonetext::{Options, clean, script, split};
//!
//! // Clean: bytes in any charset, text and metadata out.
//! let page = clean("<h1>茶馆</h1><p>老茶馆昨天重新开门。客人很多。</p>".as_bytes(), &Options::default());
//! assert_eq!(page.body(), "老茶馆昨天重新开门。客人很多。");
//! assert_eq!(page.title(), Some("茶馆"));
//!
//! // Every change, with its rule: what the run itself did.
//! let options = Options { explain: true, ..Options::default() };
//! let page = clean("項目論證專家?guī)?,突出產(chǎn)業(yè)招商".as_bytes(), &options);
//! assert_eq!(page.body(), "項目論證專家庫,突出產業招商");
//! let rules: Vec<&str> = page.changes.iter().map(|change| change.rule).collect();
//! assert_eq!(rules, ["byte-slip", "pinyin", "pinyin"]);
//!
//! // Conversion, and sentences.
//! let to = script::Options { to: "tw".parse()?, ..Default::default() };
//! let options = Options { script: Some(to), split: Some(split::Options::default()), ..Options::default() };
//! let page = clean("<p>今天天气很好。他走了。</p>".as_bytes(), &options);
//! assert_eq!(page.to_text(), "今天天氣很好。他走了。\n");
//! assert_eq!(page.blocks[0].sentences.len(), 2);
//! # Ok::<(), zonetext::Error>(())
//! ```
//!
//! [`Page::to_markdown`] and [`Page::to_json`] write the other forms, and a page is `serde::Serialize`. Build a library with
//! `default-features = false`: the feature `cli` is for the command alone.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod decode;
pub mod edit;
pub mod error;
pub mod extract;
pub mod few;
pub mod hole;
mod language;
mod letter;
pub mod page;
pub mod pipeline;
pub mod repair;
pub mod script;
pub mod split;
pub mod tables;
pub mod write;

pub use edit::{Change, Edit, Stage};
pub use error::Error;
pub use hole::Hole;
pub use page::{Block, Cell, Container, Grid, Kind, Mark, MarkKind, Metadata, Page, Source, Status};
pub use pipeline::{Options, clean};

/// The page on the library in `docs`: its programs are compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../docs/library.md")]
struct LibraryPage;
