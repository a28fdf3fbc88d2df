//! Files that the user asks for from within: scenarios and schemes, read and written for the loop.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A file to write or to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileTask {
    /// Write a text, whole or not at all.
    Write {
        /// Where.
        path: PathBuf,
        /// What.
        text: String,
        /// Whether a file that is there may be replaced.
        replace: bool,
        /// What it is, for the message.
        what: &'static str,
    },
    /// Read a scenario.
    Read {
        /// Where.
        path: PathBuf,
        /// What for.
        purpose: Purpose,
    },
}

/// What a scenario is read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To go over to it.
    Open,
    /// To compare with it.
    Baseline,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileDone {
    /// Written.
    Written {
        /// Where.
        path: PathBuf,
        /// What it is.
        what: &'static str,
    },
    /// Not written: there is a file already.
    Exists(PathBuf),
    /// Read.
    Read {
        /// Where.
        path: PathBuf,
        /// What stands in it.
        text: String,
        /// What for.
        purpose: Purpose,
    },
    /// It could not be done.
    Failed(String),
}

/// Does it.
#[must_use]
pub fn carry_out(task: FileTask) -> FileDone {
    match task {
        FileTask::Write { path, replace, .. } if !replace && path.exists() => FileDone::Exists(path),
        FileTask::Write { path, text, what, .. } => match write(&path, &text) {
            Ok(()) => FileDone::Written { path, what },
            Err(error) => FileDone::Failed(format!("cannot write {}: {error}", path.display())),
        },
        FileTask::Read { path, purpose } => match fs::read_to_string(&path) {
            Ok(text) => FileDone::Read { path, text, purpose },
            Err(error) => FileDone::Failed(format!("cannot read {}: {error}", path.display())),
        },
    }
}

/// Writes a file whole or not at all: a full disk leaves the old one as it was.
///
/// # Errors
/// When the folder cannot be made, or the file cannot be written there.
pub fn write(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_there_is_replaced_only_when_told() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("new").join("a.toml");
        let task = |text: &str, replace| FileTask::Write {
            path: path.clone(),
            text: text.to_owned(),
            replace,
            what: "scenario",
        };
        assert_eq!(carry_out(task("one", false)), FileDone::Written { path: path.clone(), what: "scenario" });
        assert_eq!(carry_out(task("two", false)), FileDone::Exists(path.clone()));
        assert_eq!(fs::read_to_string(&path)?, "one");
        assert!(matches!(carry_out(task("two", true)), FileDone::Written { .. }));
        assert_eq!(fs::read_to_string(&path)?, "two");
        let missing = FileTask::Read { path: folder.path().join("none"), purpose: Purpose::Open };
        assert!(matches!(carry_out(missing), FileDone::Failed(problem) if problem.contains("none")));
        Ok(())
    }
}
