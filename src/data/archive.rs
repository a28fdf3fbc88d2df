//! Zip archives: the data files in them, each of which is read without being unpacked to disk. Names of members are for
//! people only; no path is ever made of them.

use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::sync::Arc;

use encoding_rs::GB18030;
use thiserror::Error;
use zip::read::OwnedZipFileEntry;
use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive, ZipReadOptions};

use super::data_file::is_data;
use super::feed::{Feed, Outlet};
use super::folder::keys;
use super::kind::{Magic, magic};
use super::place::{Partition, Place};
use super::sheet::WorkbookKind;
use crate::show::system;
use crate::tr;

#[cfg(test)]
mod tests;

/// Bytes unpacked at a time.
const PIECE: u64 = 256 * 1024;
/// Pieces unpacked ahead.
const AHEAD: usize = 2;

/// An archive that cannot be read.
#[derive(Debug, Error)]
pub enum ArchiveError {
    /// The system refuses.
    #[error("{}", tr!("cannot read {place}: {cause}", place, cause = system::words(source)))]
    Io {
        /// The archive.
        place: Place,
        /// Why.
        source: io::Error,
    },
    /// The archive is damaged, cut short or of a kind that is not read.
    #[error(
        "{}",
        tr!("{place} is not a readable zip archive: {reason}; copy or download it again, or unpack it", place, reason)
    )]
    Damaged {
        /// The archive.
        place: Place,
        /// What is wrong.
        reason: String,
    },
    /// Of two members with one name, one would be lost.
    #[error("{}", tr!("{place} has several members of the same name; unpack it and name the files", place))]
    RepeatedNames {
        /// The archive.
        place: Place,
    },
    /// Nothing that could be data.
    #[error("{}", tr!("{place} holds no data files; {passed_over}", place, passed_over))]
    NoData {
        /// The archive.
        place: Place,
        /// What it does hold.
        passed_over: String,
    },
}

/// What a zip file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ZipKind {
    /// A workbook, whose members are its own affair.
    Workbook(WorkbookKind),
    /// Files that somebody packed.
    Archive,
}

/// A file inside an archive.
#[derive(Clone, Debug)]
pub struct Member {
    archive: Arc<Place>,
    name: Arc<str>,
    partition: Partition,
    entry: Arc<OwnedZipFileEntry>,
}

impl Member {
    /// The archive.
    #[must_use]
    pub fn archive(&self) -> &Place {
        &self.archive
    }

    /// Its name in the archive, folders apart by `/`, without control characters.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Bytes, unpacked.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.entry.size()
    }

    /// Bytes that it may unpack to in a temporary file: what becomes more than a hundred times as much, and more than a
    /// gibibyte, was made to fill the disk.
    #[must_use]
    pub fn most(&self) -> u64 {
        const TIMES: u64 = 100;
        const LEAST: u64 = 1 << 30;
        self.entry.compressed_size().saturating_mul(TIMES).max(LEAST)
    }

    /// Where it begins in the archive, in bytes: what tells it from other members.
    #[must_use]
    pub fn position(&self) -> u64 {
        self.entry.header_start()
    }

    /// The columns it has by its folders in the archive.
    #[must_use]
    pub fn partition(&self) -> &[(String, Option<String>)] {
        &self.partition
    }

    /// What it has by its folders in the archive.
    pub(super) const fn folders(&self) -> &Partition {
        &self.partition
    }

    /// The same, to be named otherwise.
    pub(super) const fn folders_mut(&mut self) -> &mut Partition {
        &mut self.partition
    }

    /// Unpacks it from its beginning, in a thread of its own. Its checksum is compared where it ends: what is damaged
    /// gives an error then at the latest.
    ///
    /// # Errors
    /// When the system refuses, or the member is encrypted or packed by a method that is not read.
    pub fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        if let Some(problem) = refusal(&self.entry) {
            return Err(io::Error::new(io::ErrorKind::Unsupported, problem));
        }
        let file = open_file(&self.archive)?;
        let entry = Arc::clone(&self.entry);
        let feed =
            Feed::start(AHEAD, |words| io::Error::other(words.to_owned()), move |outlet| unpack(file, &entry, outlet))?;
        Ok(Box::new(Unpacked { feed, piece: Vec::new(), used: 0 }))
    }
}

/// `sales.zip/2024/january.csv`.
impl fmt::Display for Member {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.archive, self.name)
    }
}

/// Opens the file that an archive is.
fn open_file(archive: &Place) -> io::Result<File> {
    File::open(archive.path().ok_or(io::ErrorKind::NotFound)?)
}

/// Why a member cannot be unpacked here, with what to do.
fn refusal(entry: &OwnedZipFileEntry) -> Option<String> {
    if entry.encrypted() {
        return Some(tr!("it is encrypted; unpack the archive with its password and name the files").to_owned());
    }
    let method = entry.compression();
    let known = [
        CompressionMethod::Stored,
        CompressionMethod::Deflated,
        CompressionMethod::Deflate64,
        CompressionMethod::Bzip2,
    ];
    (!known.contains(&method)).then(|| {
        tr!(
            "it is packed by a method that is not read ({method}); unpack the archive, or pack it again by deflate",
            method
        )
    })
}

/// Hands out the bytes of a member.
fn unpack(mut file: File, entry: &OwnedZipFileEntry, outlet: &Outlet<Vec<u8>, io::Error>) -> io::Result<()> {
    let mut bytes = entry.as_ref().with_reader(&mut file, ZipReadOptions::new()).map_err(|error| match error {
        ZipError::Io(error) => damaged(&error),
        error => {
            io::Error::new(io::ErrorKind::InvalidData, tr!("the archive is damaged ({error}); copy it again", error))
        }
    })?;
    let most = entry.size().clamp(1, PIECE);
    loop {
        let mut piece = Vec::with_capacity(most as usize);
        (&mut bytes).take(most).read_to_end(&mut piece).map_err(|error| damaged(&error))?;
        if piece.is_empty() || !outlet.give(piece) {
            return Ok(());
        }
    }
}

/// Says that a member does not unpack.
fn damaged(error: &io::Error) -> io::Error {
    let problem = match error.kind() {
        io::ErrorKind::UnexpectedEof => {
            tr!("its packed data ends early: the archive is cut short; copy it again").to_owned()
        }
        _ => tr!("its packed data is damaged ({error}); copy or pack the archive again", error),
    };
    io::Error::new(error.kind(), problem)
}

/// A member as it comes out of its thread.
struct Unpacked {
    feed: Feed<Vec<u8>, io::Error>,
    piece: Vec<u8>,
    used: usize,
}

impl Read for Unpacked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.used == self.piece.len() {
            // No piece is empty, so that an empty one is the end.
            (self.piece, self.used) = (self.feed.next()?.unwrap_or_default(), 0);
        }
        let read = (&self.piece[self.used..]).read(buffer)?;
        self.used += read;
        Ok(read)
    }
}

/// Tells a workbook from files that somebody packed, by the members.
///
/// # Errors
/// [`ArchiveError`] when it cannot be read.
pub fn what_zip(place: &Place) -> Result<ZipKind, ArchiveError> {
    let mut zip = opened(place)?;
    let ends_with = |end: &str| zip.file_names_raw().any(|name| name.to_ascii_lowercase().ends_with(end.as_bytes()));
    if ends_with("[content_types].xml") {
        if ends_with("workbook.bin") {
            return Ok(ZipKind::Workbook(WorkbookKind::Xlsb));
        }
        if ends_with("workbook.xml") {
            return Ok(ZipKind::Workbook(WorkbookKind::Xlsx));
        }
    }
    let mut mime = Vec::new();
    if zip.index_for_name("content.xml").is_some()
        && let Ok(member) = zip.by_name("mimetype")
    {
        // What cannot be read is no workbook's mark.
        let _ = member.take(64).read_to_end(&mut mime);
    }
    let ods = mime.starts_with(b"application/vnd.oasis.opendocument.spreadsheet");
    Ok(if ods { ZipKind::Workbook(WorkbookKind::Ods) } else { ZipKind::Archive })
}

/// Whether a place is a file with the mark of a zip archive, and is no workbook. Files that cannot be read are none.
///
/// # Errors
/// [`ArchiveError`] when it begins as a zip file and is none.
pub fn is_archive(place: &Place) -> Result<bool, ArchiveError> {
    let Some(path) = place.path().filter(|path| path.is_file()) else { return Ok(false) };
    let mut head = Vec::new();
    let known = File::open(path).and_then(|file| file.take(8).read_to_end(&mut head)).is_ok();
    let zip = known && magic(&head) == Magic::Zip;
    Ok(zip && what_zip(place)? == ZipKind::Archive)
}

/// The data files in an archive, in name order. Folders, empty members and files that are no data by their names are passed
/// over, as they would be in a folder.
///
/// # Errors
/// [`ArchiveError`] when it cannot be read, repeats a name or holds no data.
pub fn members(place: &Place) -> Result<Vec<Member>, ArchiveError> {
    let zip = opened(place)?;
    if zip.has_duplicate_names() {
        return Err(ArchiveError::RepeatedNames { place: place.clone() });
    }
    let archive = Arc::new(place.clone());
    let (mut members, mut others) = (Vec::new(), Vec::new());
    for index in 0..zip.len() {
        let entry = OwnedZipFileEntry::from(zip.by_index_data(index).map_err(|error| unreadable(place, error))?);
        let name = name(&entry);
        if entry.is_file() && entry.size() > 0 && is_data(&name) {
            let (archive, partition) = (Arc::clone(&archive), keys(&name));
            members.push(Member { archive, name: name.into(), partition, entry: Arc::new(entry) });
        } else {
            others.push(name);
        }
    }
    if members.is_empty() {
        return Err(ArchiveError::NoData { place: place.clone(), passed_over: passed_over(&others) });
    }
    // As the folder would come that it is unpacked to.
    members.sort_by(|a, b| a.name.split('/').cmp(b.name.split('/')));
    Ok(members)
}

fn opened(place: &Place) -> Result<ZipArchive<io::BufReader<File>>, ArchiveError> {
    let file = open_file(place).map_err(|source| ArchiveError::Io { place: place.clone(), source })?;
    ZipArchive::new(io::BufReader::new(file)).map_err(|error| unreadable(place, error))
}

fn unreadable(place: &Place, error: ZipError) -> ArchiveError {
    let reason = match error {
        ZipError::Io(source) if source.kind() != io::ErrorKind::UnexpectedEof => {
            return ArchiveError::Io { place: place.clone(), source };
        }
        ZipError::Io(_) => tr!("it is cut short").to_owned(),
        ZipError::InvalidArchive(reason) => tr!("it is damaged or cut short ({reason})", reason),
        error => error.to_string(),
    };
    ArchiveError::Damaged { place: place.clone(), reason }
}

/// What is said of an archive without data.
fn passed_over(others: &[String]) -> String {
    match others {
        [] => tr!("it is empty").to_owned(),
        [only] => tr!("`{only}` is none", only),
        [first, ..] => tr!("its {count} members are none, such as `{first}`", count = others.len(), first),
    }
}

/// A member's name as text. Archives made on Chinese Windows have GBK names without saying so, old ones backslashes.
fn name(entry: &OwnedZipFileEntry) -> String {
    let raw = entry.name_raw();
    let name = match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => match GB18030.decode_without_bom_handling_and_without_replacement(raw) {
            Some(name) => name.into_owned(),
            None => entry.name().unwrap_or_else(|_| String::from_utf8_lossy(raw)).into_owned(),
        },
    };
    let shown = |c: char| match c {
        '\\' => '/',
        // A name may hold what a terminal would obey.
        c if c.is_control() => char::REPLACEMENT_CHARACTER,
        c => c,
    };
    name.chars().map(shown).collect()
}
