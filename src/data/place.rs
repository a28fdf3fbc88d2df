//! Where the bytes of a data set are: in a file, in a pipe that is written to a temporary file first, or inside the
//! program (the demo shop).

use std::fmt;
use std::fs::File;
use std::io::{self, Read, Write};
use std::os::unix::fs::FileTypeExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::{NamedTempFile, TempPath};

use crate::job::CancelToken;

/// Something that can be opened and read.
#[derive(Clone, Debug)]
pub enum Place {
    /// A file.
    File(PathBuf),
    /// What a pipe held, in a temporary file that goes when the last of these goes.
    Spooled {
        /// The pipe.
        pipe: PathBuf,
        /// The file.
        file: Arc<TempPath>,
    },
    /// Text inside the program.
    BuiltIn {
        /// What it is called on the screen.
        name: &'static str,
        /// Its bytes.
        bytes: &'static [u8],
    },
}

impl Place {
    /// Opens it from its beginning.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        match self {
            Self::File(path) => Ok(Box::new(File::open(path)?)),
            Self::Spooled { file, .. } => Ok(Box::new(File::open(&**file)?)),
            Self::BuiltIn { bytes, .. } => Ok(Box::new(*bytes)),
        }
    }

    /// Its size in bytes.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn size(&self) -> io::Result<u64> {
        match self {
            Self::File(path) => std::fs::metadata(path).map(|metadata| metadata.len()),
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
        let Self::File(path) = self else { return false };
        std::fs::metadata(path).is_ok_and(|metadata| metadata.file_type().is_fifo())
    }

    /// The same place, fit to be read twice: a pipe is written to a temporary file first.
    ///
    /// # Errors
    /// When the pipe cannot be read or the temporary file not be written; [`io::ErrorKind::Interrupted`] when cancelled.
    pub fn spooled(self, cancel: &CancelToken) -> io::Result<Self> {
        const PIECE: usize = 1 << 20;
        if !self.is_pipe() {
            return Ok(self);
        }
        let Self::File(pipe) = self else { return Ok(self) };
        let mut bytes = File::open(&pipe)?;
        let mut file = NamedTempFile::with_prefix("tierscope-")?;
        let mut piece = vec![0; PIECE];
        loop {
            let read = bytes.read(&mut piece)?;
            if cancel.is_cancelled() {
                return Err(io::ErrorKind::Interrupted.into());
            }
            if read == 0 {
                file.flush()?;
                return Ok(Self::Spooled { pipe, file: Arc::new(file.into_temp_path()) });
            }
            file.write_all(&piece[..read])?;
        }
    }

    /// The path of a file.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::File(path) => Some(path),
            Self::Spooled { file, .. } => Some(file),
            Self::BuiltIn { .. } => None,
        }
    }

    /// Its name without folders, which is what fits on a screen.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::File(path) | Self::Spooled { pipe: path, .. } => {
                path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
            }
            Self::BuiltIn { name, .. } => (*name).to_owned(),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) | Self::Spooled { pipe: path, .. } => path.display().fmt(f),
            Self::BuiltIn { name, .. } => name.fmt(f),
        }
    }
}
