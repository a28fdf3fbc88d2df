//! The files of sessions that are kept: the newest few of each data set, in a folder of their own, for their user alone to
//! read.

use std::fs::{self, DirBuilder};
use std::io::{self, Write};
use std::os::unix::fs::DirBuilderExt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use tempfile::NamedTempFile;
use xxhash_rust::xxh3::xxh3_128;

use crate::app::file_names::ENDING;
use crate::app::kept::{self, Kept};
use crate::app::model::Model;
use crate::data::load::Request;
use crate::data::place::Place;

/// Sessions that are kept at most; the oldest go.
const MOST: usize = 100;

/// Sessions that are kept of one data set at most: whoever passes an offer over a few times finds it still.
const MOST_OF_ONE: usize = 5;

/// Offers what was kept of the last sessions with the data, as soon as it is open, and once.
pub fn offer(model: &mut Model) {
    let (Some(folder), Some(_)) = (&model.session_folder, model.session()) else { return };
    let Some(data) = identity(&model.request).filter(|data| !model.kept.are_of(data)) else { return };
    let sessions = find(folder, &data);
    kept::offer(model, data, sessions);
}

/// Keeps what the user would miss as the open session ends. There is nobody left to tell of an error, and the log has it.
pub fn keep_open(model: &Model) {
    let Some(folder) = &model.session_folder else { return };
    // What made a fault may make one again.
    let kept = catch_unwind(AssertUnwindSafe(|| {
        let now = SystemTime::now();
        let (text, data) = (kept::text(model, now)?, identity(&model.request)?);
        let continued = model.session().and_then(|session| session.ties.continues.as_deref());
        Some(keep_beside(folder, &data, &text, now, continued))
    }));
    match kept {
        Ok(Some(Err(error))) => tracing::warn!("the session cannot be kept: {}", error.kind()),
        Ok(_) => {}
        Err(_) => tracing::error!("the session cannot be kept for a fault"),
    }
}

/// What tells the data from other data: by what the user named, not by what stands in it, so that it is found when a file has
/// grown or a folder has a file more. Data that cannot be opened again, such as a pipe, has none.
fn identity(request: &Request) -> Option<String> {
    let Request { places, named, text, .. } = request;
    if !places.iter().all(is_lasting) {
        return None;
    }
    let names: Option<Vec<String>> = if named.is_empty() {
        places.iter().map(identity_of_place).collect()
    } else {
        named.iter().map(|path| identity_of_name(path)).collect()
    };
    let mut names: String = names?.into_iter().map(|name| name + "\0").collect();
    names.push_str(text.sheet.as_deref().unwrap_or_default());
    Some(format!("{:032x}", xxh3_128(names.as_bytes())))
}

/// A file, folder or pattern, wherever it is named from.
fn identity_of_name(path: &Path) -> Option<String> {
    if path.as_os_str() == "-" {
        return identity_of_name(Path::new("/dev/stdin"));
    }
    // Of a pattern, the folders that are there; the rest is as it was typed.
    let start = path.ancestors().find(|start| start.exists()).filter(|start| !start.as_os_str().is_empty());
    let rest = start.map_or(path, |start| path.strip_prefix(start).unwrap_or(path));
    let whole = fs::canonicalize(start.unwrap_or(Path::new("."))).ok()?;
    // Joined to nothing, a path would end in a slash.
    let whole = if rest.as_os_str().is_empty() { whole } else { whole.join(rest) };
    Some(whole.to_string_lossy().into_owned())
}

/// Whether a place can be opened again in another session, which what came through a pipe cannot.
fn is_lasting(place: &Place) -> bool {
    match place {
        Place::Member(member) => is_lasting(member.archive()),
        Place::Spooled { from, .. } => !matches!(**from, Place::File { .. }) && is_lasting(from),
        place => !place.is_pipe(),
    }
}

/// A place by the file that it is in; the name of what is inside of the program is the same in each language.
fn identity_of_place(place: &Place) -> Option<String> {
    match place {
        Place::File { path, .. } => Some(fs::canonicalize(path).ok()?.to_string_lossy().into_owned()),
        Place::Member(member) => Some(format!("{}/{}", identity_of_place(member.archive())?, member.name())),
        Place::Spooled { from, .. } => identity_of_place(from),
        Place::BuiltIn { name, .. } => Some((*name).to_owned()),
    }
}

/// What is kept of some data, the newest first; what cannot be used is passed over.
fn find(folder: &Path, data: &str) -> Vec<Kept> {
    let read = |path: PathBuf| {
        let kept = Kept::parse(&fs::read_to_string(&path).ok()?, Some(&path));
        if kept.is_none() {
            tracing::warn!("a session that was kept cannot be read; it is left alone");
        }
        kept
    };
    files_of(folder, data).into_iter().filter_map(read).collect()
}

/// The files of some data, the newest first.
fn files_of(folder: &Path, data: &str) -> Vec<PathBuf> {
    let stem = |path: &Path| path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    files.retain(|path| is_session(path) && stem(path).is_some_and(|stem| stem.starts_with(data)));
    // Their names end with the time.
    files.sort_by_key(|path| std::cmp::Reverse(stem(path)));
    files
}

fn is_session(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == ENDING)
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

/// Keeps a session beside those before it. The one that it goes on with goes, and so do the oldest.
fn keep_beside(folder: &Path, data: &str, text: &str, now: SystemTime, continued: Option<&Path>) -> io::Result<()> {
    let time = now.duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
    let path = folder.join(format!("{data}-{time:020}.{ENDING}"));
    keep(&path, text)?;
    // One more is no harm.
    if let Some(continued) = continued.filter(|continued| *continued != path) {
        let _ = fs::remove_file(continued);
    }
    for old in files_of(folder, data).into_iter().skip(MOST_OF_ONE) {
        let _ = fs::remove_file(old);
    }
    make_room(folder);
    Ok(())
}

/// Removes the oldest sessions of a folder beyond the most.
fn make_room(folder: &Path) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<(SystemTime, PathBuf)> = entries
        .map(|entry| (entry.metadata().and_then(|metadata| metadata.modified()), entry.path()))
        .filter_map(|(time, path)| is_session(&path).then_some((time.ok()?, path)))
        .collect();
    files.sort();
    for (_, path) in files.iter().rev().skip(MOST) {
        // One more is no harm.
        let _ = fs::remove_file(path);
    }
}

#[cfg(test)]
mod tests;
