//! From what the user names to places: patterns, folders and zip archives become the files they stand for, together one
//! data set; pipes are written to temporary files.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::archive::{self, ArchiveError};
use super::folder::{self, FolderError, keys};
use super::place::Place;
use crate::job::CancelToken;
use crate::show::system;
use crate::tr;

/// Archives within archives that are opened.
const DEEPEST: usize = 3;

/// Names that stand for no files, or for too many.
#[derive(Debug, Error)]
pub enum ExpandError {
    /// A file that is named twice.
    #[error("{}", tr!("{place} is named twice; its rows would count twice", place = _0))]
    Twice(Place),
    /// A pattern that is none.
    #[error("{}", tr!("the pattern `{pattern}` cannot be followed: {problem}", pattern, problem))]
    Pattern {
        /// What was given.
        pattern: String,
        /// What is wrong.
        problem: String,
    },
    /// A pattern that no file matches.
    #[error("{}", tr!("no file matches `{pattern}`", pattern = _0))]
    NoMatch(String),
    /// A folder's own trouble.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// An archive's own trouble.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// A pipe or member that cannot be written to a temporary file.
    #[error("{}", tr!("cannot read {place}: {cause}", place, cause = system::words(source)))]
    Spool {
        /// The pipe or member.
        place: Place,
        /// Why.
        source: io::Error,
    },
}

/// Files as they are, `-` as the standard input; patterns such as `sales/*.csv` as the files they match, folders as the
/// data files under them and zip archives as the data files in them, each in name order.
///
/// # Errors
/// [`ExpandError`]; a file that is reached in two ways is named twice.
pub fn expand(files: &[PathBuf]) -> Result<Vec<Place>, ExpandError> {
    let mut places = Vec::new();
    for file in files {
        let text = file.to_string_lossy();
        if file.as_os_str() == "-" {
            unfold(Place::file("/dev/stdin"), &mut places)?;
        } else if file.is_dir() {
            folder::walk(file)?.into_iter().try_for_each(|place| unfold(place, &mut places))?;
        } else if file.exists() || !text.contains(['*', '?', '[']) {
            unfold(Place::file(file), &mut places)?;
        } else {
            matches(&text, &mut places)?;
        }
    }
    let mut known = HashSet::new();
    match places.iter().find(|place| identity(place).is_some_and(|identity| !known.insert(identity))) {
        Some(place) => Err(ExpandError::Twice(place.clone())),
        None => Ok(places),
    }
}

/// Adds the files that a pattern matches.
fn matches(pattern: &str, places: &mut Vec<Place>) -> Result<(), ExpandError> {
    let wrong = |problem: String| ExpandError::Pattern { pattern: pattern.to_owned(), problem };
    let before = places.len();
    for path in glob::glob(pattern).map_err(|error| wrong(error.to_string()))? {
        let path = path.map_err(|error| wrong(error.to_string()))?;
        if path.is_file() {
            let partition = keys(&path.to_string_lossy());
            unfold(Place::File { path, partition }, places)?;
        }
    }
    if places.len() == before { Err(ExpandError::NoMatch(pattern.to_owned())) } else { Ok(()) }
}

/// Adds a place, an archive as its members.
fn unfold(place: Place, places: &mut Vec<Place>) -> Result<(), ExpandError> {
    if archive::is_archive(&place)? {
        places.extend(archive::members(&place)?.into_iter().map(Place::Member));
    } else {
        places.push(place);
    }
    Ok(())
}

/// What two names of one file have in common: its path, and where a member begins in it.
fn identity(place: &Place) -> Option<(PathBuf, Option<u64>)> {
    let (file, position) = match place {
        Place::Member(member) => (member.archive(), Some(member.position())),
        place => (place, None),
    };
    let path = file.path().and_then(|path| path.canonicalize().ok()).filter(|path| path.is_file())?;
    Some((path, position))
}

/// Writes to temporary files what cannot be read as it is, see [`Place::spooled`]. An archive that comes to light by it
/// (in a pipe, or in another archive) gives its members.
///
/// # Errors
/// [`ExpandError::Spool`] when a pipe or member cannot be read ([`io::ErrorKind::Interrupted`] when cancelled),
/// [`ExpandError::Archive`].
pub fn spool(places: &[Place], cancel: &CancelToken) -> Result<Vec<Place>, ExpandError> {
    let mut spooled = Vec::new();
    for place in places {
        spool_one(place, DEEPEST, &mut spooled, cancel)?;
    }
    Ok(spooled)
}

fn spool_one(place: &Place, depth: usize, all: &mut Vec<Place>, cancel: &CancelToken) -> Result<(), ExpandError> {
    let known = place.path().map(Path::to_path_buf);
    let spooled = place.clone().spooled(cancel);
    let spooled = spooled.map_err(|source| ExpandError::Spool { place: place.clone(), source })?;
    // What had its path before was looked into by `expand`.
    let new = spooled.path() != known.as_deref();
    if new && depth > 0 && archive::is_archive(&spooled)? {
        let members = archive::members(&spooled)?;
        return members.into_iter().try_for_each(|member| spool_one(&Place::Member(member), depth - 1, all, cancel));
    }
    all.push(spooled);
    Ok(())
}
