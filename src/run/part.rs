//! The output of an archive or a stream on its way: a file beside its place, under a name that a resumed run finds again.

use super::inputs::shown;
use anyhow::{Context, Result};
use sha1::{Digest, Sha1};
use std::fs::{self, File, OpenOptions};
use std::io::{BufWriter, ErrorKind, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

pub struct Part {
    target: PathBuf,
    path: PathBuf,
    file: BufWriter<File>,
    bytes: u64,
}

impl Part {
    /// Begins the output for `target` anew.
    pub fn begin(target: &Path) -> Result<Part> {
        let path = beside(target);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error).with_context(|| cannot(&path)),
            _ => {}
        }
        let file = OpenOptions::new().write(true).create_new(true).open(&path).with_context(|| cannot(&path))?;
        Ok(Part { target: target.to_path_buf(), path, file: BufWriter::with_capacity(64 << 10, file), bytes: 0 })
    }

    /// An earlier run left at least so many bytes of the output for `target`.
    pub fn is_there(target: &Path, bytes: u64) -> bool {
        beside(target).symlink_metadata().is_ok_and(|facts| facts.is_file() && facts.len() >= bytes)
    }

    /// Goes on behind the first `bytes` of an earlier run; what came after them is dropped.
    pub fn go_on(target: &Path, bytes: u64) -> Result<Part> {
        let path = beside(target);
        let mut file = OpenOptions::new().write(true).open(&path).with_context(|| cannot(&path))?;
        file.set_len(bytes).and_then(|()| file.seek(SeekFrom::End(0))).with_context(|| cannot(&path))?;
        Ok(Part { target: target.to_path_buf(), path, file: BufWriter::with_capacity(64 << 10, file), bytes })
    }

    pub fn add(&mut self, text: &[u8]) -> Result<()> {
        self.bytes += text.len() as u64;
        self.file.write_all(text).with_context(|| cannot(&self.target))
    }

    /// The bytes that are in the file now.
    pub fn written(&mut self) -> Result<u64> {
        self.file.flush().with_context(|| cannot(&self.target))?;
        Ok(self.bytes)
    }

    /// The output is whole: it gets its own name.
    pub fn finish(mut self) -> Result<()> {
        self.written()?;
        fs::rename(&self.path, &self.target).with_context(|| cannot(&self.target))
    }

    /// The run ends before the output is whole; it stays for `--resume`.
    pub fn keep(mut self) -> Result<()> {
        self.written().map(drop)
    }
}

/// A hidden name of fixed length, so that long names do not become too long.
fn beside(target: &Path) -> PathBuf {
    let name = target.file_name().unwrap_or_default().as_encoded_bytes();
    let hash: String = Sha1::digest(name).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    target.with_file_name(format!(".zonetext-{hash}.part"))
}

fn cannot(path: &Path) -> String {
    format!("{}: cannot write", shown(path))
}
