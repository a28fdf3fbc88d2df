//! The bytes of a text file in large pieces, unpacked where they are compressed, with the count that progress needs.

use std::io::{self, Read};

use flate2::read::MultiGzDecoder;

use super::super::place::Place;

/// Bytes asked of the file at a time.
const PIECE: usize = 256 * 1024;

/// Bytes of the longest record that is believed to be one.
pub(super) const LONGEST: usize = 64 * 1024 * 1024;

/// Says that a record is too long.
pub(super) fn too_long(line: Option<u64>) -> io::Error {
    let place = line.map(|line| format!(" on line {line}")).unwrap_or_default();
    let problem = format!("a record{place} is longer than 64 MB: a stray quote, or no text at all");
    io::Error::new(io::ErrorKind::InvalidData, problem)
}

/// The UTF-8 byte order mark, which is no part of the first cell.
const BOM: &[u8] = b"\xef\xbb\xbf";

/// A file and how much of it was read.
struct Counted {
    file: Box<dyn Read + Send>,
    read: u64,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.read += read as u64;
        Ok(read)
    }
}

enum Bytes {
    Plain(Counted),
    Gzip(Box<MultiGzDecoder<Counted>>),
}

/// Says that compressed data does not unpack.
fn broken_gzip(error: &io::Error) -> io::Error {
    let problem = match error.kind() {
        io::ErrorKind::UnexpectedEof => "its compressed data ends early: the file is cut short".to_owned(),
        _ => format!("its compressed data is damaged ({error}); copy or compress it again"),
    };
    io::Error::new(error.kind(), problem)
}

/// A buffered text file: look at what is there, consume it, fill again.
pub struct Input {
    bytes: Bytes,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    over: bool,
}

impl Input {
    /// Opens a file and passes over its byte order mark.
    ///
    /// # Errors
    /// When the file cannot be opened or read.
    pub fn open(place: &Place, gzip: bool) -> io::Result<Self> {
        let file = Counted { file: place.open()?, read: 0 };
        let bytes = if gzip { Bytes::Gzip(Box::new(MultiGzDecoder::new(file))) } else { Bytes::Plain(file) };
        let mut input = Self { bytes, buffer: vec![0; PIECE], start: 0, end: 0, over: false };
        input.fill_to(BOM.len())?;
        if input.available().starts_with(BOM) {
            input.consume(BOM.len());
        }
        Ok(input)
    }

    /// What is in memory and not consumed.
    #[inline]
    #[must_use]
    pub fn available(&self) -> &[u8] {
        &self.buffer[self.start..self.end]
    }

    /// Marks bytes as used.
    #[inline]
    pub fn consume(&mut self, bytes: usize) {
        self.start += bytes;
    }

    /// Reads on, keeping what is available. Gives `false` when the file is over.
    ///
    /// # Errors
    /// When the file cannot be read, or is not what it was compressed as.
    pub fn fill(&mut self) -> io::Result<bool> {
        if self.over {
            return Ok(false);
        }
        self.buffer.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
        if self.end == self.buffer.len() {
            // One line fills the buffer: give it room, so that a line of any likely length can be had whole.
            if self.buffer.len() >= LONGEST {
                return Err(too_long(None));
            }
            self.buffer.resize(self.buffer.len() * 2, 0);
        }
        let room = &mut self.buffer[self.end..];
        let read = loop {
            let result = match &mut self.bytes {
                Bytes::Plain(file) => file.read(room),
                Bytes::Gzip(file) => file.read(room),
            };
            match result {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if matches!(self.bytes, Bytes::Gzip(_)) => return Err(broken_gzip(&error)),
                other => break other?,
            }
        };
        self.end += read;
        self.over = read == 0;
        Ok(!self.over)
    }

    /// Reads until so many bytes are available or the file is over.
    ///
    /// # Errors
    /// As [`Input::fill`].
    pub fn fill_to(&mut self, bytes: usize) -> io::Result<()> {
        while self.available().len() < bytes && self.fill()? {}
        Ok(())
    }

    /// Bytes of the file (compressed ones, if it is) that were taken from it and used.
    #[must_use]
    pub fn bytes_read(&self) -> u64 {
        match &self.bytes {
            Bytes::Plain(file) => file.read - (self.end - self.start) as u64,
            Bytes::Gzip(file) => file.get_ref().read,
        }
    }

    /// The next line without its end (LF or CRLF), `None` at the end of the file.
    ///
    /// # Errors
    /// As [`Input::fill`].
    pub fn next_line(&mut self) -> io::Result<Option<&[u8]>> {
        let mut searched = 0;
        let length = loop {
            if let Some(found) = memchr::memchr(b'\n', &self.available()[searched..]) {
                break searched + found + 1;
            }
            searched = self.available().len();
            if !self.fill()? {
                break searched;
            }
        };
        if length == 0 {
            return Ok(None);
        }
        let from = self.start;
        self.start += length;
        let line = &self.buffer[from..from + length];
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        Ok(Some(line.strip_suffix(b"\r").unwrap_or(line)))
    }
}
