//! Directories by path, where the system has no handles for them that we know of: links are looked for before each step. Whoever swaps a
//! folder for a link between the look and the step is not noticed.

use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Component, Path, PathBuf};

#[derive(Debug)]
pub struct Directory(PathBuf);

impl Directory {
    pub fn open(path: &Path) -> io::Result<Directory> {
        Ok(Directory(path.canonicalize()?))
    }

    pub fn below(&self, path: &Path, make: bool) -> io::Result<Directory> {
        let mut here = self.0.clone();
        for part in path.components() {
            let Component::Normal(name) = part else {
                return Err(io::Error::other("a name that leads elsewhere"));
            };
            here.push(name);
            match here.symlink_metadata() {
                Ok(facts) if facts.is_dir() => {}
                Ok(_) => return Err(io::Error::other("a link or a file where a folder should be")),
                Err(error) if error.kind() == io::ErrorKind::NotFound && make => fs::create_dir(&here)?,
                Err(error) => return Err(error),
            }
        }
        Ok(Directory(here))
    }

    pub fn create(&self, name: &OsStr) -> io::Result<File> {
        OpenOptions::new().write(true).create_new(true).open(self.0.join(name))
    }

    pub fn read(&self, name: &OsStr) -> io::Result<File> {
        self.no_link(name)?;
        File::open(self.0.join(name))
    }

    pub fn read_and_write(&self, name: &OsStr) -> io::Result<File> {
        self.no_link(name)?;
        OpenOptions::new().read(true).write(true).open(self.0.join(name))
    }

    pub fn append(&self, name: &OsStr) -> io::Result<File> {
        self.no_link(name)?;
        OpenOptions::new().append(true).create(true).open(self.0.join(name))
    }

    fn no_link(&self, name: &OsStr) -> io::Result<()> {
        match self.0.join(name).is_symlink() {
            true => Err(io::Error::other("a link that leads elsewhere: remove it")),
            false => Ok(()),
        }
    }

    pub fn remove(&self, name: &OsStr) -> io::Result<()> {
        match fs::remove_file(self.0.join(name)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            other => other,
        }
    }

    pub fn rename(&self, from: &OsStr, to: &OsStr) -> io::Result<()> {
        fs::rename(self.0.join(from), self.0.join(to))
    }

    pub fn identity(&self, name: &OsStr) -> Option<PathBuf> {
        self.0.join(name).canonicalize().ok()
    }
}
