//! Directories by handle: what is opened, made and renamed lies in this directory, whatever its path leads to meanwhile.

use rustix::fs::{AtFlags, Mode, OFlags};
use rustix::io::Errno;
use std::ffi::OsStr;
use std::fs::File;
use std::io;
use std::os::fd::OwnedFd;
use std::path::{Component, Path};

/// An open directory.
#[derive(Debug)]
pub struct Directory(OwnedFd);

const FOLDER: OFlags = OFlags::RDONLY.union(OFlags::DIRECTORY).union(OFlags::CLOEXEC);

impl Directory {
    /// The directory at a path that the user named; links are followed.
    pub fn open(path: &Path) -> io::Result<Directory> {
        Ok(Directory(rustix::fs::open(path, FOLDER, Mode::empty())?))
    }

    /// The directory below this one. No link is followed; what is missing is made, if so wanted.
    pub fn below(&self, path: &Path, make: bool) -> io::Result<Directory> {
        let mut here = self.0.try_clone()?;
        for part in path.components() {
            let Component::Normal(name) = part else {
                return Err(io::Error::other("a name that leads elsewhere"));
            };
            let open = || rustix::fs::openat(&here, name, FOLDER | OFlags::NOFOLLOW, Mode::empty());
            let opened = match open() {
                Err(Errno::NOENT) if make => match rustix::fs::mkdirat(&here, name, Mode::from(0o777)) {
                    Ok(()) | Err(Errno::EXIST) => open(),
                    Err(error) => Err(error),
                },
                other => other,
            };
            here = opened.map_err(|error| self.explained(&here, name, error))?;
        }
        Ok(Directory(here))
    }

    /// Linux says of a link that it is no directory.
    fn explained(&self, here: &OwnedFd, name: &OsStr, error: Errno) -> io::Error {
        let facts = rustix::fs::statat(here, name, AtFlags::SYMLINK_NOFOLLOW);
        let link = facts.is_ok_and(|facts| rustix::fs::FileType::from_raw_mode(facts.st_mode).is_symlink());
        match link {
            true => io::Error::other(format!(
                "a link leads out of the output folder at {:?}: remove it, or choose another -o",
                name.to_string_lossy()
            )),
            false => error.into(),
        }
    }

    /// Makes a file that is not there yet.
    pub fn create(&self, name: &OsStr) -> io::Result<File> {
        self.file(name, OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL)
    }

    /// Opens a file that is there, to read it.
    pub fn read(&self, name: &OsStr) -> io::Result<File> {
        // A pipe that nobody writes to must not hold up whoever opens it.
        let file = self.file(name, OFlags::RDONLY | OFlags::NONBLOCK)?;
        match file.metadata()?.is_file() {
            true => Ok(file),
            false => Err(io::Error::other("no file")),
        }
    }

    /// Opens a file that is there, to go on with it.
    pub fn read_and_write(&self, name: &OsStr) -> io::Result<File> {
        self.file(name, OFlags::RDWR)
    }

    /// Opens a file to add to it, and makes it if need be.
    pub fn append(&self, name: &OsStr) -> io::Result<File> {
        self.file(name, OFlags::WRONLY | OFlags::CREATE | OFlags::APPEND).map_err(|error| {
            match error.raw_os_error() == Some(Errno::LOOP.raw_os_error()) {
                true => io::Error::other("a link that leads elsewhere: remove it"),
                false => error,
            }
        })
    }

    fn file(&self, name: &OsStr, flags: OFlags) -> io::Result<File> {
        let flags = flags | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        Ok(rustix::fs::openat(&self.0, name, flags, Mode::from(0o666))?.into())
    }

    /// Removes a file; it may be missing.
    pub fn remove(&self, name: &OsStr) -> io::Result<()> {
        match rustix::fs::unlinkat(&self.0, name, AtFlags::empty()) {
            Err(Errno::NOENT) => Ok(()),
            other => Ok(other?),
        }
    }

    /// Gives a file another name in the same directory; what has that name is replaced.
    pub fn rename(&self, from: &OsStr, to: &OsStr) -> io::Result<()> {
        Ok(rustix::fs::renameat(&self.0, from, &self.0, to)?)
    }

    /// Device and number of what has this name.
    pub fn identity(&self, name: &OsStr) -> Option<(u64, u64)> {
        let facts = rustix::fs::statat(&self.0, name, AtFlags::SYMLINK_NOFOLLOW).ok()?;
        Some((facts.st_dev as u64, facts.st_ino as u64))
    }
}
