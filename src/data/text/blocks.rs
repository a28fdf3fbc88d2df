//! A text file in blocks of whole records, so that each block can be taken apart on its own, in any thread.
//!
//! Only where records end must be found one after the other, because a line end within quotes ends none. That takes a look
//! at the quotes, not at every field.

use std::io::{self, Read};

use memchr::{memchr, memchr_iter, memrchr};

use super::super::batch::MOST_CELLS;
use crate::tr;

/// Bytes of a block, about: thousands of rows, and several blocks fit a processor's cache.
const BLOCK: usize = 1 << 20;
/// The same where so many columns are made of it that its lines are few.
const SMALL_BLOCK: usize = 1 << 16;

/// Bytes of the longest record that is believed to be one.
const LONGEST: usize = 64 << 20;

/// How records are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ends {
    /// The byte that ends a line.
    pub(super) line: u8,
    /// The delimiter of fields that may be quoted; `None`: a quote is nothing but a character.
    pub(super) quoted: Option<u8>,
}

/// How large blocks are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Room {
    /// Their bytes, about.
    pub(super) bytes: usize,
    /// Their lines at most, but for a record that has more.
    pub(super) lines: usize,
}

impl Room {
    /// For blocks that so many columns are made of: however short the lines are, their cells stay within [`MOST_CELLS`].
    pub(super) fn of(columns: usize) -> Self {
        const LINE: usize = 256;
        let lines = (MOST_CELLS / columns.max(1)).max(1);
        Self { bytes: (lines * LINE).clamp(SMALL_BLOCK, BLOCK), lines }
    }
}

/// A run of whole records.
#[derive(Debug)]
pub(super) struct Block {
    /// Its text.
    pub(super) bytes: Vec<u8>,
    /// The 1-based line that it begins with.
    pub(super) first_line: u64,
    /// Whether there is a quote that means something.
    pub(super) has_quotes: bool,
    /// Bytes of the file read so far.
    pub(super) bytes_read: u64,
}

/// Something read that knows how far it is.
pub(super) trait Stream: Read + Send {
    /// Bytes of the file behind it that were taken, compressed ones if it is.
    fn bytes_read(&self) -> u64;
}

/// Reads blocks.
pub(super) struct Blocks {
    stream: Box<dyn Stream>,
    ends: Ends,
    room: Room,
    /// What was read behind the last block's end.
    rest: Vec<u8>,
    line: u64,
    over: bool,
}

impl Blocks {
    /// Blocks of such a size.
    pub(super) fn new(stream: Box<dyn Stream>, ends: Ends, room: Room) -> Self {
        Self { stream, ends, room, rest: Vec::new(), line: 1, over: false }
    }

    /// Passes over lines at the beginning, whatever is in them.
    pub(super) fn skip_lines(&mut self, lines: usize) -> io::Result<()> {
        for _ in 0..lines {
            let mut searched = 0;
            let end = loop {
                if let Some(found) = memchr(self.ends.line, &self.rest[searched..]) {
                    break searched + found + 1;
                }
                searched = self.rest.len();
                let mut rest = std::mem::take(&mut self.rest);
                let more = self.read_to(&mut rest, searched + self.room.bytes);
                self.rest = rest;
                more?;
                if self.rest.len() == searched {
                    break searched;
                }
            };
            self.rest.drain(..end);
            self.line += 1;
        }
        Ok(())
    }

    /// The next block, `None` at the end of the file.
    pub(super) fn next(&mut self) -> io::Result<Option<Block>> {
        let size = self.room.bytes;
        let mut bytes = Vec::with_capacity(size + size / 4);
        bytes.append(&mut self.rest);
        let mut scan = Scan::default();
        let mut wanted = size;
        let mut end = loop {
            self.read_to(&mut bytes, wanted)?;
            scan.go_on(&bytes, self.ends, self.over);
            if let Some(opened) = scan.stray {
                return Err(unclosed(self.line + self.lines(&bytes[..opened])));
            }
            if self.over {
                break bytes.len();
            }
            if let Some(end) = scan.end {
                break end;
            }
            if bytes.len() >= LONGEST {
                let before = scan.opened.or(scan.end).unwrap_or_default();
                return Err(too_long(self.line + self.lines(&bytes[..before])));
            }
            wanted = bytes.len() * 2;
        };
        if bytes.is_empty() {
            return Ok(None);
        }
        if let Some(opened) =
            scan.opened.filter(|opened| self.over && memchr(self.ends.line, &bytes[*opened..]).is_some())
        {
            return Err(unclosed(self.line + self.lines(&bytes[..opened])));
        }
        let mut lines = self.lines(&bytes[..end]);
        if lines > self.room.lines as u64 {
            end = first_records(&bytes[..end], self.ends, self.room.lines);
            lines = self.lines(&bytes[..end]);
        }
        self.rest.extend_from_slice(&bytes[end..]);
        bytes.truncate(end);
        let first_line = self.line;
        self.line += lines;
        let bytes_read = self.stream.bytes_read().saturating_sub(self.rest.len() as u64);
        Ok(Some(Block { bytes, first_line, has_quotes: scan.has_quotes, bytes_read }))
    }

    /// Lines that end in a stretch.
    fn lines(&self, bytes: &[u8]) -> u64 {
        memchr_iter(self.ends.line, bytes).count() as u64
    }

    /// Reads on until there are so many bytes, or no more.
    fn read_to(&mut self, bytes: &mut Vec<u8>, wanted: usize) -> io::Result<()> {
        while !self.over && bytes.len() < wanted {
            let room = (wanted - bytes.len()) as u64;
            let read = self.stream.by_ref().take(room).read_to_end(bytes)?;
            self.over = (read as u64) < room;
        }
        Ok(())
    }
}

/// Where the records end that stand on the first lines, so many of them but at least one record; the end of the bytes where
/// there are no more.
pub(super) fn first_records(bytes: &[u8], ends: Ends, lines: usize) -> usize {
    let mut scan = Scan::default();
    for end in memchr_iter(ends.line, bytes).skip(lines.saturating_sub(1)) {
        scan.go_on(&bytes[..=end], ends, false);
        if let Some(end) = scan.stray.map(|_| end + 1).or(scan.end) {
            return end;
        }
    }
    bytes.len()
}

/// The search for the last record end of a block, which goes on where more bytes come.
#[derive(Default)]
struct Scan {
    /// What was looked at.
    at: usize,
    /// The quote that is open.
    opened: Option<usize>,
    /// A quote that opened a field in which lines end, and is followed by one that cannot close it: a stray one, on which
    /// whole rows were taken for text. Nothing behind it is looked at.
    stray: Option<usize>,
    /// Behind the last record end found.
    end: Option<usize>,
    has_quotes: bool,
}

impl Scan {
    fn go_on(&mut self, bytes: &[u8], ends: Ends, over: bool) {
        let Some(delimiter) = ends.quoted else {
            return self.unquoted(bytes, bytes.len(), ends.line);
        };
        while self.at < bytes.len() && self.stray.is_none() {
            if let Some(opened) = self.opened {
                let Some(quote) = memchr(b'"', &bytes[self.at..]).map(|found| self.at + found) else {
                    self.at = bytes.len();
                    return;
                };
                match bytes.get(quote + 1) {
                    Some(b'"') => self.at = quote + 2,
                    // Whether it is doubled is not known before there is more.
                    None if !over => {
                        self.at = quote;
                        return;
                    }
                    // Few fields go on behind their quotes, so that hardly ever any line ends are looked for.
                    Some(next)
                        if ![delimiter, ends.line, b'\r'].contains(next)
                            && memchr(ends.line, &bytes[opened..quote]).is_some() =>
                    {
                        self.stray = Some(opened);
                    }
                    _ => {
                        self.opened = None;
                        self.at = quote + 1;
                    }
                }
                continue;
            }
            let Some(quote) = memchr(b'"', &bytes[self.at..]).map(|found| self.at + found) else {
                return self.unquoted(bytes, bytes.len(), ends.line);
            };
            self.unquoted(bytes, quote, ends.line);
            let opens = quote == 0 || [delimiter, ends.line].contains(&bytes[quote - 1]);
            self.opened = opens.then_some(quote);
            self.has_quotes = true;
            self.at = quote + 1;
        }
    }

    /// Looks for the last record end in a stretch without quotes.
    fn unquoted(&mut self, bytes: &[u8], until: usize, line: u8) {
        if let Some(found) = memrchr(line, &bytes[self.at..until]) {
            self.end = Some(self.at + found + 1);
        }
        self.at = until;
    }
}

fn too_long(line: u64) -> io::Error {
    let problem = tr!("a record on line {line} is longer than 64 MB: a stray quote, or no text at all", line);
    io::Error::new(io::ErrorKind::InvalidData, problem)
}

fn unclosed(line: u64) -> io::Error {
    let problem = tr!(
        "a quote opened on line {line} is never closed, so that all lines after it would be lost; mend that line, or read \
         quotes as plain characters with --plain-quotes",
        line,
    );
    io::Error::new(io::ErrorKind::InvalidData, problem)
}
