//! Folders: the data files under one, in name order, with the columns that names such as `year=2024` give them.

use std::fs::{self, DirEntry};
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::data_file::{is_data, is_hidden};
use super::place::{Partition, Place};
use crate::show::system;
use crate::tr;

/// Folders within folders that are followed.
const DEEPEST: usize = 16;
/// Files of one folder at most: more of them, and it is likelier that the folder was named by mistake.
const MOST: usize = 100_000;

/// A folder that cannot be taken as a data set.
#[derive(Debug, Error)]
pub enum FolderError {
    /// The system refuses.
    #[error("{}", tr!("cannot read the folder {path}: {cause}", path = path.display(), cause = system::words(source)))]
    Io {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Nothing that could be data.
    #[error(
        "{}",
        tr!(
            "{path} holds no data files; name a folder with CSV, Parquet, Excel or other files of rows",
            path = path.display(),
        )
    )]
    NoData {
        /// The folder.
        path: PathBuf,
    },
    /// Folders within folders without end.
    #[error(
        "{}",
        tr!(
            "{path} is more than {deepest} folders deep; name its files, or a nearer folder",
            path = path.display(),
            deepest = DEEPEST,
        )
    )]
    TooDeep {
        /// The folder.
        path: PathBuf,
    },
    /// So many files that it can hardly be meant.
    #[error("{}", tr!("{path} holds more than 100,000 data files; name a smaller folder", path = path.display()))]
    TooMany {
        /// The folder.
        path: PathBuf,
    },
}

/// All data files under a folder as [`Place::File`]s, in name order, with the columns that the folders between give
/// them. Hidden files, names that begin with `_` (such as `_SUCCESS`), links to folders and files of other kinds are
/// passed over.
///
/// # Errors
/// [`FolderError`] when a folder cannot be read, goes too deep, or there are no data files or too many.
pub fn walk(folder: &Path) -> Result<Vec<Place>, FolderError> {
    let mut walk = Walk { folder, found: Vec::new() };
    walk.take(folder, DEEPEST)?;
    if walk.found.is_empty() {
        return Err(FolderError::NoData { path: folder.to_path_buf() });
    }
    Ok(walk.found)
}

struct Walk<'a> {
    folder: &'a Path,
    found: Vec<Place>,
}

impl Walk<'_> {
    fn take(&mut self, folder: &Path, depth: usize) -> Result<(), FolderError> {
        if depth == 0 {
            return Err(FolderError::TooDeep { path: self.folder.to_path_buf() });
        }
        let io = |source| FolderError::Io { path: folder.to_path_buf(), source };
        let mut entries = fs::read_dir(folder).map_err(io)?.collect::<io::Result<Vec<_>>>().map_err(io)?;
        entries.sort_by_key(DirEntry::file_name);
        for entry in entries {
            let name = entry.file_name().to_string_lossy().into_owned();
            if is_hidden(&name) {
                continue;
            }
            let path = entry.path();
            if entry.file_type().map_err(io)?.is_dir() {
                self.take(&path, depth - 1)?;
            } else if is_data(&name) && !is_other(&path) {
                self.keep(path)?;
            }
        }
        Ok(())
    }

    fn keep(&mut self, path: PathBuf) -> Result<(), FolderError> {
        if self.found.len() == MOST {
            return Err(FolderError::TooMany { path: self.folder.to_path_buf() });
        }
        let below = path.strip_prefix(self.folder).unwrap_or(&path);
        let partition = keys(&below.to_string_lossy());
        self.found.push(Place::File { path, partition });
        Ok(())
    }
}

/// Whether what a link leads to, or the thing itself, is no file: a folder, a pipe, a device. A link that leads nowhere
/// is a file, whose absence is told when it is opened.
fn is_other(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| !metadata.is_file())
}

/// The columns that folders named `key=value` give to a file, outermost first. Values are URL-decoded;
/// `__HIVE_DEFAULT_PARTITION__` stands for a missing one.
pub(super) fn keys(path: &str) -> Partition {
    let folders = path.rsplit_once('/').map_or("", |(folders, _)| folders);
    let keys = folders.split('/').filter_map(|folder| folder.split_once('=')).filter(|(key, _)| !key.is_empty());
    let decoded =
        keys.map(|(key, value)| (decoded(key), (value != "__HIVE_DEFAULT_PARTITION__").then(|| decoded(value))));
    Partition::of(decoded.collect())
}

/// Undoes `%20` and the like; what is no such escape stays as it is.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let escaped = match rest {
            [b'%', high, low, ..] => hex(*high).zip(hex(*low)).map(|(high, low)| high * 16 + low),
            _ => None,
        };
        bytes.push(escaped.unwrap_or(*first));
        rest = if escaped.is_some() { &rest[3..] } else { after };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).map(|value| value as u8)
}

#[cfg(test)]
mod tests {
    use std::error::Error;
    use std::os::unix::fs::symlink;

    use super::*;

    fn tree(files: &[&str]) -> io::Result<tempfile::TempDir> {
        let root = tempfile::tempdir()?;
        for file in files {
            let path = root.path().join(file);
            fs::create_dir_all(path.parent().unwrap_or(root.path()))?;
            fs::write(path, "a,b\n1,2\n")?;
        }
        Ok(root)
    }

    fn names(root: &Path, places: &[Place]) -> Vec<String> {
        let below = |place: &Place| place.path().and_then(|path| path.strip_prefix(root).ok()).map(Path::to_path_buf);
        places.iter().filter_map(below).map(|path| path.display().to_string()).collect()
    }

    #[test]
    fn data_files_come_in_name_order_and_others_not_at_all() -> Result<(), Box<dyn Error>> {
        let root = tree(&[
            "b/2.csv",
            "b/10.CSV.gz",
            "a.parquet",
            "c/part-00000",
            "c/000000_0",
            "c/_SUCCESS",
            "c/.part-00000.crc",
            "c/part-00000.crc",
            "c/Makefile",
            "_old/x.csv",
            ".git/x.csv",
            "~$book.xlsx",
            "book.xlsx",
            "README.txt",
            "Thumbs.db",
            "notes.txt",
            "plot.png",
        ])?;
        symlink(root.path().join("b"), root.path().join("again"))?;
        symlink("/nowhere/z.csv", root.path().join("z.csv"))?;
        let found = walk(root.path())?;
        let expected =
            ["a.parquet", "b/10.CSV.gz", "b/2.csv", "book.xlsx", "c/000000_0", "c/part-00000", "notes.txt", "z.csv"];
        assert_eq!(names(root.path(), &found), expected);
        Ok(())
    }

    #[test]
    fn folders_named_as_keys_give_columns() -> Result<(), Box<dyn Error>> {
        let root = tree(&["year=2024/month=01/part-0.parquet", "year=2023/month=__HIVE_DEFAULT_PARTITION__/p.csv"])?;
        let found = walk(root.path())?;
        let column = |key: &str, value: Option<&str>| (key.to_owned(), value.map(str::to_owned));
        assert_eq!(found[0].partition(), [column("year", Some("2023")), column("month", None)]);
        assert_eq!(found[1].partition(), [column("year", Some("2024")), column("month", Some("01"))]);
        for (path, expected) in [
            ("city=S%C3%A3o%20Paulo/x.csv", vec![column("city", Some("São Paulo"))]),
            ("share=100%/x.csv", vec![column("share", Some("100%"))]),
            ("odd=%FF%2/x.csv", vec![column("odd", Some("%FF%2"))]),
            ("a=b=c/x.csv", vec![column("a", Some("b=c"))]),
            ("渠道=天猫/d=/x=y.csv", vec![column("渠道", Some("天猫")), column("d", Some(""))]),
            ("=b/2024/x.csv", vec![]),
            ("x.csv", vec![]),
        ] {
            assert_eq!(*keys(path), *expected, "{path}");
        }
        Ok(())
    }

    #[test]
    fn a_folder_without_data_says_so() -> Result<(), Box<dyn Error>> {
        let root = tree(&["plot.png"])?;
        let told = walk(root.path()).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(told.contains("holds no data files"), "{told}");
        let told = walk(&root.path().join("missing")).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(told.contains("cannot read the folder") && told.contains("missing"), "{told}");
        let deep = tree(&[&format!("{}x.csv", "d/".repeat(DEEPEST))])?;
        let told = walk(deep.path()).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(told.contains("16 folders deep"), "{told}");
        let near = tree(&[&format!("{}x.csv", "d/".repeat(DEEPEST - 1))])?;
        assert_eq!(walk(near.path())?.len(), 1);
        Ok(())
    }
}
