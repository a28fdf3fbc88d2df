//! The files of sessions that are kept: one a data set, in a folder of their own, for their user alone to read.

use std::fs::{self, DirBuilder};
use std::io::{self, Write};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use tempfile::NamedTempFile;
use xxhash_rust::xxh3::xxh3_128;

use crate::app::file_names::ENDING;
use crate::app::kept::Kept;
use crate::data::load::Request;
use crate::data::place::Place;

/// Sessions that are kept at most; the oldest go.
const MOST: usize = 100;

/// The file of the session with this data: told by the files, not by what stands in them, so that it is found when they have
/// grown. Data that cannot be opened again, such as a pipe, has none.
#[must_use]
pub fn file_of(folder: &Path, request: &Request) -> Option<PathBuf> {
    let mut names = String::new();
    for place in &request.places {
        let name = match place {
            Place::Spooled { from, .. } if matches!(**from, Place::File { .. }) => return None,
            place if place.is_pipe() => return None,
            Place::File { path, .. } => fs::canonicalize(path).ok()?.to_string_lossy().into_owned(),
            place => place.to_string(),
        };
        names.push_str(&name);
        names.push('\0');
    }
    names.push_str(request.text.sheet.as_deref().unwrap_or_default());
    Some(folder.join(format!("{:032x}.{ENDING}", xxh3_128(names.as_bytes()))))
}

/// What was kept there; nothing where nothing was, or nothing that can be used.
#[must_use]
pub fn find(path: &Path) -> Option<Kept> {
    let kept = Kept::parse(&fs::read_to_string(path).ok()?);
    if kept.is_none() {
        tracing::warn!("a session that was kept cannot be read; it is left alone");
    }
    kept
}

/// Keeps a file for its owner alone: whole, or as it was before.
///
/// # Errors
/// When the system refuses.
pub fn keep(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    // Ids of customers may stand in it: only its owner reads a temporary file.
    let mut file = NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// Removes the oldest sessions of a folder beyond the most.
pub fn make_room(folder: &Path) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let is_ours = |path: &Path| path.extension().is_some_and(|extension| extension == ENDING);
    let mut files: Vec<(SystemTime, PathBuf)> = entries
        .map(|entry| (entry.metadata().and_then(|metadata| metadata.modified()), entry.path()))
        .filter_map(|(time, path)| is_ours(&path).then_some((time.ok()?, path)))
        .collect();
    files.sort();
    for (_, path) in files.iter().rev().skip(MOST) {
        // One more is no harm.
        let _ = fs::remove_file(path);
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_session_belongs_to_its_files_and_is_for_its_owner_alone() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let sessions = folder.path().join("state").join("sessions");
        let (one, other) = (folder.path().join("a.csv"), folder.path().join("b.csv"));
        fs::write(&one, "1")?;
        fs::write(&other, "2")?;
        let of = |paths: &[&Path]| {
            let places = paths.iter().map(|path| Place::file(*path)).collect();
            file_of(&sessions, &Request { places, ..Request::default() })
        };
        let path = of(&[&one]).ok_or(io::ErrorKind::NotFound)?;
        assert_eq!(of(&[&folder.path().join(".").join("a.csv")]), Some(path.clone()), "however it is named");
        assert_ne!(of(&[&other]), Some(path.clone()));
        assert_ne!(of(&[&one, &other]), Some(path.clone()));
        assert_eq!(of(&[&folder.path().join("none")]), None);
        keep(&path, "one")?;
        keep(&path, "two")?;
        assert_eq!(fs::read_to_string(&path)?, "two");
        assert_eq!(fs::metadata(&path)?.permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::metadata(&sessions)?.permissions().mode() & 0o777, 0o700);
        assert!(find(&path).is_none(), "what is damaged is not offered");
        for number in 0..MOST + 5 {
            keep(&sessions.join(format!("{number}.toml")), "x")?;
        }
        make_room(&sessions);
        assert_eq!(fs::read_dir(&sessions)?.count(), MOST);
        Ok(())
    }
}
