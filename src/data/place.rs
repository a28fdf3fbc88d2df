//! Where the bytes of a data set are: in a file, or inside the program (the demo shop).

use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Something that can be opened and read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A file.
    File(PathBuf),
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
            Self::BuiltIn { bytes, .. } => Ok(bytes.len() as u64),
        }
    }

    /// Whether it is a folder.
    #[must_use]
    pub fn is_folder(&self) -> bool {
        self.path().is_some_and(Path::is_dir)
    }

    /// The path of a file.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::File(path) => Some(path),
            Self::BuiltIn { .. } => None,
        }
    }

    /// Its name without folders, which is what fits on a screen.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::File(path) => path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(),
            Self::BuiltIn { name, .. } => (*name).to_owned(),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => path.display().fmt(f),
            Self::BuiltIn { name, .. } => name.fmt(f),
        }
    }
}
