//! The records of an archive, one after another.
//!
//! A record is a version line, named fields, an empty line, a block of Content-Length bytes and two line ends (ISO 28500). A record that
//! does not keep to that is broken: it is told with its offset, and what it took is read again from its second byte on, so that a record
//! comes out whatever stands before, between and behind. A block is kept up to the budget; what goes beyond is read over.

use super::super::open::{Opened, VERSION_LINE, WARC, begins_record, holds_a_member, is_packed, is_padding};
use memchr::memmem;
use std::io::{self, BufRead, Read};

/// Bytes of a record's head; longer ones are no head. Addresses of 100 kB have been seen.
const HEAD: u64 = 1 << 20;

/// The records of one archive.
pub struct Records {
    input: Opened,
    /// What a broken record took: it is read again.
    taken: Vec<u8>,
    /// Bytes that were read, and those of them that were put back.
    passed: u64,
    reread: u64,
    /// The input does not begin with a record; that is still to be told.
    late: bool,
    /// Bytes of a block that are kept.
    most: usize,
}

/// What the archive says of a record.
#[derive(Debug, Default)]
pub struct Head {
    /// Where it begins: the offset in the archive as it lies there; of a packed archive, that of the member, as indexes name it.
    pub offset: u64,
    pub kind: String,
    pub id: Option<String>,
    pub url: Option<String>,
    pub date: Option<String>,
    pub content_type: Option<String>,
    /// What the crawler found the payload to be (WARC-Identified-Payload-Type).
    pub identified: Option<String>,
    /// Why the crawler stored only a part (WARC-Truncated).
    pub truncated: Option<String>,
    length: Option<u64>,
}

#[derive(Debug)]
pub struct Record {
    pub head: Head,
    pub block: Vec<u8>,
    /// The block was longer than the budget.
    pub cut: bool,
}

#[derive(Debug)]
pub enum Item {
    Record(Record),
    /// A record that cannot be read, and why.
    Broken(Head, String),
}

impl Records {
    /// The records of `input`, blocks kept up to `most` bytes. An input in which no record begins is none.
    pub fn new(input: Opened, most: usize) -> io::Result<Records> {
        let mut input = input.into_archive();
        input
            .skip_padding()
            .or_else(|error| if error.kind() == io::ErrorKind::InvalidData { Ok(()) } else { Err(error) })?;
        let late = !input.is_archive();
        let fault = input.fault().map(|why| format!("no archive: {why}"));
        if late && !input.seek_record()? {
            let none = "no archive: its first bytes are not those of a WARC record, and none follows".to_owned();
            return Err(io::Error::other(fault.unwrap_or(none)));
        }
        Ok(Records { input, taken: Vec::new(), passed: 0, reread: 0, late, most })
    }

    /// Bytes of the archive that were used up.
    pub fn used(&self) -> u64 {
        self.input.used()
    }

    /// The next record; `None` at the end.
    pub fn next(&mut self) -> io::Result<Option<Item>> {
        if std::mem::take(&mut self.late) {
            return Ok(Some(Item::Broken(Head::default(), "the input does not begin with a record".to_owned())));
        }
        self.taken.clear();
        let at_end = self.padding().and_then(|()| Ok(self.fill_buf()?.is_empty()));
        let mut head = Head { offset: self.input.offset(), ..Head::default() };
        match at_end {
            Ok(true) => return Ok(None),
            Ok(false) => {}
            Err(error) => return self.broken(head, error).map(Some),
        }
        if let Err(error) = self.head(&mut head) {
            return self.broken(head, error).map(Some);
        }
        let Some(length) = head.length else {
            return self.broken(head, invalid("it has no Content-Length")).map(Some);
        };
        if self.lies(length) {
            return self.broken(head, invalid("its Content-Length is wrong: no record begins where it ends")).map(Some);
        }
        let mut block = Vec::new();
        let read = self.block(length, &mut block).and_then(|()| self.ends());
        match read {
            Ok(()) => Ok(Some(Item::Record(Record { cut: length > self.most as u64, head, block }))),
            Err(error) => {
                self.taken.append(&mut block);
                self.broken(head, error).map(Some)
            }
        }
    }

    /// The version line and the named fields.
    fn head(&mut self, head: &mut Head) -> io::Result<()> {
        if !begins_record(self.input.peek(VERSION_LINE)?) {
            return Err(invalid("no record begins here"));
        }
        let (mut left, mut line, mut first) = (HEAD, Vec::new(), true);
        loop {
            line.clear();
            let read = self.take(left).read_until(b'\n', &mut line)?;
            left -= read as u64;
            self.taken.extend(&line);
            if line.last() != Some(&b'\n') {
                return Err(invalid(if left == 0 { "its head does not end" } else { "it breaks off in its head" }));
            }
            if !first && line.starts_with(WARC) || holds_a_member(&line) {
                return Err(invalid("another record begins in its head"));
            }
            let text = String::from_utf8_lossy(line.trim_ascii_end());
            if !first && text.is_empty() {
                return Ok(());
            }
            if let Some((name, value)) = text.split_once(':').filter(|_| !first) {
                head.field(name, value.trim())?;
            }
            first = false;
        }
    }

    /// It can be seen where a block would end without copying it, so that any number of lengths that lie costs no more than their heads.
    fn lies(&self, length: u64) -> bool {
        let left = self.input.buffer();
        match usize::try_from(length).ok().and_then(|length| left.get(length..)) {
            // The buffer may end before the next record's head does.
            Some(behind) => !ends_here(behind) && (behind.len() >= VERSION || self.input.is_all_here()),
            None => self.input.is_all_here(),
        }
    }

    /// Reads the block; what is over the budget is read over, as far as to the next record.
    fn block(&mut self, length: u64, block: &mut Vec<u8>) -> io::Result<()> {
        let kept = length.min(self.most as u64 + 1);
        self.take(kept).read_to_end(block)?;
        let mut left = length - block.len() as u64;
        while left > 0 {
            let bytes = self.input.peek(NEXT.len())?;
            let found = memmem::find(bytes, NEXT);
            let step = found.unwrap_or((bytes.len() + 1).saturating_sub(NEXT.len()).max(1).min(bytes.len()));
            if step == 0 && found.is_none() {
                let message = format!("it breaks off {left} bytes before the end that its Content-Length names");
                return Err(invalid(message));
            }
            let over = step as u64 >= left;
            self.consume(step.min(left as usize));
            if found.is_some() && !over {
                return Err(invalid("its Content-Length is wrong: another record begins before its end"));
            }
            left -= (step as u64).min(left);
        }
        Ok(())
    }

    /// After a block come two line ends; where they lack, another record or nothing must follow. What is wrong with the next member is not
    /// this record's fault.
    fn ends(&mut self) -> io::Result<()> {
        match self.input.peek(VERSION) {
            Ok(behind) if ends_here(behind) => Ok(()),
            Ok(_) => Err(invalid("its Content-Length is wrong: no record begins where it ends")),
            Err(error) if error.kind() == io::ErrorKind::InvalidData => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Reads over what fills up blocks, and on to what is packed in another way.
    fn padding(&mut self) -> io::Result<()> {
        self.input.skip_padding()?;
        self.input.next_part()
    }

    /// A broken record, with the reader at the next place where one may begin.
    fn broken(&mut self, head: Head, error: io::Error) -> io::Result<Item> {
        if !matches!(error.kind(), io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof) {
            return Err(error);
        }
        let taken = std::mem::take(&mut self.taken);
        // Not without end: lengths that all reach to the end would make it quadratic.
        if taken.len() > 1 && self.reread <= FREE + 2 * (self.passed - self.reread) {
            self.reread += taken.len() as u64 - 1;
            self.input.unread(&taken[1..]);
        } else if taken.is_empty()
            && self.input.buffer().first().is_some_and(|_| error.kind() == io::ErrorKind::InvalidData)
        {
            self.consume(1);
        }
        self.input.seek_record()?;
        Ok(Item::Broken(head, error.to_string()))
    }
}

/// Bytes that show whether a record begins behind a block and its line ends.
const VERSION: usize = 4 + WARC.len();

/// What stands before a record that follows another one.
const NEXT: &[u8] = b"\r\n\r\nWARC/1.";

/// Bytes that may be read again in any archive.
const FREE: u64 = 4 << 20;

/// A block may end before these bytes.
fn ends_here(behind: &[u8]) -> bool {
    if behind.starts_with(b"\r\n\r\n") || behind.starts_with(b"\n\n") {
        return true;
    }
    let next = behind.iter().position(|byte| !is_padding(*byte)).map_or(&[][..], |at| &behind[at..]);
    next.starts_with(&WARC[..next.len().min(WARC.len())]) || is_packed(next)
}

impl BufRead for Records {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.input.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.passed += count as u64;
        self.input.consume(count);
    }
}

impl Read for Records {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let mut bytes = self.fill_buf()?;
        let count = bytes.read(into)?;
        self.consume(count);
        Ok(count)
    }
}

impl Head {
    fn field(&mut self, name: &str, value: &str) -> io::Result<()> {
        let bare = || Some(value.trim_matches(['<', '>']).to_owned()).filter(|v| !v.is_empty());
        match name.trim().to_ascii_lowercase().as_str() {
            "content-length" => {
                let length = value.parse().map_err(|_| invalid(format!("its Content-Length is {value:?}")))?;
                self.length = Some(length);
            }
            "warc-type" => self.kind = value.to_ascii_lowercase(),
            "warc-record-id" => self.id = bare(),
            "warc-target-uri" => self.url = bare(),
            "warc-date" => self.date = bare(),
            "content-type" => self.content_type = bare(),
            "warc-identified-payload-type" => self.identified = bare(),
            "warc-truncated" => self.truncated = bare(),
            _ => {}
        }
        Ok(())
    }
}

fn invalid(message: impl Into<String>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message.into())
}
