//! The folder of entries: written whole or not at all, for the user alone, and never beyond a bound.

use std::fs::{self, DirBuilder, File, FileTimes, Metadata, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use tempfile::Builder;

use super::entry::Problem;

/// Entries at most.
const MOST_ENTRIES: usize = 100;

/// Bytes of all entries at most.
const MOST_BYTES: u64 = 2 << 30;

/// What entries end with.
const ENDING: &str = ".load";

/// What begins the name of an entry that is being written.
const UNFINISHED: &str = ".unfinished-";

/// How old a file is that nobody is writing any more: a program that was killed has left it.
const ABANDONED: Duration = Duration::from_hours(1);

/// What the cache takes up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Entries.
    pub entries: u64,
    /// Their bytes.
    pub bytes: u64,
}

/// A file of the cache.
struct Kept {
    path: PathBuf,
    bytes: u64,
    used: SystemTime,
}

/// The file of an entry.
pub(super) fn path(folder: &Path, key: u128) -> PathBuf {
    folder.join(format!("{key:032x}{ENDING}"))
}

/// The user of the folder, who is the one who runs this program: nobody else can have written entries.
pub(super) fn owner(folder: &Path) -> Result<u32, Problem> {
    let found = fs::metadata(folder)?;
    if found.mode() & 0o022 != 0 {
        return Err(Problem::Stale("in a folder that others can write to"));
    }
    // Whose a file is that this program makes tells who runs it.
    if found.uid() != tempfile::tempfile()?.metadata()?.uid() {
        return Err(Problem::Stale("in a folder of another user"));
    }
    Ok(found.uid())
}

/// Notes that an entry was used.
pub(super) fn touch(path: &Path) {
    let times = FileTimes::new().set_modified(SystemTime::now());
    let touched = File::options().write(true).open(path).and_then(|file| file.set_times(times));
    if let Err(error) = touched {
        tracing::debug!(path = %path.display(), "not noted as used: {error}");
    }
}

/// Writes the entry of a key, in the place of one that is there; gives its bytes.
pub(super) fn write(folder: &Path, key: u128, content: impl FnOnce(&mut File) -> io::Result<u64>) -> io::Result<u64> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    if fs::metadata(folder)?.mode() & 0o077 != 0 {
        fs::set_permissions(folder, Permissions::from_mode(0o700))?;
    }
    let mode = Permissions::from_mode(0o600);
    // What is not finished goes with the handle.
    let mut file = Builder::new().prefix(UNFINISHED).permissions(mode).tempfile_in(folder)?;
    if file.as_file().metadata()?.uid() != fs::metadata(folder)?.uid() {
        return Err(io::Error::other("the folder is another user's"));
    }
    let bytes = content(file.as_file_mut())?;
    let path = path(folder, key);
    make_room(folder, &path, bytes)?;
    file.persist(&path).map_err(|error| error.error)?;
    Ok(bytes)
}

/// Removes the entries that were used longest ago until one more of some bytes has room, and what was never finished.
fn make_room(folder: &Path, replaced: &Path, bytes: u64) -> io::Result<()> {
    let (mut entries, unfinished) = files(folder)?;
    let now = SystemTime::now();
    for file in unfinished {
        if now.duration_since(file.used).is_ok_and(|age| age > ABANDONED) {
            let _ = fs::remove_file(&file.path);
        }
    }
    entries.retain(|entry| entry.path != replaced);
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.used));
    let mut all: u64 = bytes + entries.iter().map(|entry| entry.bytes).sum::<u64>();
    while entries.len() + 1 > MOST_ENTRIES || all > MOST_BYTES {
        let Some(oldest) = entries.pop() else { break };
        all -= oldest.bytes;
        match fs::remove_file(&oldest.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => tracing::debug!(path = %oldest.path.display(), "removed from the cache to make room"),
        }
    }
    Ok(())
}

/// What the cache takes up; nothing where there is none.
///
/// # Errors
/// When the system refuses.
pub fn usage(folder: &Path) -> io::Result<Usage> {
    let (entries, unfinished) = files(folder)?;
    let bytes = entries.iter().chain(&unfinished).map(|file| file.bytes).sum();
    Ok(Usage { entries: entries.len() as u64, bytes })
}

/// Removes all entries, and nothing else; gives what they took up.
///
/// # Errors
/// When the system refuses.
pub fn clear(folder: &Path) -> io::Result<Usage> {
    let used = usage(folder)?;
    let (entries, unfinished) = files(folder)?;
    for file in entries.into_iter().chain(unfinished) {
        match fs::remove_file(&file.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            removed => removed?,
        }
    }
    Ok(used)
}

/// Entries, and what is being written or was not finished. Files of other names are nobody's business here.
fn files(folder: &Path) -> io::Result<(Vec<Kept>, Vec<Kept>)> {
    let listed = match fs::read_dir(folder) {
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok((Vec::new(), Vec::new()));
        }
        listed => listed?,
    };
    let (mut entries, mut unfinished) = (Vec::new(), Vec::new());
    for file in listed {
        let file = file?;
        let name = file.file_name();
        let Some(name) = name.to_str() else { continue };
        // Another program may have removed it meanwhile.
        let Ok(metadata) = file.metadata() else { continue };
        let kept = || kept(file.path(), &metadata);
        if is_entry(name) && metadata.is_file() {
            entries.push(kept());
        } else if name.starts_with(UNFINISHED) && metadata.is_file() {
            unfinished.push(kept());
        }
    }
    Ok((entries, unfinished))
}

fn kept(path: PathBuf, metadata: &Metadata) -> Kept {
    Kept { path, bytes: metadata.len(), used: metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH) }
}

fn is_entry(name: &str) -> bool {
    name.strip_suffix(ENDING).is_some_and(|key| key.len() == 32 && key.bytes().all(|byte| byte.is_ascii_hexdigit()))
}
