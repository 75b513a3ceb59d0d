//! A row of the room, and what "nothing is lost" means for it.

use super::child::Ended;

/// What a page must still show at the end of all.
pub const MARK: &str = "尾部标记文字在此处必须保留。";

/// A hostile input.
pub struct Shape {
    pub name: &'static str,
    /// Command lines it goes through.
    pub commands: &'static [&'static str],
    /// The input for so many repeats.
    pub input: fn(usize) -> Vec<u8>,
    pub kept: Kept,
    pub exit: i32,
    /// Bytes of memory that a run may take: a fixed sum, and so many for each byte of the input.
    pub fixed: usize,
    pub per_byte: usize,
}

/// A row that differs in few things.
pub const SHAPE: Shape =
    Shape { name: "", commands: &[], input: |_| Vec::new(), kept: Kept::Mark, exit: 0, fixed: 64 << 20, per_byte: 16 };

/// What must come out.
pub enum Kept {
    /// The text at the end.
    Mark,
    /// The input, byte for byte.
    Same,
    /// So many lines, each a record, so many of them failed.
    Records(fn(usize) -> (usize, usize)),
}

impl Kept {
    /// What is missing, in words.
    pub fn fault(&self, n: usize, input: &[u8], ended: &Ended) -> Option<String> {
        let has = |bytes: &[u8], part: &str| memchr::memmem::find(bytes, part.as_bytes()).is_some();
        match self {
            Kept::Mark => (!has(&ended.stdout, MARK)).then(|| "the text at the end is lost".to_owned()),
            Kept::Same => (ended.stdout != input).then(|| "something was changed".to_owned()),
            Kept::Records(counts) => {
                let lines = ended.stdout.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
                let (mut count, mut failed) = (0, 0);
                for line in lines {
                    count += 1;
                    failed += usize::from(has(line, "\"status\":\"error\""));
                }
                let want = counts(n);
                ((count, failed) != want)
                    .then(|| format!("records and failures are {count} and {failed}, not {want:?}"))
            }
        }
    }
}
