//! A file that is made under another name beside its place, and put there when it is whole.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile, PersistError};

use super::{BUFFER, FileError, folder, unwritable};
use crate::data::temporary::{Listed, listed};

/// What temporary names begin with.
const PREFIX: &str = ".tierscope-";

/// Where a file goes.
#[derive(Debug)]
struct Goal {
    /// As the user wrote it.
    path: PathBuf,
    /// Where it really goes: what a link leads to.
    target: PathBuf,
    replace: bool,
}

/// A file that is being made.
#[derive(Debug)]
pub(super) struct Draft {
    goal: Goal,
    file: BufWriter<NamedTempFile>,
    listed: Listed,
}

/// A whole file that is not in its place yet.
#[derive(Debug)]
pub(super) struct Whole {
    goal: Goal,
    file: NamedTempFile,
    listed: Listed,
}

/// A file in its place, that can still be taken back.
#[derive(Debug)]
pub(super) struct Placed {
    target: PathBuf,
    before: Before,
}

/// What was in a place before.
#[derive(Debug)]
enum Before {
    Nothing,
    /// A file, which is still there under another name.
    File(NamedTempFile<()>, Listed),
    /// A file that is gone: the file system gives no second name.
    Lost,
}

/// Where a file really goes, with a look at whether it can: a file that is there is in the way unless it is to be replaced.
pub(super) fn target(path: &Path, replace: bool) -> Result<PathBuf, FileError> {
    // A link that leads nowhere is in the way like a file.
    match fs::symlink_metadata(path) {
        Ok(_) if !replace => return Err(FileError::Exists(path.to_owned())),
        Ok(_) if fs::metadata(path).is_ok_and(|metadata| !metadata.is_file()) => {
            return Err(FileError::NotAFile(path.to_owned()));
        }
        _ => {}
    }
    // A link stays, and what it leads to is written.
    let target = if replace { fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()) } else { path.to_owned() };
    let folder = folder(&target);
    if folder.is_dir() {
        Ok(target)
    } else {
        Err(FileError::NoFolder { path: path.to_owned(), folder: folder.to_owned() })
    }
}

impl Draft {
    pub(super) fn new(path: &Path, replace: bool) -> Result<Self, FileError> {
        let target = target(path, replace)?;
        // Temporary files are for their owner alone, and stay so: the list is about people.
        let made = listed(|| Builder::new().prefix(PREFIX).tempfile_in(folder(&target)));
        let (made, listed) = made.map_err(|error| unwritable(path, error))?;
        let goal = Goal { path: path.to_owned(), target, replace };
        Ok(Self { goal, file: BufWriter::with_capacity(BUFFER, made), listed })
    }

    /// The file as the user wrote it.
    pub(super) fn path(&self) -> &Path {
        &self.goal.path
    }

    /// The folder that it is made in.
    pub(super) fn folder(&self) -> &Path {
        folder(&self.goal.target)
    }

    /// Ends it, with all its bytes on the disk.
    pub(super) fn close(self) -> Result<Whole, FileError> {
        let Self { goal, file, listed } = self;
        let file = file.into_inner().map_err(|error| unwritable(&goal.path, error.into_error()))?;
        file.as_file().sync_all().map_err(|error| unwritable(&goal.path, error))?;
        Ok(Whole { goal, file, listed })
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Whole {
    /// Puts it in its place.
    pub(super) fn put(self) -> Result<Placed, FileError> {
        // Listed until it has its own name.
        let Self { goal: Goal { path, target, replace }, file, listed: _listed } = self;
        let before = if replace { Before::of(&target) } else { Before::Nothing };
        let done = if replace { file.persist(&target) } else { file.persist_noclobber(&target) };
        done.map_err(|PersistError { error, .. }| match error.kind() {
            io::ErrorKind::AlreadyExists => FileError::Exists(path.clone()),
            _ => unwritable(&path, error),
        })?;
        // The name is on the disk, too, where the system can be asked for that.
        let _ = File::open(folder(&target)).and_then(|folder| folder.sync_all());
        Ok(Placed { target, before })
    }
}

impl Before {
    /// What is in a place, kept under a second name for as long as this is.
    fn of(target: &Path) -> Self {
        if fs::symlink_metadata(target).is_err() {
            return Self::Nothing;
        }
        let kept = listed(|| Builder::new().prefix(PREFIX).make_in(folder(target), |name| fs::hard_link(target, name)));
        kept.map_or(Self::Lost, |(file, listed)| Self::File(file, listed))
    }
}

impl Placed {
    /// Makes the place what it was before. Whoever calls it has an error to tell already, and one of this would hide it.
    pub(super) fn take_back(self) {
        let _ = match self.before {
            Before::Nothing => fs::remove_file(&self.target),
            Before::File(before, _listed) => before.persist(&self.target).map_err(|error| error.error),
            Before::Lost => Ok(()),
        };
    }
}
