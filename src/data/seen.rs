//! Whether a file is still what it was when it was opened.

use std::fs;
use std::os::unix::fs::MetadataExt;

use super::place::Place;

/// How a file was seen when it was opened. What is written of its rows later is true only while it still looks so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen(Option<State>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct State {
    bytes: u64,
    /// When it was written to last: seconds since 1970-01-01, and nanoseconds.
    modified: (i64, i64),
}

impl Seen {
    /// A look at a file; of a member at its archive. What pipes held and what is inside the program always looks the same.
    #[must_use]
    pub fn of(place: &Place) -> Self {
        let file = match place {
            Place::Member(member) => member.archive(),
            place => place,
        };
        let Place::File { path, .. } = file else { return Self(None) };
        Self(
            fs::metadata(path)
                .ok()
                .map(|metadata| State { bytes: metadata.len(), modified: (metadata.mtime(), metadata.mtime_nsec()) }),
        )
    }

    /// Whether the file still looks so; one that could not be looked at then tells nothing.
    #[must_use]
    pub fn is_still(&self, place: &Place) -> bool {
        self.0.is_none() || *self == Self::of(place)
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::*;

    #[test]
    fn a_file_that_is_written_to_or_gone_is_another() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("sales.csv");
        fs::write(&path, "a,1")?;
        let place = Place::file(&path);
        let seen = Seen::of(&place);
        assert!(seen.is_still(&place) && Seen::default().is_still(&place));
        // As long as before, but later.
        fs::write(&path, "a,2")?;
        fs::File::options().write(true).open(&path)?.set_modified(SystemTime::now() + Duration::from_secs(9))?;
        assert!(!seen.is_still(&place));
        let seen = Seen::of(&place);
        fs::remove_file(&path)?;
        assert!(!seen.is_still(&place));
        let built_in = Place::BuiltIn { name: "shop", bytes: b"" };
        assert!(Seen::of(&built_in).is_still(&built_in));
        Ok(())
    }
}
