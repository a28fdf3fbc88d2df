//! Arrow streams: a run of record batches at a time, which takes reading the framing of the messages ourselves, since
//! Polars' reader cannot stop between them.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;

use polars::prelude::{ArrowSchema, DataFrame, IpcStreamReader, SerReader};

use super::{BATCH_ROWS, ColumnarError, ColumnarKind, Origin, Piece};
use crate::tr;

/// An Arrow file begins with this and two zero bytes, and ends with its footer's length and this.
const ARROW_MAGIC: &[u8] = b"ARROW1";

/// The messages of an Arrow stream: a schema, then record batches and the dictionaries of their text.
pub(super) struct Messages {
    file: File,
    /// Where the next message starts.
    at: u64,
    /// Where the stream ends at the latest.
    end: u64,
    schema: Range<u64>,
    /// By dictionary the last message that filled it: what a reader that starts at `at` has to have seen.
    dictionaries: Vec<(i64, Range<u64>)>,
}

impl Messages {
    pub(super) fn open(origin: &Origin, mut file: File) -> Result<(Self, ArrowSchema), ColumnarError> {
        let bounds = match origin.kind {
            ColumnarKind::ArrowFile => arrow_file_stream(origin, &mut file)?,
            _ => 0..origin.size,
        };
        let mut messages = Self { file, at: bounds.start, end: bounds.end, schema: 0..0, dictionaries: Vec::new() };
        let Some((Message::Schema { columns }, range)) = messages.message(origin)? else {
            return Err(origin.unreadable(tr!("it does not begin with a schema")));
        };
        messages.schema = range;
        let view = View::of(&messages.file, messages.schema.clone());
        let fields = origin.guarded(|| IpcStreamReader::new(view).arrow_schema())?;
        if fields.len() != columns {
            return Err(ColumnarError::RepeatedNames { path: origin.path.clone() });
        }
        Ok((messages, fields))
    }

    pub(super) fn next(&mut self, origin: &Origin, columns: &[usize]) -> Result<Option<Piece>, ColumnarError> {
        let mut parts = vec![self.schema.clone()];
        parts.extend(self.dictionaries.iter().map(|(_, range)| range.clone()));
        let start = self.at;
        let mut rows = 0;
        let mut end = self.at;
        while let Some((message, range)) = self.message(origin)? {
            end = range.end;
            match message {
                Message::Records { rows: more } if rows > 0 && more > BATCH_ROWS.saturating_sub(rows) => {
                    (self.at, end) = (range.start, range.start);
                    break;
                }
                Message::Records { rows: more } => rows += more,
                Message::Dictionary { id } => {
                    self.dictionaries.retain(|(other, _)| *other != id);
                    self.dictionaries.push((id, range));
                }
                Message::Schema { .. } => return Err(origin.unreadable(tr!("it has a second schema"))),
            }
        }
        if rows == 0 {
            return Ok(None);
        }
        parts.push(start..end);
        let frame = if columns.is_empty() {
            DataFrame::empty_with_height(rows)
        } else {
            let view = View { file: &self.file, parts, at: 0 };
            let reader = IpcStreamReader::new(view).set_rechunk(false).with_projection(Some(columns.to_vec()));
            origin.guarded(|| reader.finish())?
        };
        Ok(Some(Piece { frame, bytes: start..end }))
    }

    /// Steps over the next message and tells what and where it is; `None` at the end of the stream.
    fn message(&mut self, origin: &Origin) -> Result<Option<(Message, Range<u64>)>, ColumnarError> {
        if self.at == self.end {
            return Ok(None);
        }
        let cut = || origin.unreadable(tr!("it is cut short"));
        let start = self.at;
        let mut rest = View::of(&self.file, start..self.end);
        let mut word = [0; 4];
        rest.read_exact(&mut word).map_err(|error| origin.io(error))?;
        // Since 2019 a marker precedes the length.
        if word == [0xff; 4] {
            rest.read_exact(&mut word).map_err(|error| origin.io(error))?;
        }
        let length = u64::from(u32::from_le_bytes(word));
        if length == 0 {
            self.at = self.end;
            return Ok(None);
        }
        let mut head = Vec::new();
        rest.by_ref().take(length).read_to_end(&mut head).map_err(|error| origin.io(error))?;
        if head.len() as u64 != length {
            return Err(cut());
        }
        let body_start = start + rest.at;
        let damaged = || origin.unreadable(tr!("a message in it is damaged"));
        let head = Head::parse(&head).ok_or_else(damaged)?;
        let end = body_start.checked_add(head.body).filter(|end| *end <= self.end).ok_or_else(cut)?;
        let mut body = View::of(&self.file, body_start..end);
        if !head.sound(&mut body).map_err(|error| origin.io(error))? {
            return Err(damaged());
        }
        self.at = end;
        Ok(Some((head.message, start..end)))
    }
}

/// Where the stream within an Arrow file starts and ends.
fn arrow_file_stream(origin: &Origin, file: &mut File) -> Result<Range<u64>, ColumnarError> {
    const HEAD: u64 = 8;
    const TAIL: u64 = 10;
    let mut head = [0; 8];
    let mut tail = [0; 10];
    let mut read = || {
        file.read_exact(&mut head)?;
        file.seek(SeekFrom::Start(origin.size.saturating_sub(TAIL)))?;
        file.read_exact(&mut tail)
    };
    read().map_err(|error| origin.io(error))?;
    let [a, b, c, d, magic @ ..] = &tail;
    if !head.starts_with(ARROW_MAGIC) {
        return Err(origin.unreadable(tr!("it does not begin like one")));
    }
    if magic != ARROW_MAGIC {
        return Err(origin.unreadable(tr!("it is cut short")));
    }
    let footer = TAIL + u64::from(u32::from_le_bytes([*a, *b, *c, *d]));
    let end = origin.size.checked_sub(footer).filter(|end| *end >= HEAD);
    end.map(|end| HEAD..end).ok_or_else(|| origin.unreadable(tr!("its footer is damaged")))
}

/// A file that consists of parts of another one.
struct View<'a> {
    file: &'a File,
    parts: Vec<Range<u64>>,
    at: u64,
}

impl<'a> View<'a> {
    fn of(file: &'a File, part: Range<u64>) -> Self {
        Self { file, parts: vec![part], at: 0 }
    }
}

impl Read for View<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut into = self.at;
        for part in &self.parts {
            let length = part.end - part.start;
            if into < length {
                let most = usize::try_from(length - into).unwrap_or(usize::MAX).min(buffer.len());
                self.file.seek(SeekFrom::Start(part.start + into))?;
                let count = self.file.read(&mut buffer[..most])?;
                self.at += count as u64;
                return Ok(count);
            }
            into -= length;
        }
        Ok(0)
    }
}

impl Seek for View<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let end = || self.parts.iter().map(|part| part.end - part.start).sum::<u64>();
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
            SeekFrom::End(by) => end().checked_add_signed(by),
        };
        self.at = at.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

/// What has to be known of a message to find the record batches and what they rest upon.
#[derive(Debug, PartialEq, Eq)]
enum Message {
    Schema { columns: usize },
    Dictionary { id: i64 },
    Records { rows: usize },
}

/// The head of a message.
struct Head {
    message: Message,
    /// Bytes of the body.
    body: u64,
    /// Where the buffers of a record batch are in the body.
    buffers: Vec<Range<u64>>,
    compressed: bool,
}

impl Head {
    /// `None` when it is damaged or not of a stream. The numbers are those of the fields in the Arrow format's
    /// `Message.fbs`.
    fn parse(bytes: &[u8]) -> Option<Self> {
        let root = Table { bytes, at: number(bytes, 0, u32::from_le_bytes)? as usize };
        let header = root.follow(2)?;
        let (message, records) = match bytes.get(root.field(1)?)? {
            1 => (Message::Schema { columns: header.follow(1)?.count()? }, None),
            2 => (Message::Dictionary { id: header.long(0)? }, Some(header.follow(1)?)),
            3 => (Message::Records { rows: usize::try_from(header.long(0)?).ok()? }, Some(header)),
            _ => return None,
        };
        let buffers = records.as_ref().map_or(Some(Vec::new()), Table::buffers)?;
        let compressed = records.is_some_and(|records| records.field(3).is_some());
        Some(Self { message, body: u64::try_from(root.long(3)?).ok()?, buffers, compressed })
    }

    /// Whether the buffers lie within the body and would be decompressed to a size that is not absurd. Polars allocates
    /// them before it reads them, and an allocation beyond all bounds ends the process instead of panicking.
    fn sound(&self, body: &mut View) -> io::Result<bool> {
        for buffer in &self.buffers {
            if buffer.end > self.body {
                return Ok(false);
            }
            if self.compressed && !buffer.is_empty() {
                body.seek(SeekFrom::Start(buffer.start))?;
                let mut size = [0; 8];
                body.read_exact(&mut size)?;
                // -1 says that compressing did not pay. Neither LZ4 nor Zstandard gains more than 65,536-fold.
                let most = (buffer.end - buffer.start).saturating_mul(65_536).min(1 << 36);
                let size = i64::from_le_bytes(size);
                if size != -1 && u64::try_from(size).map_or(true, |size| size > most) {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }
}

/// A table, or a vector, of a flatbuffer.
struct Table<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Table<'_> {
    /// Where a field is, `None` where it is absent.
    fn field(&self, index: usize) -> Option<usize> {
        let back = isize::try_from(number(self.bytes, self.at, i32::from_le_bytes)?).ok()?;
        let fields = self.at.checked_add_signed(back.checked_neg()?)?;
        let slot = 4 + 2 * index;
        let size = usize::from(number(self.bytes, fields, u16::from_le_bytes)?);
        let offset = number(self.bytes, fields.checked_add(slot)?, u16::from_le_bytes)?;
        (slot + 2 <= size && offset != 0).then(|| self.at + usize::from(offset))
    }

    /// The table or vector that a field points to.
    fn follow(&self, index: usize) -> Option<Self> {
        let field = self.field(index)?;
        Some(Self { bytes: self.bytes, at: field + number(self.bytes, field, u32::from_le_bytes)? as usize })
    }

    /// A 64-bit field, which is absent where it is zero.
    fn long(&self, index: usize) -> Option<i64> {
        self.field(index).map_or(Some(0), |at| number(self.bytes, at, i64::from_le_bytes))
    }

    /// The length of a vector.
    fn count(&self) -> Option<usize> {
        Some(number(self.bytes, self.at, u32::from_le_bytes)? as usize)
    }

    /// Where the buffers of a record batch are in its body.
    fn buffers(&self) -> Option<Vec<Range<u64>>> {
        let vector = self.follow(2)?;
        let places = (0..vector.count()?).map(|index| vector.at + 4 + 16 * index);
        let buffers = places.map(|at| {
            let start = u64::try_from(number(self.bytes, at, i64::from_le_bytes)?).ok()?;
            let length = u64::try_from(number(self.bytes, at + 8, i64::from_le_bytes)?).ok()?;
            Some(start..start.checked_add(length)?)
        });
        buffers.collect()
    }
}

/// The little-endian number at a position, `None` beyond the end.
fn number<T, const N: usize>(bytes: &[u8], at: usize, from: fn([u8; N]) -> T) -> Option<T> {
    Some(from(bytes.get(at..at.checked_add(N)?)?.try_into().ok()?))
}
