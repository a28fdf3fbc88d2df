//! Where a list goes: stdout, or a file that is there whole or not at all, private to its owner.

mod draft;

use std::fmt;
use std::io::{self, BufWriter, Stdout, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::tr;

use super::ExportError;
use crate::job::CancelToken;
use draft::{Draft, Whole};

/// Forms of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// CSV in UTF-8.
    Csv,
    /// CSV in UTF-8 with a byte order mark, for spreadsheets.
    CsvBom,
    /// A JSON object a line.
    Ndjson,
    /// A JSON array of objects.
    Json,
    /// A workbook.
    Xlsx,
    /// A Markdown table.
    Markdown,
    /// Parquet.
    Parquet,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 7] =
        [Self::Csv, Self::CsvBom, Self::Ndjson, Self::Json, Self::Xlsx, Self::Markdown, Self::Parquet];

    /// The name on the command line and in manifests.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::CsvBom => "csv-bom",
            Self::Ndjson => "ndjson",
            Self::Json => "json",
            Self::Xlsx => "xlsx",
            Self::Markdown => "markdown",
            Self::Parquet => "parquet",
        }
    }

    /// The format that a path's extension says, whatever its case; `.jsonl` is NDJSON, `.csv` has no byte order mark.
    ///
    /// # Errors
    /// [`FileError::NoFormat`] for another extension, or none.
    pub fn of(path: &Path) -> Result<Self, FileError> {
        let extension = path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
        Ok(match extension.as_deref() {
            Some("csv") => Self::Csv,
            Some("ndjson" | "jsonl") => Self::Ndjson,
            Some("json") => Self::Json,
            Some("xlsx") => Self::Xlsx,
            Some("md" | "markdown") => Self::Markdown,
            Some("parquet") => Self::Parquet,
            _ => return Err(FileError::NoFormat(path.to_owned())),
        })
    }

    /// Whether it is bytes that a terminal must not get.
    #[must_use]
    pub const fn is_binary(self) -> bool {
        matches!(self, Self::Xlsx | Self::Parquet)
    }
}

/// A text that is no format.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{}", tr!("`{name}` is no format; write csv, csv-bom, ndjson, json, xlsx, markdown or parquet", name = _0))]
pub struct NoFormat(String);

impl FromStr for Format {
    type Err = NoFormat;

    fn from_str(text: &str) -> Result<Self, NoFormat> {
        let known = Self::ALL.into_iter().find(|format| format.name() == text);
        known.ok_or_else(|| NoFormat(text.to_owned()))
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Why a file could not be written.
#[derive(Debug, Error)]
pub enum FileError {
    /// There is a file already.
    #[error("{}", tr!("{path} is there already; choose another name, or write over it with --force", path = _0.display()))]
    Exists(PathBuf),
    /// What is there is a folder or a device.
    #[error("{}", tr!("{path} is there and no ordinary file; choose another name", path = _0.display()))]
    NotAFile(PathBuf),
    /// Its folder is not there.
    #[error(
        "{}",
        tr!(
            "cannot write {path}: the folder {folder} does not exist; make it, or choose another",
            path = path.display(),
            folder = folder.display(),
        )
    )]
    NoFolder {
        /// The file.
        path: PathBuf,
        /// The folder.
        folder: PathBuf,
    },
    /// The disk has no room.
    #[error(
        "{}",
        tr!(
            "cannot write {path}: the disk is full; nothing was left behind. Free some space, or choose another folder",
            path = _0.display(),
        )
    )]
    Full(PathBuf),
    /// The system refuses.
    #[error("{}", tr!("cannot write {path}", path = path.display()))]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The list itself.
    #[error("{}", tr!("cannot write {path}", path = path.display()))]
    List {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        source: ExportError,
    },
    /// An extension that says no format.
    #[error(
        "{}",
        tr!(
            "the name {path} says no format; end it with .csv, .ndjson, .json, .xlsx, .md or .parquet",
            path = _0.display(),
        )
    )]
    NoFormat(PathBuf),
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The file; `None` for stdout.
    pub path: Option<PathBuf>,
    /// How long it is.
    pub bytes: u64,
    /// The SHA-256 of its bytes, as 64 small hex digits.
    pub sha256: String,
}

/// Where bytes go, counted and hashed on their way. A file is made beside its place under another name, for its owner
/// alone to read, and goes to its place when it is finished; one that is dropped before leaves nothing behind.
#[derive(Debug)]
pub struct Output {
    end: End,
    bytes: u64,
    hash: Sha256,
    /// Once it is called off, nothing more can be written.
    cancel: CancelToken,
}

/// An output that is whole, and not in its place yet; one that is dropped leaves nothing behind.
#[derive(Debug)]
pub struct Sealed {
    written: Written,
    /// `None` for stdout.
    file: Option<Whole>,
}

#[derive(Debug)]
enum End {
    Stdout(BufWriter<Stdout>),
    File(Draft),
}

/// Large enough that a system call is no cost.
const BUFFER: usize = 1 << 16;

impl Output {
    /// Opens a file to write, or stdout for no path and for `-`. A file that is there is written over only where that is
    /// wanted; this is looked at now, before the work, and once more at the end.
    ///
    /// # Errors
    /// [`FileError::Exists`], [`FileError::NotAFile`], [`FileError::NoFolder`], [`FileError::Full`] or
    /// [`FileError::Unwritable`].
    pub fn open(path: Option<&Path>, replace: bool) -> Result<Self, FileError> {
        let end = match path.filter(|path| *path != Path::new("-")) {
            None => End::Stdout(BufWriter::with_capacity(BUFFER, io::stdout())),
            Some(path) => End::File(Draft::new(path, replace)?),
        };
        Ok(Self { end, bytes: 0, hash: Sha256::new(), cancel: CancelToken::default() })
    }

    /// Looks whether a file could be opened, without making anything. This can take as long as the file system does.
    ///
    /// # Errors
    /// Those of [`Output::open`].
    pub fn check(path: &Path, replace: bool) -> Result<(), FileError> {
        draft::target(path, replace).map(|_| ())
    }

    /// The same output, which takes nothing more once it is called off: what is put together at the end stops, too.
    #[must_use]
    pub fn until(self, cancel: &CancelToken) -> Self {
        Self { cancel: cancel.clone(), ..self }
    }

    /// The folder that the file is written in, with room for what is kept aside; that of temporary files for stdout.
    #[must_use]
    pub fn folder(&self) -> PathBuf {
        match &self.end {
            End::Stdout(_) => std::env::temp_dir(),
            End::File(draft) => draft.folder().to_owned(),
        }
    }

    /// What went wrong while the list was written, with the file it happened to.
    #[must_use]
    pub fn failed(&self, error: ExportError) -> FileError {
        let path = match &self.end {
            End::Stdout(_) => Path::new("stdout"),
            End::File(draft) => draft.path(),
        };
        match error {
            ExportError::Io(error) => unwritable(path, error),
            source => FileError::List { path: path.to_owned(), source },
        }
    }

    /// Puts the file in its place, with all its bytes on the disk.
    ///
    /// # Errors
    /// [`FileError::Exists`] when another program made one meanwhile; [`FileError::Full`] or [`FileError::Unwritable`].
    pub fn finish(self) -> Result<Written, FileError> {
        self.seal()?.put()
    }

    /// Ends it, with all its bytes on the disk, but not in its place yet.
    ///
    /// # Errors
    /// [`FileError::Full`] or [`FileError::Unwritable`].
    pub fn seal(self) -> Result<Sealed, FileError> {
        let (path, file) = match self.end {
            End::Stdout(mut out) => {
                out.flush().map_err(|error| unwritable(Path::new("stdout"), error))?;
                (None, None)
            }
            End::File(draft) => (Some(draft.path().to_owned()), Some(draft.close()?)),
        };
        Ok(Sealed { written: Written { path, bytes: self.bytes, sha256: hex(&self.hash.finalize()) }, file })
    }
}

impl Sealed {
    /// What is written, whether it is in its place or not.
    #[must_use]
    pub const fn written(&self) -> &Written {
        &self.written
    }

    /// Puts it in its place.
    ///
    /// # Errors
    /// Those of [`Output::finish`].
    pub fn put(self) -> Result<Written, FileError> {
        self.file.map(Whole::put).transpose()?;
        Ok(self.written)
    }

    /// Puts it and what belongs beside it in their places: where the second cannot be put, the first is taken back, and
    /// what it had replaced is there again.
    ///
    /// # Errors
    /// Those of [`Output::finish`].
    pub fn put_with(self, beside: Self) -> Result<Written, FileError> {
        let first = self.file.map(Whole::put).transpose()?;
        if let Err(error) = beside.put() {
            if let Some(first) = first {
                first.take_back();
            }
            return Err(error);
        }
        Ok(self.written)
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.cancel.is_cancelled() {
            return Err(io::Error::other(tr!("called off")));
        }
        let written = match &mut self.end {
            End::Stdout(out) => out.write(bytes)?,
            End::File(draft) => draft.write(bytes)?,
        };
        self.bytes += written as u64;
        self.hash.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.end {
            End::Stdout(out) => out.flush(),
            End::File(draft) => draft.flush(),
        }
    }
}

/// The folder of a path; the current one for a bare name.
fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// An error of the system about a file. The name of the temporary file says nothing to the user.
fn unwritable(path: &Path, error: io::Error) -> FileError {
    let path = path.to_owned();
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => FileError::Full(path),
        _ => {
            let source = error.raw_os_error().map_or(error, io::Error::from_raw_os_error);
            FileError::Unwritable { path, source }
        }
    }
}

/// Bytes as small hex digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |half: u8| char::from(DIGITS[usize::from(half & 0xf)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(*byte)]).collect()
}

#[cfg(test)]
mod tests;
