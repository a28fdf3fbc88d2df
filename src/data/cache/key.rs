//! What an entry is found by: a hash over everything that decides what a load gives.

use std::collections::HashSet;
use std::fs::{self, File, Metadata};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{FileExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use xxhash_rust::xxh3::Xxh3;

use super::super::kind::{Magic, magic};
use super::super::load::Request;
use super::super::place::Place;
use super::super::synonyms::Role;
use super::entry::FORMAT;

/// Files of a data set that is kept: looking at more takes as long as many a load.
const MOST_FILES: usize = 1_000;

/// Bytes of a sample.
const SAMPLE: u64 = 64 * 1024;

/// Samples of all files together, as far as each has its share of them.
const SAMPLES: u64 = 256;

/// Samples of a file: its first and last bytes at least, with the middle.
const SAMPLES_EACH: std::ops::RangeInclusive<u64> = 3..=16;

/// The key of a request.
#[derive(Debug)]
pub(super) struct Key {
    /// The hash over all of it.
    pub(super) hash: u128,
    /// When the file was written to that was so last.
    pub(super) newest: SystemTime,
}

impl Key {
    /// The key of a request; `None` where it asks for what is never kept: pipes, members that are written to temporary
    /// files, the built-in demo, very many files, and files that cannot be looked at.
    pub(super) fn of(request: &Request) -> Option<Self> {
        if request.places.is_empty() || request.places.len() > MOST_FILES {
            return None;
        }
        let samples = SAMPLES / request.places.len() as u64;
        let mut look = Look {
            hash: Xxh3::new(),
            newest: SystemTime::UNIX_EPOCH,
            samples: samples.clamp(*SAMPLES_EACH.start(), *SAMPLES_EACH.end()),
            known: HashSet::new(),
        };
        look.text(&format!("{FORMAT} {}", env!("CARGO_PKG_VERSION")));
        look.program();
        // The debug form of options has all their fields, also those that are yet to come.
        let Request { text, values, policies, currency, as_of, columns, .. } = request;
        look.text(&format!("{text:?} {values:?} {policies:?} {currency:?} {as_of:?}"));
        look.text(&format!("{:?}", Role::ALL.map(|role| columns.typed(role))));
        for place in &request.places {
            look.place(place)?;
        }
        Some(Self { hash: look.hash.digest128(), newest: look.newest })
    }
}

/// A look at what a request asks for.
struct Look {
    hash: Xxh3,
    newest: SystemTime,
    /// Samples of each file.
    samples: u64,
    /// Files that were looked at: an archive is one for all its members.
    known: HashSet<PathBuf>,
}

impl Look {
    /// Enters bytes with their length, so that none run together.
    fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        self.hash.update(bytes);
    }

    fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    fn number(&mut self, number: u64) {
        self.hash.update(&number.to_le_bytes());
    }

    /// Enters the program: another build may read files differently under the same version.
    fn program(&mut self) {
        match std::env::current_exe().and_then(fs::metadata) {
            Ok(metadata) => self.state(&metadata),
            Err(_) => self.number(0),
        }
    }

    /// Enters a file's size and the times it was written to and changed in any way.
    fn state(&mut self, metadata: &Metadata) {
        self.number(metadata.len());
        for number in [metadata.mtime(), metadata.mtime_nsec(), metadata.ctime(), metadata.ctime_nsec()] {
            self.number(number as u64);
        }
    }

    fn place(&mut self, place: &Place) -> Option<()> {
        let file = match place {
            Place::File { path, .. } => path,
            Place::Member(member) => {
                self.text(member.name());
                self.number(member.position());
                match member.archive() {
                    Place::File { path, .. } => path,
                    _ => return None,
                }
            }
            Place::Spooled { .. } | Place::BuiltIn { .. } => return None,
        };
        // Examples of rows name their file, and its folders may give it columns.
        self.text(&place.name());
        self.text(&format!("{:?}", place.partition()));
        self.file(file).ok()
    }

    fn file(&mut self, path: &Path) -> io::Result<()> {
        let path = path.canonicalize()?;
        self.bytes(path.as_os_str().as_bytes());
        if self.known.contains(&path) {
            return Ok(());
        }
        let metadata = fs::metadata(&path)?;
        // A pipe would be waited for.
        if !metadata.is_file() {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        self.state(&metadata);
        self.newest = self.newest.max(metadata.modified()?);
        let is_database = self.sample(&File::open(&path)?, metadata.len())?;
        self.known.insert(path.clone());
        if is_database {
            self.beside(&path)?;
        }
        Ok(())
    }

    /// Enters samples of a file: all of it where it is small. Gives whether it is an `SQLite` database.
    fn sample(&mut self, file: &File, bytes: u64) -> io::Result<bool> {
        let mut sample = vec![0; SAMPLE.min(bytes) as usize];
        let last = bytes.saturating_sub(SAMPLE);
        let steps = (self.samples - 1).min(bytes.div_ceil(SAMPLE));
        let mut is_database = false;
        for step in 0..=steps {
            // The product of two 64-bit numbers of which one is at most 15.
            let start = u128::from(last) * u128::from(step) / u128::from(steps.max(1));
            file.read_exact_at(&mut sample, start as u64)?;
            self.hash.update(&sample);
            is_database |= step == 0 && magic(&sample) == Magic::Database;
        }
        Ok(is_database)
    }

    /// Enters what `SQLite` keeps beside a database: rows that are not in it yet.
    fn beside(&mut self, path: &Path) -> io::Result<()> {
        for ending in ["-wal", "-journal"] {
            let mut beside = path.as_os_str().to_owned();
            beside.push(ending);
            match fs::metadata(&beside) {
                Ok(metadata) => {
                    self.state(&metadata);
                    self.newest = self.newest.max(metadata.modified()?);
                }
                Err(error) if error.kind() == io::ErrorKind::NotFound => self.number(0),
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}
