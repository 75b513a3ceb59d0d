//! Where the output goes: standard output, one file, or a folder that mirrors the inputs by their paths.
//!
//! Files are written under a temporary name in the target folder and then renamed, so a killed run leaves no half file. Pages come whole;
//! the records of an archive or a stream come one by one, into a part file that a resumed run can go on with.

use super::inputs::{Source, mirrored, shown};
use super::part::Part;
use super::plan;
use crate::cli::Job;
use anyhow::{Context, Result, bail};
use std::collections::{HashMap, HashSet};
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;
use zonetext::write::Format;

/// Bytes that are handed on at a time, at the latest.
const CHUNK: usize = 64 << 10;

/// A place to put pages.
pub enum Output {
    Stdout(BufWriter<io::Stdout>),
    File {
        path: PathBuf,
        temporary: BufWriter<NamedTempFile>,
    },
    /// A device or a pipe, which cannot be replaced by a file.
    Device {
        path: PathBuf,
        file: BufWriter<File>,
    },
    Folder(Folder),
}

/// A mirror.
pub struct Folder {
    root: PathBuf,
    /// The file to write for each source.
    pub paths: Vec<PathBuf>,
    /// Folders that are known to lie inside.
    inside: HashSet<PathBuf>,
    part: Option<(usize, Part)>,
    /// Outputs that an earlier run began, with their bytes.
    resumed: HashMap<usize, u64>,
}

impl Output {
    /// Plans the output of a job. Refuses before any work what would overwrite an input or write one file twice.
    pub fn plan(job: &Job, sources: &[Source]) -> Result<Output> {
        plan::side_files(job, sources)?;
        let Some(target) = &job.output else {
            return Ok(Output::Stdout(BufWriter::with_capacity(CHUNK, io::stdout())));
        };
        if is_folder(target, job, sources) {
            let ending = ending(job.write.format);
            let paths: Vec<PathBuf> = sources.iter().map(|s| target.join(mirrored(&s.relative, ending))).collect();
            plan::mirror(target, &paths, sources)?;
            let root = target.clone();
            return Ok(Output::Folder(Folder {
                root,
                paths,
                inside: HashSet::new(),
                part: None,
                resumed: HashMap::new(),
            }));
        }
        if let Some(source) = sources.iter().find(|s| s.path.as_deref().is_some_and(|p| plan::same_file(p, target))) {
            bail!("{}: is an input as well (choose another -o)", source.name());
        }
        Output::one(target)
    }

    fn one(target: &Path) -> Result<Output> {
        // A link stays a link; what it points to is written.
        let path = fs::canonicalize(target).unwrap_or_else(|_| target.to_path_buf());
        if path.metadata().is_ok_and(|facts| !facts.is_file()) {
            let file = OpenOptions::new().write(true).open(&path);
            let file = file.with_context(|| format!("{}: cannot write", shown(&path)))?;
            return Ok(Output::Device { path, file: BufWriter::with_capacity(CHUNK, file) });
        }
        let temporary = BufWriter::with_capacity(CHUNK, temporary_beside(&path)?);
        Ok(Output::File { path, temporary })
    }

    /// Puts the output of a source that is one page.
    pub fn put(&mut self, number: usize, text: &str) -> Result<()> {
        match self {
            Output::Folder(folder) => {
                let path = folder.place(number)?;
                // A link that lies there is replaced, whatever it leads to.
                match path.is_symlink() {
                    true => replace(&path, text.as_bytes()),
                    false => write_file(&path, text.as_bytes()),
                }
            }
            _ => self.add(number, text),
        }
    }

    /// Adds to the output of a source that has many.
    pub fn add(&mut self, number: usize, text: &str) -> Result<()> {
        let text = text.as_bytes();
        match self {
            Output::Stdout(out) => out.write_all(text).context("standard output: cannot write"),
            Output::File { path, temporary } => {
                temporary.write_all(text).with_context(|| format!("{}: cannot write", shown(path)))
            }
            Output::Device { path, file } => {
                file.write_all(text).with_context(|| format!("{}: cannot write", shown(path)))
            }
            Output::Folder(folder) => folder.part(number)?.add(text),
        }
    }

    /// The output of a source is to go on behind this many bytes, which an earlier run wrote. `false` if they are not there.
    pub fn go_on(&mut self, number: usize, bytes: u64) -> bool {
        let Output::Folder(folder) = self else { return false };
        let there = Part::is_there(&folder.paths[number], bytes);
        if there {
            folder.resumed.insert(number, bytes);
        }
        there
    }

    /// Bytes added to the output of this source so far, all of them in its part file. `None` where there is none.
    pub fn way(&mut self, number: usize) -> Result<Option<u64>> {
        match self {
            Output::Folder(folder) => folder.part(number)?.written().map(Some),
            _ => Ok(None),
        }
    }

    /// The output of a source that has many is complete.
    pub fn close(&mut self, number: usize) -> Result<()> {
        if let Output::Folder(folder) = self {
            folder.part(number)?;
            if let Some((_, part)) = folder.part.take() {
                part.finish()?;
            }
        }
        Ok(())
    }

    /// Hands on what was put so far. A file that is not complete has no name yet, so nothing is handed on.
    pub fn flush(&mut self) -> Result<()> {
        match self {
            Output::Stdout(out) => out.flush().context("standard output: cannot write"),
            Output::Device { path, file } => file.flush().with_context(|| format!("{}: cannot write", shown(path))),
            _ => Ok(()),
        }
    }

    /// Makes the output complete: nothing is there under its own name before.
    pub fn finish(mut self) -> Result<()> {
        self.flush()?;
        match self {
            Output::File { path, temporary } => {
                let whole = temporary.into_inner().map_err(|e| e.into_error());
                let file = whole.with_context(|| format!("{}: cannot write", shown(&path)))?;
                file.persist(&path).with_context(|| format!("{}: cannot write", shown(&path)))?;
            }
            Output::Folder(Folder { part: Some((_, part)), .. }) => part.keep()?,
            _ => {}
        }
        Ok(())
    }

    /// Several pages share this output, so one page must be told from the next.
    pub fn is_shared(&self) -> bool {
        !matches!(self, Output::Folder { .. })
    }
}

impl Folder {
    /// The path of a source's output, its folder made. A link in the output folder that leads out of it is not followed.
    fn place(&mut self, number: usize) -> Result<PathBuf> {
        let path = self.paths[number].clone();
        let parent = path.parent().unwrap_or(Path::new(".")).to_path_buf();
        if !self.inside.contains(&parent) {
            let make = |path: &Path| {
                fs::create_dir_all(path).with_context(|| format!("{}: cannot make the folder", shown(path)))
            };
            make(&self.root)?;
            // Looked at before anything is made below: a folder behind a link would be made outside already.
            let there = parent.ancestors().find(|path| path.symlink_metadata().is_ok()).unwrap_or(&self.root);
            let real =
                |path: &Path| path.canonicalize().with_context(|| format!("{}: cannot be looked at", shown(path)));
            if !real(there)?.starts_with(real(&self.root)?) {
                bail!("{}: a link leads out of the output folder (remove it, or choose another -o)", shown(&parent));
            }
            make(&parent)?;
            self.inside.insert(parent);
        }
        Ok(path)
    }

    fn part(&mut self, number: usize) -> Result<&mut Part> {
        if self.part.as_ref().is_none_or(|(open, _)| *open != number) {
            let path = self.place(number)?;
            let part = match self.resumed.remove(&number) {
                Some(bytes) => Part::go_on(&path, bytes)?,
                None => Part::begin(&path)?,
            };
            self.part = Some((number, part));
        }
        Ok(&mut self.part.as_mut().expect("it was made two lines above").1)
    }
}

/// Writes a file in one step: all of it or nothing. A device is written to.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let cannot = || format!("{}: cannot write", shown(path));
    if path.metadata().is_ok_and(|facts| !facts.is_file()) {
        let mut file = OpenOptions::new().write(true).open(path).with_context(cannot)?;
        return file.write_all(bytes).with_context(cannot);
    }
    replace(path, bytes)
}

/// Puts a file where something else may be.
fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut file = temporary_beside(path)?;
    let written = file.write_all(bytes).map_err(anyhow::Error::from).and_then(|()| Ok(file.persist(path)?));
    written.map(drop).with_context(|| format!("{}: cannot write", shown(path)))
}

fn temporary_beside(path: &Path) -> Result<NamedTempFile> {
    let folder = path.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder).with_context(|| format!("{}: cannot make the folder", shown(folder)))?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".zonetext-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder).with_context(|| format!("{}: cannot write here", shown(folder)))
}

/// `-o DIR/`, an existing folder, or a walked directory as input means a mirror; JSON Lines of a directory may also go to one file.
fn is_folder(target: &Path, job: &Job, sources: &[Source]) -> bool {
    let slash = target.as_os_str().as_encoded_bytes().ends_with(b"/");
    slash || target.is_dir() || (job.write.format != Format::Jsonl && sources.iter().any(|s| s.walked))
}

fn ending(format: Format) -> &'static str {
    match format {
        Format::Text => "txt",
        Format::Markdown => "md",
        Format::Json => "json",
        Format::Jsonl => "jsonl",
    }
}
