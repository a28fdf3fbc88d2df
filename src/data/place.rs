//! Where the bytes of a data set are: in a file, in a member of a zip archive, in a pipe or a member that is written to
//! a temporary file first, or inside the program (the demo shop).

use std::collections::HashMap;
use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::ops::Deref;
use std::os::unix::fs::FileTypeExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::TempPath;

use super::archive::Member;
use super::kind::{Magic, magic};
use super::temporary;
use crate::job::CancelToken;
use crate::lang;

/// What a file has by the folders it lies in; a pointer, for places are part of errors.
#[derive(Clone, Debug, Default)]
pub struct Partition(Arc<Folders>);

#[derive(Clone, Debug, Default)]
struct Folders {
    columns: Vec<(String, Option<String>)>,
    /// As much of its path as tells it from the other files of the data set, where its name alone does not.
    shown: Option<String>,
}

impl Partition {
    /// Columns such as `year=2024`: names and values, `None` where the folder says that the value is missing. Every row
    /// of the file has them.
    pub(super) fn of(columns: Vec<(String, Option<String>)>) -> Self {
        Self(Arc::new(Folders { columns, shown: None }))
    }

    /// The name to show, where the file's own does not tell it from others.
    fn shown(&self) -> Option<&str> {
        self.0.shown.as_deref()
    }

    fn show(&mut self, name: Option<String>) {
        if self.0.shown != name {
            Arc::make_mut(&mut self.0).shown = name;
        }
    }
}

/// The columns.
impl Deref for Partition {
    type Target = [(String, Option<String>)];

    fn deref(&self) -> &Self::Target {
        &self.0.columns
    }
}

/// Something that can be opened and read.
#[derive(Clone, Debug)]
pub enum Place {
    /// A file.
    File {
        /// Where it is.
        path: PathBuf,
        /// The columns it has by its folders.
        partition: Partition,
    },
    /// A member of a zip archive.
    Member(Member),
    /// What a pipe or a member held, in a temporary file that goes when the last of these goes.
    Spooled {
        /// Where it comes from.
        from: Box<Place>,
        /// The file.
        file: Arc<TempPath>,
    },
    /// Text inside the program.
    BuiltIn {
        /// What it is called on the screen, a text of the catalogues.
        name: &'static str,
        /// Its bytes.
        bytes: &'static [u8],
    },
}

impl Place {
    /// A file that has its own columns only.
    #[must_use]
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self::File { path: path.into(), partition: Partition::default() }
    }

    /// Opens it from its beginning.
    ///
    /// # Errors
    /// When the system refuses, or a member is encrypted or packed by a method that is not read. Reading a damaged
    /// member gives an error at the latest where it ends.
    pub fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        match self {
            Self::File { path, .. } => Ok(Box::new(File::open(path)?)),
            Self::Member(member) => member.open(),
            Self::Spooled { file, .. } => Ok(Box::new(File::open(&**file)?)),
            Self::BuiltIn { bytes, .. } => Ok(Box::new(*bytes)),
        }
    }

    /// Its size in bytes, of a member unpacked.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn size(&self) -> io::Result<u64> {
        match self {
            Self::File { path, .. } => std::fs::metadata(path).map(|metadata| metadata.len()),
            Self::Member(member) => Ok(member.size()),
            Self::Spooled { file, .. } => std::fs::metadata(&**file).map(|metadata| metadata.len()),
            Self::BuiltIn { bytes, .. } => Ok(bytes.len() as u64),
        }
    }

    /// Whether it is a folder.
    #[must_use]
    pub fn is_folder(&self) -> bool {
        self.path().is_some_and(Path::is_dir)
    }

    /// Whether it is a device, a socket or the like, which has no end to read to.
    #[must_use]
    pub fn is_endless(&self) -> bool {
        let kind = self.path().and_then(|path| std::fs::metadata(path).ok()).map(|metadata| metadata.file_type());
        kind.is_some_and(|kind| kind.is_char_device() || kind.is_block_device() || kind.is_socket())
    }

    /// Whether it is a pipe, which can be read only once.
    #[must_use]
    pub fn is_pipe(&self) -> bool {
        let Self::File { path, .. } = self else { return false };
        std::fs::metadata(path).is_ok_and(|metadata| metadata.file_type().is_fifo())
    }

    /// The same place, fit to be read as its kind needs: a pipe, which can be read only once, and a member that is read
    /// in leaps (a workbook, Parquet, Arrow, a database, an archive) are written to temporary files first.
    ///
    /// # Errors
    /// When the pipe or member cannot be read or the temporary file not be written, because a member unpacks to far more
    /// than it should or the disk has no room; [`io::ErrorKind::Interrupted`] when cancelled.
    pub fn spooled(self, cancel: &CancelToken) -> io::Result<Self> {
        let spool = match &self {
            Self::File { .. } => self.is_pipe(),
            Self::Member(_) => is_read_in_leaps(&self.head()?),
            Self::Spooled { .. } | Self::BuiltIn { .. } => false,
        };
        if !spool {
            return Ok(self);
        }
        let most = match &self {
            Self::Member(member) => member.most(),
            _ => u64::MAX,
        };
        let file = temporary::copied(&mut *self.open()?, most, cancel)?;
        Ok(Self::Spooled { from: Box::new(self), file })
    }

    /// Its first bytes, eight at most.
    fn head(&self) -> io::Result<Vec<u8>> {
        let mut head = Vec::new();
        self.open()?.take(8).read_to_end(&mut head)?;
        Ok(head)
    }

    /// The path of a file.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::File { path, .. } => Some(path),
            Self::Spooled { file, .. } => Some(file),
            Self::Member(_) | Self::BuiltIn { .. } => None,
        }
    }

    /// The columns that it has by its folders.
    #[must_use]
    pub fn partition(&self) -> &[(String, Option<String>)] {
        match self {
            Self::File { partition, .. } => partition,
            Self::Member(member) => member.partition(),
            Self::Spooled { from, .. } => from.partition(),
            Self::BuiltIn { .. } => &[],
        }
    }

    /// Its name, which is what fits on a screen: without folders, unless [`tell_apart`] found that they are needed.
    #[must_use]
    pub fn name(&self) -> String {
        let file = |path: &Path| path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        match self {
            Self::File { path, partition } => partition.shown().map_or_else(|| file(path), str::to_owned),
            Self::Member(member) => {
                let own = || member.name().rsplit('/').next().unwrap_or_default();
                member.folders().shown().unwrap_or_else(own).to_owned()
            }
            Self::Spooled { from, .. } => from.name(),
            Self::BuiltIn { name, .. } => lang::text(name).to_owned(),
        }
    }
}

impl Place {
    /// Shows it by another name than its file's own, or by that.
    fn show(&mut self, name: Option<String>) {
        match self {
            Self::File { partition, .. } => partition.show(name),
            Self::Member(member) => member.folders_mut().show(name),
            Self::Spooled { from, .. } => from.show(name),
            Self::BuiltIn { .. } => {}
        }
    }
}

/// Gives the places of one data set names that differ: the shortest ends of their paths that no other one has.
pub fn tell_apart(places: &mut [Place]) {
    let paths: Vec<String> = places.iter().map(Place::to_string).collect();
    for (place, shown) in places.iter_mut().zip(ends(&paths)) {
        // A name without folders needs none kept.
        place.show(shown.contains('/').then(|| shown.to_owned()));
    }
}

/// The shortest end of each path, in whole parts, that no other path has; all of it where there is none.
fn ends(paths: &[String]) -> Vec<&str> {
    let end = |path: &str, parts: usize| path.rmatch_indices('/').nth(parts - 1).map_or(0, |(at, _)| at + 1);
    let mut ends: Vec<&str> = paths.iter().map(|path| &path[end(path, 1)..]).collect();
    for parts in 2.. {
        let mut met: HashMap<&str, usize> = HashMap::new();
        for end in &ends {
            *met.entry(end).or_default() += 1;
        }
        let mut is_longer = false;
        for (shown, path) in ends.iter_mut().zip(paths).filter(|(shown, _)| met[**shown] > 1) {
            let longer = &path[end(path, parts)..];
            is_longer |= longer.len() > shown.len();
            *shown = longer;
        }
        if !is_longer {
            break;
        }
    }
    ends
}

/// A file's path, a member as `sales.zip/2024/january.csv`.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { path, .. } => path.display().fmt(f),
            Self::Member(member) => member.fmt(f),
            Self::Spooled { from, .. } => from.fmt(f),
            Self::BuiltIn { name, .. } => lang::text(name).fmt(f),
        }
    }
}

/// Whether the first bytes are those of a kind whose readers leap about in the file.
fn is_read_in_leaps(head: &[u8]) -> bool {
    matches!(magic(head), Magic::Columnar(_) | Magic::Zip | Magic::OldWorkbook | Magic::Database)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_one_name_are_told_apart_by_their_folders_and_others_need_none() {
        for (paths, expected) in [
            (&["/s/m=1/p.csv", "/s/m=2/p.csv", "/s/q.csv"][..], &["m=1/p.csv", "m=2/p.csv", "q.csv"][..]),
            (
                &["2023/m=1/p.csv", "2024/m=1/p.csv", "2024/m=2/p.csv"],
                &["2023/m=1/p.csv", "2024/m=1/p.csv", "m=2/p.csv"],
            ),
            (&["a.zip/p.csv", "p.csv"], &["a.zip/p.csv", "p.csv"]),
            (&["x/p.csv", "/x/p.csv", "x/x/p.csv"], &["x/p.csv", "/x/p.csv", "x/x/p.csv"]),
            (&["p.csv", "p.csv"], &["p.csv", "p.csv"]),
        ] {
            let mut places: Vec<Place> = paths.iter().map(Place::file).collect();
            tell_apart(&mut places);
            assert_eq!(places.iter().map(Place::name).collect::<Vec<_>>(), expected);
        }
    }
}
