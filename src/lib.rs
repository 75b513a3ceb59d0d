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
//! let page = zonetext::clean("<p>今天天气很好。</p>".as_bytes(), &zonetext::Options::default());
//! assert_eq!(page.body(), "今天天气很好。");
//! ```
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod decode;
pub mod edit;
pub mod error;
pub mod extract;
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
