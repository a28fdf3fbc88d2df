//! The log: what the explorer does goes to a small file in the state folder, and what `--log` asks for to that file in full.
//! What stands in data never goes there: a panic, whose text may quote some, is told by its place alone.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use tracing_subscriber::EnvFilter;

use crate::tr;

/// The largest log that is gone on with, in bytes; the one before it is kept beside.
const MOST: u64 = 1 << 20;

/// Writes everything to a file that the user named.
pub(super) fn start_at(path: &Path) -> anyhow::Result<()> {
    let file = File::create(path)
        .map_err(|cause| anyhow::anyhow!(tr!("cannot write the log {path}: {cause}", path = path.display(), cause)))?;
    start(file, "tierscope=debug");
    Ok(())
}

/// Goes on with the explorer's own log, where its folder can be written to.
pub(super) fn start_in(folder: Option<PathBuf>) {
    let Some(folder) = folder else { return };
    // Nobody is kept from working by a log that cannot be written.
    if let Ok(file) = gone_on(&folder) {
        start(file, "tierscope=info");
    }
}

fn gone_on(folder: &Path) -> io::Result<File> {
    fs::create_dir_all(folder)?;
    let path = folder.join("tierscope.log");
    if fs::metadata(&path).is_ok_and(|metadata| metadata.len() > MOST) {
        fs::rename(&path, folder.join("tierscope.log.1"))?;
    }
    File::options().create(true).append(true).open(path)
}

fn start(file: File, usual: &str) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| usual.into());
    tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).with_writer(Mutex::new(file)).init();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_that_has_grown_large_makes_room_and_stays_beside() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("tierscope.log");
        gone_on(folder.path())?;
        fs::write(&path, vec![b'x'; MOST as usize])?;
        gone_on(folder.path())?;
        assert_eq!(fs::metadata(&path)?.len(), MOST);
        fs::write(&path, vec![b'x'; MOST as usize + 1])?;
        gone_on(folder.path())?;
        assert_eq!(fs::metadata(&path)?.len(), 0);
        assert_eq!(fs::metadata(folder.path().join("tierscope.log.1"))?.len(), MOST + 1);
        Ok(())
    }
}
