//! The pieces of a run over files: each page by its number, and the records of archives one after another.
//!
//! A page is read by the worker that cleans it; an archive can only be read from its beginning, by whoever asks next.

use super::archive::{Item, Records};
use super::inputs::Source;
use super::interrupt;
use super::open::Stamp;
use super::workers::Feed;
use std::collections::HashMap;
use std::io;

/// One thing to work on. `source` is the number of its input.
pub enum Piece {
    Page {
        source: usize,
    },
    Record {
        source: usize,
        /// Counted from one, records that are no pages included.
        number: usize,
        item: Box<Item>,
        /// Bytes of the archive that it used up.
        used: u64,
        /// What the archive was when it was opened.
        stamp: Option<Stamp>,
    },
    /// An archive is over; what is wrong with it as a whole, if anything.
    End {
        source: usize,
        records: usize,
        stamp: Option<Stamp>,
        failure: Option<io::Error>,
    },
}

/// The pieces of all sources.
pub struct Pieces<'a> {
    sources: &'a [Source],
    todo: std::vec::IntoIter<usize>,
    /// Records of archives that an earlier run has done.
    skip: HashMap<usize, usize>,
    most: usize,
    archive: Option<Archive>,
    /// The run was asked to stop before the last piece.
    pub stopped: bool,
}

struct Archive {
    source: usize,
    records: Records,
    read: usize,
    used: u64,
    stamp: Option<Stamp>,
}

impl<'a> Pieces<'a> {
    pub fn new(sources: &'a [Source], todo: Vec<usize>, skip: HashMap<usize, usize>, most: usize) -> Pieces<'a> {
        Pieces { sources, todo: todo.into_iter(), skip, most, archive: None, stopped: false }
    }

    /// The next record of the archive at hand, or its end.
    fn record(&mut self) -> Option<Piece> {
        let archive = self.archive.as_mut()?;
        let skip = self.skip.get(&archive.source).copied().unwrap_or(0);
        let (source, stamp) = (archive.source, archive.stamp);
        let ended = loop {
            match archive.records.next() {
                Ok(Some(item)) => {
                    archive.read += 1;
                    if archive.read <= skip {
                        continue;
                    }
                    let used = archive.records.used();
                    let step = used.saturating_sub(std::mem::replace(&mut archive.used, used));
                    return Some(Piece::Record {
                        source,
                        number: archive.read,
                        item: Box::new(item),
                        used: step,
                        stamp,
                    });
                }
                Ok(None) => break None,
                Err(error) => break Some(error),
            }
        };
        let records = archive.read;
        self.archive = None;
        Some(Piece::End { source, records, stamp, failure: ended })
    }
}

impl Feed for Pieces<'_> {
    type Piece = Piece;

    fn next(&mut self) -> io::Result<Option<Piece>> {
        let left = self.archive.is_some() || !self.todo.as_slice().is_empty();
        if left && interrupt::requested() {
            self.stopped = true;
            return Ok(None);
        }
        if let Some(piece) = self.record() {
            return Ok(Some(piece));
        }
        let Some(source) = self.todo.next() else { return Ok(None) };
        if !self.sources[source].archive {
            return Ok(Some(Piece::Page { source }));
        }
        let open = || {
            let opened = self.sources[source].open()?;
            let stamp = opened.stamp();
            Ok((Records::new(opened, self.most)?, stamp))
        };
        match open() {
            Ok((records, stamp)) => {
                self.archive = Some(Archive { source, records, read: 0, used: 0, stamp });
                Ok(self.record())
            }
            Err(error) => Ok(Some(Piece::End { source, records: 0, stamp: None, failure: Some(error) })),
        }
    }

    fn weight(piece: &Piece) -> usize {
        match piece {
            Piece::Record { item, .. } => match &**item {
                Item::Record(record) => record.block.len(),
                Item::Broken(..) => 0,
            },
            _ => 0,
        }
    }
}
