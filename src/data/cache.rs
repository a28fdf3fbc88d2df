//! The cache of loads: what files gave, kept in the user's cache folder, so that the same unchanged files open at once
//! the next time.
//!
//! An entry is found by everything that decides what a load gives: the files as they are, the options, the policies and
//! the program. It is believed only whole: what does not fit in any way is as if it were not there, and the files are
//! read. Nothing that goes wrong with the cache is the user's trouble.

mod entry;
mod folder;
mod key;

#[cfg(test)]
mod tests;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

pub use folder::{Usage, clear, usage};

use entry::{Problem, Written};
use key::Key;

use super::ledger::Ledger;
use super::load::{Loaded, MappedSource, Request};
use super::mapping_memory::Memory;
use super::seen::Seen;
use crate::job::CancelToken;
use crate::model::customers::Customers;
use crate::model::day::Day;
use crate::model::policies::Policy;

/// Loads that took no longer are not kept, unless their files are large.
const QUICK: Duration = Duration::from_millis(200);

/// Bytes of files up to which a load is kept only where it took long.
const SMALL: u64 = 1 << 20;

/// How old files must be to be kept. The coarsest clocks of file systems tick every two seconds: what is written within one
/// tick looks the same as what was there before.
const SETTLED: Duration = Duration::from_secs(2);

/// Where the entry of a request is.
#[derive(Debug)]
pub(super) struct Slot {
    folder: PathBuf,
    key: Key,
}

/// A loaded data set that the cache is to get.
#[derive(Clone, Debug)]
pub struct Unsaved {
    folder: PathBuf,
    key: u128,
    took: Duration,
    today: Day,
    sources: Vec<MappedSource>,
    customers: Arc<Customers>,
    ledger: Ledger,
    as_of: Day,
}

impl Slot {
    /// The slot of a request; `None` where there is no cache, or what it asks for is never kept.
    pub(super) fn of(request: &Request) -> Option<Self> {
        let folder = request.cache.clone()?;
        let key = Key::of(request)?;
        Some(Self { folder, key })
    }

    /// What the cache has for a request, as if its files had just been read on this day.
    pub(super) fn read(&self, request: &Request, today: Option<Day>) -> Option<Loaded> {
        let path = folder::path(&self.folder, self.key.hash);
        let read = self.entry(&path, request, today?);
        match read {
            Ok(loaded) => {
                folder::touch(&path);
                tracing::info!(path = %path.display(), customers = loaded.customers.len(), "taken from the cache");
                Some(loaded)
            }
            Err(Problem::Io(error)) if error.kind() == io::ErrorKind::NotFound => None,
            Err(problem) => {
                tracing::debug!(path = %path.display(), "not taken from the cache: {problem}");
                // What can never be of use gives its room back.
                if matches!(problem, Problem::Damaged(_)) {
                    let _ = fs::remove_file(&path);
                }
                None
            }
        }
    }

    fn entry(&self, path: &Path, request: &Request, today: Day) -> Result<Loaded, Problem> {
        let owner = folder::owner(&self.folder)?;
        let entry = entry::read(path, self.key.hash, owner)?;
        let entry::Read { since, today: then, as_of, mut sources, ledger, customers } = entry;
        let has_future = ledger.concerned(Policy::Future).rows > 0;
        if today < Day(then) || (has_future && today != Day(then)) {
            return Err(Problem::Stale("of another day"));
        }
        if sources.len() != request.places.len() || customers.is_empty() || !sources.iter().all(is_sound) {
            return Err(Problem::Damaged("what it says cannot be".to_owned()));
        }
        for (mapped, place) in sources.iter_mut().zip(&request.places) {
            mapped.source.place = place.clone();
            mapped.source.seen = Seen::of(place);
            mapped.mapping.zone = request.values.zone;
        }
        if !is_chosen_alike(&sources, request) {
            return Err(Problem::Stale("of other columns"));
        }
        let kept_since = SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(since));
        let (customers, as_of) = (Arc::new(customers), Day(as_of));
        Ok(Loaded { sources, customers, ledger, transactions: None, as_of, kept_since, unsaved: None })
    }

    /// What is to be kept of a load, if it is worth it and the files are still what they were before it.
    pub(super) fn unsaved(
        self,
        request: &Request,
        loaded: &Loaded,
        today: Option<Day>,
        took: Duration,
    ) -> Option<Unsaved> {
        let bytes: u64 = loaded.sources.iter().map(|mapped| mapped.source.bytes).sum();
        if took <= QUICK && bytes <= SMALL {
            return None;
        }
        let settled = SystemTime::now().checked_sub(took + SETTLED)?;
        if self.key.newest > settled || Key::of(request)?.hash != self.key.hash {
            tracing::debug!("not kept in the cache: the files have just been written to");
            return None;
        }
        let Loaded { sources, customers, ledger, as_of, .. } = loaded;
        Some(Unsaved {
            folder: self.folder,
            key: self.key.hash,
            took,
            today: today?,
            sources: sources.clone(),
            customers: Arc::clone(customers),
            ledger: ledger.clone(),
            as_of: *as_of,
        })
    }
}

impl Unsaved {
    /// How long the load took, and the next one would without the cache.
    #[must_use]
    pub const fn took(&self) -> Duration {
        self.took
    }

    /// Writes it to the cache, whole or not at all; gives whether it is there. Meant for when nobody waits.
    #[must_use]
    pub fn write(&self, cancel: &CancelToken) -> bool {
        let Self { today, sources, customers, ledger, as_of, .. } = self;
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs());
        let entry = Written { since, today: today.0, as_of: as_of.0, sources, ledger, customers };
        let done = folder::write(&self.folder, self.key, |file| entry::write(file, self.key, &entry, cancel));
        match &done {
            Ok(bytes) => tracing::info!(folder = %self.folder.display(), bytes, "kept in the cache"),
            Err(error) => tracing::debug!(folder = %self.folder.display(), "not kept in the cache: {error}"),
        }
        done.is_ok()
    }
}

/// Whether roles are on columns that there are.
fn is_sound(mapped: &MappedSource) -> bool {
    let width = mapped.source.columns.len();
    if mapped.source.of_folders > width {
        return false;
    }
    let roles = mapped.mapping.columns().into_iter().chain(mapped.evidence.iter().map(|evidence| evidence.column));
    roles.chain(mapped.chosen.iter().filter_map(|(_, column)| *column)).all(|column| column < width)
}

/// Whether what is picked and remembered for each file now is what it was when they were read.
fn is_chosen_alike(sources: &[MappedSource], request: &Request) -> bool {
    let memory = Memory::of(request.memory.as_deref());
    sources.iter().all(|mapped| {
        let mut wanted = request.columns.of(&mapped.source);
        memory.recall(&mapped.source, &mut wanted);
        wanted.picked(&mapped.source) == mapped.chosen
    })
}
