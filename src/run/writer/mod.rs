//! The one way by which files are written: whole or not at all, never over an input, and below an output folder never through a link.
//!
//! A file gets a name of its own beside its place and is renamed when it is whole, so a killed run leaves no half file. Folders below the
//! output folder are opened one from the other without following links, anew for each file: whoever swaps one for a link meanwhile gets
//! an error, not a file elsewhere. A path that the user named as the one output may be a link; what it points to is written.

#[cfg(not(unix))]
mod by_path;
#[cfg(unix)]
mod unix;

#[cfg(not(unix))]
use by_path::Directory;
#[cfg(unix)]
use unix::Directory;

use super::inputs::{Source, shown};
use anyhow::{Context, Result};
use sha1::{Digest, Sha1};
use std::collections::HashSet;
use std::ffi::{OsStr, OsString};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// What tells a file from all others, whatever its names: device and number, or where there are none, its path.
#[cfg(unix)]
type Identity = (u64, u64);
#[cfg(not(unix))]
type Identity = PathBuf;

/// The inputs of a run, which no output may overwrite.
#[derive(Debug, Default)]
pub struct Originals(HashSet<Identity>);

impl Originals {
    pub fn of(sources: &[Source]) -> Rc<Originals> {
        Rc::new(Originals(sources.iter().filter_map(|source| identity(source.path.as_deref()?)).collect()))
    }

    /// The file at this path is an input, also by another name of it. Devices may be both.
    pub fn hold(&self, path: &Path) -> bool {
        path.is_file() && identity(path).is_some_and(|identity| self.0.contains(&identity))
    }
}

#[cfg(unix)]
fn identity(path: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    let facts = path.metadata().ok()?;
    Some((facts.dev(), facts.ino()))
}

#[cfg(not(unix))]
fn identity(path: &Path) -> Option<Identity> {
    path.canonicalize().ok()
}

/// An output folder, held open.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    directory: Directory,
    originals: Rc<Originals>,
}

impl Folder {
    /// Opens the folder that the user named, and makes it if need be.
    pub fn open(path: &Path, originals: Rc<Originals>) -> Result<Folder> {
        let cannot = || format!("{}: cannot make the folder", shown(path));
        fs::create_dir_all(path).with_context(cannot)?;
        let directory = Directory::open(path).with_context(cannot)?;
        Ok(Folder { path: path.to_path_buf(), directory, originals })
    }

    /// The place of a file below the folder. The folders on the way are made.
    pub fn place(&self, relative: &Path) -> Result<Place> {
        let path = self.path.join(relative);
        let (parent, name) = (relative.parent().unwrap_or(Path::new("")), relative.file_name());
        let below = self.directory.below(parent, true);
        let directory = below.map_err(|error| Refused { path: shown(&path), error }.or_fatal())?;
        let name = name.unwrap_or_default().to_owned();
        Ok(Place { directory, name, path, originals: self.originals.clone() })
    }

    /// A file that an earlier run left there; no link, and no link on the way.
    pub fn file(&self, relative: &Path) -> io::Result<File> {
        let parent = self.directory.below(relative.parent().unwrap_or(Path::new("")), false)?;
        parent.read(relative.file_name().unwrap_or_default())
    }
}

/// Where one file is to be.
#[derive(Debug)]
pub struct Place {
    directory: Directory,
    name: OsString,
    path: PathBuf,
    originals: Rc<Originals>,
}

impl Place {
    /// The place of a file that the user named; of a link, what it points to. Its folder is made if need be.
    pub fn named(path: &Path, originals: Rc<Originals>) -> Result<Place> {
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
        let folder = path.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let cannot = || format!("{}: cannot make the folder", shown(folder));
        fs::create_dir_all(folder).with_context(cannot)?;
        let directory = Directory::open(folder).with_context(cannot)?;
        let name = path.file_name().unwrap_or_default().to_owned();
        Ok(Place { directory, name, path, originals })
    }

    /// Writes all of it or nothing.
    pub fn write(self, bytes: &[u8]) -> Result<()> {
        let mut begun = self.begin(Stays::No)?;
        begun.write_all(bytes)?;
        begun.finish()
    }

    /// Begins a file beside its place.
    pub fn begin(self, stays: Stays) -> Result<Begun> {
        let beside = beside(&self.name, stays);
        let create = || {
            self.directory.remove(&beside)?;
            self.directory.create(&beside)
        };
        let file = create().map_err(|error| self.refused(error))?;
        Ok(Begun { place: self, beside, file: Some(file), keep: stays == Stays::ForResume })
    }

    /// Goes on with what an earlier run began. The file is read from its beginning; nothing is dropped yet.
    pub fn go_on(self) -> Result<Begun> {
        let beside = beside(&self.name, Stays::ForResume);
        let file = self.directory.read_and_write(&beside).map_err(|error| self.refused(error))?;
        Ok(Begun { place: self, beside, file: Some(file), keep: true })
    }

    /// Opens a file to add to, and empties it first unless it is to go on. It is no link.
    pub fn append(self, go_on: bool) -> Result<File> {
        let file = self.directory.append(&self.name).map_err(|error| self.refused(error))?;
        if !go_on {
            self.may_replace()?;
            file.set_len(0).with_context(|| cannot_write(&self.path))?;
        }
        Ok(file)
    }

    fn may_replace(&self) -> Result<()> {
        match self.directory.identity(&self.name).is_some_and(|identity| self.originals.0.contains(&identity)) {
            true => Err(Refused { path: shown(&self.path), error: io::Error::other(AN_INPUT) }.into()),
            false => Ok(()),
        }
    }

    fn refused(&self, error: io::Error) -> anyhow::Error {
        Refused { path: shown(&self.path), error }.or_fatal()
    }
}

const AN_INPUT: &str = "is an input as well (choose another place)";

/// What becomes of a begun file when the run ends before it is whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stays {
    No,
    /// It has a name that a resumed run finds.
    ForResume,
}

/// A file on its way.
#[derive(Debug)]
pub struct Begun {
    place: Place,
    beside: OsString,
    /// Until it has its own name.
    file: Option<File>,
    keep: bool,
}

impl Begun {
    /// The file itself.
    pub fn file(&mut self) -> &mut File {
        self.file.as_mut().expect("only finishing takes the file, and that takes all")
    }

    /// Adds to it.
    pub fn write_all(&mut self, bytes: &[u8]) -> Result<()> {
        let path = shown(&self.place.path);
        self.file().write_all(bytes).with_context(|| format!("{path}: cannot write"))
    }

    /// It is whole: it gets its own name. What has that name is replaced, were it a link; an input is not.
    pub fn finish(mut self) -> Result<()> {
        self.place.may_replace()?;
        let renamed = self.place.directory.rename(&self.beside, &self.place.name);
        renamed.map_err(|error| self.place.refused(error))?;
        self.file = None;
        Ok(())
    }

    /// The run ends before it is whole: it stays beside its place as `NAME.part`.
    pub fn finish_as_part(mut self) -> Result<()> {
        let mut name = self.place.name.clone();
        name.push(".part");
        let renamed = self.place.directory.rename(&self.beside, &name);
        renamed.map_err(|error| self.place.refused(error))?;
        self.file = None;
        Ok(())
    }

    /// The place it will have, for messages.
    pub fn path(&self) -> &Path {
        &self.place.path
    }
}

impl Drop for Begun {
    fn drop(&mut self) {
        if self.file.is_some() && !self.keep {
            // Nothing more can be done about it.
            let _ = self.place.directory.remove(&self.beside);
        }
    }
}

/// A hidden name of fixed length, so that long names do not become too long; it is that of one run unless a later one is to find it.
fn beside(name: &OsStr, stays: Stays) -> OsString {
    let hash: String = Sha1::digest(name.as_encoded_bytes()).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    match stays {
        Stays::No => format!(".zonetext-{hash}.{}", std::process::id()).into(),
        Stays::ForResume => format!(".zonetext-{hash}.part").into(),
    }
}

/// A place that cannot be written, whatever is to be written there: the failure of that page alone.
#[derive(Debug, thiserror::Error)]
#[error("{path}: cannot write: {error} (rename the page, or choose another output)")]
pub struct Refused {
    path: String,
    error: io::Error,
}

impl Refused {
    /// A full disk and the like concern all pages.
    fn or_fatal(self) -> anyhow::Error {
        use io::ErrorKind as Kind;
        let all = [Kind::StorageFull, Kind::QuotaExceeded, Kind::ReadOnlyFilesystem, Kind::OutOfMemory];
        match all.contains(&self.error.kind()) {
            true => anyhow::Error::from(self.error).context(format!("{}: cannot write", self.path)),
            false => self.into(),
        }
    }
}

/// Writes a file that the user named, in one step. A device is written to.
pub fn write_file(path: &Path, bytes: &[u8], originals: &Rc<Originals>) -> Result<()> {
    match is_device(path) {
        true => device(path)?.write_all(bytes).with_context(|| cannot_write(path)),
        false => Place::named(path, originals.clone())?.write(bytes),
    }
}

/// A device or a pipe, which cannot be replaced by a file.
pub fn is_device(path: &Path) -> bool {
    path.metadata().is_ok_and(|facts| !facts.is_file())
}

/// Opens a device.
pub fn device(path: &Path) -> Result<File> {
    OpenOptions::new().write(true).open(path).with_context(|| cannot_write(path))
}

/// Opens a file that lines are added to as they come; of a link, what it points to. It is emptied only when it is known to be no input.
pub fn lines(path: &Path, go_on: bool, originals: &Rc<Originals>) -> Result<File> {
    match is_device(path) {
        true => device(path),
        false => Place::named(path, originals.clone())?.append(go_on),
    }
}

pub fn cannot_write(path: &Path) -> String {
    format!("{}: cannot write", shown(path))
}
