//! An entry as a file: a head that tells what it is of, how long it is and what it should add up to, then the load itself.

use std::fs::File;
use std::io::{self, BufWriter, Read as _, Seek, Write};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use serde::{Deserialize, Serialize};
use thiserror::Error;
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use super::super::ledger::Ledger;
use super::super::load::MappedSource;
use crate::job::CancelToken;
use crate::model::customers::Customers;

/// The version of what is written here. It rises with every change of what is kept, or of what loading makes of a file.
pub(super) const FORMAT: u32 = 3;

/// The largest entry, in bytes.
pub(super) const LARGEST: u64 = 1 << 30;

const MAGIC: [u8; 8] = *b"tierload";

/// Bytes of the head: magic, format, key, length and checksum of what follows.
const HEAD: usize = 8 + 4 + 16 + 8 + 16;

/// What is written.
#[derive(Debug, Serialize)]
pub(super) struct Written<'a> {
    /// When, in seconds since 1970.
    pub(super) since: u64,
    /// The day on which the rows were judged, in days since 1970.
    pub(super) today: i32,
    /// The day recency is counted to, in days since 1970.
    pub(super) as_of: i32,
    pub(super) sources: &'a [MappedSource],
    pub(super) ledger: &'a Ledger,
    pub(super) customers: &'a Customers,
}

/// What is read, the same fields in the same order.
#[derive(Debug, Deserialize)]
pub(super) struct Read {
    pub(super) since: u64,
    pub(super) today: i32,
    pub(super) as_of: i32,
    pub(super) sources: Vec<MappedSource>,
    pub(super) ledger: Ledger,
    pub(super) customers: Customers,
}

/// Why an entry is not taken.
#[derive(Debug, Error)]
pub(super) enum Problem {
    /// The system refuses.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// Not what was written.
    #[error("it is damaged: {0}")]
    Damaged(String),
    /// It may have been right once, or is somebody else's.
    #[error("it is {0}")]
    Stale(&'static str),
}

fn damaged(why: &str) -> Problem {
    Problem::Damaged(why.to_owned())
}

fn head(key: u128, length: u64, checksum: u128) -> [u8; HEAD] {
    let mut head = [0; HEAD];
    let parts: [&[u8]; 5] =
        [&MAGIC, &FORMAT.to_le_bytes(), &key.to_le_bytes(), &length.to_le_bytes(), &checksum.to_le_bytes()];
    let mut place = 0;
    for part in parts {
        head[place..place + part.len()].copy_from_slice(part);
        place += part.len();
    }
    head
}

/// Writes an entry to an empty file; gives its bytes.
///
/// # Errors
/// When the system refuses, the entry would be too large, or the token is cancelled.
pub(super) fn write(file: &mut File, key: u128, entry: &Written<'_>, cancel: &CancelToken) -> io::Result<u64> {
    // The head comes last: what is not finished has none.
    file.write_all(&[0; HEAD])?;
    let sink = Sink { file, hash: Xxh3::new(), length: 0, cancel };
    let sink = postcard::to_io(entry, BufWriter::new(sink)).map_err(io::Error::other)?;
    let Sink { file, hash, length, .. } = sink.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.rewind()?;
    file.write_all(&head(key, length, hash.digest128()))?;
    Ok(length + HEAD as u64)
}

/// A file that counts and hashes what is written to it.
struct Sink<'a> {
    file: &'a mut File,
    hash: Xxh3,
    length: u64,
    cancel: &'a CancelToken,
}

impl Write for Sink<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // So many bytes between two looks at the token.
        const PIECE: usize = 4 << 20;
        if self.cancel.is_cancelled() {
            return Err(io::Error::other("called off"));
        }
        let written = self.file.write(&bytes[..bytes.len().min(PIECE)])?;
        self.hash.update(&bytes[..written]);
        self.length += written as u64;
        if self.length > LARGEST { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(written) }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Reads an entry of a key, which must be its owner's alone. Nothing is believed before its checksum is right, and no length that it tells is made room for
/// unless the file is as long.
///
/// # Errors
/// [`Problem`] where there is none, or none that can be taken.
pub(super) fn read(path: &Path, key: u128, owner: u32) -> Result<Read, Problem> {
    let found = path.symlink_metadata()?;
    if !found.is_file() || found.uid() != owner || found.mode() & 0o022 != 0 {
        return Err(Problem::Stale("no file of the user's own"));
    }
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let Some(length) = length.checked_sub(HEAD as u64).filter(|length| *length <= LARGEST) else {
        return Err(damaged("its length cannot be"));
    };
    let mut start = [0; HEAD];
    file.read_exact(&mut start)?;
    let mut bytes = Vec::new();
    bytes.try_reserve_exact(length as usize).map_err(|_| Problem::Io(io::ErrorKind::OutOfMemory.into()))?;
    file.take(length).read_to_end(&mut bytes)?;
    if start != head(key, bytes.len() as u64, xxh3_128(&bytes)) {
        return Err(damaged("its checksum is wrong"));
    }
    match postcard::take_from_bytes(&bytes) {
        Ok((entry, [])) => Ok(entry),
        Ok(_) => Err(damaged("it goes on behind its end")),
        Err(error) => Err(Problem::Damaged(error.to_string())),
    }
}
