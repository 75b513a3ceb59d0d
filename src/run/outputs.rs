//! Where the output goes: standard output, one file, or a folder that mirrors the inputs by their paths.
//!
//! Files are written under a temporary name in the target folder and then renamed, so a killed run leaves no half file. Pages come whole;
//! the records of an archive or a stream come one by one, into a part file that a resumed run can go on with.

use super::Misuse;
use super::inputs::{Source, shown};
use super::part::{Part, Written};
use super::plan;
use super::writer::{self, Begun, Folder, Originals, Place, Stays};
use crate::cli::{Action, InputKind, Job, Packing, named};
use anyhow::{Context, Result, bail};
use std::borrow::Cow;
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use zonetext::write::Format;
use zonetext::write::visible::visible;

/// Bytes that are handed on at a time, at the latest.
const CHUNK: usize = 64 << 10;
/// Bytes that are packed at a time: each piece stands by itself, so small ones would pack badly.
const PACKED_CHUNK: usize = 1 << 20;

/// A place to put pages.
pub enum Output {
    Stdout {
        out: BufWriter<io::Stdout>,
        /// The text of pages goes to a terminal: what could steer it is shown as marks.
        marked: bool,
    },
    File {
        begun: Begun,
        waiting: Vec<u8>,
        packing: Option<Packing>,
    },
    /// A device or a pipe, which cannot be replaced by a file.
    Device {
        path: PathBuf,
        file: BufWriter<File>,
    },
    Mirror(Box<Mirror>),
}

/// A mirror.
pub struct Mirror {
    pub folder: Folder,
    /// The file to write for each source, below the folder.
    pub names: Vec<PathBuf>,
    /// How many of them keep the whole name of their input, so that no two are one.
    pub whole_names: usize,
    part: Option<(usize, Part)>,
    /// Outputs that an earlier run began.
    resumed: HashMap<usize, Part>,
}

impl Output {
    /// Plans the output of a job. Refuses before any work what would overwrite an input or write one file twice.
    pub fn plan(job: &Job, sources: &[Source], originals: &Rc<Originals>) -> Result<Output> {
        plan::side_files(job, sources, originals)?;
        let Some(target) = &job.output else {
            let text = job.action == Action::Clean && !job.write.format.is_record();
            let marked = text && io::stdout().is_terminal();
            return Ok(Output::Stdout { out: BufWriter::with_capacity(CHUNK, io::stdout()), marked });
        };
        if is_folder(target) {
            let (names, whole_names) = plan::names(sources, ending(job.write.format))?;
            plan::mirror(target, &names, sources, originals)?;
            let folder = Folder::open(target, originals.clone())?;
            let mirror = Mirror { folder, names, whole_names, part: None, resumed: HashMap::new() };
            return Ok(Output::Mirror(Box::new(mirror)));
        }
        if originals.hold(target) {
            bail!("{}: is an input as well (choose another -o)", shown(target));
        }
        one_file(target, job, sources)?;
        Output::one(target, job.packing, originals)
    }

    fn one(target: &Path, packing: Option<Packing>, originals: &Rc<Originals>) -> Result<Output> {
        if writer::is_device(target) {
            let file = BufWriter::with_capacity(CHUNK, writer::device(target)?);
            return Ok(Output::Device { path: target.to_path_buf(), file });
        }
        let begun = Place::named(target, originals.clone())?.begin(Stays::No)?;
        Ok(Output::File { begun, waiting: Vec::new(), packing })
    }

    /// Puts the output of a source that is one page.
    pub fn put(&mut self, number: usize, text: &str) -> Result<()> {
        match self {
            Output::Mirror(mirror) => mirror.folder.place(&mirror.names[number])?.write(text.as_bytes()),
            _ => self.add(number, text),
        }
    }

    /// Adds to the output of a source that has many.
    pub fn add(&mut self, number: usize, text: &str) -> Result<()> {
        let marked = matches!(self, Output::Stdout { marked: true, .. });
        let text = if marked { Cow::Owned(visible(text)) } else { Cow::Borrowed(text) };
        let text = text.as_bytes();
        match self {
            Output::Stdout { out, .. } => out.write_all(text).context("standard output: cannot write"),
            Output::File { begun, waiting, packing } => {
                waiting.extend_from_slice(text);
                if waiting.len() < if packing.is_some() { PACKED_CHUNK } else { CHUNK } {
                    return Ok(());
                }
                let whole = std::mem::take(waiting);
                hand_on(begun, whole, *packing)
            }
            Output::Device { path, file } => file.write_all(text).with_context(|| writer::cannot_write(path)),
            Output::Mirror(mirror) => mirror.part(number)?.add(text),
        }
    }

    /// The output of a source is to go on behind what an earlier run wrote. `false` if that is not there as it was.
    pub fn go_on(&mut self, number: usize, before: &Written) -> bool {
        let Output::Mirror(mirror) = self else { return false };
        let place = mirror.folder.place(&mirror.names[number]);
        let part = place.ok().and_then(|place| Part::go_on(place, before));
        part.is_some_and(|part| mirror.resumed.insert(number, part).is_none())
    }

    /// What was added to the output of this source so far, all of it in its part file. `None` where there is none.
    pub fn way(&mut self, number: usize) -> Result<Option<Written>> {
        match self {
            Output::Mirror(mirror) => mirror.part(number)?.written().map(Some),
            _ => Ok(None),
        }
    }

    /// Something was added to the output of this source.
    pub fn is_begun(&mut self, number: usize) -> Result<bool> {
        match self {
            Output::Mirror(mirror) => Ok(!mirror.part(number)?.is_empty()),
            _ => Ok(false),
        }
    }

    /// The output of a source that has many is complete; what it holds, where it has a file of its own.
    pub fn close(&mut self, number: usize) -> Result<Option<Written>> {
        if let Output::Mirror(mirror) = self {
            mirror.part(number)?;
            if let Some((_, part)) = mirror.part.take() {
                return part.finish().map(Some);
            }
        }
        Ok(None)
    }

    /// Hands on what was put so far. A file that is not complete has no name yet, so nothing is handed on.
    pub fn flush(&mut self) -> Result<()> {
        match self {
            Output::Stdout { out, .. } => out.flush().context("standard output: cannot write"),
            Output::Device { path, file } => file.flush().with_context(|| writer::cannot_write(path)),
            _ => Ok(()),
        }
    }

    /// Makes the output complete: nothing is there under its own name before. Of a run that was interrupted the one file is kept beside
    /// its place, as `NAME.part`.
    pub fn finish(mut self, interrupted: bool) -> Result<()> {
        self.flush()?;
        match self {
            Output::File { mut begun, waiting, packing } => {
                hand_on(&mut begun, waiting, packing)?;
                if interrupted { begun.finish_as_part() } else { begun.finish() }
            }
            Output::Mirror(mirror) => mirror.part.map_or(Ok(()), |(_, part)| part.keep()),
            _ => Ok(()),
        }
    }

    /// Several pages share this output, so one page must be told from the next.
    pub fn is_shared(&self) -> bool {
        !matches!(self, Output::Mirror { .. })
    }

    /// The name that the one file has if the run is interrupted.
    pub fn part_name(&self) -> Option<String> {
        if let Output::File { begun, .. } = self { Some(format!("{}.part", shown(begun.path()))) } else { None }
    }

    /// Outputs that keep the whole name of their input.
    pub fn whole_names(&self) -> usize {
        if let Output::Mirror(mirror) = self { mirror.whole_names } else { 0 }
    }
}

impl Mirror {
    fn part(&mut self, number: usize) -> Result<&mut Part> {
        if self.part.as_ref().is_none_or(|(open, _)| *open != number) {
            let part = match self.resumed.remove(&number) {
                Some(part) => part,
                None => Part::begin(self.folder.place(&self.names[number])?)?,
            };
            self.part = Some((number, part));
        }
        Ok(&mut self.part.as_mut().expect("it was made two lines above").1)
    }
}

/// `-o DIR/` or an existing folder means a mirror.
fn is_folder(target: &Path) -> bool {
    target.as_os_str().as_encoded_bytes().ends_with(b"/") || target.is_dir()
}

/// Refuses a name that says neither a folder nor a form, and many pages in one file that could not be told apart.
fn one_file(target: &Path, job: &Job, sources: &[Source]) -> Result<()> {
    let name = shown(target);
    if named(target).is_none() && !writer::is_device(target) {
        let message = format!(
            "-o {name}: neither a folder nor a name that says a form; try -o {name}/ for a folder, or -o {name}.jsonl (.txt, .md, .json; \
             each also .gz or .zst)"
        );
        return Err(Misuse(message).into());
    }
    let many = sources.len() > 1 || sources.iter().any(|source| source.walked || source.archive);
    let records = job.write.format.is_record() || job.action != Action::Clean;
    if many && !records && !writer::is_device(target) && job.input != InputKind::Jsonl {
        let bare = target.with_extension("");
        let folder = if job.packing.is_some() { bare.with_extension("") } else { bare };
        let message = format!(
            "-o {name}: many pages in one file could not be told apart; try -f jsonl, or a folder such as -o {}/",
            shown(&folder)
        );
        return Err(Misuse(message).into());
    }
    Ok(())
}

/// Gives bytes to a file, packed as its name says.
fn hand_on(begun: &mut Begun, bytes: Vec<u8>, packing: Option<Packing>) -> Result<()> {
    match packing {
        None => begun.write_all(&bytes),
        Some(packing) => begun.write_all(&packing.packed(&bytes).context("the packing of the output")?),
    }
}

fn ending(format: Format) -> &'static str {
    match format {
        Format::Text => "txt",
        Format::Markdown => "md",
        Format::Json => "json",
        Format::Jsonl => "jsonl",
    }
}
