//! Files that the user asks for from within: scenarios and schemes, read and written for the loop.

pub mod sessions;

use std::fs;
use std::path::{Path, PathBuf};

use crate::data::mapping_memory::{Chosen, Header, forget, remember};
use crate::data::scenario_file::{ScenarioFileError, read, save};
use crate::model::scenario::Scenario;
use crate::model::schemes::Catalogue;
use crate::tr;

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// A scenario.
    Scenario,
    /// A scheme of the user's own.
    Scheme,
}

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
        /// What it is.
        what: Written,
    },
    /// Remember the columns that were chosen for headers.
    Remember {
        /// The memory.
        path: PathBuf,
        /// What was chosen.
        mappings: Vec<(Header, Vec<Chosen>)>,
    },
    /// Forget the columns of a header.
    Forget {
        /// The memory.
        path: PathBuf,
        /// The header.
        header: Header,
        /// Whether the data is loaded next.
        load: bool,
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
#[derive(Clone, Debug, PartialEq)]
pub enum FileDone {
    /// Written.
    Written {
        /// Where.
        path: PathBuf,
        /// What it is.
        what: Written,
    },
    /// Not written: there is a file already.
    Exists(PathBuf),
    /// Read.
    Read {
        /// Where.
        path: PathBuf,
        /// What stands in it.
        scenario: Box<Scenario>,
        /// What for.
        purpose: Purpose,
    },
    /// The chosen columns are remembered, or why not.
    Remembered(Result<(), String>),
    /// The columns of a header are forgotten, if there were any, or why not.
    Forgotten {
        /// What came of it.
        result: Result<bool, String>,
        /// Whether the data is loaded next.
        load: bool,
    },
    /// It could not be done.
    Failed(String),
}

/// Does it; a scenario may name a scheme of the catalogue, or one beside it.
#[must_use]
pub fn carry_out(task: FileTask, catalogue: &Catalogue) -> FileDone {
    if let FileTask::Write { path, .. } | FileTask::Read { path, .. } = &task
        && path.is_dir()
    {
        return FileDone::Failed(is_folder(path));
    }
    match task {
        FileTask::Write { path, text, replace, what } => match write(&path, &text, replace, what == Written::Scheme) {
            Ok(()) => FileDone::Written { path, what },
            Err(ScenarioFileError::Exists(path)) => FileDone::Exists(path),
            Err(error) => FileDone::Failed(error.to_string()),
        },
        FileTask::Remember { path, mappings } => {
            let kept = mappings.iter().try_for_each(|(header, chosen)| remember(&path, header, chosen));
            FileDone::Remembered(kept.map_err(|error| error.to_string()))
        }
        FileTask::Forget { path, header, load } => {
            FileDone::Forgotten { result: forget(&path, &header).map_err(|error| error.to_string()), load }
        }
        FileTask::Read { path, purpose } => match read(&path, catalogue) {
            Ok(scenario) => FileDone::Read { path, scenario: Box::new(scenario), purpose },
            Err(error) => FileDone::Failed(error.to_string()),
        },
    }
}

/// What to say of a folder that was typed for a file.
pub(super) fn is_folder(path: &Path) -> String {
    tr!("{path} is a folder; type the name of a file in it", path = path.display())
}

/// Writes a file, and makes its folder where that is ours to make.
fn write(path: &Path, text: &str, replace: bool, make_folder: bool) -> Result<(), ScenarioFileError> {
    let unwritable = |source| ScenarioFileError::Unwritable { path: path.to_owned(), source };
    if let Some(folder) = path.parent().filter(|_| make_folder) {
        fs::create_dir_all(folder).map_err(unwritable)?;
    }
    save(path, text, replace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_there_is_replaced_only_when_told() -> std::io::Result<()> {
        let catalogue = Catalogue::built_in();
        let carry_out = |task| carry_out(task, &catalogue);
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("new").join("a.toml");
        let task = |text: &str, replace| FileTask::Write {
            path: path.clone(),
            text: text.to_owned(),
            replace,
            what: Written::Scheme,
        };
        assert_eq!(carry_out(task("one", false)), FileDone::Written { path: path.clone(), what: Written::Scheme });
        assert_eq!(carry_out(task("two", false)), FileDone::Exists(path.clone()));
        assert_eq!(fs::read_to_string(&path)?, "one");
        assert!(matches!(carry_out(task("two", true)), FileDone::Written { .. }));
        assert_eq!(fs::read_to_string(&path)?, "two");
        let missing = FileTask::Read { path: folder.path().join("none"), purpose: Purpose::Open };
        assert!(matches!(carry_out(missing), FileDone::Failed(problem) if problem.contains("none")));
        let inside = FileTask::Read { path: folder.path().to_owned(), purpose: Purpose::Open };
        assert!(matches!(carry_out(inside), FileDone::Failed(problem) if problem.contains("is a folder")));
        Ok(())
    }
}
