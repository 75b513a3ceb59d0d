//! Archives of web pages, WARC and WET: what is a page in them, and what is said of it.
//!
//! In: an opened input. Out: its records in order, broken ones among them as such; each record's page and origin. Own code rather than a
//! crate: of ten records with one broken, fastwarc 2.0 gave those before it and then errors without end, warc 0.4 lost all after a
//! broken gzip member and read past the end of others.

mod coding;
mod http;
mod page;
mod records;

pub use page::{Found, found};
pub use records::{Item, Record, Records};
