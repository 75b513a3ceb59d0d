//! Where the output goes: standard output, one file, or a folder that mirrors the inputs by their paths.
//!
//! Files are written under a temporary name in the target folder and then renamed, so a killed run leaves no half file.

use super::inputs::Source;
use crate::cli::Job;
use anyhow::{Context, Result, bail};
use std::collections::HashMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;
use zonetext::write::Format;

/// A place to put pages.
pub enum Output {
    Stdout(io::BufWriter<io::Stdout>),
    File {
        path: PathBuf,
        temporary: io::BufWriter<NamedTempFile>,
    },
    /// Paths of the files to write, a path for each source.
    Folder {
        paths: Vec<PathBuf>,
    },
}

impl Output {
    /// Plans the output of a job. Refuses before any work what would overwrite an input or write one file twice.
    pub fn plan(job: &Job, sources: &[Source]) -> Result<Output> {
        let Some(target) = &job.output else {
            return Ok(Output::Stdout(io::BufWriter::with_capacity(64 << 10, io::stdout())));
        };
        if is_folder(target, job, sources) {
            let paths = mirrored(target, job.write.format, sources)?;
            return Ok(Output::Folder { paths });
        }
        if let Some(source) = sources.iter().find(|s| s.path.as_deref().is_some_and(|p| same_file(p, target))) {
            bail!("{}: is an input as well (choose another -o)", source.name());
        }
        let temporary = io::BufWriter::with_capacity(64 << 10, temporary_beside(target)?);
        Ok(Output::File { path: target.clone(), temporary })
    }

    /// Puts the output of the source with this number.
    pub fn put(&mut self, number: usize, text: &str) -> Result<()> {
        match self {
            Output::Stdout(out) => out.write_all(text.as_bytes())?,
            Output::File { path, temporary } => {
                temporary.write_all(text.as_bytes()).with_context(|| format!("{}: cannot write", path.display()))?;
            }
            Output::Folder { paths } => write_file(&paths[number], text.as_bytes())?,
        }
        Ok(())
    }

    /// Hands on what was put so far. A file that is not complete has no name yet, so nothing is handed on.
    pub fn flush(&mut self) -> Result<()> {
        if let Output::Stdout(out) = self {
            out.flush()?;
        }
        Ok(())
    }

    /// Makes the output complete: nothing is there under its own name before.
    pub fn finish(self) -> Result<()> {
        match self {
            Output::Stdout(mut out) => out.flush()?,
            Output::File { path, temporary } => {
                let whole = temporary.into_inner().map_err(|e| e.into_error());
                let file = whole.with_context(|| format!("{}: cannot write", path.display()))?;
                file.persist(&path).with_context(|| format!("{}: cannot write", path.display()))?;
            }
            Output::Folder { .. } => {}
        }
        Ok(())
    }

    /// Several pages share this output, so one page must be told from the next.
    pub fn is_shared(&self) -> bool {
        !matches!(self, Output::Folder { .. })
    }
}

/// Writes a file in one step: all of it or nothing.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut file = temporary_beside(path)?;
    let written = file.write_all(bytes).map_err(anyhow::Error::from).and_then(|()| Ok(file.persist(path)?));
    written.map(drop).with_context(|| format!("{}: cannot write", path.display()))
}

fn temporary_beside(path: &Path) -> Result<NamedTempFile> {
    let folder = path.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder).with_context(|| format!("{}: cannot make the folder", folder.display()))?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".zonetext-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder).with_context(|| format!("{}: cannot write here", folder.display()))
}

/// `-o DIR/`, an existing folder, or a walked directory as input means a mirror; JSON Lines of a directory may also go to one file.
fn is_folder(target: &Path, job: &Job, sources: &[Source]) -> bool {
    let slash = target.as_os_str().as_encoded_bytes().ends_with(b"/");
    slash || target.is_dir() || (job.write.format != Format::Jsonl && sources.iter().any(|s| s.walked))
}

fn mirrored(folder: &Path, format: Format, sources: &[Source]) -> Result<Vec<PathBuf>> {
    let ending = match format {
        Format::Text => "txt",
        Format::Markdown => "md",
        Format::Json => "json",
        Format::Jsonl => "jsonl",
    };
    let paths: Vec<PathBuf> = sources.iter().map(|s| folder.join(s.relative.with_extension(ending))).collect();
    let mut taken: HashMap<&Path, &Source> = HashMap::new();
    for (path, source) in paths.iter().zip(sources) {
        if let Some(other) = taken.insert(path, source) {
            bail!(
                "{} and {} would both write {} (rename one, or run them apart)",
                other.name(),
                source.name(),
                path.display()
            );
        }
    }
    let inside = |s: &&Source| s.walked && s.path.as_deref().is_some_and(|p| lies_inside(folder, p, &s.relative));
    if let Some(source) = sources.iter().find(inside) {
        bail!(
            "{}: the output folder lies in the directory of {} (choose one beside it)",
            folder.display(),
            source.name()
        );
    }
    let own = |(path, s): (&PathBuf, &Source)| s.path.as_deref().is_some_and(|p| same_file(p, path)).then(|| s.name());
    if let Some(name) = paths.iter().zip(sources).find_map(own) {
        bail!("{name}: is an input as well (choose another -o)");
    }
    Ok(paths)
}

/// `folder` is the walked directory of this source or lies in it; a second run would take its own output for input.
fn lies_inside(folder: &Path, source: &Path, relative: &Path) -> bool {
    let root = source.ancestors().nth(relative.components().count());
    let whole = |path: &Path| {
        path.canonicalize().ok().or_else(|| Some(path.parent()?.canonicalize().ok()?.join(path.file_name()?)))
    };
    match (root.and_then(Path::to_str), root) {
        (Some(""), _) => whole(folder).zip(Path::new(".").canonicalize().ok()).is_some_and(|(f, r)| f.starts_with(r)),
        (_, Some(root)) => whole(folder).zip(root.canonicalize().ok()).is_some_and(|(f, r)| f.starts_with(r)),
        _ => false,
    }
}

fn same_file(a: &Path, b: &Path) -> bool {
    matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}
