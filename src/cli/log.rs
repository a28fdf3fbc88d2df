//! The log: what the explorer does goes to a small file in the state folder, and what `--log` asks for to that file in full.
//! What stands in data never goes there: a panic, whose text may quote some, is told by its place alone.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use tracing_subscriber::EnvFilter;

use crate::model::day::Day;
use crate::tr;

/// The largest log that is gone on with, in bytes; the one before it is kept beside.
const MOST: u64 = 1 << 20;

/// The levels that lines of a log have behind their time.
const LEVELS: [&str; 5] = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR"];

/// Adds everything to a file that the user named.
///
/// # Errors
/// Where it cannot be written, or holds something else than a log: a name that was forgotten before a file of data would
/// make that data the log.
pub(super) fn start_at(path: &Path) -> anyhow::Result<()> {
    let file = added_to(path)
        .map_err(|cause| anyhow::anyhow!(tr!("cannot write the log {path}: {cause}", path = path.display(), cause)))?;
    let Some(file) = file else {
        anyhow::bail!(tr!(
            "{path} is there already and is no log of tierscope: name a new file for --log, or a log to be gone on with",
            path = path.display()
        ));
    };
    start(file, "tierscope=debug");
    Ok(())
}

/// A file to be gone on with; `None` where it holds something else.
fn added_to(path: &Path) -> io::Result<Option<File>> {
    let is_there = fs::metadata(path).is_ok_and(|metadata| metadata.is_file() && metadata.len() > 0);
    if is_there && !is_log(&mut File::open(path)?)? {
        return Ok(None);
    }
    File::options().create(true).append(true).open(path).map(Some)
}

/// Whether a text begins as a log does: with a time and a level, such as `2026-01-31T12:00:00.000000Z  INFO`.
fn is_log(text: &mut impl Read) -> io::Result<bool> {
    let mut start = Vec::new();
    text.take(64).read_to_end(&mut start)?;
    let start = String::from_utf8_lossy(&start);
    let mut words = start.split_ascii_whitespace();
    let (time, level) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let is_time = time.ends_with('Z') && time.get(10..11) == Some("T") && time[..10].parse::<Day>().is_ok();
    Ok(is_time && LEVELS.contains(&level))
}

/// Goes on with the explorer's own log, where its folder can be written to.
pub(super) fn start_in(path: Option<PathBuf>) {
    let Some(path) = path else { return };
    // Nobody is kept from working by a log that cannot be written.
    if let Ok(file) = gone_on(&path) {
        start(file, "tierscope=info");
    }
}

fn gone_on(path: &Path) -> io::Result<File> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    if fs::metadata(path).is_ok_and(|metadata| metadata.len() > MOST) {
        fs::rename(path, path.with_extension("log.1"))?;
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
    fn only_a_log_is_gone_on_with() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("file");
        let line = "2026-01-31T12:00:00.000000Z  INFO tierscope: it begins\n";
        for (text, goes_on) in [
            ("", true),
            (line, true),
            ("2026-01-31T12:00:00.000000Z ERROR tierscope: it ends\n", true),
            ("customer,day,amount\na,2026-01-31,5\n", false),
            ("2026-01-31 12:00 INFO\n", false),
            ("2026-01-31T12:00:00Z 5 6\n", false),
            ("PK\u{3}\u{4}", false),
            ("客户,日期,金额\n", false),
        ] {
            fs::write(&path, text)?;
            assert_eq!(added_to(&path)?.is_some(), goes_on, "{text}");
            assert_eq!(fs::read_to_string(&path)?, text);
        }
        assert!(added_to(&folder.path().join("new"))?.is_some());
        Ok(())
    }

    #[test]
    fn a_log_that_has_grown_large_makes_room_and_stays_beside() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("tierscope.log");
        gone_on(&path)?;
        fs::write(&path, vec![b'x'; MOST as usize])?;
        gone_on(&path)?;
        assert_eq!(fs::metadata(&path)?.len(), MOST);
        fs::write(&path, vec![b'x'; MOST as usize + 1])?;
        gone_on(&path)?;
        assert_eq!(fs::metadata(&path)?.len(), 0);
        assert_eq!(fs::metadata(folder.path().join("tierscope.log.1"))?.len(), MOST + 1);
        Ok(())
    }
}
