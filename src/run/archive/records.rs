//! The records of an archive, one after another.
//!
//! A record is a version line, named fields, an empty line, a block of Content-Length bytes and two line ends (ISO 28500). A record that
//! does not keep to that is broken: it is told with its offset, and reading goes on at the next place where a record begins. A block is
//! kept up to the budget; what goes beyond is read over. If a length was wrong, records that the block swallowed are read again.

use super::super::open::{Opened, WARC};
use memchr::memmem;
use std::io::{self, BufRead, Read};

/// Bytes of a record's head; longer ones are no head. Addresses of 100 kB have been seen.
const HEAD: u64 = 1 << 20;

/// The records of one archive.
pub struct Records {
    input: Opened,
    /// Bytes that are to be read once more, before the input goes on.
    again: Vec<u8>,
    at: usize,
    /// Bytes that came from the input, and those that were to be read once more.
    passed: u64,
    reread: u64,
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
    /// The records of `input`, blocks kept up to `most` bytes.
    pub fn new(input: Opened, most: usize) -> Records {
        Records { input, again: Vec::new(), at: 0, passed: 0, reread: 0, most }
    }

    /// Bytes of the archive that were used up.
    pub fn used(&self) -> u64 {
        self.input.used()
    }

    /// The next record; `None` at the end.
    pub fn next(&mut self) -> io::Result<Option<Item>> {
        let at_end = self.blank_lines().and_then(|()| Ok(self.fill_buf()?.is_empty()));
        let mut head = Head { offset: self.offset(), ..Head::default() };
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
                self.swallowed(&block);
                self.broken(head, error).map(Some)
            }
        }
    }

    /// The version line and the named fields.
    fn head(&mut self, head: &mut Head) -> io::Result<()> {
        let (mut left, mut line, mut first) = (HEAD, Vec::new(), true);
        loop {
            line.clear();
            let read = self.take(left).read_until(b'\n', &mut line)?;
            left -= read as u64;
            if line.last() != Some(&b'\n') {
                return Err(invalid(if left == 0 { "its head does not end" } else { "it breaks off in its head" }));
            }
            if !first && line.starts_with(WARC) {
                self.unread(&line);
                return Err(invalid("another record begins in its head"));
            }
            let text = String::from_utf8_lossy(line.trim_ascii_end());
            if first && !text.starts_with("WARC/") {
                return Err(invalid("no record begins here"));
            }
            if !first && text.is_empty() {
                return Ok(());
            }
            if let Some((name, value)) = text.split_once(':').filter(|_| !first) {
                head.field(name, value.trim())?;
            }
            first = false;
        }
    }

    /// Among bytes that are read again it can be seen where a block would end without reading it, so that any number of lengths that lie
    /// costs no more than their heads.
    fn lies(&mut self, length: u64) -> bool {
        let left = &self.again[self.at..];
        if left.is_empty() {
            return false;
        }
        if length > left.len() as u64 {
            return self.input.fill_buf().is_ok_and(<[u8]>::is_empty);
        }
        let behind = &left[length as usize..];
        let next = behind.iter().position(|byte| !matches!(byte, b'\r' | b'\n')).map_or(&[][..], |at| &behind[at..]);
        !next.starts_with(&WARC[..next.len().min(WARC.len())])
    }

    /// Reads the block; what is over the budget is read over.
    fn block(&mut self, length: u64, block: &mut Vec<u8>) -> io::Result<()> {
        let kept = length.min(self.most as u64 + 1);
        self.take(kept).read_to_end(block)?;
        let mut left = length - block.len() as u64;
        while left > 0 {
            let step = (self.fill_buf()?.len() as u64).min(left);
            if step == 0 {
                let message = format!("it breaks off {left} bytes before the end that its Content-Length names");
                return Err(invalid(message));
            }
            self.consume(step as usize);
            left -= step;
        }
        Ok(())
    }

    /// After a block come line ends, and then another record or nothing. What is wrong with the next member is not this record's fault.
    fn ends(&mut self) -> io::Result<()> {
        match self.blank_lines() {
            Err(error) if error.kind() == io::ErrorKind::InvalidData => return Ok(()),
            other => other?,
        };
        let next = self.peek(WARC.len())?;
        match next.is_empty() || next.starts_with(&WARC[..next.len().min(WARC.len())]) {
            true => Ok(()),
            false => Err(invalid("its Content-Length is wrong: no record begins where it ends")),
        }
    }

    fn blank_lines(&mut self) -> io::Result<()> {
        while let Some(b'\r' | b'\n') = self.fill_buf()?.first() {
            self.consume(1);
        }
        Ok(())
    }

    /// A broken record, with the reader at the next place where one may begin.
    fn broken(&mut self, head: Head, error: io::Error) -> io::Result<Item> {
        if !matches!(error.kind(), io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof) {
            return Err(error);
        }
        self.seek_head()?;
        Ok(Item::Broken(head, error.to_string()))
    }

    /// Reads on to the next line that begins a record, or to the end.
    fn seek_head(&mut self) -> io::Result<()> {
        let mut line_begins = true;
        loop {
            // A head may lie across the end of a chunk.
            let bytes = match self.peek(WARC.len()) {
                Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                    self.input.recover()?;
                    line_begins = true;
                    continue;
                }
                other => other?,
            };
            if bytes.is_empty() || line_begins && bytes.starts_with(WARC) {
                return Ok(());
            }
            let end = memchr::memchr(b'\n', bytes).map_or(bytes.len(), |at| at + 1);
            line_begins = bytes[end - 1] == b'\n';
            self.consume(end);
        }
    }

    /// The block of a record with a wrong length may hold records that follow it: they are read again. Not without end: lengths that
    /// all reach to the end would make it quadratic.
    fn swallowed(&mut self, block: &[u8]) {
        if let Some(start) = memmem::find(block, b"\nWARC/1.")
            && self.reread <= 2 * self.passed
        {
            self.reread += block.len() as u64;
            self.unread(&block[start + 1..]);
        }
    }

    /// These bytes come again before all others. Those that were read again just now are still there: a flood of heads without an end
    /// must not move what follows each time.
    fn unread(&mut self, bytes: &[u8]) {
        if self.again[..self.at].ends_with(bytes) {
            self.at -= bytes.len();
            return;
        }
        let rest = self.again.split_off(self.at);
        self.again = [bytes, &rest].concat();
        self.at = 0;
    }

    /// At least `count` bytes from here, fewer only at the end or before what is broken.
    fn peek(&mut self, count: usize) -> io::Result<&[u8]> {
        let left = self.again.len() - self.at;
        if left == 0 {
            return self.input.peek(count);
        }
        if left < count
            && let Ok(more) = self.input.peek(count - left)
        {
            let more = more[..more.len().min(count - left)].to_vec();
            self.input.consume(more.len());
            self.passed += more.len() as u64;
            self.again.extend(more);
        }
        Ok(&self.again[self.at..])
    }

    fn offset(&self) -> u64 {
        match self.input.is_plain() {
            true => self.input.offset() - (self.again.len() - self.at) as u64,
            false => self.input.offset(),
        }
    }
}

impl BufRead for Records {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        match self.at < self.again.len() {
            true => Ok(&self.again[self.at..]),
            false => self.input.fill_buf(),
        }
    }

    fn consume(&mut self, count: usize) {
        match self.at < self.again.len() {
            true => self.at += count,
            false => {
                self.passed += count as u64;
                self.input.consume(count);
            }
        }
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
