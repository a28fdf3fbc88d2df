//! Temporary files: for what cannot be read where it is, and for what is not whole yet. They go with whoever holds them, and
//! before a signal or a fault ends the program.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::mem;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, Once, PoisonError, Weak};

use tempfile::{NamedTempFile, TempPath};

use crate::job::CancelToken;
use crate::show::numbers::count;
use crate::tr;

/// Those that there are: the program may be ended by others than those who hold them.
static FILES: Mutex<Vec<Weak<dyn AsRef<Path> + Send + Sync>>> = Mutex::new(Vec::new());

/// Stands for a temporary file of somebody's own; until it is dropped, the file goes with the others.
#[derive(Debug)]
pub struct Listed(
    // Held, not read.
    #[expect(dead_code, reason = "the list knows whether it is still held")] Arc<PathBuf>,
);

/// Removes all there are, for when the program ends at once. Nobody makes one any more: who wants to waits for the end.
pub fn remove_all() {
    static REMOVED: Once = Once::new();
    REMOVED.call_once(|| {
        let files = FILES.lock().unwrap_or_else(PoisonError::into_inner);
        for path in files.iter().filter_map(Weak::upgrade) {
            // What is gone need not be removed, and nobody is left to be told.
            let _ = fs::remove_file((*path).as_ref());
        }
        mem::forget(files);
    });
}

/// Makes a temporary file that is removed with the others when the program ends at once.
///
/// # Errors
/// When it cannot be made.
pub fn listed<F>(make: impl FnOnce() -> io::Result<NamedTempFile<F>>) -> io::Result<(NamedTempFile<F>, Listed)> {
    let mut files = FILES.lock().unwrap_or_else(PoisonError::into_inner);
    let file = make()?;
    let path = Arc::new(file.path().to_owned());
    let listed = Arc::downgrade(&path);
    add(&mut files, listed);
    Ok((file, Listed(path)))
}

fn new() -> io::Result<(File, Arc<TempPath>)> {
    let mut files = FILES.lock().unwrap_or_else(PoisonError::into_inner);
    let (file, path) = NamedTempFile::with_prefix("tierscope-")?.into_parts();
    let path = Arc::new(path);
    let listed = Arc::downgrade(&path);
    add(&mut files, listed);
    Ok((file, path))
}

fn add(files: &mut Vec<Weak<dyn AsRef<Path> + Send + Sync>>, file: Weak<dyn AsRef<Path> + Send + Sync>) {
    files.retain(|file| file.strong_count() > 0);
    files.push(file);
}

/// Writes all bytes to a new one, at most so many.
///
/// # Errors
/// When the bytes cannot be read, are more than so many, or the disk has no room; [`io::ErrorKind::Interrupted`] when
/// cancelled. Nothing is left of it then.
pub(super) fn copied(bytes: &mut dyn Read, most: u64, cancel: &CancelToken) -> io::Result<Arc<TempPath>> {
    const PIECE: usize = 1 << 20;
    let (mut file, path) = new().map_err(no_room)?;
    let (mut piece, mut written) = (vec![0; PIECE], 0u64);
    loop {
        let read = match bytes.read(&mut piece) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => 0,
            Ok(0) => return Ok(path),
            read => read?,
        };
        if cancel.is_cancelled() {
            return Err(io::ErrorKind::Interrupted.into());
        }
        if written + read as u64 > most {
            return Err(too_much(most));
        }
        file.write_all(&piece[..read]).map_err(no_room)?;
        written += read as u64;
    }
}

fn too_much(most: u64) -> io::Error {
    let problem = tr!(
        "it unpacks to more than {bytes} bytes, far more than such a file has; if that is meant, unpack the archive and \
         name the file",
        bytes = count(most),
    );
    io::Error::new(io::ErrorKind::InvalidData, problem)
}

/// Says that the disk is full, if that is what is wrong.
fn no_room(error: io::Error) -> io::Error {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            let problem = tr!(
                "the folder for temporary files, {folder}, has no room for it ({error}); make room there, or name another \
                 folder in TMPDIR",
                folder = std::env::temp_dir().display(),
                error,
            );
            io::Error::new(error.kind(), problem)
        }
        _ => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_much_is_refused_with_what_to_do() -> io::Result<()> {
        let cancel = CancelToken::default();
        let kept = copied(&mut &b"12345"[..], 5, &cancel)?;
        assert_eq!(fs::read(&*kept)?, b"12345");
        let told = copied(&mut &b"123456"[..], 5, &cancel).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(told.contains("unpacks to more than 5 bytes") && told.contains("unpack the archive"), "{told}");
        let endless = copied(&mut io::repeat(0), 3 << 20, &cancel);
        assert!(endless.is_err_and(|error| error.to_string().contains("3,145,728 bytes")));
        let path = kept.to_path_buf();
        drop(kept);
        assert!(!path.exists());
        Ok(())
    }

    #[test]
    fn a_full_disk_is_told_with_what_to_do() {
        let full = no_room(io::ErrorKind::StorageFull.into());
        let told = full.to_string();
        assert!(told.contains("has no room for it") && told.contains("TMPDIR"), "{told}");
        let other = no_room(io::ErrorKind::PermissionDenied.into()).to_string();
        assert!(!other.contains("room"), "{other}");
    }
}
